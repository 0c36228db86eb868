package org.mdx.bragg.level;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.mdx.bragg.internal.intensity.Measurements;
import org.mdx.bragg.internal.intensity.ShellMeans;
import org.mdx.geometry.Geometry;
import org.mdx.geometry.Scan;
import org.mdx.level.ImageLevels;
import org.mdx.reflection.ReflectionKey;
import org.mdx.reflection.ReflectionKeys;
import org.mdx.reflection.Reflections;

/**
 * Abrupt changes of the intensity within sweeps: an attenuator, a beam that was off for a moment, a
 * crystal that left it. They come from intensities over the mean of their shell of resolution,
 * averaged over the reflections of each image, so that neither symmetry nor repeated measurements
 * are needed. What changes smoothly stays for scaling. Immutable.
 */
public final class IntensityLevels {
  private static final int SHELLS = 20;

  /** Reflections of more times the mean of their shell count as if they had so much. */
  private static final double MOST = 6;

  /** Half a reflection in standard deviations, as boxes have it. */
  private static final double HALF = 3;

  private static final int ROUNDS = 8;

  /** Reflections of a block of images. */
  private static final double FEWEST = 12;

  private final ImageLevels[] levels;
  private final int[] firstImage;
  private final int[] sweep;

  /** Where reflections are, and their standard deviation, in images from the first one. */
  private final double[] place;

  private final double[] width;

  private IntensityLevels(
      ImageLevels[] levels, int[] firstImage, int[] sweep, double[] place, double[] width) {
    this.levels = levels;
    this.firstImage = firstImage;
    this.sweep = sweep;
    this.place = place;
    this.width = width;
  }

  /**
   * Measures the levels.
   *
   * @param geometries one for each id
   * @param reflections integrated, with places along the scan and perhaps {@code bbox}
   * @param m intensities of them
   * @param inverseSquare 1/d² of each intensity, Å⁻²
   * @return levels of all images of all sweeps
   */
  public static IntensityLevels of(
      List<Geometry> geometries, Reflections reflections, Measurements m, double[] inverseSquare) {
    int n = m.size();
    int[] sweep = new int[n];
    double[] place = new double[n];
    double[] width = new double[n];
    ReflectionKey<double[]> key =
        reflections.has(ReflectionKeys.XYZCAL_PX)
            ? ReflectionKeys.XYZCAL_PX
            : ReflectionKeys.XYZOBS_PX;
    double[] z = reflections.has(key) ? reflections.get(key) : null;
    int[] box = reflections.has(ReflectionKeys.BBOX) ? reflections.get(ReflectionKeys.BBOX) : null;
    for (int i = 0; i < n; i++) {
      int row = m.row(i);
      sweep[i] = m.sweep(i);
      Scan scan = geometries.get(sweep[i]).scan();
      place[i] = z == null ? 0 : z[3 * row + 2] - scan.firstImage() + 1;
      // a box ends at whole images, which makes it longer by one on average
      width[i] =
          box == null ? 0 : Math.max(0, box[6 * row + 5] - box[6 * row + 4] - 1) / (2 * HALF);
    }
    double[] background = null;
    if (reflections.has(ReflectionKeys.BACKGROUND_MEAN) && box != null) {
      double[] all = reflections.get(ReflectionKeys.BACKGROUND_MEAN);
      background = IntStream.range(0, n).mapToDouble(i -> all[m.row(i)]).toArray();
    }
    ImageLevels[] levels = new ImageLevels[geometries.size()];
    int[] first = new int[levels.length];
    int[][] rows = rows(sweep, levels.length);
    for (int s = 0; s < levels.length; s++) {
      Scan scan = geometries.get(s).scan();
      first[s] = scan.firstImage();
      levels[s] =
          z == null
              ? ImageLevels.of(new double[0], new double[0], 0)
              : sweep(m, rows[s], inverseSquare, background, place, width, scan.frames());
    }
    return new IntensityLevels(levels, first, sweep, place, width);
  }

  private static int[][] rows(int[] sweep, int sweeps) {
    int[] count = new int[sweeps];
    for (int s : sweep) {
      count[s]++;
    }
    int[][] rows = new int[sweeps][];
    Arrays.setAll(rows, s -> new int[count[s]]);
    Arrays.fill(count, 0);
    for (int i = 0; i < sweep.length; i++) {
      rows[sweep[i]][count[sweep[i]]++] = i;
    }
    return rows;
  }

