package org.mdx.bragg.symmetry;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.stream.IntStream;
import org.mdx.bragg.internal.intensity.IntensityKind;
import org.mdx.bragg.internal.intensity.Measurements;
import org.mdx.bragg.internal.intensity.PairSums;
import org.mdx.bragg.internal.intensity.ReciprocalMetric;
import org.mdx.bragg.internal.intensity.RowFilter;
import org.mdx.bragg.internal.intensity.UniqueGroups;
import org.mdx.crystal.SpaceGroup;
import org.mdx.geometry.Geometry;
import org.mdx.reflection.Reflections;
import org.mdx.table.EmptyResultException;

/**
 * Whether intensities agree with the indices that they have: for every small offset of all indices
 * the correlation of intensities that the crystal's symmetry and Friedel's law then make equal. A
 * beam centre that is wrong by the distance of neighbouring spots gives indices that are off by one
 * and the same vector, which shows here and nowhere in the residuals. Immutable.
 */
public final class IndexingCheck {
  private static final RowFilter ROWS = new RowFilter(0.5, -5, false);

  /** Pairs that make a correlation. */
  private static final int FEWEST = 10;

  private final List<Offset> offsets;

  private IndexingCheck(List<Offset> offsets) {
    this.offsets = List.copyOf(offsets);
  }

  /**
   * An offset of all indices.
   *
   * @param h along a*
   * @param k along b*
   * @param l along c*
   * @param cc correlation of equivalents; not a number of fewer than ten pairs
   * @param pairs that it is made of
   */
  public record Offset(int h, int k, int l, double cc, int pairs) {}

  /**
   * Compares intensities.
   *
   * @param geometries one for each id, with crystals of one space group
   * @param reflections integrated, of all of them
   * @param dMin finest resolution, Å; 0 for all
   * @param dMax coarsest resolution, Å; 0 for all
   * @param reach of offsets along each axis, 0 to 5
   * @return the correlations
   * @throws IllegalArgumentException if a column is missing or the reach is none
   * @throws EmptyResultException if no intensity can be used
   */
  public static IndexingCheck of(
      List<Geometry> geometries, Reflections reflections, double dMin, double dMax, int reach) {
    if (reach < 0 || reach > 5) {
      throw new IllegalArgumentException("offsets up to " + reach + ", must be 0 to 5");
    }
    Measurements m = Measurements.of(geometries, reflections, IntensityKind.PROFILE_ELSE_SUM, ROWS);
    SpaceGroup group = geometries.get(0).crystal().orElseThrow().spaceGroup();
    int[] rows = within(geometries, m, dMin, dMax);
    int[] hkl = new int[3 * rows.length];
    double[] value = new double[rows.length];
    for (int i = 0; i < rows.length; i++) {
      System.arraycopy(m.hkl(), 3 * rows[i], hkl, 3 * i, 3);
      value[i] = m.value(rows[i]);
    }
    List<Offset> offsets = new ArrayList<>();
    for (int h = -reach; h <= reach; h++) {
      for (int k = -reach; k <= reach; k++) {
        for (int l = -reach; l <= reach; l++) {
          PairSums sums = equivalents(hkl, value, new int[] {h, k, l}, group);
          offsets.add(new Offset(h, k, l, cc(sums), sums.count() / 2));
        }
      }
    }
    return new IndexingCheck(offsets);
  }

  private static int[] within(List<Geometry> geometries, Measurements m, double dMin, double dMax) {
    List<ReciprocalMetric> metrics =
        geometries.stream()
            .map(g -> new ReciprocalMetric(g.crystal().orElseThrow().cell()))
            .toList();
    int[] hkl = m.hkl();
    int[] rows =
        IntStream.range(0, m.size())
            .filter(
                i -> {
                  double d = metrics.get(m.sweep(i)).d(hkl[3 * i], hkl[3 * i + 1], hkl[3 * i + 2]);
                  return d >= dMin && (dMax == 0 || d <= dMax);
                })
            .toArray();
    if (rows.length == 0) {
      throw new EmptyResultException(
          "no intensity between " + dMax + " and " + dMin + " Å; give a wider range");
    }
    return rows;
  }

  /** Each pair both ways round, so that their order says nothing. */
  private static PairSums equivalents(int[] hkl, double[] value, int[] offset, SpaceGroup group) {
    int[] shifted = hkl.clone();
    for (int i = 0; i < shifted.length; i++) {
      shifted[i] += offset[i % 3];
    }
    UniqueGroups groups = UniqueGroups.of(shifted, group);
    PairSums sums = new PairSums();
    for (int g = 0; g < groups.size(); g++) {
      for (int q = groups.start(g); q + 1 < groups.start(g + 1); q++) {
        pair(sums, hkl, value, groups.member(q), groups.member(q + 1));
      }
    }
    return sums;
  }

  /** Two measurements of the same indices agree whatever the offset. */
  private static void pair(PairSums sums, int[] hkl, double[] value, int a, int b) {
    boolean same =
        hkl[3 * a] == hkl[3 * b]
            && hkl[3 * a + 1] == hkl[3 * b + 1]
            && hkl[3 * a + 2] == hkl[3 * b + 2];
    if (!same) {
      sums.add(value[a], value[b]);
      sums.add(value[b], value[a]);
    }
  }

  private static double cc(PairSums sums) {
    return sums.count() < 2 * FEWEST ? Double.NaN : sums.correlation();
  }

  /**
   * All offsets.
   *
   * @return in the order of h, k, l
   */
  public List<Offset> offsets() {
    return offsets;
  }

  /**
   * The offset of the highest correlation.
   *
   * @return the best; none at all where nothing can be compared
   */
  public Offset best() {
    return offsets.stream()
        .filter(o -> !Double.isNaN(o.cc()))
        .max(Comparator.comparingDouble(Offset::cc))
        .orElse(new Offset(0, 0, 0, Double.NaN, 0));
  }

  /**
   * The correlations as text.
   *
   * @return lines
   */
  public String table() {
    StringBuilder b = new StringBuilder();
    b.append(String.format("  dh  dk  dl    pairs      cc%n"));
    offsets.stream()
        .sorted(Comparator.comparingDouble((Offset o) -> Double.isNaN(o.cc()) ? 2 : -o.cc()))
        .limit(10)
        .forEach(
            o ->
                b.append(
                    String.format(
                        Locale.ROOT,
                        "%4d %3d %3d %8d %7.3f%n",
                        o.h(),
                        o.k(),
                        o.l(),
                        o.pairs(),
                        o.cc())));
    Offset best = best();
    boolean known = !Double.isNaN(best.cc());
    boolean here = best.h() == 0 && best.k() == 0 && best.l() == 0;
    if (!known) {
      b.append(String.format("too few equivalents to tell whether the indices are right%n"));
    } else if (here) {
      b.append(String.format("the indices as they are agree best%n"));
    } else {
      b.append(
          String.format(
              Locale.ROOT,
              "indices + (%d %d %d) agree better than the present ones: the beam centre may be off by"
                  + " the distance of neighbouring spots%n",
              best.h(),
              best.k(),
              best.l()));
    }
    return b.toString();
  }
}
