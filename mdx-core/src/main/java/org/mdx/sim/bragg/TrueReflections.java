package org.mdx.sim.bragg;

import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.function.ToDoubleFunction;
import org.mdx.geometry.Geometry;
import org.mdx.geometry.Panel;
import org.mdx.math.Vec3;
import org.mdx.reflection.ReflectionFlag;
import org.mdx.reflection.ReflectionKey;
import org.mdx.reflection.ReflectionKeys;
import org.mdx.reflection.Reflections;

/** True spots as a table. */
final class TrueReflections {
  private final List<TrueSpot> spots;
  private final Reflections.Builder table;

  private TrueReflections(List<TrueSpot> spots) {
    this.spots = spots;
    this.table = Reflections.builder(spots.size());
  }

  static Reflections of(List<TrueSpot> spots, Geometry geometry, Map<Integer, String> identifiers) {
    TrueReflections t = new TrueReflections(spots);
    List<Panel> panels = geometry.detector().panels();
    double first = geometry.scan().firstImage() - 1.0;
    t.integers();
    t.vectors(ReflectionKeys.S1, TrueSpot::s1);
    t.vectors(ReflectionKeys.XYZCAL_PX, s -> new Vec3(s.px(), s.py(), s.frame() + first));
    t.vectors(ReflectionKeys.XYZCAL_MM, s -> millimetres(panels.get(s.panel()), s));
    t.vectors(TruthKeys.SHAPE, s -> new Vec3(s.shape().xx(), s.shape().yy(), s.shape().zz()));
    t.numbers(TruthKeys.SHAPE_XY, s -> s.shape().xy());
    t.numbers(ReflectionKeys.D, TrueSpot::d);
    t.numbers(ReflectionKeys.ZETA, TrueSpot::zeta);
    t.numbers(ReflectionKeys.PARTIALITY, TrueSpot::partiality);
    t.numbers(ReflectionKeys.BACKGROUND_MEAN, TrueSpot::background);
    t.numbers(ReflectionKeys.INTENSITY_SUM, TrueSpot::recorded);
    t.numbers(ReflectionKeys.INTENSITY_SUM_VARIANCE, TrueSpot::variance);
    t.numbers(TruthKeys.INTENSITY, TrueSpot::intensity);
    t.numbers(TruthKeys.LORENTZ, TrueSpot::lorentz);
    t.numbers(TruthKeys.COUNTS, TrueSpot::counts);
    return t.table.identifiers(identifiers).build();
  }

  private void integers() {
    int n = spots.size();
    int[] hkl = new int[3 * n];
    int[] id = new int[n];
    int[] panel = new int[n];
    long[] flags = new long[n];
    boolean[] entering = new boolean[n];
    for (int i = 0; i < n; i++) {
      TrueSpot s = spots.get(i);
      hkl[3 * i] = s.h();
      hkl[3 * i + 1] = s.k();
      hkl[3 * i + 2] = s.l();
      id[i] = s.lattice();
      panel[i] = s.panel();
      flags[i] = ReflectionFlag.PREDICTED.mask();
      entering[i] = s.entering();
    }
    table
        .set(ReflectionKeys.MILLER_INDEX, hkl)
        .set(ReflectionKeys.ID, id)
        .set(ReflectionKeys.PANEL, panel)
        .set(ReflectionKeys.FLAGS, flags)
        .set(ReflectionKeys.ENTERING, entering);
  }

  /** Place on the panel, with the parallax taken off, and angle in radians. */
  private static Vec3 millimetres(Panel panel, TrueSpot s) {
    Vec3 x = panel.position(s.px(), s.py()).minus(panel.origin());
    return new Vec3(x.dot(panel.fast()), x.dot(panel.slow()), Math.toRadians(s.phi()));
  }

  private void numbers(ReflectionKey<double[]> key, ToDoubleFunction<TrueSpot> value) {
    table.set(key, spots.stream().mapToDouble(value).toArray());
  }

  private void vectors(ReflectionKey<double[]> key, Function<TrueSpot, Vec3> value) {
    double[] all = new double[3 * spots.size()];
    for (int i = 0; i < spots.size(); i++) {
      Vec3 v = value.apply(spots.get(i));
      all[3 * i] = v.x();
      all[3 * i + 1] = v.y();
      all[3 * i + 2] = v.z();
    }
    table.set(key, all);
  }
}
