package org.mdx.scaling;

import java.util.Arrays;
import java.util.function.Consumer;
import org.mdx.internal.normal.BandMatrix;
import org.mdx.internal.normal.Multigrid;
import org.mdx.internal.normal.SmoothnessSearch;
import org.mdx.internal.normal.TermGrid;
import org.mdx.parallel.Parallel;

/**
 * The terms of all sweeps while they are fitted to one set of observations: what is decided once
 * for all. What is done with observations, here or on other machines, is a {@link Pass} over {@link
 * Lanes}.
 */
final class Refinement {
  private static final double TOLERANCE = 1e-11;

  /**
   * Far below the noise of any fit. The smoother a term, the more iterations each digit takes; and
   * of the digits beyond, the next cycle changes all.
   */
  private static final double SMOOTH_TOLERANCE = 1e-7;

  /** Of a fit that is but a start, far below its noise. */
  private static final double ROUGH_TOLERANCE = 1e-5;

  private static final int ITERATIONS = 20_000;

  private final Lanes lanes;
  private final Terms terms;
  private final ScalingOptions options;
  private final Parallel parallel;
  private final double tolerance;

  /** As the last merge has found them. */
  private VoxelMerge.Shells shells = VoxelMerge.Shells.NONE;

  /** Outliers beyond this are rejected when the observations are next merged. */
  private double cutoff = Double.POSITIVE_INFINITY;

  private long rejected;

  Refinement(Lanes lanes, Terms terms, ScalingOptions options, Parallel parallel) {
    this(
        lanes,
        terms,
        options,
        parallel,
        options.conventions().isMdx2() ? TOLERANCE : SMOOTH_TOLERANCE);
  }

  /** A refinement with a sample of the observations, whose terms are where others start. */
  static Refinement rough(Lanes sample, Terms terms, ScalingOptions options, Parallel parallel) {
    return new Refinement(sample, terms, options, parallel, ROUGH_TOLERANCE);
  }

  private Refinement(
      Lanes lanes, Terms terms, ScalingOptions options, Parallel parallel, double tolerance) {
    this.tolerance = tolerance;
    this.lanes = lanes;
    this.terms = terms;
    this.options = options;
    this.parallel = parallel;
    if (lanes.isExpected()) {
      ShellSums found = new ShellSums();
      lanes.run(Pass.count(terms.now()), answer -> found.add(answer.shells));
      shells = VoxelMerge.Shells.of(found.sum);
    }
  }

  /** Sums of shells, of lanes that meet more of them or fewer. */
  private static final class ShellSums {
    private double[] sum = {};

    void add(double... lane) {
      sum = lane.length > sum.length ? Arrays.copyOf(sum, lane.length) : sum;
      for (int i = 0; i < lane.length; i++) {
        sum[i] += lane[i];
      }
    }
  }

  /**
   * Lets the next fit of each term find out how smooth the term is to be. Not to be done once terms
   * have been fitted in more detail than their data support: the merged intensities have taken part
   * of that detail up then, and the data seem to ask for it.
   */
  void findSmoothness() {
    terms.all().forEach(grid -> grid.smoothing = 0);
  }

  /**
   * Fits one term with the merged intensities fixed.
   *
   * @param remerge whether to merge with the terms as they are before, instead of keeping the
   *     merged intensities of the last fit
   * @return χ² per observation, the mean over sweeps that have any
   */
  double fit(Terms.Kind kind, boolean remerge) {
    Pass pass = Pass.fit(kind, terms.now(), shells, remerge ? rejection() : null);
    NormalSums sum = new NormalSums(pass.systems());
    run(pass, answer -> sum.add(answer.sums));
    double[] chiSquare = new double[pass.systems()];
    parallel.forEach(chiSquare.length, t -> chiSquare[t] = solve(kind, t, sum));
    return Arrays.stream(chiSquare).filter(x -> x == x).average().orElse(Double.NaN);
  }

  private Pass.Rejection rejection() {
    return new Pass.Rejection(cutoff, options.conventions().isMdx2());
  }

