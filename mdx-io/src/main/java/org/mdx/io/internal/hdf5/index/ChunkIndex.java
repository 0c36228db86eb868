package org.mdx.io.internal.hdf5.index;

import java.util.Arrays;

/**
 * Where the chunks of a dataset are: those that exist, sorted by their number in the grid.
 * Immutable.
 */
public final class ChunkIndex {
  private final long[] numbers;
  private final long[] addresses;
  private final long[] sizes;
  private final int[] masks;

  private ChunkIndex(long[] numbers, long[] addresses, long[] sizes, int[] masks) {
    this.numbers = numbers;
    this.addresses = addresses;
    this.sizes = sizes;
    this.masks = masks;
  }

  /** Collects chunks in any order. */
  public static final class Builder {
    private long[] numbers = new long[16];
    private long[] addresses = new long[16];
    private long[] sizes = new long[16];
    private int[] masks = new int[16];
    private int n;
    private boolean sorted = true;
    private final long most;

    /** A list of no more than a number of chunks. */
    public Builder(long most) {
      this.most = most;
    }

    public void add(long number, long address, long size, int mask) {
      if (n == most) {
        throw new IllegalArgumentException("more than " + most + " chunks");
      }
      if (n == numbers.length) {
        int more = Math.multiplyExact(n, 2);
        numbers = Arrays.copyOf(numbers, more);
        addresses = Arrays.copyOf(addresses, more);
        sizes = Arrays.copyOf(sizes, more);
        masks = Arrays.copyOf(masks, more);
      }
      sorted &= n == 0 || numbers[n - 1] < number;
      numbers[n] = number;
      addresses[n] = address;
      sizes[n] = size;
      masks[n++] = mask;
    }

    public ChunkIndex build() {
      if (!sorted) {
        sort();
      }
      return new ChunkIndex(
          Arrays.copyOf(numbers, n),
          Arrays.copyOf(addresses, n),
          Arrays.copyOf(sizes, n),
          Arrays.copyOf(masks, n));
    }

    private void sort() {
      Integer[] order = new Integer[n];
      Arrays.setAll(order, i -> i);
      Arrays.sort(order, (a, b) -> Long.compare(numbers[a], numbers[b]));
      long[] num = new long[n];
      long[] addr = new long[n];
      long[] size = new long[n];
      int[] mask = new int[n];
      for (int i = 0; i < n; i++) {
        num[i] = numbers[order[i]];
        addr[i] = addresses[order[i]];
        size[i] = sizes[order[i]];
        mask[i] = masks[order[i]];
        if (i > 0 && num[i] == num[i - 1]) {
          throw new IllegalArgumentException("two chunks with the number " + num[i]);
        }
      }
      numbers = num;
      addresses = addr;
      sizes = size;
      masks = mask;
    }
  }

  /** Place of a chunk in this index, or −1 if the file does not have it. */
  public int find(long number) {
    int at = Arrays.binarySearch(numbers, number);
    return at < 0 ? -1 : at;
  }

  public long address(int at) {
    return addresses[at];
  }

  /** Bytes in the file. */
  public long size(int at) {
    return sizes[at];
  }

  /** Bit i is set if filter i was left out. */
  public int mask(int at) {
    return masks[at];
  }

  /** Bytes of all chunks together. */
  public long storedBytes() {
    return Arrays.stream(sizes).sum();
  }
}
