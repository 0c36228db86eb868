package org.mdx.io.internal.hdf5.structure;

import java.nio.charset.StandardCharsets;

/** Reads the fields of a structure where they are, and reports the addresses among them. */
public final class Cursor {
  private final Source in;
  private final Structures structures;
  private long at;

  public Cursor(Source in, Structures structures, long at) {
    if (at == Fields.UNDEFINED) {
      throw new IllegalArgumentException("an undefined address");
    }
    this.in = in;
    this.structures = structures;
    this.at = at;
  }

  public long at() {
    return at;
  }

  public int u8() {
    return in.u8(at++);
  }

  public int u16() {
    return (int) uint(2);
  }

  public long u32() {
    return uint(4);
  }

  public long uint(int bytes) {
    long v = in.uint(at, bytes);
    at += bytes;
    return v;
  }

  /** A count or number of bytes, not negative. */
  public long length() {
    long v = uint(in.lengthBytes());
    if (v < 0) {
      throw new IllegalArgumentException("a length of " + Long.toUnsignedString(v));
    }
    return v;
  }

  /** An address, which is reported unless it is undefined. */
  public long pointer() {
    int bytes = in.offsetBytes();
    long v = in.uint(at, bytes);
    if (bytes < 8 && v == (1L << 8 * bytes) - 1) {
      v = Fields.UNDEFINED;
    }
    if (v != Fields.UNDEFINED) {
      structures.pointer(at, v);
    }
    at += bytes;
    return v;
  }

  public Cursor skip(long bytes) {
    if (bytes < 0) {
      throw new IllegalArgumentException("a length of " + bytes);
    }
    at += bytes;
    return this;
  }

  public Cursor signature(String expected) {
    byte[] found = in.bytes(at, expected.length());
    if (!new String(found, StandardCharsets.ISO_8859_1).equals(expected)) {
      throw new IllegalArgumentException("no signature " + expected + " at " + at);
    }
    at += found.length;
    return this;
  }

  public int version(String what, int from, int to) {
    int v = u8();
    if (v < from || v > to) {
      throw new IllegalArgumentException(what + " of version " + v);
    }
    return v;
  }

  /** Skips text up to and with its zero byte; returns its length without that. */
  public int terminated() {
    long from = at;
    while (u8() != 0) {
      if (at - from > 1 << 16) {
        throw new IllegalArgumentException("a name without an end at " + from);
      }
    }
    return (int) (at - from - 1);
  }
}
