package org.mdx.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.mdx.cli.SimulatedData.run;

import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.mdx.cli.SimulatedData.Outcome;
import org.mdx.io.nexus.Mdx2;
import org.mdx.map.ReciprocalMap;
import org.mdx.table.HKLTable;

/** The command on two small simulated sweeps. */
class ReintegrateTest {
  @TempDir private static Path shared;

  @TempDir private Path dir;

  private static Path expt1;
  private static Path expt2;
  private static Path mask1;
  private static Path mask2;
  private static Path binned;

  @BeforeAll
  static void reduce() throws IOException {
    SimulatedData.write(shared.resolve("data"));
    expt1 = shared.resolve("data/xtal1/indexed.expt");
    expt2 = shared.resolve("data/xtal2/indexed.expt");
    Path blank = shared.resolve("data/background/imported.expt");
    Path out = shared.resolve("out");
    Outcome o =
        run(
            "reduce",
            expt1,
            expt2,
            "--background",
            blank,
            "--count-threshold",
            60,
            "--keep",
            "--bins",
            "6,10,10",
            "--out",
            out);
    assertThat(o.code()).as(o.err()).isZero();
    mask1 = out.resolve("split_0/mask.nxs");
    mask2 = out.resolve("split_1/mask.nxs");
    binned = out.resolve("binned.nxs");
  }

  @Test
  void listsOfFilesShouldGoWithTheirSweeps() throws IOException {
    Path fine = dir.resolve("fine.nxs");
    Path map = dir.resolve("map.nxs");
    Outcome o =
        run(
            "reintegrate",
            expt1,
            expt2,
            "--mask",
            mask1,
            mask2,
            "--background",
            binned,
            "--subdivide",
            4,
            4,
            4,
            "--limits",
            "0,6,0,6,0,1",
            "--split",
            "random",
            "--outlier",
            5,
            "--outfile",
            fine,
            "--map",
            map);
    assertThat(o.code()).as(o.err()).isZero();
    assertThat(o.out()).contains("Reintegration[", "2 passes", "wrote " + fine, "wrote " + map);
    HKLTable t = Mdx2.readTable(fine);
    assertThat(t.columnNames())
        .contains("intensity", "counts", "background_counts", "scale", "multiplicity")
        .contains("group_0_intensity", "group_1_count");
    ReciprocalMap m = Mdx2.readMap(map);
    int filled = 0;
    for (int i = 0; i < t.rows(); i++) {
      float v = m.value(t.h().value(i), t.k().value(i), t.l().value(i));
      if (t.h().value(i) >= 0 && t.k().value(i) <= 24 && t.l().value(i) <= 4) {
        assertThat(v).isEqualTo((float) t.column("intensity").get(i));
        filled++;
      }
    }
    assertThat(filled).isGreaterThan(100);
  }

  @Test
  void pairsOfFilesAndColumnsShouldBeThoseOfMdx2() throws IOException {
    Path geometry = dir.resolve("geometry.nxs");
    assertThat(run("import_geometry", expt1, "--outfile", geometry).code()).isZero();
    Path one = dir.resolve("one.nxs");
    Path two = dir.resolve("two.nxs");
    assertThat(run("reintegrate", expt1, "--mask", mask1, "--outfile", one).code()).isZero();
    Outcome o =
        run(
            "reintegrate",
            geometry,
            expt1,
            "--mask",
            mask1,
            "--output",
            "counts",
            "--outfile",
            two);
    assertThat(o.code()).as(o.err()).isZero();
    HKLTable t = Mdx2.readTable(two);
    assertThat(t.columnNames())
        .containsExactlyInAnyOrder("counts", "scale", "background_counts", "multiplicity");
    assertThat(t.column("counts")).isEqualTo(Mdx2.readTable(one).column("counts"));
  }

  @Test
  void wrongUseShouldBeExplained() {
    Outcome o = run("reintegrate", expt1, expt2, "--mask", mask1);
    assertThat(o.code()).isEqualTo(2);
    assertThat(o.err()).contains("--mask with 1 file for 2 sweeps");
    o = run("reintegrate", expt1, "--map", dir.resolve("m.nxs"));
    assertThat(o.code()).isEqualTo(2);
    assertThat(o.err()).contains("--map needs --limits");
    o = run("reintegrate", expt1, "--subdivide", "3,3,2", "--outfile", dir.resolve("f.nxs"));
    assertThat(o.code()).isEqualTo(1);
    assertThat(o.err()).contains("subdivision 3,3,2 does not fit Laue group m-3");
    o = run("reintegrate", expt1, "--limits", "90,91,0,1,0,1", "--outfile", dir.resolve("f.nxs"));
    assertThat(o.code()).isEqualTo(1);
    assertThat(o.err()).contains("none of the pixels", "h 90.0 to 91.0");
    assertThat(dir).isEmptyDirectory();
  }
}
