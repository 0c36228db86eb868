package org.mdx.internal.kernel;

/** Writes the value of a voxel to all its equivalents inside of a box. */
public final class ExpandKernel {
  private ExpandKernel() {}

  /**
   * For each row and operator R: (H, K, L)·R, as a row vector, gets the row's value.
   *
   * @param h H of each row
   * @param k K of each row
   * @param l L of each row
   * @param value of each row
   * @param r operators, nine elements each in row-major order
   * @param origin lowest H, K, L of the box
   * @param shape voxels of the box along each axis
   * @param out the box in C order
   */
  public static void expand(
      int[] h, int[] k, int[] l, float[] value, int[] r, int[] origin, int[] shape, float[] out) {
    int nh = shape[0];
    int nk = shape[1];
    int nl = shape[2];
    for (int o = 0; o < r.length; o += 9) {
      for (int i = 0; i < h.length; i++) {
        int x = h[i] * r[o] + k[i] * r[o + 3] + l[i] * r[o + 6] - origin[0];
        int y = h[i] * r[o + 1] + k[i] * r[o + 4] + l[i] * r[o + 7] - origin[1];
        int z = h[i] * r[o + 2] + k[i] * r[o + 5] + l[i] * r[o + 8] - origin[2];
        if (x >= 0 && x < nh && y >= 0 && y < nk && z >= 0 && z < nl) {
          out[(x * nk + y) * nl + z] = value[i];
        }
      }
    }
  }
}
