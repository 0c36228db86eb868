package org.mdx.scaling;

import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.function.DoubleSupplier;
import java.util.function.Supplier;
import org.mdx.crystal.CellTolerance;
import org.mdx.geometry.Conventions;
import org.mdx.parallel.Parallel;
import org.mdx.parallel.Progress;
import org.mdx.scale.AbsorptionTerm;
import org.mdx.scale.DetectorTerm;
import org.mdx.scale.OffsetTerm;
import org.mdx.scale.ScaleTerm;
import org.mdx.scale.ScalingModel;
import org.mdx.scale.SweepMark;
import org.mdx.table.ByteStore;
import org.mdx.table.Column;
import org.mdx.table.ColumnNames;
import org.mdx.table.HKLTable;
import org.mdx.table.IntColumn;

/**
 * Fits scaling models to the corrected intensities of several sweeps.
 *
 * <p>Each cycle merges with the terms as they are and fits one term by linear least squares with
 * the merged intensities fixed: minimise |A u − y|² + Σ αₖ|Bₖ u|², where the rows of A hold the
 * weights of linear interpolation. Terms are refined in the order b, b and c, c, d, a, until χ²
 * does not fall any more; after each kind outliers are left out (Meisburger and Ando, Acta Cryst.
 * D80, 299, 2024).
 *
 * <p>Memory: 26 bytes for each observation that takes part (30 where variances follow the expected
 * intensity), 2 more with several panels, and about 30 for each voxel of a sweep; besides, the
 * tables, and 12 bytes for each of their rows while they are grouped: of all sweeps with {@link
 * #refine}, of one at a time with {@link #refineOneByOne}. With {@link #store} the observations lie
 * outside of the heap.
 */
public final class ScalingRefiner {
  /**
   * Columns of a corrected table that scaling reads; the last three only where they are. Who
   * fetches a part of a table for it takes these.
   */
  public static final List<String> COLUMNS =
      List.of(
          ColumnNames.INTENSITY,
          ColumnNames.INTENSITY_ERROR,
          ColumnNames.PHI,
          ColumnNames.S,
          ColumnNames.IX,
          ColumnNames.IY,
          ColumnNames.PANEL,
          ColumnNames.BACKGROUND_VARIANCE,
          ColumnNames.VARIANCE_PER_INTENSITY);

  /** Cycles of a kind, at most, in the rounds of a sample behind the first. */
  private static final int SAMPLE_AGAIN = 2;

  private final ScalingOptions options;
  private final CellTolerance tolerance;
  private final ByteStore store;

  private ScalingRefiner(ScalingOptions options, CellTolerance tolerance, ByteStore store) {
    this.options = options;
    this.tolerance = tolerance;
    this.store = store;
  }

  /**
   * A refiner.
   *
   * @param options which terms, how smooth, how long
   * @return the refiner
   * @throws IllegalArgumentException if no term is enabled
   */
  public static ScalingRefiner of(ScalingOptions options) {
    if (!options.scale().enabled()
        && !options.offset().enabled()
        && !options.detector().enabled()
        && !options.absorption().enabled()) {
      throw new IllegalArgumentException("no term of the scaling model is enabled");
    }
    return new ScalingRefiner(options, CellTolerance.defaults(), null);
  }

  /**
   * The same for crystals that may differ more or less.
   *
   * @param other how far the cells that the tables know may differ
   * @return a new refiner
   */
  public ScalingRefiner cellTolerance(CellTolerance other) {
    return new ScalingRefiner(options, other, store);
  }

  /**
   * The same with observations outside of the heap, from where each thread fetches a block at a
   * time. The models have the same bits.
   *
   * @param bytes where the observations are kept while {@link #refineOneByOne} runs; 30 bytes for
   *     each, 2 more with several panels
   * @return a new refiner
   */
  public ScalingRefiner store(ByteStore bytes) {
    return new ScalingRefiner(options, tolerance, bytes);
  }

  /**
   * Refines the models of all sweeps together.
   *
   * @param tables one for each sweep, mapped to the asymmetric unit: columns {@code intensity
   *     intensity_error phi s ix iy}, and {@code panel} if there are several
   * @param parallel threads; the result does not depend on them
   * @param progress told of each cycle
   * @return a model for each table and what was done
   * @throws IllegalArgumentException if there is no table, a column is missing, or subdivisions,
   *     cells or corrections differ
   * @throws NothingToScaleException if no voxel has two valid observations
   */
  public Scaling refine(List<HKLTable> tables, Parallel parallel, Progress progress) {
    List<Supplier<HKLTable>> sources = new ArrayList<>();
    for (HKLTable table : tables) {
      sources.add(() -> table);
    }
    return refine(sources, true, parallel, progress);
  }

  /**
   * Refines the models of all sweeps together, with no more than one table in memory at a time.
   *
   * @param sources of the tables as in {@link #refine}; each is asked twice for the same table,
   *     four times with prescaling
   * @param parallel threads; the result does not depend on them
   * @param progress told of each cycle
   * @return a model for each table and what was done
   * @throws IllegalArgumentException as {@link #refine}
   * @throws NothingToScaleException if no voxel has two valid observations
   */
  public Scaling refineOneByOne(
      List<Supplier<HKLTable>> sources, Parallel parallel, Progress progress) {
    return refine(sources, false, parallel, progress);
  }

