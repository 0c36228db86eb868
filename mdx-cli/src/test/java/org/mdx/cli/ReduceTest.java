package org.mdx.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.mdx.cli.SimulatedData.run;

import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.mdx.cli.SimulatedData.Outcome;
import org.mdx.io.nexus.Mdx2;
import org.mdx.io.sim.SimulatedFiles;
import org.mdx.table.HKLTable;

class ReduceTest {
  @TempDir private static Path shared;

  private static SimulatedFiles data;

  @BeforeAll
  static void simulate() throws IOException {
    data = SimulatedData.write(shared.resolve("data"));
  }

  private static Outcome reduce(Path out, Object... more) {
    Object[] common = {
      "reduce",
      data.indexed().get(0),
      data.indexed().get(1),
      "--background",
      data.background(),
      "--count-threshold",
      60,
      "--subdivide",
      "2,2,2",
      "--bins",
      "3,10,10",
      "--out",
      out
    };
    Object[] all = java.util.Arrays.copyOf(common, common.length + more.length);
    System.arraycopy(more, 0, all, common.length, more.length);
    return run(all);
  }

  @Test
  void reduceShouldLeaveTableMapPictureAndSummaryAndNothingElse(@TempDir Path dir)
      throws IOException {
    Path out = dir.resolve("new/folder");
    Outcome o = reduce(out);

    assertThat(o.err()).isEmpty();
    assertThat(o.code()).isZero();
    assertThat(SimulatedData.files(dir))
        .extracting(p -> out.relativize(p).toString())
        .containsExactly("map.nxs", "merged.nxs", "report.html", "slice_l0.png", "summary.txt");
    assertThat(Mdx2.readTable(out.resolve("merged.nxs")).columnNames())
        .contains("intensity", "group_0_intensity", "group_1_intensity");
    assertThat(Mdx2.readMap(out.resolve("map.nxs")).filled()).isPositive();
    BufferedImage picture = ImageIO.read(out.resolve("slice_l0.png").toFile());
    assertThat(picture.getWidth()).isGreaterThan(900);
    assertThat(Files.readString(out.resolve("summary.txt")))
        .contains("I 21 3 (199)", "redundancy", " compl ", "CC1/2", "total", "peak memory");
  }

  @Test
  void stageByStageShouldGiveTheFilesThatReduceKeeps(@TempDir Path dir) throws IOException {
    for (String mode : new String[] {"--debug", "--mdx2-compatible"}) {
      Path kept = dir.resolve("kept" + mode);
      assertThat(reduce(kept, "--keep", "--scaling", "mca2020", "--split", "random", mode).err())
          .isEmpty();
      Path own = Files.createDirectory(dir.resolve("own" + mode));
      String[] corrected = new String[2];
      ok(
          "bin_image_series",
          data.background(),
          3,
          10,
          10,
          "--outfile",
          own.resolve("binned.nxs"),
          mode);
      for (int i = 0; i < 2; i++) {
        Path expt = data.indexed().get(i);
        Path split = Files.createDirectory(own.resolve("split_" + i));
        Path peaks = split.resolve("peaks.nxs");
        Path mask = split.resolve("mask.nxs");
        Path integrated = split.resolve("integrated.nxs");
        corrected[i] = split.resolve("corrected.nxs").toString();
        ok("find_peaks", expt, expt, "--count_threshold", 60, "--outfile", peaks, mode);
        ok("mask_peaks", expt, expt, peaks, "--outfile", mask, mode);
        ok(
            "integrate",
            expt,
            expt,
            "--mask",
            mask,
            "--subdivide",
            2,
            2,
            2,
            "--nproc",
            1,
            "--outfile",
            integrated,
            mode);
        ok(
            "correct",
            expt,
            integrated,
            "--background",
            own.resolve("binned.nxs"),
            "--outfile",
            corrected[i],
            mode);
        ok("import_geometry", expt, "--outfile", split.resolve("geometry.nxs"), mode);
      }
      ok("scale", corrected[0], corrected[1], "--mca2020", "--no-report", mode);
      Path merged = own.resolve("merged.nxs");
      ok(
          "merge",
          corrected[0],
          corrected[1],
          "--scale",
          own.resolve("split_0/scales.nxs"),
          own.resolve("split_1/scales.nxs"),
          "--split",
          "randomHalf",
          "--outlier",
          mode.contains("compatible") ? "Infinity" : "5",
          "--outfile",
          merged,
          mode);

      for (Path file : SimulatedData.files(own)) {
        assertThat(file).hasSameBinaryContentAs(kept.resolve(own.relativize(file).toString()));
      }
      assertThat(SimulatedData.files(kept)).hasSize(SimulatedData.files(own).size() + 4);
    }
  }

