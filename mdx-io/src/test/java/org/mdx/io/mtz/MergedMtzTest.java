package org.mdx.io.mtz;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.mdx.crystal.SpaceGroup;
import org.mdx.crystal.UnitCell;

/** Merged files, read back and by gemmi. */
class MergedMtzTest {
  @TempDir Path dir;

  private Path written() throws IOException {
    MergedMtz mtz =
        new MergedMtz(
            SpaceGroup.parse("I 21 3"),
            new UnitCell(30, 30, 30, 90, 90, 90),
            0.9768,
            new int[] {0, 1, 1, 1, 2, 3},
            List.of(
                new MergedMtz.Values("IMEAN", 'J', new double[] {12.5, Double.NaN}),
                new MergedMtz.Values("SIGIMEAN", 'Q', new double[] {0.5, Double.NaN}),
                new MergedMtz.Values("I(+)", 'K', new double[] {12, 7}),
                new MergedMtz.Values("FreeR_flag", 'I', new double[] {3, 0})));
    Path file = dir.resolve("merged.mtz");
    mtz.write(file);
    return file;
  }

  @Test
  void meansShouldComeBackWithoutMissingOnes() throws IOException {
    List<MergedMtz.Mean> means = MergedMtz.readMeans(written());
    assertThat(means).containsExactly(new MergedMtz.Mean(0, 1, 1, 12.5, 0.5));
    assertThat(Mtz.read(written()).symmetry().cell().orElseThrow().a()).isCloseTo(30, within(1e-4));
  }

  @Test
  void gemmiShouldReadTheFile() throws IOException, InterruptedException {
    Path file = written();
    Process gemmi;
    try {
      gemmi =
          new ProcessBuilder("gemmi", "mtz", "--dump", file.toString())
              .redirectErrorStream(true)
              .start();
    } catch (IOException e) {
      Assumptions.abort("skipped: no gemmi, " + e.getMessage());
      return;
    }
    String text = new String(gemmi.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(gemmi.waitFor()).as(text).isZero();
    assertThat(text).contains("I 21 3").contains("IMEAN").contains("FreeR_flag").contains("0.9768");
  }

  @Test
  void columnsOfOtherLengthShouldBeRefused() {
    assertThatThrownBy(
            () ->
                new MergedMtz(
                    SpaceGroup.ofNumber(1),
                    new UnitCell(10, 10, 10, 90, 90, 90),
                    1,
                    new int[] {0, 0, 1},
                    List.of(new MergedMtz.Values("F", 'F', new double[2]))))
        .hasMessageContaining("column F has 2 values for 1 reflections");
  }
}
