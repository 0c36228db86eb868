package org.mdx.figures.report;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.DoubleUnaryOperator;
import org.mdx.crystal.Crystal;
import org.mdx.figures.Figure;
import org.mdx.figures.PageTable;
import org.mdx.figures.PageTable.Verdict;
import org.mdx.figures.gallery.PeakFigures;
import org.mdx.figures.gallery.Residuals;
import org.mdx.figures.gallery.ScalingFigures;
import org.mdx.figures.gallery.SweepFigures;
import org.mdx.geometry.Conventions;
import org.mdx.merge.Merged;
import org.mdx.parallel.Parallel;
import org.mdx.peaks.BraggMask;
import org.mdx.pipeline.ReducedSweep;
import org.mdx.pipeline.Reduction;
import org.mdx.pipeline.Scaled;
import org.mdx.scaling.Scaling;
import org.mdx.stats.Shell;
import org.mdx.stats.ShellOptions;
import org.mdx.stats.ShellStatistics;
import org.mdx.stats.ShellTable;
import org.mdx.stats.Voxels;
import org.mdx.table.ColumnNames;
import org.mdx.table.HKLTable;
import org.mdx.table.Subdivision;

/** The report of a reduction. */
public final class ReductionReport {
  /** Clouds of more sweeps tell nothing new. */
  private static final int MOST_CLOUDS = 6;

  private final Reduction result;
  private final List<String> names;
  private final Parallel parallel;

  private ReductionReport(Reduction result, List<String> names, Parallel parallel) {
    this.result = result;
    this.names = List.copyOf(names);
    this.parallel = parallel;
  }

  /**
   * The page of a reduction.
   *
   * @param result what was reduced
   * @param names of its sweeps
   * @param provenance where it comes from
   * @param extras what is shown beside it
   * @param parallel threads
   * @return the text of a file that needs no other
   * @throws IllegalArgumentException if there is not a name for each sweep
   */
  public static String of(
      Reduction result,
      List<String> names,
      Provenance provenance,
      ReportExtras extras,
      Parallel parallel) {
    if (names.size() != result.sweeps().size()) {
      throw new IllegalArgumentException(
          names.size() + " names for " + result.sweeps().size() + " sweeps");
    }
    return new ReductionReport(result, names, parallel).page(provenance, extras);
  }

  private String page(Provenance provenance, ReportExtras extras) {
    HKLTable truth = extras.truth().orElse(null);
    Crystal crystal = result.crystal();
    HKLTable merged = result.table();
    ShellStatistics statistics =
        ShellStatistics.of(crystal.cell(), crystal.spaceGroup()).parallel(parallel);
    Residuals residuals = result.scaled().map(s -> Residuals.of(s.tables(), merged)).orElse(null);
    Report report = Report.of(provenance);
    report.checks(checks(merged, statistics, residuals, truth));
    sweeps(report);
    report.slices(DistinctPlanes.of(merged, crystal, parallel));
    report.statistics(merged, statistics, truth);
    scaling(report, extras.scales());
    if (residuals != null && residuals.size() > 0) {
      report.deviations(residuals, names);
    }
    peaks(report);
    extras
        .background()
        .filter(b -> b.panels().get(0).phi().size() > 1)
        .ifPresent(b -> report.section("Background").figures(List.of(SweepFigures.background(b))));
    report.properties(merged, crystal);
    return report.finish();
  }

  private List<Check> checks(
      HKLTable merged, ShellStatistics statistics, Residuals residuals, HKLTable truth) {
    List<Check> checks = new ArrayList<>();
    boolean fine = !merged.ndiv().equals(Subdivision.NONE);
    ShellOptions options = ShellOptions.defaults().voxels(fine ? Voxels.REST : Voxels.ALL);
    ShellTable table =
        truth == null
            ? statistics.compute(merged, options)
            : statistics.compute(merged, truth, ColumnNames.INTENSITY, options);
    result.scaled().flatMap(Scaled::scaling).ifPresent(s -> checks.add(chiSquare(s)));
    result
        .notScaled()
        .ifPresent(why -> checks.add(new Check("scaling", "none", "one scale", Verdict.BAD, why)));
    result
        .notes()
        .forEach(n -> checks.add(new Check("warning", "doubtful", "none", Verdict.BAD, n)));
    if (residuals != null && residuals.size() > 0) {
      checks.add(deviations(residuals));
    }
    checks.add(outliers(result.merged().merged()));
    double cc = table.meanOverShells(Shell::ccHalfAnisotropic);
    double expected = table.meanOverShells(Shell::ccHalfExpected);
    checks.add(
        Check.of(
            "anisotropic CC½, mean over shells" + (fine ? ", between reflections" : ""),
            cc,
            new double[] {expected - 0.2, expected - 0.05, 1, 1},
            Double.isNaN(expected)
                ? "half-sets, for CC½"
                : String.format(
                    Locale.ROOT, "%.3f by the errors; 0.05 below is still good", expected),
            "look at the deviations by angle and place: a sweep or a part of the detector is off"));
    checks.add(
        Check.of(
            "completeness",
            table.overall().completeness().fraction(),
            new double[] {0.5, 0.9, 1, 1},
            "0.9 or more",
            "collect a wider range of angles, or other orientations"));
    checks.add(
        Check.of(
            "observations per voxel",
            table.overall().redundancy(),
            new double[] {2, 4, Double.MAX_VALUE, Double.MAX_VALUE},
            "4 or more, so that outliers and errors can be told",
            "more sweeps, or a coarser --subdivide"));
    if (truth != null) {
      checks.add(
          Check.of(
              "correlation with the truth, mean over shells",
              table.meanOverShells(Shell::ccTruthAnisotropic),
              new double[] {0.6, 0.8, 1, 1},
              "0.8 or more on simulated data",
              "another seed has another noise"));
    }
    return checks;
  }

