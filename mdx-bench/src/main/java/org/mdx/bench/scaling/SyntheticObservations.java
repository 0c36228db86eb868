package org.mdx.bench.scaling;

import java.util.Random;

/** Observations anywhere on the control points of a term, without an order, as voxels have them. */
final class SyntheticObservations {
  private static final long SEED = 20261121;

  /** How many the library works on at a time. */
  private static final int BLOCK = 1 << 14;

  final ControlTerm term;

  /** First point, points per unit and number of points of each axis in turn. */
  final double[] axis;

  /** Coordinates along each axis. */
  final float[][] at;

  /** 1/σ², factor and right side of each observation. */
  final double[][] egr;

  /** Values at the points. */
  final double[] values;

  SyntheticObservations(ControlTerm term, int count) {
    this.term = term;
    Random random = new Random(SEED);
    int[] shape = term.shape();
    axis = new double[3 * shape.length];
    at = new float[shape.length][count];
    for (int a = 0; a < shape.length; a++) {
      double step = 1.5 + a;
      axis[3 * a] = 7 - 10.0 * a;
      axis[3 * a + 1] = 1 / step;
      axis[3 * a + 2] = shape[a];
      for (int i = 0; i < count; i++) {
        at[a][i] = (float) (axis[3 * a] + step * (shape[a] - 1) * random.nextDouble());
      }
    }
    egr = new double[3][count];
    for (int i = 0; i < count; i++) {
      egr[0][i] = 0.5 + random.nextDouble();
      egr[1][i] = 80 + 40 * random.nextDouble();
      egr[2][i] = egr[1][i] + random.nextGaussian();
    }
    values = random.doubles(term.points(), 0.5, 1.5).toArray();
  }

  int count() {
    return at[0].length;
  }

  /** Interpolates all, a block at a time. */
  void interpolate(double[] out) {
    for (int i = 0; i < count(); i += BLOCK) {
      term.interpolate(at, i, Math.min(count(), i + BLOCK), axis, values, out);
    }
  }

  /** Adds all to AᵀA and Aᵀy, a block at a time. */
  void addNormal(double[] aa, double[] ay) {
    for (int i = 0; i < count(); i += BLOCK) {
      term.addNormal(at, i, Math.min(count(), i + BLOCK), axis, egr, aa, ay);
    }
  }

  /** The weights of the points around an observation. */
  SparseRow row(int i) {
    double[] place = new double[at.length];
    for (int a = 0; a < place.length; a++) {
      place[a] = at[a][i];
    }
    return SparseRow.around(axis, place);
  }
}
