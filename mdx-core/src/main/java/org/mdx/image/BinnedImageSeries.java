package org.mdx.image;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import org.mdx.geometry.Conventions;
import org.mdx.geometry.PanelSize;
import org.mdx.geometry.Scan;
import org.mdx.math.GridAxis;

/**
 * Count rates of one sweep on the centres of coarse bins over (φ, iy, ix) for each panel,
 * trilinearly interpolated between: mdx2's {@code binned_image_series}. Immutable.
 */
public final class BinnedImageSeries {

  /** The bins of one panel. Immutable. */
  public static final class Bins {
    /** Ends of bins are whole numbers of pixels within this much. */
    private static final double WHOLE = 1e-3;

    private final GridAxis phi;
    private final GridAxis iy;
    private final GridAxis ix;
    private final double[] rate;
    private final double[] variance;

    private Bins(GridAxis phi, GridAxis iy, GridAxis ix, double[] rate, double[] variance) {
      this.phi = phi;
      this.iy = iy;
      this.ix = ix;
      this.rate = rate;
      this.variance = variance;
    }

    /**
     * Bins from their values.
     *
     * @param phi bin centres, degrees
     * @param iy bin centres, pixel rows
     * @param ix bin centres, pixel columns
     * @param rate counts per pixel and second in the order (φ, iy, ix), ix fastest; NaN for a bin
     *     without data; copied
     * @param variance of the rate, in the same order, copied; null if unknown
     * @return the bins
     * @throws IllegalArgumentException if an axis is not monotone or a number of values is wrong
     */
    public static Bins of(
        double[] phi, double[] iy, double[] ix, double[] rate, double[] variance) {
      long n = (long) phi.length * iy.length * ix.length;
      if (rate.length != n || (variance != null && variance.length != n)) {
        throw new IllegalArgumentException(
            phi.length
                + " x "
                + iy.length
                + " x "
                + ix.length
                + " bins with "
                + rate.length
                + " rates"
                + (variance == null ? "" : " and " + variance.length + " variances"));
      }
      return new Bins(
          GridAxis.of(phi),
          GridAxis.of(iy),
          GridAxis.of(ix),
          rate.clone(),
          variance == null ? null : variance.clone());
    }

    private Bins times(double factor) {
      double[] r = new double[rate.length];
      double[] v = variance == null ? null : new double[rate.length];
      for (int i = 0; i < r.length; i++) {
        r[i] = factor * rate[i];
        if (v != null) {
          v[i] = factor * factor * variance[i];
        }
      }
      return new Bins(phi, iy, ix, r, v);
    }

    /**
     * Bin centres along φ.
     *
     * @return axis in degrees
     */
    public GridAxis phi() {
      return phi;
    }

    /**
     * Bin centres along iy.
     *
     * @return axis in zero-based pixel rows
     */
    public GridAxis iy() {
      return iy;
    }

    /**
     * Bin centres along ix.
     *
     * @return axis in zero-based pixel columns
     */
    public GridAxis ix() {
      return ix;
    }

    /**
     * Count rates of all bins.
     *
     * @return a new array in the order (φ, iy, ix), counts per pixel and second, NaN without data
     */
    public double[] rate() {
      return rate.clone();
    }

    /**
     * Variances of the rates of all bins.
     *
     * @return a new array in the order (φ, iy, ix); empty if unknown
     */
    public Optional<double[]> variance() {
      return Optional.ofNullable(variance).map(double[]::clone);
    }

    /**
     * Whether variances are known.
     *
     * @return true if so
     */
    public boolean hasVariance() {
      return variance != null;
    }

    /**
     * Trilinear interpolation of the rate, clamped at the edges. All eight neighbours take part,
     * also with weight 0, so that a missing one makes the result NaN as in mdx2.
     *
     * @param atPhi degrees
     * @param atIy row
     * @param atIx column
     * @return counts per pixel and second
     */
    public double rate(double atPhi, double atIy, double atIx) {
      return interpolate(rate, 1, atPhi, atIy, atIx);
    }

    /**
     * Variance of the interpolated rate: with weights w of independent bins, Σ w²·variance.
     *
     * @param atPhi degrees
     * @param atIy row
     * @param atIx column
     * @return the variance; 0 if variances are unknown
     */
    public double variance(double atPhi, double atIy, double atIx) {
      return variance == null ? 0 : interpolate(variance, 2, atPhi, atIy, atIx);
    }

