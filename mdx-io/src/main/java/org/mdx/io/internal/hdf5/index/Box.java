package org.mdx.io.internal.hdf5.index;

/** A rectangular part of a dataset. */
public record Box(long[] start, int[] count) {

  /** Takes runs of elements that lie side by side in the stored piece and in the box. */
  @FunctionalInterface
  public interface Run {
    void apply(long inPiece, int inBox, int count);
  }

  public static Box whole(int[] shape) {
    return new Box(new long[shape.length], shape);
  }

  public int rank() {
    return count.length;
  }

  /** Number of elements, below 2³¹. */
  public int size() {
    long n = 1;
    for (int c : count) {
      n = Math.multiplyExact(n, (long) c);
    }
    return Math.toIntExact(n);
  }

  /**
   * Visits what this box and a stored piece have in common, in runs as long as can be.
   *
   * @param from first element of the piece along each axis
   * @param lengths of the piece, in whose C order {@code inPiece} counts
   */
  public void forEachRun(long[] from, long[] lengths, Run run) {
    int rank = rank();
    if (rank == 0) {
      run.apply(0, 0, 1);
      return;
    }
    long[] pieceStride = new long[rank];
    int[] boxStride = new int[rank];
    int[] common = new int[rank];
    long inPiece = 0;
    int inBox = 0;
    long p = 1;
    int b = 1;
    for (int a = rank - 1; a >= 0; a--) {
      long low = Math.max(start[a], from[a]);
      long high = Math.min(start[a] + count[a], from[a] + lengths[a]);
      if (high <= low) {
        return;
      }
      common[a] = (int) (high - low);
      pieceStride[a] = p;
      boxStride[a] = b;
      inPiece += (low - from[a]) * p;
      inBox += (int) (low - start[a]) * b;
      p *= lengths[a];
      b *= count[a];
    }
    int inner = rank - 1;
    int length = common[inner];
    while (inner > 0 && common[inner] == lengths[inner] && common[inner] == count[inner]) {
      length *= common[--inner];
    }
    int[] at = new int[inner];
    while (true) {
      run.apply(inPiece, inBox, length);
      int a = inner - 1;
      for (; a >= 0; a--) {
        inPiece += pieceStride[a];
        inBox += boxStride[a];
        if (++at[a] < common[a]) {
          break;
        }
        inPiece -= pieceStride[a] * common[a];
        inBox -= boxStride[a] * common[a];
        at[a] = 0;
      }
      if (a < 0) {
        return;
      }
    }
  }
}
