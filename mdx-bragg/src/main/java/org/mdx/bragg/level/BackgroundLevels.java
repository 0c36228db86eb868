package org.mdx.bragg.level;

import java.util.Arrays;
import org.mdx.bragg.internal.intensity.ShellMeans;
import org.mdx.level.ImageLevels;

/**
 * Images of which the background below reflections abruptly has less or more than that of the
 * others. The background of a reflection is the mean of all images of its box; what each image has
 * comes from all boxes by expectation maximisation (Richardson 1972, J. Opt. Soc. Am. 62, 55).
 */
final class BackgroundLevels {
  private static final int SHELLS = 20;
  private static final int STEPS = 100;

  /** Reflections that are looked at, at most. */
  private static final int MOST = 50_000;

  /** A background of more times the usual one is something else. */
  private static final double OUTLIER = 3;

  /** What the mean of one image is known to at best: 3 %. */
  private static final double BEST = 1000;

  /** Half the length of a box in standard deviations of the reflection. */
  private static final double HALF = 3;

  private BackgroundLevels() {}

  /**
   * The levels.
   *
   * @param background of each intensity
   * @param rows intensities of the sweep
   * @param s 1/d² of each intensity
   * @param place of each, in images
   * @param width standard deviation of each, in images
   * @param images of the sweep
   */
  static ImageLevels of(
      double[] background, int[] rows, double[] s, double[] place, double[] width, int images) {
    int step = Math.max(1, rows.length / MOST);
    int[] some = new int[(rows.length + step - 1) / step];
    Arrays.setAll(some, k -> rows[k * step]);
    double[] value = Arrays.stream(some).mapToDouble(i -> background[i]).toArray();
    double[] resolution = Arrays.stream(some).mapToDouble(i -> s[i]).toArray();
    ShellMeans means = new ShellMeans(resolution, value.clone(), SHELLS);
    double[] level = new double[images];
    Arrays.fill(level, 1);
    int[] from = new int[some.length];
    int[] to = new int[some.length];
    double[] boxes = new double[images];
    for (int k = 0; k < some.length; k++) {
      int i = some[k];
      double half = HALF * width[i] + 0.5;
      value[k] = Math.max(0, Math.min(OUTLIER, value[k] / means.at(resolution[k])));
      from[k] = IntensityLevels.image(Math.rint(place[i] - half), images);
      to[k] = IntensityLevels.image(Math.rint(place[i] + half) - 0.5, images) + 1;
      for (int f = from[k]; f < to[k]; f++) {
        boxes[f] += 1.0 / (to[k] - from[k]);
      }
    }
    for (int n = 0; n < STEPS; n++) {
      double[] ratio = new double[images];
      for (int k = 0; k < some.length; k++) {
        double sum = 0;
        for (int f = from[k]; f < to[k]; f++) {
          sum += level[f];
        }
        for (int f = from[k]; f < to[k] && sum > 0; f++) {
          ratio[f] += value[k] / sum;
        }
      }
      for (int f = 0; f < images; f++) {
        level[f] *= boxes[f] > 0 ? ratio[f] / boxes[f] : 1;
      }
    }
    double[] weight = Arrays.stream(boxes).map(b -> Math.min(BEST, 5 * b)).toArray();
    return ImageLevels.of(weight, level, 0);
  }
}
