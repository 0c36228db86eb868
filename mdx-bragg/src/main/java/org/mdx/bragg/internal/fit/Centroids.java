package org.mdx.bragg.internal.fit;

import java.util.ArrayList;
import java.util.List;
import java.util.function.IntUnaryOperator;
import java.util.stream.IntStream;
import org.mdx.geometry.Detector;
import org.mdx.geometry.Geometry;
import org.mdx.geometry.PanelPlane;
import org.mdx.geometry.Scan;
import org.mdx.reflection.ReflectionFlag;
import org.mdx.reflection.ReflectionKeys;
import org.mdx.reflection.Reflections;

/**
 * The centroids that a fit uses, in arrays: indexed, of a sweep, not overloaded, inside the scan,
 * not grazing the Ewald sphere, and not cut by the ends of the scan. They are in the order of
 * sweeps, groups of panels and, of crystals that change, images, and within these in that of the
 * table.
 */
final class Centroids {
  /**
   * Centroids that depend on the same parameters.
   *
   * @param from the first
   * @param to behind the last
   * @param sweep their sweep
   * @param group the group of panels
   * @param edge the image edge before them if the crystal changes, else 0
   */
  record Batch(int from, int to, int sweep, int group, int edge) {}

  /** Centroids in a batch at the most. */
  private static final int MOST = 512;

  /** |ζ| below which the angle is not well defined. */
  private static final double GRAZING = 0.02;

  final int size;
  final int[] row;
  final int[] sweep;
  final int[] panel;
  final int[] h;
  final int[] branch;
  final List<Batch> batches;
  final double[] phi; // rad
  final double[] cosPhi;
  final double[] sinPhi;
  final double[] width; // rad a frame
  final double[] position; // of each, images from the beginning of the scan
  final double[] mm; // x, y of each
  final double[] pixel; // mm a pixel, x, y of each
  final double[] variance; // px², px², frame² of each
  private final double[] px;

  Centroids(FitModel model, Reflections r, double offset) {
    List<Geometry> starts = model.starts();
    int n = r.size();
    int[] index = r.get(ReflectionKeys.MILLER_INDEX);
    int[] ids = r.has(ReflectionKeys.ID) ? r.get(ReflectionKeys.ID) : new int[n];
    int[] panels = r.has(ReflectionKeys.PANEL) ? r.get(ReflectionKeys.PANEL) : new int[n];
    double[] observed = r.get(ReflectionKeys.XYZOBS_PX);
    double[] variances = r.get(ReflectionKeys.XYZOBS_PX_VARIANCE);
    int[] branches = new int[n];
    int[] edges = new int[n];
    find(model, r, ids, panels, branches, edges);
    row =
        ordered(
            IntStream.range(0, n).filter(i -> branches[i] != 0).toArray(),
            i -> edges[i],
            i -> model.group(ids[i], panels[i]),
            i -> ids[i]);
    size = row.length;
    sweep = new int[size];
    panel = new int[size];
    h = new int[3 * size];
    branch = new int[size];
    phi = new double[size];
    cosPhi = new double[size];
    sinPhi = new double[size];
    width = new double[size];
    position = new double[size];
    mm = new double[2 * size];
    px = new double[2 * size];
    pixel = new double[2 * size];
    variance = new double[3 * size];
    for (int i = 0; i < size; i++) {
      int from = row[i];
      Geometry g = starts.get(ids[from]);
      Scan scan = g.scan();
      sweep[i] = ids[from];
      panel[i] = panels[from];
      branch[i] = branches[from];
      position[i] = observed[3 * from + 2] - scan.firstImage() + 1;
      phi[i] = Math.toRadians(scan.phiAt(position[i]));
      cosPhi[i] = Math.cos(phi[i]);
      sinPhi[i] = Math.sin(phi[i]);
      width[i] = Math.toRadians(scan.width());
      px[2 * i] = observed[3 * from];
      px[2 * i + 1] = observed[3 * from + 1];
      pixel[2 * i] = g.detector().panels().get(panel[i]).pixelWidth();
      pixel[2 * i + 1] = g.detector().panels().get(panel[i]).pixelHeight();
      for (int c = 0; c < 3; c++) {
        h[3 * i + c] = index[3 * from + c];
        variance[3 * i + c] = Math.max(0, variances[3 * from + c] - offset);
      }
    }
    batches = batches(model, edges);
  }

