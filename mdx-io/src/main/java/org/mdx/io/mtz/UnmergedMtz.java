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
import java.util.Set;
import org.mdx.crystal.Crystal;
import org.mdx.crystal.SpaceGroup;
import org.mdx.crystal.SymmetryOperator;
import org.mdx.crystal.UnitCell;
import org.mdx.geometry.Geometry;
import org.mdx.io.output.AtomicFile;
import org.mdx.math.Mat3;
import org.mdx.math.Vec3;

/**
 * Writes intensities that are not merged, with a batch for each image.
 *
 * <p>Source: "MTZ format", CCP4 documentation, https://www.ccp4.ac.uk/html/mtzformat.html.
 */
public final class UnmergedMtz {
  private static final String[][] COLUMNS = {
    {"H", "H"},
    {"K", "H"},
    {"L", "H"},
    {"M/ISYM", "Y"},
    {"BATCH", "B"},
    {"I", "J"},
    {"SIGI", "Q"},
    {"IPR", "J"},
    {"SIGIPR", "Q"},
    {"BG", "R"},
    {"SIGBG", "R"},
    {"FRACTIONCALC", "R"},
    {"XDET", "R"},
    {"YDET", "R"},
    {"ROT", "R"},
    {"LP", "R"},
    {"QE", "R"},
    {"FLAG", "I"}
  };

  /** Columns that scaled intensities do not have. */
  private static final Set<String> UNSCALED = Set.of("IPR", "SIGIPR");

  private static final String[] SCALE_USED = {"SCALEUSED", "R"};
  private static final int START_BYTES = 80;
  private static final int INTEGERS = 29;
  private static final int REALS = 156;

  private final UnmergedIntensities data;
  private final UnitCell cell;
  private final SpaceGroup group;
  private final List<String[]> columns;
  private final float[][] range;

  private UnmergedMtz(UnmergedIntensities data) {
    this.data = data;
    Crystal crystal = data.geometries().get(0).crystal().orElseThrow();
    cell = crystal.cell();
    group = crystal.spaceGroup();
    columns = new ArrayList<>(List.of(COLUMNS));
    if (data.isScaled()) {
      columns.removeIf(c -> UNSCALED.contains(c[0]));
      columns.add(SCALE_USED);
    }
    range = new float[columns.size()][];
    for (int c = 0; c < range.length; c++) {
      range[c] = new float[] {Float.POSITIVE_INFINITY, Float.NEGATIVE_INFINITY};
    }
  }

  /**
   * Writes a file.
   *
   * @param path the file
   * @param data intensities
   * @throws IOException if it cannot be written; nothing is left behind
   */
  public static void write(Path path, UnmergedIntensities data) throws IOException {
    UnmergedMtz mtz = new UnmergedMtz(data);
    AtomicFile.write(path, mtz::write);
  }

  private void write(OutputStream out) throws IOException {
    ByteBuffer b = ByteBuffer.allocate(START_BYTES).order(ByteOrder.LITTLE_ENDIAN);
    b.put("MTZ ".getBytes(StandardCharsets.US_ASCII));
    b.putInt(Math.toIntExact(START_BYTES / 4 + (long) data.size() * columns.size() + 1));
    b.put((byte) 0x44).put((byte) 0x41);
    out.write(b.array());
    for (UnmergedIntensities.Row row : data.rows()) {
      out.write(row(row));
    }
    List<String> records = header();
    for (String record : records) {
      out.write(text(record));
    }
    out.write(text("MTZBATS"));
    for (int sweep = 0; sweep < data.geometries().size(); sweep++) {
      batches(out, sweep);
    }
    out.write(text("MTZENDOFHEADERS"));
  }

  private static byte[] text(String record) {
    return String.format("%-80s", record).substring(0, 80).getBytes(StandardCharsets.US_ASCII);
  }

