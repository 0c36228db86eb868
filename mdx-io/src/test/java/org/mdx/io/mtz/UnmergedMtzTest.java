package org.mdx.io.mtz;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.mdx.crystal.Crystal;
import org.mdx.crystal.SpaceGroup;
import org.mdx.crystal.SymmetryOperator;
import org.mdx.crystal.UnitCell;
import org.mdx.geometry.Geometry;
import org.mdx.io.text.ShelxHkl;
import org.mdx.io.text.ShelxInstructions;
import org.mdx.math.Mat3;
import org.mdx.reflection.ReflectionFlag;
import org.mdx.reflection.ReflectionKeys;
import org.mdx.reflection.Reflections;
import org.mdx.sim.bragg.SpotSweep;
import org.mdx.sim.bragg.SweepKind;

/** Files of intensities that are not merged, taken apart by hand. */
class UnmergedMtzTest {
  private static final int COLUMNS = 18;

  @TempDir private Path folder;

  private final SpotSweep sweep = SweepKind.DEMO.sweep(1);
  private final List<Geometry> geometries = sweep.trueGeometries();

  private Reflections integrated() {
    Reflections r = sweep.reflections(List.of());
    int n = r.size();
    long[] flags = new long[n];
    Arrays.fill(flags, ReflectionFlag.INTEGRATED_SUM.mask());
    flags[0] = 0;
    double[] half = new double[n];
    Arrays.fill(half, 0.5);
    return r.with(ReflectionKeys.FLAGS, flags)
        .with(ReflectionKeys.XYZOBS_PX, r.get(ReflectionKeys.XYZCAL_PX))
        .with(ReflectionKeys.LP, half)
        .with(ReflectionKeys.QE, half)
        .with(ReflectionKeys.PARTIALITY, half)
        .with(ReflectionKeys.BACKGROUND_SUM, half)
        .with(ReflectionKeys.BACKGROUND_SUM_VARIANCE, half);
  }

  @Test
  void rowsShouldLeadBackToTheirOriginalIndices() throws IOException {
    Reflections r = integrated();
    Path file = folder.resolve("a.mtz");
    UnmergedMtz.write(file, UnmergedIntensities.of(geometries, r));
    ByteBuffer b = ByteBuffer.wrap(Files.readAllBytes(file)).order(ByteOrder.LITTLE_ENDIAN);
    int header = 4 * (b.getInt(4) - 1);
    int rows = (header - 80) / 4 / COLUMNS;
    assertThat(rows).isEqualTo(r.size() - 1);
    String text = new String(b.array(), header, b.capacity() - header, StandardCharsets.ISO_8859_1);
    int frames = geometries.get(0).scan().frames();
    assertThat(text).startsWith("VERS MTZ:V1.1").contains("NCOL " + String.format("%8d", COLUMNS));
    assertThat(text.trim()).endsWith("MTZENDOFHEADERS");
    assertThat(text.split("BHCH", -1)).hasSize(frames + 1);
    Map<List<Integer>, Double> sums = new HashMap<>();
    for (int i = 1; i < r.size(); i++) {
      sums.merge(
          List.of(
              r.integer(ReflectionKeys.MILLER_INDEX, i, 0),
              r.integer(ReflectionKeys.MILLER_INDEX, i, 1),
              r.integer(ReflectionKeys.MILLER_INDEX, i, 2)),
          2 * r.value(ReflectionKeys.INTENSITY_SUM, i, 0),
          Double::sum);
    }
    for (int i = 0; i < rows; i++) {
      float[] v = new float[COLUMNS];
      for (int c = 0; c < COLUMNS; c++) {
        v[c] = b.getFloat(80 + 4 * (i * COLUMNS + c));
      }
      assertThat(v[4]).isBetween(1f, (float) frames);
      sums.merge(original(v), (double) -v[5], Double::sum);
    }
    sums.values().forEach(s -> assertThat(s).isCloseTo(0, within(1.0)));
  }

  /** (h k l)·R⁻¹, or minus it, of the operator that M/ISYM names. */
  private List<Integer> original(float[] v) {
    SpaceGroup group = geometries.get(0).crystal().orElseThrow().spaceGroup();
    int isym = (int) v[3];
    SymmetryOperator back = group.operators().get((isym - 1) / 2).inverse();
    int sign = isym % 2 == 1 ? 1 : -1;
    Integer[] h = new Integer[3];
    for (int j = 0; j < 3; j++) {
      h[j] = 0;
      for (int i = 0; i < 3; i++) {
        h[j] += sign * (int) v[i] * back.rotation(i, j);
      }
    }
    return List.of(h);
  }

