package org.mdx.figures.gallery;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.IntPredicate;
import java.util.function.IntToDoubleFunction;
import org.mdx.crystal.Crystal;
import org.mdx.crystal.UnitCell;
import org.mdx.figures.Figure;
import org.mdx.figures.LineChart;
import org.mdx.figures.Series;
import org.mdx.figures.axes.ChartAxis;
import org.mdx.geometry.Geometry;
import org.mdx.geometry.Scan;
import org.mdx.math.Mat3;
import org.mdx.reflection.ReflectionKeys;
import org.mdx.reflection.Reflections;

/**
 * Whether a sweep is worth reducing: spots by image, how far predictions are from them, and how the
 * crystal changes along the scan.
 */
public final class ReflectionFigures {
  private static final int BINS = 60;
  private static final ChartAxis PHI = ChartAxis.of("φ", "°");

  private ReflectionFigures() {}

  /**
   * The figures that the reflections of a sweep allow.
   *
   * @param name of the sweep, for titles; may be empty
   * @param geometry of it
   * @param reflections spots or indexed spots of it, with observed centroids
   * @return spots by image; with predictions the residuals; with a crystal that changes along the
   *     scan its cell and orientation
   * @throws IllegalArgumentException if there are no observed centroids
   */
  public static List<Figure> of(String name, Geometry geometry, Reflections reflections) {
    if (!reflections.has(ReflectionKeys.XYZOBS_PX)) {
      throw new IllegalArgumentException("the reflections have no observed centroids xyzobs.px");
    }
    List<Figure> figures = new ArrayList<>();
    figures.add(spots(geometry.scan(), reflections));
    if (reflections.has(ReflectionKeys.XYZCAL_PX)) {
      figures.add(residuals(geometry.scan(), reflections));
    }
    geometry.crystal().flatMap(c -> crystal(geometry.scan(), c)).ifPresent(figures::add);
    return name.isEmpty()
        ? figures
        : figures.stream().map(f -> f.title(f.title() + ", " + name)).toList();
  }

  private static boolean isIndexed(Reflections r, int row) {
    if (!r.has(ReflectionKeys.MILLER_INDEX)) {
      return false;
    }
    return r.integer(ReflectionKeys.MILLER_INDEX, row, 0) != 0
        || r.integer(ReflectionKeys.MILLER_INDEX, row, 1) != 0
        || r.integer(ReflectionKeys.MILLER_INDEX, row, 2) != 0;
  }

  /** Centroids by image; z counts images from 0 at image 1. */
  private static Figure spots(Scan scan, Reflections r) {
    int frames = scan.frames();
    double[] image = new double[frames];
    Arrays.setAll(image, i -> scan.firstImage() + i);
    double[] all = count(scan, r, i -> true);
    double[] indexed = count(scan, r, i -> isIndexed(r, i));
    double spots = Arrays.stream(all).sum();
    double found = Arrays.stream(indexed).sum();
    LineChart chart =
        LineChart.of(
            "",
            ChartAxis.of("image", ""),
            ChartAxis.of("spots", "").range(0, Double.NaN),
            Series.of("all", image, all),
            Series.of("indexed", image, indexed));
    return Figure.of("Spots by image", chart)
        .note(
            String.format(
                Locale.ROOT,
                "%.0f spots, %.0f indexed (%.1f %%), at the image of their centroid; %.0f outside"
                    + " of the scan",
                spots,
                found,
                spots > 0 ? 100 * found / spots : 0,
                r.size() - spots));
  }

  private static double[] count(Scan scan, Reflections r, IntPredicate which) {
    double[] n = new double[scan.frames()];
    for (int i = 0; i < r.size(); i++) {
      int frame = frame(scan, r, i);
      if (frame >= 0 && frame < n.length && which.test(i)) {
        n[frame]++;
      }
    }
    return n;
  }

  private static int frame(Scan scan, Reflections r, int row) {
    double z = r.value(ReflectionKeys.XYZOBS_PX, row, 2);
    return (int) Math.floor(z - (scan.firstImage() - 1));
  }

