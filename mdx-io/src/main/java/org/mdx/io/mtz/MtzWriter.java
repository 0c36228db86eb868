package org.mdx.io.mtz;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.mdx.crystal.SpaceGroup;
import org.mdx.crystal.SymmetryOperator;
import org.mdx.crystal.UnitCell;
import org.mdx.io.output.AtomicFile;
import org.mdx.io.volume.TableFile;
import org.mdx.math.Mat3;
import org.mdx.math.Vec3;
import org.mdx.table.Column;
import org.mdx.table.ColumnNames;
import org.mdx.table.HKLTable;
import org.mdx.table.IntColumn;
import org.mdx.table.Subdivision;

/**
 * Writes a table, rows in rising order of H, K, L.
 *
 * <p>Source: "MTZ format", CCP4 documentation, https://www.ccp4.ac.uk/html/mtzformat.html.
 */
final class MtzWriter {
  private static final int HEADER_BYTES = 80;

  /** Beyond this a 32-bit float skips integers. */
  private static final int LARGEST_INDEX = 1 << 24;

  private final HKLTable table;
  private final UnitCell cell;
  private final UnitCell large;
  private final SpaceGroup crystalGroup;
  private final SpaceGroup group;
  private final List<MtzColumn> labels = new ArrayList<>();
  private final List<Column> columns = new ArrayList<>();

  MtzWriter(TableFile file) {
    cell = file.symmetry().requireCell("MTZ");
    crystalGroup = file.symmetry().spaceGroup().orElse(null);
    Subdivision n = file.table().ndiv();
    large = SuperCell.multiplied(cell, n);
    group = crystalGroup == null ? SpaceGroup.ofNumber(1) : SuperCell.symmorphic(crystalGroup, n);
    table =
        crystalGroup == null ? file.table() : SuperCell.moved(file.table(), crystalGroup, group);
    add(new MtzColumn("H", 'H'), checked(table.h()));
    add(new MtzColumn("K", 'H'), checked(table.k()));
    add(new MtzColumn("L", 'H'), checked(table.l()));
    Set<String> taken = new LinkedHashSet<>(List.of("H", "K", "L"));
    for (String name : ordered(table)) {
      MtzColumn c = MtzColumn.of(name, table.column(name));
      if (!taken.add(c.label())) {
        throw new IllegalArgumentException(
            "two columns would be called "
                + c.label()
                + " in MTZ, the second is "
                + name
                + "; leave one out");
      }
      add(c, table.column(name));
    }
  }

  /** Means first, because programs take the first intensity that they find. */
  private static List<String> ordered(HKLTable table) {
    List<String> names = new ArrayList<>();
    for (String prefix : ColumnNames.prefixes()) {
      for (String name :
          List.of(ColumnNames.INTENSITY, ColumnNames.INTENSITY_ERROR, ColumnNames.COUNT)) {
        if (table.has(prefix + name)) {
          names.add(prefix + name);
        }
      }
    }
    table.columnNames().stream().filter(n -> !names.contains(n)).forEach(names::add);
    return names;
  }

  private void add(MtzColumn label, Column column) {
    labels.add(label);
    columns.add(column);
  }

  private static IntColumn checked(IntColumn index) {
    for (int i = 0; i < index.size(); i++) {
      if (Math.abs((long) index.value(i)) > LARGEST_INDEX) {
        throw new IllegalArgumentException(
            "row "
                + i
                + " has the index "
                + index.value(i)
                + ", MTZ holds them exactly up to "
                + LARGEST_INDEX);
      }
    }
    return index;
  }

  void write(Path path) throws IOException {
    int[] order = table.groups().order();
    AtomicFile.write(
        path,
        out -> {
          start(out);
          float[][] range = rows(out, order);
          for (String record : header(range)) {
            out.write(String.format("%-80s", record).getBytes(StandardCharsets.US_ASCII), 0, 80);
          }
        });
  }

  /** Twenty words: magic, place of the header, machine stamp for IEEE little endian. */
  private void start(OutputStream out) throws IOException {
    long header = HEADER_BYTES / 4 + (long) table.rows() * columns.size() + 1;
    ByteBuffer b = ByteBuffer.allocate(HEADER_BYTES).order(ByteOrder.LITTLE_ENDIAN);
    b.put("MTZ ".getBytes(StandardCharsets.US_ASCII));
    b.putInt(header > Integer.MAX_VALUE ? -1 : (int) header);
    b.put((byte) 0x44).put((byte) 0x41).putShort((short) 0);
    if (header > Integer.MAX_VALUE) {
      b.putLong(header);
    }
    out.write(b.array());
  }

