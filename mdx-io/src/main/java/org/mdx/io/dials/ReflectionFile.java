package org.mdx.io.dials;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import org.mdx.io.InputFile;
import org.mdx.io.MdxFormatException;
import org.mdx.io.dials.ColumnType.Element;
import org.mdx.io.output.AtomicFile;
import org.mdx.reflection.Reflections;

/**
 * Reflection tables of DIALS ({@code .refl}, {@code .pickle} of older versions): MessagePack, or a
 * Python pickle of which nothing is executed. What is read from MessagePack is written again byte
 * by byte.
 */
public final class ReflectionFile {
  private static final String KIND = "dials::af::reflection_table";
  private static final int VERSION = 1;

  private ReflectionFile() {}

  /**
   * Whether a file is a table of reflections, or a damaged one: it begins like a table, or its name
   * ends with {@code .refl} and it does not begin like an experiment list.
   *
   * @param file the file
   * @return true if it is MessagePack with the name of the table, a pickle, or named like a table
   * @throws IOException if it does not exist, is a folder, or cannot be read
   */
  public static boolean recognizes(Path file) throws IOException {
    byte[] head = InputFile.head(file, KIND.length() + 2);
    if (isPickle(head)) {
      return true;
    }
    boolean named =
        head.length > 2
            && (head[0] & 0xff) == 0x93
            && new String(head, 2, head.length - 2, StandardCharsets.US_ASCII).equals(KIND);
    boolean list = new String(head, StandardCharsets.US_ASCII).stripLeading().startsWith("{");
    return named || file.toString().endsWith(".refl") && !list;
  }

  private static boolean isPickle(byte[] head) {
    return head.length > 1 && (head[0] & 0xff) == 0x80 && head[1] >= 2 && head[1] <= 5;
  }

  /**
   * Reads a table.
   *
   * @param file the file
   * @return the table
   * @throws IOException if the file cannot be read
   * @throws MdxFormatException if it is damaged or holds something else
   */
  public static ReflectionTable read(Path file) throws IOException {
    if (isPickle(InputFile.head(file, 2))) {
      return PickledReflections.read(file);
    }
    try (MessagePackInput in = new MessagePackInput(file)) {
      return table(in);
    }
  }

  /**
   * Reads reflections. Columns of text and of types that are not known are left out.
   *
   * @param file the file
   * @return the reflections
   * @throws IOException if the file cannot be read
   * @throws MdxFormatException if it is damaged or holds something else
   */
  public static Reflections readReflections(Path file) throws IOException {
    ReflectionTable table = read(file);
    try {
      return table.reflections();
    } catch (IllegalArgumentException e) {
      throw new MdxFormatException(
          file,
          "",
          "the columns of a table of reflections",
          String.valueOf(e.getMessage()),
          "leave the column out, or run the DIALS step again",
          e);
    }
  }

  /**
   * Writes reflections as a table that DIALS reads.
   *
   * @param file the file
   * @param reflections the reflections
   * @throws IOException if it cannot be written; nothing is left behind
   * @throws IllegalArgumentException if a column has no counterpart in such files
   */
  public static void write(Path file, Reflections reflections) throws IOException {
    write(file, ReflectionTable.of(reflections));
  }

  private static ReflectionTable table(MessagePackInput in) throws IOException {
    long parts = in.array("a table of reflections");
    String kind = parts == 3 ? in.text("the name " + KIND) : "a list of " + parts;
    if (!kind.equals(KIND)) {
      throw in.failure(KIND, kind.length() > 60 ? kind.substring(0, 60) + "…" : kind);
    }
    long version = in.integer("a version");
    if (version != VERSION) {
      throw in.failure("version " + VERSION + " of the format", "version " + version);
    }
    long rows = -1;
    Map<Long, String> identifiers = new HashMap<>();
    Map<String, ReflectionColumn> columns = new HashMap<>();
    Set<String> seen = new HashSet<>();
    for (long left = in.map("the parts of a table"); left > 0; left--) {
      String name = in.text("the name of a part");
      if (!seen.add(name)) {
        throw in.failure("each part once", name + " twice");
      }
      switch (name) {
        case "nrows" -> rows = in.integer("the number of rows");
        case "identifiers" -> identifiers(in, identifiers);
        case "data" -> columns(in, columns);
        default -> throw in.failure("nrows, identifiers or data", name);
      }
    }
    in.end();
    if (rows < 0 || rows > Integer.MAX_VALUE) {
      throw in.failure("a number of rows below 2³¹", rows < 0 ? "none" : String.valueOf(rows));
    }
    return table(in, (int) rows, identifiers, columns);
  }

