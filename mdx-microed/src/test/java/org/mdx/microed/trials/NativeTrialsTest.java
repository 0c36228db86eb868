package org.mdx.microed.trials;

import static org.assertj.core.api.Assertions.assertThat;

import java.awt.image.BufferedImage;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.mdx.crystal.UnitCell;
import org.mdx.io.dials.Dials;
import org.mdx.microed.axes.AxesDrawing;
import org.mdx.microed.axes.AxisDirection;
import org.mdx.microed.process.Movie;
import org.mdx.microed.process.ProcessOptions;
import org.mdx.microed.process.Processing;
import org.mdx.microed.process.TrialReport;
import org.mdx.microed.process.TrialStatus;
import org.mdx.microed.process.pipeline.Presets;
import org.mdx.microed.results.CrystalResult;
import org.mdx.microed.results.ResultTable;

/** From movies to the table with nothing but this project. */
class NativeTrialsTest {
  private static final UnitCell CELL = new UnitCell(9.6, 12, 18.5, 90, 90, 90);

  @TempDir private Path folder;

  private List<TrialReport> run(SimulatedCrystal crystal, SimulatedCrystal.Written files)
      throws Exception {
    ProcessOptions options =
        ProcessOptions.of(
                folder.resolve("work"),
                List.of(Presets.p1().ofNativeSteps(), Presets.mp().ofNativeSteps()),
                Engines.ofThisProject(Optional.empty()))
            .values(crystal.values(files.profile()))
            .parallel(1, 2);
    return Processing.of(options).run(List.of(Movie.of(files.movie())), r -> {});
  }

  @Test
  void aCrystalShouldGoThroughBothTrialsAndOneThatDoesNotDiffractShouldStop() throws Exception {
    SimulatedCrystal good = new SimulatedCrystal("good", CELL, "P 21 21 21", 900, 256, 50, 43, 50);
    SimulatedCrystal.Written files = good.write(folder, 7);
    List<TrialReport> reports = run(good, files);
    assertThat(reports).extracting(TrialReport::status).containsOnly(TrialStatus.DONE);
    Path p1 = folder.resolve("work/good/P1");
    Path mp = folder.resolve("work/good/mP");
    assertThat(CrystalCheck.wrong(p1, good, files.truth(), false)).isEmpty();
    assertThat(CrystalCheck.wrong(mp, good, files.truth(), true)).isEmpty();
    for (String name :
        List.of(
            "imported.expt",
            "strong.refl",
            "indexed.expt",
            "indexed.refl",
            "refined_static.expt",
            "refined.expt",
            "refined.refl",
            "integrated.expt",
            "integrated.refl",
            "scaled.expt",
            "scaled.refl",
            "scaled.json",
            "not_blank.expt",
            "symmetrized.expt",
            "not_blank/scaled.expt",
            "not_blank/scaled.refl",
            "not_blank/scaled.json",
            "not_blank/merged.mtz",
            "not_blank/scaled.mtz",
            "not_blank/scaled.hkl",
            "not_blank/scaled.ins",
            "dials.index.log",
            "dials.integrate.log")) {
      assertThat(p1.resolve(name)).isNotEmptyFile();
    }
    assertThat(Files.readString(p1.resolve("state.json"))).contains("\"engine\" : \"native\"");

    SimulatedCrystal none = new SimulatedCrystal("none", CELL, "P 21 21 21", 900, 256, 20, 1, 20);
    assertThat(run(none, none.write(folder, 8)).get(0).toString())
        .startsWith("none/P1  stopped at ");

    BufferedImage drawn =
        new AxesDrawing(0, 0)
            .draw(
                new BufferedImage(80, 80, BufferedImage.TYPE_BYTE_GRAY),
                Dials.experiments(mp.resolve("integrated.expt")).get(0).geometry(),
                List.of(AxisDirection.A, AxisDirection.B, AxisDirection.C));
    ImageIO.write(drawn, "png", folder.resolve("work/good/crystal-axes.png").toFile());
    ResultTable table = ResultTable.read(folder.resolve("work"), List.of(), 0.3);
    assertThat(table.toHtml("Crystals").split("data:image/png;base64,")).hasSize(3);
    assertThat(table.rows()).hasSize(4);
    for (CrystalResult r : table.rows()) {
      if (r.path().startsWith("none")) {
        assertThat(r.stopped()).isNotEmpty();
        continue;
      }
      // the truth: an orthorhombic crystal that left the beam after image 42
      assertThat(r.symmetry()).isEqualTo("P m m m");
      assertThat(r.probability()).isBetween(0.5, 1.0);
      assertThat(r.framesKept()).isBetween(36, 45);
      assertThat(r.frames()).isEqualTo(50);
      assertThat(r.cell().orElseThrow().sigma(0)).isBetween(1e-5, 0.05);
      assertThat(r.limit().resolution()).isLessThan(3);
      assertThat(r.frameScales()).isNotEmpty();
      assertThat(r.dials()).startsWith("mdx ");
    }
    assertThat(run(good, files)).extracting(TrialReport::ran).containsOnly(0);
  }
}
