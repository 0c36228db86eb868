package org.mdx.io.smv;

import java.util.Arrays;
import java.util.List;
import org.mdx.geometry.PixelRectangle;
import org.mdx.io.image.ImageHeaderBuilder;
import org.mdx.math.Mat3;
import org.mdx.math.Vec3;

/**
 * Interprets the vectors that d*TREK notes: the names of its entries begin with that of the
 * detector. Its frame is that of DIALS, the source at +z. Circles and slides are listed from the
 * base outwards, so that the last one is nearest to the detector or crystal and acts first.
 */
final class DtrekHeader {
  /** Image plates that are bent about the sample. */
  private static final String CURVED = "RAPID";

  /** By how much an axis may differ from the one that its circles make. */
  private static final double SAME_AXIS = 1e-2;

  private final SmvFile file;
  private final String detector;
  private final ImageHeaderBuilder b;

  private DtrekHeader(SmvFile file, ImageHeaderBuilder b) {
    this.file = file;
    this.detector = file.text("DETECTOR_NAMES").split("\\s+")[0];
    this.b = b;
  }

  static void describe(SmvFile file, ImageHeaderBuilder b) {
    DtrekHeader h = new DtrekHeader(file, b);
    double[] info = file.numbers(h.detector + "SPATIAL_DISTORTION_INFO", 4);
    double[] rotation = file.numbers("ROTATION", 4);
    b.pixelSize(info[2], info[3])
        .oscillation(rotation[0], rotation[2])
        .exposure(rotation[3], Double.NaN)
        .detector(h.detector, file.text("DETECTOR_SN"))
        .date(file.text("DTREK_DATE_TIME"));
    Vec3 source = h.vector("SOURCE_VECTORS", 0);
    Vec3 towards = source.norm() > 0 ? source.unit() : new Vec3(0, 0, 1);
    b.direction(towards);
    h.place(info, towards);
    h.crystal();
  }

  private Vec3 vector(String key, int first) {
    double[] v = file.numbers(key, first + 3);
    Vec3 vector = new Vec3(v[first], v[first + 1], v[first + 2]);
    return Double.isFinite(vector.norm()) ? vector : Vec3.ZERO;
  }

  /** Where circles and slides of the detector take it. */
  private void place(double[] info, Vec3 towards) {
    String what = file.text(detector + "DETECTOR_DESCRIPTION") + " " + detector;
    if (what.toUpperCase(java.util.Locale.ROOT).contains(CURVED)) {
      b.unplaceable("the image plate is bent about the sample, and no flat detector");
      return;
    }
    Stage stage = Stage.read(file, detector + "GONIO_");
    Vec3 fast = vector(detector + "DETECTOR_VECTORS", 0);
    Vec3 slow = vector(detector + "DETECTOR_VECTORS", 3);
    if (stage == null || !(fast.norm() > 0 && slow.norm() > 0) || !stage.hasUnits()) {
      withoutVectors(info);
      return;
    }
    double[] d = file.numbers(detector + "SPATIAL_DISTORTION_VECTORS", 4);
    if (!Double.isNaN(d[3])) {
      Vec3 f = fast.times(d[0]).plus(slow.times(d[1]));
      slow = fast.times(d[2]).plus(slow.times(d[3]));
      fast = f;
    }
    Vec3 origin = fast.times(-info[0] * info[2]).minus(slow.times(info[1] * info[3]));
    for (int i = stage.size() - 1; i >= 0; i--) {
      Mat3 turn = stage.rotation(i);
      fast = turn.times(fast);
      slow = turn.times(slow);
      origin = turn.times(origin).plus(stage.shift(i));
    }
    fast = fast.unit();
    slow = slow.unit();
    Vec3 normal = fast.cross(slow);
    Vec3 hit = towards.times(origin.dot(normal) / towards.dot(normal)).minus(origin);
    b.distance(Math.abs(origin.dot(normal)), hit.dot(fast) / info[2], hit.dot(slow) / info[3])
        .panel(
            "Panel",
            new PixelRectangle(0, 0, file.width(), file.height()),
            origin,
            fast,
            slow,
            null);
  }

  /** Older headers have values without directions: three angles, two shifts and the distance. */
  private void withoutVectors(double[] info) {
    double[] v = file.numbers(detector + "GONIO_VALUES", 6);
    if (v[0] == 0 && v[1] == 0 && v[2] == 0 && v[3] == 0 && v[4] == 0) {
      b.distance(v[5], info[0], info[1]);
    } else {
      b.unplaceable(
          "the detector is turned or shifted ("
              + detector
              + "GONIO_VALUES="
              + file.text(detector + "GONIO_VALUES")
              + ") and the header does not tell about what axes");
    }
  }

  /** The axis that turns, and what the other circles do to the crystal. */
  private void crystal() {
    Vec3 noted = vector("ROTATION_VECTOR", 0);
    if (noted.norm() > 0) {
      b.axis(noted);
    }
    Stage stage = Stage.read(file, "CRYSTAL_GONIO_");
    int scan = stage == null ? -1 : stage.find(file.text("ROTATION_AXIS_NAME"));
    if (scan < 0) {
      return;
    }
    Mat3 outer = Mat3.IDENTITY;
    Mat3 fixed = Mat3.IDENTITY;
    for (int i = 0; i < stage.size(); i++) {
      outer = i < scan ? outer.times(stage.rotation(i)) : outer;
      fixed = i == scan ? fixed : fixed.times(stage.rotation(i));
    }
    Vec3 axis = outer.times(stage.vector(scan));
    if (noted.norm() > 0 && noted.unit().minus(axis.unit()).norm() > SAME_AXIS) {
      return; // the header contradicts itself: the axis alone is certain
    }
    b.axis(axis).fixedRotation(fixed);
  }

  /** A stack of circles and slides. */
  private record Stage(List<String> names, double[] values, String[] units, double[] vectors) {

    /** From the entries that begin with a prefix; null where they do not fit together. */
    static Stage read(SmvFile f, String prefix) {
      List<String> names = Arrays.asList(f.text(prefix + "NAMES").split("\\s+"));
      int n = names.size();
      double[] values = f.numbers(prefix + "VALUES", n);
      double[] vectors = f.numbers(prefix + "VECTORS", 3 * n);
      boolean whole = !Double.isNaN(values[n - 1]) && !Double.isNaN(vectors[3 * n - 1]);
      Stage s = new Stage(names, values, f.text(prefix + "UNITS").split("\\s+"), vectors);
      for (int i = 0; whole && i < n; i++) {
        whole = s.vector(i).norm() > 0;
      }
      return whole && s.units.length == n ? s : null;
    }

    boolean hasUnits() {
      return Arrays.stream(units).allMatch(u -> u.equals("deg") || u.equals("mm"));
    }

    int size() {
      return names.size();
    }

    int find(String name) {
      return names.indexOf(name);
    }

    Vec3 vector(int i) {
      return new Vec3(vectors[3 * i], vectors[3 * i + 1], vectors[3 * i + 2]);
    }

    Mat3 rotation(int i) {
      return units[i].equals("deg") ? Mat3.rotation(vector(i), values[i]) : Mat3.IDENTITY;
    }

    Vec3 shift(int i) {
      return units[i].equals("mm") ? vector(i).times(values[i]) : Vec3.ZERO;
    }
  }
}
