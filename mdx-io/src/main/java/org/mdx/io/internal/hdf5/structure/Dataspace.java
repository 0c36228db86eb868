package org.mdx.io.internal.hdf5.structure;

import java.util.Arrays;

/** Lengths of the axes of a dataset or attribute (specification, IV.A.2.b). */
public final class Dataspace {
  private static final int MAXIMUM_RANK = 32;

  private Dataspace() {}

  /** Reads the message; no axes stand for a single value, one of length 0 for none at all. */
  public static long[] read(Fields f) {
    int version = f.version("a dataspace", 1, 2);
    int rank = f.u8();
    f.skip(1);
    if (rank > MAXIMUM_RANK) {
      throw new IllegalArgumentException("a dataspace of rank " + rank);
    }
    if (version == 1) {
      f.skip(5);
    } else if (f.u8() == 2) {
      return new long[] {0};
    }
    long[] shape = new long[rank];
    for (int a = 0; a < rank; a++) {
      shape[a] = f.length();
    }
    return shape;
  }

  /** Lengths that the axes can grow to, {@link Long#MAX_VALUE} for one without limit. */
  public static long[] greatest(Fields f) {
    long[] shape = read(f.fresh());
    int version = f.u8();
    int rank = f.u8();
    boolean told = (f.u8() & 1) != 0;
    f.skip(version == 1 ? 5 : 1);
    if (!told || rank != shape.length) {
      return shape;
    }
    for (int a = 0; a < rank; a++) {
      f.length();
    }
    for (int a = 0; a < rank; a++) {
      shape[a] = f.lengthOrUnlimited();
    }
    return shape;
  }

  /** Number of elements; {@link Long#MAX_VALUE} where that is not enough. */
  public static long size(long[] shape) {
    long n = 1;
    for (long s : shape) {
      if (s == 0) {
        return 0;
      }
      n = n > Long.MAX_VALUE / s ? Long.MAX_VALUE : n * s;
    }
    return n;
  }

  public static int[] toInts(long[] shape) {
    return Arrays.stream(shape).mapToInt(Math::toIntExact).toArray();
  }
}
