package org.mdx.peaks;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;
import org.mdx.crystal.SpaceGroup;
import org.mdx.geometry.MillerIndexMap;
import org.mdx.image.FrameBuffer;
import org.mdx.image.ImageSeries;
import org.mdx.parallel.Parallel;
import org.mdx.parallel.Progress;

/**
 * Finds how far from the lattice points Bragg peaks reach: the cutoff of the mask, in standard
 * deviations of the peak model.
 *
 * <p>In runs of frames, each reflection has the mean count B of a pixel in its core, those of
 * shells around it, and that of its surroundings. The slope of the shells' excess over the
 * surroundings against B, over all reflections, is the profile of the peak: free of everything that
 * does not grow with the reflection. Its tail falls like a Gaussian; a halo of diffuse scattering
 * grows with the reflection as well, but falls slowly and has to stay. So the profile is taken for
 * the sum of both ({@link TailFit}). The cutoff is the smallest at which what is left of the tail
 * scatters, from reflection to reflection, by 0.15 of what the surroundings do, at every
 * resolution.
 */
public final class CutoffFinder {

  /** The least cutoff. */
  public static final double LEAST = 3;

  private static final double STEP = 0.25;
  private static final double CORE = 1.5;

  /**
   * The farthest shell, where there is room; Miller indices then are 0.6 from the lattice point.
   */
  private static final double OUTER = 8;

  private static final double ROOM = 0.6;

  /** Thickness of the shells that the surroundings are made of. */
  private static final double FAR = 1.5;

  /** From here on a profile is taken for a tail and a halo. */
  private static final double FITTED = 2.25;

  /** Fewer shells between core and surroundings tell nothing: peaks fill reciprocal space. */
  private static final int FEWEST_SHELLS = 2;

  /** No pixel farther than this from the lattice point, in Miller indices, is masked. */
  private static final double FARTHEST = 0.42;

  /** Scatter of what is left of the tail over that of the surroundings. */
  private static final double SHARE = 0.15;

  /** Levels below so many standard errors are not believed. */
  private static final double SIGNIFICANT = 3;

  private static final double RUN = 2.5;
  private static final int FEWEST_FRAMES = 24;
  private static final int MOST_FRAMES = 120;
  private static final int MOST_BINS = 5;
  private static final int REFLECTIONS_A_BIN = 60;

  private final ImageSeries images;
  private final MillerIndexMap map;
  private final PeakModel model;
  private final SpaceGroup group;
  private final TailEvents.Shells shells;
  private final int farFrom;
  private final double most;

  /** Variance of the reading of a pixel, counts². */
  private final double noise;

  private CutoffFinder(ImageSeries images, MillerIndexMap map, PeakModel model, SpaceGroup group) {
    this.images = images;
    this.map = map;
    this.model = model;
    this.group = group;
    noise =
        IntStream.range(0, images.source().panels())
            .mapToDouble(p -> images.response(p).noiseVariance())
            .max()
            .orElse(0);
    double widest = model.semiAxes()[0];
    double outer = Math.min(OUTER, ROOM / widest);
    int count = Math.max(8, (int) Math.floor((outer - CORE) / STEP));
    shells = new TailEvents.Shells(CORE, STEP, count);
    farFrom = count - (int) (FAR / STEP) + 1;
    most = Math.max(LEAST, Math.floor(FARTHEST / widest / STEP) * STEP);
  }

  /**
   * Finds the cutoff of a sweep from a twelfth of its frames, but 24 to 120.
   *
   * @param images the frames
   * @param map the Miller indices of their pixels
   * @param model the peaks that were found
   * @param group the space group
   * @param parallel threads; the result does not depend on them
   * @param progress told of every frame
   * @return the cutoff and what decided it; the least where there is nothing to decide by
   */
  public static FoundCutoff find(
      ImageSeries images,
      MillerIndexMap map,
      PeakModel model,
      SpaceGroup group,
      Parallel parallel,
      Progress progress) {
    return new CutoffFinder(images, map, model, group).run(parallel, progress);
  }

  /** A reflection that a run of frames met: its core over the surroundings, and the shells. */
  private record Reflection(double s, double core, double far, double farPixels, double[][] y) {}

  private FoundCutoff run(Parallel parallel, Progress progress) {
    int all = images.frames();
    double width = Math.max(Math.abs(images.geometry().scan().width()), 1e-3);
    int length = (int) Math.min(all, Math.max(3, Math.min(25, Math.ceil(RUN / width))));
    int wanted = Math.max(FEWEST_FRAMES, Math.min(MOST_FRAMES, all / 12));
    int runs = Math.max(1, Math.min(all / length, (wanted + length - 1) / length));
    TailEvents[] events = new TailEvents[runs];
    FrameBuffer.Pool buffers = new FrameBuffer.Pool(images);
    Progress.Counter counter = progress.counter("find mask cutoff", runs);
    parallel.forEach(
        runs,
        r -> {
          int first =
              runs == 1 ? (all - length) / 2 : (int) ((long) r * (all - length) / (runs - 1));
          events[r] = new TailEvents(shells);
          events[r].addFrames(images, buffers, map, model, group, first, length);
          counter.advance();
        });
    List<Reflection> reflections = new ArrayList<>();
    for (TailEvents e : events) {
      addTo(reflections, e);
    }
    reflections.sort(Comparator.comparingDouble(Reflection::s));
    return decide(reflections, runs * length);
  }

