package org.mdx.bragg.process;

import java.util.List;
import org.mdx.bragg.integrate.SpotWidths;
import org.mdx.crystal.UnitCell;
import org.mdx.geometry.Geometry;
import org.mdx.reflection.ReflectionFlag;
import org.mdx.reflection.ReflectionKeys;
import org.mdx.reflection.Reflections;

/**
 * The numbers of one crystal for a table; 0 or NaN for what is not known yet.
 *
 * @param images of all sweeps
 * @param spots that were found
 * @param indexed of these
 * @param rmsdX root mean square of calculated less observed along fast, px
 * @param rmsdY along slow, px
 * @param rmsdFrames along the scan, frames
 * @param cell a, b, c, α, β, γ of the first lattice, Å and degrees; NaN before it is known
 * @param sigmaB width of spots on the detector, degrees
 * @param sigmaM width of spots in rotation, degrees
 * @param integrated reflections with an intensity, of all lattices
 * @param iOverSigma mean I/σ of these
 * @param dMin least d of these, Å
 */
public record CrystalSummary(
    int images,
    int spots,
    int indexed,
    double rmsdX,
    double rmsdY,
    double rmsdFrames,
    List<Double> cell,
    double sigmaB,
    double sigmaM,
    int integrated,
    double iOverSigma,
    double dMin) {

  private static final double NONE = Double.NaN;

  public CrystalSummary {
    cell = List.copyOf(cell);
  }

  static CrystalSummary ofImages(int images) {
    List<Double> none = List.of(NONE, NONE, NONE, NONE, NONE, NONE);
    return new CrystalSummary(images, 0, 0, NONE, NONE, NONE, none, NONE, NONE, 0, NONE, NONE);
  }

  CrystalSummary spots(int found) {
    return new CrystalSummary(images, found, 0, NONE, NONE, NONE, cell, NONE, NONE, 0, NONE, NONE);
  }

  /** With a lattice, and residuals of the rows that have the flag and are no outliers. */
  CrystalSummary lattice(Geometry geometry, Reflections r, ReflectionFlag flag) {
    UnitCell c = geometry.crystal().orElseThrow().cell();
    int n = 0;
    int with = 0;
    double[] sum = new double[3];
    double[] calculated = r.get(ReflectionKeys.XYZCAL_PX);
    double[] observed = r.get(ReflectionKeys.XYZOBS_PX);
    for (int i = 0; i < r.size(); i++) {
      with += r.isSet(i, ReflectionFlag.INDEXED) ? 1 : 0;
      if (r.isSet(i, flag) && !r.isSet(i, ReflectionFlag.CENTROID_OUTLIER)) {
        n++;
        for (int k = 0; k < 3; k++) {
          double d = calculated[3 * i + k] - observed[3 * i + k];
          sum[k] += d * d;
        }
      }
    }
    return new CrystalSummary(
        images,
        spots,
        with,
        Math.sqrt(sum[0] / n),
        Math.sqrt(sum[1] / n),
        Math.sqrt(sum[2] / n),
        List.of(c.a(), c.b(), c.c(), c.alpha(), c.beta(), c.gamma()),
        NONE,
        NONE,
        0,
        NONE,
        NONE);
  }

  /** With intensities. */
  CrystalSummary intensities(SpotWidths widths, Reflections r) {
    double[] sum = r.get(ReflectionKeys.INTENSITY_SUM);
    double[] sumVariance = r.get(ReflectionKeys.INTENSITY_SUM_VARIANCE);
    double[] fit = r.get(ReflectionKeys.INTENSITY_PRF);
    double[] fitVariance = r.get(ReflectionKeys.INTENSITY_PRF_VARIANCE);
    double[] d = r.get(ReflectionKeys.D);
    int n = 0;
    double total = 0;
    double least = Double.POSITIVE_INFINITY;
    for (int i = 0; i < r.size(); i++) {
      boolean fitted = r.isSet(i, ReflectionFlag.INTEGRATED_PRF);
      if (fitted || r.isSet(i, ReflectionFlag.INTEGRATED_SUM)) {
        n++;
        total += fitted ? fit[i] / Math.sqrt(fitVariance[i]) : sum[i] / Math.sqrt(sumVariance[i]);
        least = Math.min(least, d[i]);
      }
    }
    return new CrystalSummary(
        images,
        spots,
        indexed,
        rmsdX,
        rmsdY,
        rmsdFrames,
        cell,
        widths.sigmaB(),
        widths.sigmaM(),
        n,
        total / n,
        least);
  }
}
