package org.mdx.figures.gallery;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeSet;
import java.util.function.DoubleUnaryOperator;
import java.util.stream.IntStream;
import org.mdx.figures.BarChart;
import org.mdx.figures.ColourRange;
import org.mdx.figures.ColourScale;
import org.mdx.figures.Colours;
import org.mdx.figures.Figure;
import org.mdx.figures.Heat;
import org.mdx.figures.LineChart;
import org.mdx.figures.Panel;
import org.mdx.figures.Quantity;
import org.mdx.figures.Series;
import org.mdx.figures.axes.ChartAxis;
import org.mdx.math.GridAxis;
import org.mdx.scale.ControlGrid;
import org.mdx.scale.DetectorTerm;
import org.mdx.scale.ScalingModel;
import org.mdx.scaling.Scaling;

/**
 * The terms of scaling models, I = a·d·(b·M + c), as their control points say; nothing is
 * interpolated.
 */
public final class ScalingFigures {
  private static final int MOST_PLANES = 8;
  private static final double STEP = 45;
  private static final ChartAxis PHI = ChartAxis.of("φ", "°");

  private ScalingFigures() {}

  /**
   * All terms of some sweeps: b together, then c, a and d of each that has them.
   *
   * @param names of the sweeps
   * @param models as many
   * @return one figure a term; none if no model has any
   * @throws IllegalArgumentException if the numbers differ
   */
  public static List<Figure> terms(List<String> names, List<ScalingModel> models) {
    return terms(names, models, List.of());
  }

  /**
   * All terms of some sweeps, with the true scales of simulated data.
   *
   * @param names of the sweeps
   * @param models as many
   * @param truth true scale of each sweep by φ in degrees; none where nobody knows it
   * @return one figure a term; none if no model has any
   * @throws IllegalArgumentException if the numbers differ
   */
  public static List<Figure> terms(
      List<String> names, List<ScalingModel> models, List<DoubleUnaryOperator> truth) {
    requireEqual(names, models);
    List<Figure> figures = new ArrayList<>();
    if (models.stream().anyMatch(m -> m.scale().isPresent())) {
      figures.add(scale(names, models, truth));
    }
    if (models.stream().anyMatch(m -> m.offset().isPresent())) {
      figures.add(offset(names, models));
    }
    for (int i = 0; i < models.size(); i++) {
      if (models.get(i).absorption().isPresent()) {
        figures.add(absorption(names.get(i), models.get(i)));
      }
    }
    figures.addAll(detector(names, models));
    return figures;
  }

  private static void requireEqual(List<String> names, List<ScalingModel> models) {
    if (names.size() != models.size() || names.isEmpty()) {
      throw new IllegalArgumentException(names.size() + " names for " + models.size() + " models");
    }
  }

  /**
   * Scale b(φ) of each sweep.
   *
   * @param names of the sweeps
   * @param models as many; those without b are left out
   * @return one panel
   * @throws IllegalArgumentException if the numbers differ or no model has b
   */
  public static Figure scale(List<String> names, List<ScalingModel> models) {
    return scale(names, models, List.of());
  }

