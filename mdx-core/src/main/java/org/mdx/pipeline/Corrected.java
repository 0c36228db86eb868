package org.mdx.pipeline;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;
import org.mdx.crystal.CellTolerance;
import org.mdx.crystal.ChangeOfBasis;
import org.mdx.crystal.Crystal;
import org.mdx.crystal.SpaceGroup;
import org.mdx.geometry.Conventions;
import org.mdx.merge.MergeOptions;
import org.mdx.parallel.Parallel;
import org.mdx.parallel.Progress;
import org.mdx.reindex.IndexingAmbiguity;
import org.mdx.reindex.ReindexOptions;
import org.mdx.reindex.Reindexing;
import org.mdx.reindex.SweepSignal;
import org.mdx.reindex.SymmetryAgreement;
import org.mdx.reindex.TableReindexer;
import org.mdx.scale.ScalingModel;
import org.mdx.scaling.Scaling;
import org.mdx.scaling.ScalingOptions;
import org.mdx.scaling.ScalingRefiner;
import org.mdx.table.HKLTable;

/** Fifth stage: the corrected intensities of each sweep. Immutable. */
public final class Corrected {
  private final Crystal crystal;
  private final Origin origin;
  private final List<HKLTable> tables;
  private final Reindexing reindexing;
  private final Context context;

  Corrected(
      Crystal crystal,
      Origin origin,
      List<HKLTable> tables,
      Reindexing reindexing,
      Context context) {
    this.crystal = crystal;
    this.origin = origin;
    this.tables = SpilledTables.copyOf(tables);
    this.reindexing = reindexing;
    this.context = context;
  }

  /**
   * This stage from tables made before, with all processors.
   *
   * @param crystal cell and symmetry they have in common
   * @param tables corrected intensities, mapped to the asymmetric unit
   * @return the stage
   */
  public static Corrected of(Crystal crystal, List<HKLTable> tables) {
    return of(crystal, tables, Parallel.available());
  }

  /**
   * This stage from tables made before.
   *
   * @param crystal cell and symmetry they have in common
   * @param tables corrected intensities, mapped to the asymmetric unit
   * @param parallel threads of later stages
   * @return the stage
   */
  public static Corrected of(Crystal crystal, List<HKLTable> tables, Parallel parallel) {
    return of(crystal, tables, CellTolerance.defaults(), parallel);
  }

  /**
   * This stage from tables made before, of crystals that may differ more or less.
   *
   * @param crystal cell and symmetry they have in common
   * @param tables corrected intensities, mapped to the asymmetric unit
   * @param tolerance how far the cells that the tables know may differ
   * @param parallel threads of later stages
   * @return the stage
   */
  public static Corrected of(
      Crystal crystal, List<HKLTable> tables, CellTolerance tolerance, Parallel parallel) {
    Context context = new Context(parallel, Progress.NONE, Conventions.STANDARD, tolerance);
    return new Corrected(crystal, Origin.UNKNOWN, tables, null, context);
  }

  /**
   * This stage of several sweeps that were reduced one after the other.
   *
   * @param parts at least one
   * @return their tables together, with the threads and conventions of the first
   * @throws IllegalArgumentException if there is none or Laue groups differ
   */
  public static Corrected join(List<Corrected> parts) {
    if (parts.isEmpty()) {
      throw new IllegalArgumentException("no corrected sweep to join");
    }
    return join(parts, parts.get(0).context);
  }

  static Corrected join(List<Corrected> parts, Context context) {
    Corrected first = parts.get(0);
    List<FineMaps.Input> sources = new ArrayList<>();
    boolean known = true;
    for (Corrected part : parts) {
      SweepChecks.requireOneLaueGroup(first.crystal, part.crystal);
      sources.addAll(part.origin.sources());
      known &= part.origin.isKnown();
    }
    Origin origin = known ? new Origin(sources, first.origin.correct()) : Origin.UNKNOWN;
    List<HKLTable> tables = SpilledTables.join(parts.stream().map(p -> p.tables).toList());
    return new Corrected(
        first.crystal, origin, context.isSpilling() ? tables : List.copyOf(tables), null, context);
  }

