package org.mdx.microed.trials.bragg;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import org.mdx.bragg.spots.FrameSpots;
import org.mdx.bragg.spots.SpotFinder;
import org.mdx.bragg.spots.SpotOptions;
import org.mdx.bragg.spots.Spots;
import org.mdx.image.ImageSeries;
import org.mdx.io.dials.Dials;
import org.mdx.io.dials.DialsExperiment;
import org.mdx.io.dials.ReflectionFile;
import org.mdx.microed.process.engine.NativeStep;
import org.mdx.microed.process.engine.StepRun;
import org.mdx.parallel.Parallel;
import org.mdx.parallel.Progress;
import org.mdx.reflection.ReflectionKeys;

/** Makes {@code strong.refl}: what {@code dials.find_spots} does. */
final class FindSpots implements NativeStep {
  private static final String GAIN = "spotfinder.threshold.dispersion.gain";
  private static final String KERNEL = "spotfinder.threshold.dispersion.kernel_size";
  private static final String GLOBAL = "spotfinder.threshold.dispersion.global_threshold";
  private static final String BACKGROUND = "spotfinder.threshold.dispersion.sigma_background";
  private static final String STRONG = "spotfinder.threshold.dispersion.sigma_strong";
  private static final String SEPARATION = "spotfinder.filter.max_separation";
  private static final String SMALLEST = "spotfinder.filter.min_spot_size";
  private static final String LARGEST = "spotfinder.filter.max_spot_size";
  private static final String D_MIN = "spotfinder.filter.d_min";
  private static final String D_MAX = "spotfinder.filter.d_max";
  private static final String THREADS = "spotfinder.mp.nproc";

  @Override
  public void run(StepRun run, PrintWriter out) throws IOException {
    StepWords words =
        StepWords.of(
            run,
            GAIN,
            KERNEL,
            GLOBAL,
            BACKGROUND,
            STRONG,
            SEPARATION,
            SMALLEST,
            LARGEST,
            D_MIN,
            D_MAX,
            THREADS);
    Path expt = words.file(".expt");
    List<DialsExperiment> rows = Dials.experiments(expt);
    ImageSeries images = Dials.read(expt, rows.get(0), 0);
    Spots spots =
        SpotFinder.find(images, options(words), Parallel.of(run.threads()), Progress.NONE);
    try (StepLog log = new StepLog(run, out, "dials.find_spots.log")) {
      log.say(spots.toString());
      log.say("blank images: " + blank(spots.frames()).orElse("none"));
      log.say(spots.notes());
    }
    ReflectionFile.write(
        run.folder().resolve("strong.refl"),
        spots
            .reflections()
            .with(ReflectionKeys.ID, new int[spots.reflections().size()])
            .withIdentifiers(TrialSweep.identifiers(rows)));
  }

  private static SpotOptions options(StepWords words) {
    SpotOptions o =
        SpotOptions.defaults()
            .gain(words.number(GAIN).orElse(Double.NaN))
            .minSpotSize(words.integer(SMALLEST).orElse(0));
    o = words.number(SEPARATION).map(o::maxSeparation).orElse(o);
    o = words.integer(LARGEST).map(o::maxSpotSize).orElse(o);
    o = words.number(D_MIN).map(o::dMin).orElse(o);
    o = words.number(D_MAX).map(o::dMax).orElse(o);
    OptionalInt kernel = kernel(words);
    return o.thresholding(
        t ->
            t.kernelSize(kernel.orElse(t.kernelSize()))
                .globalThreshold(words.number(GLOBAL).orElse(t.globalThreshold()))
                .sigmaBackground(words.number(BACKGROUND).orElse(t.sigmaBackground()))
                .sigmaStrong(words.number(STRONG).orElse(t.sigmaStrong())));
  }

  /** DIALS has one number for each direction. */
  private static OptionalInt kernel(StepWords words) {
    if (words.text(KERNEL).isEmpty()) {
      return OptionalInt.empty();
    }
    int[] sizes =
        Arrays.stream(words.text(KERNEL).get().split("[,\\s]+"))
            .mapToInt(s -> s.matches("\\d{1,4}") ? Integer.parseInt(s) : -1)
            .distinct()
            .toArray();
    if (sizes.length != 1 || sizes[0] < 0) {
      throw words.wrong(KERNEL, "one whole number, or the same one twice");
    }
    return OptionalInt.of(sizes[0]);
  }

  /** Such as {@code 31-40, 52}. */
  private static Optional<String> blank(List<FrameSpots> frames) {
    List<String> ranges = new ArrayList<>();
    for (int f = 0; f < frames.size(); f++) {
      int first = f;
      while (f < frames.size() && frames.get(f).blank()) {
        f++;
      }
      if (f > first) {
        int image = frames.get(first).image();
        ranges.add(f - first == 1 ? "" + image : image + "-" + frames.get(f - 1).image());
      }
    }
    return ranges.isEmpty() ? Optional.empty() : Optional.of(String.join(", ", ranges));
  }
}
