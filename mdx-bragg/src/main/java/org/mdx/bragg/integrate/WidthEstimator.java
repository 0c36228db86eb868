package org.mdx.bragg.integrate;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.apache.commons.math3.optim.MaxEval;
import org.apache.commons.math3.optim.nonlinear.scalar.GoalType;
import org.apache.commons.math3.optim.univariate.BrentOptimizer;
import org.apache.commons.math3.optim.univariate.SearchInterval;
import org.apache.commons.math3.optim.univariate.UnivariateObjectiveFunction;
import org.mdx.bragg.internal.kernel.ErrorFunction;
import org.mdx.geometry.Geometry;
import org.mdx.geometry.Panel;
import org.mdx.math.Vec3;
import org.mdx.reflection.ReflectionKeys;
import org.mdx.reflection.Reflections;
import org.mdx.reflection.Shoeboxes;

/**
 * Widths from the shoeboxes of strong spots. σ_b² is the mean over spots of Σcθ²/(Σc − 1). σ_m
 * maximizes a likelihood: by default that of the counts n_k of the frames, Π (R_k/ΣR)^n_k, whose
 * maximum exists for one frame a spot, too, and which does not grow with the width of the frames;
 * as DIALS does, Π R_k over frames that hold signal (Kabsch 2010).
 */
final class WidthEstimator {
  private static final double LEAST = 1e-3;
  private static final double LARGEST = 20;

  private final Geometry geometry;
  private final Shoeboxes boxes;
  private final List<FrameCounts> spots = new ArrayList<>();
  private double variances;
  private int variance;

  /** Counts of a spot by frame; edges of the frames from its angle, times ζ. */
  private record FrameCounts(double[] edges, double[] counts) {}

  private WidthEstimator(Geometry geometry, Shoeboxes boxes) {
    this.geometry = geometry;
    this.boxes = boxes;
  }

  /**
   * Estimates the widths.
   *
   * @param strong spots with shoeboxes
   * @param targets the prediction of each, null where there is none
   */
  static SpotWidths estimate(
      Geometry geometry, Reflections strong, Target[] targets, boolean asDials) {
    if (!strong.has(ReflectionKeys.SHOEBOX)) {
      throw new IllegalArgumentException(
          "the spots have no shoeboxes, from which their widths are estimated: take those that"
              + " find-spots and index wrote, or give sigma_b and sigma_m");
    }
    WidthEstimator e = new WidthEstimator(geometry, strong.get(ReflectionKeys.SHOEBOX));
    for (int i = 0; i < targets.length; i++) {
      if (targets[i] != null && e.boxes.pixels(i) > 0) {
        e.add(i, targets[i]);
      }
    }
    if (e.variance == 0) {
      throw new IllegalArgumentException(
          "none of "
              + strong.size()
              + " spots is predicted and has pixels: indexed and refined spots are needed, or sigma_b and sigma_m");
    }
    return new SpotWidths(
        Math.sqrt(e.variances / e.variance), e.mosaicity(asDials), e.variance);
  }

  private void add(int row, Target t) {
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
    if (sum > 1) {
      variances += square / (sum - 1);
      variance++;
      spots.add(frameCounts(b[4], perFrame, t));
    }
  }

  private FrameCounts frameCounts(int first, double[] counts, Target t) {
    double[] edges = new double[counts.length + 1];
    int offset = geometry.scan().firstImage() - 1;
    for (int k = 0; k < edges.length; k++) {
      edges[k] = t.frame.zeta() * (geometry.scan().phiAt(first + k - offset) - t.phi);
    }
    return new FrameCounts(edges, counts);
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

  private double mosaicity(boolean asDials) {
    return Math.exp(
        new BrentOptimizer(1e-6, 1e-8)
            .optimize(
                new MaxEval(200),
                GoalType.MAXIMIZE,
                new UnivariateObjectiveFunction(
                    x -> asDials ? signalFrames(Math.exp(x)) : multinomial(Math.exp(x))),
                new SearchInterval(Math.log(LEAST), Math.log(LARGEST)))
            .getPoint());
  }

  private double signalFrames(double sigma) {
    double sum = 0;
    for (FrameCounts s : spots) {
      for (int k = 0; k < s.counts().length; k++) {
        sum += Math.log(Math.max(1e-30, share(s, k, sigma)));
      }
    }
    return sum;
  }

  /** Weights of spots are limited to 100 counts, since models are not exact. */
  private double multinomial(double sigma) {
    double sum = 0;
    for (FrameCounts s : spots) {
      double all = 0;
      double n = 0;
      double likelihood = 0;
      for (int k = 0; k < s.counts().length; k++) {
        double r = Math.max(1e-30, share(s, k, sigma));
        all += r;
        n += s.counts()[k];
        likelihood += s.counts()[k] * Math.log(r);
      }
      double scale = n > 100 ? 100 / n : 1;
      sum += scale * (likelihood - n * Math.log(Math.max(whole(s, all, sigma), 1e-30)));
    }
    return sum;
  }

  /** A frame before and one behind hold no signal, and count as such: the spot has ended there. */
  private static double whole(FrameCounts s, double inside, double sigma) {
    double step = s.edges()[1] - s.edges()[0];
    double before = s.edges()[0];
    double after = s.edges()[s.edges().length - 1];
    return inside
        + Math.abs(ErrorFunction.between(before - step, before, sigma))
        + Math.abs(ErrorFunction.between(after, after + step, sigma));
  }

  private static double share(FrameCounts s, int k, double sigma) {
    return Math.abs(ErrorFunction.between(s.edges()[k], s.edges()[k + 1], sigma));
  }
}
