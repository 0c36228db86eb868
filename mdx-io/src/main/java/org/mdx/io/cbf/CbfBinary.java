package org.mdx.io.cbf;

import java.nio.ByteOrder;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.mdx.io.MdxFormatException;
import org.mdx.io.image.PixelType;

/**
 * The MIME header of the binary section, checked for what this reader understands.
 *
 * @param offset of the first compressed byte in the file
 * @param size number of compressed bytes
 * @param width pixels along fast
 * @param height pixels along slow
 * @param type of the pixels
 * @param order of their bytes
 * @param packing how they are compressed
 * @param md5 base64 checksum of the compressed bytes, or null
 */
record CbfBinary(
    int offset,
    int size,
    int width,
    int height,
    PixelType type,
    ByteOrder order,
    Packing packing,
    String md5) {

  /** The compression of the pixels. */
  enum Packing {
    /** Not at all. */
    NONE,
    /** By byte offsets. */
    BYTE_OFFSET,
    /** By the bits that differences need. */
    PACKED,
    /** The same with more widths. */
    PACKED_V2
  }

  private static final String START = "--CIF-BINARY-FORMAT-SECTION--";
  private static final Pattern PACKED = Pattern.compile("\\bx-CBF_PACKED(_V2)?\\b");
  private static final String CURE = "the file is damaged or of a kind that is not supported";

  /** More pixels than any detector has: 2²⁸. */
  private static final long MAX_PIXELS = 1L << 28;

  static CbfBinary parse(Path path, String header, int offset) {
    Map<String, String> mime = mime(path, header);
    Packing packing = packing(path, mime);
    PixelType type = type(path, mime);
    boolean packed = packing == Packing.PACKED || packing == Packing.PACKED_V2;
    if (packed && type.ordinal() >= PixelType.FLOAT16.ordinal()) {
      throw new MdxFormatException(
          path, "X-Binary-Element-Type", "integers, as they are packed", type.label, CURE);
    }
    ByteOrder order = order(path, mime, packing != Packing.NONE);
    require(path, mime, "Content-Transfer-Encoding", "BINARY");
    long width = number(path, mime, "X-Binary-Size-Fastest-Dimension", MAX_PIXELS);
    long height = number(path, mime, "X-Binary-Size-Second-Dimension", MAX_PIXELS);
    requireOnePicture(path, mime, width, height);
    long size = number(path, mime, "X-Binary-Size", Integer.MAX_VALUE - (1L << 21));
    long pixels = width * height;
    long least =
        packed
            ? CbfPacked.least(pixels)
            : pixels * (packing == Packing.BYTE_OFFSET ? 1 : type.bytes);
    if (size < least) {
      throw new MdxFormatException(
          path,
          "X-Binary-Size",
          "at least " + least + " bytes for " + width + " x " + height + " pixels",
          size + " bytes",
          CURE);
    }
    return new CbfBinary(
        offset,
        (int) size,
        (int) width,
        (int) height,
        type,
        order,
        packing,
        mime.get("content-md5"));
  }

  /** The lines of the section's header by their names in small letters. */
  private static Map<String, String> mime(Path path, String header) {
    int start = header.indexOf(START);
    if (start < 0) {
      throw new MdxFormatException(
          path, "header", "a line " + START, "none before the binary data", CURE);
    }
    Map<String, String> mime = new HashMap<>();
    String unfolded = header.substring(start + START.length()).replaceAll("\r?\n[ \t]+", " ");
    for (String line : unfolded.split("\r?\n")) {
      int colon = line.indexOf(':');
      if (colon > 0) {
        mime.put(
            line.substring(0, colon).trim().toLowerCase(Locale.ROOT),
            line.substring(colon + 1).trim());
      }
    }
    return mime;
  }

  private static void requireOnePicture(
      Path path, Map<String, String> mime, long width, long height) {
    if (width * height > MAX_PIXELS) {
      throw new MdxFormatException(
          path, "header", "at most " + MAX_PIXELS + " pixels", width + " x " + height, CURE);
    }
    if (mime.containsKey("x-binary-size-third-dimension")
        && number(path, mime, "X-Binary-Size-Third-Dimension", MAX_PIXELS) != 1) {
      throw new MdxFormatException(
          path, "X-Binary-Size-Third-Dimension", "1", "more than one picture", CURE);
    }
    if (mime.containsKey("x-binary-number-of-elements")) {
      long elements = number(path, mime, "X-Binary-Number-of-Elements", MAX_PIXELS);
      if (elements != width * height) {
        throw new MdxFormatException(
            path,
            "X-Binary-Number-of-Elements",
            width + " x " + height + " = " + width * height,
            String.valueOf(elements),
            CURE);
      }
    }
  }

  private static Packing packing(Path path, Map<String, String> mime) {
    String text = mime.getOrDefault("content-type", "no such line");
    if (text.startsWith("application/octet-stream") && !text.contains("conversions")) {
      return Packing.NONE;
    } else if (text.contains("x-CBF_BYTE_OFFSET")) {
      return Packing.BYTE_OFFSET;
    }
    Matcher m = PACKED.matcher(text);
    if (m.find() && !text.contains("uncorrelated_sections") && !text.contains("flat")) {
      return m.group(1) == null ? Packing.PACKED : Packing.PACKED_V2;
    }
    throw new MdxFormatException(
        path,
        "Content-Type",
        "conversions=\"x-CBF_BYTE_OFFSET\", x-CBF_PACKED, x-CBF_PACKED_V2 or none",
        abbreviated(text),
        "write the images anew with byte-offset compression");
  }

  private static PixelType type(Path path, Map<String, String> mime) {
    String text = mime.getOrDefault("x-binary-element-type", "no such line");
    return switch (text.replace("\"", "").toLowerCase(Locale.ROOT)) {
      case "signed 32-bit integer" -> PixelType.INT32;
      case "unsigned 32-bit integer" -> PixelType.UINT32;
      case "signed 16-bit integer" -> PixelType.INT16;
      case "unsigned 16-bit integer" -> PixelType.UINT16;
      case "signed 8-bit integer" -> PixelType.INT8;
      case "unsigned 8-bit integer" -> PixelType.UINT8;
      case "signed 32-bit real ieee" -> PixelType.FLOAT32;
      case "signed 64-bit real ieee" -> PixelType.FLOAT64;
      default ->
          throw new MdxFormatException(
              path,
              "X-Binary-Element-Type",
              "signed 32-bit integer or the like",
              abbreviated(text),
              CURE);
    };
  }

  private static ByteOrder order(Path path, Map<String, String> mime, boolean compressed) {
    String text = mime.getOrDefault("x-binary-element-byte-order", "LITTLE_ENDIAN");
    if (!compressed && text.contains("BIG_ENDIAN")) {
      return ByteOrder.BIG_ENDIAN;
    }
    require(path, mime, "X-Binary-Element-Byte-Order", "LITTLE_ENDIAN");
    return ByteOrder.LITTLE_ENDIAN;
  }

  /** A line that may be missing, but says nothing else. */
  private static void require(Path path, Map<String, String> mime, String key, String value) {
    String found = mime.get(key.toLowerCase(Locale.ROOT));
    if (found != null && !found.contains(value)) {
      throw new MdxFormatException(path, key, value, abbreviated(found), CURE);
    }
  }

  private static long number(Path path, Map<String, String> mime, String key, long max) {
    String text = mime.get(key.toLowerCase(Locale.ROOT));
    if (text == null) {
      throw new MdxFormatException(path, key, "a number", "no such line", CURE);
    }
    if (!text.matches("\\d{1,12}") || Long.parseLong(text) < 1 || Long.parseLong(text) > max) {
      throw new MdxFormatException(path, key, "a number from 1 to " + max, abbreviated(text), CURE);
    }
    return Long.parseLong(text);
  }

  private static String abbreviated(String text) {
    return text.length() > 60 ? text.substring(0, 60) + "…" : text;
  }
}
