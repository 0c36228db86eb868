package org.mdx.bragg.refine;

import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.mdx.bragg.internal.fit.FitOptions;
import org.mdx.bragg.internal.fit.FitParameter;
import org.mdx.bragg.internal.fit.Variation;
import org.mdx.geometry.Probe;

/**
 * How a geometry is refined. Immutable.
 *
 * <p>Fixed by default are the rotation of the beam in the plane of the rotation axis, the
 * wavelength and the goniometer; with electrons, whose Ewald sphere is flat, also distance and
 * tilts of the detector, which go with the scale of the cell.
 */
public final class RefineOptions {
  /**
   * Degrees between values along the scan.
   *
   * @param crystal of what changes of the crystal
   * @param beam of the beam; 0 if it stays
   */
  private record Intervals(double crystal, double beam) {
    static final Intervals USUAL = new Intervals(Variation.ALL.interval(), 0);
  }

  private static final RefineOptions STANDARD =
      new RefineOptions(
          Set.of(),
          Set.of(),
          false,
          Optional.empty(),
          true,
          Optional.empty(),
          Intervals.USUAL,
          List.of());

  private final Set<RefineParameter> fixed;
  private final Set<RefineParameter> free;
  private final boolean oneInstrument;
  private final Optional<Double> varianceOffset;
  private final boolean robust;
  private final Optional<Set<RefineParameter>> varying; // empty: by the probe
  private final Intervals interval;
  private final List<List<Integer>> panelGroups;

  private RefineOptions(
      Set<RefineParameter> fixed,
      Set<RefineParameter> free,
      boolean oneInstrument,
      Optional<Double> varianceOffset,
      boolean robust,
      Optional<Set<RefineParameter>> varying,
      Intervals interval,
      List<List<Integer>> panelGroups) {
    this.fixed = Set.copyOf(fixed);
    this.free = Set.copyOf(free);
    this.oneInstrument = oneInstrument;
    this.varianceOffset = varianceOffset;
    this.robust = robust;
    this.varying = varying.map(Set::copyOf);
    this.interval = interval;
    this.panelGroups = panelGroups.stream().map(List::copyOf).toList();
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
    return new RefineOptions(
        fixed, free, oneInstrument, Optional.of(0.0), false, varying, interval, panelGroups);
  }

  /**
   * Fixes parameters.
   *
   * @param which groups that stay as they are
   * @return other options
   */
  public RefineOptions fix(RefineParameter... which) {
    return new RefineOptions(
        union(fixed, which),
        less(free, which),
        oneInstrument,
        varianceOffset,
        robust,
        varying,
        interval,
        panelGroups);
  }

  /**
   * Refines parameters that are fixed by default.
   *
   * @param which groups that are refined
   * @return other options
   */
  public RefineOptions free(RefineParameter... which) {
    return new RefineOptions(
        less(fixed, which),
        union(free, which),
        oneInstrument,
        varianceOffset,
        robust,
        varying,
        interval,
        panelGroups);
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
    return new RefineOptions(
        fixed, free, one, varianceOffset, robust, varying, interval, panelGroups);
  }

  /**
   * Lets groups of panels move for themselves. By default the detector moves as one.
   *
   * @param groups numbers of panels from 0, each panel in one group; none for the whole detector
   * @return other options
   */
  public RefineOptions panelGroups(List<List<Integer>> groups) {
    return new RefineOptions(
        fixed, free, oneInstrument, varianceOffset, robust, varying, interval, groups);
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
    return new RefineOptions(
        fixed, free, oneInstrument, Optional.of(offset), robust, varying, interval, panelGroups);
  }

  /**
   * Refines the crystal once more with orientation and cell changing along the scan, or not. By
   * default they do, with electrons the orientation alone. How much they change from one part of
   * the scan to the next is learnt from the reflections, so that what does not change stays.
   *
   * @param vary whether orientation and cell change
   * @return other options
   */
  public RefineOptions scanVarying(boolean vary) {
    return varying(
        vary
            ? new RefineParameter[] {RefineParameter.ORIENTATION, RefineParameter.CELL}
            : new RefineParameter[0]);
  }

  /**
   * What changes along the scan.
   *
   * @param which orientation, cell, both or neither
   * @return other options
   * @throws IllegalArgumentException if it is something else
   */
  public RefineOptions varying(RefineParameter... which) {
    Set<RefineParameter> all = union(Set.of(), which);
    for (RefineParameter p : all) {
      if (p != RefineParameter.ORIENTATION && p != RefineParameter.CELL) {
        throw new IllegalArgumentException(
            p + " cannot change along the scan; orientation and cell can");
      }
    }
    return new RefineOptions(
        fixed,
        free,
        oneInstrument,
        varianceOffset,
        robust,
        Optional.of(all),
        interval,
        panelGroups);
  }

  /**
   * Changes the distance of the values between which a crystal that changes is smooth.
   *
   * @param degrees of rotation, above 0; 5 by default. A scan has at most 36 intervals
   * @return other options
   * @throws IllegalArgumentException if it is not above 0
   */
  public RefineOptions interval(double degrees) {
    if (!(degrees > 0)) {
      throw new IllegalArgumentException("interval " + degrees + "°, must be above 0");
    }
    return new RefineOptions(
        fixed,
        free,
        oneInstrument,
        varianceOffset,
        robust,
        varying,
        new Intervals(degrees, interval.beam()),
        panelGroups);
  }

  /**
   * Lets the beam change its direction along the scan, after a fit that places the detector, which
   * then stays: beam and detector do the same to spots.
   *
   * @param degrees between values, above 0, 1 is usual; 0 if the beam stays, as by default. A scan
   *     has at most 180 intervals
   * @return other options
   * @throws IllegalArgumentException if it is below 0
   */
  public RefineOptions beamDrift(double degrees) {
    if (!(degrees >= 0)) {
      throw new IllegalArgumentException(
          "interval " + degrees + "° of the beam's drift, must be above 0");
    }
    return new RefineOptions(
        fixed,
        free,
        oneInstrument,
        varianceOffset,
        robust,
        varying,
        new Intervals(interval.crystal(), degrees),
        panelGroups);
  }

  private Variation variation(Probe probe) {
    double degrees = interval.crystal();
    return varying
        .map(
            v ->
                new Variation(
                    v.contains(RefineParameter.ORIENTATION),
                    v.contains(RefineParameter.CELL),
                    degrees))
        .orElse(new Variation(true, probe != Probe.ELECTRON, degrees))
        .beam(interval.beam());
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
    o = o.fix(kinds(fixed)).free(kinds(free)).variation(variation(probe)).panelGroups(panelGroups);
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
        + varying.map(v -> ", varying " + v).orElse("")
        + (panelGroups.isEmpty() ? "" : ", panels " + panelGroups)
        + (interval.crystal() == Intervals.USUAL.crystal()
            ? ""
            : ", interval " + interval.crystal() + "°")
        + (interval.beam() == 0 ? "" : ", beam drifts, every " + interval.beam() + "°")
        + "]";
  }
}
