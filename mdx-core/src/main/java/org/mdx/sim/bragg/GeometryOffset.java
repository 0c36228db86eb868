package org.mdx.sim.bragg;

import java.util.ArrayList;
import java.util.List;
import org.mdx.geometry.Beam;
import org.mdx.geometry.Detector;
import org.mdx.geometry.Geometry;
import org.mdx.geometry.Goniometer;
import org.mdx.geometry.Panel;
import org.mdx.math.Mat3;
import org.mdx.math.Vec3;

/**
 * How far the true instrument is from what its headers say: truth minus header. The detector moves
 * as a whole; it is tilted about the point where the beam meets its first panel.
 *
 * @param beamX where the beam meets the first panel, along fast, pixels
 * @param beamY the same along slow
 * @param distance along the beam, mm
 * @param tiltFast turn of the detector about the first panel's fast axis, degrees
 * @param tiltSlow about its slow axis
 * @param tiltNormal about its normal
 * @param axisInPlane turn of the rotation axis about the beam, degrees
 * @param axisOutOfPlane turn of the rotation axis towards the beam, degrees
 * @param wavelength relative change of the wavelength
 * @param beamDrift turn of the beam in the plane of beam and rotation axis during the scan, mrad; a
 *     wave of a quarter of it goes across that plane
 */
public record GeometryOffset(
    double beamX,
    double beamY,
    double distance,
    double tiltFast,
    double tiltSlow,
    double tiltNormal,
    double axisInPlane,
    double axisOutOfPlane,
    double wavelength,
    double beamDrift) {

  /** Headers that are true. */
  public static final GeometryOffset NONE = new GeometryOffset(0, 0, 0, 0, 0, 0, 0, 0, 0, 0);

  public GeometryOffset {
    double[] all = {
      beamX,
      beamY,
      distance,
      tiltFast,
      tiltSlow,
      tiltNormal,
      axisInPlane,
      axisOutOfPlane,
      wavelength,
      beamDrift
    };
    for (double v : all) {
      if (!Double.isFinite(v)) {
        throw new IllegalArgumentException("an offset of the geometry is " + v);
      }
    }
  }

  /**
   * Offsets of beam centre and distance alone.
   *
   * @param x of the beam along fast, pixels
   * @param y of the beam along slow, pixels
   * @param distance mm
   * @return the offsets
   */
  public static GeometryOffset of(double x, double y, double distance) {
    return new GeometryOffset(x, y, distance, 0, 0, 0, 0, 0, 0, 0);
  }

  /**
   * The same with a tilted detector.
   *
   * @param fast about the fast axis, degrees
   * @param slow about the slow axis
   * @param normal about the normal
   * @return new offsets
   */
  public GeometryOffset withTilts(double fast, double slow, double normal) {
    return new GeometryOffset(
        beamX,
        beamY,
        distance,
        fast,
        slow,
        normal,
        axisInPlane,
        axisOutOfPlane,
        wavelength,
        beamDrift);
  }

  /**
   * The same with a rotation axis that is off.
   *
   * @param inPlane about the beam, degrees
   * @param outOfPlane towards the beam, degrees
   * @return new offsets
   */
  public GeometryOffset withAxis(double inPlane, double outOfPlane) {
    return new GeometryOffset(
        beamX,
        beamY,
        distance,
        tiltFast,
        tiltSlow,
        tiltNormal,
        inPlane,
        outOfPlane,
        wavelength,
        beamDrift);
  }

  /**
   * The same with a wavelength that is off.
   *
   * @param relative change of λ
   * @return new offsets
   */
  public GeometryOffset withWavelength(double relative) {
    return new GeometryOffset(
        beamX,
        beamY,
        distance,
        tiltFast,
        tiltSlow,
        tiltNormal,
        axisInPlane,
        axisOutOfPlane,
        relative,
        beamDrift);
  }

  /**
   * The same with a beam that drifts.
   *
   * @param mrad from the beginning to the end of the scan
   * @return new offsets
   */
  public GeometryOffset withBeamDrift(double mrad) {
    return new GeometryOffset(
        beamX,
        beamY,
        distance,
        tiltFast,
        tiltSlow,
        tiltNormal,
        axisInPlane,
        axisOutOfPlane,
        wavelength,
        mrad);
  }

  /**
   * The true geometry.
   *
   * @param header what the headers say
   * @return the truth, with the same scan and crystal
   * @throws IllegalArgumentException if the first panel lies along the beam
   */
  public Geometry truth(Geometry header) {
    if (equals(NONE)) {
      return header;
    }
    Beam b = header.beam();
    Beam beam =
        new Beam(
            b.probe(),
            b.wavelength() * (1 + wavelength),
            b.direction(),
            b.polarizationFraction(),
            b.polarizationNormal());
    return new Geometry(
        drifting(beam, header),
        moved(header.detector(), b.direction().times(-1)),
        turned(header.goniometer(), b.direction()),
        header.scan(),
        header.crystal().orElse(null));
  }

  private Beam drifting(Beam beam, Geometry header) {
    if (beamDrift == 0) {
      return beam;
    }
    Vec3 s0 = beam.s0();
    Vec3 across = s0.cross(header.goniometer().laboratoryAxis()).unit();
    Vec3 inPlane = across.cross(s0).unit();
    double degrees = Math.toDegrees(1e-3 * beamDrift);
    List<Vec3> points = new ArrayList<>();
    int frames = header.scan().frames();
    for (int edge = 0; edge <= frames; edge++) {
      double x = (double) edge / frames;
      Mat3 along = Mat3.rotation(inPlane, degrees * (x - 0.5));
      Mat3 wave = Mat3.rotation(across, degrees / 4 * Math.sin(2 * Math.PI * x));
      points.add(wave.times(along).times(s0));
    }
    return beam.withScanPoints(points);
  }

  private Detector moved(Detector detector, Vec3 along) {
    Panel first = detector.panels().get(0);
    double cosine = along.dot(first.normal());
    if (Math.abs(cosine) < 1e-3) {
      throw new IllegalArgumentException(
          "panel " + first.name() + " lies along the beam, which meets it nowhere");
    }
    Vec3 hit = along.times(first.origin().dot(first.normal()) / cosine);
    Mat3 turn =
        Mat3.rotation(first.normal(), tiltNormal)
            .times(Mat3.rotation(first.slow(), tiltSlow))
            .times(Mat3.rotation(first.fast(), tiltFast));
    Vec3 shift =
        along
            .times(distance)
            .minus(turn.times(first.fast()).times(beamX * first.pixelWidth()))
            .minus(turn.times(first.slow()).times(beamY * first.pixelHeight()));
    List<Panel> panels = new ArrayList<>();
    for (Panel p : detector.panels()) {
      Vec3 origin = turn.times(p.origin().minus(hit)).plus(hit).plus(shift);
      panels.add(p.placed(origin, turn.times(p.fast()), turn.times(p.slow())));
    }
    return new Detector(panels);
  }

  private Goniometer turned(Goniometer goniometer, Vec3 towardsSource) {
    Vec3 across = goniometer.laboratoryAxis().cross(towardsSource).unit();
    Mat3 turn =
        Mat3.rotation(towardsSource, axisInPlane).times(Mat3.rotation(across, axisOutOfPlane));
    return new Goniometer(
        goniometer.axis(), goniometer.fixedRotation(), turn.times(goniometer.settingRotation()));
  }
}
