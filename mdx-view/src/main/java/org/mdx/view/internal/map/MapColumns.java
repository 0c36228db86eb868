package org.mdx.view.internal.map;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.IntToDoubleFunction;
import org.mdx.crystal.UnitCell;
import org.mdx.map.ReciprocalMap;
import org.mdx.math.Mat3;
import org.mdx.math.Vec3;
import org.mdx.parallel.Parallel;
import org.mdx.stats.IsotropicAverage;
import org.mdx.stats.ShellOptions;
import org.mdx.table.Column;
import org.mdx.table.ColumnNames;
import org.mdx.table.HKLTable;
import org.mdx.table.Subdivision;

/** The quantities that a table or a map has to show. */
final class MapColumns {
  private static final String HALF_0 = ColumnNames.GROUP_0 + ColumnNames.INTENSITY;
  private static final String HALF_1 = ColumnNames.GROUP_1 + ColumnNames.INTENSITY;

  private final VoxelSource voxels;
  private final UnitCell cell;
  private final Map<String, MapColumn> columns = new LinkedHashMap<>();

  private MapColumns(VoxelSource voxels, UnitCell cell) {
    this.voxels = voxels;
    this.cell = cell;
  }

  static Map<String, MapColumn> of(HKLTable t, VoxelSource voxels, UnitCell cell) {
    MapColumns c = new MapColumns(voxels, cell);
    if (t.has(ColumnNames.INTENSITY)) {
      Column intensity = t.column(ColumnNames.INTENSITY);
      c.add("intensity", "I", MapColumn.Kind.AMOUNT, intensity::get);
      c.addAnisotropic(intensity::get);
      if (t.has(ColumnNames.INTENSITY_ERROR)) {
        Column error = t.column(ColumnNames.INTENSITY_ERROR);
        c.add("sigma", "σ", MapColumn.Kind.AMOUNT, error::get);
        c.add("i_over_sigma", "I/σ", MapColumn.Kind.AMOUNT, i -> intensity.get(i) / error.get(i));
      }
    }
    if (t.has(ColumnNames.COUNT)) {
      c.add("count", "count", MapColumn.Kind.AMOUNT, t.column(ColumnNames.COUNT)::get);
    }
    if (t.has(HALF_0) && t.has(HALF_1)) {
      Column first = t.column(HALF_0);
      Column second = t.column(HALF_1);
      c.add("half_0", "I of half 0", MapColumn.Kind.AMOUNT, first::get);
      c.add("half_1", "I of half 1", MapColumn.Kind.AMOUNT, second::get);
      c.add(
          "half_difference",
          "half 1 − half 0",
          MapColumn.Kind.SIGNED,
          i -> second.get(i) - first.get(i));
    }
    if (c.columns.isEmpty()) {
      for (String name : t.columnNames()) {
        if (name.matches("[A-Za-z0-9_.]{1,60}")) {
          c.add(name, name, MapColumn.Kind.AMOUNT, t.column(name)::get);
        }
      }
    }
    if (c.columns.isEmpty()) {
      throw new IllegalArgumentException("the table has no column to show");
    }
    return c.columns;
  }

  static Map<String, MapColumn> of(ReciprocalMap map, MapVoxels voxels, UnitCell cell) {
    MapColumns c = new MapColumns(voxels, cell);
    boolean intensity = map.name().equals(ColumnNames.INTENSITY);
    c.add(
        "intensity",
        intensity ? "I" : map.name().replace('_', ' '),
        signed(map) ? MapColumn.Kind.SIGNED : MapColumn.Kind.AMOUNT,
        voxels::value);
    c.addAnisotropic(voxels::value);
    return c.columns;
  }

  /** A map whose values lie below 0 as far as above, but for their noise. */
  private static boolean signed(ReciprocalMap map) {
    double low = 0;
    double high = 0;
    for (float v : map.toArray()) {
      if (Math.abs(v) <= Float.MAX_VALUE) {
        low += Math.min(0, v);
        high += Math.max(0, v);
      }
    }
    return -low > 0.25 * high;
  }

  private void add(String name, String label, MapColumn.Kind kind, IntToDoubleFunction values) {
    columns.put(name, new MapColumn(name, label, kind, () -> values));
  }

  private void addAnisotropic(IntToDoubleFunction intensity) {
    columns.put(
        "aniso",
        new MapColumn(
            "aniso", "I − isotropic", MapColumn.Kind.SIGNED, () -> anisotropic(intensity)));
  }

  private IntToDoubleFunction anisotropic(IntToDoubleFunction intensity) {
    double[] s = new double[voxels.rows()];
    double[] value = new double[s.length];
    int[] hkl = new int[3];
    for (int i = 0; i < s.length; i++) {
      voxels.index(i, hkl);
      s[i] = length(hkl[0], hkl[1], hkl[2]);
      value[i] = intensity.applyAsDouble(i);
    }
    ShellOptions options = ShellOptions.defaults();
    IsotropicAverage average =
        IsotropicAverage.of(
            s, value, options.isotropicWidth(), options.trim(), Parallel.available());
    return i -> {
      int[] index = new int[3];
      voxels.index(i, index);
      return intensity.applyAsDouble(i) - average.at(length(index[0], index[1], index[2]));
    };
  }

  /** |B·h| of a voxel in Å⁻¹. */
  private double length(int h, int k, int l) {
    return length(cell.reciprocal(), voxels.ndiv(), h, k, l);
  }

  static double length(Mat3 b, Subdivision n, double h, double k, double l) {
    return b.times(new Vec3(h / n.h(), k / n.k(), l / n.l())).norm();
  }
}
