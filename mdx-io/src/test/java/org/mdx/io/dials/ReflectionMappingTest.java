package org.mdx.io.dials;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.mdx.io.MdxFormatException;
import org.mdx.reflection.ReflectionKey;
import org.mdx.reflection.ReflectionKeys;
import org.mdx.reflection.Reflections;
import org.mdx.reflection.Shoeboxes;

/** Files that DIALS made; {@code reflections.py} tells how. */
class ReflectionMappingTest {
  private static final ReflectionKey<double[]> VEC2 =
      new ReflectionKey<>("vec2", double[].class, 2, "");

  @TempDir Path folder;

  @ParameterizedTest
  @ValueSource(strings = {"small.refl", "small_2.pickle", "small_4.pickle"})
  void columnsShouldComeUnderTypedKeys(String name) throws IOException {
    Path file = Files.write(folder.resolve(name), ReflectionFileTest.resource(name));
    Reflections r = ReflectionFile.readReflections(file);
    assertThat(r.size()).isEqualTo(3);
    assertThat(r.identifiers()).isEqualTo(Map.of(0, "a-0", 1, "b-1"));
    assertThat(r.get(ReflectionKeys.ID)).containsExactly(0, 1, -1);
    assertThat(r.flags(2)).isEqualTo((1 << 26) + 512);
    assertThat(r.get(ReflectionKeys.ENTERING)).containsExactly(true, false, true);
    assertThat(r.get(ReflectionKeys.D)).containsExactly(1.5, -0.1, -1e300);
    assertThat(r.get(VEC2)).containsExactly(1, 2, 3, 4, 5, 6.25);
    assertThat(r.value(ReflectionKeys.XYZOBS_PX, 1, 1)).isEqualTo(1e-310);
    assertThat(r.integer(ReflectionKeys.MILLER_INDEX, 2, 1)).isEqualTo(Integer.MAX_VALUE);
    assertThat(r.integer(ReflectionKeys.BBOX, 1, 0)).isEqualTo(-5);
    Shoeboxes boxes = r.get(ReflectionKeys.SHOEBOX);
    ReflectionColumn raw = ReflectionFile.read(file).column("shoebox");
    for (int row = 0; row < 3; row++) {
      Shoebox s = raw.shoebox(row);
      assertThat(boxes.panel(row)).isEqualTo(s.panel());
      for (int p = 0; p < boxes.pixels(row); p++) {
        int x = p % s.width();
        int y = p / s.width() % s.height();
        int z = p / s.width() / s.height();
        assertThat(boxes.counts(row, p)).isEqualTo(s.counts(x, y, z));
        assertThat(boxes.mask(row, p)).isEqualTo(s.mask(x, y, z));
        assertThat(boxes.background(row, p)).isEqualTo(s.background(x, y, z));
      }
    }
  }

  @Test
  void whatIsReadShouldBeWrittenAgain() throws IOException {
    Path file = Files.write(folder.resolve("a.refl"), ReflectionFileTest.resource("small.refl"));
    ReflectionTable table = ReflectionFile.read(file);
    Reflections r = table.reflections();
    Path again = folder.resolve("b.refl");
    ReflectionFile.write(again, r);
    assertThat(ReflectionFile.readReflections(again)).isEqualTo(r);
    ReflectionTable ours = ReflectionFile.read(again);
    assertThat(ours.columns().keySet()).isEqualTo(table.columns().keySet());
    ours.columns()
        .forEach((name, column) -> assertThat(column).as(name).isEqualTo(table.column(name)));
  }

  @Test
  void panelsShouldBeUnsignedInTheFile() {
    ReflectionTable t =
        ReflectionTable.of(
            Reflections.builder(2).set(ReflectionKeys.PANEL, new int[] {3, 0}).build());
    assertThat(t.column("panel", ColumnType.SIZE_T).integer(0)).isEqualTo(3);
    assertThatThrownBy(
            () ->
                ReflectionTable.of(
                    Reflections.builder(1).set(ReflectionKeys.PANEL, new int[] {-1}).build()))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("-1");
  }

  @Test
  void aColumnThatIsNotWhatItsNameSaysShouldBeNamedWithTheFile() throws IOException {
    Path file = folder.resolve("bad.refl");
    ReflectionFile.write(
        file,
        ReflectionTable.of(
            1,
            Map.of(),
            Map.of("miller_index", ReflectionColumn.ofDoubles(ColumnType.VEC3, 1, 2, 3))));
    assertThatThrownBy(() -> ReflectionFile.readReflections(file))
        .isInstanceOf(MdxFormatException.class)
        .hasMessageContaining("bad.refl")
        .hasMessageContaining("vec3<double> that should be miller_index: int[] x 3");
    Files.delete(file);
    ReflectionFile.write(
        file,
        ReflectionTable.of(
            1,
            Map.of(),
            Map.of("panel", ReflectionColumn.ofIntegers(ColumnType.SIZE_T, 1L << 40))));
    assertThatThrownBy(() -> ReflectionFile.readReflections(file))
        .isInstanceOf(MdxFormatException.class)
        .hasMessageContaining("column panel, row 0: 1099511627776");
  }

  @Test
  void aColumnWithoutCounterpartShouldBeRefused() {
    Reflections r = Reflections.builder(1).set(VEC2, new double[2]).build();
    assertThat(ReflectionTable.of(r).column("vec2").type()).isEqualTo(ColumnType.VEC2);
    ReflectionKey<double[]> four = new ReflectionKey<>("quaternion", double[].class, 4, "");
    assertThatThrownBy(() -> ReflectionTable.of(r.with(four, new double[4])))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("quaternion: double[] x 4");
  }
}
