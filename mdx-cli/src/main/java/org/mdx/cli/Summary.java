package org.mdx.cli;

import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import org.mdx.crystal.UnitCell;
import org.mdx.map.ReciprocalMap;
import org.mdx.merge.Merged;
import org.mdx.peaks.Peaks;
import org.mdx.reindex.Reindexing;
import org.mdx.scale.Scaling;
import org.mdx.table.HKLTable;

/** The text that tells what a reduction found. */
final class Summary {
  private static final int SHELLS = 15;

  private final Reduction.Result result;
  private final Reduction.Options options;
  private final Stopwatch stopwatch;
  private final StringBuilder text = new StringBuilder();

  Summary(Reduction.Result result, Reduction.Options options, Stopwatch stopwatch) {
    this.result = result;
    this.options = options;
    this.stopwatch = stopwatch;
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
   */
  String text(ReciprocalMap map, double[] reach, HKLTable truth) {
    crystal();
    for (Reduction.SweepResult sweep : result.sweeps()) {
      sweep(sweep);
    }
    indexing();
    scaling();
    merged(map, reach);
    shells(truth);
    costs();
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
    line("subdivision  %s", options.ndiv());
    line("");
  }

  private String conventions() {
    return options.mdx2Compatible() ? ", mdx2-compatible" : "";
  }

  private void sweep(Reduction.SweepResult s) {
    Peaks p = s.peaks();
    double[] a = p.model().semiAxes();
    line("%s: %d frames from %s", s.name(), s.frames(), s.images());
    line(
        "  peaks        %d pixels above %d counts, %d outliers of the fit",
        p.positions().size(), p.countThreshold(), p.outliers().size());
    line(
        "  peak model   r0 %.5f %.5f %.5f, semi-axes %.5f %.5f %.5f",
        p.model().r0().x(), p.model().r0().y(), p.model().r0().z(), a[0], a[1], a[2]);
    line("  masked       %d pixels beyond %s σ", s.masked(), options.sigmaCutoff());
    line(
        "  integrated   %d counts in %d pixels, %d observations",
        s.counts(), s.pixels(), s.observations());
    line("");
  }

  private void indexing() {
    Reindexing r = result.reindexing();
    if (r != null && r.isAmbiguous()) {
      line("indexing");
      r.toText().lines().forEach(l -> line("  %s", l));
      line("");
    }
  }

  private void scaling() {
    Scaling s = result.scaling();
    if (s == null) {
      line("scaling      none");
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

  private void merged(ReciprocalMap map, double[] reach) {
    Merged m = result.merged();
    line("merged       %s", Reduction.brief(m));
    line(
        "  used         %d of %d observations; %d invalid, %d outliers",
        m.used(), m.rows(), m.invalid(), m.outliers());
    line("  map          %s", map);
    if (reach != null) {
      line(
          "               cut down to what memory holds; the data reach h %.4g, k %.4g, l %.4g",
          reach[0], reach[1], reach[2]);
    }
    line("");
  }

  private void shells(HKLTable truth) {
    text.append(new ShellReport(result.crystal(), result.merged().table(), truth, SHELLS).text());
    line("");
  }

  private void costs() {
    for (Map.Entry<String, Double> step : stopwatch.steps().entrySet()) {
      line("%-12s %6.2f s", step.getKey(), step.getValue());
    }
    line("%-12s %6.2f s", "total", stopwatch.total());
    line("%-12s %6.0f MiB", "peak memory", Stopwatch.peakMemory());
  }
}
