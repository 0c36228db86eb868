package org.mdx.pipeline;

import java.util.ArrayList;
import java.util.List;
import java.util.OptionalDouble;
import java.util.function.UnaryOperator;
import org.mdx.integrate.IntegrationOptions;
import org.mdx.peaks.BraggMask;
import org.mdx.peaks.Peaks;

/** Second stage: the Bragg peaks of each sweep. Immutable. */
public final class FoundPeaks {
  /** Standard deviations of the peak model that are masked where no cutoff is given. */
  private static final double CUTOFF = 3;

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
   * Masks the peaks at the standard cutoff.
   *
   * @return the next stage
   */
  public Masked maskPeaks() {
    return maskPeaks(
        ReductionOptions.standard(sweeps.context().mdx2Compatible()).bragg().sigmaCutoff());
  }

  /**
   * Masks the peaks.
   *
   * @param sigmaCutoff standard deviations of the peak model that are left out
   * @return the next stage
   * @throws IllegalArgumentException if the cutoff is below 0
   */
  public Masked maskPeaks(double sigmaCutoff) {
    return maskPeaks(OptionalDouble.of(sigmaCutoff));
  }

  /** Masks the peaks; where no cutoff is given, at the default one. */
  Masked maskPeaks(OptionalDouble sigmaCutoff) {
    List<BraggMask> masks = new ArrayList<>();
    for (Peaks p : peaks) {
      BraggMask mask = BraggMask.of(p, sigmaCutoff.orElse(CUTOFF));
      masks.add(sweeps.context().mdx2Compatible() ? mask.withCentringOnly() : mask);
    }
    return sweeps.mask(masks);
  }

  /**
   * Masks the peaks at the standard cutoff and integrates the rest with the standard subdivision.
   *
   * @return the stage after masking
   * @throws IllegalArgumentException as {@link Masked#integrate()}
   */
  public Integrated integrate() {
    return maskPeaks().integrate();
  }

  /**
   * Masks the peaks at the standard cutoff and integrates the rest.
   *
   * @param options changes the standard subdivision and spread
   * @return the stage after masking
   * @throws IllegalArgumentException as {@link Masked#integrate(UnaryOperator)}
   */
  public Integrated integrate(UnaryOperator<IntegrationOptions> options) {
    return maskPeaks().integrate(options);
  }

  @Override
  public String toString() {
    return "FoundPeaks" + peaks;
  }
}
