package org.mdx.bragg.integrate;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import org.apache.commons.math3.analysis.MultivariateFunction;
import org.apache.commons.math3.analysis.UnivariateFunction;
import org.apache.commons.math3.optim.InitialGuess;
import org.apache.commons.math3.optim.MaxEval;
import org.apache.commons.math3.optim.PointValuePair;
import org.apache.commons.math3.optim.nonlinear.scalar.GoalType;
import org.apache.commons.math3.optim.nonlinear.scalar.ObjectiveFunction;
import org.apache.commons.math3.optim.nonlinear.scalar.noderiv.NelderMeadSimplex;
import org.apache.commons.math3.optim.nonlinear.scalar.noderiv.SimplexOptimizer;
import org.apache.commons.math3.optim.univariate.BrentOptimizer;
import org.apache.commons.math3.optim.univariate.SearchInterval;
import org.apache.commons.math3.optim.univariate.UnivariateObjectiveFunction;
import org.mdx.bragg.internal.kernel.ErrorFunction;
import org.mdx.geometry.Geometry;
import org.mdx.geometry.Panel;
import org.mdx.math.Vec3;
import org.mdx.parallel.Parallel;
import org.mdx.reflection.ReflectionFlag;
import org.mdx.reflection.ReflectionKeys;
import org.mdx.reflection.Reflections;
import org.mdx.reflection.Shoeboxes;

/**
 * Widths from the shoeboxes of strong spots. σ_b² is the mean over spots of Σcθ²/(Σc − 1). σ_m and
 * the part of it that comes from the size of spots in reciprocal space maximize the likelihood of
 * the counts n_k of the frames, Π (R_k/ΣR)^n_k, whose maximum exists for one frame a spot, too, and
 * which does not grow with the width of the frames as that of Π R_k over frames with signal does
 * (Kabsch 2010).
 */
final class WidthEstimator {
  private static final double LEAST = 1e-3;
  private static final double LARGEST = 20;

  /**
   * Four standard deviations, in medians of the absolute residuals; least median, px and frames.
   */
  private static final double OUTLIER = 4 * 1.4826;

  private static final double FLOOR = 0.01;

  /** Spots that one thread looks at at a time. */
  private static final int CHUNK = 256;

  private static final int GROUPS = 15;
  private static final int LEAST_SPOTS = 30;

  /** Part of the spots that are fainter than those which tell the part of the size. */
  private static final double BRIGHT = 0.5;

  /** The most counts of those over the least. */
  private static final double ALIKE = 4;

  /** Spots that tell the part of the size. */
  private static final int MOST_SPOTS = 3000;

  /** Twice the logarithm of the likelihood ratio above which a size is more than chance. */
  private static final double SIGNIFICANT = 13.8;

  /** Part of the counts that is not of the spot. */
  private static final double STRAY = 0.01;

  private final Geometry geometry;
  private final Shoeboxes boxes;
  private final List<FrameCounts> spots = new ArrayList<>();
  private final Parallel parallel;
  private double variances;
  private int variance;

  /** Counts of a spot by frame; edges of the frames from its angle, times ζ; sine, cosine of 2θ. */
  private record FrameCounts(double[] edges, double[] counts, double sine, double cosine) {}

  /** What a spot tells: Σcθ²/(Σc − 1), and its counts by frame. */
  private record SpotWidth(double variance, FrameCounts counts) {}

  private WidthEstimator(Geometry geometry, Shoeboxes boxes, Parallel parallel) {
    this.geometry = geometry;
    this.boxes = boxes;
    this.parallel = parallel;
  }

  /**
   * Estimates the widths.
   *
   * @param strong spots with shoeboxes
   * @param targets the prediction of each, null where there is none
   */
  static SpotWidths estimate(
      Geometry geometry, Reflections strong, Target[] targets, Parallel parallel) {
    if (!strong.has(ReflectionKeys.SHOEBOX)) {
      throw new IllegalArgumentException(
          "the spots have no shoeboxes, from which their widths are estimated: take those that"
              + " find-spots and index wrote, or give sigma_b and sigma_m");
    }
    WidthEstimator e = new WidthEstimator(geometry, strong.get(ReflectionKeys.SHOEBOX), parallel);
    boolean[] good = e.good(strong, targets);
    e.add(good, targets);
    if (e.variance == 0) {
      throw new IllegalArgumentException(
          "none of "
              + strong.size()
              + " spots is predicted and has pixels: indexed and refined spots are needed, or"
              + " sigma_b and sigma_m");
    }
    return e.widths();
  }

