package org.mdx.io.cbf;

import java.io.BufferedInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.Base64;
import java.util.zip.GZIPInputStream;
import org.apache.commons.compress.compressors.bzip2.BZip2CompressorInputStream;
import org.mdx.io.MdxFormatException;
import org.mdx.io.image.FileBytes;
import org.mdx.io.image.PixelType;
import org.mdx.io.internal.codec.ByteOffset;
import org.mdx.io.internal.codec.StoredPixels;
import org.mdx.io.output.AtomicFile;

/**
 * One file at a time in a buffer that is used again for the next: so a sweep makes no garbage.
 * Grows with the bytes that are really there, never with a size that a header claims. Not
 * thread-safe.
 */
final class CbfBuffer {
  private static final int CHUNK = 1 << 18;
  private static final int FIRST = 1 << 13;
  private static final int MAX_HEADER = 1 << 20;
  private static final int MAX_TRAILER = 1 << 20;
  private static final byte[] TAG = {0x0c, 0x1a, 0x04, (byte) 0xd5};
  private static final String MAGIC = "###CBF";

  private final MessageDigest md5;
  private byte[] bytes = new byte[CHUNK];
  private int length;
  private Path path;
  private String header;
  private CbfBinary binary;

  CbfBuffer() {
    try {
      md5 = MessageDigest.getInstance("MD5");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has MD5", e);
    }
  }

  /** Whether a file begins as a CBF does, after decompression. */
  static boolean recognizes(Path path) throws IOException {
    byte[] head = FileBytes.head(path, MAGIC.length());
    return MAGIC.equals(new String(head, StandardCharsets.ISO_8859_1));
  }

  /** Reads the header alone; {@link #decode} must not follow. */
  void loadHeader(Path file) throws IOException {
    read(file, false);
  }

  /** Reads a whole file, to be followed by {@link #checkMd5} and {@link #decode}. */
  void load(Path file) throws IOException {
    read(file, true);
  }

  String header() {
    return header;
  }

  CbfBinary binary() {
    return binary;
  }

  private void read(Path file, boolean all) throws IOException {
    path = file;
    length = 0;
    binary = null;
    boolean compressed = false;
    FileBytes.Stored plain = null;
    try (FileChannel channel = open(file)) {
      plain = new FileBytes.Stored(Channels.newInputStream(channel));
      compressed = true;
      InputStream in = decompressed(channel, plain);
      compressed = in != plain;
      int tag = -1;
      for (int searched = 0; tag < 0; ) {
        int before = length;
        fill(in, length + FIRST);
        tag = find(searched);
        searched = Math.max(0, length - TAG.length + 1);
        if (tag < 0 && (length == before || length > MAX_HEADER)) {
          throw new MdxFormatException(
              file,
              "header",
              "the bytes 0C 1A 04 D5 that begin the picture",
              length == before
                  ? "the end of the file after " + length + " bytes"
                  : "none in the first " + length + " bytes",
              "the file is truncated or no CBF; copy it again");
        }
      }
      header = new String(bytes, 0, tag, StandardCharsets.ISO_8859_1);
      binary = CbfBinary.parse(file, header, tag + TAG.length);
      if (!compressed && channel.size() < binary.offset() + binary.size()) {
        length = (int) channel.size();
        throw truncated(null);
      }
      if (all) {
        fill(in, binary.offset() + binary.size());
        if (length < binary.offset() + binary.size()) {
          throw truncated(null);
        }
        in.skip(MAX_TRAILER);
      }
    } catch (IOException | RuntimeException e) {
      if (!compressed || e instanceof ClosedChannelException || e instanceof MdxFormatException) {
        throw e;
      }
      if (plain != null) {
        plain.rethrow(file);
      }
      throw e instanceof EOFException ? truncated(e) : damagedStream(e);
    }
  }

  private MdxFormatException truncated(Exception cause) {
    String cure = "the file is truncated, copy it again";
    if (binary == null) {
      return new MdxFormatException(
          path, "header", "the whole header", "its first " + length + " bytes", cure, cause);
    }
    int got = length - binary.offset();
    return got < binary.size()
        ? new MdxFormatException(
            path, "binary section", binary.size() + " bytes", got + " bytes", cure, cause)
        : new MdxFormatException(
            path, "compressed stream", "its checksum at the end", "none", cure, cause);
  }

