package org.mdx.io.nexus;

import java.util.OptionalInt;
import org.mdx.peaks.PeakModel;
import org.mdx.peaks.PeakPositions;
import org.mdx.peaks.Peaks;

/**
 * The content of a peaks file.
 *
 * @param model shape of the peaks
 * @param positions strong pixels
 * @param outliers those that the fit left out
 * @param countThreshold the threshold they exceed; files of mdx2 do not tell
 */
public record PeaksFile(
    PeakModel model, PeakPositions positions, PeakPositions outliers, OptionalInt countThreshold) {

  /**
   * As the peak search returns it.
   *
   * @param otherwise the threshold if the file does not tell
   * @return the peaks
   */
  public Peaks toPeaks(int otherwise) {
    return new Peaks(model, positions, outliers, countThreshold.orElse(otherwise));
  }

  @Override
  public String toString() {
    return "PeaksFile["
        + positions
        + ", "
        + (countThreshold.isPresent() ? "above " + countThreshold.getAsInt() + " counts, " : "")
        + "outliers "
        + outliers
        + ", "
        + model
        + "]";
  }
}
