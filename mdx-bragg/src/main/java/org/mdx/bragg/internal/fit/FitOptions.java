package org.mdx.bragg.internal.fit;

import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import org.mdx.geometry.Probe;

/**
 * How a geometry is fitted.
 *
 * @param fixed parameters that stay
 * @param robust whether errors follow Student's t with 4 degrees of freedom; else the normal law
 * @param fitFloors whether a floor in pixels and one in frames is added to the variances and fitted
 * @param varianceOffset what is taken off the variances of centroids, px² and frame²; DIALS adds
 *     1/12 to all three
 * @param rounds rounds of weights and floors at the most, 1 or more
 * @param steps steps of Levenberg–Marquardt in a round at the most, 1 or more
 * @param perParameter observations (three a reflection) that a parameter needs, 1 or more; tilts,
 *     rotation about the normal and distance of the detector are fixed when there are fewer
 * @param form which panels move as one, and what of the crystal changes along the scan
 */
public record FitOptions(
    Set<FitParameter> fixed,
    boolean robust,
    boolean fitFloors,
    double varianceOffset,
    int rounds,
    int steps,
    int perParameter,
    ModelForm form) {

  /** What DIALS adds to the variances of centroids. */
  public static final double DIALS_OFFSET = 1.0 / 12;

  private static final Set<FitParameter> USUAL =
      Set.of(FitParameter.MU1, FitParameter.WAVENUMBER, FitParameter.GONIOMETER);

  public FitOptions {
    fixed = Set.copyOf(fixed);
    if (!(varianceOffset >= 0)
        || rounds < 1
        || steps < 1
        || perParameter < 1
        || fixed.size() == FitParameter.values().length) {
      throw new IllegalArgumentException(
          "variance offset "
              + varianceOffset
              + " (0 or above), rounds "
              + rounds
              + ", steps "
              + steps
              + ", observations a parameter "
              + perParameter
              + " (1 or above), fixed "
              + fixed
              + " (not all)");
    }
  }

  /**
   * X-rays: the rotation μ1 of the beam, wavenumber and goniometer fixed.
   *
   * @return the defaults
   */
  public static FitOptions standard() {
    return new FitOptions(USUAL, true, true, 0, 20, 10, 5, ModelForm.RIGID);
  }

  /**
   * The defaults of a probe. With electrons the Ewald sphere is flat, so that distance and scale of
   * the cell are one parameter: the distance is fixed, and the tilts, which cannot be seen.
   *
   * @param probe what the beam is made of
   * @return the defaults
   */
  public static FitOptions of(Probe probe) {
    return probe == Probe.ELECTRON
        ? standard().fix(FitParameter.DISTANCE, FitParameter.TILTS)
        : standard();
  }

  /**
   * As DIALS does: weights 1/variance and nothing else.
   *
   * @return least squares without floors
   */
  public FitOptions dialsCompatible() {
    return new FitOptions(fixed, false, false, 0, rounds, 100, perParameter, form);
  }

  /**
   * Fixes parameters.
   *
   * @param kinds which
   * @return other options
   */
  public FitOptions fix(FitParameter... kinds) {
    Set<FitParameter> all = EnumSet.noneOf(FitParameter.class);
    all.addAll(fixed);
    all.addAll(Set.of(kinds));
    return with(all);
  }

  /**
   * Frees parameters.
   *
   * @param kinds which
   * @return other options
   */
  public FitOptions free(FitParameter... kinds) {
    Set<FitParameter> all = EnumSet.noneOf(FitParameter.class);
    all.addAll(fixed);
    all.removeAll(Set.of(kinds));
    return with(all);
  }

  private FitOptions with(Set<FitParameter> all) {
    return new FitOptions(
        all, robust, fitFloors, varianceOffset, rounds, steps, perParameter, form);
  }

  /**
   * Takes an offset off the variances of the centroids.
   *
   * @param offset px² and frame², 0 or above; {@link #DIALS_OFFSET} of centroids that DIALS made
   * @return other options
   */
  public FitOptions varianceOffset(double offset) {
    return new FitOptions(fixed, robust, fitFloors, offset, rounds, steps, perParameter, form);
  }

  /**
   * Lets crystals change along the scan, after a fit in which they do not.
   *
   * @param what of them
   * @return other options
   */
  public FitOptions variation(Variation what) {
    return form(new ModelForm(what, form.panelGroups()));
  }

  /**
   * Lets groups of panels move for themselves.
   *
   * @param groups numbers of panels, each in one group; none for a rigid detector
   * @return other options
   */
  public FitOptions panelGroups(List<List<Integer>> groups) {
    return form(new ModelForm(form.variation(), groups));
  }

  private FitOptions form(ModelForm other) {
    return new FitOptions(
        fixed, robust, fitFloors, varianceOffset, rounds, steps, perParameter, other);
  }

  /**
   * Limits the work.
   *
   * @param most rounds of weights and floors
   * @return other options
   */
  public FitOptions rounds(int most) {
    return new FitOptions(
        fixed, robust, fitFloors, varianceOffset, most, steps, perParameter, form);
  }
}
