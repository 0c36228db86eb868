package org.mdx.internal.normal;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.mdx.internal.kernel.BandCholesky;
import org.mdx.internal.kernel.ConjugateGradient;
import org.mdx.internal.kernel.Coordinates;
import org.mdx.internal.kernel.Equations;
import org.mdx.internal.kernel.GridTransfer;
import org.mdx.internal.kernel.NormalKernel;

/**
 * A preconditioner for terms with many points on two axes: one V-cycle over coarser and coarser
 * grids (A. Brandt, Math. Comp. 31, 333, 1977). What is smooth costs conjugate gradients an
 * iteration for each few points that it extends over; on a grid coarse enough it is not smooth any
 * more.
 *
 * <p>On a coarse grid the data stand at the places of the finer grid's points with the sums of
 * their weights, and the regulariser is that of the coarse grid: a second difference over twice the
 * distance is four times as large, on a quarter of the points. Interpolating the finer grid's
 * regulariser instead would count the kinks of linear interpolation as curvature, twice as much on
 * each grid. Each grid damps what the next one cannot show with a Chebyshev polynomial of the
 * matrix divided by its diagonal; the same before and after, so that the preconditioner is
 * symmetric.
 */
public final class Multigrid {
  /** Points along an axis that is solved directly. */
  private static final int FEW = 25;

  /** Points from which it pays. */
  private static final int MANY = 2_000;

  /** Steps of the polynomial, and the range of eigenvalues, largest over smallest, they damp. */
  private static final int STEPS = 2;

  private static final double RANGE = 16;

  private final TermGrid grid;

  /** AᵀA on the coarser grids, in turn. */
  private final List<BandMatrix> data = new ArrayList<>();

  private final List<GridTransfer> transfers = new ArrayList<>();

  /**
   * The grids of a term.
   *
   * @param grid the term's, with two axes
   * @param aa AᵀA
   */
  public Multigrid(TermGrid grid, BandMatrix aa) {
    this.grid = grid;
    double[] mass = new double[grid.values.length];
    double[] ones = new double[mass.length];
    Arrays.fill(ones, 1);
    aa.multiply(ones, mass);
    TermGrid fine = grid;
    while (Math.min(fine.shape[0], fine.shape[1]) > FEW) {
      TermGrid coarse = fine.coarser();
      data.add(atPoints(fine, coarse, mass));
      GridTransfer transfer = new GridTransfer(grid.panels, fine.shape, coarse.shape);
      transfers.add(transfer);
      double[] sum = new double[coarse.values.length];
      transfer.collect(mass, sum);
      mass = sum;
      fine = coarse;
    }
  }

  /**
   * Whether a term has so many points that this pays.
   *
   * @param grid the term's
   * @return whether it has two axes and many points on them
   */
  public static boolean isFor(TermGrid grid) {
    return grid.shape.length == 2
        && Math.min(grid.shape[0], grid.shape[1]) > FEW
        && grid.values.length >= MANY;
  }

  /** AᵀA of data of a given mass at the points of the finer grid, on the coarse one. */
  private static BandMatrix atPoints(TermGrid fine, TermGrid coarse, double[] mass) {
    int n = mass.length;
    int nx = fine.shape[0];
    int ny = fine.shape[1];
    float[] x = new float[n];
    float[] y = new float[n];
    char[] panel = fine.panels > 1 ? new char[n] : null;
    for (int p = 0; p < n; p++) {
      x[p] = (float) fine.axes.get(0).get(p / ny % nx);
      y[p] = (float) fine.axes.get(1).get(p % ny);
      if (panel != null) {
        panel[p] = (char) (p / (nx * ny));
      }
    }
    double[] one = new double[n];
    Arrays.fill(one, 1);
    double[] aa = new double[NormalKernel.PLANE * coarse.values.length];
    new NormalKernel(coarse.axis, aa, new double[coarse.values.length])
        .plane(new Coordinates(panel, x, y, null), new Equations(mass, one, new double[n]), 0, n);
    return BandMatrix.ofNormal(aa, coarse.shape, coarse.panels);
  }

  /**
   * The preconditioner for one weight of the regulariser.
   *
   * @param g AᵀA and the regulariser
   * @param weight of the regulariser, the Laplacian
   * @return its matrices on all grids
   */
  public Grids with(BandMatrix g, double weight) {
    return new Grids(g, weight);
  }

  /** One grid, with the way to the next coarser one. */
  private static final class Level {
    final int[] offset;
    final double[][] g;
    final double[] inverse;
    final double largest;

