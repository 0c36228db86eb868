package org.mdx.bragg.symmetry;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import org.mdx.bragg.internal.intensity.Measurements;
import org.mdx.bragg.internal.intensity.MedianCell;
import org.mdx.bragg.internal.intensity.PairSums;
import org.mdx.bragg.internal.intensity.ShellMeans;
import org.mdx.bragg.internal.intensity.UniqueGroups;
import org.mdx.bragg.twin.LTest;
import org.mdx.bragg.twin.TwinAnalysis;
import org.mdx.crystal.CellTolerance;
import org.mdx.crystal.ChangeOfBasis;
import org.mdx.crystal.Crystal;
import org.mdx.crystal.MetricSymmetry;
import org.mdx.crystal.SpaceGroup;
import org.mdx.crystal.UnitCell;
import org.mdx.geometry.Geometry;
import org.mdx.geometry.Probe;
import org.mdx.reflection.Reflections;
import org.mdx.table.EmptyResultException;

/** Finds Laue group and space group of sweeps that are indexed in agreement. */
public final class SymmetryFinder {
  private static final double SURE = 0.9;
  private static final int SHELLS = 20;

  /** Standard deviation of told variances, as a part of them. */
  private static final double VARIANCES = 0.1;

  private final SymmetryOptions options;
  private final List<String> notes = new ArrayList<>();

  private SymmetryFinder(SymmetryOptions options) {
    this.options = options;
  }

  /**
   * Finds the symmetry.
   *
   * @param geometries one for each id, with crystals in the same axes
   * @param reflections integrated, of all of them
   * @param options how to look
   * @return the groups with their probabilities, and everything in the axes of the best one
   * @throws IllegalArgumentException if a column is missing, or crystals differ
   * @throws EmptyResultException if no intensity can be used, or all are noise
   */
  public static FoundSymmetry find(
      List<Geometry> geometries, Reflections reflections, SymmetryOptions options) {
    return new SymmetryFinder(options).run(geometries, reflections);
  }

  private FoundSymmetry run(List<Geometry> geometries, Reflections reflections) {
    if (geometries.isEmpty() || geometries.get(0).crystal().isEmpty()) {
      throw new IllegalArgumentException("no crystal to find the symmetry of; run mdx index");
    }
    Crystal first = geometries.get(0).crystal().get();
    ChangeOfBasis toPrimitive = PreparedSweeps.toReduced(first);
    UnitCell cell = requireAlike(geometries, toPrimitive);
    ChangeOfBasis[] changes = new ChangeOfBasis[geometries.size()];
    Arrays.fill(changes, toPrimitive);
    PreparedSweeps data = PreparedSweeps.of(geometries, reflections, changes, cell, options);
    warnOfDisagreement(data, geometries.size());
    LatticeOperators lattice = new LatticeOperators(cell, options.latticeTolerance());
    return run(geometries, reflections, changes, data, lattice);
  }

  /** Finds the symmetry of sweeps that have been brought into agreement. */
  static FoundSymmetry find(
      List<Geometry> geometries,
      Reflections reflections,
      ChangeOfBasis[] changes,
      PreparedSweeps data,
      LatticeOperators lattice,
      SymmetryOptions options) {
    return new SymmetryFinder(options).run(geometries, reflections, changes, data, lattice);
  }

  private FoundSymmetry run(
      List<Geometry> geometries,
      Reflections reflections,
      ChangeOfBasis[] changes,
      PreparedSweeps data,
      LatticeOperators lattice) {
    notes.addAll(data.measurements().notes());
    data.levelNotes().forEach(n -> notes.add(n + "; the symmetry is sought with that made up"));
    SquaresWithErrors squares = data.withErrors();
    double expected = squares.expected();
    Orbits orbits = new Orbits(squares.data(), lattice);
    double error = (1 - expected) * (VARIANCES + Math.sqrt(8.0 / Math.max(8, orbits.size())));
    LaueLikelihood likelihood =
        new LaueLikelihood(expected, Math.max(0.01, error), options.ccSigma());
    LaueSearch search = new LaueSearch(lattice, squares, orbits, likelihood);
    boolean electrons = geometries.get(0).beam().probe() == Probe.ELECTRON;
    List<LaueSearch.Ranked> ranked = ranked(search, changes[0], data, squares.more(), electrons);
    LaueSearch.Ranked best = ranked.get(0);
    TwinAnalysis twins = twins(data, best, squares.more(), electrons);
    notes.addAll(twins.notes());
    List<SubgroupScore> scores = ranked.stream().map(LaueSearch.Ranked::score).toList();
    if (scores.get(0).likelihood() < SURE && ranked.size() > 1 && options.laueGroup() == null) {
      notes.add(
          String.format(
              Locale.ROOT,
              "the Laue group is not certain: %s has a probability of %.2f; the next is %s",
              best.score().group().laueGroup(),
              scores.get(0).likelihood(),
              ranked.get(1).score().group().hermannMauguin()));
    }
    AbsenceSearch absences = absences(data, best, electrons);
    List<ExtinctionScore> extinctions = absences.ranked();
    judge(absences, extinctions, electrons);
    SpaceGroup group = extinctions.get(0).groups().get(0);
    List<ChangeOfBasis> total = Arrays.stream(changes).map(c -> best.change().times(c)).toList();
    return new FoundSymmetry(
        Reindexer.geometries(geometries, total, group),
        Reindexer.reflections(reflections, total),
        group,
        search.operators(best),
        scores,
        twins,
        extinctions,
        data.resolution(),
        expected,
        notes);
  }

