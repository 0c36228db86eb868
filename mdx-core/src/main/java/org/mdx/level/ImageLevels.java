package org.mdx.level;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * Images that abruptly have less or more of something than the images before and after: of
 * intensity, of background. What changes smoothly along the scan is no such thing. Runs of images
 * are found by their likelihood; a boundary counts where a straight line through the images about
 * it does not explain it; runs of about the same level are one group; the levels come from a fit
 * together with a smooth curve. The group of the most images has the level 1. Immutable.
 */
public final class ImageLevels {
  /** Levels within this factor of 1 are not told. */
  private static final double WORTH = 1.25;

  /** Standard deviations of a level that is told. */
  private static final double CLEAR = 5;

  /** Standard deviations within which two runs have the same level. */
  private static final double SAME = 2.5;

  /** Part of a step that has to be abrupt. */
  private static final double ABRUPT = 0.6;

  /** Standard deviations of a step that tell how abrupt it is. */
  private static final double LOOKED = 12;

  /** Images on either side that are looked at, at least, if there are as many. */
  private static final int LOOKED_IMAGES = 4;

  /** Part of a scan on either side that is looked at, at most. */
  private static final int LINE = 12;

  /** What a line and a step must explain more than a line, in −ln of the likelihood. */
  private static final double GAIN = 8;

  /** Median of χ² of one degree of freedom. */
  private static final double MEDIAN = 0.455;

  /** Means are at least this part of their median. */
  private static final double LEAST = 0.01;

  private static final int FEWEST_IMAGES = 6;
  private static final int MOST_RUNS = 300;
  private static final int[] KNOTS = {1, 2, 3, 5, 9};

  /** Images that a note names. */
  private static final int NAMED = 6;

  private final int[] group;
  private final double[] level;

  private ImageLevels(int[] group, double[] level) {
    this.group = group;
    this.level = level;
  }

  /**
   * Finds the levels.
   *
   * @param n for each image how many observations with an error of 100 % would tell its mean as
   *     well, the squared mean over its variance; 0 of an image that tells nothing
   * @param mean of what each image has, any unit; below 0 by chance only
   * @param blur images on each side of a change that it may be spread over, 0 or more
   * @return the levels; all 1 if there is no abrupt change
   * @throws IllegalArgumentException if the arrays differ in length
   */
  public static ImageLevels of(double[] n, double[] mean, int blur) {
    if (n.length != mean.length) {
      throw new IllegalArgumentException(n.length + " weights of " + mean.length + " images");
    }
    double[] known =
        java.util.stream.IntStream.range(0, n.length)
            .filter(f -> n[f] > 0)
            .mapToDouble(f -> mean[f])
            .sorted()
            .toArray();
    ImageLevels none = new ImageLevels(new int[n.length], new double[] {1});
    if (known.length < FEWEST_IMAGES || !(known[known.length / 2] > 0)) {
      return none;
    }
    double[] m = new double[mean.length];
    for (int f = 0; f < m.length; f++) {
      m[f] = Math.max(n[f] > 0 ? mean[f] : 0, LEAST * known[known.length / 2]);
    }
    double spread = spread(n, m);
    double[] w = Arrays.stream(n).map(x -> x / spread).toArray();
    int[] starts = abrupt(Segments.of(w, m), w, m, blur);
    if (starts.length <= 2 || starts.length > MOST_RUNS) {
      return none;
    }
    int[] group = new int[n.length];
    for (int k = 0; k + 1 < starts.length; k++) {
      Arrays.fill(group, starts[k], starts[k + 1], k);
    }
    return grouped(group, w, m);
  }

  /** Variance of differences of neighbours over that which their numbers tell, at least 1. */
  private static double spread(double[] n, double[] m) {
    double[] squares = new double[n.length];
    int count = 0;
    for (int f = 1; f < n.length; f++) {
      if (n[f] > 0 && n[f - 1] > 0) {
        double mean = (n[f] * m[f] + n[f - 1] * m[f - 1]) / (n[f] + n[f - 1]);
        double d = (m[f] - m[f - 1]) / mean;
        squares[count++] = d * d / (1 / n[f] + 1 / n[f - 1]);
      }
    }
    Arrays.sort(squares, 0, count);
    return count == 0 ? 1 : Math.max(1, squares[count / 2] / MEDIAN);
  }

  /** Leaves out the boundaries that are no abrupt steps, the least one first. */
  private static int[] abrupt(int[] starts, double[] n, double[] m, int blur) {
    List<Integer> kept = new ArrayList<>(Arrays.stream(starts).boxed().toList());
    while (kept.size() > 2 && kept.size() <= MOST_RUNS) {
      int worst = -1;
      double least = Double.POSITIVE_INFINITY;
      for (int b = 1; b + 1 < kept.size(); b++) {
        int[] run = {kept.get(b - 1), kept.get(b), kept.get(b + 1)};
        double strength = strength(run, n, m, blur);
        if (strength < least) {
          least = strength;
          worst = b;
        }
      }
      if (least >= GAIN) {
        break;
      }
      kept.remove(worst);
    }
    return kept.stream().mapToInt(Integer::intValue).toArray();
  }

