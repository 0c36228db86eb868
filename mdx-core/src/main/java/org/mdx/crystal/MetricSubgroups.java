package org.mdx.crystal;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import org.mdx.math.Mat3;

/**
 * The Bravais types a lattice may have: every subgroup of its (nearly exact) symmetry that a
 * lattice can have as its full symmetry, with the change to the conventional cell. A lattice that
 * looks cubic gives the cubic cell, its tetragonal, rhombohedral, orthorhombic and monoclinic ones
 * in all directions, and the triclinic one.
 */
public final class MetricSubgroups {
  /** A metric with no symmetry, whose average over a group has that of the group alone. */
  private static final double[] GENERAL = {7.3, 1.13, -0.71, 1.13, 11.9, 0.37, -0.71, 0.37, 17.1};

  /** The lowest space group of each Bravais type with rotations alone, by the highest one. */
  private static final Map<Integer, Integer> LOWEST =
      Map.ofEntries(
          Map.entry(1, 1),
          Map.entry(3, 3),
          Map.entry(5, 5),
          Map.entry(16, 16),
          Map.entry(21, 21),
          Map.entry(22, 22),
          Map.entry(23, 23),
          Map.entry(89, 75),
          Map.entry(97, 79),
          Map.entry(177, 143),
          Map.entry(155, 146),
          Map.entry(207, 195),
          Map.entry(209, 196),
          Map.entry(211, 197));

  private MetricSubgroups() {}

  /**
   * One way to see the lattice.
   *
   * @param bravais letters of the Bravais type, such as {@code mC}, {@code tI} or {@code aP}
   * @param group the lowest space group of that type, such as C 1 2 1; the monoclinic one is I 1 2
   *     1 where that has shorter axes
   * @param change from the primitive axes given to the conventional ones
   * @param delta largest angle between a direct and a reciprocal axis that symmetry makes one,
   *     degrees; 0 where the cell has the symmetry exactly (Le Page 1982)
   * @param operators rotations of the lattice in the primitive axes, as changes of basis
   */
  public record Setting(
      String bravais,
      SpaceGroup group,
      ChangeOfBasis change,
      double delta,
      List<ChangeOfBasis> operators) {
    public Setting {
      operators = List.copyOf(operators);
    }
  }

  /**
   * All settings of a lattice, the highest symmetry first, then by delta.
   *
   * @param primitive a cell without centring, reduced or not
   * @param tolerance largest delta in degrees, 0 to 10
   * @return at least the triclinic setting, which is the last and whose cell is the reduced one
   * @throws IllegalArgumentException if the tolerance is out of range
   */
  public static List<Setting> of(UnitCell primitive, double tolerance) {
    NiggliCell niggli = NiggliCell.of(primitive);
    UnitCell cell = niggli.cell();
    MetricSymmetry symmetry = MetricSymmetry.of(cell, SpaceGroup.ofNumber(1), tolerance);
    List<int[]> all = symmetry.rotations().stream().map(MetricSubgroups::matrix).toList();
    List<Setting> settings = new ArrayList<>();
    for (List<int[]> group : subgroups(all)) {
      SpaceGroup kept =
          SpaceGroup.ofOperators(group.stream().map(SymmetryOperator::ofRotation).toList());
      // where some rotations of a lattice are within the tolerance and others are not, none counts
      if (LOWEST.containsKey(kept.number())) {
        settings.add(setting(cell, niggli.change(), group, kept));
      }
    }
    settings.sort(
        Comparator.comparingInt((Setting s) -> -s.operators().size())
            .thenComparingDouble(Setting::delta)
            .thenComparing(s -> s.change().toString()));
    return settings;
  }

  private static int[] matrix(ChangeOfBasis c) {
    int[] m = new int[9];
    for (int i = 0; i < 9; i++) {
      m[i] = (int) Math.round(c.element(i / 3, i % 3));
    }
    return m;
  }

