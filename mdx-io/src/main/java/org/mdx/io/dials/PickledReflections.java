package org.mdx.io.dials;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.mdx.io.MdxFormatException;
import org.mdx.io.dials.ColumnType.Element;

/** Tables of reflections that were pickled, as DIALS did until version 1.14. */
final class PickledReflections {
  private static final String CURE =
      "the file is damaged or no table of reflections; copy it again or run the DIALS step again";
  private static final PickleReader.Global TABLE =
      new PickleReader.Global("dials_array_family_flex_ext", "reflection_table");

  /** Types by the class of the array. */
  private static final Map<PickleReader.Global, ColumnType> TYPES =
      Map.ofEntries(
          type("scitbx", "bool", ColumnType.BOOL),
          type("scitbx", "int", ColumnType.INT),
          type("scitbx", "size_t", ColumnType.SIZE_T),
          type("scitbx", "double", ColumnType.DOUBLE),
          type("scitbx", "std_string", ColumnType.TEXT),
          type("scitbx", "vec2_double", ColumnType.VEC2),
          type("scitbx", "vec3_double", ColumnType.VEC3),
          type("scitbx", "mat3_double", ColumnType.MAT3),
          type("cctbx", "miller_index", ColumnType.MILLER_INDEX),
          type("dials", "int6", ColumnType.INT6),
          type("dials", "shoebox", ColumnType.SHOEBOX));

  /** Bytes of columns for each byte of the file: 8 for a zero, more only by repetition. */
  private static final int LARGEST = 16;

  private final PickleReader pickle;
  private long budget;

  private PickledReflections(PickleReader pickle, long budget) {
    this.pickle = pickle;
    this.budget = budget;
  }

  private static Map.Entry<PickleReader.Global, ColumnType> type(
      String project, String name, ColumnType type) {
    return Map.entry(new PickleReader.Global(project + "_array_family_flex_ext", name), type);
  }

  static ReflectionTable read(Path file) throws IOException {
    if (Files.size(file) > Integer.MAX_VALUE - 8) {
      throw new MdxFormatException(
          file, "", "a pickle below 2 GiB", Files.size(file) + " bytes", "save it with new DIALS");
    }
    PickleReader pickle = new PickleReader(file, Files.readAllBytes(file), CURE);
    return new PickledReflections(pickle, LARGEST * Files.size(file)).table(pickle.read());
  }

  /** State of version 1: (1, rows, columns, {…}); of version 2: (2, identifiers, rows, …). */
  private ReflectionTable table(Object root) {
    if (!(root instanceof PickleReader.Call call
        && call.function.equals(TABLE)
        && call.state instanceof List<?> state
        && !state.isEmpty()
        && state.get(0) instanceof Long version
        && state.size() == (version == 2 ? 5 : 4)
        && (version == 1 || version == 2 && state.get(1) instanceof Map)
        && state.get(state.size() - 3) instanceof Long rows
        && state.get(state.size() - 1) instanceof Map<?, ?> columns)) {
      throw pickle.failure("a table of reflections of version 1 or 2", "another value");
    }
    Map<Long, String> identifiers = new HashMap<>();
    if (version == 2) {
      ((Map<?, ?>) state.get(1)).forEach((id, text) -> identifier(identifiers, id, text));
    }
    Map<String, ReflectionColumn> read = new HashMap<>();
    columns.forEach((name, column) -> read.put(String.valueOf(name), column(name, column)));
    try {
      return ReflectionTable.of(Math.toIntExact(rows), identifiers, read);
    } catch (IllegalArgumentException | ArithmeticException e) {
      throw pickle.failure("columns of " + rows + " rows", e.getMessage());
    }
  }

  private void identifier(Map<Long, String> identifiers, Object id, Object text) {
    String name =
        text instanceof byte[] b
            ? new String(b, StandardCharsets.UTF_8)
            : text instanceof String s ? s : null;
    if (!(id instanceof Long) || name == null) {
      throw pickle.failure("identifiers of experiments", "another value");
    }
    identifiers.put((Long) id, name);
  }

