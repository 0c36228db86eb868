package org.mdx.io.internal.hdf5.index;

/**
 * What the index of a dataset's chunks depends on.
 *
 * @param shape lengths of the dataset's axes
 * @param greatest what they can grow to
 * @param chunk lengths of a chunk's axes
 * @param elementBytes size of an element
 * @param filtered whether there are filters
 */
public record ChunkShape(
    long[] shape, long[] greatest, int[] chunk, int elementBytes, boolean filtered) {

  /** Chunks along each axis. */
  long[] counts() {
    long[] counts = new long[shape.length];
    for (int a = 0; a < shape.length; a++) {
      counts[a] = shape[a] == 0 ? 0 : (shape[a] - 1) / chunk[a] + 1;
    }
    return counts;
  }

  /** Bytes of a chunk without filters. */
  long chunkBytes() {
    long bytes = elementBytes;
    for (int c : chunk) {
      bytes = Math.multiplyExact(bytes, (long) c);
    }
    return bytes;
  }

  /** Whether a chunk reaches beyond the dataset. */
  public boolean isPartial(long number) {
    long rest = number;
    long[] counts = counts();
    for (int a = shape.length - 1; a >= 0; a--) {
      if ((rest % counts[a] + 1) * chunk[a] > shape[a]) {
        return true;
      }
      rest /= counts[a];
    }
    return false;
  }
}
