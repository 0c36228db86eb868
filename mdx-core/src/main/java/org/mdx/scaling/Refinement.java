package org.mdx.scaling;

import java.util.Arrays;
import java.util.EnumMap;
import java.util.Map;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.function.IntConsumer;
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

  /**
   * Far below the noise of any fit. The smoother a term, the more iterations each digit takes; and
   * of the digits beyond, the next cycle changes all.
   */
  private static final double SMOOTH_TOLERANCE = 1e-7;

  /** Of a fit that is but a start, far below its noise. */
  private static final double ROUGH_TOLERANCE = 1e-5;

  private static final int ITERATIONS = 20_000;

  /** Work on one block in one lane. */
  private interface BlockTask {
    void run(int lane, Block block, Evaluation x);
  }

  private final ObservationBlocks data;
  private final Terms terms;
  private final ScalingOptions options;
  private final Parallel parallel;
  private final VoxelMerge voxels;
  private final int mostObservations;
  private final int mostVoxels;
  private final double tolerance;

  /** Room to work that no lane uses just now. */
  private final ConcurrentLinkedQueue<Evaluation> idle = new ConcurrentLinkedQueue<>();

  private final Map<Terms.Kind, NormalSums.Room> room = new EnumMap<>(Terms.Kind.class);

  /** Outliers beyond this are rejected when the observations are next merged. */
  private double cutoff = Double.POSITIVE_INFINITY;

  private long rejected;

  Refinement(ObservationBlocks data, Terms terms, ScalingOptions options, Parallel parallel) {
    this(
        data,
        terms,
        options,
        parallel,
        options.conventions().isMdx2() ? TOLERANCE : SMOOTH_TOLERANCE);
  }

  /** A refinement with a sample of the observations, whose terms are where others start. */
  static Refinement rough(
      ObservationBlocks sample, Terms terms, ScalingOptions options, Parallel parallel) {
    return new Refinement(sample, terms, options, parallel, ROUGH_TOLERANCE);
  }

  private Refinement(
      ObservationBlocks data,
      Terms terms,
      ScalingOptions options,
      Parallel parallel,
      double tolerance) {
    this.tolerance = tolerance;
    this.data = data;
    this.terms = terms;
    this.options = options;
    this.parallel = parallel;
    voxels = new VoxelMerge(data);
    mostObservations = data.blocks.mostObservations();
    mostVoxels = data.blocks.mostVoxels();
    if (voxels.needsShells()) {
      double[][] shells = newShells(lanes(0));
      forEach(shells.length, (lane, block, x) -> voxels.count(block, x, shells[lane]));
      voxels.useShells(shells);
    }
  }

  private double[][] newShells(int lanes) {
    double[][] shells = new double[lanes][];
    Arrays.setAll(shells, lane -> voxels.newShells());
    return shells;
  }

  /** As many lanes as their sums have room, by the size of one lane's. */
  private int lanes(long bytes) {
    long most = Math.max(2, LANE_BYTES / Math.max(1, bytes));
    return (int) Math.min(Math.min(most, LANES), data.blocks.count());
  }

  private void forEach(int lanes, BlockTask task) {
    forEach(lanes, task, lane -> {});
  }

  private void forEach(int lanes, BlockTask task, IntConsumer end) {
    int blocks = data.blocks.count();
    parallel.forEach(
        lanes,
        lane -> {
          Evaluation known = idle.poll();
          Evaluation x = known == null ? new Evaluation(mostObservations, mostVoxels) : known;
          int to = (int) ((lane + 1L) * blocks / lanes);
          for (int i = (int) ((long) lane * blocks / lanes); i < to; i++) {
            Block block = data.blocks.open(i);
            x.evaluate(terms, block);
            task.run(lane, block, x);
            data.blocks.close(i, block);
          }
          end.accept(lane);
          idle.add(x);
        });
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
    int systems = kind == Terms.Kind.D ? 1 : data.sweeps.length;
    long bytes = 0;
    for (int t = 0; t < systems; t++) {
      bytes += 8L * (elements(kind) + 1) * terms.grid(kind, t).values.length;
    }
    int lanes = lanes(bytes);
    NormalSums.Lanes sums =
        new NormalSums.Lanes(
            lanes, systems, room.computeIfAbsent(kind, k -> new NormalSums.Room()));
    double[][] shells = newShells(lanes);
    long[] outliers = new long[lanes];
    forEach(
        lanes,
        (lane, block, x) -> {
          if (remerge) {
            outliers[lane] += merge(block, x, shells[lane]);
          } else {
            voxels.weigh(block, x);
          }
          for (int t = 0; t < data.sweeps.length; t++) {
            if (block.start[t + 1] > block.start[t]) {
              accumulate(kind, block, t, x, sums.of(lane));
            }
          }
        },
        sums::end);
    if (remerge) {
      voxels.useShells(shells);
      settle(outliers);
    }
    double[] chiSquare = new double[systems];
    parallel.forEach(systems, t -> chiSquare[t] = solve(kind, t, sums.total()));
    return Arrays.stream(chiSquare).filter(x -> x == x).average().orElse(Double.NaN);
  }

  private static int elements(Terms.Kind kind) {
    return switch (kind) {
      case A -> NormalKernel.SPACE;
      case B -> NormalKernel.LINE;
      default -> NormalKernel.PLANE;
    };
  }

  /** Adds the observations of one sweep in a block to a term's normal equations. */
  private void accumulate(Terms.Kind kind, Block k, int sweep, Evaluation x, NormalSums out) {
    int from = k.start[sweep];
    int to = k.start[sweep + 1];
    int system = kind == Terms.Kind.D ? 0 : sweep;
    double yy = 0;
    long n = 0;
    for (int i = from; i < to; i++) {
      double m = voxels.merged(k, i);
      double right = k.intensity[i];
      double factor = x.a[i] * x.d[i];
      switch (kind) {
        case A -> factor = x.d[i] * (x.b[i] * m + x.c[i]);
        case B -> {
          right -= factor * x.c[i];
          factor *= m;
        }
        case C -> right -= factor * x.b[i] * m;
        default -> factor = x.a[i] * (x.b[i] * m + x.c[i]);
      }
      x.g[i] = factor;
      x.r[i] = right;
      yy += x.e[i] * right * right;
      n += x.e[i] > 0 ? 1 : 0;
    }
    TermGrid grid = terms.grid(kind, sweep);
    out.yy[system] += yy;
    out.n[system] += n;
    out.allot(system, elements(kind), grid.values.length);
    NormalKernel normal = new NormalKernel(grid.axis, out.aa[system], out.ay[system]);
    switch (kind) {
      case A -> normal.space(k.at(kind), x.equations, from, to);
      case B -> normal.line(k.at(kind), x.equations, from, to);
      default -> normal.plane(k.at(kind), x.equations, from, to);
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
      int lanes = lanes(0);
      double[][] shells = newShells(lanes);
      long[] outliers = new long[lanes];
      forEach(lanes, (lane, block, x) -> outliers[lane] += merge(block, x, shells[lane]));
      voxels.useShells(shells);
      settle(outliers);
    }
  }

  /** How many observations have been rejected since this was last asked. */
  long rejected() {
    long n = rejected;
    rejected = 0;
    return n;
  }

  private void settle(long... outliers) {
    rejected += Arrays.stream(outliers).sum();
    cutoff = Double.POSITIVE_INFINITY;
  }

  /** Merges a block, and again without its outliers if any are to be rejected; how many were. */
  private long merge(Block block, Evaluation x, double[] shells) {
    long n = 0;
    if (cutoff < Double.POSITIVE_INFINITY) {
      boolean oneSided = options.conventions().isMdx2();
      voxels.merge(block, x, voxels.newShells());
      for (int i = 0; i < block.size(); i++) {
        if (block.isUsed(i) && voxels.isFarther(block, x, i, cutoff, oneSided)) {
          block.reject(i);
          n++;
        }
      }
    }
    voxels.merge(block, x, shells);
    return n;
  }

  /** Lets all that was rejected, or was to be, take part again. */
  void readmit() {
    parallel.forEach(
        data.blocks.count(),
        i -> {
          Block block = data.blocks.open(i);
          block.readmit();
          data.blocks.close(i, block);
        });
    cutoff = Double.POSITIVE_INFINITY;
  }

  /** Divides a, b and d by their means over the observations in use. */
  void normalise() {
    int lanes = lanes(0);
    Normalisation[] parts = new Normalisation[lanes];
    Arrays.setAll(parts, lane -> new Normalisation(data.sweeps.length));
    forEach(lanes, (lane, block, x) -> parts[lane].add(block, x));
    Normalisation all = new Normalisation(data.sweeps.length);
    for (Normalisation part : parts) {
      all.add(part);
    }
    all.apply(terms);
  }
}
