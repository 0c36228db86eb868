package org.mdx.bragg.internal.intensity;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.mdx.geometry.Geometry;
import org.mdx.reflection.ReflectionFlag;
import org.mdx.reflection.ReflectionKey;
import org.mdx.reflection.ReflectionKeys;
import org.mdx.reflection.Reflections;
import org.mdx.table.EmptyResultException;

/**
 * The intensities of all sweeps that a step works on, one entry for each row of the reflections
 * that was taken. An intensity is corrected: times lp, divided by qe, a summed one also by its
 * partiality; the scaled one also divided by g.
 */
public final class Measurements {
  private final int sweeps;
  private final int[] row;
  private final int[] sweep;
  private final int[] hkl;
  private final double[] value;
  private final double[] variance;
  private final double[] unit;
  private final List<String> notes;

  private Measurements(
      int sweeps,
      int[] row,
      int[] sweep,
      int[] hkl,
      double[] value,
      double[] variance,
      double[] unit,
      List<String> notes) {
    this.sweeps = sweeps;
    this.row = row;
    this.sweep = sweep;
    this.hkl = hkl;
    this.value = value;
    this.variance = variance;
    this.unit = unit;
    this.notes = List.copyOf(notes);
  }

  /**
   * Takes the rows that can be used.
   *
   * @param geometries one for each id, with crystals
   * @param reflections of all sweeps
   * @param kind which intensity
   * @param filter which rows
   * @return measurements in the order of the rows
   * @throws IllegalArgumentException if a column is missing, an id has no geometry, a geometry no
   *     crystal, or reflections are in the table twice
   * @throws EmptyResultException if no row is left; the message says what was left out
   */
  public static Measurements of(
      List<Geometry> geometries, Reflections reflections, IntensityKind kind, RowFilter filter) {
    requireCrystals(geometries);
    Columns c = new Columns(reflections, kind);
    int n = reflections.size();
    int[] rows = new int[n];
    double[] value = new double[n];
    double[] variance = new double[n];
    double[] unit = new double[n];
    int[] left = new int[Reason.values().length];
    int taken = 0;
    for (int i = 0; i < n; i++) {
      if (c.id[i] >= geometries.size()) {
        throw new IllegalArgumentException(
            "reflection "
                + i
                + " is of experiment "
                + c.id[i]
                + ", the list has "
                + geometries.size()
                + "; give the files of one step");
      }
      Reason reason = c.reason(i, filter);
      if (reason == null) {
        rows[taken] = i;
        value[taken] = c.value;
        variance[taken] = c.variance;
        unit[taken] = c.unit;
        taken++;
      } else {
        left[reason.ordinal()]++;
      }
    }
    if (taken == 0) {
      throw new EmptyResultException(
          "no intensity to work on in " + n + " reflections" + text(left, ": "));
    }
    int[] sweep = new int[taken];
    int[] hkl = new int[3 * taken];
    for (int k = 0; k < taken; k++) {
      sweep[k] = c.id[rows[k]];
      System.arraycopy(c.index, 3 * rows[k], hkl, 3 * k, 3);
    }
    List<String> notes = new ArrayList<>(c.notes);
    if (taken < n) {
      notes.add((n - taken) + " of " + n + " reflections left out" + text(left, ": "));
    }
    Measurements all =
        new Measurements(
            geometries.size(),
            Arrays.copyOf(rows, taken),
            sweep,
            hkl,
            Arrays.copyOf(value, taken),
            Arrays.copyOf(variance, taken),
            Arrays.copyOf(unit, taken),
            notes);
    RepeatedSweeps.requireOnce(all, reflections);
    return all;
  }

  private static void requireCrystals(List<Geometry> geometries) {
    if (geometries.isEmpty()) {
      throw new IllegalArgumentException("no sweep to work on");
    }
    for (int i = 0; i < geometries.size(); i++) {
      if (geometries.get(i).crystal().isEmpty()) {
        throw new IllegalArgumentException("experiment " + i + " has no crystal; run mdx index");
      }
    }
  }

  private static String text(int[] left, String before) {
    StringBuilder s = new StringBuilder();
    for (Reason r : Reason.values()) {
      if (left[r.ordinal()] > 0) {
        s.append(s.isEmpty() ? before : ", ").append(left[r.ordinal()]).append(' ').append(r.words);
      }
    }
    return s.toString();
  }

