package org.mdx.bragg.internal.lattice;

import org.mdx.bragg.internal.kernel.LatticeResiduals;
import org.mdx.math.Mat3;

/**
 * How likely a lattice is. Each spot lies, with probability 1 − ε, on one of the lattice points
 * that it could have hit, all alike, with a normal error in pixels and frames; or it lies anywhere
 * in the reciprocal space that the scan sweeps. The likelihood over that of spots which all lie
 * anywhere is Π [(1 − ε)·N(residual)/ρ + ε] with ρ the number of lattice points in a px² frame at
 * the spot; ε and the two errors are those that make it largest. A cell of twice the volume has
 * twice the ρ, so it must earn log 2 with every spot.
 *
 * @param logOdds logarithm of the ratio
 * @param outliers ε, 0 to 1
 * @param across error in px
 * @param along error in frames
 */
public record LatticeScore(double logOdds, double outliers, double across, double along) {
  private static final int ROUNDS = 20;
  private static final double SETTLED = 0.05;
  private static final double HALF = 0.5;

  /** How much smaller the errors of the second start are. */
  private static final double SHARPER = 4;

  private static final double LEAST_PX = 0.05;
  private static final double LEAST_FRAMES = 0.02;
  private static final double FEWEST_OUTLIERS = 0.002;

  /** A lattice that explains nothing. */
  public static final LatticeScore NONE = new LatticeScore(0, 1, 1, 1);

  /** Residuals of points against their nearest lattice points in px, px and frames. */
  public static double[] residuals(Points p, Mat3 a, double[] rest) {
    double[] m = a.toRowMajor();
    double[] out = new double[rest.length];
    for (int i = 0; i < p.size(); i++) {
      double[] d = new double[3];
      for (int k = 0; k < 3; k++) {
        d[k] =
            m[3 * k] * rest[3 * i]
                + m[3 * k + 1] * rest[3 * i + 1]
                + m[3 * k + 2] * rest[3 * i + 2];
      }
      for (int k = 0; k < 3; k++) {
        int q = 9 * i + 3 * k;
        out[3 * i + k] = p.response[q] * d[0] + p.response[q + 1] * d[1] + p.response[q + 2] * d[2];
      }
    }
    return out;
  }

  public static LatticeScore of(Points p, Mat3 a) {
    int[] h = new int[3 * p.size()];
    double[] rest = new double[3 * p.size()];
    LatticeResiduals.nearest(p.r, a.inverse().toRowMajor(), h, rest);
    double volume = 1 / Math.abs(a.determinant());
    double[] x = residuals(p, a, rest);
    LatticeScore wide = start(p, x, rest);
    LatticeScore one = wide.settled(p, x, volume);
    // spots of another lattice near this one's points can hide how sharp it is
    LatticeScore sharp =
        new LatticeScore(
            0,
            HALF,
            Math.max(LEAST_PX, wide.across / SHARPER),
            Math.max(LEAST_FRAMES, wide.along / SHARPER));
    LatticeScore two = sharp.settled(p, x, volume);
    return two.logOdds > one.logOdds + SETTLED ? two : one;
  }

  /** Rounds until the likelihood does not change. */
  private LatticeScore settled(Points p, double[] x, double volume) {
    LatticeScore s = this;
    for (int round = 0; round < ROUNDS; round++) {
      LatticeScore next = s.better(p, x, volume);
      if (round > 2 && Math.abs(next.logOdds - s.logOdds) < SETTLED) {
        return next;
      }
      s = next;
    }
    return s;
  }

  /** Errors of the spots that lie within 0.2 of an index; half of the spots are outliers. */
  private static LatticeScore start(Points p, double[] x, double[] rest) {
    double xy = 0;
    double z = 0;
    int n = 0;
    for (int i = 0; i < p.size(); i++) {
      double d2 =
          rest[3 * i] * rest[3 * i]
              + rest[3 * i + 1] * rest[3 * i + 1]
              + rest[3 * i + 2] * rest[3 * i + 2];
      if (d2 < 0.04 && p.density[i] > 0) {
        xy += Math.abs(x[3 * i]) + Math.abs(x[3 * i + 1]);
        z += Math.abs(x[3 * i + 2]);
        n++;
      }
    }
    return n == 0
        ? NONE
        : new LatticeScore(
            0, HALF, Math.max(LEAST_PX, xy / (2 * n)), Math.max(LEAST_FRAMES, z / n));
  }

  /** One round of expectation and maximisation. */
  private LatticeScore better(Points p, double[] x, double volume) {
    double sum = 0;
    double inside = 0;
    double xy = 0;
    double z = 0;
    int n = 0;
    double normalVolume = normalVolume();
    for (int i = 0; i < p.size(); i++) {
      if (p.density[i] > 0) {
        double here = (1 - outliers) * ratio(p, x, i, volume, normalVolume);
        double all = here + outliers;
        double w = here / all;
        sum += Math.log(all);
        inside += w;
        xy += w * (x[3 * i] * x[3 * i] + x[3 * i + 1] * x[3 * i + 1]);
        z += w * x[3 * i + 2] * x[3 * i + 2];
        n++;
      }
    }
    if (inside < 1e-3) {
      return new LatticeScore(Math.min(sum, 0), 1, across, along);
    }
    return new LatticeScore(
        sum,
        Math.min(1, Math.max(FEWEST_OUTLIERS, 1 - inside / n)),
        Math.max(LEAST_PX, Math.sqrt(xy / (2 * inside))),
        Math.max(LEAST_FRAMES, Math.sqrt(z / inside)));
  }

  /** N(residual)/ρ of a spot. */
  private double ratio(Points p, double[] x, int i, double volume, double normalVolume) {
    double u = x[3 * i] / across;
    double v = x[3 * i + 1] / across;
    double w = x[3 * i + 2] / along;
    double normal = Math.exp(-(u * u + v * v + w * w) / 2) / normalVolume;
    return normal / (volume * p.density[i]);
  }

  /** Volume of the normal distribution of the errors, its integral over its value at 0. */
  private double normalVolume() {
    return Math.pow(2 * Math.PI, 1.5) * across * across * along;
  }

  /**
   * Logarithm of the odds of a spot with another part of outliers.
   *
   * @param x residuals of all points
   * @param i the spot
   * @param volume of the cell in Å³
   * @param part outliers, 0 to 1
   * @return 0 for a spot that says nothing
   */
  public double logOdds(Points p, double[] x, int i, double volume, double part) {
    return p.density[i] > 0
        ? Math.log((1 - part) * ratio(p, x, i, volume, normalVolume()) + part)
        : 0;
  }

  /**
   * Probability that a spot belongs to the lattice.
   *
   * @param x residuals of all points
   * @param i the spot
   * @param volume of the cell in Å³
   */
  public double belongs(Points p, double[] x, int i, double volume) {
    double here = (1 - outliers) * ratio(p, x, i, volume, normalVolume());
    return here / (here + outliers);
  }
}
