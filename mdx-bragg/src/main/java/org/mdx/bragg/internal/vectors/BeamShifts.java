package org.mdx.bragg.internal.vectors;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.TreeMap;
import org.mdx.bragg.internal.kernel.CosineSum;
import org.mdx.bragg.internal.kernel.RealTransform;
import org.mdx.bragg.internal.lattice.Placed;
import org.mdx.bragg.internal.lattice.Points;
import org.mdx.geometry.Geometry;
import org.mdx.geometry.Panel;
import org.mdx.geometry.Probe;
import org.mdx.math.Vec3;
import org.mdx.parallel.Parallel;

/**
 * Where the beam may be. A wrong centre adds nearly one vector to all points of a narrow slice of
 * rotation, which leaves the modulus of their transform as it is; so periods come from the power of
 * the slices. The centre is where cos 2π r·v summed over all points and periods is largest (N. K.
 * Sauter &amp; B. K. Poon, J. Appl. Cryst. 43, 611, 2010, in other words).
 */
public final class BeamShifts {
  private static final double SLICE = 4;
  private static final int MOST_SLICES = 16;
  private static final int FEWEST = 6;
  private static final int EDGE = 128;
  private static final int MOST_VECTORS = 16;
  private static final int MOST_POINTS = 300;
  private static final int MOST_STEPS = 60;
  private static final double RANGE_X_RAY = 25;
  private static final double RANGE_ELECTRON = 100;

  private final Points points;
  private final double longest;
  private final double range;
  private final Parallel parallel;
  private final Vec3[] across;
  private final double pixel;

  /** A shift of the detector and how well the points agree with the periods there, 0 to 1. */
  public record Shift(double px, double py, double score) {}

  /**
   * @param longest longest vector, Å
   * @param range in px, 0 for automatic
   */
  public BeamShifts(Points points, double longest, double range, Parallel parallel) {
    Geometry g = points.geometries.get(0);
    Panel panel = g.detector().panels().get(0);
    this.points = points;
    this.longest = longest;
    this.parallel = parallel;
    this.across = Placed.across(g);
    this.pixel = panel.pixelWidth();
    boolean electron = g.beam().probe() == Probe.ELECTRON;
    double half = g.beam().wavelength() * panel.origin().norm() / longest / pixel / 2;
    this.range = range > 0 ? range : Math.max(electron ? RANGE_ELECTRON : RANGE_X_RAY, half);
  }

  /** Range of the search in px. */
  public double range() {
    return range;
  }

  /** The points with the beam centre moved by px pixels along fast and py along slow. */
  public Points moved(double px, double py) {
    Vec3 t = across[0].times(-px * pixel).plus(across[1].times(-py * pixel));
    return points.with(points.geometries.stream().map(g -> Placed.shifted(g, t)).toList());
  }

  /**
   * The most promising shifts of the beam centre, best first.
   *
   * @param gain how much better than the centre there is they must be, 1 for all
   */
  public List<Shift> find(int most, double gain) {
    List<BasisVector> periods = periods();
    if (periods.size() < 3) {
      return List.of();
    }
    Points sample = points.sample(MOST_POINTS);
    double[] alongX = derivative(sample, 1, 0);
    double[] alongY = derivative(sample, 0, 1);
    double finest = finest(sample, periods, alongX);
    int steps = (int) Math.min(MOST_STEPS, Math.max(4, Math.ceil(range / finest)));
    int n = 2 * steps + 1;
    double step = range / steps;
    double[] value = new double[n * n];
    parallel.forEach(
        n,
        row -> {
          for (int column = 0; column < n; column++) {
            value[row * n + column] =
                agreement(
                    sample, periods, alongX, alongY, (column - steps) * step, (row - steps) * step);
          }
        });
    double here = gain * value[steps * n + steps];
    return maxima(value, n, step, most).stream().filter(s -> s.score() >= here).toList();
  }

  private double[] derivative(Points sample, double px, double py) {
    Vec3 t = across[0].times(-px * pixel).plus(across[1].times(-py * pixel));
    Points other = sample.with(sample.geometries.stream().map(g -> Placed.shifted(g, t)).toList());
    double[] d = new double[sample.r.length];
    for (int i = 0; i < d.length; i++) {
      d[i] = other.r[i] - sample.r[i];
    }
    return d;
  }

