package org.mdx.bragg.twin;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.IntStream;
import org.mdx.bragg.internal.intensity.ReciprocalMetric;
import org.mdx.bragg.internal.intensity.ShellMeans;
import org.mdx.bragg.internal.intensity.UniqueGroups;
import org.mdx.crystal.ChangeOfBasis;
import org.mdx.crystal.MetricSymmetry;
import org.mdx.crystal.SpaceGroup;
import org.mdx.crystal.UnitCell;

/**
 * Whether merged intensities are those of a twin by merohedry, and of which law.
 *
 * @param lTest the test that needs no law
 * @param acentricMoment ⟨I²⟩/⟨I⟩² of acentric reflections, a mean over shells: 2 untwinned, 1.5 of
 *     a perfect twin; errors make it larger; NaN without any
 * @param centricMoment the same of centric ones: 3 untwinned, 2 of a perfect twin; NaN without any
 * @param laws rotations of the lattice that the Laue group has not, one of each kind; empty if the
 *     lattice has no more symmetry than the crystal
 * @param notes what people should know
 */
public record TwinAnalysis(
    LTest lTest,
    double acentricMoment,
    double centricMoment,
    List<TwinLaw> laws,
    List<String> notes) {

  /** Degrees within which a lattice has a rotation. */
  public static final double TOLERANCE = 2;

  private static final int SHELLS = 20;

  /** Reflections of a shell for moments. */
  private static final int FEWEST = 50;

  /** Fractions of which a law is suspected. */
  private static final double SUSPECT = 0.05;

  /** Fractions that approximate symmetry makes where there is no twin. */
  private static final double APPROXIMATE = 0.15;

  public TwinAnalysis {
    laws = List.copyOf(laws);
    notes = List.copyOf(notes);
  }

  /**
   * Analyses merged intensities.
   *
   * @param group over which they are merged
   * @param cell in the axes of the group
   * @param hkl three indices of each, in the asymmetric unit of the group
   * @param value intensities in any unit
   * @param variance of them
   * @param electrons whether they scatter several times, and no statistics of theirs can be trusted
   * @return the analysis
   * @throws IllegalArgumentException if arrays differ in length
   */
  public static TwinAnalysis of(
      SpaceGroup group,
      UnitCell cell,
      int[] hkl,
      double[] value,
      double[] variance,
      boolean electrons) {
    int n = value.length;
    if (hkl.length != 3 * n || variance.length != n) {
      throw new IllegalArgumentException(
          "%d indices, %d intensities, %d variances".formatted(hkl.length / 3, n, variance.length));
    }
    ReciprocalMetric metric = new ReciprocalMetric(cell);
    double[] s2 = new double[n];
    double[] single = new double[n];
    for (int i = 0; i < n; i++) {
      int[] at = {hkl[3 * i], hkl[3 * i + 1], hkl[3 * i + 2]};
      s2[i] = metric.inverseSquare(at[0], at[1], at[2]);
      single[i] = value[i] / group.epsilon(at[0], at[1], at[2]);
    }
    ShellMeans means = new ShellMeans(s2, single.clone(), SHELLS);
    NeighbourRatio ratio = new NeighbourRatio(group);
    boolean[] general = new boolean[n];
    boolean[] centric = new boolean[n];
    double[] e2 = new double[n];
    double[] e2Variance = new double[n];
    for (int i = 0; i < n; i++) {
      int[] at = {hkl[3 * i], hkl[3 * i + 1], hkl[3 * i + 2]};
      double scale = means.at(s2[i]) * group.epsilon(at[0], at[1], at[2]);
      e2[i] = value[i] / scale;
      e2Variance[i] = variance[i] / (scale * scale);
      general[i] = ratio.add(at, s2[i], e2[i], e2Variance[i]);
      centric[i] = UniqueGroups.isCentric(group, at[0], at[1], at[2]);
    }
    int[] of = IntStream.range(0, n).filter(i -> general[i]).toArray();
    HStatistics pairs =
        new HStatistics(
            group,
            IntStream.of(of)
                .flatMap(i -> IntStream.range(3 * i, 3 * i + 3))
                .map(i -> hkl[i])
                .toArray(),
            IntStream.of(of).mapToDouble(i -> e2[i]).toArray(),
            IntStream.of(of).mapToDouble(i -> e2Variance[i]).toArray());
    List<TwinLaw> laws = operators(group, cell).stream().map(pairs::of).toList();
    LTest test = ratio.test();
    return new TwinAnalysis(
        test,
        moment(single, IntStream.range(0, n).filter(i -> !centric[i]).toArray(), s2),
        moment(single, IntStream.range(0, n).filter(i -> centric[i]).toArray(), s2),
        laws,
        notes(test, laws, group, electrons));
  }

  /** The mean of ⟨I²⟩/⟨I⟩² of shells with as many reflections each. */
  private static double moment(double[] value, int[] of, double[] s2) {
    int[] sorted =
        IntStream.of(of)
            .boxed()
            .sorted(Comparator.comparingDouble(i -> s2[i]))
            .mapToInt(i -> i)
            .toArray();
    int shells = Math.max(1, Math.min(SHELLS, sorted.length / FEWEST));
    double sum = 0;
    for (int b = 0; b < shells; b++) {
      int from = (int) ((long) sorted.length * b / shells);
      int to = (int) ((long) sorted.length * (b + 1) / shells);
      double mean = 0;
      double square = 0;
      for (int k = from; k < to; k++) {
        mean += value[sorted[k]];
        square += value[sorted[k]] * value[sorted[k]];
      }
      sum += square * (to - from) / (mean * mean);
    }
    return sum / shells;
  }

  private static List<ChangeOfBasis> operators(SpaceGroup group, UnitCell cell) {
    try {
      List<ChangeOfBasis> all = MetricSymmetry.of(cell, group, TOLERANCE).cosets(group.laueGroup());
      return all.subList(1, all.size());
    } catch (IllegalArgumentException e) {
      // a cell that is not one of its group has no lattice to look for laws of
      return List.of();
    }
  }

  private static List<String> notes(
      LTest test, List<TwinLaw> laws, SpaceGroup group, boolean electrons) {
    if (electrons) {
      return List.of(
          "electrons: multiple scattering changes the statistics of intensities; the L test and"
              + " twin fractions are not reliable");
    }
    List<String> notes = new ArrayList<>();
    Optional<TwinLaw> most =
        laws.stream().filter(TwinLaw::isEnough).max(Comparator.comparingDouble(TwinLaw::fraction));
    double fraction = most.map(TwinLaw::fraction).orElse(0.0);
    if (test.looksTwinned()) {
      String statistics =
          String.format(
              Locale.ROOT,
              "intensity statistics look twinned: <|L|> = %.2f of %d pairs (0.50 untwinned, 0.375"
                  + " perfect twin)",
              test.meanAbsolute(),
              test.pairs());
      notes.add(
          statistics
              + (fraction > SUSPECT
                  ? String.format(
                      Locale.ROOT,
                      "; the likeliest law is %s with a fraction of %.2f",
                      most.orElseThrow().operator().hkl(),
                      fraction)
                  : "; no law of the lattice explains it, so the true symmetry may be lower than "
                      + group.laueGroup()));
    } else if (test.isEnough() && fraction > APPROXIMATE) {
      notes.add(
          String.format(
              Locale.ROOT,
              "the law %s would have a twin fraction of %.2f, but the statistics of the"
                  + " intensities are not those of a twin: the symmetry may be approximate",
              most.orElseThrow().operator().hkl(),
              fraction));
    }
    return notes;
  }

  private static String text(double moment) {
    return Double.isNaN(moment) ? "none" : String.format(Locale.ROOT, "%.2f", moment);
  }

  /**
   * Lines for people.
   *
   * @return the L test, the moments, and a line for each law
   */
  public String lines() {
    StringBuilder b = new StringBuilder(lTest.line());
    b.append(
        String.format(
            Locale.ROOT,
            "<I²>/<I>²: acentric %s (untwinned 2.0, perfect twin 1.5), centric %s (3.0, 2.0)%n",
            text(acentricMoment),
            text(centricMoment)));
    if (!laws.isEmpty()) {
      b.append("twin law             pairs      cc   <|H|>    <H²>  fraction: H test, Britton\n");
    }
    for (TwinLaw l : laws) {
      b.append(
          String.format(
              Locale.ROOT,
              "%-20s %5d %7.3f %7.3f %7.3f %10.3f(%.3f) %8.3f%s%n",
              l.operator().hkl(),
              l.pairs(),
              l.correlation(),
              l.meanH(),
              l.meanSquareH(),
              l.fraction(),
              l.sigma(),
              l.brittonFraction(),
              l.isEnough() ? "" : "  too few pairs"));
    }
    return b.toString();
  }
}
