package org.mdx.scale;

/**
 * A quick refinement on a part of the data, from which the refinement proper starts. Immutable.
 *
 * @param enabled whether it is done
 * @param subsample every how manieth observation of each sweep takes part, 1 or more
 * @param isotropic whether observations of one shell of s, 0.001 Å⁻¹ wide, are taken for
 *     equivalent, instead of those of one voxel
 * @param scale whether b takes part, if it is refined at all
 * @param offset whether c takes part, if it is refined at all
 * @param detector whether d takes part, if it is refined at all
 * @param absorption whether a takes part, if it is refined at all
 */
public record PrescaleOptions(
    boolean enabled,
    int subsample,
    boolean isotropic,
    boolean scale,
    boolean offset,
    boolean detector,
    boolean absorption) {

  public PrescaleOptions {
    if (subsample < 1) {
      throw new IllegalArgumentException("subsample " + subsample + ", must be 1 or more");
    }
  }

  /**
   * mdx2's: not done; if it is, every tenth observation by shell, terms b and a.
   *
   * @return the defaults
   */
  public static PrescaleOptions defaults() {
    return new PrescaleOptions(false, 10, true, true, false, false, true);
  }

  /**
   * Switches prescaling on or off.
   *
   * @param value whether it is done
   * @return new options
   */
  public PrescaleOptions enabled(boolean value) {
    return new PrescaleOptions(value, subsample, isotropic, scale, offset, detector, absorption);
  }

  /**
   * Changes the part of the data.
   *
   * @param every how manieth observation takes part
   * @param byShell whether shells take the place of voxels
   * @return new options
   */
  public PrescaleOptions data(int every, boolean byShell) {
    return new PrescaleOptions(enabled, every, byShell, scale, offset, detector, absorption);
  }

  /**
   * Chooses the terms.
   *
   * @param b scale
   * @param c offset
   * @param d detector
   * @param a absorption
   * @return new options
   */
  public PrescaleOptions terms(boolean b, boolean c, boolean d, boolean a) {
    return new PrescaleOptions(enabled, subsample, isotropic, b, c, d, a);
  }
}