  private static ReflectionTable table(
      MessagePackInput in,
      int rows,
      Map<Long, String> identifiers,
      Map<String, ReflectionColumn> columns) {
    try {
      return ReflectionTable.of(rows, identifiers, columns);
    } catch (IllegalArgumentException e) {
      throw in.failure("columns of " + rows + " rows", e.getMessage());
    }
  }

  private static void identifiers(MessagePackInput in, Map<Long, String> identifiers)
      throws IOException {
    for (long left = in.map("identifiers"); left > 0; left--) {
      long id = in.integer("an id");
      if (identifiers.put(id, in.text("an identifier")) != null) {
        throw in.failure("each id once", id + " twice");
      }
    }
  }

  private static void columns(MessagePackInput in, Map<String, ReflectionColumn> columns)
      throws IOException {
    for (long left = in.map("columns"); left > 0; left--) {
      String name = in.text("the name of a column");
      if (in.array("type and values of a column") != 2) {
        throw in.failure("type and values of the column " + name, "another list");
      }
      String type = in.text("the type of a column");
      if (in.array("rows and bytes of a column") != 2) {
        throw in.failure("rows and bytes of the column " + name, "another list");
      }
      long rows = in.integer("the number of rows");
      byte[] bytes = in.bytes("the bytes of a column");
      if (columns.put(name, column(in, name, type, rows, bytes)) != null) {
        throw in.failure("each column once", name + " twice");
      }
    }
  }

  private static ReflectionColumn column(
      MessagePackInput in, String name, String typeName, long rows, byte[] bytes) {
    long stride = rows == 0 ? 0 : bytes.length / rows;
    ColumnType type = ColumnType.ofFile(typeName, (int) stride);
    if (type.element() == Element.SHOEBOX) {
      return shoeboxes(in, name, rows, bytes);
    }
    // without bytes a type of no known size could have any number of rows
    boolean empty = rows > 0 && bytes.length == 0;
    if (empty || rows > bytes.length || rows * type.stride() != bytes.length) {
      throw in.failure(
          rows + " rows of " + typeName + " in the column " + name, bytes.length + " bytes");
    }
    return ReflectionColumn.ofBytes(type, (int) rows, bytes);
  }

  private static ReflectionColumn shoeboxes(
      MessagePackInput in, String name, long rows, byte[] bytes) {
    if (rows > bytes.length / Shoebox.HEAD) {
      throw in.failure(rows + " shoeboxes in the column " + name, bytes.length + " bytes");
    }
    ByteBuffer buffer = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
    int[] ends = new int[(int) rows];
    int at = 0;
    for (int i = 0; i < rows; i++) {
      int length = Shoebox.length(buffer, at);
      if (length < 0) {
        throw in.failure(
            "a shoebox in row " + i + " of the column " + name,
            "limits that are reversed or need more than " + (bytes.length - at) + " bytes");
      }
      at += length;
      ends[i] = at;
    }
    if (at != bytes.length) {
      throw in.failure(
          rows + " shoeboxes in the column " + name, (bytes.length - at) + " bytes more");
    }
    return ReflectionColumn.ofBytes(ColumnType.SHOEBOX, buffer, ends);
  }

  /**
   * Writes a table that DIALS reads.
   *
   * @param file the file
   * @param table the table
   * @throws IOException if it cannot be written; nothing is left behind
   * @throws IllegalArgumentException if it has a column of text, which DIALS cannot read from such
   *     files
   */
  public static void write(Path file, ReflectionTable table) throws IOException {
    table
        .columns()
        .forEach(
            (name, column) -> {
              if (column.type().element() == Element.TEXT) {
                throw new IllegalArgumentException(
                    "column " + name + " holds text, which a .refl file cannot; leave it out");
              }
            });
    AtomicFile.write(
        file,
        stream -> {
          MessagePackOutput out = new MessagePackOutput(stream);
          out.array(3);
          out.text(KIND);
          out.integer(VERSION);
          out.map(3);
          out.text("identifiers");
          out.map(table.identifiers().size());
          for (Map.Entry<Long, String> e : table.identifiers().entrySet()) {
            out.integer(e.getKey());
            out.text(e.getValue());
          }
          out.text("nrows");
          out.integer(table.rows());
          out.text("data");
          out.map(table.columns().size());
          for (Map.Entry<String, ReflectionColumn> e : table.columns().entrySet()) {
            out.text(e.getKey());
            out.array(2);
            out.text(e.getValue().type().name());
            out.array(2);
            out.integer(e.getValue().rows());
            out.bytes(e.getValue().bytes());
          }
        });
  }
}
