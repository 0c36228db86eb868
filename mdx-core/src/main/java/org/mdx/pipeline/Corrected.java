package org.mdx.pipeline;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;
import org.mdx.crystal.ChangeOfBasis;
import org.mdx.crystal.Crystal;
import org.mdx.crystal.LaueGroup;
import org.mdx.crystal.SpaceGroup;
import org.mdx.merge.MergeOptions;
import org.mdx.merge.Merger;
import org.mdx.parallel.Parallel;
import org.mdx.parallel.Progress;
import org.mdx.reindex.IndexingAmbiguity;
import org.mdx.reindex.ReindexOptions;
import org.mdx.reindex.Reindexing;
import org.mdx.reindex.SweepSignal;
import org.mdx.reindex.TableReindexer;
import org.mdx.table.HKLTable;

/** Fifth stage: the corrected intensities of each sweep. Immutable. */
public final class Corrected {
  private final Crystal crystal;
  private final List<Sweep> sweeps;
  private final List<HKLTable> tables;
  private final Reindexing reindexing;
  private final Context context;

  Corrected(
      Crystal crystal,
      List<Sweep> sweeps,
      List<HKLTable> tables,
      Reindexing reindexing,
      Context context) {
    this.crystal = crystal;
    this.sweeps = List.copyOf(sweeps);
    this.tables = List.copyOf(tables);
    this.reindexing = reindexing;
    this.context = context;
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
    return new Corrected(
        crystal, List.of(), tables, null, new Context(parallel, Progress.NONE, false));
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
    return sweeps;
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
            crystal.cell(), crystal.spaceGroup(), options.apply(ReindexOptions.DEFAULT));
    SweepSignal[] signals = new SweepSignal[tables.size()];
    context
        .parallel()
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
    List<HKLTable> newTables = new ArrayList<>();
    List<Sweep> newSweeps = new ArrayList<>();
    for (int i = 0; i < tables.size(); i++) {
      ChangeOfBasis t = operators.get(i);
      boolean same = t.equals(ChangeOfBasis.IDENTITY);
      newTables.add(
          same
              ? tables.get(i)
              : TableReindexer.of(t, group).apply(tables.get(i), context.parallel()));
      if (!sweeps.isEmpty()) {
        newSweeps.add(same ? sweeps.get(i) : sweeps.get(i).reindexed(t, group));
      }
    }
    Crystal first = operators.isEmpty() ? crystal : crystal.reindexed(operators.get(0), group);
    return new Corrected(first, newSweeps, newTables, found, context);
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
   * Merges the observations of all sweeps.
   *
   * @param options changes the default: no outlier rejection, no split
   * @return the next stage
   */
  public MergedSweeps merge(UnaryOperator<MergeOptions> options) {
    MergeOptions o = options.apply(MergeOptions.DEFAULT.mdx2Compatible(context.mdx2Compatible()));
    LaueGroup laue = crystal.spaceGroup().laueGroup();
    double[] determinants = new double[laue.order()];
    for (int n = 0; n < determinants.length; n++) {
      determinants[n] = laue.determinant(n);
    }
    return new MergedSweeps(
        crystal, Merger.of(o, determinants).merge(tables, context.parallel()), context);
  }

  @Override
  public String toString() {
    return "Corrected" + tables;
  }
}
