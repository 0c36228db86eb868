package org.mdx.scale;

import java.util.Arrays;
import org.mdx.internal.kernel.ControlKernel;
import org.mdx.internal.kernel.NormalKernel;
import org.mdx.parallel.Parallel;

/**
 * The terms of all sweeps while they are fitted to one set of observations.
 *
 * <p>Blocks are dealt out to a number of lanes that depends on the data alone. A lane works through
 * its blocks in order and sums on its own; lanes are summed in order. So the sums are the same for
 * any number of threads.
 */
final class Refinement {
  private static final int LANES = 32;
  private static final long LANE_BYTES = 256L << 20;
  private static final double TOLERANCE = 1e-11;
  private static final int ITERATIONS = 20_000;

  /** What a fit changes. */
  enum Term {
    A,
    B,
    C,
    D
  }

  /** The terms: of each sweep, d of all; null where a term is not refined. */
  static final class Terms {
    final TermGrid[] a;
    final TermGrid[] b;
    final TermGrid[] c;
    TermGrid d;

    Terms(int sweeps) {
      a = new TermGrid[sweeps];
      b = new TermGrid[sweeps];
      c = new TermGrid[sweeps];
    }

    TermGrid grid(Term term, int sweep) {
      return switch (term) {
        case A -> a[sweep];
        case B -> b[sweep];
        case C -> c[sweep];
        case D -> d;
      };
    }
  }

  /** Work space of one lane. */
  private static final class Scratch {
    final double[] a;
    final double[] b;
    final double[] c;
    final double[] d;
    final double[] e;
    final double[] g;
    final double[] r;
    final double[] weight;
    final double[] sum;

    Scratch(int observations, int voxels) {
      a = filled(observations, 1);
      b = filled(observations, 1);
      c = new double[observations];
      d = filled(observations, 1);
      e = new double[observations];
      g = new double[observations];
      r = new double[observations];
      weight = new double[voxels];
      sum = new double[voxels];
    }

    private static double[] filled(int n, double value) {
      double[] v = new double[n];
      Arrays.fill(v, value);
      return v;
    }
  }

  /** Sums of one lane, or of all: one system a sweep, or one in all for d. */
  private static final class Systems {
    final double[][] aa;
    final double[][] ay;
    final double[] yy;
    final long[] n;

    Systems(int count) {
      aa = new double[count][];
      ay = new double[count][];
      yy = new double[count];
      n = new long[count];
    }

    void allot(int system, int elements, int points) {
      if (aa[system] == null) {
        aa[system] = new double[elements * points];
        ay[system] = new double[points];
      }
    }

    void add(Systems other, int system) {
      if (other.aa[system] != null) {
        allot(system, other.aa[system].length, 1);
        if (ay[system].length != other.ay[system].length) {
          ay[system] = new double[other.ay[system].length];
        }
        add(aa[system], other.aa[system]);
        add(ay[system], other.ay[system]);
        yy[system] += other.yy[system];
        n[system] += other.n[system];
      }
    }

    private static void add(double[] sum, double[] part) {
      for (int i = 0; i < part.length; i++) {
        sum[i] += part[i];
      }
    }
  }

  /** Work on one block in one lane. */
  private interface BlockTask {
    void run(int lane, Block block, Scratch scratch);
  }

  private final ObservationBlocks data;
  private final Terms terms;
  private final ScalingOptions options;
  private final Parallel parallel;
  private final double[] merged;
  private final int mostObservations;
  private final int mostVoxels;

  Refinement(ObservationBlocks data, Terms terms, ScalingOptions options, Parallel parallel) {
    this.data = data;
    this.terms = terms;
    this.options = options;
    this.parallel = parallel;
    merged = new double[data.voxels];
    mostObservations = data.blocks.stream().mapToInt(Block::size).max().orElse(0);
    mostVoxels = data.blocks.stream().mapToInt(b -> b.voxels).max().orElse(0);
  }

  private int lanes(long bytes) {
    long most = Math.max(2, LANE_BYTES / Math.max(1, bytes));
    return (int) Math.min(Math.min(most, LANES), data.blocks.size());
  }

  private void forEach(int lanes, BlockTask task) {
    int blocks = data.blocks.size();
    parallel.forEach(
        lanes,
        lane -> {
          Scratch scratch = new Scratch(mostObservations, mostVoxels);
          int to = (int) ((lane + 1L) * blocks / lanes);
          for (int i = (int) ((long) lane * blocks / lanes); i < to; i++) {
            task.run(lane, data.blocks.get(i), scratch);
          }
        });
  }

  /** Evaluates the terms at the observations of one sweep in a block. */
  private void evaluate(Block k, int sweep, Scratch x) {
    int from = k.start[sweep];
    int to = k.start[sweep + 1];
    TermGrid a = terms.a[sweep];
    if (a != null) {
      ControlKernel.space(k.panel, k.ix, k.iy, k.phi, from, to, a.axis, a.values, x.a);
    }
    TermGrid b = terms.b[sweep];
    if (b != null) {
      ControlKernel.line(k.phi, from, to, b.axis, b.values, x.b);
    }
    TermGrid c = terms.c[sweep];
    if (c != null) {
      ControlKernel.plane(null, k.s, k.phi, from, to, c.axis, c.values, x.c);
    }
    TermGrid d = terms.d;
    if (d != null) {
      ControlKernel.plane(k.panel, k.ix, k.iy, from, to, d.axis, d.values, x.d);
    }
  }

