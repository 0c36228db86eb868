package org.mdx.bragg.index;

import java.util.ArrayList;
import java.util.List;
import org.mdx.bragg.internal.lattice.KnownCell;
import org.mdx.bragg.internal.lattice.LatticeModel;
import org.mdx.bragg.internal.lattice.LatticeScore;
import org.mdx.bragg.internal.lattice.Points;
import org.mdx.crystal.Crystal;
import org.mdx.geometry.Geometry;
import org.mdx.geometry.Panel;
import org.mdx.math.Mat3;
import org.mdx.math.Vec3;
import org.mdx.reflection.ReflectionFlag;
import org.mdx.reflection.ReflectionKeys;
import org.mdx.reflection.Reflections;

/** Gives each spot to its nearest lattice and writes the columns. */
final class IndexedWriter {
  private final Points points;
  private final List<LatticeModel> models;
  private final int sweeps;

  /** Lattice of each point, or −1. */
  private final int[] lattice;

  private IndexedWriter(Points points, List<LatticeModel> models) {
    this.points = points;
    this.models = models;
    this.sweeps = points.geometries.size();
    this.lattice = owners();
  }

  static Indexed write(
      Points points, List<LatticeModel> models, KnownCell known, List<String> log) {
    IndexedWriter w = new IndexedWriter(points, models);
    List<Indexed.Lattice> lattices = new ArrayList<>();
    for (int l = 0; l < models.size(); l++) {
      lattices.add(w.lattice(l, known));
    }
    return new Indexed(lattices, w.reflections(known), log);
  }

  /** The lattice whose lattice point is nearest, in errors of the lattice. */
  private int[] owners() {
    int[] owner = new int[points.size()];
    double[] nearest = new double[points.size()];
    java.util.Arrays.fill(owner, -1);
    for (int l = 0; l < models.size(); l++) {
      LatticeModel m = models.get(l);
      double[] x = LatticeScore.residuals(points, m.a(), m.assigned().rest());
      for (int i : m.assigned().which()) {
        double u = x[3 * i] / m.score().across();
        double v = x[3 * i + 1] / m.score().across();
        double w = x[3 * i + 2] / m.score().along();
        double d = u * u + v * v + w * w;
        if (owner[i] < 0 || d < nearest[i]) {
          owner[i] = l;
          nearest[i] = d;
        }
      }
    }
    return owner;
  }

  private Indexed.Lattice lattice(int l, KnownCell known) {
    LatticeModel m = models.get(l);
    Mat3 a = known.conventional(m.a());
    Crystal crystal = Crystal.ofRealSpaceAxes(a.inverse(), known.group());
    List<Geometry> geometries =
        points.geometries.stream().map(g -> g.withCrystal(crystal)).toList();
    int count = 0;
    for (int owner : lattice) {
      count += owner == l ? 1 : 0;
    }
    double[] r = m.rmsd();
    return new Indexed.Lattice(crystal, geometries, count, r[0], r[1], r[2], m.score().logOdds());
  }

  private Reflections reflections(KnownCell known) {
    Reflections all = Reflections.concatenate(points.spots);
    int n = all.size();
    int[] id = new int[n];
    int[] set = new int[n];
    int[] hkl = new int[3 * n];
    long[] flags = all.has(ReflectionKeys.FLAGS) ? all.get(ReflectionKeys.FLAGS) : new long[n];
    boolean[] entering = new boolean[n];
    double[][] residuals = new double[models.size()][];
    Mat3[] toConventional = new Mat3[models.size()];
    for (int l = 0; l < residuals.length; l++) {
      LatticeModel m = models.get(l);
      residuals[l] = LatticeScore.residuals(points, m.a(), m.assigned().rest());
      toConventional[l] = known.conventional(m.a()).inverse().times(m.a());
    }
    double[] cal = new double[3 * n];
    for (int i = 0; i < n; i++) {
      int l = lattice[i];
      id[i] = l < 0 ? -1 : l * sweeps + points.sweep[i];
      set[i] = points.sweep[i];
      entering[i] = points.entering(i);
      flags[i] &= ~ReflectionFlag.INDEXED.mask();
      if (l >= 0) {
        flags[i] |= ReflectionFlag.INDEXED.mask();
        int[] h = models.get(l).assigned().hkl();
        Vec3 c = toConventional[l].times(new Vec3(h[3 * i], h[3 * i + 1], h[3 * i + 2]));
        hkl[3 * i] = (int) Math.rint(c.x());
        hkl[3 * i + 1] = (int) Math.rint(c.y());
        hkl[3 * i + 2] = (int) Math.rint(c.z());
        for (int k = 0; k < 3; k++) {
          cal[3 * i + k] = residuals[l][3 * i + k];
        }
      }
    }
    return columns(all, cal)
        .with(ReflectionKeys.ID, id)
        .with(ReflectionKeys.IMAGESET_ID, set)
        .with(ReflectionKeys.MILLER_INDEX, hkl)
        .with(ReflectionKeys.FLAGS, flags)
        .with(ReflectionKeys.ENTERING, entering)
        .with(ReflectionKeys.RLP, points.r.clone())
        .with(ReflectionKeys.S1, points.s1.clone());
  }

  /** Observed and predicted places in mm and rad; zero where there is no prediction. */
  private Reflections columns(Reflections all, double[] residual) {
    int n = all.size();
    double[] px = all.get(ReflectionKeys.XYZOBS_PX);
    int[] panel = all.get(ReflectionKeys.PANEL);
    double[] calPx = new double[3 * n];
    double[] mm = new double[3 * n];
    double[] calMm = new double[3 * n];
    for (int i = 0; i < n; i++) {
      Geometry g = points.geometries.get(points.sweep[i]);
      Panel p = g.detector().panels().get(panel[i]);
      millimetres(g, p, px, mm, i);
      if (lattice[i] >= 0) {
        for (int k = 0; k < 3; k++) {
          calPx[3 * i + k] = px[3 * i + k] - residual[3 * i + k];
        }
        millimetres(g, p, calPx, calMm, i);
      }
    }
    Reflections more =
        all.with(ReflectionKeys.XYZOBS_MM, mm)
            .with(ReflectionKeys.XYZCAL_PX, calPx)
            .with(ReflectionKeys.XYZCAL_MM, calMm);
    if (!all.has(ReflectionKeys.XYZOBS_PX_VARIANCE)) {
      return more;
    }
    double[] variance = all.get(ReflectionKeys.XYZOBS_PX_VARIANCE);
    for (int i = 0; i < n; i++) {
      Geometry g = points.geometries.get(points.sweep[i]);
      Panel p = g.detector().panels().get(panel[i]);
      double width = Math.toRadians(g.scan().width());
      variance[3 * i] *= p.pixelWidth() * p.pixelWidth();
      variance[3 * i + 1] *= p.pixelHeight() * p.pixelHeight();
      variance[3 * i + 2] *= width * width;
    }
    return more.with(ReflectionKeys.XYZOBS_MM_VARIANCE, variance);
  }

  private static void millimetres(Geometry g, Panel p, double[] px, double[] mm, int i) {
    Vec3 x = p.position(px[3 * i], px[3 * i + 1]).minus(p.origin());
    mm[3 * i] = x.dot(p.fast());
    mm[3 * i + 1] = x.dot(p.slow());
    double frame = px[3 * i + 2] - (g.scan().firstImage() - 1);
    mm[3 * i + 2] = Math.toRadians(g.scan().start() + frame * g.scan().width());
  }
}
