package org.mdx.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.mdx.cli.SimulatedData.run;

import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.mdx.Mdx;
import org.mdx.cli.SimulatedData.Outcome;
import org.mdx.image.PixelMask;
import org.mdx.io.dials.Dials;
import org.mdx.io.dials.DialsExperiment;
import org.mdx.io.dials.MaskFile;
import org.mdx.io.nexus.Mdx2;
import org.mdx.io.sim.SimulatedFiles;
import org.mdx.io.sim.SimulationWriter;
import org.mdx.parallel.Parallel;
import org.mdx.parallel.Progress;
import org.mdx.peaks.PeakPositions;
import org.mdx.sim.SimulatedDetector;
import org.mdx.sim.Simulation;
import org.mdx.sim.SimulationOptions;
import org.mdx.table.HKLTable;

class MaskCommandsTest {
  @TempDir private static Path shared;

  private static SimulatedFiles data;

  @TempDir Path dir;

  @BeforeAll
  static void write() throws IOException {
    data = SimulatedData.write(shared.resolve("data"));
  }

  private static String ok(Object... args) {
    Outcome o = run(args);
    assertThat(o.err()).isEmpty();
    assertThat(o.code()).isZero();
    return o.out();
  }

  @Test
  void masksShouldBeMadeAndCounted() throws IOException {
    Path expt = data.indexed().get(0);
    Path out = dir.resolve("p.mask");
    String text =
        ok(
            "generate-mask",
            expt,
            "--border=1",
            "--circle",
            "50,60,2",
            "--circle",
            "0:70,60,1",
            "--rectangle",
            "100,110,20,25",
            "--polygon",
            "0,0,4,0,0,4",
            "--pixel",
            "30,40",
            "--resolution_range",
            "4,5",
            "--powder-ring",
            "3.1,3.3",
            "--output",
            out);
    assertThat(text)
        .containsPattern("border of 1 +736 pixels +2.165 %")
        .containsPattern("circle 0:50,60,2 +9 pixels")
        .containsPattern("circle 0:70,60,1 +1 pixels")
        .containsPattern("rectangle 0:100,110,20,25 +50 pixels")
        .containsPattern("polygon 0:0,0,4,0,0,4 +6 pixels")
        .containsPattern("pixel 0:30,40 +1 pixels")
        .contains("4.0000 to 5.0000 Å")
        .contains("wrote " + out);
    PixelMask mask = MaskFile.read(out).get(0);
    assertThat(mask.isMasked(109, 24)).isTrue();
    assertThat(mask.isMasked(110, 24)).isFalse();
    assertThat(mask.isMasked(30, 40)).isTrue();
    assertThat(text)
        .containsPattern(
            "left out together +" + String.format(Locale.ROOT, "%,d", mask.count()) + " pixels");
    ok("generate-mask", expt, "--pixel", "31,41", "--mask", out, "--output", dir.resolve("q.mask"));
    assertThat(MaskFile.read(dir.resolve("q.mask")).get(0).count()).isEqualTo(mask.count() + 1);
  }

  @Test
  void aShadowShouldBeToldByReduceAndMaskedOnRequest() throws IOException {
    Simulation simulation =
        Simulation.of(SimulationOptions.demo().withSweeps(1).withFrames(6, 0.5, 0.5));
    SimulatedFiles files =
        SimulationWriter.write(
            simulation, dir.resolve("shadow"), Parallel.available(), Progress.NONE);
    Path open = files.indexed().get(0).resolveSibling("open.expt");
    Path masked = open.resolveSibling("masked.expt");
    Path one = dir.resolve("one.mask");
    Path shadow = dir.resolve("shadow.mask");
    String word = "a shadow that no mask leaves out";
    ok("generate-mask", files.indexed().get(0), "--pixel=0,0", "--output", one, "--apply", open);
    assertThat(ok("reduce", open, "--no-report", "--out", dir.resolve("a"))).contains(word);
    assertThat(ok("generate-mask", open, "--shadow", "--output", shadow, "--apply", masked))
        .containsPattern("shadow +[3-6],[0-9]{3} pixels");
    assertThat(Mdx.reduce(Dials.read(open)).notes()).singleElement().asString().contains(word);
    assertThat(Mdx.reduce(Dials.read(masked)).notes()).isEmpty();
    assertThat(ok("reduce", masked, "--no-report", "--out", dir.resolve("b"))).doesNotContain(word);
  }

