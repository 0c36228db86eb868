package org.mdx.bragg;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.mdx.bragg.index.Indexed;
import org.mdx.crystal.UnitCell;
import org.mdx.image.ImageSeries;
import org.mdx.parallel.Parallel;
import org.mdx.reflection.ReflectionFlag;
import org.mdx.sim.bragg.SweepKind;

class BraggTest {

  private final ImageSeries images = SweepKind.WEDGE.sweep(3).series();
  private final UnitCell truth =
      SweepKind.WEDGE.sweep(3).trueGeometries().get(0).crystal().orElseThrow().cell();

  @Test
  void aSweepShouldGoFromImagesToTheTrueCell() {
    BraggSweep sweep = Bragg.sweep(images).findSpots().index();
    UnitCell niggli = sweep.indexed().orElseThrow().lattices().get(0).crystal().cell();
    // a lattice without symmetry has the volume of the true one over the points of its centring
    double ratio = truth.volume() / niggli.volume();
    assertThat(ratio).isCloseTo(Math.rint(ratio), within(0.015 * ratio));
    assertThat(sweep.toString()).contains("spots indexed").contains(" images");
    assertThat(sweep.toSweep().crystal().cell()).isEqualTo(niggli);
  }

  @Test
  void refinementShouldReplaceTheGeometry() {
    BraggSweep indexed = Bragg.sweep(images).index();
    BraggSweep refined = indexed.refine(o -> o.fixDistance(true));
    UnitCell cell =
        refined.refined().orElseThrow().geometries().get(0).crystal().orElseThrow().cell();
    assertThat(refined.toSweep().crystal().cell()).isEqualTo(cell);
    assertThat(cell).isNotEqualTo(indexed.toSweep().crystal().cell());
    assertThat(indexed.refined()).isEmpty();
    assertThat(refined.toString()).contains("Refined[cell");
    assertThat(refined.index().refined()).isEmpty();
  }

  @Test
  void integrationShouldFollowRefinement() {
    BraggSweep sweep = Bragg.sweep(images).index(o -> o.unitCell(truth)).integrate();
    assertThat(sweep.integrated()).hasSize(1);
    assertThat(sweep.integrated().get(0).count(ReflectionFlag.INTEGRATED_SUM))
        .isGreaterThan(sweep.refined().orElseThrow().used());
    assertThat(sweep.toString()).contains("reflections integrated");
    assertThat(sweep.refine().integrated()).isEmpty();
  }

  @Test
  void threadsShouldNotChangeABit() {
    List<Indexed> all = new ArrayList<>();
    for (int threads : new int[] {1, 2, 7}) {
      all.add(Bragg.sweep(images).parallel(Parallel.of(threads)).index().indexed().orElseThrow());
    }
    assertThat(all.get(1).reflections()).isEqualTo(all.get(0).reflections());
    assertThat(all.get(2).reflections()).isEqualTo(all.get(0).reflections());
    assertThat(all.get(1).lattices().toString()).isEqualTo(all.get(0).lattices().toString());
  }

  @Test
  void stagesShouldBeToldBeforeTheyAreThere() {
    BraggSweep sweep = Bragg.sweep(images);
    assertThat(sweep.spots()).isEmpty();
    assertThat(sweep.indexed()).isEmpty();
    assertThatThrownBy(sweep::toSweep)
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("index");
    assertThatThrownBy(() -> Bragg.sweeps(List.of())).hasMessageContaining("no sweep");
  }

  @Test
  void theStagesShouldTellHowFarTheyAre() {
    List<String> stages = new ArrayList<>();
    Bragg.sweep(images).progress((stage, done, total) -> stages.add(stage)).index();
    assertThat(stages).contains("find spots", "index");
  }
}
