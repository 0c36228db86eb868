package org.mdx.table;

/**
 * Numbers the voxels that a sweep can touch: key = ((H + h0)·nk + (K + k0))·nl + (L + l0), then
 * times the number of panels plus the panel, because an observation lies on one panel. Immutable.
 */
public final class VoxelGrid {
  private final Subdivision ndiv;
  private final int panels;
  private final long h0;
  private final long k0;
  private final long l0;
  private final long nk;
  private final long nl;
  private final double size;

  /**
   * A grid that holds every voxel within the bounds.
   *
   * @param bounds of |h|, |k|, |l|
   * @param ndiv voxels per unit
   * @param panels number of panels
   * @throws IllegalArgumentException if there are more voxels than a double counts exactly
   */
  public VoxelGrid(double[] bounds, Subdivision ndiv, int panels) {
    this.ndiv = ndiv;
    this.panels = panels;
    h0 = (long) Math.ceil(bounds[0] * ndiv.h()) + 1;
    k0 = (long) Math.ceil(bounds[1] * ndiv.k()) + 1;
    l0 = (long) Math.ceil(bounds[2] * ndiv.l()) + 1;
    nk = 2 * k0 + 1;
    nl = 2 * l0 + 1;
    size = (2.0 * h0 + 1) * nk * nl * panels;
    if (!(size < 1L << 52) || h0 > 1 << 30 || k0 > 1 << 30 || l0 > 1 << 30) {
      throw new IllegalArgumentException(
          "indices up to "
              + bounds[0]
              + ", "
              + bounds[1]
              + ", "
              + bounds[2]
              + " subdivided "
              + ndiv
              + " make more voxels than can be numbered; check the cell or subdivide more coarsely");
    }
  }

  /**
   * The subdivision.
   *
   * @return voxels per unit
   */
  public Subdivision ndiv() {
    return ndiv;
  }

  /**
   * Number of panels.
   *
   * @return 1 or more
   */
  public int panels() {
    return panels;
  }

  /**
   * Number of keys.
   *
   * @return below 2⁵²
   */
  public double size() {
    return size;
  }

  /**
   * What {@code VoxelKernel.keys} wants to know, for the pixels of one panel.
   *
   * @param panel number of the panel
   * @return a new array of seven numbers
   */
  public double[] kernelParameters(int panel) {
    double zero = ((double) h0 * nk + k0) * nl + l0;
    return new double[] {
      ndiv.h(),
      ndiv.k(),
      ndiv.l(),
      (double) nk * nl * panels,
      (double) nl * panels,
      panels,
      zero * panels + panel
    };
  }

  /**
   * What a key stands for.
   *
   * @param key 0 to size − 1
   * @param into receives H, K, L and the panel
   */
  public void decode(long key, int[] into) {
    long voxel = panels == 1 ? key : key / panels;
    long hk = voxel / nl;
    long h = hk / nk;
    into[0] = (int) (h - h0);
    into[1] = (int) (hk - h * nk - k0);
    into[2] = (int) (voxel - hk * nl - l0);
    into[3] = (int) (key - voxel * panels);
  }
}
