package org.mdx.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.mdx.cli.SimulatedData.run;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.mdx.bragg.BraggData;
import org.mdx.cli.SimulatedData.Outcome;
import org.mdx.crystal.ReciprocalAsu;
import org.mdx.crystal.SpaceGroup;
import org.mdx.geometry.Beam;
import org.mdx.geometry.Geometry;
import org.mdx.io.dials.Dials;
import org.mdx.io.dials.DialsExperiment;
import org.mdx.io.dials.ReflectionFile;
import org.mdx.io.mtz.MergedMtz;
import org.mdx.prediction.Prediction;
import org.mdx.reflection.ReflectionFlag;
import org.mdx.reflection.ReflectionKeys;
import org.mdx.reflection.Reflections;
import org.mdx.sim.bragg.SweepKind;

/** From integrated intensities to merged ones on the command line. */
class IntensityCommandsTest {
  @TempDir Path dir;

  private Path list;
  private Path table;

  /**
   * Predictions of a simulated sweep with intensities that have the symmetry of its space group.
   */
  @BeforeEach
  void write() throws IOException {
    Geometry g = SweepKind.DEMO.sweep(3).trueGeometries().get(0);
    Reflections r = Prediction.of(g).predictAll(1.6, 0);
    int n = r.size();
    SpaceGroup group = g.crystal().orElseThrow().spaceGroup();
    int[] hkl = r.get(ReflectionKeys.MILLER_INDEX);
    double[] value = new double[n];
    double[] variance = new double[n];
    double[] ones = new double[n];
    long[] flags = new long[n];
    Arrays.fill(ones, 1);
    Arrays.fill(flags, ReflectionFlag.INTEGRATED.mask() | ReflectionFlag.INDEXED.mask());
    Random noise = new Random(1);
    for (int i = 0; i < n; i++) {
      ReciprocalAsu.Mapped m = group.asu().map(hkl[3 * i], hkl[3 * i + 1], hkl[3 * i + 2]);
      double u = new Random(m.h() * 10_000L + m.k() * 100L + m.l()).nextDouble();
      boolean absent = group.isAbsent(hkl[3 * i], hkl[3 * i + 1], hkl[3 * i + 2]);
      double truth = absent ? 0 : -500 * Math.log(u + 1e-9);
      variance[i] = 25 + truth;
      value[i] = truth + Math.sqrt(variance[i]) * noise.nextGaussian();
    }
    list = dir.resolve("integrated.expt");
    table = dir.resolve("integrated.refl");
    Dials.write(list, List.of(new DialsExperiment("one", g, null, null)));
    ReflectionFile.write(
        table,
        r.with(ReflectionKeys.ID, new int[n])
            .with(ReflectionKeys.FLAGS, flags)
            .with(ReflectionKeys.LP, ones)
            .with(ReflectionKeys.QE, ones)
            .with(ReflectionKeys.PARTIALITY, ones)
            .with(ReflectionKeys.BACKGROUND_SUM, ones)
            .with(ReflectionKeys.BACKGROUND_SUM_VARIANCE, ones)
            .with(ReflectionKeys.XYZOBS_PX, r.get(ReflectionKeys.XYZCAL_PX))
            .with(ReflectionKeys.INTENSITY_PRF, value)
            .with(ReflectionKeys.INTENSITY_PRF_VARIANCE, variance)
            .with(ReflectionKeys.INTENSITY_SUM, value)
            .with(ReflectionKeys.INTENSITY_SUM_VARIANCE, variance)
            .withIdentifiers(Map.of(0, "one")));
  }

  private String ok(Object... args) {
    Outcome o = run(args);
    assertThat(o.err()).isEmpty();
    assertThat(o.code()).isZero();
    return o.out();
  }

  private static List<Geometry> geometries(Path expt) throws IOException {
    return List.of(Dials.experiments(expt).get(0).geometry());
  }

  @Test
  void intensitiesShouldBeMergedStepByStep() throws IOException {
    Path symmetrized = dir.resolve("symmetrized.expt");
    Path symmetrizedTable = dir.resolve("symmetrized.refl");
    Path scaled = dir.resolve("scaled.expt");
    Path scaledTable = dir.resolve("scaled.refl");
    Path mtz = dir.resolve("merged.mtz");
    String text =
        ok(
            "symmetry",
            list,
            table,
            "--output-experiments",
            symmetrized,
            "--output",
            symmetrizedTable);
    assertThat(text).contains("m-3").contains("space group I 2 3, I 21 3");
    ok(
        "bragg",
        "scale",
        symmetrized,
        symmetrizedTable,
        "--output-experiments",
        scaled,
        "--output",
        scaledTable);
    assertThat(ok("bragg", "merge", scaled, scaledTable, "--output", mtz)).contains("CC½ falls");
    assertThat(MergedMtz.readMeans(mtz).size()).isGreaterThan(100);

    // Java does the same
    BraggData found = BraggData.of(geometries(list), ReflectionFile.readReflections(table));
    Path same = dir.resolve("same.refl");
    ReflectionFile.write(same, found.symmetry().reflections());
    assertThat(same).hasSameBinaryContentAs(symmetrizedTable);
    BraggData next =
        BraggData.of(geometries(symmetrized), ReflectionFile.readReflections(symmetrizedTable));
    ReflectionFile.write(same, next.scale().reflections());
    assertThat(same).hasSameBinaryContentAs(scaledTable);

    JsonNode tree = new ObjectMapper().readTree(scaled.toFile());
    JsonNode model = tree.get("scaling_model").get(tree.at("/experiment/0/scaling_model").asInt());
    assertThat(model.get("__id__").asText()).isEqualTo("physical");
    assertThat(model.at("/scale/n_parameters").asInt())
        .isEqualTo(model.at("/scale/parameters").size());
    assertThat(model.at("/configuration_parameters/corrections/0").asText()).isEqualTo("scale");

    Path json = dir.resolve("report.json");
    Path page = dir.resolve("report.html");
    ok("bragg", "report", scaled, scaledTable, "--output", json, "--output-html", page);
    JsonNode report = new ObjectMapper().readTree(json.toFile());
    assertThat(report.at("/scaling_tables/resolution_binned").size()).isEqualTo(21);
    assertThat(report.at("/resolution_graphs/cc_one_half/data/0/y").size()).isEqualTo(20);
    assertThat(Files.readString(page)).contains("Merging statistics");
  }

