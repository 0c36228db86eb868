package org.mdx.merge;

/**
 * What of the tables is merged at a time.
 *
 * @param tables the first so many tables, 1 or more
 * @param number which part of the voxels, 1 to {@code of}
 * @param of into how many parts of whole planes of H the voxels are divided, 1 or more
 * @param mostRows how many rows may be in memory together, 1 or more; a plane of H is not divided
 */
public record MergePart(int tables, int number, int of, long mostRows) {

  /** Refuses parts that do not exist. */
  public MergePart {
    if (of < 1 || number < 1 || number > of) {
      throw new IllegalArgumentException(
          "part " + number + " of " + of + ", must be 1 to " + of + " of 1 or more");
    }
    if (mostRows < 1) {
      throw new IllegalArgumentException(mostRows + " rows in memory, must be 1 or more");
    }
  }

  /**
   * All voxels of the first tables, in memory together.
   *
   * @param tables 1 or more
   * @return the part
   */
  public static MergePart whole(int tables) {
    return new MergePart(tables, 1, 1, Long.MAX_VALUE);
  }

  /** Whether it is all voxels in memory together. */
  boolean isWhole() {
    return of == 1 && mostRows == Long.MAX_VALUE;
  }

  /**
   * The same with fewer rows in memory.
   *
   * @param rows 1 or more
   * @return a new part
   */
  public MergePart mostRows(long rows) {
    return new MergePart(tables, number, of, rows);
  }

  /**
   * One part of the voxels; all parts together, in their order, are what the whole is.
   *
   * @param n which, 1 to {@code parts}
   * @param parts how many
   * @return a new part
   */
  public MergePart part(int n, int parts) {
    return new MergePart(tables, n, parts, mostRows);
  }
}
