package org.mdx.merge;

import java.util.Arrays;
import org.mdx.internal.kernel.ExpectedVariance;
import org.mdx.table.HKLGroups;

/** Merges a run of voxels, one after the other; holds the observations of one voxel at a time. */
final class GroupMerger {
  private static final int ALL = 0;

  private final MergeOptions options;
  private final boolean[] inverts;
  private final HKLGroups groups;
  private final Observations observations;
  private final Shells shells;

  private int n;
  private double[] value = new double[64];
  private double[] weight = new double[64];

  /** Bits of the observation that do not depend on others, for the draw of halves. */
  private long[] bits = new long[64];

  /** Whether the observation belongs to group 1, not 0. */
  private boolean[] second = new boolean[64];

  private long[] key = new long[64];

  /** Whether the error has a minus, that of a scale below 0. */
  private boolean[] negative = new boolean[64];

  /** Variance without signal and for each unit of it, if the expectation decides. */
  private double[] v0 = new double[64];

  private double[] v1 = new double[64];

  private int first;
  private double[][] fetched;

  /**
   * A merger of some voxels.
   *
   * @param shells what to expect, null if the error column decides
   */
  GroupMerger(
      MergeOptions options,
      boolean[] inverts,
      HKLGroups groups,
      Observations observations,
      Shells shells) {
    this.options = options;
    this.inverts = inverts;
    this.groups = groups;
    this.observations = observations;
    this.shells = shells;
  }

  /**
   * Merges voxels {@code from} to {@code to − 1}.
   *
   * @return observations used, invalid and rejected as outliers
   */
  long[] merge(int from, int to, MergedColumns out) {
    long[] tally = new long[3];
    fetch(groups.start(from), groups.start(to));
    for (int g = from; g < to; g++) {
      gather(g);
      tally[1] += groups.size(g) - n;
      int valid = n;
      if (shells != null && n > 0) {
        weighByExpectation(Shells.shell(observations, groups, g));
      } else if (options.outlier() < Double.POSITIVE_INFINITY) {
        rejectOutliers();
      }
      tally[2] += valid - n;
      tally[0] += n;
      put(ALL, g, out);
      if (options.split() != Split.NONE) {
        if (options.split() != Split.FRIEDEL) {
          splitRandom(g);
        }
        put(1, g, out);
        put(2, g, out);
      }
    }
    return tally;
  }

  /** Brings the observations of all voxels in order, in one go that waits for memory together. */
  private void fetch(int from, int to) {
    first = from;
    fetched = new double[shells == null ? 2 : 4][to - from];
    for (int i = from; i < to; i++) {
      int row = groups.row(i);
      fetched[0][i - from] = observations.intensity.get(row);
      fetched[1][i - from] = observations.isValid(row) ? observations.error.get(row) : Double.NaN;
      if (shells != null) {
        fetched[2][i - from] = observations.v0.get(row);
        fetched[3][i - from] = observations.v1.get(row);
      }
    }
  }

  private void gather(int g) {
    if (groups.size(g) > value.length) {
      grow(Math.max(groups.size(g), 2 * value.length));
    }
    n = 0;
    int end = groups.start(g + 1);
    for (int i = groups.start(g); i < end; i++) {
      double sigma = fetched[1][i - first];
      if (!Double.isNaN(sigma)) {
        value[n] = fetched[0][i - first];
        weight[n] = 1 / (sigma * sigma);
        negative[n] = sigma < 0;
        bits[n] = Double.doubleToLongBits(weight[n]);
        second[n] = observations.op != null && inverts[(int) observations.op.get(groups.row(i))];
        if (shells != null) {
          v0[n] = fetched[2][i - first];
          v1[n] = fetched[3][i - first];
        }
        n++;
      }
    }
  }

  private void grow(int room) {
    value = new double[room];
    weight = new double[room];
    bits = new long[room];
    second = new boolean[room];
    key = new long[room];
    negative = new boolean[room];
    v0 = new double[room];
    v1 = new double[room];
  }

