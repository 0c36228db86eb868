package org.mdx.crystal;

import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.IntStream;
import org.mdx.math.Mat3;
import org.mdx.math.Vec3;

/** A crystal with its orientation, which can change during the scan. Immutable. */
public final class Crystal {
  /** Of products of axes over their lengths: twice that of lengths. */
  private static final double METRIC_TOLERANCE = 0.02;

  private final UnitCell cell;
  private final SpaceGroup spaceGroup;
  private final Mat3 a;
  private final List<Mat3> scanPoints;
  private final BCovariance bCovariance; // null if unknown

  /** From each image edge to the next; null before it is asked for. */
  private final Way[] ways;

  private Crystal(
      UnitCell cell,
      SpaceGroup spaceGroup,
      Mat3 a,
      List<Mat3> scanPoints,
      BCovariance bCovariance) {
    this.cell = cell;
    this.spaceGroup = spaceGroup;
    this.a = a;
    this.scanPoints = List.copyOf(scanPoints);
    this.bCovariance = bCovariance;
    ways = new Way[Math.max(0, scanPoints.size() - 1)];
  }

  /**
   * A crystal from its real-space axes.
   *
   * @param axes a, b, c as rows, in Å, in the laboratory frame at φ = 0
   * @param spaceGroup its space group
   * @return a crystal that does not change during the scan
   * @throws IllegalArgumentException if the axes span no volume, or the cell does not have the
   *     symmetry of the group within 1 % of its lengths and 0.6° of its angles, in which a cell
   *     that was refined without constraints stays
   */
  public static Crystal ofRealSpaceAxes(Mat3 axes, SpaceGroup spaceGroup) {
    Mat3 inverse = axes.inverse();
    UnitCell cell = UnitCell.ofAxes(axes);
    requireSymmetry(axes, cell, spaceGroup);
    return new Crystal(cell, spaceGroup, inverse, List.of(), null);
  }

  /** The metric G of the axes is the same in all equivalent settings: RᵀGR = G. */
  private static void requireSymmetry(Mat3 axes, UnitCell cell, SpaceGroup group) {
    double[] g = axes.times(axes.transpose()).toRowMajor();
    double worst = 0;
    SymmetryOperator by = null;
    for (SymmetryOperator op : group.operators()) {
      for (int i = 0; i < 3; i++) {
        for (int j = 0; j < 3; j++) {
          double sum = 0;
          for (int k = 0; k < 3; k++) {
            for (int l = 0; l < 3; l++) {
              sum += op.rotation(k, i) * g[3 * k + l] * op.rotation(l, j);
            }
          }
          double off = Math.abs(sum - g[3 * i + j]) / Math.sqrt(g[4 * i] * g[4 * j]);
          if (off > worst) {
            worst = off;
            by = op;
          }
        }
      }
    }
    if (worst > METRIC_TOLERANCE) {
      throw new IllegalArgumentException(
          String.format(
              Locale.ROOT,
              "the cell %s does not have the symmetry of its space group %s: under %s its metric"
                  + " changes by %.2g, at most %.2g; take a group that fits, or the cell as"
                  + " refined in this one",
              cell,
              group,
              by,
              worst,
              METRIC_TOLERANCE));
    }
  }

  /**
   * The same crystal with a setting matrix for each image edge.
   *
   * @param matrices A = U·B in Å⁻¹ at the edges of the images: one more than there are images;
   *     empty for a crystal that does not change
   * @return a new crystal
   * @throws IllegalArgumentException if there is only one matrix, or one has no inverse or another
   *     hand than the static one
   */
  public Crystal withScanPoints(List<Mat3> matrices) {
    if (matrices.size() == 1) {
      throw new IllegalArgumentException(
          "one scan point; a scan of n images has n + 1 of them, or none");
    }
    for (int i = 0; i < matrices.size(); i++) {
      double determinant = matrices.get(i).determinant();
      if (!(determinant * a.determinant() > 0)) {
        throw new IllegalArgumentException(
            "scan point "
                + i
                + ": determinant "
                + determinant
                + " of A = U·B, must have the sign of the static one, "
                + a.determinant());
      }
    }
    return new Crystal(cell, spaceGroup, a, matrices, bCovariance);
  }

  /**
   * The same crystal described by other axes: (a', b', c') = (a, b, c)·P⁻¹ and A' = A·Pᵀ, static
   * and at every image edge, so that A'·h' = A·h for the indices h' = h·P⁻¹ that {@link
   * ChangeOfBasis} gives a reflection h. DIALS writes the same change as {@code
   * change_of_basis_op}.
   *
   * @param change which axes; its translation does not matter here
   * @param group the space group in the new axes: that of the sweeps it is to agree with, or {@code
   *     spaceGroup().transformed(change)}
   * @return a new crystal
   * @throws IllegalArgumentException if the cell in the new axes does not have the symmetry of the
   *     group, as in {@link #ofRealSpaceAxes}
   */
  public Crystal reindexed(ChangeOfBasis change, SpaceGroup group) {
    Mat3 p =
        new Mat3(
            change.element(0, 0),
            change.element(0, 1),
            change.element(0, 2),
            change.element(1, 0),
            change.element(1, 1),
            change.element(1, 2),
            change.element(2, 0),
            change.element(2, 1),
            change.element(2, 2));
    Mat3 right = p.transpose();
    Mat3 turned = a.times(right);
    Mat3 axes = turned.inverse();
    UnitCell newCell = UnitCell.ofAxes(axes);
    requireSymmetry(axes, newCell, group);
    return new Crystal(
        newCell,
        group,
        turned,
        scanPoints.stream().map(m -> m.times(right)).toList(),
        bCovariance == null ? null : bCovariance.reindexed(b(), p, metric(turned)));
  }

