package org.mdx.figures.gallery;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import org.mdx.figures.BarChart;
import org.mdx.figures.ColourMap;
import org.mdx.figures.ColourRange;
import org.mdx.figures.Colours;
import org.mdx.figures.Figure;
import org.mdx.figures.Heat;
import org.mdx.figures.LineChart;
import org.mdx.figures.Panel;
import org.mdx.figures.Quantity;
import org.mdx.figures.Series;
import org.mdx.figures.axes.ChartAxis;

/** Whether observations deviate from their mean as their errors say, and where they do not. */
public final class ResidualFigures {
  private static final int BARS = 60;
  private static final double REACH = 6;
  private static final int GROUPS = 20;
  private static final int CELLS = 32;
  private static final double OUTLIER = 5;
  private static final ChartAxis CHI = ChartAxis.of("mean z²", "");

  private ResidualFigures() {}

  /**
   * The distribution of deviations against the normal curve, and their mean square by intensity.
   *
   * @param r the deviations
   * @return two panels; 1 is expected of the second everywhere
   */
  public static Figure deviations(Residuals r) {
    return note(
        Figure.of(
            "Deviations of observations from the merged intensity", histogram(r), strength(r)),
        r);
  }

  private static Figure note(Figure figure, Residuals r) {
    return figure.note(
        String.format(
            Locale.ROOT,
            "z = (I − M)/√(σ² − σM²); %d deviations%s of %d observations on the merged scale,"
                + " outliers that merging left out among them; voxels with one observation have none",
            r.size(),
            r.every() == 1 ? "" : ", every " + r.every() + "th,",
            r.observations()));
  }

  private static Panel histogram(Residuals r) {
    double width = 2 * REACH / BARS;
    double[] edges = new double[BARS + 1];
    double[] heights = new double[BARS];
    double[] normal = new double[BARS + 1];
    for (int i = 0; i <= BARS; i++) {
      edges[i] = -REACH + i * width;
      normal[i] = r.size() * width * Math.exp(-edges[i] * edges[i] / 2) / Math.sqrt(2 * Math.PI);
    }
    for (int i = 0; i < r.size(); i++) {
      int bar = (int) Math.floor((r.z(i) + REACH) / width);
      if (bar >= 0 && bar < BARS) {
        heights[bar]++;
      }
    }
    return BarChart.of(
            "distribution",
            ChartAxis.of("z", ""),
            ChartAxis.of("observations", ""),
            "observed",
            edges,
            heights)
        .with(Series.of("normal", edges, normal));
  }

  /** Groups of as many observations each, by merged intensity. */
  private static Panel strength(Residuals r) {
    double[] sorted = new double[r.size()];
    for (int i = 0; i < sorted.length; i++) {
      sorted[i] = r.merged(i);
    }
    Arrays.sort(sorted);
    double[] n = new double[GROUPS];
    double[] x = new double[GROUPS];
    double[] chi = new double[GROUPS];
    double[] limits = new double[GROUPS];
    for (int g = 0; g < GROUPS && sorted.length > 0; g++) {
      limits[g] = sorted[(int) ((long) g * sorted.length / GROUPS)];
    }
    for (int i = 0; i < r.size(); i++) {
      int g = Arrays.binarySearch(limits, r.merged(i));
      g = g >= 0 ? g : Math.max(0, -g - 2);
      n[g]++;
      x[g] += r.merged(i);
      chi[g] += r.z(i) * r.z(i);
    }
    List<double[]> points = new ArrayList<>();
    for (int g = 0; g < GROUPS; g++) {
      if (n[g] > 0) {
        points.add(new double[] {x[g] / n[g], chi[g] / n[g]});
      }
    }
    return LineChart.of(
        "by intensity",
        ChartAxis.of("merged intensity", ""),
        CHI,
        line("observed", points),
        expected(points));
  }

  private static Series line(String name, List<double[]> points) {
    points.sort((p, q) -> Double.compare(p[0], q[0]));
    return Series.of(
        name,
        points.stream().mapToDouble(p -> p[0]).toArray(),
        points.stream().mapToDouble(p -> p[1]).toArray());
  }

  private static Series expected(List<double[]> points) {
    double[] x =
        points.isEmpty()
            ? new double[0]
            : new double[] {points.get(0)[0], points.get(points.size() - 1)[0]};
    double[] one = new double[x.length];
    Arrays.fill(one, 1);
    return Series.of("expected", x, one).style(Series.Style.DASHED);
  }

