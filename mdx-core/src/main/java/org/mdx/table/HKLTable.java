package org.mdx.table;

import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import org.mdx.internal.kernel.GroupKernel;

/**
 * Rows of measurements, each belonging to a voxel (H, K, L) of the subdivided Miller-index grid,
 * that is to h = H/ndiv.h and so on. Several rows can share a voxel. Immutable.
 *
 * <p>Column names are those of mdx2: {@code phi iy ix} (mean position, degrees and pixels), {@code
 * seconds counts pixels n} after integration; {@code s intensity intensity_error rs_volume op n}
 * after correction; {@code intensity intensity_error count} and {@code group_0_…}, {@code
 * group_1_…} after merging. After correction there are also {@code background_variance} and {@code
 * variance_per_intensity} (intensity² and intensity), which mdx2 does not have: where the true
 * intensity is M, that of the row has the variance background_variance + variance_per_intensity·M.
 */
public final class HKLTable {
  private final Subdivision ndiv;
  private final IntColumn h;
  private final IntColumn k;
  private final IntColumn l;
  private final Map<String, Column> columns;

  /** Null if not known. */
  private final TableCorrections corrections;

  private HKLTable(
      Subdivision ndiv,
      IntColumn h,
      IntColumn k,
      IntColumn l,
      Map<String, Column> columns,
      TableCorrections corrections) {
    this.ndiv = ndiv;
    this.h = h;
    this.k = k;
    this.l = l;
    this.columns = Collections.unmodifiableMap(columns);
    this.corrections = corrections;
  }

  /**
   * A table of voxels without columns.
   *
   * @param ndiv subdivision of the indices
   * @param h H = h·ndiv of each row
   * @param k K of each row
   * @param l L of each row
   * @return the table
   * @throws IllegalArgumentException if the lengths differ
   */
  public static HKLTable of(Subdivision ndiv, IntColumn h, IntColumn k, IntColumn l) {
    if (k.size() != h.size() || l.size() != h.size()) {
      throw new IllegalArgumentException(
          "index columns of " + h.size() + ", " + k.size() + " and " + l.size() + " rows");
    }
    return new HKLTable(ndiv, h, k, l, new LinkedHashMap<>(), null);
  }

  /**
   * This table with a column more, or with a column replaced.
   *
   * @param name its name
   * @param column as many values as the table has rows
   * @return a new table
   * @throws IllegalArgumentException if the number of values is wrong
   */
  public HKLTable with(String name, Column column) {
    if (column.size() != rows()) {
      throw new IllegalArgumentException(
          "column " + name + " has " + column.size() + " values for " + rows() + " rows");
    }
    Map<String, Column> c = new LinkedHashMap<>(columns);
    c.put(name, column);
    return new HKLTable(ndiv, h, k, l, c, corrections);
  }

  /**
   * This table with what was applied to its intensities.
   *
   * @param applied the corrections; tables that come from this one keep them
   * @return a new table
   */
  public HKLTable corrected(TableCorrections applied) {
    return new HKLTable(ndiv, h, k, l, columns, Objects.requireNonNull(applied, "applied"));
  }

  /**
   * What was applied to the intensities.
   *
   * @return the corrections, if they are known
   */
  public Optional<TableCorrections> corrections() {
    return Optional.ofNullable(corrections);
  }

  /**
   * This table without some columns.
   *
   * @param names columns to leave out; those it does not have are ignored
   * @return a new table
   */
  public HKLTable without(String... names) {
    Map<String, Column> c = new LinkedHashMap<>(columns);
    for (String name : names) {
      c.remove(name);
    }
    return new HKLTable(ndiv, h, k, l, c, corrections);
  }

  /**
   * This table with other voxels for the same rows.
   *
   * @param newH H of each row
   * @param newK K of each row
   * @param newL L of each row
   * @return a new table
   * @throws IllegalArgumentException if the number of rows is another
   */
  public HKLTable reindexed(IntColumn newH, IntColumn newK, IntColumn newL) {
    HKLTable t = of(ndiv, newH, newK, newL);
    if (t.rows() != rows()) {
      throw new IllegalArgumentException(t.rows() + " indices for " + rows() + " rows");
    }
    return new HKLTable(ndiv, newH, newK, newL, columns, corrections);
  }