  /**
   * Weighs by the expected intensity, after the least likely observation has been left out as long
   * as there is one beyond the cutoff.
   */
  private void weighByExpectation(int shell) {
    double mean = shells.mean(shell);
    double variance = shells.variance(shell);
    int worst = 0;
    while (options.outlier() < Double.POSITIVE_INFINITY && n > 1 && worst >= 0) {
      worst = ExpectedVariance.farthest(value, v0, v1, n, mean, variance, options.outlier());
      if (worst >= 0) {
        n--;
        for (int i = worst; i < n; i++) {
          move(i + 1, i);
        }
      }
    }
    ExpectedVariance.weigh(value, v0, v1, n, mean, variance, weight);
  }

  private void move(int from, int to) {
    value[to] = value[from];
    weight[to] = weight[from];
    bits[to] = bits[from];
    second[to] = second[from];
    negative[to] = negative[from];
    v0[to] = v0[from];
    v1[to] = v1[from];
  }

  /** Leaves out observations with |M − I|/σ above the cutoff, one-sided if compatible. */
  private void rejectOutliers() {
    double mean = sumWI(ALL) / sumW(ALL);
    int kept = 0;
    for (int i = 0; i < n; i++) {
      double deviation = (mean - value[i]) * Math.sqrt(weight[i]);
      double signed = negative[i] ? -deviation : deviation;
      double distance = options.conventions().isMdx2() ? signed : Math.abs(deviation);
      if (!(distance > options.outlier())) {
        move(i, kept++);
      }
    }
    n = kept;
  }

  /**
   * Shuffles the observations and puts them into one group while the middle of the next one lies
   * below half the weight (half the number if unweighted), the rest into the other. Which of the
   * two is group 0 is drawn as well. The draw belongs to the observation's value and error, not to
   * its row; two that are equal in both can change places without a difference.
   */
  private void splitRandom(int g) {
    long voxel = mix(mix(mix(mix(options.seed()) ^ groups.h(g)) ^ groups.k(g)) ^ groups.l(g));
    int places = 32 - Integer.numberOfLeadingZeros(n);
    for (int i = 0; i < n; i++) {
      long draw = mix(mix(voxel ^ Double.doubleToLongBits(value[i])) ^ bits[i]);
      key[i] = draw << places | i;
    }
    Arrays.sort(key, 0, n);
    boolean weighted = options.split() == Split.WEIGHTED;
    double half = (weighted ? sumW(ALL) : n) / 2;
    boolean flip = mix(voxel) < 0;
    double sum = 0;
    for (int j = 0; j < n; j++) {
      int i = (int) key[j] & ((1 << places) - 1);
      double w = weighted ? weight[i] : 1;
      second[i] = sum + w / 2 < half == flip;
      sum += w;
    }
  }

  /** A bijection of 64 bits that spreads them (SplitMix64; Steele, Lea and Flood, OOPSLA 2014). */
  static long mix(long x) {
    long z = x + 0x9E3779B97F4A7C15L;
    z = (z ^ (z >>> 30)) * 0xBF58476D1CE4E5B9L;
    z = (z ^ (z >>> 27)) * 0x94D049BB133111EBL;
    return z ^ (z >>> 31);
  }

  private void put(int set, int voxel, MergedColumns out) {
    int count = 0;
    for (int i = 0; i < n; i++) {
      count += in(set, i) ? 1 : 0;
    }
    out.put(set, voxel, count, sumW(set), sumWI(set));
  }

  private boolean in(int set, int i) {
    return set == ALL || second[i] == (set == 2);
  }

  private double sumW(int set) {
    double sum = 0;
    for (int i = 0; i < n; i++) {
      if (in(set, i)) {
        sum += weight[i];
      }
    }
    return sum;
  }

  private double sumWI(int set) {
    double sum = 0;
    for (int i = 0; i < n; i++) {
      if (in(set, i)) {
        sum += weight[i] * value[i];
      }
    }
    return sum;
  }
}