  /** What a step explains more than a line alone; 0 if the line explains most of it. */
  private static double strength(int[] run, double[] n, double[] m, int blur) {
    int at = run[1];
    double r = Math.log(mean(at, run[2], n, m) / mean(run[0], at, n, m));
    double enough = LOOKED * LOOKED / (r * r);
    int end = Math.max(run[0] + 1, at - blur);
    int start = Math.min(run[2] - 1, at + blur);
    // within so much of a scan even smooth changes are lines
    int most = LOOKED_IMAGES + n.length / LINE;
    int a = end;
    double before = 0;
    while (a > run[0] && end - a < most && (before < enough || end - a < LOOKED_IMAGES)) {
      before += n[--a];
    }
    int b = start;
    double after = 0;
    while (b < run[2] && b - start < most && (after < enough || b - start < LOOKED_IMAGES)) {
      after += n[b++];
    }
    double[] w = Arrays.copyOfRange(n, a, b);
    double[] y = Arrays.copyOfRange(m, a, b);
    double[][] columns = new double[3][b - a];
    for (int f = a; f < b; f++) {
      w[f - a] = f < end || f >= start ? n[f] : 0;
      columns[0][f - a] = 1;
      columns[1][f - a] = end - a + b - start > 2 ? (f - at + 0.5) / (b - a) : 0;
      columns[2][f - a] = f < at ? 0 : 1;
    }
    LogLinear line = new LogLinear(w, y, Arrays.copyOf(columns, 2));
    LogLinear step = new LogLinear(w, y, columns);
    boolean abrupt = step.parameter(2) * Math.signum(r) > ABRUPT * Math.abs(r);
    return abrupt ? line.misfit() - step.misfit() : 0;
  }

  private static double mean(int from, int to, double[] n, double[] m) {
    double top = 0;
    double bottom = 0;
    for (int f = from; f < to; f++) {
      top += n[f] * m[f];
      bottom += n[f];
    }
    return bottom > 0 ? top / bottom : Double.NaN;
  }

  /**
   * The levels of something else in the same groups of images; groups that are alike in it become
   * one.
   *
   * @param n as of the first measure
   * @param mean as of the first measure
   * @return levels
   * @throws IllegalArgumentException if the number of images differs
   */
  public ImageLevels measured(double[] n, double[] mean) {
    if (n.length != group.length || mean.length != group.length) {
      throw new IllegalArgumentException(n.length + " images, must be " + group.length);
    }
    double[] m = new double[mean.length];
    double all = mean(0, n.length, n, mean);
    if (!(all > 0)) {
      return new ImageLevels(new int[n.length], new double[] {1});
    }
    for (int f = 0; f < m.length; f++) {
      m[f] = Math.max(mean[f], LEAST * all);
    }
    double spread = spread(n, m);
    return grouped(group, Arrays.stream(n).map(x -> x / spread).toArray(), m);
  }

  private static ImageLevels grouped(int[] runs, double[] n, double[] m) {
    int[] group = runs;
    int before;
    double[] level;
    do {
      before = 1 + Arrays.stream(group).max().orElse(0);
      group = byImages(group, before);
      double[][] fit = fitted(group, before, n, m);
      level = fit[0];
      group = merged(group, level, fit[1]);
    } while (1 + Arrays.stream(group).max().orElse(0) < before);
    return new ImageLevels(group, Arrays.stream(level).map(Math::exp).toArray());
  }

  /** Numbers the groups, the one of the most images first. */
  private static int[] byImages(int[] group, int groups) {
    int[] count = new int[groups];
    for (int g : group) {
      count[g]++;
    }
    int[] order =
        java.util.stream.IntStream.range(0, groups)
            .boxed()
            .sorted((a, b) -> count[a] != count[b] ? count[b] - count[a] : a - b)
            .mapToInt(Integer::intValue)
            .toArray();
    int[] place = new int[groups];
    for (int k = 0; k < groups; k++) {
      place[order[k]] = k;
    }
    return Arrays.stream(group).map(g -> place[g]).toArray();
  }

