package org.mdx.io.mtz;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import org.mdx.crystal.CellTolerance;
import org.mdx.crystal.ReciprocalAsu;
import org.mdx.crystal.SpaceGroup;
import org.mdx.crystal.SymmetryOperator;
import org.mdx.crystal.UnitCell;
import org.mdx.geometry.Geometry;
import org.mdx.geometry.Scan;
import org.mdx.reflection.ReflectionFlag;
import org.mdx.reflection.ReflectionKey;
import org.mdx.reflection.ReflectionKeys;
import org.mdx.reflection.Reflections;
import org.mdx.table.EmptyResultException;

/**
 * Intensities of sweeps of one crystal form, in the order of their indices in the asymmetric unit:
 * integrated ones, corrected for Lorentz factor, polarization and efficiency of the sensor, or
 * scaled ones without outliers. Images of sweep n are the batches from the first batch of it on.
 */
public final class UnmergedIntensities {
  /** Of images of different sweeps. */
  private static final int BATCHES = 1000;

  /** Place of φ among the other values. */
  private static final int ROTATION = 5;

  /** Part of an edge, and degrees, by which cells of sweeps may differ without a word. */
  private static final double UNLIKE_EDGE = 0.02;

  private static final double UNLIKE_ANGLE = 2;

  /** Part of the wavelength; anomalous scattering changes within less at an absorption edge. */
  private static final double UNLIKE_WAVELENGTH = 0.005;

  /** Fewer rows can be alike by chance. */
  private static final int FEW = 10;

  private static final int OVERLOADED = 16;
  private static final int EDGE = 32;
  private static final double[] MISSING = {Double.NaN, Double.NaN};

  private final List<Geometry> geometries;
  private final int[] firstBatch;
  private final boolean scaled;
  private final List<Row> rows = new ArrayList<>();

  /**
   * One observation.
   *
   * @param h original indices h, k, l
   * @param asu indices in the asymmetric unit
   * @param isym 2n − 1 if operator n maps to the asymmetric unit, 2n if to its Friedel mate
   * @param batch number of the batch
   * @param sum intensity by summation, or scaled, and its σ; NaN where it failed
   * @param fit intensity by profile fitting and its σ; NaN where it failed
   * @param others background and σ, fraction, x, y (px), φ (degrees), LP, QE, FLAG, and of a scaled
   *     one the factor by which it was divided
   */
  record Row(
      int[] h, int[] asu, int isym, int batch, double[] sum, double[] fit, double[] others) {}

  private UnmergedIntensities(List<Geometry> geometries, boolean scaled) {
    this.geometries = List.copyOf(geometries);
    this.scaled = scaled;
    firstBatch = new int[geometries.size()];
    int next = 0;
    for (int i = 0; i < firstBatch.length; i++) {
      firstBatch[i] = next;
      Scan scan = geometries.get(i).scan();
      int last = next + scan.firstImage() + scan.frames();
      next = (last / BATCHES + 1) * BATCHES;
    }
  }

  /**
   * Takes what was integrated, or the scaled intensities of a table that has them.
   *
   * @param geometries of the sweeps, with crystals of one space group
   * @param table reflections with {@code id} pointing to them
   * @return the intensities
   * @throws IllegalArgumentException if a crystal or a column is missing, space groups differ, or
   *     reflections are in the table twice
   * @throws EmptyResultException if nothing is integrated
   */
  public static UnmergedIntensities of(List<Geometry> geometries, Reflections table) {
    for (Geometry g : geometries) {
      if (g.crystal().isEmpty()) {
        throw new IllegalArgumentException("a sweep has no crystal: index it first");
      }
      if (!group(g).equals(group(geometries.get(0)))) {
        throw new IllegalArgumentException(
            "sweeps of "
                + group(geometries.get(0))
                + " and of "
                + group(g)
                + " in one file: bring them to one space group first");
      }
    }
    boolean scaled =
        table.has(ReflectionKeys.INTENSITY_SCALE) && table.has(ReflectionKeys.INVERSE_SCALE_FACTOR);
    UnmergedIntensities all = new UnmergedIntensities(geometries, scaled);
    SpaceGroup group = group(geometries.get(0));
    ReciprocalAsu asu = group.asu();
    for (int i = 0; i < table.size(); i++) {
      int id = table.integer(ReflectionKeys.ID, i, 0);
      if (id >= 0 && all.takes(table.flags(i))) {
        if (id >= geometries.size()) {
          throw new IllegalArgumentException(
              "reflection " + i + " has id " + id + " of " + geometries.size() + " experiments");
        }
        all.rows.add(all.row(table, i, id, group, asu));
      }
    }
    if (all.rows.isEmpty()) {
      throw new EmptyResultException(
          "none of "
              + table.size()
              + (scaled
                  ? " reflections is scaled; scale them first"
                  : " reflections is integrated; integrate them first"));
    }
    all.rows.sort(
        Comparator.comparingInt((Row r) -> r.asu()[0])
            .thenComparingInt(r -> r.asu()[1])
            .thenComparingInt(r -> r.asu()[2])
            .thenComparingInt(Row::isym)
            .thenComparingInt(Row::batch));
    all.requireOnce();
    return all;
  }