  private byte[] row(UnmergedIntensities.Row r) {
    float[] v = new float[columns.size()];
    for (int j = 0; j < 3; j++) {
      v[j] = r.asu()[j];
    }
    v[3] = r.isym();
    v[4] = r.batch();
    v[5] = (float) r.sum()[0];
    v[6] = (float) r.sum()[1];
    int next = 7;
    if (!data.isScaled()) {
      v[next++] = (float) r.fit()[0];
      v[next++] = (float) r.fit()[1];
    }
    for (double other : r.others()) {
      v[next++] = (float) other;
    }
    ByteBuffer b = ByteBuffer.allocate(4 * v.length).order(ByteOrder.LITTLE_ENDIAN);
    for (int c = 0; c < v.length; c++) {
      b.putFloat(v[c]);
      if (!Float.isNaN(v[c])) {
        range[c][0] = Math.min(range[c][0], v[c]);
        range[c][1] = Math.max(range[c][1], v[c]);
      }
    }
    return b.array();
  }

  private int batchCount() {
    return data.geometries().stream().mapToInt(g -> g.scan().frames()).sum();
  }

  private List<String> header() {
    List<String> r = new ArrayList<>();
    r.add("VERS MTZ:V1.1");
    r.add(data.isScaled() ? "TITLE mdx scaled intensities" : "TITLE mdx integrated intensities");
    r.add(format("NCOL %8d %12d %8d", columns.size(), data.size(), batchCount()));
    r.add("CELL  " + numbers());
    r.add("SORT    1   2   3   4   5");
    r.add(
        format(
            "SYMINF %3d %2d %c %5d %22s %5s",
            group.order(),
            primitive(),
            group.centring(),
            group.number(),
            "'" + group.hermannMauguin() + "'",
            "PG" + group.hermannMauguin().split("[:(]")[0].replace(" ", "").substring(1)));
    for (SymmetryOperator op : group.operators()) {
      r.add("SYMM " + op.toString().toUpperCase(Locale.ROOT));
    }
    double[] s = resolution();
    r.add(format("RESO %-20.12f %-20.12f", s[0], s[1]));
    r.add("VALM NAN");
    for (int c = 0; c < columns.size(); c++) {
      boolean empty = range[c][0] > range[c][1];
      r.add(
          format(
              "COLUMN %-30s %s %17.9g %17.9g %4d",
              columns.get(c)[0],
              columns.get(c)[1],
              empty ? 0 : range[c][0],
              empty ? 0 : range[c][1],
              c < 3 ? 0 : 1));
    }
    r.add("NDIF        2");
    dataset(r, 0, "HKL_base", 0);
    dataset(r, 1, "mdx", data.geometries().get(0).beam().wavelength());
    batchNumbers(r);
    r.add("END");
    return r;
  }

  private int primitive() {
    return (int)
        group.operators().stream()
            .map(
                op -> {
                  StringBuilder b = new StringBuilder();
                  for (int i = 0; i < 9; i++) {
                    b.append(op.rotation(i / 3, i % 3)).append(' ');
                  }
                  return b.toString();
                })
            .distinct()
            .count();
  }

  private void dataset(List<String> r, int id, String name, double wavelength) {
    r.add(format("PROJECT %7d %s", id, name));
    r.add(format("CRYSTAL %7d %s", id, name));
    r.add(format("DATASET %7d %s", id, name));
    r.add(format("DCELL   %7d %s", id, numbers()));
    r.add(format("DWAVEL  %7d %10.5f", id, wavelength));
  }

  /** Twelve to a line. */
  private void batchNumbers(List<String> r) {
    StringBuilder line = new StringBuilder();
    int n = 0;
    for (int sweep = 0; sweep < data.geometries().size(); sweep++) {
      Geometry g = data.geometries().get(sweep);
      for (int f = 0; f < g.scan().frames(); f++) {
        line.append(format("%6d", data.batchOffset(sweep) + g.scan().firstImage() + f));
        if (++n % 12 == 0) {
          r.add("BATCH " + line);
          line.setLength(0);
        }
      }
    }
    if (!line.isEmpty()) {
      r.add("BATCH " + line);
    }
  }

