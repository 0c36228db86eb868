package org.mdx.io.dials;

import java.io.BufferedInputStream;
import java.io.Closeable;
import java.io.DataInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.mdx.io.MdxFormatException;

/**
 * Reads MessagePack from a file, value by value. A length is compared with what is left of the file
 * before anything of it is allocated. Of the format only that is understood which a table of
 * reflections needs: integers, texts, bytes, arrays and maps.
 */
final class MessagePackInput implements Closeable {
  /** Bytes that come in at a time: streams of files keep a buffer as large as what is asked for. */
  private static final int PIECE = 1 << 17;

  private final Path file;
  private final long size;
  private final DataInputStream in;
  private long at;

  MessagePackInput(Path file) throws IOException {
    this.file = file;
    this.size = Files.size(file);
    this.in = new DataInputStream(new BufferedInputStream(Files.newInputStream(file), 1 << 16));
  }

  MdxFormatException failure(String expected, String found) {
    return new MdxFormatException(
        file,
        "byte " + at,
        expected,
        found,
        "the file is damaged or no table of reflections; copy it again or run the DIALS step again");
  }

  /** A number that is not negative. */
  long integer(String what) throws IOException {
    int head = unsigned(1);
    if (head < 0x80) {
      return head;
    }
    long value =
        switch (head) {
          case 0xcc -> unsigned(1);
          case 0xcd -> unsigned(2);
          case 0xce -> longOf(4);
          case 0xcf, 0xd3 -> longOf(8);
          case 0xd0 -> (byte) unsigned(1);
          case 0xd1 -> (short) unsigned(2);
          case 0xd2 -> (int) longOf(4);
          default -> throw unexpected(what, head);
        };
    if (value < 0) {
      throw failure(what + " from 0", String.valueOf(value));
    }
    return value;
  }

  /** Number of elements of an array. */
  long array(String what) throws IOException {
    int head = unsigned(1);
    long n =
        switch (head) {
          case 0xdc -> unsigned(2);
          case 0xdd -> longOf(4);
          default -> (head & 0xf0) == 0x90 ? head & 0xf : -1;
        };
    return count(what, head, n, 1);
  }

  /** Number of entries of a map. */
  long map(String what) throws IOException {
    int head = unsigned(1);
    long n =
        switch (head) {
          case 0xde -> unsigned(2);
          case 0xdf -> longOf(4);
          default -> (head & 0xf0) == 0x80 ? head & 0xf : -1;
        };
    return count(what, head, n, 2);
  }

  String text(String what) throws IOException {
    int head = unsigned(1);
    long n =
        switch (head) {
          case 0xd9 -> unsigned(1);
          case 0xda -> unsigned(2);
          case 0xdb -> longOf(4);
          default -> (head & 0xe0) == 0xa0 ? head & 0x1f : -1;
        };
    byte[] bytes = take(count(what, head, n, 1));
    try {
      CharBuffer text = StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes));
      return text.toString();
    } catch (CharacterCodingException e) {
      throw failure(what + " in UTF-8", "other bytes");
    }
  }

  byte[] bytes(String what) throws IOException {
    int head = unsigned(1);
    long n =
        switch (head) {
          case 0xc4 -> unsigned(1);
          case 0xc5 -> unsigned(2);
          case 0xc6 -> longOf(4);
          default -> -1;
        };
    return take(count(what, head, n, 1));
  }

  /** Nothing may follow. */
  void end() {
    if (at != size) {
      throw failure("the end", (size - at) + " bytes more");
    }
  }

  private MdxFormatException unexpected(String what, int head) {
    return failure(what, String.format("a value that begins with 0x%02x", head));
  }

  /** A count of things that take at least so many bytes each, −1 for another kind of value. */
  private long count(String what, int head, long n, int least) {
    if (n < 0) {
      throw unexpected(what, head);
    }
    if (n * least > size - at) {
      throw failure(what + " of length " + n, (size - at) + " bytes to the end");
    }
    return n;
  }

  private byte[] take(long n) throws IOException {
    if (n > Integer.MAX_VALUE - 8) {
      throw failure("at most 2 GiB in one column", n + " bytes");
    }
    byte[] bytes = new byte[(int) n];
    try {
      for (int from = 0; from < bytes.length; from += PIECE) {
        in.readFully(bytes, from, Math.min(PIECE, bytes.length - from));
      }
    } catch (EOFException e) {
      throw failure(n + " bytes more", "the end");
    }
    at += n;
    return bytes;
  }

  private int unsigned(int n) throws IOException {
    return (int) longOf(n);
  }

  /** Big endian; unsigned unless it takes 8 bytes. */
  private long longOf(int n) throws IOException {
    if (n > size - at) {
      throw failure(n + " bytes more", "the end after " + (size - at));
    }
    long v = 0;
    for (byte b : take(n)) {
      v = v << 8 | b & 0xff;
    }
    return v;
  }

  @Override
  public void close() throws IOException {
    in.close();
  }
}
