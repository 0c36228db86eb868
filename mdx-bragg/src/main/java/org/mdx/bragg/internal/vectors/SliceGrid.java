package org.mdx.bragg.internal.vectors;

import java.util.Arrays;
import org.mdx.bragg.internal.kernel.RealTransform;
import org.mdx.bragg.internal.lattice.Points;
import org.mdx.parallel.Parallel;

/** Points on the grid of a transform, weighted by exp(−b|r|²/4), b = −4d² ln 0.05. */
public final class SliceGrid {
  private SliceGrid() {}

  /**
   * Transforms points.
   *
   * @param edge of the cube in direct space, Å
   * @param resolution d in Å; points beyond it are left out
   */
  public static void run(
      RealTransform transform, Points p, double edge, double resolution, Parallel parallel) {
    int n = transform.size();
    long[] keys = new long[p.size()];
    double[] value = new double[p.size()];
    int count = 0;
    for (int i = 0; i < p.size(); i++) {
      double length = p.length(i);
      if (length <= 1 / resolution) {
        long x = Math.floorMod(Math.round(p.r[3 * i] * edge), n);
        long y = Math.floorMod(Math.round(p.r[3 * i + 1] * edge), n);
        long z = Math.floorMod(Math.round(p.r[3 * i + 2] * edge), n);
        keys[count] = x + n * (y + n * z) << 32 | count;
        value[count] = Math.exp(Math.log(0.05) * resolution * resolution * length * length);
        count++;
      }
    }
    Arrays.sort(keys, 0, count);
    int[] points = new int[count];
    float[] values = new float[count];
    int used = 0;
    for (int i = 0; i < count; i++) {
      int point = (int) (keys[i] >>> 32);
      if (used == 0 || points[used - 1] != point) {
        points[used++] = point;
      }
      values[used - 1] += (float) value[(int) keys[i]];
    }
    transform.run(
        Arrays.copyOf(points, used),
        Arrays.copyOf(values, used),
        (total, task) -> parallel.forEach(total, task::accept));
  }
}
