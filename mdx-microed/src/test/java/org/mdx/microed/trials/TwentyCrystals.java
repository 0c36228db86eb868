package org.mdx.microed.trials;

import java.util.ArrayList;
import java.util.List;
import org.mdx.crystal.UnitCell;

/** Twenty crystals, edges of 5 to 60 Å: five leave the beam on the way, three do not diffract. */
final class TwentyCrystals {
  private static final int SIZE = 512;
  private static final int FRAMES = 70;

  private TwentyCrystals() {}

  static List<SimulatedCrystal> all() {
    List<SimulatedCrystal> all = new ArrayList<>();
    add(all, "P 1", 5.9, 7.4, 9.8, 83, 97, 102, 900, 0, 0);
    add(all, "P 31 2 1", 4.925, 4.925, 5.401, 90, 90, 120, 900, 0, 0);
    add(all, "P 21", 5.0, 9.1, 11.5, 90, 98, 90, 900, 0, 0);
    add(all, "P 21", 6.1, 11.2, 14.8, 90, 105, 90, 1200, 51, 70);
    add(all, "P 21", 8.3, 7.2, 18.1, 90, 93, 90, 1200, 0, 0);
    add(all, "P 21 21 21", 9, 12, 16, 90, 90, 90, 1200, 1, 70);
    add(all, "P 21", 10.2, 20.1, 30.3, 90, 100, 90, 1500, 0, 0);
    add(all, "P 21", 24, 33, 41, 90, 104, 90, 1800, 1, 12);
    add(all, "P 21 21 21", 5.4, 8.2, 12.1, 90, 90, 90, 900, 31, 36);
    add(all, "P 21 21 21", 7.1, 9.9, 16.4, 90, 90, 90, 1200, 0, 0);
    add(all, "P 21 21 21", 11.6, 15, 22.8, 90, 90, 90, 1200, 0, 0);
    add(all, "P 21", 6, 9, 12, 90, 95, 90, 900, 1, 70);
    add(all, "P 21 21 21", 26, 34, 48, 90, 90, 90, 1800, 0, 0);
    add(all, "P 21 21 21", 28, 40, 60, 90, 90, 90, 1800, 56, 70);
    add(all, "C 2", 21.5, 9.4, 13.2, 90, 101, 90, 1200, 0, 0);
    add(all, "C 2", 32, 15.5, 20, 90, 95, 90, 1500, 41, 70);
    add(all, "P 43 21 2", 12.4, 12.4, 21, 90, 90, 90, 1200, 0, 0);
    add(all, "P 43 21 2", 58, 58, 38, 90, 90, 90, 1800, 0, 0);
    add(all, "I 21 3", 30, 30, 30, 90, 90, 90, 1800, 0, 0);
    add(all, "C 2", 20, 9, 12, 90, 100, 90, 1200, 1, 70);
    return all;
  }

  private static void add(
      List<SimulatedCrystal> all,
      String group,
      double a,
      double b,
      double c,
      double alpha,
      double beta,
      double gamma,
      double distance,
      int blankFirst,
      int blankLast) {
    String name = String.format(java.util.Locale.ROOT, "x%02d", all.size() + 1);
    UnitCell cell = new UnitCell(a, b, c, alpha, beta, gamma);
    all.add(new SimulatedCrystal(name, cell, group, distance, SIZE, FRAMES, blankFirst, blankLast));
  }
}
