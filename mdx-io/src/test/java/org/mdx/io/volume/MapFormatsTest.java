package org.mdx.io.volume;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.mdx.crystal.SpaceGroup;
import org.mdx.crystal.UnitCell;
import org.mdx.io.MdxFormatException;
import org.mdx.io.ccp4.Ccp4;
import org.mdx.io.npy.Npy;
import org.mdx.map.ReciprocalMap;
import org.mdx.map.VoxelBox;
import org.mdx.table.Subdivision;

class MapFormatsTest {
  private static final CrystalSymmetry CELL =
      new CrystalSymmetry(Optional.of(Samples.CELL), Optional.empty());

  @TempDir Path folder;

  private static MapFormat format(String name) {
    return MapFormats.named(name).orElseThrow();
  }

  /** The formats that are read. */
  static List<String> read() {
    return MapFormats.all().stream().filter(MapFormat::isRead).map(MapFormat::name).toList();
  }

  private MapFile again(String name, MapFile file, float missing) throws IOException {
    Path path = folder.resolve("a.file");
    format(name).write(path, file, missing);
    assertThat(MapFormats.of(path).orElseThrow().name())
        .isEqualTo(name.equals("meerkat") ? "yell" : name);
    return MapFormats.read(path, name.equals("lat") ? CELL : CrystalSymmetry.NONE);
  }

  @Test
  void formatsShouldBeFoundByTheNameOfTheFile() {
    assertThat(read())
        .containsExactly("mdx2", "yell", "meerkat", "nxdata", "ccp4", "npy", "vti", "lat");
    Map<String, String> names =
        Map.of(
            "map.nxs", "mdx2",
            "a.yell.h5", "yell",
            "a.h5", "meerkat",
            "a.nexus", "nxdata",
            "A.MRC", "ccp4",
            "a.npy", "npy",
            "a.vti", "vti",
            "a.vtk", "vtk",
            "a.lat", "lat");
    names.forEach(
        (file, name) ->
            assertThat(MapFormats.ofName(Path.of(file)).map(MapFormat::name)).contains(name));
    assertThat(MapFormats.ofName(Path.of("h5"))).isEmpty();
    assertThat(MapFormats.ofName(Path.of("a.mtz"))).isEmpty();
    assertThat(MapFormats.named("png")).isEmpty();
  }

  @Test
  void aFormatThatIsOnlyWrittenShouldSaySo() throws IOException {
    Path path = folder.resolve("a.vtk");
    format("vtk").write(path, Samples.map(), Float.NaN);
    assertThat(MapFormats.of(path)).isEmpty();
    assertThatThrownBy(() -> format("vtk").read(path, CELL))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("only written, not read");
    assertThatThrownBy(() -> MapFormats.read(path, CELL))
        .isInstanceOf(MdxFormatException.class)
        .hasMessageContaining("NPY")
        .hasMessageNotContaining("legacy VTK");
  }

  @ParameterizedTest
  @MethodSource("read")
  void mapsShouldComeBackAsTheyWere(String name) throws IOException {
    for (VoxelBox box :
        new VoxelBox[] {
          new VoxelBox(-4, -2, -1, 7, 5, 9),
          new VoxelBox(-4, 7, -1, 7, 1, 9),
          new VoxelBox(-30, -31, -32, 61, 40, 33),
          new VoxelBox(90, -500, 11, 2, 3, 4)
        }) {
      ReciprocalMap map = Samples.map(new Subdivision(3, 2, 5), box);
      MapFile back = again(name, new MapFile(map, Samples.TRICLINIC), Float.NaN);
      if (box.nk() == 1 && !name.equals("mdx2")) {
        assertThat(back.map().toArray()).isEqualTo(map.toArray());
      } else {
        assertThat(back.map()).isEqualTo(map);
      }
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"ccp4", "npy", "vti", "nxdata"})
  void cellAndSpaceGroupShouldComeBack(String name) throws IOException {
    UnitCell cell = new UnitCell(31.5, 42.25, 53.125, 90, 97.5, 90);
    for (String hall : new String[] {"P 2yb", "-C 2yc", "-P 2ybc", "C 2y (x+y,-x+y,z)"}) {
      CrystalSymmetry known = CrystalSymmetry.of(cell, SpaceGroup.ofHall(hall));
      MapFile back = again(name, new MapFile(Samples.map().map(), known), Float.NaN);
      assertThat(back.symmetry()).isEqualTo(known);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"ccp4", "npy", "vti"})
  void anotherValueForWhatIsMissingShouldBeUndone(String name) throws IOException {
    assertThat(again(name, Samples.map(), -99).map()).isEqualTo(Samples.map().map());
  }

