package org.mdx.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.mdx.cli.SimulatedData.run;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.mdx.cli.SimulatedData.Outcome;
import org.mdx.io.dials.ColumnType;
import org.mdx.io.dials.Dials;
import org.mdx.io.dials.ReflectionColumn;
import org.mdx.io.dials.ReflectionFile;
import org.mdx.io.dials.ReflectionTable;
import org.mdx.io.sim.SimulatedFiles;

class FilterBlanksTest {
  @TempDir private static Path shared;

  private static Path expt;
  private static Path background;

  @TempDir Path dir;

  @BeforeAll
  static void write() throws IOException {
    SimulatedFiles data = SimulatedData.write(shared.resolve("data"));
    expt = data.indexed().get(0);
    background = data.background();
  }

  /** A table with a strong reflection on each of the first images. */
  private Path table(int images) throws IOException {
    long[] id = new long[images];
    long[] flags = new long[images];
    double[] xyz = new double[3 * images];
    for (int i = 0; i < images; i++) {
      flags[i] = 32;
      xyz[3 * i + 2] = i + 0.5;
    }
    Path file = dir.resolve("strong.refl");
    ReflectionFile.write(
        file,
        ReflectionTable.of(
            images,
            Map.of(),
            Map.of(
                "id", ReflectionColumn.ofIntegers(ColumnType.INT, id),
                "flags", ReflectionColumn.ofIntegers(ColumnType.SIZE_T, flags),
                "xyzobs.px.value", ReflectionColumn.ofDoubles(ColumnType.VEC3, xyz))));
    return file;
  }

  @Test
  void reflectionsShouldCutScanAndTable() throws IOException {
    Outcome o = run("filter-blanks", expt, table(8), "--output", dir);
    assertThat(o.err()).isEmpty();
    assertThat(o.code()).isZero();
    assertThat(o.out()).contains("images 1 to 8 of 1 to 12", "blank images 9 to 12");
    assertThat(Dials.readGeometry(dir.resolve("not_blank.expt")).scan().frames()).isEqualTo(8);
    assertThat(ReflectionFile.read(dir.resolve("not_blank.refl")).rows()).isEqualTo(8);
  }

  @Test
  void imagesShouldBeEnough() throws IOException {
    Path frames = dir.resolve("frames.csv");
    Outcome o = run("filter-blanks", expt, "--output", dir, "--frames", frames);
    assertThat(o.err()).isEmpty();
    assertThat(o.code()).isZero();
    assertThat(Files.readAllLines(frames)).hasSize(13);
    assertThat(Dials.readGeometry(dir.resolve("not_blank.expt")).scan().frames()).isEqualTo(12);
    assertThat(dir.resolve("not_blank.refl")).doesNotExist();
  }

  @Test
  void sweepsWithoutDiffractionShouldLeaveNoFile() {
    Outcome o = run("filter-blanks", background, "--output", dir);
    assertThat(o.code()).isOne();
    assertThat(o.out()).contains("none of the images 1 to 6 kept", "no file written");
    assertThat(dir).isEmptyDirectory();
  }

  @Test
  void framesShouldNotBeAskedForWithoutImages() throws IOException {
    Outcome o = run("filter-blanks", expt, table(8), "--frames", dir.resolve("f.csv"));
    assertThat(o.code()).isEqualTo(2);
    assertThat(o.err()).contains("--frames needs --images");
  }
}
