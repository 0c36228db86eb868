package org.mdx.internal.kernel;

import java.util.Arrays;

/**
 * Counts per voxel. Neighbouring pixels of a row share a voxel, so a row is first cut into runs,
 * without a branch; each run is then added to a list of five numbers a voxel (key + 1, pixels,
 * counts, Σix, Σiy), found among the runs of the row above or through an open-addressed index.
 * Checks nothing. Allocates where {@link #reserve} makes list and index larger, nowhere else. For
 * one thread.
 *
 * <p>The steps of a row: {@link #cut}, {@link #reserve} as many voxels as it has runs, {@link
 * #find}, {@link #add}, {@link #endRow}.
 *
 * <p>Whoever adds up equal voxels anyway can do without the index: then a run that has none of its
 * voxel above it begins a new entry, and a voxel can have several.
 */
public final class VoxelCounts {

  /** Numbers a voxel. */
  public static final int STRIDE = 5;

  private static final long MIX = 0x9E3779B97F4A7C15L;

  private static final int MOST_BITS = 28;

  private int bits = 12;

  /**
   * 2ᵇ entries, a voxel's number in the list plus 1, 0 when free: the less memory, the better. Null
   * where a voxel can have several entries.
   */
  private int[] index;

  private long[] list = new long[STRIDE << (bits - 2)];
  private int size;

  /** First pixels of the runs. */
  final int[] begin;

  /** Counts times 2²⁰ plus number of all pixels before each run. */
  final long[] sums;

  private final int[] missed;
  private Row row;
  private Row above;

  /** What a row leaves for the next one to look at. */
  private static final class Row {
    /** Run of each pixel. */
    private final int[] runOf;

    /** Key + 1 of each run, 0 for one without a valid pixel. */
    private final long[] key;

    /** Place of each run's voxel in the list. */
    private final int[] place;

    Row(int widest) {
      runOf = new int[widest];
      key = new long[widest];
      place = new int[widest];
    }
  }

  /**
   * Makes room for rows.
   *
   * @param widest most pixels of a row, up to 2²⁰ − 1
   */
  public VoxelCounts(int widest) {
    this(widest, true);
  }

  /**
   * Makes room for rows.
   *
   * @param widest most pixels of a row, up to 2²⁰ − 1
   * @param once whether a voxel has one entry, or may have several with sums of its parts
   */
  public VoxelCounts(int widest, boolean once) {
    index = once ? new int[1 << bits] : null;
    begin = new int[widest + 1];
    sums = new long[widest + 1];
    missed = new int[widest + 1];
    row = new Row(widest);
    above = new Row(widest);
    forgetAbove();
  }

