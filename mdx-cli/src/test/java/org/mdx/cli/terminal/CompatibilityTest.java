package org.mdx.cli.terminal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.mdx.cli.SimulatedData.run;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.mdx.cli.SimulatedData;
import org.mdx.image.ImageChunks;
import org.mdx.io.input.Images;
import org.mdx.io.nexus.Mdx2;
import org.mdx.io.sim.SimulatedFiles;
import org.mdx.table.FloatColumn;
import org.mdx.table.HKLTable;
import org.mdx.table.IntColumn;
import org.mdx.table.Subdivision;

/** The option --mdx2-compatible on the commands that mdx2 has too. */
class CompatibilityTest {
  @TempDir private Path dir;

  private static Path reference(String name) {
    Path file = Path.of(System.getProperty("mdx.reference", "no-reference"), name);
    Assumptions.assumeTrue(Files.exists(file), "skipped: no reference data at " + file);
    return file;
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "import-geometry",
        "import-data",
        "find-peaks",
        "mask-peaks",
        "integrate",
        "bin-image-series",
        "correct",
        "scale",
        "merge",
        "map",
        "reintegrate",
        "tree",
        "version"
      })
  void everyCommandOfMdx2ShouldTakeTheOption(String command) {
    assertThat(run(command, "--help").out()).contains("--mdx2-compatible");
  }

  @Test
  void mapTreeAndVersionShouldBeTheSameWithTheOption() throws IOException {
    SimulatedFiles files = SimulatedData.write(dir.resolve("data"));
    Path expt = files.indexed().get(0);
    Path table = dir.resolve("t.nxs");
    IntColumn three = IntColumn.of(0, 1, 2);
    Mdx2.writeTable(
        table,
        HKLTable.of(Subdivision.NONE, three, three, three)
            .with("intensity", FloatColumn.of(1, 2, 3)));
    Path one = dir.resolve("one.nxs");
    Path other = dir.resolve("other.nxs");
    var plain =
        run("map", expt, table, "--symmetry=false", "--limits", "0,2,0,2,0,2", "--outfile", one);
    assertThat(plain.code()).as(plain.err()).isZero();
    var compatible =
        run(
            "map",
            expt,
            table,
            "--symmetry=false",
            "--limits",
            "0,2,0,2,0,2",
            "--mdx2-compatible",
            "--outfile",
            other);
    assertThat(compatible.code()).as(compatible.err()).isZero();
    assertThat(other).hasSameBinaryContentAs(one);
    assertThat(run("tree", "--mdx2-compatible", one).out()).isEqualTo(run("tree", one).out());
    assertThat(run("version", "--mdx2-compatible").out()).isEqualTo(run("version").out());
  }

  @Test
  void chunksOfImportDataShouldBeThoseOfIntegration() throws IOException {
    SimulatedFiles files = SimulatedData.write(dir.resolve("data"));
    Path expt = files.indexed().get(0);
    Path data = dir.resolve("data.nxs");
    Path full = dir.resolve("full.nxs");
    for (Path file : Set.of(data, full)) {
      run(
          "import-data",
          expt,
          file.equals(full) ? "--full" : "--mdx2-compatible",
          "--chunks",
          "4,60,70",
          "--outfile",
          file);
      assertThat(Images.open(file).source().chunks()).contains(new ImageChunks(4, 60, 70));
    }
    Path plain = dir.resolve("plain.nxs");
    run("import-data", expt, "--outfile", plain);
    assertThat(Images.open(plain).source().chunks()).isEmpty();
    // 1° a frame on no known detector: five frames of whole images
    run("import-data", expt, "--full", "--mdx2-compatible", "--outfile", plain);
    assertThat(Images.open(plain).source().chunks()).contains(new ImageChunks(5, 170, 200));

    long[] rows = new long[3];
    Path[] inputs = {data, full, expt};
    for (int i = 0; i < 3; i++) {
      Path out = dir.resolve(i + ".nxs");
      run("integrate", expt, inputs[i], "--mdx2-compatible", "--outfile", out);
      rows[i] = Mdx2.readTable(out).rows();
    }
    assertThat(rows[0]).isEqualTo(rows[1]).isNotEqualTo(rows[2]);
  }

  @Test
  void reintegrateShouldTakeTheMaskOfMdx2() throws IOException {
    Path expt = reference("dials/multi/split_0.expt");
    Path theirs = reference("mdx2/split_0");
    Path model = dir.resolve("mask.nxs");
    assertThat(
            run(
                    "mask-peaks",
                    expt,
                    expt,
                    theirs.resolve("peaks.nxs"),
                    "--count-threshold",
                    40,
                    "--mdx2-compatible",
                    "--outfile",
                    model)
                .code())
        .isZero();
    HKLTable[] tables = new HKLTable[2];
    for (int i = 0; i < 2; i++) {
      Path out = dir.resolve(i + ".nxs");
      var said =
          run(
              "reintegrate",
              theirs.resolve("geometry.nxs"),
              expt,
              "--mask",
              i == 0 ? theirs.resolve("mask.nxs") : model,
              "--limits",
              "0,6,0,6,0,6",
              "--mdx2-compatible",
              "--outfile",
              out);
      assertThat(said.code()).as(said.err()).isZero();
      tables[i] = Mdx2.readTable(out);
    }
    assertThat(tables[0].h()).isEqualTo(tables[1].h());
    for (String column : tables[1].columnNames()) {
      assertThat(tables[0].column(column)).as(column).isEqualTo(tables[1].column(column));
    }
  }
}
