package org.mdx.microed.trials.bragg;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.mdx.geometry.Scan;
import org.mdx.reflection.ReflectionKeys;
import org.mdx.reflection.Reflections;

/** Scale factors along the sweep, under the keys of {@code dials.scale}. */
final class FrameScales {
  private FrameScales() {}

  /** The mean inverse scale factor of the reflections of each image. */
  static Map<String, Object> plots(Scan scan, Reflections scaled) {
    double[] place = scaled.get(ReflectionKeys.XYZCAL_PX);
    double[] scale = scaled.get(ReflectionKeys.INVERSE_SCALE_FACTOR);
    double[] sums = new double[scan.frames()];
    int[] counts = new int[scan.frames()];
    for (int i = 0; i < scale.length; i++) {
      int frame = (int) Math.floor(place[3 * i + 2]) - scan.firstImage() + 1;
      if (frame >= 0 && frame < sums.length && scale[i] > 0) {
        sums[frame] += scale[i];
        counts[frame]++;
      }
    }
    List<Integer> x = new ArrayList<>();
    List<Double> y = new ArrayList<>();
    for (int f = 0; f < sums.length; f++) {
      if (counts[f] > 0) {
        x.add(scan.firstImage() + f);
        y.add(sums[f] / counts[f]);
      }
    }
    Map<String, Object> line = new LinkedHashMap<>();
    line.put("x", x);
    line.put("y", y);
    line.put("type", "scatter");
    line.put("name", "Scale");
    Map<String, Object> layout = new LinkedHashMap<>();
    layout.put("title", "Scale of batches");
    layout.put("xaxis", Map.of("title", "N"));
    layout.put("yaxis", Map.of("title", "Scale", "rangemode", "tozero"));
    return Map.of("scale_rmerge_vs_batch", Map.of("data", List.of(line), "layout", layout));
  }
}
