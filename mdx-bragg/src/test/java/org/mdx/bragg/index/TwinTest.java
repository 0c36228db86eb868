package org.mdx.bragg.index;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.mdx.bragg.index.SpotLists.Changes;
import org.mdx.crystal.Crystal;
import org.mdx.math.Mat3;
import org.mdx.math.Vec3;
import org.mdx.parallel.Parallel;
import org.mdx.parallel.Progress;
import org.mdx.sim.bragg.BraggOptions;
import org.mdx.sim.bragg.Lattice;
import org.mdx.sim.bragg.SpotSweep;
import org.mdx.sim.bragg.SweepKind;

/**
 * Monoclinic crystals with a twin turned by 180° about a. The two share the plane of a and b of the
 * direct lattice, and spots with h = 0. With seeds 9 and 14 twice c is nearly a vector of both.
 */
class TwinTest {

  private static SpotSweep twin(long seed, double share) {
    BraggOptions options = SweepKind.MONOCLINIC.options(seed);
    Lattice one = options.lattices().get(0);
    Crystal first = one.crystal();
    // a lies along the first row of the inverse of A = (a* b* c*)
    double[] rows = first.a().inverse().toRowMajor();
    Mat3 turn = Mat3.rotation(new Vec3(rows[0], rows[1], rows[2]).unit(), 180);
    Crystal second =
        Crystal.ofRealSpaceAxes(first.a().inverse().times(turn.transpose()), first.spaceGroup());
    return SpotSweep.of(
        options.withLattices(List.of(one, new Lattice(second, share, one.sigmaB(), one.sigmaM()))));
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 9, 14})
  void bothPartsShouldBeFound(long seed) {
    SpotSweep sweep = twin(seed, 0.7);
    SweepSpots spots = SpotLists.of(sweep, seed, new Changes(800, 0, 0));
    Indexed found = Indexer.index(spots, IndexOptions.defaults().maxLattices(2));
    assertThat(found.lattices()).hasSize(2);
    SpotLists.requireTruth(sweep, found);
    assertThat(found.remainder()).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 9, 14})
  void oneLatticeShouldSayThatThereMayBeAnother(long seed) {
    SpotSweep sweep = twin(seed, 0.7);
    SweepSpots spots = SpotLists.of(sweep, seed, new Changes(800, 0, 0));
    Indexed found = Indexer.index(spots, IndexOptions.defaults());
    assertThat(found.lattices()).hasSize(1);
    assertThat(found.remainder()).hasValueSatisfying(r -> assertThat(r).contains("2 lattices"));
  }

  @Test
  void aSweepOfAnotherCrystalShouldBeNamed() {
    SweepSpots mine = SpotLists.of(SweepKind.DEMO.sweep(3), 3, new Changes(400, 0, 0));
    SweepSpots other = SpotLists.of(SweepKind.DEMO.sweep(5), 5, new Changes(300, 0, 0));
    Indexed found =
        Indexer.index(List.of(mine, other), IndexOptions.defaults(), Parallel.of(2), Progress.NONE);
    assertThat(found.notes())
        .anyMatch(
            n -> n.contains("spots of sweep 1 have an index") && n.contains("index it apart"));
    assertThat(Indexer.index(mine, IndexOptions.defaults()).notes()).isEmpty();
  }
}
