package org.mdx.bragg.index;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.mdx.bragg.index.SpotLists.Changes;
import org.mdx.crystal.Crystal;
import org.mdx.geometry.Geometry;
import org.mdx.geometry.Scan;
import org.mdx.parallel.Parallel;
import org.mdx.parallel.Progress;
import org.mdx.reflection.ReflectionFlag;
import org.mdx.reflection.ReflectionKeys;
import org.mdx.reflection.Reflections;
import org.mdx.sim.bragg.SpotSweep;
import org.mdx.sim.bragg.SweepKind;

class IndexerTest {
  private static final IndexOptions NOTHING = IndexOptions.defaults();

  private static void requireTruth(SpotSweep sweep, Indexed found) {
    for (Geometry g : sweep.trueGeometries()) {
      Crystal truth = g.crystal().orElseThrow();
      assertThat(found.lattices())
          .anySatisfy(
              l -> {
                assertThat(SpotLists.cellError(truth, l.crystal())).isLessThan(0.005);
                assertThat(SpotLists.angle(truth, l.crystal())).isLessThan(0.5);
              });
    }
  }

  @ParameterizedTest
  @EnumSource(
      value = SweepKind.class,
      names = {"DEMO", "P1", "MONOCLINIC", "WEDGE", "MICROED"})
  void latticeShouldBeTheTrueOneWithNothingKnown(SweepKind kind) {
    SpotSweep sweep = kind.sweep(1);
    SweepSpots spots = SpotLists.of(sweep, 1, Changes.NONE);
    requireTruth(sweep, Indexer.index(spots, NOTHING));
  }

  @Test
  void bothLatticesOfTwoCrystalsShouldBeFound() {
    SpotSweep sweep = SweepKind.TWO_LATTICES.sweep(1);
    SweepSpots spots = SpotLists.of(sweep, 1, Changes.NONE);
    Indexed found = Indexer.index(spots, NOTHING.maxLattices(2));
    assertThat(found.lattices()).hasSize(2);
    requireTruth(sweep, found);
  }

  @Test
  void spaceGroupShouldConstrainTheCell() {
    SpotSweep sweep = SweepKind.DEMO.sweep(1);
    SweepSpots spots = SpotLists.of(sweep, 1, Changes.NONE);
    Crystal found = Indexer.index(spots, NOTHING.spaceGroup("I 21 3")).lattices().get(0).crystal();
    assertThat(found.spaceGroup().number()).isEqualTo(199);
    assertThat(found.cell().a())
        .isEqualTo(found.cell().b(), org.assertj.core.api.Assertions.within(1e-6));
    double truth = sweep.trueGeometries().get(0).crystal().orElseThrow().cell().a();
    assertThat(found.cell().a()).isBetween(0.998 * truth, 1.002 * truth);
  }

  @Test
  void beamCentreThatIsOffShouldBeFound() {
    SpotSweep sweep = SweepKind.DEMO.sweep(2);
    SweepSpots spots = SpotLists.of(sweep, 2, new Changes(Integer.MAX_VALUE, 12, -9));
    requireTruth(sweep, Indexer.index(spots, NOTHING));
    BeamCentreFinder.Found found = BeamCentreFinder.find(List.of(spots), NOTHING, Parallel.of(2));
    assertThat(found.px() - found.beforePx()).isBetween(10.0, 14.0);
    assertThat(found.py() - found.beforePy()).isBetween(-11.0, -7.0);
  }

  @Test
  void numberOfThreadsShouldNotChangeABit() {
    SweepSpots spots = SpotLists.of(SweepKind.WEDGE.sweep(3), 3, Changes.NONE);
    List<Indexed> all = new ArrayList<>();
    for (int threads : new int[] {1, 2, 7}) {
      all.add(Indexer.index(List.of(spots), NOTHING, Parallel.of(threads), Progress.NONE));
    }
    for (Indexed other : all.subList(1, 3)) {
      assertThat(other.reflections()).isEqualTo(all.get(0).reflections());
      assertThat(other.lattices().get(0).crystal().a())
          .isEqualTo(all.get(0).lattices().get(0).crystal().a());
      assertThat(other.log()).isEqualTo(all.get(0).log());
    }
  }

