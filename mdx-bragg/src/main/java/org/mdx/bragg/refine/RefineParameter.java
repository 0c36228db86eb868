package org.mdx.bragg.refine;

import java.util.Arrays;
import java.util.Locale;
import org.mdx.bragg.internal.fit.FitParameter;

/** Parameters of a geometry, which are fixed or refined in groups. */
public enum RefineParameter {
  /** Distance of the detector along its normal, mm. */
  DISTANCE,
  /** Shifts of the detector along fast and slow, mm. */
  SHIFTS,
  /** Rotation of the detector about its normal, mrad. */
  TAU_NORMAL,
  /** Rotations of the detector about fast and slow, mrad. */
  TILTS,
  /**
   * Rotation of the beam in the plane of beam and rotation axis, mrad: {@code in_spindle_plane} of
   * DIALS.
   */
  MU1,
  /** Rotation of the beam out of that plane, mrad: {@code out_spindle_plane} of DIALS. */
  MU2,
  /** Wavenumber 1/λ, Å⁻¹. */
  WAVENUMBER,
  /** Orientation of the crystal, mrad. */
  ORIENTATION,
  /** Independent elements of the reciprocal metric, Å⁻². */
  CELL,
  /** Tilts of the setting rotation of the goniometer, mrad. */
  GONIOMETER,
  /**
   * Rotations of a beam that drifts, in the plane of beam and rotation axis and out of it, mrad.
   */
  BEAM_DRIFT;

  /**
   * The parameter of a name such as {@code tau-normal}.
   *
   * @param name its name in any case, with hyphens or underscores
   * @return the parameter
   * @throws IllegalArgumentException if there is none, naming those that there are
   */
  public static RefineParameter of(String name) {
    String wanted = name.toUpperCase(Locale.ROOT).replace('-', '_');
    return Arrays.stream(values())
        .filter(p -> p.name().equals(wanted))
        .findFirst()
        .orElseThrow(
            () ->
                new IllegalArgumentException(
                    "no parameter is named "
                        + name
                        + "; there are "
                        + String.join(
                            ", ",
                            Arrays.stream(values()).map(RefineParameter::toString).toList())));
  }

  FitParameter kind() {
    return FitParameter.valueOf(name());
  }

  /** Its name as options spell it, such as {@code tau-normal}. */
  @Override
  public String toString() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }
}
