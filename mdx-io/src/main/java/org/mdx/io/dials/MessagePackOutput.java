package org.mdx.io.dials;

import java.io.DataOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;

/** Writes MessagePack, each value in its shortest form, as DIALS does. */
final class MessagePackOutput {
  /** Bytes that go out at a time: streams to files keep a buffer as large as what they get. */
  private static final int PIECE = 1 << 17;

  private final DataOutputStream out;

  MessagePackOutput(OutputStream out) {
    this.out = new DataOutputStream(out);
  }

  /** A number from 0. */
  void integer(long v) throws IOException {
    if (v < 0x80) {
      out.writeByte((int) v);
    } else if (v < 0x100) {
      head(0xcc, v, 1);
    } else if (v < 0x10000) {
      head(0xcd, v, 2);
    } else if (v < 1L << 32) {
      head(0xce, v, 4);
    } else {
      out.writeByte(0xcf);
      out.writeLong(v);
    }
  }

  void array(int n) throws IOException {
    if (n < 16) {
      out.writeByte(0x90 | n);
    } else {
      head(n < 0x10000 ? 0xdc : 0xdd, n, n < 0x10000 ? 2 : 4);
    }
  }

  void map(int n) throws IOException {
    if (n < 16) {
      out.writeByte(0x80 | n);
    } else {
      head(n < 0x10000 ? 0xde : 0xdf, n, n < 0x10000 ? 2 : 4);
    }
  }

  void text(String text) throws IOException {
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    if (bytes.length < 32) {
      out.writeByte(0xa0 | bytes.length);
    } else {
      sized(0xd9, bytes.length);
    }
    out.write(bytes);
  }

  void bytes(ByteBuffer bytes) throws IOException {
    sized(0xc4, bytes.remaining());
    byte[] piece = new byte[Math.min(PIECE, bytes.remaining())];
    while (bytes.hasRemaining()) {
      int n = Math.min(piece.length, bytes.remaining());
      bytes.get(piece, 0, n);
      out.write(piece, 0, n);
    }
  }

  /** A head for lengths of one byte; those for two and four follow it. */
  private void sized(int head, int n) throws IOException {
    if (n < 0x100) {
      head(head, n, 1);
    } else if (n < 0x10000) {
      head(head + 1, n, 2);
    } else {
      head(head + 2, n, 4);
    }
  }

  private void head(int head, long n, int size) throws IOException {
    out.writeByte(head);
    for (int i = size - 1; i >= 0; i--) {
      out.writeByte((int) (n >>> 8 * i));
    }
  }
}
