package org.mdx.sim.bragg;

import java.util.function.Consumer;
import org.mdx.crystal.Crystal;
import org.mdx.geometry.Geometry;
import org.mdx.geometry.Panel;
import org.mdx.math.Mat3;
import org.mdx.math.Vec3;

/**
 * The angles at which a crystal's reflections diffract. For a crystal that stays as it is, |s0 +
 * R(φ) r| = |s0| is an equation A + B cos φ + C sin φ = −|r|²/2; one that drifts starts from it
 * with the crystal in the middle of the scan, and Newton's method goes on with the setting matrix
 * and the beam at each angle. Reflections with |ζ| below 0.02, which hardly move, are left out.
 */
final class SpotPredictor {
  private static final double LEAST_ZETA = 0.02;
  private static final int NEWTON = 20;

  private final Geometry geometry;
  private final Lattice lattice;
  private final WilsonStatistics statistics;
  private final Vec3 axis;
  private final double sMax;
  private final double from;
  private final double to;

  SpotPredictor(Geometry geometry, Lattice lattice, WilsonStatistics statistics, double dMin) {
    this.geometry = geometry.withCrystal(lattice.crystal());
    this.lattice = lattice;
    this.statistics = statistics;
    this.axis = geometry.goniometer().laboratoryAxis();
    double reach = reach(geometry);
    this.sMax = dMin > 0 ? Math.min(reach, 1 / dMin) : reach;
    this.from = Math.min(geometry.scan().start(), geometry.scan().end());
    this.to = Math.max(geometry.scan().start(), geometry.scan().end());
  }

  /** Greatest |s| that the detector sees: on the border of a panel. */
  private static double reach(Geometry geometry) {
    double most = 0;
    int steps = 16;
    for (int p = 0; p < geometry.detector().panels().size(); p++) {
      Panel panel = geometry.detector().panels().get(p);
      for (int i = 0; i <= steps; i++) {
        double x = (double) panel.width() * i / steps;
        double y = (double) panel.height() * i / steps;
        most = Math.max(most, geometry.scatteringVector(p, x, 0).norm());
        most = Math.max(most, geometry.scatteringVector(p, x, panel.height()).norm());
        most = Math.max(most, geometry.scatteringVector(p, 0, y).norm());
        most = Math.max(most, geometry.scatteringVector(p, panel.width(), y).norm());
      }
    }
    return most;
  }

  /** Gives every reflection that is not absent, once for each angle that the scan reaches. */
  void forEach(Consumer<Diffracted> sink) {
    Crystal crystal = lattice.crystal();
    double middle = geometry.scan().frames() / 2.0;
    Mat3 fa = geometry.goniometer().fixedRotation().times(crystal.a(middle));
    int hMax = (int) (sMax * crystal.cell().a()) + 1;
    int kMax = (int) (sMax * crystal.cell().b()) + 1;
    int lMax = (int) (sMax * crystal.cell().c()) + 1;
    for (int h = -hMax; h <= hMax; h++) {
      for (int k = -kMax; k <= kMax; k++) {
        for (int l = -lMax; l <= lMax; l++) {
          Vec3 v = fa.times(new Vec3(h, k, l));
          double length = v.norm();
          if (length <= sMax && length > 0) {
            solve(h, k, l, v, sink);
          }
        }
      }
    }
  }

  private Vec3 s0(double phi) {
    return geometry.beam().s0(geometry.scan().position(phi));
  }

  private void solve(int h, int k, int l, Vec3 v, Consumer<Diffracted> sink) {
    Vec3 m = geometry.goniometer().axis();
    Vec3 s0 = geometry.beam().s0();
    Vec3 q = geometry.goniometer().settingRotation().transpose().times(s0);
    double a = q.dot(m) * m.dot(v);
    double b = q.dot(v) - a;
    double c = q.dot(m.cross(v));
    double amplitude = Math.hypot(b, c);
    double cosine = (-0.5 * v.dot(v) - a) / amplitude;
    if (!(Math.abs(cosine) < 1)) {
      return;
    }
    double offset = Math.toDegrees(Math.acos(cosine));
    double centre = Math.toDegrees(Math.atan2(c, b));
    for (int side = -1; side <= 1; side += 2) {
      double first = centre + side * offset;
      // the margin by the least ζ that is kept
      double margin = Spot.REACH * lattice.sigmaM() / LEAST_ZETA;
      double phi = first + 360 * Math.ceil((from - margin - first) / 360);
      for (; phi <= to + margin; phi += 360) {
        offer(h, k, l, phi, sink);
      }
    }
  }

  private void offer(int h, int k, int l, double start, Consumer<Diffracted> sink) {
    double phi = settle(h, k, l, start);
    if (Double.isNaN(phi)) {
      return;
    }
    Vec3 s = geometry.ub(phi).times(new Vec3(h, k, l));
    Vec3 s0 = s0(phi);
    Vec3 s1 = s0.plus(s);
    Vec3 e1 = s1.cross(s0);
    double zeta = axis.dot(e1) / e1.norm();
    if (!(Math.abs(zeta) >= LEAST_ZETA)) {
      return;
    }
    double reach = Spot.REACH * lattice.sigmaM() / Math.abs(zeta);
    if (phi + reach < from || phi - reach > to) {
      return;
    }
    double relative = statistics.relative(h, k, l);
    if (relative > 0) {
      sink.accept(new Diffracted(h, k, l, relative, phi, s, s1, zeta));
    }
  }

  /** The angle at which the reflection diffracts with the setting matrix at that angle. */
  private double settle(int h, int k, int l, double start) {
    if (lattice.crystal().scanPoints().isEmpty() && !geometry.beam().isVarying()) {
      return start;
    }
    Vec3 hkl = new Vec3(h, k, l);
    double phi = start;
    for (int i = 0; i < NEWTON; i++) {
      Vec3 s = geometry.ub(phi).times(hkl);
      Vec3 s0 = s0(phi);
      double slope = axis.cross(s).dot(s0);
      double step = Math.toDegrees((s.dot(s0) + 0.5 * s.dot(s)) / slope);
      if (!(Math.abs(step) < 10)) {
        return Double.NaN;
      }
      phi -= step;
      if (Math.abs(step) < 1e-9) {
        return phi;
      }
    }
    return Double.NaN;
  }
}
