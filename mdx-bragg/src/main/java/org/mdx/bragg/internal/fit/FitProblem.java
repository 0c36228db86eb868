package org.mdx.bragg.internal.fit;

import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.mdx.bragg.internal.algebra.ArrowMatrix;
import org.mdx.bragg.internal.algebra.BatchNormal;
import org.mdx.bragg.internal.algebra.LevenbergMarquardt;
import org.mdx.bragg.internal.algebra.ScanSmoother;
import org.mdx.parallel.Parallel;

/**
 * The cost of a geometry. With δ² = Σ (calculated − observed)²/σ² over X, Y and φ of a reflection
 * it is Σ δ² for the normal law, and Σ (ν + 3) ln(1 + δ²/ν) for Student's t, of which each
 * reflection has the weight (ν + 3)/(ν + δ²).
 *
 * <p>Sums are made over batches of reflections that depend on the same parameters, of a crystal
 * that changes on its numbers at the same two image edges. Those of a batch are spread over the
 * parameters once, and in the order of the batches, so that they are the same for any number of
 * threads.
 */
final class FitProblem implements LevenbergMarquardt.Problem {
  static final double NU = 4;
  static final int THREE = 3;
  private static final double TWO_THIRDS = 2.0 / 3;

  /** Batches whose sums are kept at a time. */
  private static final int WAVE = 256;

  /** A product of numbers from 1 whose logarithm is taken before it overflows. */
  private static final double LARGE = 1e150;

  /**
   * What the observations tell of the parameters.
   *
   * @param normal JᵀΣ⁻¹J, without the weights of Student's t and without priors
   * @param gradient half the gradient of the cost without priors
   * @param squares mean over the components of ψ², ψ = wδ
   * @param slope mean of the derivative of ψ
   */
  record Information(ArrowMatrix normal, double[] gradient, double squares, double slope) {}

  private final FitModel model;
  private final Centroids data;
  private final boolean robust;
  private final Parallel parallel;
  private final int[] among; // place of a parameter among the free ones, or −1
  private final int[][][] slots; // of a sweep and a group of panels, see FitModel.slots
  private final int[] free;
  private final BatchNormal[] sums;
  private final double[][] totals; // of each batch of a wave: cost, Σ ψ², Σ ∂ψ
  private boolean near;
  private final double[] sigma2; // px², px², frame² of each
  private double[] known; // residuals at the parameters that they were asked for last
  private double[] knownAt;

  FitProblem(FitModel model, Centroids data, boolean robust, int[] free, Parallel parallel) {
    this.model = model;
    this.data = data;
    this.robust = robust;
    this.free = free;
    this.parallel = parallel;
    sigma2 = new double[THREE * data.size];
    among = new int[model.entries().size()];
    boolean[] isFree = new boolean[among.length];
    Arrays.fill(among, -1);
    for (int i = 0; i < free.length; i++) {
      among[free[i]] = i;
      isFree[free[i]] = true;
    }
    slots = new int[model.starts().size()][][];
    for (int s = 0; s < slots.length; s++) {
      slots[s] = new int[model.groups(s)][];
      for (int g = 0; g < slots[s].length; g++) {
        slots[s][g] = model.slots(s, g, isFree);
      }
    }
    sums = new BatchNormal[Math.min(WAVE, data.batches.size())];
    Arrays.setAll(sums, i -> new BatchNormal());
    totals = new double[sums.length][THREE];
  }

  /** The parameters are near those that are sought: second derivatives are taken as they are. */
  void near() {
    near = robust;
  }

  void floors(double pixels, double frames) {
    for (int i = 0; i < data.size; i++) {
      sigma2[3 * i] = data.variance[3 * i] + pixels * pixels;
      sigma2[3 * i + 1] = data.variance[3 * i + 1] + pixels * pixels;
      sigma2[3 * i + 2] = data.variance[3 * i + 2] + frames * frames;
    }
  }

