package org.mdx.bragg.index;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.stream.IntStream;
import org.mdx.bragg.internal.lattice.LatticeModel;
import org.mdx.bragg.internal.lattice.LatticeScore;
import org.mdx.bragg.internal.lattice.Points;
import org.mdx.geometry.Geometry;
import org.mdx.geometry.Goniometer;
import org.mdx.math.Mat3;
import org.mdx.math.Vec3;

/**
 * Sweeps of one crystal at several settings of a goniometer, whose angles are not quite those of
 * the headers. Each sweep's spots r are turned by the small rotation ω that takes them to the
 * common lattice, r + ω × r = A·h, by least squares of the residuals in px, px and frames with
 * Student's weights. The first sweep stays where it is.
 */
final class SettingCorrection {
  private static final int FEWEST = 8;
  private static final int TURNS = 3;
  private static final int ROUNDS = 5;
  private static final double FREEDOM = 4;

  /** Logarithm of the odds that the three angles of a sweep must earn. */
  private static final double WORTH = 15;

  /** Degrees; a goniometer is not off by more. */
  private static final double MOST = 2;

  private SettingCorrection() {}

  /** The model with corrected settings, or the same one if they do not make it more likely. */
  static LatticeModel of(LatticeModel m, LatticeSearch search, List<String> log) {
    int sweeps = m.points().geometries.size();
    if (sweeps == 1 || m.points().geometries.stream().anyMatch(g -> g.scan().width() == 0)) {
      return m;
    }
    LatticeModel now = m;
    Mat3[] total = new Mat3[sweeps];
    Arrays.fill(total, Mat3.IDENTITY);
    for (int i = 0; i < TURNS; i++) {
      Mat3[] turns = new Mat3[sweeps];
      for (int s = 0; s < sweeps; s++) {
        turns[s] = rotation(now, s);
      }
      Mat3 back = turns[0].transpose();
      List<Geometry> moved = new ArrayList<>();
      for (int s = 0; s < sweeps; s++) {
        Mat3 turn = back.times(turns[s]);
        total[s] = turn.times(total[s]);
        moved.add(turned(now.points().geometries.get(s), turn));
      }
      now = search.refinedAt(now.points().with(moved), back.times(now.a()));
    }
    double most = Arrays.stream(total).mapToDouble(SettingCorrection::degrees).max().orElse(0);
    double gain = now.score().logOdds() - m.score().logOdds();
    if (!(gain > WORTH * (sweeps - 1) && most < MOST)) {
      return m;
    }
    log.add(
        String.format(
            Locale.ROOT,
            "settings of the sweeps are up to %.2f° from those of the headers: log odds %.0f, before"
                + " %.0f",
            most,
            now.score().logOdds(),
            m.score().logOdds()));
    return now;
  }

  /** Points of a sweep turned: r at φ = 0 is F⁻¹…, so F becomes F·turn⁻¹. */
  private static Geometry turned(Geometry g, Mat3 turn) {
    Goniometer old = g.goniometer();
    Goniometer other =
        new Goniometer(
            old.axis(), old.fixedRotation().times(turn.transpose()), old.settingRotation());
    return new Geometry(g.beam(), g.detector(), other, g.scan(), null);
  }

  private static double degrees(Mat3 turn) {
    double trace = turn.row(0).x() + turn.row(1).y() + turn.row(2).z();
    return Math.toDegrees(Math.acos(Math.max(-1, Math.min(1, (trace - 1) / 2))));
  }

  private static Mat3 rotation(LatticeModel m, int sweep) {
    Points p = m.points();
    int[] which =
        Arrays.stream(m.assigned().which())
            .filter(i -> p.sweep[i] == sweep && p.density[i] > 0)
            .toArray();
    if (which.length < FEWEST) {
      return Mat3.IDENTITY;
    }
    double[] start = LatticeScore.residuals(p, m.a(), m.assigned().rest());
    Vec3 w = Vec3.ZERO;
    for (int round = 0; round < ROUNDS; round++) {
      w = step(p, which, start, w);
    }
    return w.norm() > 0 ? Mat3.rotation(w.unit(), Math.toDegrees(w.norm())) : Mat3.IDENTITY;
  }

  /** One weighted linear problem; residuals are those after the rotation before. */
  private static Vec3 step(Points p, int[] which, double[] start, Vec3 before) {
    double[][] rest = new double[3][which.length];
    Vec3[][] gradient = new Vec3[3][which.length];
    for (int j = 0; j < which.length; j++) {
      int i = which[j];
      Vec3 r = new Vec3(p.r[3 * i], p.r[3 * i + 1], p.r[3 * i + 2]);
      for (int k = 0; k < 3; k++) {
        int q = 9 * i + 3 * k;
        Vec3 row = new Vec3(p.response[q], p.response[q + 1], p.response[q + 2]);
        // row·(ω × r) = ω·(r × row)
        gradient[k][j] = r.cross(row);
        rest[k][j] = start[3 * i + k] + gradient[k][j].dot(before);
      }
    }
    double[] normal = new double[9];
    double[] right = new double[3];
    for (int k = 0; k < 3; k++) {
      double scale = scale(rest[k]);
      for (int j = 0; j < which.length; j++) {
        double t = rest[k][j] / scale;
        double weight = (FREEDOM + 1) / (FREEDOM + t * t) / (scale * scale);
        double[] g = {gradient[k][j].x(), gradient[k][j].y(), gradient[k][j].z()};
        for (int a = 0; a < 3; a++) {
          right[a] -= weight * g[a] * start[3 * which[j] + k];
          for (int b = 0; b < 3; b++) {
            normal[3 * a + b] += weight * g[a] * g[b];
          }
        }
      }
    }
    return Mat3.ofRowMajor(normal).inverse().times(new Vec3(right[0], right[1], right[2]));
  }

  private static double scale(double[] rest) {
    double[] sizes = IntStream.range(0, rest.length).mapToDouble(j -> Math.abs(rest[j])).toArray();
    Arrays.sort(sizes);
    return Math.max(sizes[sizes.length / 2] / 0.6745, 1e-2);
  }
}