  private MdxFormatException damagedStream(Exception cause) {
    return new MdxFormatException(
        path,
        "compressed stream, after " + length + " bytes",
        "intact gzip or bzip2 data",
        cause instanceof IOException e ? AtomicFile.reason(e) : String.valueOf(cause.getMessage()),
        "the file is damaged, copy it again",
        cause);
  }

  private static FileChannel open(Path file) throws IOException {
    try {
      return FileChannel.open(file, StandardOpenOption.READ);
    } catch (NoSuchFileException e) {
      throw new NoSuchFileException(file.toString(), null, "the image file is missing");
    }
  }

  private static InputStream decompressed(FileChannel channel, InputStream in) throws IOException {
    ByteBuffer magic = ByteBuffer.allocate(3);
    channel.read(magic, 0);
    byte[] m = magic.array();
    if (m[0] == 0x1f && m[1] == (byte) 0x8b) {
      return new GZIPInputStream(in, 1 << 16);
    }
    if (m[0] == 'B' && m[1] == 'Z' && m[2] == 'h') {
      return new BZip2CompressorInputStream(new BufferedInputStream(in, 1 << 16), true);
    }
    return in;
  }

  /** Reads until {@code target} bytes are there or the stream ends. */
  private void fill(InputStream in, int target) throws IOException {
    while (length < target) {
      if (length == bytes.length) {
        bytes = Arrays.copyOf(bytes, (int) Math.min(2L * length, Math.max(target, CHUNK)));
      }
      int n = in.read(bytes, length, Math.min(CHUNK, Math.min(target, bytes.length) - length));
      if (n < 0) {
        return;
      }
      length += n;
    }
  }

  private int find(int from) {
    for (int i = from; i <= length - TAG.length; i++) {
      if (bytes[i] == TAG[0]
          && bytes[i + 1] == TAG[1]
          && bytes[i + 2] == TAG[2]
          && bytes[i + 3] == TAG[3]) {
        return i;
      }
    }
    return -1;
  }

  /** Compares the checksum with that of the header, if it has one. */
  void checkMd5() {
    if (binary.md5() == null) {
      return;
    }
    md5.reset();
    md5.update(bytes, binary.offset(), binary.size());
    String actual = Base64.getEncoder().encodeToString(md5.digest());
    if (!actual.equals(binary.md5())) {
      throw new MdxFormatException(
          path,
          "Content-MD5",
          binary.md5(),
          actual,
          "the pixel data are damaged, copy the file again");
    }
  }

  /**
   * Decodes all pixels into the beginning of an array that has room for them; real numbers become
   * whole numbers of steps of 2 to the power of minus {@code fractionBits}.
   */
  void decode(int fractionBits, int[] pixels) {
    int count = binary.width() * binary.height();
    if (binary.packing() == CbfBinary.Packing.NONE) {
      PixelType type = binary.type();
      type.decode(bytes, binary.offset(), binary.order(), fractionBits, pixels, 0, count);
      return;
    }
    int end = binary.offset() + binary.size();
    if (binary.packing() != CbfBinary.Packing.BYTE_OFFSET) {
      unpack(pixels, count, end);
      return;
    }
    int stop = ByteOffset.decode(bytes, binary.offset(), end, pixels, count);
    if (stop < 0) {
      throw new MdxFormatException(
          path,
          "binary section",
          binary.width() + " x " + binary.height() + " = " + count + " pixels of 32 bits",
          "only " + (-1 - stop) + " in its " + binary.size() + " bytes",
          "the picture is damaged, copy the file again");
    }
    if (stop != end) {
      throw new MdxFormatException(
          path,
          "binary section",
          "its end after " + count + " pixels",
          (end - stop) + " bytes more",
          "the picture is damaged, copy the file again");
    }
  }

  private void unpack(int[] pixels, int count, int end) {
    long claimed = CbfPacked.count(bytes, binary.offset());
    int got = claimed != count ? 0 : CbfPacked.decode(bytes, binary.offset(), end, binary, pixels);
    if (got < count) {
      throw new MdxFormatException(
          path,
          "binary section",
          binary.width() + " x " + binary.height() + " = " + count + " packed pixels",
          claimed != count
              ? "a count of " + claimed
              : "only " + got + " in its " + binary.size() + " bytes",
          "the picture is damaged, copy the file again");
    }
    if (binary.type() == PixelType.UINT32) {
      StoredPixels.bound(pixels, 0, count);
    }
  }
}
