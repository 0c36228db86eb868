package org.mdx.sim.bragg;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.mdx.geometry.Geometry;
import org.mdx.geometry.Panel;
import org.mdx.internal.kernel.Hash;
import org.mdx.sim.PixelStates;

/**
 * The background of one panel in steps of ½ %, each with its table of Poisson deviates, so that a
 * pixel costs a few nanoseconds. The steps are the truth. Immutable.
 */
final class BackgroundLevels {
  private static final double STEP = 0.005;

  /** Least photons per pixel and frame of a background that is not flat. */
  private static final double LEAST = 1e-6;

  private final List<PoissonTable> tables = new ArrayList<>();

  /** For each pixel the number of its table. */
  private final short[] level;

  BackgroundLevels(Geometry geometry, int index, PixelStates states, Background background) {
    Panel panel = geometry.detector().panels().get(index);
    level = new short[panel.width() * panel.height()];
    Map<Long, Short> known = new HashMap<>();
    boolean flat = background.isFlat();
    for (int iy = 0, i = 0; iy < panel.height(); iy++) {
      for (int ix = 0; ix < panel.width(); ix++, i++) {
        double s = flat ? 0 : geometry.scatteringVector(index, ix + 0.5, iy + 0.5).norm();
        boolean shadow = states.isShadowed(i);
        double b = background.at(s) * (shadow ? PixelStates.BEAMSTOP_TRANSMISSION : 1);
        if (flat) {
          // no steps: one level in the shadow and one beside it
          level[i] = known.computeIfAbsent(shadow ? 1L : 0L, x -> add(b));
        } else {
          long step = Math.round(Math.log(Math.max(LEAST, b)) / STEP);
          level[i] = known.computeIfAbsent(step, x -> add(Math.exp(step * STEP)));
        }
      }
    }
  }

  private short add(double mean) {
    tables.add(new PoissonTable(mean));
    return (short) (tables.size() - 1);
  }

  /** Photons per frame that a pixel gets in the mean. */
  double mean(int pixel) {
    return tables.get(level[pixel]).mean;
  }

  /**
   * Deviates for all pixels; does not check.
   *
   * @param key of frame and panel
   */
  void sample(long key, int[] counts) {
    PoissonTable[] t = tables.toArray(PoissonTable[]::new);
    for (int i = 0; i < counts.length; i += 2) {
      long bits = Hash.key(key, i >> 1);
      counts[i] = t[level[i]].sample((int) bits);
      if (i + 1 < counts.length) {
        counts[i + 1] = t[level[i + 1]].sample((int) (bits >>> 32));
      }
    }
  }
}
