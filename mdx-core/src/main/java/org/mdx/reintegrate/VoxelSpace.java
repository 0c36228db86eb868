package org.mdx.reintegrate;

import java.util.Arrays;
import org.mdx.crystal.LaueGroup;
import org.mdx.crystal.ReciprocalAsu;
import org.mdx.internal.kernel.AsuKernel;
import org.mdx.table.Subdivision;

/**
 * Numbers the voxels of the asymmetric unit that lie in the region: (H + h0)·nk·nl + (K + k0)·nl +
 * (L + l0), in a box that holds all equivalents of what the data reach.
 */
final class VoxelSpace {
  private final AsuKernel kernel;
  private final int[] matrices;
  private final boolean[] inverts;
  private final long[] cap = new long[3];
  private final int[] box;

  /**
   * A space.
   *
   * @param asu asymmetric unit, not subdivided
   * @param options subdivision and region
   * @param bounds of |h|, |k|, |l| over all sweeps
   * @throws IllegalArgumentException if the subdivision does not fit the Laue group, or there are
   *     too many voxels to be numbered
   */
  VoxelSpace(ReciprocalAsu asu, ReintegrateOptions options, double[] bounds) {
    Subdivision n = options.ndiv();
    ReciprocalAsu unit = asu.subdivided(n.h(), n.k(), n.l());
    matrices = unit.operatorMatrices();
    kernel = new AsuKernel(unit.signForms(), unit.operatorTable(), matrices);
    LaueGroup laue = unit.laueGroup();
    inverts = new boolean[laue.order()];
    for (int o = 0; o < inverts.length; o++) {
      inverts[o] = laue.determinant(o) < 0;
    }
    double[] reach = {
      Math.ceil(bounds[0] * n.h()) + 1,
      Math.ceil(bounds[1] * n.k()) + 1,
      Math.ceil(bounds[2] * n.l()) + 1
    };
    double[] largest = new double[3];
    for (int at = 0; at < matrices.length; at += 9) {
      for (int j = 0; j < 3; j++) {
        double image = 0;
        for (int i = 0; i < 3; i++) {
          image += Math.abs(matrices[at + 3 * i + j]) * reach[i];
        }
        largest[j] = Math.max(largest[j], image);
      }
    }
    if (!(8 * largest[0] * largest[1] * largest[2] < 1L << 58)
        || Math.max(largest[0], Math.max(largest[1], largest[2])) > 1 << 28) {
      throw new IllegalArgumentException(
          "indices up to "
              + Arrays.toString(bounds)
              + " subdivided "
              + n
              + " make more voxels than can be numbered; check the cell or subdivide more coarsely");
    }
    for (int j = 0; j < 3; j++) {
      cap[j] = (long) largest[j];
    }
    box = options.region().map(r -> box(r, n)).orElse(null);
  }

  private static int[] box(ReintegrateOptions.Region r, Subdivision n) {
    return new int[] {
      (int) Math.rint(r.hMin() * n.h()),
      (int) Math.rint(r.hMax() * n.h()),
      (int) Math.rint(r.kMin() * n.k()),
      (int) Math.rint(r.kMax() * n.k()),
      (int) Math.rint(r.lMin() * n.l()),
      (int) Math.rint(r.lMax() * n.l())
    };
  }

  /** One more than the last number. */
  long size() {
    return (2 * cap[0] + 1) * (2 * cap[1] + 1) * (2 * cap[2] + 1);
  }

  /** Number of a voxel of the asymmetric unit. */
  long number(int h, int k, int l) {
    return ((h + cap[0]) * (2 * cap[1] + 1) + k + cap[1]) * (2 * cap[2] + 1) + l + cap[2];
  }

  /** H of a number. */
  int h(long number) {
    return (int) (number / (2 * cap[2] + 1) / (2 * cap[1] + 1) - cap[0]);
  }

  /** K of a number. */
  int k(long number) {
    return (int) (number / (2 * cap[2] + 1) % (2 * cap[1] + 1) - cap[1]);
  }

  /** L of a number. */
  int l(long number) {
    return (int) (number % (2 * cap[2] + 1) - cap[2]);
  }

  /** Carries n voxels into the asymmetric unit and notes the operators. */
  void map(int[] h, int[] k, int[] l, int[] op, int n) {
    kernel.map(h, k, l, op, 0, n);
  }

  /** Whether an operator inverts. */
  boolean inverts(int op) {
    return inverts[op];
  }

  /** Whether a voxel or one of its equivalents lies in the region. */
  boolean inRegion(int h, int k, int l) {
    if (box == null) {
      return true;
    }
    for (int m = 0; m < matrices.length; m += 9) {
      int x = h * matrices[m] + k * matrices[m + 3] + l * matrices[m + 6];
      int y = h * matrices[m + 1] + k * matrices[m + 4] + l * matrices[m + 7];
      int z = h * matrices[m + 2] + k * matrices[m + 5] + l * matrices[m + 8];
      if (x >= box[0] && x <= box[1] && y >= box[2] && y <= box[3] && z >= box[4] && z <= box[5]) {
        return true;
      }
    }
    return false;
  }

  /**
   * Where in H, K, L the voxels of a tile that lie in the region can be seen: boxes around the
   * equivalents of both.
   *
   * @param from first number of the tile
   * @param to one past its last
   * @return whether a stretch of pixels between two corners can touch it
   */
  Window window(long from, long to) {
    boolean whole = from == 0 && to == size();
    double[] tile = {h(from), h(to - 1), -cap[1], cap[1], -cap[2], cap[2]};
    double[] region = new double[6];
    for (int i = 0; i < 6 && box != null; i++) {
      region[i] = box[i];
    }
    return new Window(whole ? null : images(tile), box == null ? null : images(region));
  }

  /** Boxes around the images of a box. */
  private double[][] images(double[] of) {
    double[][] images = new double[matrices.length / 9][6];
    for (int o = 0; o < images.length; o++) {
      for (int j = 0; j < 3; j++) {
        for (int i = 0; i < 3; i++) {
          double e = matrices[9 * o + 3 * i + j];
          images[o][2 * j] += Math.min(e * of[2 * i], e * of[2 * i + 1]);
          images[o][2 * j + 1] += Math.max(e * of[2 * i], e * of[2 * i + 1]);
        }
      }
    }
    return images;
  }

  /**
   * What a tile's voxels can be seen through. Null stands for everything.
   *
   * @param tile boxes around the images of the tile, H, K, L
   * @param region boxes around the images of the region
   */
  record Window(double[][] tile, double[][] region) {

    /** Whether everything is to be looked at. */
    boolean isOpen() {
      return tile == null && region == null;
    }

    /**
     * Whether voxels of a box can be in the tile.
     *
     * @param box lowest and highest H, K, L, whole or not
     */
    boolean mayShow(double[] box) {
      return meets(tile, box) && meets(region, box);
    }

    /** A voxel reaches half a unit beyond its whole numbers. */
    private static boolean meets(double[][] images, double[] box) {
      if (images == null) {
        return true;
      }
      for (double[] i : images) {
        if (box[1] >= i[0] - 0.51
            && box[0] <= i[1] + 0.51
            && box[3] >= i[2] - 0.51
            && box[2] <= i[3] + 0.51
            && box[5] >= i[4] - 0.51
            && box[4] <= i[5] + 0.51) {
          return true;
        }
      }
      return false;
    }
  }
}
