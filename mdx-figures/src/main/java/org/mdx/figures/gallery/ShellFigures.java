package org.mdx.figures.gallery;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.ToDoubleFunction;
import org.mdx.figures.Figure;
import org.mdx.figures.LineChart;
import org.mdx.figures.Panel;
import org.mdx.figures.Series;
import org.mdx.figures.axes.ChartAxis;
import org.mdx.stats.Agreement;
import org.mdx.stats.CrossTable;
import org.mdx.stats.IsotropicAverage;
import org.mdx.stats.IsotropicShell;
import org.mdx.stats.Shell;
import org.mdx.stats.ShellTable;

/**
 * Statistics in shells of s = |B·h| = 1/d. A shell stands at the mean s of its voxels; one without
 * voxels is left out.
 */
public final class ShellFigures {
  static final ChartAxis S = ChartAxis.of("s", "1/Å");
  private static final double MOST = 1.05;

  private ShellFigures() {}

  /**
   * A statistic of each shell.
   *
   * @param name for the legend
   * @param table the shells
   * @param statistic NaN where there is none
   * @return a line
   */
  public static Series line(String name, ShellTable table, ToDoubleFunction<Shell> statistic) {
    List<Shell> shells =
        table.shells().stream()
            .filter(x -> x.voxels() > 0 && !Double.isNaN(statistic.applyAsDouble(x)))
            .toList();
    return Series.of(
        name,
        shells.stream().mapToDouble(Shell::s).toArray(),
        shells.stream().mapToDouble(statistic).toArray());
  }

  /**
   * What one wants to know first: correlations with what is expected, intensity, error and
   * anisotropic part, completeness and redundancy.
   *
   * @param table of all voxels, or some
   * @return four panels
   */
  public static Figure overview(ShellTable table) {
    List<Panel> panels =
        List.of(
            correlation(table),
            strengths("intensity", table),
            LineChart.of(
                "completeness",
                S,
                ChartAxis.of("completeness", "").range(0, MOST),
                line("shell", table, x -> x.completeness().fraction()),
                line("up to here", table, x -> x.completeness().cumulative())
                    .style(Series.Style.DASHED)),
            LineChart.of(
                "redundancy",
                S,
                ChartAxis.of("observations per voxel", "").range(0, Double.NaN),
                line("mean", table, Shell::redundancy)));
    return Figure.of("Statistics in shells", panels).columns(2).note(voxels(table));
  }

  private static String voxels(ShellTable table) {
    long empty = table.shells().stream().filter(x -> x.voxels() == 0).count();
    return String.format(
        Locale.ROOT,
        "%d voxels in %d shells%s",
        table.overall().voxels(),
        table.shells().size(),
        empty > 0 ? "; " + empty + " without voxels are left out" : "");
  }

  private static LineChart correlation(ShellTable table) {
    List<Series> series = new ArrayList<>();
    series.add(line("CC½", table, Shell::ccHalf));
    series.add(line("CC½ anisotropic", table, Shell::ccHalfAnisotropic));
    series.add(
        line("expected of the errors", table, Shell::ccHalfExpected).style(Series.Style.DASHED));
    if (!table.other().isEmpty() && table.overall().truth().pairs() > 0) {
      series.add(line("CC with " + table.other(), table, Shell::ccTruthAnisotropic));
    }
    return new LineChart(
        "correlation", S, ChartAxis.of("CC", "").range(0, MOST), series, List.of());
  }

  private static LineChart strengths(String title, ShellTable table) {
    return LineChart.of(
        title,
        S,
        ChartAxis.of("intensity", "").log(),
        line("mean", table, Shell::mean),
        line("rms of I − isotropic", table, Shell::anisotropic),
        line("mean σ", table, Shell::error));
  }

  /**
   * CC½ of the anisotropic part with the limit that the errors set.
   *
   * @param table any
   * @return one panel
   */
  public static Figure halves(ShellTable table) {
    return Figure.of("Correlation of the half-sets", correlation(table)).note(voxels(table));
  }

  /**
   * Mean, root mean square of the anisotropic part and mean error, on a logarithmic scale, of all
   * voxels and of those between the reflections.
   *
   * @param all statistics of all voxels
   * @param rest statistics of the voxels that are not centred on reflections
   * @return two panels; their limits are those of the shells 6 to n − 5 of the rest, times ½ and 2
   */
  public static Figure statistics(ShellTable all, ShellTable rest) {
    List<Shell> shells = rest.shells().stream().filter(x -> x.voxels() > 0).toList();
    double low = Double.POSITIVE_INFINITY;
    double high = 0;
    for (int i = 5; i < shells.size() - 5; i++) {
      Shell x = shells.get(i);
      for (double v : new double[] {x.mean(), x.anisotropic(), x.error()}) {
        low = v > 0 ? Math.min(low, v / 2) : low;
        high = v > 0 ? Math.max(high, v * 2) : high;
      }
    }
    ChartAxis y = ChartAxis.of("intensity", "").log();
    y = low < high ? y.range(low, high) : y;
    return Figure.of(
            "Intensity, anisotropic part and error",
            strengths("all voxels", all).axes(S, y),
            strengths("between reflections", rest).axes(S, y))
        .note(voxels(all) + "; between reflections " + voxels(rest));
  }

