package org.mdx.bench.study;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import org.mdx.bragg.integrate.IntegrateOptions;
import org.mdx.bragg.integrate.Integrated;
import org.mdx.bragg.integrate.Integrator;
import org.mdx.bragg.integrate.SpotWidths;
import org.mdx.crystal.Crystal;
import org.mdx.crystal.SpaceGroup;
import org.mdx.crystal.UnitCell;
import org.mdx.geometry.Geometry;
import org.mdx.geometry.Scan;
import org.mdx.image.ImageSeries;
import org.mdx.math.Mat3;
import org.mdx.math.Vec3;
import org.mdx.parallel.Parallel;
import org.mdx.parallel.Progress;
import org.mdx.prediction.Prediction;
import org.mdx.reflection.ReflectionFlag;
import org.mdx.reflection.ReflectionKey;
import org.mdx.reflection.ReflectionKeys;
import org.mdx.reflection.Reflections;
import org.mdx.sim.SimulatedDetector;
import org.mdx.sim.bragg.BraggOptions;
import org.mdx.sim.bragg.Lattice;
import org.mdx.sim.bragg.SpotSweep;

/**
 * What summing fine frames to slices changes: a sweep of frames of 0.1° and σ_m 1.2° with its true
 * geometry, integrated with 15 slices and with all frames apart. Prints how far the intensities of
 * reflections lie apart in their standard deviations.
 *
 * <p>Arguments: number of frames, pixels along an edge of the detector, seed.
 */
public final class SlicesStudy {
  private static final double SIGMA_M = 1.2;
  private static final double SIGMA_B = 0.05;
  private static final double RESOLUTION = 2;
  private static final int ALL = 100_000;
  private static final int EACH = 3;
  private static final double FULL = 0.99;

  private SlicesStudy() {}

  /**
   * Runs the study.
   *
   * @param args frames, pixels, seed
   */
  public static void main(String[] args) {
    int frames = Integer.parseInt(args[0]);
    int pixels = Integer.parseInt(args[1]);
    double[] exposures = new double[frames];
    Arrays.fill(exposures, 0.02);
    Mat3 turn = Mat3.rotation(new Vec3(1, 2, 3).unit(), 40);
    Crystal crystal =
        Crystal.ofRealSpaceAxes(
            turn.times(new UnitCell(21, 24, 28, 90, 90, 90).reciprocal()).inverse(),
            SpaceGroup.parse("P 21 21 21"));
    SpotSweep sweep =
        SpotSweep.of(
            BraggOptions.xRays(
                    SimulatedDetector.flat(pixels, pixels, 0.172, 110 * pixels / 619.0),
                    0.9768,
                    new Scan(1, 0, 0.1, exposures),
                    List.of(new Lattice(crystal, 1, SIGMA_B, SIGMA_M)))
                .withSeed(Long.parseLong(args[2])));
    Geometry geometry = sweep.trueGeometries().get(0);
    ImageSeries images = sweep.series().withGeometry(geometry);
    Reflections strong =
        Prediction.of(geometry).predictAll(RESOLUTION, 0).where(i -> i % EACH == 0);
    strong = strong.with(ReflectionKeys.XYZOBS_PX, strong.get(ReflectionKeys.XYZCAL_PX));
    IntegrateOptions options =
        IntegrateOptions.defaults()
            .withResolution(RESOLUTION)
            .withMemory(1L << 30)
            .withWidths(new SpotWidths(SIGMA_B, SIGMA_M, 0));
    Integrated sliced = run(images, strong, options);
    Integrated apart = run(images, strong, options.withSlices(ALL));
    for (boolean full : new boolean[] {true, false}) {
      compare("fit", sliced.reflections(), apart.reflections(), full, true);
      compare("sum", sliced.reflections(), apart.reflections(), full, false);
    }
  }

  private static Integrated run(ImageSeries images, Reflections strong, IntegrateOptions options) {
    return Integrator.integrate(images, strong, options, Parallel.of(2), Progress.NONE);
  }

  private static void compare(
      String name, Reflections a, Reflections b, boolean full, boolean fit) {
    ReflectionFlag flag = fit ? ReflectionFlag.INTEGRATED_PRF : ReflectionFlag.INTEGRATED_SUM;
    ReflectionKey<double[]> value =
        fit ? ReflectionKeys.INTENSITY_PRF : ReflectionKeys.INTENSITY_SUM;
    ReflectionKey<double[]> variance =
        fit ? ReflectionKeys.INTENSITY_PRF_VARIANCE : ReflectionKeys.INTENSITY_SUM_VARIANCE;
    double[] off = new double[a.size()];
    double[] width = new double[a.size()];
    double mean = 0;
    int n = 0;
    int one = 0;
    for (int i = 0; i < a.size(); i++) {
      if (a.isSet(i, flag) != b.isSet(i, flag)) {
        one++;
      } else if (a.isSet(i, flag) && a.value(ReflectionKeys.PARTIALITY, i, 0) > FULL == full) {
        double sigma = Math.sqrt(b.value(variance, i, 0));
        mean += (a.value(value, i, 0) - b.value(value, i, 0)) / sigma;
        width[n] = Math.sqrt(a.value(variance, i, 0)) / sigma;
        off[n++] = Math.abs(a.value(value, i, 0) - b.value(value, i, 0)) / sigma;
      }
    }
    double[] sorted = Arrays.copyOf(off, n);
    double[] widths = Arrays.copyOf(width, n);
    Arrays.sort(sorted);
    Arrays.sort(widths);
    System.out.printf(
        Locale.ROOT,
        "%s, %s: %d reflections apart by %.3f σ (median), %.3f (95 %%), %.3f (most), %+.4f (mean);"
            + " σ %.4f times (median); %d by one only%n",
        full ? "full" : "partial",
        name,
        n,
        at(sorted, 0.5),
        at(sorted, 0.95),
        at(sorted, 1),
        mean / n,
        at(widths, 0.5),
        one);
  }

  private static double at(double[] sorted, double part) {
    return sorted.length == 0
        ? Double.NaN
        : sorted[(int) Math.min(sorted.length - 1, part * sorted.length)];
  }
}