  /**
   * Some rows of this table.
   *
   * @param rows row numbers in the wanted order
   * @return a new table
   */
  public HKLTable select(int[] rows) {
    Map<String, Column> c = new LinkedHashMap<>();
    columns.forEach((name, column) -> c.put(name, column.select(rows)));
    return new HKLTable(ndiv, h.select(rows), k.select(rows), l.select(rows), c, corrections);
  }

  /**
   * The rows of several tables, one behind the other. Columns that not all of them have are left
   * out.
   *
   * @param tables at least one, of the same subdivision
   * @return a new table
   * @throws IllegalArgumentException if there is none or subdivisions differ
   */
  public static HKLTable concatenate(List<HKLTable> tables) {
    if (tables.isEmpty()) {
      throw new IllegalArgumentException("no table to concatenate");
    }
    HKLTable first = tables.get(0);
    List<HKLTable> rest = tables.subList(1, tables.size());
    for (HKLTable t : rest) {
      if (!t.ndiv.equals(first.ndiv)) {
        throw new IllegalArgumentException(
            "tables subdivided " + first.ndiv + " and " + t.ndiv + " cannot be joined");
      }
    }
    Map<String, Column> c = new LinkedHashMap<>();
    for (String name : first.columns.keySet()) {
      if (rest.stream().allMatch(t -> t.columns.containsKey(name))) {
        List<Column> others = new ArrayList<>();
        rest.forEach(t -> others.add(t.columns.get(name)));
        c.put(name, first.columns.get(name).concatenate(others));
      }
    }
    List<Column> hs = new ArrayList<>();
    List<Column> ks = new ArrayList<>();
    List<Column> ls = new ArrayList<>();
    for (HKLTable t : rest) {
      hs.add(t.h);
      ks.add(t.k);
      ls.add(t.l);
    }
    return new HKLTable(
        first.ndiv,
        first.h.concatenate(hs),
        first.k.concatenate(ks),
        first.l.concatenate(ls),
        c,
        rest.stream().allMatch(t -> Objects.equals(t.corrections, first.corrections))
            ? first.corrections
            : null);
  }

  /**
   * The rows gathered by voxel.
   *
   * @return groups in rising order of (H, K, L); found anew at each call
   */
  public HKLGroups groups() {
    return HKLGroups.of(h.array(), k.array(), l.array());
  }

  /**
   * The same rows in rising order of (H, K, L); rows of one voxel keep their order.
   *
   * @return a new table
   */
  public HKLTable sorted() {
    return select(groups().order());
  }

  /**
   * The first row of a voxel, found by looking through all of them; for many look-ups use {@link
   * #groups} or {@link #rowsIn}.
   *
   * @param atH H
   * @param atK K
   * @param atL L
   * @return its number, or −1 if there is none
   */
  public int find(int atH, int atK, int atL) {
    int[] hs = h.array();
    int[] ks = k.array();
    int[] ls = l.array();
    for (int i = 0; i < hs.length; i++) {
      if (hs[i] == atH && ks[i] == atK && ls[i] == atL) {
        return i;
      }
    }
    return -1;
  }

  /**
   * Where the voxels of this table are in another one.
   *
   * @param other a table of the same subdivision
   * @return for each row of this table the first row of the other with the same voxel, or −1
   * @throws IllegalArgumentException if the subdivisions differ
   */
  public int[] rowsIn(HKLTable other) {
    if (!ndiv.equals(other.ndiv)) {
      throw new IllegalArgumentException(
          "tables subdivided " + ndiv + " and " + other.ndiv + " have no voxels in common");
    }
    HKLGroups mine = groups();
    HKLGroups theirs = other.groups();
    int[] found = new int[rows()];
    int t = 0;
    for (int g = 0; g < mine.count(); g++) {
      int atH = mine.h(g);
      int atK = mine.k(g);
      int atL = mine.l(g);
      while (t < theirs.count() && theirs.compare(t, atH, atK, atL) < 0) {
        t++;
      }
      boolean here = t < theirs.count() && theirs.compare(t, atH, atK, atL) == 0;
      int row = here ? theirs.row(theirs.start(t)) : -1;
      for (int i = mine.start(g); i < mine.start(g + 1); i++) {
        found[mine.row(i)] = row;
      }
    }
    return found;
  }

