package org.mdx.cli.stage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.mdx.cli.SimulatedData.run;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.mdx.cli.SimulatedData;
import org.mdx.cli.SimulatedData.Outcome;
import org.mdx.crystal.ChangeOfBasis;
import org.mdx.crystal.Crystal;
import org.mdx.crystal.ReciprocalAsu;
import org.mdx.crystal.SpaceGroup;
import org.mdx.io.dials.Dials;
import org.mdx.io.input.SweepFiles;
import org.mdx.io.nexus.Mdx2;
import org.mdx.io.nexus.MdxGeometryFile;
import org.mdx.math.Mat3;
import org.mdx.math.Vec3;
import org.mdx.peaks.BraggMask;
import org.mdx.peaks.PeakModel;
import org.mdx.pipeline.Corrected;
import org.mdx.table.FloatColumn;
import org.mdx.table.HKLTable;
import org.mdx.table.IntColumn;
import org.mdx.table.Subdivision;

class ReindexCommandTest {
  @TempDir private static Path shared;

  @TempDir private Path dir;

  @BeforeAll
  static void simulate() throws IOException {
    SimulatedData.write(shared.resolve("data"));
  }

  /** Sweeps a and b, the second indexed in axes -z,-y,-x, each in a folder of its own. */
  @BeforeEach
  void tables() throws IOException {
    for (String name : new String[] {"a", "b"}) {
      Files.createDirectories(dir.resolve(name));
      Dials.write(
          dir.resolve(name + "/refined.expt"),
          Dials.experiments(shared.resolve("data/xtal1/indexed.expt")));
    }
    Mdx2.writeTable(dir.resolve("a/corrected.nxs"), table(false, 1));
    Mdx2.writeTable(dir.resolve("b/corrected.nxs"), table(true, 2));
  }

  /** Half of the indices up to 8 with intensities that have the symmetry m-3, a scale each. */
  private static HKLTable table(boolean turned, long seed) {
    return table(turned, seed, SpaceGroup.ofNumber(199));
  }

  /** The same in the asymmetric unit of a group that it is told. */
  private static HKLTable table(boolean turned, long seed, SpaceGroup told) {
    Random random = new Random(seed);
    ReciprocalAsu asu = SpaceGroup.ofNumber(199).asu();
    int[][] c = new int[5][17 * 17 * 17];
    float[] value = new float[c[0].length];
    int n = 0;
    for (int i = 0; i < c[0].length; i++) {
      int[] h = {i / 289 - 8, i / 17 % 17 - 8, i % 17 - 8};
      if (random.nextBoolean()) {
        ReciprocalAsu.Mapped truth = asu.map(h[0], h[1], h[2]);
        Random height =
            new Random(((truth.h() * 50L + truth.k()) * 50L + truth.l()) * 0x9E3779B97F4A7C15L);
        height.nextInt();
        ReciprocalAsu of = told.asu();
        ReciprocalAsu.Mapped m = turned ? of.map(-h[2], -h[1], -h[0]) : of.map(h[0], h[1], h[2]);
        value[n] = (float) (seed * (10 + height.nextGaussian()));
        int[] row = {m.h(), m.k(), m.l(), m.op(), 0};
        for (int k = 0; k < 5; k++) {
          c[k][n] = row[k];
        }
        n++;
      }
    }
    float[] error = new float[n];
    Arrays.fill(error, 0.1f * seed);
    int rows = n;
    IntColumn[] columns =
        Arrays.stream(c).map(x -> IntColumn.of(Arrays.copyOf(x, rows))).toArray(IntColumn[]::new);
    return HKLTable.of(Subdivision.NONE, columns[0], columns[1], columns[2])
        .with("intensity", FloatColumn.of(Arrays.copyOf(value, rows)))
        .with("intensity_error", FloatColumn.of(error))
        .with("op", columns[3])
        .with("n", columns[4]);
  }

