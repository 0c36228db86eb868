package org.mdx.map;

import java.util.Locale;
import org.mdx.table.Subdivision;

/**
 * A box of voxels in the subdivided Miller-index grid, H from h0 to h0 + nh − 1 and so on.
 *
 * @param h0 lowest H
 * @param k0 lowest K
 * @param l0 lowest L
 * @param nh voxels along h, 1 or more
 * @param nk voxels along k, 1 or more
 * @param nl voxels along l, 1 or more
 */
public record VoxelBox(int h0, int k0, int l0, int nh, int nk, int nl) {

  public VoxelBox {
    if (nh < 1 || nk < 1 || nl < 1) {
      throw new IllegalArgumentException(
          "box of " + nh + " x " + nk + " x " + nl + " voxels, each must be 1 or more");
    }
    if ((long) h0 + nh > Integer.MAX_VALUE
        || (long) k0 + nk > Integer.MAX_VALUE
        || (long) l0 + nl > Integer.MAX_VALUE) {
      throw new IllegalArgumentException(
          "box of "
              + nh
              + " x "
              + nk
              + " x "
              + nl
              + " voxels from "
              + h0
              + ","
              + k0
              + ","
              + l0
              + " leaves the range of 32-bit indices");
    }
  }

  /**
   * The voxels whose centres lie between limits in h, k and l, both included. A limit between two
   * voxels is rounded to the nearer one, half to even, as mdx2 does.
   *
   * @param ndiv voxels per unit of each index
   * @param hMin lowest h
   * @param hMax highest h
   * @param kMin lowest k
   * @param kMax highest k
   * @param lMin lowest l
   * @param lMax highest l
   * @return the box
   * @throws IllegalArgumentException if a limit is not finite or beyond 1,000,000, or a minimum
   *     exceeds its maximum
   */
  public static VoxelBox ofLimits(
      Subdivision ndiv,
      double hMin,
      double hMax,
      double kMin,
      double kMax,
      double lMin,
      double lMax) {
    requireLimits("h", hMin, hMax);
    requireLimits("k", kMin, kMax);
    requireLimits("l", lMin, lMax);
    int h0 = (int) Math.rint(hMin * ndiv.h());
    int k0 = (int) Math.rint(kMin * ndiv.k());
    int l0 = (int) Math.rint(lMin * ndiv.l());
    return new VoxelBox(
        h0,
        k0,
        l0,
        (int) Math.rint(hMax * ndiv.h()) - h0 + 1,
        (int) Math.rint(kMax * ndiv.k()) - k0 + 1,
        (int) Math.rint(lMax * ndiv.l()) - l0 + 1);
  }

  /**
   * Checks the limits of one index.
   *
   * @param axis its name, for the message
   * @param min lowest value
   * @param max highest value
   * @throws IllegalArgumentException if one is not finite or beyond 1,000,000, or min exceeds max
   */
  public static void requireLimits(String axis, double min, double max) {
    if (!(Math.abs(min) <= 1e6 && Math.abs(max) <= 1e6 && min <= max)) {
      throw new IllegalArgumentException(
          String.format(
              Locale.ROOT,
              "limits %s to %s of %s: give the lower limit first, both within ±1000000",
              min,
              max,
              axis));
    }
  }

  /**
   * Number of voxels.
   *
   * @return nh·nk·nl, {@link Long#MAX_VALUE} if it is more than that
   */
  public long voxels() {
    long plane = (long) nh * nk;
    return plane > Long.MAX_VALUE / nl ? Long.MAX_VALUE : plane * nl;
  }

  /**
   * Whether a voxel is inside.
   *
   * @param h H
   * @param k K
   * @param l L
   * @return true if so
   */
  public boolean contains(int h, int k, int l) {
    return h >= h0
        && k >= k0
        && l >= l0
        && (long) h - h0 < nh
        && (long) k - k0 < nk
        && (long) l - l0 < nl;
  }

  /**
   * Place of a voxel in C order (l fastest). Does not check that it is inside.
   *
   * @param h H
   * @param k K
   * @param l L
   * @return 0 to voxels − 1
   */
  public long index(int h, int k, int l) {
    return ((long) (h - h0) * nk + (k - k0)) * nl + (l - l0);
  }
}
