package org.mdx.io.smv;

import java.io.IOException;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.mdx.io.MdxFormatException;
import org.mdx.io.image.FileBytes;
import org.mdx.io.image.PixelType;

/**
 * The header of an SMV file: its entries, and what they say about the picture behind it.
 *
 * @param entries keys and values in order
 * @param offset of the first pixel in the file
 * @param width pixels along fast
 * @param height pixels along slow
 * @param type how a pixel is stored
 * @param order of the bytes of a pixel
 */
record SmvFile(
    Map<String, String> entries,
    int offset,
    int width,
    int height,
    PixelType type,
    ByteOrder order) {
  private static final Pattern START =
      Pattern.compile("^\\{\\s*HEADER_BYTES\\s*=\\s*(\\d{1,7})\\s*;");
  private static final Pattern NUMBER =
      Pattern.compile("[-+]?(?:\\d+\\.?\\d*|\\.\\d+)(?:[eE][-+]?\\d+)?");
  private static final int START_LENGTH = 64;
  private static final int MAX_HEADER = 1 << 20;

  /** More pixels than any detector has: 2²⁸. */
  private static final long MAX_PIXELS = 1L << 28;

  static boolean recognizes(Path file) throws IOException {
    return START.matcher(text(FileBytes.head(file, START_LENGTH))).find();
  }

  private static String text(byte[] bytes) {
    return new String(bytes, StandardCharsets.ISO_8859_1);
  }

  static SmvFile read(Path path) throws IOException {
    try (FileBytes in = FileBytes.open(path)) {
      return read(path, in);
    }
  }

  static SmvFile read(Path path, FileBytes in) throws IOException {
    byte[] start = new byte[START_LENGTH];
    int n = in.read(0, start, 0, START_LENGTH);
    Matcher m = START.matcher(text(start).substring(0, n));
    if (!m.find()) {
      throw new MdxFormatException(
          path, "header", "{HEADER_BYTES=…;", "another beginning", "the file is no SMV image");
    }
    int size = Integer.parseInt(m.group(1));
    if (size < m.end() || size > MAX_HEADER) {
      throw new MdxFormatException(
          path,
          "HEADER_BYTES",
          m.end() + " to " + MAX_HEADER,
          String.valueOf(size),
          "the header is damaged, copy the file again");
    }
    byte[] header = new byte[size];
    in.need(0, header, size, "header");
    Map<String, String> entries = entries(text(header));
    int width = integer(path, entries, "SIZE1");
    int height = integer(path, entries, "SIZE2");
    if ((long) width * height > MAX_PIXELS) {
      throw new MdxFormatException(
          path,
          "SIZE1, SIZE2",
          "at most " + MAX_PIXELS + " pixels",
          width + " x " + height,
          "the header is damaged, copy the file again");
    }
    PixelType type = type(path, entries);
    in.mustReach(
        size + (long) width * height * type.bytes,
        "header and " + width + " x " + height + " pixels of " + type.label);
    return new SmvFile(entries, size, width, height, type, order(path, entries));
  }

  /** Entries up to the closing brace; each ends with a semicolon or a line. */
  private static Map<String, String> entries(String header) {
    Map<String, String> entries = new LinkedHashMap<>();
    int end = header.indexOf('}');
    String inside = header.substring(header.indexOf('{') + 1, end < 0 ? header.length() : end);
    for (String entry : inside.split("[;\r\n]+")) {
      int equals = entry.indexOf('=');
      if (equals > 0) {
        entries.putIfAbsent(entry.substring(0, equals).trim(), entry.substring(equals + 1).trim());
      }
    }
    return entries;
  }

  private static int integer(Path path, Map<String, String> entries, String key) {
    String text = entries.getOrDefault(key, "none");
    if (!text.matches("\\d{1,9}") || Integer.parseInt(text) < 1) {
      throw new MdxFormatException(
          path, key, "a number of pixels", abbreviated(text), "the header is damaged");
    }
    return Integer.parseInt(text);
  }

  private static PixelType type(Path path, Map<String, String> entries) {
    String text = entries.getOrDefault("TYPE", entries.getOrDefault("Data_type", "unsigned_short"));
    String compression = entries.getOrDefault("COMPRESSION", "None");
    PixelType type =
        switch (text.toLowerCase(Locale.ROOT).replace("integer", "int").replace(' ', '_')) {
          case "unsigned_short", "unsigned_short_int", "mad", "unsigned_int16" -> PixelType.UINT16;
          case "signed_short", "short_int", "short", "signed_short_int" -> PixelType.INT16;
          case "unsigned_char" -> PixelType.UINT8;
          case "signed_char" -> PixelType.INT8;
          case "long_int", "long", "signed_long", "signed_int", "int", "signed_int32" ->
              PixelType.INT32;
          case "unsigned_long", "unsigned_long_int", "unsigned_int", "unsigned_int32" ->
              PixelType.UINT32;
          case "float", "float_ieee" -> PixelType.FLOAT32;
          default -> null;
        };
    if (type == null || !compression.equalsIgnoreCase("none")) {
      throw new MdxFormatException(
          path,
          type == null ? "TYPE" : "COMPRESSION",
          type == null ? "unsigned_short, long, float or the like" : "None",
          abbreviated(type == null ? text : compression),
          "convert the images to a kind that is supported");
    }
    return type;
  }

  private static ByteOrder order(Path path, Map<String, String> entries) {
    String text = entries.getOrDefault("BYTE_ORDER", "little_endian");
    return switch (text.toLowerCase(Locale.ROOT)) {
      case "little_endian" -> ByteOrder.LITTLE_ENDIAN;
      case "big_endian" -> ByteOrder.BIG_ENDIAN;
      default ->
          throw new MdxFormatException(
              path,
              "BYTE_ORDER",
              "little_endian or big_endian",
              abbreviated(text),
              "the header is damaged, copy the file again");
    };
  }

  private static String abbreviated(String text) {
    return text.length() > 60 ? text.substring(0, 60) + "…" : text;
  }

  /** Number of bytes of the picture. */
  long size() {
    return (long) width * height * type.bytes;
  }

  /** Text of an entry; empty if there is none. */
  String text(String key) {
    return entries.getOrDefault(key, "");
  }

  /** First number of an entry; NaN if there is none. */
  double number(String key) {
    return numbers(key, 1)[0];
  }

  /** The first numbers of an entry; NaN where there are none. */
  double[] numbers(String key, int count) {
    double[] values = new double[count];
    Matcher m = NUMBER.matcher(text(key));
    for (int i = 0; i < count; i++) {
      values[i] = m.find() ? Double.parseDouble(m.group()) : Double.NaN;
    }
    return values;
  }
}
