package org.mdx.pipeline;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.mdx.Mdx;
import org.mdx.geometry.Detector;
import org.mdx.geometry.Geometry;
import org.mdx.geometry.Panel;
import org.mdx.image.ImageSeries;
import org.mdx.image.ImageSource;
import org.mdx.image.Pixels;
import org.mdx.scaling.ScalingOptions;
import org.mdx.sim.SimulatedDetector;
import org.mdx.sim.SimulatedSweep;
import org.mdx.sim.Simulation;
import org.mdx.sim.SimulationOptions;
import org.mdx.table.FloatColumn;
import org.mdx.table.HKLTable;
import org.mdx.table.IntColumn;

/** A camera with pedestal, gain and read noise against a detector that counts. */
class CameraTest {
  private static final Map<SimulatedSweep, float[][]> EXPECTED = new IdentityHashMap<>();
  private static final ScalingOptions QUICK = ScalingOptions.defaults().rounds(1).adaptive(false);
  private static Simulation simulation;

  @BeforeAll
  static void simulate() {
    simulation =
        Simulation.of(
            SimulationOptions.demo()
                .withDetector(SimulatedDetector.flat(160, 150, 0.5, 60))
                .withFrames(24, 1, 0.1)
                .withBackground(6, 4, 0.4));
  }

  /**
   * What a camera makes of the counts that a simulation expects.
   *
   * @param seed of the photons and the noise
   * @param gain value of a photon
   * @param pedestal added to each value
   * @param noise standard deviation of the reading, photons
   * @param whole whether values are rounded
   * @param known whether the panel tells the noise
   */
  private record Camera(
      long seed, double gain, double pedestal, double noise, boolean whole, boolean known) {

    Camera(long seed, double gain, double pedestal, double noise, boolean whole) {
      this(seed, gain, pedestal, noise, whole, true);
    }

    static final Camera COUNTER = new Camera(1, 1, 0, 0, true);

    ImageSeries of(SimulatedSweep sweep) {
      ImageSeries images = sweep.series();
      Geometry g = images.geometry();
      boolean counts = gain == 1 && pedestal == 0 && noise == 0;
      Panel panel = g.detector().panels().get(0);
      Panel camera =
          panel.withResponse(
              gain,
              pedestal,
              known ? gain * noise : 0,
              counts ? 0 : -32000,
              panel.trustedMax() * gain);
      return new ImageSeries(with(g, camera), Frames.of(this, sweep), List.of(images.mask(0)));
    }
  }

  private static Geometry with(Geometry g, Panel camera) {
    return new Geometry(
        g.beam(),
        new Detector(List.of(camera)),
        g.goniometer(),
        g.scan(),
        g.crystal().orElse(null));
  }

  /** Photons with the noise of the reading; NaN where a pixel does not count. */
  private record Frames(Camera camera, SimulatedSweep sweep, double[][] photons)
      implements ImageSource {

    static Frames of(Camera camera, SimulatedSweep sweep) {
      float[][] expected = EXPECTED.computeIfAbsent(sweep, CameraTest::expected);
      double[][] photons = new double[expected.length][expected[0].length];
      for (int f = 0; f < photons.length; f++) {
        Random random = new Random(camera.seed() * 1000 + f);
        for (int i = 0; i < photons[f].length; i++) {
          double n = poisson(random, expected[f][i]) + camera.noise() * random.nextGaussian();
          photons[f][i] = Float.isNaN(expected[f][i]) ? Double.NaN : n;
        }
      }
      return new Frames(camera, sweep, photons);
    }

    @Override
    public int frames() {
      return sweep.frames();
    }

    @Override
    public int panels() {
      return 1;
    }

    @Override
    public int width(int panel) {
      return sweep.width(panel);
    }

    @Override
    public int height(int panel) {
      return sweep.height(panel);
    }

    @Override
    public boolean hasFractions() {
      return !camera.whole();
    }

    @Override
    public void read(int frame, int[][] into) {
      read(frame, 0, into);
    }

    @Override
    public void read(int frame, int fractionBits, int[][] into) {
      for (int i = 0; i < into[0].length; i++) {
        double n = photons[frame][i];
        // the pedestal of a camera whose values are whole numbers is added to them
        double value =
            camera.whole()
                ? Math.rint(camera.gain() * n) + camera.pedestal()
                : (camera.gain() * n + camera.pedestal()) * (1 << fractionBits);
        into[0][i] = Double.isNaN(n) ? Pixels.MASKED : (int) Math.rint(value);
      }
    }

    @Override
    public String describe(int frame) {
      return "camera";
    }
  }