  private static Check chiSquare(Scaling s) {
    return Check.of(
        "χ² per observation after scaling",
        s.chiSquare(),
        new double[] {0.5, 0.8, 1.3, 2},
        "about 1",
        "above: errors too small or terms missing (--scaling mca2020); below: errors too large");
  }

  private static Check deviations(Residuals r) {
    double sum = 0;
    for (int i = 0; i < r.size(); i++) {
      sum += r.z(i) * r.z(i);
    }
    return Check.of(
        "mean z² of observations about the merged intensity",
        sum / r.size(),
        new double[] {0.5, 0.8, 1.3, 2},
        "about 1",
        "look at the deviations by intensity, angle and place");
  }

  private static Check outliers(Merged m) {
    return Check.of(
        "outliers of merging, share of observations",
        m.rows() == 0 ? Double.NaN : (double) m.outliers() / m.rows(),
        new double[] {0, 0, 0.005, 0.02},
        "below 0.005",
        "Bragg peaks that the mask misses (lower --count-threshold), or ice: see where they lie");
  }

  private void sweeps(Report report) {
    report.section("What was done");
    PageTable t =
        PageTable.of(
            "sweep",
            "frames",
            "strong pixels",
            "threshold (counts)",
            "mask (σ)",
            "masked pixels",
            "pixels used",
            "observations");
    for (ReducedSweep s : result.sweeps()) {
      t =
          t.row(
              names.get(s.number()),
              s.sweep().images().frames(),
              s.peaks().positions().size(),
              s.peaks().countThreshold(),
              s.sigmaCutoff(),
              s.maskedPixels(),
              s.pixels(),
              s.observations());
    }
    report.table(t);
    Merged m = result.merged().merged();
    report.paragraph(
        String.format(
            Locale.ROOT,
            "Merged: %d voxels of %d observations; %d used, %d invalid, %d outliers.",
            m.table().rows(),
            m.rows(),
            m.used(),
            m.invalid(),
            m.outliers()));
  }

  private void scaling(Report report, List<DoubleUnaryOperator> truth) {
    Scaled scaled = result.scaled().orElse(null);
    if (scaled != null) {
      report.scaling(names, scaled.models(), truth);
      scaled
          .scaling()
          .filter(s -> !s.cycles().isEmpty())
          .ifPresent(s -> report.figures(List.of(ScalingFigures.chiSquare(s))));
    }
  }

  private void peaks(Report report) {
    report.section("Bragg peaks that were masked");
    List<Figure> figures = new ArrayList<>();
    for (ReducedSweep s : result.sweeps()) {
      if (figures.size() < MOST_CLOUDS) {
        Figure cloud =
            PeakFigures.cloud(
                s.peaks(), s.sweep().pixelIndex(Conventions.STANDARD), s.sigmaCutoff());
        figures.add(cloud.title(cloud.title() + ", " + names.get(s.number())));
      }
    }
    figures.add(maskShare());
    report.figures(figures);
    if (result.sweeps().size() > MOST_CLOUDS) {
      report.paragraph("Of " + result.sweeps().size() + " sweeps the first are drawn.");
    }
  }

  private Figure maskShare() {
    List<ReducedSweep> sweeps =
        result.sweeps().subList(0, Math.min(MOST_CLOUDS, result.sweeps().size()));
    return SweepFigures.maskShare(
        sweeps.stream().map(s -> names.get(s.number())).toList(),
        sweeps.stream().map(ReducedSweep::sweep).toList(),
        sweeps.stream().map(s -> BraggMask.of(s.peaks(), s.sigmaCutoff())).toList(),
        sweeps.stream().map(s -> s.sweep().pixelIndex(Conventions.STANDARD)).toList());
  }
}
