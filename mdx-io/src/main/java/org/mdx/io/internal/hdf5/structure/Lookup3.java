package org.mdx.io.internal.hdf5.structure;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/**
 * The checksum of structures: hashlittle of B. Jenkins, lookup3.c (public domain), with an initial
 * value of zero (HDF5 file format specification, "Jenkins' lookup3").
 */
public final class Lookup3 {
  private static final int ROUND = 12;

  private Lookup3() {}

  public static int hash(byte[] k) {
    return hash(ByteBuffer.wrap(k));
  }

  /** The checksum of the bytes that are left, which stay there. */
  public static int hash(ByteBuffer bytes) {
    ByteBuffer k = bytes.slice().order(ByteOrder.LITTLE_ENDIAN);
    int a = 0xdeadbeef + k.remaining();
    int b = a;
    int c = a;
    while (k.remaining() > ROUND) {
      a += k.getInt();
      b += k.getInt();
      c += k.getInt();
      a = a - c ^ Integer.rotateLeft(c, 4);
      c += b;
      b = b - a ^ Integer.rotateLeft(a, 6);
      a += c;
      c = c - b ^ Integer.rotateLeft(b, 8);
      b += a;
      a = a - c ^ Integer.rotateLeft(c, 16);
      c += b;
      b = b - a ^ Integer.rotateLeft(a, 19);
      a += c;
      c = c - b ^ Integer.rotateLeft(b, 4);
      b += a;
    }
    if (!k.hasRemaining()) {
      return c;
    }
    // the last one to twelve bytes, with zeros behind the end
    k = ByteBuffer.allocate(ROUND).order(ByteOrder.LITTLE_ENDIAN).put(k).rewind();
    a += k.getInt();
    b += k.getInt();
    c += k.getInt();
    c = (c ^ b) - Integer.rotateLeft(b, 14);
    a = (a ^ c) - Integer.rotateLeft(c, 11);
    b = (b ^ a) - Integer.rotateLeft(a, 25);
    c = (c ^ b) - Integer.rotateLeft(b, 16);
    a = (a ^ c) - Integer.rotateLeft(c, 4);
    b = (b ^ a) - Integer.rotateLeft(a, 14);
    return (c ^ b) - Integer.rotateLeft(b, 24);
  }
}
