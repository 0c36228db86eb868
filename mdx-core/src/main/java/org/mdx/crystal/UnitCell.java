package org.mdx.crystal;

import java.util.Locale;
import org.mdx.math.Mat3;

/**
 * A unit cell.
 *
 * @param a length in Å
 * @param b length in Å
 * @param c length in Å
 * @param alpha angle between b and c in degrees
 * @param beta angle between a and c in degrees
 * @param gamma angle between a and b in degrees
 */
public record UnitCell(double a, double b, double c, double alpha, double beta, double gamma) {

  public UnitCell {
    if (!(a > 0 && b > 0 && c > 0 && a < 1e6 && b < 1e6 && c < 1e6)) {
      throw new IllegalArgumentException(
          "cell lengths " + a + ", " + b + ", " + c + " Å, each must be above 0");
    }
    if (!(metric(alpha, beta, gamma) > 0)) {
      throw new IllegalArgumentException(
          "cell angles " + alpha + ", " + beta + ", " + gamma + "° enclose no volume");
    }
  }

  private static double metric(double alpha, double beta, double gamma) {
    double ca = Math.cos(Math.toRadians(alpha));
    double cb = Math.cos(Math.toRadians(beta));
    double cg = Math.cos(Math.toRadians(gamma));
    return 1 - ca * ca - cb * cb - cg * cg + 2 * ca * cb * cg;
  }

  /**
   * Volume.
   *
   * @return in Å³
   */
  public double volume() {
    return a * b * c * Math.sqrt(metric(alpha, beta, gamma));
  }

  /**
   * Matrix from fractional to Cartesian coordinates in Å, a along x and b in the xy plane.
   *
   * @return upper triangular matrix
   */
  public Mat3 orthogonalization() {
    double ca = Math.cos(Math.toRadians(alpha));
    double cb = Math.cos(Math.toRadians(beta));
    double cg = Math.cos(Math.toRadians(gamma));
    double sg = Math.sin(Math.toRadians(gamma));
    return new Mat3(
        a, b * cg, c * cb, 0, b * sg, c * (ca - cb * cg) / sg, 0, 0, volume() / (a * b * sg));
  }

  /**
   * The matrix B of A = U·B: Miller indices to reciprocal Cartesian coordinates in Å⁻¹, without 2π.
   * B = Fᵀ with F the fractionalization matrix, as in DIALS.
   *
   * @return lower triangular matrix
   */
  public Mat3 reciprocal() {
    return orthogonalization().inverse().transpose();
  }

  /**
   * The cell spanned by three real-space axes.
   *
   * @param axes the axes as rows, in Å
   * @return the cell
   * @throws IllegalArgumentException if they span no volume
   */
  public static UnitCell ofAxes(Mat3 axes) {
    double a = axes.row(0).norm();
    double b = axes.row(1).norm();
    double c = axes.row(2).norm();
    return new UnitCell(
        a,
        b,
        c,
        Math.toDegrees(Math.acos(axes.row(1).dot(axes.row(2)) / (b * c))),
        Math.toDegrees(Math.acos(axes.row(0).dot(axes.row(2)) / (a * c))),
        Math.toDegrees(Math.acos(axes.row(0).dot(axes.row(1)) / (a * b))));
  }

  @Override
  public String toString() {
    return String.format(
        Locale.ROOT, "%.3f %.3f %.3f Å %.2f %.2f %.2f°", a, b, c, alpha, beta, gamma);
  }
}
