package org.mdx.bragg;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;
import java.util.stream.IntStream;
import org.mdx.Mdx;
import org.mdx.bragg.index.IndexOptions;
import org.mdx.bragg.index.IndexingFailure;
import org.mdx.bragg.refine.RefineOptions;
import org.mdx.bragg.spots.SpotOptions;
import org.mdx.crystal.CellTolerance;
import org.mdx.crystal.Crystal;
import org.mdx.image.ImageSeries;
import org.mdx.parallel.Parallel;
import org.mdx.parallel.Progress;
import org.mdx.pipeline.Reduction;
import org.mdx.pipeline.Sweep;
import org.mdx.pipeline.Sweeps;

/**
 * Sweeps of one kind of crystal, each of a crystal of its own, on the way from images to a map of
 * diffuse scattering:
 *
 * <pre>{@code
 * Reduction map = Bragg.crystals(images).index(o -> o.spaceGroup("I 21 3")).reduce();
 * }</pre>
 *
 * <p>Each sweep is searched, indexed and refined by itself; sweeps that bring a crystal with them
 * stay as they are, and their cell and space group are taken for the others. Where no space group
 * is known, the Laue group is {@linkplain #symmetry() chosen} from cell and intensities of all
 * sweeps. Immutable: each step gives a new value, and one that needs an earlier one takes it with
 * its defaults if it was left out.
 */
public final class BraggCrystals {
  private final List<ImageSeries> images;

  /** Which of the sweeps given at first each one is of. */
  private final List<Integer> origins;

  private final List<Crystal> known;

  /** Those without a crystal of their own, grouped if they are of one crystal. */
  private final List<CrystalPart> parts;

  private final LaueChoice choice;
  private final Parallel parallel;
  private final Progress progress;

  private BraggCrystals(
      List<ImageSeries> images,
      List<Integer> origins,
      List<Crystal> known,
      List<CrystalPart> parts,
      LaueChoice choice,
      Parallel parallel,
      Progress progress) {
    this.images = List.copyOf(images);
    this.origins = List.copyOf(origins);
    this.known = List.copyOf(known);
    this.parts = List.copyOf(parts);
    this.choice = choice;
    this.parallel = parallel;
    this.progress = progress;
  }

  static BraggCrystals of(List<ImageSeries> images) {
    if (images.isEmpty()) {
      throw new IllegalArgumentException("no sweep to work on");
    }
    List<CrystalPart> parts = new ArrayList<>();
    List<Crystal> known = new ArrayList<>();
    for (int i = 0; i < images.size(); i++) {
      Optional<Crystal> crystal = images.get(i).geometry().crystal();
      if (crystal.isPresent()) {
        known.add(crystal.get());
      } else {
        requireTurning(i, images.get(i));
        parts.add(new CrystalPart(new int[] {i}, BraggSweep.of(List.of(images.get(i)))));
      }
    }
    List<Integer> all = IntStream.range(0, images.size()).boxed().toList();
    return new BraggCrystals(images, all, known, parts, null, Parallel.available(), Progress.NONE);
  }

  private static void requireTurning(int number, ImageSeries sweep) {
    if (sweep.frames() < 2 || sweep.geometry().scan().width() == 0) {
      throw new IllegalArgumentException(
          "sweep "
              + number
              + " ("
              + sweep.source().describe(0)
              + ") has "
              + (sweep.frames() < 2 ? "one image" : "stills")
              + ": a map needs a rotation; give all images of the sweep, by their folder or a"
              + " template such as x_####.cbf, and with --oscillation the angles that headers"
              + " lack");
    }
  }

  /**
   * The same with other threads. Results do not depend on them.
   *
   * @param threads to use
   * @return a new value
   */
  public BraggCrystals parallel(Parallel threads) {
    return new BraggCrystals(images, origins, known, parts, choice, threads, progress);
  }

  /**
   * The same with somebody who is told how far the steps have come.
   *
   * @param listener to tell
   * @return a new value
   */
  public BraggCrystals progress(Progress listener) {
    return new BraggCrystals(images, origins, known, parts, choice, parallel, listener);
  }

  /**
   * With crystals that are known. Cell and space group of the first hold for all sweeps. A sweep
   * whose crystal lies as one of these, up to the symmetry of the lattice, is indexed as it is.
   *
   * @param crystals at least one, of one kind
   * @return a new value
   */
  public BraggCrystals known(List<Crystal> crystals) {
    List<Crystal> all = new ArrayList<>(crystals);
    all.addAll(known);
    return new BraggCrystals(images, origins, all, parts, choice, parallel, progress);
  }

  /**
   * With sweeps that are all of one crystal on one goniometer: they are indexed together. To be
   * called before the first step.
   *
   * @return a new value
   * @throws IllegalStateException if spots were found already
   */
  public BraggCrystals joint() {
    if (parts.stream().anyMatch(p -> !p.sweep().spots().isEmpty())) {
      throw new IllegalStateException("sweeps are joined before the first step");
    }
    int[] numbers = parts.stream().flatMapToInt(p -> Arrays.stream(p.numbers())).toArray();
    List<CrystalPart> one =
        numbers.length == 0
            ? List.of()
            : List.of(
                new CrystalPart(
                    numbers, BraggSweep.of(Arrays.stream(numbers).mapToObj(images::get).toList())));
    return new BraggCrystals(images, origins, known, one, choice, parallel, progress);
  }

