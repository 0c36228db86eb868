package org.mdx.scaling;

import java.util.Arrays;
import org.mdx.internal.kernel.ControlKernel;
import org.mdx.internal.kernel.Equations;

/** The terms at the observations of one block, and room to work; one for each lane. */
final class Evaluation {
  final double[] a;
  final double[] b;
  final double[] c;
  final double[] d;

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
    a = filled(observations, 1);
    b = filled(observations, 1);
    c = new double[observations];
    d = filled(observations, 1);
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

  /** Evaluates the terms at all observations of a block; those not fitted yet stay 1 or 0. */
  void evaluate(Terms.Values terms, Block k) {
    for (int t = 0; t + 1 < k.start.length; t++) {
      int from = k.start[t];
      int to = k.start[t + 1];
      Terms.Points ta = terms.a()[t];
      if (isFitted(ta) && to > from) {
        ControlKernel.space(k.at(Terms.Kind.A), from, to, ta.axis(), ta.values(), a);
      }
      Terms.Points tb = terms.b()[t];
      if (isFitted(tb) && to > from) {
        ControlKernel.line(k.at(Terms.Kind.B), from, to, tb.axis(), tb.values(), b);
      }
      Terms.Points tc = terms.c()[t];
      if (isFitted(tc) && to > from) {
        ControlKernel.plane(k.at(Terms.Kind.C), from, to, tc.axis(), tc.values(), c);
      }
    }
    Terms.Points td = terms.d();
    if (isFitted(td)) {
      ControlKernel.plane(k.at(Terms.Kind.D), 0, k.size(), td.axis(), td.values(), d);
    }
  }

  private static boolean isFitted(Terms.Points term) {
    return term != null && term.isFitted();
  }
}
