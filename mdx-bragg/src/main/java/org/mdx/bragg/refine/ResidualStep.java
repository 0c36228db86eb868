package org.mdx.bragg.refine;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.mdx.geometry.Geometry;
import org.mdx.geometry.Scan;
import org.mdx.math.Mat3;
import org.mdx.math.Vec3;
import org.mdx.reflection.ReflectionFlag;
import org.mdx.reflection.ReflectionKeys;
import org.mdx.reflection.Reflections;

/**
 * Where residuals change from one image to the next, which nothing that is refined can follow: the
 * crystal slipped, or beam or detector moved. Residuals calculated − observed of some images before
 * and after are fitted by planes over the detector, apart and together; the step is what the planes
 * apart explain more.
 */
final class ResidualStep {
  /** Spots on each side that tell a plane. */
  private static final int SPOTS = 60;

  private static final int FEWEST_IMAGES = 3;

  /** Mean square that the step explains for each of its three numbers, over that of the rest. */
  private static final double SIGNIFICANT = 30;

  /** Root mean square of a step worth a word, px. */
  private static final double PIXELS = 0.3;

  /** The same along the scan: frames, and degrees. */
  private static final double FRAMES = 0.25;

  private static final double DEGREES = 0.05;

  /** Part of the scatter of the residuals that a step must have. */
  private static final double CLEAR = 0.5;

  /** Numbers of a plane. */
  private static final double PLANE = 3;

  /** Sums of one image for least squares of a plane through each of three residuals. */
  private static final class Sums {
    private int n;
    private final double[] normal = new double[6]; // 1, u, v, uu, uv, vv
    private final double[][] right = new double[3][3];
    private final double[] squares = new double[3];

    void add(double u, double v, double[] residual) {
      n++;
      double[] terms = {1, u, v, u * u, u * v, v * v};
      for (int k = 0; k < 6; k++) {
        normal[k] += terms[k];
      }
      for (int c = 0; c < 3; c++) {
        for (int k = 0; k < 3; k++) {
          right[c][k] += terms[k] * residual[c];
        }
        squares[c] += residual[c] * residual[c];
      }
    }

    void add(Sums other) {
      n += other.n;
      for (int k = 0; k < 6; k++) {
        normal[k] += other.normal[k];
      }
      for (int c = 0; c < 3; c++) {
        for (int k = 0; k < 3; k++) {
          right[c][k] += other.right[c][k];
        }
        squares[c] += other.squares[c];
      }
    }

    /** Squares that a plane does not explain; NaN if the spots do not span one. */
    double rest(int c) {
      double[] s = normal;
      Mat3 m = Mat3.ofRowMajor(new double[] {s[0], s[1], s[2], s[1], s[3], s[4], s[2], s[4], s[5]});
      if (!(m.determinant() > 1e-9 * s[0] * s[3] * s[5])) {
        return Double.NaN;
      }
      Vec3 b = new Vec3(right[c][0], right[c][1], right[c][2]);
      return Math.max(0, squares[c] - b.dot(m.inverse().times(b)));
    }
  }

  private ResidualStep() {}

  /** A note for each sweep that has a step, on the largest one. */
  static List<String> notes(List<Geometry> geometries, Reflections r) {
    Sums[][] images = new Sums[geometries.size()][];
    for (int s = 0; s < images.length; s++) {
      images[s] = new Sums[geometries.get(s).scan().frames()];
      for (int f = 0; f < images[s].length; f++) {
        images[s][f] = new Sums();
      }
    }
    double[] seen = r.get(ReflectionKeys.XYZOBS_PX);
    double[] expected = r.get(ReflectionKeys.XYZCAL_PX);
    double[] s1 = r.get(ReflectionKeys.S1);
    int[] id = r.has(ReflectionKeys.ID) ? r.get(ReflectionKeys.ID) : new int[r.size()];
    for (int i = 0; i < r.size(); i++) {
      if (r.isSet(i, ReflectionFlag.USED_IN_REFINEMENT)
          && !r.isSet(i, ReflectionFlag.CENTROID_OUTLIER)) {
        Geometry g = geometries.get(id[i]);
        Vec3 ray = new Vec3(s1[3 * i], s1[3 * i + 1], s1[3 * i + 2]).times(g.beam().wavelength());
        double[] residual = new double[3];
        for (int c = 0; c < 3; c++) {
          residual[c] = expected[3 * i + c] - seen[3 * i + c];
        }
        int f = (int) Math.floor(seen[3 * i + 2]) - g.scan().firstImage() + 1;
        images[id[i]][Math.max(0, Math.min(images[id[i]].length - 1, f))].add(
            ray.x(), ray.y(), residual);
      }
    }
    List<String> out = new ArrayList<>();
    for (int s = 0; s < images.length; s++) {
      Scan scan = geometries.get(s).scan();
      String of = images.length == 1 ? "" : " of sweep " + s;
      largest(images[s], scan).ifPresent(step -> out.add(step.text(scan, of)));
    }
    return out;
  }

  /** Between the images before − 1 and before, from 0; root mean squares. */
  private record Step(int before, double pixels, double frames, double strength) {
    String text(Scan scan, String of) {
      int first = scan.firstImage() + before;
      return String.format(
          Locale.ROOT,
          "between the images %d and %d%s the spots jump against their predictions by %.1f px and"
              + " %.1f frames: the crystal slipped, or beam or detector moved; index and refine the"
              + " images before and after apart (mdx dials-select --images %d:%d and %d:%d)",
          first - 1,
          first,
          of,
          2 * pixels,
          2 * frames,
          scan.firstImage(),
          first - 1,
          first,
          scan.firstImage() + scan.frames() - 1);
    }
  }

  private static Optional<Step> largest(Sums[] images, Scan scan) {
    Step best = null;
    for (int f = 1; f < images.length; f++) {
      Sums before = new Sums();
      Sums after = new Sums();
      int a = f;
      while (a > 0 && (f - a < FEWEST_IMAGES || before.n < SPOTS)) {
        before.add(images[--a]);
      }
      int b = f;
      while (b < images.length && (b - f < FEWEST_IMAGES || after.n < SPOTS)) {
        after.add(images[b++]);
      }
      if (before.n >= SPOTS && after.n >= SPOTS) {
        Step step = step(f, before, after, Math.abs(scan.width()));
        if (step != null && (best == null || step.strength > best.strength)) {
          best = step;
        }
      }
    }
    return Optional.ofNullable(best);
  }

  private static Step step(int f, Sums before, Sums after, double width) {
    Sums both = new Sums();
    both.add(before);
    both.add(after);
    double[] size = new double[3];
    double strength = 0;
    for (int c = 0; c < 3; c++) {
      double apart = before.rest(c) + after.rest(c);
      double gain = both.rest(c) - apart;
      double noise = apart / (both.n - 2 * PLANE);
      if (gain / PLANE > SIGNIFICANT * noise && gain / both.n > CLEAR * CLEAR * noise) {
        size[c] = Math.sqrt(gain / both.n);
        strength += gain / noise;
      }
    }
    double pixels = Math.hypot(size[0], size[1]);
    boolean large = pixels > PIXELS || size[2] > FRAMES && size[2] * width > DEGREES;
    return large ? new Step(f, pixels, size[2], strength) : null;
  }
}
