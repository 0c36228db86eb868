package org.mdx.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.withinPercentage;
import static org.mdx.cli.SimulatedData.run;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.mdx.cli.SimulatedData.Outcome;
import org.mdx.crystal.Crystal;
import org.mdx.io.dials.Dials;
import org.mdx.io.nexus.Mdx2;
import org.mdx.io.sim.SimulatedFiles;
import org.mdx.stats.ShellOptions;
import org.mdx.stats.ShellStatistics;
import org.mdx.table.Column;
import org.mdx.table.FloatColumn;
import org.mdx.table.HKLTable;

class StatsTest {
  @TempDir private static Path shared;

  private static Path expt;
  private static Path all;
  private static Path first;
  private static Path second;

  @BeforeAll
  static void reduce() throws IOException {
    SimulatedFiles data = SimulatedData.write(shared.resolve("data"));
    expt = data.indexed().get(0);
    Path out = shared.resolve("out");
    ok(
        "reduce",
        expt,
        data.indexed().get(1),
        "--background",
        data.background(),
        "--count-threshold",
        60,
        "--subdivide",
        "2,2,2",
        "--bins",
        "3,10,10",
        "--keep",
        "--out",
        out);
    all = out.resolve("merged.nxs");
    first = shared.resolve("first.nxs");
    second = shared.resolve("second.nxs");
    ok("merge", out.resolve("split_0/corrected.nxs"), "--split", "random", "--outfile", first);
    ok("merge", out.resolve("split_1/corrected.nxs"), "--split", "random", "--outfile", second);
  }

  private static String ok(Object... args) {
    Outcome o = run(args);
    assertThat(o.err()).isEmpty();
    assertThat(o.code()).isZero();
    return o.out();
  }

  private static String[] cells(String line) {
    return line.split(",", -1);
  }

  @Test
  void rangesAndScratchShouldGiveTheBytesOfOneMerge() throws IOException {
    Path out = Files.createDirectories(shared.resolve("ranges"));
    Path corrected = shared.resolve("out/split_0/corrected.nxs");
    Path other = shared.resolve("out/split_1/corrected.nxs");
    String[] options = {"--split", "random", "--outlier", "4"};
    merge(out.resolve("whole.nxs"), List.of(corrected, other), options);
    Path scratch = out.resolve("scratch");
    merge(
        out.resolve("small.nxs"),
        List.of(corrected, other),
        "--split",
        "random",
        "--outlier",
        "4",
        "--memory",
        "1",
        "--scratch",
        scratch.toString());
    assertThat(scratch).isEmptyDirectory();
    List<Object> join = new ArrayList<>(List.of("merge", "--join"));
    for (int i = 3; i >= 1; i--) {
      String range = i + "/3";
      merge(
          out.resolve("p.nxs"),
          List.of(corrected, other),
          "--split",
          "random",
          "--outlier",
          "4",
          "--range",
          range);
      join.add(out.resolve("p_part_" + i + "_of_3.nxs"));
    }
    join.addAll(List.of("--outfile", out.resolve("joined.nxs")));
    ok(join.toArray());
    assertThat(out.resolve("small.nxs")).hasSameBinaryContentAs(out.resolve("whole.nxs"));
    assertThat(out.resolve("joined.nxs")).hasSameBinaryContentAs(out.resolve("whole.nxs"));
    Outcome missing = run("merge", "--join", out.resolve("p_part_2_of_3.nxs"));
    assertThat(missing.code()).isEqualTo(1);
    assertThat(missing.err()).contains("part 1 of 3 is missing");
    Outcome wrong = run("merge", corrected, "--range", "4/3");
    assertThat(wrong.code()).isEqualTo(2);
    assertThat(wrong.err()).contains("--range 4/3");
  }

