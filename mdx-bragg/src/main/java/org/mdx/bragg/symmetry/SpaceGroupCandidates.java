package org.mdx.bragg.symmetry;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.mdx.crystal.ChangeOfBasis;
import org.mdx.crystal.SpaceGroup;
import org.mdx.crystal.SymmetryOperator;

/** All space groups of a Laue group and a centring in given axes, by their absences. */
final class SpaceGroupCandidates {
  /** First and last number of the space groups of each Laue class. */
  private static final int[][] CLASSES = {
    {1, 2},
    {3, 15},
    {16, 74},
    {75, 88},
    {89, 142},
    {143, 148},
    {149, 167},
    {168, 176},
    {177, 194},
    {195, 206},
    {207, 230}
  };

  private static final String[] ORTHORHOMBIC = {
    "a,b,c", "b,c,a", "c,a,b", "b,a,-c", "-c,b,a", "a,-c,b"
  };
  private static final String[] MONOCLINIC = {
    "a,b,c", "-a-c,b,a", "c,b,-a-c", "c,-b,a", "a,-b,-a-c", "-a-c,-b,c"
  };
  private static final String[] CUBIC = {"a,b,c", "b,-a,c"};
  private static final String[] OTHER = {"a,b,c"};

  private SpaceGroupCandidates() {}

  /** Groups that absences cannot tell apart. */
  record Extinction(List<SpaceGroup> groups) {
    SpaceGroup first() {
      return groups.get(0);
    }
  }

  static List<Extinction> of(SpaceGroup symmorphic) {
    Map<BitSet, List<SpaceGroup>> classes = new LinkedHashMap<>();
    int[][] probes = probes();
    for (SpaceGroup g : groups(symmorphic)) {
      BitSet absent = new BitSet();
      for (int i = 0; i < probes.length; i++) {
        absent.set(i, g.isAbsent(probes[i][0], probes[i][1], probes[i][2]));
      }
      List<SpaceGroup> alike = classes.computeIfAbsent(absent, a -> new ArrayList<>());
      // the same type about another origin is the same answer
      if (alike.stream().noneMatch(other -> other.number() == g.number())) {
        alike.add(g);
      }
    }
    return classes.values().stream()
        .map(
            list ->
                new Extinction(
                    list.stream()
                        .sorted(
                            Comparator.comparing((SpaceGroup g) -> !isChiral(g))
                                .thenComparing(SpaceGroup::number))
                        .toList()))
        .toList();
  }

  private static boolean isChiral(SpaceGroup g) {
    return g.operators().stream().mapToInt(SymmetryOperator::determinant).allMatch(d -> d > 0);
  }

  private static List<SpaceGroup> groups(SpaceGroup symmorphic) {
    int[] range = range(symmorphic.number());
    String[] changes =
        switch (symmorphic.crystalSystem()) {
          case ORTHORHOMBIC -> ORTHORHOMBIC;
          case MONOCLINIC -> MONOCLINIC;
          case CUBIC -> CUBIC;
          default -> OTHER;
        };
    List<SpaceGroup> out = new ArrayList<>();
    for (int number : IntStream.rangeClosed(range[0], range[1]).toArray()) {
      SpaceGroup reference = SpaceGroup.ofNumber(number);
      for (String change : changes) {
        SpaceGroup g = turned(reference, change);
        if (g != null && sameSymmetry(g, symmorphic) && !out.contains(g)) {
          out.add(g);
        }
      }
    }
    return out;
  }

  private static SpaceGroup turned(SpaceGroup reference, String change) {
    if (change.equals("a,b,c")) {
      return reference;
    }
    try {
      return reference.transformed(ChangeOfBasis.of(change));
    } catch (IllegalArgumentException notIntegral) {
      return null;
    }
  }

  private static int[] range(int number) {
    for (int[] c : CLASSES) {
      if (number >= c[0] && number <= c[1]) {
        return c;
      }
    }
    throw new IllegalArgumentException("space group " + number);
  }

  private static boolean sameSymmetry(SpaceGroup g, SpaceGroup symmorphic) {
    if (g.centring() != symmorphic.centring()
        || g.laueGroup().order() != symmorphic.laueGroup().order()) {
      return false;
    }
    for (int n = 0; n < g.laueGroup().order(); n++) {
      int[] r = g.laueGroup().operator(n);
      boolean found = false;
      for (int m = 0; m < symmorphic.laueGroup().order(); m++) {
        found |= java.util.Arrays.equals(r, symmorphic.laueGroup().operator(m));
      }
      if (!found) {
        return false;
      }
    }
    return true;
  }

  /** Indices that glides and screws could make absent: axes, and planes of low indices. */
  private static int[][] probes() {
    List<int[]> out = new ArrayList<>();
    for (int i = 1; i <= 24; i++) {
      out.add(new int[] {i, 0, 0});
      out.add(new int[] {0, i, 0});
      out.add(new int[] {0, 0, i});
      out.add(new int[] {i, i, 0});
      out.add(new int[] {i, -i, 0});
    }
    for (int i = -6; i <= 6; i++) {
      for (int j = -6; j <= 6; j++) {
        out.add(new int[] {0, i, j});
        out.add(new int[] {i, 0, j});
        out.add(new int[] {i, j, 0});
        out.add(new int[] {i, i, j});
        out.add(new int[] {i, -i, j});
        out.add(new int[] {i, j, i});
        out.add(new int[] {i, j, -i});
        out.add(new int[] {j, i, i});
        out.add(new int[] {j, i, -i});
        // planes across the diagonals of a hexagonal cell
        out.add(new int[] {i, -2 * i, j});
        out.add(new int[] {-2 * i, i, j});
      }
    }
    return out.toArray(new int[0][]);
  }
}
