package org.mdx.cli.reduce;

import java.util.Locale;
import org.mdx.crystal.Crystal;
import org.mdx.geometry.Geometry;
import org.mdx.geometry.Panel;
import org.mdx.math.Mat3;
import org.mdx.math.Vec3;

/**
 * How far a geometry that was found is from the true one.
 *
 * @param edge largest relative error of a cell edge
 * @param distance of the detector, mm
 * @param beamX beam centre along fast, px
 * @param beamY along slow, px
 * @param orientation angle between the lattices, degrees
 */
record GeometryError(double edge, double distance, double beamX, double beamY, double orientation) {

  /** Found against true. */
  static GeometryError of(Geometry found, Geometry truth) {
    Crystal one = found.crystal().orElseThrow();
    Crystal other = truth.crystal().orElseThrow();
    double edge = 0;
    double[] a = {one.cell().a(), one.cell().b(), one.cell().c()};
    double[] b = {other.cell().a(), other.cell().b(), other.cell().c()};
    for (int i = 0; i < a.length; i++) {
      edge = Math.max(edge, Math.abs(a[i] / b[i] - 1));
    }
    Panel p = found.detector().panels().get(0);
    Panel q = truth.detector().panels().get(0);
    double[] x = centre(p, found.beam().s0());
    double[] y = centre(q, truth.beam().s0());
    return new GeometryError(
        edge, distance(p) - distance(q), x[0] - y[0], x[1] - y[1], angle(one.a(), other.a()));
  }

  private static double distance(Panel p) {
    return Math.abs(p.origin().dot(p.normal()));
  }

  /** Where the beam meets the plane of a panel, px. */
  private static double[] centre(Panel p, Vec3 beam) {
    Vec3 at = beam.times(p.origin().dot(p.normal()) / beam.dot(p.normal())).minus(p.origin());
    return new double[] {at.dot(p.fast()) / p.pixelWidth(), at.dot(p.slow()) / p.pixelHeight()};
  }

  /** The true axes that the found ones are but for small errors are a whole combination of them. */
  private static double angle(Mat3 found, Mat3 truth) {
    double[] m = truth.inverse().times(found).toRowMajor();
    for (int i = 0; i < m.length; i++) {
      m[i] = Math.rint(m[i]);
    }
    Mat3 turn = found.times(truth.times(Mat3.ofRowMajor(m)).inverse());
    Vec3 sine = new Vec3(turn.m21() - turn.m12(), turn.m02() - turn.m20(), turn.m10() - turn.m01());
    return Math.toDegrees(sine.norm() / 2);
  }

  @Override
  public String toString() {
    return String.format(
        Locale.ROOT,
        "against the truth: cell %.5f %%, distance %+.4f mm, beam centre %+.4f %+.4f px,"
            + " orientation %.4f°",
        100 * edge,
        distance,
        beamX,
        beamY,
        orientation);
  }
}
