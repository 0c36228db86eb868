package org.mdx.reindex;

import java.util.ArrayList;
import java.util.List;
import org.mdx.crystal.ChangeOfBasis;
import org.mdx.crystal.LaueGroup;
import org.mdx.crystal.MetricSymmetry;
import org.mdx.crystal.SpaceGroup;
import org.mdx.crystal.SymmetryOperator;
import org.mdx.crystal.UnitCell;

/**
 * The candidates and how they relate. Let G be the Laue group and K the largest part of it that
 * every rotation of the lattice leaves as it is; mostly K = G. Sweeps keep one value for each set
 * of indices that K makes equivalent, and two sweeps, one taken through candidate A and one through
 * B, agree in index where h₁ taken through B⁻¹·g·A equals h₂, for some g of G. The different
 * operators of this kind, modulo K, are the relatives.
 */
final class Indexings {
  private final List<Candidate> candidates = new ArrayList<>();
  private final List<ChangeOfBasis> relatives = new ArrayList<>();
  private final int[][][] relation;
  private final SpaceGroup core;

  Indexings(UnitCell cell, SpaceGroup group, double tolerance) {
    MetricSymmetry lattice = MetricSymmetry.of(cell, group, tolerance);
    List<ChangeOfBasis> laue = rotations(group.laueGroup());
    for (ChangeOfBasis t : lattice.cosets(group.laueGroup())) {
      candidates.add(new Candidate(t, lattice.strain(t), isNormalized(laue, t)));
    }
    boolean whole = candidates.stream().allMatch(Candidate::keepsLaueGroup);
    List<ChangeOfBasis> kept = whole ? laue : core(laue, lattice.rotations());
    core =
        whole
            ? group
            : SpaceGroup.ofOperators(
                kept.stream().map(k -> SymmetryOperator.of(k.toString())).toList());
    int n = candidates.size();
    relation = new int[n][n][];
    for (int a = 0; a < n; a++) {
      for (int b = 0; b < n; b++) {
        relation[a][b] = relation(operator(a), operator(b), laue, kept);
      }
    }
  }

  /** Rotations of a Laue group as changes of basis, improper ones times −1. */
  static List<ChangeOfBasis> rotations(LaueGroup laue) {
    List<ChangeOfBasis> group = new ArrayList<>();
    for (int n = 0; n < laue.order() / 2; n++) {
      int[] r = laue.operator(n);
      StringBuilder xyz = new StringBuilder();
      for (int i = 0; i < 9; i++) {
        int e = r[i] * laue.determinant(n);
        xyz.append(i > 0 && i % 3 == 0 ? "," : "");
        xyz.append(e == 0 ? "" : (e > 0 ? "+" : "") + e + "*" + "xyz".charAt(i % 3));
      }
      group.add(ChangeOfBasis.of(xyz.toString()));
    }
    return group;
  }

  private static boolean isNormalized(List<ChangeOfBasis> group, ChangeOfBasis t) {
    ChangeOfBasis back = t.inverse();
    return group.stream().allMatch(g -> group.contains(t.times(g).times(back)));
  }

  /** Elements of G that are in t·G·t⁻¹ for every t. */
  private static List<ChangeOfBasis> core(List<ChangeOfBasis> group, List<ChangeOfBasis> lattice) {
    return group.stream()
        .filter(g -> lattice.stream().allMatch(t -> group.contains(t.times(g).times(t.inverse()))))
        .toList();
  }

  private int[] relation(
      ChangeOfBasis a, ChangeOfBasis b, List<ChangeOfBasis> laue, List<ChangeOfBasis> kept) {
    List<Integer> found = new ArrayList<>();
    for (ChangeOfBasis g : laue) {
      ChangeOfBasis u = b.inverse().times(g).times(a);
      int m = 0;
      while (m < relatives.size() && !kept.contains(u.times(relatives.get(m).inverse()))) {
        m++;
      }
      if (m == relatives.size()) {
        relatives.add(u);
      }
      if (!found.contains(m)) {
        found.add(m);
      }
    }
    return found.stream().mapToInt(Integer::intValue).toArray();
  }

  private ChangeOfBasis operator(int candidate) {
    return candidates.get(candidate).operator();
  }

  /** The candidates, the identity first. */
  List<Candidate> candidates() {
    return candidates;
  }

  /** Operators from one sweep's indices to another's. */
  List<ChangeOfBasis> relatives() {
    return relatives;
  }

  /** Which relatives make the two agree, the first taken through a and the second through b. */
  int[] relation(int a, int b) {
    return relation[a][b];
  }

  /** A group with K for rotations. */
  SpaceGroup core() {
    return core;
  }
}
