package org.mdx.table;

/**
 * The number of voxels per unit of each Miller index (mdx2's {@code ndiv}): a voxel (H, K, L) of a
 * table is centred on (H/h, K/k, L/l).
 *
 * @param h voxels per unit of h, 1 or more
 * @param k voxels per unit of k, 1 or more
 * @param l voxels per unit of l, 1 or more
 */
public record Subdivision(int h, int k, int l) {

  /** One voxel for each integer index. */
  public static final Subdivision NONE = new Subdivision(1, 1, 1);

  public Subdivision {
    if (h < 1 || k < 1 || l < 1 || h > 1000 || k > 1000 || l > 1000) {
      throw new IllegalArgumentException(
          "subdivision " + h + "," + k + "," + l + ", each must be 1 to 1000");
    }
  }

  @Override
  public String toString() {
    return h + "," + k + "," + l;
  }
}