  @Test
  void sweepIndexedOnOtherAxesShouldBeReindexed(@TempDir Path dir) throws IOException {
    Path consistent = dir.resolve("consistent");
    Path mixed = dir.resolve("mixed");
    Path turned = data.indexed().get(1).resolveSibling("turned.expt");
    ok("reindex", data.indexed().get(1), "--op=-z,-y,-x", "--outfile", turned);
    assertThat(reduce(consistent, "--scaling", "scale").code()).isZero();
    Outcome o =
        run(
            "reduce",
            data.indexed().get(0),
            turned,
            "--background",
            data.background(),
            "--count-threshold",
            60,
            "--subdivide",
            "2,2,2",
            "--bins",
            "3,10,10",
            "--scaling",
            "scale",
            "--keep",
            "--out",
            mixed);

    assertThat(o.err()).isEmpty();
    assertThat(o.out()).contains("split_1 (xtal2/turned.expt): reindexed by -z,-y,-x");
    assertThat(Files.readString(mixed.resolve("summary.txt"))).contains("candidates   x,y,z");
    for (String file : new String[] {"reindexed.nxs", "reindexed_geometry.nxs", "scales.nxs"}) {
      assertThat(mixed.resolve("split_1").resolve(file)).exists();
    }
    // the turned sweep has the mask of the other axes
    assertThat(Mdx2.readMask(mixed.resolve("split_1/reindexed_mask.nxs")).model().r0().x())
        .isCloseTo(
            -Mdx2.readMask(mixed.resolve("split_1/mask.nxs")).model().r0().z(), within(1e-9));
    HKLTable a = Mdx2.readTable(consistent.resolve("merged.nxs"));
    HKLTable b = Mdx2.readTable(mixed.resolve("merged.nxs"));
    assertThat(b.rows()).isEqualTo(a.rows());
    for (int i = 0; i < a.rows(); i++) {
      double error = a.column("intensity_error").get(i);
      assertThat(b.column("intensity").get(i))
          .isCloseTo(a.column("intensity").get(i), within(0.05 * error));
    }
  }

  private static void ok(Object... args) {
    Outcome o = run(args);
    assertThat(o.err()).isEmpty();
    assertThat(o.code()).isZero();
  }

  @Test
  void compatibleReduceShouldUseTheGridsOfGeometryFilesAsTheyStand(@TempDir Path dir)
      throws IOException {
    Path kept = dir.resolve("kept");
    reduce(kept, "--keep", "--mdx2-compatible");
    Path again = dir.resolve("again");
    Outcome o =
        reduce(
            again,
            "--mdx2-compatible",
            "--geometry",
            kept.resolve("split_0/geometry.nxs"),
            "--geometry",
            kept.resolve("split_1/geometry.nxs"));

    assertThat(o.err()).isEmpty();
    // the file holds what would be sampled, so the same result shows that it was read and used
    assertThat(again.resolve("merged.nxs")).hasSameBinaryContentAs(kept.resolve("merged.nxs"));
    Outcome swapped =
        reduce(
            again,
            "--overwrite",
            "--mdx2-compatible",
            "--geometry",
            kept.resolve("split_1/geometry.nxs"),
            "--geometry",
            kept.resolve("split_0/geometry.nxs"));
    assertThat(swapped.code()).isEqualTo(1);
    assertThat(swapped.err()).contains("split_1", "give the geometry and the images of one sweep");
  }

  @Test
  void resultShouldNotDependOnTheNumberOfThreads(@TempDir Path dir) {
    reduce(dir.resolve("one"), "--threads", 1);
    reduce(dir.resolve("seven"), "--threads", 7);

    assertThat(dir.resolve("seven/merged.nxs"))
        .hasSameBinaryContentAs(dir.resolve("one/merged.nxs"));
    assertThat(dir.resolve("seven/map.nxs")).hasSameBinaryContentAs(dir.resolve("one/map.nxs"));
    assertThat(dir.resolve("seven/slice_l0.png"))
        .hasSameBinaryContentAs(dir.resolve("one/slice_l0.png"));
  }

  @Test
  void reduceShouldReplaceItsFilesInAFolderThatExists(@TempDir Path dir) throws IOException {
    Files.writeString(dir.resolve("summary.txt"), "old");
    Files.writeString(dir.resolve("other.txt"), "kept");

    assertThat(reduce(dir, "--overwrite").code()).isZero();
    assertThat(dir.resolve("summary.txt")).content().doesNotContain("old");
    assertThat(dir.resolve("other.txt")).hasContent("kept");
  }

  @Test
  void mapShouldTakeLimitsAsSixWordsOrOne(@TempDir Path dir) throws IOException {
    reduce(dir);
    Path expt = data.indexed().get(0);
    Path one = dir.resolve("one.nxs");
    Path two = dir.resolve("two.nxs");
    Path merged = dir.resolve("merged.nxs");
    ok("map", "--limits", -3, 3, -3, 3, 0, 1.5, expt, merged, "--outfile", one);
    ok("map", expt, merged, "--limits=-3,3,-3,3,0,1.5", "--outfile", two);
    assertThat(one).hasSameBinaryContentAs(two);
    assertThat(Mdx2.readMap(one).box().nl()).isEqualTo(4);
    ok("map", expt, merged, "--symmetry", "False", "--outfile", one);
    ok("map", expt, merged, "--no-symmetry", "--outfile", two);
    assertThat(one).hasSameBinaryContentAs(two);
  }
}
