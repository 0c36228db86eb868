package org.mdx.bragg.internal.intensity;

import org.mdx.crystal.ReciprocalAsu;
import org.mdx.crystal.SpaceGroup;
import org.mdx.crystal.UnitCell;

/** The reflections of the asymmetric unit that are not absent: what a complete set of data has. */
public final class PossibleReflections {
  private static final double SLACK = 1e-9;

  /** What to do with a reflection. */
  @FunctionalInterface
  public interface Visitor {
    /**
     * Takes a reflection.
     *
     * @param h index
     * @param k index
     * @param l index
     * @param d spacing, Å
     */
    void visit(int h, int k, int l, double d);
  }

  private PossibleReflections() {}

  /**
   * Visits all to a resolution.
   *
   * @param cell the cell
   * @param group the symmetry
   * @param dMin least spacing, Å
   * @param visitor takes each, in the order of h, k, l
   */
  public static void forEach(UnitCell cell, SpaceGroup group, double dMin, Visitor visitor) {
    ReciprocalAsu asu = group.asu();
    ReciprocalMetric metric = new ReciprocalMetric(cell);
    int hMost = (int) (cell.a() / dMin);
    int kMost = (int) (cell.b() / dMin);
    int lMost = (int) (cell.c() / dMin);
    for (int h = -hMost; h <= hMost; h++) {
      for (int k = -kMost; k <= kMost; k++) {
        for (int l = -lMost; l <= lMost; l++) {
          if (!asu.contains(h, k, l) || h == 0 && k == 0 && l == 0) {
            continue;
          }
          double d = metric.d(h, k, l);
          if (d >= dMin * (1 - SLACK) && !group.isAbsent(h, k, l)) {
            visitor.visit(h, k, l, d);
          }
        }
      }
    }
  }
}
