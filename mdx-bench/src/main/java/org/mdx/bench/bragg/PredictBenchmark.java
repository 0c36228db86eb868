package org.mdx.bench.bragg;

import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.mdx.crystal.Crystal;
import org.mdx.crystal.SpaceGroup;
import org.mdx.geometry.Beam;
import org.mdx.geometry.Detector;
import org.mdx.geometry.Geometry;
import org.mdx.geometry.Goniometer;
import org.mdx.geometry.Panel;
import org.mdx.geometry.Probe;
import org.mdx.geometry.Scan;
import org.mdx.geometry.Sensor;
import org.mdx.math.Mat3;
import org.mdx.math.Vec3;
import org.mdx.prediction.Prediction;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/** All reflections of a scan of 180°, in closed form and by a search along the scan. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MILLISECONDS)
@Warmup(iterations = 3, time = 2)
@Measurement(iterations = 5, time = 2)
@Fork(
    value = 1,
    jvmArgs = {"-Xms2g", "-Xmx2g", "-XX:+UseSerialGC"})
public class PredictBenchmark {
  private static final double D_MIN = 1.5;
  private static final double WIDTH = 1;
  private static final int FRAMES = 180;

  /** Edge of the cubic cell, Å: 24 for 10⁴ reflections, 115 for 10⁶. */
  @Param({"24", "115"})
  public double edge;

  private Geometry geometry;
  private Prediction prediction;

  /** A benchmark whose fields JMH fills. */
  public PredictBenchmark() {}

  /** Compares the numbers of reflections both ways, for a small cell. */
  @Setup(Level.Trial)
  public void setUp() {
    geometry = geometry(20);
    prediction = Prediction.of(geometry);
    if (fast() != naive()) {
      throw new IllegalStateException(fast() + " reflections, the search finds " + naive());
    }
    geometry = geometry(edge);
    prediction = Prediction.of(geometry);
  }

  private static Geometry geometry(double edge) {
    Panel panel =
        new Panel(
            "p",
            new Vec3(-105, 105, -100),
            new Vec3(1, 0, 0),
            new Vec3(0, -1, 0),
            0.1,
            0.1,
            2100,
            2100,
            0,
            1e6,
            new Sensor("Si", 0.45, 3.9, true),
            1,
            0,
            List.of(),
            0,
            0,
            0);
    double[] exposures = new double[FRAMES];
    Arrays.fill(exposures, 1);
    Mat3 axes = Mat3.rotation(new Vec3(1, 2, 3), 40).times(Mat3.diagonal(edge, edge, edge));
    return new Geometry(
        new Beam(Probe.X_RAY, 1, new Vec3(0, 0, 1), 1, new Vec3(0, 1, 0)),
        new Detector(List.of(panel)),
        new Goniometer(new Vec3(1, 0, 0), Mat3.IDENTITY, Mat3.IDENTITY),
        new Scan(1, 0, WIDTH, exposures),
        Crystal.ofRealSpaceAxes(axes, SpaceGroup.ofHall("P 1")));
  }

  /**
   * The library.
   *
   * @return number of reflections
   */
  @Benchmark
  public int fast() {
    return prediction.predictAll(D_MIN, 0).size();
  }

  /**
   * For each index a change of sign of |s0 + r| − |s0| between frames, and bisection.
   *
   * @return number of reflections
   */
  @Benchmark
  public int naive() {
    int most = (int) (geometry.crystal().orElseThrow().cell().a() / D_MIN);
    Mat3[] settings = new Mat3[4 * FRAMES + 1];
    for (int i = 0; i < settings.length; i++) {
      settings[i] = geometry.ub(i * WIDTH / 4);
    }
    int found = 0;
    for (int h = -most; h <= most; h++) {
      for (int k = -most; k <= most; k++) {
        for (int l = -most; l <= most; l++) {
          Vec3 index = new Vec3(h, k, l);
          if (settings[0].times(index).norm() <= 1 / D_MIN) {
            found += crossings(settings, index);
          }
        }
      }
    }
    return found;
  }

  private int crossings(Mat3[] settings, Vec3 index) {
    int found = 0;
    double before = off(settings[0], index);
    for (int i = 1; i < settings.length; i++) {
      double after = off(settings[i], index);
      if (before * after < 0) {
        double low = (i - 1) * WIDTH / 4;
        double high = i * WIDTH / 4;
        for (int n = 0; n < 40; n++) {
          double middle = (low + high) / 2;
          if (before * off(geometry.ub(middle), index) > 0) {
            low = middle;
          } else {
            high = middle;
          }
        }
        Vec3 s1 = geometry.beam().s0().plus(geometry.ub(low).times(index));
        found += geometry.detector().intersect(s1).isPresent() ? 1 : 0;
      }
      before = after;
    }
    return found;
  }

  private double off(Mat3 setting, Vec3 index) {
    return geometry.beam().s0().plus(setting.times(index)).norm()
        - 1 / geometry.beam().wavelength();
  }
}
