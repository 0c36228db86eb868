package org.mdx.bragg.refine;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.mdx.crystal.Crystal;
import org.mdx.geometry.Geometry;
import org.mdx.geometry.PanelPlane;
import org.mdx.geometry.Scan;
import org.mdx.math.Mat3;
import org.mdx.math.Vec3;
import org.mdx.reflection.ReflectionFlag;
import org.mdx.reflection.ReflectionKeys;
import org.mdx.reflection.Reflections;

/**
 * Whether crystals that were kept still would rather turn: the residuals of each part of the scans
 * are fitted with a rotation of the crystal of its own, to first order, and compared with one
 * rotation for all parts that share the crystal. What χ² gains is twice the logarithm of the ratio
 * of likelihoods; by chance it is three for each part.
 */
final class StillCrystals {
  /** Reflections that a part needs to have a rotation of its own. */
  private static final int EACH = 10;

  /** Of the squared residuals that separate rotations must explain. */
  private static final double CLEAR = 0.1;

  /** Standard deviations of the gain by chance. */
  private static final double SIGNIFICANT = 10;

  private static final double NU = 4;
  private static final double STEP = 1e-6;

  private final List<Geometry> geometries;
  private final PanelPlane[][] planes;
  private final Part[] parts;

  /** Normal equations of a rotation of the crystal, of one part of a scan. */
  private static final class Part {
    private final double[] matrix = new double[9];
    private final double[] right = new double[3];
    private double squares;
    private int n;

    void add(double[] slope, double residual, double weight) {
      for (int i = 0; i < 3; i++) {
        right[i] += weight * slope[i] * residual;
        for (int j = 0; j < 3; j++) {
          matrix[3 * i + j] += weight * slope[i] * slope[j];
        }
      }
      squares += weight * residual * residual;
    }

    void add(Part o) {
      for (int i = 0; i < 9; i++) {
        matrix[i] += o.matrix[i];
      }
      for (int i = 0; i < 3; i++) {
        right[i] += o.right[i];
      }
      squares += o.squares;
      n += o.n;
    }

    Vec3 turn() {
      Mat3 m = Mat3.ofRowMajor(matrix);
      return m.determinant() > 0
          ? m.inverse().times(new Vec3(right[0], right[1], right[2]))
          : Vec3.ZERO;
    }

    double gain() {
      return turn().dot(new Vec3(right[0], right[1], right[2]));
    }
  }

  /**
   * Residuals of a refinement.
   *
   * @param geometries refined, with static crystals
   * @param r reflections with their predictions
   * @param offset of the variances of centroids that is to be taken off
   * @param floors of the errors in px and frames
   */
  StillCrystals(List<Geometry> geometries, Reflections r, double offset, double[] floors) {
    this.geometries = geometries;
    planes = geometries.stream().map(g -> PanelPlane.of(g.detector())).toArray(PanelPlane[][]::new);
    parts = new Part[geometries.size() * ScanBlocks.PARTS];
    double[] seen = r.get(ReflectionKeys.XYZOBS_PX);
    double[] variance = r.get(ReflectionKeys.XYZOBS_PX_VARIANCE);
    double[] expected = r.get(ReflectionKeys.XYZCAL_PX);
    int[] id = r.has(ReflectionKeys.ID) ? r.get(ReflectionKeys.ID) : new int[r.size()];
    double[][] slopes = new double[3][3];
    for (int i = 0; i < r.size(); i++) {
      if (!r.isSet(i, ReflectionFlag.USED_IN_REFINEMENT)
          || r.isSet(i, ReflectionFlag.CENTROID_OUTLIER)
          || !slopes(r, i, id[i], slopes)) {
        continue;
      }
      int at =
          id[i] * ScanBlocks.PARTS + ScanBlocks.part(geometries.get(id[i]).scan(), seen[3 * i + 2]);
      parts[at] = parts[at] == null ? new Part() : parts[at];
      parts[at].n++;
      for (int c = 0; c < 3; c++) {
        double floor = floors[c == 2 ? 1 : 0];
        double v = Math.max(0, variance[3 * i + c] - offset) + floor * floor;
        double off = seen[3 * i + c] - expected[3 * i + c];
        if (v > 0) {
          parts[at].add(slopes[c], off, (NU + 1) / (NU + off * off / v) / v);
        }
      }
    }
  }

