package org.mdx.figures.gallery;

import java.util.Arrays;
import org.mdx.map.ReciprocalMap;
import org.mdx.map.VoxelBox;

/** Second minus first, voxel by voxel. */
public final class MapDifference {
  private MapDifference() {}

  /**
   * The difference over the voxels that both maps cover.
   *
   * @param first a map
   * @param second another with the same subdivision
   * @return second − first; NaN where one of them has no value
   * @throws IllegalArgumentException if their subdivisions differ or they have no voxel in common
   */
  public static ReciprocalMap of(ReciprocalMap first, ReciprocalMap second) {
    if (!first.ndiv().equals(second.ndiv())) {
      throw new IllegalArgumentException(
          "maps with subdivisions "
              + first.ndiv()
              + " and "
              + second.ndiv()
              + " have no voxels in common; make them with the same");
    }
    VoxelBox a = first.box();
    VoxelBox b = second.box();
    int h0 = Math.max(a.h0(), b.h0());
    int k0 = Math.max(a.k0(), b.k0());
    int l0 = Math.max(a.l0(), b.l0());
    int nh = Math.min(a.h0() + a.nh(), b.h0() + b.nh()) - h0;
    int nk = Math.min(a.k0() + a.nk(), b.k0() + b.nk()) - k0;
    int nl = Math.min(a.l0() + a.nl(), b.l0() + b.nl()) - l0;
    if (nh < 1 || nk < 1 || nl < 1) {
      throw new IllegalArgumentException(
          "the maps have no voxel in common: " + first.ranges() + " and " + second.ranges());
    }
    float[] values = new float[Math.multiplyExact(Math.multiplyExact(nh, nk), nl)];
    Arrays.fill(values, Float.NaN);
    int n = 0;
    for (int h = h0; h < h0 + nh; h++) {
      for (int k = k0; k < k0 + nk; k++) {
        for (int l = l0; l < l0 + nl; l++) {
          values[n++] = second.value(h, k, l) - first.value(h, k, l);
        }
      }
    }
    return ReciprocalMap.of(
        "difference", first.ndiv(), new VoxelBox(h0, k0, l0, nh, nk, nl), values);
  }
}