  private static UnitCell requireAlike(List<Geometry> geometries, ChangeOfBasis change) {
    List<UnitCell> cells = new ArrayList<>();
    for (int i = 0; i < geometries.size(); i++) {
      Crystal c = geometries.get(i).crystal().orElse(null);
      if (c == null) {
        throw new IllegalArgumentException("experiment " + i + " has no crystal; run mdx index");
      }
      cells.add(PreparedSweeps.cell(c, change));
      if (!CellTolerance.defaults().admits(cells.get(0), cells.get(i))) {
        throw new IllegalArgumentException(
            "experiment "
                + i
                + " has the cell "
                + c.cell()
                + ", experiment 0 "
                + geometries.get(0).crystal().orElseThrow().cell()
                + "; 'mdx cosym' brings sweeps into the same axes and names different crystals");
      }
    }
    return MedianCell.of(cells);
  }

  private void warnOfDisagreement(PreparedSweeps data, int sweeps) {
    if (sweeps < 2 || sweeps > 100) {
      return;
    }
    double expected = data.expectedWithin(0);
    MergedSquares first = data.strong(s -> s == 0);
    for (int s = 1; s < sweeps; s++) {
      int one = s;
      MergedSquares other = data.strong(t -> t == one);
      PairSums sums = new PairSums();
      for (int i = 0; i < other.size(); i++) {
        int j = first.find(other.key(i));
        if (j >= 0) {
          sums.add(first.value(j), other.value(i));
        }
      }
      if (sums.count() >= 30 && sums.correlation() < 0.5 * expected) {
        notes.add(
            String.format(
                Locale.ROOT,
                "warning: sweeps 0 and %d correlate by %.2f only: they may be indexed differently;"
                    + " run 'mdx cosym'",
                s,
                sums.correlation()));
      }
    }
  }

  /** The groups that are wanted, if one was told. */
  private List<LaueSearch.Ranked> known(List<LaueSearch.Ranked> ranked) {
    SpaceGroup wanted = options.laueGroup();
    if (wanted == null) {
      return ranked;
    }
    List<LaueSearch.Ranked> fitting =
        ranked.stream()
            .filter(
                r ->
                    r.score().group().laueGroup().symbol().equals(wanted.laueGroup().symbol())
                        && r.score().group().crystalSystem() == wanted.crystalSystem()
                        && r.score().group().centring() == wanted.centring())
            .toList();
    if (fitting.isEmpty()) {
      throw new IllegalArgumentException(
          "the lattice has no symmetry of the Laue group of "
              + wanted
              + "; correct the cell or the group, or allow a lattice tolerance of more degrees");
    }
    return fitting;
  }

  private static int[] indices(PreparedSweeps data, LaueSearch.Ranked best) {
    int[] matrix = best.change().indexMatrix(1, 1, 1);
    int[] hkl = new int[data.hkl().length];
    for (int i = 0; i < hkl.length; i += 3) {
      for (int j = 0; j < 3; j++) {
        int sum = 0;
        for (int k = 0; k < 3; k++) {
          sum += data.hkl()[i + k] * matrix[3 * k + j];
        }
        hkl[i + j] = sum / matrix[9];
      }
    }
    return hkl;
  }