  /** Forgets the row above, which the next row does not lie below. */
  public void forgetAbove() {
    Arrays.fill(above.runOf, 0);
    above.key[0] = -1;
  }

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
   * @return number of runs
   */
  public int cut(int[] pixels, int from, int n, double[] keys) {
    int runs = cut(keys, n, begin, row.runOf);
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
   * Makes room for more voxels, at a load of the index of at most a quarter.
   *
   * @param n how many
   * @return false if there cannot be so many
   */
  public boolean reserve(int n) {
    int wanted = bits;
    while ((long) size + n > 1L << (wanted - 2)) {
      wanted++;
    }
    if (wanted > MOST_BITS) {
      return false;
    }
    if (wanted > bits) {
      bits = wanted;
      list = Arrays.copyOf(list, STRIDE << (bits - 2));
      if (index != null) {
        index = new int[1 << bits];
        fillIndex();
      }
    }
    return true;
  }

  private void fillIndex() {
    int shift = 64 - bits;
    for (int i = 0; i < size; i++) {
      int slot = (int) (list[i * STRIDE] * MIX >>> shift);
      while (index[slot] != 0) {
        slot = (slot + 1) & (index.length - 1);
      }
      index[slot] = i + 1;
    }
  }

  /**
   * Finds the voxels of the runs of a row in the list; new ones are put at its end, and there is
   * room for them. Most voxels are those of a run above; the others are looked up in the index,
   * which is far larger than the nearest cache and is therefore first read in a loop of its own,
   * whose reads overlap.
   *
   * @param runs number of runs, as {@link #cut} gives it
   * @param keys voxel of each pixel
   */
  public void find(int runs, double[] keys) {
    int[] begin = this.begin;
    long[] sums = this.sums;
    int[] aboveRunOf = above.runOf;
    long[] aboveKey = above.key;
    int[] abovePlace = above.place;
    long[] key = row.key;
    int[] place = row.place;
    int[] missed = this.missed;
    int misses = 0;
    for (int r = 0; r < runs; r++) {
      int b = begin[r];
      long stored = sums[r + 1] == sums[r] ? 0 : (long) keys[b] + 1;
      key[r] = stored;
      int first = aboveRunOf[b];
      int last = aboveRunOf[begin[r + 1] - 1];
      int above = aboveKey[first] == stored ? first : last;
      above = aboveKey[Math.min(first + 1, last)] == stored ? Math.min(first + 1, last) : above;
      place[r] = abovePlace[above];
      missed[misses] = r;
      misses += aboveKey[above] == stored || stored == 0 ? 0 : 1;
    }
    if (index == null) {
      begin(misses, missed, key, place);
    } else {
      lookUp(misses, missed, key, place);
    }
  }

  /** Puts new entries at the end of the list. */
  private void begin(int misses, int[] missed, long[] key, int[] place) {
    long[] list = this.list;
    int at = size * STRIDE;
    for (int m = 0; m < misses; m++, at += STRIDE) {
      int r = missed[m];
      place[r] = at;
      list[at] = key[r];
      list[at + 1] = 0;
      list[at + 2] = 0;
      list[at + 3] = 0;
      list[at + 4] = 0;
    }
    size += misses;
  }

  private void lookUp(int misses, int[] missed, long[] key, int[] place) {
    long[] list = this.list;
    int[] index = this.index;
    int shift = 64 - bits;
    int size = this.size;
    for (int m = 0; m < misses; m++) {
      int r = missed[m];
      place[r] = index[(int) (key[r] * MIX >>> shift)];
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
    this.size = size;
  }

  /**
   * Adds the runs of a row to their voxels.
   *
   * @param runs number of runs
   * @param pixels counts, {@link PixelMark#MASKED} where a pixel does not count
   * @param from place of the row's first pixel
   * @param iy the row's number
   */
  public void add(int runs, int[] pixels, int from, int iy) {
    int[] begin = this.begin;
    long[] sums = this.sums;
    int[] place = row.place;
    long[] list = this.list;
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
  private static int place(long stored, long[] list, int[] index, int shift, int size) {
    int slot = (int) (stored * MIX >>> shift);
    while (index[slot] != 0) {
      int known = (index[slot] - 1) * STRIDE;
      if (list[known] == stored) {
        return known;
      }
      slot = (slot + 1) & (index.length - 1);
    }
    index[slot] = size + 1;
    int at = size * STRIDE;
    list[at] = stored;
    list[at + 1] = 0;
    list[at + 2] = 0;
    list[at + 3] = 0;
    list[at + 4] = 0;
    return at;
  }

  /** Ends a row: it is the one above now. */
  public void endRow() {
    Row swap = above;
    above = row;
    row = swap;
  }

  /**
   * The places in the list of the voxels of the runs of the row that was found last.
   *
   * @return STRIDE times their numbers; the array itself
   */
  int[] places() {
    return row.place;
  }

  /**
   * Number of voxels.
   *
   * @return voxels in the list
   */
  public int size() {
    return size;
  }

  /**
   * How many voxels there is room for.
   *
   * @return not below the number of voxels
   */
  public int capacity() {
    return 1 << (bits - 2);
  }

  /**
   * One of the numbers of a voxel.
   *
   * @param voxel from 0
   * @param which 0 for key + 1, then pixels, counts, Σix, Σiy
   * @return the number
   */
  public long get(int voxel, int which) {
    return list[voxel * STRIDE + which];
  }

  /**
   * Copies the numbers of a voxel.
   *
   * @param voxel from 0
   * @param into receives STRIDE numbers
   * @param at place of the first
   */
  public void copy(int voxel, long[] into, int at) {
    System.arraycopy(list, voxel * STRIDE, into, at, STRIDE);
  }

  /** Forgets all voxels. */
  public void clear() {
    size = 0;
    if (index != null) {
      Arrays.fill(index, 0);
    }
  }
}
