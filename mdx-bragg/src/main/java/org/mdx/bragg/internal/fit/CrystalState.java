package org.mdx.bragg.internal.fit;

import java.util.List;
import org.mdx.crystal.UnitCell;

/**
 * A crystal at a place in the scan, beside its mean over the scan.
 *
 * @param sweep number of the sweep
 * @param position images from the beginning of the scan
 * @param rotation from the mean orientation about x, y and z of the laboratory at φ = 0, mrad
 * @param rotationSigmas their standard uncertainties
 * @param cell the cell there
 * @param cellSigmas standard uncertainties of what its lengths (Å) and angles (degrees) differ from
 *     those of the mean cell
 * @param beam rotation of the beam from the mean one, in the plane of beam and rotation axis and
 *     out of it, mrad; empty if it stays
 * @param beamSigmas their standard uncertainties
 */
public record CrystalState(
    int sweep,
    double position,
    List<Double> rotation,
    List<Double> rotationSigmas,
    UnitCell cell,
    List<Double> cellSigmas,
    List<Double> beam,
    List<Double> beamSigmas) {

  public CrystalState {
    rotation = List.copyOf(rotation);
    rotationSigmas = List.copyOf(rotationSigmas);
    cellSigmas = List.copyOf(cellSigmas);
    beam = List.copyOf(beam);
    beamSigmas = List.copyOf(beamSigmas);
  }
}