  /** The centroids are placed on the detectors as they are at the parameters. */
  void place(double[] p) {
    data.place(model.geometries(p));
    known = null;
  }

  double weight(double delta2) {
    return robust ? (NU + THREE) / (NU + delta2) : 1;
  }

  /** δ² of a reflection from its residuals in px, px, frames. */
  double delta2(int i, double[] residuals) {
    return delta2(i, residuals, 3 * i);
  }

  private double delta2(int i, double[] residuals, int at) {
    double x = residuals[at];
    double y = residuals[at + 1];
    double z = residuals[at + 2];
    return x * x / sigma2[3 * i] + y * y / sigma2[3 * i + 1] + z * z / sigma2[3 * i + 2];
  }

  double sigma2(int i, int component) {
    return sigma2[3 * i + component];
  }

  private SweepModel[] sweeps(double[] p, boolean derivatives) {
    SweepModel[] out = new SweepModel[slots.length];
    for (int s = 0; s < out.length; s++) {
      out[s] = model.sweep(s, p, derivatives).orElse(null);
      if (out[s] == null) {
        return null;
      }
    }
    return out;
  }

  /** Calculated less observed, px, px, frames. */
  private void residual(SweepModel m, int i, double[] out, int at) {
    m.place(data.position[i]);
    double delta =
        m.predict(
            data.h[3 * i],
            data.h[3 * i + 1],
            data.h[3 * i + 2],
            data.branch[i],
            data.panel[i],
            data.cosPhi[i],
            data.sinPhi[i]);
    out[at] = (m.x() - data.mm[2 * i]) / data.pixel[2 * i];
    out[at + 1] = (m.y() - data.mm[2 * i + 1]) / data.pixel[2 * i + 1];
    out[at + 2] = delta / data.width[i];
  }

  /** Residuals of all reflections, not to be changed; null where the parameters make no sense. */
  double[] residuals(double[] p) {
    if (known != null && Arrays.equals(p, knownAt)) {
      return known;
    }
    SweepModel[] sweeps = sweeps(p, false);
    if (sweeps == null) {
      return null;
    }
    double[] out = new double[THREE * data.size];
    parallel.forEach(
        data.batches.size(),
        b -> {
          Centroids.Batch batch = data.batches.get(b);
          SweepModel m = sweeps[batch.sweep()].fork();
          for (int i = batch.from(); i < batch.to(); i++) {
            residual(m, i, out, 3 * i);
          }
        });
    known = out;
    knownAt = p.clone();
    return out;
  }

  @Override
  public double cost(double[] p) {
    double[] residuals = residuals(p);
    if (residuals == null) {
      return Double.POSITIVE_INFINITY;
    }
    double sum = 0;
    for (Centroids.Batch batch : data.batches) {
      Cost cost = new Cost();
      for (int i = batch.from(); i < batch.to(); i++) {
        cost.add(delta2(i, residuals));
      }
      sum += cost.sum();
    }
    for (RandomWalk walk : model.walks()) {
      sum += walk.strength() * walk.roughness(p);
    }
    return Double.isNaN(sum) ? Double.POSITIVE_INFINITY : sum;
  }

  /** The cost of a batch; few logarithms are taken, of products. */
  private final class Cost {
    private double sum;
    private double product = 1;

    void add(double delta2) {
      if (!robust) {
        sum += delta2;
        return;
      }
      product *= 1 + delta2 / NU;
      if (product > LARGE) {
        sum += (NU + THREE) * Math.log(product);
        product = 1;
      }
    }

    double sum() {
      return sum + (NU + THREE) * Math.log(product);
    }
  }

  @Override
  public double linearise(double[] p, double[] gradient, ArrowMatrix normal) {
    double cost = sum(p, gradient, normal, false)[0];
    for (RandomWalk walk : model.walks()) {
      walk.add(p, among, 1, gradient, normal);
      cost += walk.strength() * walk.roughness(p);
    }
    return Double.isNaN(cost) ? Double.POSITIVE_INFINITY : cost;
  }

