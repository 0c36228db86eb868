package org.mdx.cli.reduce;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.mdx.cli.terminal.OutputFolder;
import org.mdx.cli.terminal.StepTimes;
import org.mdx.crystal.ChangeOfBasis;
import org.mdx.figures.report.ReportExtras;
import org.mdx.geometry.Conventions;
import org.mdx.image.BinnedImageSeries;
import org.mdx.integrate.Integration;
import org.mdx.io.input.SweepFiles;
import org.mdx.io.nexus.Mdx2;
import org.mdx.io.nexus.MdxGeometryFile;
import org.mdx.io.scratch.MemoryBudget;
import org.mdx.mask.FoundShadow;
import org.mdx.merge.Merged;
import org.mdx.peaks.BraggMask;
import org.mdx.peaks.Peaks;
import org.mdx.pipeline.Corrected;
import org.mdx.pipeline.Integrated;
import org.mdx.pipeline.Masked;
import org.mdx.pipeline.MergedSweeps;
import org.mdx.pipeline.ReducedSweep;
import org.mdx.pipeline.ReductionListener;
import org.mdx.pipeline.Scaled;
import org.mdx.pipeline.Sweep;
import org.mdx.reindex.Reindexing;
import org.mdx.reindex.SymmetryAgreement;
import org.mdx.scaling.Scaling;

/** Prints what a reduction does, times its steps and on request keeps the files of every stage. */
final class ReductionLog implements ReductionListener {
  private final PrintWriter out;
  private final StepTimes stopwatch;
  private final OutputFolder folder;
  private final boolean keep;
  private final Conventions conventions;
  private final ReductionListener next;
  private List<String> files = List.of();
  private Optional<EarlierResults> earlier = Optional.empty();
  private Optional<Files> before = Optional.empty();
  private String memory = "";
  private boolean alone;
  private final List<BraggMask> masks = new ArrayList<>();
  private BinnedImageSeries background;

  /**
   * A log.
   *
   * @param out where to print
   * @param stopwatch of the steps
   * @param folder where the files of the stages go
   * @param keep whether to write them
   * @param conventions whose; they say whether grids in geometry files are as mdx2 has them
   */
  ReductionLog(
      PrintWriter out,
      StepTimes stopwatch,
      OutputFolder folder,
      boolean keep,
      Conventions conventions) {
    this(out, stopwatch, folder, keep, conventions, NONE);
  }

  /** A log that tells somebody else of each sweep. */
  ReductionLog(
      PrintWriter out,
      StepTimes stopwatch,
      OutputFolder folder,
      boolean keep,
      Conventions conventions,
      ReductionListener next) {
    this.next = next;
    this.out = out;
    this.stopwatch = stopwatch;
    this.folder = folder;
    this.keep = keep;
    this.conventions = conventions;
  }

  /** Calls sweeps by the files they were read from too, one for each. */
  ReductionLog from(List<String> names) {
    files = List.copyOf(names);
    return this;
  }

  /** Deletes what an earlier reduction left, when the first step begins. */
  ReductionLog inPlaceOf(EarlierResults results) {
    earlier = Optional.of(results);
    return this;
  }

  /** Of one sweep of several, whose geometry is kept always, and a background of all never. */
  ReductionLog alone() {
    alone = true;
    return this;
  }

  /** Says what observations may take when they do not fit. */
  ReductionLog within(MemoryBudget budget) {
    memory = ": " + budget;
    return this;
  }

  /** Files of earlier stages, which are written when the first step begins. */
  ReductionLog found(Files files) {
    before = Optional.of(files);
    return this;
  }

  /** Whose conventions. */
  Conventions conventions() {
    return conventions;
  }

  /** What a report shows beside the result: the background, if there is one. */
  ReportExtras extras() {
    return ReportExtras.none().background(background);
  }

