package org.mdx.io.volume;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.mdx.crystal.SpaceGroup;
import org.mdx.crystal.UnitCell;
import org.mdx.io.MdxFormatException;
import org.mdx.table.Column;
import org.mdx.table.HKLTable;
import org.mdx.table.Subdivision;

class TableFormatsTest {
  @TempDir Path folder;

  private static final Subdivision NDIV = new Subdivision(3, 2, 5);

  private static TableFormat format(String name) {
    return TableFormats.named(name).orElseThrow();
  }

  @Test
  void formatsShouldBeFoundByTheNameOfTheFile() {
    assertThat(TableFormats.all().stream().map(TableFormat::name))
        .containsExactly("mdx2", "mtz", "csv", "hkl");
    for (String[] pair :
        new String[][] {
          {"merged.nxs", "mdx2"},
          {"A.MTZ", "mtz"},
          {"a.csv", "csv"},
          {"a.hkl", "hkl"},
          {"a.txt", "hkl"}
        }) {
      assertThat(TableFormats.ofName(Path.of(pair[0])).map(TableFormat::name)).contains(pair[1]);
    }
    assertThat(TableFormats.ofName(Path.of("a.ccp4"))).isEmpty();
    assertThat(TableFormats.named("png")).isEmpty();
  }

  @Test
  void unknownFilesShouldBeNamedWithTheFormatsThatAreRead() throws IOException {
    Path path = folder.resolve("x.mtz");
    Files.writeString(path, "no table at all");
    assertThatThrownBy(() -> TableFormats.read(path, CrystalSymmetry.NONE))
        .isInstanceOf(MdxFormatException.class)
        .hasMessageContaining("x.mtz")
        .hasMessageContaining("mdx2's NeXus, MTZ, CSV, h k l I sigma");
  }

  @ParameterizedTest
  @ValueSource(strings = {"mdx2", "mtz", "csv", "hkl"})
  void tablesShouldComeBackWithTheirValues(String name) throws IOException {
    TableFile file = Samples.table(Samples.TRICLINIC, NDIV, 120);
    Path path = folder.resolve("a.file");
    format(name).write(path, file, "intensity");
    assertThat(TableFormats.of(path)).contains(format(name));
    HKLTable back = TableFormats.read(path, CrystalSymmetry.NONE).table();
    HKLTable expected = file.table();
    if (name.equals("hkl")) {
      assertThat(back.columnNames()).containsExactlyInAnyOrder("intensity", "intensity_error");
      assertThat(back.rows()).isLessThan(expected.rows());
    } else {
      assertThat(back.columnNames()).containsExactlyInAnyOrderElementsOf(expected.columnNames());
      assertThat(back.rows()).isEqualTo(expected.rows());
    }
    assertThat(back.ndiv()).isEqualTo(NDIV);
    int[] rows = back.rowsIn(expected);
    for (String c : back.columnNames()) {
      Column one = back.column(c);
      Column other = expected.column(c);
      for (int i = 0; i < rows.length; i++) {
        double v = other.get(rows[i]);
        Float wanted = (float) v;
        assertThat((float) one.get(i)).as(c + " in row " + i).isEqualTo(wanted);
      }
    }
  }

  @Test
  void csvShouldKeepDoublePrecisionAndTypes() throws IOException {
    TableFile file = Samples.table(Samples.TRICLINIC, NDIV, 50);
    Path path = folder.resolve("a.csv");
    format("csv").write(path, file, "");
    HKLTable back = TableFormats.read(path, CrystalSymmetry.NONE).table();
    assertThat(back.column("phi").get(7)).isEqualTo(7 / 3.0);
    assertThat(back.column("count")).isEqualTo(file.table().column("count"));
    assertThat(Files.readAllLines(path).get(0))
        .isEqualTo(
            "h,k,l,count,group_0_intensity,group_0_intensity_error,group_0_count,phi,intensity,"
                + "intensity_error");
  }

