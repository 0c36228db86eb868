package org.mdx.io.hdf5.element;

/** The number types that are written, all little endian. */
public enum ElementType {
  /** Truth value of one byte, an enumeration of FALSE and TRUE as h5py makes it. */
  BOOL(1),
  /** Signed 32-bit integer. */
  INT32(4),
  /** Signed 64-bit integer. */
  INT64(8),
  /** IEEE 754 single precision. */
  FLOAT32(4),
  /** IEEE 754 double precision. */
  FLOAT64(8);

  private final int bytes;

  ElementType(int bytes) {
    this.bytes = bytes;
  }

  /**
   * Size of one element.
   *
   * @return bytes
   */
  public int bytes() {
    return bytes;
  }
}
