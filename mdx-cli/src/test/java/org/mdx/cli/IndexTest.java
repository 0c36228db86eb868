package org.mdx.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.mdx.cli.SimulatedData.run;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.mdx.cli.SimulatedData.Outcome;
import org.mdx.crystal.Crystal;
import org.mdx.io.dials.Dials;
import org.mdx.io.dials.DialsExperiment;
import org.mdx.io.dials.ReflectionFile;
import org.mdx.reflection.ReflectionKeys;
import org.mdx.reflection.Reflections;
import org.mdx.sim.bragg.SpotSweep;
import org.mdx.sim.bragg.SweepKind;

class IndexTest {
  @TempDir private static Path shared;

  private static Path expt;
  private static Path refl;

  @TempDir Path dir;

  /** The true spots of a simulated sweep with the columns that spot finding writes. */
  @BeforeAll
  static void write() throws IOException {
    SpotSweep sweep = SweepKind.DEMO.sweep(1);
    Reflections all = sweep.reflections(List.of(""));
    int n = 0;
    int[] rows = new int[sweep.spots().size()];
    for (int i = 0; i < rows.length; i++) {
      if (sweep.spots().get(i).signalToNoise() > 8 && sweep.spots().get(i).isFull()) {
        rows[n++] = i;
      }
    }
    double[] place = new double[3 * n];
    double[] variance = new double[3 * n];
    double[] counts = new double[n];
    long[] flags = new long[n];
    for (int i = 0; i < n; i++) {
      var t = sweep.spots().get(rows[i]);
      double[] p = {t.px(), t.py(), t.frame() + sweep.header().scan().firstImage() - 1};
      for (int k = 0; k < 3; k++) {
        place[3 * i + k] = p[k];
        variance[3 * i + k] = 0.01;
      }
      counts[i] = t.counts();
      flags[i] = 32;
    }
    assertThat(all.size()).isEqualTo(rows.length);
    Reflections strong =
        Reflections.builder(n)
            .set(ReflectionKeys.PANEL, new int[n])
            .set(ReflectionKeys.ID, new int[n])
            .set(ReflectionKeys.FLAGS, flags)
            .set(ReflectionKeys.XYZOBS_PX, place)
            .set(ReflectionKeys.XYZOBS_PX_VARIANCE, variance)
            .set(ReflectionKeys.INTENSITY_SUM, counts)
            .build();
    expt = shared.resolve("imported.expt");
    refl = shared.resolve("strong.refl");
    Dials.write(
        expt, List.of(new DialsExperiment("one", sweep.header().withCrystal(null), null, null)));
    ReflectionFile.write(refl, strong);
  }

  private Outcome index(String... more) {
    Object[] words = new Object[7 + more.length];
    words[0] = "index";
    words[1] = expt;
    words[2] = refl;
    words[3] = "--output-experiments";
    words[4] = dir.resolve("indexed.expt");
    words[5] = "--output";
    words[6] = dir.resolve("indexed.refl");
    System.arraycopy(more, 0, words, 7, more.length);
    return run(words);
  }

  private static Crystal crystal(Path list) throws IOException {
    return Dials.experiments(list).get(0).geometry().crystal().orElseThrow();
  }

  @Test
  void indexShouldWriteCrystalAndIndices() throws IOException {
    Outcome o = index();
    assertThat(o.err()).isEmpty();
    assertThat(o.code()).isZero();
    assertThat(o.out()).contains("lattice 1:", "spots indexed");
    assertThat(crystal(dir.resolve("indexed.expt")).cell().a()).isBetween(25.8, 26.2);
    Reflections r = ReflectionFile.readReflections(dir.resolve("indexed.refl"));
    assertThat(r.identifiers()).containsEntry(0, "one");
    assertThat(r.get(ReflectionKeys.ID)).contains(0);
  }

  @Test
  void aListThatCannotBeWrittenShouldBeToldBeforeWork() {
    Path nowhere = dir.resolve("nowhere").resolve("x.expt");
    for (String command : List.of("index", "refine")) {
      // the list does not exist either: that the target is told shows that it is looked at first
      Outcome o = run(command, dir.resolve("no.expt"), refl, "--output-experiments", nowhere);
      assertThat(o.code()).isEqualTo(1);
      assertThat(o.err()).contains("cannot write " + nowhere);
    }
  }

  private Outcome refine(String... more) {
    Object[] words = new Object[7 + more.length];
    words[0] = "refine";
    words[1] = dir.resolve("indexed.refl");
    words[2] = dir.resolve("indexed.expt");
    words[3] = "--output-experiments";
    words[4] = dir.resolve("refined.expt");
    words[5] = "--output";
    words[6] = dir.resolve("refined.refl");
    System.arraycopy(more, 0, words, 7, more.length);
    return run(words);
  }

