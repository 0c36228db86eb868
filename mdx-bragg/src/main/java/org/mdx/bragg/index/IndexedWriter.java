package org.mdx.bragg.index;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.mdx.bragg.internal.lattice.KnownCell;
import org.mdx.bragg.internal.lattice.LatticeModel;
import org.mdx.bragg.internal.lattice.LatticeScore;
import org.mdx.bragg.internal.lattice.Points;
import org.mdx.crystal.Crystal;
import org.mdx.geometry.Geometry;
import org.mdx.geometry.PanelPlane;
import org.mdx.math.Mat3;
import org.mdx.prediction.Prediction;
import org.mdx.reflection.ReflectionFlag;
import org.mdx.reflection.ReflectionKeys;
import org.mdx.reflection.Reflections;

/** Gives each spot to its nearest lattice, predicts it, and writes the columns. */
final class IndexedWriter {
  /** Residuals beyond so many robust standard deviations are left out of the mean squares. */
  private static final double OUTLIER = 6;

  private static final double MEDIAN_OF_NORMAL = 0.6745;

  private final Points points;
  private final List<LatticeModel> models;
  private final int sweeps;
  private final IndexedRows rows;
  private final ScanShares shares;
  private final List<Crystal> crystals = new ArrayList<>();

  private IndexedWriter(LastRefinement.Fitted fitted, ScanShares shares, KnownCell known) {
    this.shares = shares;
    models = fitted.models();
    this.points = models.get(0).points();
    this.sweeps = points.geometries.size();
    this.rows = IndexedRows.of(models, known, shares);
    for (int l = 0; l < models.size(); l++) {
      Mat3 a = known.conventional(models.get(l).a());
      Crystal crystal = Crystal.ofRealSpaceAxes(a.inverse(), known.group());
      crystals.add(fitted.covariances().get(l).map(crystal::withBCovariance).orElse(crystal));
    }
  }

  /** The result of lattices of the same points. */
  static Indexed write(
      LastRefinement.Fitted fitted, ScanShares shares, KnownCell known, List<String> log) {
    IndexedWriter w = new IndexedWriter(fitted, shares, known);
    Reflections r = w.reflections();
    List<Indexed.Lattice> lattices = new ArrayList<>();
    for (int l = 0; l < w.models.size(); l++) {
      lattices.add(w.lattice(l, r));
    }
    return new Indexed(lattices, r, log);
  }

  private Geometry geometry(int lattice, int sweep) {
    Geometry g = points.geometries.get(sweep);
    return g.withScan(shares.scan(lattice, g.scan())).withCrystal(crystals.get(lattice));
  }

  private Indexed.Lattice lattice(int l, Reflections r) {
    List<Geometry> geometries = IntStream.range(0, sweeps).mapToObj(s -> geometry(l, s)).toList();
    double[] rmsd = rmsd(l, r);
    return new Indexed.Lattice(
        crystals.get(l),
        geometries,
        rows.count(l),
        rmsd[0],
        rmsd[1],
        rmsd[2],
        models.get(l).score().logOdds());
  }

  /** Root mean square of calculated − observed of the predicted spots; NaN without any. */
  private double[] rmsd(int l, Reflections r) {
    int[] which =
        IntStream.range(0, r.size())
            .filter(i -> rows.lattice()[i] == l && r.isSet(i, ReflectionFlag.PREDICTED))
            .toArray();
    if (which.length == 0) {
      return new double[] {Double.NaN, Double.NaN, Double.NaN};
    }
    double[] obs = r.get(ReflectionKeys.XYZOBS_PX);
    double[] cal = r.get(ReflectionKeys.XYZCAL_PX);
    double[] limit = new double[3];
    for (int k = 0; k < 3; k++) {
      int c = k;
      double[] sizes =
          Arrays.stream(which)
              .mapToDouble(i -> Math.abs(cal[3 * i + c] - obs[3 * i + c]))
              .toArray();
      Arrays.sort(sizes);
      double median = sizes[sizes.length / 2];
      limit[k] = OUTLIER * Math.max(median / MEDIAN_OF_NORMAL, 1e-3);
    }
    double[] sum = new double[3];
    int count = 0;
    for (int i : which) {
      double x = cal[3 * i] - obs[3 * i];
      double y = cal[3 * i + 1] - obs[3 * i + 1];
      double z = cal[3 * i + 2] - obs[3 * i + 2];
      if (Math.abs(x) < limit[0] && Math.abs(y) < limit[1] && Math.abs(z) < limit[2]) {
        sum[0] += x * x;
        sum[1] += y * y;
        sum[2] += z * z;
        count++;
      }
    }
    int n = Math.max(count, 1);
    return new double[] {Math.sqrt(sum[0] / n), Math.sqrt(sum[1] / n), Math.sqrt(sum[2] / n)};
  }

  private Reflections reflections() {
    Reflections all = points.joined();
    int n = all.size();
    int[] id = new int[n];
    int[] set = new int[n];
    long[] flags = all.has(ReflectionKeys.FLAGS) ? all.get(ReflectionKeys.FLAGS) : new long[n];
    boolean[] entering = new boolean[n];
    for (int i = 0; i < n; i++) {
      int l = rows.lattice()[i];
      id[i] = l < 0 ? -1 : l * sweeps + points.sweep[i];
      set[i] = points.sweep[i];
      entering[i] = points.entering(i);
      flags[i] &= ~(ReflectionFlag.INDEXED.mask() | ReflectionFlag.PREDICTED.mask());
      flags[i] |= l >= 0 ? ReflectionFlag.INDEXED.mask() : 0;
    }
    return predicted(
        observed(all)
            .with(ReflectionKeys.ID, id)
            .with(ReflectionKeys.IMAGESET_ID, set)
            .with(ReflectionKeys.MILLER_INDEX, rows.hkl())
            .with(ReflectionKeys.FLAGS, flags)
            .with(ReflectionKeys.ENTERING, entering)
            .with(ReflectionKeys.RLP, points.r.clone())
            .with(ReflectionKeys.S1, points.s1.clone()),
        id);
  }

