package org.mdx.bragg.symmetry;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.IntPredicate;
import java.util.stream.IntStream;
import org.mdx.bragg.internal.intensity.IntensityKind;
import org.mdx.bragg.internal.intensity.IntensitySignal;
import org.mdx.bragg.internal.intensity.Measurements;
import org.mdx.bragg.internal.intensity.ReciprocalMetric;
import org.mdx.bragg.internal.intensity.RowFilter;
import org.mdx.bragg.internal.intensity.ShellMeans;
import org.mdx.bragg.level.IntensityLevels;
import org.mdx.crystal.ChangeOfBasis;
import org.mdx.crystal.Crystal;
import org.mdx.crystal.NiggliCell;
import org.mdx.crystal.SpaceGroup;
import org.mdx.crystal.UnitCell;
import org.mdx.geometry.Geometry;
import org.mdx.reflection.Reflections;

/** Normalised intensities of sweeps in primitive axes, to the resolution at which they help. */
final class PreparedSweeps {
  /** Mean I over mean σ where intensities of single sweeps stop to tell. */
  private static final double STRONG = 4;

  /** Mean I over mean σ where they stop to tell the Laue group. */
  private static final double WEAK = 0.4;

  /** Part of the usual intensity below which there is none. */
  private static final double BLANK = 0.05;

  private static final int SHELLS = 20;
  private static final int FEWEST = 200;
  private static final int FEWEST_PAIRS = 30;

  private final Measurements measurements;
  private final IntensityLevels levels;
  private final int[] hkl;
  private final double[] e2;
  private final double[] variance;
  private final double[] inverseSquare;

  /** 1/d² to which single sweeps are compared. */
  private final double strong;

  /** 1/d² to which all of them are. */
  private final double limit;

  private PreparedSweeps(
      Measurements m, IntensityLevels levels, int[] hkl, double[] inverseSquare, double dMin) {
    this.measurements = m;
    this.levels = levels;
    this.hkl = hkl;
    this.inverseSquare = inverseSquare;
    double[][] normalised = MergedSquares.normalised(m, inverseSquare);
    e2 = normalised[0];
    variance = normalised[1];
    strong = dMin > 0 ? 1 / (dMin * dMin) : limit(STRONG);
    limit = dMin > 0 ? strong : limit(WEAK);
  }

  static PreparedSweeps of(
      List<Geometry> geometries,
      Reflections reflections,
      ChangeOfBasis[] toPrimitive,
      UnitCell primitive,
      SymmetryOptions o) {
    Measurements m =
        Measurements.of(
            geometries,
            reflections,
            IntensityKind.PROFILE_ELSE_SUM,
            new RowFilter(o.minPartiality(), o.minIOverSigma(), false));
    int[] hkl = MergedSquares.indices(m, toPrimitive);
    double[] s = MergedSquares.inverseSquares(hkl, new ReciprocalMetric(primitive));
    double[] values = IntStream.range(0, s.length).mapToDouble(m::value).toArray();
    double[] variances = IntStream.range(0, s.length).mapToDouble(m::variance).toArray();
    IntensitySignal.require(values, variances, s);
    IntensityLevels levels = IntensityLevels.of(geometries, reflections, m, s);
    if (levels.areAlike()) {
      return new PreparedSweeps(m, levels, hkl, s, o.dMin());
    }
    // images without intensity tell nothing
    double[] factor =
        IntStream.range(0, s.length)
            .mapToDouble(i -> levels.factor(i) < BLANK ? 0 : levels.factor(i))
            .toArray();
    Measurements even = m.dividedBy(factor);
    int[] indices = MergedSquares.indices(even, toPrimitive);
    double[] places = MergedSquares.inverseSquares(indices, new ReciprocalMetric(primitive));
    return new PreparedSweeps(even, levels, indices, places, o.dMin());
  }

  /** The change of a crystal to the reduced axes of its lattice. */
  static ChangeOfBasis toReduced(Crystal c) {
    ChangeOfBasis primitive = c.spaceGroup().toPrimitive();
    return NiggliCell.of(LatticeOperators.changed(c.cell(), primitive)).change().times(primitive);
  }

  /** A crystal's cell in other axes, the space group left aside. */
  static UnitCell cell(Crystal c, ChangeOfBasis change) {
    return c.reindexed(change, SpaceGroup.ofNumber(1)).cell();
  }

  private double limit(double signal) {
    int n = e2.length;
    double[] sorted = inverseSquare.clone();
    Arrays.sort(sorted);
    int shells = Math.max(1, Math.min(SHELLS, n / 40));
    double[] value = new double[shells];
    double[] sigma = new double[shells];
    double[] edges = new double[shells];
    for (int b = 0; b < shells; b++) {
      edges[b] = sorted[(int) ((long) n * b / shells)];
    }
    for (int i = 0; i < n; i++) {
      int b = Arrays.binarySearch(edges, inverseSquare[i]);
      b = b < 0 ? Math.max(0, -b - 2) : b;
      value[b] += measurements.value(i);
      sigma[b] += Math.sqrt(measurements.variance(i));
    }
    for (int b = 0; b < shells; b++) {
      boolean enough = (long) n * b / shells >= FEWEST;
      if (enough && value[b] < signal * sigma[b]) {
        return edges[b];
      }
    }
    return sorted[n - 1];
  }

