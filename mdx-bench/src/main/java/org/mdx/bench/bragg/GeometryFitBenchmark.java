package org.mdx.bench.bragg;

import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.mdx.bragg.internal.fit.FitOptions;
import org.mdx.bragg.internal.fit.FitResult;
import org.mdx.bragg.internal.fit.GeometryFit;
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
import org.mdx.reflection.ReflectionKeys;
import org.mdx.reflection.Reflections;
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

/** A static fit of eleven parameters, from half a milliradian and a tenth of a millimetre away. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MILLISECONDS)
@Warmup(iterations = 3, time = 2)
@Measurement(iterations = 5, time = 2)
@Fork(
    value = 1,
    jvmArgs = {"-Xms1g", "-Xmx1g", "-XX:+UseSerialGC"})
public class GeometryFitBenchmark {
  private static final FitOptions OPTIONS = FitOptions.standard();

  /** Number of reflections. */
  @Param({"400", "4000"})
  public int reflections;

  private Geometry start;
  private Reflections observed;

  /** A benchmark whose fields JMH fills. */
  public GeometryFitBenchmark() {}

  /** Makes the reflections, and looks whether the fit finds the cell. */
  @Setup(Level.Trial)
  public void setUp() {
    Crystal truth = crystal(30, 40);
    Geometry geometry = geometry(truth, 80);
    Random random = new Random(1);
    Reflections all = Prediction.of(geometry).predictAll(1.3, 0);
    if (all.size() < reflections) {
      throw new IllegalStateException("only " + all.size() + " reflections");
    }
    double step = (double) all.size() / reflections;
    observed = all.select(IntStream.range(0, reflections).map(i -> (int) (i * step)).toArray());
    double[] px = observed.get(ReflectionKeys.XYZCAL_PX);
    double[] variance = new double[px.length];
    Arrays.fill(variance, 1e-4);
    for (int i = 0; i < px.length; i++) {
      px[i] += 0.03 * random.nextGaussian();
    }
    observed =
        observed
            .with(ReflectionKeys.XYZOBS_PX, px)
            .with(ReflectionKeys.XYZOBS_PX_VARIANCE, variance);
    start = geometry(crystal(30.02, 40.03), 80.1);
    double a = fit().geometry().crystal().orElseThrow().cell().a();
    if (!(Math.abs(a - 30) < 0.01)) {
      throw new IllegalStateException("the fit ends at " + a);
    }
  }

  private static Crystal crystal(double edge, double angle) {
    Mat3 axes = Mat3.rotation(new Vec3(1, 2, 3), angle).times(Mat3.diagonal(edge, edge, edge));
    return Crystal.ofRealSpaceAxes(axes, SpaceGroup.ofHall("I 2b 2c 3"));
  }

  private static Geometry geometry(Crystal crystal, double distance) {
    Panel panel =
        new Panel(
            "p",
            new Vec3(-80, 80, -distance),
            new Vec3(1, 0, 0),
            new Vec3(0, -1, 0),
            0.172,
            0.172,
            930,
            930,
            0,
            1e6,
            new Sensor("Si", 0.45, 3.9, true),
            1,
            0,
            List.of(),
            0,
            0,
            0);
    double[] exposures = new double[240];
    Arrays.fill(exposures, 1);
    return new Geometry(
        new Beam(Probe.X_RAY, 0.9768, new Vec3(0, 0, 1), 1, new Vec3(0, 1, 0)),
        new Detector(List.of(panel)),
        new Goniometer(new Vec3(1, 0, 0), Mat3.IDENTITY, Mat3.IDENTITY),
        new Scan(1, 0, 0.5, exposures),
        crystal);
  }

  /**
   * The fit, until floors and parameters have settled.
   *
   * @return the result
   */
  @Benchmark
  public FitResult fit() {
    return GeometryFit.refine(start, observed, OPTIONS);
  }
}