  /** Whether intensities that are merged over a group are those of a twin. */
  private static TwinAnalysis twins(
      PreparedSweeps data, LaueSearch.Ranked of, double more, boolean electrons) {
    Measurements m = data.measurements();
    SpaceGroup group = of.score().group();
    UniqueGroups groups = UniqueGroups.of(indices(data, of), group);
    int[] hkl = new int[3 * groups.size()];
    double[] value = new double[groups.size()];
    double[] variance = new double[groups.size()];
    for (int g = 0; g < groups.size(); g++) {
      double w = 0;
      double sum = 0;
      for (int p = groups.start(g); p < groups.start(g + 1); p++) {
        int i = groups.member(p);
        w += 1 / m.variance(i);
        sum += m.value(i) / m.variance(i);
      }
      for (int j = 0; j < 3; j++) {
        hkl[3 * g + j] = groups.index(g, j);
      }
      value[g] = sum / w;
      variance[g] = more / w;
    }
    return TwinAnalysis.of(group, of.score().cell(), hkl, value, variance, electrons);
  }

  /** The groups once the intensities merged over the best one by correlations tell of twins. */
  private List<LaueSearch.Ranked> ranked(
      LaueSearch search,
      ChangeOfBasis change,
      PreparedSweeps data,
      double more,
      boolean electrons) {
    List<LaueSearch.Ranked> ranked = known(search.ranked(change));
    if (electrons) {
      return ranked;
    }
    LTest test = twins(data, ranked.get(0), more, false).lTest();
    List<LaueSearch.Ranked> again = known(search.ranked(change, test, ranked.get(0)));
    SpaceGroup before = ranked.get(0).score().group();
    if (again.get(0).score().group().order() < before.order() && test.looksTwinned()) {
      notes.add(
          String.format(
              Locale.ROOT,
              "merged over %s, intensities would look twinned (<|L|> = %.2f of %d pairs); a twin of"
                  + " lower symmetry is more likely",
              before.laueGroup(),
              test.meanAbsolute(),
              test.pairs()));
    }
    return again;
  }

  /** The absences of the reflections in conventional axes, merged over the Laue group. */
  private static AbsenceSearch absences(
      PreparedSweeps data, LaueSearch.Ranked best, boolean electrons) {
    SpaceGroup symmorphic = best.score().group();
    Measurements m = data.measurements();
    UniqueGroups groups = UniqueGroups.of(indices(data, best), symmorphic);
    ShellMeans means = data.shellMeans(SHELLS);
    AbsenceSearch search = new AbsenceSearch(symmorphic, electrons);
    for (int g = 0; g < groups.size(); g++) {
      double w = 0;
      double sum = 0;
      double mean = 0;
      int from = groups.start(g);
      int to = groups.start(g + 1);
      for (int p = from; p < to; p++) {
        int i = groups.member(p);
        w += 1 / m.variance(i);
        sum += m.value(i) / m.variance(i);
        mean += means.at(data.inverseSquare(i)) / (to - from);
      }
      search.add(
          groups.index(g, 0),
          groups.index(g, 1),
          groups.index(g, 2),
          sum / w,
          1 / Math.sqrt(w),
          mean);
    }
    return search;
  }

  private void judge(AbsenceSearch absences, List<ExtinctionScore> found, boolean electrons) {
    ExtinctionScore best = found.get(0);
    if (found.size() > 1 && best.probability() < SURE) {
      int telling = absences.distinguishing(best.groups().get(0), found.get(1).groups().get(0));
      String doubt =
          telling < 4
              ? "not enough axial reflections: %d tell %s from %s"
              : "the absences do not decide: %d reflections tell %s from %s";
      notes.add(
          String.format(
              Locale.ROOT,
              doubt,
              telling,
              best.groups().get(0).hermannMauguin(),
              found.get(1).groups().get(0).hermannMauguin()));
    }
    if (electrons) {
      notes.add(
          String.format(
              Locale.ROOT,
              "electrons: multiple scattering fills absences (here to %.0f %% of the mean); the"
                  + " space group needs other evidence too",
              100 * absences.leak()));
    }
  }

  /**
   * The ways to index crystals of a group that their lattice does not tell apart.
   *
   * @param found a symmetry
   * @param tolerance of the lattice, degrees
   * @return operators, the identity first
   */
  public static List<ChangeOfBasis> ambiguities(FoundSymmetry found, double tolerance) {
    UnitCell cell = found.geometries().get(0).crystal().orElseThrow().cell();
    return MetricSymmetry.of(cell, found.spaceGroup(), tolerance)
        .cosets(found.spaceGroup().laueGroup());
  }
}
