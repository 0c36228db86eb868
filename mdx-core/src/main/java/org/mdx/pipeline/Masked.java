package org.mdx.pipeline;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.function.UnaryOperator;
import org.mdx.crystal.LaueGroup;
import org.mdx.geometry.MillerIndexMap;
import org.mdx.image.RowMask;
import org.mdx.integrate.Integration;
import org.mdx.integrate.IntegrationOptions;
import org.mdx.integrate.Integrator;
import org.mdx.peaks.BraggMask;
import org.mdx.table.Subdivision;

/** Third stage: what will be left out of each sweep. Immutable. */
public final class Masked {
  private final Sweeps sweeps;
  private final List<BraggMask> masks;

  Masked(Sweeps sweeps, List<BraggMask> masks) {
    if (masks.size() != sweeps.sweeps().size()) {
      throw new IllegalArgumentException(
          masks.size() + " masks for " + sweeps.sweeps().size() + " sweeps");
    }
    this.sweeps = sweeps;
    this.masks = Collections.unmodifiableList(new ArrayList<>(masks));
  }

  /**
   * The mask of each sweep.
   *
   * @return in the order of the sweeps, null where nothing is left out
   */
  public List<BraggMask> masks() {
    return masks;
  }

  /**
   * Integrates the counts of each sweep.
   *
   * @param options changes the default subdivision and spread
   * @return the next stage
   * @throws IllegalArgumentException if the Laue group cannot carry the subdivision
   */
  public Integrated integrate(UnaryOperator<IntegrationOptions> options) {
    Context context = sweeps.context();
    IntegrationOptions o =
        options.apply(IntegrationOptions.defaults().mdx2Compatible(context.mdx2Compatible()));
    requireCarried(o.ndiv());
    List<Integration> integrations = new ArrayList<>();
    for (int i = 0; i < masks.size(); i++) {
      Sweep s = sweeps.sweeps().get(i);
      MillerIndexMap map = s.map(context.mdx2Compatible(), context.parallel());
      RowMask mask =
          masks.get(i) == null
              ? RowMask.NONE
              : masks.get(i).rows(s.crystal().spaceGroup(), map.bounds());
      integrations.add(
          Integrator.integrate(s.images(), map, mask, o, context.parallel(), context.progress()));
    }
    return new Integrated(sweeps, masks, integrations);
  }

  private void requireCarried(Subdivision ndiv) {
    LaueGroup laue = sweeps.sweeps().get(0).crystal().spaceGroup().laueGroup();
    if (!laue.carries(ndiv.h(), ndiv.k(), ndiv.l())) {
      throw new IllegalArgumentException(
          "subdivision "
              + ndiv
              + " does not fit Laue group "
              + laue.symbol()
              + ": its operators exchange indices that are divided differently; divide them alike");
    }
  }

  @Override
  public String toString() {
    return "Masked" + masks;
  }
}
