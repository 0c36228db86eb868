package org.mdx.bragg.process;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.ToDoubleFunction;
import java.util.function.UnaryOperator;
import org.mdx.bragg.integrate.SpotWidths;
import org.mdx.bragg.internal.intensity.MedianCell;
import org.mdx.bragg.internal.intensity.SweepRows;
import org.mdx.geometry.Geometry;
import org.mdx.parallel.Parallel;
import org.mdx.parallel.Progress;
import org.mdx.reflection.Reflections;

/**
 * From the images of one or many crystals to merged intensities, unattended. Each crystal goes its
 * way by itself, several at a time; one that fails is named and stops no other. A crystal whose
 * lattice or widths could not be found is tried again with those of the others. Then all are
 * brought into agreement, scaled and merged: all, clusters, the best subset.
 */
public final class BraggProcess {
  /** What a crystal needs at least, bytes. */
  private static final long LEAST = 256L << 20;

  /** Crystals that share the memory at the most. */
  private static final int MOST_TOGETHER = 8;

  private final List<CrystalSource> sources;
  private final Function<CrystalSource, StageStore> stores;
  private final ProcessOptions options;
  private final Parallel parallel;
  private final Progress progress;
  private final List<String> notes = new ArrayList<>();

  private BraggProcess(
      List<CrystalSource> sources,
      Function<CrystalSource, StageStore> stores,
      ProcessOptions options,
      Parallel parallel,
      Progress progress) {
    this.sources = List.copyOf(sources);
    this.stores = stores;
    this.options = options;
    this.parallel = parallel;
    this.progress = progress;
  }

  /**
   * Processes crystals with all processors, keeping nothing on the way.
   *
   * @param sources at least one
   * @param options how
   * @return crystals and data sets
   * @throws IllegalArgumentException if there is no crystal
   */
  public static Processed run(List<CrystalSource> sources, ProcessOptions options) {
    return run(sources, s -> StageStore.NONE, options, Parallel.available(), Progress.NONE);
  }

  /**
   * Processes crystals.
   *
   * @param sources at least one
   * @param stores where the stages of each are kept
   * @param options how
   * @param parallel threads, which change no bit
   * @param progress told how far the crystals are
   * @return crystals and data sets; no data set if nothing could be merged
   * @throws IllegalArgumentException if there is no crystal
   * @throws java.util.concurrent.CancellationException if the thread was interrupted
   */
  public static Processed run(
      List<CrystalSource> sources,
      Function<CrystalSource, StageStore> stores,
      ProcessOptions options,
      Parallel parallel,
      Progress progress) {
    if (sources.isEmpty()) {
      throw new IllegalArgumentException("no crystal to work on");
    }
    return new BraggProcess(sources, stores, options, parallel, progress).run();
  }

  /**
   * Brings sweeps that are integrated already into agreement, scales and merges them: all,
   * clusters, the best subset.
   *
   * @param geometries one for each id, with crystals
   * @param reflections integrated, of all of them
   * @param options how
   * @return the data sets; none if nothing can be merged
   * @throws IllegalArgumentException if there is no sweep
   */
  public static List<DataSet> merge(
      List<Geometry> geometries, Reflections reflections, ProcessOptions options) {
    if (geometries.isEmpty()) {
      throw new IllegalArgumentException("no sweep to work on");
    }
    return new DataSets(geometries, reflections, options).make();
  }

  private Processed run() {
    ProcessedCrystal[] all = new ProcessedCrystal[sources.size()];
    each(all, null, o -> o, "");
    again(all);
    List<Geometry> geometries = new ArrayList<>();
    List<Reflections> tables = new ArrayList<>();
    List<Integer> sweeps = new ArrayList<>();
    List<Integer> crystals = new ArrayList<>();
    for (int i = 0; i < all.length; i++) {
      if (all[i].reflections().isPresent()) {
        tables.add(all[i].reflections().get());
        sweeps.add(all[i].geometries().size());
        for (Geometry g : all[i].geometries()) {
          geometries.add(g);
          crystals.add(i);
        }
      }
    }
    List<DataSet> made = List.of();
    if (geometries.isEmpty()) {
      notes.add("no crystal was integrated: nothing to merge");
    } else {
      progress.advance("scale and merge", 0, 1);
      DataSets sets = new DataSets(geometries, SweepRows.combine(tables, sweeps), options);
      made = sets.make();
      notes.addAll(sets.notes());
      progress.advance("scale and merge", 1, 1);
    }
    return new Processed(Arrays.asList(all), crystals, made, notes);
  }

