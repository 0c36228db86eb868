package org.mdx.bragg.refine;

import java.util.List;
import org.mdx.crystal.UnitCell;

/**
 * A crystal that changes, at a place of its scan.
 *
 * @param sweep number of the geometry, from 0
 * @param image the image at whose end it is so; that before the first at the beginning of the scan
 * @param rotation from the mean orientation about x, y and z of the laboratory at φ = 0, mrad
 * @param rotationSigmas standard uncertainties of these
 * @param cell the cell
 * @param cellSigmas standard uncertainties of what a, b, c (Å) and α, β, γ (degrees) differ from
 *     the mean cell, which has uncertainties of its own
 * @param beam rotation of the beam from the mean one, in the plane of beam and rotation axis and
 *     out of it, mrad; empty if it stays
 * @param beamSigmas standard uncertainties of these
 */
public record CrystalAtImage(
    int sweep,
    double image,
    List<Double> rotation,
    List<Double> rotationSigmas,
    UnitCell cell,
    List<Double> cellSigmas,
    List<Double> beam,
    List<Double> beamSigmas) {

  public CrystalAtImage {
    rotation = List.copyOf(rotation);
    rotationSigmas = List.copyOf(rotationSigmas);
    cellSigmas = List.copyOf(cellSigmas);
    beam = List.copyOf(beam);
    beamSigmas = List.copyOf(beamSigmas);
  }
}