  /**
   * Number of rows.
   *
   * @return 0 or more
   */
  public int rows() {
    return h.size();
  }

  /**
   * The subdivision.
   *
   * @return voxels per unit of each index
   */
  public Subdivision ndiv() {
    return ndiv;
  }

  /**
   * H = h·ndiv of every row.
   *
   * @return integer indices
   */
  public IntColumn h() {
    return h;
  }

  /**
   * K = k·ndiv of every row.
   *
   * @return integer indices
   */
  public IntColumn k() {
    return k;
  }

  /**
   * L = l·ndiv of every row.
   *
   * @return integer indices
   */
  public IntColumn l() {
    return l;
  }

  /**
   * Names of the columns beside the indices, in order.
   *
   * @return the names
   */
  public Set<String> columnNames() {
    return columns.keySet();
  }

  /**
   * Whether there is a column.
   *
   * @param name its name
   * @return true if so
   */
  public boolean has(String name) {
    return columns.containsKey(name);
  }

  /**
   * A column.
   *
   * @param name its name
   * @return its values
   * @throws IllegalArgumentException if there is none of that name
   */
  public Column column(String name) {
    Column c = columns.get(name);
    if (c == null) {
      throw new IllegalArgumentException(
          "the table has no column '" + name + "'; it has " + columns.keySet());
    }
    return c;
  }

  /**
   * A number by which rows are known again: other values, or another order, give another number.
   *
   * @param names columns that count
   * @return a hash of their values in the order of the rows, the same on every machine
   * @throws IllegalArgumentException if a column is missing
   */
  public long fingerprint(String... names) {
    long hash = 0x9E3779B97F4A7C15L + rows();
    for (String name : names) {
      Column c = column(name);
      for (int i = 0; i < c.size(); i++) {
        hash = (hash ^ Double.doubleToLongBits(c.get(i))) * 0xBF58476D1CE4E5B9L;
        hash ^= hash >>> 29;
      }
    }
    return hash;
  }

  /**
   * The intensity of a row.
   *
   * @param row 0 to rows − 1
   * @return column {@code intensity}, NaN where there is none
   * @throws IllegalArgumentException if the table has no intensities yet
   */
  public double intensity(int row) {
    return column(ColumnNames.INTENSITY).get(row);
  }

  /**
   * The standard error of the intensity of a row.
   *
   * @param row 0 to rows − 1
   * @return column {@code intensity_error}, NaN where there is none
   * @throws IllegalArgumentException if the table has no intensities yet
   */
  public double intensityError(int row) {
    return column(ColumnNames.INTENSITY_ERROR).get(row);
  }

  /**
   * The first rows for reading, with h, k and l as fractions and units of the columns.
   *
   * @param count how many rows at most, 0 or more
   * @return a text in lines of equally wide columns
   * @throws IllegalArgumentException if the count is negative
   */
  public TableHead head(int count) {
    if (count < 0) {
      throw new IllegalArgumentException("the first " + count + " rows, must be 0 or more");
    }
    return TableHead.of(this, Math.min(count, rows()));
  }

  /**
   * Where the voxels lie.
   *
   * @return such as {@code h -3 to 3, k 0 to 5.33333, l 0 to 2}; {@code no voxels} without rows
   */
  public String ranges() {
    return rows() == 0
        ? "no voxels"
        : range("h", h, ndiv.h()) + ", " + range("k", k, ndiv.k()) + ", " + range("l", l, ndiv.l());
  }

  /** Such as {@code HKLTable[5 rows, h 0 to 1, k 0 to 1, l 0 to 2, ndiv 3,3,3; intensity, …]}. */
  @Override
  public String toString() {
    return "HKLTable["
        + rows()
        + (rows() == 1 ? " row, " : " rows, ")
        + ranges()
        + ", ndiv "
        + ndiv
        + (columns.isEmpty() ? "" : "; " + String.join(" ", columns.keySet()))
        + "]";
  }

  private static String range(String name, IntColumn index, int ndiv) {
    int[] r = GroupKernel.range(index.array());
    return name
        + " "
        + Text.number((double) r[0] / ndiv)
        + " to "
        + Text.number((double) r[1] / ndiv);
  }
}
