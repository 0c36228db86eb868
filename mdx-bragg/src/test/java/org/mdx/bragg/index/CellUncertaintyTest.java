package org.mdx.bragg.index;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.mdx.bragg.index.SpotLists.Changes;
import org.mdx.crystal.BCovariance;
import org.mdx.crystal.Crystal;
import org.mdx.crystal.UnitCell;
import org.mdx.sim.bragg.SpotSweep;
import org.mdx.sim.bragg.SweepKind;

/** Uncertainties of cells that were indexed; the truth is that of the simulated crystals. */
class CellUncertaintyTest {
  private static final int SEEDS = 5;

  private static Indexed index(SpotSweep sweep, int seed) {
    return index(sweep, seed, new Changes(100, 0, 0));
  }

  private static Indexed index(SpotSweep sweep, int seed, Changes changes) {
    Crystal truth = sweep.options().lattices().get(0).crystal();
    IndexOptions known =
        IndexOptions.defaults().unitCell(truth.cell()).spaceGroup(truth.spaceGroup());
    return Indexer.index(SpotLists.of(sweep, seed, changes), known);
  }

  private static double[] edges(UnitCell c) {
    return new double[] {c.a(), c.b(), c.c()};
  }

  /** The median of a normal error is 0.67 σ; of fifteen, 0.22 to 1.3 in 99 of 100 cases. */
  @ParameterizedTest
  @EnumSource(names = {"MONOCLINIC", "P1"})
  void errorsOfEdgesShouldBeAsLargeAsTheirUncertainties(SweepKind kind) {
    requireHonest(kind, new Changes(100, 0, 0));
  }

  /**
   * Errors along the rotation differ from spot to spot; with one variance for all σ is too small.
   */
  @Test
  void errorsOfElectronsShouldBeAsLargeAsWithTheVariancesOfTheirSpots() {
    requireHonest(SweepKind.MICROED, Changes.withVariances(100));
  }

  private static void requireHonest(SweepKind kind, Changes changes) {
    double[] errors = new double[3 * SEEDS];
    for (int seed = 1; seed <= SEEDS; seed++) {
      SpotSweep sweep = kind.sweep(seed);
      Crystal found = index(sweep, seed, changes).lattices().get(0).crystal();
      double[] truth = edges(sweep.options().lattices().get(0).crystal().cell());
      List<Double> sigmas = found.cellSigmas().orElseThrow();
      for (int k = 0; k < 3; k++) {
        double error = edges(found.cell())[k] - truth[k];
        errors[3 * (seed - 1) + k] = Math.abs(error) / sigmas.get(k);
      }
    }
    Arrays.sort(errors);
    assertThat(errors[errors.length / 2]).isBetween(0.22, 1.3);
    assertThat(errors[errors.length - 1]).isLessThan(5);
  }

  @Test
  void theLogShouldTellThatAnUncertaintyDoesNotIncludeTheDistance() {
    assertThat(index(SweepKind.WEDGE.sweep(1), 1).log())
        .anyMatch(line -> line.contains("do not include its own"));
    assertThat(index(SweepKind.DEMO.sweep(1), 1).log())
        .noneMatch(line -> line.contains("do not include its own"));
  }

  @Test
  void anEdgeThatIsHardlyKnownShouldBeTold() {
    Indexed sharp = index(SweepKind.DEMO.sweep(1), 1);
    assertThat(sharp.notes()).noneMatch(n -> n.contains("uncertain by more than 1 %"));
    Indexed.Lattice l = sharp.lattices().get(0);
    double[] variances = new double[81];
    // of the last element of B, which is 1/c in this cell, by 2 %
    variances[80] = Math.pow(0.02 * l.crystal().b().m22(), 2);
    Crystal blunt = l.crystal().withBCovariance(BCovariance.of(variances));
    Indexed.Lattice same =
        new Indexed.Lattice(
            blunt, l.geometries(), l.indexed(), l.rmsdX(), l.rmsdY(), l.rmsdFrames(), 1);
    assertThat(new Indexed(List.of(same), sharp.reflections(), List.of()).notes())
        .anyMatch(n -> n.contains("c = ") && n.contains("uncertain by more than 1 %"))
        .noneMatch(n -> n.contains("a = ") || n.contains("b = "));
  }
}
