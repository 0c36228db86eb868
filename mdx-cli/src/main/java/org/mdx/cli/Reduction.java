package org.mdx.cli;

import java.io.IOException;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import org.mdx.Mdx;
import org.mdx.correct.BackgroundBinner;
import org.mdx.correct.BackgroundOptions;
import org.mdx.crystal.ChangeOfBasis;
import org.mdx.crystal.Crystal;
import org.mdx.crystal.LaueGroup;
import org.mdx.image.BinnedImageSeries;
import org.mdx.image.ImageSeries;
import org.mdx.integrate.Integration;
import org.mdx.io.input.SweepFiles;
import org.mdx.io.nexus.Mdx2;
import org.mdx.io.nexus.MdxGeometryFile;
import org.mdx.merge.MergeOptions;
import org.mdx.merge.Merged;
import org.mdx.merge.Split;
import org.mdx.parallel.Parallel;
import org.mdx.parallel.Progress;
import org.mdx.peaks.BraggMask;
import org.mdx.peaks.Peaks;
import org.mdx.pipeline.Corrected;
import org.mdx.pipeline.FoundPeaks;
import org.mdx.pipeline.Integrated;
import org.mdx.pipeline.Masked;
import org.mdx.pipeline.MergedSweeps;
import org.mdx.pipeline.Scaled;
import org.mdx.pipeline.Sweep;
import org.mdx.pipeline.Sweeps;
import org.mdx.reindex.Reindexing;
import org.mdx.scale.NothingToScaleException;
import org.mdx.scale.Scaling;
import org.mdx.scale.ScalingOptions;
import org.mdx.table.HKLTable;
import org.mdx.table.Subdivision;

/**
 * The whole way from sweeps to merged intensities, one sweep after the other, so that no more than
 * the corrected tables of those before is kept.
 */
final class Reduction {
  /** Standard errors beyond which an observation is left out of the merge by default. */
  static final double OUTLIER = 5;

  /**
   * How to reduce.
   *
   * @param countThreshold pixels with more counts are Bragg peaks
   * @param sigmaCutoff standard deviations of the peak model that are masked
   * @param ndiv voxels per unit of each index
   * @param bins how the background is binned
   * @param split half-sets to merge apart
   * @param seed of random halves
   * @param outlier observations farther than this many standard errors are left out; may be
   *     infinite
   * @param scaling terms of the scaling model, or null to merge without scaling
   * @param resolveAmbiguity whether sweeps that were indexed differently are reindexed
   * @param mdx2Compatible whether to follow mdx2 throughout
   * @param keep whether to write every stage's file
   */
  record Options(
      int countThreshold,
      double sigmaCutoff,
      Subdivision ndiv,
      BackgroundOptions bins,
      Split split,
      long seed,
      double outlier,
      ScalingOptions scaling,
      boolean resolveAmbiguity,
      boolean mdx2Compatible,
      boolean keep) {}

  /**
   * What one sweep came to.
   *
   * @param name of the sweep in the output
   * @param images where its images are
   * @param frames number of frames
   * @param peaks strong pixels and their model
   * @param masked pixels masked
   * @param pixels pixels integrated
   * @param counts their counts
   * @param observations rows of the integrated table
   */
  record SweepResult(
      String name,
      String images,
      int frames,
      Peaks peaks,
      long masked,
      long pixels,
      long counts,
      int observations) {}

  /**
   * What all sweeps came to.
   *
   * @param crystal of the first sweep
   * @param sweeps each sweep
   * @param reindexing what was found of their indexing, or null if it was not looked at
   * @param scaling what the refinement of scales did, or null if there was none
   * @param merged the merged intensities
   */
  record Result(
      Crystal crystal,
      List<SweepResult> sweeps,
      Reindexing reindexing,
      Scaling scaling,
      Merged merged) {}

  /** Told of each sweep when it is done. */
  @FunctionalInterface
  interface Observer {
    /** Does not care. */
    Observer NONE = (integration, corrected) -> {};

    /**
     * A sweep is reduced.
     *
     * @param integration its counts
     * @param corrected the same rows corrected
     */
    void reduced(Integration integration, HKLTable corrected);
  }

  private final Options options;
  private final Parallel parallel;
  private final Progress progress;
  private final PrintWriter out;
  private final Stopwatch stopwatch;
  private final List<BraggMask> masks = new ArrayList<>();

