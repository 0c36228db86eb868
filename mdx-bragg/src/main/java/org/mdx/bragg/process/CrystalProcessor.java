package org.mdx.bragg.process;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CancellationException;
import org.mdx.bragg.index.Indexed;
import org.mdx.bragg.index.SweepSpots;
import org.mdx.bragg.integrate.Integrated;
import org.mdx.bragg.integrate.Integrator;
import org.mdx.bragg.integrate.SpotWidths;
import org.mdx.bragg.spots.SpotFinder;
import org.mdx.bragg.spots.Spots;
import org.mdx.geometry.Geometry;
import org.mdx.geometry.Probe;
import org.mdx.image.ImageSeries;
import org.mdx.mask.FoundShadow;
import org.mdx.mask.ShadowFinder;
import org.mdx.parallel.Parallel;
import org.mdx.parallel.Progress;
import org.mdx.reflection.ReflectionFlag;
import org.mdx.reflection.ReflectionKeys;
import org.mdx.reflection.Reflections;
import org.mdx.table.EmptyResultException;

/**
 * From the images of one crystal to its intensities: spots, lattices, refinement, integration. A
 * stage that fails is tried in other ways, and the notes tell so. A crystal that fails in the end
 * is an answer, too: where and why.
 */
public final class CrystalProcessor {
  /** Part of the detector in a shadow that is worth leaving out. */
  private static final double SHADOW = 2e-3;

  /** Images of a sweep for which it is worth reading twelve of them once more. */
  private static final int SHADOW_FRAMES = 36;

  private final CrystalSource source;
  private final CrystalOptions options;
  private final StageStore store;
  private final Parallel parallel;
  private final Progress progress;

  private Stage stage = Stage.IMPORT;
  private CrystalSummary summary = CrystalSummary.ofImages(0);
  private List<String> notes = new ArrayList<>();
  private List<ImageSeries> images = List.of();

  /** What is told of shadows in them. */
  private final List<String> shadows = new ArrayList<>();

  private CrystalProcessor(
      CrystalSource source,
      CrystalOptions options,
      StageStore store,
      Parallel parallel,
      Progress progress) {
    this.source = source;
    this.options = options;
    this.store = store;
    this.parallel = parallel;
    this.progress = progress;
  }

  /**
   * Processes one crystal, and goes on from what the store has of it.
   *
   * @param source its images
   * @param options how
   * @param store told of every stage's result
   * @param parallel threads, which change no bit
   * @param progress told how far the stages are
   * @return intensities, or where and why there are none
   * @throws CancellationException if the thread was interrupted
   */
  public static ProcessedCrystal process(
      CrystalSource source,
      CrystalOptions options,
      StageStore store,
      Parallel parallel,
      Progress progress) {
    return new CrystalProcessor(source, options, store, parallel, progress).run();
  }

  private ProcessedCrystal run() {
    try {
      Optional<StageProduct> done = restored(Stage.INTEGRATE);
      return done.isPresent() ? result(done.get()) : result(integrated(refined(indexed(spots()))));
    } catch (CancellationException e) {
      throw e;
    } catch (IOException | RuntimeException e) {
      String reason = e.getMessage() == null ? e.toString() : e.getMessage();
      return new ProcessedCrystal(
          source.name(),
          List.of(),
          Optional.empty(),
          List.of(),
          summary,
          notes,
          Optional.of(new ProcessedCrystal.Failure(stage, reason)));
    }
  }

  private ProcessedCrystal result(StageProduct p) {
    return new ProcessedCrystal(
        source.name(),
        p.geometries(),
        Optional.of(p.reflections()),
        p.widths().orElse(List.of()),
        p.summary(),
        p.notes(),
        Optional.empty());
  }

  private Optional<StageProduct> restored(Stage of) throws IOException {
    Optional<StageProduct> old = store.load(of, options.key(of));
    if (old.isPresent()) {
      stage = of;
      summary = old.get().summary();
      notes = new ArrayList<>(old.get().notes());
    }
    return old;
  }

  private StageProduct keep(
      List<Geometry> geometries, Reflections reflections, List<SpotWidths> widths)
      throws IOException {
    if (Thread.currentThread().isInterrupted()) {
      throw new CancellationException("interrupted");
    }
    StageProduct p =
        new StageProduct(
            stage, geometries, reflections, Optional.ofNullable(widths), summary, notes);
    store.save(p, options.key(stage));
    return p;
  }

  private Progress named() {
    return (what, done, total) -> progress.advance(source.name() + ": " + what, done, total);
  }

  private List<ImageSeries> images() throws IOException {
    if (images.isEmpty()) {
      images = source.opener().open();
      if (images.isEmpty()) {
        throw new EmptyResultException("no images");
      }
      for (ImageSeries sweep : images) {
        if (sweep.geometry().scan().width() == 0) {
          throw new IllegalArgumentException(
              sweep.source().describe(0)
                  + ": stills, a crystal needs a rotation; --oscillation gives the angles that"
                  + " headers lack");
        }
      }
      images = images.stream().map(this::withoutShadow).toList();
    }
    return images;
  }