  /**
   * Spots that lie where they are predicted: with residuals below four robust standard deviations,
   * and of those the ones that refinement used, if it tells.
   */
  private boolean[] good(Reflections strong, Target[] targets) {
    boolean[] good = new boolean[targets.length];
    boolean[] used = new boolean[targets.length];
    boolean any = false;
    for (int i = 0; i < good.length; i++) {
      good[i] = targets[i] != null;
      used[i] =
          good[i]
              && strong.has(ReflectionKeys.FLAGS)
              && strong.isSet(i, ReflectionFlag.USED_IN_REFINEMENT);
      any |= used[i];
    }
    double[] xyz = strong.get(ReflectionKeys.XYZOBS_PX);
    int first = geometry.scan().firstImage() - 1;
    for (int j = 0; j < 3; j++) {
      double[] off = new double[good.length];
      for (int i = 0; i < off.length; i++) {
        Target t = targets[i];
        off[i] =
            t == null
                ? Double.NaN
                : Math.abs(xyz[3 * i + j] - (j == 0 ? t.px : j == 1 ? t.py : t.z + first));
      }
      double[] sorted = Arrays.stream(off).filter(x -> !Double.isNaN(x)).sorted().toArray();
      double limit = sorted.length == 0 ? 0 : OUTLIER * Math.max(FLOOR, sorted[sorted.length / 2]);
      for (int i = 0; i < off.length; i++) {
        good[i] &= off[i] <= limit;
      }
    }
    for (int i = 0; i < good.length && any; i++) {
      good[i] &= used[i];
    }
    return good;
  }

  private void add(boolean[] good, Target[] targets) {
    SpotWidth[] each = new SpotWidth[targets.length];
    parallel.forEach(
        (each.length + CHUNK - 1) / CHUNK,
        c -> {
          for (int i = c * CHUNK; i < Math.min(each.length, (c + 1) * CHUNK); i++) {
            each[i] = good[i] && boxes.pixels(i) > 0 ? width(i, targets[i]) : null;
          }
        });
    for (SpotWidth w : each) {
      if (w != null) {
        variances += w.variance();
        variance++;
        spots.add(w.counts());
      }
    }
  }

  /** What a spot tells, null if it has hardly a count. */
  private SpotWidth width(int row, Target t) {
    int[] b = boxes.box(row);
    float[] counts = boxes.counts(row);
    int[] mask = boxes.mask(row);
    int w = b[1] - b[0];
    int h = b[3] - b[2];
    int frames = b[5] - b[4];
    double level = level(counts, mask);
    Panel panel = geometry.detector().panels().get(boxes.panel(row));
    double[] perFrame = new double[frames];
    double sum = 0;
    double square = 0;
    for (int y = 0; y < h; y++) {
      for (int x = 0; x < w; x++) {
        double all = 0;
        for (int z = 0; z < frames; z++) {
          int i = (z * h + y) * w + x;
          if (isSignal(mask[i])) {
            all += counts[i];
            perFrame[z] += Math.max(0, counts[i] - level);
          }
        }
        if (all > 0) {
          double angle = angle(panel.position(b[0] + x + 0.5, b[2] + y + 0.5), t.frame.s1());
          sum += all;
          square += all * angle * angle;
        }
      }
    }
    return sum > 1 ? new SpotWidth(square / (sum - 1), frameCounts(b[4], perFrame, t)) : null;
  }

  private FrameCounts frameCounts(int first, double[] counts, Target t) {
    double[] edges = new double[counts.length + 1];
    int offset = geometry.scan().firstImage() - 1;
    for (int k = 0; k < edges.length; k++) {
      edges[k] = t.frame.zeta() * (geometry.scan().phiAt(first + k - offset) - t.phi);
    }
    Vec3 s1 = t.frame.s1();
    Vec3 s0 = geometry.beam().s0();
    double both = s1.norm() * s0.norm();
    double sine = Math.min(1, s1.cross(s0).norm() / both);
    return new FrameCounts(edges, counts, sine, s1.dot(s0) / both);
  }

  private static double angle(Vec3 x, Vec3 s1) {
    double cosine = x.dot(s1) / (x.norm() * s1.norm());
    return Math.toDegrees(Math.acos(Math.min(1, cosine)));
  }

  private static boolean isSignal(int mask) {
    return (mask & (Shoeboxes.FOREGROUND | Shoeboxes.STRONG)) != 0;
  }

  /** Median of the pixels about the spot. */
  private static double level(float[] counts, int[] mask) {
    double[] around = new double[counts.length];
    int n = 0;
    for (int i = 0; i < counts.length; i++) {
      if (!isSignal(mask[i]) && counts[i] >= 0) {
        around[n++] = counts[i];
      }
    }
    Arrays.sort(around, 0, n);
    return n == 0 ? 0 : around[n / 2];
  }

