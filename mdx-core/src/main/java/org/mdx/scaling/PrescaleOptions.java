package org.mdx.scaling;

import java.util.List;

/** A quick refinement on a part of the data, from which the refinement proper starts. Immutable. */
public final class PrescaleOptions {
  private final boolean enabled;
  private final int subsample;
  private final boolean isotropic;
  private final boolean scale;
  private final boolean offset;
  private final boolean detector;
  private final boolean absorption;

  private PrescaleOptions(
      boolean enabled,
      int subsample,
      boolean isotropic,
      boolean scale,
      boolean offset,
      boolean detector,
      boolean absorption) {
    if (subsample < 1) {
      throw new IllegalArgumentException("subsample " + subsample + ", must be 1 or more");
    }
    this.enabled = enabled;
    this.subsample = subsample;
    this.isotropic = isotropic;
    this.scale = scale;
    this.offset = offset;
    this.detector = detector;
    this.absorption = absorption;
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

  /**
   * Whether it is done.
   *
   * @return the value
   */
  public boolean enabled() {
    return enabled;
  }

  /**
   * Every how manieth observation of each sweep takes part, 1 or more.
   *
   * @return the value
   */
  public int subsample() {
    return subsample;
  }

  /**
   * Whether observations of one shell of s, 0.001 Å⁻¹ wide, are taken for equivalent, instead of
   * those of one voxel.
   *
   * @return the value
   */
  public boolean isotropic() {
    return isotropic;
  }

  /**
   * Whether b takes part, if it is refined at all.
   *
   * @return the value
   */
  public boolean scale() {
    return scale;
  }

  /**
   * Whether c takes part, if it is refined at all.
   *
   * @return the value
   */
  public boolean offset() {
    return offset;
  }

  /**
   * Whether d takes part, if it is refined at all.
   *
   * @return the value
   */
  public boolean detector() {
    return detector;
  }

  /**
   * Whether a takes part, if it is refined at all.
   *
   * @return the value
   */
  public boolean absorption() {
    return absorption;
  }

  private List<Object> values() {
    return List.of(enabled, subsample, isotropic, scale, offset, detector, absorption);
  }

  @Override
  public boolean equals(Object o) {
    return o instanceof PrescaleOptions other && values().equals(other.values());
  }

  @Override
  public int hashCode() {
    return values().hashCode();
  }

  @Override
  public String toString() {
    return "PrescaleOptions["
        + "enabled="
        + enabled
        + ", subsample="
        + subsample
        + ", isotropic="
        + isotropic
        + ", scale="
        + scale
        + ", offset="
        + offset
        + ", detector="
        + detector
        + ", absorption="
        + absorption
        + "]";
  }
}