  private static void delete(EarlierResults results) {
    try {
      results.delete();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Such as {@code split_0 (xtal1/indexed.expt)}. */
  private String title(int sweep) {
    return sweep < files.size() ? name(sweep) + " (" + files.get(sweep) + ")" : name(sweep);
  }

  /** The name of a sweep, as mdx2's tutorials have it. */
  static String name(int sweep) {
    return "split_" + sweep;
  }

  /** Such as {@code 44145 voxels, redundancy 12.6}. */
  static String brief(Merged merged) {
    return String.format(
        Locale.ROOT, "%d voxels, redundancy %.1f", merged.table().rows(), merged.redundancy());
  }

  @Override
  public void begins(Step step) {
    OutputFolder.requireNotInterrupted();
    earlier.ifPresent(ReductionLog::delete); // all that can be wrong from the outset is checked
    earlier = Optional.empty();
    Optional<Files> files = before;
    before = Optional.empty();
    files.ifPresent(this::keep);
    stopwatch.start();
    OldGarbage.collect();
  }

  @Override
  public void ends(Step step) {
    stopwatch.stop(step.toString());
  }

  @Override
  public void background(BinnedImageSeries rates) {
    background = rates;
    if (!alone) {
      keep(() -> Mdx2.writeBinned(folder.file("binned.nxs"), rates));
    }
  }

  @Override
  public void attenuated(int sweep, String difference) {
    print("%s: warning: %s", title(sweep), difference);
  }

  @Override
  public void peaks(int sweep, Peaks peaks) {
    double[] a = peaks.model().semiAxes();
    print(
        "%s: %,d pixels above %d counts are Bragg peaks of half-axes %.4f, %.4f and %.4f"
            + " reciprocal cells",
        title(sweep), peaks.positions().size(), peaks.countThreshold(), a[0], a[1], a[2]);
    peaks.doubt().ifPresent(doubt -> print("%s: warning: %s", title(sweep), doubt));
  }

  @Override
  public void integrated(int sweep, Integration integration) {
    print(
        "%s: %,d counts in %,d pixels make %,d observations; the Bragg mask leaves out %,d pixels",
        title(sweep),
        integration.counts(),
        integration.pixels(),
        integration.table().rows(),
        integration.maskedPixels());
  }

  private void print(String format, Object... values) {
    out.println(String.format(Locale.ROOT, format, values));
  }

  @Override
  public void reduced(
      ReducedSweep result, Masked masked, Integrated integrated, Corrected corrected) {
    next.reduced(result, masked, integrated, corrected);
    BraggMask mask = masked.masks().get(0).orElseThrow();
    masks.add(mask);
    String name = name(result.number());
    Sweep sweep = result.sweep();
    write(
        keep || alone,
        () -> {
          folder.folder(name);
          Mdx2.writeGeometry(folder.file(name + "/geometry.nxs"), geometryFile(sweep));
        });
    keep(
        () -> {
          Mdx2.writePeaks(
              folder.file(name + "/peaks.nxs"), result.peaks(), sweep.geometry().scan());
          Mdx2.writeMask(folder.file(name + "/mask.nxs"), mask);
          Mdx2.writeTable(
              folder.file(name + "/integrated.nxs"), integrated.integrations().get(0).table());
          Mdx2.writeTable(folder.file(name + "/corrected.nxs"), corrected.tables().get(0));
        });
  }

  @Override
  public void found(ReducedSweep sweep, BraggMask mask) {
    OutputFolder.requireNotInterrupted();
    masks.add(mask);
    print("%s: %,d observations, reduced before", title(sweep.number()), sweep.observations());
  }

  @Override
  public void shadow(int sweep, FoundShadow shadow) {
    print(
        "%s: a shadow that no mask leaves out: %s; mdx generate-mask --shadow makes a mask of it",
        title(sweep), shadow);
  }

  @Override
  public void symmetryDoubted(int sweep, SymmetryAgreement agreement) {
    agreement.doubt().ifPresent(doubt -> print("%s: %s", title(sweep), doubt));
  }

  @Override
  public void spills(int sweep, long observations) {
    print("%,d observations wait in scratch files from here on%s", observations, memory);
  }

  /** What has changed is kept beside the rest. */
  @Override
  public void reindexed(Corrected corrected) {
    Reindexing found = corrected.reindexing().orElseThrow();
    for (int i = 0; i < corrected.tables().size(); i++) {
      ChangeOfBasis operator = found.operator(i);
      if (!operator.equals(ChangeOfBasis.IDENTITY)) {
        out.println(title(i) + ": reindexed by " + operator);
        String stem = name(i) + "/reindexed";
        int n = i;
        keep(
            () -> {
              Mdx2.writeTable(folder.file(stem + ".nxs"), corrected.tables().get(n));
              Mdx2.writeGeometry(
                  folder.file(stem + "_geometry.nxs"), geometryFile(corrected.sweeps().get(n)));
              Mdx2.writeMask(folder.file(stem + "_mask.nxs"), masks.get(n).reindexed(operator));
            });
      }
      if (!found.sweeps().get(i).warning().isEmpty()) {
        out.println(title(i) + ": " + found.sweeps().get(i).warning());
      }
    }
  }

  @Override
  public void scaled(Scaled scaled) {
    scaled
        .scaling()
        .ifPresent(
            s ->
                print(
                    "scaled: chi2 %.4f after %d cycles; of %,d observations %,d are alone in their"
                        + " voxel and %,d are outliers",
                    s.chiSquare(),
                    s.cycles().size(),
                    s.observations(),
                    s.singletons(),
                    s.outliers()));
    scaled.scaling().flatMap(Scaling::doubt).ifPresent(doubt -> print("warning: %s", doubt));
    keep(
        () -> {
          for (int i = 0; i < scaled.models().size(); i++) {
            Mdx2.writeScales(folder.file(name(i) + "/scales.nxs"), scaled.models().get(i));
          }
        });
  }

  @Override
  public void notScaled(String reason) {
    out.println("not scaled: " + reason);
  }

  @Override
  public void merged(MergedSweeps merged) {
    Merged m = merged.merged();
    print(
        "merged: %,d observations in %,d voxels; %,d are invalid and %,d outliers",
        m.used(), m.table().rows(), m.invalid(), m.outliers());
    m.doubt().ifPresent(doubt -> print("warning: %s", doubt));
  }

  /** Writes files. */
  @FunctionalInterface
  interface Files {
    void write() throws IOException;
  }

  private void keep(Files files) {
    write(keep, files);
  }

  private void write(boolean wanted, Files files) {
    if (!wanted) {
      return;
    }
    try {
      stopwatch.time(
          "write",
          () -> {
            files.write();
            return null;
          });
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The sweep's own grids where it has them. */
  private MdxGeometryFile geometryFile(Sweep sweep) {
    if (sweep.millerIndex().isPresent() && sweep.corrections().isPresent()) {
      return MdxGeometryFile.of(
          sweep.geometry(), sweep.corrections().get(), sweep.millerIndex().get());
    }
    return SweepFiles.geometryFile(sweep.geometry(), 1, 10, 10, conventions);
  }
}
