package org.mdx.prediction;

import it.unimi.dsi.fastutil.doubles.DoubleArrayList;
import it.unimi.dsi.fastutil.ints.IntArrayList;
import java.util.Arrays;
import org.mdx.crystal.SpaceGroup;
import org.mdx.geometry.Beam;
import org.mdx.geometry.Geometry;
import org.mdx.geometry.PanelPlane;
import org.mdx.geometry.Scan;
import org.mdx.math.Vec3;
import org.mdx.reflection.ReflectionFlag;
import org.mdx.reflection.ReflectionKey;
import org.mdx.reflection.ReflectionKeys;
import org.mdx.reflection.Reflections;

/** Collects predicted reflections that meet the detector. */
final class PredictedRows {
  private final Scan scan;
  private final SpaceGroup group;
  private final PanelPlane[] planes;
  private final double[] xy = new double[3];

  private final IntArrayList indices = new IntArrayList();
  private final IntArrayList panels = new IntArrayList();
  private final IntArrayList entering = new IntArrayList();
  private final DoubleArrayList s1 = new DoubleArrayList();
  private final DoubleArrayList px = new DoubleArrayList();
  private final DoubleArrayList mm = new DoubleArrayList();
  private final DoubleArrayList d = new DoubleArrayList();
  private final Beam beam;

  PredictedRows(Geometry geometry) {
    scan = geometry.scan();
    group = geometry.crystal().orElseThrow().spaceGroup();
    planes = PanelPlane.of(geometry.detector());
    beam = geometry.beam();
  }

  void add(int h, int k, int l, DiffractedRay ray) {
    Vec3 s = ray.s1();
    int panel = PanelPlane.nearest(planes, s.x(), s.y(), s.z(), xy);
    if (panel < 0 || planes[panel].outside(xy[0], xy[1]) > 0 || group.isAbsent(h, k, l)) {
      return;
    }
    indices.add(h);
    indices.add(k);
    indices.add(l);
    panels.add(panel);
    entering.add(ray.entering() ? 1 : 0);
    s1.add(s.x());
    s1.add(s.y());
    s1.add(s.z());
    px.add(xy[0]);
    px.add(xy[1]);
    px.add(frame(scan, ray.phi()));
    planes[panel].intersect(s.x(), s.y(), s.z(), xy);
    mm.add(xy[0]);
    mm.add(xy[1]);
    mm.add(Math.toRadians(ray.phi()));
    d.add(1 / s.minus(beam.s0(scan.position(ray.phi()))).norm());
  }

  /** z of an angle: the image number − 1 at the beginning of an image. */
  private static double frame(Scan scan, double phi) {
    return scan.firstImage() - 1 + scan.position(phi);
  }

  Reflections reflections() {
    int n = panels.size();
    boolean[] enter = new boolean[n];
    for (int i = 0; i < n; i++) {
      enter[i] = entering.getInt(i) != 0;
    }
    long[] flags = new long[n];
    Arrays.fill(flags, ReflectionFlag.PREDICTED.mask());
    return Reflections.builder(n)
        .set(ReflectionKeys.MILLER_INDEX, indices.toIntArray())
        .set(ReflectionKeys.ID, new int[n])
        .set(ReflectionKeys.PANEL, panels.toIntArray())
        .set(ReflectionKeys.S1, s1.toDoubleArray())
        .set(ReflectionKeys.ENTERING, enter)
        .set(ReflectionKeys.XYZCAL_PX, px.toDoubleArray())
        .set(ReflectionKeys.XYZCAL_MM, mm.toDoubleArray())
        .set(ReflectionKeys.D, d.toDoubleArray())
        .set(ReflectionKeys.FLAGS, flags)
        .build();
  }

  /**
   * The prediction nearest to each observed angle, on the panel of the observation if it has one.
   */
  static Reflections fill(Prediction prediction, Reflections indexed) {
    Scan scan = prediction.geometry().scan();
    PanelPlane[] planes = PanelPlane.of(prediction.geometry().detector());
    int n = indexed.size();
    int[] index = indexed.get(ReflectionKeys.MILLER_INDEX);
    int[] panels = indexed.has(ReflectionKeys.PANEL) ? indexed.get(ReflectionKeys.PANEL) : null;
    double[] observed = indexed.get(ReflectionKeys.XYZOBS_PX);
    double[] rays = doubles(indexed, ReflectionKeys.S1);
    double[] px = new double[3 * n];
    double[] mm = new double[3 * n];
    boolean[] enter = new boolean[n];
    long[] flags =
        indexed.has(ReflectionKeys.FLAGS) ? indexed.get(ReflectionKeys.FLAGS) : new long[n];
    double[] xy = new double[3];
    for (int i = 0; i < n; i++) {
      int h = index[3 * i];
      int k = index[3 * i + 1];
      int l = index[3 * i + 2];
      flags[i] &= ~ReflectionFlag.PREDICTED.mask();
      double phi = scan.phiAt(observed[3 * i + 2] - scan.firstImage() + 1);
      DiffractedRay ray =
          h == 0 && k == 0 && l == 0 ? null : prediction.nearest(h, k, l, phi).orElse(null);
      if (ray == null) {
        continue;
      }
      Vec3 s = ray.s1();
      int panel = panels != null ? panels[i] : PanelPlane.nearest(planes, s.x(), s.y(), s.z(), xy);
      if (panel < 0 || !planes[panel].intersect(s.x(), s.y(), s.z(), xy)) {
        continue;
      }
      flags[i] |= ReflectionFlag.PREDICTED.mask();
      enter[i] = ray.entering();
      set(rays, i, s.x(), s.y(), s.z());
      set(mm, i, xy[0], xy[1], Math.toRadians(ray.phi()));
      planes[panel].toPixels(xy);
      set(px, i, xy[0], xy[1], frame(scan, ray.phi()));
    }
    return indexed
        .with(ReflectionKeys.XYZCAL_PX, px)
        .with(ReflectionKeys.XYZCAL_MM, mm)
        .with(ReflectionKeys.S1, rays)
        .with(ReflectionKeys.ENTERING, enter)
        .with(ReflectionKeys.FLAGS, flags);
  }

  private static double[] doubles(Reflections r, ReflectionKey<double[]> key) {
    return r.has(key) ? r.get(key) : new double[3 * r.size()];
  }

  private static void set(double[] vectors, int row, double x, double y, double z) {
    vectors[3 * row] = x;
    vectors[3 * row + 1] = y;
    vectors[3 * row + 2] = z;
  }
}
