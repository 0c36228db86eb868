package org.mdx.io.sim;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.mdx.geometry.Geometry;
import org.mdx.io.dials.Dials;
import org.mdx.io.sweep.ImportOptions;
import org.mdx.io.sweep.ImportedSweep;
import org.mdx.io.sweep.SweepImport;
import org.mdx.parallel.Parallel;
import org.mdx.parallel.Progress;
import org.mdx.sim.CrystalSeries;
import org.mdx.sim.SimulatedDetector;
import org.mdx.sim.SimulatedSweep;
import org.mdx.sim.SimulationOptions;

class CrystalSeriesWriterTest {

  private static final SimulationOptions OPTIONS =
      SimulationOptions.demo()
          .withDetector(SimulatedDetector.flat(60, 50, 1, 80))
          .withFrames(3, 2, 0.02)
          .withBackground(2, 4, 0.02);

  @TempDir private Path dir;

  private static CrystalSeries write(Path folder, int threads) throws IOException {
    CrystalSeries series = CrystalSeries.of(OPTIONS, List.of(2, 1));
    CrystalSeriesWriter.write(series, "insulin", folder, Parallel.of(threads), Progress.NONE);
    return series;
  }

  @Test
  void namesShouldBeThoseOfTheExampleAndBytesTheSame() throws IOException {
    write(dir.resolve("a"), 1);
    write(dir.resolve("b"), 3);
    List<String> names;
    try (var files = Files.list(dir.resolve("a"))) {
      names = files.map(p -> p.getFileName().toString()).sorted().toList();
    }
    assertThat(names)
        .hasSize(3 * 3 + 2 * 2 + 1)
        .contains(
            "insulin_1_1_00001.cbf",
            "insulin_1_2_00003.cbf",
            "insulin_1_bkg_1_00002.cbf",
            "insulin_2_1_00001.cbf",
            "insulin_2_bkg_1_00001.cbf",
            "truth");
    for (String name : names) {
      if (name.endsWith(".cbf")) {
        assertThat(Files.mismatch(dir.resolve("a").resolve(name), dir.resolve("b").resolve(name)))
            .as(name)
            .isEqualTo(-1);
      }
    }
    assertThat(dir.resolve("a/truth/pixels.mask")).isRegularFile();
  }

  @Test
  void sweepsOfACrystalShouldShareItsOrientationAndGoOnInAngle() throws IOException {
    CrystalSeries series = write(dir, 2);
    Geometry first = Dials.readGeometry(dir.resolve("truth/1_1.expt"));
    Geometry second = Dials.readGeometry(dir.resolve("truth/1_2.expt"));
    Geometry other = Dials.readGeometry(dir.resolve("truth/2_1.expt"));
    assertThat(second.crystal().orElseThrow().a()).isEqualTo(first.crystal().orElseThrow().a());
    assertThat(other.crystal().orElseThrow().a()).isNotEqualTo(first.crystal().orElseThrow().a());
    assertThat(second.scan().start()).isEqualTo(6);
    assertThat(Dials.readGeometry(dir.resolve("truth/2_bkg.expt")).crystal()).isEmpty();
    List<ImportedSweep> found =
        SweepImport.read(
            List.of(dir.resolve("insulin_1_bkg_1_*.cbf").toString()),
            ImportOptions.defaults(),
            Parallel.of(1),
            Progress.NONE);
    assertThat(found).hasSize(1);
    assertThat(found.get(0).frames()).isEqualTo(2);
    // a fifth more air on the second crystal's day
    List<CrystalSeries.CrystalSweeps> c = series.crystals();
    assertThat(air(c.get(1).background()) / air(c.get(0).background())).isBetween(1.19, 1.21);
    assertThat(air(c.get(1).sweeps().get(0))).isEqualTo(air(c.get(1).background()));
  }

  private static double air(SimulatedSweep sweep) {
    return sweep.factors().air(0.2);
  }

  @Test
  void crystalsWithoutSweepsShouldBeRefused() {
    assertThatThrownBy(() -> CrystalSeries.of(OPTIONS, List.of(2, 0)))
        .hasMessageContaining("must be 1 or more of each");
    assertThatThrownBy(() -> CrystalSeries.of(OPTIONS, List.of()))
        .isInstanceOf(IllegalArgumentException.class);
  }
}