  /**
   * Scale b(φ) of each sweep beside the true one of simulated data, a broken line. The common
   * factor of all scales is free: the truth is multiplied by the one that brings it nearest.
   *
   * @param names of the sweeps
   * @param models as many; those without b are left out
   * @param truth true scale of each sweep by φ in degrees; none where nobody knows it
   * @return one panel
   * @throws IllegalArgumentException if the numbers differ or no model has b
   */
  public static Figure scale(
      List<String> names, List<ScalingModel> models, List<DoubleUnaryOperator> truth) {
    requireEqual(names, models);
    if (!truth.isEmpty() && truth.size() != models.size()) {
      throw new IllegalArgumentException(truth.size() + " true scales for " + models.size());
    }
    List<Series> series = new ArrayList<>();
    List<Series> known = new ArrayList<>();
    for (int i = 0; i < models.size(); i++) {
      if (models.get(i).scale().isPresent()) {
        ControlGrid grid = models.get(i).scale().get().grid();
        double[] phi = grid.axes().get(0).toArray();
        series.add(Series.of(names.get(i), phi, grid.values()));
        if (!truth.isEmpty()) {
          double[] b = Arrays.stream(phi).map(truth.get(i)).toArray();
          known.add(Series.of(names.get(i) + ", truth", phi, b));
        }
      }
    }
    if (series.isEmpty()) {
      throw new IllegalArgumentException("no model has a scale b(φ)");
    }
    double factor = factor(series, known);
    for (int i = 0; i < known.size(); i++) {
      series.add(scaled(known.get(i), factor).group(series.get(i).name()));
    }
    LineChart chart = new LineChart("", PHI, ChartAxis.of("scale b", ""), series, List.of());
    Figure figure =
        Figure.of("Scale b(φ)", chart)
            .note("control points joined; the merged intensity is multiplied by b");
    return known.isEmpty()
        ? figure
        : figure.note(
            String.format(
                Locale.ROOT,
                "broken: the true scales times %.5g, for their common factor is free; the two"
                    + " differ by %.4f (root mean square)",
                factor,
                difference(series, known.size())));
  }

  /** Σ bt/Σt² over all control points. */
  private static double factor(List<Series> found, List<Series> truth) {
    double above = 0;
    double below = 0;
    for (int s = 0; s < truth.size(); s++) {
      for (int i = 0; i < truth.get(s).size(); i++) {
        above += found.get(s).y(i) * truth.get(s).y(i);
        below += truth.get(s).y(i) * truth.get(s).y(i);
      }
    }
    return above / below;
  }

  private static Series scaled(Series s, double factor) {
    double[] x = IntStream.range(0, s.size()).mapToDouble(s::x).toArray();
    double[] y = IntStream.range(0, s.size()).mapToDouble(i -> factor * s.y(i)).toArray();
    return Series.of(s.name(), x, y).style(Series.Style.DASHED);
  }

  private static double difference(List<Series> series, int sweeps) {
    double squares = 0;
    int n = 0;
    for (int s = 0; s < sweeps; s++) {
      for (int i = 0; i < series.get(s).size(); i++) {
        double d = series.get(s).y(i) - series.get(sweeps + s).y(i);
        squares += d * d;
        n++;
      }
    }
    return Math.sqrt(squares / n);
  }

  /**
   * Offset c(s, φ) of each sweep.
   *
   * @param names of the sweeps
   * @param models as many; those without c are left out
   * @return a panel for each, all on one range of colours
   * @throws IllegalArgumentException if the numbers differ or no model has c
   */
  public static Figure offset(List<String> names, List<ScalingModel> models) {
    requireEqual(names, models);
    List<ControlGrid> grids =
        models.stream().flatMap(m -> m.offset().stream()).map(t -> t.grid()).toList();
    if (grids.isEmpty()) {
      throw new IllegalArgumentException("no model has an offset c(s, φ)");
    }
    Colours colours = Colours.of("c", "intensity", Quantity.INTENSITY);
    double[] all = grids.stream().flatMapToDouble(g -> Arrays.stream(g.values())).toArray();
    boolean signed = Arrays.stream(all).anyMatch(v -> v < 0);
    colours = signed ? Colours.of("c", "intensity", Quantity.SIGNED) : colours;
    ColourScale scale = colours.range().scale(floats(all));
    colours = colours.range(ColourRange.of(scale.min(), scale.max()));
    List<Panel> panels = new ArrayList<>();
    for (int i = 0; i < models.size(); i++) {
      if (models.get(i).offset().isPresent()) {
        ControlGrid grid = models.get(i).offset().get().grid();
        Heat.Cells phi = Heat.Cells.around(PHI, grid.axes().get(1).toArray());
        Heat.Cells s = Heat.Cells.around(ChartAxis.of("s", "1/Å"), grid.axes().get(0).toArray());
        panels.add(Heat.of(names.get(i), phi, s, floats(grid.values()), colours));
      }
    }
    return Figure.of("Offset c(s, φ)", panels)
        .note("each control point one cell; one range of colours for all sweeps");
  }

