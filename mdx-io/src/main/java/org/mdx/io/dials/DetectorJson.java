package org.mdx.io.dials;

import java.util.ArrayList;
import java.util.List;
import org.mdx.geometry.Detector;
import org.mdx.geometry.Panel;
import org.mdx.geometry.PixelRectangle;
import org.mdx.geometry.Sensor;
import org.mdx.math.Mat3;
import org.mdx.math.Vec3;

/**
 * Reads the detector model: a list of panels and a tree of groups. The frame of a panel or group is
 * given in that of its parent: with the parent's axes f, s, n = f × s as the columns of R, a child
 * has origin o + R·o', axes R·f', R·s' (dxtbx, {@code VirtualPanelFrame}).
 */
final class DetectorJson {
  private static final long MAX_PIXELS = 1L << 28;

  /** Axes as columns of r. */
  private record Frame(Mat3 r, Vec3 origin) {
    static final Frame LABORATORY = new Frame(Mat3.IDENTITY, Vec3.ZERO);

    Frame child(JsonCursor c) {
      if (c.optional("fast_axis") == null
          || c.optional("slow_axis") == null
          || c.optional("origin") == null) {
        return this;
      }
      return c.build(
          "two axes at a right angle",
          () -> {
            Vec3 fast = c.get("fast_axis").vector().unit();
            Vec3 slow = c.get("slow_axis").vector().unit();
            if (Math.abs(fast.dot(slow)) > 1e-6) {
              throw new IllegalArgumentException("axes whose scalar product is " + fast.dot(slow));
            }
            Mat3 axes = Mat3.ofRows(fast, slow, fast.cross(slow)).transpose();
            return new Frame(r.times(axes), origin.plus(r.times(c.get("origin").vector())));
          });
    }
  }

  private final JsonCursor panels;
  private final Panel[] result;

  private DetectorJson(JsonCursor panels) {
    this.panels = panels;
    this.result = new Panel[panels.size()];
  }

  static Detector read(JsonCursor detector) {
    DetectorJson reader = new DetectorJson(detector.get("panels"));
    JsonCursor root = detector.optional("hierarchy");
    if (root == null) {
      for (int i = 0; i < reader.result.length; i++) {
        reader.place(reader.panels.at(i), i, Frame.LABORATORY);
      }
    } else {
      reader.group(root, Frame.LABORATORY);
    }
    for (int i = 0; i < reader.result.length; i++) {
      if (reader.result[i] == null) {
        throw root.failure("every panel to have a place", "none for panel " + i, "");
      }
    }
    return detector.build("at least one panel", () -> new Detector(List.of(reader.result)));
  }

  private void group(JsonCursor group, Frame parent) {
    Frame frame = parent.child(group);
    JsonCursor children = group.get("children");
    for (int i = 0; i < children.size(); i++) {
      JsonCursor child = children.at(i);
      JsonCursor index = child.optional("panel");
      if (index == null) {
        group(child, frame);
        continue;
      }
      int p = index.integer();
      JsonCursor panel = p >= 0 && p < result.length ? panels.at(p) : null;
      if (panel == null || result[p] != null) {
        throw index.failure(
            "the index of one of " + result.length + " panels, each once", String.valueOf(p), "");
      }
      place(panel, p, frame);
    }
  }

  private void place(JsonCursor panel, int index, Frame parent) {
    panel.get("fast_axis");
    panel.get("slow_axis");
    panel.get("origin");
    Frame frame = parent.child(panel);
    Mat3 axes = frame.r().transpose();
    JsonCursor size = panel.get("image_size");
    size.requireSize(2);
    int width = size.at(0).integer();
    int height = size.at(1).integer();
    if (width < 1 || height < 1 || (long) width * height > MAX_PIXELS) {
      throw size.failure("1 to " + MAX_PIXELS + " pixels", width + " x " + height, "");
    }
    double[] pixel = panel.get("pixel_size").numbers(2);
    double[] trusted = trusted(panel.optional("trusted_range"));
    JsonCursor offset = panel.optional("raw_image_offset");
    if (offset != null) {
      offset.requireSize(2);
    }
    result[index] =
        panel.build(
            "a panel",
            () ->
                new Panel(
                    panel.text("name", "Panel" + index),
                    frame.origin(),
                    axes.row(0),
                    axes.row(1),
                    pixel[0],
                    pixel[1],
                    width,
                    height,
                    trusted[0],
                    trusted[1],
                    sensor(panel),
                    panel.number("gain", 1),
                    panel.number("pedestal", 0),
                    untrusted(panel.optional("mask")),
                    offset == null ? 0 : offset.at(0).integer(),
                    offset == null ? 0 : offset.at(1).integer(),
                    panel.number("read_noise", 0)));
  }

  /**
   * The limits, made inclusive for integer pixels. Up to DIALS 3.12 both limits are themselves not
   * trusted, and photon counters have −1 as the lower one; from 3.13 on both are trusted and that
   * is 0. The files do not say which is meant, so a negative lower limit is taken for the first
   * kind: the values of marked pixels are never trusted and zero counts always are.
   */
  private static double[] trusted(JsonCursor range) {
    if (range == null) {
      return new double[] {0, Integer.MAX_VALUE};
    }
    double[] v = range.numbers(2);
    double[] inclusive =
        v[0] < 0
            ? new double[] {Math.floor(v[0]) + 1, Math.ceil(v[1]) - 1}
            : new double[] {Math.ceil(v[0]), Math.floor(v[1])};
    if (!(inclusive[0] <= inclusive[1])) {
      throw range.failure(
          "a lower and a higher limit", v[0] + " and " + v[1], "no pixel value could be trusted");
    }
    return inclusive;
  }

  private static Sensor sensor(JsonCursor panel) {
    JsonCursor strategy = panel.optional("px_mm_strategy");
    String type = strategy == null ? "SimplePxMmStrategy" : strategy.get("type").text();
    double mu = panel.number("mu", 0);
    double thickness = panel.number("thickness", 0);
    boolean parallax = type.equals("ParallaxCorrectedPxMmStrategy");
    if (parallax && strategy.optional("mu") != null && strategy.optional("t0") != null) {
      mu = strategy.get("mu").number();
      thickness = strategy.get("t0").number();
    }
    if (!parallax && !type.equals("SimplePxMmStrategy")) {
      throw strategy.failure(
          "SimplePxMmStrategy or ParallaxCorrectedPxMmStrategy",
          type,
          "maps of pixel positions (dx, dy) are not supported");
    }
    return new Sensor(panel.text("material", ""), thickness, mu, parallax);
  }

  private static List<PixelRectangle> untrusted(JsonCursor mask) {
    List<PixelRectangle> rectangles = new ArrayList<>();
    for (int i = 0; mask != null && i < mask.size(); i++) {
      JsonCursor r = mask.at(i);
      r.requireSize(4);
      rectangles.add(
          new PixelRectangle(
              r.at(0).integer(), r.at(1).integer(), r.at(2).integer(), r.at(3).integer()));
    }
    return rectangles;
  }
}
