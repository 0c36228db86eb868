package org.mdx.figures.gallery;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.mdx.crystal.UnitCell;
import org.mdx.figures.ColourRange;
import org.mdx.figures.ColourScale;
import org.mdx.figures.Colours;
import org.mdx.figures.Figure;
import org.mdx.figures.Heat;
import org.mdx.figures.Plane;
import org.mdx.figures.Quantity;
import org.mdx.figures.axes.ChartAxis;
import org.mdx.map.Axis;
import org.mdx.map.ReciprocalMap;
import org.mdx.table.Subdivision;

/** Planes of maps. The title names the plane that is drawn, not the one that was asked for. */
public final class MapFigures {
  private MapFigures() {}

  /**
   * The plane of a map that is nearest to a coordinate.
   *
   * @param map any map
   * @param normal the index that is constant
   * @param coordinate its value
   * @param cell the crystal's unit cell
   * @param kind of the map's values; null to guess from them
   * @return the figure
   * @throws IllegalArgumentException if the coordinate is outside of the map
   */
  public static Figure plane(
      ReciprocalMap map, Axis normal, double coordinate, UnitCell cell, Quantity kind) {
    return figure(panel(map.slice(normal, coordinate), normal, cell, kind), map.name());
  }

  /**
   * A map that is one voxel thick.
   *
   * @param map one voxel thick along {@code normal}
   * @param normal the index that is constant
   * @param cell the crystal's unit cell
   * @param kind of the map's values; null to guess from them
   * @return the figure
   * @throws IllegalArgumentException if the map is thicker
   */
  public static Figure plane(ReciprocalMap map, Axis normal, UnitCell cell, Quantity kind) {
    return figure(panel(map, normal, cell, kind), map.name());
  }

  /**
   * The plane of a map that is nearest to l = 0, or the only plane that it has, over its indices:
   * without a cell nothing is known of the angle between them.
   *
   * @param map any map
   * @return the figure
   */
  public static Figure byIndex(ReciprocalMap map) {
    Axis normal = Axis.L;
    for (Axis axis : Axis.values()) {
      normal = map.length(axis) == 1 ? axis : normal;
    }
    ReciprocalMap plane =
        map.slice(normal, Math.max(map.min(normal), Math.min(0, map.max(normal))));
    Axis across = normal == Axis.H ? Axis.K : Axis.H;
    Axis up = normal == Axis.L ? Axis.K : Axis.L;
    int nx = plane.length(across);
    float[] values = new float[nx * plane.length(up)];
    for (int j = 0; j < plane.length(up); j++) {
      for (int i = 0; i < nx; i++) {
        int[] at = {plane.origin(Axis.H), plane.origin(Axis.K), plane.origin(Axis.L)};
        at[across.ordinal()] += i;
        at[up.ordinal()] += j;
        values[i + j * nx] = plane.value(at[0], at[1], at[2]);
      }
    }
    Heat heat =
        Heat.of(
            name(normal, plane.min(normal), plane.ndiv()),
            cells(plane, across),
            cells(plane, up),
            values,
            Colours.of(map.name(), "", Quantity.guess(values)));
    return Figure.of(map.name().replace('_', ' '), heat)
        .note(heat.values() + " voxels over their indices; grey: not measured");
  }

  private static Heat.Cells cells(ReciprocalMap plane, Axis axis) {
    return Heat.Cells.around(
        ChartAxis.of(axis.name().toLowerCase(Locale.ROOT), ""), plane.coordinates(axis));
  }

  private static Figure figure(Plane plane, String name) {
    return Figure.of(name.replace('_', ' '), plane)
        .note(plane.values() + " voxels; grey: not measured");
  }

  /**
   * The panel of a plane.
   *
   * @param map one voxel thick along {@code normal}
   * @param normal the index that is constant
   * @param cell the crystal's unit cell
   * @param kind of the map's values; null to guess from them
   * @return the panel, titled with index and coordinate
   * @throws IllegalArgumentException if the map is thicker
   */
  public static Plane panel(ReciprocalMap map, Axis normal, UnitCell cell, Quantity kind) {
    Quantity q = kind == null ? Quantity.guess(map.toArray()) : kind;
    String title = name(normal, map.min(normal), map.ndiv());
    return Plane.of(title, map, normal, cell, Colours.of(map.name(), "", q));
  }

  /**
   * Index and coordinate as a title has them.
   *
   * @param normal the index
   * @param coordinate a multiple of one over the subdivision
   * @param ndiv subdivision of the map
   * @return such as {@code l = 2/3} or {@code h = -1/2}
   */
  public static String name(Axis normal, double coordinate, Subdivision ndiv) {
    int n =
        switch (normal) {
          case H -> ndiv.h();
          case K -> ndiv.k();
          case L -> ndiv.l();
        };
    long steps = Math.round(coordinate * n);
    long divisor = gcd(Math.abs(steps), n);
    String text = steps / divisor + (n / divisor == 1 ? "" : "/" + n / divisor);
    return normal.name().toLowerCase(Locale.ROOT) + " = " + text;
  }

  private static long gcd(long a, long b) {
    return b == 0 ? a : gcd(b, a % b);
  }

  /**
   * Two maps and their difference voxel by voxel, all on one scale about 0 if they have a sign.
   *
   * @param first a map
   * @param second another with the same subdivision
   * @param normal the index that is constant
   * @param coordinate its value
   * @param cell the crystal's unit cell
   * @return three panels: first, second, second − first where both have a value
   * @throws IllegalArgumentException if their subdivisions differ or they have no voxel in common
   */
  public static Figure difference(
      ReciprocalMap first, ReciprocalMap second, Axis normal, double coordinate, UnitCell cell) {
    ReciprocalMap a = first.slice(normal, coordinate);
    ReciprocalMap b = second.slice(normal, coordinate);
    if (Math.abs(a.min(normal) - b.min(normal)) > 1e-9) {
      throw new IllegalArgumentException(
          "the maps have no plane in common near "
              + normal
              + " = "
              + coordinate
              + ": the nearest are "
              + a.min(normal)
              + " and "
              + b.min(normal));
    }
    ReciprocalMap c = MapDifference.of(a, b);
    Quantity kind = Quantity.guess(a.toArray());
    Colours signed = Colours.of(a.name(), "", Quantity.SIGNED);
    ColourScale widest = kind.range().scale(joined(a, b));
    double most = Math.max(Math.abs(widest.min()), Math.abs(widest.max()));
    Colours shared = signed.range(ColourRange.of(-most, most));
    List<Plane> panels = new ArrayList<>();
    String plane = name(normal, a.min(normal), a.ndiv());
    panels.add(Plane.of("first, " + plane, a, normal, cell, shared));
    panels.add(Plane.of("second, " + plane, b, normal, cell, shared));
    panels.add(Plane.of("second − first, " + plane, c, normal, cell, shared));
    return Figure.of("Difference of " + a.name().replace('_', ' '), panels)
        .note(c.filled() + " voxels are in both maps; one range of colours for all panels");
  }

  private static float[] joined(ReciprocalMap a, ReciprocalMap b) {
    float[] all = new float[a.size() + b.size()];
    a.copyInto(0, all, 0, a.size());
    b.copyInto(0, all, a.size(), b.size());
    return all;
  }
}