  /** Refuses a table that was joined with itself; a few equal rows prove nothing. */
  private void requireOnce() {
    int twice = 0;
    for (int i = 1; i < rows.size(); i++) {
      Row r = rows.get(i);
      Row before = rows.get(i - 1);
      if (r.batch() == before.batch()
          && best(r)[0] != 0
          && Arrays.equals(r.h(), before.h())
          && Arrays.equals(best(r), best(before))) {
        twice++;
      }
    }
    if (twice >= FEW) {
      throw new IllegalArgumentException(
          twice
              + " of "
              + rows.size()
              + " reflections are in the table twice, with the same intensity and σ: other programs"
              + " would count each twice; give a table without the repeated rows");
    }
  }

  /**
   * What formats with one cell and one wavelength for all sweeps cannot say.
   *
   * @return notes for the user, none if the sweeps are alike
   */
  public List<String> notes() {
    List<String> notes = new ArrayList<>();
    Geometry first = geometries.get(0);
    UnitCell cell = first.crystal().orElseThrow().cell();
    CellTolerance near = new CellTolerance(UNLIKE_EDGE, UNLIKE_ANGLE);
    for (int i = 1; i < geometries.size(); i++) {
      UnitCell other = geometries.get(i).crystal().orElseThrow().cell();
      double wavelength = geometries.get(i).beam().wavelength();
      if (!near.admits(cell, other)) {
        notes.add(
            "sweep "
                + i
                + " has the cell "
                + other
                + ", sweep 0 "
                + cell
                + ", more than "
                + near
                + " apart: they may be crystals of another kind");
      }
      if (Math.abs(wavelength / first.beam().wavelength() - 1) > UNLIKE_WAVELENGTH) {
        notes.add(
            String.format(
                Locale.ROOT,
                "sweep %d has the wavelength %.5f Å, sweep 0 %.5f Å: what is one for all sweeps is"
                    + " that of sweep 0",
                i,
                wavelength,
                first.beam().wavelength()));
      }
    }
    return notes;
  }

  private boolean takes(long flags) {
    return scaled
        ? ReflectionFlag.SCALED.isSet(flags) && (flags & ReflectionFlag.BAD_FOR_SCALING.mask()) == 0
        : ReflectionFlag.INTEGRATED.isSet(flags);
  }

  private static SpaceGroup group(Geometry g) {
    return g.crystal().orElseThrow().spaceGroup();
  }

  private Row row(Reflections t, int i, int id, SpaceGroup group, ReciprocalAsu asu) {
    int[] h = {
      t.integer(ReflectionKeys.MILLER_INDEX, i, 0),
      t.integer(ReflectionKeys.MILLER_INDEX, i, 1),
      t.integer(ReflectionKeys.MILLER_INDEX, i, 2)
    };
    ReciprocalAsu.Mapped m = asu.map(h[0], h[1], h[2]);
    int[] to = {m.h(), m.k(), m.l()};
    double lp = t.value(ReflectionKeys.LP, i, 0);
    double qe = t.value(ReflectionKeys.QE, i, 0);
    double partiality = t.value(ReflectionKeys.PARTIALITY, i, 0);
    double factor = scaled ? t.value(ReflectionKeys.INVERSE_SCALE_FACTOR, i, 0) : 1;
    double[] fit = scaled ? MISSING.clone() : fit(t, i, lp / qe);
    double[] sum =
        scaled
            ? scaled(
                t,
                i,
                ReflectionKeys.INTENSITY_SCALE,
                ReflectionKeys.INTENSITY_SCALE_VARIANCE,
                1 / factor)
            : sum(t, i, lp / qe / partiality);
    double z = t.value(ReflectionKeys.XYZCAL_PX, i, 2);
    Scan scan = geometries.get(id).scan();
    int frame = (int) Math.floor(z) - scan.firstImage() + 1;
    int inside = Math.max(0, Math.min(scan.frames() - 1, frame));
    double[] others = {
      t.value(ReflectionKeys.BACKGROUND_SUM, i, 0),
      Math.sqrt(Math.max(0, t.value(ReflectionKeys.BACKGROUND_SUM_VARIANCE, i, 0))),
      partiality,
      t.value(ReflectionKeys.XYZOBS_PX, i, 0),
      t.value(ReflectionKeys.XYZOBS_PX, i, 1),
      scan.phiAt(z - scan.firstImage() + 1),
      lp,
      qe,
      flag(t.flags(i)),
      factor
    };
    return new Row(
        h,
        to,
        isym(h, to, group),
        firstBatch[id] + scan.firstImage() + inside,
        sum,
        fit,
        scaled ? others : Arrays.copyOf(others, others.length - 1));
  }

