package org.mdx.internal.kernel;

/**
 * Counts of one frame per voxel, in an open-addressed table of five numbers a voxel: key + 1 (0
 * when free), pixels, counts, Σix, Σiy. Neighbouring pixels share a voxel, so the table is met once
 * a run of pixels and not once a pixel. Checks nothing.
 */
public final class VoxelCounts {

  /** Numbers a voxel. */
  public static final int STRIDE = 5;

  private static final long MIX = 0x9E3779B97F4A7C15L;

  private VoxelCounts() {}

  /**
   * Adds a row of pixels. The table must have room for as many new voxels as the row has pixels.
   *
   * @param pixels counts, below 0 where a pixel does not count
   * @param from place of the row's first pixel
   * @param n number of pixels
   * @param keys voxel of each pixel, an integer
   * @param iy the row's number
   * @param table STRIDE · 2ᵇ numbers
   * @param shift 64 − b
   * @param used places of the voxels in the table, in order of appearance
   * @param size how many there are
   * @return how many there are now
   */
  public static int addRow(
      int[] pixels,
      int from,
      int n,
      double[] keys,
      int iy,
      long[] table,
      int shift,
      int[] used,
      int size) {
    int i = 0;
    while (i < n) {
      int v = pixels[from + i];
      if (v < 0) {
        i++;
        continue;
      }
      double key = keys[i];
      int count = 0;
      long sum = 0;
      long sumX = 0;
      do {
        sum += v;
        sumX += i;
        count++;
        i++;
      } while (i < n && keys[i] == key && (v = pixels[from + i]) >= 0);
      long stored = (long) key + 1;
      int at = (int) ((stored * MIX) >>> shift) * STRIDE;
      while (table[at] != stored) {
        if (table[at] == 0) {
          table[at] = stored;
          used[size++] = at;
          break;
        }
        at += STRIDE;
        if (at == table.length) {
          at = 0;
        }
      }
      table[at + 1] += count;
      table[at + 2] += sum;
      table[at + 3] += sumX;
      table[at + 4] += (long) count * iy;
    }
    return size;
  }

  /**
   * Moves every voxel to a larger, empty table.
   *
   * @param table the full table
   * @param used places of its voxels; receives their new places
   * @param size how many there are
   * @param larger receives them
   * @param shift 64 − b of the larger table
   */
  public static void rehash(long[] table, int[] used, int size, long[] larger, int shift) {
    for (int i = 0; i < size; i++) {
      int from = used[i];
      int at = (int) ((table[from] * MIX) >>> shift) * STRIDE;
      while (larger[at] != 0) {
        at += STRIDE;
        if (at == larger.length) {
          at = 0;
        }
      }
      System.arraycopy(table, from, larger, at, STRIDE);
      used[i] = at;
    }
  }
}