  /** What the observations tell of the parameters where they are. */
  Information information(double[] p) {
    ArrowMatrix normal = matrix();
    double[] gradient = new double[free.length];
    double[] sum = sum(p, gradient, normal, true);
    return new Information(normal, gradient, sum[1] / observations(), sum[2] / observations());
  }

  /** Number of observations: three a reflection. */
  double observations() {
    return (double) THREE * data.size;
  }

  /** A normal matrix of the free parameters, zero: each crystal is a block. */
  ArrowMatrix matrix() {
    int crystals = model.crystals();
    int[] sizes = new int[crystals];
    int shared = 0;
    for (int i : free) {
      int block = model.block(i);
      if (block < 0) {
        shared++;
      } else {
        sizes[block]++;
      }
    }
    return new ArrowMatrix(shared, sizes);
  }

  /** Place of each parameter among the free ones, or −1. */
  int[] among() {
    return among.clone();
  }

  /**
   * Half the gradient of the cost, and the normal matrix.
   *
   * @param plain without weights in the normal matrix
   * @return cost, Σ ψ² and Σ ∂ψ
   */
  private double[] sum(double[] p, double[] gradient, ArrowMatrix normal, boolean plain) {
    SweepModel[] sweeps = sweeps(p, true);
    Arrays.fill(gradient, 0);
    normal.zero();
    if (sweeps == null) {
      return new double[] {Double.POSITIVE_INFINITY, 0, 0};
    }
    double[] residuals = new double[THREE * data.size];
    double[] total = new double[THREE];
    List<Centroids.Batch> all = data.batches;
    for (int wave = 0; wave < all.size(); wave += WAVE) {
      int first = wave;
      int n = Math.min(WAVE, all.size() - first);
      parallel.forEach(
          n,
          b -> {
            Centroids.Batch batch = all.get(first + b);
            totals[b] = sum(batch, sweeps[batch.sweep()].fork(), plain, sums[b], residuals);
          });
      for (int b = 0; b < n; b++) {
        Spread spread = new Spread(all.get(first + b));
        spread.add(sums[b], gradient, normal);
        for (int k = 0; k < THREE; k++) {
          total[k] += totals[b][k];
        }
      }
    }
    normal.mirror();
    known = residuals;
    knownAt = p.clone();
    return total;
  }

  private double[] sum(
      Centroids.Batch batch, SweepModel m, boolean plain, BatchNormal normal, double[] residuals) {
    int[] slot = slots[batch.sweep()][batch.group()];
    int[] ofCrystal = crystalColumns(batch);
    int n = (int) Arrays.stream(slot).filter(c -> c >= 0).count() - ofCrystal.length;
    normal.begin(n);
    double[] residual = new double[THREE];
    double[] factors = new double[THREE];
    double[] jacobian = new double[THREE * n];
    double[] h = new double[3];
    Cost cost = new Cost();
    double squares = 0;
    double slope = 0;
    for (int i = batch.from(); i < batch.to(); i++) {
      residual(m, i, residuals, 3 * i);
      System.arraycopy(residuals, 3 * i, residual, 0, THREE);
      double delta2 = delta2(i, residual, 0);
      cost.add(delta2);
      double weight = weight(delta2);
      squares += weight * weight * delta2;
      slope += robust ? weight * (THREE - 2 * delta2 / (NU + delta2)) : THREE;
      // a third of the trace of half the second derivatives by the residuals, which is positive
      double curvature =
          plain ? 1 : near ? weight * (1 - TWO_THIRDS * delta2 / (NU + delta2)) : weight;
      scale(i, weight, curvature, residual, factors);
      m.differentiate(slot, n, factors, jacobian);
      for (int c = 0; c < 3; c++) {
        h[c] = data.h[3 * i + c];
      }
      normal.add(jacobian, residual, m.byCrystal(), h, m.part(1));
    }
    finish(batch, m, ofCrystal, normal);
    return new double[] {cost.sum(), squares, slope};
  }

