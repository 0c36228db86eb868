package org.mdx.bragg.internal.algebra;

/** A factor times the inverse of a normal matrix; NaN of what nothing determines. */
public final class Covariance {
  private final double[] scale;
  private final ArrowMatrix.Inverse inverse; // of the matrix with a diagonal of 1
  private final double factor;

  private Covariance(double[] scale, ArrowMatrix.Inverse inverse, double factor) {
    this.scale = scale;
    this.inverse = inverse;
    this.factor = factor;
  }

  public static Covariance of(ArrowMatrix normal) {
    double[] scale = normal.unitScale();
    ArrowMatrix scaled = normal.scaled(1, scale);
    for (int i = 0; i < scale.length; i++) {
      if (scale[i] == 0) {
        scaled.add(i, i, 1);
      }
    }
    return new Covariance(scale, scaled.inverse(), 1);
  }

  public Covariance times(double more) {
    return new Covariance(scale, inverse, factor * more);
  }

  public double get(int i, int j) {
    boolean known = inverse != null && scale[i] > 0 && scale[j] > 0;
    return known ? factor * scale[i] * scale[j] * inverse.get(i, j) : Double.NaN;
  }

  /** The matrix times a vector; 0 of what nothing determines. */
  public double[] times(double[] v) {
    double[] out = new double[v.length];
    if (inverse == null) {
      return out;
    }
    double[] scaled = new double[v.length];
    for (int i = 0; i < v.length; i++) {
      scaled[i] = scale[i] * v[i];
    }
    double[] solved = inverse.times(scaled);
    for (int i = 0; i < v.length; i++) {
      out[i] = factor * scale[i] * solved[i];
    }
    return out;
  }
}
