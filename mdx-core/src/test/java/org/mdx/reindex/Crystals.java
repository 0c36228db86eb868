package org.mdx.reindex;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.mdx.crystal.ChangeOfBasis;
import org.mdx.crystal.LaueGroup;
import org.mdx.crystal.ReciprocalAsu;
import org.mdx.crystal.SpaceGroup;
import org.mdx.crystal.UnitCell;
import org.mdx.math.Vec3;
import org.mdx.table.FloatColumn;
import org.mdx.table.HKLTable;
import org.mdx.table.IntColumn;
import org.mdx.table.Subdivision;

/** Corrected tables of crystals of one structure that were indexed apart, made without images. */
final class Crystals {
  private final UnitCell cell;
  private final SpaceGroup group;
  private final Subdivision ndiv;
  private final int reach;

  /**
   * @param reach largest H, K, L
   */
  Crystals(UnitCell cell, SpaceGroup group, Subdivision ndiv, int reach) {
    this.cell = cell;
    this.group = group;
    this.ndiv = ndiv;
    this.reach = reach;
  }

  /** Which indices a sweep sees. */
  interface Window {
    boolean sees(int h, int k, int l);
  }

  /** The mean of an exponential distribution, the same for equivalents, falling off with s. */
  private double truth(int h, int k, int l) {
    LaueGroup laue = group.laueGroup();
    long best = Long.MIN_VALUE;
    for (int n = 0; n < laue.order(); n++) {
      int[] r = laue.operator(n);
      long x = h * (long) r[0] + k * (long) r[3] + l * (long) r[6];
      long y = h * (long) r[1] + k * (long) r[4] + l * (long) r[7];
      long z = h * (long) r[2] + k * (long) r[5] + l * (long) r[8];
      best = Math.max(best, (x << 24) + (y << 12) + z);
    }
    double s =
        cell.reciprocal()
            .times(new Vec3(h / (double) ndiv.h(), k / (double) ndiv.k(), l / (double) ndiv.l()))
            .norm();
    return -Math.log(1 - new Random(best * 7919 + 1).nextDouble()) * Math.exp(-s * s / 0.02) + 0.3;
  }

  /**
   * A sweep: every index that it sees has its counts, is indexed in other axes, corrected and
   * mapped to the asymmetric unit of those axes.
   *
   * @param axes the change from the axes of the structure to those that the sweep is indexed in
   * @param counts expected counts of an intensity of one
   */
  HKLTable sweep(ChangeOfBasis axes, Window window, double counts, long seed) {
    Random random = new Random(seed);
    ReciprocalAsu asu = group.asu().subdivided(ndiv.h(), ndiv.k(), ndiv.l());
    int[] m = axes.indexMatrix(ndiv.h(), ndiv.k(), ndiv.l());
    List<int[]> rows = new ArrayList<>();
    List<double[]> values = new ArrayList<>();
    for (int h = -reach; h <= reach; h++) {
      for (int k = -reach; k <= reach; k++) {
        for (int l = -reach; l <= reach; l++) {
          int a = h * m[0] + k * m[3] + l * m[6];
          int b = h * m[1] + k * m[4] + l * m[7];
          int c = h * m[2] + k * m[5] + l * m[8];
          if (!window.sees(h, k, l) || a % m[9] != 0 || b % m[9] != 0 || c % m[9] != 0) {
            continue;
          }
          int n = poisson(random, counts * truth(h, k, l));
          ReciprocalAsu.Mapped x = asu.map(a / m[9], b / m[9], c / m[9]);
          rows.add(new int[] {x.h(), x.k(), x.l(), x.op()});
          values.add(new double[] {n / counts, Math.sqrt(Math.max(n, 1)) / counts});
        }
      }
    }
    int[][] columns = new int[4][rows.size()];
    float[][] v = new float[2][rows.size()];
    for (int i = 0; i < rows.size(); i++) {
      for (int c = 0; c < 4; c++) {
        columns[c][i] = rows.get(i)[c];
      }
      v[0][i] = (float) values.get(i)[0];
      v[1][i] = (float) values.get(i)[1];
    }
    return HKLTable.of(
            ndiv, IntColumn.of(columns[0]), IntColumn.of(columns[1]), IntColumn.of(columns[2]))
        .with("intensity", FloatColumn.of(v[0]))
        .with("intensity_error", FloatColumn.of(v[1]))
        .with("op", IntColumn.of(columns[3]));
  }

  /** Knuth's product of uniform numbers, for small means; the normal limit beyond. */
  private static int poisson(Random random, double mean) {
    if (mean > 50) {
      return (int) Math.max(0, Math.rint(mean + Math.sqrt(mean) * random.nextGaussian()));
    }
    double limit = Math.exp(-mean);
    double p = random.nextDouble();
    int n = 0;
    while (p > limit) {
      p *= random.nextDouble();
      n++;
    }
    return n;
  }

  /** A part of all indices, drawn at random. */
  static Window part(double fraction, long seed) {
    Random random = new Random(seed);
    return (h, k, l) -> random.nextDouble() < fraction;
  }

  UnitCell cell() {
    return cell;
  }

  SpaceGroup group() {
    return group;
  }

  /** Whether two changes of axes differ by an operator of the Laue group. */
  boolean equivalent(ChangeOfBasis a, ChangeOfBasis b) {
    LaueGroup laue = group.laueGroup();
    int[] d = a.times(b.inverse()).indexMatrix(1, 1, 1);
    for (int n = 0; n < laue.order(); n++) {
      int[] r = laue.operator(n);
      boolean same = d[9] == 1;
      for (int i = 0; i < 9; i++) {
        same &= d[i] == r[i];
      }
      if (same) {
        return true;
      }
    }
    return false;
  }
}
