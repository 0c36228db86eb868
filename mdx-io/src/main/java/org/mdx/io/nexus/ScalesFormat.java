package org.mdx.io.nexus;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.mdx.io.hdf5.element.Elements;
import org.mdx.math.GridAxis;
import org.mdx.scale.AbsorptionTerm;
import org.mdx.scale.ControlGrid;
import org.mdx.scale.DetectorTerm;
import org.mdx.scale.OffsetTerm;
import org.mdx.scale.ScaleTerm;
import org.mdx.scale.ScalingModel;
import org.mdx.scale.ScalingTerm;
import org.mdx.scale.SweepMark;
import org.mdx.table.ColumnNames;

/**
 * The objects {@code scaling_model}, {@code offset_model}, {@code absorption_model} and {@code
 * detector_model}, those that are there: values {@code u} over control points. A term of several
 * panels has a leading axis {@code panel}, 0, 1, …, which mdx2 does not know; a model without terms
 * is an entry without objects.
 */
final class ScalesFormat {
  /** By which the sweep is known again that a model was refined on; mdx2 has no such attribute. */
  private static final String SWEEP = "mdx_sweep";

  private static final String MODULE = "mdx2.scaling";
  private static final String SIGNAL = "u";

  private ScalesFormat() {}

  /** One kind of term and how mdx2 calls it. */
  private enum Kind {
    SCALE("scaling_model", "ScalingModel", "phi"),
    OFFSET("offset_model", "OffsetModel", "s", "phi"),
    ABSORPTION("absorption_model", "AbsorptionModel", "ix", "iy", "phi"),
    DETECTOR("detector_model", "DetectorModel", "ix", "iy");

    private final String object;
    private final String className;
    private final List<String> axes;

    Kind(String object, String className, String... axes) {
      this.object = object;
      this.className = className;
      this.axes = List.of(axes);
    }

    static Kind of(ScalingTerm term) {
      if (term instanceof AbsorptionTerm) {
        return ABSORPTION;
      } else if (term instanceof ScaleTerm) {
        return SCALE;
      }
      return term instanceof OffsetTerm ? OFFSET : DETECTOR;
    }

    ScalingTerm term(ControlGrid grid) {
      return switch (this) {
        case SCALE -> new ScaleTerm(grid);
        case OFFSET -> new OffsetTerm(grid);
        case ABSORPTION -> new AbsorptionTerm(grid);
        case DETECTOR -> new DetectorTerm(grid);
      };
    }
  }

  static NexusRoot write(ScalingModel model) {
    NexusRoot root = new NexusRoot();
    for (ScalingTerm term : model.terms()) {
      Kind kind = Kind.of(term);
      ControlGrid grid = term.grid();
      List<NexusRoot.AxisValues> axes = new ArrayList<>();
      if (grid.panels() > 1) {
        double[] numbers = new double[grid.panels()];
        Arrays.setAll(numbers, i -> i);
        axes.add(new NexusRoot.AxisValues(ColumnNames.PANEL, numbers));
      }
      for (int i = 0; i < kind.axes.size(); i++) {
        axes.add(new NexusRoot.AxisValues(kind.axes.get(i), grid.axes().get(i).toArray()));
      }
      root.add(
          kind.object,
          MODULE,
          kind.className,
          NexusRoot.data(
              SIGNAL, Elements.of(grid.values()), axes.toArray(new NexusRoot.AxisValues[0])));
    }
    model
        .mark()
        .ifPresent(
            m ->
                root.attribute(
                    SWEEP,
                    List.of(
                        String.valueOf(m.observations()),
                        String.valueOf(m.fingerprint()),
                        String.valueOf(m.phiMin()),
                        String.valueOf(m.phiMax()))));
    return root;
  }

  /** The sweep that the model was refined on, where the file tells. */
  private static ScalingModel marked(NexusReader in, ScalingModel model) {
    List<String> words = in.file().attribute("/entry", SWEEP);
    if (words.isEmpty()) {
      return model;
    }
    try {
      return model.withMark(
          new SweepMark(
              Long.parseLong(words.get(0)),
              Long.parseLong(words.get(1)),
              Double.parseDouble(words.get(2)),
              Double.parseDouble(words.get(3))));
    } catch (NumberFormatException | IndexOutOfBoundsException e) {
      throw in.file()
          .error(
              "/entry",
              "attribute " + SWEEP + " with observations, fingerprint, lowest and highest φ",
              words.toString(),
              "scale again");
    }
  }

  static ScalingModel read(NexusReader in) {
    ScalingModel model = ScalingModel.IDENTITY;
    for (Kind kind : Kind.values()) {
      if (in.has(kind.object)) {
        model = model.with(term(in, kind));
      }
    }
    if (model.terms().isEmpty()) {
      requireEmpty(in);
    }
    return marked(in, model);
  }

  private static void requireEmpty(NexusReader in) {
    boolean entry = in.file().hasGroup("/entry");
    List<String> found = in.file().members(entry ? "/entry" : "/");
    if (!entry || !found.isEmpty()) {
      throw in.file()
          .error(
              "/entry",
              "a scaling model: scaling_model, offset_model, absorption_model or detector_model",
              "objects " + found,
              "give the file that scale wrote");
    }
  }

  private static ScalingTerm term(NexusReader in, Kind kind) {
    String place = "/entry/" + kind.object;
    boolean panels = in.file().attribute(place, "axes").contains(ColumnNames.PANEL);
    List<String> names = new ArrayList<>(kind.axes);
    if (panels) {
      names.add(0, ColumnNames.PANEL);
    }
    NexusReader.Grid g = in.grid(place, names.toArray(new String[0]));
    double[] values = in.file().doubles(g.signal(), in.parallel());
    return in.build(
        place,
        () -> {
          List<GridAxis> axes = new ArrayList<>();
          for (int i = panels ? 1 : 0; i < g.axes().length; i++) {
            axes.add(GridAxis.of(g.axes()[i]));
          }
          return kind.term(ControlGrid.ofPanels(axes, panels ? g.axes()[0].length : 1, values));
        });
  }
}