  Reduction(
      Options options, Parallel parallel, Progress progress, PrintWriter out, Stopwatch stopwatch) {
    this.options = options;
    this.parallel = parallel;
    this.progress = progress;
    this.out = out;
    this.stopwatch = stopwatch;
  }

  /**
   * Reduces sweeps.
   *
   * @param sweeps of crystals of one Laue group
   * @param blank a sweep without a crystal, or null
   * @param folder where the stages' files go, if they are kept
   * @param observer told of each sweep
   * @throws IOException if a file cannot be read or written
   * @throws IllegalArgumentException if the sweeps do not fit together
   */
  Result run(List<Sweep> sweeps, ImageSeries blank, OutputFolder folder, Observer observer)
      throws IOException {
    Sweeps all = Mdx.sweeps(sweeps);
    Crystal crystal = all.sweeps().get(0).crystal();
    requireCarried(crystal.spaceGroup().laueGroup());
    for (Sweep sweep : sweeps) {
      requireSameDetector(blank, sweep.images());
    }
    BinnedImageSeries background = blank == null ? null : bin(blank, folder);
    List<Corrected> parts = new ArrayList<>();
    List<SweepResult> results = new ArrayList<>();
    for (int i = 0; i < sweeps.size(); i++) {
      String name = "split_" + i;
      results.add(reduce(name, sweeps.get(i), background, folder, observer, parts::add));
    }
    Corrected corrected = consistent(Corrected.join(parts), folder);
    Reindexing reindexing = corrected.reindexing().orElse(null);
    Scaled scaled = scale(corrected, folder);
    MergedSweeps merged =
        stopwatch.time(
            "merge", () -> scaled == null ? corrected.merge(this::how) : scaled.merge(this::how));
    out.println(merged);
    Scaling scaling = scaled == null ? null : scaled.scaling().orElseThrow();
    return new Result(crystal, results, reindexing, scaling, merged.merged());
  }

  private MergeOptions how(MergeOptions defaults) {
    return defaults
        .split(options.split())
        .seed(options.seed())
        .outlier(options.outlier())
        .mdx2Compatible(options.mdx2Compatible());
  }

  /** Reindexes sweeps that were indexed differently; what has changed is kept beside the rest. */
  private Corrected consistent(Corrected corrected, OutputFolder folder) throws IOException {
    if (!options.resolveAmbiguity() || corrected.tables().size() < 2) {
      return corrected;
    }
    Corrected out = stopwatch.time("reindex", () -> corrected.resolveAmbiguity());
    Reindexing found = out.reindexing().orElseThrow();
    for (int i = 0; i < out.tables().size(); i++) {
      ChangeOfBasis operator = found.operator(i);
      if (!operator.equals(ChangeOfBasis.IDENTITY)) {
        this.out.println("split_" + i + ": reindexed by " + operator);
        if (options.keep()) {
          String stem = "split_" + i + "/reindexed";
          Mdx2.writeTable(folder.file(stem + ".nxs"), out.tables().get(i));
          Mdx2.writeGeometry(
              folder.file(stem + "_geometry.nxs"), geometryFile(out.sweeps().get(i)));
          Mdx2.writeMask(folder.file(stem + "_mask.nxs"), masks.get(i).reindexed(operator));
        }
      }
      if (!found.sweeps().get(i).warning().isEmpty()) {
        this.out.println("split_" + i + ": " + found.sweeps().get(i).warning());
      }
    }
    return out;
  }

  /** Scales all sweeps; null where that is not wanted or there is nothing to scale against. */
  private Scaled scale(Corrected corrected, OutputFolder folder) throws IOException {
    if (options.scaling() == null) {
      return null;
    }
    Scaled scaled;
    try {
      scaled = stopwatch.time("scale", () -> corrected.scale(options.scaling()));
    } catch (NothingToScaleException e) {
      out.println("not scaled: " + e.getMessage());
      return null;
    }
    out.println(scaled);
    for (int i = 0; i < scaled.models().size() && options.keep(); i++) {
      Mdx2.writeScales(folder.file("split_" + i + "/scales.nxs"), scaled.models().get(i));
    }
    return scaled;
  }

  private void requireCarried(LaueGroup laue) {
    Subdivision n = options.ndiv();
    if (!laue.carries(n.h(), n.k(), n.l())) {
      throw new IllegalArgumentException(
          "--subdivide "
              + n
              + " does not fit Laue group "
              + laue.symbol()
              + ": its operators exchange indices that are divided differently; divide them alike");
    }
  }

