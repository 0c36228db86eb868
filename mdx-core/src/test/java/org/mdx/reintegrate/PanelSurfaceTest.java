package org.mdx.reintegrate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.offset;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.mdx.math.GridAxis;

/** Against interpolating each pixel by itself. */
class PanelSurfaceTest {
  private static final GridAxis IX = GridAxis.linear(3, 18, 4);
  private static final GridAxis IY = GridAxis.linear(2, 6, 3);
  private static final double[] VALUES = {1, 4, 2, 8, 5, 7, -1, 0, 3, 3, 6, 9};

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void rowsShouldBeWhatEachPixelHasByItself(boolean clamped) {
    int width = 24;
    PanelSurface surface = new PanelSurface(IX, IY, width, clamped);
    for (int iy = 0; iy < 10; iy++) {
      for (int ix = 0; ix < width; ix += 7) {
        int n = Math.min(7, width - ix);
        double[] row = new double[n];
        surface.row(VALUES, iy, ix, n, row);
        for (int i = 0; i < n; i++) {
          double expected = at(ix + i, iy, clamped);
          if (Double.isNaN(expected)) {
            assertThat(row[i]).as("%d, %d", ix + i, iy).isNaN();
          } else {
            assertThat(row[i]).as("%d, %d", ix + i, iy).isCloseTo(expected, offset(1e-12));
          }
        }
      }
    }
  }

  @Test
  void aCopyShouldGiveTheSame() {
    PanelSurface surface = new PanelSurface(IX, IY, 24, true);
    double[] one = new double[24];
    double[] other = new double[24];
    surface.row(VALUES, 4, 0, 24, one);
    new PanelSurface(surface).row(VALUES, 4, 0, 24, other);
    assertThat(other).isEqualTo(one);
  }

  private static double at(double ix, double iy, boolean clamped) {
    boolean far = ix < -2 || ix > 23 || iy < 0 || iy > 8;
    if (!clamped && far) {
      return Double.NaN;
    }
    double fx = (Math.max(3, Math.min(18, ix)) - 3) / 5;
    double fy = (Math.max(2, Math.min(6, iy)) - 2) / 2;
    int x = (int) Math.min(2, Math.floor(fx));
    int y = (int) Math.min(1, Math.floor(fy));
    double tx = fx - x;
    double ty = fy - y;
    int p = 4 * y + x;
    return (VALUES[p] * (1 - tx) + VALUES[p + 1] * tx) * (1 - ty)
        + (VALUES[p + 4] * (1 - tx) + VALUES[p + 5] * tx) * ty;
  }
}
