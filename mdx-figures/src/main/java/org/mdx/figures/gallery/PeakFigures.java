package org.mdx.figures.gallery;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import org.mdx.figures.Figure;
import org.mdx.figures.LineChart;
import org.mdx.figures.Panel;
import org.mdx.figures.Series;
import org.mdx.figures.axes.ChartAxis;
import org.mdx.geometry.PixelMillerIndex;
import org.mdx.math.Mat3;
import org.mdx.math.Vec3;
import org.mdx.peaks.PeakModel;
import org.mdx.peaks.PeakPositions;
import org.mdx.peaks.Peaks;

/** Where strong pixels lie about the nodes of the lattice, with the model of their shape. */
public final class PeakFigures {
  /** Points of a cloud; more of them only make it darker. */
  private static final int MOST = 2000;

  private static final int ARC = 60;
  private static final String[] NAMES = {"Δh", "Δk", "Δl"};

  private PeakFigures() {}

  /**
   * The cloud Δhkl = hkl − round(hkl) of strong pixels, seen along l, k and h.
   *
   * @param peaks of a sweep
   * @param map index of each pixel of that sweep
   * @param cutoff standard deviations that are masked
   * @return three panels with the ellipsoid at one standard deviation and at the cutoff
   */
  public static Figure cloud(Peaks peaks, PixelMillerIndex map, double cutoff) {
    List<double[]> points = points(peaks.positions(), map);
    List<Panel> panels = new ArrayList<>();
    for (int[] axes : new int[][] {{0, 1}, {0, 2}, {1, 2}}) {
      panels.add(panel(points, peaks.model(), cutoff, axes[0], axes[1]));
    }
    double[] a = peaks.model().semiAxes();
    return Figure.of("Strong pixels about the reflections", panels)
        .note(
            String.format(
                Locale.ROOT,
                "%d of %d strong pixels%s; %d outliers of the fit; semi-axes %.4f %.4f %.4f",
                points.size(),
                peaks.positions().size(),
                peaks.countThreshold() > 0 ? " above " + peaks.countThreshold() + " counts" : "",
                peaks.outliers().size(),
                a[0],
                a[1],
                a[2]));
  }

  private static List<double[]> points(PeakPositions positions, PixelMillerIndex map) {
    int every = Math.max(1, (positions.size() + MOST - 1) / MOST);
    List<double[]> points = new ArrayList<>();
    for (int i = 0; i < positions.size(); i += every) {
      Vec3 hkl =
          map.frame(positions.frame(i)).at(positions.panel(i), positions.iy(i), positions.ix(i));
      points.add(
          new double[] {
            hkl.x() - Math.rint(hkl.x()), hkl.y() - Math.rint(hkl.y()), hkl.z() - Math.rint(hkl.z())
          });
    }
    return points;
  }

  private static Panel panel(
      List<double[]> points, PeakModel model, double cutoff, int across, int up) {
    List<double[]> sorted = new ArrayList<>(points);
    sorted.sort(Comparator.comparingDouble(p -> p[across]));
    Series cloud =
        Series.of(
                "strong pixels",
                sorted.stream().mapToDouble(p -> p[across]).toArray(),
                sorted.stream().mapToDouble(p -> p[up]).toArray())
            .style(Series.Style.DOTS);
    List<Series> series = new ArrayList<>(List.of(cloud));
    for (double sigmas : new double[] {1, cutoff}) {
      String name = String.format(Locale.ROOT, "%.3g σ", sigmas);
      series.add(arc(name, model, sigmas, across, up, 1));
      series.add(arc(name, model, sigmas, across, up, -1));
    }
    return new LineChart(
        "",
        ChartAxis.of(NAMES[across], "").range(-0.5, 0.5),
        ChartAxis.of(NAMES[up], "").range(-0.5, 0.5),
        series,
        List.of());
  }

  /**
   * Half of the outline of the ellipsoid |Σ⁻¹(r − r₀)| = sigmas as it projects on two axes: with C
   * = ΣΣᵀ it is y = C₁₂/C₁₁ x ± √((C₂₂ − C₁₂²/C₁₁)(sigmas² − x²/C₁₁)).
   */
  private static Series arc(
      String name, PeakModel model, double sigmas, int across, int up, int sign) {
    Mat3 s = model.sigma();
    double[] m = s.toRowMajor();
    double[] r0 = {model.r0().x(), model.r0().y(), model.r0().z()};
    double c11 = product(m, across, across);
    double c12 = product(m, across, up);
    double c22 = product(m, up, up);
    double[] x = new double[ARC + 1];
    double[] y = new double[ARC + 1];
    double reach = sigmas * Math.sqrt(c11);
    for (int i = 0; i <= ARC; i++) {
      double at = -reach * Math.cos(Math.PI * i / ARC);
      double rest = Math.max(0, sigmas * sigmas - at * at / c11);
      x[i] = r0[across] + at;
      y[i] = r0[up] + c12 / c11 * at + sign * Math.sqrt(Math.max(0, c22 - c12 * c12 / c11) * rest);
    }
    return Series.of(name, x, y);
  }

  private static double product(double[] m, int i, int j) {
    return m[3 * i] * m[3 * j] + m[3 * i + 1] * m[3 * j + 1] + m[3 * i + 2] * m[3 * j + 2];
  }
}
