package org.mdx.crystal;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import org.mdx.math.Mat3;
import org.mdx.math.Vec3;

/**
 * The symmetry of a lattice, exact or nearly so, and in how many ways a crystal of lower symmetry
 * can be indexed on it. Operators are changes of basis in the crystal's own axes, which have
 * rational elements where the cell is centred. Immutable.
 *
 * <p>A lattice has a twofold axis where a direction t of the direct lattice and a direction τ of
 * the reciprocal one coincide; the angle between them tells how nearly (Y. Le Page, J. Appl. Cryst.
 * 15, 255, 1982). All other rotations of a lattice are products of twofold ones.
 */
public final class MetricSymmetry {
  /** Components of t and τ in a reduced basis. */
  private static final int REACH = 2;

  private final UnitCell cell;
  private final double tolerance;
  private final List<ChangeOfBasis> rotations;

  private MetricSymmetry(UnitCell cell, double tolerance, List<ChangeOfBasis> rotations) {
    this.cell = cell;
    this.tolerance = tolerance;
    this.rotations = List.copyOf(rotations);
  }

  /**
   * The symmetry of a lattice. Twofold axes are taken from the best to the worst, as long as they
   * make a crystallographic group of which no twofold axis is worse than the tolerance.
   *
   * @param cell the unit cell
   * @param group a space group with the lattice's centring, in the cell's axes
   * @param tolerance largest angle between t and τ in degrees, 0 to 10
   * @return the symmetry
   * @throws IllegalArgumentException if the tolerance is out of range
   */
  public static MetricSymmetry of(UnitCell cell, SpaceGroup group, double tolerance) {
    if (!(tolerance >= 0 && tolerance <= 10)) {
      throw new IllegalArgumentException(
          "tolerance of " + tolerance + "° for the lattice's symmetry, must be 0 to 10");
    }
    ChangeOfBasis primitive = group.toPrimitive();
    Mat3 axes = newAxes(cell.orthogonalization(), primitive);
    ChangeOfBasis reduced = reduction(axes).times(primitive);
    axes = newAxes(cell.orthogonalization(), reduced);
    ChangeOfBasis back = reduced.inverse();
    List<ChangeOfBasis> rotations = new ArrayList<>();
    for (int[] w : group(axes, tolerance)) {
      rotations.add(back.times(SymmetryOperator.ofRotation(w).asChange()).times(reduced));
    }
    return new MetricSymmetry(cell, tolerance, rotations);
  }

  /** Columns of axes after a change of basis: (a', b', c') = (a, b, c)·P⁻¹. */
  private static Mat3 newAxes(Mat3 axes, ChangeOfBasis change) {
    return axes.times(matrix(change.inverse()));
  }

  private static Mat3 matrix(ChangeOfBasis c) {
    double[] m = new double[9];
    for (int i = 0; i < 9; i++) {
      m[i] = c.element(i / 3, i % 3);
    }
    return Mat3.ofRowMajor(m);
  }

  /** The change to the shortest three axes, by subtracting axes and their sums from each other. */
  private static ChangeOfBasis reduction(Mat3 axes) {
    Mat3 t = axes.transpose();
    Vec3[] v = {t.row(0), t.row(1), t.row(2)};
    long[] columns = {1, 0, 0, 0, 1, 0, 0, 0, 1};
    boolean changed = true;
    while (changed) {
      changed = false;
      for (int i = 0; i < 27 * 3; i++) {
        int axis = i / 27;
        int[] c = {i % 3 - 1, i / 3 % 3 - 1, i / 9 % 3 - 1};
        c[axis] = 1;
        Vec3 sum = v[0].times(c[0]).plus(v[1].times(c[1])).plus(v[2].times(c[2]));
        if (sum.norm() < v[axis].norm() * (1 - 1e-9)) {
          v[axis] = sum;
          for (int row = 0; row < 9; row += 3) {
            columns[row + axis] =
                c[0] * columns[row] + c[1] * columns[row + 1] + c[2] * columns[row + 2];
          }
          changed = true;
        }
      }
    }
    return ChangeOfBasis.toAxes(columns, 1);
  }