  private static double[] fit(Reflections t, int i, double f) {
    return ReflectionFlag.INTEGRATED_PRF.isSet(t.flags(i))
        ? scaled(t, i, ReflectionKeys.INTENSITY_PRF, ReflectionKeys.INTENSITY_PRF_VARIANCE, f)
        : MISSING.clone();
  }

  private static double[] sum(Reflections t, int i, double f) {
    return ReflectionFlag.INTEGRATED_SUM.isSet(t.flags(i))
        ? scaled(t, i, ReflectionKeys.INTENSITY_SUM, ReflectionKeys.INTENSITY_SUM_VARIANCE, f)
        : MISSING.clone();
  }

  /** Bits of FLAG as Mosflm has them, which Aimless reads: 16 overloaded, 32 not whole. */
  private static int flag(long flags) {
    boolean cut =
        ReflectionFlag.FOREGROUND_INCLUDES_BAD_PIXELS.isSet(flags)
            || ReflectionFlag.FAILED_DURING_SUMMATION.isSet(flags);
    return (ReflectionFlag.OVERLOADED.isSet(flags) ? OVERLOADED : 0) | (cut ? EDGE : 0);
  }

  private static double[] scaled(
      Reflections t,
      int i,
      ReflectionKey<double[]> value,
      ReflectionKey<double[]> variance,
      double f) {
    return new double[] {
      f * t.value(value, i, 0), f * Math.sqrt(Math.max(0, t.value(variance, i, 0)))
    };
  }

  /** h·R of operator n is the index in the asymmetric unit, or minus it. */
  private static int isym(int[] h, int[] to, SpaceGroup group) {
    List<SymmetryOperator> operators = group.operators();
    for (int n = 0; n < operators.size(); n++) {
      boolean same = true;
      boolean opposite = true;
      for (int j = 0; j < 3; j++) {
        int v = 0;
        for (int i = 0; i < 3; i++) {
          v += h[i] * operators.get(n).rotation(i, j);
        }
        same &= v == to[j];
        opposite &= v == -to[j];
      }
      if (same || opposite) {
        return 2 * n + (same ? 1 : 2);
      }
    }
    throw new IllegalStateException("no operator maps to the asymmetric unit");
  }

  /**
   * Whether these are scaled intensities.
   *
   * @return false for those as they were integrated
   */
  public boolean isScaled() {
    return scaled;
  }

  List<Row> rows() {
    return rows;
  }

  /**
   * The geometries of the sweeps.
   *
   * @return as they were given
   */
  public List<Geometry> geometries() {
    return geometries;
  }

  /** The batch before the first image of a sweep's numbering. */
  int batchOffset(int sweep) {
    return firstBatch[sweep];
  }

  /**
   * Number of observations.
   *
   * @return 1 or more
   */
  public int size() {
    return rows.size();
  }

  /**
   * Original indices.
   *
   * @return h, k, l one after the other
   */
  public int[] indices() {
    return rows.stream().flatMapToInt(r -> Arrays.stream(r.h())).toArray();
  }

  /**
   * Intensities by profile fitting, or by summation where it failed.
   *
   * @return one for each observation
   */
  public double[] intensities() {
    return rows.stream().mapToDouble(r -> best(r)[0]).toArray();
  }

  /**
   * Their standard deviations.
   *
   * @return one for each observation
   */
  public double[] sigmas() {
    return rows.stream().mapToDouble(r -> best(r)[1]).toArray();
  }

  private static double[] best(Row r) {
    return Double.isNaN(r.fit()[0]) ? r.sum() : r.fit();
  }

  /**
   * Their rotation angles.
   *
   * @return degrees, one for each observation
   */
  public double[] angles() {
    return rows.stream().mapToDouble(r -> r.others()[ROTATION]).toArray();
  }

  /**
   * Their sweeps.
   *
   * @return numbers from 1
   */
  public int[] batches() {
    return rows.stream()
        .mapToInt(
            r -> {
              int sweep = 0;
              for (int i = 0; i < firstBatch.length; i++) {
                sweep = r.batch() > firstBatch[i] ? i + 1 : sweep;
              }
              return sweep;
            })
        .toArray();
  }
}
