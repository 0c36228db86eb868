package org.mdx.bragg.internal.fit;

import java.util.List;
import org.mdx.geometry.Detector;
import org.mdx.geometry.Panel;
import org.mdx.math.Mat3;
import org.mdx.math.Vec3;

/**
 * Predicts a reflection and its derivatives with the models of one sweep, after Waterman et al.
 * (2016). With e the laboratory axis, r = S·R(φ)·F·A·h and s1 = s0 + r at the angle φ of
 * diffraction:
 *
 * <pre>
 * ∂φ = −(∂r·s1)/(e × r·s0)    ∂s1 = ∂r + (e × r) ∂φ     crystal, goniometer
 * ∂φ = −(r·∂s0)/(e × r·s0)    ∂s1 = ∂s0 + (e × r) ∂φ    beam
 * (u, v, w) = D·s1, D = (fast slow origin)⁻¹, X = u/w, Y = v/w
 * ∂(u, v, w) = D·∂s1, or of the detector −D·∂(fast slow origin)·(u, v, w)
 * ∂X = (∂u − X ∂w)/w, ∂Y = (∂v − Y ∂w)/w
 * </pre>
 *
 * <p>As ∂s1 is linear in ∂r, a derivative by the crystal is the product of ∂A·h with one vector for
 * each of X, Y and φ, which does not depend on the parameter: that of ∂X by s1, less its part along
 * e × r, turned back to the crystal.
 *
 * <p>Results stay in the object until the next reflection; one serves one thread.
 */
final class SweepModel {
  private final double[] axis;
  private final double[] s;
  private final CrystalPath crystal;
  private final double[] fa = new double[9]; // F·A where the reflection is
  private final CrystalPath.OfBeam beam; // null if it stays
  private final double[] s0;
  private final double[] t = new double[3]; // Sᵀ·s0
  private final double[][] d; // D of each panel

  private double[][][] dPanel; // ∂(fast slow origin) of panel and parameter; null where zero
  private double[][] dBeam;
  private double[][] dSetting;
  private int columns;
  private int sides;

  private double x;
  private double y;
  private double phi;
  private final double[] turned = new double[3]; // R·F·A·h
  private final double[] r = new double[3];
  private final double[] s1 = new double[3];
  private final double[] er = new double[3]; // e × r
  private final double[] uvw = new double[3];
  private double erS0;
  private double h;
  private double k;
  private double l;
  private int panel;
  private double cosine; // of φ
  private double sine;
  private double delta; // φ less the angle it is near to
  private final double[] q = new double[3];
  private final double[] work = new double[3];
  private final double[] byX = new double[3]; // ∂X, ∂Y, ∂φ by what is differentiated
  private final double[] byY = new double[3];
  private final double[] byPhi = new double[3];
  private final double[] byCrystal = new double[9];
  private final double[] gx = new double[3]; // ∂X, ∂Y by s1
  private final double[] gy = new double[3];

  SweepModel(
      Vec3 axis,
      Mat3 setting,
      CrystalPath crystal,
      Vec3 s0,
      CrystalPath.OfBeam beam,
      Detector detector) {
    this.axis = array(axis);
    this.s = setting.toRowMajor();
    this.crystal = crystal;
    this.s0 = array(s0);
    this.beam = beam;
    turnBeam();
    place(0);
    List<Panel> panels = detector.panels();
    d = new double[panels.size()][];
    for (int i = 0; i < d.length; i++) {
      Panel p = panels.get(i);
      d[i] = DetectorBlock.columns(p.fast(), p.slow(), p.origin()).inverse().toRowMajor();
    }
  }

  /** The same models for another thread. */
  SweepModel fork() {
    return new SweepModel(this);
  }

  private SweepModel(SweepModel of) {
    axis = of.axis;
    s = of.s;
    crystal = of.crystal.fork();
    s0 = of.s0.clone();
    beam = of.beam == null ? null : of.beam.fork();
    d = of.d;
    dPanel = of.dPanel;
    dBeam = of.dBeam;
    dSetting = of.dSetting;
    columns = of.columns;
    sides = of.sides;
    turnBeam();
    place(0);
  }

  private void turnBeam() {
    for (int c = 0; c < 3; c++) {
      t[c] = s[c] * s0[0] + s[3 + c] * s0[1] + s[6 + c] * s0[2];
    }
  }

  private static double[] array(Vec3 v) {
    return new double[] {v.x(), v.y(), v.z()};
  }

  private int numbers() {
    return crystal.numbers() + (beam == null ? 0 : beam.numbers());
  }