  private void batches(OutputStream out, int sweep) throws IOException {
    Geometry g = data.geometries().get(sweep);
    for (int f = 0; f < g.scan().frames(); f++) {
      int number = data.batchOffset(sweep) + g.scan().firstImage() + f;
      out.write(text(format("BH %8d %7d %7d %7d", number, INTEGERS + REALS, INTEGERS, REALS)));
      out.write(text("TITLE image " + (g.scan().firstImage() + f)));
      out.write(batch(g, f, sweep));
      out.write(text("BHCH"));
    }
  }

  /** Orientation of an image: integers and reals in the places that CCP4 gives them. */
  private byte[] batch(Geometry g, int frame, int sweep) {
    int[] integers = new int[INTEGERS];
    integers[0] = INTEGERS + REALS;
    integers[1] = INTEGERS;
    integers[2] = REALS;
    integers[11] = 1; // reciprocal axis nearest to the rotation axis
    integers[12] = sweep + 1;
    integers[14] = 2; // three-dimensional data
    integers[15] = 1; // the scan axis
    integers[17] = 1; // axes of the goniometer
    integers[19] = 1; // detectors
    integers[20] = 1; // data set
    float[] r = new float[REALS];
    Crystal crystal = g.crystal().orElseThrow();
    UnitCell c = crystal.cell();
    double[] cellValues = {c.a(), c.b(), c.c(), c.alpha(), c.beta(), c.gamma()};
    put(r, 0, cellValues);
    put(r, 6, orientation(g, crystal, frame).transpose().toRowMajor());
    r[36] = (float) (g.scan().phi(frame) - g.scan().width() / 2);
    r[37] = (float) (g.scan().phi(frame) + g.scan().width() / 2);
    put(r, 38, vector(g.goniometer().laboratoryAxis()));
    r[43] = 1;
    r[47] = (float) g.scan().width();
    put(r, 59, vector(g.goniometer().laboratoryAxis()));
    put(r, 80, vector(g.beam().s0().unit()));
    put(r, 83, vector(g.beam().s0().unit()));
    r[86] = (float) g.beam().wavelength();
    ByteBuffer b = ByteBuffer.allocate(4 * (INTEGERS + REALS)).order(ByteOrder.LITTLE_ENDIAN);
    for (int v : integers) {
      b.putInt(v);
    }
    for (float v : r) {
      b.putFloat(v);
    }
    return b.array();
  }

  /** U at φ = 0, in the laboratory, as the matrix that makes A·B⁻¹. */
  private static Mat3 orientation(Geometry g, Crystal crystal, int frame) {
    Mat3 a = crystal.scanPoints().isEmpty() ? crystal.a() : crystal.a(frame + 0.5);
    return g.goniometer().rotation(0).times(a).times(crystal.cell().reciprocal().inverse());
  }

  private static double[] vector(Vec3 v) {
    return new double[] {v.x(), v.y(), v.z()};
  }

  private static void put(float[] r, int at, double... values) {
    for (int i = 0; i < values.length; i++) {
      r[at + i] = (float) values[i];
    }
  }

  /** Least and largest 1/d², Å⁻². */
  private double[] resolution() {
    Mat3 b = cell.reciprocal();
    double low = Double.POSITIVE_INFINITY;
    double high = 0;
    for (UnmergedIntensities.Row row : data.rows()) {
      double s = b.times(new Vec3(row.h()[0], row.h()[1], row.h()[2])).norm();
      low = Math.min(low, s * s);
      high = Math.max(high, s * s);
    }
    return new double[] {low, high};
  }

  private String numbers() {
    return format("%9.4f %9.4f %9.4f", cell.a(), cell.b(), cell.c())
        + format(" %9.4f %9.4f %9.4f", cell.alpha(), cell.beta(), cell.gamma());
  }

  private static String format(String pattern, Object... values) {
    return String.format(Locale.ROOT, pattern, values);
  }
}
