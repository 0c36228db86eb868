package org.mdx.bragg.spots;

import java.util.Arrays;
import java.util.List;
import org.mdx.geometry.CorrectionFactors;
import org.mdx.geometry.Corrections;
import org.mdx.geometry.Geometry;
import org.mdx.math.Mat3;
import org.mdx.math.Vec3;

/**
 * Takes off centroids what comes of the spot's size. A reflection is a cloud about a point of
 * reciprocal space; what a pixel and frame see of it is weighted by polarization P, efficiency E and,
 * since angles are not lengths, the Lorentz factor L, and pixel and angle are no linear function of
 * the place in reciprocal space. To second order the centroid of a cloud with covariance C (px, px,
 * frame) lies off the place of its middle by
 *
 * <pre>
 * Δᵢ = Σ C ∇ ln(L·E·P) − ½ Σ (J⁻¹ ∂²q/∂xₐ∂x_b)ᵢ C_ab,       J = ∂q/∂x,
 * </pre>
 *
 * q the place in the frame of the crystal. C is the spot's own, drawn towards that of the strong
 * spots when it has few counts.
 */
final class FiniteSize {
  /** Below this Lorentz factor's inverse, |(e0 × u)·axis|, nothing is corrected. */
  private static final double NEAR_AXIS = 0.05;

  /** Quanta of a spot whose own covariance counts as much as that of all. */
  private static final double EVEN = 200;

  /** Spots with as many quanta make the covariance of all. */
  private static final double STRONG = 300;

  private static final int LEAST = 20;

  /** No spot is moved farther, px or frames. */
  private static final double FARTHEST = 0.5;

  private final Geometry geometry;
  private final Corrections corrections;

  private FiniteSize(Geometry geometry) {
    this.geometry = geometry;
    corrections = Corrections.of(geometry);
  }

  /**
   * Corrects spots.
   *
   * @param spots in frames from the first of the sweep
   * @return the same spots, those that can be corrected with other centroids
   */
  static List<FoundSpot> correct(List<FoundSpot> spots, Geometry geometry) {
    if (geometry.scan().width() == 0) {
      return spots;
    }
    FiniteSize f = new FiniteSize(geometry);
    double[] cloud = f.cloud(spots);
    return spots.stream().map(s -> f.correct(s, cloud)).toList();
  }

  private FoundSpot correct(FoundSpot spot, double[] cloud) {
    if (spot.covariance() == null || lorentz(spot) < NEAR_AXIS) {
      return spot;
    }
    double[][] c = covariance(spot, cloud);
    double[] shift = shift(spot, c);
    double[] at = spot.position().clone();
    for (int i = 0; i < 3; i++) {
      if (!(Math.abs(shift[i]) < FARTHEST)) {
        return spot;
      }
      at[i] -= shift[i];
    }
    return spot.at(at);
  }

  private double lorentz(FoundSpot s) {
    return corrections.at(s.panel(), s.x(), s.y()).inverseLorentz();
  }

  private static double[][] matrix(double[] c) {
    return new double[][] {{c[0], c[1], c[2]}, {c[1], c[3], c[4]}, {c[2], c[4], c[5]}};
  }

  /** Medians of the variances along e₁, e₂, e₃ of strong spots, or null if there are few. */
  private double[] cloud(List<FoundSpot> spots) {
    List<FoundSpot> strong =
        spots.stream()
            .filter(s -> s.covariance() != null && s.intensity() > STRONG)
            .filter(s -> lorentz(s) > NEAR_AXIS)
            .toList();
    if (strong.size() < LEAST) {
      return null;
    }
    double[][] along = new double[3][strong.size()];
    for (int i = 0; i < strong.size(); i++) {
      FoundSpot s = strong.get(i);
      double[][] toFrame = multiply(transposed(axes(s)), jacobian(s));
      double[][] local =
          multiply(multiply(toFrame, matrix(s.covariance())), transposed(toFrame));
      for (int j = 0; j < 3; j++) {
        along[j][i] = local[j][j];
      }
    }
    double[] medians = new double[3];
    for (int j = 0; j < 3; j++) {
      Arrays.sort(along[j]);
      medians[j] = Math.max(0, along[j][along[j].length / 2]);
    }
    return medians;
  }

  private double[][] covariance(FoundSpot s, double[] cloud) {
    double[][] own = matrix(s.covariance());
    if (cloud == null) {
      return own;
    }
    double[][] back = multiply(inverse(jacobian(s)), axes(s));
    double[][] all =
        multiply(
            multiply(back, new double[][] {{cloud[0], 0, 0}, {0, cloud[1], 0}, {0, 0, cloud[2]}}),
            transposed(back));
    double w = s.intensity() / (s.intensity() + EVEN);
    for (int i = 0; i < 3; i++) {
      for (int j = 0; j < 3; j++) {
        all[i][j] = w * own[i][j] + (1 - w) * all[i][j];
      }
    }
    return all;
  }