  /** 1/σ² of the observations of one sweep in a block. */
  private void weigh(Block k, int sweep, Scratch x) {
    int from = k.start[sweep];
    int to = k.start[sweep + 1];
    for (int i = from; i < to; i++) {
      double sigma = k.error[i];
      x.e[i - from] = 1 / (sigma * sigma);
    }
  }

  /** Merges a block with the terms as they are: M = Σ w I'/Σ w, w = (s/σ)², I' = (I − a d c)/s. */
  private void merge(Block k, Scratch x) {
    Arrays.fill(x.weight, 0, k.voxels, 0);
    Arrays.fill(x.sum, 0, k.voxels, 0);
    for (int t = 0; t < data.sweeps; t++) {
      int from = k.start[t];
      int n = k.start[t + 1] - from;
      if (n > 0) {
        evaluate(k, t, x);
        weigh(k, t, x);
        for (int i = 0; i < n; i++) {
          double ad = x.a[i] * x.d[i];
          double s = ad * x.b[i];
          double se = s * x.e[i];
          int v = k.voxel[from + i];
          x.weight[v] += s * se;
          x.sum[v] += se * (k.intensity[from + i] - ad * x.c[i]);
        }
      }
    }
    for (int v = 0; v < k.voxels; v++) {
      merged[k.firstVoxel + v] = x.weight[v] > 0 ? x.sum[v] / x.weight[v] : 0;
    }
  }

  /**
   * Fits one term with the merged intensities fixed.
   *
   * @param remerge whether to merge with the terms as they are before, instead of keeping the
   *     merged intensities of the last fit
   * @return χ² per observation, the mean over sweeps that have any
   */
  double fit(Term term, boolean remerge) {
    int count = term == Term.D ? 1 : data.sweeps;
    long bytes = 0;
    for (int t = 0; t < count; t++) {
      bytes += 16L * terms.grid(term, t).values.length * 8;
    }
    int lanes = lanes(bytes);
    Systems[] parts = new Systems[lanes];
    Arrays.setAll(parts, i -> new Systems(count));
    forEach(
        lanes,
        (lane, block, scratch) -> {
          if (remerge) {
            merge(block, scratch);
          }
          for (int t = 0; t < data.sweeps; t++) {
            if (block.start[t + 1] > block.start[t]) {
              evaluate(block, t, scratch);
              weigh(block, t, scratch);
              accumulate(term, block, t, scratch, parts[lane]);
            }
          }
        });
    double[] chiSquare = new double[count];
    parallel.forEach(count, t -> chiSquare[t] = solve(term, t, parts));
    return Arrays.stream(chiSquare).filter(x -> x == x).average().orElse(Double.NaN);
  }

  /** Adds the observations of one sweep in a block to a term's normal equations. */
  private void accumulate(Term term, Block k, int sweep, Scratch x, Systems out) {
    int from = k.start[sweep];
    int to = k.start[sweep + 1];
    int system = term == Term.D ? 0 : sweep;
    for (int i = 0; i < to - from; i++) {
      double intensity = k.intensity[from + i];
      double m = merged[k.firstVoxel + k.voxel[from + i]];
      double ad = x.a[i] * x.d[i];
      double bracket = x.b[i] * m + x.c[i];
      double right = intensity;
      double factor = ad;
      switch (term) {
        case A -> factor = x.d[i] * bracket;
        case B -> {
          factor = ad * m;
          right -= ad * x.c[i];
        }
        case C -> right -= ad * x.b[i] * m;
        default -> factor = x.a[i] * bracket;
      }
      x.g[i] = factor;
      x.r[i] = right;
      out.yy[system] += x.e[i] * right * right;
      out.n[system] += x.e[i] > 0 ? 1 : 0;
    }
    TermGrid grid = terms.grid(term, sweep);
    int elements =
        switch (term) {
          case A -> NormalKernel.SPACE;
          case B -> NormalKernel.LINE;
          default -> NormalKernel.PLANE;
        };
    out.allot(system, elements, grid.values.length);
    double[] aa = out.aa[system];
    double[] ay = out.ay[system];
    switch (term) {
      case A ->
          NormalKernel.space(
              k.panel, k.ix, k.iy, k.phi, from, to, grid.axis, x.e, x.g, x.r, aa, ay);
      case B -> NormalKernel.line(k.phi, from, to, grid.axis, x.e, x.g, x.r, aa, ay);
      case C -> NormalKernel.plane(null, k.s, k.phi, from, to, grid.axis, x.e, x.g, x.r, aa, ay);
      default ->
          NormalKernel.plane(k.panel, k.ix, k.iy, from, to, grid.axis, x.e, x.g, x.r, aa, ay);
    }
  }