  @ParameterizedTest
  @ValueSource(strings = {"ccp4", "lat", "vtk", "yell", "meerkat"})
  void formatsThatNeedACellShouldSayHowToGiveOne(String name) {
    Path path = folder.resolve("a.file");
    MapFile without = new MapFile(Samples.map().map(), CrystalSymmetry.NONE);
    assertThatThrownBy(() -> format(name).write(path, without, Float.NaN))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("needs a unit cell")
        .hasMessageContaining("--geometry");
    assertThat(path).doesNotExist();
  }

  @Test
  void theCcp4LabelsAloneShouldTellWhatTheMapIs() throws IOException {
    Path path = folder.resolve("a.ccp4");
    Ccp4.write(path, Samples.map(), -99);
    Files.delete(Sidecar.beside(path));
    MapFile back = Ccp4.read(path);
    assertThat(back).isEqualTo(Samples.map());
  }

  /** A map that another program could have written, byte by byte from the format's definition. */
  @Test
  void genericMapsOfAllModesByteOrdersAndAxesShouldBeRead() throws IOException {
    for (ByteOrder order : new ByteOrder[] {ByteOrder.BIG_ENDIAN, ByteOrder.LITTLE_ENDIAN}) {
      for (int mode : new int[] {0, 1, 2, 6}) {
        ByteBuffer b = ByteBuffer.allocate(1024 + 80 + 24 * 4).order(order);
        b.putInt(2).putInt(3).putInt(4).putInt(mode); // columns, rows, sections
        b.putInt(-5).putInt(7).putInt(0);
        b.putInt(64, 3).putInt(68, 1).putInt(72, 2); // columns along l, rows h, sections k
        b.putInt(92, 80);
        b.put(208, "MAP ".getBytes(StandardCharsets.US_ASCII));
        b.position(1104);
        for (int i = 0; i < 24; i++) {
          switch (mode) {
            case 0 -> b.put((byte) (i - 10));
            case 1 -> b.putShort((short) (i - 10));
            case 2 -> b.putFloat(i - 10);
            default -> b.putShort((short) (i + 40000));
          }
        }
        Path path = folder.resolve("generic.mrc");
        Files.write(path, Arrays.copyOf(b.array(), b.position()));
        MapFile file = MapFormats.read(path, CrystalSymmetry.NONE);
        assertThat(file.map().box()).isEqualTo(new VoxelBox(7, 0, -5, 3, 4, 2));
        assertThat(file.map().ndiv()).isEqualTo(Subdivision.NONE);
        // third number of the second section: h = 7 + 1, k = 1, l = −5
        assertThat(file.map().value(8, 1, -5)).isEqualTo(8 + (mode == 6 ? 40000 : -10));
      }
    }
  }

  @Test
  void theBoxShouldBeTheCellOfTheCcp4Header() throws IOException {
    Path path = folder.resolve("a.ccp4");
    UnitCell cell = new UnitCell(20, 25, 40, 90, 120, 90);
    Ccp4.write(
        path,
        new MapFile(Samples.map().map(), CrystalSymmetry.of(cell, SpaceGroup.ofNumber(3))),
        Float.NaN);
    ByteBuffer b = ByteBuffer.wrap(Files.readAllBytes(path)).order(ByteOrder.LITTLE_ENDIAN);
    // a* = 1/(a sin β); 7 voxels of a*/3 in units of 0.01 Å⁻¹, and so on
    double sine = Math.sin(Math.toRadians(120));
    assertThat(b.getFloat(40)).isCloseTo((float) (100 / (20 * sine) * 7 / 3), within(1e-4f));
    assertThat(b.getFloat(44)).isCloseTo(100f / 25 * 5 / 2, within(1e-4f));
    assertThat(b.getFloat(48)).isCloseTo((float) (100 / (40 * sine) * 9 / 5), within(1e-4f));
    assertThat(b.getFloat(56)).isCloseTo(60f, within(1e-4f));
  }

