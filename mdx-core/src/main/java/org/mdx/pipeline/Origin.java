package org.mdx.pipeline;

import java.util.ArrayList;
import java.util.List;
import org.mdx.correct.CorrectOptions;
import org.mdx.crystal.ChangeOfBasis;
import org.mdx.crystal.SpaceGroup;
import org.mdx.scale.ScalingModel;

/**
 * The sweeps behind tables of corrected intensities, so that later stages can go back to the
 * images.
 *
 * @param sources one for each table; empty if the tables were given
 * @param correct how they were corrected
 */
record Origin(List<FineMaps.Input> sources, CorrectOptions correct) {
  static final Origin UNKNOWN = new Origin(List.of(), CorrectOptions.defaults());

  Origin {
    sources = List.copyOf(sources);
  }

  boolean isKnown() {
    return !sources.isEmpty();
  }

  List<Sweep> sweeps() {
    return sources.stream().map(FineMaps.Input::sweep).toList();
  }

  /** The same images and masks indexed on other axes, each sweep by its own operator. */
  Origin reindexed(List<ChangeOfBasis> operators, SpaceGroup group) {
    List<FineMaps.Input> out = new ArrayList<>();
    for (int i = 0; i < sources.size(); i++) {
      FineMaps.Input in = sources.get(i);
      ChangeOfBasis t = operators.get(i);
      out.add(
          t.equals(ChangeOfBasis.IDENTITY)
              ? in
              : new FineMaps.Input(
                  in.sweep().reindexed(t, group),
                  in.mask().map(m -> m.reindexed(t)),
                  in.background(),
                  in.model()));
    }
    return new Origin(out, correct);
  }

  /** The same with scaling models. */
  Origin scaled(List<ScalingModel> models) {
    List<FineMaps.Input> out = new ArrayList<>();
    for (int i = 0; i < sources.size(); i++) {
      FineMaps.Input in = sources.get(i);
      out.add(in.model(models.get(i)));
    }
    return new Origin(out, correct);
  }

  /** Some of the sweeps. */
  Origin select(int... which) {
    List<FineMaps.Input> out = new ArrayList<>();
    for (int i : which) {
      if (isKnown()) {
        out.add(sources.get(i));
      }
    }
    return new Origin(out, correct);
  }
}
