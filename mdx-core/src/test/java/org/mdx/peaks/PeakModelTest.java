package org.mdx.peaks;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.offset;

import java.util.Random;
import org.junit.jupiter.api.Test;
import org.mdx.crystal.SpaceGroup;
import org.mdx.image.Pixels;
import org.mdx.image.RowMask;
import org.mdx.math.Mat3;
import org.mdx.math.Vec3;

class PeakModelTest {

  @Test
  void fitShouldFindTheMeanAndSpreadOfPointsWorkedByHand() {
    // ± a along each axis about (0.1, 0.2, 0.3): mean of squares is a²/3 along each
    double[] x = {0.1 + 0.03, 0.1 - 0.03, 0.1, 0.1, 0.1, 0.1};
    double[] y = {0.2, 0.2, 0.2 + 0.06, 0.2 - 0.06, 0.2, 0.2};
    double[] z = {0.3, 0.3, 0.3, 0.3, 0.3 + 0.09, 0.3 - 0.09};
    PeakModel.Fit fit = PeakModel.fit(x, y, z, 10);
    assertThat(fit.outliers()).isEmpty();
    assertThat(fit.model().r0().minus(new Vec3(0.1, 0.2, 0.3)).norm()).isLessThan(1e-15);
    double[] a = fit.model().semiAxes();
    assertThat(a[0]).isCloseTo(0.09 / Math.sqrt(3), offset(1e-12));
    assertThat(a[1]).isCloseTo(0.06 / Math.sqrt(3), offset(1e-12));
    assertThat(a[2]).isCloseTo(0.03 / Math.sqrt(3), offset(1e-12));
    assertThat(fit.model().distance(new Vec3(0.1, 0.2 + 0.06, 0.3)))
        .isCloseTo(Math.sqrt(3), offset(1e-9));
  }

  @Test
  void fitShouldRecoverTheGaussianThatPointsWereDrawnFromAndLeaveOutOutliers() {
    Random random = new Random(7);
    int n = 20000;
    double[] x = new double[n + 1];
    double[] y = new double[n + 1];
    double[] z = new double[n + 1];
    for (int i = 0; i < n; i++) {
      double u = random.nextGaussian();
      x[i] = 0.01 + 0.05 * u;
      y[i] = -0.02 + 0.02 * u + 0.03 * random.nextGaussian();
      z[i] = 0.04 * random.nextGaussian();
    }
    x[n] = 0.5;
    PeakModel.Fit fit = PeakModel.fit(x, y, z, 6);
    assertThat(fit.outliers()).contains(n);
    assertThat(fit.outliers().length).isLessThan(5);
    assertThat(fit.model().r0().minus(new Vec3(0.01, -0.02, 0)).norm()).isLessThan(2e-3);
    Mat3 c = fit.model().sigma().times(fit.model().sigma().transpose());
    assertThat(c.m00()).isCloseTo(0.0025, offset(1e-4));
    assertThat(c.m01()).isCloseTo(0.001, offset(1e-4));
    assertThat(c.m11()).isCloseTo(0.0013, offset(1e-4));
    assertThat(c.m22()).isCloseTo(0.0016, offset(1e-4));
  }

  @Test
  void pointsInAPlaneShouldBeRefused() {
    double[] x = {0.1, 0.2, 0.3, 0.1, 0.2};
    assertThatThrownBy(() -> PeakModel.fit(x, new double[] {1, 2, 3, 1, 4}, new double[5], 3))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("plane");
    assertThatThrownBy(() -> PeakModel.fit(new double[3], new double[3], new double[3], 3))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("3 strong pixels");
  }

  @Test
  void maskOfRowsShouldAgreeWithTheMaskOfOnePixel() {
    Random random = new Random(3);
    SpaceGroup group = SpaceGroup.ofHall("I 2b 2c 3");
    PeakModel model =
        new PeakModel(
            new Vec3(0.01, -0.03, 0.02), new Mat3(0.1, 0.02, 0, 0.01, 0.08, 0.03, 0, -0.02, 0.09));
    for (boolean inverted : new boolean[] {false, true}) {
      for (boolean centringOnly : new boolean[] {false, true}) {
        BraggMask mask = new BraggMask(model, 2.5, 40, centringOnly, inverted);
        RowMask rows = mask.rows(group, new double[] {6, 6, 6});
        int n = 5000;
        double[][] hkl = new double[3][];
        for (int a = 0; a < 3; a++) {
          hkl[a] = random.doubles(n, -6, 6).toArray();
        }
        int[] pixels = random.ints(n + 3, -4, 45).map(v -> v == -4 ? Pixels.MASKED : v).toArray();
        int[] out = pixels.clone();
        int masked = rows.apply(hkl[0], hkl[1], hkl[2], n, out, 3, new double[n]);
        int expected = 0;
        for (int i = 0; i < n; i++) {
          boolean m =
              mask.isMasked(new Vec3(hkl[0][i], hkl[1][i], hkl[2][i]), pixels[3 + i], group);
          expected += m ? 1 : 0;
          assertThat(out[3 + i]).isEqualTo(m ? Pixels.MASKED : pixels[3 + i]);
        }
        assertThat(masked).isEqualTo(expected).isBetween(1, n - 1);
      }
    }
  }
}
