package org.mdx.io.sweep;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.assertj.core.data.Offset;
import org.mdx.geometry.Geometry;
import org.mdx.geometry.Panel;
import org.mdx.math.Mat3;
import org.mdx.math.Vec3;

/** Compares two geometries model by model. */
public final class SameGeometry {
  private static final Offset<Double> EXACT = within(1e-9);

  private SameGeometry() {}

  /**
   * Requires all that places pixels to be the same, to 1e-9 mm, Å and degrees; not polarization and
   * exposure.
   *
   * @param a one
   * @param b the other
   * @param more by how much the highest trusted value of the one is above that of the other
   */
  public static void require(Geometry a, Geometry b, int more) {
    assertThat(a.beam().wavelength()).isCloseTo(b.beam().wavelength(), EXACT);
    require(a.beam().direction(), b.beam().direction());
    require(a.beam().polarizationNormal(), b.beam().polarizationNormal());
    assertThat(a.detector().panels()).hasSize(b.detector().panels().size());
    for (int i = 0; i < a.detector().panels().size(); i++) {
      require(a.detector().panels().get(i), b.detector().panels().get(i), more);
    }
    for (double phi : new double[] {0, 33}) {
      Mat3 r = a.goniometer().rotation(phi).transpose().times(b.goniometer().rotation(phi));
      require(r.times(new Vec3(1, 2, 3)), new Vec3(1, 2, 3));
    }
    assertThat(a.scan().firstImage()).isEqualTo(b.scan().firstImage());
    assertThat(a.scan().frames()).isEqualTo(b.scan().frames());
    assertThat(a.scan().start()).isCloseTo(b.scan().start(), EXACT);
    assertThat(a.scan().width()).isCloseTo(b.scan().width(), EXACT);
  }

  private static void require(Panel p, Panel q, int more) {
    require(p.origin(), q.origin());
    require(p.fast(), q.fast());
    require(p.slow(), q.slow());
    assertThat(p.pixelWidth()).isCloseTo(q.pixelWidth(), EXACT);
    assertThat(p.pixelHeight()).isCloseTo(q.pixelHeight(), EXACT);
    assertThat(p.width()).isEqualTo(q.width());
    assertThat(p.height()).isEqualTo(q.height());
    assertThat(p.trustedMin()).isEqualTo(q.trustedMin());
    assertThat(p.trustedMax()).isEqualTo(q.trustedMax() + more);
    assertThat(p.sensor().thickness()).isCloseTo(q.sensor().thickness(), EXACT);
    assertThat(p.sensor().mu()).isCloseTo(q.sensor().mu(), EXACT);
    assertThat(p.sensor().material()).isEqualTo(q.sensor().material());
    assertThat(p.sensor().parallax()).isEqualTo(q.sensor().parallax());
    assertThat(p.gain()).isEqualTo(q.gain());
    assertThat(p.pedestal()).isEqualTo(q.pedestal());
    assertThat(p.untrusted()).containsExactlyInAnyOrderElementsOf(q.untrusted());
    assertThat(p.imageX()).isEqualTo(q.imageX());
    assertThat(p.imageY()).isEqualTo(q.imageY());
  }

  private static void require(Vec3 a, Vec3 b) {
    assertThat(a.minus(b).norm()).as("%s and %s", a, b).isLessThan(1e-9);
  }
}