  /** ln of the levels and their standard deviations, together with the curve that is best. */
  private static double[][] fitted(int[] group, int groups, double[] n, double[] m) {
    double least = Double.POSITIVE_INFINITY;
    double[][] out = null;
    double all = Arrays.stream(n).sum();
    for (int knots : KNOTS) {
      if (3 * knots > n.length) {
        break;
      }
      double[][] columns = new double[knots + groups - 1][n.length];
      for (int f = 0; f < n.length; f++) {
        double x = n.length == 1 ? 0 : f * (knots - 1.0) / (n.length - 1);
        for (int k = 0; k < knots; k++) {
          columns[k][f] = Math.max(0, 1 - Math.abs(x - k));
        }
        if (group[f] > 0) {
          columns[knots + group[f] - 1][f] = 1;
        }
      }
      LogLinear fit = new LogLinear(n, m, columns);
      double cost = fit.misfit() + 0.5 * knots * Math.log(Math.max(2, all));
      if (cost < least) {
        least = cost;
        out = new double[2][groups];
        for (int g = 1; g < groups; g++) {
          out[0][g] = fit.parameter(knots + g - 1);
          out[1][g] = fit.sigma(knots + g - 1);
        }
      }
    }
    return out;
  }

  /** Joins the two groups that are most alike, if they are. */
  private static int[] merged(int[] group, double[] level, double[] sigma) {
    double least = 1;
    int one = -1;
    int other = -1;
    for (int a = 0; a < level.length; a++) {
      for (int b = a + 1; b < level.length; b++) {
        double d = Math.abs(level[a] - level[b]);
        double z = d / (SAME * Math.hypot(sigma[a], sigma[b]));
        if (a == 0) {
          z = d < Math.log(WORTH) || d < CLEAR * sigma[b] ? Math.min(z, 0.99) : z;
        }
        if (z < least) {
          least = z;
          one = a;
          other = b;
        }
      }
    }
    int[] out = group.clone();
    for (int f = 0; f < out.length && one >= 0; f++) {
      out[f] = out[f] == other ? one : out[f] > other ? out[f] - 1 : out[f];
    }
    return out;
  }

  /**
   * Levels of images from those of blocks of images.
   *
   * @param block the block of each image
   * @return levels of images
   */
  public ImageLevels ofBlocks(int[] block) {
    return new ImageLevels(Arrays.stream(block).map(b -> group[b]).toArray(), level);
  }

  /**
   * Whether no image stands out.
   *
   * @return true if all levels are 1
   */
  public boolean areAlike() {
    return level.length == 1;
  }

  /**
   * Number of images.
   *
   * @return 0 or more
   */
  public int images() {
    return group.length;
  }

  /**
   * Number of groups of images of one level.
   *
   * @return 1 or more
   */
  public int groups() {
    return level.length;
  }

  /**
   * The group of an image.
   *
   * @param image from 0
   * @return from 0, the group of the most images
   */
  public int group(int image) {
    return group[image];
  }

  /**
   * The level of a group.
   *
   * @param group from 0
   * @return above 0; 1 of the first
   */
  public double level(int group) {
    return level[group];
  }

  /**
   * The same groups with other levels.
   *
   * @param levels of each group, above 0
   * @return levels
   */
  public ImageLevels withLevels(double[] levels) {
    if (levels.length != level.length) {
      throw new IllegalArgumentException(levels.length + " levels of " + level.length + " groups");
    }
    return new ImageLevels(group, levels.clone());
  }

  /**
   * What to tell of it.
   *
   * @param what the images have, such as "intensity"
   * @param of words after the images, such as " of sweep 2", or none
   * @param firstImage number of the first image
   * @return nothing if all images are alike; otherwise without a full stop
   */
  public Optional<String> text(String what, String of, int firstImage) {
    if (areAlike()) {
      return Optional.empty();
    }
    StringBuilder s = new StringBuilder();
    for (int g = 1; g < level.length && g <= NAMED; g++) {
      s.append(g == 1 ? "" : ", ").append(images(g, firstImage)).append(g == 1 ? of : "");
      s.append(
          String.format(Locale.ROOT, g == 1 ? " have %.2f of the %s" : " %.2f", level[g], what));
      s.append(g == 1 ? " of the others" : "");
    }
    if (level.length > NAMED + 1) {
      s.append(", and ").append(level.length - NAMED - 1).append(" more levels");
    }
    return Optional.of(s.toString());
  }

  private String images(int g, int firstImage) {
    List<String> runs = new ArrayList<>();
    int count = 0;
    for (int f = 0; f < group.length; f++) {
      int end = f;
      while (end < group.length && group[end] == g) {
        end++;
      }
      if (end > f) {
        count += end - f;
        int first = firstImage + f;
        runs.add(end == f + 1 ? "" + first : first + " to " + (firstImage + end - 1));
        f = end;
      }
    }
    boolean more = runs.size() > NAMED;
    String list = String.join(", ", more ? runs.subList(0, NAMED) : runs) + (more ? ", …" : "");
    return runs.size() == 1
        ? (count == 1 ? "image " : "images ") + list
        : count + " images (" + list + ")";
  }
}
