package org.mdx.io.hdf5;

/**
 * The checksum of structures: hashlittle of B. Jenkins, lookup3.c (public domain), with an initial
 * value of zero (HDF5 file format specification, "Jenkins' lookup3").
 */
final class Lookup3 {
  private Lookup3() {}

  static int hash(byte[] k) {
    int a = 0xdeadbeef + k.length;
    int b = a;
    int c = a;
    int at = 0;
    for (int left = k.length; left > 12; left -= 12, at += 12) {
      a += word(k, at);
      b += word(k, at + 4);
      c += word(k, at + 8);
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
    if (k.length == 0) {
      return c;
    }
    a += word(k, at);
    b += word(k, at + 4);
    c += word(k, at + 8);
    c = (c ^ b) - Integer.rotateLeft(b, 14);
    a = (a ^ c) - Integer.rotateLeft(c, 11);
    b = (b ^ a) - Integer.rotateLeft(a, 25);
    c = (c ^ b) - Integer.rotateLeft(b, 16);
    a = (a ^ c) - Integer.rotateLeft(c, 4);
    b = (b ^ a) - Integer.rotateLeft(a, 14);
    return (c ^ b) - Integer.rotateLeft(b, 24);
  }

  /** Four bytes, little endian; zeros behind the end. */
  private static int word(byte[] k, int at) {
    int w = 0;
    for (int i = 0; i < 4 && at + i < k.length; i++) {
      w |= (k[at + i] & 0xff) << 8 * i;
    }
    return w;
  }
}