  /** A twofold axis, its matrix and how far it is from being one, in degrees. */
  private record Twofold(int[] rotation, double delta) {}

  /** The rotations of a lattice given by reduced axes (columns), as matrices on coordinates. */
  private static List<int[]> group(Mat3 axes, double tolerance) {
    List<int[]> group = new ArrayList<>();
    group.add(SymmetryOperator.UNIT);
    for (Twofold t : twofolds(axes, tolerance)) {
      List<int[]> larger = closed(group, t.rotation());
      if (larger != null
          && larger.stream().allMatch(w -> IntMatrix.type(w) != 2 || delta(axes, w) <= tolerance)) {
        group = larger;
      }
    }
    return group;
  }

  /** All twofold axes within the tolerance, the best first. */
  private static List<Twofold> twofolds(Mat3 axes, double tolerance) {
    List<Twofold> found = new ArrayList<>();
    int n = 2 * REACH + 1;
    for (int i = 0; i < n * n * n; i++) {
      int[] t = {i / n / n - REACH, i / n % n - REACH, i % n - REACH};
      for (int j = 0; j < n * n * n; j++) {
        int[] tau = {j / n / n - REACH, j / n % n - REACH, j % n - REACH};
        int[] w = twofold(t, tau);
        if (w == null || found.stream().anyMatch(f -> Arrays.equals(f.rotation(), w))) {
          continue;
        }
        double delta = angle(axes, t, tau);
        if (delta <= tolerance) {
          found.add(new Twofold(w, delta));
        }
      }
    }
    found.sort(Comparator.comparingDouble(Twofold::delta));
    return found;
  }

  /** W = 2 t·τᵀ/(τ·t) − 1, or null if that is not integral. */
  private static int[] twofold(int[] t, int[] tau) {
    int d = t[0] * tau[0] + t[1] * tau[1] + t[2] * tau[2];
    if (d < 1) {
      return null;
    }
    int[] w = new int[9];
    for (int i = 0; i < 9; i++) {
      int e = 2 * t[i / 3] * tau[i % 3];
      if (e % d != 0) {
        return null;
      }
      w[i] = e / d - (i % 4 == 0 ? 1 : 0);
    }
    return w;
  }

  /** How far a twofold rotation is from being one of the axes (columns), degrees. */
  static double delta(Mat3 axes, int[] w) {
    int[] transposed = {w[0], w[3], w[6], w[1], w[4], w[7], w[2], w[5], w[8]};
    return angle(axes, IntMatrix.axis(w), IntMatrix.axis(transposed));
  }

  /** Angle between a direct and a reciprocal direction in degrees, either sense. */
  private static double angle(Mat3 axes, int[] t, int[] tau) {
    Vec3 direct = axes.times(new Vec3(t[0], t[1], t[2]));
    Vec3 normal = axes.inverse().transpose().times(new Vec3(tau[0], tau[1], tau[2]));
    return Math.toDegrees(Math.atan2(direct.cross(normal).norm(), Math.abs(direct.dot(normal))));
  }

  /** A group with an element more and all products, or null if there is no such rotation group. */
  private static List<int[]> closed(List<int[]> group, int[] element) {
    List<int[]> all = new ArrayList<>(group);
    add(all, element);
    for (int i = 0; i < all.size(); i++) {
      for (int j = 0; j < all.size(); j++) {
        int[] p = IntMatrix.product(all.get(i), all.get(j));
        if (IntMatrix.type(p) == 0) {
          return null;
        }
        add(all, p);
        if (all.size() > 24) {
          return null;
        }
      }
    }
    return all;
  }

  private static void add(List<int[]> list, int[] m) {
    if (list.stream().noneMatch(r -> Arrays.equals(r, m))) {
      list.add(m);
    }
  }

  /**
   * The rotations of the lattice, in the crystal's axes.
   *
   * @return 1 to 24 changes of basis, the identity first, that make a group; each maps the lattice
   *     onto itself
   */
  public List<ChangeOfBasis> rotations() {
    return rotations;
  }