  private double[] shift(FoundSpot s, double[][] c) {
    double[] gradient = gradient(s);
    Vec3 bend = new Vec3(0, 0, 0);
    for (int a = 0; a < 3; a++) {
      for (int b = a; b < 3; b++) {
        bend = bend.plus(second(s, a, b).times(a == b ? c[a][a] : 2 * c[a][b]));
      }
    }
    double[][] inverse = inverse(jacobian(s));
    double[] shift = new double[3];
    for (int i = 0; i < 3; i++) {
      for (int j = 0; j < 3; j++) {
        shift[i] += c[i][j] * gradient[j];
      }
      Vec3 row = new Vec3(inverse[i][0], inverse[i][1], inverse[i][2]);
      shift[i] -= row.dot(bend) / 2;
    }
    return shift;
  }

  /** Of ln(L·E·P) along x and y; L, E and P do not change with the angle. */
  private double[] gradient(FoundSpot s) {
    return new double[] {
      logarithm(s, 0.5, 0) - logarithm(s, -0.5, 0), logarithm(s, 0, 0.5) - logarithm(s, 0, -0.5), 0
    };
  }

  private double logarithm(FoundSpot s, double dx, double dy) {
    CorrectionFactors f = corrections.at(s.panel(), s.x() + dx, s.y() + dy);
    return Math.log(f.polarization() * f.efficiency() / f.inverseLorentz());
  }

  /** Place in the frame of the crystal that a pixel and frame see, Å⁻¹. */
  private Vec3 place(FoundSpot s, double dx, double dy, double dz) {
    double phi = geometry.scan().start() + (s.z() + dz) * geometry.scan().width();
    Mat3 back = geometry.goniometer().rotation(phi).transpose();
    return back.times(geometry.scatteringVector(s.panel(), s.x() + dx, s.y() + dy));
  }

  private Vec3 step(FoundSpot s, int a, double d) {
    return place(s, a == 0 ? d : 0, a == 1 ? d : 0, a == 2 ? d : 0);
  }

  private double[][] jacobian(FoundSpot s) {
    double[][] j = new double[3][3];
    for (int a = 0; a < 3; a++) {
      Vec3 d = step(s, a, 0.5).minus(step(s, a, -0.5));
      j[0][a] = d.x();
      j[1][a] = d.y();
      j[2][a] = d.z();
    }
    return j;
  }

  /** ∂²q/∂xₐ∂x_b. */
  private Vec3 second(FoundSpot s, int a, int b) {
    if (a == b) {
      return step(s, a, 1).plus(step(s, a, -1)).minus(place(s, 0, 0, 0).times(2));
    }
    Vec3 sum = new Vec3(0, 0, 0);
    for (int sign = -1; sign <= 1; sign += 2) {
      double[] same = new double[3];
      same[a] = sign * 0.5;
      same[b] = sign * 0.5;
      double[] other = same.clone();
      other[b] = -same[b];
      sum =
          sum.plus(place(s, same[0], same[1], same[2]))
              .minus(place(s, other[0], other[1], other[2]));
    }
    return sum;
  }

  /** Kabsch's axes e₁ = s₁ × s₀, e₂ = s₁ × e₁, e₃ = s₁ + s₀ as columns, in the crystal's frame. */
  private double[][] axes(FoundSpot s) {
    Vec3 s0 = geometry.beam().s0();
    Vec3 s1 = geometry.scatteringVector(s.panel(), s.x(), s.y()).plus(s0);
    double phi = geometry.scan().start() + s.z() * geometry.scan().width();
    Mat3 back = geometry.goniometer().rotation(phi).transpose();
    Vec3 e1 = s1.cross(s0).unit();
    Vec3 e2 = s1.cross(e1).unit();
    Vec3 e3 = e1.cross(e2);
    double[][] m = new double[3][3];
    Vec3[] columns = {back.times(e1), back.times(e2), back.times(e3)};
    for (int j = 0; j < 3; j++) {
      m[0][j] = columns[j].x();
      m[1][j] = columns[j].y();
      m[2][j] = columns[j].z();
    }
    return m;
  }

  private static double[][] inverse(double[][] a) {
    double[] r = new Mat3(a[0][0], a[0][1], a[0][2], a[1][0], a[1][1], a[1][2], a[2][0], a[2][1], a[2][2])
        .inverse().toRowMajor();
    return new double[][] {{r[0], r[1], r[2]}, {r[3], r[4], r[5]}, {r[6], r[7], r[8]}};
  }

  private static double[][] transposed(double[][] a) {
    double[][] t = new double[3][3];
    for (int i = 0; i < 3; i++) {
      for (int j = 0; j < 3; j++) {
        t[i][j] = a[j][i];
      }
    }
    return t;
  }

  private static double[][] multiply(double[][] a, double[][] b) {
    double[][] c = new double[3][3];
    for (int i = 0; i < 3; i++) {
      for (int j = 0; j < 3; j++) {
        for (int k = 0; k < 3; k++) {
          c[i][j] += a[i][k] * b[k][j];
        }
      }
    }
    return c;
  }
}
