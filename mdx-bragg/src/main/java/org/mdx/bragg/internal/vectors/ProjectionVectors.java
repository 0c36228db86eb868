package org.mdx.bragg.internal.vectors;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.mdx.bragg.internal.kernel.LineTransform;
import org.mdx.bragg.internal.lattice.Points;
import org.mdx.math.Vec3;
import org.mdx.parallel.Parallel;

/**
 * Periods of the points by Fourier transforms in one dimension: the points are projected on
 * directions over a hemisphere (M. G. Rossmann &amp; C. G. van Beek, Acta Cryst. D55, 1631, 1999;
 * N. K. Sauter et al., J. Appl. Cryst. 37, 399, 2004).
 */
public final class ProjectionVectors {
  private static final double STEP = 0.029;
  private static final double FINEST = 0.0145;
  private static final int ENOUGH = 150;
  private static final int MOST_POINTS = 1000;
  private static final int CHUNK = 128;
  private static final int MOST = 60;

  private final double[] r;
  private final int size;
  private final double step;
  private final double reach;
  private final double shortest;
  private final double longest;

  /**
   * @param p the points
   * @param shortest shortest vector in Å
   * @param longest longest vector in Å
   */
  public ProjectionVectors(Points p, double shortest, double longest) {
    double angle = STEP;
    while (angle > FINEST && inside(p, angle, longest).length < Math.min(ENOUGH, p.size() / 2)) {
      angle /= Math.sqrt(2);
    }
    Points sample = p.select(inside(p, angle, longest)).sample(MOST_POINTS);
    this.step = angle;
    this.r = sample.r;
    this.size = sample.size();
    double most = 1e-3;
    for (int i = 0; i < size; i++) {
      most = Math.max(most, sample.length(i));
    }
    this.reach = most;
    this.shortest = shortest;
    this.longest = longest;
  }

  /** Points for which a vector between two directions is out of phase by less than half a turn. */
  private static int[] inside(Points p, double step, double longest) {
    return IntStream.range(0, p.size()).filter(i -> p.length(i) * step * longest < 1).toArray();
  }

  /** The resolution of the lengths and directions, Å. */
  public double resolution() {
    return Math.max(1 / reach, step * longest / 2);
  }

  /** Directions over a hemisphere, about equally far apart. */
  public static List<Vec3> hemisphere(double step) {
    List<Vec3> found = new ArrayList<>();
    int rings = (int) Math.ceil(Math.PI / 2 / step);
    for (int i = 0; i <= rings; i++) {
      double theta = Math.PI / 2 * i / rings;
      int around = Math.max(1, (int) Math.round(2 * Math.PI * Math.sin(theta) / step));
      // opposite directions on the equator are one
      int used = i == rings ? around / 2 : around;
      for (int k = 0; k < used; k++) {
        double phi = 2 * Math.PI * k / around;
        found.add(
            new Vec3(
                Math.sin(theta) * Math.cos(phi), Math.sin(theta) * Math.sin(phi), Math.cos(theta)));
      }
    }
    return found;
  }

  /** The best distinct vectors, not yet polished. */
  public List<BasisVector> find(Parallel parallel) {
    List<Vec3> directions = hemisphere(step);
    BasisVector[] best = new BasisVector[directions.size()];
    int chunks = (best.length + CHUNK - 1) / CHUNK;
    parallel.forEach(
        chunks, c -> project(directions, c * CHUNK, Math.min(best.length, (c + 1) * CHUNK), best));
    return BasisVector.distinct(Arrays.asList(best), MOST);
  }

  private void project(List<Vec3> directions, int from, int to, BasisVector[] best) {
    double width = 1 / (2.5 * longest);
    int n = 64;
    while (n * width < 4 * reach) {
      n *= 2;
    }
    LineTransform line = new LineTransform(n);
    double[] re = new double[n];
    double[] im = new double[n];
    for (int d = from; d < to; d++) {
      Vec3 t = directions.get(d);
      Arrays.fill(re, 0);
      Arrays.fill(im, 0);
      for (int i = 0; i < size; i++) {
        double x = r[3 * i] * t.x() + r[3 * i + 1] * t.y() + r[3 * i + 2] * t.z();
        re[(int) Math.rint(x / width) & n - 1]++;
      }
      line.run(re, im);
      int top = 0;
      int low = (int) Math.ceil(shortest * n * width);
      int high = Math.min(n / 2 - 1, (int) (longest * n * width));
      for (int k = low; k <= high; k++) {
        if (top == 0 || re[k] > re[top]) {
          top = k;
        }
      }
      best[d] = new BasisVector(t.times(top / (n * width)), top == 0 ? -1 : re[top] / size);
    }
  }
}
