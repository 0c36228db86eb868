package org.mdx.view.internal.map;

import org.mdx.map.VoxelBox;
import org.mdx.table.Subdivision;

/** Voxels by their index, and the rows that hold their values. */
public interface VoxelSource {

  Subdivision ndiv();

  /** The region that holds data. */
  VoxelBox box();

  /** Number of rows. */
  int rows();

  /** The row of a voxel; −1 if nothing was measured there. */
  int row(int h, int k, int l);

  /** Writes H, K, L of a row. */
  void index(int row, int[] hkl);

  /** Whether equivalents of the rows have values too. */
  boolean isSymmetric();
}
