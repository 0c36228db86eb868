package org.mdx.peaks;

import java.util.Locale;
import java.util.Optional;

/**
 * Strong pixels and the model fitted to them.
 *
 * @param model shape of the peaks
 * @param positions all strong pixels
 * @param outliers those that the fit left out
 * @param countThreshold the threshold they exceed
 * @param foundThreshold what decided the threshold, if it was found from the images
 */
public record Peaks(
    PeakModel model,
    PeakPositions positions,
    PeakPositions outliers,
    int countThreshold,
    Optional<FoundThreshold> foundThreshold) {
  /** A semi-axis of the model, in reciprocal cells, from which on peaks may be anywhere. */
  private static final double SPREAD = 0.2;

  /**
   * Peaks above a given threshold.
   *
   * @param model shape of the peaks
   * @param positions all strong pixels
   * @param outliers those that the fit left out
   * @param countThreshold the threshold they exceed
   */
  public Peaks(
      PeakModel model, PeakPositions positions, PeakPositions outliers, int countThreshold) {
    this(model, positions, outliers, countThreshold, Optional.empty());
  }

  /**
   * Whether the strong pixels gather about the points of the lattice.
   *
   * @return what a user should know if the peak model reaches over the whole cell, empty otherwise
   */
  public Optional<String> doubt() {
    double[] a = model.semiAxes();
    double widest = Math.max(a[0], Math.max(a[1], a[2]));
    return widest < SPREAD
        ? Optional.empty()
        : Optional.of(
            String.format(
                Locale.ROOT,
                "the strong pixels do not gather about the points of the lattice: they scatter by"
                    + " %.2f cells along one axis, and by 0.29 if they lay anywhere; orientation,"
                    + " cell or scan do not explain the images, or peaks are so wide that they"
                    + " meet",
                widest));
  }

  @Override
  public String toString() {
    double[] a = model.semiAxes();
    return String.format(
        Locale.ROOT,
        "Peaks[%d pixels above %d counts, %d outliers, r0 %.6f %.6f %.6f, semi-axes %.6f %.6f %.6f]",
        positions.size(),
        countThreshold,
        outliers.size(),
        model.r0().x(),
        model.r0().y(),
        model.r0().z(),
        a[0],
        a[1],
        a[2]);
  }
}
