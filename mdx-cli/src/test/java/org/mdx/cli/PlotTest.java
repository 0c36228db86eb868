package org.mdx.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.mdx.cli.SimulatedData.run;

import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.mdx.cli.SimulatedData.Outcome;
import org.mdx.io.sim.SimulatedFiles;

class PlotTest {
  @TempDir static Path dir;
  private static Path out;
  private static Path expt;

  @BeforeAll
  static void reduce() throws IOException {
    SimulatedFiles data = SimulatedData.write(dir.resolve("data"));
    out = dir.resolve("<out> é");
    expt = data.indexed().get(0);
    Outcome o =
        run(
            "reduce",
            expt,
            data.indexed().get(1),
            "--background",
            data.background(),
            "--count-threshold",
            60,
            "--subdivide",
            "2,2,2",
            "--keep",
            "--out",
            out);
    assertThat(o.err()).isEmpty();
  }

  private static Path drawn(String name, Object... args) {
    Path file = dir.resolve(name);
    List<Object> all = new ArrayList<>(List.of("plot"));
    all.addAll(Arrays.asList(args));
    all.addAll(List.of("--out", file));
    Outcome o = run(all.toArray());
    assertThat(o.err()).isEmpty();
    assertThat(o.out()).contains("wrote ");
    return file;
  }

  private static Path of(String name) {
    return out.resolve(name);
  }

  @Test
  void everyKindShouldDrawNumbers() throws IOException {
    Path merged = of("merged.nxs");
    Path a = of("split_0/scales.nxs");
    Path b = of("split_1/scales.nxs");
    List<Path> files = new ArrayList<>();
    files.add(drawn("map.csv", "map", of("map.nxs"), "--slice", "l=1/2"));
    files.add(drawn("aniso.csv", "anisotropic", merged, "--geometry", expt));
    files.add(drawn("difference.csv", "difference", of("map.nxs"), of("map.nxs")));
    files.add(drawn("scale.csv", "scale", a, b));
    files.add(drawn("offset.csv", "offset", a, b));
    files.add(drawn("absorption.csv", "absorption", a));
    files.add(drawn("detector.csv", "detector", a, b));
    for (String kind : List.of("shells", "statistics", "cc-half", "isotropic", "intensity")) {
      files.add(drawn(kind + ".csv", kind, merged, "--geometry", expt));
    }
    files.add(drawn("cc.csv", "correlations", merged, merged, merged, "--geometry", expt));
    files.add(drawn("redundancy.csv", "redundancy", merged, merged, "--geometry", expt));
    files.add(drawn("halves.csv", "halves", merged));
    files.add(drawn("peaks.csv", "peaks", expt, of("split_0/peaks.nxs")));
    files.add(drawn("mask.csv", "mask", expt, of("split_0/peaks.nxs")));
    files.add(drawn("relative.csv", "map", merged, "--geometry", expt, "--relative"));
    assertThat(Files.readAllLines(drawn("blank.csv", "background", of("binned.nxs"))))
        .hasSizeGreaterThan(1);
    drawn(
        "z.csv",
        "deviations",
        of("split_0/corrected.nxs"),
        of("split_1/corrected.nxs"),
        "--merged",
        merged,
        "--scale",
        a,
        b);
    files.addAll(List.of(dir.resolve("z_1.csv"), dir.resolve("z_2.csv"), dir.resolve("z_3.csv")));
    for (Path file : files) {
      long numbers = Files.readAllLines(file).stream().filter(l -> l.matches(".*,-?\\d.*")).count();
      assertThat(numbers).as(file.toString()).isGreaterThan(5);
    }
  }

  @Test
  void endingShouldDecideTheFormat() throws IOException {
    Path map = of("map.nxs");
    assertThat(Files.readString(drawn("m.svg", "map", map))).contains("<svg");
    assertThat(Files.readString(drawn("m.html", "map", map))).contains("Content-Security-Policy");
    assertThat(Files.size(drawn("m.pdf", "map", map))).isGreaterThan(5000);
    BufferedImage image =
        ImageIO.read(drawn("m.png", "map", map, "--colours", "grey", "--vmin", 0).toFile());
    int coloured = 0;
    for (int y = 100; y < 700; y++) {
      int rgb = image.getRGB(400, y);
      coloured += (rgb >> 16 & 255) != (rgb >> 8 & 255) ? 1 : 0;
    }
    assertThat(coloured).as("colours of voxels that were measured, in grey").isLessThan(300);
  }

  private static void refused(int code, String message, Object... args) {
    Outcome o = run(args);
    assertThat(o.code()).isEqualTo(code);
    assertThat(o.err()).contains(message);
  }

  @Test
  void whatCannotBeDrawnShouldBeSaid() {
    Path map = of("map.nxs");
    Path png = dir.resolve("no.png");
    refused(2, "choose of map, anisotropic", "plot", "heat", map, "--out", png);
    refused(2, "no use for scale", "plot", "scale", map, "--slice", "l=0", "--out", png);
    refused(2, "its ending tells no format", "plot", "map", map, "--out", dir.resolve("x.gif"));
    refused(2, "no colours are called 'jet'", "plot", "map", map, "--colours", "jet", "--out", png);
    refused(2, "must be above the first", "plot", "map", map, "--vmin=3", "--vmax=1", "--out", png);
    refused(1, "takes two maps", "plot", "difference", map, "--out", png);
    refused(1, "--geometry", "plot", "shells", of("merged.nxs"), "--out", png);
    refused(1, "sweeps with a scaling model", "plot", "dials-scale", expt, "--out", png);
    assertThat(png).doesNotExist();
  }

  @Test
  void reportShouldBeMadeOfAFolderAndOfFiles() throws IOException {
    Path page = dir.resolve("r.html");
    Outcome o = run("report", out, "--out", page, "--metadata", "sample=<b>");
    assertThat(o.err()).isEmpty();
    assertThat(Files.readString(page))
        .contains("Statistics in shells", "Planes of reciprocal space", "Scaling models")
        .contains("&lt;b&gt;")
        .contains("&lt;out&gt; é")
        .doesNotContain("<out>");
    o = run("report", "scaling_model", of("split_0/scales.nxs"), "-o", page);
    assertThat(o.err()).isEmpty();
    assertThat(Files.readString(page)).contains("Scale b").doesNotContain("Statistics in shells");
    refused(1, "no such file", "report", dir.resolve("none"), "--out", page);
    refused(1, "nothing to report", "report", dir.resolve("data"), "--out", page);
  }

  @Test
  void reductionShouldLeaveAReportThatSaysWhetherItIsGood() throws IOException {
    assertThat(Files.readString(of("report.html")))
        .contains("Is it good?", "Deviations by angle and place", "Refinement of the scaling model")
        .contains("mdx reduce");
  }
}