  private enum Reason {
    UNINDEXED("not indexed"),
    EXCLUDED("excluded before"),
    NOT_INTEGRATED("not integrated in this way"),
    NOT_SCALED("not scaled or outliers of scaling"),
    VARIANCE("whose variance is not above 0"),
    VALUE("whose intensity is no number"),
    PARTIAL("recorded in part"),
    NEGATIVE("far below 0");

    private final String words;

    Reason(String words) {
      this.words = words;
    }
  }

  /** The columns, and the intensity of the row that was looked at last. */
  private static final class Columns {
    private final IntensityKind kind;
    private final int[] id;
    private final int[] index;
    private final long[] flags;
    private final double[] lp;
    private final double[] qe;
    private final double[] partiality;
    private final double[] prf;
    private final double[] prfVariance;
    private final double[] sum;
    private final double[] sumVariance;
    private final double[] scaled;
    private final double[] scaledVariance;
    private final double[] factor;
    private final double[] factorVariance;
    private final List<String> notes = new ArrayList<>();
    private double value;
    private double variance;
    private double unit;

    Columns(Reflections r, IntensityKind kind) {
      this.kind = kind;
      id = require(r, ReflectionKeys.ID, "mdx index");
      index = require(r, ReflectionKeys.MILLER_INDEX, "mdx index");
      flags = require(r, ReflectionKeys.FLAGS, "mdx bragg integrate");
      boolean isScaled = kind == IntensityKind.SCALED;
      boolean fits = kind == IntensityKind.PROFILE || kind == IntensityKind.PROFILE_ELSE_SUM;
      boolean sums = kind == IntensityKind.SUM || kind == IntensityKind.PROFILE_ELSE_SUM;
      if (kind == IntensityKind.PROFILE_ELSE_SUM && !r.has(ReflectionKeys.INTENSITY_PRF)) {
        fits = false;
        notes.add("no column " + ReflectionKeys.INTENSITY_PRF.name() + ": summed intensities");
      }
      scaled = isScaled ? require(r, ReflectionKeys.INTENSITY_SCALE, "mdx bragg scale") : null;
      scaledVariance =
          isScaled ? require(r, ReflectionKeys.INTENSITY_SCALE_VARIANCE, "mdx bragg scale") : null;
      factor = isScaled ? require(r, ReflectionKeys.INVERSE_SCALE_FACTOR, "mdx bragg scale") : null;
      factorVariance =
          isScaled && r.has(ReflectionKeys.INVERSE_SCALE_FACTOR_VARIANCE)
              ? r.get(ReflectionKeys.INVERSE_SCALE_FACTOR_VARIANCE)
              : null;
      String cure = "mdx bragg integrate";
      prf = fits ? require(r, ReflectionKeys.INTENSITY_PRF, cure) : null;
      prfVariance = fits ? require(r, ReflectionKeys.INTENSITY_PRF_VARIANCE, cure) : null;
      sum = sums ? require(r, ReflectionKeys.INTENSITY_SUM, cure) : null;
      sumVariance = sums ? require(r, ReflectionKeys.INTENSITY_SUM_VARIANCE, cure) : null;
      lp = isScaled ? null : require(r, ReflectionKeys.LP, cure);
      qe = isScaled ? null : optional(r, ReflectionKeys.QE, "efficiency of the sensor");
      partiality = optional(r, ReflectionKeys.PARTIALITY, "partiality");
    }

    private static <A> A require(Reflections r, ReflectionKey<A> key, String step) {
      if (!r.has(key)) {
        throw new IllegalArgumentException(
            "the reflections have no column " + key.name() + "; it comes from '" + step + "'");
      }
      return r.get(key);
    }

    private double[] optional(Reflections r, ReflectionKey<double[]> key, String words) {
      if (r.has(key)) {
        return r.get(key);
      }
      notes.add("no column " + key.name() + ": the " + words + " is taken as 1");
      return null;
    }

