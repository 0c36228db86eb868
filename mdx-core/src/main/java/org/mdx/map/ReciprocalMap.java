package org.mdx.map;

import java.util.Arrays;
import java.util.Locale;
import java.util.function.Consumer;
import org.mdx.table.Subdivision;

/**
 * Values on a box of the subdivided Miller-index grid: voxel (H, K, L) is centred on (H/ndiv.h,
 * K/ndiv.k, L/ndiv.l). NaN means that nothing was measured there. Immutable.
 */
public final class ReciprocalMap {
  /** The longest array that every JVM can allocate. */
  public static final int LONGEST = Integer.MAX_VALUE - 8;

  private final String name;
  private final Subdivision ndiv;
  private final VoxelBox box;
  private final float[] values;

  private ReciprocalMap(String name, Subdivision ndiv, VoxelBox box, float[] values) {
    this.name = name;
    this.ndiv = ndiv;
    this.box = box;
    this.values = values;
  }

  /**
   * A map.
   *
   * @param name what the values are, such as {@code intensity}
   * @param ndiv voxels per unit of each index
   * @param box the voxels
   * @param values in C order, (h, k, l) with l fastest; NaN where there is no data; copied
   * @return the map
   * @throws IllegalArgumentException if the number of values is not that of the voxels
   */
  public static ReciprocalMap of(String name, Subdivision ndiv, VoxelBox box, float... values) {
    return new ReciprocalMap(name, ndiv, box, checked(box, values.clone()));
  }

  /**
   * A map of which the values are made in their place, so that they are not held twice.
   *
   * @param name what the values are
   * @param ndiv voxels per unit of each index
   * @param box the voxels
   * @param values receives the array to fill, all NaN, in C order with l fastest; must not keep it
   * @return the map
   */
  public static ReciprocalMap filled(
      String name, Subdivision ndiv, VoxelBox box, Consumer<float[]> values) {
    float[] array = new float[(int) box.voxels()];
    Arrays.fill(array, Float.NaN);
    values.accept(array);
    return new ReciprocalMap(name, ndiv, box, checked(box, array));
  }

  private static float[] checked(VoxelBox box, float[] values) {
    if (values.length != box.voxels()) {
      throw new IllegalArgumentException(
          values.length + " values for a map of " + box.nh() + " x " + box.nk() + " x " + box.nl());
    }
    return values;
  }

  /**
   * What the values are.
   *
   * @return name of the table's column, such as {@code intensity}
   */
  public String name() {
    return name;
  }

  /**
   * The subdivision.
   *
   * @return voxels per unit of each index
   */
  public Subdivision ndiv() {
    return ndiv;
  }

  /**
   * The voxels of the map: its origin and shape.
   *
   * @return the box
   */
  public VoxelBox box() {
    return box;
  }

  /**
   * Number of voxels.
   *
   * @return nh·nk·nl
   */
  public int size() {
    return values.length;
  }

  /**
   * Number of voxels that hold data.
   *
   * @return how many values are not NaN
   */
  public int filled() {
    int n = 0;
    for (float v : values) {
      if (v == v) {
        n++;
      }
    }
    return n;
  }

  /**
   * The value of a voxel.
   *
   * @param h H = h·ndiv.h
   * @param k K = k·ndiv.k
   * @param l L = l·ndiv.l
   * @return its value; NaN without data and outside of the map
   */
  public float value(int h, int k, int l) {
    return box.contains(h, k, l) ? values[(int) box.index(h, k, l)] : Float.NaN;
  }

  /**
   * The values in C order, (h, k, l) with l fastest.
   *
   * @return a new array
   */
  public float[] toArray() {
    return values.clone();
  }

  /**
   * Copies a run of values in C order.
   *
   * @param from place of the first, 0 to size − 1
   * @param target where to
   * @param at place in the target
   * @param count how many
   * @throws IndexOutOfBoundsException if either range is outside of its array
   */
  public void copyInto(int from, float[] target, int at, int count) {
    System.arraycopy(values, from, target, at, count);
  }

  /**
   * The coordinates of the voxels along an axis.
   *
   * @param axis which
   * @return h, k or l of the centres, rising
   */
  public double[] coordinates(Axis axis) {
    double[] x = new double[length(axis)];
    for (int i = 0; i < x.length; i++) {
      x[i] = (double) (origin(axis) + i) / divisions(axis);
    }
    return x;
  }

  /**
   * The coordinates of the voxels along an axis.
   *
   * @param axis {@code 'h'}, {@code 'k'} or {@code 'l'}
   * @return h, k or l of the centres, rising
   * @throws IllegalArgumentException if it is another letter
   */
  public double[] coordinates(char axis) {
    return coordinates(Axis.of(axis));
  }

