package org.mdx.bragg;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;
import org.mdx.bragg.index.IndexOptions;
import org.mdx.bragg.index.Indexed;
import org.mdx.bragg.index.Indexer;
import org.mdx.bragg.index.SweepSpots;
import org.mdx.bragg.integrate.IntegrateOptions;
import org.mdx.bragg.integrate.Integrated;
import org.mdx.bragg.integrate.Integrator;
import org.mdx.bragg.refine.RefineOptions;
import org.mdx.bragg.refine.Refined;
import org.mdx.bragg.refine.Refiner;
import org.mdx.bragg.spots.SpotFinder;
import org.mdx.bragg.spots.SpotOptions;
import org.mdx.bragg.spots.Spots;
import org.mdx.geometry.Geometry;
import org.mdx.geometry.Scan;
import org.mdx.image.ImageSeries;
import org.mdx.parallel.Parallel;
import org.mdx.parallel.Progress;
import org.mdx.pipeline.Sweep;
import org.mdx.reflection.ReflectionKeys;
import org.mdx.reflection.Reflections;

/**
 * One sweep, or several of one crystal, on the way from images to a lattice. Immutable: each step
 * gives a new value, and a step that needs an earlier one takes it with its defaults if it was left
 * out. Interrupting the calling thread cancels a step.
 */
public final class BraggSweep {
  private final List<ImageSeries> images;
  private final List<Spots> spots;
  private final Indexed indexed;
  private final Refined refined;
  private final List<Integrated> integrated;
  private final Parallel parallel;
  private final Progress progress;

  private BraggSweep(
      List<ImageSeries> images,
      List<Spots> spots,
      Indexed indexed,
      Refined refined,
      List<Integrated> integrated,
      Parallel parallel,
      Progress progress) {
    this.images = List.copyOf(images);
    this.spots = List.copyOf(spots);
    this.indexed = indexed;
    this.refined = refined;
    this.integrated = List.copyOf(integrated);
    this.parallel = parallel;
    this.progress = progress;
  }

  static BraggSweep of(List<ImageSeries> images) {
    if (images.isEmpty()) {
      throw new IllegalArgumentException("no sweep to work on");
    }
    return new BraggSweep(
        images, List.of(), null, null, List.of(), Parallel.available(), Progress.NONE);
  }

  /**
   * The same with other threads. Results do not depend on them.
   *
   * @param threads to use
   * @return a new value
   */
  public BraggSweep parallel(Parallel threads) {
    return new BraggSweep(images, spots, indexed, refined, integrated, threads, progress);
  }

  /**
   * The same with somebody who is told how far the steps have come.
   *
   * @param listener to tell
   * @return a new value
   */
  public BraggSweep progress(Progress listener) {
    return new BraggSweep(images, spots, indexed, refined, integrated, parallel, listener);
  }

  /**
   * Finds spots with the options of {@link SpotOptions#defaults}.
   *
   * @return the next stage
   * @throws org.mdx.table.EmptyResultException as {@link #findSpots(UnaryOperator)}
   */
  public BraggSweep findSpots() {
    return findSpots(UnaryOperator.identity());
  }

  /**
   * Finds the spots of every sweep, in one pass over its frames.
   *
   * @param options changes to the defaults
   * @return the next stage; lattices found before are dropped
   * @throws org.mdx.table.EmptyResultException if a sweep has no spots
   * @throws IllegalArgumentException if more pixels of a frame are strong than allowed
   * @throws java.io.UncheckedIOException if a frame cannot be read
   */
  public BraggSweep findSpots(UnaryOperator<SpotOptions> options) {
    SpotOptions chosen = options.apply(SpotOptions.defaults());
    List<Spots> found = new ArrayList<>();
    for (ImageSeries sweep : images) {
      found.add(SpotFinder.find(sweep, chosen, parallel, progress));
    }
    return new BraggSweep(images, found, null, null, List.of(), parallel, progress);
  }

  /**
   * Finds the lattices with nothing known of the crystal.
   *
   * @return the next stage
   * @throws org.mdx.bragg.index.IndexingFailure as {@link #index(UnaryOperator)}
   */
  public BraggSweep index() {
    return index(UnaryOperator.identity());
  }