    private double interpolate(double[] v, int power, double atPhi, double atIy, double atIx) {
      double fm = phi.fraction(atPhi);
      double fy = iy.fraction(atIy);
      double fx = ix.fraction(atIx);
      int bm = phi.base(fm);
      int by = iy.base(fy);
      int bx = ix.base(fx);
      double m1 = fm - bm;
      double y1 = fy - by;
      double x1 = fx - bx;
      double m0 = 1 - m1;
      double y0 = 1 - y1;
      double x0 = 1 - x1;
      if (power == 2) {
        m0 *= m0;
        m1 *= m1;
        y0 *= y0;
        y1 *= y1;
        x0 *= x0;
        x1 *= x1;
      }
      int nx = ix.size();
      int row0 = bm * iy.size() + by;
      int stepY = iy.next(by) - by;
      int row1 = phi.next(bm) * iy.size() + by;
      int stepX = ix.next(bx) - bx;
      int i00 = row0 * nx + bx;
      int i01 = (row0 + stepY) * nx + bx;
      int i10 = row1 * nx + bx;
      int i11 = (row1 + stepY) * nx + bx;
      return m0
              * (y0 * (x0 * v[i00] + x1 * v[i00 + stepX])
                  + y1 * (x0 * v[i01] + x1 * v[i01 + stepX]))
          + m1
              * (y0 * (x0 * v[i10] + x1 * v[i10 + stepX])
                  + y1 * (x0 * v[i11] + x1 * v[i11 + stepX]));
    }

    /**
     * Whether the bins can be those of a panel. Bins of the same number of whole pixels, or of two
     * numbers one apart, tell the size of the panel exactly; otherwise the last centre must lie
     * within one and a half bins of the panel's end.
     *
     * @param panel its size
     * @return false if they belong to a panel of another size
     */
    public boolean covers(PanelSize panel) {
      return covers(ix, panel.width()) && covers(iy, panel.height());
    }

    private static boolean covers(GridAxis centres, int pixels) {
      double start = 0;
      double smallest = Double.POSITIVE_INFINITY;
      double largest = 0;
      for (int i = 0; i < centres.size(); i++) {
        double end = 2 * centres.get(i) + 1 - start;
        smallest = Math.min(smallest, end - start);
        largest = Math.max(largest, end - start);
        start = end;
      }
      if (smallest > 0 && largest - smallest <= 1 + WHOLE) {
        return Math.abs(start - pixels) <= WHOLE;
      }
      double last = centres.get(centres.size() - 1);
      double bin = (last - centres.get(0)) / (centres.size() - 1);
      return last < pixels && pixels - last <= 1.5 * bin + 1;
    }

    /**
     * How many bins have no data.
     *
     * @return number of NaN rates
     */
    public int missing() {
      int n = 0;
      for (double r : rate) {
        if (r != r) {
          n++;
        }
      }
      return n;
    }

    @Override
    public boolean equals(Object o) {
      return o instanceof Bins b
          && phi.equals(b.phi)
          && iy.equals(b.iy)
          && ix.equals(b.ix)
          && Arrays.equals(rate, b.rate)
          && Arrays.equals(variance, b.variance);
    }

    @Override
    public int hashCode() {
      return Arrays.hashCode(rate);
    }

    @Override
    public String toString() {
      return phi.size() + " x " + iy.size() + " x " + ix.size() + " bins, " + missing() + " empty";
    }
  }

  private final List<Bins> panels;

  private final Optional<Boolean> exposureKnown;
  private final OptionalDouble transmission;

  /**
   * A series.
   *
   * @param panels the bins of each panel, at least one
   * @throws IllegalArgumentException if there is none
   */
  public BinnedImageSeries(List<Bins> panels) {
    this(panels, Optional.empty(), OptionalDouble.empty());
  }

  private BinnedImageSeries(
      List<Bins> panels, Optional<Boolean> exposureKnown, OptionalDouble transmission) {
    this.panels = List.copyOf(panels);
    this.exposureKnown = exposureKnown;
    this.transmission = transmission;
    if (this.panels.isEmpty()) {
      throw new IllegalArgumentException("a binned image series needs at least one panel");
    }
  }

  /**
   * The bins of each panel.
   *
   * @return at least one
   */
  public List<Bins> panels() {
    return panels;
  }

  /**
   * Whether the exposures were known from which the rates come; otherwise each frame stands for one
   * second.
   *
   * @return empty if nobody recorded it, as in the files of mdx2
   */
  public Optional<Boolean> exposureKnown() {
    return exposureKnown;
  }