  void derivatives(Mat3[][] panels, Vec3[] directions, Mat3[] setting) {
    dPanel = new double[panels.length][][];
    for (int i = 0; i < panels.length; i++) {
      dPanel[i] = new double[panels[i].length][];
      for (int k = 0; k < panels[i].length; k++) {
        dPanel[i][k] = panels[i][k] == null ? null : panels[i][k].toRowMajor();
      }
    }
    dBeam = new double[directions.length][];
    for (int i = 0; i < directions.length; i++) {
      dBeam[i] = array(directions[i]);
    }
    dSetting = CrystalPath.rows(setting);
    sides = crystal.isVarying() ? 2 : 1;
    columns = panels[0].length + directions.length + setting.length + sides * numbers();
  }

  /**
   * Number of derivatives: by detector, beam, goniometer and the numbers of the crystal; if it
   * changes, each number at the edges before and after the reflection's image.
   */
  int columns() {
    return columns;
  }

  /** The image edge before the reflection. */
  int edge() {
    return crystal.edge();
  }

  double x() {
    return x;
  }

  double y() {
    return y;
  }

  /** NaN after a prediction from a cosine and a sine. */
  double phi() {
    return phi;
  }

  private static void times(double[] m, double vx, double vy, double vz, double[] out) {
    out[0] = m[0] * vx + m[1] * vy + m[2] * vz;
    out[1] = m[3] * vx + m[4] * vy + m[5] * vz;
    out[2] = m[6] * vx + m[7] * vy + m[8] * vz;
  }

  private static double dot(double[] a, double[] b) {
    return a[0] * b[0] + a[1] * b[1] + a[2] * b[2];
  }

  private static void cross(double[] a, double[] b, double[] out) {
    double c0 = a[1] * b[2] - a[2] * b[1];
    double c1 = a[2] * b[0] - a[0] * b[2];
    out[2] = a[0] * b[1] - a[1] * b[0];
    out[0] = c0;
    out[1] = c1;
  }

  /** v turned by φ about the axis: e(e·v) + cosφ (v − e(e·v)) + sinφ e × v. */
  private void turn(double[] v, double cosine, double sine, double[] out) {
    double along = dot(axis, v) * (1 - cosine);
    double v0 = v[0];
    double v1 = v[1];
    double v2 = v[2];
    cross(axis, v, out);
    out[0] = axis[0] * along + cosine * v0 + sine * out[0];
    out[1] = axis[1] * along + cosine * v1 + sine * out[1];
    out[2] = axis[2] * along + cosine * v2 + sine * out[2];
  }

  /** Crystal and beam are as they are at a place, in images from the beginning of the scan. */
  void place(double position) {
    crystal.place(position, fa);
    if (beam != null) {
      beam.place(position, s0);
      turnBeam();
    }
  }

  /**
   * Which of the two crossings is nearer to an angle.
   *
   * @return +1 for the entering one, −1 for the leaving one
   */
  int branch(double h, double k, double l, double near) {
    double c = Math.cos(near);
    double s = Math.sin(near);
    solve(h, k, l, 1, c, s);
    double entering = Math.abs(delta);
    solve(h, k, l, -1, c, s);
    return entering < Math.abs(delta) ? 1 : -1;
  }

  /**
   * The angle of a crossing nearest to another; of a reflection without one where it is closest.
   * With r(φ)·s0 = a + b cosφ + c sinφ = −r²/2 it has a cosine and a sine in closed form.
   */
  private void solve(double h, double k, double l, int branch, double cosNear, double sinNear) {
    times(fa, h, k, l, q);
    double a = dot(axis, q) * dot(axis, t);
    double b = dot(t, q) - a;
    cross(t, axis, work);
    double c = dot(work, q);
    double size2 = b * b + c * c;
    double size = Math.sqrt(size2);
    double along = Math.max(-size, Math.min(size, -0.5 * dot(q, q) - a));
    double across = branch * Math.sqrt((size - along) * (size + along));
    cosine = (b * along - c * across) / size2;
    sine = (c * along + b * across) / size2;
    delta = Math.atan2(sine * cosNear - cosine * sinNear, cosine * cosNear + sine * sinNear);
  }

  /**
   * Predicts a reflection.
   *
   * @param branch +1 for the crossing that enters, −1 for the one that leaves
   * @param near the angle whose turn it is, rad
   */
  void predict(double h, double k, double l, int branch, int panel, double near) {
    phi = near + predict(h, k, l, branch, panel, Math.cos(near), Math.sin(near));
  }

  /**
   * The same, from the cosine and the sine of the angle it is near to.
   *
   * @return φ less that angle
   */
  double predict(
      double h, double k, double l, int branch, int panel, double cosNear, double sinNear) {
    this.h = h;
    this.k = k;
    this.l = l;
    this.panel = panel;
    phi = Double.NaN;
    solve(h, k, l, branch, cosNear, sinNear);
    turn(q, cosine, sine, turned);
    times(s, turned[0], turned[1], turned[2], r);
    for (int i = 0; i < 3; i++) {
      s1[i] = s0[i] + r[i];
    }
    times(d[panel], s1[0], s1[1], s1[2], uvw);
    x = uvw[0] / uvw[2];
    y = uvw[1] / uvw[2];
    return delta;
  }