  /** Every full symmetry that a distorted lattice can keep; two elements generate each subgroup. */
  private static List<List<int[]>> subgroups(List<int[]> all) {
    List<List<int[]>> found = new ArrayList<>();
    for (int i = 0; i < all.size(); i++) {
      for (int j = i; j < all.size(); j++) {
        List<int[]> kept = keeping(all, average(closure(all.get(i), all.get(j))));
        if (isGroup(kept) && found.stream().noneMatch(g -> same(g, kept))) {
          found.add(kept);
        }
      }
    }
    return found;
  }

  private static List<int[]> closure(int[] first, int[] second) {
    List<int[]> group = new ArrayList<>(List.of(SymmetryOperator.UNIT, first, second));
    for (int i = 0; i < group.size(); i++) {
      for (int j = 1; j < 3; j++) {
        int[] p = IntMatrix.product(group.get(i), group.get(j));
        if (group.stream().noneMatch(m -> Arrays.equals(m, p))) {
          group.add(p);
        }
      }
    }
    return group;
  }

  /** Σ WᵀGW over the elements of a list that is a group, some of them perhaps twice. */
  private static double[] average(List<int[]> group) {
    double[] sum = new double[9];
    List<int[]> once = new ArrayList<>();
    for (int[] w : group) {
      if (once.stream().noneMatch(m -> Arrays.equals(m, w))) {
        once.add(w);
        double[] g = changed(GENERAL, w);
        for (int i = 0; i < 9; i++) {
          sum[i] += g[i];
        }
      }
    }
    return sum;
  }

  private static double[] changed(double[] g, int[] w) {
    double[] out = new double[9];
    for (int i = 0; i < 3; i++) {
      for (int j = 0; j < 3; j++) {
        for (int k = 0; k < 9; k++) {
          out[3 * i + j] += w[3 * (k / 3) + i] * g[k] * w[3 * (k % 3) + j];
        }
      }
    }
    return out;
  }

  private static List<int[]> keeping(List<int[]> all, double[] metric) {
    List<int[]> kept = new ArrayList<>();
    for (int[] w : all) {
      double[] g = changed(metric, w);
      boolean same = true;
      for (int i = 0; i < 9; i++) {
        same &= Math.abs(g[i] - metric[i]) < 1e-9 * metric[0];
      }
      if (same) {
        kept.add(w);
      }
    }
    return kept;
  }

  private static boolean isGroup(List<int[]> rotations) {
    for (int[] one : rotations) {
      for (int[] other : rotations) {
        int[] product = IntMatrix.product(one, other);
        if (rotations.stream().noneMatch(m -> Arrays.equals(m, product))) {
          return false;
        }
      }
    }
    return true;
  }

  private static boolean same(List<int[]> one, List<int[]> other) {
    return one.size() == other.size()
        && one.stream().allMatch(w -> other.stream().anyMatch(m -> Arrays.equals(m, w)));
  }

  private static Setting setting(
      UnitCell cell, ChangeOfBasis before, List<int[]> rotations, SpaceGroup symmetry) {
    SpaceGroup highest = SpaceGroup.ofNumber(symmetry.number());
    ChangeOfBasis change = withoutShift(symmetry.toReference());
    SpaceGroup lowest = SpaceGroup.ofNumber(LOWEST.get(symmetry.number()));
    switch (lowest.crystalSystem()) {
      case TRICLINIC -> change = ChangeOfBasis.IDENTITY;
      case MONOCLINIC -> {
        change = shortMonoclinic(cell, change);
        lowest = monoclinic(change);
      }
      case ORTHORHOMBIC -> change = ordered(cell, change, highest.centring());
      default -> {}
    }
    double delta = 0;
    for (int[] w : rotations) {
      delta =
          IntMatrix.type(w) == 2
              ? Math.max(delta, MetricSymmetry.delta(cell.orthogonalization(), w))
              : delta;
    }
    ChangeOfBasis back = before.inverse();
    List<ChangeOfBasis> operators =
        rotations.stream()
            .map(w -> back.times(SymmetryOperator.ofRotation(w).asChange()).times(before))
            .toList();
    return new Setting(bravais(lowest), lowest, change.times(before), delta, operators);
  }

  private static ChangeOfBasis withoutShift(ChangeOfBasis c) {
    long[] m = new long[12];
    for (int i = 0; i < 9; i++) {
      m[i / 3 * 4 + i % 3] = c.numerator(i / 3, i % 3);
    }
    return new ChangeOfBasis(m, c.denominator());
  }