  /** The reflections within the resolution of the Laue group, merged over all sweeps. */
  private MergedSquares merged() {
    return merged(limit, s -> true);
  }

  /** The strong reflections, merged over some sweeps. */
  MergedSquares strong(IntPredicate sweeps) {
    return merged(strong, sweeps);
  }

  private MergedSquares merged(double to, IntPredicate sweeps) {
    int[] rows =
        IntStream.range(0, e2.length)
            .filter(i -> inverseSquare[i] <= to && sweeps.test(measurements.sweep(i)))
            .toArray();
    return MergedSquares.of(hkl, e2, variance, rows);
  }

  /** The strong reflections of each sweep. */
  List<MergedSquares> bySweep() {
    return bySweep(hkl);
  }

  /** The strong reflections of each sweep, those that a group makes equivalent merged. */
  List<MergedSquares> bySweep(List<int[]> group) {
    int[] unique = hkl.clone();
    for (int i = 0; i < unique.length; i += 3) {
      long least = MergedSquares.key(hkl[i], hkl[i + 1], hkl[i + 2]);
      for (int[] m : group) {
        int h = hkl[i] * m[0] + hkl[i + 1] * m[3] + hkl[i + 2] * m[6];
        int k = hkl[i] * m[1] + hkl[i + 1] * m[4] + hkl[i + 2] * m[7];
        int l = hkl[i] * m[2] + hkl[i + 1] * m[5] + hkl[i + 2] * m[8];
        long key = MergedSquares.key(h, k, l);
        if (key < least) {
          least = key;
          unique[i] = h;
          unique[i + 1] = k;
          unique[i + 2] = l;
        }
      }
    }
    return bySweep(unique);
  }

  private List<MergedSquares> bySweep(int[] hkl) {
    List<List<Integer>> rows = new ArrayList<>();
    for (int s = 0; s < measurements.sweeps(); s++) {
      rows.add(new ArrayList<>());
    }
    for (int i = 0; i < e2.length; i++) {
      if (inverseSquare[i] <= strong) {
        rows.get(measurements.sweep(i)).add(i);
      }
    }
    return rows.stream()
        .map(
            r ->
                MergedSquares.of(
                    hkl, e2, variance, r.stream().mapToInt(Integer::intValue).toArray()))
        .toList();
  }

  /** Images that have more or less intensity than the others, for which it is made up. */
  List<String> levelNotes() {
    return levels.notes();
  }

  Measurements measurements() {
    return measurements;
  }

  /** Indices in primitive axes. */
  int[] hkl() {
    return hkl;
  }

  /** Mean intensity of all sweeps by resolution. */
  ShellMeans shellMeans(int most) {
    double[] value = new double[measurements.size()];
    Arrays.setAll(value, measurements::value);
    return new ShellMeans(inverseSquare, value, most);
  }

  double inverseSquare(int i) {
    return inverseSquare[i];
  }

  /** Resolution used for the Laue group, Å. */
  double resolution() {
    return 1 / Math.sqrt(limit);
  }

  /** The reflections within the resolution of the Laue group with their errors. */
  SquaresWithErrors withErrors() {
    return new SquaresWithErrors(merged(), more(limit));
  }

  /** The correlation that errors leave of the strong reflections of all sweeps. */
  double expectedOfStrong() {
    return new SquaresWithErrors(strong(s -> true), more(strong)).expected();
  }

  /**
   * The correlation that errors leave of the strong reflections of a sweep, as repeated
   * measurements of the same sweep tell them: where sweeps are indexed differently, what they
   * differ by is no error.
   */
  double expectedWithin(int sweep) {
    double more = repeated(false, strong);
    return new SquaresWithErrors(strong(s -> s == sweep), more > 0 ? more : 1).expected();
  }

  /** True variances over those that are told, from what repeated measurements differ by. */
  private double more(double to) {
    double more = Math.max(repeated(false, to), repeated(true, to));
    return more > 0 ? more : 1;
  }

  /**
   * Variance of repeated measurements over that which their standard deviations tell; 0 if there
   * are few.
   *
   * @param between whether of pairs in different sweeps, which also differ by scales and by kinds
   *     of crystals, in place of pairs within sweeps
   * @param to 1/d²
   */
  private double repeated(boolean between, double to) {
    long[][] order = new long[e2.length][];
    for (int i = 0; i < order.length; i++) {
      long key = MergedSquares.key(hkl[3 * i], hkl[3 * i + 1], hkl[3 * i + 2]);
      order[i] = new long[] {key, measurements.sweep(i), i};
    }
    Arrays.sort(order, Arrays::compare);
    int pairs = 0;
    double squares = 0;
    double told = 0;
    for (int k = 1; k < order.length; k++) {
      int i = (int) order[k - 1][2];
      int j = (int) order[k][2];
      boolean same = order[k][0] == order[k - 1][0] && (order[k][1] != order[k - 1][1]) == between;
      if (same && inverseSquare[i] <= to && e2[i] < 16 && e2[j] < 16) {
        squares += (e2[i] - e2[j]) * (e2[i] - e2[j]);
        told += variance[i] + variance[j];
        pairs++;
      }
    }
    return pairs < FEWEST_PAIRS ? 0 : squares / told;
  }
}
