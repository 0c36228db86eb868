package org.mdx.pipeline;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.UnaryOperator;
import org.mdx.geometry.MillerIndexMap;
import org.mdx.image.RowMask;
import org.mdx.integrate.Integration;
import org.mdx.integrate.IntegrationOptions;
import org.mdx.integrate.Integrator;
import org.mdx.peaks.BraggMask;
import org.mdx.peaks.FoundCutoff;
import org.mdx.table.EmptyResultException;

/** Third stage: what will be left out of each sweep. Immutable. */
public final class Masked {
  private final Sweeps sweeps;
  private final List<Optional<BraggMask>> masks;
  private final List<Optional<FoundCutoff>> cutoffs;

  /** What the cutoff of a single sweep was found with; forgotten once it has been integrated. */
  private final AtomicReference<MillerIndexMap> indices;

  Masked(Sweeps sweeps, List<Optional<BraggMask>> masks) {
    this(sweeps, masks, Collections.nCopies(masks.size(), Optional.empty()), null);
  }

  Masked(
      Sweeps sweeps,
      List<Optional<BraggMask>> masks,
      List<Optional<FoundCutoff>> cutoffs,
      MillerIndexMap indices) {
    if (masks.size() != sweeps.sweeps().size()) {
      throw new IllegalArgumentException(
          masks.size() + " masks for " + sweeps.sweeps().size() + " sweeps");
    }
    this.sweeps = sweeps;
    this.masks = List.copyOf(masks);
    this.cutoffs = List.copyOf(cutoffs);
    this.indices = new AtomicReference<>(masks.size() == 1 ? indices : null);
  }

  /**
   * The mask of each sweep.
   *
   * @return in the order of the sweeps, empty where nothing is left out
   */
  public List<Optional<BraggMask>> masks() {
    return masks;
  }

  /**
   * What decided how far the peaks of each sweep are masked.
   *
   * @return in the order of the sweeps, empty where the cutoff was given or there is no mask
   */
  public List<Optional<FoundCutoff>> cutoffs() {
    return cutoffs;
  }

  /**
   * Integrates the counts of each sweep with the standard subdivision and spread.
   *
   * @return the next stage
   * @throws IllegalArgumentException if the Laue group cannot carry the subdivision, or not a
   *     single pixel of a sweep counts
   */
  public Integrated integrate() {
    return integrate(UnaryOperator.identity());
  }

  /**
   * Integrates the counts of each sweep.
   *
   * @param options changes the default subdivision and spread
   * @return the next stage
   * @throws IllegalArgumentException if the Laue group cannot carry the subdivision, or not a
   *     single pixel of a sweep counts
   */
  public Integrated integrate(UnaryOperator<IntegrationOptions> options) {
    Context context = sweeps.context();
    IntegrationOptions o =
        options.apply(
            ReductionOptions.standard(context.conventions())
                .integration()
                .conventions(context.conventions()));
    SweepChecks.requireCarried(sweeps.sweeps().get(0).crystal(), o.ndiv());
    List<Integration> integrations = new ArrayList<>();
    for (int i = 0; i < masks.size(); i++) {
      Sweep s = sweeps.sweeps().get(i);
      MillerIndexMap known = indices.getAndSet(null);
      MillerIndexMap map = known == null ? s.map(context.conventions(), context.parallel()) : known;
      RowMask mask =
          masks
              .get(i)
              .map(m -> m.rows(s.crystal().spaceGroup(), map.bounds()))
              .orElse(RowMask.NONE);
      Integration integration =
          Integrator.integrate(
              s.images(), map, mask, o, context.scratch(), context.parallel(), context.progress());
      requireCounted(s, integration);
      integrations.add(integration);
    }
    return new Integrated(sweeps, masks, integrations);
  }

  private static void requireCounted(Sweep sweep, Integration integration) {
    if (integration.table().rows() == 0) {
      throw new EmptyResultException(
          sweep.images().source().describe(0)
              + ": of "
              + sweep.images().geometry().detector().pixels()
              + " pixels in each of "
              + sweep.images().frames()
              + " frames not one counts: "
              + integration.maskedPixels()
              + " are left out by the Bragg mask, all others by the detector's mask or its trusted"
              + " range; look at masks, sigma cutoff and trusted range");
    }
  }

  @Override
  public String toString() {
    return "Masked" + masks;
  }
}
