package org.mdx.io.internal.hdf5.structure;

/** Is told what a walk over the structures of a file meets. */
public interface Structures {

  /** Bytes that belong to a structure or to data. */
  void extent(long from, long length);

  /** An address field of eight bytes and what it holds. */
  void pointer(long at, long value);

  /**
   * A checksum of some bytes; if it lies among them, they are summed with zeros in its place.
   *
   * @param from the first byte
   * @param length number of bytes
   * @param at where the checksum is
   */
  void checksum(long from, long length, long at);

  /** A checksum that directly follows what it sums up. */
  default void checksum(long from, long at) {
    checksum(from, at - from, at);
  }
}