  /**
   * Finds the lattices of the spots; several sweeps share one crystal.
   *
   * @param options changes to the defaults: what is known of the crystal, how many lattices
   * @return the next stage
   * @throws org.mdx.bragg.index.IndexingFailure if no lattice explains the spots; the message says
   *     what was tried and what to change
   */
  public BraggSweep index(UnaryOperator<IndexOptions> options) {
    BraggSweep from = spots.isEmpty() ? findSpots() : this;
    List<SweepSpots> sweeps = new ArrayList<>();
    for (int i = 0; i < images.size(); i++) {
      sweeps.add(new SweepSpots(images.get(i).geometry(), from.spots.get(i).reflections()));
    }
    Indexed found =
        Indexer.index(sweeps, options.apply(IndexOptions.defaults()), parallel, progress);
    return from.with(found);
  }

  /** The same sweeps with other lattices; what came of the old ones is dropped. */
  BraggSweep with(Indexed found) {
    return new BraggSweep(images, spots, found, null, List.of(), parallel, progress);
  }

  /**
   * Refines the geometry with the options of {@link RefineOptions#defaults}.
   *
   * @return the next stage
   * @throws IllegalArgumentException as {@link #refine(UnaryOperator)}
   */
  public BraggSweep refine() {
    return refine(UnaryOperator.identity());
  }

  /**
   * Refines detector, beam and crystals of all lattices and sweeps together.
   *
   * @param options changes to the defaults: what is fixed, what is shared
   * @return the next stage
   * @throws IllegalArgumentException if there are too few reflections for the parameters
   * @throws org.mdx.bragg.index.IndexingFailure as {@link #index(UnaryOperator)}, if the sweep was
   *     not indexed before
   */
  public BraggSweep refine(UnaryOperator<RefineOptions> options) {
    BraggSweep from = indexed == null ? index() : this;
    // in the order of the column id: lattice by lattice, the sweeps of each
    List<Geometry> starts =
        from.indexed.lattices().stream().flatMap(l -> l.geometries().stream()).toList();
    Refined found =
        Refiner.refine(starts, from.indexed.reflections(), options.apply(RefineOptions.defaults()));
    return new BraggSweep(images, from.spots, from.indexed, found, List.of(), parallel, progress);
  }

  /**
   * Integrates the Bragg reflections with the options of {@link IntegrateOptions#defaults}.
   *
   * @return the next stage
   * @throws IllegalArgumentException as {@link #integrate(UnaryOperator)}
   */
  public BraggSweep integrate() {
    return integrate(UnaryOperator.identity());
  }

  /**
   * Integrates the Bragg reflections of each lattice and sweep, in one pass over the frames of
   * each.
   *
   * @param options changes to the defaults: resolution, memory, widths of the spots
   * @return the next stage
   * @throws IllegalArgumentException if the spots do not show their widths, or hardly one lies
   *     where the geometry predicts it
   * @throws org.mdx.table.EmptyResultException if nothing could be integrated
   * @throws org.mdx.bragg.index.IndexingFailure as {@link #index(UnaryOperator)}, if the sweep was
   *     not indexed before
   */
  public BraggSweep integrate(UnaryOperator<IntegrateOptions> options) {
    BraggSweep from = refined == null ? refine() : this;
    IntegrateOptions chosen = options.apply(IntegrateOptions.defaults());
    Reflections spots = from.refined.reflections();
    int[] id = spots.get(ReflectionKeys.ID);
    List<Integrated> found = new ArrayList<>();
    for (int row = 0; row < from.refined.geometries().size(); row++) {
      int number = row;
      ImageSeries sweep =
          images.get(row % images.size()).ofScan(from.refined.geometries().get(row));
      Reflections own = spots.where(i -> id[i] == number);
      found.add(Integrator.integrate(sweep, own, chosen, parallel, progress));
    }
    return new BraggSweep(
        images, from.spots, from.indexed, from.refined, found, parallel, progress);
  }

  /**
   * The frames as they came.
   *
   * @return one for each sweep
   */
  public List<ImageSeries> images() {
    return images;
  }

  /**
   * The spots.
   *
   * @return one for each sweep, or none before they were looked for
   */
  public List<Spots> spots() {
    return spots;
  }

  /**
   * The lattices and the reflections with their indices.
   *
   * @return empty before {@link #index()}
   */
  public Optional<Indexed> indexed() {
    return Optional.ofNullable(indexed);
  }

  /**
   * The refined geometries, lattice by lattice, and the reflections with their predictions.
   *
   * @return empty before {@link #refine()}
   */
  public Optional<Refined> refined() {
    return Optional.ofNullable(refined);
  }

