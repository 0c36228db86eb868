package org.mdx.mask;

import it.unimi.dsi.fastutil.doubles.DoubleArrayList;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.mdx.crystal.SpaceGroup;
import org.mdx.crystal.SymmetryOperator;
import org.mdx.crystal.UnitCell;
import org.mdx.math.Mat3;
import org.mdx.math.Vec3;

/** The rings of a powder: one for each reflection of a crystal that symmetry allows. */
public final class PowderRings {
  /** Reflections that are counted at the most. */
  private static final double MOST = 1e8;

  /** Lengths that symmetry makes equal agree within this fraction. */
  private static final double TOLERANCE = 0.01;

  private static final int[][] PROBES = {
    {1, 0, 0}, {0, 1, 0}, {0, 0, 1}, {1, 1, 0}, {1, 0, 1}, {0, 1, 1}
  };

  private final String name;
  private final UnitCell cell;
  private final SpaceGroup group;
  private final double width;
  private final double dMin;

  private PowderRings(String name, UnitCell cell, SpaceGroup group, double width, double dMin) {
    if (!(width > 0 && Double.isFinite(width))) {
      throw new IllegalArgumentException("width " + width + " Å⁻² of a ring, must be above 0");
    }
    if (!(dMin >= 0 && Double.isFinite(dMin))) {
      throw new IllegalArgumentException(
          "high-resolution limit " + dMin + " Å of rings, must be above 0");
    }
    requireFit(cell, group);
    this.name = name;
    this.cell = cell;
    this.group = group;
    this.width = width;
    this.dMin = dMin;
  }

  /**
   * Rings 0.002 Å⁻² wide, as DIALS has them, at every resolution.
   *
   * @param name of the powder
   * @param cell of its crystals
   * @param group their space group
   * @return the rings
   * @throws IllegalArgumentException if the cell does not have the symmetry of the group
   */
  public static PowderRings of(String name, UnitCell cell, SpaceGroup group) {
    return new PowderRings(name, cell, group, 0.002, 0);
  }

  /**
   * Rings of another width.
   *
   * @param value in Å⁻², above 0
   * @return new rings
   * @throws IllegalArgumentException if it is not above 0
   */
  public PowderRings width(double value) {
    return new PowderRings(name, cell, group, value, dMin);
  }

  /**
   * Rings down to another resolution.
   *
   * @param limit in Å, 0 for all
   * @return new rings
   * @throws IllegalArgumentException if it is below 0
   */
  public PowderRings dMin(double limit) {
    return new PowderRings(name, cell, group, width, limit);
  }

  /**
   * Hexagonal ice: P6₃/mmc, a = 4.498 Å, c = 7.338 Å, rings 0.002 Å⁻² wide, as DIALS has it.
   *
   * @return the rings
   */
  public static PowderRings ice() {
    return new PowderRings(
        "ice rings",
        new UnitCell(4.498, 4.498, 7.338, 90, 90, 120),
        SpaceGroup.ofNumber(194),
        0.002,
        0);
  }

  /** Symmetry must leave the lengths of reciprocal vectors as they are. */
  private static void requireFit(UnitCell cell, SpaceGroup group) {
    Mat3 b = cell.reciprocal();
    for (SymmetryOperator op : group.operators()) {
      for (int[] h : PROBES) {
        int[] image = new int[3];
        for (int j = 0; j < 3; j++) {
          for (int i = 0; i < 3; i++) {
            image[j] += h[i] * op.rotation(i, j);
          }
        }
        double before = b.times(new Vec3(h[0], h[1], h[2])).norm();
        double after = b.times(new Vec3(image[0], image[1], image[2])).norm();
        if (Math.abs(after - before) > TOLERANCE * before) {
          throw new IllegalArgumentException(
              String.format(
                  Locale.ROOT,
                  "cell %s does not have the symmetry of %s: reflections %d %d %d and %d %d %d are"
                      + " at %.4f and %.4f Å",
                  cell,
                  group.hermannMauguin(),
                  h[0],
                  h[1],
                  h[2],
                  image[0],
                  image[1],
                  image[2],
                  1 / before,
                  1 / after));
        }
      }
    }
  }

  /**
   * The spacings of the allowed reflections.
   *
   * @param limit high-resolution limit in Å, above 0; itself included
   * @return all d ≥ limit in Å, falling; equal ones may occur again
   * @throws IllegalArgumentException if there are about 10⁸ reflections or more
   */
  public double[] spacings(double limit) {
    double sphere = 4.0 / 3 * Math.PI * cell.volume() / (limit * limit * limit);
    if (!(sphere < MOST)) {
      throw new IllegalArgumentException(
          String.format(
              Locale.ROOT,
              "%s: %.1e reflections of cell %s up to %.3f Å, at most %.0e; limit the resolution of"
                  + " the rings",
              name,
              sphere,
              cell,
              limit,
              MOST));
    }
    double most = 1 / (limit * limit);
    Mat3 b = cell.reciprocal();
    int hMax = (int) (cell.a() / limit) + 1;
    int kMax = (int) (cell.b() / limit) + 1;
    int lMax = (int) (cell.c() / limit) + 1;
    DoubleArrayList squares = new DoubleArrayList();
    for (int h = 0; h <= hMax; h++) {
      for (int k = -kMax; k <= kMax; k++) {
        for (int l = -lMax; l <= lMax; l++) {
          Vec3 s = b.times(new Vec3(h, k, l));
          double square = s.dot(s);
          boolean origin = h == 0 && k == 0 && l == 0;
          if (square <= most && !origin && !group.isAbsent(h, k, l)) {
            squares.add(square);
          }
        }
      }
    }
    return squares.doubleStream().distinct().sorted().map(q -> 1 / Math.sqrt(q)).toArray();
  }

  /**
   * The rings up to a resolution.
   *
   * @param limit high-resolution limit of their middles in Å, above 0, unless {@link #dMin()} tells
   *     it
   * @return a range for each ring
   */
  List<ResolutionRange> ranges(double limit) {
    List<ResolutionRange> ranges = new ArrayList<>();
    for (double d : spacings(dMin > 0 ? dMin : limit)) {
      ranges.add(ResolutionRange.ring(d, width));
    }
    return ranges;
  }

  /**
   * What it is, for reports.
   *
   * @return the value
   */
  public String name() {
    return name;
  }

  /**
   * Unit cell of the powder.
   *
   * @return the value
   */
  public UnitCell cell() {
    return cell;
  }

  /**
   * Space group of the powder.
   *
   * @return the value
   */
  public SpaceGroup group() {
    return group;
  }

  /**
   * Full width of a ring in 1/d², Å⁻².
   *
   * @return the value
   */
  public double width() {
    return width;
  }

  /**
   * Rings are made up to this resolution in Å; 0 for that of each panel's farthest corner.
   *
   * @return the value
   */
  public double dMin() {
    return dMin;
  }

  private List<Object> values() {
    return List.of(name, cell, group, width, dMin);
  }

  @Override
  public boolean equals(Object o) {
    return o instanceof PowderRings other && values().equals(other.values());
  }

  @Override
  public int hashCode() {
    return values().hashCode();
  }

  @Override
  public String toString() {
    return "PowderRings["
        + "name="
        + name
        + ", cell="
        + cell
        + ", group="
        + group
        + ", width="
        + width
        + ", dMin="
        + dMin
        + "]";
  }
}