  /**
   * The model may be wrong, so the width is that of the group, of equal numbers by 2θ, in which it
   * is largest against the model.
   */
  private SpotWidths widths() {
    spots.sort(Comparator.comparingDouble(FrameCounts::cosine));
    double inverse =
        spots.stream()
            .mapToDouble(s -> 1 / Math.max(1e-6, s.sine() * s.sine()))
            .average()
            .orElse(1);
    double sine = Math.min(1, 1 / Math.sqrt(inverse));
    double sigmaB = Math.sqrt(variances / variance);
    SpotWidths model = new SpotWidths(sigmaB, 1, variance, size(sigmaB, sine), sine);
    int groups = Math.max(1, Math.min(GROUPS, spots.size() / LEAST_SPOTS));
    double[] each = new double[groups];
    parallel.forEach(
        groups,
        g -> {
          List<FrameCounts> group =
              spots.subList(spots.size() * g / groups, spots.size() * (g + 1) / groups);
          each[g] = largest(x -> multinomial(group, model, Math.exp(x)));
        });
    double most = Arrays.stream(each).reduce(0, Math::max);
    return new SpotWidths(sigmaB, most, variance, model.size(), sine);
  }

  /** The part of the width that comes from the size of spots; 0 if few spots tell or none. */
  private double size(double sigmaB, double sine) {
    if (spots.size() < 2 * LEAST_SPOTS) {
      return 0;
    }
    List<FrameCounts> alike = alike();
    List<FrameCounts> some = new ArrayList<>();
    int stride = 1 + alike.size() / MOST_SPOTS;
    for (int i = 0; i < alike.size(); i += stride) {
      some.add(alike.get(i));
    }
    SpotWidths none = new SpotWidths(sigmaB, 1, variance);
    double start = largest(x -> multinomial(some, none, Math.exp(x)));
    double without = multinomial(some, none, start);
    MultivariateFunction f =
        x -> {
          double width = Math.exp(Math.max(Math.log(LEAST), Math.min(Math.log(LARGEST), x[0])));
          double share = Math.sin(x[1]) * Math.sin(x[1]);
          return multinomial(some, new SpotWidths(sigmaB, 1, variance, share, sine), width);
        };
    PointValuePair best =
        new SimplexOptimizer(1e-9, 1e-4)
            .optimize(
                new MaxEval(4000),
                new ObjectiveFunction(f),
                GoalType.MAXIMIZE,
                new InitialGuess(new double[] {Math.log(start), Math.PI / 4}),
                new NelderMeadSimplex(new double[] {0.2, 0.4}));
    double sin = Math.sin(best.getPoint()[1]);
    return 2 * (best.getValue() - without) > SIGNIFICANT ? sin * sin : 0;
  }

  /**
   * Spots of like counts. Strong pixels are all that is known of a spot, so faint ones lose their
   * first and last frames and look narrower, and at high angles more of them are faint.
   */
  private List<FrameCounts> alike() {
    double[] counts = spots.stream().mapToDouble(s -> Arrays.stream(s.counts()).sum()).toArray();
    double[] sorted = counts.clone();
    Arrays.sort(sorted);
    double least = sorted[(int) (BRIGHT * sorted.length)];
    List<FrameCounts> some = new ArrayList<>();
    for (int i = 0; i < counts.length; i++) {
      if (counts[i] >= least && counts[i] <= ALIKE * least) {
        some.add(spots.get(i));
      }
    }
    return some.size() < 2 * LEAST_SPOTS ? spots : some;
  }

  /** The width at which a function of its logarithm is largest. */
  private static double largest(UnivariateFunction likelihood) {
    return Math.exp(
        new BrentOptimizer(1e-4, 1e-6)
            .optimize(
                new MaxEval(200),
                GoalType.MAXIMIZE,
                new UnivariateObjectiveFunction(likelihood),
                new SearchInterval(Math.log(LEAST), Math.log(LARGEST), Math.log(0.3)))
            .getPoint());
  }

  /**
   * Weights of spots are limited to 100 counts, since models are not exact. A hundredth of the
   * counts may lie anywhere in the box. A frame before and one behind hold no signal, and count as
   * such: the spot has ended there.
   */
  private static double multinomial(List<FrameCounts> group, SpotWidths model, double width) {
    double sum = 0;
    for (FrameCounts s : group) {
      double sigma = width * model.stretch(s.sine());
      int frames = s.counts().length;
      double step = s.edges()[1] - s.edges()[0];
      double all =
          Math.abs(ErrorFunction.between(s.edges()[0] - step, s.edges()[frames] + step, sigma));
      double n = 0;
      double likelihood = 0;
      for (int k = 0; k < frames; k++) {
        double r = share(s, k, sigma) / Math.max(all, 1e-30);
        n += s.counts()[k];
        likelihood += s.counts()[k] * Math.log((1 - STRAY) * r + STRAY / frames);
      }
      sum += n > 100 ? likelihood * 100 / n : likelihood;
    }
    return sum;
  }

  private static double share(FrameCounts s, int k, double sigma) {
    return Math.abs(ErrorFunction.between(s.edges()[k], s.edges()[k + 1], sigma));
  }
}