  /** A step that turns the phase of the longest period by a sixth of a turn. */
  private static double finest(Points p, List<BasisVector> periods, double[] derivative) {
    double most = 0;
    for (BasisVector b : periods) {
      double sum = 0;
      for (int i = 0; i < p.size(); i++) {
        sum +=
            Math.abs(
                derivative[3 * i] * b.v().x()
                    + derivative[3 * i + 1] * b.v().y()
                    + derivative[3 * i + 2] * b.v().z());
      }
      most = Math.max(most, sum / p.size());
    }
    return most > 0 ? 1 / (6 * most) : 1;
  }

  private static double agreement(
      Points p, List<BasisVector> periods, double[] x, double[] y, double px, double py) {
    double[] r = new double[p.r.length];
    double[] w = new double[p.size()];
    Arrays.fill(w, 1);
    for (int i = 0; i < r.length; i++) {
      r[i] = p.r[i] + x[i] * px + y[i] * py;
    }
    double sum = 0;
    for (BasisVector b : periods) {
      double f = CosineSum.value(r, w, b.v().x(), b.v().y(), b.v().z()) / w.length;
      sum += Math.max(0, f) * f;
    }
    return sum / periods.size();
  }

  private List<Shift> maxima(double[] value, int n, double step, int most) {
    List<Shift> found = new ArrayList<>();
    int middle = n / 2;
    for (int row = 0; row < n; row++) {
      for (int column = 0; column < n; column++) {
        double v = value[row * n + column];
        boolean highest = true;
        for (int k = 0; k < 9; k++) {
          int r = row + k / 3 - 1;
          int c = column + k % 3 - 1;
          highest &= r < 0 || c < 0 || r >= n || c >= n || value[r * n + c] <= v;
        }
        if (highest) {
          found.add(new Shift((column - middle) * step, (row - middle) * step, v));
        }
      }
    }
    found.sort(
        Comparator.comparingDouble((Shift s) -> -s.score())
            .thenComparingDouble(s -> Math.hypot(s.px(), s.py()))
            .thenComparingDouble(Shift::px));
    return found.subList(0, Math.min(most, found.size()));
  }

  /** Periods of the power of all slices, best first. */
  public List<BasisVector> periods() {
    double resolution = 4.4 * longest / EDGE;
    double edge = EDGE * resolution / 2;
    RealTransform transform = new RealTransform(EDGE);
    float[] power = new float[transform.real().length];
    double origin = 0;
    for (int[] slice : slices(1 / resolution)) {
      SliceGrid.run(transform, points.select(slice), edge, resolution, parallel);
      float[] re = transform.real();
      float[] im = transform.imaginary();
      for (int i = 0; i < power.length; i++) {
        power[i] += re[i] * re[i] + im[i] * im[i];
      }
      origin += (double) re[0] * re[0];
    }
    List<BasisVector> all = new ArrayList<>();
    if (origin > 0) {
      GridMaxima maxima = new GridMaxima(power, EDGE, resolution / 2, 0.15 * origin, origin);
      for (int z = 0; z < EDGE; z++) {
        maxima.collect(z, 3, longest, all);
      }
    }
    return BasisVector.distinct(all, MOST_VECTORS);
  }

  /** Rows of each slice of a few degrees of a sweep that holds enough points. */
  private List<int[]> slices(double limit) {
    double all = points.range();
    double width = Math.max(SLICE, all / MOST_SLICES);
    TreeMap<Long, List<Integer>> groups = new TreeMap<>();
    for (int i = 0; i < points.size(); i++) {
      if (points.length(i) < limit) {
        boolean still = points.geometries.get(points.sweep[i]).scan().width() == 0;
        long part = (long) (still ? points.place[3 * i + 2] : points.turned(i) / width);
        groups.computeIfAbsent((long) points.sweep[i] << 32 | part, k -> new ArrayList<>()).add(i);
      }
    }
    return groups.values().stream()
        .filter(g -> g.size() >= FEWEST)
        .map(g -> g.stream().mapToInt(Integer::intValue).toArray())
        .toList();
  }
}
