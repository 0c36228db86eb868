package org.mdx.io.internal.hdf5.structure;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;

/** Reads the fields of a structure one after the other. */
public final class Fields {

  /** An address that points nowhere. */
  public static final long UNDEFINED = -1;

  private final ByteBuffer buffer;
  private final int offsetBytes;
  private final int lengthBytes;

  public Fields(ByteBuffer buffer, int offsetBytes, int lengthBytes) {
    this.buffer = buffer.order(ByteOrder.LITTLE_ENDIAN);
    this.offsetBytes = offsetBytes;
    this.lengthBytes = lengthBytes;
  }

  public int position() {
    return buffer.position();
  }

  public int remaining() {
    return buffer.remaining();
  }

  public int u8() {
    return buffer.get() & 0xff;
  }

  public int u16() {
    return buffer.getShort() & 0xffff;
  }

  public long u32() {
    return buffer.getInt() & 0xffffffffL;
  }

  /** An unsigned number of 1 to 8 bytes; one beyond 2⁶³ comes out negative. */
  public long uint(int bytes) {
    long v = 0;
    for (int i = 0; i < bytes; i++) {
      v |= (long) u8() << 8 * i;
    }
    return v;
  }

  /** A count or number of bytes, not negative. */
  public long length() {
    long v = uint(lengthBytes);
    if (v < 0) {
      throw new IllegalArgumentException("a length of " + Long.toUnsignedString(v));
    }
    return v;
  }

  /** A length in which all ones stand for no limit. */
  long lengthOrUnlimited() {
    long v = uint(lengthBytes);
    return v == allOnes(lengthBytes) ? Long.MAX_VALUE : v;
  }

  /** An address, or {@link #UNDEFINED}. */
  public long address() {
    long v = uint(offsetBytes);
    return v == allOnes(offsetBytes) ? UNDEFINED : v;
  }

  private static long allOnes(int bytes) {
    return bytes == 8 ? -1 : (1L << 8 * bytes) - 1;
  }

  public Fields skip(int bytes) {
    if (bytes < 0) {
      throw new IllegalArgumentException("a length of " + bytes);
    }
    buffer.position(buffer.position() + bytes);
    return this;
  }

  /** Skips to a multiple of eight bytes from the beginning. */
  Fields align() {
    return skip(-buffer.position() & 7);
  }

  /** The next bytes as a structure of their own. */
  public Fields part(long bytes) {
    if (bytes < 0 || bytes > buffer.remaining()) {
      throw new IndexOutOfBoundsException(bytes + " of " + buffer.remaining() + " bytes");
    }
    ByteBuffer b = buffer.slice(buffer.position(), (int) bytes);
    skip((int) bytes);
    return new Fields(b, offsetBytes, lengthBytes);
  }

  /** The bytes that are left, to be read again from here. */
  public Fields fresh() {
    return new Fields(buffer.slice(), offsetBytes, lengthBytes);
  }

  /** The bytes that are left. */
  public byte[] rest() {
    byte[] b = new byte[buffer.remaining()];
    buffer.get(b);
    return b;
  }

  /** The bytes that are left, not copied. */
  public ByteBuffer buffer() {
    return buffer.slice().order(ByteOrder.LITTLE_ENDIAN);
  }

  /** Requires a signature. */
  Fields signature(String expected) {
    String found = text(expected.length());
    if (!found.equals(expected)) {
      throw new IllegalArgumentException("no signature " + expected);
    }
    return this;
  }

  /** Requires a version of a structure. */
  public int version(String what, int from, int to) {
    int v = u8();
    if (v < from || v > to) {
      throw new IllegalArgumentException(what + " of version " + v);
    }
    return v;
  }

  /** UTF-8 text of a given length, up to its first zero byte. */
  public String text(long bytes) {
    byte[] b = part(bytes).rest();
    int n = 0;
    while (n < b.length && b[n] != 0) {
      n++;
    }
    return new String(b, 0, n, StandardCharsets.UTF_8);
  }

  /** UTF-8 text up to its zero byte, which is skipped. */
  public String terminated() {
    int n = 0;
    while (buffer.get(buffer.position() + n) != 0) {
      n++;
    }
    String s = text(n);
    skip(1);
    return s;
  }
}
