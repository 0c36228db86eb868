package org.mdx.io.internal.hdf5.structure;

/** The bytes of a file behind its base, of which structures are read where they are. */
public interface Source {

  /** Number of bytes behind the base. */
  long size();

  /** Bytes of an address. */
  int offsetBytes();

  /** Bytes of a length. */
  int lengthBytes();

  /** One byte. */
  int u8(long address);

  /** An unsigned little-endian number; one beyond 2⁶³ comes out negative. */
  long uint(long address, int bytes);

  /** A copy of a small structure. */
  byte[] bytes(long address, long length);

  /** A small structure, to be read field by field. */
  Fields fields(long address, long length);

  /** Requires that some bytes are in the file. */
  default void check(long address, long length) {
    if (address < 0 || length < 0 || address > size() || length > size() - address) {
      throw new IndexOutOfBoundsException(
          length + " bytes at " + address + " of a file of " + size() + " bytes");
    }
  }
}
