package org.mdx.io.mtz;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.mdx.crystal.SpaceGroup;
import org.mdx.crystal.SymmetryOperator;
import org.mdx.crystal.UnitCell;
import org.mdx.io.MdxFormatException;
import org.mdx.io.output.AtomicFile;
import org.mdx.io.volume.TableFile;
import org.mdx.math.Mat3;
import org.mdx.math.Vec3;
import org.mdx.table.Column;
import org.mdx.table.ColumnNames;
import org.mdx.table.HKLTable;

/**
 * Merged Bragg reflections.
 *
 * <p>Source: "MTZ format", CCP4 documentation, https://www.ccp4.ac.uk/html/mtzformat.html.
 *
 * @param spaceGroup the symmetry
 * @param cell the cell
 * @param wavelength Å
 * @param hkl h, k, l of each reflection, sorted
 * @param columns values
 */
public record MergedMtz(
    SpaceGroup spaceGroup, UnitCell cell, double wavelength, int[] hkl, List<Values> columns) {
  private static final int START_BYTES = 80;

  public MergedMtz {
    columns = List.copyOf(columns);
    for (Values c : columns) {
      if (3 * c.values().length != hkl.length) {
        throw new IllegalArgumentException(
            "column "
                + c.label()
                + " has "
                + c.values().length
                + " values for "
                + hkl.length / 3
                + " reflections");
      }
    }
  }

  /**
   * A column.
   *
   * @param label such as {@code IMEAN}
   * @param type letter of CCP4: J, Q, K, M, F, I …
   * @param values NaN where there is none
   */
  public record Values(String label, char type, double[] values) {}

  /**
   * A mean intensity of a file.
   *
   * @param h index
   * @param k index
   * @param l index
   * @param intensity its value
   * @param sigma its standard deviation, above 0
   */
  public record Mean(int h, int k, int l, double intensity, double sigma) {}

  /** Types of the labels that merged intensities have by custom. */
  private static final Map<String, Character> TYPES =
      Map.ofEntries(
          Map.entry("IMEAN", 'J'),
          Map.entry("SIGIMEAN", 'Q'),
          Map.entry("N", 'I'),
          Map.entry("I(+)", 'K'),
          Map.entry("SIGI(+)", 'M'),
          Map.entry("I(-)", 'K'),
          Map.entry("SIGI(-)", 'M'),
          Map.entry("N(+)", 'I'),
          Map.entry("N(-)", 'I'),
          Map.entry("F", 'F'),
          Map.entry("SIGF", 'Q'),
          Map.entry("FreeR_flag", 'I'));

  /**
   * Reflections with columns of the usual labels.
   *
   * @param spaceGroup the symmetry
   * @param cell the cell
   * @param wavelength Å
   * @param hkl h, k, l of each reflection, sorted
   * @param columns values by label, such as {@code IMEAN}; NaN where there is none
   * @return the file's content
   * @throws IllegalArgumentException if a label has no type by custom
   */
  public static MergedMtz of(
      SpaceGroup spaceGroup,
      UnitCell cell,
      double wavelength,
      int[] hkl,
      Map<String, double[]> columns) {
    List<Values> all = new ArrayList<>();
    columns.forEach(
        (label, values) -> {
          if (!TYPES.containsKey(label)) {
            throw new IllegalArgumentException(
                "column " + label + ", must be one of " + TYPES.keySet());
          }
          all.add(new Values(label, TYPES.get(label), values));
        });
    return new MergedMtz(spaceGroup, cell, wavelength, hkl, all);
  }

  /**
   * Reads the columns IMEAN and SIGIMEAN; rows without values are left out.
   *
   * @param file an MTZ file
   * @return means
   * @throws IOException if it cannot be read
   * @throws MdxFormatException if it is damaged, or has no such columns or values
   */
  public static List<Mean> readMeans(Path file) throws IOException {
    TableFile table = Mtz.read(file);
    HKLTable t = table.table();
    if (!t.has(ColumnNames.INTENSITY) || !t.has(ColumnNames.INTENSITY_ERROR)) {
      throw new MdxFormatException(
          file,
          "columns",
          "IMEAN and SIGIMEAN",
          t.columnNames().toString(),
          "merge the data first");
    }
    Column intensity = t.column(ColumnNames.INTENSITY);
    Column sigma = t.column(ColumnNames.INTENSITY_ERROR);
    List<Mean> out = new ArrayList<>();
    for (int i = 0; i < t.rows(); i++) {
      if (Double.isFinite(intensity.get(i)) && sigma.get(i) > 0) {
        out.add(
            new Mean(
                t.h().value(i), t.k().value(i), t.l().value(i), intensity.get(i), sigma.get(i)));
      }
    }
    if (out.isEmpty()) {
      throw new MdxFormatException(file, "rows", "values of IMEAN", "none", "");
    }
    return out;
  }

  /**
   * Writes the file.
   *
   * @param path which appears whole or not at all
   * @throws IOException if it cannot be written
   */
  public void write(Path path) throws IOException {
    AtomicFile.write(path, this::write);
  }

  private void write(OutputStream out) throws IOException {
    int width = columns.size() + 3;
    int rows = hkl.length / 3;
    ByteBuffer b = ByteBuffer.allocate(START_BYTES).order(ByteOrder.LITTLE_ENDIAN);
    b.put("MTZ ".getBytes(StandardCharsets.US_ASCII));
    b.putInt(Math.toIntExact(START_BYTES / 4 + (long) rows * width + 1));
    b.put((byte) 0x44).put((byte) 0x41);
    out.write(b.array());
    ByteBuffer row = ByteBuffer.allocate(4 * width).order(ByteOrder.LITTLE_ENDIAN);
    for (int i = 0; i < rows; i++) {
      row.clear();
      for (int j = 0; j < 3; j++) {
        row.putFloat(hkl[3 * i + j]);
      }
      for (Values c : columns) {
        row.putFloat((float) c.values()[i]);
      }
      out.write(row.array());
    }
    for (String record : header()) {
      out.write(
          String.format("%-80s", record).substring(0, 80).getBytes(StandardCharsets.US_ASCII));
    }
  }

  private List<String> header() {
    List<String> r = new ArrayList<>();
    r.add("VERS MTZ:V1.1");
    r.add("TITLE mdx merged intensities");
    r.add(format("NCOL %8d %12d %8d", columns.size() + 3, hkl.length / 3, 0));
    r.add("CELL  " + numbers());
    r.add("SORT    1   2   3   0   0");
    long primitive =
        spaceGroup.operators().stream().filter(SymmetryOperator::isTranslation).count();
    r.add(
        format(
            "SYMINF %3d %2d %c %5d %22s %5s",
            spaceGroup.order(),
            spaceGroup.order() / primitive,
            spaceGroup.centring(),
            spaceGroup.number(),
            "'" + spaceGroup.hermannMauguin() + "'",
            "PG" + spaceGroup.hermannMauguin().split("[:(]")[0].replace(" ", "").substring(1)));
    for (SymmetryOperator op : spaceGroup.operators()) {
      r.add("SYMM " + op.toString().toUpperCase(Locale.ROOT));
    }
    double[] s = resolution();
    r.add(format("RESO %-20.12f %-20.12f", s[0], s[1]));
    r.add("VALM NAN");
    for (int j = 0; j < 3; j++) {
      double[] index = new double[hkl.length / 3];
      for (int i = 0; i < index.length; i++) {
        index[i] = hkl[3 * i + j];
      }
      column(r, new Values("HKL".substring(j, j + 1), 'H', index), 0);
    }
    for (Values c : columns) {
      column(r, c, 1);
    }
    r.add("NDIF        2");
    dataset(r, 0, "HKL_base", 0);
    dataset(r, 1, "mdx", wavelength);
    r.add("END");
    r.add("MTZENDOFHEADERS");
    return r;
  }

  private static void column(List<String> r, Values c, int dataset) {
    double low = Double.POSITIVE_INFINITY;
    double high = Double.NEGATIVE_INFINITY;
    for (double v : c.values()) {
      low = v < low ? v : low;
      high = v > high ? v : high;
    }
    r.add(
        format(
            "COLUMN %-30s %c %17.9g %17.9g %4d",
            c.label(),
            c.type(),
            low <= high ? (float) low : 0,
            low <= high ? (float) high : 0,
            dataset));
  }

  private void dataset(List<String> r, int id, String name, double lambda) {
    r.add(format("PROJECT %7d %s", id, name));
    r.add(format("CRYSTAL %7d %s", id, name));
    r.add(format("DATASET %7d %s", id, name));
    r.add(format("DCELL   %7d %s", id, numbers()));
    r.add(format("DWAVEL  %7d %10.5f", id, lambda));
  }

  private double[] resolution() {
    Mat3 b = cell.reciprocal();
    double low = Double.POSITIVE_INFINITY;
    double high = 0;
    for (int i = 0; i < hkl.length; i += 3) {
      double s = b.times(new Vec3(hkl[i], hkl[i + 1], hkl[i + 2])).norm();
      low = Math.min(low, s * s);
      high = Math.max(high, s * s);
    }
    return new double[] {Math.min(low, high), high};
  }

  private String numbers() {
    return format("%9.4f %9.4f %9.4f", cell.a(), cell.b(), cell.c())
        + format(" %9.4f %9.4f %9.4f", cell.alpha(), cell.beta(), cell.gamma());
  }

  private static String format(String pattern, Object... values) {
    return String.format(Locale.ROOT, pattern, values);
  }
}
