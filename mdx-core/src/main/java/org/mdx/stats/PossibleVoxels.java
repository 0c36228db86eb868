package org.mdx.stats;

import java.util.Locale;
import java.util.Optional;
import org.mdx.crystal.ReciprocalAsu;
import org.mdx.crystal.SpaceGroup;
import org.mdx.crystal.UnitCell;
import org.mdx.internal.kernel.AsuCountKernel;
import org.mdx.math.Mat3;
import org.mdx.parallel.Parallel;
import org.mdx.table.Subdivision;

/**
 * Counts the voxels of the asymmetric unit in each shell of s, which is what could be measured.
 * Counted point by point under the Laue group, nothing stored. Immutable.
 *
 * <p>Every point of the subdivided grid counts, also the origin and those at systematically absent
 * indices, where there is diffuse intensity like elsewhere. The latter belong to {@link
 * Voxels#REST}.
 */
public final class PossibleVoxels {
  /** Larger grids would take minutes to count. */
  private static final double MOST = 2e10;

  private static final double LARGEST_INDEX = 1e6;

  private final ShellGrid shells;
  private final long[] all;
  private final long[] halo;

  private PossibleVoxels(ShellGrid shells, long[] all, long[] halo) {
    this.shells = shells;
    this.all = all;
    this.halo = halo;
  }

  /**
   * Counts the voxels.
   *
   * @param cell unit cell
   * @param group space group
   * @param ndiv voxels per unit of each index
   * @param shells limits of the shells
   * @param parallel threads; the result does not depend on them
   * @return the numbers
   * @throws IllegalArgumentException if the Laue group does not map the grid onto itself, or the
   *     asymmetric unit has more than 2·10¹⁰ voxels up to the last shell
   */
  public static PossibleVoxels count(
      UnitCell cell, SpaceGroup group, Subdivision ndiv, ShellGrid shells, Parallel parallel) {
    ReciprocalAsu asu = group.asu().subdivided(ndiv.h(), ndiv.k(), ndiv.l());
    obstacle(cell, group, ndiv, shells.sMax())
        .ifPresent(
            reason -> {
              throw new IllegalArgumentException(reason);
            });
    long[] all = new Counter(cell, asu, ndiv, shells).count(parallel, null);
    long[] halo =
        ndiv.equals(Subdivision.NONE) && group.order() == 1
            ? all
            : new Counter(cell, group.asu(), Subdivision.NONE, shells).count(parallel, group);
    return new PossibleVoxels(shells, all, halo);
  }

  /** Why a grid cannot be counted up to an s in Å⁻¹; nothing if it can. */
  static Optional<String> obstacle(UnitCell cell, SpaceGroup group, Subdivision ndiv, double s) {
    double sphere = 4.0 / 3 * Math.PI * s * s * s * cell.volume();
    double voxels = sphere * ndiv.h() * ndiv.k() * ndiv.l() / group.laueGroup().order();
    double h = s * cell.a() * ndiv.h();
    double k = s * cell.b() * ndiv.k();
    double l = s * cell.c() * ndiv.l();
    return voxels <= MOST && Math.max(h, Math.max(k, l)) < LARGEST_INDEX
        ? Optional.empty()
        : Optional.of(
            String.format(
                Locale.ROOT,
                "subdivision %s has about %.1e voxels of the asymmetric unit up to s = %.3f Å⁻¹,"
                    + " with H, K, L up to %.0f, %.0f, %.0f; at most %.0e with indices below %.0e"
                    + " can be counted: give a smaller range of s",
                ndiv,
                voxels,
                s,
                h,
                k,
                l,
                MOST,
                LARGEST_INDEX));
  }

  /**
   * The shells.
   *
   * @return their limits
   */
  public ShellGrid shells() {
    return shells;
  }