  /**
   * Mean and standard deviation (n − 1) of the intensity in halos and elsewhere. The values of a
   * table are divided by the largest mean of its rest.
   *
   * @param tables statistics of merged tables; the first stands on the left, the others on the
   *     right
   * @return mean above, standard deviation below
   * @throws IllegalArgumentException if there is no table
   */
  public static Figure intensity(List<HaloAndRest> tables) {
    if (tables.isEmpty()) {
      throw new IllegalArgumentException("no statistics to draw");
    }
    List<HaloAndRest> others = tables.subList(1, tables.size());
    List<Panel> panels = new ArrayList<>();
    panels.add(intensity("mean", tables.subList(0, 1), Shell::mean));
    if (!others.isEmpty()) {
      panels.add(intensity("mean", others, Shell::mean));
    }
    panels.add(intensity("standard deviation", tables.subList(0, 1), Shell::deviation));
    if (!others.isEmpty()) {
      panels.add(intensity("standard deviation", others, Shell::deviation));
    }
    return Figure.of("Intensity in halos and elsewhere", panels)
        .columns(others.isEmpty() ? 1 : 2)
        .note("each table is divided by the largest shell mean of its rest: " + divisors(tables));
  }

  private static String divisors(List<HaloAndRest> tables) {
    List<String> texts = new ArrayList<>();
    for (HaloAndRest t : tables) {
      texts.add(String.format(Locale.ROOT, "%s %.5g", t.name(), t.divisor()));
    }
    return String.join(", ", texts);
  }

  private static LineChart intensity(
      String title, List<HaloAndRest> tables, ToDoubleFunction<Shell> statistic) {
    List<Series> series = new ArrayList<>();
    for (int i = 0; i < tables.size(); i++) {
      HaloAndRest t = tables.get(i);
      Series.Style style = i == 0 ? Series.Style.LINE : Series.Style.CROSSES;
      ToDoubleFunction<Shell> scaled = x -> statistic.applyAsDouble(x) / t.divisor();
      series.add(line(t.name() + ", halo", t.halo(), scaled).style(style));
      series.add(line(t.name() + ", rest", t.rest(), scaled).style(style));
    }
    String names = String.join(", ", tables.stream().map(HaloAndRest::name).toList());
    return new LineChart(
        title + ", " + names,
        S,
        ChartAxis.of(title, "relative").range(0, Double.NaN),
        series,
        List.of());
  }

  /**
   * Correlations by shell: of random halves, of Friedel mates, of two crystals.
   *
   * @param random statistics with random half-sets
   * @param friedel with half-sets of Friedel mates; null for none
   * @param crystals agreement of two tables in halos and elsewhere; null for none
   * @return halos above, the rest below; on the left all, on the right the highest
   */
  public static Figure correlations(
      HaloAndRest random, HaloAndRest friedel, List<CrossTable> crystals) {
    List<Series> halo = new ArrayList<>();
    List<Series> rest = new ArrayList<>();
    halo.add(line("CC½", random.halo(), Shell::ccHalf));
    rest.add(line("CC½", random.rest(), Shell::ccHalf));
    if (crystals != null) {
      halo.add(pair("CC_rep", crystals.get(0)));
      rest.add(pair("CC_rep", crystals.get(1)));
    }
    if (friedel != null) {
      halo.add(line("CC_Friedel", friedel.halo(), Shell::ccHalf));
      rest.add(line("CC_Friedel", friedel.rest(), Shell::ccHalf));
    }
    ChartAxis y = ChartAxis.of("CC", "");
    ChartAxis s = shared(halo, rest);
    return zoomed(
            "Correlations in shells",
            new LineChart("halos", s, y.range(0, MOST), halo, List.of()),
            new LineChart(
                "halos, the highest", S.range(0.12, 0.62), y.range(0.99, 1.001), halo, List.of()),
            new LineChart("rest", s, y.range(0, MOST), rest, List.of()),
            new LineChart(
                "rest, the highest", S.range(0.12, 0.52), y.range(0.995, 1.005), rest, List.of()))
        .note("halos: voxels centred on reflections; rest: all others");
  }

