package org.mdx.io.sim;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.function.ToDoubleFunction;
import java.util.function.ToLongFunction;
import org.mdx.geometry.Panel;
import org.mdx.io.dials.ColumnType;
import org.mdx.io.dials.ReflectionColumn;
import org.mdx.io.dials.ReflectionFlag;
import org.mdx.io.dials.ReflectionTable;
import org.mdx.math.Vec3;
import org.mdx.sim.bragg.BraggSweep;
import org.mdx.sim.bragg.TrueSpot;

/** The true spots of a sweep as a reflection table. */
final class TrueSpotTable {
  private final List<TrueSpot> spots;
  private final Map<String, ReflectionColumn> columns = new HashMap<>();

  private TrueSpotTable(List<TrueSpot> spots) {
    this.spots = spots;
  }

  static ReflectionTable of(BraggSweep sweep, List<String> identifiers) {
    TrueSpotTable t = new TrueSpotTable(sweep.spots());
    t.integers("miller_index", ColumnType.MILLER_INDEX, s -> new long[] {s.h(), s.k(), s.l()});
    t.integer("id", ColumnType.INT, TrueSpot::lattice);
    t.integer("panel", ColumnType.SIZE_T, TrueSpot::panel);
    t.integer("flags", ColumnType.SIZE_T, s -> ReflectionFlag.PREDICTED.mask());
    t.integer("entering", ColumnType.BOOL, s -> s.entering() ? 1 : 0);
    t.vectors("s1", TrueSpot::s1);
    t.vectors("xyzcal.px", s -> new Vec3(s.px(), s.py(), s.frame()));
    List<Panel> panels = sweep.trueGeometry().detector().panels();
    t.vectors("xyzcal.mm", s -> millimetres(panels.get(s.panel()), s));
    t.numbers("d", TrueSpot::d);
    t.numbers("zeta", TrueSpot::zeta);
    t.numbers("partiality", TrueSpot::partiality);
    t.numbers("background.mean", TrueSpot::background);
    t.numbers("intensity.sum.value", TrueSpot::recorded);
    t.numbers("intensity.sum.variance", TrueSpot::variance);
    t.numbers("truth.intensity", TrueSpot::intensity);
    t.numbers("truth.lorentz", TrueSpot::lorentz);
    t.numbers("truth.counts", TrueSpot::counts);
    t.vectors("truth.shape", s -> new Vec3(s.shape().xx(), s.shape().yy(), s.shape().zz()));
    t.numbers("truth.shape.xy", s -> s.shape().xy());
    Map<Long, String> ids = new HashMap<>();
    for (int i = 0; i < identifiers.size(); i++) {
      ids.put((long) i, identifiers.get(i));
    }
    return ReflectionTable.of(sweep.spots().size(), ids, t.columns);
  }

  /** Place on the panel, with the parallax taken off, and angle in radians. */
  private static Vec3 millimetres(Panel panel, TrueSpot s) {
    Vec3 x = panel.position(s.px(), s.py()).minus(panel.origin());
    return new Vec3(x.dot(panel.fast()), x.dot(panel.slow()), Math.toRadians(s.phi()));
  }

  private void integer(String name, ColumnType type, ToLongFunction<TrueSpot> value) {
    columns.put(name, ReflectionColumn.ofIntegers(type, spots.stream().mapToLong(value).toArray()));
  }

  private void integers(String name, ColumnType type, Function<TrueSpot, long[]> value) {
    columns.put(
        name,
        ReflectionColumn.ofIntegers(
            type, spots.stream().map(value).flatMapToLong(java.util.Arrays::stream).toArray()));
  }

  private void numbers(String name, ToDoubleFunction<TrueSpot> value) {
    columns.put(
        name,
        ReflectionColumn.ofDoubles(ColumnType.DOUBLE, spots.stream().mapToDouble(value).toArray()));
  }

  private void vectors(String name, Function<TrueSpot, Vec3> value) {
    double[] all = new double[3 * spots.size()];
    for (int i = 0; i < spots.size(); i++) {
      Vec3 v = value.apply(spots.get(i));
      all[3 * i] = v.x();
      all[3 * i + 1] = v.y();
      all[3 * i + 2] = v.z();
    }
    columns.put(name, ReflectionColumn.ofDoubles(ColumnType.VEC3, all));
  }
}
