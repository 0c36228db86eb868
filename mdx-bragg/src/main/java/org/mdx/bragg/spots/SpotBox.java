package org.mdx.bragg.spots;

import java.util.Arrays;
import org.mdx.image.Pixels;

/** The pixels of a component with a margin about them, in quanta. */
final class SpotBox {
  /** Pixels this near to strong ones, in any frame, are not background. */
  static final int NEAR = 1;

  final int x0;
  final int y0;
  final int z0;
  final int nx;
  final int ny;
  final int nz;

  /** Quanta of each pixel, NaN where it does not count or is another spot's. */
  final double[] value;

  /** Whether a pixel is one of the component's. */
  final boolean[] own;

  /** Whether a pixel of the plane is far enough from the component to be background. */
  final boolean[] rim;

  /**
   * The box of a component.
   *
   * @param pixels those about it
   * @param frames of the sweep
   * @param gain counts per quantum
   * @param pedestal what is left to take off each value
   */
  SpotBox(Component c, PixelStore.Patch pixels, int frames, double gain, double pedestal) {
    this(c, pixels, frames, gain, pedestal, SpotLinker.MARGIN, NEAR);
  }

  /**
   * The box of a component.
   *
   * @param m pixels about the component
   * @param near pixels this near to those of the component, in any frame, are not background
   */
  SpotBox(
      Component c,
      PixelStore.Patch pixels,
      int frames,
      double gain,
      double pedestal,
      int m,
      int near) {
    x0 = c.box[0] - m;
    y0 = c.box[2] - m;
    z0 = Math.max(0, c.firstFrame - 1);
    nx = c.box[1] + m - x0;
    ny = c.box[3] + m - y0;
    nz = Math.min(frames, c.lastFrame + 2) - z0;
    value = new double[nx * ny * nz];
    rim = new boolean[nx * ny];
    own = own(c, near);
    int[] row = new int[nx];
    boolean[] marked = new boolean[nx];
    for (int z = 0, i = 0; z < nz; z++) {
      for (int y = 0; y < ny; y++) {
        pixels.copyRow(z0 + z, x0, y0 + y, row, marked);
        for (int x = 0; x < nx; x++, i++) {
          boolean other = marked[x] && !own[i];
          value[i] = row[x] == Pixels.MASKED || other ? Double.NaN : (row[x] - pedestal) / gain;
        }
      }
    }
  }

  private boolean[] own(Component c, int near) {
    boolean[] mine = new boolean[value.length];
    Arrays.fill(rim, true);
    for (int i = 0; i < c.size; i++) {
      int x = c.x(i) - x0;
      int y = c.y(i) - y0;
      mine[((c.frame(i) - z0) * ny + y) * nx + x] = true;
      for (int v = Math.max(0, y - near); v <= Math.min(ny - 1, y + near); v++) {
        int from = Math.max(0, x - near);
        Arrays.fill(rim, v * nx + from, v * nx + Math.min(nx, x + near + 1), false);
      }
    }
    return mine;
  }
}
