package org.mdx.io.cif;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import org.mdx.crystal.Crystal;
import org.mdx.crystal.UnitCell;
import org.mdx.geometry.Geometry;
import org.mdx.geometry.Scan;
import org.mdx.io.output.AtomicFile;
import org.mdx.math.Mat3;
import org.mdx.math.Vec3;

/**
 * Writes intensities of one sweep as PETS writes {@code cif_pets} (Palatinus et al., 2019, Acta
 * Cryst. B 75, 512): virtual frames with their zone axes, and each reflection with the frame that
 * its middle lies in. The laboratory of the file has the rotation axis along x and the source along
 * z.
 */
public final class PetsCif {
  /** Least rotation of a virtual frame, degrees. */
  private static final double WIDTH = 1;

  private PetsCif() {}

  /**
   * Writes a file with virtual frames of 1° or more.
   *
   * @param path the file
   * @param rows intensities of one sweep; those that are not finite are left out
   * @throws IOException if it cannot be written; nothing is left behind
   * @throws IllegalArgumentException if there are several sweeps, or the sample stood still
   */
  public static void write(Path path, CifRows rows) throws IOException {
    double width = Math.abs(rows.geometries().get(0).scan().width());
    write(path, rows, width == 0 ? 1 : Math.max(1, (int) Math.ceil(WIDTH / width - 1e-6)));
  }

  /**
   * Writes a file.
   *
   * @param path the file
   * @param rows intensities of one sweep; those that are not finite are left out
   * @param merged images of a virtual frame
   * @throws IOException if it cannot be written; nothing is left behind
   * @throws IllegalArgumentException if there are several sweeps, the sample stood still, or merged
   *     is below 1
   */
  public static void write(Path path, CifRows rows, int merged) throws IOException {
    if (rows.geometries().size() != 1) {
      throw new IllegalArgumentException(
          rows.geometries().size()
              + " sweeps: a file of PETS holds one; write each by itself, after mdx dials-split");
    }
    Geometry g = rows.geometries().get(0);
    if (g.scan().width() == 0 || merged < 1) {
      throw new IllegalArgumentException(
          merged < 1
              ? merged + " images of a virtual frame, must be 1 or more"
              : "the sample stood still: PETS takes rotations");
    }
    int frames = (g.scan().frames() + merged - 1) / merged;
    StringBuilder b = new StringBuilder();
    head(b, g, merged);
    zoneAxes(b, g, merged, frames);
    reflections(b, rows, merged);
    byte[] bytes = b.toString().getBytes(StandardCharsets.US_ASCII);
    AtomicFile.write(path, out -> out.write(bytes));
  }

  private static void head(StringBuilder b, Geometry g, int merged) {
    Crystal crystal = g.crystal().orElseThrow();
    UnitCell c = crystal.cell();
    line(b, "data_pets");
    line(b, "_cell_length_a %.5f", c.a());
    line(b, "_cell_length_b %.5f", c.b());
    line(b, "_cell_length_c %.5f", c.c());
    line(b, "_cell_angle_alpha %.5f", c.alpha());
    line(b, "_cell_angle_beta %.5f", c.beta());
    line(b, "_cell_angle_gamma %.5f", c.gamma());
    line(b, "_cell_volume %.5f", c.volume());
    line(b, "_diffrn_radiation_wavelength %.5f", g.beam().wavelength());
    double[] ub = laboratory(g).times(g.goniometer().rotation(0)).times(crystal.a()).toRowMajor();
    for (int i = 0; i < ub.length; i++) {
      line(b, "_diffrn_orient_matrix_UB_%d%d %.5f", i / 3 + 1, i % 3 + 1, ub[i]);
    }
    line(b, "_diffrn_pets_omega 0.00000");
    line(b, "_diffrn_measurement_details");
    line(b, ";");
    line(b, "data collection geometry: continuous rotation");
    line(b, "dstarmax:  0.000");
    line(b, "RC width:  0.00000");
    line(b, "mosaicity:  0.000");
    line(b, "rotation axis position:  000.000");
    line(b, "reflection size:    0.000");
    line(b, "Virtual frame settings: number of merged frames:  %d", merged);
    line(b, "                        step between frames:      %d", merged);
    line(b, "                        sum all intensities:      1");
    line(b, ";");
    line(b, "");
  }

  /** Rows x along the rotation axis, z towards the source, y = z × x. */
  private static Mat3 laboratory(Geometry g) {
    Vec3 x = g.goniometer().laboratoryAxis().unit();
    Vec3 source = g.beam().direction();
    Vec3 z = source.minus(x.times(source.dot(x))).unit();
    return Mat3.ofRows(x, z.cross(x), z);
  }

  private static void zoneAxes(StringBuilder b, Geometry g, int merged, int frames) {
    line(b, "loop_");
    for (String column :
        new String[] {"id", "u", "v", "w", "precession_angle", "alpha", "beta", "omega", "scale"}) {
      line(b, "_diffrn_zone_axis_%s", column);
    }
    Scan scan = g.scan();
    for (int f = 0; f < frames; f++) {
      int end = Math.min(scan.frames(), (f + 1) * merged);
      double middle = (f * merged + end) / 2.0;
      double alpha = scan.phiAt(middle);
      Crystal crystal = g.crystal().orElseThrow();
      Mat3 a = crystal.scanPoints().isEmpty() ? crystal.a() : crystal.a(middle);
      // direction [u v w] towards the source: u = a*·d, and so on
      Vec3 u = g.goniometer().rotation(alpha).times(a).transpose().times(g.beam().direction());
      double most = Math.max(Math.abs(u.x()), Math.max(Math.abs(u.y()), Math.abs(u.z())));
      line(
          b,
          "%4d %8.5f %8.5f %8.5f %12.3f %9.3f %9.3f %9.3f %9.3f",
          f + 1,
          u.x() / most,
          u.y() / most,
          u.z() / most,
          Math.abs(scan.width()) * (end - f * merged) / 2,
          alpha,
          0.0,
          0.0,
          1.0);
    }
    line(b, "");
  }

  private static void reflections(StringBuilder b, CifRows rows, int merged) {
    line(b, "loop_");
    for (String column : new String[] {"index_h", "index_k", "index_l"}) {
      line(b, "_refln_%s", column);
    }
    line(b, "_refln_intensity_meas");
    line(b, "_refln_intensity_sigma");
    line(b, "_refln_zone_axis_id");
    List<Integer> order = new ArrayList<>();
    for (int i = 0; i < rows.size(); i++) {
      if (Double.isFinite(rows.intensity()[i])) {
        order.add(i);
      }
    }
    order.sort(Comparator.comparingInt(i -> rows.frame(i) / merged));
    int[] h = rows.indices();
    for (int i : order) {
      line(
          b,
          "%4d%4d%4d %11.2f %11.2f %5d",
          h[3 * i],
          h[3 * i + 1],
          h[3 * i + 2],
          rows.intensity()[i],
          rows.sigma()[i],
          rows.frame(i) / merged + 1);
    }
  }

  private static void line(StringBuilder b, String pattern, Object... values) {
    b.append(String.format(Locale.ROOT, pattern, values)).append('\n');
  }
}
