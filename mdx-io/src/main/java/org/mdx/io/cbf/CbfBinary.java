package org.mdx.io.cbf;

import java.nio.file.Path;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import org.mdx.io.MdxFormatException;

/**
 * What the MIME header of the binary section says, checked for what this reader understands.
 *
 * @param offset of the first compressed byte in the file
 * @param size number of compressed bytes
 * @param width pixels along fast
 * @param height pixels along slow
 * @param md5 base64 checksum of the compressed bytes, or null
 */
record CbfBinary(int offset, int size, int width, int height, String md5) {
  private static final String START = "--CIF-BINARY-FORMAT-SECTION--";
  private static final String CURE = "the file is damaged or of a kind that is not supported";

  /** More pixels than any detector has: 2²⁸. */
  private static final long MAX_PIXELS = 1L << 28;

  static CbfBinary parse(Path path, String header, int offset) {
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
    require(path, mime, "Content-Type", "x-CBF_BYTE_OFFSET", true);
    require(path, mime, "X-Binary-Element-Type", "signed 32-bit integer", true);
    require(path, mime, "X-Binary-Element-Byte-Order", "LITTLE_ENDIAN", false);
    require(path, mime, "Content-Transfer-Encoding", "BINARY", false);
    long width = number(path, mime, "X-Binary-Size-Fastest-Dimension", MAX_PIXELS);
    long height = number(path, mime, "X-Binary-Size-Second-Dimension", MAX_PIXELS);
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
    long size = number(path, mime, "X-Binary-Size", Integer.MAX_VALUE - (1L << 21));
    if (size < width * height) {
      throw new MdxFormatException(
          path,
          "X-Binary-Size",
          "at least one byte for each of " + width * height + " pixels",
          size + " bytes",
          CURE);
    }
    return new CbfBinary(offset, (int) size, (int) width, (int) height, mime.get("content-md5"));
  }

  private static void require(
      Path path, Map<String, String> mime, String key, String value, boolean always) {
    String found = mime.get(key.toLowerCase(Locale.ROOT));
    if (found == null ? always : !found.contains(value)) {
      throw new MdxFormatException(
          path, key, value, found == null ? "no such line" : abbreviated(found), CURE);
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
