package org.mdx.io.vtk;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Locale;
import org.mdx.crystal.UnitCell;
import org.mdx.io.output.AtomicFile;
import org.mdx.io.volume.MapFile;
import org.mdx.io.volume.MapValues;
import org.mdx.map.ReciprocalMap;
import org.mdx.map.VoxelBox;

/**
 * Writes VTK's legacy format as text, structured points, the only form that Lunus reads: x, y, z
 * are h/a, k/b and l/c in Å⁻¹, −32768 is not measured, and the title has the cell and space group
 * as Lunus's {@code lreadvtk.c} looks for them.
 */
public final class LegacyVtk {
  private static final float MASK_TAG = -32768;

  private LegacyVtk() {}

  /**
   * Writes a map.
   *
   * @param path the file, which appears whole or not at all
   * @param file the map; its cell must be known
   * @throws IOException if the file cannot be written
   * @throws IllegalArgumentException if there is no cell
   */
  public static void write(Path path, MapFile file) throws IOException {
    UnitCell c = file.symmetry().requireCell("legacy VTK for Lunus");
    ReciprocalMap map = file.map();
    VoxelBox b = map.box();
    double[] step = {
      1 / (c.a() * map.ndiv().h()), 1 / (c.b() * map.ndiv().k()), 1 / (c.c() * map.ndiv().l())
    };
    String group = file.symmetry().spaceGroup().map(g -> g.hermannMauguin()).orElse("P 1");
    String header =
        "# vtk DataFile Version 2.0\nlattice_type=PR;unit_cell="
            + format("%.4f,%.4f,%.4f,", c.a(), c.b(), c.c())
            + format("%.4f,%.4f,%.4f", c.alpha(), c.beta(), c.gamma())
            + ";space_group="
            + group.split("[:(]")[0].replace(" ", "")
            + ";\nASCII\nDATASET STRUCTURED_POINTS\n"
            + format("DIMENSIONS %d %d %d\n", b.nh(), b.nk(), b.nl())
            + format("SPACING %.9g %.9g %.9g\n", step[0], step[1], step[2])
            + format("ORIGIN %.9g %.9g", b.h0() * step[0], b.k0() * step[1])
            + format(" %.9g\n", b.l0() * step[2])
            + format("POINT_DATA %d\nSCALARS volume_scalars float 1\n", map.size())
            + "LOOKUP_TABLE default\n";
    AtomicFile.write(
        path,
        out -> {
          out.write(header.getBytes(StandardCharsets.US_ASCII));
          MapValues.of(map, MASK_TAG)
              .hFastest(
                  (row, n) -> {
                    StringBuilder line = new StringBuilder();
                    for (int i = 0; i < n; i++) {
                      line.append(row[i]).append(' ');
                    }
                    out.write(line.append('\n').toString().getBytes(StandardCharsets.US_ASCII));
                  });
        });
  }

  private static String format(String pattern, Object... values) {
    return String.format(Locale.ROOT, pattern, values);
  }
}
