package org.mdx.bragg.internal.lattice;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.mdx.geometry.Geometry;
import org.mdx.geometry.Panel;
import org.mdx.math.Mat3;
import org.mdx.math.Vec3;
import org.mdx.reflection.ReflectionKeys;
import org.mdx.reflection.Reflections;

/**
 * Spots as points of reciprocal space at φ = 0, and what a change of a point or of the detector's
 * place does to the spot. Arrays are not to be changed.
 */
public final class Points {
  /** Rotation that a still is taken to have, degrees: the unit of its third residual. */
  private static final double STILL = 1;

  /** |e·e₁| below which a spot grazes the Ewald sphere and its angle says nothing. */
  private static final double GRAZING = 0.05;

  /** Spots of each sweep, and its geometry. */
  public final List<Reflections> spots;

  public final List<Geometry> geometries;

  /** Sweep and row of each point. */
  public final int[] sweep;

  public final int[] row;

  /** Observed px, px and frames from the start of the scan. */
  public final double[] place;

  /** Point r in Å⁻¹ at φ = 0, three numbers each. */
  public final double[] r;

  /** Scattered ray s1 in Å⁻¹, laboratory. */
  public final double[] s1;

  /** How the place of a spot (px, px, frame) follows the point: 3 × 3 each, row by row. */
  public final double[] response;

  /** How the place (px, px) follows a shift of the detector in mm: 2 × 3 each. */
  public final double[] shift;

  /** Lattice points of a cell of 1 Å³ for each px² frame: 1/|det response|; 0 if not to be used. */
  public final double[] density;

  private Points(
      List<Reflections> spots, List<Geometry> geometries, int[] sweep, int[] row, double[][] a) {
    this.spots = spots;
    this.geometries = geometries;
    this.sweep = sweep;
    this.row = row;
    this.r = a[0];
    this.s1 = a[1];
    this.response = a[2];
    this.shift = a[3];
    this.density = a[4];
    this.place = a[5];
  }

  public static Points of(List<Geometry> geometries, List<Reflections> spots) {
    int n = spots.stream().mapToInt(Reflections::size).sum();
    int[] sweep = new int[n];
    int[] row = new int[n];
    int k = 0;
    for (int s = 0; s < spots.size(); s++) {
      for (int i = 0; i < spots.get(s).size(); i++, k++) {
        sweep[k] = s;
        row[k] = i;
      }
    }
    return computed(spots, geometries, sweep, row);
  }

  private static double[][] room(int n) {
    return new double[][] {
      new double[3 * n],
      new double[3 * n],
      new double[9 * n],
      new double[6 * n],
      new double[n],
      new double[3 * n]
    };
  }

  private static Points computed(
      List<Reflections> spots, List<Geometry> geometries, int[] sweep, int[] row) {
    Points p = new Points(spots, geometries, sweep, row, room(row.length));
    List<double[]> observed = new ArrayList<>();
    List<int[]> panels = new ArrayList<>();
    List<Mat3[]> inverses = new ArrayList<>();
    for (Geometry g : geometries) {
      inverses.add(new Mat3[g.detector().panels().size()]);
    }
    for (Reflections s : spots) {
      observed.add(s.get(ReflectionKeys.XYZOBS_PX));
      panels.add(s.get(ReflectionKeys.PANEL));
    }
    for (int i = 0; i < row.length; i++) {
      int s = sweep[i];
      int panel = panels.get(s)[row[i]];
      Mat3[] known = inverses.get(s);
      if (known[panel] == null) {
        known[panel] = inverse(geometries.get(s).detector().panels().get(panel));
      }
      p.fill(i, geometries.get(s), panel, known[panel], observed.get(s));
    }
    return p;
  }

  private static Mat3 inverse(Panel panel) {
    return Mat3.ofRows(panel.fast(), panel.slow(), panel.origin()).transpose().inverse();
  }

  private void fill(int i, Geometry g, int panelIndex, Mat3 inverse, double[] obs) {
    double px = obs[3 * row[i]];
    double py = obs[3 * row[i] + 1];
    double frame = obs[3 * row[i] + 2] - (g.scan().firstImage() - 1);
    double phi = g.scan().start() + frame * g.scan().width();
    Vec3 s0 = g.beam().s0(frame);
    Panel panel = g.detector().panels().get(panelIndex);
    Vec3 ray = panel.position(px, py).unit().times(1 / g.beam().wavelength());
    Vec3 s = ray.minus(s0);
    Mat3 turn = g.goniometer().rotation(phi);
    put(place, 3 * i, new Vec3(px, py, frame));
    put(r, 3 * i, turn.transpose().times(s));
    put(s1, 3 * i, ray);
    boolean still = g.scan().width() == 0;
    Vec3 across = ray.cross(s0);
    if (!(across.norm() > 0)) {
      return;
    }
    Vec3 axis = still ? across.unit() : g.goniometer().laboratoryAxis();
    double width = Math.toRadians(still ? STILL : g.scan().width());
    double zeta = axis.dot(across.unit());
    Vec3 velocity = axis.cross(s);
    double lorentz = velocity.dot(ray);
    if (Math.abs(zeta) < GRAZING || lorentz == 0) {
      return;
    }
    Vec3[] motion = {velocity, ray.times(-1 / lorentz)};
    derive(i, panel, inverse, ray, turn, motion, width);
  }

