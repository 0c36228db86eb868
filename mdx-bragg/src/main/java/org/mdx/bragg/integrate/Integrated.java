package org.mdx.bragg.integrate;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.mdx.crystal.Crystal;
import org.mdx.reflection.ReflectionFlag;
import org.mdx.reflection.ReflectionKey;
import org.mdx.reflection.ReflectionKeys;
import org.mdx.reflection.Reflections;

/**
 * Integrated intensities of a sweep.
 *
 * @param crystal whose reflections they are
 * @param reflections all that were predicted on the images, with the columns of DIALS
 * @param widths widths of the spots
 * @param matched number of predicted reflections that were found as spots
 * @param references number of spots that made profiles
 * @param resolution least d that was predicted, Å
 * @param notes what a user should know: blank images, few spots for profiles, how often images were
 *     read
 */
public record Integrated(
    Crystal crystal,
    Reflections reflections,
    SpotWidths widths,
    int matched,
    int references,
    double resolution,
    List<String> notes) {

  /** Part on the images from which on a reflection is no partial. */
  private static final double FULL = 0.99;

  public Integrated {
    notes = List.copyOf(notes);
  }

  /**
   * Statistics of a shell.
   *
   * @param dMax largest d, Å
   * @param dMin least d, Å
   * @param predicted number of reflections
   * @param partials number of them of which less than 0.99 lies on the images
   * @param summed number integrated by summation
   * @param fitted number integrated by profile fitting
   * @param meanSum mean intensity by summation, counts
   * @param meanFit mean intensity by profile fitting, counts
   * @param sumOverSigma mean I/σ by summation
   * @param fitOverSigma mean I/σ by profile fitting
   * @param unique number of unique reflections that were integrated in one way or the other
   * @param possible number of unique reflections that there are
   */
  public record Shell(
      double dMax,
      double dMin,
      int predicted,
      int partials,
      int summed,
      int fitted,
      double meanSum,
      double meanFit,
      double sumOverSigma,
      double fitOverSigma,
      int unique,
      int possible) {

    /**
     * Part of the unique reflections that was integrated.
     *
     * @return 0 to 1
     */
    public double completeness() {
      return possible == 0 ? 0 : (double) unique / possible;
    }
  }

  /**
   * How many reflections have a flag.
   *
   * @param flag such as {@code INTEGRATED_SUM}
   * @return 0 or more
   */
  public int count(ReflectionFlag flag) {
    int n = 0;
    for (int i = 0; i < reflections.size(); i++) {
      n += reflections.isSet(i, flag) ? 1 : 0;
    }
    return n;
  }

  /**
   * Statistics in shells of equal numbers of reflections.
   *
   * @param shells how many, 1 or more
   * @return shells from low to high resolution, and then all of them together
   * @throws IllegalArgumentException if shells is below 1
   */
  public List<Shell> shells(int shells) {
    if (shells < 1) {
      throw new IllegalArgumentException("shells=" + shells + ", must be 1 or more");
    }
    double[] d = reflections.get(ReflectionKeys.D);
    int[] order = new int[d.length];
    Integer[] sorted = new Integer[d.length];
    Arrays.setAll(sorted, i -> i);
    Arrays.sort(sorted, (a, b) -> Double.compare(d[b], d[a]));
    Arrays.setAll(order, i -> sorted[i]);
    List<int[]> rows = new ArrayList<>();
    for (int s = 0; s < shells; s++) {
      int from = (int) ((long) d.length * s / shells);
      int to = (int) ((long) d.length * (s + 1) / shells);
      if (to > from) {
        rows.add(Arrays.copyOfRange(order, from, to));
      }
    }
    double[] limits = rows.stream().mapToDouble(r -> d[r[r.length - 1]]).toArray();
    Completeness completeness = new Completeness(crystal, reflections, limits);
    List<Shell> all = new ArrayList<>();
    int unique = 0;
    int possible = 0;
    for (int s = 0; s < limits.length; s++) {
      all.add(shell(rows.get(s), d, completeness.integrated(s), completeness.possible(s)));
      unique += completeness.integrated(s);
      possible += completeness.possible(s);
    }
    all.add(shell(order, d, unique, possible));
    return all;
  }

  private Shell shell(int[] rows, double[] d, int unique, int possible) {
    int partials = 0;
    for (int row : rows) {
      partials += reflections.value(ReflectionKeys.PARTIALITY, row, 0) < FULL ? 1 : 0;
    }
    double[] sum =
        means(
            rows,
            ReflectionFlag.INTEGRATED_SUM,
            ReflectionKeys.INTENSITY_SUM,
            ReflectionKeys.INTENSITY_SUM_VARIANCE);
    double[] fit =
        means(
            rows,
            ReflectionFlag.INTEGRATED_PRF,
            ReflectionKeys.INTENSITY_PRF,
            ReflectionKeys.INTENSITY_PRF_VARIANCE);
    return new Shell(
        d[rows[0]],
        d[rows[rows.length - 1]],
        rows.length,
        partials,
        (int) sum[0],
        (int) fit[0],
        sum[1],
        fit[1],
        sum[2],
        fit[2],
        unique,
        possible);
  }

  /** Number, mean and mean over σ. */
  private double[] means(
      int[] rows,
      ReflectionFlag flag,
      ReflectionKey<double[]> intensity,
      ReflectionKey<double[]> variance) {
    int n = 0;
    double i = 0;
    double ratio = 0;
    for (int row : rows) {
      double v = reflections.value(variance, row, 0);
      if (reflections.isSet(row, flag) && v > 0) {
        n++;
        i += reflections.value(intensity, row, 0);
        ratio += reflections.value(intensity, row, 0) / Math.sqrt(v);
      }
    }
    return new double[] {n, n == 0 ? 0 : i / n, n == 0 ? 0 : ratio / n};
  }
}
