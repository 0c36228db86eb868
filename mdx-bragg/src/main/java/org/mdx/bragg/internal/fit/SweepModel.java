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
 * <p>Results stay in the object until the next reflection; one serves one thread.
 */
final class SweepModel {
  private static final double TURN = 2 * Math.PI;

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
  private final double[] q = new double[3];
  private final double[] work = new double[3];
  private final double[] da = new double[9];

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
    double entering = Math.abs(angle(h, k, l, 1, near) - near);
    double leaving = Math.abs(angle(h, k, l, -1, near) - near);
    return entering < leaving ? 1 : -1;
  }

  /**
   * The angle of a crossing nearest to another, rad; of a reflection without one where it is
   * closest.
   */
  private double angle(double h, double k, double l, int branch, double near) {
    times(fa, h, k, l, q);
    double a = dot(axis, q) * dot(axis, t);
    double b = dot(t, q) - a;
    cross(t, axis, work);
    double c = dot(work, q);
    double ratio = (-0.5 * dot(q, q) - a) / Math.sqrt(b * b + c * c);
    double half = Math.acos(Math.max(-1, Math.min(1, ratio)));
    double at = Math.atan2(c, b) + branch * half;
    return at + TURN * Math.rint((near - at) / TURN);
  }

  /**
   * Predicts a reflection.
   *
   * @param branch +1 for the crossing that enters, −1 for the one that leaves
   * @param near the angle whose turn it is, rad
   */
  void predict(double h, double k, double l, int branch, int panel, double near) {
    phi = angle(h, k, l, branch, near);
    turn(q, Math.cos(phi), Math.sin(phi), turned);
    times(s, turned[0], turned[1], turned[2], r);
    for (int i = 0; i < 3; i++) {
      s1[i] = s0[i] + r[i];
    }
    times(d[panel], s1[0], s1[1], s1[2], uvw);
    x = uvw[0] / uvw[2];
    y = uvw[1] / uvw[2];
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
   * Derivatives of the reflection predicted last: jacobian[3·column + (0 X, 1 Y, 2 φ)].
   *
   * @param wanted by column; the others are left as they are
   */
  void differentiate(double h, double k, double l, int panel, boolean[] wanted, double[] jacobian) {
    prepare();
    int at = 0;
    for (double[] dp : dPanel[panel]) {
      if (!wanted[at]) {
        at++;
      } else if (dp == null) {
        put(jacobian, at++, 0, 0, 0, 0);
      } else {
        times(dp, uvw[0], uvw[1], uvw[2], work);
        times(d[panel], -work[0], -work[1], -work[2], work);
        put(jacobian, at++, work[0], work[1], work[2], 0);
      }
    }
    for (double[] ds0 : dBeam) {
      if (wanted[at]) {
        put(jacobian, at, panel, ds0, -dot(r, ds0) / erS0);
      }
      at++;
    }
    for (double[] ds : dSetting) {
      if (wanted[at]) {
        times(ds, turned[0], turned[1], turned[2], work);
        put(jacobian, at, panel, work, -dot(work, s1) / erS0);
      }
      at++;
    }
    double cosine = Math.cos(phi);
    double sine = Math.sin(phi);
    int ofCrystal = sides * crystal.numbers();
    for (int n = 0; n < sides * numbers(); n++) {
      if (wanted[at] && n >= ofCrystal) {
        beam.derivative((n - ofCrystal) / sides, n % sides, work);
        put(jacobian, at, panel, work, -dot(r, work) / erS0);
      } else if (wanted[at]) {
        crystal.derivative(n / sides, n % sides, da);
        times(da, h, k, l, work);
        turn(work, cosine, sine, q);
        times(s, q[0], q[1], q[2], work);
        put(jacobian, at, panel, work, -dot(work, s1) / erS0);
      }
      at++;
    }
  }

  /** A column from ∂s0 or ∂r. */
  private void put(double[] jacobian, int column, int panel, double[] v, double dPhi) {
    double[] m = d[panel];
    double v0 = v[0] + er[0] * dPhi;
    double v1 = v[1] + er[1] * dPhi;
    double v2 = v[2] + er[2] * dPhi;
    put(
        jacobian,
        column,
        m[0] * v0 + m[1] * v1 + m[2] * v2,
        m[3] * v0 + m[4] * v1 + m[5] * v2,
        m[6] * v0 + m[7] * v1 + m[8] * v2,
        dPhi);
  }

  private void put(double[] jacobian, int column, double du, double dv, double dw, double dPhi) {
    jacobian[3 * column] = (du - x * dw) / uvw[2];
    jacobian[3 * column + 1] = (dv - y * dw) / uvw[2];
    jacobian[3 * column + 2] = dPhi;
  }
}