  private void addTo(List<Reflection> reflections, TailEvents e) {
    for (int i = 0; i < e.size(); i++) {
      double n = 0;
      double sum = 0;
      for (int j = farFrom; j <= shells.count(); j++) {
        n += e.pixels(i, j);
        sum += e.counts(i, j);
      }
      if (n >= 10 && e.pixels(i, 0) >= 2) {
        double far = sum / n;
        double[][] y = new double[2][farFrom - 1];
        for (int j = 1; j < farFrom; j++) {
          y[0][j - 1] = e.pixels(i, j);
          y[1][j - 1] = e.pixels(i, j) == 0 ? 0 : e.counts(i, j) / e.pixels(i, j) - far;
        }
        double core = e.counts(i, 0) / e.pixels(i, 0) - far;
        reflections.add(new Reflection(e.s(i), core, far, n, y));
      }
    }
  }

  /** Slope of each shell's excess against the core, weighted by counting statistics. */
  private double[][] profile(List<Reflection> reflections) {
    int n = farFrom - 1;
    double[][] slope = new double[2][n];
    double[] xx = new double[n];
    for (Reflection r : reflections) {
      double rate = Math.max(r.far, 0.3) + noise;
      for (int j = 0; j < n; j++) {
        if (r.y[0][j] > 0) {
          double w = 1 / (rate / r.y[0][j] + rate / r.farPixels);
          slope[0][j] += w * r.core * r.y[1][j];
          xx[j] += w * r.core * r.core;
        }
      }
    }
    for (int j = 0; j < n; j++) {
      slope[0][j] = xx[j] > 0 ? slope[0][j] / xx[j] : 0;
      slope[1][j] = xx[j] > 0 ? 1 / Math.sqrt(xx[j]) : Double.POSITIVE_INFINITY;
    }
    return slope;
  }

  private FoundCutoff decide(List<Reflection> reflections, int frames) {
    int from = shells.of(FITTED + STEP / 2) - 1;
    int fitted = farFrom - 1 - from;
    if (reflections.size() < REFLECTIONS_A_BIN || fitted < FEWEST_SHELLS) {
      return new FoundCutoff(LEAST, reflections.size(), frames, Double.NaN, List.of());
    }
    double[][] profile = profile(reflections);
    double[] distance = new double[fitted];
    for (int i = 0; i < distance.length; i++) {
      distance[i] = shells.middle(from + i + 1);
    }
    double far = (shells.middle(farFrom) + shells.middle(shells.count())) / 2;
    TailFit fit = new TailFit(distance, far, tail(profile[0], from), tail(profile[1], from)).fit();
    double strongest = strongest(reflections, fit, from);
    double cutoff = LEAST;
    while (cutoff < most && strongest * fit.tail(cutoff) > SHARE) {
      cutoff += STEP;
    }
    double level = fit.levels().tail();
    List<FoundCutoff.Shell> table = new ArrayList<>();
    for (int j = from; j < farFrom - 1; j++) {
      double d = shells.middle(j + 1);
      table.add(
          new FoundCutoff.Shell(
              d - STEP / 2,
              d + STEP / 2,
              profile[0][j],
              profile[1][j],
              level * fit.tail(d),
              strongest * fit.tail(d)));
    }
    return new FoundCutoff(cutoff, reflections.size(), frames, fit.width(), table);
  }

  private static double[] tail(double[] a, int from) {
    return Arrays.copyOfRange(a, from, a.length);
  }

  /**
   * Scatter of a tail of level one over that of the surroundings, in the shell of resolution where
   * it is largest.
   */
  private double strongest(List<Reflection> reflections, TailFit fit, int from) {
    int bins = Math.max(1, Math.min(MOST_BINS, reflections.size() / REFLECTIONS_A_BIN));
    double largest = 0;
    for (int b = 0; b < bins; b++) {
      List<Reflection> bin =
          reflections.subList(
              (int) ((long) b * reflections.size() / bins),
              (int) ((long) (b + 1) * reflections.size() / bins));
      double[][] profile = profile(bin);
      double[] y = tail(profile[0], from);
      double[] error = tail(profile[1], from);
      if (y[0] > SIGNIFICANT * error[0]) {
        double level = fit.levels(y, error).tail();
        largest = Math.max(largest, level * scatterOfCores(bin) / scatterOfSurroundings(bin));
      }
    }
    return largest;
  }

  private static double scatterOfCores(List<Reflection> bin) {
    double sum = 0;
    double squares = 0;
    for (Reflection r : bin) {
      sum += r.core;
      squares += r.core * r.core;
    }
    double mean = sum / bin.size();
    return Math.sqrt(Math.max(0, squares / bin.size() - mean * mean));
  }

  /** From neighbours in resolution, so that a slope along it does not count. */
  private static double scatterOfSurroundings(List<Reflection> bin) {
    double squares = 0;
    for (int i = 1; i < bin.size(); i++) {
      double d = bin.get(i).far - bin.get(i - 1).far;
      squares += d * d;
    }
    return Math.sqrt(squares / 2 / (bin.size() - 1));
  }
}