  private Scaling refine(
      List<Supplier<HKLTable>> sources, boolean keep, Parallel parallel, Progress progress) {
    if (sources.isEmpty()) {
      throw new IllegalArgumentException("no table to scale");
    }
    Conventions conventions = options.conventions();
    ObservationBlocks data =
        ObservationBlocks.gather(sources, keep, conventions, tolerance, store, parallel);
    requireObservations(data.facts);
    Terms terms = new ControlPoints(options, data.facts, data.blocks).terms();
    Steps steps = new Steps(progress);
    if (options.prescale().enabled()) {
      List<Supplier<HKLTable>> parts = new ArrayList<>();
      for (Supplier<HKLTable> source : sources) {
        parts.add(() -> subset(source.get()));
      }
      ObservationBlocks part =
          ObservationBlocks.gather(parts, keep, conventions, tolerance, null, parallel);
      if (part.blocks.count() > 0) {
        Set<Terms.Kind> some = enabled();
        some.removeIf(kind -> !isPrescaled(kind));
        Lanes lanes = new Lanes.Local(part.blocks, parallel);
        steps.run(new Refinement(lanes, terms, options, parallel), "prescale ", some, false);
      }
    }
    return refine(data.facts, new Lanes.Local(data.blocks, parallel), terms, steps, parallel);
  }

  /** Refines the models with observations that lie elsewhere. */
  Scaling refine(ObservationBlocks.Facts facts, Lanes lanes, Parallel parallel, Progress progress) {
    requireObservations(facts);
    Terms terms = new ControlPoints(options, facts, null).terms();
    return refine(facts, lanes, terms, new Steps(progress), parallel);
  }

  private Scaling refine(
      ObservationBlocks.Facts facts, Lanes lanes, Terms terms, Steps steps, Parallel parallel) {
    int rounds = options.conventions().isMdx2() ? 1 : options.rounds();
    int every = rounds > 1 ? terms.sampling(facts.used()) : 1;
    Refinement refinement;
    if (every > 1) {
      Blocks sample = VoxelSample.of(lanes, facts.panels() > 1, every);
      Lanes few = new Lanes.Local(sample, parallel);
      steps.rounds(Refinement.rough(few, terms, options, parallel), rounds, "sample ", enabled());
      refinement = new Refinement(lanes, terms, options, parallel);
      if (options.isAdaptive()) {
        refinement.findSmoothness();
      }
      steps.all(refinement, enabled());
    } else {
      refinement = new Refinement(lanes, terms, options, parallel);
      steps.rounds(refinement, rounds, "", enabled());
    }
    long outliers = steps.finish(refinement);
    if (!options.conventions().isMdx2()) {
      refinement.normalise();
    }
    return new Scaling(
        models(terms, facts.marks()),
        steps.cycles,
        facts.rows(),
        facts.invalid(),
        facts.singletons(),
        outliers);
  }

  private static void requireObservations(ObservationBlocks.Facts facts) {
    if (facts.used() == 0) {
      throw new NothingToScaleException(
          "nothing to scale against: of "
              + facts.rows()
              + " observations in "
              + facts.marks().size()
              + " tables "
              + facts.invalid()
              + " are invalid and no voxel has two that are valid; scaling needs voxels measured"
              + " more than once, by symmetry or in several sweeps");
    }
  }

  private Set<Terms.Kind> enabled() {
    Set<Terms.Kind> kinds = EnumSet.allOf(Terms.Kind.class);
    kinds.removeIf(kind -> !of(kind).enabled());
    return kinds;
  }

  private TermOptions of(Terms.Kind kind) {
    return switch (kind) {
      case A -> options.absorption();
      case B -> options.scale();
      case C -> options.offset();
      case D -> options.detector();
    };
  }

  private boolean isPrescaled(Terms.Kind kind) {
    PrescaleOptions p = options.prescale();
    return switch (kind) {
      case A -> p.absorption();
      case B -> p.scale();
      case C -> p.offset();
      case D -> p.detector();
    };
  }

  /** Every so manieth row of a table, and shells of s in place of voxels if so wanted. */
  private HKLTable subset(HKLTable table) {
    int every = options.prescale().subsample();
    int[] rows = new int[(table.rows() + every - 1) / every];
    for (int i = 0; i < rows.length; i++) {
      rows[i] = i * every;
    }
    HKLTable part = table.select(rows);
    if (!options.prescale().isotropic()) {
      return part;
    }
    Column s = part.column(ColumnNames.S);
    int[] shell = new int[part.rows()];
    for (int i = 0; i < shell.length; i++) {
      shell[i] = (int) Math.floor(1000 * s.get(i));
    }
    IntColumn zero = IntColumn.of(new int[shell.length]);
    return part.reindexed(IntColumn.of(shell), zero, zero);
  }

