package org.mdx.bragg.integrate;

import java.util.Arrays;
import java.util.Locale;
import java.util.Map;
import org.mdx.geometry.Geometry;
import org.mdx.image.ImageSeries;
import org.mdx.parallel.Parallel;
import org.mdx.parallel.Progress;
import org.mdx.prediction.Prediction;
import org.mdx.reflection.ReflectionFlag;
import org.mdx.reflection.ReflectionKey;
import org.mdx.reflection.ReflectionKeys;
import org.mdx.reflection.Reflections;
import org.mdx.table.EmptyResultException;

/**
 * Integrates the predicted reflections of a sweep in one pass over its images. Sources: Kabsch
 * (2010) Acta Cryst. D 66, 133; Parkhurst et al. (2016) J. Appl. Cryst. 49, 1912; Leslie (2006)
 * Acta Cryst. D 62, 48.
 */
public final class Integrator {
  private final ImageSeries images;
  private final IntegrateOptions options;
  private final Parallel parallel;
  private final Progress progress;

  private Integrator(
      ImageSeries images, IntegrateOptions options, Parallel parallel, Progress progress) {
    this.images = images;
    this.options = options;
    this.parallel = parallel;
    this.progress = progress;
  }

  /**
   * Integrates a sweep.
   *
   * @param images frames with the refined geometry
   * @param strong indexed spots with {@code miller_index}, {@code panel}, {@code xyzobs.px.value}
   *     and, unless the options have widths, {@code shoebox}
   * @param options how
   * @param parallel threads; the result is the same for any number
   * @param progress is told of each frame
   * @return the intensities
   * @throws IllegalArgumentException if there is no crystal, a column is missing, the detector has
   *     a gain, a pedestal or read noise, no spot is predicted, or the reflections in flight need
   *     more memory than allowed
   * @throws EmptyResultException if nothing is predicted or nothing could be integrated
   */
  public static Integrated integrate(
      ImageSeries images,
      Reflections strong,
      IntegrateOptions options,
      Parallel parallel,
      Progress progress) {
    return new Integrator(images, options, parallel, progress).run(strong);
  }

  /** Statistics and sums take a value for a number of photons. */
  private void requireCounter() {
    for (int p = 0; p < images.source().panels(); p++) {
      if (!images.response(p).isCounter()) {
        throw new IllegalArgumentException(
            "panel "
                + p
                + " has "
                + images.response(p)
                + ": integration takes the frames of detectors that count photons only");
      }
    }
  }

  private Integrated run(Reflections strong) {
    require(strong, ReflectionKeys.MILLER_INDEX);
    require(strong, ReflectionKeys.PANEL);
    require(strong, ReflectionKeys.XYZOBS_PX);
    requireCounter();
    Geometry geometry = images.geometry();
    double d =
        options.resolution().isPresent()
            ? options.resolution().getAsDouble()
            : Targets.farthest(geometry);
    Reflections predicted = Prediction.of(geometry).predictAll(d, options.margin());
    Targets targets = new Targets(geometry, predicted);
    Target[] matched = targets.match(strong, predicted);
    long found = Arrays.stream(matched).filter(t -> t != null).distinct().count();
    if (found == 0) {
      throw new EmptyResultException(
          "none of "
              + strong.size()
              + " spots lies where one of "
              + predicted.size()
              + " reflections is predicted: index and refine the spots with this geometry first");
    }
    SpotWidths widths =
        options.widths().orElseGet(() -> WidthEstimator.estimate(geometry, strong, matched));
    targets.frame(widths, options.minZeta());
    for (Target t : matched) {
      if (t != null) {
        t.strong = true;
      }
    }
    targets.meetNeighbours();
    Target[] chosen = Arrays.stream(targets.all()).filter(t -> t.integrate).toArray(Target[]::new);
    ProfileBlocks profiles = pass(chosen, widths);
    Reflections table = new IntegratedTable(geometry, predicted, targets.all()).table();
    return new Integrated(
        withIdentifier(table, strong), widths, (int) found, profiles.references(), d);
  }

  private ProfileBlocks pass(Target[] chosen, SpotWidths widths) {
    Geometry geometry = images.geometry();
    double width = Math.abs(geometry.scan().width());
    int blockFrames =
        width == 0
            ? images.frames()
            : (int)
                Math.max(1, Math.min(images.frames(), Math.round(options.blockDegrees() / width)));
    requireMemory(chosen, blockFrames);
    ProfileBlocks profiles =
        new ProfileBlocks(chosen, widths, width, geometry.beam().s0(), parallel);
    BoxMeasurer measurer = new BoxMeasurer(geometry.detector(), widths, width, options.planes());
    new ImagePass(images, chosen, blockFrames, measurer, profiles, parallel, progress).run();
    return profiles;
  }

  private static void require(Reflections strong, ReflectionKey<?> key) {
    if (!strong.has(key)) {
      throw new IllegalArgumentException(
          "the spots have no column " + key.name() + ": indexed and refined spots are needed");
    }
  }

  private static Reflections withIdentifier(Reflections table, Reflections strong) {
    return strong.identifiers().containsKey(0)
        ? table.withIdentifiers(Map.of(0, strong.identifiers().get(0)))
        : table;
  }

  /**
   * A box lives from its first frame until the block after its own has passed; what is measured
   * keeps a half of it at the most.
   */
  private void requireMemory(Target[] chosen, int blockFrames) {
    int frames = images.frames();
    long[] change = new long[frames + 1];
    for (Target t : chosen) {
      int end = (ImagePass.block(t, frames, blockFrames) + 2) * blockFrames;
      change[t.z0] += t.bytes();
      change[Math.min(frames, Math.max(end, t.z1))] -= t.bytes();
    }
    long now = 0;
    long most = 0;
    for (long c : change) {
      now += c;
      most = Math.max(most, now);
    }
    long buffers =
        4L * images.geometry().detector().pixels() * Math.min(frames, ImagePass.batch(parallel));
    if (most + buffers > options.memory()) {
      throw new IllegalArgumentException(
          String.format(
              Locale.ROOT,
              "%d reflections need %.0f MB in flight and %d threads %.0f MB for frames, allowed are"
                  + " %.0f MB: allow more memory, or take fewer threads, a lower resolution or"
                  + " shorter blocks of rotation",
              chosen.length,
              most / 1e6,
              parallel.threads(),
              buffers / 1e6,
              options.memory() / 1e6));
    }
  }

  /** Whether a reflection was integrated in one way or the other. */
  static boolean isIntegrated(long flags) {
    return ReflectionFlag.INTEGRATED.isSet(flags);
  }
}
