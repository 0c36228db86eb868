package org.mdx.geometry;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.mdx.math.Vec3;

/**
 * A monochromatic beam, which may change its direction during a scan.
 *
 * @param probe what it is made of
 * @param wavelength λ in Å, 10⁻⁴ to 1000
 * @param direction from the sample to the source; made a unit vector
 * @param polarizationFraction p, 0 to 1: the part polarized normal to {@code polarizationNormal}
 * @param polarizationNormal normal of the plane of polarization; made a unit vector
 * @param scanPoints s0 at the image edges, n images + 1, in Å⁻¹; none if it stays. Wavelength and
 *     direction are then those of the whole scan
 */
public record Beam(
    Probe probe,
    double wavelength,
    Vec3 direction,
    double polarizationFraction,
    Vec3 polarizationNormal,
    List<Vec3> scanPoints) {

  /** Electrons of 10 MeV have 0.001 Å; the coldest neutrons that are scattered some 100 Å. */
  private static final double SHORTEST = 1e-4;

  private static final double LONGEST = 1e3;

  /** Part of 1/λ by which a beam may differ from that of the whole scan. */
  private static final double MOST_CHANGE = 0.1;

  public Beam {
    if (!(wavelength >= SHORTEST && wavelength <= LONGEST)) {
      throw new IllegalArgumentException(
          "wavelength " + wavelength + " Å, must be from " + SHORTEST + " to " + LONGEST);
    }
    if (!(polarizationFraction >= 0 && polarizationFraction <= 1)) {
      throw new IllegalArgumentException(
          "polarization fraction " + polarizationFraction + ", must be 0 to 1");
    }
    direction = direction(direction, "the beam");
    polarizationNormal = direction(polarizationNormal, "the normal of polarization");
    scanPoints = List.copyOf(scanPoints);
    for (int i = 0; i < scanPoints.size(); i++) {
      double change = scanPoints.get(i).times(wavelength).plus(direction).norm();
      if (!(change <= MOST_CHANGE)) {
        throw new IllegalArgumentException(
            "s0 at scan point "
                + i
                + " is "
                + scanPoints.get(i)
                + " Å⁻¹, far from "
                + direction.times(-1 / wavelength)
                + " of the whole scan");
      }
    }
  }

  /**
   * A beam that stays.
   *
   * @param probe what it is made of
   * @param wavelength λ in Å, 10⁻⁴ to 1000
   * @param direction from the sample to the source; made a unit vector
   * @param polarizationFraction p, 0 to 1: the part polarized normal to {@code polarizationNormal}
   * @param polarizationNormal normal of the plane of polarization; made a unit vector
   */
  public Beam(
      Probe probe,
      double wavelength,
      Vec3 direction,
      double polarizationFraction,
      Vec3 polarizationNormal) {
    this(probe, wavelength, direction, polarizationFraction, polarizationNormal, List.of());
  }

  private static Vec3 direction(Vec3 v, String what) {
    try {
      return v.unit();
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException(what + ": " + e.getMessage(), e);
    }
  }

  /**
   * The incident beam vector s0 = −direction/λ.
   *
   * @return in Å⁻¹, of length 1/λ
   */
  public Vec3 s0() {
    return direction.times(-1 / wavelength);
  }

  /**
   * Whether it changes during the scan.
   *
   * @return whether there are scan points
   */
  public boolean isVarying() {
    return !scanPoints.isEmpty();
  }

  /**
   * The incident beam vector at a place of the scan, linear between the image edges.
   *
   * @param position in images from the beginning of the scan; beyond its ends that of the end
   * @return in Å⁻¹
   */
  public Vec3 s0(double position) {
    if (scanPoints.isEmpty()) {
      return s0();
    }
    int last = scanPoints.size() - 1;
    int i = (int) Math.floor(Math.min(Math.max(position, 0), Math.max(0, last - 1)));
    double f = Math.min(1, Math.max(0, position - i));
    Vec3 next = scanPoints.get(Math.min(last, i + 1));
    return scanPoints.get(i).times(1 - f).plus(next.times(f));
  }

  /**
   * The same beam with another course.
   *
   * @param points s0 at the image edges in Å⁻¹, or none; their mean direction becomes that of the
   *     whole scan
   * @return a new beam
   * @throws IllegalArgumentException if a point is far from the others
   */
  public Beam withScanPoints(List<Vec3> points) {
    Vec3 mean = points.isEmpty() ? s0() : Vec3.ZERO;
    for (Vec3 p : points) {
      mean = mean.plus(p);
    }
    return new Beam(
        probe,
        wavelength,
        mean.times(-1),
        polarizationFraction,
        polarizationNormal,
        new ArrayList<>(points));
  }

  @Override
  public String toString() {
    return String.format(
        Locale.ROOT,
        "Beam[%s, %.6g Å, towards the source %s, %s%s]",
        probe.name().toLowerCase(Locale.ROOT).replace('_', '-'),
        wavelength,
        direction,
        polarizationFraction == 0.5
            ? "not polarized"
            : polarizationFraction + " polarized about " + polarizationNormal,
        isVarying() ? ", changing" : "");
  }
}
