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