  @Test
  void tooHighALaueGroupShouldBeDoubtedWhereTablesMeetTheirSymmetry() throws IOException {
    SpaceGroup high = SpaceGroup.ofNumber(214);
    Mdx2.writeTable(dir.resolve("a/high.nxs"), table(false, 1, high));
    Crystal crystal = SweepFiles.crystal(at("a/refined.expt"));
    Crystal told = Crystal.ofRealSpaceAxes(crystal.a().inverse(), high);
    Dials.write(
        at("a/high.expt"),
        Dials.experiments(at("a/refined.expt")).stream()
            .map(e -> e.withGeometry(e.geometry().withCrystal(told)))
            .toList());
    String doubt = "of 23 rotations of Laue group m-3m do not make the intensities alike";
    String[][] commands = {
      {"reindex", "a/high.nxs", "--geometry", "a/high.expt"},
      {"reindex", "a/high.nxs", "--geometry", "a/high.expt", "--op=y,z,x"},
      {"merge", "a/high.nxs", "--geometry", "a/high.expt", "--outfile", "m.nxs"},
      {"merge", "a/high.nxs", "--geometry", "a/high.expt", "--outfile", "m.nxs", "--json"}
    };
    for (String[] command : commands) {
      assertThat(inFolder(command).out()).as(String.join(" ", command)).contains(doubt);
      String[] right = command.clone();
      right[1] = "a/corrected.nxs";
      right[3] = "a/refined.expt";
      assertThat(inFolder(right).out()).as(String.join(" ", right)).doesNotContain("alike");
    }
    assertThat(inFolder(commands[3]).out()).contains("\"warnings\"");
    Corrected corrected = Corrected.of(told, List.of(table(false, 1, high)));
    assertThat(corrected.symmetryDoubts()).hasSize(1);
    assertThat(corrected.resolveAmbiguity().reindexing().orElseThrow().doubt().orElseThrow())
        .startsWith("sweep 0: ")
        .contains(doubt);
    assertThat(Corrected.of(crystal, List.of(table(false, 1))).symmetryDoubts()).isEmpty();
  }

  private Outcome inFolder(String... command) {
    return run(
        Arrays.stream(command)
            .map(a -> a.endsWith(".nxs") || a.endsWith(".expt") ? at(a).toString() : a)
            .toArray(Object[]::new));
  }

  private Path at(String name) {
    return dir.resolve(name);
  }

  /** Voxels of b as written must have twice the intensity of a. */
  private void assertAgreeing(HKLTable a, HKLTable b) {
    int[] rows = b.rowsIn(a);
    int compared = 0;
    for (int i = 0; i < rows.length; i++) {
      if (rows[i] >= 0) {
        compared++;
        assertThat(b.column("intensity").get(i))
            .isCloseTo(2 * a.column("intensity").get(rows[i]), within(1e-4));
      }
    }
    assertThat(compared).isGreaterThan(1000);
  }

  private static void assertTurned(Crystal after, Crystal before) {
    Mat3 expected = before.reindexed(ChangeOfBasis.of("-z,-y,-x"), before.spaceGroup()).a();
    assertThat(after.a().toRowMajor()).containsExactly(expected.toRowMajor(), within(1e-12));
    assertThat(after.spaceGroup()).isEqualTo(before.spaceGroup());
  }

  @Test
  void sweepsShouldAgreeAfterwardsWithTheirGeometriesAndMasks() throws IOException {
    BraggMask mask =
        new BraggMask(
            new PeakModel(new Vec3(0.1, 0.2, 0.3), Mat3.diagonal(1, 2, 3)), 3, 9, false, false);
    Mdx2.writeMask(at("a/mask.nxs"), mask);
    Mdx2.writeMask(at("b/mask.nxs"), mask);
    Outcome o =
        run(
            "reindex",
            at("a/corrected.nxs"),
            at("b/corrected.nxs"),
            "--geometry",
            at("a/refined.expt"),
            at("b/refined.expt"),
            "--mask",
            at("a/mask.nxs"),
            at("b/mask.nxs"),
            "--report",
            at("report.csv"));
    assertThat(o.err()).isEmpty();
    assertThat(o.code()).isZero();
    assertThat(o.out())
        .contains("Laue group m-3", "-z,-y,-x", "b/reindexed.nxs, reindexed by -z,-y,-x")
        .doesNotContain("warning");
    HKLTable a = Mdx2.readTable(at("a/reindexed.nxs"));
    assertThat(a.h()).isEqualTo(Mdx2.readTable(at("a/corrected.nxs")).h());
    assertAgreeing(a, Mdx2.readTable(at("b/reindexed.nxs")));
    Crystal before = Dials.readGeometry(at("b/refined.expt")).crystal().orElseThrow();
    assertTurned(Dials.readGeometry(at("b/reindexed.expt")).crystal().orElseThrow(), before);
    assertThat(Dials.read(at("b/reindexed.expt")).source().describe(0)).contains("xtal1");
    assertThat(Mdx2.readMask(at("a/reindexed_mask.nxs"))).isEqualTo(mask);
    assertThat(Mdx2.readMask(at("b/reindexed_mask.nxs")).model().r0())
        .isEqualTo(new Vec3(-0.3, -0.2, -0.1));
    assertThat(Files.readString(at("report.csv")).lines().toList())
        .hasSize(4)
        .first()
        .asString()
        .startsWith("kind,first,second");
  }

