package org.mdx.bragg.internal.vectors;

import java.util.ArrayList;
import java.util.List;
import org.mdx.bragg.internal.kernel.CosineSum;
import org.mdx.bragg.internal.lattice.Points;
import org.mdx.math.Vec3;
import org.mdx.parallel.Parallel;

/**
 * Makes vectors fit the points as well as they can: maximises Σ w cos 2π r·v from points of low
 * resolution, where the maximum is wide, to all of them.
 */
public final class VectorPolish {
  private static final int STEPS = 5;
  private static final int MOST_POINTS = 700;
  private static final double FADED = Math.log(0.05);

  private final double[] r;
  private final double[] square;
  private final double reach;
  private final double first;

  /**
   * @param p the points
   * @param resolution in Å to which the vectors are known
   */
  public VectorPolish(Points p, double resolution) {
    Points sample = p.sample(MOST_POINTS);
    r = sample.r;
    square = new double[sample.size()];
    double most = 0;
    for (int i = 0; i < square.length; i++) {
      square[i] = sample.length(i) * sample.length(i);
      most = Math.max(most, square[i]);
    }
    reach = Math.sqrt(most);
    first = Math.min(1 / resolution, reach);
  }

  /** Polishes each; the order stays. */
  public List<BasisVector> all(List<BasisVector> vectors, Parallel parallel) {
    BasisVector[] out = new BasisVector[vectors.size()];
    parallel.forEach(out.length, i -> out[i] = one(vectors.get(i).v()));
    return new ArrayList<>(List.of(out));
  }

  private BasisVector one(Vec3 start) {
    double[] v = {start.x(), start.y(), start.z()};
    double[] w = new double[square.length];
    for (double limit = first; ; limit *= 1.6) {
      boolean last = limit >= reach;
      for (int i = 0; i < w.length; i++) {
        w[i] = last ? 1 : Math.exp(FADED * square[i] / (limit * limit));
      }
      climb(v, w);
      if (last) {
        break;
      }
    }
    double score = CosineSum.value(r, w, v[0], v[1], v[2]) / Math.max(1, w.length);
    return new BasisVector(new Vec3(v[0], v[1], v[2]), score);
  }

  /** Newton's steps with a curvature that is never indefinite, halved until the sum rises. */
  private void climb(double[] v, double[] w) {
    double[] d = new double[10];
    CosineSum.derivatives(r, w, v, d);
    for (int step = 0; step < STEPS; step++) {
      double[] move = solve(d);
      if (move == null) {
        return;
      }
      double[] next = new double[3];
      double[] there = new double[10];
      double f = 1;
      do {
        for (int k = 0; k < 3; k++) {
          next[k] = v[k] + f * move[k];
        }
        CosineSum.derivatives(r, w, next, there);
        f /= 2;
      } while (there[0] <= d[0] && f > 0.1);
      if (there[0] <= d[0]) {
        return;
      }
      boolean small = there[0] - d[0] < 1e-9 * Math.abs(d[0]);
      System.arraycopy(next, 0, v, 0, 3);
      d = there;
      if (small) {
        return;
      }
    }
  }

  /** Solves H·move = gradient for a damped symmetric H. */
  private static double[] solve(double[] d) {
    double damp = 1e-6 * (d[4] + d[5] + d[6]);
    double a = d[4] + damp;
    double b = d[5] + damp;
    double c = d[6] + damp;
    double p = d[7];
    double q = d[8];
    double s = d[9];
    double det = a * (b * c - s * s) - p * (p * c - s * q) + q * (p * s - b * q);
    if (!(det > 0)) {
      return null;
    }
    double x = (b * c - s * s) * d[1] + (q * s - p * c) * d[2] + (p * s - b * q) * d[3];
    double y = (q * s - p * c) * d[1] + (a * c - q * q) * d[2] + (p * q - a * s) * d[3];
    double z = (p * s - b * q) * d[1] + (p * q - a * s) * d[2] + (a * b - p * p) * d[3];
    return new double[] {x / det, y / det, z / det};
  }
}