  /**
   * Absorption a(ix, iy, φ) at the first and last φ and evenly between, about 45° apart, at most
   * eight.
   *
   * @param name of the sweep
   * @param model has a
   * @return a panel for each φ, and for each panel of the detector
   * @throws IllegalArgumentException if the model has no absorption
   */
  public static Figure absorption(String name, ScalingModel model) {
    ControlGrid grid =
        model
            .absorption()
            .orElseThrow(() -> new IllegalArgumentException("the model has no absorption a"))
            .grid();
    int nx = grid.axes().get(0).size();
    int ny = grid.axes().get(1).size();
    GridAxis phi = grid.axes().get(2);
    double[] v = grid.values();
    Colours colours = shared(Colours.of("a", "", Quantity.FACTOR), v);
    List<Panel> panels = new ArrayList<>();
    int[] drawn = planes(phi);
    for (int p = 0; p < grid.panels() && panels.size() + drawn.length <= 4 * MOST_PLANES; p++) {
      for (int at : drawn) {
        float[] plane = new float[nx * ny];
        for (int ix = 0; ix < nx; ix++) {
          for (int iy = 0; iy < ny; iy++) {
            plane[iy * nx + ix] = (float) v[((p * nx + ix) * ny + iy) * phi.size() + at];
          }
        }
        String title =
            String.format(Locale.ROOT, "%sφ = %.1f°", panel(grid.panels(), p), phi.get(at));
        panels.add(onDetector(title, grid, plane, colours));
      }
    }
    String title = "Absorption a(ix, iy, φ), " + name;
    return Figure.of(title, panels)
        .columns(Math.min(4, drawn.length))
        .note(
            drawn.length + " of " + phi.size() + " planes of control points; one range of colours");
  }

  private static String panel(int panels, int p) {
    return panels == 1 ? "" : "panel " + p + ", ";
  }

  private static int[] planes(GridAxis phi) {
    double reach = phi.get(phi.size() - 1) - phi.get(0);
    int n = (int) Math.max(2, Math.min(MOST_PLANES, Math.round(reach / STEP) + 1));
    TreeSet<Integer> at = new TreeSet<>();
    for (int i = 0; i < n; i++) {
      at.add((int) Math.rint((double) i * (phi.size() - 1) / (n - 1)));
    }
    return at.stream().mapToInt(Integer::intValue).toArray();
  }

  /** One range for all planes, so that they compare. */
  private static Colours shared(Colours colours, double[] values) {
    ColourScale scale = colours.range().scale(floats(values));
    return colours.range(ColourRange.of(scale.min(), scale.max()));
  }

  private static Heat onDetector(String title, ControlGrid grid, float[] plane, Colours colours) {
    Heat.Cells x = Heat.Cells.around(ChartAxis.of("ix", "pixel"), grid.axes().get(0).toArray());
    Heat.Cells y = Heat.Cells.around(ChartAxis.of("iy", "pixel"), grid.axes().get(1).toArray());
    return Heat.of(title, x, y, plane, colours).onDetector();
  }

  /**
   * Detector factor d(ix, iy); one that is equal to another that is drawn already is not drawn.
   *
   * @param names of the sweeps
   * @param models as many
   * @return a figure for each different d
   * @throws IllegalArgumentException if the numbers differ
   */
  public static List<Figure> detector(List<String> names, List<ScalingModel> models) {
    requireEqual(names, models);
    Map<DetectorTerm, List<String>> terms = new LinkedHashMap<>();
    for (int i = 0; i < models.size(); i++) {
      String name = names.get(i);
      models
          .get(i)
          .detector()
          .ifPresent(d -> terms.computeIfAbsent(d, x -> new ArrayList<>()).add(name));
    }
    List<Figure> figures = new ArrayList<>();
    terms.forEach((d, of) -> figures.add(detector(of, d.grid())));
    return figures;
  }