  /**
   * The same rates with a record of where they come from.
   *
   * @param known whether the exposures were known
   * @return a new series
   */
  public BinnedImageSeries withExposureKnown(boolean known) {
    return new BinnedImageSeries(panels, Optional.of(known), transmission);
  }

  /**
   * The part of the beam that attenuators let through where the rates were counted.
   *
   * @return above 0, at most 1; empty if nobody recorded it, as in the files of mdx2
   */
  public OptionalDouble transmission() {
    return transmission;
  }

  /**
   * The same rates with a record of the attenuators.
   *
   * @param part of the beam that they let through, above 0, at most 1
   * @return a new series
   * @throws IllegalArgumentException if it is out of range
   */
  public BinnedImageSeries withTransmission(double part) {
    if (!(part > 0 && part <= 1)) {
      throw new IllegalArgumentException(
          "transmission " + part + " of the background's beam, must be above 0 and at most 1");
    }
    return new BinnedImageSeries(panels, exposureKnown, OptionalDouble.of(part));
  }

  /**
   * The rates as the beam of another scan would give them: multiplied by the ratio of the
   * transmissions, where both are known.
   *
   * @param scan from which the background is to be subtracted
   * @param conventions whose; mdx2 subtracts rates as they are
   * @return these rates where the beam is as strong, or as far as anyone knows
   */
  public BinnedImageSeries inBeamOf(Scan scan, Conventions conventions) {
    double factor = new Attenuation(scan.transmission(), transmission).ratio();
    return factor == 1 || conventions.isMdx2()
        ? this
        : new BinnedImageSeries(
            panels.stream().map(b -> b.times(factor)).toList(), exposureKnown, scan.transmission());
  }

  /**
   * What to tell where attenuators of a sweep and of this background differ.
   *
   * @param sweep the part of the beam that they let through there, empty if nobody tells
   * @param conventions whose; mdx2 subtracts rates as they are
   * @return in words; empty if nothing is known to differ
   */
  public Optional<String> attenuation(OptionalDouble sweep, Conventions conventions) {
    return new Attenuation(sweep, transmission).difference(conventions);
  }

  /**
   * Refuses a scan whose rates cannot be compared with these, as far as it was recorded.
   *
   * @param scan from which the background is to be subtracted
   * @throws IllegalArgumentException if the exposures of one side alone are known
   */
  public void requireComparable(Scan scan) {
    if (exposureKnown.isPresent() && exposureKnown.get() != scan.isExposureKnown()) {
      throw new IllegalArgumentException(
          scan.isExposureKnown()
              ? "the exposure of the background is unknown, that of the sweep is "
                  + scan.exposure(0)
                  + " s: count rates cannot be subtracted from each other; write the exposure time"
                  + " into the experiment list of the background and bin it again"
              : "the exposure of the sweep is unknown, that of the background is known: count rates"
                  + " cannot be subtracted from each other; write the exposure time into the"
                  + " experiment list of the sweep");
    }
  }

  /**
   * Refuses a detector that the bins do not cover.
   *
   * @param sizes of its panels
   * @throws IllegalArgumentException if there is another number of panels, or one of them has
   *     another size
   */
  public void requireCovers(List<PanelSize> sizes) {
    if (sizes.size() != panels.size()) {
      throw new IllegalArgumentException(
          "the background has "
              + panels.size()
              + " panels, the detector "
              + sizes.size()
              + ": it belongs to another detector; give a background from the same one");
    }
    for (int p = 0; p < sizes.size(); p++) {
      Bins b = panels.get(p);
      if (!b.covers(sizes.get(p))) {
        throw new IllegalArgumentException(
            "the background's last bins are centred at ix="
                + b.ix.get(b.ix.size() - 1)
                + " iy="
                + b.iy.get(b.iy.size() - 1)
                + ", panel "
                + p
                + " of the detector has "
                + sizes.get(p)
                + " pixels: it belongs to another detector; give a background from the same one");
      }
    }
  }

  @Override
  public boolean equals(Object o) {
    return o instanceof BinnedImageSeries b
        && panels.equals(b.panels)
        && exposureKnown.equals(b.exposureKnown)
        && transmission.equals(b.transmission);
  }

  @Override
  public int hashCode() {
    return panels.hashCode();
  }

  @Override
  public String toString() {
    return "BinnedImageSeries" + panels;
  }
}
