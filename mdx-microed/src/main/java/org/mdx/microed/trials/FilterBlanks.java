package org.mdx.microed.trials;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import org.mdx.io.dials.DialsData;
import org.mdx.io.dials.ExperimentList;
import org.mdx.io.dials.ReflectionFile;
import org.mdx.microed.blanks.BlankFilter;
import org.mdx.microed.blanks.BlankOptions;
import org.mdx.microed.blanks.FilteredSweeps;
import org.mdx.microed.process.engine.NativeStep;
import org.mdx.microed.process.engine.StepRun;

/**
 * Blank frames left out: an experiment list and its reflections, then {@code phi_step}, {@code
 * counts_fractional_loss}, {@code misigma_fractional_loss} and {@code min_reflections} as {@code
 * key=value}, make {@code not_blank.expt} and {@code not_blank.refl}.
 */
final class FilterBlanks implements NativeStep {
  static final String TASK = "mdx.filter-blanks";

  @Override
  public void run(StepRun run, PrintWriter log) throws IOException {
    Path expt = null;
    Path refl = null;
    BlankOptions options = BlankOptions.defaults();
    for (String word : run.arguments()) {
      if (word.endsWith(".expt")) {
        expt = Path.of(word);
      } else if (word.endsWith(".refl")) {
        refl = Path.of(word);
      } else {
        options = option(options, word);
      }
    }
    if (expt == null || refl == null) {
      throw new IllegalArgumentException(TASK + " needs an .expt and its .refl");
    }
    FilteredSweeps found =
        BlankFilter.of(options)
            .filter(new DialsData(ExperimentList.read(expt), ReflectionFile.read(refl)));
    found.verdicts().forEach(log::println);
    DialsData kept =
        found
            .notBlank()
            .orElseThrow(() -> new IllegalArgumentException("no frame has enough diffraction"));
    kept.experiments().write(run.folder().resolve("not_blank.expt"));
    ReflectionFile.write(run.folder().resolve("not_blank.refl"), kept.reflections());
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
