package org.mdx.bragg.study;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Collectors;
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
import org.mdx.reflection.Reflections;
import org.mdx.table.EmptyResultException;

/**
 * Whether probabilities of Laue groups are honest where crystals are twins by merohedry: of the
 * claims near 0.9, 90 % have to be right. A third of the sets are no twins but have the higher
 * symmetry that the twins of the others pretend. Twin fractions are 0, 0.1, 0.2, 0.3, 0.4, 0.45 and
 * 0.5; a third have approximate symmetry along the law, in structure factors, so that intensities
 * keep Wilson's distribution. Arguments: first seed, last seed, sets of each seed; with {@code
 * -Dall} a line of each set.
 */
public final class TwinCalibration {
  private static final double[] FRACTIONS = {0, 0.1, 0.2, 0.3, 0.4, 0.45, 0.5};

  /** A crystal, its twin law, and a group that has the law as symmetry. */
  private record Kind(String group, String cell, String law, String over) {}

  private static final List<Kind> KINDS =
      List.of(
          new Kind("P 4", "30 30 24 90 90 90", "y,x,-z", "P 4 2 2"),
          new Kind("P 41", "28 28 26 90 90 90", "y,x,-z", "P 41 21 2"),
          new Kind("I 4", "36 36 24 90 90 90", "y,x,-z", "I 4 2 2"),
          new Kind("P 3", "28 28 30 90 90 120", "-x,-y,z", "P 6"),
          new Kind("P 3", "28 28 30 90 90 120", "y,x,-z", "P 3 2 1"),
          new Kind("P 31", "26 26 33 90 90 120", "-y,-x,-z", "P 31 1 2"),
          new Kind("P 31 2 1", "30 30 33 90 90 120", "-x,-y,z", "P 64 2 2"),
          new Kind("P 31 1 2", "30 30 33 90 90 120", "-x,-y,z", "P 64 2 2"),
          new Kind("P 6", "30 30 30 90 90 120", "y,x,-z", "P 6 2 2"),
          new Kind("P 61", "28 28 35 90 90 120", "y,x,-z", "P 61 2 2"),
          new Kind("R 3 :H", "36 36 30 90 90 120", "y,x,-z", "R 3 2 :H"),
          new Kind("P 2 3", "32 32 32 90 90 90", "y,x,-z", "P 4 3 2"),
          new Kind("I 2 3", "40 40 40 90 90 90", "y,x,-z", "I 4 3 2"));

  /** What became of a set. */
  private record Outcome(
      String what, double level, boolean enough, double p, boolean right, boolean high) {}

  private final List<Outcome> outcomes = new ArrayList<>();
  private double score;

  private TwinCalibration() {}

  /**
   * Prints the tables.
   *
   * @param arguments as the class says
   */
  public static void main(String[] arguments) {
    TwinCalibration study = new TwinCalibration();
    int last = Integer.parseInt(arguments[1]);
    int sets = Integer.parseInt(arguments[2]);
    for (int seed = Integer.parseInt(arguments[0]); seed <= last; seed++) {
      for (int n = 0; n < sets; n++) {
        study.set(1000L * seed + n);
      }
    }
    study.print();
  }

  private void set(long seed) {
    Random random = new Random(seed * 104_729);
    random.nextInt();
    Kind kind = KINDS.get(random.nextInt(KINDS.size()));
    double[] c = Arrays.stream(kind.cell.split(" ")).mapToDouble(Double::parseDouble).toArray();
    UnitCell cell = new UnitCell(c[0], c[1], c[2], c[3], c[4], c[5]);
    double level = Math.pow(30, random.nextDouble());
    double dMin = 1.8 * Math.pow(1.8, random.nextDouble());
    double degrees = 20 * Math.pow(9, random.nextDouble());
    double sigma = new double[] {1, 1, 1, 1.4, 1 / 1.4}[random.nextInt(5)];
    boolean higher = random.nextDouble() < 1 / 3.0;
    double twin = higher ? 0 : FRACTIONS[random.nextInt(FRACTIONS.length)];
    double correlation = random.nextDouble() < 1 / 3.0 ? 0.2 + 0.65 * random.nextDouble() : 0;
    SimulatedCrystal crystal =
        new SimulatedCrystal(higher ? kind.over : kind.group, cell, dMin, seed);
    if (twin > 0) {
      crystal.twin(twin, kind.law);
    }
    if (!higher && correlation > 0) {
      crystal.approximate(correlation, kind.over);
    }
    String what =
        higher
            ? "higher group"
            : String.format(Locale.ROOT, "%.2f%s", twin, correlation > 0 ? ", approximate" : "");
    ChangeOfBasis primitive = crystal.group().toPrimitive();
    ChangeOfBasis axes =
        NiggliCell.of(LaueClaims.primitiveCell(cell, primitive)).change().times(primitive);
    Measuring m = new Measuring().scan(0, degrees, Math.max(2, 2 * degrees)).errors(1, 1, 0.03);
    double mean =
        Arrays.stream(
                crystal
                    .measure(m, 0, axes, SpaceGroup.ofNumber(1), seed)
                    .reflections()
                    .get(ReflectionKeys.INTENSITY_PRF))
            .average()
            .orElseThrow();
    m.errors(1, mean / level, 0.03).underestimate(sigma);
    Sweep sweep = crystal.measure(m, 0, axes, SpaceGroup.ofNumber(1), seed);
    Reflections table = sweep.reflections();
    try {
      FoundSymmetry found =
          SymmetryFinder.find(List.of(sweep.geometry()), table, SymmetryOptions.defaults());
      add(seed, kind, crystal.group(), axes, found, what, level, sigma, table.size());
    } catch (EmptyResultException e) {
      return;
    }
  }

