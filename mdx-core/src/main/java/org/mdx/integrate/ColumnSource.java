package org.mdx.integrate;

/** The columns of an integrated table, each of which is fetched once and then belongs to it. */
interface ColumnSource {

  /** Columns of whole numbers. */
  enum Ints {
    H,
    K,
    L,
    /** Of tables of several panels. */
    PANEL,
    N,
    PIXELS,
    /** Sums of the values of pixels. */
    VALUES
  }

  /** Columns of other numbers. */
  enum Floats {
    SECONDS,
    PHI,
    IY,
    IX
  }

  /** A column of whole numbers. */
  int[] ints(Ints which);

  /** A column of other numbers. */
  float[] floats(Floats which);
}
