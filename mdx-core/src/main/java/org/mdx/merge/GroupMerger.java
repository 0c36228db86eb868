package org.mdx.merge;

import java.util.Arrays;
import org.mdx.table.Column;
import org.mdx.table.HKLGroups;

/** Merges a run of voxels, one after the other; holds the observations of one voxel at a time. */
final class GroupMerger {
  private static final int ALL = 0;

  private final MergeOptions options;
  private final boolean[] inverts;
  private final HKLGroups groups;
  private final Column intensity;
  private final Column error;
  private final Column op;

  private int first;
  private double[] fetchedValue;
  private double[] fetchedError;
  private int n;
  private double[] value = new double[64];
  private double[] weight = new double[64];

  /** Whether the observation belongs to group 1, not 0. */
  private boolean[] second = new boolean[64];

  private long[] key = new long[64];

  GroupMerger(
      MergeOptions options,
      boolean[] inverts,
      HKLGroups groups,
      Column intensity,
      Column error,
      Column op) {
    this.options = options;
    this.inverts = inverts;
    this.groups = groups;
    this.intensity = intensity;
    this.error = error;
    this.op = op;
  }

  /** Whether an observation can be weighted. */
  static boolean isValid(double intensity, double error) {
    double w = 1 / (error * error);
    return error > 0 && w > 0 && w <= Double.MAX_VALUE && Math.abs(intensity) <= Double.MAX_VALUE;
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
      if (options.outlier() < Double.POSITIVE_INFINITY) {
        int valid = n;
        rejectOutliers();
        tally[2] += valid - n;
      }
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
    fetchedValue = new double[to - from];
    fetchedError = new double[to - from];
    for (int i = from; i < to; i++) {
      int row = groups.row(i);
      fetchedValue[i - from] = intensity.get(row);
      fetchedError[i - from] = error.get(row);
    }
  }

  private void gather(int g) {
    int size = groups.size(g);
    if (size > value.length) {
      int room = Math.max(size, 2 * value.length);
      value = new double[room];
      weight = new double[room];
      second = new boolean[room];
      key = new long[room];
    }
    n = 0;
    int end = groups.start(g + 1);
    for (int i = groups.start(g); i < end; i++) {
      double v = fetchedValue[i - first];
      double sigma = fetchedError[i - first];
      if (isValid(v, sigma)) {
        value[n] = v;
        weight[n] = 1 / (sigma * sigma);
        second[n] = op != null && inverts[(int) op.get(groups.row(i))];
        n++;
      }
    }
  }

  /** Leaves out observations with |M − I|/σ above the cutoff, one-sided if compatible. */
  private void rejectOutliers() {
    double mean = sumWI(ALL) / sumW(ALL);
    int kept = 0;
    for (int i = 0; i < n; i++) {
      double deviation = (mean - value[i]) * Math.sqrt(weight[i]);
      double distance = options.mdx2Compatible() ? deviation : Math.abs(deviation);
      if (!(distance > options.outlier())) {
        value[kept] = value[i];
        weight[kept] = weight[i];
        second[kept++] = second[i];
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
    int bits = 32 - Integer.numberOfLeadingZeros(n);
    for (int i = 0; i < n; i++) {
      long draw = mix(mix(voxel ^ bits(value[i])) ^ bits(weight[i]));
      key[i] = draw << bits | i;
    }
    Arrays.sort(key, 0, n);
    boolean weighted = options.split() == Split.WEIGHTED;
    double half = (weighted ? sumW(ALL) : n) / 2;
    boolean flip = mix(voxel) < 0;
    double sum = 0;
    for (int j = 0; j < n; j++) {
      int i = (int) key[j] & ((1 << bits) - 1);
      double w = weighted ? weight[i] : 1;
      second[i] = sum + w / 2 < half == flip;
      sum += w;
    }
  }

  private static long bits(double x) {
    return Double.doubleToLongBits(x);
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
