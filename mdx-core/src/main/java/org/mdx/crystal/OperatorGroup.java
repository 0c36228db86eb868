package org.mdx.crystal;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * The operators of a space group in a fixed order: lattice translations, then an inversion if there
 * is one, then one representative for each remaining rotation part, {@code all} being their
 * products in that nesting.
 *
 * <p>The order is that of cctbx after {@code make_tidy}, on which the operator numbers in tables of
 * mdx2 rest: representatives are proper if there is an inversion; higher rotation orders come
 * first, then proper ones, then by axis and sense.
 */
final class OperatorGroup {
  /** More rotation parts than this are no crystallographic point group. */
  private static final int MAX_ROTATIONS = 48;

  private static final int MAX_OPERATORS = 4096;

  private final List<SymmetryOperator> translations = new ArrayList<>();
  private final SymmetryOperator inversion;
  private final List<SymmetryOperator> representatives;
  private final List<SymmetryOperator> all = new ArrayList<>();
  private final Set<SymmetryOperator> members;
  private final Set<List<Integer>> rotations;

  private OperatorGroup(Set<SymmetryOperator> members) {
    this.members = members;
    Map<List<Integer>, SymmetryOperator> best = new LinkedHashMap<>();
    for (SymmetryOperator op : members) {
      if (op.isTranslation()) {
        translations.add(op);
      }
      List<Integer> key = Arrays.stream(op.rotation()).boxed().toList();
      best.merge(key, op, (a, b) -> compareVectors(twelve(a), twelve(b)) <= 0 ? a : b);
    }
    rotations = best.keySet();
    translations.sort(
        Comparator.<SymmetryOperator>comparingDouble(t -> t.translation(0))
            .thenComparingDouble(t -> t.translation(1))
            .thenComparingDouble(t -> t.translation(2)));
    inversion = best.get(List.of(-1, 0, 0, 0, -1, 0, 0, 0, -1));
    representatives =
        best.values().stream()
            .filter(op -> inversion == null || op.determinant() > 0)
            .map(Ranked::new)
            .sorted()
            .map(Ranked::operator)
            .toList();
    for (SymmetryOperator t : translations) {
      addAll(t);
      if (inversion != null) {
        addAll(t.times(inversion));
      }
    }
  }

  private void addAll(SymmetryOperator left) {
    for (SymmetryOperator r : representatives) {
      all.add(left.times(r).reduced());
    }
  }

  /** A translation on a grid fine enough to order by. */
  private static int[] twelve(SymmetryOperator op) {
    int[] t = new int[3];
    for (int i = 0; i < 3; i++) {
      t[i] = (int) Math.round(5040 * op.translation(i));
    }
    return t;
  }

  /**
   * The group that operations generate together with the unit translations.
   *
   * @throws IllegalArgumentException if they generate no crystallographic group
   */
  static OperatorGroup generate(Collection<SymmetryOperator> generators) {
    Set<SymmetryOperator> members = new HashSet<>();
    members.add(SymmetryOperator.ofRotation(SymmetryOperator.UNIT));
    List<SymmetryOperator> used = new ArrayList<>();
    for (SymmetryOperator g : generators) {
      if (!members.contains(g.reduced())) {
        used.add(g);
        close(members, used);
      }
    }
    return new OperatorGroup(members);
  }

  /** Adds all products with the generators until nothing new comes. */
  private static void close(Set<SymmetryOperator> members, List<SymmetryOperator> generators) {
    List<SymmetryOperator> queue = new ArrayList<>(members);
    Set<List<Integer>> rotations = new HashSet<>();
    for (int i = 0; i < queue.size(); i++) {
      for (SymmetryOperator g : generators) {
        SymmetryOperator p = g.times(queue.get(i)).reduced();
        if (!members.add(p)) {
          continue;
        }
        queue.add(p);
        rotations.add(Arrays.stream(p.rotation()).boxed().toList());
        if (IntMatrix.type(p.rotation()) == 0 || rotations.size() > MAX_ROTATIONS) {
          throw new IllegalArgumentException(
              "the generators make no crystallographic point group: they lead to " + p);
        }
        if (queue.size() > MAX_OPERATORS) {
          throw new IllegalArgumentException(
              "the generators make a group of more than " + MAX_OPERATORS + " operators");
        }
      }
    }
  }

  /** The group of a Hall symbol. */
  static OperatorGroup of(HallSymbol symbol) {
    OperatorGroup g = generate(symbol.generators());
    return symbol.changeOfBasis().equals(ChangeOfBasis.IDENTITY)
        ? g
        : g.transformed(symbol.changeOfBasis());
  }