  @Test
  void geometryFilesShouldBeReindexedWithTheirGrids() throws IOException {
    for (String name : new String[] {"a", "b"}) {
      run("import-geometry", at(name + "/refined.expt"), "--outfile", at(name + "/geometry.nxs"));
    }
    Outcome o =
        run(
            "reindex",
            at("a/corrected.nxs"),
            at("b/corrected.nxs"),
            "--geometry",
            at("a/geometry.nxs"),
            at("b/geometry.nxs"),
            "--reference",
            1);
    assertThat(o.err()).isEmpty();
    assertThat(o.out()).contains("a/reindexed_geometry.nxs, reindexed by -z,-y,-x");
    MdxGeometryFile before = Mdx2.readGeometry(at("a/geometry.nxs"));
    MdxGeometryFile after = Mdx2.readGeometry(at("a/reindexed_geometry.nxs"));
    assertTurned(after.crystal(), before.crystal());
    assertThat(after.orientation().times(after.cell().reciprocal()).toRowMajor())
        .containsExactly(after.ub().toRowMajor(), within(1e-15));
    Vec3 h = before.millerIndex().orElseThrow().get(1, 2, 3);
    assertThat(after.millerIndex().orElseThrow().get(1, 2, 3))
        .isEqualTo(new Vec3(-h.z(), -h.y(), -h.x()));
    assertThat(after.corrections().isPresent()).isTrue();
  }

  @Test
  void givenOperatorShouldBeAppliedToTablesAndLists() throws IOException {
    Outcome o =
        run(
            "reindex",
            at("b/corrected.nxs"),
            "--op=-z,-y,-x",
            "--geometry",
            at("b/refined.expt"),
            "--outfile",
            at("b/turned.nxs"));
    assertThat(o.err()).isEmpty();
    assertAgreeing(Mdx2.readTable(at("a/corrected.nxs")), Mdx2.readTable(at("b/turned.nxs")));
    Crystal before = Dials.readGeometry(at("b/refined.expt")).crystal().orElseThrow();
    assertTurned(Dials.readGeometry(at("b/reindexed.expt")).crystal().orElseThrow(), before);

    o = run("reindex", at("a/refined.expt"), "--op=-z,-y,-x");
    assertThat(o.err()).isEmpty();
    assertTurned(Dials.readGeometry(at("a/reindexed.expt")).crystal().orElseThrow(), before);
  }

  @Test
  void wrongUsageShouldSayWhatToDoAndWriteNothing() {
    Path a = at("a/corrected.nxs");
    Path b = at("b/corrected.nxs");
    Path expt = at("a/refined.expt");
    assertRefused(2, "--geometry", "reindex", a, b);
    assertRefused(2, "--op", "reindex", expt);
    assertRefused(2, "not both", "reindex", a, expt, "--op=x,y,z");
    assertRefused(2, "given twice", "reindex", a, a, "--geometry", expt);
    assertRefused(2, "2 files for 1 tables", "reindex", a, "--geometry", expt, expt);
    assertRefused(2, "count from 0", "reindex", a, b, "--geometry", expt, "--reference", 2);
    assertRefused(2, "volume", "reindex", expt, "--op=2*x,y,z");
    assertRefused(2, "all signs changed", "reindex", expt, "--op=-x,y,z");
    assertRefused(2, "position 2", "reindex", expt, "--op=-q,y,z");
    assertRefused(2, "0 to 10", "reindex", a, b, "--geometry", expt, "--tolerance", 45);
    assertRefused(1, "does not have the symmetry", "reindex", expt, "--op=x+y,y,z");
    assertRefused(1, "no such file", "reindex", at("c.nxs"), "--geometry", expt);
    assertThat(at("a/reindexed.expt")).doesNotExist();
    assertThat(at("a/reindexed.nxs")).doesNotExist();
  }

  private static void assertRefused(int code, String says, Object... words) {
    Outcome o = run(words);
    assertThat(o.err()).contains(says);
    assertThat(o.code()).isEqualTo(code);
  }
}
