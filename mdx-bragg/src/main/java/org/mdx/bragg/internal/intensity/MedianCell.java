package org.mdx.bragg.internal.intensity;

import java.util.Arrays;
import java.util.List;
import java.util.function.ToDoubleFunction;
import org.mdx.crystal.UnitCell;

/** The middle one of many cells. */
public final class MedianCell {
  private MedianCell() {}

  /**
   * The median of each length and angle.
   *
   * @param cells one or more
   * @return a cell
   */
  public static UnitCell of(List<UnitCell> cells) {
    return new UnitCell(
        median(cells, UnitCell::a),
        median(cells, UnitCell::b),
        median(cells, UnitCell::c),
        median(cells, UnitCell::alpha),
        median(cells, UnitCell::beta),
        median(cells, UnitCell::gamma));
  }

  private static double median(List<UnitCell> cells, ToDoubleFunction<UnitCell> of) {
    return median(cells.stream().mapToDouble(of).toArray());
  }

  /**
   * The median of numbers.
   *
   * @param values any number of them
   * @return NaN if there is none
   */
  public static double median(double[] values) {
    double[] s = values.clone();
    Arrays.sort(s);
    int n = s.length;
    return n == 0 ? Double.NaN : (s[n / 2] + s[(n - 1) / 2]) / 2;
  }
}
