package org.mdx.figures.gallery;

import java.util.Locale;
import org.mdx.figures.ColourRange;
import org.mdx.figures.ColourScale;
import org.mdx.figures.Colours;
import org.mdx.figures.Figure;
import org.mdx.figures.Heat;
import org.mdx.figures.Quantity;
import org.mdx.figures.axes.ChartAxis;
import org.mdx.stats.Correlation;
import org.mdx.table.Column;
import org.mdx.table.ColumnNames;
import org.mdx.table.HKLTable;

/** Figures of a table's rows. */
public final class TableFigures {
  private static final int CELLS = 100;

  private TableFigures() {}

  /**
   * One half-set against the other: how many voxels have each pair of intensities, as a logarithm.
   *
   * @param merged with {@code group_0_intensity} and {@code group_1_intensity}
   * @return one panel
   * @throws IllegalArgumentException if there are no half-sets
   */
  public static Figure halves(HKLTable merged) {
    String first = ColumnNames.GROUP_0 + ColumnNames.INTENSITY;
    String second = ColumnNames.GROUP_1 + ColumnNames.INTENSITY;
    if (!merged.has(first) || !merged.has(second)) {
      throw new IllegalArgumentException(
          "the table has no half-sets; merge it with --split random, weighted or friedel");
    }
    Column a = merged.column(first);
    Column b = merged.column(second);
    float[] both = new float[2 * merged.rows()];
    for (int i = 0; i < merged.rows(); i++) {
      both[2 * i] = (float) a.get(i);
      both[2 * i + 1] = (float) b.get(i);
    }
    ColourScale range = ColourRange.percentiles(0.5, 99.5).scale(both);
    double cell = (range.max() - range.min()) / CELLS;
    float[] n = new float[CELLS * CELLS];
    Correlation correlation = new Correlation();
    long outside = 0;
    for (int i = 0; i < merged.rows(); i++) {
      correlation.add(a.get(i), b.get(i));
      double x = Math.floor((a.get(i) - range.min()) / cell);
      double y = Math.floor((b.get(i) - range.min()) / cell);
      if (x >= 0 && x < CELLS && y >= 0 && y < CELLS) {
        n[(int) y * CELLS + (int) x]++;
      } else {
        outside += Double.isNaN(x + y) ? 0 : 1;
      }
    }
    for (int i = 0; i < n.length; i++) {
      n[i] = n[i] == 0 ? Float.NaN : (float) Math.log10(n[i]);
    }
    double[] edges = new double[CELLS + 1];
    for (int i = 0; i <= CELLS; i++) {
      edges[i] = range.min() + i * cell;
    }
    Heat heat =
        Heat.of(
            "",
            new Heat.Cells(ChartAxis.of("half 0", ""), edges),
            new Heat.Cells(ChartAxis.of("half 1", ""), edges),
            n,
            Colours.of("log₁₀ voxels", "", Quantity.COUNT));
    return Figure.of("Intensities of the half-sets", heat)
        .note(
            String.format(
                Locale.ROOT,
                "%d voxels have both, CC %.4f; %d outside of the figure",
                correlation.count(),
                correlation.value(),
                outside));
  }
}
