package org.mdx.bragg.integrate;

import java.util.HashSet;
import java.util.Set;
import org.mdx.bragg.internal.intensity.PossibleReflections;
import org.mdx.bragg.internal.intensity.ReciprocalMetric;
import org.mdx.crystal.Crystal;
import org.mdx.crystal.ReciprocalAsu;
import org.mdx.reflection.ReflectionKeys;
import org.mdx.reflection.Reflections;

/** How many unique reflections were integrated of those that there are, in shells of d. */
final class Completeness {
  private static final double SLACK = 1e-9;

  private final double[] limits;
  private final int[] integrated;
  private final int[] possible;

  /**
   * Counts.
   *
   * @param limits least d of each shell, falling; the first has no upper limit
   */
  Completeness(Crystal crystal, Reflections reflections, double[] limits) {
    this.limits = limits.clone();
    integrated = new int[limits.length];
    possible = new int[limits.length];
    ReciprocalAsu asu = crystal.spaceGroup().asu();
    ReciprocalMetric metric = new ReciprocalMetric(crystal.cell());
    int[] index = reflections.get(ReflectionKeys.MILLER_INDEX);
    long[] flags = reflections.get(ReflectionKeys.FLAGS);
    Set<ReciprocalAsu.Mapped> seen = new HashSet<>();
    for (int i = 0; i < flags.length; i++) {
      if (Integrator.isIntegrated(flags[i])) {
        ReciprocalAsu.Mapped m = asu.map(index[3 * i], index[3 * i + 1], index[3 * i + 2]);
        if (seen.add(new ReciprocalAsu.Mapped(m.h(), m.k(), m.l(), 0))) {
          count(integrated, metric.d(m.h(), m.k(), m.l()));
        }
      }
    }
    PossibleReflections.forEach(
        crystal.cell(),
        crystal.spaceGroup(),
        limits[limits.length - 1],
        (h, k, l, d) -> count(possible, d));
  }

  private void count(int[] shells, double d) {
    int s = 0;
    while (s < limits.length && d < limits[s] * (1 - SLACK)) {
      s++;
    }
    if (s < limits.length) {
      shells[s]++;
    }
  }

  /** Unique reflections of a shell that were integrated. */
  int integrated(int shell) {
    return integrated[shell];
  }

  /** Unique reflections of a shell. */
  int possible(int shell) {
    return possible[shell];
  }
}