  /**
   * Number of voxels of a shell.
   *
   * @param shell 0 to count − 1
   * @param voxels which of them
   * @return 0 or more
   */
  public long of(int shell, Voxels voxels) {
    return switch (voxels) {
      case ALL -> all[shell];
      case HALO -> halo[shell];
      case REST -> all[shell] - halo[shell];
    };
  }

  /**
   * Number of voxels of all shells.
   *
   * @param voxels which of them
   * @return 0 or more
   */
  public long total(Voxels voxels) {
    long sum = 0;
    for (int c = 0; c < all.length; c++) {
      sum += of(c, voxels);
    }
    return sum;
  }

  @Override
  public String toString() {
    return "PossibleVoxels["
        + total(Voxels.ALL)
        + " in "
        + all.length
        + " shells, "
        + total(Voxels.HALO)
        + " on reflections]";
  }

  /** One grid of indices. */
  private static final class Counter {
    private final UnitCell cell;
    private final Mat3 b;
    private final Subdivision ndiv;
    private final ShellGrid shells;
    private final int forms;
    private final AsuCountKernel kernel;

    Counter(UnitCell cell, ReciprocalAsu asu, Subdivision ndiv, ShellGrid shells) {
      this.cell = cell;
      this.b = cell.reciprocal();
      this.ndiv = ndiv;
      this.shells = shells;
      int[] signs = asu.signForms();
      this.forms = signs.length / 3;
      this.kernel =
          new AsuCountKernel(
              signs,
              asu.operatorTable(),
              b.toRowMajor(),
              shells.sMin(),
              shells.width(),
              shells.sMax());
    }

    /** Number of points in each shell; without the absent ones of a group, if there is one. */
    long[] count(Parallel parallel, SpaceGroup without) {
      long[] sum = new long[shells.count()];
      if (sum.length > 0) {
        int most = reach(cell.a(), ndiv.h());
        parallel.forEach(
            2 * most + 1,
            i -> {
              long[] n = plane(i - most, without);
              synchronized (sum) {
                for (int c = 0; c < n.length; c++) {
                  sum[c] += n[c];
                }
              }
            });
      }
      return sum;
    }

    /** The largest index in the sphere: |h| ≤ s·a. */
    private int reach(double axis, int n) {
      return (int) Math.floor(shells.sMax() * axis * n + 1e-6) + 1;
    }

    private long[] plane(int h, SpaceGroup without) {
      long[] n = new long[shells.count()];
      int[] cuts = new int[2 * forms + 2];
      int[] parts = new int[2 * cuts.length];
      int most = reach(cell.b(), ndiv.k());
      for (int k = -most; k <= most; k++) {
        double dh = (double) h / ndiv.h();
        double dk = (double) k / ndiv.k();
        double x = b.m00() * dh + b.m01() * dk;
        double y = b.m10() * dh + b.m11() * dk;
        double z = b.m20() * dh + b.m21() * dk;
        // B is lower triangular, so z alone changes along l
        double rest = shells.sMax() * shells.sMax() * (1 + 1e-12) - x * x - y * y;
        if (rest >= 0) {
          double half = Math.sqrt(rest);
          int from = (int) Math.floor((-half - z) / b.m22() * ndiv.l()) - 1;
          int to = (int) Math.ceil((half - z) / b.m22() * ndiv.l()) + 1;
          double[] at = {x, y, z};
          int found = kernel.parts(h, k, from, to, cuts, parts);
          for (int p = 0; p < found; p++) {
            if (without == null) {
              kernel.count(at, parts[2 * p], parts[2 * p + 1], ndiv.l(), n);
            } else {
              countPresent(h, k, parts[2 * p], parts[2 * p + 1], at, without, n);
            }
          }
        }
      }
      return n;
    }

    /** The same for integral indices that are not absent. */
    private void countPresent(
        int h, int k, int from, int to, double[] at, SpaceGroup group, long[] n) {
      for (int l = from; l <= to; l++) {
        if (!group.isAbsent(h, k, l)) {
          kernel.count(at, l, l, 1, n);
        }
      }
    }
  }
}
