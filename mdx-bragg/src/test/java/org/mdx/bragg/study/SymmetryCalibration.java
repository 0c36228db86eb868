package org.mdx.bragg.study;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
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
import org.mdx.math.Vec3;
import org.mdx.reflection.ReflectionKeys;
import org.mdx.reflection.Reflections;
import org.mdx.table.EmptyResultException;

/**
 * Whether probabilities of Laue groups are honest: of the claims with a probability near 0.7, 70 %
 * have to be right. Each set of intensities is drawn by chance: group, mean I/σ from 0.3 to 20, 1
 * to 4 sweeps of 10 to 180 degrees, some 200 to 20,000 reflections, and of some the intensities
 * have a part of a higher symmetry, are of a twin, or have standard deviations that are wrong by
 * 1.5. Arguments: first seed, last seed, sets of each seed; with {@code -Dall} a line of each set.
 */
public final class SymmetryCalibration {

  /** A crystal, a supergroup of its Laue group on the same lattice, and a twin law. */
  private record Kind(String group, String cell, String over, String law) {}

  private static final List<Kind> KINDS =
      List.of(
          new Kind("P 1", "22 25 28 90 90 90", "P 2 2 2", "x,-y,-z"),
          new Kind("P 1", "22 25 28 81 76 84", "", ""),
          new Kind("P 1 21 1", "22 27 31 90 90 90", "P 2 2 21", "x,-y,-z"),
          new Kind("P 1 21 1", "22 27 31 90 104 90", "", ""),
          new Kind("C 1 2 1", "40 22 25 90 110 90", "", ""),
          new Kind("P 21 21 21", "22 27 31 90 90 90", "", ""),
          new Kind("P 21 21 2", "30 30 22 90 90 90", "P 42 21 2", "y,x,-z"),
          new Kind("C 2 2 21", "26 40 22 90 90 90", "", ""),
          new Kind("P 41", "28 28 24 90 90 90", "P 41 2 2", "y,x,-z"),
          new Kind("I 4", "32 32 24 90 90 90", "I 4 2 2", "y,x,-z"),
          new Kind("P 43 21 2", "28 28 35 90 90 90", "", ""),
          new Kind("P 31", "26 26 33 90 90 120", "P 31 2 1", "-x,-y,z"),
          new Kind("P 32 2 1", "26 26 33 90 90 120", "P 62 2 2", "-x,-y,z"),
          new Kind("R 3 :H", "34 34 28 90 90 120", "R 3 2 :H", "y,x,-z"),
          new Kind("P 61", "28 28 35 90 90 120", "P 61 2 2", "y,x,-z"),
          new Kind("P 65 2 2", "28 28 40 90 90 120", "", ""),
          new Kind("P 21 3", "30 30 30 90 90 90", "P 42 3 2", "y,x,-z"),
          new Kind("I 21 3", "34 34 34 90 90 90", "I 41 3 2", "y,x,-z"),
          new Kind("P 41 3 2", "36 36 36 90 90 90", "", ""),
          new Kind("F 4 3 2", "44 44 44 90 90 90", "", ""));

  /** What became of a set. */
  private record Outcome(String what, double level, double p, boolean right, boolean high) {}

  private final List<Outcome> outcomes = new ArrayList<>();
  private double score;

  private SymmetryCalibration() {}

  /**
   * Prints the tables.
   *
   * @param arguments as the class says
   */
  public static void main(String[] arguments) {
    SymmetryCalibration study = new SymmetryCalibration();
    int last = Integer.parseInt(arguments[1]);
    int sets = Integer.parseInt(arguments[2]);
    for (int seed = Integer.parseInt(arguments[0]); seed <= last; seed++) {
      for (int n = Integer.getInteger("from", 0); n < sets; n++) {
        study.set(1000L * seed + n);
      }
    }
    study.print();
  }