  @Test
  void numpyArraysShouldBeReadInBothOrdersOfTheAxes() throws IOException {
    Path path = folder.resolve("a.npy");
    Npy.write(path, Samples.map(), Float.NaN);
    VoxelBox box = Samples.map().map().box();
    String text = "{'descr': '>f8', 'fortran_order': True, 'shape': (7, 5, 9), }";
    ByteBuffer b = ByteBuffer.allocate(12 + 100 + 8 * 315);
    b.put("\u0093NUMPY".getBytes(StandardCharsets.ISO_8859_1));
    b.put((byte) 2).put((byte) 0).order(ByteOrder.LITTLE_ENDIAN).putInt(100);
    b.put((text + " ".repeat(99 - text.length()) + "\n").getBytes(StandardCharsets.US_ASCII));
    b.order(ByteOrder.BIG_ENDIAN);
    for (int l = 0; l < 9; l++) {
      for (int k = 0; k < 5; k++) {
        for (int h = 0; h < 7; h++) {
          b.putDouble(Samples.value(box.h0() + h, box.k0() + k, box.l0() + l));
        }
      }
    }
    Files.write(path, b.array());
    assertThat(Npy.read(path)).isEqualTo(Samples.map());
    Files.delete(Sidecar.beside(path));
    assertThatThrownBy(() -> Npy.read(path))
        .isInstanceOf(MdxFormatException.class)
        .hasMessageContaining("a.npy.json");
  }

  @Test
  void latticesWithTheCoordinateBehindTheLastVoxelShouldBeRead() throws IOException {
    ByteBuffer b = ByteBuffer.allocate(36 + 4 * 8 * 6 * 4).order(ByteOrder.LITTLE_ENDIAN);
    b.putInt(8).putInt(6).putInt(4);
    int[] n = {8, 6, 4};
    double[] edge = {31.5, 42.25, 53.125};
    for (int i = 0; i < 3; i++) {
      b.putFloat((float) (-n[i] / 2 / edge[i] / 2)).putFloat((float) (n[i] / 2 / edge[i] / 2));
    }
    b.putFloat(-32768).putFloat(17);
    Path path = folder.resolve("old.lat");
    Files.write(path, b.array());
    ReciprocalMap map = MapFormats.read(path, CELL).map();
    assertThat(map.ndiv()).isEqualTo(new Subdivision(2, 2, 2));
    assertThat(map.box()).isEqualTo(new VoxelBox(-4, -3, -2, 8, 6, 4));
    assertThat(map.value(-4, -3, -2)).isNaN();
    assertThat(map.value(-3, -3, -2)).isEqualTo(17);
  }

  @Test
  void rowsOfAMapShouldBeItsMeasuredVoxels() {
    ReciprocalMap map = Samples.map().map();
    var t = MapRows.of(map);
    assertThat(t.rows()).isEqualTo(map.filled()).isGreaterThan(200);
    for (int i = 0; i < t.rows(); i++) {
      assertThat((float) t.column("intensity").get(i))
          .isEqualTo(Samples.value(t.h().value(i), t.k().value(i), t.l().value(i)));
    }
  }

  @Test
  void largeMapsShouldKeepTheirOrderAcrossSlabs() throws IOException {
    // planes of 3000 x 900 voxels: a slab of 2^23 floats holds three of them
    ReciprocalMap map =
        Samples.map(new Subdivision(10, 10, 10), new VoxelBox(-1500, -450, -3, 3000, 900, 7));
    assertThat(again("vti", new MapFile(map, CELL), Float.NaN).map()).isEqualTo(map);
  }

  @Test
  void unknownFilesShouldBeNamed() throws IOException {
    Path path = folder.resolve("x.map");
    Files.writeString(path, "no map at all");
    assertThatThrownBy(() -> MapFormats.read(path, CELL))
        .isInstanceOf(MdxFormatException.class)
        .hasMessageContaining("x.map")
        .hasMessageContaining("CCP4/MRC");
  }
}