  private static List<ScalingModel> models(Terms terms, List<SweepMark> marks) {
    DetectorTerm d = terms.d == null ? null : new DetectorTerm(terms.d.toGrid());
    List<ScalingModel> models = new ArrayList<>();
    for (int t = 0; t < marks.size(); t++) {
      ScalingModel model = d == null ? ScalingModel.IDENTITY : ScalingModel.of(d);
      if (terms.a[t] != null) {
        model = model.with(new AbsorptionTerm(terms.a[t].toGrid()));
      }
      if (terms.b[t] != null) {
        model = model.with(new ScaleTerm(terms.b[t].toGrid()));
      }
      if (terms.c[t] != null) {
        model = model.with(new OffsetTerm(terms.c[t].toGrid()));
      }
      models.add(model.withMark(marks.get(t)));
    }
    return models;
  }

  /** The kinds of cycles, one after the other, and their record. */
  private final class Steps {
    final List<Scaling.Cycle> cycles = new ArrayList<>();
    private final Progress progress;
    private double chiSquare = Double.POSITIVE_INFINITY;
    private long outliers;

    /** Cycles of a kind that has been refined before. */
    private int mostAgain = Integer.MAX_VALUE;

    Steps(Progress progress) {
      this.progress = progress;
    }

    /** All rounds. */
    void rounds(Refinement r, int rounds, String prefix, Set<Terms.Kind> kinds) {
      run(r, prefix, kinds, false);
      mostAgain = prefix.isEmpty() ? Integer.MAX_VALUE : SAMPLE_AGAIN;
      for (int round = 2; round <= rounds; round++) {
        r.readmit();
        run(r, prefix + "round " + round + " ", kinds, true);
      }
    }

    /**
     * The end with all observations, whose terms have been refined with a sample: outliers, then a
     * cycle of each kind that has so many control points that a sample does not do for them.
     */
    void all(Refinement r, Set<Terms.Kind> kinds) {
      Set<Terms.Kind> many = EnumSet.copyOf(kinds);
      many.remove(Terms.Kind.B);
      many.remove(Terms.Kind.C);
      double cutoff = Double.POSITIVE_INFINITY;
      for (Terms.Kind kind : kinds) {
        cutoff = Math.min(cutoff, of(kind).outlier());
      }
      r.reject(cutoff);
      mostAgain = many.isEmpty() ? Integer.MAX_VALUE : 1;
      run(r, "all ", many.isEmpty() ? kinds : many, true);
    }

    /**
     * Runs some kinds in their order.
     *
     * @param again whether they have been run before: then one cycle is enough for a kind that does
     *     not lower χ² any more, and it stays as smooth as it has become
     */
    void run(Refinement r, String prefix, Set<Terms.Kind> kinds, boolean again) {
      outliers = 0;
      if (kinds.contains(Terms.Kind.B)) {
        run(r, prefix + "b", options.scale(), again, () -> r.fit(Terms.Kind.B, true));
      }
      if (kinds.contains(Terms.Kind.B) && kinds.contains(Terms.Kind.C)) {
        run(
            r,
            prefix + "b+c",
            options.offset(),
            again,
            () -> {
              r.fit(Terms.Kind.C, true);
              return r.fit(Terms.Kind.B, false);
            });
      }
      if (kinds.contains(Terms.Kind.C)) {
        run(r, prefix + "c", options.offset(), again, () -> r.fit(Terms.Kind.C, true));
      }
      if (kinds.contains(Terms.Kind.D)) {
        run(r, prefix + "d", options.detector(), again, () -> r.fit(Terms.Kind.D, true));
      }
      if (kinds.contains(Terms.Kind.A)) {
        run(r, prefix + "a", options.absorption(), again, () -> r.fit(Terms.Kind.A, true));
      }
    }

    private void run(Refinement r, String name, TermOptions o, boolean again, DoubleSupplier fit) {
      double last = again ? chiSquare : Double.POSITIVE_INFINITY;
      int number = 0;
      boolean more = true;
      if (options.isAdaptive() && !again) {
        r.findSmoothness();
      }
      progress.advance("scale " + name, 0, o.cycles());
      int most = again ? Math.min(mostAgain, o.cycles()) : o.cycles();
      while (more && number < most) {
        chiSquare = fit.getAsDouble();
        if (number == 0) {
          count(r);
        }
        cycles.add(new Scaling.Cycle(name, ++number, chiSquare, 0));
        more = last - chiSquare >= o.tolerance();
        last = chiSquare;
        progress.advance("scale " + name, more && number < most ? number : o.cycles(), o.cycles());
      }
      r.reject(o.outlier());
    }

    /** Adds what was rejected after the cycle before to its record. */
    private void count(Refinement r) {
      long n = r.rejected();
      outliers += n;
      if (n > 0) {
        Scaling.Cycle c = cycles.remove(cycles.size() - 1);
        cycles.add(new Scaling.Cycle(c.terms(), c.number(), c.chiSquare(), n));
      }
    }

    /** Rejects the outliers of the last cycle; returns those of the last round. */
    long finish(Refinement r) {
      r.rejectNow();
      count(r);
      return outliers;
    }
  }

  @Override
  public String toString() {
    return "ScalingRefiner[" + options + ", cells within " + tolerance + "]";
  }
}