  /**
   * Finds spots with the options of {@link SpotOptions#defaults}.
   *
   * @return the next stage
   * @throws CrystalFailure as {@link #findSpots(UnaryOperator)}
   */
  public BraggCrystals findSpots() {
    return findSpots(UnaryOperator.identity());
  }

  /**
   * Finds the spots of every sweep without a crystal, in one pass over its frames.
   *
   * @param options changes to the defaults
   * @return the next stage
   * @throws CrystalFailure if a sweep has no spots or too much of it is strong
   */
  public BraggCrystals findSpots(UnaryOperator<SpotOptions> options) {
    List<CrystalPart> next = new ArrayList<>();
    for (CrystalPart p : parts) {
      next.add(p.with(step("find spots", p, () -> ready(p).findSpots(options))));
    }
    return with(next, null);
  }

  private BraggCrystals with(List<CrystalPart> next, LaueChoice chosen) {
    return new BraggCrystals(images, origins, known, next, chosen, parallel, progress);
  }

  private BraggSweep ready(CrystalPart p) {
    Progress named =
        (stage, done, total) ->
            progress.advance("sweep " + p.numbers()[0] + ": " + stage, done, total);
    return p.sweep().parallel(parallel).progress(named);
  }

  private BraggSweep step(String stage, CrystalPart p, Supplier<BraggSweep> work) {
    try {
      return work.get();
    } catch (IllegalArgumentException | IndexingFailure e) {
      int number = p.numbers()[0];
      throw new CrystalFailure(stage, number, images.get(number).source().describe(0), e);
    }
  }

  /**
   * Indexes with nothing known of the crystals but what {@link #known} told.
   *
   * @return the next stage
   * @throws CrystalFailure as {@link #index(UnaryOperator)}
   */
  public BraggCrystals index() {
    return index(UnaryOperator.identity());
  }

  /**
   * Finds the lattice of every sweep without a crystal, and without a space group the Laue group of
   * all.
   *
   * @param options changes to the defaults: what is known of the crystals
   * @return the next stage
   * @throws CrystalFailure if a sweep has no lattice, or another than the others
   * @throws IllegalArgumentException if more than one lattice is asked for
   */
  public BraggCrystals index(UnaryOperator<IndexOptions> options) {
    BraggCrystals from =
        parts.stream().anyMatch(p -> p.sweep().spots().isEmpty()) ? findSpots() : this;
    IndexOptions o = options.apply(IndexOptions.defaults());
    if (o.maxLattices() != 1) {
      throw new IllegalArgumentException(
          o.maxLattices() + " lattices in a sweep: a map is of one; index others with mdx index");
    }
    if (!known.isEmpty() && o.spaceGroup().isEmpty() && o.unitCell().isEmpty()) {
      o = o.spaceGroup(known.get(0).spaceGroup()).unitCell(known.get(0).cell());
    }
    if (from.parts.isEmpty()) {
      return from;
    }
    from = from.slipped(from.indexed(o));
    List<CrystalPart> free = from.parts;
    if (o.spaceGroup().isPresent()) {
      return from.with(from.aligned(free), null);
    }
    List<List<LaueCandidate>> evidence = evidence(free);
    List<Integer> order = new ArrayList<>();
    for (int i = 0; i < free.size(); i++) {
      order.add(i);
    }
    order.sort(
        Comparator.comparingInt(
            (Integer i) -> -free.get(i).sweep().indexed().orElseThrow().indexed()));
    LaueChoice chosen = LaueChoice.of(order.stream().map(evidence::get).toList());
    List<CrystalPart> next = new ArrayList<>();
    for (int i = 0; i < free.size(); i++) {
      next.add(from.symmetric(free.get(i), chosen, evidence.get(i)));
    }
    return from.with(from.aligned(next), chosen);
  }

  /** With the stretches of crystals that slipped as sweeps of their own. */
  private BraggCrystals slipped(List<CrystalPart> indexed) {
    SlippedParts all = SlippedParts.of(images, origins, indexed);
    return new BraggCrystals(
        all.images(), all.origins(), known, all.parts(), choice, parallel, progress);
  }

  private List<CrystalPart> indexed(IndexOptions o) {
    List<CrystalPart> next = new ArrayList<>();
    for (CrystalPart p : parts) {
      next.add(p.with(step("index", p, () -> ready(p).index(x -> o))));
    }
    return next;
  }

  private List<List<LaueCandidate>> evidence(List<CrystalPart> all) {
    List<List<LaueCandidate>> evidence = new ArrayList<>(Collections.nCopies(all.size(), null));
    parallel.forEach(
        all.size(),
        i -> evidence.set(i, LaueEvidence.candidates(all.get(i).sweep().indexedSpots())));
    return evidence;
  }

