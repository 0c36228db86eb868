package org.mdx.scaling;

import java.util.Arrays;
import org.mdx.internal.kernel.ControlKernel;
import org.mdx.internal.kernel.Equations;

/** The terms at the observations of one block, and room to work; one for each lane. */
final class Evaluation {
  // those of the block that was evaluated last
  double[] a;
  double[] b;
  double[] c;
  double[] d;

  private final Known own;

  /** 1/σ² of each observation, 0 if it has been rejected. */
  final double[] e;

  /** Factor of the fitted term at each observation. */
  final double[] g;

  /** Right side of each observation. */
  final double[] r;

  /** Merged intensity of each observation's voxel, while a term is fitted. */
  final double[] merged;

  /** What the normal equations take of them. */
  final Equations equations;

  /** Sums of each voxel. */
  final double[] weight;

  final double[] sum;
  final double[] exposure;
  final double[] counts;
  final double[] background;

  Evaluation(int observations, int voxels) {
    own = new Known(observations, 0);
    e = new double[observations];
    g = new double[observations];
    r = new double[observations];
    merged = new double[observations];
    equations = new Equations(e, g, r);
    weight = new double[voxels];
    sum = new double[voxels];
    exposure = new double[voxels];
    counts = new double[voxels];
    background = new double[voxels];
  }

  private static double[] filled(int n, double value) {
    double[] v = new double[n];
    Arrays.fill(v, value);
    return v;
  }

  /** The terms at the observations of a block, and of which control points they are. */
  static final class Known {
    final double[] a;
    final double[] b;
    final double[] c;
    final double[] d;
    private final Terms.Points[] ofA;
    private final Terms.Points[] ofB;
    private final Terms.Points[] ofC;
    private Terms.Points ofD;

    Known(int observations, int sweeps) {
      a = filled(observations, 1);
      b = filled(observations, 1);
      c = new double[observations];
      d = filled(observations, 1);
      ofA = new Terms.Points[sweeps];
      ofB = new Terms.Points[sweeps];
      ofC = new Terms.Points[sweeps];
    }

    private void evaluate(Terms.Values terms, Block k, boolean again) {
      for (int t = 0; t + 1 < k.start.length; t++) {
        int from = k.start[t];
        int to = k.start[t + 1];
        if (to > from) {
          Terms.Points ta = terms.a()[t];
          if (isFitted(ta) && !(again && ofA[t] == ta)) {
            ControlKernel.space(k.at(Terms.Kind.A), from, to, ta.axis(), ta.values(), a);
          }
          Terms.Points tb = terms.b()[t];
          if (isFitted(tb) && !(again && ofB[t] == tb)) {
            ControlKernel.line(k.at(Terms.Kind.B), from, to, tb.axis(), tb.values(), b);
          }
          Terms.Points tc = terms.c()[t];
          if (isFitted(tc) && !(again && ofC[t] == tc)) {
            ControlKernel.plane(k.at(Terms.Kind.C), from, to, tc.axis(), tc.values(), c);
          }
        }
      }
      Terms.Points td = terms.d();
      if (isFitted(td) && !(again && ofD == td)) {
        ControlKernel.plane(k.at(Terms.Kind.D), 0, k.size(), td.axis(), td.values(), d);
      }
    }

    /** Keeps of which control points the terms are now. */
    private void keep(Terms.Values terms) {
      System.arraycopy(terms.a(), 0, ofA, 0, ofA.length);
      System.arraycopy(terms.b(), 0, ofB, 0, ofB.length);
      System.arraycopy(terms.c(), 0, ofC, 0, ofC.length);
      ofD = terms.d();
    }
  }

  /**
   * Evaluates the terms at all observations of a block; those not fitted yet stay 1 or 0.
   *
   * @param known what is known of the block, whose terms are evaluated only where their control
   *     points have changed; null where nothing is kept
   */
  void evaluate(Terms.Values terms, Block k, Known known) {
    Known at = known == null ? own : known;
    at.evaluate(terms, k, known != null);
    if (known != null) {
      known.keep(terms);
    }
    a = at.a;
    b = at.b;
    c = at.c;
    d = at.d;
  }

  private static boolean isFitted(Terms.Points term) {
    return term != null && term.isFitted();
  }
}