  /** Whether there is a scratch, which says that so many bytes do not stay in memory. */
  boolean cannotHold(double bytes) {
    return context.isSpilling() && !context.scratch().holds(bytes);
  }

  /** The same with its tables put away, if there is a scratch. */
  Corrected spilled() {
    if (!context.isSpilling() || tables instanceof SpilledTables) {
      return this;
    }
    List<Supplier<HKLTable>> kept = new ArrayList<>();
    tables.forEach(table -> kept.add(context.scratch().keep(table)));
    return new Corrected(crystal, origin, new SpilledTables(kept), reindexing, context);
  }

  /**
   * Cell and symmetry of the tables.
   *
   * @return those of the first sweep
   */
  public Crystal crystal() {
    return crystal;
  }

  /**
   * The table of each sweep.
   *
   * @return in the order of the sweeps
   */
  public List<HKLTable> tables() {
    return tables;
  }

  /**
   * The sweeps that the tables come from, indexed as the tables are.
   *
   * @return in the order of the tables; empty if this stage was made from tables
   */
  public List<Sweep> sweeps() {
    return origin.sweeps();
  }

  /**
   * Finds out which sweeps were indexed differently and reindexes them, with the default options.
   *
   * @return this stage with tables and sweeps that agree; {@link #reindexing} tells what was found
   * @throws IllegalArgumentException as {@link #resolveAmbiguity(UnaryOperator)}
   */
  public Corrected resolveAmbiguity() {
    return resolveAmbiguity(UnaryOperator.identity());
  }

  /**
   * Finds out which sweeps were indexed differently and reindexes them.
   *
   * @param options changes tolerance, reference sweep and so on
   * @return this stage with tables and sweeps that agree; {@link #reindexing} tells what was found
   * @throws IllegalArgumentException if the cell does not have the symmetry of its space group, or
   *     an operator is needed that the subdivision cannot carry
   */
  public Corrected resolveAmbiguity(UnaryOperator<ReindexOptions> options) {
    IndexingAmbiguity ambiguity =
        IndexingAmbiguity.of(
            crystal.cell(), crystal.spaceGroup(), options.apply(ReindexOptions.defaults()));
    SweepSignal[] signals = new SweepSignal[tables.size()];
    (context.isSpilling() ? Parallel.of(1) : context.parallel())
        .forEach(
            signals.length, i -> signals[i] = ambiguity.signal(String.valueOf(i), tables.get(i)));
    Reindexing found = ambiguity.resolve(List.of(signals), context.parallel());
    List<ChangeOfBasis> operators = new ArrayList<>();
    for (int i = 0; i < signals.length; i++) {
      operators.add(found.operator(i));
    }
    return reindexed(operators, found);
  }

  /**
   * Reindexes each sweep by an operator.
   *
   * @param operators one for each sweep, as DIALS writes {@code reindex_op}: x' = P·x, h' = h·P⁻¹
   * @return this stage with other tables and sweeps
   * @throws IllegalArgumentException if there is not one operator for each sweep, or one changes
   *     the volume or the hand of the cell or leads to indices that the subdivision does not have
   */
  public Corrected reindex(List<ChangeOfBasis> operators) {
    return reindexed(operators, null);
  }

  private Corrected reindexed(List<ChangeOfBasis> operators, Reindexing found) {
    if (operators.size() != tables.size()) {
      throw new IllegalArgumentException(
          operators.size() + " operators for " + tables.size() + " sweeps");
    }
    SpaceGroup group = crystal.spaceGroup();
    List<Supplier<HKLTable>> sources = new ArrayList<>(SpilledTables.sources(tables));
    for (int i = 0; i < sources.size(); i++) {
      ChangeOfBasis t = operators.get(i);
      if (!t.equals(ChangeOfBasis.IDENTITY)) {
        HKLTable turned = TableReindexer.of(t, group).apply(tables.get(i), context.parallel());
        sources.set(i, context.isSpilling() ? context.scratch().keep(turned) : () -> turned);
      }
    }
    List<HKLTable> newTables = new SpilledTables(sources);
    newTables = context.isSpilling() ? newTables : List.copyOf(newTables);
    Crystal first = operators.isEmpty() ? crystal : crystal.reindexed(operators.get(0), group);
    return new Corrected(first, origin.reindexed(operators, group), newTables, found, context);
  }