    Level(BandMatrix matrix) {
      offset = matrix.offsets();
      g = matrix.values();
      int n = g[0].length;
      double[] row = new double[n];
      for (int d = 0; d < offset.length; d++) {
        for (int p = 0; p + offset[d] < n; p++) {
          double v = Math.abs(g[d][p]);
          row[p] += v;
          row[p + offset[d]] += d > 0 ? v : 0;
        }
      }
      inverse = new double[n];
      double most = 0;
      for (int p = 0; p < n; p++) {
        inverse[p] = g[0][p] > 0 ? 1 / g[0][p] : 0;
        most = Math.max(most, row[p] * inverse[p]);
      }
      // no eigenvalue is larger than the largest sum of a row (S. A. Gershgorin, 1931)
      largest = most;
    }

    int size() {
      return inverse.length;
    }
  }

  /** The matrices of all grids. */
  public final class Grids {
    private final List<Level> levels = new ArrayList<>();
    private final BandCholesky direct;

    private Grids(BandMatrix g, double weight) {
      levels.add(new Level(g));
      TermGrid fine = grid;
      double alpha = weight;
      BandMatrix coarsest = g;
      for (BandMatrix of : data) {
        TermGrid coarse = fine.coarser();
        for (int along = 0; along < 2; along++) {
          alpha *= (coarse.shape[along] - 1.0) / (fine.shape[along] - 1);
        }
        coarsest = new BandMatrix(coarse.values.length);
        coarsest.add(of, 1);
        coarsest.add(coarse.laplacian(), alpha);
        levels.add(new Level(coarsest));
        fine = coarse;
      }
      direct = new BandCholesky(coarsest.offsets(), coarsest.values());
    }

    /** The preconditioner with room for its vectors: for one thread at a time. */
    ConjugateGradient.Preconditioner cycle() {
      return new Cycle(this);
    }
  }

  private final class Cycle implements ConjugateGradient.Preconditioner {
    private final Grids grids;
    private final double[][] r;
    private final double[][] z;
    private final double[][] d;
    private final double[][] q;

    Cycle(Grids grids) {
      this.grids = grids;
      int levels = grids.levels.size();
      r = new double[levels][];
      z = new double[levels][];
      d = new double[levels][];
      q = new double[levels][];
      for (int l = 0; l < levels; l++) {
        int n = grids.levels.get(l).size();
        r[l] = new double[n];
        z[l] = new double[n];
        d[l] = new double[n];
        q[l] = new double[n];
      }
    }

    @Override
    public void apply(double[] from, double[] to) {
      System.arraycopy(from, 0, r[0], 0, from.length);
      descend(0);
      System.arraycopy(z[0], 0, to, 0, to.length);
    }

    /** An approximate solution of a level's G z = r; r is changed. */
    private void descend(int l) {
      if (l == transfers.size()) {
        grids.direct.solve(r[l], z[l]);
        return;
      }
      Level level = grids.levels.get(l);
      Arrays.fill(z[l], 0);
      smooth(level, l, true);
      transfers.get(l).collect(r[l], r[l + 1]);
      descend(l + 1);
      transfers.get(l).interpolate(z[l + 1], d[l]);
      take(level, l);
      smooth(level, l, false);
    }

    /** Chebyshev steps on G z = r, r being what is left. */
    private void smooth(Level level, int l, boolean isRestWanted) {
      double[] rest = r[l];
      double[] step = d[l];
      double[] inverse = level.inverse;
      double theta = level.largest * (1 + 1 / RANGE) / 2;
      double delta = level.largest * (1 - 1 / RANGE) / 2;
      double sigma = theta / delta;
      double rho = 1 / sigma;
      for (int p = 0; p < rest.length; p++) {
        step[p] = inverse[p] * rest[p] / theta;
      }
      for (int i = 1; i < STEPS; i++) {
        take(level, l);
        double next = 1 / (2 * sigma - rho);
        double a = next * rho;
        double b = 2 * next / delta;
        for (int p = 0; p < rest.length; p++) {
          step[p] = a * step[p] + b * inverse[p] * rest[p];
        }
        rho = next;
      }
      if (isRestWanted) {
        take(level, l);
      } else {
        for (int p = 0; p < rest.length; p++) {
          z[l][p] += step[p];
        }
      }
    }

    /** z += d, r −= G d. */
    private void take(Level level, int l) {
      double[] rest = r[l];
      double[] step = d[l];
      double[] product = q[l];
      double[] sum = z[l];
      ConjugateGradient.multiply(level.offset, level.g, step, product);
      for (int p = 0; p < rest.length; p++) {
        sum[p] += step[p];
        rest[p] -= product[p];
      }
    }
  }
}