  /** Which crossing each row is, or 0 if it is not used, and the edge before it. */
  private static void find(
      FitModel model, Reflections r, int[] ids, int[] panels, int[] branches, int[] edges) {
    int n = r.size();
    List<Geometry> starts = model.starts();
    SweepModel[] models = models(model, new double[model.entries().size()], starts.size());
    int[] index = r.get(ReflectionKeys.MILLER_INDEX);
    double[] observed = r.get(ReflectionKeys.XYZOBS_PX);
    long[] flags = r.has(ReflectionKeys.FLAGS) ? r.get(ReflectionKeys.FLAGS) : new long[n];
    int[] boxes = r.has(ReflectionKeys.BBOX) ? r.get(ReflectionKeys.BBOX) : null;
    for (int i = 0; i < n; i++) {
      requireKnown(i, ids[i], panels[i], starts);
      if (ids[i] >= 0 && !excluded(flags[i])) {
        Scan scan = starts.get(ids[i]).scan();
        double position = observed[3 * i + 2] - scan.firstImage() + 1;
        if (position >= 0 && position <= scan.frames() && !cut(boxes, i, scan)) {
          branches[i] = branch(models[ids[i]], scan, position, index, i, panels[i]);
          edges[i] = models[ids[i]].edge();
        }
      }
    }
  }

  /** Rows in the order of the last key, where it is equal of that before, and so on. */
  private static int[] ordered(int[] rows, IntUnaryOperator... keys) {
    int[] now = rows;
    for (IntUnaryOperator key : keys) {
      int most = IntStream.of(now).map(key).max().orElse(0);
      int[] at = new int[most + 2];
      for (int i : now) {
        at[key.applyAsInt(i) + 1]++;
      }
      for (int k = 0; k < most; k++) {
        at[k + 1] += at[k];
      }
      int[] next = new int[now.length];
      for (int i : now) {
        next[at[key.applyAsInt(i)]++] = i;
      }
      now = next;
    }
    return now;
  }

  private List<Batch> batches(FitModel model, int[] edges) {
    List<Batch> out = new ArrayList<>();
    int from = 0;
    for (int i = 1; i <= size; i++) {
      boolean last =
          i == size
              || i - from == MOST
              || sweep[i] != sweep[from]
              || edges[row[i]] != edges[row[from]]
              || model.group(sweep[i], panel[i]) != model.group(sweep[from], panel[from]);
      if (last) {
        int group = model.group(sweep[from], panel[from]);
        out.add(new Batch(from, i, sweep[from], group, edges[row[from]]));
        from = i;
      }
    }
    return List.copyOf(out);
  }

  /** Which crossing it is, or 0 if there is none that is well defined. */
  private static int branch(
      SweepModel m, Scan scan, double position, int[] index, int i, int panel) {
    int h = index[3 * i];
    int k = index[3 * i + 1];
    int l = index[3 * i + 2];
    if (h == 0 && k == 0 && l == 0) {
      return 0;
    }
    double at = Math.toRadians(scan.phiAt(position));
    m.place(position);
    int branch = m.branch(h, k, l, at);
    m.predict(h, k, l, branch, panel, at);
    return m.zeta() >= GRAZING ? branch : 0;
  }

  private static SweepModel[] models(FitModel model, double[] parameters, int sweeps) {
    return IntStream.range(0, sweeps)
        .mapToObj(i -> model.sweep(i, parameters, false).orElseThrow())
        .toArray(SweepModel[]::new);
  }

  private static void requireKnown(int row, int id, int panel, List<Geometry> starts) {
    if (id >= starts.size()) {
      throw new IllegalArgumentException(
          "reflection " + row + " has the id " + id + ", there are " + starts.size() + " sweeps");
    }
    if (id < 0) {
      return;
    }
    int panels = starts.get(id).detector().panels().size();
    if (panel < 0 || panel >= panels) {
      throw new IllegalArgumentException(
          "reflection " + row + " is on panel " + panel + ", the detector has " + panels);
    }
    if (starts.get(id).scan().width() == 0) {
      throw new IllegalArgumentException(
          "sweep " + id + " does not turn; the fit needs rotation angles");
    }
  }

  private static boolean excluded(long flags) {
    return ReflectionFlag.OVERLOADED.isSet(flags)
        || ReflectionFlag.EXCLUDED_FOR_REFINEMENT.isSet(flags);
  }

  /** A spot in the first or last frame may go on beyond. */
  private static boolean cut(int[] boxes, int i, Scan scan) {
    return boxes != null
        && scan.frames() > 2
        && (boxes[6 * i + 4] <= scan.firstImage() - 1
            || boxes[6 * i + 5] >= scan.firstImage() - 1 + scan.frames());
  }

  /** Centroids in mm on the detectors as they are now, whose parallax depends on their place. */
  void place(List<Geometry> geometries) {
    PanelPlane[][] planes = new PanelPlane[geometries.size()][];
    for (int i = 0; i < planes.length; i++) {
      Detector d = geometries.get(i).detector();
      planes[i] = PanelPlane.of(d);
    }
    double[] xy = new double[2];
    for (int i = 0; i < size; i++) {
      xy[0] = px[2 * i];
      xy[1] = px[2 * i + 1];
      planes[sweep[i]][panel[i]].toMillimetres(xy);
      mm[2 * i] = xy[0];
      mm[2 * i + 1] = xy[1];
    }
  }
}
