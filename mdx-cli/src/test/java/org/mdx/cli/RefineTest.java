package org.mdx.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.mdx.cli.SimulatedData.run;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.mdx.cli.SimulatedData.Outcome;
import org.mdx.crystal.Crystal;
import org.mdx.geometry.Geometry;
import org.mdx.io.dials.Dials;
import org.mdx.io.dials.DialsExperiment;
import org.mdx.io.dials.ReflectionFile;
import org.mdx.prediction.Prediction;
import org.mdx.reflection.ReflectionKeys;
import org.mdx.reflection.Reflections;
import org.mdx.sim.bragg.SweepKind;

/** Options of {@code refine} and {@code two-theta}. */
class RefineTest {
  private static final Geometry TRUTH = SweepKind.WEDGE.sweep(3).trueGeometries().get(0);

  @TempDir private static Path shared;
  private static Path expt;
  private static Path refl;
  private static Path bare;

  @TempDir Path dir;

  /** Predictions with errors of 0.04 px and 0.05 frames. */
  @BeforeAll
  static void write() throws IOException {
    Random random = new Random(7);
    Reflections r = Prediction.of(TRUTH).predictAll(2, 0);
    double[] px = r.get(ReflectionKeys.XYZCAL_PX);
    double[] variance = new double[px.length];
    Arrays.fill(variance, 1e-6);
    for (int i = 0; i < px.length; i++) {
      px[i] += (i % 3 == 2 ? 0.05 : 0.04) * random.nextGaussian();
    }
    expt = shared.resolve("indexed.expt");
    refl = shared.resolve("indexed.refl");
    bare = shared.resolve("imported.expt");
    Dials.write(expt, List.of(new DialsExperiment("one", TRUTH, null, null)));
    Dials.write(bare, List.of(new DialsExperiment("one", TRUTH.withCrystal(null), null, null)));
    ReflectionFile.write(
        refl,
        r.without(ReflectionKeys.XYZCAL_MM)
            .with(ReflectionKeys.ID, new int[r.size()])
            .with(ReflectionKeys.XYZOBS_PX, px)
            .with(ReflectionKeys.XYZOBS_PX_VARIANCE, variance));
  }

  /** Runs refine with these words before the two files. */
  private Outcome refine(String... before) {
    List<Object> words = new ArrayList<>(List.of("refine"));
    words.addAll(Arrays.asList(before));
    words.addAll(
        List.of(
            expt,
            refl,
            "--output-experiments",
            dir.resolve("refined.expt"),
            "--output",
            dir.resolve("refined.refl")));
    return run(words.toArray());
  }

  private JsonNode numbers(String... before) throws IOException {
    // what takes words stands last, so that the files follow it
    String[] words = new String[before.length + 1];
    words[0] = "--json";
    System.arraycopy(before, 0, words, 1, before.length);
    Outcome o = refine(words);
    assertThat(o.err()).isEmpty();
    assertThat(o.code()).isZero();
    return new ObjectMapper().readTree(o.out());
  }

  private static List<String> groups(JsonNode numbers) {
    return numbers.get("parameters").findValuesAsText("group");
  }

  @Test
  void namesOfParametersShouldNotSwallowTheFilesBehindThem() throws IOException {
    assertThat(groups(numbers())).contains("distance", "tilts").doesNotContain("mu1");
    assertThat(groups(numbers("--fix", "distance", "tilts")))
        .doesNotContain("distance", "tilts")
        .contains("cell");
    assertThat(groups(numbers("--fix=distance,cell"))).doesNotContain("distance", "cell");
    assertThat(groups(numbers("--fix", "cell", "--fix", "tilts"))).doesNotContain("cell", "tilts");
    assertThat(groups(numbers("--free", "wavenumber", "--fix", "distance")))
        .contains("wavenumber")
        .doesNotContain("distance");
    for (String[] words : new String[][] {{"--varying", "none"}, {"--varying", "both"}, {}}) {
      assertThat(numbers(words).get("crystals")).hasSize(1);
    }
  }

  @Test
  void wordsThatAreNoNamesShouldBeToldWithThoseThatAre() {
    Outcome o = refine("--fix");
    assertThat(o.code()).isEqualTo(2);
    assertThat(o.err()).contains("--fix takes names of parameters", "indexed.expt", "tau-normal");
    assertThat(refine("--fix", "colour").code()).isEqualTo(2);
    o = refine("--fix", "tilts", "--free", "tilts");
    assertThat(o.code()).isEqualTo(2);
    assertThat(o.err()).contains("--fix and --free both name tilts");
    o = refine("--varying", "tilts");
    assertThat(o.code()).isEqualTo(2);
    assertThat(o.err()).contains("tilts cannot change along the scan");
  }

  @Test
  void aDriftOfTheBeamShouldNotTakeAFileForItsDegrees() throws IOException {
    Outcome one = refine("--beam-drift");
    assertThat(one.err()).isEmpty();
    assertThat(one.code()).isZero();
    byte[] list = Files.readAllBytes(dir.resolve("refined.expt"));
    for (String[] words : new String[][] {{"--beam-drift", "1"}, {"--beam-drift=1"}}) {
      assertThat(refine(words).code()).isZero();
      assertThat(Files.readAllBytes(dir.resolve("refined.expt"))).isEqualTo(list);
    }
    Outcome o = refine("--beam-drift=some.expt");
    assertThat(o.code()).isEqualTo(2);
    assertThat(o.err()).contains("--beam-drift", "some.expt");
    o = refine("--beam-drift", "-1");
    assertThat(o.code()).isEqualTo(2);
    assertThat(o.err()).contains("must be above 0");
  }

