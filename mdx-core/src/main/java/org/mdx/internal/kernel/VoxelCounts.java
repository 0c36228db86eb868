package org.mdx.internal.kernel;

/**
 * Counts of one frame per voxel. Neighbouring pixels of a row share a voxel, so a row is first cut
 * into runs, without a branch; each run is then added to a list of five numbers a voxel (key + 1,
 * pixels, counts, Σix, Σiy), found among the runs of the row above or through an open-addressed
 * index. Checks nothing.
 */
public final class VoxelCounts {

  /** Numbers a voxel. */
  public static final int STRIDE = 5;

  private static final long MIX = 0x9E3779B97F4A7C15L;

  /** Bits of an index entry that hold a voxel's number in the list plus 1; the others are a tag. */
  private static final long NUMBER = (1L << 28) - 1;

  private VoxelCounts() {}

  /**
   * Cuts a row of pixels into runs of equal key. Run r begins at {@code begin[r]} and ends before
   * {@code begin[r + 1]}; {@code sums[r]} holds the counts of all pixels before it, times 2²⁰, plus
   * their number, pixels that do not count left out, and so does one more entry behind the last
   * run.
   *
   * @param pixels counts, {@link PixelMark#MASKED} where a pixel does not count
   * @param from place of the row's first pixel
   * @param n number of pixels, 1 to 2²⁰ − 1
   * @param keys voxel of each pixel
   * @param begin receives first pixels, n + 1 places
   * @param sums receives sums, n + 1 places
   * @param runOf receives the run of each pixel
   * @return number of runs
   */
  public static int runs(
      int[] pixels, int from, int n, double[] keys, int[] begin, long[] sums, int[] runOf) {
    int runs = cut(keys, n, begin, runOf);
    addUp(pixels, from, n, sums);
    for (int r = 1; r <= runs; r++) {
      sums[r] = sums[begin[r]];
    }
    return runs;
  }

  private static int cut(double[] keys, int n, int[] begin, int[] runOf) {
    int r = 0;
    long last = Double.doubleToRawLongBits(keys[0]);
    begin[0] = 0;
    for (int i = 0; i < n; i++) {
      long key = Double.doubleToRawLongBits(keys[i]);
      long changed = key ^ last;
      last = key;
      r += (int) ((changed | -changed) >>> 63);
      begin[r + 1] = i + 1;
      runOf[i] = r;
    }
    return r + 1;
  }

  private static void addUp(int[] pixels, int from, int n, long[] sums) {
    long sum = 0;
    sums[0] = 0;
    for (int i = 0; i < n; i++) {
      long v = pixels[from + i];
      sum += (v << 20 | 1) & (PixelMark.MASKED - v) >> 63;
      sums[i + 1] = sum;
    }
  }

  /**
   * Finds the voxels of the runs of a row in the list; new ones are put at its end. List and index
   * must have room for as many new voxels as there are runs. Most voxels are those of a run above;
   * the others are looked up in the index, which is far larger than the nearest cache and is
   * therefore first read in a loop of its own, whose reads overlap.
   *
   * @param runs number of runs
   * @param begin first pixels of the runs, as {@link #runs} gives them
   * @param sums sums before each run, as {@link #runs} gives them
   * @param keys voxel of each pixel
   * @param aboveRunOf run of each pixel in the row above
   * @param aboveKey key + 1 of each run above, 0 for one without a valid pixel
   * @param abovePlace place of each run above in the list
   * @param list STRIDE numbers a voxel
   * @param index 2ᵇ entries that lead to voxels in the list, 0 when free
   * @param shift 64 − b
   * @param size number of voxels in the list
   * @param key receives key + 1 of each run, 0 for one without a valid pixel
   * @param place receives the place of each run's voxel
   * @param missed room for as many numbers as there are runs
   * @return number of voxels in the list now
   */
  public static int find(
      int runs,
      int[] begin,
      long[] sums,
      double[] keys,
      int[] aboveRunOf,
      long[] aboveKey,
      int[] abovePlace,
      long[] list,
      long[] index,
      int shift,
      int size,
      long[] key,
      int[] place,
      int[] missed) {
    int misses = 0;
    for (int r = 0; r < runs; r++) {
      int b = begin[r];
      long stored = sums[r + 1] == sums[r] ? 0 : (long) keys[b] + 1;
      key[r] = stored;
      int first = aboveRunOf[b];
      int last = aboveRunOf[begin[r + 1] - 1];
      int above = aboveKey[first] == stored ? first : last;
      place[r] = abovePlace[above];
      missed[misses] = r;
      misses += aboveKey[above] == stored || stored == 0 ? 0 : 1;
    }
    for (int m = 0; m < misses; m++) {
      int r = missed[m];
      place[r] = (int) (index[(int) (key[r] * MIX >>> shift)] & NUMBER);
    }
    for (int m = 0; m < misses; m++) {
      int r = missed[m];
      int at = (place[r] - 1) * STRIDE;
      if (at < 0 || list[at] != key[r]) {
        at = place(key[r], list, index, shift, size);
        size += at == size * STRIDE ? 1 : 0;
      }
      place[r] = at;
    }
    return size;
  }

