package org.mdx.io.cif;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Locale;
import org.mdx.crystal.Crystal;
import org.mdx.crystal.UnitCell;
import org.mdx.io.output.AtomicFile;

/**
 * Writes intensities that are not merged as mmCIF, in the category {@code diffrn_refln}. Source:
 * the dictionary of wwPDB, https://mmcif.wwpdb.org.
 */
public final class UnmergedCif {
  private UnmergedCif() {}

  /**
   * Writes a file.
   *
   * @param path the file
   * @param rows intensities; those that are not finite are left out
   * @throws IOException if it cannot be written; nothing is left behind
   */
  public static void write(Path path, CifRows rows) throws IOException {
    AtomicFile.write(
        path,
        out -> {
          out.write(head(rows).getBytes(StandardCharsets.US_ASCII));
          int id = 0;
          for (int i = 0; i < rows.size(); i++) {
            if (Double.isFinite(rows.intensity()[i])) {
              out.write(row(rows, i, ++id).getBytes(StandardCharsets.US_ASCII));
            }
          }
        });
  }

  private static String head(CifRows rows) {
    StringBuilder b = new StringBuilder("data_mdx\n\n_entry.id mdx\n\n");
    Crystal crystal = rows.geometries().get(0).crystal().orElseThrow();
    UnitCell c = crystal.cell();
    b.append("_exptl_crystal.id 1\n\nloop_\n_diffrn.id\n_diffrn.crystal_id\n_diffrn.details\n");
    int n = rows.geometries().size();
    for (int i = 1; i <= n; i++) {
      b.append(i).append(" 1 'unmerged data'\n");
    }
    b.append("\nloop_\n_diffrn_measurement.diffrn_id\n_diffrn_measurement.details\n");
    for (int i = 0; i < n; i++) {
      b.append(i + 1)
          .append(" '")
          .append(rows.geometries().get(i).scan().frames())
          .append(" frames'\n");
    }
    b.append("\nloop_\n_diffrn_radiation.diffrn_id\n_diffrn_radiation.wavelength_id\n");
    for (int i = 1; i <= n; i++) {
      b.append(i).append(' ').append(i).append('\n');
    }
    b.append("\nloop_\n_diffrn_radiation_wavelength.id\n_diffrn_radiation_wavelength.wavelength\n");
    for (int i = 0; i < n; i++) {
      b.append(format("%d %.6f\n", i + 1, rows.geometries().get(i).beam().wavelength()));
    }
    b.append("\n_cell.entry_id mdx\n");
    b.append(format("_cell.length_a %.4f\n_cell.length_b %.4f\n", c.a(), c.b()));
    b.append(format("_cell.length_c %.4f\n_cell.angle_alpha %.4f\n", c.c(), c.alpha()));
    b.append(format("_cell.angle_beta %.4f\n_cell.angle_gamma %.4f\n", c.beta(), c.gamma()));
    b.append("\n_symmetry.entry_id mdx\n_symmetry.space_group_name_H-M '");
    b.append(crystal.spaceGroup().hermannMauguin()).append("'\n_symmetry.Int_Tables_number ");
    b.append(crystal.spaceGroup().number()).append("\n\nloop_\n");
    for (String column :
        new String[] {
          "diffrn_id",
          "id",
          "index_h",
          "index_k",
          "index_l",
          "intensity_net",
          "intensity_sigma",
          "pdbx_scan_angle",
          "pdbx_image_id"
        }) {
      b.append("_diffrn_refln.").append(column).append('\n');
    }
    return b.toString();
  }

  private static String row(CifRows rows, int i, int id) {
    int[] h = rows.indices();
    return format(
        "%d %d %d %d %d %.7g %.6g %.4f %d\n",
        rows.sweep()[i],
        id,
        h[3 * i],
        h[3 * i + 1],
        h[3 * i + 2],
        rows.intensity()[i],
        rows.sigma()[i],
        rows.angle()[i],
        rows.geometry(i).scan().firstImage() + rows.frame(i));
  }

  private static String format(String pattern, Object... values) {
    return String.format(Locale.ROOT, pattern, values);
  }
}
