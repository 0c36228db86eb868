package org.mdx.pipeline;

import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;
import org.mdx.integrate.IntegrationOptions;
import org.mdx.peaks.BraggMask;
import org.mdx.peaks.Peaks;

/** Second stage: the Bragg peaks of each sweep. Immutable. */
public final class FoundPeaks {
  /** Standard deviations of the peak model that are masked unless another cutoff is given. */
  public static final double DEFAULT_CUTOFF = 3;

  private final Sweeps sweeps;
  private final List<Peaks> peaks;

  FoundPeaks(Sweeps sweeps, List<Peaks> peaks) {
    this.sweeps = sweeps;
    this.peaks = List.copyOf(peaks);
  }

  /**
   * The peaks of each sweep.
   *
   * @return in the order of the sweeps
   */
  public List<Peaks> peaks() {
    return peaks;
  }

  /**
   * Masks the peaks.
   *
   * @param sigmaCutoff standard deviations of the peak model that are left out
   * @return the next stage
   * @throws IllegalArgumentException if the cutoff is below 0
   */
  public Masked maskPeaks(double sigmaCutoff) {
    List<BraggMask> masks = new ArrayList<>();
    for (Peaks p : peaks) {
      BraggMask mask = BraggMask.of(p, sigmaCutoff);
      masks.add(sweeps.context().mdx2Compatible() ? mask.withCentringOnly() : mask);
    }
    return sweeps.mask(masks);
  }

  /**
   * Masks the peaks at {@link #DEFAULT_CUTOFF} and integrates the rest.
   *
   * @param options changes the default subdivision and spread
   * @return the stage after masking
   * @throws IllegalArgumentException if the Laue group cannot carry the subdivision
   */
  public Integrated integrate(UnaryOperator<IntegrationOptions> options) {
    return maskPeaks(DEFAULT_CUTOFF).integrate(options);
  }

  @Override
  public String toString() {
    return "FoundPeaks" + peaks;
  }
}
