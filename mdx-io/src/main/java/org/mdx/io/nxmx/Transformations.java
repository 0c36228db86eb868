package org.mdx.io.nxmx;

import java.util.ArrayList;
import java.util.List;
import org.mdx.io.hdf5.Hdf5File;
import org.mdx.math.Mat3;
import org.mdx.math.Vec3;

/**
 * Chains of rotations and translations, each depending on the next (NeXus, NXtransformations): T =
 * … T₃ T₂ T₁. Vectors of the files are in the McStas frame, x to the left as seen from the source,
 * y up, z along the beam; the laboratory frame has x and z the other way about.
 */
final class Transformations {
  private static final int LONGEST = 32;

  /**
   * One of them.
   *
   * @param name last part of its place
   * @param rotation whether it turns and does not shift
   * @param values degrees or mm, at least one
   * @param vector axis or direction, McStas frame
   * @param offset mm, McStas frame
   * @param ends degrees at the end of each frame, where the file has them
   */
  record Step(
      String name, boolean rotation, double[] values, Vec3 vector, Vec3 offset, double[] ends) {

    Mat3 rotationMatrix() {
      boolean turns = rotation && values[0] != 0;
      return turns ? Mat3.rotation(vector, values[0]) : Mat3.IDENTITY;
    }

    Vec3 shift() {
      return rotation ? offset : offset.plus(vector.times(values[0]));
    }

    /** Whether the first frame ends elsewhere than it begins. */
    boolean turnsDuringFrame() {
      return ends.length > 0 && ends[0] != values[0];
    }

    /** Whether the values differ from one another. */
    boolean varies() {
      for (double v : values) {
        if (v != values[0]) {
          return true;
        }
      }
      return false;
    }
  }

  private Transformations() {}

  /** From the McStas frame to the laboratory's. */
  static Vec3 toLaboratory(Vec3 v) {
    return new Vec3(0 - v.x(), v.y(), 0 - v.z());
  }

  /** The chain that begins at a place, nearest first. */
  static List<Step> chain(NxmxEntry entry, String first) {
    List<Step> steps = new ArrayList<>();
    Hdf5File file = entry.file();
    String at = first;
    while (at != null) {
      if (steps.size() == LONGEST) {
        throw file.error(at, "a chain of at most " + LONGEST + " transformations", "more", "");
      }
      if (!file.has(at)) {
        throw file.error(at, "a transformation that others depend on", "nothing", "");
      }
      steps.add(step(entry, at));
      List<String> next = file.attribute(at, "depends_on");
      boolean last = next.isEmpty() || next.get(0).isBlank() || next.get(0).equals(".");
      at = last ? null : NxmxEntry.resolve(at.substring(0, at.lastIndexOf('/')), next.get(0));
    }
    return steps;
  }

  private static Step step(NxmxEntry entry, String at) {
    Hdf5File file = entry.file();
    boolean rotation = file.attribute(at, "transformation_type").equals(List.of("rotation"));
    String usual = rotation ? "degree" : "mm";
    double factor = entry.factor(at, "units", usual);
    double[] values = entry.numbers(at);
    if (values.length == 0) {
      throw file.error(at, "numbers", "none", "");
    }
    double[] ends = file.has(at + "_end") ? entry.numbers(at + "_end") : new double[0];
    for (double[] all : new double[][] {values, ends}) {
      for (int i = 0; i < all.length; i++) {
        all[i] *= factor;
      }
    }
    Vec3 vector = vector(file, at, "vector", rotation);
    Vec3 offset = vector(file, at, "offset", false);
    boolean own = !file.attribute(at, "offset_units").isEmpty();
    double offsetFactor =
        offset.norm() == 0 ? 1 : entry.factor(at, own ? "offset_units" : "units", "mm");
    String name = at.substring(at.lastIndexOf('/') + 1);
    return new Step(name, rotation, values, vector, offset.times(offsetFactor), ends);
  }

  private static Vec3 vector(Hdf5File file, String at, String name, boolean required) {
    double[] v = file.numberAttribute(at, name);
    if (v.length != 3 || required && new Vec3(v[0], v[1], v[2]).norm() == 0) {
      if (required) {
        throw file.error(at + "@" + name, "three numbers", v.length + " numbers", "");
      }
      return Vec3.ZERO;
    }
    return new Vec3(v[0], v[1], v[2]);
  }

  /** The product of all rotations of a chain. */
  static Mat3 rotation(List<Step> chain) {
    Mat3 r = Mat3.IDENTITY;
    for (Step s : chain) {
      r = s.rotationMatrix().times(r);
    }
    return r;
  }

  /** Where a chain takes the origin, mm. */
  static Vec3 origin(List<Step> chain) {
    Vec3 p = Vec3.ZERO;
    for (Step s : chain) {
      p = s.rotationMatrix().times(p).plus(s.shift());
    }
    return p;
  }
}
