package org.mdx.view.internal.map;

import org.mdx.map.ReciprocalMap;
import org.mdx.map.VoxelBox;
import org.mdx.table.Subdivision;

/**
 * Voxels of a dense map; its rows are its voxels in C order.
 *
 * @param map the map
 */
record MapVoxels(ReciprocalMap map) implements VoxelSource {

  @Override
  public Subdivision ndiv() {
    return map.ndiv();
  }

  @Override
  public VoxelBox box() {
    return map.box();
  }

  @Override
  public int rows() {
    return map.size();
  }

  @Override
  public int row(int h, int k, int l) {
    VoxelBox box = map.box();
    return box.contains(h, k, l) && map.value(h, k, l) == map.value(h, k, l)
        ? (int) box.index(h, k, l)
        : -1;
  }

  @Override
  public void index(int row, int[] hkl) {
    VoxelBox box = map.box();
    int plane = box.nk() * box.nl();
    hkl[0] = box.h0() + row / plane;
    hkl[1] = box.k0() + row % plane / box.nl();
    hkl[2] = box.l0() + row % box.nl();
  }

  @Override
  public boolean isSymmetric() {
    return false;
  }

  double value(int row) {
    int[] hkl = new int[3];
    index(row, hkl);
    return map.value(hkl[0], hkl[1], hkl[2]);
  }
}