  /**
   * What {@link #resolveAmbiguity} found.
   *
   * @return operators and correlations; empty if it was not asked for
   */
  public Optional<Reindexing> reindexing() {
    return Optional.ofNullable(reindexing);
  }

  /**
   * Looks whether the intensities of each sweep have the symmetry of the crystal's space group. Too
   * high a group averages what is not equivalent, and half-sets agree all the same.
   *
   * @return a sentence for each sweep whose intensities do not, with its number from 0; none where
   *     all is well, or too few or too weak intensities tell
   */
  public List<String> symmetryDoubts() {
    return SymmetryAgreement.doubts(
        tables.stream()
            .map(t -> SymmetryAgreement.of(t, crystal.cell(), crystal.spaceGroup()))
            .toList());
  }

  /**
   * Brings all sweeps on one scale with the standard model: all four terms, or with mdx2's
   * conventions b(φ) alone.
   *
   * @return the next stage
   * @throws IllegalArgumentException if no voxel was measured twice
   */
  public Scaled scale() {
    return scale(standardScaling());
  }

  /**
   * Brings all sweeps on one scale.
   *
   * @param options changes the standard model
   * @return the next stage
   * @throws IllegalArgumentException if no term is enabled or no voxel was measured twice
   */
  public Scaled scale(UnaryOperator<ScalingOptions> options) {
    return scale(options.apply(standardScaling()));
  }

  private ScalingOptions standardScaling() {
    return ReductionOptions.standard(context.conventions()).combination().scaling().orElseThrow();
  }

  /**
   * Brings all sweeps on one scale.
   *
   * @param options which terms to refine and how, such as {@link ScalingOptions#mca2020}
   * @return the next stage
   * @throws IllegalArgumentException if no term is enabled or no voxel was measured twice
   */
  public Scaled scale(ScalingOptions options) {
    ScalingOptions o =
        context.conventions().isMdx2() ? options.conventions(Conventions.MDX2) : options;
    ScalingRefiner refiner = ScalingRefiner.of(o).cellTolerance(context.tolerance());
    Scaling scaling =
        context.isSpilling()
            ? refiner
                .store(context.scratch().bytes())
                .refineOneByOne(
                    SpilledTables.thin(SpilledTables.sources(tables)),
                    context.parallel(),
                    context.progress())
            : refiner.refine(tables, context.parallel(), context.progress());
    return scaled(scaling.models(), scaling);
  }

  /**
   * Uses models that were refined before.
   *
   * @param models one for each sweep
   * @return the next stage
   * @throws IllegalArgumentException if there is not one model for each sweep
   */
  public Scaled scale(List<ScalingModel> models) {
    if (models.size() != tables.size()) {
      throw new IllegalArgumentException(
          models.size() + " scaling models for " + tables.size() + " sweeps");
    }
    return scaled(models, null);
  }

  private Scaled scaled(List<ScalingModel> models, Scaling scaling) {
    return new Scaled(crystal, origin.scaled(models), tables, models, scaling, context);
  }

  /**
   * Merges the observations of all sweeps as they are with the standard options: beyond 5 standard
   * errors none counts, and random halves are merged apart; with mdx2's conventions neither.
   *
   * @return the next stage
   * @throws IllegalArgumentException if no observation can be merged
   */
  public MergedSweeps merge() {
    return merge(UnaryOperator.identity());
  }

  /**
   * Merges the observations of all sweeps as they are, without scaling.
   *
   * @param options changes the standard ones
   * @return the next stage
   * @throws IllegalArgumentException if no observation can be merged
   */
  public MergedSweeps merge(UnaryOperator<MergeOptions> options) {
    return MergedSweeps.merge(crystal, tables, options, context);
  }

  @Override
  public String toString() {
    return "Corrected" + tables;
  }
}
