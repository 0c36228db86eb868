package org.mdx.bragg.internal.intensity;

import org.mdx.crystal.UnitCell;
import org.mdx.math.Mat3;

/** Resolutions of reflections from a cell. Immutable. */
public final class ReciprocalMetric {
  private final double[] g = new double[6];

  /**
   * The metric of a cell.
   *
   * @param cell the cell
   */
  public ReciprocalMetric(UnitCell cell) {
    Mat3 b = cell.reciprocal();
    double[] m = b.transpose().times(b).toRowMajor();
    g[0] = m[0];
    g[1] = m[4];
    g[2] = m[8];
    g[3] = 2 * m[1];
    g[4] = 2 * m[2];
    g[5] = 2 * m[5];
  }

  /**
   * 1/d².
   *
   * @param h index
   * @param k index
   * @param l index
   * @return Å⁻²
   */
  public double inverseSquare(int h, int k, int l) {
    return g[0] * h * h + g[1] * k * k + g[2] * l * l + g[3] * h * k + g[4] * h * l + g[5] * k * l;
  }

  /**
   * The resolution.
   *
   * @param h index
   * @param k index
   * @param l index
   * @return d in Å
   */
  public double d(int h, int k, int l) {
    return 1 / Math.sqrt(inverseSquare(h, k, l));
  }
}
