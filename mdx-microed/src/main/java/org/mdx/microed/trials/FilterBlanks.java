package org.mdx.microed.trials;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.Locale;
import org.mdx.geometry.Scan;
import org.mdx.io.dials.DialsData;
import org.mdx.io.dials.ExperimentList;
import org.mdx.io.dials.ReflectionColumn;
import org.mdx.io.dials.ReflectionFile;
import org.mdx.microed.blanks.BlankFilter;
import org.mdx.microed.blanks.BlankOptions;
import org.mdx.microed.blanks.FilteredSweeps;
import org.mdx.microed.process.engine.NativeStep;
import org.mdx.microed.process.engine.StepRun;
import org.mdx.reflection.ReflectionFlag;

/**
 * Blank frames left out: an experiment list and its reflections, then {@code phi_step}, {@code
 * counts_fractional_loss}, {@code misigma_fractional_loss} and {@code min_reflections} as {@code
 * key=value}, make {@code not_blank.expt} and {@code not_blank.refl}. With {@code phi_step=auto}
 * bins are so wide that they hold {@value #SPOTS} spots in the mean, so that none is empty by
 * chance.
 */
final class FilterBlanks implements NativeStep {
  static final String TASK = "mdx.filter-blanks";

  private static final String AUTO = "phi_step=auto";

  /** A bin is blank below a tenth of the best one: of 12, fewer than 2 have a chance of 10⁻⁴. */
  private static final int SPOTS = 12;

  @Override
  public void run(StepRun run, PrintWriter log) throws IOException {
    Path expt = null;
    Path refl = null;
    BlankOptions options = BlankOptions.defaults();
    boolean auto = false;
    for (String word : run.arguments()) {
      if (word.endsWith(".expt")) {
        expt = Path.of(word);
      } else if (word.endsWith(".refl")) {
        refl = Path.of(word);
      } else if (word.equals(AUTO)) {
        auto = true;
      } else {
        options = option(options, word);
      }
    }
    if (expt == null || refl == null) {
      throw new IllegalArgumentException(TASK + " needs an .expt and its .refl");
    }
    DialsData data = new DialsData(ExperimentList.read(expt), ReflectionFile.read(refl));
    if (auto) {
      options = options.phiStep(Math.max(options.phiStep(), degrees(data)));
      log.printf(Locale.ROOT, "bins of %.1f°%n", options.phiStep());
    }
    FilteredSweeps found = BlankFilter.of(options).filter(data);
    found.verdicts().forEach(log::println);
    DialsData kept =
        found
            .notBlank()
            .orElseThrow(() -> new IllegalArgumentException("no frame has enough diffraction"));
    kept.experiments().write(run.folder().resolve("not_blank.expt"));
    ReflectionFile.write(run.folder().resolve("not_blank.refl"), kept.reflections());
  }

  /** How far the crystal turns while {@link #SPOTS} spots appear, in the mean. */
  private static double degrees(DialsData data) {
    double range = 0;
    for (int row = 0; row < data.experiments().size(); row++) {
      Scan scan = data.experiments().scan(row).orElseThrow();
      range += scan.frames() * Math.abs(scan.width());
    }
    ReflectionColumn flags = data.reflections().column("flags");
    int spots = 0;
    for (int r = 0; r < data.reflections().rows(); r++) {
      spots += ReflectionFlag.STRONG.isSet(flags.integer(r)) ? 1 : 0;
    }
    return Math.min(range, range * SPOTS / Math.max(1, spots));
  }

  private static BlankOptions option(BlankOptions options, String word) {
    String[] parts = word.split("=", 2);
    try {
      double value = Double.parseDouble(parts[parts.length - 1]);
      return switch (parts[0]) {
        case "phi_step" -> options.phiStep(value);
        case "counts_fractional_loss" -> options.countsFractionalLoss(value);
        case "misigma_fractional_loss" -> options.misigmaFractionalLoss(value);
        case "min_reflections" -> options.minReflections((int) value);
        default -> throw new NumberFormatException();
      };
    } catch (NumberFormatException e) {
      throw new IllegalArgumentException(
          "'"
              + word
              + "'; give phi_step, counts_fractional_loss, misigma_fractional_loss or"
              + " min_reflections and a number",
          e);
    }
  }
}
