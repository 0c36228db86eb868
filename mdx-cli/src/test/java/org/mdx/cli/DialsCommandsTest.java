package org.mdx.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.mdx.cli.SimulatedData.run;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.mdx.cli.SimulatedData.Outcome;
import org.mdx.io.dials.ColumnType;
import org.mdx.io.dials.Dials;
import org.mdx.io.dials.DialsExperiment;
import org.mdx.io.dials.ReflectionColumn;
import org.mdx.io.dials.ReflectionFile;
import org.mdx.io.dials.ReflectionTable;
import org.mdx.io.sim.SimulatedFiles;

class DialsCommandsTest {
  @TempDir private static Path shared;

  private static Path first;
  private static Path second;
  private static Path firstTable;
  private static Path secondTable;

  @TempDir Path dir;

  /** Two experiments of 12 images with three reflections each, on images 1, 6 and 12. */
  @BeforeAll
  static void write() throws IOException {
    SimulatedFiles data = SimulatedData.write(shared.resolve("data"));
    first = named(data.indexed().get(0), "one");
    second = named(data.indexed().get(1), "two");
    firstTable = table("one");
    secondTable = table("two");
  }

  private static Path named(Path expt, String identifier) throws IOException {
    DialsExperiment e = Dials.experiments(expt).get(0);
    Path file = shared.resolve(identifier + ".expt");
    Dials.write(
        file, List.of(new DialsExperiment(identifier, e.geometry(), e.template(), e.mask())));
    return file;
  }

  private static Path table(String identifier) throws IOException {
    Path file = shared.resolve(identifier + ".refl");
    ReflectionFile.write(
        file,
        ReflectionTable.of(
            3,
            Map.of(0L, identifier),
            Map.of(
                "id", ReflectionColumn.ofIntegers(ColumnType.INT, 0, 0, 0),
                "flags", ReflectionColumn.ofIntegers(ColumnType.SIZE_T, 4, 36, 32),
                "xyzobs.px.value",
                    ReflectionColumn.ofDoubles(
                        ColumnType.VEC3, 1, 2, 0.5, 3, 4, 5.5, 5, 6, 11.25))));
    return file;
  }

  private static String ok(Object... args) {
    Outcome o = run(args);
    assertThat(o.err()).isEmpty();
    assertThat(o.code()).isZero();
    return o.out();
  }

  private Path combined() {
    ok("dials-combine", first, second, firstTable, secondTable, "--output", dir.resolve("all"));
    return dir.resolve("all.expt");
  }

  @Test
  void experimentsShouldBeCombinedAndSplitAgain() throws IOException {
    Path expt = combined();
    ReflectionTable all = ReflectionFile.read(dir.resolve("all.refl"));
    assertThat(all.rows()).isEqualTo(6);
    assertThat(all.identifiers()).isEqualTo(Map.of(0L, "one", 1L, "two"));
    assertThat(Dials.readAll(expt)).hasSize(2);
    Files.createDirectory(dir.resolve("parts"));
    ok("dials-split", expt, dir.resolve("all.refl"), "--output", dir.resolve("parts/s"));
    assertThat(dir.resolve("parts/s_1.refl")).hasSameBinaryContentAs(secondTable);
    assertThat(Dials.experiments(dir.resolve("parts/s_1.expt")).get(0).identifier())
        .isEqualTo("two");
    assertThat(Dials.read(dir.resolve("parts/s_1.expt")).source().frames()).isEqualTo(12);
  }

  @Test
  void partsShouldBeSelected() throws IOException {
    Path expt = combined();
    Path out = dir.resolve("part");
    ok(
        "dials-select",
        dir.resolve("all.refl"),
        expt,
        "--experiments",
        "1",
        "--images",
        "2:12",
        "--without_flags",
        "indexed",
        "--output",
        out);
    ReflectionTable table = ReflectionFile.read(dir.resolve("part.refl"));
    assertThat(table.identifiers()).isEqualTo(Map.of(0L, "two"));
    assertThat(table.rows()).isEqualTo(1);
    assertThat(table.column("xyzobs.px.value").value(0, 2)).isEqualTo(11.25);
    assertThat(Dials.readGeometry(dir.resolve("part.expt")).scan().firstImage()).isEqualTo(2);
    assertThat(Dials.read(dir.resolve("part.expt")).source().frames()).isEqualTo(11);
    ok("dials-select", firstTable, "--flags", "strong,indexed", "--output", out);
    assertThat(ReflectionFile.read(dir.resolve("part.refl")).rows()).isEqualTo(1);
  }

  @Test
  void whatIsInFilesShouldBeShown() {
    combined();
    assertThat(ok("show", dir.resolve("all.expt"), dir.resolve("all.refl")))
        .contains("experiment 1: two")
        .contains("images       1 to 12")
        .contains("detector     1 panel, the first of 200 x 170 pixels of 0.5 x 0.5 mm at 80 mm")
        .contains("6 reflections, 3 columns")
        .contains("id 1: 3 reflections of two")
        .containsPattern("xyzobs.px.value +vec3<double> +1.0000, 2.0000, 0.50000 +5.0000, 6.0000")
        .containsPattern("indexed +4\n")
        .containsPattern("strong +4\n");
  }

  @Test
  void wrongUseShouldBeNamedAndLeaveNothing() throws IOException {
    Object out = dir.resolve("x");
    Outcome o = run("dials-combine", first, first, "--output", out);
    assertThat(o.code()).isEqualTo(1);
    assertThat(o.err()).contains("the experiment one is there twice");
    o = run("dials-combine", first, second, firstTable, "--output", out);
    assertThat(o.err()).contains("1 reflection tables for 2 experiment lists");
    o = run("dials-select", first, secondTable, "--experiments", "0", "--output", out);
    assertThat(o.err()).contains("in the table of reflections two");
    o = run("dials-select", first, "--images", "1:60", "--output", out);
    assertThat(o.err()).contains("images 1 to 60 of experiment 0, which has images 1 to 12");
    o = run("dials-select", first, "--experiments", "2", "--output", out);
    assertThat(o.err()).contains("there is no experiment 2; there are 1, counted from 0");
    o = run("dials-select", first, "--flags", "strong", "--output", out);
    assertThat(o.code()).isEqualTo(2);
    o = run("dials-select", firstTable, "--flags", "stong", "--output", out);
    assertThat(o.code()).isEqualTo(2);
    assertThat(o.err()).contains("no flag 'stong'; there are");
    o = run("show", dir.resolve("nothing"));
    assertThat(o.err()).contains("no such file");
    assertThat(o.out()).isEmpty();
    assertThat(SimulatedData.files(dir)).isEmpty();
  }
}