  /** Expected photons of all frames, NaN where a pixel does not count. */
  private static float[][] expected(SimulatedSweep sweep) {
    int n = sweep.width(0) * sweep.height(0);
    float[][] expected = new float[sweep.frames()][n];
    int[][] recorded = new int[1][n];
    for (int f = 0; f < expected.length; f++) {
      sweep.expected(f, new float[][] {expected[f]});
      sweep.read(f, recorded);
      for (int i = 0; i < n; i++) {
        expected[f][i] = recorded[0][i] < 0 ? Float.NaN : expected[f][i];
      }
    }
    return expected;
  }

  private static int poisson(Random random, double mean) {
    if (!(mean > 0)) {
      return 0;
    }
    if (mean > 200) {
      return (int) Math.max(0, Math.rint(mean + Math.sqrt(mean) * random.nextGaussian()));
    }
    double limit = Math.exp(-mean);
    int n = 0;
    for (double p = random.nextDouble(); p > limit; p *= random.nextDouble()) {
      n++;
    }
    return n;
  }

  private static Sweeps sweeps(Camera camera, int many) {
    ImageSeries[] images =
        simulation.sweeps().subList(0, many).stream().map(camera::of).toArray(ImageSeries[]::new);
    Camera blank =
        new Camera(
            camera.seed() + 50,
            camera.gain(),
            camera.pedestal(),
            camera.noise(),
            camera.whole(),
            camera.known());
    return Mdx.sweeps(images).background(blank.of(simulation.background()), b -> b.bins(6, 10, 10));
  }

  /** Corrected and merged, as the voxels of one sweep; no scaling, which has noise of its own. */
  private static HKLTable merged(Camera camera) {
    return sweeps(camera, 1)
        .findPeaks(p -> p.countThreshold(150))
        .integrate()
        .correct()
        .merge()
        .table();
  }