  /** Two charts, each with its highest part beside it if more than a third of it lies there. */
  private static Figure zoomed(
      String title, LineChart halo, LineChart high, LineChart rest, LineChart highRest) {
    if (isEmpty(halo) != isEmpty(rest)) {
      LineChart whole = isEmpty(halo) ? rest : halo;
      LineChart top = isEmpty(halo) ? highRest : high;
      Figure one = isWorthwhile(top) ? Figure.of(title, whole, top) : Figure.of(title, whole);
      return one.columns(2).note("no voxel of the " + (isEmpty(halo) ? "halos" : "rest"));
    }
    return isWorthwhile(high) && isWorthwhile(highRest)
        ? Figure.of(title, halo, high, rest, highRest).columns(2)
        : Figure.of(title, halo, rest).columns(2);
  }

  /** The axis of s for charts that stand beside each other. */
  private static ChartAxis shared(List<Series> halo, List<Series> rest) {
    double low = Double.POSITIVE_INFINITY;
    double high = Double.NEGATIVE_INFINITY;
    for (List<Series> list : List.of(halo, rest)) {
      for (Series line : list) {
        for (int i = 0; i < line.size(); i++) {
          low = Math.min(low, line.x(i));
          high = Math.max(high, line.x(i));
        }
      }
    }
    return low < high ? S.range(low, high) : S;
  }

  private static boolean isEmpty(LineChart chart) {
    return chart.series().stream().allMatch(s -> s.size() == 0);
  }

  private static boolean isWorthwhile(LineChart chart) {
    int inside = 0;
    int all = 0;
    for (Series s : chart.series()) {
      for (int i = 0; i < s.size(); i++) {
        if (!(s.x(i) < chart.x().min()) && !(s.x(i) > chart.x().max())) {
          all++;
          inside += s.y(i) >= chart.y().min() && s.y(i) <= chart.y().max() ? 1 : 0;
        }
      }
    }
    return 3 * inside > all;
  }

  private static Series pair(String name, CrossTable cross) {
    List<Agreement> shells = cross.pairs().get(0).shells();
    List<double[]> points = new ArrayList<>();
    for (int i = 0; i < shells.size(); i++) {
      if (shells.get(i).pairs() > 0) {
        double middle = (cross.shells().lower(i) + cross.shells().upper(i)) / 2;
        points.add(new double[] {middle, shells.get(i).cc()});
      }
    }
    return Series.of(
        name,
        points.stream().mapToDouble(p -> p[0]).toArray(),
        points.stream().mapToDouble(p -> p[1]).toArray());
  }

  /**
   * CC½ by shell of merges with more and more sweeps.
   *
   * @param merges statistics of each, from few sweeps to many
   * @return halos and rest, whole and the highest
   */
  public static Figure redundancy(List<HaloAndRest> merges) {
    List<Series> halo = new ArrayList<>();
    List<Series> rest = new ArrayList<>();
    List<String> counts = new ArrayList<>();
    for (HaloAndRest m : merges) {
      halo.add(line(m.name(), m.halo(), Shell::ccHalf));
      rest.add(line(m.name(), m.rest(), Shell::ccHalf));
      counts.add(String.format(Locale.ROOT, "%s %.2f", m.name(), m.rest().overall().redundancy()));
    }
    ChartAxis y = ChartAxis.of("CC½", "");
    ChartAxis s = shared(halo, rest);
    return zoomed(
            "CC½ against redundancy",
            new LineChart("halos", s, y.range(0, MOST), halo, List.of()),
            new LineChart("halos, the highest", s, y.range(0.96, 1.001), halo, List.of()),
            new LineChart("rest", s, y.range(0, MOST), rest, List.of()),
            new LineChart("rest, the highest", s, y.range(0.96, 1.001), rest, List.of()))
        .note("observations per voxel of the rest: " + String.join(", ", counts));
  }

  /**
   * The isotropic average and how the intensities spread about it.
   *
   * @param average of a table
   * @return one panel
   */
  public static Figure isotropic(IsotropicAverage average) {
    List<IsotropicShell> shells = average.shells().stream().filter(x -> x.values() > 0).toList();
    double[] s = shells.stream().mapToDouble(IsotropicShell::s).toArray();
    double[] curve = shells.stream().mapToDouble(x -> average.at(x.s())).toArray();
    double[] mean = shells.stream().mapToDouble(IsotropicShell::mean).toArray();
    double[] rest = shells.stream().mapToDouble(IsotropicShell::remainderDeviation).toArray();
    long few = shells.stream().filter(x -> Double.isNaN(x.average())).count();
    return Figure.of(
            "Isotropic average",
            LineChart.of(
                "",
                S,
                ChartAxis.of("intensity", ""),
                Series.of("trimmed mean", s, curve),
                Series.of("mean", s, mean).style(Series.Style.DASHED),
                Series.of("standard deviation of the rest", s, rest)))
        .note(
            few == 0
                ? "every shell has an average of its own"
                : few + " shells have too few values and take those of their neighbours");
  }
}
