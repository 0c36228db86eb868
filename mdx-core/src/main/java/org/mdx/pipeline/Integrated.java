package org.mdx.pipeline;

import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;
import org.mdx.correct.CorrectOptions;
import org.mdx.correct.Corrector;
import org.mdx.integrate.Integration;
import org.mdx.table.HKLTable;

/** Fourth stage: the integrated counts of each sweep. Immutable. */
public final class Integrated {
  private final Sweeps sweeps;
  private final List<Integration> integrations;

  Integrated(Sweeps sweeps, List<Integration> integrations) {
    this.sweeps = sweeps;
    this.integrations = List.copyOf(integrations);
  }

  /**
   * Table and totals of each sweep.
   *
   * @return in the order of the sweeps
   */
  public List<Integration> integrations() {
    return integrations;
  }

  /**
   * Subtracts the background and applies the default corrections.
   *
   * @return the next stage
   */
  public Corrected correct() {
    return correct(UnaryOperator.identity());
  }

  /**
   * Subtracts the background and corrects.
   *
   * @param options changes the default corrections
   * @return the next stage
   * @throws IllegalArgumentException if the background belongs to another detector
   */
  public Corrected correct(UnaryOperator<CorrectOptions> options) {
    Context context = sweeps.context();
    CorrectOptions o =
        options.apply(CorrectOptions.defaults().mdx2Compatible(context.mdx2Compatible()));
    List<HKLTable> tables = new ArrayList<>();
    for (int i = 0; i < integrations.size(); i++) {
      Sweep s = sweeps.sweeps().get(i);
      tables.add(
          Corrector.correct(
              integrations.get(i).table(),
              s.crystal(),
              s.pixelCorrections(o.mdx2Compatible()),
              sweeps.background().orElse(null),
              o,
              context.parallel()));
    }
    return new Corrected(sweeps.sweeps().get(0).crystal(), sweeps.sweeps(), tables, null, context);
  }

  @Override
  public String toString() {
    return "Integrated" + integrations;
  }
}
