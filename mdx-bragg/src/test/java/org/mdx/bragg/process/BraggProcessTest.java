package org.mdx.bragg.process;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.mdx.bragg.Bragg;
import org.mdx.bragg.BraggSweep;
import org.mdx.bragg.integrate.IntegrateOptions;
import org.mdx.crystal.UnitCell;
import org.mdx.image.ImageSeries;
import org.mdx.parallel.Parallel;
import org.mdx.parallel.Progress;
import org.mdx.sim.bragg.SpotSweep;
import org.mdx.sim.bragg.SweepKind;

class BraggProcessTest {

  private final SpotSweep wedge = SweepKind.WEDGE.sweep(3);
  private final ImageSeries images = wedge.series();
  private final UnitCell truth = wedge.trueGeometries().get(0).crystal().orElseThrow().cell();

  /** Keeps products, and tells which were made. */
  private static final class Memory implements StageStore {
    private final Map<Stage, StageProduct> kept = new EnumMap<>(Stage.class);
    private final List<Stage> saved = new ArrayList<>();

    @Override
    public Optional<StageProduct> load(Stage stage, String key) {
      return Optional.ofNullable(kept.get(stage));
    }

    @Override
    public void save(StageProduct product, String key) {
      kept.put(product.stage(), product);
      saved.add(product.stage());
    }
  }

  /** With the cell, for speed. */
  private CrystalOptions options() {
    return CrystalOptions.defaults().indexing(o -> o.unitCell(truth));
  }

  private ProcessedCrystal process(StageStore store, CrystalSource.Opener opener) {
    return CrystalProcessor.process(
        new CrystalSource("one", opener), options(), store, Parallel.of(2), Progress.NONE);
  }

  @Test
  void aCrystalShouldComeOutAsFromTheStages() {
    ProcessedCrystal crystal = process(StageStore.NONE, () -> List.of(images));
    assertThat(crystal.failure()).isEmpty();
    BraggSweep stages =
        Bragg.sweep(images)
            .index(o -> o.unitCell(truth))
            .refine(o -> o.fixDistance(true))
            .integrate();
    assertThat(crystal.summary().integrated()).isGreaterThan(500);
    assertThat(crystal.geometries().get(0).crystal().orElseThrow().a())
        .isEqualTo(stages.refined().orElseThrow().geometries().get(0).crystal().orElseThrow().a());
    assertThat(crystal.reflections().orElseThrow().size())
        .isEqualTo(stages.integrated().get(0).reflections().size());
    assertThat(crystal.notes()).anyMatch(n -> n.startsWith("refine: the distance is kept"));
  }

  @Test
  void theMemoryShouldNotBePartOfWhatAStageDependsOn() {
    assertThat(options().integration(o -> o.withMemory(1L << 30)).key(Stage.INTEGRATE))
        .isEqualTo(options().key(Stage.INTEGRATE))
        .doesNotContain("memory=" + IntegrateOptions.defaults().memory());
  }

  @Test
  void whatIsCompleteShouldNotBeMadeAgain() {
    Memory store = new Memory();
    ProcessedCrystal first = process(store, () -> List.of(images));
    assertThat(store.saved)
        .containsExactly(Stage.SPOTS, Stage.INDEX, Stage.REFINE, Stage.INTEGRATE);
    store.saved.clear();
    ProcessedCrystal same =
        process(
            store,
            () -> {
              throw new IOException("the images are gone");
            });
    assertThat(store.saved).isEmpty();
    assertThat(same.reflections()).isEqualTo(first.reflections());
    store.kept.remove(Stage.INTEGRATE);
    ProcessedCrystal again = process(store, () -> List.of(images));
    assertThat(store.saved).containsExactly(Stage.INTEGRATE);
    assertThat(again.reflections()).isEqualTo(first.reflections());
    assertThat(again.summary()).isEqualTo(first.summary());
  }

  @Test
  void oneThatFailsShouldStopNoOther() {
    CrystalSource broken =
        new CrystalSource(
            "broken",
            () -> {
              throw new IOException("b_0001.cbf: cut off");
            });
    Processed all =
        Bragg.process(
            List.of(broken, CrystalSource.of("good", List.of(images))),
            o -> o.crystal(c -> options()));
    assertThat(all.crystals().get(0).failure().orElseThrow().toString())
        .isEqualTo("import: b_0001.cbf: cut off");
    assertThat(all.sweepCrystals()).containsExactly(1);
    DataSet merged = all.best().orElseThrow();
    UnitCell found = merged.merged().cell();
    double ratio = truth.volume() / found.volume();
    assertThat(ratio).isCloseTo(Math.rint(ratio), within(0.01 * ratio));
    assertThat(all.table()).contains("failed, import: b_0001.cbf: cut off").contains("all");
  }
}
