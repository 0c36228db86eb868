package org.mdx.figures.gallery;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.mdx.figures.Figure;
import org.mdx.figures.LineChart;
import org.mdx.figures.Series;
import org.mdx.figures.axes.ChartAxis;
import org.mdx.geometry.Scan;
import org.mdx.scale.BraggScale;
import org.mdx.scale.ScaleTerm;
import org.mdx.scale.ScalingModel;
import org.mdx.scale.SmoothedCurve;

/**
 * Scale and decay of DIALS by image, sweeps end to end: the curves of {@code dials.report}, ten
 * points a degree.
 */
public final class DialsFigures {
  private static final int POINTS_PER_DEGREE = 10;

  private DialsFigures() {}

  /**
   * Scale C and decay B against the image number.
   *
   * @param sweeps in order; those whose model is not {@code physical} are named and not drawn
   * @return two panels, one above the other
   * @throws IllegalArgumentException if no sweep has a curve
   */
  public static Figure scales(List<SweepScale> sweeps) {
    ChartAxis image = ChartAxis.of("image", "").range(0, total(sweeps));
    LineChart scale = chart(sweeps, "scale", image, ChartAxis.of("scale C", ""), BraggScale::scale);
    LineChart decay = chart(sweeps, "decay", image, ChartAxis.of("B", "Å²"), BraggScale::decay);
    if (scale.series().isEmpty() && decay.series().isEmpty()) {
      throw new IllegalArgumentException(
          "no sweep has a scale that varies with its angle: "
              + sweeps.stream().map(s -> s.scale().kind()).distinct().toList()
              + " instead of physical");
    }
    Figure figure = Figure.of("Scale and decay of Bragg reflections by DIALS", scale, decay);
    figure =
        figure
            .columns(1)
            .note(
                "I/(C exp(B/2d²)) is on the common scale; points: parameters with estimated standard"
                    + " deviations, the outermost lie half an interval outside of their sweep;"
                    + " absorption is not drawn");
    for (SweepScale s : sweeps) {
      if (s.scale().scale().isEmpty() && s.scale().decay().isEmpty()) {
        figure = figure.note(s.name() + ": not drawn, its model is " + s.scale().kind());
      }
    }
    return figure;
  }

  private static double total(List<SweepScale> sweeps) {
    return Math.max(1, sweeps.stream().mapToInt(s -> s.scan().frames()).sum());
  }

  private static LineChart chart(
      List<SweepScale> sweeps,
      String title,
      ChartAxis x,
      ChartAxis y,
      Function<BraggScale, Optional<SmoothedCurve>> term) {
    List<Series> series = new ArrayList<>();
    for (int i = 0; i < sweeps.size(); i++) {
      SweepScale s = sweeps.get(i);
      double before = total(sweeps.subList(0, i)) * (i == 0 ? 0 : 1);
      Optional<SmoothedCurve> curve = term.apply(s.scale());
      if (curve.isPresent()) {
        series.add(curve(s, curve.get(), before));
        series.add(parameters(s, curve.get(), before));
      }
    }
    return new LineChart(title, x, y, series, bands(sweeps));
  }

  private static List<LineChart.Band> bands(List<SweepScale> sweeps) {
    List<LineChart.Band> bands = new ArrayList<>();
    double before = 0;
    for (int i = 0; i < sweeps.size(); i++) {
      int frames = sweeps.get(i).scan().frames();
      if (i % 2 == 1 && frames > 0) {
        bands.add(new LineChart.Band(before, before + frames));
      }
      before += frames;
    }
    return bands;
  }

  /**
   * The angles at which {@code dials.report} draws a curve.
   *
   * @param scale of a sweep
   * @return ⌊10 |φ₁ − φ₀|⌋ + 1 angles from φ₀ to φ₁, in degrees
   */
  public static double[] angles(BraggScale scale) {
    int n = (int) (POINTS_PER_DEGREE * Math.abs(scale.phi1() - scale.phi0())) + 1;
    double[] phi = new double[n];
    double step = n == 1 ? 0 : (scale.phi1() - scale.phi0()) / (n - 1);
    for (int i = 0; i < n; i++) {
      phi[i] = i == n - 1 && n > 1 ? scale.phi1() : scale.phi0() + i * step;
    }
    return phi;
  }

