package org.mdx.bragg.spots;

import java.util.Arrays;
import java.util.List;
import org.mdx.geometry.CorrectionFactors;
import org.mdx.geometry.Corrections;
import org.mdx.geometry.Geometry;
import org.mdx.math.Mat3;
import org.mdx.math.Vec3;
import org.mdx.parallel.Parallel;

/**
 * Takes off centroids what comes of the spot's size. A reflection is a cloud about a point of
 * reciprocal space; what a pixel and frame see of it is weighted by polarization P, efficiency E
 * and, since angles are not lengths, the Lorentz factor L, and pixel and angle are no linear
 * function of the place in reciprocal space. To second order the centroid of a cloud with
 * covariance C (px, px, frame) lies off the place of its middle by
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

  /** Spots of one task. */
  private static final int BLOCK = 256;

  /** Strong spots that make the covariance of all, at the most. */
  private static final int MOST = 2000;

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
   * @param parallel threads; the result does not depend on them
   * @return the same spots, those that can be corrected with other centroids
   */
  static List<FoundSpot> correct(List<FoundSpot> spots, Geometry geometry, Parallel parallel) {
    return correct(spots, spots, geometry, parallel);
  }

  /**
   * Corrects spots.
   *
   * @param spots in frames from the first of the sweep
   * @param all of which the strong ones tell the spread
   * @param parallel threads; the result does not depend on them
   * @return the same spots, those that can be corrected with other centroids
   */
  static List<FoundSpot> correct(
      List<FoundSpot> spots, List<FoundSpot> all, Geometry geometry, Parallel parallel) {
    if (geometry.scan().width() == 0) {
      return spots;
    }
    FiniteSize f = new FiniteSize(geometry);
    double[] cloud = f.cloud(all);
    FoundSpot[] corrected = new FoundSpot[spots.size()];
    parallel.forEach(
        (spots.size() + BLOCK - 1) / BLOCK,
        b -> {
          for (int i = b * BLOCK; i < Math.min(spots.size(), (b + 1) * BLOCK); i++) {
            corrected[i] = f.correct(spots.get(i), cloud);
          }
        });
    return List.of(corrected);
  }

  private FoundSpot correct(FoundSpot spot, double[] cloud) {
    if (spot.covariance() == null || lorentz(spot) < NEAR_AXIS) {
      return spot;
    }
    Mat3 inverse = jacobian(spot).inverse();
    double[] shift = shift(spot, inverse, covariance(spot, inverse, cloud).toRowMajor());
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

  private static Mat3 matrix(double[] c) {
    return Mat3.ofRowMajor(c[0], c[1], c[2], c[1], c[3], c[4], c[2], c[4], c[5]);
  }

  /** Medians of the variances along e₁, e₂, e₃ of strong spots, or null if there are few. */
  private double[] cloud(List<FoundSpot> spots) {
    List<FoundSpot> strong =
        spots.stream()
            .filter(s -> s.covariance() != null && s.intensity() > STRONG)
            .filter(s -> lorentz(s) > NEAR_AXIS)
            .limit(MOST)
            .toList();
    if (strong.size() < LEAST) {
      return null;
    }
    double[][] along = new double[3][strong.size()];
    for (int i = 0; i < strong.size(); i++) {
      FoundSpot s = strong.get(i);
      Mat3 m = axes(s).times(jacobian(s));
      double[] local = m.times(matrix(s.covariance())).times(m.transpose()).toRowMajor();
      for (int j = 0; j < 3; j++) {
        along[j][i] = local[4 * j];
      }
    }
    double[] medians = new double[3];
    for (int j = 0; j < 3; j++) {
      Arrays.sort(along[j]);
      medians[j] = Math.max(0, along[j][along[j].length / 2]);
    }
    return medians;
  }

  private Mat3 covariance(FoundSpot s, Mat3 inverse, double[] cloud) {
    Mat3 own = matrix(s.covariance());
    if (cloud == null) {
      return own;
    }
    Mat3 back = inverse.times(axes(s).transpose());
    Mat3 all = back.times(Mat3.diagonal(cloud[0], cloud[1], cloud[2])).times(back.transpose());
    double w = s.intensity() / (s.intensity() + EVEN);
    return own.times(w).plus(all.times(1 - w));
  }

  private double[] shift(FoundSpot s, Mat3 inverse, double[] c) {
    Vec3 bend = Vec3.ZERO;
    for (int a = 0; a < 3; a++) {
      for (int b = a; b < 3; b++) {
        bend = bend.plus(second(s, a, b).times(a == b ? c[4 * a] : 2 * c[3 * a + b]));
      }
    }
    Vec3 bent = inverse.times(bend);
    Vec3 weighted = Mat3.ofRowMajor(c).times(gradient(s));
    Vec3 shift = weighted.minus(bent.times(0.5));
    return new double[] {shift.x(), shift.y(), shift.z()};
  }

  /** Of ln(L·E·P) along x and y; L, E and P do not change with the angle. */
  private Vec3 gradient(FoundSpot s) {
    return new Vec3(
        logarithm(s, 0.5, 0) - logarithm(s, -0.5, 0),
        logarithm(s, 0, 0.5) - logarithm(s, 0, -0.5),
        0);
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

  /** ∂q/∂x, a column for each of x, y and the frame. */
  private Mat3 jacobian(FoundSpot s) {
    return Mat3.ofRows(
            step(s, 0, 0.5).minus(step(s, 0, -0.5)),
            step(s, 1, 0.5).minus(step(s, 1, -0.5)),
            step(s, 2, 0.5).minus(step(s, 2, -0.5)))
        .transpose();
  }

  /** ∂²q/∂xₐ∂x_b. */
  private Vec3 second(FoundSpot s, int a, int b) {
    if (a == b) {
      return step(s, a, 1).plus(step(s, a, -1)).minus(place(s, 0, 0, 0).times(2));
    }
    Vec3 sum = Vec3.ZERO;
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

  /** Kabsch's axes e₁ = s₁ × s₀, e₂ = s₁ × e₁, e₃ = e₁ × e₂ as rows, in the crystal's frame. */
  private Mat3 axes(FoundSpot s) {
    Vec3 s0 = geometry.beam().s0();
    Vec3 s1 = geometry.scatteringVector(s.panel(), s.x(), s.y()).plus(s0);
    double phi = geometry.scan().start() + s.z() * geometry.scan().width();
    Vec3 e1 = s1.cross(s0).unit();
    Vec3 e2 = s1.cross(e1).unit();
    return Mat3.ofRows(e1, e2, e1.cross(e2)).times(geometry.goniometer().rotation(phi));
  }
}