  @Test
  void shelxShouldGetFixedColumns() throws IOException {
    Path file = folder.resolve("a.hkl");
    ShelxHkl.write(
        file, new int[] {1, -2, 13}, new double[] {5e6}, new double[] {1e3}, new int[] {2});
    assertThat(Files.readAllLines(file))
        .containsExactly("   1  -2  13 9999.90    2.00   2", "   0   0   0    0.00    0.00   0");
    assertThatThrownBy(
            () ->
                ShelxHkl.write(
                    file, new int[] {1000, 0, 0}, new double[1], new double[1], new int[1]))
        .hasMessageContaining("three digits");
  }

  @Test
  void nothingIntegratedShouldBeAnError() {
    Reflections r = integrated();
    Reflections none = r.with(ReflectionKeys.FLAGS, new long[r.size()]);
    assertThatThrownBy(() -> UnmergedIntensities.of(geometries, none))
        .hasMessageContaining("is integrated");
  }

  @Test
  void aFailedSumShouldBeMissingAndFlagged() throws IOException {
    Reflections r = integrated();
    long[] flags = r.get(ReflectionKeys.FLAGS);
    flags[1] =
        ReflectionFlag.INTEGRATED_PRF.mask()
            | ReflectionFlag.FAILED_DURING_SUMMATION.mask()
            | ReflectionFlag.OVERLOADED.mask();
    double[] ones = new double[r.size()];
    Arrays.fill(ones, 7);
    Reflections all =
        r.with(ReflectionKeys.FLAGS, flags)
            .with(ReflectionKeys.INTENSITY_PRF, ones)
            .with(ReflectionKeys.INTENSITY_PRF_VARIANCE, ones);
    UnmergedIntensities rows = UnmergedIntensities.of(geometries, all);
    Path file = folder.resolve("a.mtz");
    UnmergedMtz.write(file, rows);
    ByteBuffer b = ByteBuffer.wrap(Files.readAllBytes(file)).order(ByteOrder.LITTLE_ENDIAN);
    int failed = 0;
    for (int i = 0; i < rows.size(); i++) {
      int at = 80 + 4 * i * COLUMNS;
      boolean missing = Float.isNaN(b.getFloat(at + 4 * 5));
      failed += missing ? 1 : 0;
      assertThat(b.getFloat(at + 4 * 17)).isEqualTo(missing ? 48f : 0f);
      assertThat(Float.isNaN(b.getFloat(at + 4 * 7))).isEqualTo(!missing);
    }
    assertThat(failed).isEqualTo(1);
    assertThat(Arrays.stream(rows.intensities()).filter(Double::isNaN).count()).isZero();
  }

  @Test
  void gemmiShouldReadRowsAndBatches() throws Exception {
    Path file = folder.resolve("a.mtz");
    Path cif = folder.resolve("a.cif");
    UnmergedIntensities rows = UnmergedIntensities.of(geometries, integrated());
    UnmergedMtz.write(file, rows);
    Process gemmi;
    try {
      gemmi =
          new ProcessBuilder("gemmi", "mtz2cif", file.toString(), cif.toString())
              .redirectErrorStream(true)
              .start();
    } catch (IOException absent) {
      assumeTrue(false, "no gemmi");
      return;
    }
    String said = new String(gemmi.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(gemmi.waitFor()).as(said).isZero();
    List<String> lines = Files.readAllLines(cif);
    assertThat(lines).anyMatch(l -> l.contains(geometries.get(0).scan().frames() + " frames"));
    long observations = lines.stream().filter(l -> l.matches("1 \\d+ -?\\d+ -?\\d+ .*")).count();
    assertThat(observations).isEqualTo(rows.size());
  }

  @Test
  void shelxShouldGetTheSymmetryThatTheLatticeDoesNotTell() throws IOException {
    Path file = folder.resolve("a.ins");
    Crystal crystal = geometries.get(0).crystal().orElseThrow();
    ShelxInstructions.write(file, "a", crystal, 0.9768);
    List<String> lines = Files.readAllLines(file);
    // I 21 3: acentric, body-centred, twelve operators, of which x, y, z is not listed
    assertThat(lines).contains("LATT -2", "HKLF 4");
    assertThat(lines.stream().filter(l -> l.startsWith("SYMM")))
        .hasSize(11)
        .doesNotHaveDuplicates();
    UnitCell cell = new UnitCell(5, 6, 7, 90, 100, 90);
    Mat3 axes = cell.orthogonalization().transpose();
    ShelxInstructions.write(
        file, "b", Crystal.ofRealSpaceAxes(axes, SpaceGroup.ofNumber(14)), 0.71073);
    assertThat(Files.readAllLines(file))
        .contains("CELL 0.71073 5.0000 6.0000 7.0000 90.000 100.000 90.000", "LATT 1")
        .filteredOn(l -> l.startsWith("SYMM"))
        .hasSize(1);
  }
}
