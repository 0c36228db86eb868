package org.mdx.io.npy;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.mdx.io.InputFile;
import org.mdx.io.MdxFormatException;
import org.mdx.io.NumberType;
import org.mdx.io.output.AtomicFile;
import org.mdx.io.volume.AxisSteps;
import org.mdx.io.volume.MapFile;
import org.mdx.io.volume.MapValues;
import org.mdx.io.volume.Sidecar;
import org.mdx.map.VoxelBox;

/**
 * Reads and writes arrays of NumPy, axes (h, k, l).
 *
 * <p>Source: NumPy documentation, {@code numpy.lib.format}, versions 1.0 to 3.0.
 */
public final class Npy {
  private static final String MAGIC = "\u0093NUMPY";
  private static final int LONGEST_HEADER = 1 << 16;
  private static final Pattern DESCR = Pattern.compile("'descr': *'([<>|=])([fiu])([1248])'");
  private static final Pattern FORTRAN = Pattern.compile("'fortran_order': *(True|False)");
  private static final Pattern SHAPE =
      Pattern.compile("'shape': *\\( *(\\d{1,10}), *(\\d{1,10}), *(\\d{1,10}),? *\\)");

  private Npy() {}

  /**
   * Whether a file looks like an array of NumPy.
   *
   * @param path the file
   * @return true if it begins so
   * @throws IOException if it cannot be read
   */
  public static boolean recognizes(Path path) throws IOException {
    return InputFile.startsWith(path, MAGIC);
  }

  /**
   * Writes a map as {@code <f4} in C order, and beside it a description with {@code .json} appended
   * to its name.
   *
   * @param path the file, which appears whole or not at all
   * @param file the map
   * @param missing written where nothing was measured; NaN to say so
   * @throws IOException if the file cannot be written
   */
  public static void write(Path path, MapFile file, float missing) throws IOException {
    VoxelBox b = file.map().box();
    String text =
        "{'descr': '<f4', 'fortran_order': False, 'shape': ("
            + b.nh()
            + ", "
            + b.nk()
            + ", "
            + b.nl()
            + "), }";
    int length = (10 + text.length() + 1 + 63) / 64 * 64; // the values begin at a multiple of 64
    String header = text + " ".repeat(length - 10 - text.length() - 1) + "\n";
    AtomicFile.write(
        path,
        out -> {
          out.write(MAGIC.getBytes(StandardCharsets.ISO_8859_1));
          out.write(1);
          out.write(0);
          out.write(header.length() & 255);
          out.write(header.length() >> 8);
          out.write(header.getBytes(StandardCharsets.US_ASCII));
          MapValues.of(file.map(), missing).lFastest(MapValues.littleEndian(out));
        });
    Sidecar.of(file, missing).write(path);
  }

  /**
   * Reads an array of three axes; integers and double precision are rounded to single.
   *
   * @param path the file
   * @return the map that the description beside it tells
   * @throws IOException if the file does not exist or cannot be read
   * @throws MdxFormatException if it is damaged, of another kind, or not described
   */
  public static MapFile read(Path path) throws IOException {
    try (InputFile in = InputFile.open(path)) {
      ByteBuffer start = in.bytes(0, 12, "first bytes");
      byte[] magic = new byte[6];
      start.get(magic);
      int version = start.get();
      if (!new String(magic, StandardCharsets.ISO_8859_1).equals(MAGIC)
          || version < 1
          || version > 3) {
        throw in.error("byte 0", "NumPy format 1 to 3", Arrays.toString(start.array()), "");
      }
      int at = version == 1 ? 10 : 12;
      long length = version == 1 ? start.getShort(8) & 0xFFFF : start.getInt(8) & 0xFFFFFFFFL;
      if (length > LONGEST_HEADER) {
        throw in.error("byte 8", "a header of one array", length + " bytes", "");
      }
      byte[] bytes = new byte[(int) length];
      in.bytes(at, bytes.length, "header").get(bytes);
      return read(path, in, at + length, new String(bytes, StandardCharsets.ISO_8859_1));
    }
  }

  private static MapFile read(Path path, InputFile in, long from, String header)
      throws IOException {
    Matcher descr = DESCR.matcher(header);
    Matcher fortran = FORTRAN.matcher(header);
    Matcher shape = SHAPE.matcher(header);
    if (!descr.find() || !fortran.find() || !shape.find()) {
      throw in.error(
          "header", "real numbers or integers on three axes", header.strip(), "save such an array");
    }
    NumberType type = type(in, descr.group(2) + descr.group(3));
    ByteOrder order = descr.group(1).equals(">") ? ByteOrder.BIG_ENDIAN : ByteOrder.LITTLE_ENDIAN;
    long[] n = new long[3];
    for (int i = 0; i < 3; i++) {
      n[i] = Long.parseLong(shape.group(i + 1));
    }
    int size = in.requireGrid(from, type, n, "header");
    Sidecar described =
        Sidecar.find(path)
            .orElseThrow(
                () ->
                    in.error(
                        "",
                        "a description of the axes in " + Sidecar.beside(path).getFileName(),
                        "none",
                        "write one with format, quantity, ndiv, origin and shape"));
    VoxelBox b = described.box();
    if (b.nh() != n[0] || b.nk() != n[1] || b.nl() != n[2]) {
      throw in.error("header", "the shape " + b + " of its description", Arrays.toString(n), "");
    }
    float[] values;
    if (fortran.group(1).equals("True")) {
      values = in.hFastest(from, type, order, b);
    } else {
      values = new float[size];
      in.floats(
          from,
          type,
          order,
          size,
          (index, run, count) -> System.arraycopy(run, 0, values, (int) index, count));
    }
    return AxisSteps.build(path, "values", () -> described.toMap(values));
  }

  private static NumberType type(InputFile in, String code) {
    return switch (code) {
      case "f4" -> NumberType.FLOAT32;
      case "f8" -> NumberType.FLOAT64;
      case "i1" -> NumberType.INT8;
      case "i2" -> NumberType.INT16;
      case "i4" -> NumberType.INT32;
      case "i8" -> NumberType.INT64;
      case "u1" -> NumberType.UINT8;
      case "u2" -> NumberType.UINT16;
      case "u4" -> NumberType.UINT32;
      case "u8" -> NumberType.UINT64;
      default -> throw in.error("header", "f4, f8, i1 to i8, u1 to u8", code, "");
    };
  }
}