  private void add(
      long seed,
      Kind kind,
      SpaceGroup truth,
      ChangeOfBasis axes,
      FoundSymmetry found,
      String what,
      double level,
      double sigma,
      int rows) {
    boolean right = LaueClaims.isRight(found, truth, axes);
    SubgroupScore best = found.laueGroup();
    int order = truth.laueGroup().order();
    boolean high = best.group().laueGroup().order() > order;
    boolean enough = !found.table().contains("not enough pairs");
    outcomes.add(new Outcome(what, level, enough, best.likelihood(), right, high));
    double ofTruth =
        found.laueGroups().stream()
            .filter(g -> g.group().laueGroup().symbol().equals(truth.laueGroup().symbol()))
            .mapToDouble(SubgroupScore::likelihood)
            .max()
            .orElse(0);
    score += Math.log(Math.max(1e-6, ofTruth));
    if (System.getProperty("all") != null) {
      String line =
          found.table().lines().filter(l -> l.startsWith("L test")).findFirst().orElse("");
      System.out.printf(
          Locale.ROOT,
          "SET %d %s %s level %.2f sigma %.2f rows %d p %.4f (truth %.4f) %s %s -> %s E %.3f %s%n",
          seed,
          kind.group.replace(' ', '_'),
          what,
          level,
          sigma,
          rows,
          best.likelihood(),
          ofTruth,
          right ? "right" : high ? "HIGH" : "LOW",
          truth.laueGroup().symbol(),
          best.group().laueGroup().symbol(),
          found.expectedCc(),
          line);
      if (System.getProperty("all").equals("" + seed)) {
        System.out.println(found.table());
      }
    }
  }

  private void print() {
    System.out.printf(
        Locale.ROOT,
        "%d sets, mean log of the truth's probability %.4f%n",
        outcomes.size(),
        score / outcomes.size());
    LaueClaims.reliability("all", outcomes, Outcome::p, Outcome::right);
    List<Outcome> enough = outcomes.stream().filter(Outcome::enough).toList();
    LaueClaims.reliability("enough pairs for the L test", enough, Outcome::p, Outcome::right);
    LaueClaims.reliability(
        "twins, enough pairs",
        enough.stream().filter(o -> isTwin(o.what)).toList(),
        Outcome::p,
        Outcome::right);
    LaueClaims.reliability(
        "not enough",
        outcomes.stream().filter(o -> !o.enough).toList(),
        Outcome::p,
        Outcome::right);
    summary("enough pairs", enough, Outcome::what);
    summary("all", outcomes, Outcome::what);
  }

  private static boolean isTwin(String what) {
    return !what.startsWith("higher") && !what.startsWith("0.00");
  }

  private static void summary(String name, List<Outcome> all, Function<Outcome, String> key) {
    System.out.printf("| %s | sets | right | too high | claims above 0.9 | right |%n", name);
    System.out.println("|---|---|---|---|---|---|");
    Map<String, List<Outcome>> by =
        all.stream().collect(Collectors.groupingBy(key, TreeMap::new, Collectors.toList()));
    by.forEach(
        (k, of) -> {
          List<Outcome> sure = of.stream().filter(o -> o.p > 0.9).toList();
          System.out.printf(
              Locale.ROOT,
              "| %s | %d | %d | %d | %d | %d |%n",
              k,
              of.size(),
              of.stream().filter(Outcome::right).count(),
              of.stream().filter(o -> o.high).count(),
              sure.size(),
              sure.stream().filter(Outcome::right).count());
        });
  }
}