  @Test
  void aJobInPartsShouldGiveTheBytesOfOneReduction() throws IOException {
    Path out = Files.createDirectories(shared.resolve("parts"));
    List<Object> tables = new ArrayList<>();
    List<Object> geometries = new ArrayList<>();
    List<Object> reindexed = new ArrayList<>();
    List<Object> scales = new ArrayList<>();
    SimulatedFiles data = SimulatedData.write(shared.resolve("again"));
    for (int i = 0; i < 2; i++) {
      Path part = out.resolve("part_" + i);
      ok(
          "reduce",
          data.indexed().get(i),
          "--background",
          data.background(),
          "--count-threshold",
          60,
          "--subdivide",
          "2,2,2",
          "--bins",
          "3,10,10",
          "--scaling",
          "none",
          "--keep",
          "--out",
          part);
      tables.add(part.resolve("split_0/corrected.nxs"));
      geometries.add(part.resolve("split_0/geometry.nxs"));
      reindexed.add(part.resolve("split_0/reindexed.nxs"));
      scales.add(part.resolve("scales.nxs"));
    }
    ok(args("reindex", tables, "--geometry", geometries));
    Path scratch = out.resolve("scratch");
    ok(
        args(
            "scale",
            reindexed,
            "--mca2020",
            List.of(),
            "--scratch",
            List.of(scratch),
            "--outfile",
            scales));
    assertThat(scratch).isEmptyDirectory();
    for (int i = 1; i <= 2; i++) {
      ok(
          args(
              "merge",
              reindexed,
              "--scale",
              scales,
              "--outlier",
              List.of(5),
              "--split",
              List.of("random"),
              "--range",
              List.of(i + "/2"),
              "--outfile",
              List.of(out.resolve("m.nxs"))));
    }
    ok(
        "merge",
        "--join",
        out.resolve("m_part_1_of_2.nxs"),
        out.resolve("m_part_2_of_2.nxs"),
        "--outfile",
        out.resolve("m.nxs"));
    assertThat(out.resolve("m.nxs")).hasSameBinaryContentAs(all);
  }

  /** Words and lists of words, one behind the other. */
  private static Object[] args(Object... parts) {
    List<Object> out = new ArrayList<>();
    for (Object part : parts) {
      if (part instanceof List<?> list) {
        out.addAll(list);
      } else {
        out.add(part);
      }
    }
    return out.toArray();
  }

  private static void merge(Path file, List<Path> tables, String... options) {
    List<Object> all = new ArrayList<>(List.of("merge"));
    all.addAll(tables);
    all.addAll(List.of(options));
    all.addAll(List.of("--outfile", file));
    ok(all.toArray());
  }

  @Test
  void linesShouldFitAHundredColumnsUnlessAskedForMore() {
    Outcome o = run("stats", all, "--geometry", expt);
    List<String> table = o.out().lines().dropWhile(l -> !l.startsWith("s_min")).toList();
    assertThat(table).hasSizeGreaterThan(3).allMatch(l -> l.length() <= 100);
    assertThat(table.get(0)).contains("completeness", "redundancy", "cc_half_aniso");
    assertThat(run("stats", all, "--geometry", expt, "--wide").out()).contains("cc_star");
  }

  @Test
  void mapShouldBeTakenForTheTableThatItWasMadeOf(@TempDir Path dir) throws IOException {
    Path map = all.resolveSibling("map.nxs");
    String out = ok("stats", all, "--geometry", expt, "--shells", 2, "--compare", map);
    String last = out.lines().filter(l -> !l.isBlank()).reduce((a, b) -> b).orElseThrow();
    assertThat(out).contains("cc_other_aniso");
    assertThat(last.strip()).endsWith("1.000");

    Path unit = dir.resolve("unit.csv");
    Path whole = dir.resolve("whole.csv");
    assertThat(ok("export", map, "--out", unit)).contains("voxels of the asymmetric unit, of");
    assertThat(ok("export", map, "--no-asymmetric-unit", "--out", whole)).contains("all ");
    assertThat(Files.readAllLines(unit)).hasSize(1 + Mdx2.readTable(all).rows());
    assertThat(Files.readAllLines(whole)).hasSize(1 + Mdx2.readMap(map).filled());
  }

  @Test
  void jsonShouldHoldTheNumbersOfTheCsv() throws IOException {
    Path csv = shared.resolve("json.csv");
    Outcome o = run("stats", all, "--geometry", expt, "--shells", 3, "--json", "--csv", csv);
    JsonNode overall = new ObjectMapper().readTree(o.out()).at("/tables/0/overall");
    List<String> lines = Files.readAllLines(csv);
    List<String> names = List.of(lines.get(0).split(",", -1));
    String[] last = lines.get(lines.size() - 1).split(",", -1);
    for (String name : List.of("voxels", "completeness", "redundancy", "cc_half")) {
      assertThat(overall.get(name).asDouble())
          .as(name)
          .isCloseTo(Double.parseDouble(last[names.indexOf(name)]), withinPercentage(1e-3));
    }
  }