  @Test
  void everyStageShouldHonourTheMaskOfTheList() throws IOException {
    Path expt = data.indexed().get(0);
    Path masked = dir.resolve("masked.expt");
    Path mask = dir.resolve("left.mask");
    ok("generate-mask", expt, "--rectangle", "0,90,0,170", "--output", mask);
    ok("apply-mask", expt, mask, "--output", masked);
    assertThat(Dials.read(masked).mask(0).count()).isEqualTo(90 * 170);
    Path peaks = dir.resolve("peaks.nxs");
    ok("find-peaks", masked, masked, "--count-threshold", 40, "--outfile", peaks);
    Path all = dir.resolve("all.nxs");
    ok("find-peaks", expt, expt, "--count-threshold", 40, "--outfile", all);
    PeakPositions found = positions(expt, peaks);
    assertThat(found.size()).isPositive().isLessThan(positions(expt, all).size());
    for (int i = 0; i < found.size(); i++) {
      assertThat(found.ix(i)).isGreaterThanOrEqualTo(90);
    }
    Path table = dir.resolve("integrated.nxs");
    ok("integrate", masked, masked, "--subdivide", "2,2,2", "--outfile", table);
    HKLTable t = Mdx2.readTable(table);
    // positions are means over a voxel, all of whose pixels lie right of the mask
    for (int row = 0; row < t.rows(); row++) {
      assertThat(t.column("ix").get(row)).isGreaterThanOrEqualTo(90);
    }
    Path blank = dir.resolve("blank.expt");
    ok("apply-mask", data.background(), mask, "--output", blank);
    ok("bin-image-series", blank, "6,10,10", "--outfile", dir.resolve("b.nxs"));
    ok("bin-image-series", data.background(), "6,10,10", "--outfile", dir.resolve("b0.nxs"));
    double[] rate = rate(dir.resolve("b.nxs"));
    double[] all0 = rate(dir.resolve("b0.nxs"));
    assertThat(rate).hasSize(20 * 17);
    for (int bin = 0; bin < rate.length; bin++) {
      // bins without pixels are filled from their neighbours
      assertThat(rate[bin] == all0[bin]).as("bin %d", bin).isEqualTo(bin % 20 >= 9);
    }
    ok("apply-mask", masked, "--remove", "--output", dir.resolve("free.expt"));
    assertThat(Dials.read(dir.resolve("free.expt")).mask(0).count()).isZero();
  }

  private static PeakPositions positions(Path expt, Path peaks) throws IOException {
    return Mdx2.readPeaks(peaks, Dials.readGeometry(expt).scan()).positions();
  }

  private static double[] rate(Path binned) throws IOException {
    return Mdx2.readBinned(binned).panels().get(0).rate();
  }

  @Test
  void everyImageSetShouldGetItsMask() throws IOException {
    Path both = dir.resolve("both.expt");
    DialsExperiment a = Dials.experiments(data.indexed().get(0)).get(0);
    DialsExperiment b = Dials.experiments(data.indexed().get(1)).get(0);
    Dials.write(
        both,
        List.of(
            new DialsExperiment("a", a.geometry(), a.template(), a.mask()),
            new DialsExperiment("b", b.geometry(), b.template(), null)));
    String text =
        ok(
            "generate-mask",
            both,
            "--border",
            2,
            "--output",
            dir.resolve("p.mask"),
            "--apply",
            dir.resolve("m.expt"),
            "--picture",
            dir.resolve("p.png"));
    assertThat(text).contains("the mask takes the place of " + a.mask());
    List<DialsExperiment> masked = Dials.experiments(dir.resolve("m.expt"));
    assertThat(masked.get(0).mask()).isEqualTo(dir.resolve("p_1.mask"));
    assertThat(masked.get(1).mask()).isEqualTo(dir.resolve("p_2.mask"));
    BufferedImage picture = ImageIO.read(dir.resolve("p_2.png").toFile());
    assertThat(picture.getWidth()).isEqualTo(200);
    assertThat(picture.getHeight()).isEqualTo(170);
    for (int x : new int[] {0, 1, 2, 100, 198, 199}) {
      int rgb = picture.getRGB(x, 80);
      boolean red = (rgb >> 16 & 0xff) > (rgb & 0xff) + 50;
      assertThat(red).as("column %d", x).isEqualTo(x < 2 || x > 197);
    }
    Path one = dir.resolve("p_1.mask");
    ok("apply-mask", both, one, "--output", dir.resolve("n.expt"));
    assertThat(Dials.experiments(dir.resolve("n.expt")))
        .extracting(DialsExperiment::mask)
        .containsExactly(one, one);
    Outcome o = run("apply-mask", both, one, one, one, "--output", dir.resolve("x.expt"));
    assertThat(o.code()).isEqualTo(2);
    assertThat(o.err()).contains("3 masks for the 2 image sets of the 2 experiments");
  }

