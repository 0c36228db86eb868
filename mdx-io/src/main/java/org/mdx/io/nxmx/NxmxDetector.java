package org.mdx.io.nxmx;

import java.util.BitSet;
import java.util.List;
import org.mdx.geometry.PixelRectangle;
import org.mdx.image.PixelMask;
import org.mdx.io.image.ImageHeaderBuilder;
import org.mdx.math.Mat3;
import org.mdx.math.Vec3;

/** Places of the panels: from the modules of an NXmx file, or from Dectris' geometry group. */
final class NxmxDetector {
  private NxmxDetector() {}

  /** Path of the detector's group in the entry. */
  static String place(NxmxEntry entry) {
    String instrument = entry.group("", "NXinstrument", "instrument");
    String detector = instrument == null ? null : entry.group(instrument, "NXdetector", "detector");
    return detector == null ? "instrument/detector" : detector;
  }

  static void describe(NxmxEntry entry, NxmxFrames frames, ImageHeaderBuilder b) {
    String detector = place(entry);
    double width = pixel(entry, detector + "/x_pixel_size");
    double height = pixel(entry, detector + "/y_pixel_size");
    List<String> modules = entry.groups(detector, "NXdetector_module");
    double distance = entry.quantity(detector + "/detector_distance", "m");
    if (Double.isNaN(distance)) {
      distance = entry.quantity(detector + "/distance", "m");
    }
    double x = entry.number(detector + "/beam_center_x");
    double y = entry.number(detector + "/beam_center_y");
    if (!modules.isEmpty() && entry.has(modules.get(0) + "/fast_pixel_direction")) {
      String first = modules.get(0);
      width = entry.quantity(first + "/fast_pixel_direction", "m");
      height = entry.quantity(first + "/slow_pixel_direction", "m");
      for (String m : modules) {
        module(entry, m, modules.size() == 1, frames, b);
      }
    } else if (entry.has(detector + "/geometry/orientation/value")) {
      dectris(entry, detector + "/geometry", frames, b);
    }
    b.pixelSize(width, height);
    b.distance(distance, x, y);
  }

  private static double pixel(NxmxEntry entry, String path) {
    return entry.quantity(path, "m");
  }

  private static void module(
      NxmxEntry entry, String path, boolean only, NxmxFrames frames, ImageHeaderBuilder b) {
    String fastAt = entry.at(path + "/fast_pixel_direction");
    String slowAt = entry.at(path + "/slow_pixel_direction");
    List<Transformations.Step> fast = Transformations.chain(entry, fastAt);
    List<Transformations.Step> slow = Transformations.chain(entry, slowAt);
    List<Transformations.Step> fastBase = fast.subList(1, fast.size());
    List<Transformations.Step> slowBase = slow.subList(1, slow.size());
    Vec3 f = Transformations.rotation(fastBase).times(fast.get(0).vector());
    Vec3 s = Transformations.rotation(slowBase).times(slow.get(0).vector());
    Vec3 o = Transformations.origin(fastBase);
    double[] origin = entry.numbers(path + "/data_origin");
    double[] size = entry.numbers(path + "/data_size");
    boolean cut = !only && origin.length >= 2 && size.length >= 2;
    int n = origin.length;
    int x = cut ? (int) origin[n - 1] : 0;
    int y = cut ? (int) origin[n - 2] : 0;
    int w = cut ? (int) size[size.length - 1] : frames.width();
    int h = cut ? (int) size[size.length - 2] : frames.height();
    if (w > frames.width() - x || h > frames.height() - y || x < 0 || y < 0 || w < 1 || h < 1) {
      throw entry
          .file()
          .error(
              entry.at(path),
              "a part of frames of " + frames.width() + " x " + frames.height(),
              w + " x " + h + " pixels at (" + x + ", " + y + ")",
              "");
    }
    String name = only ? "Panel" : path.substring(path.lastIndexOf('/') + 1);
    Vec3 at = Transformations.toLaboratory(o);
    Vec3 alongFast = Transformations.toLaboratory(f);
    Vec3 alongSlow = Transformations.toLaboratory(s);
    add(b, name, new int[] {x, y, w, h}, at, alongFast, alongSlow, frames.mask(), only);
  }

  /** Orientation and translation of Dectris' files have z the other way about. */
  private static void dectris(
      NxmxEntry entry, String path, NxmxFrames frames, ImageHeaderBuilder b) {
    double[] o = entry.numbers(path + "/orientation/value");
    double[] t = entry.numbers(path + "/translation/distances");
    if (o.length < 6 || t.length < 3) {
      return;
    }
    double unit = entry.factor(entry.at(path + "/translation/distances"), "units", "m");
    Vec3 fast = Transformations.toLaboratory(new Vec3(o[0], o[1], -o[2]));
    Vec3 slow = Transformations.toLaboratory(new Vec3(o[3], o[4], -o[5]));
    Vec3 origin = Transformations.toLaboratory(new Vec3(t[0], t[1], -t[2])).times(unit);
    int[] all = {0, 0, frames.width(), frames.height()};
    add(b, "Panel", all, origin, fast, slow, frames.mask(), true);
  }

  private static void add(
      ImageHeaderBuilder b,
      String name,
      int[] area,
      Vec3 origin,
      Vec3 fast,
      Vec3 slow,
      PixelMask mask,
      boolean only) {
    Vec3 normal = fast.unit().cross(slow.unit());
    // a single detector across the beam but before the sample is one whose distance lost its sign
    boolean before = only && Math.abs(normal.z()) > 0.99 && origin.z() > 0;
    Vec3 o = before ? new Vec3(origin.x(), origin.y(), -origin.z()) : origin;
    PixelRectangle r = new PixelRectangle(area[0], area[1], area[0] + area[2], area[1] + area[3]);
    b.panel(name, r, o, fast, slow, cut(mask, area));
  }

  private static PixelMask cut(PixelMask mask, int[] area) {
    if (mask == null || area[2] == mask.width() && area[3] == mask.height()) {
      return mask;
    }
    BitSet bits = new BitSet();
    for (int y = 0; y < area[3]; y++) {
      for (int x = 0; x < area[2]; x++) {
        if (mask.isMasked(area[0] + x, area[1] + y)) {
          bits.set(y * area[2] + x);
        }
      }
    }
    return PixelMask.of(area[2], area[3], bits);
  }

  /** What the circles that do not turn do to the sample: the outer ones after the inner ones. */
  static Mat3 fixedRotation(List<Transformations.Step> chain, int scanAxis) {
    Mat3 f = Mat3.IDENTITY;
    for (int i = 0; i < chain.size(); i++) {
      Transformations.Step s = chain.get(i);
      if (i != scanAxis && s.rotation()) {
        f = Mat3.rotation(Transformations.toLaboratory(s.vector()), s.values()[0]).times(f);
      }
    }
    return f;
  }

  /** The axis about which the sample turns, when the other axes are where they are. */
  static Vec3 axis(List<Transformations.Step> chain, int scanAxis) {
    Mat3 outer = Transformations.rotation(chain.subList(scanAxis + 1, chain.size()));
    return Transformations.toLaboratory(outer.times(chain.get(scanAxis).vector()));
  }
}
