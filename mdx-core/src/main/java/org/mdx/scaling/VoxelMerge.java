package org.mdx.scaling;

import java.util.Arrays;
import org.mdx.internal.kernel.ExpectedVariance;

/**
 * The merged intensity of every voxel while terms are refined, and the variances of observations.
 *
 * <p>Variances are those of the errors given, or they follow the intensity expected of the voxel,
 * v0 + v1·(s E + a d c), with the means and variances of shells that the merge before has found.
 */
final class VoxelMerge {
  private final boolean expected;
  private final double[] merged;

  /** Expected intensity of every voxel on the merged scale, if variances follow it. */
  private final double[] expectation;

  /** Shell of every voxel, if variances follow what is expected. */
  private final char[] shell;

  /** Mean and variance of the intensities of each shell, from the merge before. */
  private final double[] shellMean;

  private final double[] shellVariance;

  VoxelMerge(ObservationBlocks data) {
    expected = data.expected;
    merged = new double[data.voxels];
    expectation = expected ? new double[data.voxels] : null;
    shell = new char[expected ? data.voxels : 0];
    int shells = 0;
    for (int b = 0; expected && b < data.blocks.count(); b++) {
      Block block = data.blocks.open(b);
      for (int i = 0; i < block.size(); i++) {
        char here = (char) ExpectedVariance.shell(block.s[i]);
        shell[block.firstVoxel + block.voxel[i]] = here;
        shells = Math.max(shells, 1 + here);
      }
    }
    shellMean = new double[shells];
    shellVariance = new double[shells];
  }

  /** Whether sums of shells must be found before the first merge. */
  boolean needsShells() {
    return expected;
  }

  /** An empty array for the shells that one lane meets. */
  double[] newShells() {
    return new double[ExpectedVariance.SUMS * shellMean.length];
  }

  /** Takes over what the lanes have found, in their order. */
  void useShells(double[][] lanes) {
    double[] sum = newShells();
    for (double[] lane : lanes) {
      for (int i = 0; i < sum.length; i++) {
        sum[i] += lane[i];
      }
    }
    for (int shell = 0; shell < shellMean.length; shell++) {
      shellMean[shell] = ExpectedVariance.shellMean(sum, shell);
      shellVariance[shell] = ExpectedVariance.shellVariance(sum, shell);
    }
  }

  /** Merged intensity of an observation's voxel. */
  double merged(Block k, int i) {
    return merged[k.firstVoxel + k.voxel[i]];
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
            laneShells, shell[k.firstVoxel + v], x.exposure[v], x.counts[v], x.background[v]);
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
        expectation[k.firstVoxel + v] =
            x.exposure[v] > 0 ? expect(x, v, shell[k.firstVoxel + v]) : 0;
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
      merged[k.firstVoxel + v] = x.weight[v] > 0 ? x.sum[v] / x.weight[v] : 0;
    }
  }

  private double expect(Evaluation x, int v, int shell) {
    return ExpectedVariance.expectation(
        shellMean[shell], shellVariance[shell], x.exposure[v], x.counts[v], x.background[v]);
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
      double signal = ad * (x.b[i] * expectation[k.firstVoxel + k.voxel[i]] + x.c[i]);
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
      double signal = ad * (x.b[i] * expectation[k.firstVoxel + k.voxel[i]] + x.c[i]);
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
