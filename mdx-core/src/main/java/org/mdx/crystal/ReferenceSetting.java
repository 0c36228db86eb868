package org.mdx.crystal;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.IntStream;

/**
 * The type of a space group and the way to its reference setting.
 *
 * @param number 1 to 230
 * @param change carries the group's coordinates to those of the reference setting
 */
record ReferenceSetting(int number, ChangeOfBasis change) {
  /**
   * Changes of axes that are tried after the identity, as Miller indices of the reference setting;
   * where several fit, the first decides which asymmetric unit a group gets.
   */
  private static final List<ChangeOfBasis> USUAL =
      List.of(
          ChangeOfBasis.ofHkl("k,l,h"),
          ChangeOfBasis.ofHkl("l,h,k"),
          ChangeOfBasis.ofHkl("-l,k,h"),
          ChangeOfBasis.ofHkl("-h,l,k"),
          ChangeOfBasis.ofHkl("-k,h,l"),
          ChangeOfBasis.ofHkl("k-l,-h+l,h+k+l"),
          ChangeOfBasis.ofHkl("h-l,k,l"),
          ChangeOfBasis.ofHkl("-h+k,l,h"),
          ChangeOfBasis.ofHkl("-k+l,h,k"),
          ChangeOfBasis.ofHkl("k,l,h-k"),
          ChangeOfBasis.ofHkl("l,h,k-l"),
          ChangeOfBasis.ofHkl("h,k,-h+l"),
          ChangeOfBasis.ofHkl("-l,k,h+l"),
          ChangeOfBasis.ofHkl("h-l,k,h"),
          ChangeOfBasis.ofHkl("-h,l,h+k"),
          ChangeOfBasis.ofHkl("-h+k,l,k"),
          ChangeOfBasis.ofHkl("-k,h,k+l"),
          ChangeOfBasis.ofHkl("-k+l,h,l"));

  /**
   * Finds the reference setting.
   *
   * @param group the operators
   * @param number the group's number if it is known, else 0
   * @return number and change of basis
   * @throws IllegalStateException if no reference setting fits
   */
  static ReferenceSetting find(OperatorGroup group, int number) {
    int[] numbers = number > 0 ? new int[] {number} : sameClass(group);
    ReferenceSetting found = match(group, ChangeOfBasis.IDENTITY, numbers, false);
    found = found != null ? found : match(group, ChangeOfBasis.IDENTITY, numbers, true);
    found = found != null ? found : search(group, USUAL, numbers);
    found = found != null ? found : search(group, conventional(group), numbers);
    if (found == null) {
      throw new IllegalStateException("no reference setting fits " + group.all());
    }
    return found;
  }

  /** The first change that fits without a shift of the origin, else the first with one. */
  private static ReferenceSetting search(
      OperatorGroup group, List<ChangeOfBasis> changes, int[] numbers) {
    List<OperatorGroup> turned = new ArrayList<>();
    for (ChangeOfBasis c : changes) {
      turned.add(tryTransform(group, c));
    }
    for (boolean shifted : new boolean[] {false, true}) {
      for (int i = 0; i < changes.size(); i++) {
        OperatorGroup g = turned.get(i);
        ReferenceSetting found = g == null ? null : match(g, changes.get(i), numbers, shifted);
        if (found != null) {
          return found;
        }
      }
    }
    return null;
  }

  private static ReferenceSetting match(
      OperatorGroup g, ChangeOfBasis change, int[] numbers, boolean shifted) {
    for (int n : numbers) {
      OperatorGroup reference = SpaceGroupTable.referenceGroup(n);
      if (!g.translations().equals(reference.translations())
          || !g.rotations().equals(reference.rotations())) {
        continue;
      }
      if (!shifted && g.members().equals(reference.members())) {
        return new ReferenceSetting(n, change);
      }
      ChangeOfBasis shift = shifted ? originShift(g, reference) : null;
      if (shift != null) {
        return new ReferenceSetting(n, shift.times(change));
      }
    }
    return null;
  }

  /** Null where the group has no setting with these axes. */
  private static OperatorGroup tryTransform(OperatorGroup group, ChangeOfBasis change) {
    try {
      return group.transformed(change);
    } catch (IllegalArgumentException e) {
      return null;
    }
  }

  private static int[] sameClass(OperatorGroup group) {
    Map<Integer, Integer> types = types(group);
    List<Integer> numbers = new ArrayList<>();
    for (int n = 1; n <= 230; n++) {
      if (ReferenceTypes.OF_NUMBER.get(n - 1).equals(types)) {
        numbers.add(n);
      }
    }
    return numbers.stream().mapToInt(Integer::intValue).toArray();
  }

  /** Types of rotation parts in the reference settings, counted when first needed. */
  private static final class ReferenceTypes {
    static final List<Map<Integer, Integer>> OF_NUMBER =
        IntStream.rangeClosed(1, 230)
            .mapToObj(n -> types(SpaceGroupTable.referenceGroup(n)))
            .toList();
  }