  private static void requireSameDetector(ImageSeries blank, ImageSeries images) {
    if (blank != null && !shape(blank).equals(shape(images))) {
      throw new IllegalArgumentException(
          blank.source().describe(0)
              + ": the background's detector has "
              + shape(blank)
              + " pixels, that of "
              + images.source().describe(0)
              + " "
              + shape(images)
              + "; give a background from the same detector");
    }
  }

  /** Sizes of all panels, such as {@code 487 x 619}. */
  private static String shape(ImageSeries images) {
    return images.geometry().detector().panels().stream()
        .map(p -> p.width() + " x " + p.height())
        .collect(Collectors.joining(", "));
  }

  private BinnedImageSeries bin(ImageSeries blank, OutputFolder folder) throws IOException {
    BinnedImageSeries binned =
        stopwatch.time(
            "background",
            () -> BackgroundBinner.bin(blank, options.bins(), parallel, named("background")));
    if (options.keep()) {
      Mdx2.writeBinned(folder.file("binned.nxs"), binned);
    }
    return binned;
  }

  private Progress named(String name) {
    return (stage, done, total) -> progress.advance(name + ": " + stage, done, total);
  }

  /** One sweep from images to corrected intensities, which the observer is given. */
  private SweepResult reduce(
      String name,
      Sweep sweep,
      BinnedImageSeries background,
      OutputFolder folder,
      Observer observer,
      Consumer<Corrected> products)
      throws IOException {
    Sweeps start =
        Mdx.sweeps(List.of(sweep))
            .parallel(parallel)
            .progress(named(name))
            .mdx2Compatible(options.mdx2Compatible())
            .background(background);
    FoundPeaks found = stopwatch.time("find peaks", () -> findPeaks(start, name));
    Peaks peaks = found.peaks().get(0);
    out.println(name + ": " + peaks);
    Masked masked = found.maskPeaks(options.sigmaCutoff());
    masks.addAll(masked.masks());
    Subdivision n = options.ndiv();
    Integrated integrated =
        stopwatch.time("integrate", () -> masked.integrate(i -> i.subdivide(n.h(), n.k(), n.l())));
    Integration totals = integrated.integrations().get(0);
    out.println(name + ": " + totals);
    Corrected corrected = stopwatch.time("correct", () -> integrated.correct());
    HKLTable table = corrected.tables().get(0);
    observer.reduced(totals, table);
    products.accept(corrected);
    if (options.keep()) {
      stopwatch.time("write", () -> keep(name, sweep, peaks, masked, totals, table, folder));
    }
    return new SweepResult(
        name,
        sweep.images().source().describe(0),
        sweep.images().frames(),
        peaks,
        totals.maskedPixels(),
        totals.pixels(),
        totals.counts(),
        totals.table().rows());
  }

  private FoundPeaks findPeaks(Sweeps start, String name) {
    try {
      return start.findPeaks(p -> p.countThreshold(options.countThreshold()));
    } catch (IllegalArgumentException e) {
      String images = start.sweeps().get(0).images().source().describe(0);
      throw new IllegalArgumentException(name + " (" + images + " …): " + e.getMessage(), e);
    }
  }

  private Void keep(
      String name,
      Sweep sweep,
      Peaks peaks,
      Masked masked,
      Integration totals,
      HKLTable corrected,
      OutputFolder folder)
      throws IOException {
    folder.folder(name);
    Mdx2.writeGeometry(folder.file(name + "/geometry.nxs"), geometryFile(sweep));
    Mdx2.writePeaks(folder.file(name + "/peaks.nxs"), peaks, sweep.geometry().scan());
    Mdx2.writeMask(folder.file(name + "/mask.nxs"), masked.masks().get(0));
    Mdx2.writeTable(folder.file(name + "/integrated.nxs"), totals.table());
    Mdx2.writeTable(folder.file(name + "/corrected.nxs"), corrected);
    return null;
  }

  /** The sweep's own grids where it has them. */
  private MdxGeometryFile geometryFile(Sweep sweep) {
    if (sweep.millerIndex() != null && sweep.corrections() != null) {
      return MdxGeometryFile.of(sweep.geometry(), sweep.corrections(), sweep.millerIndex());
    }
    return SweepFiles.geometryFile(sweep.geometry(), 1, 10, 10, options.mdx2Compatible());
  }

  /** Such as {@code 44145 voxels, redundancy 12.6}. */
  static String brief(Merged merged) {
    return String.format(
        Locale.ROOT, "%d voxels, redundancy %.1f", merged.table().rows(), merged.redundancy());
  }
}
