package org.mdx.reindex;

import java.util.Arrays;
import org.mdx.crystal.ChangeOfBasis;
import org.mdx.crystal.ReciprocalAsu;
import org.mdx.crystal.SpaceGroup;
import org.mdx.internal.kernel.AsuKernel;
import org.mdx.internal.kernel.ReindexKernel;
import org.mdx.table.HKLGroups;
import org.mdx.table.HKLTable;
import org.mdx.table.IntColumn;
import org.mdx.table.Subdivision;

/** Voxels in rising order of (H, K, L) with a value each. Immutable. */
final class VoxelValues {
  /** Number of parts that errors of correlations are estimated from. */
  static final int BLOCKS = 16;

  private static final int BITS = 21;
  private static final int OFFSET = 1 << (BITS - 1);
  private static final long MASK = (1L << BITS) - 1;

  private final Subdivision ndiv;
  private final long[] key;
  private final float[] value;

  private VoxelValues(Subdivision ndiv, long[] key, float[] value) {
    this.ndiv = ndiv;
    this.key = key;
    this.value = value;
  }

  /** Voxels from indices in any order; values of the same voxel are averaged. */
  static VoxelValues of(Subdivision ndiv, int[] h, int[] k, int[] l, float[] value) {
    HKLGroups groups =
        HKLTable.of(ndiv, IntColumn.of(h), IntColumn.of(k), IntColumn.of(l)).groups();
    long[] key = new long[groups.count()];
    float[] mean = new float[key.length];
    for (int g = 0; g < key.length; g++) {
      key[g] = key(groups.h(g), groups.k(g), groups.l(g));
      double sum = 0;
      for (int i = groups.start(g); i < groups.start(g + 1); i++) {
        sum += value[groups.row(i)];
      }
      mean[g] = (float) (sum / groups.size(g));
    }
    return new VoxelValues(ndiv, key, mean);
  }

  /**
   * A voxel as a number whose order is that of (H, K, L).
   *
   * @throws IllegalArgumentException if an index is 2²⁰ or more in size
   */
  private static long key(int h, int k, int l) {
    if (Math.abs(h) >= OFFSET || Math.abs(k) >= OFFSET || Math.abs(l) >= OFFSET) {
      throw new IllegalArgumentException(
          "H,K,L = " + h + "," + k + "," + l + ", each must be below " + OFFSET + " in size");
    }
    return ((long) (h + OFFSET) << 2 * BITS) | ((long) (k + OFFSET) << BITS) | (l + OFFSET);
  }

  int size() {
    return key.length;
  }

  Subdivision ndiv() {
    return ndiv;
  }

  /**
   * The same values taken through an operator and into an asymmetric unit; voxels that come to lie
   * between voxels are left out.
   */
  VoxelValues turned(ChangeOfBasis operator, SpaceGroup group) {
    int[] m = operator.indexMatrix(ndiv.h(), ndiv.k(), ndiv.l());
    int n = key.length;
    int[] h = new int[n];
    int[] k = new int[n];
    int[] l = new int[n];
    float[] kept = new float[n];
    int rows = 0;
    for (int i = 0; i < n; i++) {
      long a = (key[i] >>> 2 * BITS) - OFFSET;
      long b = (key[i] >>> BITS & MASK) - OFFSET;
      long c = (key[i] & MASK) - OFFSET;
      long h1 = a * m[0] + b * m[3] + c * m[6];
      long k1 = a * m[1] + b * m[4] + c * m[7];
      long l1 = a * m[2] + b * m[5] + c * m[8];
      if (h1 % m[9] == 0 && k1 % m[9] == 0 && l1 % m[9] == 0) {
        h[rows] = (int) (h1 / m[9]);
        k[rows] = (int) (k1 / m[9]);
        l[rows] = (int) (l1 / m[9]);
        kept[rows++] = value[i];
      }
    }
    ReciprocalAsu asu = group.asu().subdivided(ndiv.h(), ndiv.k(), ndiv.l());
    new AsuKernel(asu.signForms(), asu.operatorTable(), asu.operatorMatrices())
        .map(h, k, l, new int[n], 0, rows);
    return of(
        ndiv,
        Arrays.copyOf(h, rows),
        Arrays.copyOf(k, rows),
        Arrays.copyOf(l, rows),
        Arrays.copyOf(kept, rows));
  }

  /**
   * Which of {@link #BLOCKS} parts of reciprocal space each voxel belongs to: cubes of two indices
   * along each side, dealt out by a hash, so that neighbours, whose values are alike, mostly share
   * a part.
   */
  byte[] blocks() {
    byte[] block = new byte[key.length];
    for (int i = 0; i < block.length; i++) {
      long h = Math.floorDiv((key[i] >>> 2 * BITS) - OFFSET + ndiv.h(), 2L * ndiv.h());
      long k = Math.floorDiv((key[i] >>> BITS & MASK) - OFFSET + ndiv.k(), 2L * ndiv.k());
      long l = Math.floorDiv((key[i] & MASK) - OFFSET + ndiv.l(), 2L * ndiv.l());
      long x = (h * 73_856_093L) ^ (k * 19_349_663L) ^ (l * 83_492_791L);
      x *= 0x9E3779B97F4A7C15L;
      block[i] = (byte) ((x >>> 40) % BLOCKS);
    }
    return block;
  }

  /** Correlation with other voxels over those that both have; blocks are the other's. */
  BlockCorrelation with(VoxelValues other, byte[] blocks) {
    double[] sums = new double[BLOCKS * ReindexKernel.SUMS];
    ReindexKernel.addCommon(key, value, other.key, other.value, blocks, sums);
    return new BlockCorrelation(sums);
  }

  /** Sums of values and how many there are, over several sets of voxels. */
  static final class Sum {
    private final Subdivision ndiv;
    private long[] key = new long[0];
    private float[] sum = new float[0];
    private int[] count = new int[0];

    Sum(Subdivision ndiv) {
      this.ndiv = ndiv;
    }

    void add(VoxelValues v) {
      long[] keys = new long[key.length + v.key.length];
      float[] sums = new float[keys.length];
      int[] counts = new int[keys.length];
      int i = 0;
      int j = 0;
      int n = 0;
      while (i < key.length || j < v.key.length) {
        long a = i < key.length ? key[i] : Long.MAX_VALUE;
        long b = j < v.key.length ? v.key[j] : Long.MAX_VALUE;
        keys[n] = Math.min(a, b);
        if (a <= b) {
          sums[n] += sum[i];
          counts[n] += count[i++];
        }
        if (b <= a) {
          sums[n] += v.value[j++];
          counts[n]++;
        }
        n++;
      }
      key = Arrays.copyOf(keys, n);
      sum = Arrays.copyOf(sums, n);
      count = Arrays.copyOf(counts, n);
    }

    /** Σ/√n of all sets but one that was added before. */
    VoxelValues without(VoxelValues v) {
      long[] keys = new long[key.length];
      float[] values = new float[key.length];
      int n = 0;
      int j = 0;
      for (int i = 0; i < key.length; i++) {
        boolean own = j < v.key.length && v.key[j] == key[i];
        int left = count[i] - (own ? 1 : 0);
        if (left > 0) {
          keys[n] = key[i];
          values[n++] = (float) ((sum[i] - (own ? v.value[j] : 0)) / Math.sqrt(left));
        }
        j += own ? 1 : 0;
      }
      return new VoxelValues(ndiv, Arrays.copyOf(keys, n), Arrays.copyOf(values, n));
    }
  }
}
