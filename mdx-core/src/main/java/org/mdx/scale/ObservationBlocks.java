package org.mdx.scale;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.mdx.internal.kernel.VoxelKeys;
import org.mdx.parallel.Parallel;
import org.mdx.table.Column;
import org.mdx.table.FloatColumn;
import org.mdx.table.HKLGroups;
import org.mdx.table.HKLTable;

/**
 * The observations of several sweeps, gathered by voxel into blocks that fit into a core's cache.
 * The blocks depend on the data alone, never on the number of threads.
 */
final class ObservationBlocks {
  private static final String FIXED = "background_variance";
  private static final String SLOPE = "variance_per_intensity";

  /** Observations of a block, unless a single voxel has more. */
  private static final int BLOCK = 1 << 14;

  private static final int VOXELS = 1 << 16;

  /** Smallest and largest value of a coordinate of one sweep. */
  record Range(double min, double max) {
    static final Range EMPTY = new Range(Double.POSITIVE_INFINITY, Double.NEGATIVE_INFINITY);

    /** This range and a value; values that are not finite are ignored. */
    Range with(double x) {
      boolean inside = x >= min && x <= max;
      return inside || !Double.isFinite(x) ? this : new Range(Math.min(x, min), Math.max(x, max));
    }

    Range join(Range r) {
      return new Range(Math.min(min, r.min), Math.max(max, r.max));
    }

    boolean isEmpty() {
      return !(min <= max);
    }
  }

  final List<Block> blocks;
  final int voxels;
  final int sweeps;
  final int panels;
  final boolean expected;
  final long rows;
  final long invalid;
  final long singletons;

  /** Observations that take part, of each sweep. */
  final long[] used;

  private ObservationBlocks(
      List<Block> blocks,
      int voxels,
      int panels,
      boolean expected,
      long rows,
      long invalid,
      long[] used) {
    this.blocks = blocks;
    this.voxels = voxels;
    this.sweeps = used.length;
    this.panels = panels;
    this.expected = expected;
    this.rows = rows;
    this.invalid = invalid;
    this.used = used;
    this.singletons = rows - invalid - Arrays.stream(used).sum();
  }

  /** One sweep on its way into blocks. */
  private static final class Sweep {
    private final HKLTable table;
    private final HKLGroups groups;
    private final long[] key;

    /** Valid observations of each of the sweep's voxels. */
    private final int[] valid;

    /** Number of each of the sweep's voxels among those of all sweeps that take part, or −1. */
    private final int[] number;

    private final Column intensity;
    private final Column error;
    private final Column fixed;
    private final Column slope;
    private final Column panel;
    private long invalid;
    private int panels = 1;

    Sweep(HKLTable table, boolean expected) {
      this.table = table;
      fixed = expected ? table.column(FIXED) : null;
      slope = expected ? table.column(SLOPE) : null;
      groups = table.groups();
      key = new long[groups.count()];
      valid = new int[key.length];
      number = new int[key.length];
      intensity = table.column("intensity");
      error = table.column("intensity_error");
      panel = table.has("panel") ? table.column("panel") : null;
      for (int g = 0; g < key.length; g++) {
        key[g] = VoxelKeys.pack(groups.h(g), groups.k(g), groups.l(g));
        for (int i = groups.start(g); i < groups.start(g + 1); i++) {
          valid[g] += isValid(groups.row(i)) ? 1 : 0;
        }
        invalid += groups.size(g) - valid[g];
      }
      for (int i = 0; panel != null && i < table.rows(); i++) {
        panels = Math.max(panels, (int) panel.get(i) + 1);
      }
    }

    boolean isValid(int row) {
      double sigma = error.get(row);
      double w = 1 / (sigma * sigma);
      return sigma > 0
          && w > 0
          && w <= Double.MAX_VALUE
          && Math.abs(intensity.get(row)) <= Double.MAX_VALUE
          && (slope == null || hasVariance(row));
    }

    private boolean hasVariance(int row) {
      double v0 = fixed.get(row);
      double v1 = slope.get(row);
      return v0 >= 0 && v0 <= Float.MAX_VALUE && v1 > 0 && v1 <= Float.MAX_VALUE;
    }

    /** First of the sweep's voxels whose key is not below another. */
    int lowerBound(long k) {
      int at = Arrays.binarySearch(key, k);
      return at >= 0 ? at : -at - 1;
    }
  }

  /** Whether the variances of all tables can follow the expected intensity. */
  static boolean haveVariances(List<HKLTable> tables) {
    return tables.stream().allMatch(t -> t.has(FIXED) && t.has(SLOPE));
  }

