package org.mdx.cli.reduce;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import org.mdx.cli.terminal.StepTimes;
import org.mdx.cli.terminal.VersionCommand;
import org.mdx.crystal.UnitCell;
import org.mdx.geometry.Conventions;
import org.mdx.image.ImageSeries;
import org.mdx.map.ReciprocalMap;
import org.mdx.merge.Merged;
import org.mdx.peaks.Peaks;
import org.mdx.pipeline.MapReach;
import org.mdx.pipeline.ReducedSweep;
import org.mdx.pipeline.Reduction;
import org.mdx.pipeline.ReductionOptions;
import org.mdx.pipeline.Scaled;
import org.mdx.reindex.Reindexing;
import org.mdx.scaling.Scaling;
import org.mdx.table.HKLTable;

/** The text that tells what a reduction found. */
final class Summary {
  private static final int SHELLS = 15;

  private final Reduction result;
  private final ReductionOptions options;
  private final Conventions conventions;
  private final List<String> names;
  private final StringBuilder text = new StringBuilder();
  private List<String> before = List.of();

  /**
   * A summary.
   *
   * @param result the reduction
   * @param options how it was done
   * @param conventions whose; the text says so
   * @param names of the sweeps, by the files they were read from
   */
  Summary(Reduction result, ReductionOptions options, Conventions conventions, List<String> names) {
    this.names = List.copyOf(names);
    this.result = result;
    this.options = options;
    this.conventions = conventions;
  }

  /** With lines on how the crystals were found. */
  Summary after(List<String> lines) {
    before = List.copyOf(lines);
    return this;
  }

  private void line(String format, Object... values) {
    text.append(String.format(Locale.ROOT, format, values)).append('\n');
  }

  /**
   * The summary.
   *
   * @param map as written
   * @param reach limits in h, k and l that the map would have had, or null if it has them
   * @param truth table of true intensities, or null
   * @param stopwatch of the steps
   */
  String text(ReciprocalMap map, MapReach reach, HKLTable truth, StepTimes stopwatch) {
    crystal();
    before.forEach(l -> line("%s", l));
    if (!before.isEmpty()) {
      line("");
    }
    for (ReducedSweep sweep : result.sweeps()) {
      sweep(sweep);
    }
    result.notes().forEach(n -> line("warning      %s", n));
    if (!result.notes().isEmpty()) {
      line("");
    }
    indexing();
    scaling();
    merged(map, reach);
    shells(truth);
    costs(stopwatch);
    return text.toString();
  }

  private void crystal() {
    UnitCell c = result.crystal().cell();
    line("mdx %s, %d sweeps%s", VersionCommand.version(), result.sweeps().size(), conventions());
    line("");
    line(
        "cell         %.3f %.3f %.3f Å  %.3f %.3f %.3f°",
        c.a(), c.b(), c.c(), c.alpha(), c.beta(), c.gamma());
    line(
        "space group  %s, Laue group %s",
        result.crystal().spaceGroup(), result.crystal().spaceGroup().laueGroup().symbol());
    line("subdivision  %s", options.integration().ndiv());
    line("");
  }

  private String conventions() {
    return conventions.isMdx2() ? ", mdx2-compatible" : "";
  }

  private void sweep(ReducedSweep s) {
    Peaks p = s.peaks();
    double[] a = p.model().semiAxes();
    ImageSeries images = s.sweep().images();
    line(
        "%s (%s): %d frames from %s",
        ReductionLog.name(s.number()),
        names.get(s.number()),
        images.frames(),
        images.source().describe(0));
    line(
        "  peaks        %d pixels above %d counts, %d outliers of the fit",
        p.positions().size(), p.countThreshold(), p.outliers().size());
    p.foundThreshold().ifPresent(f -> line("  threshold    %s", f));
    line(
        "  peak model   r0 %.5f %.5f %.5f, semi-axes %.5f %.5f %.5f",
        p.model().r0().x(), p.model().r0().y(), p.model().r0().z(), a[0], a[1], a[2]);
    line("  masked       %d pixels within %s σ", s.maskedPixels(), s.sigmaCutoff());
    s.foundCutoff()
        .ifPresent(
            c -> {
              line("  cutoff       %s", c);
              c.table().forEach(row -> line("             %s", row));
            });
    line(
        "  integrated   %d counts in %d pixels, %d observations",
        s.counts(), s.pixels(), s.observations());
    line("");
  }

  private void indexing() {
    Reindexing r = result.corrected().reindexing().orElse(null);
    if (r != null && r.isAmbiguous()) {
      line("indexing");
      r.toText().lines().forEach(l -> line("  %s", l));
      line("");
    }
  }

  private void scaling() {
    Scaling s = result.scaled().flatMap(Scaled::scaling).orElse(null);
    if (s == null) {
      line("scaling      none%s", result.notScaled().map(why -> ": " + why).orElse(""));
    } else {
      line("scaling      chi2 %.4f after %d cycles", s.chiSquare(), s.cycles().size());
      String kind = "";
      for (Scaling.Cycle c : s.cycles()) {
        if (!c.terms().equals(kind)) {
          kind = c.terms();
          line("  %-10s %s", kind, chiSquares(s, kind));
        }
      }
      line(
          "  used         %d of %d observations; %d invalid, %d alone in their voxel, %d outliers",
          s.observations() - s.invalid() - s.singletons() - s.outliers(),
          s.observations(),
          s.invalid(),
          s.singletons(),
          s.outliers());
    }
    line("");
  }

  private static String chiSquares(Scaling s, String kind) {
    return s.cycles().stream()
        .filter(c -> c.terms().equals(kind))
        .map(c -> String.format(Locale.ROOT, "%.4f", c.chiSquare()))
        .collect(Collectors.joining(" ", "  chi2 ", ""));
  }

  private void merged(ReciprocalMap map, MapReach reach) {
    Merged m = result.merged().merged();
    line("merged       %s", ReductionLog.brief(m));
    line(
        "  used         %d of %d observations; %d invalid, %d outliers",
        m.used(), m.rows(), m.invalid(), m.outliers());
    line("  map          %s", map);
    if (reach != null) {
      line(
          "               cut down to what memory holds; the data reach h %.4g, k %.4g, l %.4g",
          reach.h(), reach.k(), reach.l());
    }
    line("");
  }

  private void shells(HKLTable truth) {
    text.append(new ShellReport(result.crystal(), result.table(), truth, SHELLS).text());
    line("");
  }

  private void costs(StepTimes stopwatch) {
    for (Map.Entry<String, Double> step : stopwatch.steps().entrySet()) {
      line("%-12s %6.2f s", step.getKey(), step.getValue());
    }
    line("%-12s %6.2f s", "total", stopwatch.total());
    line("%-12s %6.0f MiB", "peak memory", StepTimes.peakMemory());
  }
}