  /** An array with state (flex.grid, bytes). */
  private ReflectionColumn column(Object name, Object value) {
    if (!(value instanceof PickleReader.Call array
        && TYPES.containsKey(array.function)
        && array.state instanceof List<?> state
        && state.size() == 2
        && state.get(1) instanceof byte[] bytes)) {
      throw pickle.failure("an array in the column " + name, "another value");
    }
    FlexInput in =
        new FlexInput(
            bytes, (expected, found) -> pickle.failure(expected, found + ", in column " + name));
    ColumnType type = TYPES.get(array.function);
    if (type.element() == Element.SHOEBOX && in.integer() != 1) {
      throw in.failure("version 1 of the shoeboxes", "another");
    }
    ReflectionColumn column = values(in, type, in.count("rows"));
    budget -= column.bytes().limit();
    if (budget < 0) {
      throw in.failure("columns that belong to the size of the file", "the same one many times");
    }
    if (in.remaining() > 0) {
      throw in.failure(column.rows() + " rows", in.remaining() + " bytes more");
    }
    return column;
  }

  private static ReflectionColumn values(FlexInput in, ColumnType type, int rows) {
    if (type.isVariable()) {
      List<byte[]> all = new ArrayList<>();
      for (int i = 0; i < rows; i++) {
        all.add(type.element() == Element.TEXT ? in.text() : shoebox(in));
      }
      return ReflectionColumn.ofRows(type, all);
    }
    long numbers = (long) rows * type.components();
    if (numbers > in.remaining() || (long) rows * type.stride() > Integer.MAX_VALUE - 8) {
      throw in.failure(rows + " rows of " + type.name(), in.remaining() + " bytes for them");
    }
    ByteBuffer out = buffer(rows * type.stride());
    for (long i = 0; i < numbers; i++) {
      switch (type.element()) {
        case BOOL -> out.put((byte) (in.bool() ? 1 : 0));
        case INT -> out.putInt(in.int32());
        case SIZE -> out.putLong(in.integer());
        default -> out.putDouble(in.real());
      }
    }
    return ReflectionColumn.ofBytes(type, rows, out.array());
  }

  private static ByteBuffer buffer(int size) {
    return ByteBuffer.allocate(size).order(ByteOrder.LITTLE_ENDIAN);
  }

  /** Panel, six limits, and counts, mask and background, each with its size in three directions. */
  private static byte[] shoebox(FlexInput in) {
    ByteBuffer head = buffer(Shoebox.HEAD);
    head.putInt((int) in.integer());
    for (int i = 0; i < 6; i++) {
      head.putInt(in.int32());
    }
    if (Shoebox.length(head, 0) < 0) {
      throw in.failure("limits of a shoebox", "some that are reversed");
    }
    byte[] counts = values(in, head, Element.DOUBLE);
    byte[] mask = values(in, head, Element.INT);
    byte[] background = values(in, head, Element.DOUBLE);
    if (mask.length != counts.length || background.length != counts.length) {
      throw in.failure(
          "counts, mask and background of the same size",
          counts.length / 4 + ", " + mask.length / 4 + " and " + background.length / 4 + " pixels");
    }
    head.put(Shoebox.HEAD - 1, (byte) (counts.length == 0 ? 0 : 1));
    ByteBuffer all = ByteBuffer.allocate(Shoebox.HEAD + 3 * counts.length);
    return all.put(head.array()).put(counts).put(mask).put(background).array();
  }

  /** Floats or integers that fill the box, or none. */
  private static byte[] values(FlexInput in, ByteBuffer head, Element element) {
    if (in.integer() != 3) {
      throw in.failure("pixels of a shoebox in three dimensions", "another number of them");
    }
    long n = 1;
    boolean fits = true;
    for (int i = 2; i >= 0; i--) {
      int size = in.count("pixels");
      fits &= size == (long) head.getInt(8 + 8 * i) - head.getInt(4 + 8 * i);
      n = Math.min(n * size, Integer.MAX_VALUE);
    }
    if (n > 0 && !fits) {
      throw in.failure("as many pixels as the limits of a shoebox tell", n + " pixels");
    } else if (n > in.remaining() || n > Integer.MAX_VALUE / Shoebox.PIXEL - Shoebox.HEAD) {
      throw in.failure(n + " pixels of a shoebox", in.remaining() + " bytes for them");
    }
    ByteBuffer out = buffer((int) (4 * n));
    for (long i = 0; i < n; i++) {
      if (element == Element.INT) {
        out.putInt(in.int32());
      } else {
        out.putFloat((float) in.real());
      }
    }
    return out.array();
  }
}