  /** The columns of the crystal of a batch that are free, from the first one of the crystal. */
  private int[] crystalColumns(Centroids.Batch batch) {
    int[] slot = slots[batch.sweep()][batch.group()];
    CrystalBlock crystal = model.crystal(batch.sweep());
    int from = model.crystalColumn(batch.sweep());
    return IntStream.range(0, crystal.sides() * crystal.beamNumber())
        .filter(c -> slot[from + c] >= 0)
        .toArray();
  }

  private void finish(Centroids.Batch batch, SweepModel m, int[] ofCrystal, BatchNormal normal) {
    int sides = model.crystal(batch.sweep()).sides();
    double[][] directions = new double[ofCrystal.length][];
    int[] side = new int[ofCrystal.length];
    for (int k = 0; k < side.length; k++) {
      side[k] = ofCrystal[k] % sides;
      directions[k] = m.direction(ofCrystal[k] / sides, side[k]);
    }
    normal.finish(directions, side);
  }

  /** Factors √curvature/σ of derivatives; residuals times weight/(σ √curvature), px, px, frames. */
  private void scale(int i, double weight, double curvature, double[] residual, double[] factors) {
    for (int c = 0; c < THREE; c++) {
      double f = Math.sqrt(curvature / sigma2[3 * i + c]);
      residual[c] *= f * weight / curvature;
      factors[c] = f / (c < 2 ? data.pixel[2 * i + c] : data.width[i]);
    }
  }

  /**
   * How the columns of a batch are made of free parameters: each is a sum of some, with weights.
   */
  final class Spread {
    private final int[] rows; // places among the free parameters
    private final int[] columns;
    private final double[] weights;
    private int size;

    Spread(Centroids.Batch batch) {
      int[] slot = slots[batch.sweep()][batch.group()];
      int[] parameter = model.columns(batch.sweep());
      CrystalBlock crystal = model.crystal(batch.sweep());
      rows = new int[ScanSmoother.NEAREST * slot.length];
      columns = new int[rows.length];
      weights = new double[rows.length];
      int plain = model.crystalColumn(batch.sweep());
      double[] w = new double[ScanSmoother.NEAREST];
      for (int c = 0; c < slot.length; c++) {
        if (slot[c] >= 0 && c < plain) {
          add(among[parameter[c]], slot[c], 1);
        } else if (slot[c] >= 0) {
          int number = (c - plain) / crystal.sides();
          int edge = batch.edge() + (c - plain) % crystal.sides();
          int first = model.crystalAt(batch.sweep()) + crystal.weights(number, edge, w);
          for (int v = 0; v < crystal.nearest(number); v++) {
            add(among[first + v], slot[c], w[v]);
          }
        }
      }
    }

    private void add(int row, int column, double weight) {
      rows[size] = row;
      columns[size] = column;
      weights[size++] = weight;
    }

    private void add(BatchNormal sum, double[] gradient, ArrowMatrix normal) {
      for (int a = 0; a < size; a++) {
        gradient[rows[a]] += weights[a] * sum.gradient(columns[a]);
        for (int b = 0; b < size; b++) {
          if (rows[a] <= rows[b]) {
            double product = weights[a] * weights[b] * sum.get(columns[a], columns[b]);
            normal.addAbove(rows[a], rows[b], product);
          }
        }
      }
    }

    /** ∂ of a reflection by the free parameters, from that by the columns of its batch. */
    double[] of(double[] derivatives) {
      double[] out = new double[free.length];
      for (int a = 0; a < size; a++) {
        out[rows[a]] += weights[a] * derivatives[columns[a]];
      }
      return out;
    }
  }

  /** The columns of a batch. */
  int[] slots(Centroids.Batch batch) {
    return slots[batch.sweep()][batch.group()].clone();
  }
}