  /**
   * With δs a change of the point in the laboratory: δφ = g·δs, g = −s1/(e×s·s1), and δs1 = δs +
   * (e×s)·δφ (D. G. Waterman et al., Acta Cryst. D72, 558, 2016).
   */
  private void derive(
      int i, Panel panel, Mat3 d, Vec3 ray, Mat3 turn, Vec3[] motion, double width) {
    Vec3 velocity = motion[0];
    Vec3 g = motion[1];
    Vec3 uvw = d.times(ray);
    Vec3 x = d.row(0).minus(d.row(2).times(uvw.x() / uvw.z()));
    Vec3 y = d.row(1).minus(d.row(2).times(uvw.y() / uvw.z()));
    Vec3[] rows = {
      x.times(1 / (uvw.z() * panel.pixelWidth())),
      y.times(1 / (uvw.z() * panel.pixelHeight())),
      g.times(1 / width)
    };
    for (int k = 0; k < 2; k++) {
      rows[k] = rows[k].plus(g.times(rows[k].dot(velocity)));
    }
    Mat3 m = Mat3.ofRows(rows[0], rows[1], rows[2]).times(turn);
    System.arraycopy(m.toRowMajor(), 0, response, 9 * i, 9);
    put(shift, 6 * i, x.times(-1 / panel.pixelWidth()));
    put(shift, 6 * i + 3, y.times(-1 / panel.pixelHeight()));
    density[i] = 1 / Math.abs(m.determinant());
  }

  private static void put(double[] a, int i, Vec3 v) {
    a[i] = v.x();
    a[i + 1] = v.y();
    a[i + 2] = v.z();
  }

  /**
   * Spots of all sweeps in one table. The ids of each count from 0, so the identifiers behind them
   * are left out.
   */
  public Reflections joined() {
    return Reflections.concatenate(spots.stream().map(t -> t.withIdentifiers(Map.of())).toList());
  }

  /** Range of rotation of all sweeps in degrees, 0 for stills. */
  public double range() {
    double sum = 0;
    for (Geometry g : geometries) {
      sum += Math.abs(g.scan().width()) * g.scan().frames();
    }
    return sum;
  }

  public int size() {
    return row.length;
  }

  /** |r| in Å⁻¹. */
  public double length(int i) {
    return Math.sqrt(
        r[3 * i] * r[3 * i] + r[3 * i + 1] * r[3 * i + 1] + r[3 * i + 2] * r[3 * i + 2]);
  }

  /** Angle of rotation from the start of the scan in degrees, either sense. */
  public double turned(int i) {
    return Math.abs(place[3 * i + 2] * geometries.get(sweep[i]).scan().width());
  }

  /** Whether the point enters the Ewald sphere as the crystal turns: s1·(s0 × e) &lt; 0. */
  public boolean entering(int i) {
    Geometry g = geometries.get(sweep[i]);
    Vec3 ray = new Vec3(s1[3 * i], s1[3 * i + 1], s1[3 * i + 2]);
    return ray.dot(g.beam().s0().cross(g.goniometer().laboratoryAxis())) < 0;
  }

  /** The same spots with the sweeps elsewhere. */
  public Points with(List<Geometry> other) {
    return other.equals(geometries) ? this : computed(spots, other, sweep, row);
  }

  /** Some of the points. */
  public Points select(int[] which) {
    int n = which.length;
    int[] newSweep = new int[n];
    int[] newRow = new int[n];
    double[][] from = {r, s1, response, shift, density, place};
    double[][] to = room(n);
    int[] widths = {3, 3, 9, 6, 1, 3};
    for (int i = 0; i < n; i++) {
      newSweep[i] = sweep[which[i]];
      newRow[i] = row[which[i]];
      for (int k = 0; k < widths.length; k++) {
        System.arraycopy(from[k], widths[k] * which[i], to[k], widths[k] * i, widths[k]);
      }
    }
    return new Points(spots, geometries, newSweep, newRow, to);
  }

  /** At most so many of the points, chosen by a hash of their place, the same each time. */
  public Points sample(int most) {
    if (size() <= most) {
      return this;
    }
    int[] order = new int[size()];
    long[] keys = new long[size()];
    for (int i = 0; i < size(); i++) {
      long h = (i + 1L) * 0x9E3779B97F4A7C15L;
      h = (h ^ h >>> 29) * 0xBF58476D1CE4E5B9L;
      keys[i] = (h >>> 33 & 0x7fffffffL) << 32 | i;
    }
    java.util.Arrays.sort(keys);
    for (int i = 0; i < most; i++) {
      order[i] = (int) keys[i];
    }
    int[] chosen = java.util.Arrays.copyOf(order, most);
    java.util.Arrays.sort(chosen);
    return select(chosen);
  }
}