  private void set(long seed) {
    Random random = new Random(seed * 7919);
    random.nextInt();
    Kind kind = KINDS.get(random.nextInt(KINDS.size()));
    double[] c = Arrays.stream(kind.cell.split(" ")).mapToDouble(Double::parseDouble).toArray();
    UnitCell cell = new UnitCell(c[0], c[1], c[2], c[3], c[4], c[5]);
    double level = 0.3 * Math.pow(20 / 0.3, random.nextDouble());
    double dMin = 1.8 * Math.pow(2, random.nextDouble());
    int sweeps = new int[] {1, 1, 2, 4}[random.nextInt(4)];
    double degrees = 10 * Math.pow(18, random.nextDouble());
    double sigma = new double[] {1, 1, 1, 1.5, 1 / 1.5}[random.nextInt(5)];
    SimulatedCrystal crystal = new SimulatedCrystal(kind.group, cell, dMin, seed);
    String what = "plain";
    double extra = random.nextDouble();
    double part = random.nextDouble();
    String detail = "";
    if (extra < 0.25 && !kind.over.isEmpty()) {
      // correlations of 0.2 to 0.9
      double m = 0.2 + 0.7 * part;
      crystal.approximate(m, kind.over);
      what = "pseudo";
      detail = String.format(Locale.ROOT, "%.2f", m);
    } else if (extra < 0.45 && !kind.law.isEmpty()) {
      double twin = 0.1 + 0.35 * part;
      crystal.twin(twin, kind.law);
      what = twin > 0.35 ? "strong twin" : "twin";
      detail = String.format(Locale.ROOT, "%.2f", twin);
    }
    ChangeOfBasis primitive = crystal.group().toPrimitive();
    ChangeOfBasis axes =
        NiggliCell.of(LaueClaims.primitiveCell(cell, primitive)).change().times(primitive);
    List<Sweep> all = new ArrayList<>();
    double[] scale = random.doubles(sweeps).map(u -> 0.5 + u).toArray();
    double[] fall = random.doubles(sweeps).map(u -> 0.4 * (u - 0.5)).toArray();
    double absorbs = random.nextDouble() < 0.5 ? 0 : 0.2 * random.nextDouble();
    Vec3 slope =
        new Vec3(random.nextGaussian(), random.nextGaussian(), random.nextGaussian())
            .unit()
            .times(absorbs);
    double mean = Double.NaN;
    for (int pass = 0; pass < 2; pass++) {
      all.clear();
      for (int s = 0; s < sweeps; s++) {
        int sweep = s;
        Measuring m =
            new Measuring()
                .scan(0, degrees, Math.max(2, 2 * degrees))
                .scales(x -> scale[sweep] * (1 + fall[sweep] * x), x -> 0)
                .errors(1, pass == 0 ? 1 : mean / level, 0.03)
                .surface(slope)
                .underestimate(pass == 0 ? 1 : sigma);
        all.add(crystal.measure(m, s, axes, SpaceGroup.ofNumber(1), 10 * seed + s));
      }
      if (pass == 0) {
        mean =
            all.stream()
                .flatMapToDouble(
                    s -> Arrays.stream(s.reflections().get(ReflectionKeys.INTENSITY_PRF)))
                .average()
                .orElseThrow();
      }
    }
    Reflections table = Reflections.concatenate(all.stream().map(Sweep::reflections).toList());
    FoundSymmetry found;
    try {
      found =
          SymmetryFinder.find(
              all.stream().map(Sweep::geometry).toList(), table, SymmetryOptions.defaults());
    } catch (EmptyResultException e) {
      return;
    }
    boolean right = LaueClaims.isRight(found, crystal.group(), axes);
    SubgroupScore best = found.laueGroup();
    int order = crystal.group().laueGroup().order();
    String sigmas = sigma == 1 ? "" : sigma > 1 ? ", sigma too small" : ", sigma too large";
    outcomes.add(
        new Outcome(
            what + sigmas,
            level,
            best.likelihood(),
            right,
            best.group().laueGroup().order() > order));
    double ofTruth =
        found.laueGroups().stream()
            .filter(
                g -> g.group().laueGroup().symbol().equals(crystal.group().laueGroup().symbol()))
            .mapToDouble(SubgroupScore::likelihood)
            .max()
            .orElse(0);
    score += Math.log(Math.max(1e-6, ofTruth));
    if (System.getProperty("all") != null) {
      System.out.printf(
          Locale.ROOT,
          "SET %d %s %s %s level %.2f sigma %.2f rows %d sweeps %d p %.4f %s %s -> %s E %.3f d %.2f"
              + " %s%n",
          seed,
          kind.group.replace(' ', '_'),
          what,
          detail,
          level,
          sigma,
          table.size(),
          sweeps,
          best.likelihood(),
          right ? "right" : best.group().laueGroup().order() > order ? "HIGH" : "LOW",
          crystal.group().laueGroup().symbol(),
          best.group().laueGroup().symbol(),
          found.expectedCc(),
          found.resolution(),
          found.table().lines().filter(l -> l.startsWith("L test")).findFirst().orElse(""));
      if (!right && best.likelihood() > 0.9 || System.getProperty("all").equals("" + seed)) {
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
    double[] levels = {0.3, 1, 3, 20};
    System.out.println("| sets | number | right | wrong above 0.9 | of these too high |");
    System.out.println("|---|---|---|---|---|");
    for (int i = 0; i < 3; i++) {
      double from = levels[i];
      double to = levels[i + 1];
      summary(
          String.format(Locale.ROOT, "mean I/sigma %.1f to %.0f", from, to),
          outcomes.stream().filter(o -> o.level >= from && o.level < to).toList());
    }
    Map<String, List<Outcome>> byKind =
        outcomes.stream().collect(Collectors.groupingBy(Outcome::what));
    byKind.keySet().stream().sorted().forEach(k -> summary(k, byKind.get(k)));
    for (String k : List.of("plain", "pseudo", "twin", "strong twin")) {
      LaueClaims.reliability(
          k,
          outcomes.stream().filter(o -> o.what.startsWith(k)).toList(),
          Outcome::p,
          Outcome::right);
    }
    LaueClaims.reliability(
        "sigma",
        outcomes.stream().filter(o -> o.what.contains("sigma")).toList(),
        Outcome::p,
        Outcome::right);
  }

  private static void summary(String name, List<Outcome> of) {
    System.out.printf(
        Locale.ROOT,
        "| %s | %d | %d | %d | %d |%n",
        name,
        of.size(),
        of.stream().filter(Outcome::right).count(),
        of.stream().filter(o -> !o.right && o.p > 0.9).count(),
        of.stream().filter(o -> !o.right && o.p > 0.9 && o.high).count());
  }
}
