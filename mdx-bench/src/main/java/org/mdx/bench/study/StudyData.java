package org.mdx.bench.study;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.mdx.correct.BackgroundBinner;
import org.mdx.correct.BackgroundOptions;
import org.mdx.correct.CorrectOptions;
import org.mdx.correct.Corrector;
import org.mdx.geometry.ExactMillerIndexMap;
import org.mdx.geometry.Geometry;
import org.mdx.geometry.Scan;
import org.mdx.image.BinnedImageSeries;
import org.mdx.image.ImageSeries;
import org.mdx.image.ImageSource;
import org.mdx.image.PixelMask;
import org.mdx.integrate.IntegrationOptions;
import org.mdx.integrate.Integrator;
import org.mdx.math.Mat3;
import org.mdx.math.Vec3;
import org.mdx.parallel.Parallel;
import org.mdx.parallel.Progress;
import org.mdx.peaks.BraggMask;
import org.mdx.peaks.PeakModel;
import org.mdx.sim.SimulatedSweep;
import org.mdx.sim.Simulation;
import org.mdx.sim.SimulationOptions;
import org.mdx.sim.SweepFactors;
import org.mdx.table.Column;
import org.mdx.table.ColumnNames;
import org.mdx.table.DoubleColumn;
import org.mdx.table.HKLTable;

/**
 * Simulated sweeps of a cubic crystal, integrated, corrected and put on the true scale, once as
 * they are counted and once without noise.
 */
final class StudyData {
  /** Standard deviations to which Bragg peaks are masked. */
  static final double MASKED = 4;

  /** Counts that stand for one where there shall be no noise. */
  private static final int FINE = 10_000;

  private final Parallel parallel = Parallel.available();
  private final Simulation simulation;
  private final boolean noise;

  private StudyData(SimulationOptions options, boolean noise) {
    simulation = Simulation.of(options);
    this.noise = noise;
  }

  /**
   * The observations of all sweeps on the true scale: intensity and intensity_error of the default
   * correction, its variances, {@code floored_error} of max(counts, background's, 1), {@code
   * counted_error} of the counts.
   */
  static HKLTable observe(SimulationOptions options) {
    return new StudyData(options, true).table();
  }

  /** The same without noise. */
  static HKLTable expect(SimulationOptions options) {
    return new StudyData(options, false).table();
  }

  private HKLTable table() {
    BinnedImageSeries background =
        BackgroundBinner.bin(
            series(simulation.background()), BackgroundOptions.defaults(), parallel, Progress.NONE);
    List<HKLTable> tables = new ArrayList<>();
    for (SimulatedSweep sweep : simulation.sweeps()) {
      tables.add(reduce(sweep, background));
    }
    return HKLTable.concatenate(tables);
  }

  private HKLTable reduce(SimulatedSweep sweep, BinnedImageSeries background) {
    ImageSeries series = series(sweep);
    Geometry geometry = series.geometry();
    ExactMillerIndexMap map = new ExactMillerIndexMap(geometry, parallel);
    double sigma = simulation.model().parameters().peakSigma() * simulation.options().cell().a();
    PeakModel peak =
        new PeakModel(new Vec3(0, 0, 0), new Mat3(sigma, 0, 0, 0, sigma, 0, 0, 0, sigma));
    BraggMask mask = new BraggMask(peak, MASKED, Integer.MAX_VALUE, false, false);
    HKLTable counted =
        Integrator.integrate(
                series,
                map,
                mask.rows(simulation.options().spaceGroup(), map.bounds()),
                IntegrationOptions.defaults().subdivide(3, 3, 3),
                parallel,
                Progress.NONE)
            .table();
    HKLTable corrected =
        Corrector.correct(counted, geometry, background, CorrectOptions.defaults(), parallel);
    return scaled(sweep, counted, corrected, background.panels().get(0));
  }

  /** I = s·(M + o) solved for M, with s = a·b·d and o = c/b of the simulation. */
  private HKLTable scaled(
      SimulatedSweep sweep, HKLTable counted, HKLTable corrected, BinnedImageSeries.Bins blank) {
    String[] names = {
      ColumnNames.INTENSITY,
      ColumnNames.INTENSITY_ERROR,
      ColumnNames.BACKGROUND_VARIANCE,
      ColumnNames.VARIANCE_PER_INTENSITY,
      "floored_error",
      "counted_error"
    };
    int rows = corrected.rows();
    double[][] out = new double[names.length][rows];
    SweepFactors factors = sweep.factors();
    Column phis = corrected.column(ColumnNames.PHI);
    for (int i = 0; i < rows; i++) {
      double phi = phis.get(i);
      double ix = corrected.column(ColumnNames.IX).get(i);
      double iy = corrected.column(ColumnNames.IY).get(i);
      Vec3 s = sweep.geometry().scatteringVector(0, ix + 0.5, iy + 0.5);
      double b = factors.scale(phi);
      double scale =
          b
              * factors.absorption(s, phi)
              * sweep.detectorFactor(0, (int) Math.rint(ix), (int) Math.rint(iy));
      double offset = factors.offset(s.norm(), phi) / b;
      double v0 = corrected.column(names[2]).get(i);
      double v1 = corrected.column(names[3]).get(i);
      double counts = counted.column(ColumnNames.COUNTS).get(i);
      double seconds = counted.column(ColumnNames.SECONDS).get(i);
      double floored = Math.max(1, Math.max(counts, blank.rate(phi, iy, ix) * seconds));
      double rateVariance = blank.variance(phi, iy, ix) * seconds * seconds;
      out[0][i] = corrected.column(names[0]).get(i) / scale - offset;
      out[1][i] = corrected.column(names[1]).get(i) / scale;
      out[2][i] = (v0 + v1 * scale * offset) / (scale * scale);
      out[3][i] = v1 / scale;
      out[4][i] = v1 / scale * Math.sqrt(floored + rateVariance);
      out[5][i] = v1 / scale * Math.sqrt(counts);
    }
    HKLTable t =
        HKLTable.of(corrected.ndiv(), corrected.h(), corrected.k(), corrected.l())
            .with(ColumnNames.S, corrected.column(ColumnNames.S));
    for (int c = 0; c < names.length; c++) {
      t = t.with(names[c], DoubleColumn.of(out[c]));
    }
    return t;
  }

  private ImageSeries series(SimulatedSweep sweep) {
    return noise ? sweep.series() : noiseless(sweep);
  }

  /** Expected counts times {@link #FINE}, in exposures as much longer. */
  static ImageSeries noiseless(SimulatedSweep sweep) {
    Geometry g = sweep.geometry();
    Scan scan = g.scan();
    double[] exposures = new double[scan.frames()];
    Arrays.fill(exposures, scan.exposure(0) * FINE);
    Geometry longer =
        new Geometry(
            g.beam(),
            g.detector(),
            g.goniometer(),
            new Scan(scan.firstImage(), scan.start(), scan.width(), exposures),
            g.crystal().orElse(null));
    PixelMask mask = sweep.mask(0);
    return new ImageSeries(longer, new Noiseless(sweep), List.of(mask));
  }

  private record Noiseless(SimulatedSweep sweep) implements ImageSource {
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
    public void read(int frame, int[][] into) {
      float[][] expected = {new float[into[0].length]};
      sweep.expected(frame, expected);
      double most = sweep.geometry().detector().panels().get(0).trustedMax();
      for (int i = 0; i < into[0].length; i++) {
        into[0][i] = (int) Math.min(most, Math.rint((double) expected[0][i] * FINE));
      }
    }

    @Override
    public String describe(int frame) {
      return "expectation of " + sweep.describe(frame);
    }
  }
}