  @Test
  void otherOptionsShouldReachTheFit() throws IOException {
    assertThat(numbers("--dials-compatible").get("floor_px").asDouble()).isZero();
    assertThat(numbers("--panels", "each").get("used").asInt()).isPositive();
    Outcome o = refine("--panels", "0-3");
    assertThat(o.code()).isEqualTo(1);
    assertThat(o.err()).contains("is no panel or range of panels from 0 to 0");
    o = refine("--interval", "0");
    assertThat(o.code()).isEqualTo(2);
    assertThat(o.err()).contains("above 0");
    assertThat(refine("--one-instrument").code()).isZero();
  }

  @Test
  void listsThatCannotBeRefinedShouldSayWhatIsMissing() throws IOException {
    Outcome o = run("refine", bare, refl, "--output-experiments", dir.resolve("x.expt"));
    assertThat(o.code()).isEqualTo(1);
    assertThat(o.err()).contains("has no crystal: index the sweep before refining it");
    Reflections r = ReflectionFile.readReflections(refl);
    int[] none = new int[r.size()];
    Arrays.fill(none, -1);
    Path blank = dir.resolve("blank.refl");
    ReflectionFile.write(blank, r.with(ReflectionKeys.ID, none));
    for (String command : List.of("refine", "two-theta")) {
      o = run(command, expt, blank, "--output", dir.resolve("x.refl"));
      assertThat(o.code()).isEqualTo(1);
      assertThat(o.err()).contains("0 reflections");
      assertThat(dir.resolve("x.refl")).doesNotExist();
    }
  }

  @Test
  void axesOfTheWrongHandShouldBeToldWithWhatMakesThemRight() throws IOException {
    Reflections r = ReflectionFile.readReflections(refl);
    int[] h = Arrays.stream(r.get(ReflectionKeys.MILLER_INDEX)).map(i -> -i).toArray();
    Crystal c = TRUTH.crystal().orElseThrow();
    Geometry mirrored =
        TRUTH.withCrystal(Crystal.ofRealSpaceAxes(c.a().inverse().times(-1), c.spaceGroup()));
    Path left = dir.resolve("left.expt");
    Path table = dir.resolve("left.refl");
    Dials.write(left, List.of(new DialsExperiment("one", mirrored, null, null)));
    ReflectionFile.write(table, r.with(ReflectionKeys.MILLER_INDEX, h));
    Path refined = dir.resolve("l.expt");
    Path refinedTable = dir.resolve("l.refl");
    Outcome o =
        run("refine", left, table, "--output-experiments", refined, "--output", refinedTable);
    assertThat(o.err()).isEmpty();
    assertThat(o.out()).contains("left-handed", "mdx reindex --op=-x,-y,-z");
    o = run("reindex", refined, refinedTable, "--op=-x,-y,-z");
    assertThat(o.err()).isEmpty();
    assertThat(o.code()).isZero();
    Path right = dir.resolve("reindexed.expt");
    Path rightTable = dir.resolve("reindexed.refl");
    o = run("reindex", right, rightTable, "--op=-x,-y,-z");
    assertThat(o.code()).isEqualTo(2);
    assertThat(o.err()).contains("changes the hand of the axes");
    o = run("refine", right, rightTable, "--output-experiments", refined, "--output", refinedTable);
    assertThat(o.out()).doesNotContain("warning");
    assertThat(ReflectionFile.readReflections(refinedTable).get(ReflectionKeys.MILLER_INDEX))
        .isEqualTo(r.get(ReflectionKeys.MILLER_INDEX));
  }

  @Test
  void twoThetaShouldPrintWhatItWrites() throws IOException {
    Path cell = dir.resolve("cell.json");
    Outcome o = run("two-theta", refl, expt, "--output", cell, "--json");
    assertThat(o.err()).isEmpty();
    assertThat(o.code()).isZero();
    assertThat(o.out().strip()).isEqualTo(Files.readString(cell).strip());
    JsonNode numbers = new ObjectMapper().readTree(o.out());
    double a = TRUTH.crystal().orElseThrow().cell().a();
    double sigma = numbers.get("sigma").get(0).asDouble();
    assertThat(numbers.get("unit_cell").get(0).asDouble()).isCloseTo(a, within(4 * sigma));
    assertThat(sigma).isPositive();
    assertThat(numbers.get("per_mm_of_distance")).hasSize(6);
    assertThat(run("two-theta", refl, expt, "--output", cell).out())
        .contains("cell ", "1 mm farther away", "wrote");
    o = run("two-theta", bare, refl, "--output", dir.resolve("x.json"));
    assertThat(o.code()).isEqualTo(1);
    assertThat(o.err()).contains("crystal");
    o = run("two-theta", expt, expt, "--output", dir.resolve("x.json"));
    assertThat(o.code()).isEqualTo(1);
    assertThat(o.err()).contains("give one experiment list and its reflections");
    assertThat(run("two-theta", expt).code()).isEqualTo(2);
  }
}
