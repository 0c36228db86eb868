package org.mdx.figures;

import java.util.Locale;
import java.util.Objects;
import org.mdx.crystal.UnitCell;
import org.mdx.figures.axes.PlaneGeometry;
import org.mdx.map.Axis;
import org.mdx.map.ReciprocalMap;

/**
 * A plane of reciprocal space in the crystal's own geometry: each voxel has one colour, what was
 * not measured is grey, and the picture ends where the data do. Immutable.
 */
public final class Plane implements Raster {
  private final String title;
  private final ReciprocalMap map;
  private final Axis normal;
  private final PlaneGeometry geometry;
  private final Colours colours;
  private final ColourScale scale;
  private final double[] bounds;

  private Plane(
      String title,
      ReciprocalMap map,
      Axis normal,
      PlaneGeometry geometry,
      Colours colours,
      double[] bounds) {
    this.title = Objects.requireNonNull(title, "title");
    this.map = map;
    this.normal = normal;
    this.geometry = geometry;
    this.colours = Objects.requireNonNull(colours, "colours");
    this.bounds = bounds;
    scale = colours.range().scale(map.toArray());
  }

  /**
   * A plane.
   *
   * @param title above it
   * @param plane a map one voxel thick along {@code normal}
   * @param normal the index that is constant
   * @param cell the crystal's unit cell
   * @param colours of the values
   * @return the panel
   * @throws IllegalArgumentException if the map is thicker
   */
  public static Plane of(
      String title, ReciprocalMap plane, Axis normal, UnitCell cell, Colours colours) {
    if (plane.length(normal) != 1) {
      throw new IllegalArgumentException(
          "the map is "
              + plane.length(normal)
              + " voxels thick along "
              + normal
              + ", a picture shows one; take a slice first");
    }
    PlaneGeometry geometry = PlaneGeometry.of(normal, cell);
    return new Plane(title, plane, normal, geometry, colours, geometry.bounds(plane));
  }

  @Override
  public Plane coloured(Colours other) {
    return new Plane(title, map, normal, geometry, other, bounds);
  }

  /**
   * The same cut to a range of the two indices.
   *
   * @param u1 lower limit of the index to the right
   * @param u2 upper limit
   * @param v1 lower limit of the index upwards
   * @param v2 upper limit
   * @return another panel
   * @throws IllegalArgumentException if the limits do not rise
   */
  public Plane limits(double u1, double u2, double v1, double v2) {
    if (!(u1 < u2 && v1 < v2)) {
      throw new IllegalArgumentException(
          "limits " + u1 + " to " + u2 + " and " + v1 + " to " + v2 + ", must rise");
    }
    double slant1 = Math.min(geometry.x(0, v1), geometry.x(0, v2));
    double slant2 = Math.max(geometry.x(0, v1), geometry.x(0, v2));
    double[] box = {
      geometry.x(u1, 0) + slant1, geometry.x(u2, 0) + slant2, geometry.y(v1), geometry.y(v2)
    };
    return new Plane(title, map, normal, geometry, colours, box);
  }

  @Override
  public String title() {
    return title;
  }

  /**
   * How indices lie on paper.
   *
   * @return the geometry; lengths in 1/Å
   */
  public PlaneGeometry geometry() {
    return geometry;
  }

  /**
   * The value of a voxel.
   *
   * @param u number of the voxel along the index to the right, its index times the subdivision
   * @param v number of the voxel along the index upwards
   * @return NaN outside of the map or where nothing was measured
   */
  public float value(int u, int v) {
    return switch (normal) {
      case H -> map.value(map.box().h0(), u, v);
      case K -> map.value(u, map.box().k0(), v);
      case L -> map.value(u, v, map.box().l0());
    };
  }

  @Override
  public double[] bounds() {
    return bounds.clone();
  }

  @Override
  public boolean hasEqualUnits() {
    return true;
  }

  @Override
  public int rgb(double x, double y) {
    int u = (int) Math.rint(geometry.u(x, y) * PlaneGeometry.divisions(map, geometry.across()));
    int v = (int) Math.rint(geometry.v(y) * PlaneGeometry.divisions(map, geometry.up()));
    return colours.map().rgb(scale.fraction(value(u, v)));
  }

  @Override
  public Colours colours() {
    return colours;
  }

  @Override
  public ColourScale scale() {
    return scale;
  }

  @Override
  public long values() {
    return map.filled();
  }

  @Override
  public String[] csvHeader() {
    return new String[] {"h", "k", "l", colours.label()};
  }

  @Override
  public void csvRows(CsvRows rows) {
    double[] h = map.coordinates(Axis.H);
    double[] k = map.coordinates(Axis.K);
    double[] l = map.coordinates(Axis.L);
    float[] values = map.toArray();
    int n = 0;
    for (double ih : h) {
      for (double ik : k) {
        for (double il : l) {
          float value = values[n++];
          if (!Float.isNaN(value) && isInside(ih, ik, il)) {
            rows.row(ih, ik, il, value);
          }
        }
      }
    }
  }

  private boolean isInside(double h, double k, double l) {
    double u = normal == Axis.H ? k : h;
    double v = normal == Axis.L ? k : l;
    double x = geometry.x(u, v);
    double y = geometry.y(v);
    double slack = 1e-9;
    return x >= bounds[0] - slack
        && x <= bounds[1] + slack
        && y >= bounds[2] - slack
        && y <= bounds[3] + slack;
  }

  static String name(Axis axis) {
    return axis.name().toLowerCase(Locale.ROOT);
  }

  /** The title and the map. */
  @Override
  public String toString() {
    return "Plane[" + title + ", " + map + "]";
  }
}
