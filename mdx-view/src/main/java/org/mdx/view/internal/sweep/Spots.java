package org.mdx.view.internal.sweep;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.mdx.crystal.Crystal;
import org.mdx.geometry.Geometry;
import org.mdx.geometry.Panel;
import org.mdx.geometry.Scan;
import org.mdx.math.Mat3;
import org.mdx.math.Vec3;
import org.mdx.prediction.Prediction;
import org.mdx.reflection.ReflectionKeys;
import org.mdx.reflection.Reflections;

/** The reflections of a frame: those that the model expects, and those that were observed. */
final class Spots {
  /** More would hide the frame. */
  private static final int MOST = 20000;

  private static final int REMEMBERED = 16;

  private final Geometry geometry;
  private final Reflections observed;
  private final int[] byFrame;
  private final Map<Integer, ArrayNode> predicted =
      new LinkedHashMap<>(16, 0.75f, true) {
        private static final long serialVersionUID = 1;

        @Override
        protected boolean removeEldestEntry(Map.Entry<Integer, ArrayNode> eldest) {
          return size() > REMEMBERED;
        }
      };

  /** Spots of a sweep; the observed ones may be null. */
  Spots(Geometry geometry, Reflections observed) {
    this.geometry = geometry;
    this.observed = observed;
    byFrame = observed == null ? new int[0] : rowsByLastFrame(observed);
  }

  boolean hasObserved() {
    return observed != null;
  }

  private static int[] rowsByLastFrame(Reflections r) {
    Integer[] rows = new Integer[r.size()];
    Arrays.setAll(rows, i -> i);
    Arrays.sort(rows, (a, b) -> Integer.compare(lastFrame(r, a), lastFrame(r, b)));
    return Arrays.stream(rows).mapToInt(Integer::intValue).toArray();
  }

  /** Number of the image behind the last one that a reflection is on. */
  private static int lastFrame(Reflections r, int row) {
    return r.has(ReflectionKeys.BBOX)
        ? r.integer(ReflectionKeys.BBOX, row, 5)
        : (int) Math.floor(r.value(ReflectionKeys.XYZOBS_PX, row, 2)) + 1;
  }

  private static int firstFrame(Reflections r, int row) {
    return r.has(ReflectionKeys.BBOX)
        ? r.integer(ReflectionKeys.BBOX, row, 4)
        : lastFrame(r, row) - 1;
  }

  ObjectNode of(int frame, int count) {
    ObjectNode out = JsonNodeFactory.instance.objectNode();
    ArrayNode expected = out.putArray("predicted");
    for (int f = frame; f < frame + count && expected.size() < MOST; f++) {
      expected.addAll(predicted(f));
    }
    ArrayNode seen = out.putArray("observed");
    int image = geometry.scan().firstImage() - 1 + frame;
    for (int place = firstBehind(image); place < byFrame.length; place++) {
      int row = byFrame[place];
      if (firstFrame(observed, row) < image + count && seen.size() < MOST) {
        seen.add(observed(row));
      }
    }
    return out;
  }

  /** The first of the sorted rows that ends behind an image. */
  private int firstBehind(int image) {
    int low = 0;
    int high = byFrame.length;
    while (low < high) {
      int middle = (low + high) >>> 1;
      if (lastFrame(observed, byFrame[middle]) > image) {
        high = middle;
      } else {
        low = middle + 1;
      }
    }
    return low;
  }

  private ObjectNode observed(int row) {
    ObjectNode o = JsonNodeFactory.instance.objectNode();
    o.put(
        "panel",
        observed.has(ReflectionKeys.PANEL) ? observed.integer(ReflectionKeys.PANEL, row, 0) : 0);
    o.put("x", observed.value(ReflectionKeys.XYZOBS_PX, row, 0));
    o.put("y", observed.value(ReflectionKeys.XYZOBS_PX, row, 1));
    if (observed.has(ReflectionKeys.BBOX)) {
      ArrayNode box = o.putArray("box");
      for (int i = 0; i < 4; i++) {
        box.add(observed.integer(ReflectionKeys.BBOX, row, i));
      }
    }
    if (observed.has(ReflectionKeys.MILLER_INDEX)) {
      int h = observed.integer(ReflectionKeys.MILLER_INDEX, row, 0);
      int k = observed.integer(ReflectionKeys.MILLER_INDEX, row, 1);
      int l = observed.integer(ReflectionKeys.MILLER_INDEX, row, 2);
      if (h != 0 || k != 0 || l != 0) {
        o.putArray("hkl").add(h).add(k).add(l);
      }
    }
    return o;
  }

  private synchronized ArrayNode predicted(int frame) {
    return predicted.computeIfAbsent(frame, this::predict);
  }

  /** Reflections that cross the sphere while a frame is exposed, with the crystal as it is then. */
  private ArrayNode predict(int frame) {
    ArrayNode out = JsonNodeFactory.instance.arrayNode();
    Scan scan = geometry.scan();
    if (geometry.crystal().isEmpty() || scan.width() == 0) {
      return out;
    }
    Crystal crystal = geometry.crystal().get();
    Crystal now = crystal;
    if (!crystal.scanPoints().isEmpty()) {
      List<Mat3> two = List.of(crystal.a(frame), crystal.a(frame + 1.0));
      now = crystal.withScanPoints(two);
    }
    Scan one =
        Scan.ofUnknownExposure(
            scan.firstImage() + frame, scan.start() + frame * scan.width(), scan.width(), 1);
    Geometry g =
        new Geometry(geometry.beam(), geometry.detector(), geometry.goniometer(), one, now);
    Reflections r = Prediction.of(g).predictAll(resolution(g), 0);
    for (int i = 0; i < Math.min(MOST, r.size()); i++) {
      ObjectNode o = out.addObject();
      o.put("panel", r.integer(ReflectionKeys.PANEL, i, 0));
      o.put("x", r.value(ReflectionKeys.XYZCAL_PX, i, 0));
      o.put("y", r.value(ReflectionKeys.XYZCAL_PX, i, 1));
      o.putArray("hkl")
          .add(r.integer(ReflectionKeys.MILLER_INDEX, i, 0))
          .add(r.integer(ReflectionKeys.MILLER_INDEX, i, 1))
          .add(r.integer(ReflectionKeys.MILLER_INDEX, i, 2));
    }
    return out;
  }

  /** The highest resolution that a corner of the detector sees, Å. */
  private static double resolution(Geometry g) {
    double largest = 0;
    for (int p = 0; p < g.detector().panels().size(); p++) {
      Panel panel = g.detector().panels().get(p);
      for (int corner = 0; corner < 4; corner++) {
        Vec3 s =
            g.scatteringVector(
                p, (corner & 1) * (double) panel.width(), (corner >> 1) * (double) panel.height());
        largest = Math.max(largest, s.norm());
      }
    }
    return 1 / largest;
  }
}