  @Test
  void shellsOfATableShouldBePrintedAndWritten(@TempDir Path dir) throws IOException {
    Path csv = dir.resolve("shells.csv");
    String out = ok("stats", all, "--geometry", expt, "--shells", 6, "--csv", csv);
    Crystal crystal = Dials.readGeometry(expt).crystal().orElseThrow();
    HKLTable table = Mdx2.readTable(all);
    String expected =
        ShellStatistics.of(crystal.cell(), crystal.spaceGroup())
            .compute(table, ShellOptions.defaults().count(6))
            .toCsv();
    List<String> lines = Files.readAllLines(csv);
    assertThat(lines).hasSize(8);
    assertThat(lines.get(0)).isEqualTo("table," + expected.lines().findFirst().orElseThrow());
    assertThat(lines.get(7)).isEqualTo(all + "," + expected.lines().toList().get(7));
    double completeness = Double.parseDouble(cells(lines.get(7))[6]);
    assertThat(completeness).isBetween(0.01, 1.0);
    assertThat(out)
        .contains("I 21 3 (199)", "completeness", "cc_half_aniso", "r_split", "wrote " + csv)
        .doesNotContain("cc_other", "others");
  }

  @Test
  void shellsWithoutMoreOptionsShouldBeAHundredthWide(@TempDir Path dir) throws IOException {
    Path csv = dir.resolve("shells.csv");
    ok("stats", all, "--geometry", expt, "--csv", csv, "--resolution", "2.5,5", "--voxels", "halo");
    List<String> lines = Files.readAllLines(csv);
    assertThat(lines).hasSize(1 + 20 + 1);
    assertThat(cells(lines.get(1))[1]).isEqualTo("0.200000");
    assertThat(cells(lines.get(20))[2]).isEqualTo("0.400000");
    String[] overall = cells(lines.get(21));
    HKLTable t = Mdx2.readTable(all);
    ShellStatistics statistics =
        ShellStatistics.of(Dials.readGeometry(expt).crystal().orElseThrow().cell());
    double[] s = statistics.lengths(t);
    int halo = 0;
    for (int i = 0; i < t.rows(); i++) {
      int h = t.h().value(i);
      int k = t.k().value(i);
      int l = t.l().value(i);
      boolean reflection = h % 2 == 0 && k % 2 == 0 && l % 2 == 0 && (h + k + l) / 2 % 2 == 0;
      boolean there = !Double.isNaN(t.column("intensity").get(i));
      halo += there && reflection && s[i] >= 0.2 && s[i] <= 0.4 ? 1 : 0;
    }
    assertThat(Integer.parseInt(overall[4])).isEqualTo(halo).isPositive();
  }

  @Test
  void severalTablesShouldBeComparedWithEachOtherAndWithTheWhole(@TempDir Path dir)
      throws IOException {
    List<Path> files =
        Stream.of("shells", "redundancy", "histogram", "isotropic", "pairs")
            .map(name -> dir.resolve(name + ".csv"))
            .toList();
    List<Object> args =
        new ArrayList<>(List.of("stats", first, second, all, "--geometry", expt, "--shells", 4));
    args.addAll(List.of("--wide", "--compare", all));
    String[] options = {"--csv", "--redundancy", "--histogram", "--isotropic", "--pairs"};
    for (int i = 0; i < options.length; i++) {
      args.addAll(List.of(options[i], files.get(i)));
    }
    String out = ok(args.toArray());
    assertThat(out)
        .contains(
            "cc_other_aniso", "cc_half_mean", "each against", "0 first.nxs", "2 out/merged.nxs");
    assertThat(SimulatedData.files(dir)).hasSize(5);

    List<String> shells = Files.readAllLines(files.get(0));
    assertThat(shells).hasSize(1 + 3 * 5);
    int cc = List.of(cells(shells.get(0))).indexOf("cc_other_aniso");
    assertThat(cells(shells.get(15))[cc]).isEqualTo("1.00000");
    double part = Double.parseDouble(cells(shells.get(5))[cc]);
    assertThat(part).isBetween(0.5, 0.9999);

    assertThat(Files.readAllLines(files.get(1))).hasSize(1 + 3 * 5);
    String[] histogram = cells(Files.readAllLines(files.get(2)).get(1));
    assertThat(histogram[0]).isEqualTo(first.toString());
    Column count = Mdx2.readTable(first).column("count");
    int single = 0;
    for (int i = 0; i < count.size(); i++) {
      single += count.get(i) == 1 ? 1 : 0;
    }
    assertThat(histogram[1]).isEqualTo("1");
    assertThat(histogram[2]).isEqualTo(String.valueOf(single));
    assertThat(Files.readAllLines(files.get(3)).get(0)).startsWith("table,s_min,s_max,s,voxels");
    assertThat(Files.readAllLines(files.get(4))).hasSize(1 + (3 + 3) * 5);
  }