  /** Change of px, px and frame with rotations of the crystal in radians. */
  private boolean slopes(Reflections r, int i, int id, double[][] out) {
    Geometry g = geometries.get(id);
    Scan scan = g.scan();
    int panel = r.integer(ReflectionKeys.PANEL, i, 0);
    double z = r.get(ReflectionKeys.XYZCAL_PX)[3 * i + 2] - scan.firstImage() + 1;
    Mat3 turn = g.goniometer().rotation(scan.phiAt(z));
    Crystal crystal = g.crystal().orElseThrow();
    int[] h = r.get(ReflectionKeys.MILLER_INDEX);
    Vec3 still = crystal.a().times(new Vec3(h[3 * i], h[3 * i + 1], h[3 * i + 2]));
    Vec3 q = turn.times(still);
    Vec3 s0 = g.beam().s0(z);
    Vec3 s1 = s0.plus(q);
    Vec3 along = g.goniometer().laboratoryAxis().cross(q);
    double speed = along.dot(s0);
    double[] at = pixel(planes[id][panel], s1);
    if (at == null || speed == 0 || scan.width() == 0) {
      return false;
    }
    for (int k = 0; k < 3; k++) {
      Vec3 axis = new Vec3(k == 0 ? 1 : 0, k == 1 ? 1 : 0, k == 2 ? 1 : 0);
      Vec3 dq = turn.times(axis.cross(still));
      double angle = -dq.dot(s1) / speed;
      double[] to = pixel(planes[id][panel], s1.plus(dq.plus(along.times(angle)).times(STEP)));
      if (to == null) {
        return false;
      }
      out[0][k] = (to[0] - at[0]) / STEP;
      out[1][k] = (to[1] - at[1]) / STEP;
      out[2][k] = Math.toDegrees(angle) / scan.width();
    }
    return true;
  }

  private static double[] pixel(PanelPlane plane, Vec3 s) {
    double[] xy = new double[3];
    if (!plane.intersect(s.x(), s.y(), s.z(), xy)) {
      return null;
    }
    plane.toPixels(xy);
    return xy;
  }

  /** A sentence for each crystal that would rather turn. */
  List<String> warnings() {
    List<String> out = new ArrayList<>();
    boolean[] done = new boolean[geometries.size()];
    for (int s = 0; s < done.length; s++) {
      List<Integer> sweeps = new ArrayList<>();
      for (int o = s; o < done.length; o++) {
        if (!done[o] && isOne(geometries.get(s), geometries.get(o))) {
          sweeps.add(o);
          done[o] = true;
        }
      }
      if (!sweeps.isEmpty()) {
        warn(sweeps, out);
      }
    }
    return out;
  }

  private static boolean isOne(Geometry a, Geometry b) {
    return a.crystal().orElseThrow().a().equals(b.crystal().orElseThrow().a());
  }

  private void warn(List<Integer> sweeps, List<String> out) {
    Part all = new Part();
    List<Part> apart = new ArrayList<>();
    for (int s : sweeps) {
      for (int k = 0; k < ScanBlocks.PARTS; k++) {
        Part p = parts[s * ScanBlocks.PARTS + k];
        if (p != null && p.n >= EACH) {
          all.add(p);
          apart.add(p);
        }
      }
    }
    int more = 3 * (apart.size() - 1);
    double gain = apart.stream().mapToDouble(Part::gain).sum() - all.gain();
    if (more < 3
        || gain < CLEAR * all.squares
        || gain < more + SIGNIFICANT * Math.sqrt(2.0 * more)) {
      return;
    }
    Vec3 mean = all.turn();
    double farthest = apart.stream().mapToDouble(p -> p.turn().minus(mean).norm()).max().orElse(0);
    out.add(
        String.format(
            Locale.ROOT,
            "the crystal of sweep%s %s was kept still, but parts of the scan%s want orientations up"
                + " to %.3f° from it: that explains %.0f %% of the squared residuals (χ² less by"
                + " %.0f for %d more parameters); let the orientation change ('--varying"
                + " orientation')",
            sweeps.size() > 1 ? "s" : "",
            String.join(", ", sweeps.stream().map(String::valueOf).toList()),
            sweeps.size() > 1 ? "s" : "",
            Math.toDegrees(farthest),
            100 * gain / all.squares,
            gain,
            more));
  }
}
