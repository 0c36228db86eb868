package org.mdx.reintegrate;

import org.mdx.math.GridAxis;

/**
 * Bilinear interpolation between nodes on the columns and rows of a panel, a row of pixels at a
 * time: where each column lies between the nodes is found once.
 */
final class PanelSurface {
  private final int columns;
  private final int[] columnBase;
  private final double[] columnPart;
  private final GridAxis rows;
  private final boolean clamped;
  private final double[] nodes;

  /**
   * A surface without values.
   *
   * @param ix columns of the nodes
   * @param iy rows of the nodes
   * @param width columns of the panel
   * @param clamped whether the end values hold however far beyond the ends, or for one interval
   *     only
   */
  PanelSurface(GridAxis ix, GridAxis iy, int width, boolean clamped) {
    this.rows = iy;
    this.clamped = clamped;
    columns = ix.size();
    columnBase = new int[width];
    columnPart = new double[width];
    for (int x = 0; x < width; x++) {
      columnBase[x] = ix.base(ix.fraction(x));
      columnPart[x] = (clamped ? ix.fraction(x) : ExtendedAxis.fraction(ix, x)) - columnBase[x];
    }
    nodes = new double[columns + 1];
  }

  /** Makes a surface of the same nodes for another thread. */
  PanelSurface(PanelSurface other) {
    columns = other.columns;
    columnBase = other.columnBase;
    columnPart = other.columnPart;
    rows = other.rows;
    clamped = other.clamped;
    nodes = new double[columns + 1];
  }

  /**
   * Values of neighbouring pixels of a row.
   *
   * @param values at the nodes, in the order (row, column)
   * @param iy row
   * @param ix first column
   * @param n number of pixels
   * @param out receives the value of pixel ix + i at place i, NaN beyond the nodes
   */
  void row(double[] values, int iy, int ix, int n, double[] out) {
    double f = clamped ? rows.fraction(iy) : ExtendedAxis.fraction(rows, iy);
    int base = rows.base(f);
    double part = f - base;
    int low = base * columns;
    int high = rows.next(base) * columns;
    int first = columnBase[ix];
    int last = columnBase[ix + n - 1];
    int from = Math.min(first, last);
    int to = Math.min(Math.max(first, last) + 1, columns - 1);
    for (int i = from; i <= to; i++) {
      nodes[i] = values[low + i] * (1 - part) + values[high + i] * part;
    }
    nodes[to + 1] = nodes[to];
    for (int i = 0; i < n; i++) {
      int b = columnBase[ix + i];
      out[i] = nodes[b] + columnPart[ix + i] * (nodes[b + 1] - nodes[b]);
    }
  }
}
