package org.mdx.expand;

import java.util.Arrays;
import java.util.Locale;
import org.mdx.crystal.LaueGroup;
import org.mdx.internal.kernel.ExpandKernel;
import org.mdx.map.ReciprocalMap;
import org.mdx.map.VoxelBox;
import org.mdx.parallel.Parallel;
import org.mdx.table.Column;
import org.mdx.table.EmptyResultException;
import org.mdx.table.HKLGroups;
import org.mdx.table.HKLTable;
import org.mdx.table.IntColumn;
import org.mdx.table.Subdivision;

/**
 * Fills a dense map from a merged table, with or without the equivalents of each voxel under the
 * Laue group. A row of value I at (H, K, L) gives I at (H, K, L)·R for each operator R.
 */
public final class Mapper {
  /** Rows that one task expands. */
  private static final int BLOCK = 1 << 16;

  /** Indices beyond this could overflow when they are transformed. */
  private static final int LARGEST_INDEX = 100_000_000;

  private static final int[][] IDENTITY = {{1, 0, 0, 0, 1, 0, 0, 0, 1}};

  private final MapOptions options;

  private Mapper(MapOptions options) {
    this.options = options;
  }

  /**
   * A mapper.
   *
   * @param options what to map
   * @return the mapper
   */
  public static Mapper of(MapOptions options) {
    return new Mapper(options);
  }

  /**
   * Maps the voxels of a table as they stand.
   *
   * @param table one row for each voxel, with the column to map
   * @param parallel threads; the result does not depend on them
   * @return the map, NaN where the table has nothing
   * @throws IllegalArgumentException if there is no such column, two rows have the same voxel, or
   *     the map needs more memory than there is
   */
  public ReciprocalMap map(HKLTable table, Parallel parallel) {
    return map(table, IDENTITY, parallel);
  }

  /**
   * Maps the voxels of a table and all their equivalents.
   *
   * @param table one row for each voxel of an asymmetric unit, whichever it is, with the column to
   *     map
   * @param laue the Laue group
   * @param parallel threads; the result does not depend on them
   * @return the map, NaN where the table has nothing
   * @throws IllegalArgumentException if there is no such column, the group does not carry the
   *     table's subdivision, two rows are equivalent, or the map needs more memory than there is
   * @throws EmptyResultException if the table has nothing in the region
   */
  public ReciprocalMap map(HKLTable table, LaueGroup laue, Parallel parallel) {
    int[][] operators = new int[laue.order()][];
    for (int n = 0; n < operators.length; n++) {
      operators[n] = laue.operator(n);
    }
    return map(table, operators, parallel);
  }

  /** Maps with operators that form a group: integer matrices in row-major order. */
  ReciprocalMap map(HKLTable table, int[][] operators, Parallel parallel) {
    Column signal = table.column(options.signal());
    int[][] rotations = subdivided(operators, table.ndiv());
    VoxelBox box =
        VoxelBox.ofLimits(
            table.ndiv(),
            options.hMin(),
            options.hMax(),
            options.kMin(),
            options.kMax(),
            options.lMin(),
            options.lMax());
    checkMemory(box, Runtime.getRuntime().maxMemory());
    checkDistinct(table, rotations, parallel);
    int[] flat = Arrays.stream(rotations).flatMapToInt(Arrays::stream).toArray();
    ReciprocalMap map =
        ReciprocalMap.filled(
            options.signal(),
            table.ndiv(),
            box,
            out -> parallel.forEach(blocks(table), b -> expand(table, signal, b, flat, box, out)));
    if (map.filled() == 0) {
      throw new EmptyResultException(
          "nothing to map: none of the "
              + table.rows()
              + " voxels of the table has its "
              + options.signal()
              + " or a symmetry mate in "
              + map.ranges()
              + "; the table reaches "
              + table.ranges());
    }
    return map;
  }

  /** Writes a block of rows and their mates to where they belong. */
  private static void expand(
      HKLTable table, Column signal, int block, int[] rotations, VoxelBox box, float[] out) {
    int from = block * BLOCK;
    int n = Math.min(BLOCK, table.rows() - from);
    float[] value = new float[n];
    for (int i = 0; i < n; i++) {
      value[i] = (float) signal.get(from + i);
    }
    ExpandKernel.expand(
        copy(table.h(), from, n),
        copy(table.k(), from, n),
        copy(table.l(), from, n),
        value,
        rotations,
        new int[] {box.h0(), box.k0(), box.l0()},
        new int[] {box.nh(), box.nk(), box.nl()},
        out);
  }