  @Test
  void shapesShouldTellTheirPanelWhereThereAreSeveral() throws IOException {
    SimulatedFiles curved =
        SimulationWriter.write(
            Simulation.of(
                SimulationOptions.demo()
                    .withDetector(SimulatedDetector.curved(3, 40, 31, 0.8, 80))
                    .withSweeps(1)
                    .withFrames(2, 1, 0.02)
                    .withBackground(1, 2, 0.02)),
            dir.resolve("curved"),
            Parallel.of(1),
            Progress.NONE);
    Path expt = curved.indexed().get(0);
    Path out = dir.resolve("p.mask");
    ok(
        "generate-mask",
        expt,
        "--rectangle",
        "1:0,5,0,4",
        "--panel",
        2,
        "--output",
        out,
        "--picture",
        dir.resolve("p.png"));
    assertThat(MaskFile.read(out)).extracting(PixelMask::count).containsExactly(0, 20, 40 * 31);
    Outcome o = run("generate-mask", expt, "--circle", "5,5,3", "--output", out);
    assertThat(o.code()).isEqualTo(2);
    assertThat(o.err()).contains("the detector has 3 panels, say which, as in --circle 0:5,5,3");
    o = run("generate-mask", expt, "--panel", "3", "--output", out);
    assertThat(o.err()).contains("there is no panel 3");
    o = run("apply-mask", data.indexed().get(0), out, "--output", dir.resolve("x.expt"));
    assertThat(o.code()).isEqualTo(1);
    assertThat(o.err()).contains("the mask belongs to another detector");
    assertThat(dir.resolve("x.expt")).doesNotExist();
  }

  @Test
  void wrongUseShouldBeNamedAndLeaveNothing() throws IOException {
    Path expt = data.indexed().get(0);
    Object[][] wrong = {
      {"generate-mask", expt, "--circle", "5,5", "takes [P:]X,Y,R; found '5,5'"},
      {"generate-mask", expt, "--circle", "x:5,5,5", "takes [P:]X,Y,R; found 'x'"},
      {"generate-mask", expt, "--polygon", "1,2,3", "takes [P:]X,Y,X,Y,…; found '1,2,3'"},
      {"generate-mask", expt, "--pixel", "1.5,2", "takes integers; found 1.5"},
      {"generate-mask", expt, "--circle", "500,5,5", "whose columns are 0 to 199"},
      {"generate-mask", expt, "--powder-group", "P1", "go together"},
      {"generate-mask", expt, "--resolution-range", "3,3", "3.0 to 3.0 Å"},
      {"apply-mask", expt, "--output", dir.resolve("y.expt"), "give masks, or --remove"}
    };
    for (Object[] w : wrong) {
      List<Object> args = new ArrayList<>(List.of(w).subList(0, w.length - 1));
      if (w[0].equals("generate-mask")) {
        args.addAll(List.of("--output", dir.resolve("x.mask")));
      }
      Outcome o = run(args.toArray());
      assertThat(o.code()).as("%s", args).isEqualTo(2);
      assertThat(o.err()).contains((String) w[w.length - 1]);
    }
    Path broken = Files.writeString(dir.resolve("broken.mask"), "nothing");
    assertThat(run("apply-mask", expt, broken, "--output", dir.resolve("y.expt")).code())
        .isEqualTo(1);
    assertThat(SimulatedData.files(dir)).containsExactly(broken);
  }
}