  /** |ζ| = |e·(s1 × s0)|/|s1 × s0| of the reflection predicted last. */
  double zeta() {
    prepare();
    cross(s1, s0, work);
    return Math.abs(erS0) / Math.sqrt(dot(work, work));
  }

  private void prepare() {
    cross(axis, turned, work);
    times(s, work[0], work[1], work[2], er);
    erS0 = dot(er, s0);
  }

  /**
   * Derivatives of the reflection predicted last: of X, then of Y, then of φ. Those by the crystal
   * are left out: they are products of {@link #byCrystal} with T·h, T one of {@link #direction},
   * and {@link #part}.
   *
   * @param slots of each column: where it goes in each of the three, or −1
   * @param n length of each of the three
   * @param factors of X, Y and φ
   */
  void differentiate(int[] slots, int n, double[] factors, double[] jacobian) {
    prepare();
    double[] m = d[panel];
    double fx = factors[0] / uvw[2];
    double fy = factors[1] / uvw[2];
    for (int c = 0; c < 3; c++) {
      gx[c] = fx * (m[c] - x * m[6 + c]);
      gy[c] = fy * (m[3 + c] - y * m[6 + c]);
    }
    int at = ofDetector(slots, n, jacobian);
    double kx = dot(gx, er) / erS0;
    double ky = dot(gy, er) / erS0;
    double kp = factors[2] / erS0;
    less(r, kx, ky, kp);
    for (double[] ds0 : dBeam) {
      put(jacobian, slots[at++], n, ds0);
    }
    int ofBeam = at + dSetting.length + sides * crystal.numbers();
    for (int i = ofBeam; i < columns; i++) {
      beam.derivative((i - ofBeam) / sides, (i - ofBeam) % sides, work);
      put(jacobian, slots[i], n, work);
    }
    less(s1, kx, ky, kp);
    for (double[] ds : dSetting) {
      if (slots[at] >= 0) {
        times(ds, turned[0], turned[1], turned[2], work);
        put(jacobian, slots[at], n, work);
      }
      at++;
    }
    back(byX, 0);
    back(byY, 3);
    back(byPhi, 6);
  }

  /**
   * Vectors whose products with ∂(F·A)·h are ∂X, ∂Y and ∂φ of the reflection that was
   * differentiated last; not to be changed.
   */
  double[] byCrystal() {
    return byCrystal;
  }

  /** ∂(F·A) by a number of the crystal at the edge before (0) or after (1) the reflection. */
  double[] direction(int number, int side) {
    return crystal.derivative(number, side);
  }

  /** How much the edge before or after the reflection counts. */
  double part(int side) {
    return crystal.part(side);
  }

  private int ofDetector(int[] slots, int n, double[] jacobian) {
    double[][] all = dPanel[panel];
    for (int at = 0; at < all.length; at++) {
      int slot = slots[at];
      if (slot >= 0 && all[at] != null) {
        times(all[at], uvw[0], uvw[1], uvw[2], work);
        jacobian[slot] = -dot(gx, work);
        jacobian[n + slot] = -dot(gy, work);
        jacobian[2 * n + slot] = 0;
      } else if (slot >= 0) {
        jacobian[slot] = 0;
        jacobian[n + slot] = 0;
        jacobian[2 * n + slot] = 0;
      }
    }
    return all.length;
  }

  /** Vectors whose product with ∂s0 (v = r) or ∂r (v = s1) is ∂X, ∂Y and ∂φ. */
  private void less(double[] v, double kx, double ky, double kp) {
    for (int c = 0; c < 3; c++) {
      byX[c] = gx[c] - kx * v[c];
      byY[c] = gy[c] - ky * v[c];
      byPhi[c] = -kp * v[c];
    }
  }

  /** Turns a vector back, so that its product with ∂(F·A)·h is that with ∂r. */
  private void back(double[] v, int at) {
    double v0 = s[0] * v[0] + s[3] * v[1] + s[6] * v[2];
    double v1 = s[1] * v[0] + s[4] * v[1] + s[7] * v[2];
    double v2 = s[2] * v[0] + s[5] * v[1] + s[8] * v[2];
    q[0] = v0;
    q[1] = v1;
    q[2] = v2;
    turn(q, cosine, -sine, v);
    System.arraycopy(v, 0, byCrystal, at, 3);
  }

  private void put(double[] jacobian, int slot, int n, double[] v) {
    if (slot >= 0) {
      jacobian[slot] = dot(byX, v);
      jacobian[n + slot] = dot(byY, v);
      jacobian[2 * n + slot] = dot(byPhi, v);
    }
  }
}