  private static int blocks(HKLTable table) {
    return (int) ((table.rows() + BLOCK - 1L) / BLOCK);
  }

  private static int[] copy(IntColumn column, int from, int n) {
    int[] out = new int[n];
    for (int i = 0; i < n; i++) {
      out[i] = column.value(from + i);
    }
    return out;
  }

  /** Operators on subdivided indices: R'ᵢⱼ = Rᵢⱼ·nⱼ/nᵢ must be integers. */
  private static int[][] subdivided(int[][] rotations, Subdivision ndiv) {
    int[] n = {ndiv.h(), ndiv.k(), ndiv.l()};
    int[][] out = new int[rotations.length][9];
    for (int o = 0; o < out.length; o++) {
      for (int i = 0; i < 9; i++) {
        int product = rotations[o][i] * n[i % 3];
        if (product % n[i / 3] != 0) {
          throw new IllegalArgumentException(
              "subdivision "
                  + ndiv
                  + " does not suit the symmetry, which mixes "
                  + "hkl".charAt(i / 3)
                  + " and "
                  + "hkl".charAt(i % 3)
                  + "; divide both alike, or map without symmetry");
        }
        out[o][i] = product / n[i / 3];
      }
    }
    return out;
  }

  /** Refuses a map that cannot be held. */
  static void checkMemory(VoxelBox box, long available) {
    if (box.voxels() > ReciprocalMap.LONGEST || 4 * box.voxels() > available) {
      throw new IllegalArgumentException(
          String.format(
              Locale.ROOT,
              "a map of %d x %d x %d voxels takes %.2f GB at 4 bytes each, of %.2f GB that this"
                  + " JVM may use and 8.59 GB that one map can hold; narrow the limits, map a"
                  + " plane at a time, or raise -Xmx",
              box.nh(),
              box.nk(),
              box.nl(),
              4e-9 * box.voxels(),
              1e-9 * available));
    }
  }

  /** Refuses tables with two rows that would be written to the same voxel. */
  private static void checkDistinct(HKLTable table, int[][] rotations, Parallel parallel) {
    int[] h = new int[table.rows()];
    int[] k = new int[table.rows()];
    int[] l = new int[table.rows()];
    parallel.forEach(
        blocks(table),
        b -> {
          int end = (int) Math.min((b + 1L) * BLOCK, table.rows());
          for (int i = b * BLOCK; i < end; i++) {
            representative(table, i, rotations, h, k, l);
          }
        });
    HKLGroups orbits =
        HKLTable.of(table.ndiv(), IntColumn.of(h), IntColumn.of(k), IntColumn.of(l)).groups();
    for (int g = 0; g < orbits.count(); g++) {
      if (orbits.size(g) > 1) {
        int first = orbits.row(orbits.start(g));
        int second = orbits.row(orbits.start(g) + 1);
        throw new IllegalArgumentException(
            String.format(
                Locale.ROOT,
                "rows %d and %d are the same voxel, %s and %s; merge the table in the asymmetric"
                    + " unit first",
                first,
                second,
                voxel(table, first),
                voxel(table, second)));
      }
    }
  }

  private static String voxel(HKLTable t, int row) {
    return "(" + t.h().value(row) + "," + t.k().value(row) + "," + t.l().value(row) + ")";
  }

  /** The last of a row's equivalents in the order of (H, K, L). */
  private static void representative(
      HKLTable table, int row, int[][] rotations, int[] h, int[] k, int[] l) {
    int a = table.h().value(row);
    int b = table.k().value(row);
    int c = table.l().value(row);
    if (Math.abs((long) a) > LARGEST_INDEX
        || Math.abs((long) b) > LARGEST_INDEX
        || Math.abs((long) c) > LARGEST_INDEX) {
      throw new IllegalArgumentException(
          "row " + row + ": voxel " + voxel(table, row) + ", indices must be within ±100000000");
    }
    int bestH = a;
    int bestK = b;
    int bestL = c;
    for (int[] r : rotations) {
      int x = a * r[0] + b * r[3] + c * r[6];
      int y = a * r[1] + b * r[4] + c * r[7];
      int z = a * r[2] + b * r[5] + c * r[8];
      if (x > bestH || x == bestH && (y > bestK || y == bestK && z > bestL)) {
        bestH = x;
        bestK = y;
        bestL = z;
      }
    }
    h[row] = bestH;
    k[row] = bestK;
    l[row] = bestL;
  }
}
