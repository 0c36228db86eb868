package org.mdx.io.nexus;

import java.util.Arrays;
import java.util.Locale;
import java.util.Set;
import java.util.function.Predicate;
import org.mdx.io.hdf5.Hdf5Dataset;
import org.mdx.io.hdf5.Hdf5Group;
import org.mdx.io.hdf5.element.Elements;
import org.mdx.io.hdf5.element.StoredType;
import org.mdx.table.Column;
import org.mdx.table.ColumnNames;
import org.mdx.table.DoubleColumn;
import org.mdx.table.FloatColumn;
import org.mdx.table.HKLTable;
import org.mdx.table.IntColumn;
import org.mdx.table.Subdivision;
import org.mdx.table.TableCorrections;

/**
 * The object {@code hkl_table}. Indices are stored as multiples of 1/ndiv: in single precision
 * where mdx2 does so (integrated, corrected), in double precision when merged, because mdx2's map
 * looks them up there by equality.
 */
final class TableObject {
  private static final String NAME = "hkl_table";

  /** Of the entry; mdx2 does not look there. */
  private static final String CORRECTIONS = "mdx_corrections";

  private static final Set<String> INDICES = Set.of("h", "k", "l", "ndiv");
  private static final Set<String> INTEGERS =
      Set.of(
          ColumnNames.COUNTS, ColumnNames.COUNT, ColumnNames.PIXELS, ColumnNames.N, ColumnNames.OP);

  /** In voxels; single precision keeps indices this exact up to |H| of 100,000 and more. */
  private static final double TOLERANCE = 1.0 / 64;

  private TableObject() {}

  static NexusRoot write(HKLTable t) {
    Hdf5Group g = new Hdf5Group();
    Subdivision ndiv = t.ndiv();
    boolean merged = t.has(ColumnNames.COUNT);
    g.add("h", index(t.h(), ndiv.h(), merged));
    g.add("k", index(t.k(), ndiv.k(), merged));
    g.add("l", index(t.l(), ndiv.l(), merged));
    g.add("ndiv", Hdf5Dataset.row(Elements.of((long) ndiv.h(), ndiv.k(), ndiv.l())));
    for (String name : t.columnNames()) {
      boolean number =
          name.equals("n") && t.has(ColumnNames.COUNTS); // as mdx2's integrate stores it
      g.add(name, Hdf5Dataset.row(number ? doubles(t.column(name)) : elements(t.column(name))));
    }
    NexusRoot root = new NexusRoot().add(NAME, "mdx2.data", "HKLTable", g);
    t.corrections().ifPresent(c -> root.attribute(CORRECTIONS, c.words()));
    return root;
  }

  private static Hdf5Dataset index(IntColumn c, int ndiv, boolean merged) {
    double n = ndiv;
    return Hdf5Dataset.row(
        merged
            ? Elements.ofDoubles(c.size(), i -> c.value(i) / n)
            : Elements.ofFloats(c.size(), i -> (float) (c.value(i) / n)));
  }

  private static Elements elements(Column c) {
    if (c instanceof IntColumn i) {
      return Elements.ofInts(i.size(), i::value);
    } else if (c instanceof FloatColumn f) {
      return Elements.ofFloats(f.size(), f::value);
    }
    return doubles(c);
  }

  private static Elements doubles(Column c) {
    return Elements.ofDoubles(c.size(), c::get);
  }

  static HKLTable read(NexusReader in, Predicate<String> wanted) {
    String place = in.object(NAME, "give the file of an integrated, corrected or merged table");
    Subdivision ndiv = ndiv(in, place + "/ndiv");
    int rows = rows(in, place + "/h", -1);
    IntColumn h = index(in, place + "/h", rows, ndiv.h());
    IntColumn k = index(in, place + "/k", rows, ndiv.k());
    IntColumn l = index(in, place + "/l", rows, ndiv.l());
    HKLTable t = HKLTable.of(ndiv, h, k, l);
    for (String name : in.file().members(place)) {
      if (!INDICES.contains(name) && wanted.test(name)) {
        rows(in, place + "/" + name, rows);
        t = t.with(name, column(in, place + "/" + name, name));
      }
    }
    HKLTable all = t;
    return TableCorrections.ofWords(in.file().attribute("/entry", CORRECTIONS))
        .map(all::corrected)
        .orElse(all);
  }

  /** How many rows the table has, of which none is read. */
  static int rows(NexusReader in) {
    String place = in.object(NAME, "give the file of an integrated, corrected or merged table");
    return rows(in, place + "/h", -1);
  }

  static Subdivision ndiv(NexusReader in, String place) {
    if (!in.file().has(place)) {
      return Subdivision.NONE; // mdx2's default
    }
    in.doubles(place, 3);
    int[] n = in.file().ints(place, in.parallel());
    return in.build(place, () -> new Subdivision(n[0], n[1], n[2]));
  }

  private static int rows(NexusReader in, String place, int rows) {
    int[] shape = in.file().shape(place);
    if (shape.length != 1 || rows >= 0 && shape[0] != rows) {
      throw in.file()
          .error(
              place,
              rows < 0 ? "a column" : "a column of " + rows + " rows",
              "the shape " + Arrays.toString(shape),
              "");
    }
    return shape[0];
  }

  /** H = rint(h·ndiv), which must be near h·ndiv. */
  private static IntColumn index(NexusReader in, String place, int rows, int ndiv) {
    rows(in, place, rows);
    int[] out = new int[in.file().size(place)];
    StoredType type = in.file().type(place);
    in.file()
        .read(
            place,
            in.parallel(),
            (from, at, first, count) -> {
              for (int i = 0; i < count; i++) {
                double v = type.number(from, at + i * type.bytes()) * ndiv;
                double r = Math.rint(v);
                if (!(Math.abs(v - r) <= TOLERANCE && Math.abs(r) <= 1 << 26)) {
                  throw in.file().error(place, multiples(ndiv), at(v / ndiv, first + i), "");
                }
                out[first + i] = (int) r;
              }
            });
    return IntColumn.of(out);
  }

  private static String multiples(int ndiv) {
    return "multiples of 1/" + ndiv + ", as ndiv says";
  }

  private static String at(double value, int row) {
    return String.format(Locale.ROOT, "%s in row %d", value, row);
  }

  private static Column column(NexusReader in, String place, String name) {
    StoredType type = in.file().type(place);
    boolean integer = INTEGERS.contains(name) || name.matches("group_\\d+_count");
    if (type.isInteger()) {
      return IntColumn.of(in.file().ints(place, in.parallel()));
    }
    if (!integer && type.isNumber() && type.bytes() == 4) {
      return FloatColumn.of(in.file().floats(place, in.parallel()));
    }
    double[] v = in.file().doubles(place, in.parallel());
    return integer && allIntegers(v) ? ints(v) : DoubleColumn.of(v);
  }

  private static boolean allIntegers(double[] v) {
    for (double x : v) {
      if (x != (int) x) {
        return false;
      }
    }
    return true;
  }

  private static IntColumn ints(double[] v) {
    int[] out = new int[v.length];
    for (int i = 0; i < v.length; i++) {
      out[i] = (int) v[i];
    }
    return IntColumn.of(out);
  }
}