  private static ImageLevels sweep(
      Measurements m,
      int[] rows,
      double[] s,
      double[] background,
      double[] place,
      double[] width,
      int images) {
    double[] value = new double[rows.length];
    double[] resolution = new double[rows.length];
    double[] weight = new double[rows.length];
    for (int k = 0; k < rows.length; k++) {
      value[k] = m.value(rows[k]);
      resolution[k] = s[rows[k]];
    }
    if (rows.length == 0) {
      return ImageLevels.of(new double[images], new double[images], 0);
    }
    ShellMeans means = new ShellMeans(resolution, value, SHELLS);
    double[] n = new double[images];
    double[] mean = new double[images];
    double noisy = 0;
    for (int k = 0; k < rows.length; k++) {
      double usual = means.at(resolution[k]);
      double noise = m.variance(rows[k]) / (usual * usual);
      weight[k] = 1 / (1 + noise);
      noisy += noise * weight[k] / rows.length;
      value[k] = Math.min(MOST + 3 * Math.sqrt(noise), value[k] / usual);
      int f = image(place[rows[k]], images);
      n[f] += weight[k];
      mean[f] += weight[k] * value[k];
    }
    for (int f = 0; f < images; f++) {
      mean[f] = n[f] > 0 ? mean[f] / n[f] : 0;
    }
    // where there is a background it tells which images, and the intensities by how much
    ImageLevels found =
        background == null ? null : BackgroundLevels.of(background, rows, s, place, width, images);
    found = found == null || found.areAlike() ? null : found.measured(n, mean);
    if (found == null || found.areAlike()) {
      double[] lengths = Arrays.stream(rows).mapToDouble(i -> width[i]).sorted().toArray();
      found = ofIntensities(n, mean, noisy, lengths[lengths.length / 2]);
    }
    return found.areAlike() ? found : shared(found, rows, value, weight, place, width, images);
  }

  /** Levels of blocks of as many images as have some reflections. */
  private static ImageLevels ofIntensities(double[] n, double[] mean, double noisy, double length) {
    int[] block = new int[n.length];
    double[] count = new double[n.length];
    double[] sum = new double[n.length];
    int b = 0;
    for (int f = 0; f < n.length; f++) {
      if (count[b] >= FEWEST) {
        b++;
      }
      block[f] = b;
      count[b] += n[f];
      sum[b] += n[f] * mean[f];
    }
    int blocks = n.length == 0 ? 0 : b + 1;
    double[] level = new double[blocks];
    for (int k = 0; k < blocks; k++) {
      double y = count[k] > 0 ? sum[k] / count[k] : 0;
      // what noise makes low is not as unlikely as intensities without noise would make it
      double soft = y < 1 ? 1 / (2 - y) : y;
      level[k] = (1 - noisy) * y + noisy * soft;
    }
    int blur = (int) Math.ceil(2 * length * blocks / Math.max(1, n.length));
    return ImageLevels.of(Arrays.copyOf(count, blocks), level, Math.max(1, blur)).ofBlocks(block);
  }

  /** Levels that make of reflections that lie in several images what was seen of them. */
  private static ImageLevels shared(
      ImageLevels found,
      int[] rows,
      double[] value,
      double[] weight,
      double[] place,
      double[] width,
      int images) {
    int groups = found.groups();
    double[] target = new double[groups];
    Arrays.setAll(target, found::level);
    double[] level = target.clone();
    for (int round = 0; round < ROUNDS; round++) {
      ImageLevels now = found.withLevels(level);
      double[] sum = new double[groups];
      double[] total = new double[groups];
      for (int k = 0; k < rows.length; k++) {
        int g = found.group(image(place[rows[k]], images));
        sum[g] += weight[k] * mean(now, place[rows[k]], width[rows[k]], images);
        total[g] += weight[k];
      }
      for (int g = 1; g < groups; g++) {
        double ratio = sum[g] / total[g] * total[0] / sum[0];
        level[g] = Math.max(0.02 * target[g], level[g] + target[g] - ratio);
      }
    }
    return found.withLevels(level);
  }

  static int image(double place, int images) {
    return (int) Math.max(0, Math.min(images - 1, Math.floor(place)));
  }

  /** The level of the images that a reflection lies in, each by what it has of it. */
  private static double mean(ImageLevels levels, double place, double width, int images) {
    if (!(width > 0)) {
      return levels.level(levels.group(image(place, images)));
    }
    int from = image(place - HALF * width, images);
    int to = image(place + HALF * width, images);
    double sum = 0;
    double all = 0;
    for (int f = from; f <= to; f++) {
      double part = below((f + 1 - place) / width) - below((f - place) / width);
      sum += part * levels.level(levels.group(f));
      all += part;
    }
    return all > 1e-6 ? sum / all : levels.level(levels.group(image(place, images)));
  }

  /** About the integral of a normal distribution, by the logistic one. */
  private static double below(double t) {
    return 1 / (1 + Math.exp(-1.5976 * t - 0.07056 * t * t * t));
  }

  /**
   * Whether no image of any sweep stands out.
   *
   * @return true if all factors are 1
   */
  public boolean areAlike() {
    return Arrays.stream(levels).allMatch(ImageLevels::areAlike);
  }

  /**
   * What an intensity has of what it would have in the usual images of its sweep.
   *
   * @param i number of the intensity
   * @return above 0
   */
  public double factor(int i) {
    ImageLevels of = levels[sweep[i]];
    return of.areAlike() ? 1 : mean(of, place[i], width[i], images(sweep[i]));
  }

  private int images(int s) {
    return levels[s].images();
  }

  /**
   * The levels of a sweep.
   *
   * @param s sweep from 0
   * @return of its images
   */
  public ImageLevels of(int s) {
    return levels[s];
  }

  /**
   * What to tell of them.
   *
   * @return a sentence for each sweep in which images stand out
   */
  public List<String> notes() {
    List<String> out = new ArrayList<>();
    for (int s = 0; s < levels.length; s++) {
      String of = levels.length == 1 ? "" : " of sweep " + s;
      levels[s].text("intensity", of, firstImage[s]).ifPresent(out::add);
    }
    return out;
  }
}