  @Test
  void refineShouldComeToTheTrueCellAndTwoThetaToo() throws IOException {
    assertThat(index("--space-group", "I 21 3").code()).isZero();
    double truth =
        SweepKind.DEMO.sweep(1).trueGeometries().get(0).crystal().orElseThrow().cell().a();
    Outcome o = refine();
    assertThat(o.err()).isEmpty();
    assertThat(o.code()).isZero();
    assertThat(o.out()).contains("reflections used", "distance", "refined.expt");
    assertThat(crystal(dir.resolve("refined.expt")).cell().a()).isCloseTo(truth, within(0.005));
    Reflections r = ReflectionFile.readReflections(dir.resolve("refined.refl"));
    assertThat(r.identifiers()).containsEntry(0, "one");
    o =
        run(
            "two-theta",
            dir.resolve("refined.expt"),
            dir.resolve("refined.refl"),
            "--output",
            dir.resolve("cell.json"));
    assertThat(o.code()).isZero();
    JsonNode cell = new ObjectMapper().readTree(dir.resolve("cell.json").toFile());
    assertThat(cell.get("unit_cell").get(0).asDouble()).isCloseTo(truth, within(0.005));
    JsonNode numbers = new ObjectMapper().readTree(refine("--json", "--fix", "tilts").out());
    assertThat(numbers.get("parameters").findValuesAsText("group")).doesNotContain("tilts");
    assertThat(numbers.get("crystals").get(0).get("sigma")).hasSize(6);
    assertThat(refine("--fix", "colour").code()).isEqualTo(2);
    assertThat(run("refine", expt, expt).code()).isNotZero();
  }

  @Test
  void bravaisShouldRecommendTheCubicLatticeAndReindexShouldTakeItsOperator() throws IOException {
    assertThat(index().code()).isZero();
    Outcome o =
        run(
            "bravais",
            dir.resolve("indexed.expt"),
            dir.resolve("indexed.refl"),
            "--prefix",
            dir + "/");
    assertThat(o.err()).isEmpty();
    assertThat(o.code()).isZero();
    JsonNode all = new ObjectMapper().readTree(dir.resolve("bravais_summary.json").toFile());
    JsonNode cubic = all.get(String.valueOf(all.size()));
    assertThat(cubic.get("bravais").asText()).isEqualTo("cI");
    assertThat(cubic.get("recommended").asBoolean()).isTrue();
    assertThat(cubic.get("unit_cell").get(0).asDouble()).isBetween(29.8, 30.2);
    assertThat(dir.resolve("bravais_setting_" + all.size() + ".expt")).exists();
    o =
        run(
            "reindex",
            dir.resolve("indexed.expt"),
            dir.resolve("indexed.refl"),
            "--op=" + cubic.get("cb_op").asText(),
            "--space-group",
            "I 2 3");
    assertThat(o.err()).isEmpty();
    assertThat(o.code()).isZero();
    Crystal c = crystal(dir.resolve("reindexed.expt"));
    assertThat(c.spaceGroup().number()).isEqualTo(197);
    Reflections r = ReflectionFile.readReflections(dir.resolve("reindexed.refl"));
    int[] h = r.get(ReflectionKeys.MILLER_INDEX);
    for (int i = 0; i < h.length; i += 3) {
      assertThat((h[i] + h[i + 1] + h[i + 2]) % 2).isZero();
    }
  }

  @Test
  void jsonShouldHaveTheCell() throws IOException {
    Outcome o = index("--space-group", "I213", "--json");
    JsonNode sweep = new ObjectMapper().readTree(o.out()).get(0);
    assertThat(sweep.get("lattices").get(0).get("unit_cell").get(0).asDouble())
        .isBetween(29.8, 30.2);
    assertThat(sweep.get("indexed").asInt()).isPositive();
  }

  @Test
  void aCellThatIsNotThereShouldFailWithWhatWasTriedAndLeaveNothing() {
    Outcome o = index("--unit-cell", "11,12,13,90,90,90", "--no-beam-search");
    assertThat(o.code()).isOne();
    assertThat(o.err()).contains("indexing failed", "tried:", "leave out the cell");
    assertThat(dir.resolve("indexed.refl")).doesNotExist();
  }

  @Test
  void valuesThatCannotBeShouldBeUsage() {
    Outcome o = index("--unit-cell", "11,12");
    assertThat(o.code()).isEqualTo(2);
    assertThat(o.err()).contains("2 numbers, must be 6");
    assertThat(index("--max-lattices", "0").code()).isEqualTo(2);
    assertThat(run("index", expt, expt).err()).contains("2 experiment lists and 0");
  }

  @Test
  void findBeamShouldWriteTheGeometry() {
    Path out = dir.resolve("optimised.expt");
    Outcome o = run("find-beam", expt, refl, "--beam-range", "6", "--output", out);
    assertThat(o.err()).isEmpty();
    assertThat(o.out()).contains("beam centre");
    assertThat(Files.exists(out)).isTrue();
  }
}
