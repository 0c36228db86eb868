package org.mdx.io.mrc;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import org.mdx.io.MdxFormatException;
import org.mdx.io.image.FileBytes;
import org.mdx.io.image.PixelType;

/**
 * The main header of an MRC file (<a
 * href="https://www.ccpem.ac.uk/mrc_format/mrc2014.php">MRC2014</a>), and its extended header.
 *
 * @param width NX
 * @param height NY
 * @param frames NZ
 * @param type how a pixel is stored
 * @param order of the bytes of all numbers
 * @param offset of the first pixel in the file
 * @param extended EXTTYP, such as {@code FEI1}; may be empty
 * @param title the first label; may be empty
 */
record MrcFile(
    int width,
    int height,
    int frames,
    PixelType type,
    ByteOrder order,
    long offset,
    String extended,
    String title) {

  /** Size of the main header, where the extended one begins. */
  static final int HEADER = 1024;

  private static final int MAP = 208;
  private static final int IMOD_STAMP = 1146047817;
  private static final String CURE = "the header is damaged, copy the file again";

  /** More pixels than any detector has: 2²⁸. */
  private static final long MAX_PIXELS = 1L << 28;

  static boolean recognizes(Path file) throws IOException {
    byte[] head = FileBytes.head(file, MAP + 4);
    return head.length == MAP + 4
        && head[MAP] == 'M'
        && head[MAP + 1] == 'A'
        && head[MAP + 2] == 'P'
        && (head[MAP + 3] == ' ' || head[MAP + 3] == 0);
  }

  static MrcFile read(Path path, FileBytes in) throws IOException {
    byte[] bytes = new byte[HEADER];
    in.need(0, bytes, HEADER, "main header");
    ByteOrder order = order(path, bytes);
    ByteBuffer b = ByteBuffer.wrap(bytes).order(order);
    int width = b.getInt(0);
    int height = b.getInt(4);
    int frames = b.getInt(8);
    if (width < 1 || height < 1 || frames < 1 || (long) width * height > MAX_PIXELS) {
      throw new MdxFormatException(
          path,
          "NX, NY, NZ",
          "sizes above 0 and at most " + MAX_PIXELS + " pixels",
          width + ", " + height + ", " + frames,
          CURE);
    }
    boolean imod = b.getInt(152) == IMOD_STAMP;
    PixelType type = type(path, b.getInt(12), imod && (b.getInt(156) & 1) == 0);
    int extended = b.getInt(92);
    if (extended < 0) {
      throw new MdxFormatException(path, "NSYMBT", "0 or above", String.valueOf(extended), CURE);
    }
    long offset = HEADER + (long) extended;
    long frame = (long) width * height * type.bytes;
    // compared by division: NZ times the size of a frame may exceed 64 bits
    if ((in.atMost() - offset) / frame < frames) {
      throw new MdxFormatException(
          path,
          "NX, NY, NZ",
          width + " x " + height + " x " + frames + " pixels of " + type.label,
          Math.max(0, in.atMost() - offset) + " bytes behind the headers",
          "the file is truncated or its header damaged, copy it again");
    }
    return new MrcFile(
        width,
        height,
        frames,
        type,
        order,
        offset,
        extended == 0 ? "" : text(bytes, 104, 4),
        b.getInt(220) > 0 ? text(bytes, 224, 80) : "");
  }

  /** Text up to the first zero, without blanks at the end. */
  static String text(byte[] bytes, int at, int count) {
    String s = new String(bytes, at, count, StandardCharsets.ISO_8859_1);
    int end = s.indexOf(0);
    return (end < 0 ? s : s.substring(0, end)).strip();
  }

  private static ByteOrder order(Path path, byte[] header) {
    if (header[212] == 0x44) {
      return ByteOrder.LITTLE_ENDIAN;
    } else if (header[212] == 0x11) {
      return ByteOrder.BIG_ENDIAN;
    }
    throw new MdxFormatException(
        path,
        "MACHST at byte 212",
        "the machine stamp 0x44 or 0x11",
        String.format("0x%02x", header[212]),
        CURE);
  }

  private static PixelType type(Path path, int mode, boolean unsignedBytes) {
    return switch (mode) {
      case 0 -> unsignedBytes ? PixelType.UINT8 : PixelType.INT8;
      case 1 -> PixelType.INT16;
      case 2 -> PixelType.FLOAT32;
      case 6 -> PixelType.UINT16;
      case 12 -> PixelType.FLOAT16;
      default ->
          throw new MdxFormatException(
              path,
              "MODE",
              "0, 1, 2, 6 or 12: real numbers of 8, 16 or 32 bits",
              String.valueOf(mode),
              "convert the images to one of these");
    };
  }

  /** Number of bytes of a frame. */
  long size() {
    return (long) width * height * type.bytes;
  }
}
