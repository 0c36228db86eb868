package org.mdx.figures.report;

import java.util.List;
import java.util.Optional;
import java.util.function.DoubleUnaryOperator;
import org.mdx.image.BinnedImageSeries;
import org.mdx.table.HKLTable;

/**
 * What a report of a reduction shows beside its result. Immutable.
 *
 * @param truth table of true intensities of the merged voxels, where somebody knows them
 * @param scales true scale b(φ), φ in degrees, of each sweep, but for one factor of all; empty
 *     where nobody knows them
 * @param background count rates that were subtracted
 */
public record ReportExtras(
    Optional<HKLTable> truth,
    List<DoubleUnaryOperator> scales,
    Optional<BinnedImageSeries> background) {

  public ReportExtras {
    scales = List.copyOf(scales);
  }

  /**
   * Nothing.
   *
   * @return neither truth nor background
   */
  public static ReportExtras none() {
    return new ReportExtras(Optional.empty(), List.of(), Optional.empty());
  }

  /**
   * The same with the truth of simulated data.
   *
   * @param intensities of the merged voxels
   * @param b true scale of each sweep
   * @return others
   */
  public ReportExtras truth(HKLTable intensities, List<DoubleUnaryOperator> b) {
    return new ReportExtras(Optional.of(intensities), b, background);
  }

  /**
   * The same with a background.
   *
   * @param rates that were subtracted; null for none
   * @return others
   */
  public ReportExtras background(BinnedImageSeries rates) {
    return new ReportExtras(truth, scales, Optional.ofNullable(rates));
  }
}
