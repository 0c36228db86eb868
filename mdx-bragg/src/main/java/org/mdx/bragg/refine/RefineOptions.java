package org.mdx.bragg.refine;

import java.util.EnumSet;
import java.util.Optional;
import java.util.Set;
import org.mdx.bragg.internal.fit.FitOptions;
import org.mdx.bragg.internal.fit.FitParameter;
import org.mdx.geometry.Probe;

/**
 * How a geometry is refined. Immutable.
 *
 * <p>Fixed by default are the rotation of the beam in the plane of the rotation axis, the
 * wavelength and the goniometer; with electrons, whose Ewald sphere is flat, also distance and
 * tilts of the detector, which go with the scale of the cell.
 */
public final class RefineOptions {
  private static final RefineOptions STANDARD =
      new RefineOptions(Set.of(), Set.of(), false, Optional.empty(), true);

  private final Set<RefineParameter> fixed;
  private final Set<RefineParameter> free;
  private final boolean oneInstrument;
  private final Optional<Double> varianceOffset;
  private final boolean robust;

  private RefineOptions(
      Set<RefineParameter> fixed,
      Set<RefineParameter> free,
      boolean oneInstrument,
      Optional<Double> varianceOffset,
      boolean robust) {
    this.fixed = Set.copyOf(fixed);
    this.free = Set.copyOf(free);
    this.oneInstrument = oneInstrument;
    this.varianceOffset = varianceOffset;
    this.robust = robust;
  }

  /**
   * The defaults.
   *
   * @return Student's t, fitted floors, what is fixed by the probe
   */
  public static RefineOptions defaults() {
    return STANDARD;
  }

  /**
   * As DIALS weights: 1/variance, no floors, no Student's t; outliers count in full.
   *
   * @return other options
   */
  public RefineOptions dialsCompatible() {
    return new RefineOptions(fixed, free, oneInstrument, Optional.of(0.0), false);
  }

  /**
   * Fixes parameters.
   *
   * @param which groups that stay as they are
   * @return other options
   */
  public RefineOptions fix(RefineParameter... which) {
    return new RefineOptions(
        union(fixed, which), less(free, which), oneInstrument, varianceOffset, robust);
  }

  /**
   * Refines parameters that are fixed by default.
   *
   * @param which groups that are refined
   * @return other options
   */
  public RefineOptions free(RefineParameter... which) {
    return new RefineOptions(
        less(fixed, which), union(free, which), oneInstrument, varianceOffset, robust);
  }

  /**
   * Fixes or refines the distance of the detector.
   *
   * @param fix whether it stays
   * @return other options
   */
  public RefineOptions fixDistance(boolean fix) {
    return fix ? fix(RefineParameter.DISTANCE) : free(RefineParameter.DISTANCE);
  }

  /**
   * Makes all sweeps share one detector and one beam, those of the first sweep at the start. By
   * default sweeps share the models that are equal at the start.
   *
   * @param one whether they do
   * @return other options
   */
  public RefineOptions oneInstrument(boolean one) {
    return new RefineOptions(fixed, free, one, varianceOffset, robust);
  }

  /**
   * Takes an offset off the variances of the centroids. By default 1/12 is taken off if all
   * variances are at least that, since DIALS adds it.
   *
   * @param offset px² and frame², 0 or above
   * @return other options
   * @throws IllegalArgumentException if it is negative
   */
  public RefineOptions varianceOffset(double offset) {
    if (!(offset >= 0)) {
      throw new IllegalArgumentException("variance offset " + offset + ", must be 0 or above");
    }
    return new RefineOptions(fixed, free, oneInstrument, Optional.of(offset), robust);
  }

  private static Set<RefineParameter> union(Set<RefineParameter> all, RefineParameter... more) {
    Set<RefineParameter> out = EnumSet.noneOf(RefineParameter.class);
    out.addAll(all);
    out.addAll(Set.of(more));
    return out;
  }

  private static Set<RefineParameter> less(Set<RefineParameter> all, RefineParameter... gone) {
    Set<RefineParameter> out = EnumSet.noneOf(RefineParameter.class);
    out.addAll(all);
    out.removeAll(Set.of(gone));
    return out;
  }

  boolean isOneInstrument() {
    return oneInstrument;
  }

  /** How to fit centroids with these variances. */
  FitOptions fit(Probe probe, double[] variances) {
    FitOptions o = FitOptions.of(probe);
    if (!robust) {
      o = o.dialsCompatible();
    }
    o = o.fix(kinds(fixed)).free(kinds(free));
    return o.varianceOffset(varianceOffset.orElseGet(() -> offset(variances)));
  }

  private static FitParameter[] kinds(Set<RefineParameter> which) {
    return which.stream().map(RefineParameter::kind).toArray(FitParameter[]::new);
  }

  private static double offset(double[] variances) {
    double least = Double.POSITIVE_INFINITY;
    for (double v : variances) {
      least = Math.min(least, v);
    }
    // variances went through sums in double
    return variances.length > 0 && least >= FitOptions.DIALS_OFFSET * (1 - 1e-9)
        ? FitOptions.DIALS_OFFSET
        : 0;
  }

  /** What differs from the defaults. */
  @Override
  public String toString() {
    return "RefineOptions[fixed "
        + fixed
        + ", free "
        + free
        + (oneInstrument ? ", one instrument" : "")
        + (robust ? "" : ", least squares")
        + "]";
  }
}