  /** With predictions of the spots that have an index; 0 where the others would be. */
  private Reflections predicted(Reflections all, int[] id) {
    int n = all.size();
    double[] px = new double[3 * n];
    double[] mm = new double[3 * n];
    double[] s1 = all.get(ReflectionKeys.S1);
    boolean[] entering = all.get(ReflectionKeys.ENTERING);
    long[] flags = all.get(ReflectionKeys.FLAGS);
    Reflections needed =
        Reflections.builder(n)
            .set(ReflectionKeys.MILLER_INDEX, all.get(ReflectionKeys.MILLER_INDEX))
            .set(ReflectionKeys.PANEL, all.get(ReflectionKeys.PANEL))
            .set(ReflectionKeys.XYZOBS_PX, all.get(ReflectionKeys.XYZOBS_PX))
            .set(ReflectionKeys.S1, s1)
            .set(ReflectionKeys.FLAGS, flags)
            .build();
    for (int e = 0; e < models.size() * sweeps; e++) {
      int of = e;
      int[] which = IntStream.range(0, n).filter(i -> id[i] == of).toArray();
      Geometry g = geometry(e / sweeps, e % sweeps);
      if (g.scan().width() == 0) {
        still(e / sweeps, g, all, which, px, mm);
        continue;
      }
      Reflections part = Prediction.of(g).predict(needed.select(which));
      double[] partPx = part.get(ReflectionKeys.XYZCAL_PX);
      double[] partMm = part.get(ReflectionKeys.XYZCAL_MM);
      double[] partS1 = part.get(ReflectionKeys.S1);
      boolean[] partEntering = part.get(ReflectionKeys.ENTERING);
      long[] partFlags = part.get(ReflectionKeys.FLAGS);
      for (int j = 0; j < which.length; j++) {
        System.arraycopy(partPx, 3 * j, px, 3 * which[j], 3);
        System.arraycopy(partMm, 3 * j, mm, 3 * which[j], 3);
        System.arraycopy(partS1, 3 * j, s1, 3 * which[j], 3);
        flags[which[j]] = partFlags[j];
        if ((partFlags[j] & ReflectionFlag.PREDICTED.mask()) != 0) {
          entering[which[j]] = partEntering[j];
        }
      }
    }
    return all.with(ReflectionKeys.XYZCAL_PX, px)
        .with(ReflectionKeys.XYZCAL_MM, mm)
        .with(ReflectionKeys.S1, s1)
        .with(ReflectionKeys.ENTERING, entering)
        .with(ReflectionKeys.FLAGS, flags);
  }

  /** Without a rotation the nearest place, by the derivatives at the spot. */
  private void still(
      int lattice, Geometry g, Reflections all, int[] which, double[] px, double[] mm) {
    LatticeModel m = models.get(lattice);
    double[] residual = LatticeScore.residuals(points, m.a(), m.assigned().rest());
    double[] obs = all.get(ReflectionKeys.XYZOBS_PX);
    int[] panel = all.get(ReflectionKeys.PANEL);
    PanelPlane[] planes = PanelPlane.of(g.detector());
    for (int i : which) {
      for (int k = 0; k < 3; k++) {
        px[3 * i + k] = obs[3 * i + k] - residual[3 * i + k];
      }
      millimetres(g, planes[panel[i]], px, mm, i);
    }
  }

  /** Observed places in mm and rad, with their variances. */
  private Reflections observed(Reflections all) {
    int n = all.size();
    double[] px = all.get(ReflectionKeys.XYZOBS_PX);
    int[] panel = all.get(ReflectionKeys.PANEL);
    double[] mm = new double[3 * n];
    PanelPlane[][] planes = new PanelPlane[sweeps][];
    for (int s = 0; s < sweeps; s++) {
      planes[s] = PanelPlane.of(points.geometries.get(s).detector());
    }
    for (int i = 0; i < n; i++) {
      int s = points.sweep[i];
      millimetres(points.geometries.get(s), planes[s][panel[i]], px, mm, i);
    }
    Reflections more = all.with(ReflectionKeys.XYZOBS_MM, mm);
    if (!all.has(ReflectionKeys.XYZOBS_PX_VARIANCE)) {
      return more;
    }
    double[] variance = all.get(ReflectionKeys.XYZOBS_PX_VARIANCE);
    for (int i = 0; i < n; i++) {
      Geometry g = points.geometries.get(points.sweep[i]);
      double width = Math.toRadians(g.scan().width());
      double pixelWidth = g.detector().panels().get(panel[i]).pixelWidth();
      double pixelHeight = g.detector().panels().get(panel[i]).pixelHeight();
      variance[3 * i] *= pixelWidth * pixelWidth;
      variance[3 * i + 1] *= pixelHeight * pixelHeight;
      variance[3 * i + 2] *= width * width;
    }
    return more.with(ReflectionKeys.XYZOBS_MM_VARIANCE, variance);
  }

  private static void millimetres(Geometry g, PanelPlane plane, double[] px, double[] mm, int i) {
    double[] xy = {px[3 * i], px[3 * i + 1]};
    plane.toMillimetres(xy);
    mm[3 * i] = xy[0];
    mm[3 * i + 1] = xy[1];
    double frame = px[3 * i + 2] - (g.scan().firstImage() - 1);
    mm[3 * i + 2] = Math.toRadians(g.scan().start() + frame * g.scan().width());
  }
}