  @Test
  void backgroundThatMayNotCountShouldBeRefused() {
    ImageSeries images = simulation.sweeps().get(0).series();
    Geometry g = images.geometry();
    Panel camera = g.detector().panels().get(0).withResponse(3, -12, 1, -0.5, 1e5);
    assertThatThrownBy(() -> images.withGeometry(with(g, camera)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("-12.0 (pedestal)")
        .hasMessageContaining("--trusted-range");
  }

  @Test
  void theMapOfACameraShouldBeThatOfACounterWithinItsErrors() {
    Deviations counter =
        new Deviations(merged(Camera.COUNTER), merged(new Camera(2, 1, 0, 0, true)));
    Deviations camera =
        new Deviations(merged(Camera.COUNTER), merged(new Camera(3, 3, 100, 1.5, true)));
    Deviations electrons =
        new Deviations(merged(Camera.COUNTER), merged(new Camera(4, 0.7, -40, 2, false)));
    for (Deviations d : List.of(counter, camera, electrons)) {
      assertThat(d.count).isGreaterThan(3000);
      assertThat(d.width).as("%s", d).isBetween(0.92, 1.08);
      assertThat(d.mean).as("%s", d).isBetween(-0.1, 0.1);
    }
  }

  @Test
  void theErrorsShouldNotBeRightWithoutTheReadNoise() {
    // the test above could not fail if the noise were nothing beside the photons
    Camera noisy = new Camera(3, 3, 100, 6, true);
    Deviations known = new Deviations(merged(Camera.COUNTER), merged(noisy));
    assertThat(known.width).isBetween(0.92, 1.08);
    Deviations unknown =
        new Deviations(merged(Camera.COUNTER), merged(new Camera(3, 3, 100, 6, true, false)));
    assertThat(unknown.width).isGreaterThan(1.3);
  }

  @Test
  void nothingShouldMoveWhenThePedestalDoes() {
    Reduction zero = reduced(new Camera(7, 3, 0, 1.5, true));
    for (double pedestal : new double[] {100, -40, 1000}) {
      Reduction moved = reduced(new Camera(7, 3, pedestal, 1.5, true));
      assertThat(moved.table().h()).isEqualTo(zero.table().h());
      for (String name : zero.table().columnNames()) {
        assertThat(moved.table().column(name)).as(name).isEqualTo(zero.table().column(name));
      }
    }
  }

  private static Reduction reduced(Camera camera) {
    return sweeps(camera, 2).reduce(o -> o.subdivide(1, 1, 1).reindex(false).scale(QUICK));
  }

  @Test
  void fineMapsShouldNotMoveWithThePedestalEither() {
    HKLTable zero = fine(new Camera(7, 3, 0, 1.5, true));
    HKLTable moved = fine(new Camera(7, 3, 1000, 1.5, true));
    for (String name : zero.columnNames()) {
      assertThat(moved.column(name)).as(name).isEqualTo(zero.column(name));
    }
    Deviations d = new Deviations(fine(Camera.COUNTER), zero);
    assertThat(d.width).as("%s", d).isBetween(0.92, 1.08);
    assertThat(zero.column("counts")).isInstanceOf(FloatColumn.class);
    assertThat(fine(Camera.COUNTER).column("counts")).isInstanceOf(IntColumn.class);
  }

  private static HKLTable fine(Camera camera) {
    return sweeps(camera, 1)
        .findPeaks(p -> p.countThreshold(150))
        .integrate()
        .correct()
        .scale(o -> QUICK)
        .reintegrate(o -> o.subdivide(2, 2, 2))
        .table();
  }

  @Test
  void countsShouldBeWholeWhereADetectorCountsAlsoInFloats() {
    HKLTable whole = integrated(new Camera(1, 1, 0, 0, true));
    assertThat(whole.column("counts")).isInstanceOf(IntColumn.class);
    assertThat(whole.has("noise_variance")).isFalse();
    assertThat(integrated(new Camera(1, 1, 0, 0, false)).column("counts"))
        .isEqualTo(whole.column("counts"));
    // a tenth of a unit for a photon: rounded to units nothing would be left of few photons
    HKLTable tenths = integrated(new Camera(1, 0.1, 20, 0, false));
    for (int i = 0; i < whole.rows(); i++) {
      double error = 0.005 * Math.sqrt(whole.column("pixels").get(i));
      double off = tenths.column("counts").get(i) - whole.column("counts").get(i);
      assertThat(Math.abs(off)).isLessThan(6 * error + 1e-6 * whole.column("counts").get(i));
    }
  }

  private static HKLTable integrated(Camera camera) {
    return sweeps(camera, 1)
        .findPeaks(p -> p.countThreshold(150))
        .integrate()
        .integrations()
        .get(0)
        .table();
  }

  /** Differences of the intensities of two tables over the errors of both. */
  private static final class Deviations {
    final int count;
    final double mean;
    final double width;

    Deviations(HKLTable a, HKLTable b) {
      double sum = 0;
      double squares = 0;
      int n = 0;
      int at = 0;
      for (int i = 0; i < a.rows(); i++) {
        while (at < b.rows() && compare(b, at, a, i) < 0) {
          at++;
        }
        if (at < b.rows() && compare(b, at, a, i) == 0) {
          double d = b.column("intensity").get(at) - a.column("intensity").get(i);
          double e =
              Math.hypot(a.column("intensity_error").get(i), b.column("intensity_error").get(at));
          if (Double.isFinite(d / e)) {
            sum += d / e;
            squares += d / e * d / e;
            n++;
          }
        }
      }
      count = n;
      mean = sum / n;
      width = Math.sqrt(squares / n - mean * mean);
    }

    private static int compare(HKLTable a, int i, HKLTable b, int j) {
      int h = Integer.compare(a.h().value(i), b.h().value(j));
      int k = Integer.compare(a.k().value(i), b.k().value(j));
      return h != 0 ? h : k != 0 ? k : Integer.compare(a.l().value(i), b.l().value(j));
    }

    @Override
    public String toString() {
      return count + " deviations of mean " + mean + " and width " + width;
    }
  }
}
