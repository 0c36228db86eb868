package org.mdx.pipeline;

import java.util.List;
import java.util.function.UnaryOperator;
import org.mdx.crystal.Crystal;
import org.mdx.crystal.LaueGroup;
import org.mdx.merge.MergeOptions;
import org.mdx.merge.Merger;
import org.mdx.parallel.Parallel;
import org.mdx.parallel.Progress;
import org.mdx.table.HKLTable;

/** Fifth stage: the corrected intensities of each sweep. Immutable. */
public final class Corrected {
  private final Crystal crystal;
  private final List<HKLTable> tables;
  private final Context context;

  Corrected(Crystal crystal, List<HKLTable> tables, Context context) {
    this.crystal = crystal;
    this.tables = List.copyOf(tables);
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
    return new Corrected(crystal, tables, new Context(parallel, Progress.NONE, false));
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