  /** Has a pass done, and keeps what it says of shells and outliers if it merges. */
  private void run(Pass pass, Consumer<Pass.Answer> take) {
    ShellSums found = new ShellSums();
    long[] outliers = {0};
    lanes.run(
        pass,
        answer -> {
          take.accept(answer);
          found.add(answer.shells);
          outliers[0] += answer.outliers;
        });
    if (pass.isMerging) {
      shells = VoxelMerge.Shells.of(found.sum);
      rejected += outliers[0];
      cutoff = Double.POSITIVE_INFINITY;
    }
  }

  /** Adds the regularisers to one system and solves it; NaN without observations. */
  private double solve(Terms.Kind kind, int system, NormalSums sum) {
    if (sum.n[system] == 0) {
      return Double.NaN;
    }
    TermGrid grid = terms.grid(kind, system);
    double[] u = grid.values;
    double[] ay = sum.ay[system];
    BandMatrix aa = BandMatrix.ofNormal(sum.aa[system], grid.shape, grid.panels);
    double yy = sum.yy[system];
    Multigrid grids = Multigrid.isFor(grid) ? new Multigrid(grid, aa) : null;
    if (!(grid.smoothing > 0)) {
      Parallel threads = kind == Terms.Kind.D ? parallel : Parallel.of(1);
      grid.smoothing =
          new SmoothnessSearch(aa, ay, yy, sum.n[system], u, threads)
              .best(f -> regularised(kind, grid, aa, grids, f));
    }
    double enough = grid.smoothing > 1 ? Math.max(SMOOTH_TOLERANCE, tolerance) : tolerance;
    regularised(kind, grid, aa, grids, grid.smoothing).solve(ay, u, enough, ITERATIONS);
    grid.isFitted = true;
    double chiSquare = aa.misfit(u, ay, yy);
    if (kind == Terms.Kind.C) {
      level(u);
    }
    return chiSquare / sum.n[system];
  }

  /** AᵀA with the regularisers of a term, those of its smoothness times a factor. */
  private BandMatrix regularised(
      Terms.Kind kind, TermGrid grid, BandMatrix aa, Multigrid grids, double factor) {
    BandMatrix g = new BandMatrix(grid.values.length);
    g.add(aa, 1);
    switch (kind) {
      case A -> {
        regularise(g, aa, grid.laplacian(), factor * options.absorption().smoothness());
        regularise(g, aa, grid.secondDifference(2), factor * options.absorption().smoothnessPhi());
      }
      case B ->
          regularise(g, aa, grid.secondDifference(0), factor * options.scale().smoothnessPhi());
      case C -> {
        regularise(g, aa, grid.secondDifference(0), factor * options.offset().smoothness());
        regularise(g, aa, grid.secondDifference(1), factor * options.offset().smoothnessPhi());
        g.addDiagonal(options.offsetIdentity() * aa.largestDiagonal());
      }
      default -> {
        double multiplier = factor * options.detector().smoothness();
        double weight = regularise(g, aa, grid.laplacian(), multiplier);
        if (grids != null) {
          g.precondition(grids.with(g, weight));
        }
      }
    }
    return g;
  }

  /** Adds a regulariser; the weight that it got. */
  private static double regularise(BandMatrix g, BandMatrix aa, BandMatrix bb, double multiplier) {
    double trace = bb.trace();
    double weight = trace > 0 ? multiplier * aa.trace() / trace : 0;
    g.add(bb, weight);
    return weight;
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
   * Leaves out what is too far from the merged value, with the terms as they are now, until {@link
   * #readmit}. It is done in the next pass over the observations; {@link #rejected} tells.
   *
   * @param standardErrors infinite to keep all
   */
  void reject(double standardErrors) {
    cutoff = standardErrors;
  }

  /** Rejects now what was to be rejected in the next pass. */
  void rejectNow() {
    if (cutoff < Double.POSITIVE_INFINITY) {
      run(Pass.merge(terms.now(), shells, rejection()), answer -> {});
    }
  }

  /** How many observations have been rejected since this was last asked. */
  long rejected() {
    long n = rejected;
    rejected = 0;
    return n;
  }

  /** Lets all that was rejected, or was to be, take part again. */
  void readmit() {
    lanes.readmit();
    cutoff = Double.POSITIVE_INFINITY;
  }

  /** Divides a, b and d by their means over the observations in use. */
  void normalise() {
    Normalisation all = new Normalisation(terms.a.length);
    lanes.run(Pass.means(terms.now()), answer -> all.add(answer.means));
    all.apply(terms);
  }
}
