package org.mdx.table;

import java.util.List;
import java.util.Optional;
import org.mdx.crystal.CellTolerance;
import org.mdx.crystal.UnitCell;
import org.mdx.math.Mat3;

/**
 * Recovers the cells of crystals from corrected tables: the lengths of s fix the cell, since s² = Σ
 * hᵢ hⱼ G*ᵢⱼ with the reciprocal metric G*.
 */
public final class TableCells {
  /** As many rows fix the six numbers far better than cells are compared. */
  private static final int MOST_ROWS = 2000;

  /** Pivots below this fraction of the largest leave the cell open. */
  private static final double SINGULAR = 1e-9;

  private static final int N = 6;

  private TableCells() {}

  /**
   * The cell of a table.
   *
   * @param table with the column {@code s}
   * @return the cell by least squares; empty without that column, or if the rows do not fix it
   */
  public static Optional<UnitCell> of(HKLTable table) {
    if (!table.has(ColumnNames.S) || table.rows() < N) {
      return Optional.empty();
    }
    double[][] normal = new double[N][N + 1];
    int step = Math.max(1, table.rows() / MOST_ROWS);
    for (int i = 0; i < table.rows(); i += step) {
      double h = table.h().get(i) / table.ndiv().h();
      double k = table.k().get(i) / table.ndiv().k();
      double l = table.l().get(i) / table.ndiv().l();
      double s = table.column(ColumnNames.S).get(i);
      double[] row = {h * h, k * k, l * l, 2 * k * l, 2 * h * l, 2 * h * k, s * s};
      for (int p = 0; p < N; p++) {
        for (int q = 0; q <= N; q++) {
          normal[p][q] += row[p] * row[q];
        }
      }
    }
    return solved(normal) ? cell(normal) : Optional.empty();
  }

  /** Gauss and Jordan with pivots; the solution is the last column. */
  private static boolean solved(double[][] a) {
    double largest = 0;
    for (int p = 0; p < N; p++) {
      largest = Math.max(largest, Math.abs(a[p][p]));
    }
    for (int p = 0; p < N; p++) {
      int best = p;
      for (int r = p + 1; r < N; r++) {
        best = Math.abs(a[r][p]) > Math.abs(a[best][p]) ? r : best;
      }
      double[] swap = a[p];
      a[p] = a[best];
      a[best] = swap;
      if (!(Math.abs(a[p][p]) > SINGULAR * largest)) {
        return false;
      }
      for (int r = 0; r < N; r++) {
        double f = r == p ? 0 : a[r][p] / a[p][p];
        for (int c = p; c <= N && f != 0; c++) {
          a[r][c] -= f * a[p][c];
        }
      }
    }
    return true;
  }

  private static Optional<UnitCell> cell(double[][] a) {
    double[] g = new double[N];
    for (int p = 0; p < N; p++) {
      g[p] = a[p][N] / a[p][p];
    }
    Mat3 reciprocal = Mat3.ofRowMajor(g[0], g[5], g[4], g[5], g[1], g[3], g[4], g[3], g[2]);
    if (!(reciprocal.determinant() > 0)) {
      return Optional.empty();
    }
    double[] d = reciprocal.inverse().toRowMajor();
    double x = Math.sqrt(d[0]);
    double y = Math.sqrt(d[4]);
    double z = Math.sqrt(d[8]);
    double alpha = Math.toDegrees(Math.acos(d[5] / (y * z)));
    double beta = Math.toDegrees(Math.acos(d[2] / (x * z)));
    double gamma = Math.toDegrees(Math.acos(d[1] / (x * y)));
    boolean real = x > 0 && y > 0 && z > 0 && alpha > 0 && beta > 0 && gamma > 0;
    return real ? Optional.of(new UnitCell(x, y, z, alpha, beta, gamma)) : Optional.empty();
  }

  /**
   * Refuses tables of different crystals, as far as they tell.
   *
   * @param cells of tables, empty where they are not known
   * @param tolerance how far they may differ
   * @throws IllegalArgumentException if a cell differs from the first that is known
   */
  public static void requireAlike(List<Optional<UnitCell>> cells, CellTolerance tolerance) {
    AlikeTables.require(
        cells,
        tolerance::admits,
        (first, other) ->
            "tables "
                + first
                + " and "
                + other
                + " have the cells "
                + cells.get(first).get()
                + " and "
                + cells.get(other).get()
                + ", which differ by more than "
                + tolerance
                + ": they are different crystals; merge them apart");
  }
}
