package org.mdx.crystal;

import java.util.List;
import org.mdx.math.Mat3;

/** A crystal with its orientation, which can change during the scan. Immutable. */
public final class Crystal {
  private final UnitCell cell;
  private final SpaceGroup spaceGroup;
  private final Mat3 a;
  private final List<Mat3> scanPoints;

  private Crystal(UnitCell cell, SpaceGroup spaceGroup, Mat3 a, List<Mat3> scanPoints) {
    this.cell = cell;
    this.spaceGroup = spaceGroup;
    this.a = a;
    this.scanPoints = List.copyOf(scanPoints);
  }

  /**
   * A crystal from its real-space axes.
   *
   * @param axes a, b, c as rows, in Å, in the laboratory frame at φ = 0
   * @param spaceGroup its space group
   * @return a crystal that does not change during the scan
   * @throws IllegalArgumentException if the axes span no volume
   */
  public static Crystal ofRealSpaceAxes(Mat3 axes, SpaceGroup spaceGroup) {
    return new Crystal(UnitCell.ofAxes(axes), spaceGroup, axes.inverse(), List.of());
  }

  /**
   * The same crystal with a setting matrix for each image edge.
   *
   * @param matrices A = U·B in Å⁻¹ at the edges of the images: one more than there are images;
   *     empty for a crystal that does not change
   * @return a new crystal
   */
  public Crystal withScanPoints(List<Mat3> matrices) {
    return new Crystal(cell, spaceGroup, a, matrices);
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
   * The setting matrix at a place in the scan: B is interpolated linearly between the neighbouring
   * image edges and U along the rotation that carries one into the other; clamped at the ends.
   *
   * @param position (φ − φ0)/Δφ in images, 0 at the first edge
   * @return A at that place; the static one if there are no scan points
   */
  public Mat3 a(double position) {
    if (scanPoints.isEmpty()) {
      return a;
    }
    throw new UnsupportedOperationException();
  }
}
