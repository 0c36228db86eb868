package org.mdx.geometry;

import java.util.Optional;
import org.mdx.crystal.Crystal;
import org.mdx.math.Mat3;
import org.mdx.math.Vec3;

/**
 * Beam, detector, goniometer, scan and, when it is indexed, crystal of one sweep: from pixel and
 * angle to scattering vector and Miller index. Immutable.
 */
public final class Geometry {
  /** Degrees between axis and beam. */
  private static final double LEAST_ANGLE = 1;

  /** Degrees between the beam and the normal of a panel that faces it. */
  private static final double FACING = 30;

  /** No detector is nearer than a micrometre, mm. */
  private static final double NEAREST = 1e-3;

  private final Beam beam;
  private final Detector detector;
  private final Goniometer goniometer;
  private final Scan scan;
  private final Crystal crystal;

  /**
   * The geometry of a sweep.
   *
   * @param beam the beam
   * @param detector the detector
   * @param goniometer the goniometer
   * @param scan the scan
   * @param crystal the crystal, or null before indexing and for a background
   * @throws IllegalArgumentException if scan points do not match the scan, the sample turns about
   *     the beam, or the detector is where it sees nothing
   */
  public Geometry(Beam beam, Detector detector, Goniometer goniometer, Scan scan, Crystal crystal) {
    this.beam = beam;
    this.detector = detector;
    this.goniometer = goniometer;
    this.scan = scan;
    this.crystal = crystal;
    requireAxisAcrossBeam();
    requireDetectorInTheWay();
    if (crystal != null
        && !crystal.scanPoints().isEmpty()
        && crystal.scanPoints().size() != scan.frames() + 1) {
      throw new IllegalArgumentException(
          "crystal has "
              + crystal.scanPoints().size()
              + " scan points for "
              + scan.frames()
              + " images; there must be one more than images");
    }
    if (beam.isVarying() && beam.scanPoints().size() != scan.frames() + 1) {
      throw new IllegalArgumentException(
          "beam has "
              + beam.scanPoints().size()
              + " scan points for "
              + scan.frames()
              + " images; there must be one more than images");
    }
  }

  private void requireAxisAcrossBeam() {
    double cosine = Math.abs(goniometer.laboratoryAxis().dot(beam.direction()));
    if (scan.width() != 0 && cosine > Math.cos(Math.toRadians(LEAST_ANGLE))) {
      throw new IllegalArgumentException(
          "the rotation axis "
              + goniometer.laboratoryAxis()
              + " is along the beam "
              + beam.direction().times(-1)
              + " (less than "
              + LEAST_ANGLE
              + "° from it): turning about it brings no spot into reflection");
    }
  }

  /**
   * A plane through the sample sees nothing, and a detector that faces the sample from where the
   * beam comes from would stop the beam: the sign of its distance is lost. One that an arm has
   * taken round to such angles does not face the sample along the beam.
   */
  private void requireDetectorInTheWay() {
    boolean before = true;
    for (Panel p : detector.panels()) {
      double distance = Math.abs(p.origin().dot(p.normal()));
      if (distance < NEAREST) {
        throw new IllegalArgumentException(
            "panel "
                + p.name()
                + " lies in a plane that is "
                + distance
                + " mm from the sample, must be at least "
                + NEAREST);
      }
      boolean faces = Math.abs(p.normal().dot(beam.direction())) > Math.cos(Math.toRadians(FACING));
      for (int corner = 0; corner < 4 && before; corner++) {
        Vec3 x =
            p.origin()
                .plus(p.fast().times((corner & 1) * p.width() * p.pixelWidth()))
                .plus(p.slow().times((corner >> 1) * p.height() * p.pixelHeight()));
        before = faces && x.dot(beam.direction()) > 0;
      }
    }
    if (before) {
      Panel p = detector.panels().get(0);
      throw new IllegalArgumentException(
          "all of the detector is on the source's side of the sample: panel "
              + p.name()
              + " begins at "
              + p.origin()
              + " mm and the source is along "
              + beam.direction()
              + "; the distance or the direction of the beam has the wrong sign");
    }
  }

