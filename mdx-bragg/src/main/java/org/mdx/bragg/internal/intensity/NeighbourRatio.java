package org.mdx.bragg.internal.intensity;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.mdx.crystal.SpaceGroup;

/**
 * L = (I₁ − I₂)/(I₁ + I₂) of unique acentric reflections that differ by 2 in one index (Padilla
 * &amp; Yeates 2003, Acta Cryst. D59, 1124). ⟨|L|⟩ is 1/2 of untwinned crystals and 3/8 of perfect
 * twins; ⟨L²⟩ 1/3 and 1/5. Whole shells with large errors are left out, never single weak
 * reflections: without these |L| would be too small. Errors that are left make |L| larger.
 */
public final class NeighbourRatio {
  private static final int SHELL = 50;

  /** Mean of σ² over the square of the mean intensity that a shell may have. */
  private static final double NOISE = 0.04;

  private record Entry(List<Integer> hkl, double s2, double e2, double variance) {}

  private final SpaceGroup group;
  private final List<Entry> entries = new ArrayList<>();
  private double sum;
  private double squares;
  private int pairs;
  private int members;

  /**
   * Nothing yet.
   *
   * @param group over which the reflections are merged; its centric ones are not used
   */
  public NeighbourRatio(SpaceGroup group) {
    this.group = group;
  }

  /**
   * Adds a unique reflection.
   *
   * @param hkl three indices
   * @param inverseSquare 1/d², Å⁻²
   * @param e2 intensity over the mean at its resolution
   * @param variance of e2
   */
  public void add(int[] hkl, double inverseSquare, double e2, double variance) {
    if (!UniqueGroups.isCentric(group, hkl[0], hkl[1], hkl[2])
        && group.epsilon(hkl[0], hkl[1], hkl[2]) == group.epsilon(101, 57, 23)) {
      entries.add(new Entry(List.of(hkl[0], hkl[1], hkl[2]), inverseSquare, e2, variance));
    }
  }

  /** Takes the mean over all pairs. */
  public void finish() {
    entries.sort((a, b) -> Double.compare(a.s2, b.s2));
    Map<List<Integer>, Double> values = new HashMap<>();
    int shells = Math.max(1, entries.size() / SHELL);
    for (int b = 0; b < shells; b++) {
      List<Entry> shell =
          entries.subList(
              (int) ((long) entries.size() * b / shells),
              (int) ((long) entries.size() * (b + 1) / shells));
      if (shell.stream().mapToDouble(Entry::variance).average().orElse(1) < NOISE) {
        shell.forEach(e -> values.put(e.hkl, Math.max(0, e.e2)));
      }
    }
    Map<List<Integer>, Boolean> used = new HashMap<>();
    for (Entry e : entries) {
      Double value = values.get(e.hkl);
      for (int axis = 0; axis < 3 && value != null; axis++) {
        List<Integer> next = new ArrayList<>(e.hkl);
        next.set(axis, next.get(axis) + 2);
        Double other = values.get(next);
        if (other != null && value + other > 0) {
          double l = Math.abs(value - other) / (value + other);
          sum += l;
          squares += l * l;
          pairs++;
          used.put(e.hkl, true);
          used.put(next, true);
        }
      }
    }
    members = used.size();
  }

  /**
   * The mean of |L|.
   *
   * @return from 0 to 1; NaN without pairs
   */
  public double meanAbsolute() {
    return sum / pairs;
  }

  /**
   * The mean of L².
   *
   * @return from 0 to 1; NaN without pairs
   */
  public double meanSquare() {
    return squares / pairs;
  }

  /**
   * Standard deviation of ⟨|L|⟩ of an untwinned crystal: that of disjoint pairs of the reflections,
   * since pairs with a reflection in common are no independent ones.
   *
   * @return positive; infinite without pairs
   */
  public double sigma() {
    return members == 0 ? Double.POSITIVE_INFINITY : 1 / Math.sqrt(6.0 * members);
  }

  /**
   * Pairs of neighbours.
   *
   * @return number
   */
  public int pairs() {
    return pairs;
  }
}
