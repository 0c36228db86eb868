package org.mdx.view.internal.map;

import java.util.Arrays;
import java.util.Collection;
import java.util.Map;
import java.util.Optional;
import java.util.function.IntToDoubleFunction;
import org.mdx.crystal.SpaceGroup;
import org.mdx.crystal.UnitCell;
import org.mdx.map.Axis;
import org.mdx.map.ReciprocalMap;
import org.mdx.map.VoxelBox;
import org.mdx.math.Mat3;
import org.mdx.table.HKLTable;
import org.mdx.table.Subdivision;
import org.mdx.view.internal.http.Refusal;

/** A map as the page asks for it. */
public final class MapData {
  /** Quantiles of a column, in steps of a thousandth. */
  private static final int QUANTILES = 1000;

  private static final int MOST_SAMPLES = 4000;

  private final VoxelSource voxels;
  private final UnitCell cell;
  private final SpaceGroup group;
  private final Map<String, MapColumn> columns;

  private MapData(
      VoxelSource voxels, UnitCell cell, SpaceGroup group, Map<String, MapColumn> columns) {
    this.voxels = voxels;
    this.cell = cell;
    this.group = group;
    this.columns = columns;
  }

  public static MapData of(HKLTable table, UnitCell cell, Optional<SpaceGroup> group) {
    TableVoxels voxels = TableVoxels.of(table, group);
    return new MapData(voxels, cell, group.orElse(null), MapColumns.of(table, voxels, cell));
  }

  public static MapData of(ReciprocalMap map, UnitCell cell, Optional<SpaceGroup> group) {
    MapVoxels voxels = new MapVoxels(map);
    return new MapData(voxels, cell, group.orElse(null), MapColumns.of(map, voxels, cell));
  }

  public VoxelSource voxels() {
    return voxels;
  }

  public UnitCell cell() {
    return cell;
  }

  public Optional<SpaceGroup> group() {
    return Optional.ofNullable(group);
  }

  public Collection<MapColumn> columns() {
    return columns.values();
  }

  /** A column by its name. */
  public MapColumn column(String name) {
    MapColumn c = columns.get(name);
    if (c == null) {
      throw new Refusal(
          Refusal.NOT_FOUND, "no such column; there are " + String.join(", ", columns.keySet()));
    }
    return c;
  }

  /**
   * Values of a plane.
   *
   * @param axis across the plane
   * @param index of the plane, H, K or L; its own, which may lie between those that were asked for
   * @param origin H, K, L of the first value
   * @param across values along the first index that is left
   * @param up values along the second, which varies fastest
   * @param values NaN without data
   */
  public record Plane(Axis axis, int index, int[] origin, int across, int up, float[] values) {}

  /** The plane nearest to a coordinate; all NaN beyond the map. */
  public Plane plane(Axis axis, double at, String column) {
    VoxelBox box = voxels.box();
    Subdivision n = voxels.ndiv();
    IntToDoubleFunction values = column(column).values();
    int divisions = axis == Axis.H ? n.h() : axis == Axis.K ? n.k() : n.l();
    int index = (int) Math.rint(at * divisions);
    int nu = axis == Axis.H ? box.nk() : box.nh();
    int nv = axis == Axis.L ? box.nk() : box.nl();
    float[] out = new float[Math.multiplyExact(nu, nv)];
    for (int i = 0; i < nu; i++) {
      for (int j = 0; j < nv; j++) {
        int row =
            switch (axis) {
              case H -> voxels.row(index, box.k0() + i, box.l0() + j);
              case K -> voxels.row(box.h0() + i, index, box.l0() + j);
              case L -> voxels.row(box.h0() + i, box.k0() + j, index);
            };
        out[i * nv + j] = row < 0 ? Float.NaN : (float) values.applyAsDouble(row);
      }
    }
    int[] origin = {
      axis == Axis.H ? index : box.h0(),
      axis == Axis.K ? index : box.k0(),
      axis == Axis.L ? index : box.l0()
    };
    return new Plane(axis, index, origin, nu, nv, out);
  }

  /** H, K, L of the voxel that a point lies in. */
  public int[] voxel(double... hkl) {
    Subdivision n = voxels.ndiv();
    return new int[] {
      (int) Math.rint(hkl[0] * n.h()),
      (int) Math.rint(hkl[1] * n.k()),
      (int) Math.rint(hkl[2] * n.l())
    };
  }

  /**
   * Samples along a line, each the voxel that it lies in, at steps of half a voxel or less.
   *
   * @return rows of h, k, l, s in Å⁻¹ and value
   */
  public float[] line(double[] from, double[] to, String column) {
    IntToDoubleFunction values = column(column).values();
    Subdivision n = voxels.ndiv();
    int[] divisions = {n.h(), n.k(), n.l()};
    double longest = 0;
    for (int i = 0; i < 3; i++) {
      longest = Math.max(longest, Math.abs(to[i] - from[i]) * divisions[i]);
    }
    int steps = (int) Math.max(1, Math.min(MOST_SAMPLES, Math.ceil(2 * longest)));
    Mat3 b = cell.reciprocal();
    float[] out = new float[5 * (steps + 1)];
    for (int i = 0; i <= steps; i++) {
      double f = (double) i / steps;
      double[] x = new double[3];
      for (int j = 0; j < 3; j++) {
        x[j] = from[j] + f * (to[j] - from[j]);
        out[5 * i + j] = (float) x[j];
      }
      int[] v = voxel(x);
      int row = voxels.row(v[0], v[1], v[2]);
      out[5 * i + 3] = (float) MapColumns.length(b, Subdivision.NONE, x[0], x[1], x[2]);
      out[5 * i + 4] = row < 0 ? Float.NaN : (float) values.applyAsDouble(row);
    }
    return out;
  }

  /** Length of the scattering vector of a point, Å⁻¹. */
  public double length(double h, double k, double l) {
    return MapColumns.length(cell.reciprocal(), Subdivision.NONE, h, k, l);
  }

  /**
   * How the values of a column are distributed.
   *
   * @param count of finite values
   * @param quantiles the value below which i thousandths of them lie; empty if there are none
   */
  public record Distribution(int count, float[] quantiles) {}

  public Distribution distribution(String column) {
    IntToDoubleFunction values = column(column).values();
    float[] sorted = new float[voxels.rows()];
    int n = 0;
    for (int i = 0; i < sorted.length; i++) {
      float v = (float) values.applyAsDouble(i);
      if (Math.abs(v) <= Float.MAX_VALUE) {
        sorted[n++] = v;
      }
    }
    Arrays.sort(sorted, 0, n);
    float[] q = new float[n == 0 ? 0 : QUANTILES + 1];
    for (int i = 0; i < q.length; i++) {
      double place = (double) i / QUANTILES * (n - 1);
      int below = (int) place;
      int above = Math.min(below + 1, n - 1);
      q[i] = (float) (sorted[below] + (place - below) * (sorted[above] - sorted[below]));
    }
    return new Distribution(n, q);
  }

  /**
   * The measured voxel nearest to one without data, in voxels; −1 if none is within ten.
   *
   * @return distance along the index that differs most
   */
  public int outside(int h, int k, int l) {
    for (int reach = 0; reach <= 10; reach++) {
      for (int i = -reach; i <= reach; i++) {
        for (int j = -reach; j <= reach; j++) {
          boolean face = Math.max(Math.abs(i), Math.abs(j)) == reach;
          for (int m = -reach; m <= reach; m += face ? 1 : Math.max(1, 2 * reach)) {
            if (voxels.row(h + i, k + j, l + m) >= 0) {
              return reach;
            }
          }
        }
      }
    }
    return -1;
  }
}