  /**
   * How much an operator changes lengths and angles: |QᵀQ − 1|/2 with Q = B·T·B⁻¹ what it does to
   * scattering vectors and | | the root of the sum of squares. An axis that differs by one percent
   * from the one it is exchanged with makes about 0.014.
   *
   * @param operator a change of basis
   * @return 0 for an exact symmetry of the cell
   */
  public double strain(ChangeOfBasis operator) {
    Mat3 b = cell.reciprocal();
    Mat3 q = b.times(matrix(operator.inverse()).transpose()).times(b.inverse());
    double sum = 0;
    for (double e : q.transpose().times(q).plus(Mat3.IDENTITY.times(-1)).toRowMajor()) {
      sum += e * e;
    }
    return Math.sqrt(sum) / 2;
  }

  /**
   * The different ways to index a crystal with a Laue group on this lattice: one operator of each
   * coset G·T, the others leading to equivalent indices. Of a coset's proper rotations the one is
   * taken that has the lowest order, then the fewest terms, then signs all alike, then the most
   * minus signs; such as {@code -z,-y,-x} for the cubic group m-3.
   *
   * @param laue symmetry of the intensities
   * @return operators, the identity first; no more than that if indexing is not ambiguous
   * @throws IllegalArgumentException if the Laue group is not among the lattice's symmetries
   */
  public List<ChangeOfBasis> cosets(LaueGroup laue) {
    List<ChangeOfBasis> group = properRotations(laue);
    for (ChangeOfBasis g : group) {
      if (!rotations.contains(g)) {
        throw new IllegalArgumentException(
            "cell "
                + cell
                + " does not have the symmetry "
                + g
                + " of Laue group "
                + laue
                + " within "
                + tolerance
                + "°; correct the cell or the space group, or allow more");
      }
    }
    List<ChangeOfBasis> left = new ArrayList<>(rotations);
    List<ChangeOfBasis> representatives = new ArrayList<>();
    while (!left.isEmpty()) {
      ChangeOfBasis first = left.get(0);
      List<ChangeOfBasis> coset = group.stream().map(g -> g.times(first)).toList();
      left.removeAll(coset);
      representatives.add(
          coset.contains(ChangeOfBasis.IDENTITY)
              ? ChangeOfBasis.IDENTITY
              : coset.stream().max(Comparator.comparing(MetricSymmetry::plainness)).orElseThrow());
    }
    representatives
        .subList(1, representatives.size())
        .sort(Comparator.comparing(MetricSymmetry::plainness).reversed());
    return representatives;
  }

  /** The rotations of a Laue group as changes of basis, its improper ones times −1. */
  static List<ChangeOfBasis> properRotations(LaueGroup laue) {
    List<ChangeOfBasis> group = new ArrayList<>();
    for (int n = 0; n < laue.order() / 2; n++) {
      int[] r = laue.rotation(n);
      group.add(
          SymmetryOperator.ofRotation(laue.determinant(n) < 0 ? IntMatrix.negative(r) : r)
              .asChange());
    }
    return group;
  }

  /** A text whose order is that of preference. */
  private static String plainness(ChangeOfBasis c) {
    ChangeOfBasis power = c;
    int order = 1;
    while (!power.equals(ChangeOfBasis.IDENTITY)) {
      power = power.times(c);
      order++;
    }
    int terms = 0;
    int minus = 0;
    for (int i = 0; i < 9; i++) {
      long e = c.numerator(i / 3, i % 3);
      terms += e == 0 ? 0 : 1;
      minus += e < 0 ? 1 : 0;
    }
    boolean alike = minus == 0 || minus == terms;
    return "" + (9 - order) + (9 - terms) + (alike ? 1 : 0) + minus + c;
  }

  /** Number of rotations and the tolerance. */
  @Override
  public String toString() {
    return String.format(
        Locale.ROOT,
        "MetricSymmetry[%d rotations of %s within %s°]",
        rotations.size(),
        cell,
        tolerance);
  }
}