  /** A sweep in the group chosen, by a change of axes or, where its cell is another, anew. */
  private CrystalPart symmetric(CrystalPart p, LaueChoice chosen, List<LaueCandidate> own) {
    LaueCandidate wanted = chosen.candidate();
    LaueCandidate mate = LaueChoice.mate(wanted, own);
    if (mate != null && CellTolerance.defaults().admits(mate.cell(), wanted.cell())) {
      return p.with(
          p.sweep()
              .with(
                  AxesChange.apply(
                      p.sweep().indexed().orElseThrow(), mate.change(), mate.geometries())));
    }
    UnaryOperator<IndexOptions> same = o -> o.spaceGroup(wanted.group()).unitCell(wanted.cell());
    return p.with(step("index as the other sweeps", p, () -> ready(p).index(same)));
  }

  private List<CrystalPart> aligned(List<CrystalPart> all) {
    List<CrystalPart> next = new ArrayList<>();
    for (CrystalPart p : all) {
      Crystal found = p.sweep().indexed().orElseThrow().lattices().get(0).crystal();
      next.add(
          KnownOrientation.change(found, known)
              .map(
                  c ->
                      p.with(
                          p.sweep().with(AxesChange.apply(p.sweep().indexed().orElseThrow(), c))))
              .orElse(p));
    }
    return next;
  }

  /**
   * Refines with the options of {@link RefineOptions#defaults}.
   *
   * @return the next stage
   * @throws CrystalFailure as {@link #refine(UnaryOperator)}
   */
  public BraggCrystals refine() {
    return refine(UnaryOperator.identity());
  }

  /**
   * Refines detector, beam and crystal of every sweep that was indexed here.
   *
   * @param options changes to the defaults: what is fixed
   * @return the next stage
   * @throws CrystalFailure if there are too few reflections for the parameters
   */
  public BraggCrystals refine(UnaryOperator<RefineOptions> options) {
    BraggCrystals from =
        parts.stream().anyMatch(p -> p.sweep().indexed().isEmpty()) ? index() : this;
    List<CrystalPart> next = new ArrayList<>();
    for (CrystalPart p : from.parts) {
      next.add(p.with(step("refine", p, () -> ready(p).refine(options))));
    }
    return from.with(next, from.choice);
  }

  /**
   * Whether every sweep has a refined crystal, its own or one that was found.
   *
   * @return true if nothing is left to do before the reduction
   */
  public boolean isComplete() {
    return parts.stream().allMatch(p -> p.sweep().refined().isPresent());
  }

  /**
   * Frames and geometry as they came.
   *
   * @return one for each sweep, and for each stretch of images of a crystal that slipped
   */
  public List<ImageSeries> images() {
    return images;
  }

  /**
   * Which sweep of those given at first each one is, from 0: the stretches of a crystal that
   * slipped are sweeps of their own from {@link #index()} on.
   *
   * @return one number for each of {@link #images()}
   */
  public List<Integer> origins() {
    return origins;
  }

  /**
   * What was found of a sweep so far.
   *
   * @param number of the sweep, from 0
   * @return empty if it came with a crystal; with {@link #joint} the value has all sweeps
   */
  public Optional<BraggSweep> sweep(int number) {
    return parts.stream()
        .filter(p -> Arrays.stream(p.numbers()).anyMatch(n -> n == number))
        .map(CrystalPart::sweep)
        .findFirst();
  }

  /**
   * The Laue group that was chosen.
   *
   * @return empty if the space group was known, or before {@link #index()}
   */
  public Optional<LaueChoice> symmetry() {
    return Optional.ofNullable(choice);
  }

  /**
   * The sweeps with their crystals, refined with the defaults if that was not done.
   *
   * @return one for each, in order
   * @throws CrystalFailure as {@link #refine(UnaryOperator)}
   */
  public List<Sweep> toSweeps() {
    BraggCrystals from = isComplete() ? this : refine();
    List<Sweep> out = new ArrayList<>();
    for (int i = 0; i < images.size(); i++) {
      out.add(from.toSweep(i));
    }
    return out;
  }

  private Sweep toSweep(int number) {
    for (CrystalPart p : parts) {
      for (int i = 0; i < p.numbers().length; i++) {
        if (p.numbers()[i] == number) {
          return p.sweep().toSweeps().get(i);
        }
      }
    }
    return Sweep.of(images.get(number));
  }

  /**
   * The first stage of a reduction, with the threads and the listener of this value; a background
   * is given there.
   *
   * @return the stage
   * @throws CrystalFailure as {@link #refine(UnaryOperator)}
   */
  public Sweeps toReduction() {
    return Mdx.sweeps(toSweeps()).parallel(parallel).progress(progress);
  }

  /**
   * Reduces the sweeps with the standard options, as {@code mdx reduce} does.
   *
   * @return merged intensities, and how they came about
   * @throws CrystalFailure as {@link #refine(UnaryOperator)}
   */
  public Reduction reduce() {
    return toReduction().reduce();
  }

  @Override
  public String toString() {
    StringBuilder text = new StringBuilder("BraggCrystals[" + images.size() + " sweeps");
    for (CrystalPart p : parts) {
      text.append("; ").append(p.sweep());
    }
    return text.append(choice == null ? "]" : "; " + choice + "]").toString();
  }
}