  @Test
  void cosymOfOneSweepShouldPrintItsNumbers() throws IOException {
    String text =
        ok(
            "cosym",
            list,
            table,
            "--json",
            "--output-experiments",
            dir.resolve("c.expt"),
            "--output",
            dir.resolve("c.refl"));
    JsonNode json = new ObjectMapper().readTree(text);
    assertThat(json.at("/sweeps/0/operator").asText()).isEqualTo("h,k,l");
    assertThat(json.at("/symmetry/laue_groups/0/laue_group").asText()).isEqualTo("m-3");
  }

  @Test
  void mistakesShouldBeSaidAndNothingWritten() {
    Path out = dir.resolve("x.refl");
    Outcome o = run("bragg", "merge", list, table, "--output", dir.resolve("x.mtz"));
    assertThat(o.code()).isEqualTo(1);
    assertThat(o.err()).contains("no column intensity.scale.value").contains("mdx bragg scale");
    o = run("symmetry", list, list, "--output", out, "--output-experiments", dir.resolve("x.expt"));
    assertThat(o.code()).isEqualTo(1);
    assertThat(o.err()).contains("give one table for each list");
    assertThat(out).doesNotExist();
    assertThat(dir.resolve("x.mtz")).doesNotExist();
  }

  /** The table joined with itself, as by a mistake with dials.combine or pandas. */
  @Test
  void aTableThatHoldsItsRowsTwiceShouldBeRefused() throws IOException {
    Reflections once = ReflectionFile.readReflections(table);
    int n = once.size();
    int[] rows = new int[2 * n];
    for (int i = 0; i < rows.length; i++) {
      rows[i] = i % n;
    }
    Path twice = dir.resolve("twice.refl");
    ReflectionFile.write(twice, once.select(rows));
    Path out = dir.resolve("out.mtz");
    for (String[] words :
        List.of(
            new String[] {"symmetry"},
            new String[] {"bragg", "scale"},
            new String[] {"bragg", "check"},
            new String[] {"bragg", "export", "--output", out.toString()})) {
      String[] args =
          Stream.concat(Arrays.stream(words), Stream.of(list.toString(), twice.toString()))
              .toArray(String[]::new);
      Outcome o = run((Object[]) args);
      assertThat(o.code()).describedAs("%s: %s", words[words.length - 1], o.out()).isEqualTo(1);
      assertThat(o.err()).contains("are in the table twice");
    }
    assertThat(out).doesNotExist();
  }

  @Test
  void exportShouldTakeAllSweepsThatItIsGivenAndTellHowTheyDiffer() throws IOException {
    Geometry g = geometries(list).get(0);
    Beam b = g.beam();
    Beam slower =
        new Beam(
            b.probe(),
            1.2 * b.wavelength(),
            b.direction(),
            b.polarizationFraction(),
            b.polarizationNormal());
    Path otherList = dir.resolve("other.expt");
    Path otherTable = dir.resolve("other.refl");
    Geometry other =
        new Geometry(slower, g.detector(), g.goniometer(), g.scan(), g.crystal().orElseThrow());
    Dials.write(otherList, List.of(new DialsExperiment("two", other, null, null)));
    Reflections second = ReflectionFile.readReflections(table);
    ReflectionFile.write(otherTable, second.withIdentifiers(Map.of(0, "two")));
    Path out = dir.resolve("two.mtz");
    assertThat(ok("bragg", "export", list, table, otherList, otherTable, "--output", out))
        .contains(2 * second.size() + " intensities")
        .contains("sweep 1 has the wavelength");
    Outcome o = run("bragg", "integrate", list, table, otherList, otherTable);
    assertThat(o.code()).isEqualTo(1);
    assertThat(o.err()).contains("give one experiment list and its reflections");
  }

  @Test
  void reflectionsOfOtherExperimentsShouldBeRefused() throws IOException {
    Path other = dir.resolve("other.refl");
    ReflectionFile.write(
        other, ReflectionFile.readReflections(table).withIdentifiers(Map.of(0, "two")));
    for (List<String> words :
        List.of(
            List.of("symmetry"),
            List.of("bragg", "scale"),
            List.of("bragg", "merge"),
            List.of("bragg", "report"),
            List.of("bragg", "check"),
            List.of("bragg", "export"),
            List.of("refine"))) {
      String[] args =
          Stream.concat(words.stream(), Stream.of(list.toString(), other.toString()))
              .toArray(String[]::new);
      Outcome o = run((Object[]) args);
      assertThat(o.code()).describedAs("%s: %s", words, o.err()).isEqualTo(1);
      assertThat(o.err()).contains("give the list that goes with the table");
    }
  }
}
