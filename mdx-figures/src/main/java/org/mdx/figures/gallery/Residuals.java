package org.mdx.figures.gallery;

import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import org.mdx.table.Column;
import org.mdx.table.ColumnNames;
import org.mdx.table.HKLTable;

/**
 * Normalised deviations z = (I − M)/√(σ² − σ_M²) of observations from the merged intensity M that
 * they are part of; the variance of M is taken off, because it is a mean of them. Immutable.
 */
public final class Residuals {
  /** As many observations decide every figure well. */
  private static final long ENOUGH = 2_000_000;

  private final int size;
  private final int every;
  private final long observations;
  private final float[] z;
  private final float[] merged;
  private final float[][] place;
  private final int[] sweep;

  private Residuals(int capacity, int every, long observations) {
    z = new float[capacity];
    merged = new float[capacity];
    place = new float[3][capacity];
    sweep = new int[capacity];
    this.every = every;
    this.observations = observations;
    size = capacity;
  }

  private Residuals(Residuals all, int n) {
    z = all.z;
    merged = all.merged;
    place = all.place;
    sweep = all.sweep;
    every = all.every;
    observations = all.observations;
    size = n;
  }

  /**
   * The deviations of some sweeps.
   *
   * @param tables observations of each sweep on the merged scale, with {@code intensity}, {@code
   *     intensity_error}, and where they are known {@code phi}, {@code ix} and {@code iy}
   * @param merged the merged table
   * @return the deviations, of every n-th observation where there are millions; observations that
   *     are alone in their voxel have none
   */
  public static Residuals of(List<HKLTable> tables, HKLTable merged) {
    Objects.requireNonNull(merged, "merged");
    long all = tables.stream().mapToLong(HKLTable::rows).sum();
    int every = (int) Math.max(1, (all + ENOUGH - 1) / ENOUGH);
    long capacity = tables.stream().mapToLong(t -> (t.rows() + every - 1L) / every).sum();
    Residuals r = new Residuals((int) capacity, every, all);
    int n = 0;
    for (int t = 0; t < tables.size(); t++) {
      n = r.add(tables.get(t), merged, t, n);
    }
    return new Residuals(r, n);
  }

  private int add(HKLTable t, HKLTable m, int number, int from) {
    int n = from;
    Column count = m.column(ColumnNames.COUNT);
    int[] some = new int[(t.rows() + every - 1) / every];
    Arrays.setAll(some, j -> j * every);
    int[] rows =
        HKLTable.of(t.ndiv(), t.h().select(some), t.k().select(some), t.l().select(some)).rowsIn(m);
    Column[] places = {
      column(t, ColumnNames.PHI), column(t, ColumnNames.IX), column(t, ColumnNames.IY)
    };
    for (int j = 0; j < some.length; j++) {
      int i = some[j];
      int row = rows[j];
      if (row < 0 || count.get(row) < 2) {
        continue;
      }
      double variance =
          t.intensityError(i) * t.intensityError(i) - m.intensityError(row) * m.intensityError(row);
      double value = (t.intensity(i) - m.intensity(row)) / Math.sqrt(variance);
      if (variance > 0 && Math.abs(value) <= Float.MAX_VALUE) {
        z[n] = (float) value;
        merged[n] = (float) m.intensity(row);
        for (int c = 0; c < places.length; c++) {
          place[c][n] = places[c] == null ? Float.NaN : (float) places[c].get(i);
        }
        sweep[n] = number;
        n++;
      }
    }
    return n;
  }

  private static Column column(HKLTable t, String name) {
    return t.has(name) ? t.column(name) : null;
  }

  /**
   * Number of deviations.
   *
   * @return 0 or more
   */
  public int size() {
    return size;
  }

  /**
   * Number of observations of which they are.
   *
   * @return 0 or more
   */
  public long observations() {
    return observations;
  }

  /**
   * Of which observations there are deviations.
   *
   * @return 1 of all, n of every n-th
   */
  public int every() {
    return every;
  }

  /**
   * A deviation.
   *
   * @param i its number
   * @return z
   */
  public double z(int i) {
    return z[i];
  }

  /**
   * The merged intensity that it is the deviation from.
   *
   * @param i its number
   * @return M
   */
  public double merged(int i) {
    return merged[i];
  }

  /**
   * Where it was observed.
   *
   * @param i its number
   * @return φ in degrees; NaN if it is not known
   */
  public double phi(int i) {
    return place[0][i];
  }

  /**
   * Where it was observed.
   *
   * @param i its number
   * @return pixel along x; NaN if it is not known
   */
  public double ix(int i) {
    return place[1][i];
  }

  /**
   * Where it was observed.
   *
   * @param i its number
   * @return pixel along y; NaN if it is not known
   */
  public double iy(int i) {
    return place[2][i];
  }

  /**
   * In which sweep it was observed.
   *
   * @param i its number
   * @return number of the sweep
   */
  public int sweep(int i) {
    return sweep[i];
  }

  /** How many there are. */
  @Override
  public String toString() {
    return "Residuals[" + size + " of " + observations + " observations]";
  }
}
