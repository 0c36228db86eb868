package org.mdx.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.mdx.io.nexus.Mdx2;
import org.mdx.scale.ScalingModel;
import org.mdx.table.HKLTable;

/**
 * A script for mdx2, written as those published with Meisburger and Ando, Acta Cryst. D80, 299
 * (2024), run with the launchers on the reference's sweeps and compared with what mdx2 1.0.4 made
 * of them with the same commands.
 */
class Mdx2ScriptTest {
  private static final String SCRIPT =
      """
      set -e
      mkdir -p mdx2
      cd mdx2
      for SUB in split_{0..1}; do
          mkdir -p $SUB
          cd $SUB
          EXPTFILE="$DIALS/multi/${SUB}.expt"
          mdx2.import_geometry $EXPTFILE
          mdx2.import_data $EXPTFILE --chunks 10 212 487 --nproc 5 # single writer limits speed
          mdx2.find_peaks geometry.nxs data.nxs --count_threshold 40 --nproc -1
          mdx2.mask_peaks geometry.nxs data.nxs peaks.nxs --sigma_cutoff 3 --nproc -1
          mdx2.integrate geometry.nxs data.nxs --mask mask.nxs --subdivide 3 3 3 --nproc -1
          cd ..
      done
      mkdir -p 1_bkg
      cd 1_bkg
      mdx2.import_data "$DIALS/background/imported.expt" --nproc 5
      mdx2.bin_image_series data.nxs 8 10 10 --valid_range 0 200 --outfile binned.nxs
      cd ..
      for sub in split_{0..1}; do
          cd $sub
          mdx2.correct geometry.nxs integrated.nxs --background ../1_bkg/binned.nxs
          cd ..
      done
      mdx2.scale split_{0..1}/corrected.nxs --mca2020 --outfile split_{0..1}/scales_all.nxs
      mdx2.merge split_{0..1}/corrected.nxs --scale split_{0..1}/scales_all.nxs \\
        --outlier 5 --split randomHalf --outfile merged_all.nxs
      mdx2.map split_0/geometry.nxs merged_all.nxs --limits -5 5 -5 5 0 0 --outfile slice.nxs
      mdx2.tree slice.nxs
      """;

  @TempDir private Path dir;

  private static Path reference() {
    Path folder = Path.of(System.getProperty("mdx.reference", "no-reference"));
    Assumptions.assumeTrue(
        Files.isDirectory(folder.resolve("sweeps")), "skipped: no reference data at " + folder);
    Assumptions.assumeTrue(Files.isExecutable(Path.of("/bin/bash")), "skipped: no bash");
    return folder.toAbsolutePath();
  }

  @Test
  void scriptForMdx2ShouldRunUnchangedToTheSameProducts() throws IOException {
    Path reference = reference();
    Path bin = dir.resolve("bin");
    SimulatedData.run("install-shims", bin, "--mdx2-compatible");
    Path work = Files.createDirectory(dir.resolve("work"));
    Path script = Files.writeString(dir.resolve("script.sh"), SCRIPT);
    Path call = Files.writeString(dir.resolve("call.sh"), "exec /bin/bash " + script + "\n");

    String said =
        InstallShimsTest.execute(
            call,
            work,
            Map.of(
                "PATH",
                bin + ":" + System.getenv("PATH"),
                "MDX_JAVA_OPTIONS",
                "-XX:TieredStopAtLevel=1", // many short runs
                "JAVA_HOME",
                System.getProperty("java.home"),
                "DIALS",
                reference.resolve("dials").toString()));

    assertThat(said).startsWith("0 ").contains("signal = float32(31x31x1)");
    assertThat(SimulatedData.files(work))
        .extracting(p -> work.relativize(p).toString().replaceFirst("split_1", "split_0"))
        .containsOnly(
            "mdx2/1_bkg/binned.nxs",
            "mdx2/1_bkg/data.nxs",
            "mdx2/merged_all.nxs",
            "mdx2/slice.nxs",
            "mdx2/split_0/corrected.nxs",
            "mdx2/split_0/data.nxs",
            "mdx2/split_0/geometry.nxs",
            "mdx2/split_0/integrated.nxs",
            "mdx2/split_0/mask.nxs",
            "mdx2/split_0/peaks.nxs",
            "mdx2/split_0/scales_all.nxs")
        .hasSize(4 + 2 * 7);

    HKLTable ours = Mdx2.readTable(work.resolve("mdx2/merged_all.nxs"));
    HKLTable theirs = Mdx2.readTable(reference.resolve("mdx2/merged.nxs"));
    assertThat(ours.h()).isEqualTo(theirs.h());
    assertThat(ours.k()).isEqualTo(theirs.k());
    assertThat(ours.l()).isEqualTo(theirs.l());
    assertThat(ours.columnNames()).containsExactlyInAnyOrderElementsOf(theirs.columnNames());
    int near = 0;
    for (int v = 0; v < ours.rows(); v++) {
      assertThat(ours.column("count").get(v)).isEqualTo(theirs.column("count").get(v));
      double m = theirs.column("intensity").get(v);
      double spread = Math.max(Math.abs(m), theirs.column("intensity_error").get(v));
      near += Math.abs(ours.column("intensity").get(v) - m) <= 1e-2 * spread ? 1 : 0;
    }
    // the reference's solver is loose: 1e-2 at the 99.9th percentile
    assertThat(near / (double) ours.rows()).isGreaterThan(0.995);
    ScalingModel exact = Mdx2.readScales(reference.resolve("mdx2/exact/scales_1.nxs"));
    ScalingModel model = Mdx2.readScales(work.resolve("mdx2/split_1/scales_all.nxs"));
    for (double phi = 30; phi <= 80; phi += 5) {
      assertThat(model.b(phi)).isCloseTo(exact.b(phi), within(1e-4));
    }
  }
}
