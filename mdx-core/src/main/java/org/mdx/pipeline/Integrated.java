package org.mdx.pipeline;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;
import org.mdx.correct.CorrectOptions;
import org.mdx.correct.Corrector;
import org.mdx.image.BinnedImageSeries;
import org.mdx.integrate.Integration;
import org.mdx.peaks.BraggMask;
import org.mdx.scale.ScalingModel;
import org.mdx.table.HKLTable;

/** Fourth stage: the integrated counts of each sweep. Immutable. */
public final class Integrated {
  private final Sweeps sweeps;
  private final List<Optional<BraggMask>> masks;
  private final List<Integration> integrations;

  Integrated(Sweeps sweeps, List<Optional<BraggMask>> masks, List<Integration> integrations) {
    this.sweeps = sweeps;
    this.masks = masks;
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
   * Subtracts the background and applies the standard corrections.
   *
   * @return the next stage
   * @throws IllegalArgumentException as {@link #correct(UnaryOperator)}
   */
  public Corrected correct() {
    return correct(UnaryOperator.identity());
  }

  /**
   * Subtracts the background and corrects.
   *
   * @param options changes the default corrections
   * @return the next stage
   * @throws IllegalArgumentException if the background belongs to another detector, or no intensity
   *     can be computed
   */
  public Corrected correct(UnaryOperator<CorrectOptions> options) {
    Context context = sweeps.context();
    CorrectOptions o =
        options.apply(
            ReductionOptions.standard(context.conventions())
                .correction()
                .conventions(context.conventions()));
    Optional<BinnedImageSeries> background = sweeps.background();
    List<HKLTable> tables = new ArrayList<>();
    List<FineMaps.Input> sources = new ArrayList<>();
    for (int i = 0; i < integrations.size(); i++) {
      Sweep s = sweeps.sweeps().get(i);
      tables.add(
          Corrector.correct(
              integrations.get(i).table(),
              s.crystal(),
              s.pixelCorrections(o.conventions()),
              background.map(b -> b.inBeamOf(s.geometry().scan(), o.conventions())).orElse(null),
              o,
              context.parallel()));
      sources.add(new FineMaps.Input(s, masks.get(i), background, ScalingModel.IDENTITY));
    }
    return new Corrected(
        sweeps.sweeps().get(0).crystal(), new Origin(sources, o), tables, null, context);
  }

  @Override
  public String toString() {
    return "Integrated" + integrations;
  }
}