  /**
   * The same crystal with the covariance of the B of its static setting, from a refinement.
   *
   * @param covariance of the elements of B
   * @return a new crystal
   */
  public Crystal withBCovariance(BCovariance covariance) {
    return new Crystal(cell, spaceGroup, a, scanPoints, covariance);
  }

  /**
   * The covariance of B.
   *
   * @return empty if the cell was not refined
   */
  public Optional<BCovariance> bCovariance() {
    return Optional.ofNullable(bCovariance);
  }

  /**
   * Standard uncertainties of the cell.
   *
   * @return of a, b, c in Å and α, β, γ in degrees; empty if the cell was not refined
   */
  public Optional<List<Double>> cellSigmas() {
    if (bCovariance == null) {
      return Optional.empty();
    }
    double[] covariance = bCovariance.ofCell(b());
    return Optional.of(
        IntStream.range(0, 6).mapToObj(i -> Math.sqrt(Math.max(0, covariance[7 * i]))).toList());
  }

  /**
   * The unit cell at φ = 0.
   *
   * @return the cell
   */
  public UnitCell cell() {
    return cell;
  }

  /**
   * The space group.
   *
   * @return the group in the crystal's setting
   */
  public SpaceGroup spaceGroup() {
    return spaceGroup;
  }

  /**
   * The static setting matrix A = U·B, Miller index to Å⁻¹ in the laboratory frame at φ = 0.
   *
   * @return A
   */
  public Mat3 a() {
    return a;
  }

  /**
   * The setting matrices at the image edges.
   *
   * @return n images + 1 matrices, or none
   */
  public List<Mat3> scanPoints() {
    return scanPoints;
  }

  /**
   * The orientation U of the static setting A = U·B.
   *
   * @return rotation (with an inversion, if the axes are left-handed) from the crystal's Cartesian
   *     frame (c* along z, b* in the yz plane, a along x) to the laboratory frame at φ = 0
   */
  public Mat3 u() {
    return orientation(a);
  }

  /**
   * The matrix B of the static setting A = U·B: Miller indices to Å⁻¹ in the crystal's Cartesian
   * frame; B = Fᵀ with F the fractionalization matrix, as in DIALS.
   *
   * @return lower triangular matrix with a positive diagonal
   */
  public Mat3 b() {
    return metric(a);
  }

  /**
   * The setting matrix at a place in the scan: B is interpolated linearly between the neighbouring
   * image edges and U along the rotation that carries one into the other; clamped at the ends.
   *
   * @param position (φ − φ0)/Δφ in images, 0 at the first edge
   * @return A at that place; the static one if there are no scan points
   * @throws IllegalArgumentException if the position is NaN
   */
  public Mat3 a(double position) {
    if (Double.isNaN(position)) {
      throw new IllegalArgumentException("scan position is NaN");
    }
    if (scanPoints.isEmpty()) {
      return a;
    }
    int last = scanPoints.size() - 1;
    int i = (int) Math.floor(Math.min(Math.max(position, 0), last));
    double f = position - i;
    if (i == last || f <= 0) {
      return scanPoints.get(i);
    }
    Way way = ways[i];
    if (way == null) {
      // immutable, so that threads may make it twice
      way = Way.of(scanPoints.get(i), scanPoints.get(i + 1));
      ways[i] = way;
    }
    return way.at(f);
  }

  /**
   * The way from one image edge to the next.
   *
   * @param u U at the first
   * @param b B at the first
   * @param nextB B at the second
   * @param sine axis of the rotation that carries one U into the other, times the sine of its angle
   * @param degrees its angle
   */
  private record Way(Mat3 u, Mat3 b, Mat3 nextB, Vec3 sine, double degrees) {
    static Way of(Mat3 first, Mat3 second) {
      Mat3 u = orientation(first);
      Mat3 turn = orientation(second).times(u.transpose());
      Vec3 sine =
          new Vec3(turn.m21() - turn.m12(), turn.m02() - turn.m20(), turn.m10() - turn.m01())
              .times(0.5);
      double cosine = (turn.m00() + turn.m11() + turn.m22() - 1) / 2;
      double angle = Math.atan2(sine.norm(), cosine);
      if (Math.PI - angle < 1e-6) {
        throw new IllegalArgumentException(
            "the crystal turns by 180° between two image edges; the way between them is undefined");
      }
      return new Way(u, metric(first), metric(second), sine, Math.toDegrees(angle));
    }

    /** A after a part of the way. */
    Mat3 at(double part) {
      Mat3 turn = degrees == 0 ? Mat3.IDENTITY : Mat3.rotation(sine, part * degrees);
      return turn.times(u).times(b.times(1 - part).plus(nextB.times(part)));
    }
  }

  /**
   * U of A = U·B: Gram–Schmidt on the columns a*, b*, c* of A, the last one first; diagonal of B
   * positive.
   */
  private static Mat3 orientation(Mat3 a) {
    Mat3 columns = a.transpose();
    Vec3 z = columns.row(2).unit();
    Vec3 y = columns.row(1).minus(z.times(columns.row(1).dot(z))).unit();
    Vec3 x = y.cross(z).unit().times(Math.signum(a.determinant()));
    return Mat3.ofRows(x, y, z).transpose();
  }

  /** B of A = U·B, its upper triangle exactly zero. */
  private static Mat3 metric(Mat3 a) {
    Mat3 b = orientation(a).transpose().times(a);
    return new Mat3(b.m00(), 0, 0, b.m10(), b.m11(), 0, b.m20(), b.m21(), b.m22());
  }

  /** Cell, space group and number of scan points. */
  @Override
  public String toString() {
    return "Crystal "
        + cell
        + ", "
        + spaceGroup
        + (scanPoints.isEmpty() ? "" : ", " + scanPoints.size() + " scan points");
  }
}
