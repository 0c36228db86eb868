package org.mdx.reindex;

/**
 * The part of a sweep by which it is compared: one normalised value a voxel, 12 bytes in memory
 * each. Immutable.
 */
public final class SweepSignal {
  private final String name;
  private final VoxelValues values;
  private final long rows;
  private final SymmetryAgreement symmetry;

  SweepSignal(String name, VoxelValues values, long rows, SymmetryAgreement symmetry) {
    this.name = name;
    this.values = values;
    this.rows = rows;
    this.symmetry = symmetry;
  }

  /**
   * Name of the sweep.
   *
   * @return as it was given
   */
  public String name() {
    return name;
  }

  /**
   * Number of voxels that were measured.
   *
   * @return different voxels, equivalent ones counted once
   */
  public int voxels() {
    return values.size();
  }

  /**
   * How far the intensities have the symmetry of the space group.
   *
   * @return by rotation of the Laue group
   */
  public SymmetryAgreement symmetry() {
    return symmetry;
  }

  VoxelValues values() {
    return values;
  }

  @Override
  public String toString() {
    return "SweepSignal[" + name + ", " + voxels() + " voxels of " + rows + " observations]";
  }
}
