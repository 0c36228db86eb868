package org.mdx.bragg.internal.vectors;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.mdx.bragg.internal.lattice.Points;
import org.mdx.geometry.Geometry;
import org.mdx.geometry.Panel;
import org.mdx.math.Vec3;

/**
 * The beam centre of electron frames from Friedel mates, which a flat Ewald sphere shows together:
 * the sum of their places is twice the centre, so the most frequent sum of two spots of about one
 * frame tells it.
 */
public final class Autoconvolution {
  /** Frames apart, and px of a cell of the histogram. */
  private static final double FRAMES = 1.5;

  private static final double BIN = 2;

  private Autoconvolution() {}

  /** Shifts of the beam centre within a range in px, the most frequent first. */
  public static List<BeamShifts.Shift> find(Points p, double range, int most) {
    Geometry g = p.geometries.get(0);
    Panel panel = g.detector().panels().get(0);
    double[] centre = centre(g, panel);
    int n = 2 * (int) Math.ceil(range / BIN) + 1;
    double[] histogram = new double[n * n];
    int pairs = 0;
    for (int i = 0; i < p.size(); i++) {
      for (int j = i + 1; j < p.size(); j++) {
        if (p.sweep[i] == p.sweep[j]
            && Math.abs(p.place[3 * i + 2] - p.place[3 * j + 2]) < FRAMES) {
          double x = (p.place[3 * i] + p.place[3 * j]) / 2 - centre[0];
          double y = (p.place[3 * i + 1] + p.place[3 * j + 1]) / 2 - centre[1];
          add(histogram, n, x / BIN + n / 2, y / BIN + n / 2);
          pairs++;
        }
      }
    }
    List<BeamShifts.Shift> found = new ArrayList<>();
    for (int k = 0; k < histogram.length; k++) {
      double score = histogram[k] / Math.max(1, pairs);
      found.add(new BeamShifts.Shift((k % n - n / 2) * BIN, (k / n - n / 2) * BIN, score));
    }
    found.sort(
        Comparator.comparingDouble((BeamShifts.Shift s) -> -s.score())
            .thenComparingDouble(s -> Math.hypot(s.px(), s.py()))
            .thenComparingDouble(BeamShifts.Shift::px));
    List<BeamShifts.Shift> apart = new ArrayList<>();
    for (BeamShifts.Shift s : found) {
      if (apart.size() == most) {
        break;
      }
      if (apart.stream().noneMatch(o -> Math.hypot(o.px() - s.px(), o.py() - s.py()) < 3 * BIN)) {
        apart.add(s);
      }
    }
    return apart;
  }

  /** A pair counts in its cell and, less, in those around. */
  private static void add(double[] histogram, int n, double x, double y) {
    int cx = (int) Math.rint(x);
    int cy = (int) Math.rint(y);
    for (int dy = -1; dy <= 1; dy++) {
      for (int dx = -1; dx <= 1; dx++) {
        int u = cx + dx;
        int v = cy + dy;
        if (u >= 0 && v >= 0 && u < n && v < n) {
          double d2 = (x - u) * (x - u) + (y - v) * (y - v);
          histogram[v * n + u] += Math.exp(-d2);
        }
      }
    }
  }

  /** Where the beam meets the plane of a panel, px. */
  public static double[] centre(Geometry g, Panel panel) {
    Vec3 beam = g.beam().s0();
    double k = panel.origin().dot(panel.normal()) / beam.dot(panel.normal());
    Vec3 x = beam.times(k).minus(panel.origin());
    return new double[] {
      x.dot(panel.fast()) / panel.pixelWidth(), x.dot(panel.slow()) / panel.pixelHeight()
    };
  }
}