  @Test
  void friedelMatesShouldBeCalledSo() {
    assertThat(ok("stats", all, "--geometry", expt, "--shells", 2, "--halves", "friedel"))
        .contains("cc_friedel_aniso", "r_friedel")
        .doesNotContain("cc_star", "cc_half");
  }

  @Test
  void subtractedTableShouldHaveTheRemainder(@TempDir Path dir) throws IOException {
    Path file = dir.resolve("anisotropic.nxs");
    ok("stats", all, "--geometry", expt, "--shells", 2, "--subtract-isotropic", file);
    HKLTable t = Mdx2.readTable(file);
    HKLTable before = Mdx2.readTable(all);
    assertThat(t.column("intensity")).isEqualTo(before.column("intensity"));
    FloatColumn rest = (FloatColumn) t.column("intensity_anisotropic");
    double sum = 0;
    double whole = 0;
    for (int i = 0; i < rest.size(); i++) {
      if (!Double.isNaN(rest.get(i))) {
        sum += rest.get(i);
        whole += t.column("intensity").get(i);
      }
    }
    assertThat(Math.abs(sum)).isLessThan(0.2 * whole);
  }

  @Test
  void tableThatIsNotMergedShouldSayWhyCompletenessIsNotKnown() {
    Path corrected = shared.resolve("out/split_0/corrected.nxs");
    assertThat(ok("stats", corrected, "--geometry", expt, "--shells", 2))
        .contains("completeness is not known", "rows share");
  }

  @Test
  void wrongUsageShouldBeRefusedWithoutAFile(@TempDir Path dir) {
    Path csv = dir.resolve("x.csv");
    Object[][] wrong = {
      {all, "--shells", 2, "--shell-width", 0.1},
      {all, "--shells", 0},
      {all, "--shell-width", -1},
      {all, "--resolution", "2,2"},
      {all, "--resolution", "0,2"},
      {all, "--pairs", dir.resolve("p.csv")},
      {all, first, "--subtract-isotropic", dir.resolve("s.nxs")},
      {all, "--trim", 0.5},
      {all, "--voxels", "some"}
    };
    for (Object[] args : wrong) {
      List<Object> words = new ArrayList<>(List.of("stats", "--geometry", expt, "--csv", csv));
      words.addAll(List.of(args));
      Outcome o = run(words.toArray());
      assertThat(o.code()).as(words.toString()).isEqualTo(2);
      assertThat(o.err()).contains("mdx stats");
    }
    assertThat(run("stats", all).code()).isEqualTo(2);
    Outcome missing = run("stats", dir.resolve("none.nxs"), "--geometry", expt, "--csv", csv);
    assertThat(missing.code()).isEqualTo(1);
    assertThat(missing.err()).contains("none.nxs");
    assertThat(dir).isEmptyDirectory();
  }

  @Test
  void tablesOfOtherSubdivisionsShouldBeRefused(@TempDir Path dir) throws IOException {
    HKLTable t = Mdx2.readTable(all);
    Path other = dir.resolve("other.nxs");
    Mdx2.writeTable(
        other,
        HKLTable.of(new org.mdx.table.Subdivision(3, 3, 3), t.h(), t.k(), t.l())
            .with("intensity", t.column("intensity"))
            .with("intensity_error", t.column("intensity_error")));
    Outcome o = run("stats", all, other, "--geometry", expt);
    assertThat(o.code()).isEqualTo(1);
    assertThat(o.err()).contains("2,2,2", "3,3,3");
  }
}
