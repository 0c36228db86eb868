package org.mdx.microed.trials.bragg;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import org.mdx.geometry.Probe;
import org.mdx.io.dials.ExperimentList;
import org.mdx.io.dials.ImageRange;
import org.mdx.io.instrument.InstrumentProfile;
import org.mdx.io.instrument.Pair;
import org.mdx.io.instrument.Setting;
import org.mdx.io.sweep.ImportOptions;
import org.mdx.io.sweep.ImportedSweep;
import org.mdx.io.sweep.SweepImport;
import org.mdx.math.Vec3;
import org.mdx.microed.process.engine.NativeStep;
import org.mdx.microed.process.engine.StepRun;
import org.mdx.parallel.Parallel;
import org.mdx.parallel.Progress;

/** Makes {@code imported.expt} of images: what {@code dials.import} does. */
final class ImportImages implements NativeStep {
  private static final String TEMPLATE = "input.template";
  private static final String PROFILE = "profile";
  private static final String MASK = "lookup.mask";
  private static final String PEDESTAL = "geometry.detector.panel.pedestal";
  private static final String GAIN = "geometry.detector.panel.gain";
  private static final String TRUSTED = "geometry.detector.panel.trusted_range";
  private static final String PIXEL = "geometry.detector.panel.pixel_size";
  private static final String DISTANCE = "geometry.detector.distance";
  private static final String CENTRE = "geometry.detector.fast_slow_beam_centre";
  private static final String AXIS = "geometry.goniometer.axis";
  private static final String OSCILLATION = "geometry.scan.oscillation";
  private static final String WAVELENGTH = "geometry.beam.wavelength";
  private static final String PROBE = "geometry.beam.probe";
  private static final String RANGE = "image_range";

  @Override
  public void run(StepRun run, PrintWriter out) throws IOException {
    StepWords words =
        StepWords.of(
            run,
            TEMPLATE,
            PROFILE,
            MASK,
            PEDESTAL,
            GAIN,
            TRUSTED,
            PIXEL,
            DISTANCE,
            CENTRE,
            AXIS,
            OSCILLATION,
            WAVELENGTH,
            PROBE,
            RANGE);
    Path profile = words.text(PROFILE).map(Path::of).orElse(null);
    ImportOptions options = ImportOptions.defaults().withOverrides(overrides(words));
    if (profile != null) {
      options =
          options.withProfile(InstrumentProfile.read(profile), profile.getFileName().toString());
    }
    List<String> images = words.text(TEMPLATE).map(List::of).orElse(words.files());
    List<ImportedSweep> sweeps =
        SweepImport.read(images, options, Parallel.of(run.threads()), Progress.NONE);
    int experiments = sweeps.stream().mapToInt(s -> s.experiments().size()).sum();
    if (experiments != 1) {
      throw new IllegalArgumentException(
          "the images are "
              + experiments
              + " sweeps or stills"
              + (sweeps.size() > 1 ? ", as " + sweeps.get(1).begins() : "")
              + "; a movie must be one sweep");
    }
    Path expt = run.folder().resolve("imported.expt");
    SweepImport.write(expt, sweeps);
    TrialSweep.makeMovable(expt);
    if (words.text(RANGE).isPresent()) {
      ImageRange range = ImageRange.of(words.text(RANGE).get().replace(',', ':'));
      ExperimentList.read(expt).slice(List.of(range)).write(expt);
    }
    try (StepLog log = new StepLog(run, out, "dials.import.log")) {
      log.say(sweeps.get(0).images() + ", " + sweeps.get(0).frames() + " images");
      sweeps.get(0).findings().forEach(f -> log.say("  " + f));
      log.say(sweeps.get(0).notes());
    }
  }

  private static InstrumentProfile overrides(StepWords words) {
    InstrumentProfile p = InstrumentProfile.empty();
    p = number(p, words, PEDESTAL, Setting.PEDESTAL);
    p = number(p, words, GAIN, Setting.GAIN);
    p = number(p, words, DISTANCE, Setting.DISTANCE);
    p = number(p, words, WAVELENGTH, Setting.WAVELENGTH);
    p = pair(p, words, TRUSTED, Setting.TRUSTED_RANGE);
    p = pair(p, words, PIXEL, Setting.PIXEL_SIZE);
    p = pair(p, words, CENTRE, Setting.BEAM_CENTRE);
    if (words.text(MASK).isPresent()) {
      p = p.with(Setting.MASK, Path.of(words.text(MASK).get()));
    }
    if (words.text(OSCILLATION).isPresent()) {
      double[] v = words.numbers(OSCILLATION, 2);
      p = p.with(Setting.START, v[0]).with(Setting.WIDTH, v[1]);
    }
    if (words.text(AXIS).isPresent()) {
      double[] v = words.numbers(AXIS, 3);
      p = p.with(Setting.AXIS, new Vec3(v[0], v[1], v[2]));
    }
    return words.text(PROBE).isPresent() ? p.with(Setting.PROBE, probe(words)) : p;
  }

  private static Probe probe(StepWords words) {
    String name = words.text(PROBE).get().toUpperCase(Locale.ROOT).replace('-', '_');
    return Arrays.stream(Probe.values())
        .filter(p -> p.name().equals(name))
        .findFirst()
        .orElseThrow(() -> words.wrong(PROBE, "x-ray, electron or neutron"));
  }

  private static InstrumentProfile number(
      InstrumentProfile p, StepWords words, String name, Setting<Double> setting) {
    return words.number(name).map(v -> p.with(setting, v)).orElse(p);
  }

  private static InstrumentProfile pair(
      InstrumentProfile p, StepWords words, String name, Setting<Pair> setting) {
    if (words.text(name).isEmpty()) {
      return p;
    }
    double[] v = words.numbers(name, 2);
    return p.with(setting, new Pair(v[0], v[1]));
  }
}