  private static Series curve(SweepScale sweep, SmoothedCurve curve, double before) {
    double[] phi = angles(sweep.scale());
    double[] y = Arrays.stream(phi).map(curve::at).toArray();
    return Series.of(sweep.name(), images(sweep, phi, before), y);
  }

  private static Series parameters(SweepScale sweep, SmoothedCurve curve, double before) {
    double[] phi = new double[curve.size()];
    double[] y = new double[phi.length];
    double[] sigma = new double[phi.length];
    for (int i = 0; i < phi.length; i++) {
      phi[i] = curve.phi(i);
      y[i] = curve.parameter(i);
      sigma[i] = curve.error(i);
    }
    return Series.of(sweep.name() + ", parameters", images(sweep, phi, before), y)
        .errors(sigma)
        .style(Series.Style.POINTS)
        .group(sweep.name());
  }

  private static double[] images(SweepScale sweep, double[] phi, double before) {
    Scan scan = sweep.scan();
    double width = scan.frames() > 0 ? scan.width() : 1;
    double start = sweep.scale().phi0();
    return Arrays.stream(phi).map(p -> before + (p - start) / width).toArray();
  }

  /**
   * The scale b of diffuse scattering and that of Bragg reflections, C, by image. Both multiply the
   * merged intensity; each is divided by its mean, since their common factor is free.
   *
   * @param sweeps how DIALS scaled them
   * @param models how mdx scaled the same sweeps
   * @return one panel
   * @throws IllegalArgumentException if their numbers differ
   */
  public static Figure againstDiffuse(List<SweepScale> sweeps, List<ScalingModel> models) {
    if (sweeps.size() != models.size()) {
      throw new IllegalArgumentException(
          sweeps.size() + " sweeps of DIALS and " + models.size() + " models of mdx");
    }
    List<double[]> bragg = new ArrayList<>();
    List<double[]> diffuse = new ArrayList<>();
    double before = 0;
    for (int i = 0; i < sweeps.size(); i++) {
      SweepScale s = sweeps.get(i);
      if (s.scale().scale().isPresent()) {
        SmoothedCurve curve = s.scale().scale().get();
        double[] phi = angles(s.scale());
        double[] x = images(s, phi, before);
        for (int p = 0; p < phi.length; p++) {
          bragg.add(new double[] {x[p], curve.at(phi[p])});
        }
        bragg.add(new double[] {x[x.length - 1], Double.NaN});
      }
      ScaleTerm b = models.get(i).scale().orElse(null);
      if (b != null) {
        double[] phi = b.grid().axes().get(0).toArray();
        double[] x = images(s, phi, before);
        for (int p = 0; p < phi.length; p++) {
          diffuse.add(new double[] {x[p], b.grid().values()[p]});
        }
        diffuse.add(new double[] {x[x.length - 1], Double.NaN});
      }
      before += s.scan().frames();
    }
    LineChart chart =
        new LineChart(
            "",
            ChartAxis.of("image", ""),
            ChartAxis.of("scale over its mean", ""),
            List.of(joined("Bragg (DIALS)", bragg), joined("diffuse (mdx)", diffuse)),
            bands(sweeps));
    return Figure.of("Scale of Bragg and of diffuse scattering", chart)
        .note("each curve is divided by its mean: the factor between the two is free");
  }

  private static Series joined(String name, List<double[]> points) {
    double mean =
        points.stream().mapToDouble(p -> p[1]).filter(v -> !Double.isNaN(v)).average().orElse(1);
    return Series.of(
        name,
        points.stream().mapToDouble(p -> p[0]).toArray(),
        points.stream().mapToDouble(p -> p[1] / mean).toArray());
  }
}