  /**
   * The integrated intensities, lattice by lattice, the sweeps of each.
   *
   * @return one for each lattice and sweep, or none before {@link #integrate()}
   */
  public List<Integrated> integrated() {
    return integrated;
  }

  /** The spots that have an index of the first lattice, with its geometry. */
  List<SweepSpots> indexedSpots() {
    Reflections all = indexed.reflections();
    int[] id = all.get(ReflectionKeys.ID);
    List<SweepSpots> sweeps = new ArrayList<>();
    for (int s = 0; s < images.size(); s++) {
      int number = s;
      sweeps.add(
          new SweepSpots(
              indexed.lattices().get(0).geometries().get(s), all.where(i -> id[i] == number)));
    }
    return sweeps;
  }

  /**
   * The geometry of each sweep as it is known by now, with the crystal of the first lattice once it
   * is indexed.
   *
   * @return one for each sweep
   */
  public List<Geometry> geometries() {
    if (refined != null) {
      return refined.geometries().subList(0, images.size());
    }
    return indexed == null
        ? images.stream().map(ImageSeries::geometry).toList()
        : indexed.lattices().get(0).geometries();
  }

  /**
   * The sweeps for a reduction of their diffuse scattering, with the crystal of the first lattice.
   *
   * @return one for each sweep, or for each stretch of images of a crystal that slipped, for {@link
   *     org.mdx.Mdx#sweeps(List)}
   * @throws IllegalStateException before {@link #index()}
   */
  public List<Sweep> toSweeps() {
    if (indexed == null) {
      throw new IllegalStateException("no crystal yet: index the sweep first");
    }
    if (indexed.slipped()) {
      List<Geometry> all =
          refined != null
              ? refined.geometries()
              : indexed.lattices().stream().map(l -> l.geometries().get(0)).toList();
      return all.stream().map(g -> Sweep.of(images.get(0).ofScan(g))).toList();
    }
    List<Sweep> sweeps = new ArrayList<>();
    for (int i = 0; i < images.size(); i++) {
      sweeps.add(Sweep.of(images.get(i).ofScan(geometries().get(i))));
    }
    return sweeps;
  }

  /** One value for each stretch of images of a crystal that slipped; this one if it did not. */
  List<BraggSweep> stretches() {
    if (indexed == null || !indexed.slipped()) {
      return List.of(this);
    }
    List<BraggSweep> parts = new ArrayList<>();
    for (int l = 0; l < indexed.lattices().size(); l++) {
      Indexed own = SlippedParts.one(indexed, l);
      Scan scan = own.lattices().get(0).geometries().get(0).scan();
      int from = scan.firstImage() - images.get(0).geometry().scan().firstImage();
      parts.add(
          new BraggSweep(
              List.of(images.get(0).ofScan(images.get(0).geometry().withScan(scan))),
              List.of(spots.get(0).part(from, from + scan.frames())),
              own,
              null,
              List.of(),
              parallel,
              progress));
    }
    return parts;
  }

  /**
   * The one sweep for a reduction of its diffuse scattering.
   *
   * @return the sweep with the crystal of the first lattice
   * @throws IllegalStateException before {@link #index()}, or if there are several sweeps, or the
   *     crystal slipped
   */
  public Sweep toSweep() {
    List<Sweep> all = toSweeps();
    if (all.size() != 1) {
      throw new IllegalStateException("there are " + all.size() + " sweeps: use toSweeps()");
    }
    return all.get(0);
  }

  /** What is known by now: images, spots, cells and the part that is indexed. */
  @Override
  public String toString() {
    StringBuilder text = new StringBuilder("BraggSweep[");
    text.append(images.size() == 1 ? "" : images.size() + " sweeps, ");
    text.append(images.stream().mapToInt(s -> s.source().frames()).sum()).append(" images");
    if (refined != null) {
      text.append("; ").append(refined);
    } else if (indexed != null) {
      text.append("; ").append(indexed);
    } else if (!spots.isEmpty()) {
      text.append("; ").append(spots.stream().mapToInt(s -> s.reflections().size()).sum());
      text.append(" spots");
    }
    if (!integrated.isEmpty()) {
      text.append("; ");
      text.append(integrated.stream().mapToInt(i -> i.reflections().size()).sum());
      text.append(" reflections integrated");
    }
    return text.append(']').toString();
  }
}
