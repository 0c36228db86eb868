package org.mdx.io.mtz;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.mdx.crystal.SpaceGroup;
import org.mdx.crystal.SymmetryOperator;
import org.mdx.crystal.UnitCell;
import org.mdx.io.InputFile;
import org.mdx.io.MdxFormatException;
import org.mdx.io.NumberType;
import org.mdx.io.volume.AxisSteps;
import org.mdx.io.volume.CrystalSymmetry;
import org.mdx.io.volume.TableFile;
import org.mdx.table.Column;
import org.mdx.table.FloatColumn;
import org.mdx.table.HKLTable;
import org.mdx.table.IntColumn;
import org.mdx.table.Subdivision;

/** Reads a table: the header first, then all rows into columns. */
final class MtzReader {
  private static final int RECORD = 80;
  private static final int MOST_RECORDS = 200_000;
  private static final int LARGEST_INDEX = 1 << 24;

  private final Path path;
  private final InputFile in;
  private ByteOrder order = ByteOrder.LITTLE_ENDIAN;
  private int rows = -1;
  private int count = -1;
  private float missing = Float.NaN;
  private UnitCell header;
  private UnitCell crystal;
  private SpaceGroup hall;
  private Subdivision ndiv = Subdivision.NONE;
  private final List<MtzColumn> labels = new ArrayList<>();
  private final List<SymmetryOperator> operators = new ArrayList<>();

  MtzReader(Path path, InputFile in) {
    this.path = path;
    this.in = in;
  }

  TableFile read() throws IOException {
    long start = headerPlace();
    records(start);
    if (rows < 0 || labels.size() != count) {
      throw in.error(
          "header",
          "NCOL with as many columns as there are records COLUMN",
          count + " columns, " + labels.size() + " records",
          "");
    }
    long bytes = (long) rows * count * 4;
    in.requireRoom(RECORD, bytes, "rows");
    if (start < RECORD + bytes) {
      throw in.error("header", "a header behind " + rows + " rows", "one at byte " + start, "");
    }
    return table();
  }

  private long headerPlace() throws IOException {
    ByteBuffer b = in.bytes(0, RECORD, "first 20 words");
    byte[] magic = new byte[4];
    b.get(magic);
    if (!new String(magic, StandardCharsets.US_ASCII).equals("MTZ ")) {
      throw in.error("byte 0", "MTZ", "another file", "");
    }
    int reals = b.get(8) >> 4 & 15;
    if (reals == 1) {
      order = ByteOrder.BIG_ENDIAN;
    } else if (reals != 4 && reals != 0) {
      throw in.error("machine stamp", "IEEE numbers, 4 or 1", String.valueOf(reals), "");
    }
    b.order(order);
    long words = b.getInt(4);
    words = words == -1 ? b.getLong(12) : words;
    if (words < RECORD / 4 || words > in.size() / 4 + 1) {
      throw in.error(
          "byte 4",
          "the place of the header, inside of the file",
          "word " + words,
          "copy it again");
    }
    return 4 * (words - 1);
  }

  private void records(long start) throws IOException {
    boolean ended = false;
    int n = 0;
    for (long at = start; at + RECORD <= in.size() && n++ < MOST_RECORDS; at += RECORD) {
      byte[] bytes = new byte[RECORD];
      in.bytes(at, RECORD, "header").get(bytes);
      String line = new String(bytes, StandardCharsets.ISO_8859_1).strip();
      if (line.startsWith("MTZENDOFHEADERS")) {
        return;
      }
      String[] words = line.split("\\s+");
      try {
        if (ended) {
          history(words);
        } else {
          ended = words[0].equals("END");
          record(words, line);
        }
      } catch (IllegalArgumentException | IndexOutOfBoundsException e) {
        throw new MdxFormatException(
            path, "byte " + at, "a valid record", line, "the header is damaged", e);
      }
    }
    if (!ended) {
      throw in.error("header", "a record END", "none before the end of the file", "");
    }
  }