  @Test
  void reflectionsShouldKeepSpotsWithoutIndexAndSayWhatTheyAre() {
    SweepSpots spots = SpotLists.of(SweepKind.DEMO.sweep(1), 1, Changes.NONE);
    Indexed found = Indexer.index(spots, NOTHING);
    Reflections r = found.reflections();
    assertThat(r.size()).isEqualTo(spots.spots().size());
    int[] id = r.get(ReflectionKeys.ID);
    int[] h = r.get(ReflectionKeys.MILLER_INDEX);
    double[] observed = r.get(ReflectionKeys.XYZOBS_PX);
    double[] predicted = r.get(ReflectionKeys.XYZCAL_PX);
    int indexed = 0;
    for (int i = 0; i < id.length; i++) {
      assertThat(r.isSet(i, ReflectionFlag.INDEXED)).isEqualTo(id[i] == 0);
      assertThat(r.isSet(i, ReflectionFlag.STRONG)).isTrue();
      boolean some = h[3 * i] != 0 || h[3 * i + 1] != 0 || h[3 * i + 2] != 0;
      assertThat(some).isEqualTo(id[i] == 0);
      if (id[i] == 0) {
        indexed++;
        assertThat(predicted[3 * i]).isBetween(observed[3 * i] - 10, observed[3 * i] + 10);
      }
    }
    assertThat(indexed).isEqualTo(found.indexed());
    assertThat(found.toString()).contains("spots indexed").contains("Å");
  }

  private static SweepSpots randomSpots(Geometry g, int n) {
    Random random = new Random(4);
    List<double[]> rows = new ArrayList<>();
    for (int i = 0; i < n; i++) {
      rows.add(SpotLists.anywhere(g, g.scan().frames(), random));
    }
    return new SweepSpots(g, SpotLists.table(rows, g.scan().firstImage() - 1));
  }

  @Test
  void tooFewSpotsShouldBeRefusedWithTheirNumber() {
    Geometry g = SweepKind.DEMO.sweep(1).header().withCrystal(null);
    assertThatThrownBy(() -> Indexer.index(randomSpots(g, 0), NOTHING))
        .isInstanceOf(IndexingFailure.class)
        .hasMessageContaining("there are no spots");
    assertThatThrownBy(() -> Indexer.index(randomSpots(g, 1), NOTHING))
        .isInstanceOf(IndexingFailure.class)
        .hasMessageContaining("1 spot, at least 10");
  }

  @Test
  void spotsAnywhereShouldMakeNoLatticeAndTheMessageShouldSayWhatWasTried() {
    Geometry g = SweepKind.DEMO.sweep(1).header().withCrystal(null);
    assertThatThrownBy(() -> Indexer.index(randomSpots(g, 200), NOTHING.beamRange(3)))
        .isInstanceOf(IndexingFailure.class)
        .hasMessageContaining("Fourier transform in three dimensions")
        .hasMessageContaining("mdx find-beam")
        .hasMessageContaining("docs/indexing-fails.md");
  }

  @Test
  void aStillShouldEitherBeIndexedOrBeRefusedWithAWordAboutStills() {
    Geometry scan = SweepKind.DEMO.sweep(1).header().withCrystal(null);
    Geometry still =
        new Geometry(
            scan.beam(),
            scan.detector(),
            scan.goniometer(),
            Scan.ofUnknownExposure(1, 0, 0, 1),
            null);
    assertThatThrownBy(() -> Indexer.index(randomSpots(still, 40), NOTHING.beamRange(3)))
        .isInstanceOf(IndexingFailure.class)
        .hasMessageContaining("one frame shows a lattice in two dimensions");
  }

  @Test
  void sweepsOfOneCrystalShouldBeIndexedTogether() {
    SpotSweep sweep = SweepKind.DEMO.sweep(1);
    SweepSpots all = SpotLists.of(sweep, 1, new Changes(400, 0, 0));
    double[] place = all.spots().get(ReflectionKeys.XYZOBS_PX);
    double middle = sweep.frames() / 2.0;
    List<SweepSpots> two =
        List.of(
            new SweepSpots(all.geometry(), all.spots().where(i -> place[3 * i + 2] < middle)),
            new SweepSpots(all.geometry(), all.spots().where(i -> place[3 * i + 2] >= middle)));
    Indexed found = Indexer.index(two, NOTHING, Parallel.of(2), Progress.NONE);
    requireTruth(sweep, found);
    assertThat(found.lattices().get(0).geometries()).hasSize(2);
    int[] id = found.reflections().get(ReflectionKeys.ID);
    assertThat(id).contains(0, 1);
    assertThat(found.reflections().get(ReflectionKeys.IMAGESET_ID)).contains(0, 1);
  }
}
