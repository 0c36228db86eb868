package org.mdx.pipeline;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;
import org.mdx.crystal.Crystal;
import org.mdx.merge.MergeOptions;
import org.mdx.reintegrate.ReintegrateOptions;
import org.mdx.reintegrate.Reintegration;
import org.mdx.scale.ScalingModel;
import org.mdx.scaling.Scaling;
import org.mdx.table.HKLTable;

/** Sixth stage: corrected intensities and a scaling model for each sweep. Immutable. */
public final class Scaled {
  private final Crystal crystal;
  private final Origin origin;
  private final List<HKLTable> tables;
  private final List<ScalingModel> models;
  private final Scaling scaling;
  private final Context context;

  Scaled(
      Crystal crystal,
      Origin origin,
      List<HKLTable> tables,
      List<ScalingModel> models,
      Scaling scaling,
      Context context) {
    this.crystal = crystal;
    this.origin = origin;
    this.tables = SpilledTables.copyOf(tables);
    this.models = List.copyOf(models);
    this.scaling = scaling;
    this.context = context;
  }

  /**
   * The scaling models.
   *
   * @return in the order of the sweeps
   */
  public List<ScalingModel> models() {
    return models;
  }

  /**
   * What the refinement did.
   *
   * @return cycles, χ², outliers; empty if the models were given
   */
  public Optional<Scaling> scaling() {
    return Optional.ofNullable(scaling);
  }

  /**
   * The intensities of each sweep on the merged scale.
   *
   * @return in the order of the sweeps; computed at each call
   */
  public List<HKLTable> tables() {
    List<HKLTable> onOneScale = oneByOne(SpilledTables.sources(tables));
    return context.isSpilling() ? onOneScale : List.copyOf(onOneScale);
  }

  /** The same, each computed when it is asked for. */
  private List<HKLTable> oneByOne(List<Supplier<HKLTable>> sources) {
    List<Supplier<HKLTable>> out = new ArrayList<>();
    for (int i = 0; i < sources.size(); i++) {
      Supplier<HKLTable> table = sources.get(i);
      ScalingModel model = models.get(i);
      out.add(() -> model.apply(table.get(), context.parallel(), context.conventions()));
    }
    return new SpilledTables(out);
  }

  /**
   * Some of the sweeps, with the models that were refined with all of them.
   *
   * @param sweeps numbers of the sweeps, from 0
   * @return a new stage
   * @throws IllegalArgumentException if there is none or no such sweep
   */
  public Scaled select(int... sweeps) {
    List<Supplier<HKLTable>> all = SpilledTables.sources(tables);
    List<Supplier<HKLTable>> someTables = new ArrayList<>();
    List<ScalingModel> someModels = new ArrayList<>();
    for (int i : sweeps) {
      if (i < 0 || i >= tables.size()) {
        throw new IllegalArgumentException("sweep " + i + " of " + tables.size());
      }
      someTables.add(all.get(i));
      someModels.add(models.get(i));
    }
    if (someTables.isEmpty()) {
      throw new IllegalArgumentException("no sweep selected of " + tables.size());
    }
    return new Scaled(
        crystal,
        origin.select(sweeps),
        new SpilledTables(someTables),
        someModels,
        scaling,
        context);
  }

  /**
   * Merges the observations of all sweeps with the standard options: beyond 5 standard errors none
   * counts, and random halves are merged apart; with mdx2's conventions neither.
   *
   * @return the next stage
   * @throws IllegalArgumentException if no observation can be merged
   */
  public MergedSweeps merge() {
    return merge(UnaryOperator.identity());
  }

  /**
   * Merges the observations of all sweeps.
   *
   * @param options changes the standard ones
   * @return the next stage
   */
  public MergedSweeps merge(UnaryOperator<MergeOptions> options) {
    MergeOptions columns = options.apply(MergeOptions.defaults());
    List<Supplier<HKLTable>> needed =
        SpilledTables.thin(SpilledTables.sources(tables), columns.intensity(), columns.error());
    return MergedSweeps.merge(crystal, oneByOne(needed), options, context);
  }

  /**
   * Merges each sweep apart.
   *
   * @param options changes the standard ones
   * @return one result for each sweep
   */
  public List<MergedSweeps> mergeEach(UnaryOperator<MergeOptions> options) {
    List<MergedSweeps> out = new ArrayList<>();
    for (int i = 0; i < tables.size(); i++) {
      out.add(select(i).merge(options));
    }
    return out;
  }

  /**
   * Goes back to the images of all sweeps for a map on another subdivision, merged by counts.
   *
   * @param options subdivision, region, half-sets, outliers
   * @return table and totals; the same bits for any number of threads
   * @throws IllegalStateException if the tables were given, so that there are no images
   * @throws IllegalArgumentException if the Laue group cannot carry the subdivision
   */
  public Reintegration reintegrate(UnaryOperator<ReintegrateOptions> options) {
    if (!origin.isKnown()) {
      throw new IllegalStateException(
          "these tables were given without their images; use FineMaps.of with sweeps and models");
    }
    return FineMaps.of(
        origin.sources(),
        options,
        origin.correct(),
        context.tolerance(),
        context.parallel(),
        context.progress());
  }

  @Override
  public String toString() {
    return "Scaled[" + (scaling == null ? models.size() + " given models" : scaling) + "]";
  }
}