  private void record(String[] w, String line) {
    switch (w[0].toUpperCase(Locale.ROOT)) {
      case "NCOL" -> {
        count = Integer.parseInt(w[1]);
        rows = Integer.parseInt(w[2]);
      }
      case "CELL" -> header = cell(w, 1);
      case "DCELL" -> header = header == null ? cell(w, 2) : header;
      case "VALM" -> missing = w[1].equalsIgnoreCase("NAN") ? Float.NaN : Float.parseFloat(w[1]);
      case "SYMM" ->
          operators.add(
              SymmetryOperator.of(line.substring(4).replace(" ", "").toLowerCase(Locale.ROOT)));
      case "COLUMN" -> labels.add(new MtzColumn(w[1], w[2].charAt(0)));
      default -> {
        // records that say nothing about the table, such as COLSRC and BATCH
      }
    }
  }

  private void history(String[] w) {
    if (w.length < 3 || !w[0].equals("MDX")) {
      return;
    }
    switch (w[1]) {
      case "ndiv" ->
          ndiv =
              new Subdivision(
                  Integer.parseInt(w[2]), Integer.parseInt(w[3]), Integer.parseInt(w[4]));
      case "cell" -> crystal = cell(w, 2);
      case "hall" -> hall = SpaceGroup.ofHall(String.join(" ", List.of(w).subList(2, w.length)));
      default -> {
        // an explanation
      }
    }
  }

  private static UnitCell cell(String[] w, int from) {
    double[] c = new double[6];
    for (int i = 0; i < 6; i++) {
      c[i] = Double.parseDouble(w[from + i]);
    }
    return new UnitCell(c[0], c[1], c[2], c[3], c[4], c[5]);
  }

  private TableFile table() throws IOException {
    float[][] values = new float[count][rows];
    in.floats(
        RECORD,
        NumberType.FLOAT32,
        order,
        (long) rows * count,
        (index, run, n) -> {
          for (int i = 0; i < n; i++) {
            long at = index + i;
            values[(int) (at % count)][(int) (at / count)] = run[i];
          }
        });
    List<IntColumn> hkl = new ArrayList<>();
    for (int c = 0; c < count && hkl.size() < 3; c++) {
      if (labels.get(c).type() == 'H') {
        hkl.add(index(values[c], labels.get(c).label()));
      }
    }
    if (hkl.size() < 3) {
      throw in.error("header", "three columns of type H", hkl.size() + " of them", "");
    }
    HKLTable t = HKLTable.of(ndiv, hkl.get(0), hkl.get(1), hkl.get(2));
    int indices = 0;
    for (int c = 0; c < count; c++) {
      if (labels.get(c).type() != 'H' || indices++ >= 3) {
        t = t.with(MtzColumn.name(labels.get(c).label()), column(labels.get(c), values[c]));
      }
    }
    return new TableFile(
        hall == null ? t : SuperCell.moved(t, SuperCell.symmorphic(hall, ndiv), hall), symmetry());
  }

  private IntColumn index(float[] v, String label) {
    int[] out = new int[v.length];
    for (int i = 0; i < v.length; i++) {
      out[i] = (int) v[i];
      if (out[i] != v[i] || Math.abs(out[i]) > LARGEST_INDEX) {
        throw in.error("column " + label, "integers", v[i] + " in row " + i, "");
      }
    }
    return IntColumn.of(out);
  }

  private Column column(MtzColumn label, float[] v) {
    boolean integer = label.type() == 'I' || label.type() == 'B' || label.type() == 'Y';
    int[] ints = new int[v.length];
    for (int i = 0; i < v.length; i++) {
      if (v[i] == missing) {
        v[i] = Float.NaN;
      }
      ints[i] = (int) v[i];
      integer &= ints[i] == v[i];
    }
    return integer ? IntColumn.of(ints) : FloatColumn.of(v);
  }

  private CrystalSymmetry symmetry() {
    Optional<UnitCell> cell =
        crystal != null || header == null
            ? Optional.ofNullable(crystal)
            : Optional.of(AxisSteps.build(path, "CELL", () -> SuperCell.divided(header, ndiv)));
    Optional<SpaceGroup> group = Optional.ofNullable(hall);
    if (hall == null && !operators.isEmpty()) {
      group = Optional.of(AxisSteps.build(path, "SYMM", () -> SpaceGroup.ofOperators(operators)));
    }
    return new CrystalSymmetry(cell, group);
  }
}
