package org.mdx.bragg.internal.vectors;

import java.util.List;
import org.mdx.math.Vec3;

/**
 * Local maxima of half a cube as a transform leaves it.
 *
 * @param f value at kx + (n/2 + 1)·(ky + n·kz)
 * @param n edge of the cube
 * @param step distance of its points in Å
 * @param least lowest maximum
 * @param whole value that is a score of 1
 */
public record GridMaxima(float[] f, int n, double step, double least, double whole) {

  /** Adds the maxima of a plane kz, of each pair ±v one. */
  public void collect(int z, double shortest, double longest, List<BasisVector> found) {
    int half = n / 2 + 1;
    int cz = z > n / 2 ? z - n : z;
    for (int y = 0; y < n; y++) {
      int cy = y > n / 2 ? y - n : y;
      int line = (z * n + y) * half;
      for (int x = 0; x < half - 1; x++) {
        float value = f[line + x];
        if (value > least) {
          double length = step * Math.sqrt((double) x * x + cy * cy + cz * cz);
          boolean first = x > 0 || cz > 0 || cz == 0 && cy > 0;
          if (first && length >= shortest && length <= longest && highest(x, y, z, value)) {
            Vec3 v = new Vec3(x * step, cy * step, cz * step);
            found.add(new BasisVector(v, value / whole));
          }
        }
      }
    }
  }

  private boolean highest(int x, int y, int z, float value) {
    int half = n / 2 + 1;
    for (int dz = -1; dz <= 1; dz++) {
      for (int dy = -1; dy <= 1; dy++) {
        int line = ((z + dz & n - 1) * n + (y + dy & n - 1)) * half;
        for (int dx = -1; dx <= 1; dx++) {
          if (x + dx >= 0 && f[line + x + dx] > value) {
            return false;
          }
        }
      }
    }
    return true;
  }
}
