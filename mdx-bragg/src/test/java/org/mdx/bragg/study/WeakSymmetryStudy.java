package org.mdx.bragg.study;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import org.mdx.bragg.internal.intensity.SimulatedCrystal;
import org.mdx.bragg.internal.intensity.SimulatedCrystal.Measuring;
import org.mdx.bragg.internal.intensity.SimulatedCrystal.Sweep;
import org.mdx.bragg.symmetry.FoundSymmetry;
import org.mdx.bragg.symmetry.SubgroupScore;
import org.mdx.bragg.symmetry.SymmetryFinder;
import org.mdx.bragg.symmetry.SymmetryOptions;
import org.mdx.crystal.ChangeOfBasis;
import org.mdx.crystal.NiggliCell;
import org.mdx.crystal.SpaceGroup;
import org.mdx.crystal.UnitCell;
import org.mdx.reflection.ReflectionKeys;

/**
 * Laue groups of weak simulated intensities against the truth, and whether probabilities are
 * honest: of the claims with a probability near 0.7, 70 % have to be right. Arguments: first seed,
 * last seed, and optionally the resolution (2.2 Å) and degrees of the sweep (90).
 */
public final class WeakSymmetryStudy {
  /** Mean intensity over the mean standard deviation. */
  private static final double[] LEVELS = {0.3, 0.5, 0.7, 1, 2, 5};

  /** Parts of the intensities that have the higher symmetry: correlations of 0, 0.5, 0.8. */
  private static final double[] PARTS = {0, 0.5, 0.667};

  /** A group that was claimed with a probability, and whether it is right. */
  private record Claim(double p, boolean right) {}

  /** A crystal, and the supergroup of its intensities where they have a part of that symmetry. */
  private record Kind(String group, String cell, String over) {}

  private static final List<Kind> KINDS =
      List.of(
          new Kind("P 1", "22 25 28 90 90 90", "P 2 2 2"),
          new Kind("P 1 21 1", "22 27 31 90 90 90", "P 2 2 21"),
          new Kind("C 1 2 1", "40 22 25 90 110 90", ""),
          new Kind("P 21 21 21", "22 27 31 90 90 90", ""),
          new Kind("P 21 21 2", "30 30 22 90 90 90", "P 42 21 2"),
          new Kind("P 41", "28 28 24 90 90 90", "P 41 2 2"),
          new Kind("I 4", "32 32 24 90 90 90", "I 4 2 2"),
          new Kind("P 43 21 2", "28 28 35 90 90 90", ""),
          new Kind("P 31", "26 26 33 90 90 120", "P 31 2 1"),
          new Kind("P 61", "28 28 35 90 90 120", "P 61 2 2"),
          new Kind("P 21 3", "30 30 30 90 90 90", "P 42 3 2"),
          new Kind("I 21 3", "34 34 34 90 90 90", "I 41 3 2"),
          new Kind("P 41 3 2", "36 36 36 90 90 90", ""));

  private final double dMin;
  private final double degrees;

  /** Right, wrong with a probability above 0.9, of these too high, all; by level. */
  private final int[][] counts = new int[LEVELS.length][4];

  /** Number, sum of probabilities, right ones; by bin of the probability. */
  private final List<Claim> claims = new ArrayList<>();

  private double score;

  private WeakSymmetryStudy(double dMin, double degrees) {
    this.dMin = dMin;
    this.degrees = degrees;
  }

  /**
   * Prints the tables.
   *
   * @param arguments as the class says
   */
  public static void main(String[] arguments) {
    double dMin = arguments.length > 2 ? Double.parseDouble(arguments[2]) : 2.2;
    double degrees = arguments.length > 3 ? Double.parseDouble(arguments[3]) : 90;
    WeakSymmetryStudy study = new WeakSymmetryStudy(dMin, degrees);
    int last = Integer.parseInt(arguments[1]);
    for (int seed = Integer.parseInt(arguments[0]); seed <= last; seed++) {
      for (Kind kind : KINDS) {
        for (double part : PARTS) {
          if (part == 0 || !kind.over.isEmpty()) {
            study.crystal(kind, part, seed);
          }
        }
      }
    }
    study.print();
  }

  private void crystal(Kind kind, double part, int seed) {
    double[] c = Arrays.stream(kind.cell.split(" ")).mapToDouble(Double::parseDouble).toArray();
    UnitCell cell = new UnitCell(c[0], c[1], c[2], c[3], c[4], c[5]);
    SimulatedCrystal crystal = new SimulatedCrystal(kind.group, cell, dMin, seed);
    if (part > 0) {
      crystal.pseudo(part, kind.over);
    }
    ChangeOfBasis primitive = crystal.group().toPrimitive();
    ChangeOfBasis axes =
        NiggliCell.of(LaueClaims.primitiveCell(cell, primitive)).change().times(primitive);
    double mean = mean(measure(crystal, axes, 1, seed), ReflectionKeys.INTENSITY_PRF);
    for (int level = 0; level < LEVELS.length; level++) {
      Sweep s = measure(crystal, axes, mean / LEVELS[level], 100L * seed + level);
      FoundSymmetry found =
          SymmetryFinder.find(List.of(s.geometry()), s.reflections(), SymmetryOptions.defaults());
      count(level, found, crystal.group(), axes);
      if (System.getProperty("all") != null) {
        System.out.printf(
            Locale.ROOT, "%s %.2f level %.1f%n%s%n", kind, part, LEVELS[level], found.table());
      }
    }
  }

  private Sweep measure(SimulatedCrystal crystal, ChangeOfBasis axes, double sigma, long seed) {
    Measuring m = new Measuring().scan(0, degrees, 2 * degrees).errors(1, sigma, 0.03);
    return crystal.measure(m, 0, axes, SpaceGroup.ofNumber(1), seed);
  }

  private static double mean(Sweep s, org.mdx.reflection.ReflectionKey<double[]> key) {
    return Arrays.stream(s.reflections().get(key)).average().orElseThrow();
  }

  private void count(int level, FoundSymmetry found, SpaceGroup truth, ChangeOfBasis axes) {
    SubgroupScore best = found.laueGroup();
    boolean right = LaueClaims.isRight(found, truth, axes);
    double p = best.likelihood();
    counts[level][0] += right ? 1 : 0;
    counts[level][1] += !right && p > 0.9 ? 1 : 0;
    boolean high = best.group().laueGroup().order() > truth.laueGroup().order();
    counts[level][2] += !right && p > 0.9 && high ? 1 : 0;
    counts[level][3]++;
    claims.add(new Claim(p, right));
    double ofTruth =
        found.laueGroups().stream()
            .filter(g -> g.group().laueGroup().symbol().equals(truth.laueGroup().symbol()))
            .mapToDouble(SubgroupScore::likelihood)
            .max()
            .orElse(0);
    score += Math.log(Math.max(1e-6, ofTruth));
  }

  private void print() {
    System.out.println("| mean I/sigma | sets | right | wrong above 0.9 | of these too high |");
    System.out.println("|---|---|---|---|---|");
    int all = 0;
    for (int i = 0; i < LEVELS.length; i++) {
      int[] c = counts[i];
      all += c[3];
      System.out.printf(
          Locale.ROOT, "| %.1f | %d | %d | %d | %d |%n", LEVELS[i], c[3], c[0], c[1], c[2]);
    }
    LaueClaims.reliability("all", claims, Claim::p, Claim::right);
    System.out.printf(Locale.ROOT, "mean log of the truth's probability %.4f%n", score / all);
  }
}