  private static Figure detector(List<String> of, ControlGrid grid) {
    int nx = grid.axes().get(0).size();
    int ny = grid.axes().get(1).size();
    double[] v = grid.values();
    Colours colours = shared(Colours.of("d", "", Quantity.FACTOR), v);
    List<Panel> panels = new ArrayList<>();
    for (int p = 0; p < Math.min(grid.panels(), MOST_PLANES); p++) {
      float[] plane = new float[nx * ny];
      for (int ix = 0; ix < nx; ix++) {
        for (int iy = 0; iy < ny; iy++) {
          plane[iy * nx + ix] = (float) v[(p * nx + ix) * ny + iy];
        }
      }
      String title = grid.panels() == 1 ? "" : "panel " + p;
      panels.add(onDetector(title, grid, plane, colours));
    }
    Figure figure =
        Figure.of("Detector factor d(ix, iy)", panels).note("of " + String.join(", ", of));
    return grid.panels() > MOST_PLANES
        ? figure.note(MOST_PLANES + " of " + grid.panels() + " panels are drawn")
        : figure;
  }

  private static float[] floats(double[] values) {
    float[] out = new float[values.length];
    for (int i = 0; i < out.length; i++) {
      out[i] = (float) values[i];
    }
    return out;
  }

  /**
   * χ² per observation after each cycle, a line for each kind of cycle, and the outliers that were
   * rejected.
   *
   * @param scaling the refinement
   * @return one panel, or two if there were outliers
   * @throws IllegalArgumentException if there was no cycle
   */
  public static Figure chiSquare(Scaling scaling) {
    List<Scaling.Cycle> cycles = scaling.cycles();
    if (cycles.isEmpty()) {
      throw new IllegalArgumentException("there was no cycle");
    }
    Map<String, List<Integer>> kinds = new LinkedHashMap<>();
    for (int i = 0; i < cycles.size(); i++) {
      kinds.computeIfAbsent(cycles.get(i).terms(), x -> new ArrayList<>()).add(i);
    }
    List<Series> series = new ArrayList<>();
    kinds.forEach(
        (kind, at) ->
            series.add(
                Series.of(
                    kind,
                    at.stream().mapToDouble(i -> i + 1).toArray(),
                    at.stream().mapToDouble(i -> cycles.get(i).chiSquare()).toArray())));
    ChartAxis x = ChartAxis.of("cycle", "").range(0, cycles.size() + 1);
    List<Panel> panels = new ArrayList<>();
    List<Series> points = new ArrayList<>();
    for (Series s : series) {
      points.add(s.size() == 1 ? s.style(Series.Style.POINTS) : s);
    }
    panels.add(new LineChart("", x, ChartAxis.of("χ² per observation", ""), points, List.of()));
    if (scaling.outliers() > 0) {
      double[] edges = new double[cycles.size() + 1];
      double[] n = new double[cycles.size()];
      for (int i = 0; i < edges.length; i++) {
        edges[i] = i + 0.5;
      }
      for (int i = 0; i < n.length; i++) {
        n[i] = cycles.get(i).outliers();
      }
      ChartAxis y = ChartAxis.of("rejected", "observations");
      panels.add(BarChart.of("", x, y, "rejected after the cycle", edges, n));
    }
    return Figure.of("Refinement of the scaling model", panels)
        .note(
            String.format(
                Locale.ROOT,
                "%d observations: %d invalid, %d alone in their voxel, %d outliers left out",
                scaling.observations(),
                scaling.invalid(),
                scaling.singletons(),
                scaling.outliers()));
  }
}
