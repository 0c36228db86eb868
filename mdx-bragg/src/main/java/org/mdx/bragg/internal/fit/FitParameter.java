package org.mdx.bragg.internal.fit;

/** Kinds of parameters, which are fixed or free together. */
public enum FitParameter {
  /** Distance of the detector along its normal, mm. */
  DISTANCE,
  /** Shifts of the detector along fast and slow, mm. */
  SHIFTS,
  /** Rotation of the detector about its normal, mrad. */
  TAU_NORMAL,
  /** Rotations of the detector about fast and slow at its centre, mrad. */
  TILTS,
  /**
   * Rotation of the beam about the direction across it in the plane of beam and rotation axis,
   * mrad; {@code in_spindle_plane} of DIALS. One sweep does not determine it: all models could turn
   * about the rotation axis together.
   */
  MU1,
  /**
   * Rotation of the beam about the normal of that plane, mrad; {@code out_spindle_plane} of DIALS.
   */
  MU2,
  /** Wavenumber 1/λ, Å⁻¹. */
  WAVENUMBER,
  /** Rotations of the crystal about x, y and z of the laboratory at φ = 0, mrad. */
  ORIENTATION,
  /** Independent elements of the reciprocal metric, Å⁻². */
  CELL,
  /** Tilts of the setting rotation about two directions across the rotation axis, mrad. */
  GONIOMETER,
  /** Rotations of the beam along the scan, in the plane of beam and rotation axis and out of it. */
  BEAM_DRIFT
}
