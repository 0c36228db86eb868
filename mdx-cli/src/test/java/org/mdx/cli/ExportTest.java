package org.mdx.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.mdx.cli.SimulatedData.run;

import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.mdx.cli.SimulatedData.Outcome;
import org.mdx.crystal.Crystal;
import org.mdx.io.dials.Dials;
import org.mdx.io.input.SweepFiles;
import org.mdx.io.nexus.Mdx2;
import org.mdx.io.volume.CrystalSymmetry;
import org.mdx.io.volume.MapFormats;
import org.mdx.io.volume.TableFormats;
import org.mdx.map.ReciprocalMap;
import org.mdx.table.FloatColumn;
import org.mdx.table.HKLTable;
import org.mdx.table.IntColumn;
import org.mdx.table.Subdivision;

class ExportTest {
  @TempDir private static Path shared;

  private static Path expt;
  private static Path merged;
  private static Path map;
  private static HKLTable table;

  @TempDir private Path dir;

  @BeforeAll
  static void write() throws IOException {
    expt = SimulatedData.write(shared.resolve("data")).indexed().get(0);
    Crystal crystal = Dials.readGeometry(expt).crystal().orElseThrow();
    // one voxel of each orbit of m-3 within a cube: those that are their own ASU member
    int[] h = {0, 1, 2, 5, 3, 1};
    int[] k = {1, 2, 3, 6, 3, 4};
    int[] l = {2, 4, 7, 9, 3, 2};
    float[] intensity = {10, 20, 30, 40, Float.NaN, 60};
    table =
        HKLTable.of(new Subdivision(2, 2, 2), IntColumn.of(h), IntColumn.of(k), IntColumn.of(l))
            .with("intensity", FloatColumn.of(intensity))
            .with("intensity_error", FloatColumn.of(1, 2, 3, 4, 5, 6))
            .with("count", IntColumn.of(1, 2, 3, 4, 0, 6));
    assertThat(crystal.spaceGroup().laueGroup().symbol()).isEqualTo("m-3");
    merged = shared.resolve("merged.nxs");
    map = shared.resolve("map.nxs");
    Mdx2.writeTable(merged, table);
    ok("map", expt, merged, "--limits=-5,5,-5,5,-5,5", "--outfile", map);
  }

  private static String ok(Object... args) {
    Outcome o = run(args);
    assertThat(o.err()).isEmpty();
    assertThat(o.code()).isZero();
    return o.out();
  }

  @ParameterizedTest
  @ValueSource(strings = {"a.ccp4", "a.npy", "a.vti", "a.nx", "a.lat", "a.h5", "a.yell.h5"})
  void aTableShouldBecomeTheMapThatMdxMapMakes(String name) throws IOException {
    Path out = dir.resolve(name);
    ok("export", merged, "--geometry", expt, "--limits=-5,5,-5,5,-5,5", "--out", out);
    CrystalSymmetry known = CrystalSymmetry.of(SweepFiles.crystal(expt));
    assertThat(MapFormats.read(out, known).map()).isEqualTo(Mdx2.readMap(map));
  }

  @Test
  void withoutLimitsAllEquivalentsShouldBeInside() throws IOException {
    Path out = dir.resolve("a.nx");
    ok("export", merged, "--geometry", expt, "--out", out);
    ReciprocalMap m = MapFormats.read(out, CrystalSymmetry.NONE).map();
    assertThat(m.box().h0()).isEqualTo(-9);
    assertThat(m.box().nk()).isEqualTo(19);
    assertThat(m.value(9, 5, 6)).isEqualTo(40);
    // four orbits of 24 voxels and one with a zero of 12; NaN is not filled
    assertThat(m.filled()).isEqualTo(4 * 24 + 12);
    ok("export", merged, "--no-symmetry", "--out", out);
    assertThat(MapFormats.read(out, CrystalSymmetry.NONE).map().filled()).isEqualTo(5);
  }

  @ParameterizedTest
  @ValueSource(strings = {"b.mtz", "b.csv", "b.hkl"})
  void aTableShouldStayATableWhereTheFormatIsOne(String name) throws IOException {
    Path out = dir.resolve(name);
    ok("export", merged, "--geometry", expt, "--out", out);
    HKLTable back = TableFormats.read(out, CrystalSymmetry.NONE).table();
    int row = back.find(5, 6, 9);
    assertThat(back.column("intensity").get(row)).isEqualTo(40);
    assertThat(back.column("intensity_error").get(row)).isEqualTo(4);
    ok("convert", out, dir.resolve("again.nxs"));
    assertThat(Mdx2.readTable(dir.resolve("again.nxs")).find(5, 6, 9)).isGreaterThanOrEqualTo(0);
  }

  @Test
  void mapsShouldBeConvertedThereAndBack() throws IOException {
    Path ccp4 = dir.resolve("a.ccp4");
    ok("convert", map, ccp4, "--geometry", expt, "--missing", -1);
    ok("convert", ccp4, dir.resolve("b.lat"));
    ok("convert", dir.resolve("b.lat"), dir.resolve("c.npy"), "--geometry", expt);
    ok("convert", dir.resolve("c.npy"), dir.resolve("d.nxs"));
    assertThat(Mdx2.readMap(dir.resolve("d.nxs"))).isEqualTo(Mdx2.readMap(map));
    ok("export", ccp4, "--to", "mtz", "--no-asymmetric-unit", "--out", dir.resolve("e"));
    HKLTable t = TableFormats.read(dir.resolve("e"), CrystalSymmetry.NONE).table();
    assertThat(t.rows()).isEqualTo(4 * 24 + 12);
    assertThat(t.column("intensity").get(t.find(-5, -6, -9))).isEqualTo(40);
  }

  @Test
  void aPlaneShouldBecomeAPicture() throws IOException {
    Path out = dir.resolve("a.png");
    ok("export", map, "--geometry", expt, "--slice", "h=0.5", "--out", out);
    BufferedImage image = ImageIO.read(out.toFile());
    assertThat(image.getWidth()).isGreaterThan(900);
  }

  private static void refused(int code, String message, Object... args) {
    Outcome o = run(args);
    assertThat(o.code()).isEqualTo(code);
    assertThat(o.err()).contains(message);
  }

  @Test
  void whatCannotBeDoneShouldBeSaid() throws IOException {
    Path out = dir.resolve("a.mtz");
    refused(1, "MTZ needs a unit cell", "export", merged, "--out", out);
    refused(1, "needs a space group", "export", merged, "--out", dir.resolve("a.nx"));
    refused(
        1,
        "no column 'x'",
        "export",
        merged,
        "--no-symmetry",
        "--column",
        "x",
        "--out",
        dir.resolve("a.nx"));
    refused(2, "does not tell a format", "export", merged, "--out", dir.resolve("a.what"));
    refused(2, "--limits takes a table", "export", map, "--limits=0,1,0,1,0,1", "--out", out);
    refused(2, "which CCP4 does not hold", "convert", merged, dir.resolve("a.ccp4"));
    refused(2, "--slice q=1", "export", map, "--slice", "q=1", "--out", dir.resolve("a.png"));
    refused(1, "no such file", "convert", dir.resolve("none"), out);
    Files.writeString(dir.resolve("x"), "what is this");
    refused(1, "expected a table", "convert", dir.resolve("x"), out);
    try (var files = Files.list(dir)) {
      assertThat(files).containsExactly(dir.resolve("x"));
    }
  }
}
