package org.mdx.scaling;

import java.io.Serializable;
import java.util.Arrays;
import org.mdx.internal.kernel.ExpectedVariance;

/**
 * The merged intensity of every voxel of a lane while terms are refined, and the variances of
 * observations.
 *
 * <p>Variances are those of the errors given, or they follow the intensity expected of the voxel,
 * v0 + v1·(s E + a d c), with the means and variances of shells that the merge before has found.
 */
final class VoxelMerge {

  /**
   * Mean and variance of the intensities of each shell of resolution; empty where variances are
   * those of the errors given.
   */
  record Shells(double[] mean, double[] variance) implements Serializable {
    static final Shells NONE = new Shells(new double[0], new double[0]);

    /** Those of the sums that all lanes have found. */
    static Shells of(double[] sums) {
      int n = sums.length / ExpectedVariance.SUMS;
      double[] mean = new double[n];
      double[] variance = new double[n];
      for (int shell = 0; shell < n; shell++) {
        mean[shell] = ExpectedVariance.shellMean(sums, shell);
        variance[shell] = ExpectedVariance.shellVariance(sums, shell);
      }
      return new Shells(mean, variance);
    }
  }

  /** Number of the lane's first voxel among all. */
  private final int first;

  private final boolean expected;
  private final double[] merged;

  /** Expected intensity of every voxel on the merged scale, if variances follow it. */
  private final double[] expectation;

  /** Shell of every voxel, if variances follow what is expected. */
  private final char[] shell;

  /** Shells that the lane's voxels are in, at most. */
  private int shells;

  /** From the merge before. */
  private Shells known = Shells.NONE;

  /** The voxels of some blocks, whose order is that of their voxels. */
  VoxelMerge(Blocks blocks, int from, int to) {
    expected = blocks.isExpected();
    first = from < to ? blocks.shape(from).firstVoxel() : 0;
    int end = from < to ? blocks.shape(to - 1).firstVoxel() + blocks.shape(to - 1).voxels() : 0;
    merged = new double[end - first];
    expectation = expected ? new double[merged.length] : null;
    shell = new char[expected ? merged.length : 0];
    for (int b = from; expected && b < to; b++) {
      Block block = blocks.open(b);
      for (int i = 0; i < block.size(); i++) {
        char here = (char) ExpectedVariance.shell(block.s[i]);
        shell[at(block) + block.voxel[i]] = here;
        shells = Math.max(shells, 1 + here);
      }
    }
  }

  private int at(Block k) {
    return k.firstVoxel - first;
  }

  /** An empty array for the shells that the lane meets. */
  double[] newShells() {
    return new double[ExpectedVariance.SUMS * shells];
  }

  /** Takes over what all lanes have found. */
  void use(Shells found) {
    known = found;
  }

  /** Merged intensity of an observation's voxel. */
  double merged(Block k, int i) {
    return merged[at(k) + k.voxel[i]];
  }

  /** Merged intensities of the voxels of some observations. */
  void merged(Block k, int from, int to, double[] into) {
    int shift = at(k);
    char[] voxel = k.voxel;
    double[] all = merged;
    for (int i = from; i < to; i++) {
      into[i] = all[shift + voxel[i]];
    }
  }

  /**
   * Sums what each voxel knows of its intensity, and adds it to its shell: exposure T = Σ s/v1,
   * counts C = Σ (I − a d c)/v1, background B = Σ (v0 + v1 a d c)/v1².
   */
  void count(Block k, Evaluation x, double[] laneShells) {
    Arrays.fill(x.exposure, 0, k.voxels, 0);
    Arrays.fill(x.counts, 0, k.voxels, 0);
    Arrays.fill(x.background, 0, k.voxels, 0);
    for (int i = 0; i < k.size(); i++) {
      if (k.slope[i] > 0) {
        double ad = x.a[i] * x.d[i];
        double perCount = 1.0 / k.slope[i];
        int v = k.voxel[i];
        x.exposure[v] += ad * x.b[i] * perCount;
        x.counts[v] += (k.intensity[i] - ad * x.c[i]) * perCount;
        x.background[v] += (k.fixed[i] * perCount + ad * x.c[i]) * perCount;
      }
    }
    for (int v = 0; v < k.voxels; v++) {
      if (x.exposure[v] > 0) {
        ExpectedVariance.addGroup(
            laneShells, shell[at(k) + v], x.exposure[v], x.counts[v], x.background[v]);
      }
    }
  }

  /**
   * Merges a block whose terms have been evaluated: M = Σ w I'/Σ w, w = s²/σ², I' = (I − a d c)/s.
   */
  void merge(Block k, Evaluation x, double[] laneShells) {
    if (expected) {
      count(k, x, laneShells);
      for (int v = 0; v < k.voxels; v++) {
        expectation[at(k) + v] = x.exposure[v] > 0 ? expect(x, v, shell[at(k) + v]) : 0;
      }
    }
    weigh(k, x);
    Arrays.fill(x.weight, 0, k.voxels, 0);
    Arrays.fill(x.sum, 0, k.voxels, 0);
    for (int i = 0; i < k.size(); i++) {
      double ad = x.a[i] * x.d[i];
      double s = ad * x.b[i];
      double se = s * x.e[i];
      int v = k.voxel[i];
      x.weight[v] += s * se;
      x.sum[v] += se * (k.intensity[i] - ad * x.c[i]);
    }
    for (int v = 0; v < k.voxels; v++) {
      merged[at(k) + v] = x.weight[v] > 0 ? x.sum[v] / x.weight[v] : 0;
    }
  }

  private double expect(Evaluation x, int v, int shell) {
    return ExpectedVariance.expectation(
        known.mean[shell], known.variance[shell], x.exposure[v], x.counts[v], x.background[v]);
  }

  /** 1/σ² of all observations of a block, 0 for those rejected. */
  void weigh(Block k, Evaluation x) {
    if (!expected) {
      for (int i = 0; i < k.size(); i++) {
        double sigma = k.error[i];
        x.e[i] = sigma > 0 ? 1 / (sigma * sigma) : 0;
      }
      return;
    }
    for (int i = 0; i < k.size(); i++) {
      double ad = x.a[i] * x.d[i];
      double signal = ad * (x.b[i] * expectation[at(k) + k.voxel[i]] + x.c[i]);
      double variance = k.fixed[i] + k.slope[i] * Math.max(0, signal);
      x.e[i] = k.slope[i] > 0 && variance > 0 ? 1 / variance : 0;
    }
  }

  /**
   * Whether an observation lies more standard errors from its prediction than a cutoff.
   *
   * @param oneSided whether only those below their prediction are meant, as in mdx2
   */
  boolean isFarther(Block k, Evaluation x, int i, double cutoff, boolean oneSided) {
    double ad = x.a[i] * x.d[i];
    double distance;
    if (expected) {
      double signal = ad * (x.b[i] * expectation[at(k) + k.voxel[i]] + x.c[i]);
      double off = k.intensity[i] - signal;
      double variance = k.fixed[i] + k.slope[i] * signal;
      // the deviance is at most twice the square over the variance
      if (x.e[i] == 0 || !(signal > 0) || 2 * off * off <= cutoff * cutoff * variance) {
        return false;
      }
      distance = -ExpectedVariance.deviation(k.fixed[i], k.slope[i], k.intensity[i], signal);
    } else {
      double predicted = ad * (x.b[i] * merged(k, i) + x.c[i]);
      distance = (predicted - k.intensity[i]) * Math.sqrt(x.e[i]);
    }
    return (oneSided ? distance : Math.abs(distance)) > cutoff;
  }
}