  /**
   * The Bravais type of a space group in its reference setting.
   *
   * @param group the group
   * @return such as {@code oP}; {@code mC} for all base-centred and body-centred monoclinic ones
   */
  public static String bravais(SpaceGroup group) {
    String system =
        switch (group.crystalSystem()) {
          case TRICLINIC -> "a";
          case MONOCLINIC -> "m";
          case ORTHORHOMBIC -> "o";
          case TETRAGONAL -> "t";
          case TRIGONAL, HEXAGONAL -> "h";
          case CUBIC -> "c";
        };
    // the base-centred monoclinic type is mC in either setting
    boolean based = system.equals("m") && group.centring() != 'P';
    based |= system.equals("o") && group.centring() == 'A';
    return system + (based ? "C" : group.centring());
  }

  private static Mat3 axes(UnitCell cell, ChangeOfBasis change) {
    double[] m = new double[9];
    ChangeOfBasis back = change.inverse();
    for (int i = 0; i < 9; i++) {
      m[i] = back.element(i / 3, i % 3);
    }
    return cell.orthogonalization().times(Mat3.ofRowMajor(m)).transpose();
  }

  private static ChangeOfBasis combined(ChangeOfBasis change, long... columns) {
    return ChangeOfBasis.toAxes(columns, 1).times(change);
  }

  /** The two shortest axes of the plane across b, at 90° or more, a base on C or on the body. */
  private static ChangeOfBasis shortMonoclinic(UnitCell cell, ChangeOfBasis reference) {
    ChangeOfBasis change = reference;
    boolean shorter = true;
    while (shorter) {
      Mat3 x = axes(cell, change);
      double a = x.row(0).norm();
      double c = x.row(2).norm();
      double ac = x.row(0).dot(x.row(2));
      double tiny = 1e-9 * a * c;
      if (a > c + tiny) {
        change = combined(change, 0, 0, 1, 0, -1, 0, 1, 0, 0);
      } else if (2 * Math.abs(ac) > a * a + tiny) {
        int s = ac > 0 ? -1 : 1;
        change = combined(change, 1, 0, s, 0, 1, 0, 0, 0, 1);
      } else {
        shorter = false;
      }
    }
    if (axes(cell, change).row(0).dot(axes(cell, change).row(2)) > 0) {
      change = combined(change, -1, 0, 0, 0, -1, 0, 0, 0, 1);
    }
    // a base on A becomes one on C when a and c change places
    return centring(change) == 'A' ? combined(change, 0, 0, 1, 0, -1, 0, 1, 0, 0) : change;
  }

  private static SpaceGroup monoclinic(ChangeOfBasis change) {
    return switch (centring(change)) {
      case 'P' -> SpaceGroup.ofNumber(3);
      case 'C' -> SpaceGroup.ofNumber(5);
      default -> SpaceGroup.ofHermannMauguin("I 1 2 1");
    };
  }

  private static char centring(ChangeOfBasis fromPrimitive) {
    return SpaceGroup.ofNumber(1).transformed(fromPrimitive).centring();
  }

  /** Axes by rising length; where the C face is centred, only a and b change places. */
  private static ChangeOfBasis ordered(UnitCell cell, ChangeOfBasis reference, char centring) {
    ChangeOfBasis change = reference;
    Mat3 x = axes(cell, change);
    if (centring == 'C') {
      return x.row(0).norm() > x.row(1).norm()
          ? combined(change, 0, 1, 0, 1, 0, 0, 0, 0, -1)
          : change;
    }
    for (int i = 0; i < 3; i++) {
      x = axes(cell, change);
      if (x.row(0).norm() > x.row(1).norm()) {
        change = combined(change, 0, 1, 0, 1, 0, 0, 0, 0, -1);
        x = axes(cell, change);
      }
      if (x.row(1).norm() > x.row(2).norm()) {
        change = combined(change, -1, 0, 0, 0, 0, 1, 0, 1, 0);
      }
    }
    return change;
  }
}