    Reason reason(int i, RowFilter filter) {
      if (id[i] < 0 || index[3 * i] == 0 && index[3 * i + 1] == 0 && index[3 * i + 2] == 0) {
        return Reason.UNINDEXED;
      }
      if (ReflectionFlag.USER_EXCLUDED_IN_SCALING.isSet(flags[i])) {
        return Reason.EXCLUDED;
      }
      if (filter.scaled()
          && (!ReflectionFlag.SCALED.isSet(flags[i])
              || ReflectionFlag.BAD_FOR_SCALING.isSet(flags[i]))) {
        return Reason.NOT_SCALED;
      }
      double p = partiality == null ? 1 : partiality[i];
      if (!read(i, p)) {
        return Reason.NOT_INTEGRATED;
      }
      if (!(variance > 0) || Double.isInfinite(variance)) {
        return Reason.VARIANCE;
      }
      if (!Double.isFinite(value)) {
        return Reason.VALUE;
      }
      if (!(p >= filter.minPartiality())) {
        return Reason.PARTIAL;
      }
      return value < filter.minIOverSigma() * Math.sqrt(variance) ? Reason.NEGATIVE : null;
    }

    private boolean read(int i, double p) {
      if (kind == IntensityKind.SCALED) {
        value = scaled[i] / factor[i];
        variance = scaledVariance[i] / (factor[i] * factor[i]);
        unit = factorVariance == null ? 0 : Math.sqrt(Math.max(0, factorVariance[i])) / factor[i];
        return factor[i] > 0;
      }
      boolean fitted = prf != null && ReflectionFlag.INTEGRATED_PRF.isSet(flags[i]);
      boolean summed = sum != null && ReflectionFlag.INTEGRATED_SUM.isSet(flags[i]);
      if (!fitted && !summed) {
        return false;
      }
      double f = lp[i] / (qe == null ? 1 : qe[i]);
      if (!fitted) {
        f /= p;
      }
      value = (fitted ? prf[i] : sum[i]) * f;
      variance = (fitted ? prfVariance[i] : sumVariance[i]) * f * f;
      unit = f;
      return true;
    }
  }

  /**
   * The same measurements, each divided by a factor; those whose factor is 0 are left out.
   *
   * @param factor one for each, 0 or more
   * @return measurements with values, standard deviations and units divided
   */
  public Measurements dividedBy(double[] factor) {
    int[] kept = IntStream.range(0, row.length).filter(i -> factor[i] > 0).toArray();
    return new Measurements(
        sweeps,
        Arrays.stream(kept).map(i -> row[i]).toArray(),
        Arrays.stream(kept).map(i -> sweep[i]).toArray(),
        IntStream.range(0, 3 * kept.length).map(j -> hkl[3 * kept[j / 3] + j % 3]).toArray(),
        Arrays.stream(kept).mapToDouble(i -> value[i] / factor[i]).toArray(),
        Arrays.stream(kept).mapToDouble(i -> variance[i] / (factor[i] * factor[i])).toArray(),
        Arrays.stream(kept).mapToDouble(i -> unit[i] / factor[i]).toArray(),
        notes);
  }

  /**
   * Number of measurements.
   *
   * @return 1 or more
   */
  public int size() {
    return row.length;
  }

  /**
   * Number of sweeps, those without a measurement included.
   *
   * @return 1 or more
   */
  public int sweeps() {
    return sweeps;
  }

  /**
   * The row of the reflections.
   *
   * @param i measurement
   * @return from 0
   */
  public int row(int i) {
    return row[i];
  }

  /**
   * The sweep.
   *
   * @param i measurement
   * @return from 0
   */
  public int sweep(int i) {
    return sweep[i];
  }

  /**
   * Indices of all measurements.
   *
   * @return h, k, l of each, not to be changed
   */
  public int[] hkl() {
    return hkl;
  }

  /**
   * The corrected intensity.
   *
   * @param i measurement
   * @return its value
   */
  public double value(int i) {
    return value[i];
  }

  /**
   * The variance of the corrected intensity.
   *
   * @param i measurement
   * @return above 0
   */
  public double variance(int i) {
    return variance[i];
  }

  /**
   * What one count makes of the corrected intensity, or, of a scaled one, the relative standard
   * deviation of its scale factor.
   *
   * @param i measurement
   * @return factor of the corrections, or σ(g)/g, 0 if it is not known
   */
  public double unit(int i) {
    return unit[i];
  }

  /**
   * What was left out and taken for granted.
   *
   * @return sentences for people
   */
  public List<String> notes() {
    return notes;
  }
}