  /**
   * Adds the runs of a row to their voxels.
   *
   * @param runs number of runs
   * @param begin first pixels of the runs, as {@link #runs} gives them
   * @param sums sums before each run, as {@link #runs} gives them
   * @param place place of each run's voxel in the list, as {@link #find} gives it
   * @param pixels counts, {@link PixelMark#MASKED} where a pixel does not count
   * @param from place of the row's first pixel
   * @param iy the row's number
   * @param list STRIDE numbers a voxel
   */
  public static void addRuns(
      int runs,
      int[] begin,
      long[] sums,
      int[] place,
      int[] pixels,
      int from,
      int iy,
      long[] list) {
    for (int r = 0; r < runs; r++) {
      long sum = sums[r + 1] - sums[r];
      long n = sum & 0xFFFFF;
      if (n == 0) {
        continue;
      }
      int b = begin[r];
      int e = begin[r + 1];
      int at = place[r];
      list[at + 1] += n;
      list[at + 2] += sum >> 20;
      list[at + 3] += n == e - b ? n * (b + e - 1) / 2 : columns(pixels, from, b, e);
      list[at + 4] += n * iy;
    }
  }

  /** Σ ix over the valid pixels of a run. */
  private static long columns(int[] pixels, int from, int b, int e) {
    long sum = 0;
    for (int i = b; i < e; i++) {
      sum += pixels[from + i] == PixelMark.MASKED ? 0 : i;
    }
    return sum;
  }

  /** Place of a voxel in the list; it is put at the end if it is not there. */
  private static int place(long stored, long[] list, long[] index, int shift, int size) {
    long mixed = stored * MIX;
    long tag = mixed & ~NUMBER;
    int slot = (int) (mixed >>> shift);
    while (index[slot] != 0) {
      if ((index[slot] & ~NUMBER) == tag) {
        int at = ((int) (index[slot] & NUMBER) - 1) * STRIDE;
        if (list[at] == stored) {
          return at;
        }
      }
      slot = (slot + 1) & (index.length - 1);
    }
    index[slot] = tag | (size + 1);
    int at = size * STRIDE;
    list[at] = stored;
    list[at + 1] = 0;
    list[at + 2] = 0;
    list[at + 3] = 0;
    list[at + 4] = 0;
    return at;
  }

  /**
   * Fills an empty index.
   *
   * @param list STRIDE numbers a voxel
   * @param size number of voxels in it
   * @param index receives the voxels; 2ᵇ places
   * @param shift 64 − b
   */
  public static void index(long[] list, int size, long[] index, int shift) {
    for (int i = 0; i < size; i++) {
      long mixed = list[i * STRIDE] * MIX;
      int slot = (int) (mixed >>> shift);
      while (index[slot] != 0) {
        slot = (slot + 1) & (index.length - 1);
      }
      index[slot] = (mixed & ~NUMBER) | (i + 1);
    }
  }
}