  @ParameterizedTest
  @CsvSource({
    "I 2b 2c 3, 3 3 3, 195", // P 2 3
    "I 2b 2c 3, 3 3 1, 1", // the threefold axis mixes indices that are divided differently
    "P 2ac 2ab, 3 1 5, 16", // P 2 2 2
    "-C 2yc, 2 3 4, 10", // P 1 2/m 1
    "P 65 2 (0 0 5), 2 2 5, 177", // P 6 2 2
    "-R 3, 4 4 1, 147" // P -3
  })
  void theSuperCellShouldHaveTheRotationsOfTheCrystalOnly(String hall, String n, int number)
      throws IOException {
    SpaceGroup group = SpaceGroup.ofHall(hall);
    UnitCell cell =
        hall.contains("65") || hall.contains("R")
            ? new UnitCell(50, 50, 80, 90, 90, 120)
            : new UnitCell(50, 50, 50, 90, 90, 90);
    String[] d = n.split(" ");
    Subdivision ndiv =
        new Subdivision(Integer.parseInt(d[0]), Integer.parseInt(d[1]), Integer.parseInt(d[2]));
    Path path = folder.resolve("a.mtz");
    format("mtz").write(path, Samples.table(CrystalSymmetry.of(cell, group), ndiv, 9), "");
    String text = Files.readString(path, StandardCharsets.ISO_8859_1);
    assertThat(text).containsPattern("SYMINF +\\d+ +\\d+ P +" + number + " ");
    TableFile back = TableFormats.read(path, CrystalSymmetry.NONE);
    assertThat(back.symmetry()).isEqualTo(CrystalSymmetry.of(cell, group));
  }

  @Test
  void otherPeoplesMtzFilesShouldBeReadAsTheyStand() throws IOException {
    Path path = folder.resolve("a.mtz");
    format("mtz").write(path, Samples.table(Samples.TRICLINIC, NDIV, 9), "");
    String text = Files.readString(path, StandardCharsets.ISO_8859_1).replace("MDX ", "XXX ");
    Files.writeString(path, text, StandardCharsets.ISO_8859_1);
    TableFile back = TableFormats.read(path, CrystalSymmetry.NONE);
    assertThat(back.table().ndiv()).isEqualTo(Subdivision.NONE);
    assertThat(back.symmetry().cell().orElseThrow().a()).isCloseTo(94.5, within(1e-9));
    assertThat(back.symmetry().spaceGroup().orElseThrow().number()).isEqualTo(1);
  }

  @Test
  void aTableWithoutCellShouldNotBecomeMtz() {
    assertThatThrownBy(
            () ->
                format("mtz")
                    .write(
                        folder.resolve("a.mtz"), Samples.table(CrystalSymmetry.NONE, NDIV, 9), ""))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("MTZ needs a unit cell");
  }

  @Test
  void textOfOtherProgramsShouldBeReadWithTheSmallestSubdivisionThatFits() throws IOException {
    Path path = folder.resolve("a.hkl");
    Files.writeString(path, "0.5 1 -0.333333 12.5 1\n 1 2 0.5 -3 0.25 extra\n\n");
    HKLTable t = TableFormats.read(path, CrystalSymmetry.NONE).table();
    assertThat(t.ndiv()).isEqualTo(new Subdivision(2, 1, 6));
    assertThat(t.l().value(0)).isEqualTo(-2);
    assertThat(t.l().value(1)).isEqualTo(3);
    assertThat(t.column("intensity").get(1)).isEqualTo(-3);
    Files.writeString(path, "0.5 1 -0.3333 12.5 1\n 1 2 0.5 three 0.25\n");
    assertThatThrownBy(() -> TableFormats.read(path, CrystalSymmetry.NONE))
        .isInstanceOf(MdxFormatException.class)
        .hasMessageContaining("line 2")
        .hasMessageContaining("three");
  }
}