  /** Processes all crystals, or those that failed at a stage. */
  private void each(
      ProcessedCrystal[] all, Stage failed, UnaryOperator<CrystalOptions> change, String note) {
    int[] which = which(all, failed);
    long share = Math.max(LEAST, options.memory() / Math.min(MOST_TOGETHER, sources.size()));
    int together =
        (int)
            Math.max(
                1, Math.min(Math.min(parallel.threads(), which.length), options.memory() / share));
    Parallel inside = parallel.atMost(Math.max(1, parallel.threads() / together));
    CrystalOptions o = change.apply(options.crystal().integration(i -> i.withMemory(share / 2)));
    Progress.Counter done = progress.counter("crystals", which.length);
    parallel
        .atMost(together)
        .forEach(
            which.length,
            k -> {
              CrystalSource source = sources.get(which[k]);
              Progress told = together == 1 ? progress : Progress.NONE;
              ProcessedCrystal c =
                  CrystalProcessor.process(source, o, stores.apply(source), inside, told);
              all[which[k]] = note.isEmpty() ? c : noted(c, note);
              done.advance();
            });
  }

  private static ProcessedCrystal noted(ProcessedCrystal c, String note) {
    if (c.failure().isPresent()) {
      return c;
    }
    List<String> more = new ArrayList<>(List.of(note));
    more.addAll(c.notes());
    return new ProcessedCrystal(
        c.name(), c.geometries(), c.reflections(), c.widths(), c.summary(), more, c.failure());
  }

  private static int[] which(ProcessedCrystal[] all, Stage failed) {
    return java.util.stream.IntStream.range(0, all.length)
        .filter(
            i ->
                failed == null
                    || all[i].failure().isPresent() && all[i].failure().get().stage() == failed)
        .toArray();
  }

  /** Crystals that failed, with what is known of the others. */
  private void again(ProcessedCrystal[] all) {
    if (!options.crystal().fallbacks()) {
      return;
    }
    if (which(all, Stage.INDEX).length > 0) {
      usualCrystal(all)
          .ifPresent(
              known ->
                  each(
                      all,
                      Stage.INDEX,
                      o -> o.indexing(i -> i.spaceGroup(known.spaceGroup()).unitCell(known.cell())),
                      "index: no lattice at first; found with cell and space group of the others"));
    }
    List<CrystalSummary> good =
        Arrays.stream(all)
            .filter(c -> c.failure().isEmpty())
            .map(ProcessedCrystal::summary)
            .toList();
    if (which(all, Stage.INTEGRATE).length > 0 && !good.isEmpty()) {
      SpotWidths usual = usual(all, good);
      each(
          all,
          Stage.INTEGRATE,
          o -> o.integration(i -> i.withWidths(usual)),
          "integrate: widths of the spots not found; those of the others");
    }
  }

  /** Medians; in rotation those of the crystal in the middle, with what they owe to its spots. */
  private static SpotWidths usual(ProcessedCrystal[] all, List<CrystalSummary> good) {
    double sigmaB = median(good, CrystalSummary::sigmaB);
    List<SpotWidths> known =
        Arrays.stream(all)
            .filter(c -> c.failure().isEmpty())
            .flatMap(c -> c.widths().stream())
            .sorted(Comparator.comparingDouble(SpotWidths::sigmaM))
            .toList();
    if (known.isEmpty()) {
      return new SpotWidths(sigmaB, median(good, CrystalSummary::sigmaM), 0);
    }
    SpotWidths middle = known.get(known.size() / 2);
    return new SpotWidths(sigmaB, middle.sigmaM(), 0, middle.size(), middle.sine());
  }

  private static double median(List<CrystalSummary> of, ToDoubleFunction<CrystalSummary> value) {
    return MedianCell.median(of.stream().mapToDouble(value).toArray());
  }

  /** A crystal with the median cell and the group that two or more agree on. */
  private Optional<org.mdx.crystal.Crystal> usualCrystal(ProcessedCrystal[] all) {
    List<ProcessedCrystal> good =
        Arrays.stream(all).filter(c -> c.reflections().isPresent()).toList();
    if (good.size() < 2 || options.crystal().indexing().unitCell().isPresent()) {
      return Optional.empty();
    }
    Agreement found =
        Agreement.of(
            good.stream().flatMap(c -> c.geometries().stream()).toList(),
            SweepRows.combine(
                good.stream().map(c -> c.reflections().get()).toList(),
                good.stream().map(c -> c.geometries().size()).toList()),
            options.symmetry(),
            options.crystal().indexing().spaceGroup());
    return found.kept().length < 2 || found.symmetry().isEmpty()
        ? Optional.empty()
        : found.geometries().get(0).crystal();
  }
}
