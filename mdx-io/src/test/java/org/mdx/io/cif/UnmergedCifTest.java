package org.mdx.io.cif;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.mdx.geometry.Geometry;
import org.mdx.io.dials.Dials;
import org.mdx.sim.bragg.SweepKind;

/** Intensities as CIF, against files of other programs. */
class UnmergedCifTest {
  private static final Path QUARTZ =
      Path.of(System.getProperty("mdx.reference", "absent"), "real/bragg/quartz_processed");

  @TempDir private Path folder;

  private static CifRows rows(Geometry g) {
    double middle = g.scan().phi(1);
    return new CifRows(
        List.of(g),
        new int[] {1, -2, 3, 4, 5, 6},
        new double[] {10.5, Double.NaN},
        new double[] {2.25, 1},
        new int[] {1, 1},
        new double[] {middle, middle});
  }

  @Test
  void rowsWithoutAValueShouldBeLeftOut() throws IOException {
    Geometry g = SweepKind.DEMO.sweep(1).trueGeometries().get(0);
    Path file = folder.resolve("a.cif");
    UnmergedCif.write(file, rows(g));
    List<String> lines = Files.readAllLines(file);
    assertThat(lines).contains("_diffrn_refln.pdbx_image_id", "_symmetry.Int_Tables_number 199");
    assertThat(lines.get(lines.size() - 1))
        .isEqualTo(
            String.format(
                java.util.Locale.ROOT,
                "1 1 1 -2 3 10.50000 2.25000 %.4f %d",
                g.scan().phi(1),
                g.scan().firstImage() + 1));
  }

  @Test
  void severalSweepsShouldBeRefusedByPets() {
    Geometry g = SweepKind.DEMO.sweep(1).trueGeometries().get(0);
    CifRows two =
        new CifRows(
            List.of(g, g), new int[3], new double[1], new double[1], new int[] {1}, new double[1]);
    assertThatThrownBy(() -> PetsCif.write(folder.resolve("a.cif_pets"), two))
        .hasMessageContaining("2 sweeps")
        .hasMessageContaining("dials-split");
  }

  /** DIALS wrote the file with two images in a virtual frame and a step of one. */
  @Test
  void zoneAxesOfQuartzShouldBeThoseOfDials() throws IOException {
    assumeTrue(Files.exists(QUARTZ), "no reference data; give -Dmdx.reference=DIR");
    Geometry g = Dials.readGeometry(QUARTZ.resolve("integrated.expt"));
    Path file = folder.resolve("quartz.cif_pets");
    PetsCif.write(file, rows(g), 2);
    Map<Double, double[]> ours = axes(file);
    Map<Double, double[]> theirs = axes(QUARTZ.resolve("dials_prf.cif_pets"));
    assertThat(ours).hasSize(50);
    for (Map.Entry<Double, double[]> e : ours.entrySet()) {
      for (int i = 0; i < 3; i++) {
        assertThat(e.getValue()[i]).isCloseTo(theirs.get(e.getKey())[i], within(2e-5));
      }
    }
    assertThat(Files.readString(file)).contains("   1  -2   3       10.50        2.25     1");
  }

  /** u, v, w of the zone axes by alpha. */
  private static Map<Double, double[]> axes(Path file) throws IOException {
    Map<Double, double[]> all = new HashMap<>();
    List<String> lines = Files.readAllLines(file);
    int at = lines.indexOf("_diffrn_zone_axis_scale") + 1;
    for (; at < lines.size() && !lines.get(at).isBlank(); at++) {
      if (lines.get(at).startsWith("loop_")) {
        break;
      }
      List<Double> v = new ArrayList<>();
      for (String word : lines.get(at).strip().split("\\s+")) {
        v.add(Double.parseDouble(word));
      }
      all.put(v.get(5), new double[] {v.get(1), v.get(2), v.get(3)});
    }
    return all;
  }
}