  /** Without what lies behind something in front of the detector: it would be taken for weak. */
  private ImageSeries withoutShadow(ImageSeries sweep) {
    if (!options.shadows()
        || sweep.frames() < SHADOW_FRAMES
        || sweep.geometry().beam().probe() != Probe.X_RAY) {
      return sweep;
    }
    FoundShadow found = ShadowFinder.find(sweep, parallel);
    if (found.part() < SHADOW) {
      return sweep;
    }
    shadows.add(
        "images: a shadow that no mask leaves out is left out: "
            + found
            + "; 'mdx generate-mask --shadow' makes the mask");
    return sweep.masked(found.masks());
  }

  private StageProduct spots() throws IOException {
    for (Stage later : List.of(Stage.REFINE, Stage.INDEX, Stage.SPOTS)) {
      Optional<StageProduct> old = restored(later);
      if (old.isPresent()) {
        return old.get();
      }
    }
    List<ImageSeries> sweeps = images();
    source.notes().forEach(n -> notes.add("import: " + n));
    notes.addAll(shadows);
    summary = CrystalSummary.ofImages(sweeps.stream().mapToInt(ImageSeries::frames).sum());
    stage = Stage.SPOTS;
    List<Reflections> tables = new ArrayList<>();
    for (int s = 0; s < sweeps.size(); s++) {
      Spots found = SpotFinder.find(sweeps.get(s), options.spots(), parallel, named());
      found.notes().forEach(n -> notes.add("spots: " + n));
      long blank = found.frames().stream().filter(f -> f.blank()).count();
      if (blank > 0) {
        notes.add("spots: " + blank + " of " + sweeps.get(s).frames() + " images are blank");
      }
      tables.add(numbered(found.reflections(), s));
    }
    Reflections all = Reflections.concatenate(tables);
    summary = summary.spots(all.size());
    return keep(sweeps.stream().map(ImageSeries::geometry).toList(), all, null);
  }

  static Reflections numbered(Reflections r, int number) {
    int[] id = new int[r.size()];
    Arrays.fill(id, number);
    return r.with(ReflectionKeys.ID, id)
        .with(ReflectionKeys.IMAGESET_ID, id)
        .withIdentifiers(Map.of());
  }

  private StageProduct indexed(StageProduct before) throws IOException {
    if (before.stage() != Stage.SPOTS) {
      return before;
    }
    stage = Stage.INDEX;
    int[] id = before.reflections().get(ReflectionKeys.ID);
    List<SweepSpots> sweeps = new ArrayList<>();
    for (int s = 0; s < before.geometries().size(); s++) {
      int number = s;
      sweeps.add(
          new SweepSpots(
              before.geometries().get(s), before.reflections().where(i -> id[i] == number)));
    }
    Indexed found = new IndexAttempts(options, parallel, named()).index(sweeps, notes);
    found.notes().forEach(n -> notes.add("index: " + n));
    List<Geometry> geometries =
        found.lattices().stream().flatMap(l -> l.geometries().stream()).toList();
    summary = summary.lattice(geometries.get(0), found.reflections(), ReflectionFlag.INDEXED);
    return keep(geometries, found.reflections(), null);
  }

  private StageProduct refined(StageProduct before) throws IOException {
    if (before.stage() != Stage.INDEX) {
      return before;
    }
    stage = Stage.REFINE;
    RefineAttempts.Answer found =
        new RefineAttempts(options).refine(before.geometries(), before.reflections(), notes);
    if (found.refined()) {
      summary =
          summary.lattice(
              found.geometries().get(0), found.reflections(), ReflectionFlag.USED_IN_REFINEMENT);
    }
    return keep(found.geometries(), found.reflections(), null);
  }

  private StageProduct integrated(StageProduct before) throws IOException {
    List<ImageSeries> sweeps = images();
    stage = Stage.INTEGRATE;
    int[] id = before.reflections().get(ReflectionKeys.ID);
    List<Reflections> tables = new ArrayList<>();
    List<SpotWidths> widths = new ArrayList<>();
    for (int row = 0; row < before.geometries().size(); row++) {
      int number = row;
      ImageSeries sweep = sweeps.get(row % sweeps.size()).ofScan(before.geometries().get(row));
      Reflections own = before.reflections().where(i -> id[i] == number);
      Integrated found =
          Integrator.integrate(
              sweep,
              otherLattices(before.geometries(), row, sweeps.size()),
              own,
              options.integration(),
              parallel,
              named());
      found.notes().forEach(n -> notes.add("integrate: " + n));
      widths.add(found.widths());
      tables.add(numbered(found.reflections(), row));
    }
    Reflections all = Reflections.concatenate(tables);
    summary = summary.intensities(widths.get(0), all);
    return keep(before.geometries(), all, widths);
  }

  /** Crystals in the same images. */
  private static List<Geometry> otherLattices(List<Geometry> all, int row, int sweeps) {
    List<Geometry> others = new ArrayList<>();
    for (int i = row % sweeps; i < all.size(); i += sweeps) {
      // crystals that took each other's place have scans of their own
      if (i != row && all.get(i).scan().hasImagesOf(all.get(row).scan())) {
        others.add(all.get(i));
      }
    }
    return others;
  }
}