  /**
   * The mean square of deviations by rotation angle and place on the detector.
   *
   * @param r the deviations
   * @param names of the sweeps
   * @return two panels; 1 is expected everywhere; without the columns that tell the place, none
   */
  public static List<Figure> places(Residuals r, List<String> names) {
    boolean known = r.size() > 0 && !Double.isNaN(r.phi(0)) && !Double.isNaN(r.ix(0));
    if (!known) {
      return List.of();
    }
    Figure squares =
        Figure.of("Deviations by angle and place", byAngle(r, names, false), byPlace(r, false));
    Figure outliers =
        Figure.of("Outliers by angle and place", byAngle(r, names, true), byPlace(r, true))
            .note("share of observations with |z| > " + (int) OUTLIER);
    return List.of(note(squares, r), note(outliers, r));
  }

  private static double amount(Residuals r, int i, boolean outliers) {
    return outliers ? (Math.abs(r.z(i)) > OUTLIER ? 1 : 0) : r.z(i) * r.z(i);
  }

  private static Panel byAngle(Residuals r, List<String> names, boolean outliers) {
    double low = Double.POSITIVE_INFINITY;
    double high = Double.NEGATIVE_INFINITY;
    for (int i = 0; i < r.size(); i++) {
      low = Math.min(low, r.phi(i));
      high = Math.max(high, r.phi(i));
    }
    int bins = 60;
    double width = high > low ? (high - low) / bins : 1;
    double[][] n = new double[names.size()][bins];
    double[][] sum = new double[names.size()][bins];
    for (int i = 0; i < r.size(); i++) {
      int bin = Math.min(bins - 1, (int) ((r.phi(i) - low) / width));
      n[r.sweep(i)][bin]++;
      sum[r.sweep(i)][bin] += amount(r, i, outliers);
    }
    List<Series> series = new ArrayList<>();
    for (int t = 0; t < names.size(); t++) {
      List<double[]> points = new ArrayList<>();
      for (int b = 0; b < bins; b++) {
        if (n[t][b] > 0) {
          points.add(new double[] {low + (b + 0.5) * width, sum[t][b] / n[t][b]});
        }
      }
      series.add(line(names.get(t), points));
    }
    return new LineChart(
        "by rotation angle",
        ChartAxis.of("φ", "°"),
        outliers ? ChartAxis.of("outliers", "share") : CHI,
        series,
        List.of());
  }

  private static Panel byPlace(Residuals r, boolean outliers) {
    double mostX = 1;
    double mostY = 1;
    for (int i = 0; i < r.size(); i++) {
      mostX = Math.max(mostX, r.ix(i) + 1);
      mostY = Math.max(mostY, r.iy(i) + 1);
    }
    double cell = Math.ceil(Math.max(mostX, mostY) / CELLS);
    int nx = (int) Math.ceil(mostX / cell);
    int ny = (int) Math.ceil(mostY / cell);
    double[] n = new double[nx * ny];
    double[] sum = new double[nx * ny];
    for (int i = 0; i < r.size(); i++) {
      int x = Math.max(0, Math.min(nx - 1, (int) (r.ix(i) / cell)));
      int y = Math.max(0, Math.min(ny - 1, (int) (r.iy(i) / cell)));
      n[y * nx + x]++;
      sum[y * nx + x] += amount(r, i, outliers);
    }
    float[] mean = new float[n.length];
    for (int i = 0; i < n.length; i++) {
      mean[i] = n[i] > 0 ? (float) (sum[i] / n[i]) : Float.NaN;
    }
    Colours colours =
        outliers
            ? Colours.of("outliers", "share", Quantity.COUNT)
            : Colours.of("mean z²", "", Quantity.FACTOR)
                .map(ColourMap.BLUE_WHITE_RED)
                .range(ColourRange.around(1, 98));
    return Heat.of(
            "by place on the detector",
            new Heat.Cells(ChartAxis.of("ix", "pixel"), edges(nx, cell)),
            new Heat.Cells(ChartAxis.of("iy", "pixel"), edges(ny, cell)),
            mean,
            colours)
        .onDetector();
  }

  private static double[] edges(int n, double cell) {
    double[] edges = new double[n + 1];
    for (int i = 0; i <= n; i++) {
      edges[i] = i * cell;
    }
    return edges;
  }
}