  /** How many rotation parts there are of each type: tells the 32 point groups apart. */
  private static Map<Integer, Integer> types(OperatorGroup group) {
    Map<Integer, Integer> counts = new TreeMap<>();
    for (SymmetryOperator op : group.cosets()) {
      counts.merge(IntMatrix.type(op.rotation()), 1, Integer::sum);
    }
    return counts;
  }

  /** Changes to conventional cells by way of a primitive one. */
  private static List<ChangeOfBasis> conventional(OperatorGroup group) {
    ChangeOfBasis primitive = toPrimitive(group);
    List<int[]> rotations =
        group.cosets().stream().map(op -> primitive.apply(op).rotation()).toList();
    return ConventionalAxes.candidates(rotations).stream()
        .map(m -> ChangeOfBasis.toAxes(Arrays.stream(m).asLongStream().toArray(), 1))
        .map(c -> c.times(primitive))
        .toList();
  }

  /** A change to a primitive basis: Hermite reduction of all lattice translations. */
  static ChangeOfBasis toPrimitive(OperatorGroup group) {
    long den = 1;
    for (SymmetryOperator t : group.translations()) {
      den = den / Triplet.gcd(den, t.denominator()) * t.denominator();
    }
    List<long[]> vectors = new ArrayList<>();
    for (int i = 0; i < 3; i++) {
      long[] v = new long[3];
      v[i] = den;
      vectors.add(v);
    }
    for (SymmetryOperator t : group.translations()) {
      long[] v = new long[3];
      for (int i = 0; i < 3; i++) {
        v[i] = t.numerators()[i] * (den / t.denominator());
      }
      vectors.add(v);
    }
    long[] columns = new long[9];
    for (int axis = 0; axis < 3; axis++) {
      long[] pivot = eliminate(vectors, axis);
      for (int i = 0; i < 3; i++) {
        columns[3 * i + axis] = pivot[i];
      }
    }
    return ChangeOfBasis.toAxes(columns, den);
  }

  /** Euclid's algorithm on one component; removes and returns the vector that keeps it. */
  private static long[] eliminate(List<long[]> vectors, int axis) {
    long[] pivot = null;
    for (long[] v : vectors) {
      if (v[axis] == 0) {
        continue;
      }
      if (pivot == null) {
        pivot = v;
        continue;
      }
      while (v[axis] != 0) {
        long q = pivot[axis] / v[axis];
        for (int i = 0; i < 3; i++) {
          long rest = pivot[i] - q * v[i];
          pivot[i] = v[i];
          v[i] = rest;
        }
      }
    }
    vectors.remove(pivot);
    return pivot;
  }

  /**
   * The shift p of the origin that makes one group another with the same rotation parts and
   * lattice: (1 − W)·p ≡ w₂ − w₁ modulo the lattice for every W. Null if there is none.
   */
  private static ChangeOfBasis originShift(OperatorGroup from, OperatorGroup to) {
    ChangeOfBasis primitive = toPrimitive(to);
    ChangeOfBasis back = primitive.inverse();
    Map<List<Integer>, SymmetryOperator> target = new HashMap<>();
    long den = 1;
    for (SymmetryOperator op : to.cosets()) {
      SymmetryOperator p = primitive.apply(op, back);
      target.put(Arrays.stream(p.rotation()).boxed().toList(), p);
      den = den / Triplet.gcd(den, p.denominator()) * p.denominator();
    }
    List<SymmetryOperator> source = new ArrayList<>();
    for (SymmetryOperator op : from.cosets()) {
      SymmetryOperator p = primitive.apply(op, back);
      source.add(p);
      den = den / Triplet.gcd(den, p.denominator()) * p.denominator();
    }
    IntegerSystem system = new IntegerSystem(den);
    for (SymmetryOperator s : source) {
      int[] r = s.rotation();
      SymmetryOperator t = target.get(Arrays.stream(r).boxed().toList());
      for (int i = 0; i < 3; i++) {
        long b = t.numerators()[i] * (den / t.denominator());
        b -= s.numerators()[i] * (den / s.denominator());
        system.add(
            (i == 0 ? 1 : 0) - r[3 * i],
            (i == 1 ? 1 : 0) - r[3 * i + 1],
            (i == 2 ? 1 : 0) - r[3 * i + 2],
            b);
      }
    }
    system.diagonalise();
    long[] q = system.solution();
    if (q == null) {
      return null;
    }
    SymmetryOperator p = back.applyToVector(q, q[3]).reduced();
    long[] t = {p.numerators()[0], p.numerators()[1], p.numerators()[2]};
    return ChangeOfBasis.IDENTITY.shifted(t, p.denominator());
  }
}