  /**
   * The beam.
   *
   * @return the beam
   */
  public Beam beam() {
    return beam;
  }

  /**
   * The detector.
   *
   * @return the detector
   */
  public Detector detector() {
    return detector;
  }

  /**
   * The goniometer.
   *
   * @return the goniometer
   */
  public Goniometer goniometer() {
    return goniometer;
  }

  /**
   * The scan.
   *
   * @return the scan
   */
  public Scan scan() {
    return scan;
  }

  /**
   * The crystal.
   *
   * @return empty before indexing and for a background
   */
  public Optional<Crystal> crystal() {
    return Optional.ofNullable(crystal);
  }

  /**
   * The same geometry with another scan of as many images.
   *
   * @param other the scan
   * @return a new geometry
   * @throws IllegalArgumentException if the crystal's course has another number of images
   */
  public Geometry withScan(Scan other) {
    return new Geometry(beam, detector, goniometer, other, crystal);
  }

  /**
   * The same geometry with another crystal.
   *
   * @param other the crystal, or null for none
   * @return a new geometry
   * @throws IllegalArgumentException if the crystal's scan points do not match the scan
   */
  public Geometry withCrystal(Crystal other) {
    return new Geometry(beam, detector, goniometer, scan, other);
  }

  /**
   * The scattering vector s = s1 − s0 of a pixel coordinate, with the beam of the whole scan.
   *
   * @param panel index of the panel
   * @param px coordinate along fast in pixels
   * @param py coordinate along slow in pixels
   * @return s in Å⁻¹, laboratory frame
   */
  public Vec3 scatteringVector(int panel, double px, double py) {
    Vec3 x = detector.panels().get(panel).position(px, py);
    return x.times(1 / (x.norm() * beam.wavelength())).minus(beam.s0());
  }

  /**
   * The scattering vector of a pixel coordinate, with the beam as it is at an angle.
   *
   * @param panel index of the panel
   * @param phi rotation angle in degrees
   * @param px coordinate along fast in pixels
   * @param py coordinate along slow in pixels
   * @return s in Å⁻¹, laboratory frame
   */
  public Vec3 scatteringVector(int panel, double phi, double px, double py) {
    Vec3 s = scatteringVector(panel, px, py);
    return beam.isVarying() ? s.minus(beamShift(phi)) : s;
  }

  /**
   * How far the beam is from that of the whole scan.
   *
   * @param phi rotation angle in degrees
   * @return s0 at the angle less s0, Å⁻¹; zero if the beam stays
   */
  public Vec3 beamShift(double phi) {
    return beam.isVarying() ? beam.s0(scan.position(phi)).minus(beam.s0()) : Vec3.ZERO;
  }

  /**
   * The matrix S·R(φ)·F·A that carries a Miller index to its scattering vector.
   *
   * @param phi rotation angle in degrees
   * @return matrix in Å⁻¹
   * @throws IllegalStateException if there is no crystal
   */
  public Mat3 ub(double phi) {
    if (crystal == null) {
      throw new IllegalStateException("the geometry has no crystal: the sweep is not indexed");
    }
    return goniometer.rotation(phi).times(crystal.a(scan.position(phi)));
  }

  /**
   * The fractional Miller index that a pixel coordinate sees.
   *
   * @param panel index of the panel
   * @param phi rotation angle in degrees
   * @param px coordinate along fast in pixels
   * @param py coordinate along slow in pixels
   * @return h, k, l
   * @throws IllegalStateException if there is no crystal
   */
  public Vec3 millerIndex(int panel, double phi, double px, double py) {
    return ub(phi).inverse().times(scatteringVector(panel, phi, px, py));
  }

  @Override
  public String toString() {
    return "Geometry["
        + (crystal == null ? "no crystal" : crystal.cell() + " " + crystal.spaceGroup())
        + ", "
        + detector.panels().size()
        + (detector.panels().size() == 1 ? " panel, " : " panels, ")
        + detector.pixels()
        + " pixels, "
        + beam.wavelength()
        + " Å, "
        + scan
        + "]";
  }
}