  /** Writes the rows; returns the least and the largest value of each column. */
  private float[][] rows(OutputStream out, int[] order) throws IOException {
    float[][] range = new float[columns.size()][];
    for (int c = 0; c < range.length; c++) {
      range[c] = new float[] {Float.POSITIVE_INFINITY, Float.NEGATIVE_INFINITY};
    }
    ByteBuffer b = ByteBuffer.allocate(4 * range.length).order(ByteOrder.LITTLE_ENDIAN);
    for (int row : order) {
      b.clear();
      for (int c = 0; c < range.length; c++) {
        float v = (float) columns.get(c).get(row);
        b.putFloat(v);
        if (v < range[c][0]) {
          range[c][0] = v;
        }
        if (v > range[c][1]) {
          range[c][1] = v;
        }
      }
      out.write(b.array());
    }
    return range;
  }

  private List<String> header(float[][] range) {
    List<String> r = new ArrayList<>();
    r.add("VERS MTZ:V1.1");
    r.add("TITLE mdx diffuse intensities, cell multiplied by " + table.ndiv());
    r.add(format("NCOL %8d %12d %8d", columns.size(), table.rows(), 0));
    r.add("CELL  " + numbers(large));
    r.add("SORT    1   2   3   0   0");
    r.add(
        format(
            "SYMINF %3d %2d %c %5d %22s %5s",
            group.order(),
            group.order(),
            group.centring(),
            group.number(),
            "'" + group.hermannMauguin() + "'",
            pointGroup()));
    for (SymmetryOperator op : group.operators()) {
      r.add("SYMM " + op.toString().toUpperCase(Locale.ROOT));
    }
    double[] s = resolution();
    r.add(format("RESO %-20.12f %-20.12f", s[0], s[1]));
    r.add("VALM NAN");
    for (int c = 0; c < range.length; c++) {
      boolean any = range[c][0] <= range[c][1];
      r.add(
          format(
              "COLUMN %-30s %c %17.9g %17.9g %4d",
              labels.get(c).label(),
              labels.get(c).type(),
              any ? range[c][0] : 0,
              any ? range[c][1] : 0,
              c < 3 ? 0 : 1));
    }
    r.add("NDIF        2");
    dataset(r, 0, "HKL_base", "HKL_base", "HKL_base");
    dataset(r, 1, "mdx", "supercell", "diffuse");
    r.add("END");
    history(r);
    r.add("MTZENDOFHEADERS");
    return r;
  }

  private void dataset(List<String> r, int id, String project, String crystal, String name) {
    r.add(format("PROJECT %7d %s", id, project));
    r.add(format("CRYSTAL %7d %s", id, crystal));
    r.add(format("DATASET %7d %s", id, name));
    r.add(format("DCELL   %7d %s", id, numbers(large)));
    r.add(format("DWAVEL  %7d %10.5f", id, 0.0));
  }

  private void history(List<String> r) {
    List<String> lines = new ArrayList<>();
    lines.add("MDX H K L are h k l of the crystal times ndiv");
    lines.add(format("MDX ndiv %d %d %d", table.ndiv().h(), table.ndiv().k(), table.ndiv().l()));
    lines.add(
        format("MDX cell %.6f %.6f %.6f", cell.a(), cell.b(), cell.c())
            + format(" %.6f %.6f %.6f", cell.alpha(), cell.beta(), cell.gamma()));
    String hall = crystalGroup == null ? null : "MDX hall " + crystalGroup.hall();
    if (hall != null && hall.length() <= 80) {
      lines.add(hall);
    }
    r.add(format("MTZHIST %3d", lines.size()));
    r.addAll(lines);
  }

  private String pointGroup() {
    String hm = group.hermannMauguin();
    String symbol = hm.split("[:(]")[0].replace(" ", "");
    return "PG" + symbol.substring(1);
  }

  /** Least and largest 1/d² of the rows, in Å⁻². */
  private double[] resolution() {
    Mat3 b = large.reciprocal();
    double low = Double.POSITIVE_INFINITY;
    double high = 0;
    for (int i = 0; i < table.rows(); i++) {
      double s =
          b.times(new Vec3(table.h().value(i), table.k().value(i), table.l().value(i))).norm();
      low = s > 0 ? Math.min(low, s * s) : low;
      high = Math.max(high, s * s);
    }
    return new double[] {Math.min(low, high), high};
  }

  private static String numbers(UnitCell c) {
    return format("%9.4f %9.4f %9.4f", c.a(), c.b(), c.c())
        + format(" %9.4f %9.4f %9.4f", c.alpha(), c.beta(), c.gamma());
  }

  private static String format(String pattern, Object... values) {
    return String.format(Locale.ROOT, pattern, values);
  }
}
