package org.mdx.bragg.merge;

import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.mdx.bragg.internal.intensity.Measurements;
import org.mdx.geometry.Geometry;
import org.mdx.reflection.ReflectionKey;
import org.mdx.reflection.ReflectionKeys;
import org.mdx.reflection.Reflections;

/**
 * Errors of scale factors in a mean. Measurements of one stretch of a sweep have one error in
 * common. A common scale of all is no error, so those of N stretches add up to nothing, and the
 * covariance of two is −σσ'/(N − 1): a mean over all stretches is as good as with known scales. The
 * variance of Σ w is then N/(N − 1) Σ s² − (Σ s)²/(N − 1) with s = Σ w σ_g/g over a stretch.
 */
final class ScaleBlocks {
  /** Rotation over which a scale is about the same, degrees. */
  private static final double DEGREES = 10;

  private final int[] block;
  private final int count;
  private final double[][] sums;
  private final int[][] touched;
  private final int[] touches = new int[3];

  ScaleBlocks(List<Geometry> geometries, Reflections all, Measurements data) {
    ReflectionKey<double[]> key =
        all.has(ReflectionKeys.XYZCAL_PX) ? ReflectionKeys.XYZCAL_PX : ReflectionKeys.XYZOBS_PX;
    double[] xyz = all.has(key) ? all.get(key) : null;
    Map<Long, Integer> number = new HashMap<>();
    block = new int[data.size()];
    for (int i = 0; i < block.length; i++) {
      Geometry g = geometries.get(data.sweep(i));
      double z = xyz == null ? 0 : xyz[3 * data.row(i) + 2] - g.scan().firstImage() + 1;
      double stretches = Math.ceil(g.scan().frames() * Math.abs(g.scan().width()) / DEGREES - 1e-6);
      double at = Math.max(0, Math.min(0.999, z / g.scan().frames())) * Math.max(1, stretches);
      long id = ((long) data.sweep(i) << 32) + (long) at;
      block[i] = number.computeIfAbsent(id, k -> number.size());
    }
    count = number.size();
    sums = new double[3][count];
    touched = new int[3][count];
  }

  /** Adds w σ_g/g of a measurement to one of three means. */
  void add(int mean, int i, double value) {
    int b = block[i];
    if (sums[mean][b] == 0 && value > 0) {
      touched[mean][touches[mean]++] = b;
    }
    sums[mean][b] += value;
  }

  /** The variance of what was added to a mean, which is forgotten. */
  double take(int mean) {
    // in one order, whatever that of the rows
    Arrays.sort(touched[mean], 0, touches[mean]);
    double square = 0;
    double sum = 0;
    for (int k = 0; k < touches[mean]; k++) {
      double s = sums[mean][touched[mean][k]];
      square += s * s;
      sum += s;
      sums[mean][touched[mean][k]] = 0;
    }
    touches[mean] = 0;
    return count < 2 ? square : Math.max(0, (count * square - sum * sum) / (count - 1));
  }
}