  /**
   * Number of voxels along an axis.
   *
   * @param axis which
   * @return 1 or more
   */
  public int length(Axis axis) {
    return switch (axis) {
      case H -> box.nh();
      case K -> box.nk();
      case L -> box.nl();
    };
  }

  /**
   * Index of the first voxel along an axis.
   *
   * @param axis which
   * @return H, K or L
   */
  public int origin(Axis axis) {
    return switch (axis) {
      case H -> box.h0();
      case K -> box.k0();
      case L -> box.l0();
    };
  }

  /**
   * Lowest coordinate along an axis.
   *
   * @param axis which
   * @return h, k or l of the first voxel's centre
   */
  public double min(Axis axis) {
    return (double) origin(axis) / divisions(axis);
  }

  /**
   * Highest coordinate along an axis.
   *
   * @param axis which
   * @return h, k or l of the last voxel's centre
   */
  public double max(Axis axis) {
    return ((double) origin(axis) + length(axis) - 1) / divisions(axis);
  }

  /**
   * What the map covers.
   *
   * @return such as {@code h 0 to 10, k 0 to 10, l 0 to 0}
   */
  public String ranges() {
    return String.format(
        Locale.ROOT,
        "h %.4g to %.4g, k %.4g to %.4g, l %.4g to %.4g",
        min(Axis.H),
        max(Axis.H),
        min(Axis.K),
        max(Axis.K),
        min(Axis.L),
        max(Axis.L));
  }

  private int divisions(Axis axis) {
    return switch (axis) {
      case H -> ndiv.h();
      case K -> ndiv.k();
      case L -> ndiv.l();
    };
  }

  /**
   * The plane of this map that is nearest to a coordinate, as a map one voxel thick; its own
   * coordinate is the {@link #min} of the new map along the axis.
   *
   * @param axis the axis across the plane
   * @param coordinate h, k or l of the plane; the voxel is rint(coordinate·ndiv)
   * @return a new map of length 1 along {@code axis}
   * @throws IllegalArgumentException if the plane is outside of this map
   */
  public ReciprocalMap slice(Axis axis, double coordinate) {
    double index = Math.rint(coordinate * divisions(axis));
    if (!(index >= origin(axis) && index <= (double) origin(axis) + length(axis) - 1)) {
      throw new IllegalArgumentException(
          String.format(
              Locale.ROOT,
              "no plane %s = %s: the map has %s from %s to %s",
              axis.name().toLowerCase(Locale.ROOT),
              coordinate,
              axis.name().toLowerCase(Locale.ROOT),
              min(axis),
              max(axis)));
    }
    int at = (int) index;
    VoxelBox plane =
        switch (axis) {
          case H -> new VoxelBox(at, box.k0(), box.l0(), 1, box.nk(), box.nl());
          case K -> new VoxelBox(box.h0(), at, box.l0(), box.nh(), 1, box.nl());
          case L -> new VoxelBox(box.h0(), box.k0(), at, box.nh(), box.nk(), 1);
        };
    return cut(plane);
  }

  /**
   * The plane of this map at one coordinate, as a map one voxel thick.
   *
   * @param axis the axis across the plane: {@code 'h'}, {@code 'k'} or {@code 'l'}
   * @param coordinate h, k or l of the plane; the voxel is rint(coordinate·ndiv)
   * @return a new map of length 1 along that axis
   * @throws IllegalArgumentException if it is another letter, or the plane is outside of this map
   */
  public ReciprocalMap slice(char axis, double coordinate) {
    return slice(Axis.of(axis), coordinate);
  }

  /** A box that lies inside of this map. */
  private ReciprocalMap cut(VoxelBox part) {
    float[] out = new float[(int) part.voxels()];
    int to = 0;
    for (int i = 0; i < part.nh(); i++) {
      for (int j = 0; j < part.nk(); j++) {
        int from = (int) box.index(part.h0() + i, part.k0() + j, part.l0());
        System.arraycopy(values, from, out, to, part.nl());
        to += part.nl();
      }
    }
    return new ReciprocalMap(name, ndiv, part, out);
  }

  @Override
  public boolean equals(Object o) {
    return o instanceof ReciprocalMap m
        && name.equals(m.name)
        && ndiv.equals(m.ndiv)
        && box.equals(m.box)
        && Arrays.equals(values, m.values);
  }

  @Override
  public int hashCode() {
    return 31 * box.hashCode() + Arrays.hashCode(values);
  }

  @Override
  public String toString() {
    return String.format(
        Locale.ROOT,
        "ReciprocalMap[%s, %d x %d x %d voxels, %s, ndiv %s, %d with data]",
        name,
        box.nh(),
        box.nk(),
        box.nl(),
        ranges(),
        ndiv,
        filled());
  }
}
