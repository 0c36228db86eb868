package org.mdx.figures.report;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.mdx.crystal.Crystal;
import org.mdx.crystal.LaueGroup;
import org.mdx.expand.MapOptions;
import org.mdx.expand.Mapper;
import org.mdx.figures.Figure;
import org.mdx.figures.Quantity;
import org.mdx.figures.gallery.MapFigures;
import org.mdx.map.Axis;
import org.mdx.map.ReciprocalMap;
import org.mdx.parallel.Parallel;
import org.mdx.pipeline.MapReach;
import org.mdx.stats.ShellOptions;
import org.mdx.stats.ShellStatistics;
import org.mdx.table.ColumnNames;
import org.mdx.table.HKLTable;

/**
 * The planes l, k and h = 0 and ½ of a table, of which those that symmetry makes alike are drawn
 * once: with and without the isotropic average.
 */
final class DistinctPlanes {
  private static final double[] COORDINATES = {0, 0.5};

  private DistinctPlanes() {}

  static List<Figure> of(HKLTable merged, Crystal crystal, Parallel parallel) {
    ShellStatistics statistics = ShellStatistics.of(crystal.cell()).parallel(parallel);
    HKLTable table = statistics.withAnisotropic(merged, ShellOptions.defaults());
    MapReach reach = MapReach.of(merged, crystal.cell());
    LaueGroup laue = crystal.spaceGroup().laueGroup();
    Set<Set<String>> seen = new HashSet<>();
    List<Figure> figures = new ArrayList<>();
    for (Axis axis : new Axis[] {Axis.L, Axis.K, Axis.H}) {
      for (double at : COORDINATES) {
        double drawn = onGrid(at, axis, merged);
        boolean isNew = seen.add(signature(axis, drawn > 0 ? 1 : 0, laue));
        if (isNew && (at == 0 || drawn != 0) && drawn <= reach(reach, axis)) {
          figures.add(pair(table, axis, drawn, reach, crystal, parallel));
        }
      }
    }
    return figures;
  }

  private static double reach(MapReach reach, Axis axis) {
    return switch (axis) {
      case H -> reach.h();
      case K -> reach.k();
      case L -> reach.l();
    };
  }

  private static double onGrid(double at, Axis axis, HKLTable table) {
    int n =
        switch (axis) {
          case H -> table.ndiv().h();
          case K -> table.ndiv().k();
          case L -> table.ndiv().l();
        };
    return (double) Math.round(at * n) / n;
  }

  /** Representatives of {−1, 0, 1}² on the plane, doubled; ½ stands for any fraction. */
  private static Set<String> signature(Axis axis, int halves, LaueGroup laue) {
    Set<String> points = new TreeSet<>();
    for (int u = -2; u <= 2; u += 2) {
      for (int v = -2; v <= 2; v += 2) {
        int[] p =
            switch (axis) {
              case H -> new int[] {halves, u, v};
              case K -> new int[] {u, halves, v};
              case L -> new int[] {u, v, halves};
            };
        points.add(representative(p, laue));
      }
    }
    return points;
  }

  private static String representative(int[] p, LaueGroup laue) {
    String most = "";
    for (int n = 0; n < laue.order(); n++) {
      int[] r = laue.operator(n);
      int[] q = new int[3];
      for (int j = 0; j < 3; j++) {
        q[j] = p[0] * r[j] + p[1] * r[3 + j] + p[2] * r[6 + j] + 50;
      }
      String image = Arrays.toString(q);
      most = image.compareTo(most) > 0 ? image : most;
    }
    return most;
  }

  private static Figure pair(
      HKLTable table, Axis axis, double at, MapReach reach, Crystal crystal, Parallel parallel) {
    ReciprocalMap whole = map(table, axis, at, reach, crystal, ColumnNames.INTENSITY, parallel);
    ReciprocalMap rest = map(table, axis, at, reach, crystal, "intensity_anisotropic", parallel);
    String plane = MapFigures.name(axis, at, table.ndiv());
    return Figure.of(
            "Plane " + plane,
            MapFigures.panel(whole, axis, crystal.cell(), Quantity.INTENSITY),
            MapFigures.panel(rest, axis, crystal.cell(), Quantity.SIGNED))
        .note(
            whole.filled()
                + " voxels; left: intensity, 0 to its 98th percentile; right: without the isotropic"
                + " average, ± the 98th percentile; grey: not measured");
  }

  private static ReciprocalMap map(
      HKLTable table,
      Axis axis,
      double at,
      MapReach reach,
      Crystal crystal,
      String column,
      Parallel parallel) {
    double[] low = {-reach.h(), -reach.k(), -reach.l()};
    double[] high = {reach.h(), reach.k(), reach.l()};
    int n = axis == Axis.H ? 0 : axis == Axis.K ? 1 : 2;
    low[n] = at;
    high[n] = at;
    MapOptions options =
        MapOptions.defaults()
            .limits(low[0], high[0], low[1], high[1], low[2], high[2])
            .signal(column);
    return Mapper.of(options).map(table, crystal.spaceGroup().laueGroup(), parallel);
  }
}