  /**
   * The same group in another basis.
   *
   * @throws IllegalArgumentException if the new axes are not translations of the lattice
   */
  OperatorGroup transformed(ChangeOfBasis change) {
    ChangeOfBasis back = change.inverse();
    List<SymmetryOperator> generators = new ArrayList<>();
    for (int i = 0; i < 3; i++) {
      long[] unit = new long[3];
      unit[i] = 1;
      if (!translations.contains(back.applyToVector(unit, 1).reduced())) {
        throw new IllegalArgumentException(
            "change of basis ("
                + change
                + "): the axis "
                + "abc".charAt(i)
                + " of the new cell is no translation of the lattice");
      }
      generators.add(change.applyToVector(unit, 1).reduced());
    }
    for (SymmetryOperator op : translations) {
      generators.add(change.apply(op, back).reduced());
    }
    Set<SymmetryOperator> changed = new HashSet<>();
    List<SymmetryOperator> lattice = generate(generators).translations;
    for (SymmetryOperator op : cosets()) {
      SymmetryOperator image = change.apply(op, back);
      for (SymmetryOperator t : lattice) {
        changed.add(t.times(image).reduced());
      }
    }
    return new OperatorGroup(changed);
  }

  List<SymmetryOperator> all() {
    return all;
  }

  List<SymmetryOperator> translations() {
    return translations;
  }

  /** One operator for each rotation part, without those that follow by inversion. */
  List<SymmetryOperator> representatives() {
    return representatives;
  }

  boolean isCentric() {
    return inversion != null;
  }

  Set<SymmetryOperator> members() {
    return members;
  }

  /** The rotation parts, row by row. */
  Set<List<Integer>> rotations() {
    return rotations;
  }

  /** One operator for each rotation part. */
  List<SymmetryOperator> cosets() {
    return all.subList(0, all.size() / translations.size());
  }

  /**
   * The rotation parts of the Laue group, in the order in which cctbx builds it: each
   * representative in turn is added with its products until nothing new comes; matrices that differ
   * in sign count as one, and the negative ones follow after all others.
   */
  List<int[]> laueRotations() {
    List<int[]> half = new ArrayList<>();
    half.add(SymmetryOperator.UNIT);
    for (SymmetryOperator op : representatives) {
      addWithProducts(half, op.rotation());
    }
    List<int[]> laue = new ArrayList<>(half);
    for (int[] r : half) {
      laue.add(IntMatrix.negative(r));
    }
    return laue;
  }

  private static void addWithProducts(List<int[]> list, int[] rotation) {
    int[] trial = rotation;
    int i = list.size();
    int j = 1;
    while (true) {
      if (!containsUpToSign(list, trial)) {
        list.add(trial);
      }
      if (j > i) {
        i++;
        j = 1;
      }
      if (i >= list.size()) {
        return;
      }
      trial = IntMatrix.product(list.get(j), list.get(i));
      j++;
    }
  }

  private static boolean containsUpToSign(List<int[]> list, int[] m) {
    int[] negative = IntMatrix.negative(m);
    for (int[] r : list) {
      if (Arrays.equals(r, m) || Arrays.equals(r, negative)) {
        return true;
      }
    }
    return false;
  }

  /** An operator with what its place among the representatives depends on. */
  private record Ranked(SymmetryOperator operator, int type, int[] axis, int sense)
      implements Comparable<Ranked> {
    Ranked(SymmetryOperator op) {
      this(
          op,
          IntMatrix.type(op.rotation()),
          IntMatrix.axis(op.rotation()),
          IntMatrix.sense(op.rotation()));
    }

    @Override
    public int compareTo(Ranked o) {
      int order = Math.abs(type);
      int other = Math.abs(o.type);
      if (order != other) {
        // the identity stays in front
        return order == 1 ? -1 : other == 1 ? 1 : other - order;
      }
      if (type != o.type) {
        return o.type - type;
      }
      int byAxis = compareVectors(axis, o.axis);
      return byAxis != 0 ? byAxis : o.sense - sense;
    }
  }

  /** More zeros first, then zeros at the end, then small components, then positive ones. */
  private static int compareVectors(int[] a, int[] b) {
    int zeros = 0;
    for (int i = 0; i < 3; i++) {
      zeros += (a[i] == 0 ? 1 : 0) - (b[i] == 0 ? 1 : 0);
    }
    if (zeros != 0) {
      return -zeros;
    }
    for (int i = 0; i < 3; i++) {
      if ((a[i] == 0) != (b[i] == 0)) {
        return a[i] == 0 ? 1 : -1;
      }
    }
    for (int i = 0; i < 3; i++) {
      if (Math.abs(a[i]) != Math.abs(b[i])) {
        return Math.abs(a[i]) - Math.abs(b[i]);
      }
    }
    for (int i = 0; i < 3; i++) {
      if (a[i] != b[i]) {
        return b[i] - a[i];
      }
    }
    return 0;
  }
}
