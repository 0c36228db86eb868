package org.mdx.pipeline;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.function.UnaryOperator;
import org.mdx.geometry.MillerIndexMap;
import org.mdx.integrate.IntegrationOptions;
import org.mdx.peaks.BraggMask;
import org.mdx.peaks.CutoffFinder;
import org.mdx.peaks.FoundCutoff;
import org.mdx.peaks.Peaks;

/** Second stage: the Bragg peaks of each sweep. Immutable. */
public final class FoundPeaks {
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
   * Masks the peaks of each sweep as far as its images show that they reach; with mdx2's
   * conventions at 3 standard deviations of the peak model.
   *
   * @return the next stage
   */
  public Masked maskPeaks() {
    return maskPeaks(
        ReductionOptions.standard(sweeps.context().conventions()).bragg().sigmaCutoff());
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

  /** Masks the peaks; where no cutoff is given, at that of each sweep's images. */
  Masked maskPeaks(OptionalDouble sigmaCutoff) {
    Context context = sweeps.context();
    List<Optional<BraggMask>> masks = new ArrayList<>();
    List<Optional<FoundCutoff>> cutoffs = new ArrayList<>();
    MillerIndexMap indices = null;
    for (int i = 0; i < peaks.size(); i++) {
      Optional<FoundCutoff> found = Optional.empty();
      if (sigmaCutoff.isEmpty()) {
        indices = null; // room for the next
        indices = sweeps.sweeps().get(i).map(context.conventions(), context.parallel());
        found = Optional.of(findCutoff(i, indices));
      }
      double cutoff = found.isPresent() ? found.get().cutoff() : sigmaCutoff.getAsDouble();
      BraggMask mask = BraggMask.of(peaks.get(i), cutoff);
      masks.add(Optional.of(context.conventions().isMdx2() ? mask.withCentringOnly() : mask));
      cutoffs.add(found);
    }
    return new Masked(sweeps, masks, cutoffs, indices);
  }

  private FoundCutoff findCutoff(int i, MillerIndexMap indices) {
    Context context = sweeps.context();
    Sweep s = sweeps.sweeps().get(i);
    return CutoffFinder.find(
        s.images(),
        indices,
        peaks.get(i).model(),
        s.crystal().spaceGroup(),
        context.parallel(),
        context.progress());
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
