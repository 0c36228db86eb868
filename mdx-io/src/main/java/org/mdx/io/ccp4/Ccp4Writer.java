package org.mdx.io.ccp4;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.mdx.crystal.UnitCell;
import org.mdx.io.output.AtomicFile;
import org.mdx.io.volume.MapFile;
import org.mdx.io.volume.MapValues;
import org.mdx.map.ReciprocalMap;
import org.mdx.map.VoxelBox;
import org.mdx.math.Mat3;
import org.mdx.table.Subdivision;

/**
 * Writes the header of 1024 bytes and the values, little endian.
 *
 * <p>Source: "MRC/CCP4 2014", https://www.ccpem.ac.uk/mrc_format/mrc2014.php.
 */
final class Ccp4Writer {
  private static final int HEADER_BYTES = 1024;
  private static final int LABEL = 80;

  private Ccp4Writer() {}

  static void write(Path path, MapFile file, float missing) throws IOException {
    UnitCell cell = file.symmetry().requireCell("CCP4");
    ReciprocalMap map = file.map();
    MapValues values = MapValues.of(map, missing);
    Moments moments = new Moments();
    values.lFastest(moments::add);
    byte[] header = header(map, cell, moments, labels(file, missing));
    AtomicFile.write(
        path,
        out -> {
          out.write(header);
          values.hFastest(MapValues.littleEndian(out));
        });
  }

  /** Statistics of what is not NaN, in double precision. */
  private static final class Moments {
    private double min = Double.POSITIVE_INFINITY;
    private double max = Double.NEGATIVE_INFINITY;
    private double sum;
    private double squares;
    private long n;

    void add(float[] values, int count) {
      for (int i = 0; i < count; i++) {
        double v = values[i];
        if (v == v) {
          min = Math.min(min, v);
          max = Math.max(max, v);
          sum += v;
          squares += v * v;
          n++;
        }
      }
    }

    double mean() {
      return n == 0 ? 0 : sum / n;
    }

    double rms() {
      return n == 0 ? 0 : Math.sqrt(Math.max(0, squares / n - mean() * mean()));
    }
  }

  /** The box as a cell: its edges in units of 0.01 Å⁻¹, and the angles between them. */
  static UnitCell boxCell(ReciprocalMap map, UnitCell cell) {
    Mat3 axes = cell.reciprocal().transpose();
    UnitCell r = UnitCell.ofAxes(axes);
    VoxelBox b = map.box();
    Subdivision n = map.ndiv();
    double u = Ccp4.UNITS_PER_INVERSE_ANGSTROM;
    return new UnitCell(
        u * r.a() * b.nh() / n.h(),
        u * r.b() * b.nk() / n.k(),
        u * r.c() * b.nl() / n.l(),
        r.alpha(),
        r.beta(),
        r.gamma());
  }

  private static byte[] header(
      ReciprocalMap map, UnitCell cell, Moments moments, List<String> labels) {
    VoxelBox b = map.box();
    ByteBuffer h = ByteBuffer.allocate(HEADER_BYTES).order(ByteOrder.LITTLE_ENDIAN);
    h.putInt(b.nh()).putInt(b.nk()).putInt(b.nl()).putInt(2);
    h.putInt(b.h0()).putInt(b.k0()).putInt(b.l0());
    h.putInt(b.nh()).putInt(b.nk()).putInt(b.nl());
    UnitCell c = boxCell(map, cell);
    for (double v : new double[] {c.a(), c.b(), c.c(), c.alpha(), c.beta(), c.gamma()}) {
      h.putFloat((float) v);
    }
    h.putInt(1).putInt(2).putInt(3);
    boolean any = moments.n > 0;
    h.putFloat(any ? (float) moments.min : 0).putFloat(any ? (float) moments.max : 0);
    h.putFloat((float) moments.mean());
    h.putInt(1); // space group P 1: the box holds everything
    h.putInt(0);
    h.putInt(108, 20140);
    h.position(208);
    h.put("MAP ".getBytes(StandardCharsets.US_ASCII)).put((byte) 0x44).put((byte) 0x44);
    h.putInt(216, Float.floatToIntBits((float) moments.rms()));
    h.putInt(220, labels.size());
    h.position(224);
    for (String label : labels) {
      h.put(String.format("%-80s", label).getBytes(StandardCharsets.US_ASCII), 0, LABEL);
    }
    return h.array();
  }

  private static List<String> labels(MapFile file, float missing) {
    ReciprocalMap map = file.map();
    UnitCell c = file.symmetry().requireCell("CCP4");
    List<String> l = new ArrayList<>();
    l.add("mdx reciprocal-space map: " + map.name().replaceAll("[^ -~]", "_"));
    l.add("columns, rows, sections are h, k, l = (NSTART + i)/ndiv at voxel centres");
    l.add(format("ndiv %d %d %d", map.ndiv().h(), map.ndiv().k(), map.ndiv().l()));
    l.add(format("origin %d %d %d", map.box().h0(), map.box().k0(), map.box().l0()));
    l.add(
        format("crystal cell %.4f %.4f %.4f", c.a(), c.b(), c.c())
            + format(" %.4f %.4f %.4f", c.alpha(), c.beta(), c.gamma()));
    file.symmetry()
        .spaceGroup()
        .map(g -> "crystal space group Hall: " + g.hall())
        .filter(g -> g.length() <= LABEL)
        .ifPresent(l::add);
    l.add("header cell: the box, lengths in 0.01 1/A without 2 pi, reciprocal angles");
    l.add("not measured: " + (Float.isNaN(missing) ? "NaN" : Float.toString(missing)));
    return l;
  }

  private static String format(String pattern, Object... values) {
    return String.format(Locale.ROOT, pattern, values);
  }
}
