package org.mdx.cli.file;

import java.io.IOException;
import java.nio.file.Path;
import org.mdx.crystal.LaueGroup;
import org.mdx.crystal.SpaceGroup;
import org.mdx.expand.MapOptions;
import org.mdx.expand.Mapper;
import org.mdx.io.MdxFormatException;
import org.mdx.io.input.SweepFiles;
import org.mdx.io.volume.CrystalSymmetry;
import org.mdx.io.volume.MapFile;
import org.mdx.io.volume.MapFormats;
import org.mdx.io.volume.MapRows;
import org.mdx.io.volume.TableFile;
import org.mdx.io.volume.TableFormats;
import org.mdx.map.ReciprocalMap;
import org.mdx.parallel.Parallel;
import org.mdx.table.HKLTable;

/** A map or a table, whichever a file holds, that becomes the other if it is asked to. */
public final class ExportInput {
  private final MapFile map;
  private final TableFile table;

  private ExportInput(MapFile map, TableFile table) {
    this.map = map;
    this.table = table;
  }

  /**
   * Reads a file.
   *
   * @param path map or table of any format that is read
   * @param geometry has cell and symmetry; may be null
   */
  public static ExportInput read(Path path, Path geometry) throws IOException {
    CrystalSymmetry symmetry =
        geometry == null ? CrystalSymmetry.NONE : CrystalSymmetry.of(SweepFiles.crystal(geometry));
    if (TableFormats.of(path).isPresent()) {
      return new ExportInput(null, TableFormats.read(path, symmetry));
    }
    if (MapFormats.of(path).isPresent()) {
      return new ExportInput(MapFormats.read(path, symmetry), null);
    }
    throw new MdxFormatException(
        path,
        "",
        "a table (mdx2's NeXus, MTZ, CSV, h k l I sigma) or a map (mdx2's NeXus, NXdata, Yell or"
            + " meerkat HDF5, CCP4/MRC, NPY, VTI, Lunus .lat)",
        "another file",
        "");
  }

  public boolean isTable() {
    return table != null;
  }

  /** Cell and symmetry, as far as the file or the geometry has them. */
  public CrystalSymmetry symmetry() {
    return isTable() ? table.symmetry() : map.symmetry();
  }

  /**
   * The table, or the measured voxels of the map.
   *
   * @param asymmetric whether those of a map with a space group are to be just the ones of the
   *     asymmetric unit, where its mates are alike
   */
  public TableFile table(boolean asymmetric) {
    if (isTable()) {
      return table;
    }
    HKLTable rows =
        map.symmetry()
            .spaceGroup()
            .filter(group -> asymmetric)
            .flatMap(group -> MapRows.asymmetric(map.map(), group))
            .orElseGet(() -> MapRows.of(map.map()));
    return new TableFile(rows, map.symmetry());
  }

  /** The same with another table in place of its own. */
  public ExportInput with(HKLTable other) {
    return new ExportInput(null, new TableFile(other, symmetry()));
  }

  /** The map as it is, or that of a column of the table with all equivalents. */
  public MapFile map(String column, Parallel parallel) {
    return map(new Expansion(column, true, null, true), parallel);
  }

  /** How a table becomes a map, without limits all that there is, and a map a table. */
  record Expansion(String column, boolean symmetric, double[] limits, boolean asymmetric) {}

  /** The map as it is, or that of a column of the table. */
  MapFile map(Expansion how, Parallel parallel) {
    if (!isTable()) {
      return map;
    }
    HKLTable t = table.table();
    if (!how.symmetric) {
      MapOptions options = options(how, t, new int[][] {{1, 0, 0, 0, 1, 0, 0, 0, 1}});
      return new MapFile(Mapper.of(options).map(t, parallel), table.symmetry());
    }
    LaueGroup laue =
        table
            .symmetry()
            .spaceGroup()
            .map(SpaceGroup::laueGroup)
            .orElseThrow(
                () ->
                    new IllegalArgumentException(
                        "filling the equivalents needs a space group, and the input has none; give"
                            + " --geometry, or --no-symmetry to map the rows as they stand"));
    int[][] operators = new int[laue.order()][];
    for (int n = 0; n < operators.length; n++) {
      operators[n] = laue.operator(n);
    }
    ReciprocalMap m = Mapper.of(options(how, t, operators)).map(t, laue, parallel);
    return new MapFile(m, table.symmetry());
  }

  private static MapOptions options(Expansion how, HKLTable t, int[][] operators) {
    double[] v = how.limits == null ? bounds(t, operators) : how.limits;
    return MapOptions.defaults().limits(v[0], v[1], v[2], v[3], v[4], v[5]).signal(how.column);
  }

  /** The region that the rows and their equivalents fill. */
  private static double[] bounds(HKLTable t, int[][] operators) {
    if (t.rows() == 0) {
      throw new IllegalArgumentException("the table has no rows; there is nothing to map");
    }
    double inf = Double.POSITIVE_INFINITY;
    double[] b = {inf, -inf, inf, -inf, inf, -inf};
    for (int i = 0; i < t.rows(); i++) {
      double h = (double) t.h().value(i) / t.ndiv().h();
      double k = (double) t.k().value(i) / t.ndiv().k();
      double l = (double) t.l().value(i) / t.ndiv().l();
      for (int[] r : operators) {
        for (int j = 0; j < 3; j++) {
          double v = h * r[j] + k * r[3 + j] + l * r[6 + j];
          b[2 * j] = Math.min(b[2 * j], v);
          b[2 * j + 1] = Math.max(b[2 * j + 1], v);
        }
      }
    }
    return b;
  }

  @Override
  public String toString() {
    return isTable() ? table.table().toString() : map.map().toString();
  }
}