  /** Sums the lanes of one system, adds the regularisers, solves; NaN without observations. */
  private double solve(Term term, int system, Systems[] parts) {
    Systems sum = new Systems(parts[0].n.length);
    for (Systems part : parts) {
      sum.add(part, system);
    }
    if (sum.n[system] == 0) {
      return Double.NaN;
    }
    TermGrid grid = terms.grid(term, system);
    Stencil aa = Stencil.ofNormal(sum.aa[system], grid.shape, grid.panels);
    double[] ay = sum.ay[system];
    if (!(aa.trace() > 0)) {
      return sum.yy[system] / sum.n[system];
    }
    Stencil g = new Stencil(grid.values.length);
    g.add(aa, 1);
    switch (term) {
      case A -> {
        regularise(g, aa, grid.laplacian(), options.absorption().smoothness());
        regularise(g, aa, grid.secondDifference(2), options.absorption().smoothnessPhi());
      }
      case B -> regularise(g, aa, grid.secondDifference(0), options.scale().smoothnessPhi());
      case C -> {
        regularise(g, aa, grid.secondDifference(0), options.offset().smoothness());
        regularise(g, aa, grid.secondDifference(1), options.offset().smoothnessPhi());
        g.addDiagonal(options.offsetIdentity() * aa.largestDiagonal());
      }
      default -> regularise(g, aa, grid.laplacian(), options.detector().smoothness());
    }
    double[] u = grid.values;
    g.solve(ay, u, TOLERANCE, ITERATIONS);
    double chiSquare = aa.quadratic(u) + sum.yy[system];
    for (int p = 0; p < u.length; p++) {
      chiSquare -= 2 * u[p] * ay[p];
    }
    if (term == Term.C) {
      level(u);
    }
    return chiSquare / sum.n[system];
  }

  private static void regularise(Stencil g, Stencil aa, Stencil bb, double multiplier) {
    double trace = bb.trace();
    if (trace > 0) {
      g.add(bb, multiplier * aa.trace() / trace);
    }
  }

  /** Raises what is below the minimum to it, then shifts all so that the smallest equals it. */
  private void level(double[] u) {
    double minimum = options.offsetMinimum();
    double smallest = Double.POSITIVE_INFINITY;
    for (int p = 0; p < u.length; p++) {
      u[p] = Math.max(u[p], minimum);
      smallest = Math.min(smallest, u[p]);
    }
    for (int p = 0; p < u.length; p++) {
      u[p] += minimum - smallest;
    }
  }

  /**
   * Merges with the terms as they are and leaves out, for good, what is too far away.
   *
   * @param cutoff in standard errors
   * @return observations rejected
   */
  long reject(double cutoff) {
    int lanes = lanes(0);
    long[] rejected = new long[lanes];
    forEach(
        lanes,
        (lane, block, scratch) -> {
          merge(block, scratch);
          for (int t = 0; t < data.sweeps; t++) {
            if (block.start[t + 1] > block.start[t]) {
              evaluate(block, t, scratch);
              weigh(block, t, scratch);
              rejected[lane] += reject(block, t, scratch, cutoff);
            }
          }
        });
    return Arrays.stream(rejected).sum();
  }

  private long reject(Block k, int sweep, Scratch x, double cutoff) {
    int from = k.start[sweep];
    int rejected = 0;
    for (int i = 0; i < k.start[sweep + 1] - from; i++) {
      double m = merged[k.firstVoxel + k.voxel[from + i]];
      double predicted = x.a[i] * x.d[i] * (x.b[i] * m + x.c[i]);
      double distance = (predicted - k.intensity[from + i]) * Math.sqrt(x.e[i]);
      if ((options.mdx2Compatible() ? distance : Math.abs(distance)) > cutoff) {
        k.error[from + i] = Float.POSITIVE_INFINITY;
        rejected++;
      }
    }
    return rejected;
  }

  /**
   * Divides a, b and d by their means over the observations in use. What is taken off a and d goes
   * into b and c of the same sweep, or, without b, into the merged scale; so do the means of b.
   */
  void normalise() {
    int sweeps = data.sweeps;
    int lanes = lanes(0);
    double[][] sums = new double[lanes][4 * sweeps];
    forEach(
        lanes,
        (lane, block, scratch) -> {
          for (int t = 0; t < sweeps; t++) {
            int from = block.start[t];
            int n = block.start[t + 1] - from;
            if (n > 0) {
              evaluate(block, t, scratch);
              for (int i = 0; i < n; i++) {
                if (block.error[from + i] < Float.POSITIVE_INFINITY) {
                  sums[lane][4 * t] += 1;
                  sums[lane][4 * t + 1] += scratch.a[i];
                  sums[lane][4 * t + 2] += scratch.b[i];
                  sums[lane][4 * t + 3] += scratch.d[i];
                }
              }
            }
          }
        });
    double[] sum = new double[4 * sweeps];
    for (double[] part : sums) {
      for (int i = 0; i < sum.length; i++) {
        sum[i] += part[i];
      }
    }
    new Normalisation(terms, sum).run();
  }
}