  /** Root mean square of observed − predicted, by angle. */
  private static Figure residuals(Scan scan, Reflections r) {
    int bins = Math.min(BINS, scan.frames());
    double[][] squares = new double[3][bins];
    double[] n = new double[bins];
    double[] total = new double[3];
    int used = 0;
    for (int i = 0; i < r.size(); i++) {
      int frame = frame(scan, r, i);
      if (frame >= 0 && frame < scan.frames() && isIndexed(r, i)) {
        int bin = (int) ((long) frame * bins / scan.frames());
        for (int axis = 0; axis < 3; axis++) {
          double d =
              r.value(ReflectionKeys.XYZOBS_PX, i, axis)
                  - r.value(ReflectionKeys.XYZCAL_PX, i, axis);
          squares[axis][bin] += d * d;
          total[axis] += d * d;
        }
        n[bin]++;
        used++;
      }
    }
    double step = scan.width() * scan.frames() / bins;
    IntToDoubleFunction phi = b -> scan.start() + (b + 0.5) * step;
    LineChart place =
        LineChart.of(
            "on the detector",
            PHI,
            ChartAxis.of("rms", "pixel").range(0, Double.NaN),
            rms("x", phi, squares[0], n, 1),
            rms("y", phi, squares[1], n, 1));
    LineChart angle =
        LineChart.of(
            "in rotation",
            PHI,
            ChartAxis.of("rms", "°").range(0, Double.NaN),
            rms("φ", phi, squares[2], n, scan.width()));
    double count = Math.max(1, used);
    return Figure.of("Residuals of indexed spots", place, angle)
        .note(
            String.format(
                Locale.ROOT,
                "root mean square of observed − predicted: x %.3f, y %.3f pixel, φ %.4f° of %d"
                    + " indexed spots",
                Math.sqrt(total[0] / count),
                Math.sqrt(total[1] / count),
                Math.abs(scan.width()) * Math.sqrt(total[2] / count),
                used));
  }

  private static Series rms(
      String name, IntToDoubleFunction phi, double[] squares, double[] n, double unit) {
    boolean down = phi.applyAsDouble(1) < phi.applyAsDouble(0);
    double[] x = new double[n.length];
    double[] y = new double[n.length];
    for (int b = 0; b < n.length; b++) {
      int at = down ? n.length - 1 - b : b;
      x[b] = phi.applyAsDouble(at);
      y[b] = n[at] == 0 ? Double.NaN : Math.abs(unit) * Math.sqrt(squares[at] / n[at]);
    }
    return Series.of(name, x, y);
  }

  /** Cell lengths and angles and orientation against the first scan point; none of a static one. */
  private static Optional<Figure> crystal(Scan scan, Crystal crystal) {
    List<Mat3> points = crystal.scanPoints();
    if (points.size() < 2 || scan.width() == 0) {
      return Optional.empty();
    }
    int n = points.size();
    boolean down = scan.width() < 0;
    double[] phi = new double[n];
    double[][] v = new double[9][n];
    Mat3 first = turned(crystal, points.get(0)).u().transpose();
    for (int i = 0; i < n; i++) {
      int at = down ? n - 1 - i : i;
      Crystal now = turned(crystal, points.get(at));
      phi[i] = scan.start() + at * scan.width();
      UnitCell c = now.cell();
      double[] cell = {c.a(), c.b(), c.c(), c.alpha(), c.beta(), c.gamma()};
      double[] r = now.u().times(first).toRowMajor();
      double[] turn = {(r[7] - r[5]) / 2, (r[2] - r[6]) / 2, (r[3] - r[1]) / 2};
      for (int k = 0; k < 9; k++) {
        v[k][i] = k < 6 ? cell[k] : Math.toDegrees(turn[k - 6]);
      }
    }
    return Optional.of(
        Figure.of(
                "Crystal along the scan",
                lines("cell lengths", "Å", phi, v, 0, "a", "b", "c"),
                lines("cell angles", "°", phi, v, 3, "α", "β", "γ"),
                lines("orientation", "°", phi, v, 6, "about x", "about y", "about z"))
            .note(
                n
                    + " scan points; orientation: rotation against the first, about laboratory axes"
                    + " at φ = 0"));
  }

  private static Crystal turned(Crystal crystal, Mat3 a) {
    return Crystal.ofRealSpaceAxes(a.inverse(), crystal.spaceGroup());
  }

  private static LineChart lines(
      String title, String unit, double[] phi, double[][] v, int from, String... names) {
    Series[] series = new Series[names.length];
    for (int i = 0; i < names.length; i++) {
      series[i] = Series.of(names[i], phi, v[from + i]);
    }
    return LineChart.of(title, PHI, ChartAxis.of(title, unit), series);
  }
}