  /**
   * Gathers tables.
   *
   * @param tables one for each sweep
   * @param expected whether variances are to follow the expected intensity
   * @param parallel threads
   */
  static ObservationBlocks gather(List<HKLTable> tables, boolean expected, Parallel parallel) {
    Sweep[] sweeps = new Sweep[tables.size()];
    parallel.forEach(sweeps.length, i -> sweeps[i] = new Sweep(tables.get(i), expected));
    long rows = 0;
    long invalid = 0;
    int panels = 1;
    long[] all = new long[0];
    for (Sweep sweep : sweeps) {
      rows += sweep.table.rows();
      invalid += sweep.invalid;
      panels = Math.max(panels, sweep.panels);
      all = VoxelKeys.union(all, sweep.key);
    }
    int[] count = new int[all.length];
    for (Sweep sweep : sweeps) {
      VoxelKeys.places(all, sweep.key, sweep.number);
      for (int g = 0; g < sweep.number.length; g++) {
        count[sweep.number[g]] += sweep.valid[g];
      }
    }
    int[] compact = new int[all.length];
    int voxels = 0;
    for (int v = 0; v < all.length; v++) {
      compact[v] = count[v] > 1 ? voxels++ : -1;
    }
    for (Sweep sweep : sweeps) {
      for (int g = 0; g < sweep.number.length; g++) {
        sweep.number[g] = compact[sweep.number[g]];
      }
    }
    int[] first = cut(count);
    Block[] blocks = new Block[first.length - 1];
    boolean manyPanels = panels > 1;
    long[] keys = all;
    parallel.forEach(
        blocks.length,
        b -> blocks[b] = fill(sweeps, keys, compact, first[b], first[b + 1], manyPanels, expected));
    long[] used = new long[sweeps.length];
    List<Block> filled = new ArrayList<>();
    for (Block block : blocks) {
      for (int t = 0; t < used.length; t++) {
        used[t] += block.start[t + 1] - block.start[t];
      }
      if (block.size() > 0) {
        filled.add(block);
      }
    }
    return new ObservationBlocks(filled, voxels, panels, expected, rows, invalid, used);
  }

  /** Cuts the voxels of all sweeps into blocks by their observations. */
  private static int[] cut(int[] count) {
    int[] first = new int[count.length + 1];
    int blocks = 0;
    long size = 0;
    for (int v = 0; v < count.length; v++) {
      boolean full = size + count[v] > BLOCK || v - first[blocks] >= VOXELS;
      if (full && v > first[blocks]) {
        first[++blocks] = v;
        size = 0;
      }
      size += count[v];
    }
    if (count.length > 0) {
      first[++blocks] = count.length;
    }
    return Arrays.copyOf(first, blocks + 1);
  }

  /** Gathers voxels {@code from} to {@code to − 1} of all. */
  private static Block fill(
      Sweep[] sweeps,
      long[] keys,
      int[] compact,
      int from,
      int to,
      boolean panels,
      boolean expected) {
    int firstVoxel = -1;
    int voxels = 0;
    for (int v = from; v < to; v++) {
      if (compact[v] >= 0) {
        firstVoxel = firstVoxel < 0 ? compact[v] : firstVoxel;
        voxels++;
      }
    }
    int[] start = new int[sweeps.length + 1];
    int[][] rows = new int[sweeps.length][];
    int[][] voxel = new int[sweeps.length][];
    for (int t = 0; t < sweeps.length; t++) {
      Sweep sweep = sweeps[t];
      int g0 = sweep.lowerBound(keys[from]);
      int g1 = to < keys.length ? sweep.lowerBound(keys[to]) : sweep.key.length;
      int most = sweep.groups.start(g1) - sweep.groups.start(g0);
      rows[t] = new int[most];
      voxel[t] = new int[most];
      int n = 0;
      for (int g = g0; g < g1; g++) {
        if (sweep.number[g] >= 0) {
          for (int i = sweep.groups.start(g); i < sweep.groups.start(g + 1); i++) {
            int row = sweep.groups.row(i);
            if (sweep.isValid(row)) {
              voxel[t][n] = sweep.number[g] - firstVoxel;
              rows[t][n++] = row;
            }
          }
        }
      }
      start[t + 1] = start[t] + n;
    }
    Block block = new Block(firstVoxel, voxels, start, panels, expected);
    for (int t = 0; t < sweeps.length; t++) {
      HKLTable table = sweeps[t].table;
      int at = start[t];
      int n = start[t + 1] - at;
      for (int i = 0; i < n; i++) {
        block.voxel[at + i] = (char) voxel[t][i];
        if (panels) {
          block.panel[at + i] = (char) (int) sweeps[t].panel.get(rows[t][i]);
        }
      }
      take(sweeps[t].intensity, rows[t], n, block.intensity, at);
      take(table.column("phi"), rows[t], n, block.phi, at);
      take(table.column("s"), rows[t], n, block.s, at);
      take(table.column("ix"), rows[t], n, block.ix, at);
      take(table.column("iy"), rows[t], n, block.iy, at);
      if (expected) {
        take(sweeps[t].fixed, rows[t], n, block.fixed, at);
        take(sweeps[t].slope, rows[t], n, block.slope, at);
      } else {
        take(sweeps[t].error, rows[t], n, block.error, at);
      }
    }
    return block;
  }

  private static void take(Column column, int[] rows, int n, float[] out, int at) {
    if (column instanceof FloatColumn f) {
      for (int i = 0; i < n; i++) {
        out[at + i] = f.value(rows[i]);
      }
    } else {
      for (int i = 0; i < n; i++) {
        out[at + i] = (float) column.get(rows[i]);
      }
    }
  }
}
