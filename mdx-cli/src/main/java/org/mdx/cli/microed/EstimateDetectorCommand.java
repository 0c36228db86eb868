package org.mdx.cli.microed;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import org.mdx.cli.terminal.CommonOptions;
import org.mdx.cli.terminal.JsonText;
import org.mdx.geometry.Detector;
import org.mdx.geometry.Panel;
import org.mdx.image.ImageSeries;
import org.mdx.image.ImageSource;
import org.mdx.image.PixelMask;
import org.mdx.io.dials.Dials;
import org.mdx.io.image.ImageFiles;
import org.mdx.io.image.PanelHeader;
import org.mdx.io.instrument.InstrumentProfile;
import org.mdx.io.instrument.Setting;
import org.mdx.microed.detector.DetectorEstimate;
import org.mdx.microed.detector.DetectorEstimator;
import org.mdx.microed.detector.DetectorEstimator.GoodPixels;
import org.mdx.microed.detector.FrameStatistics;
import org.mdx.microed.detector.Measured;
import org.mdx.microed.detector.NoiseOptions;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Estimates pedestal, gain and read noise. */
@Command(
    name = "estimate-detector",
    description = {
      "Estimate pedestal, gain and read noise of a detector from the frames of a sweep.",
      "Needs no special exposures: it looks at the noise of the background from frame to frame."
    },
    mixinStandardHelpOptions = true,
    showDefaultValues = true)
public final class EstimateDetectorCommand implements Callable<Integer> {

  /** Three times as much variance about the line as counting statistics explain. */
  private static final double WIDE_SCATTER = 1.7;

  @Mixin private CommonOptions common;

  @Parameters(
      arity = "1",
      paramLabel = "FILE",
      description = "An .expt, or a file with several frames (EMD, HDF5, MRC, multi-page TIFF).")
  private Path file;

  @Option(
      names = "--triples",
      paramLabel = "N",
      description = "Number of groups of three consecutive frames to read, evenly spread.")
  private int triples = NoiseOptions.defaults().triples();

  @Option(names = "--seed", paramLabel = "N", description = "Of the errors' resampling.")
  private long seed;

  @Option(
      names = "--per-frame",
      description =
          "Print minimum, median and rms of the values of each frame instead, as recorded; rms is"
              + " that of the deviations from the mean.")
  private boolean perFrame;

  @Option(names = "--json", description = "Print JSON.")
  private boolean json;

  @Option(
      names = "--save-profile",
      paramLabel = "FILE",
      description =
          "Write the values into this instrument profile; what else it says stays, without its"
              + " comments.")
  private Path profile;

  @Override
  public Integer call() throws IOException {
    NoiseOptions options = common.checked(() -> new NoiseOptions(triples, seed));
    List<GoodPixels> good = new ArrayList<>();
    ImageSource frames = open(good);
    if (perFrame) {
      if (profile != null) {
        throw common.usage("--per-frame estimates nothing that --save-profile could write");
      }
      print(FrameStatistics.of(frames, good, common.parallel(), common.progress()), frames);
      return 0;
    }
    DetectorEstimate e =
        DetectorEstimator.of(options).estimate(frames, good, common.parallel(), common.progress());
    common.out().print(json ? json(e) : text(e));
    if (!json && e.scatter() > WIDE_SCATTER) {
      common
          .out()
          .println(
              "The scattering changes from frame to frame; frames without a crystal, or a steadier"
                  + " part of the sweep, tell more.");
    }
    if (profile != null) {
      save(e);
    }
    return 0;
  }

  private void print(List<FrameStatistics> all, ImageSource frames) {
    List<Object> rows = new ArrayList<>();
    if (!json) {
      common.out().println("frame   pixels  minimum     median        rms");
    }
    for (FrameStatistics f : all) {
      if (json) {
        Map<String, Object> row = new LinkedHashMap<>();
        row.put("frame", f.frame() + 1);
        row.put("image", frames.describe(f.frame()));
        row.put("pixels", f.pixels());
        row.put("minimum", f.pixels() == 0 ? null : (Object) f.minimum());
        row.put("median", f.pixels() == 0 ? null : (Object) f.median());
        row.put("rms", f.pixels() == 0 ? null : (Object) f.rms());
        rows.add(row);
      } else {
        common
            .out()
            .println(
                String.format(
                    Locale.ROOT,
                    "%5d %8d %8.0f %10.1f %10.3f",
                    f.frame() + 1,
                    f.pixels(),
                    f.minimum(),
                    f.median(),
                    f.rms()));
      }
    }
    if (json) {
      common.out().println(JsonText.of(rows));
    }
  }

  private void save(DetectorEstimate e) throws IOException {
    InstrumentProfile before =
        Files.exists(profile) ? InstrumentProfile.read(profile) : InstrumentProfile.empty();
    before
        .with(Setting.PEDESTAL, e.pedestal().value())
        .with(Setting.PEDESTAL_SIGMA, e.pedestal().error())
        .with(Setting.GAIN, e.gain().value())
        .with(Setting.GAIN_SIGMA, e.gain().error())
        .with(Setting.READ_NOISE, e.readNoise().value())
        .with(Setting.READ_NOISE_SIGMA, e.readNoise().error())
        .write(profile);
    if (!json) {
      common.out().println("wrote " + profile);
    }
  }

  private ImageSource open(List<GoodPixels> good) throws IOException {
    if (file.toString().endsWith(".expt")) {
      ImageSeries series = Dials.read(file);
      Detector detector = series.geometry().detector();
      for (int p = 0; p < detector.panels().size(); p++) {
        Panel panel = detector.panels().get(p);
        good.add(new GoodPixels(series.mask(p), panel.trustedMin(), panel.trustedMax()));
      }
      return series.source();
    }
    for (PanelHeader panel : ImageFiles.header(file).panels()) {
      PixelMask none = PixelMask.none(panel.width(), panel.height());
      good.add(
          new GoodPixels(
              panel.mask().orElse(none),
              panel.trustedMin().orElse(Integer.MIN_VALUE),
              panel.trustedMax().orElse(Integer.MAX_VALUE)));
    }
    return ImageFiles.open(file);
  }

  private static String text(DetectorEstimate e) {
    return """
        pedestal    %s
        gain        %s ADU for each quantum
        pixel gain  %s ADU, variance over signal of a pixel: gain= of dials.find_spots
        read noise  %s ADU
        from %d tiles with means of %.1f to %.1f; scatter about the line %.2f (1 is perfect)
        """
        .formatted(
            e.pedestal(),
            e.gain(),
            e.pixelGain(),
            e.readNoise(),
            e.tiles(),
            e.darkest(),
            e.brightest(),
            e.scatter());
  }

  private static String json(DetectorEstimate e) {
    return """
        {
          "pedestal": %s,
          "gain": %s,
          "pixel_gain": %s,
          "read_noise": %s,
          "tiles": %d,
          "darkest": %s,
          "brightest": %s,
          "scatter": %s
        }
        """
        .formatted(
            json(e.pedestal()),
            json(e.gain()),
            json(e.pixelGain()),
            json(e.readNoise()),
            e.tiles(),
            e.darkest(),
            e.brightest(),
            e.scatter());
  }

  private static String json(Measured m) {
    return String.format(Locale.ROOT, "{\"value\": %s, \"error\": %s}", m.value(), m.error());
  }
}
