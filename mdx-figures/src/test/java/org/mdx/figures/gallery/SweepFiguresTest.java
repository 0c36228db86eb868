package org.mdx.figures.gallery;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import java.util.function.DoubleUnaryOperator;
import org.junit.jupiter.api.Test;
import org.mdx.figures.Figure;
import org.mdx.figures.LineChart;
import org.mdx.figures.Series;
import org.mdx.geometry.Geometry;
import org.mdx.geometry.PixelMillerIndex;
import org.mdx.image.BinnedImageSeries;
import org.mdx.math.GridAxis;
import org.mdx.math.Mat3;
import org.mdx.math.Vec3;
import org.mdx.peaks.BraggMask;
import org.mdx.peaks.PeakModel;
import org.mdx.peaks.PeakPositions;
import org.mdx.peaks.Peaks;
import org.mdx.pipeline.Sweep;
import org.mdx.scale.ControlGrid;
import org.mdx.scale.ScaleTerm;
import org.mdx.scale.ScalingModel;
import org.mdx.sim.SimulatedDetector;
import org.mdx.sim.Simulation;
import org.mdx.sim.SimulationOptions;

class SweepFiguresTest {

  private static Sweep sweep() {
    SimulationOptions options =
        SimulationOptions.demo()
            .withDetector(SimulatedDetector.flat(200, 170, 0.5, 80))
            .withFrames(40, 1, 0.02);
    return Sweep.of(Simulation.of(options).sweeps().get(0).series());
  }

  private static Series line(Figure figure, int i) {
    return ((LineChart) figure.panels().get(0)).series().get(i);
  }

  /** Balls of radius r about every second node, body-centred, fill 4/3 π r³/2 of the cell. */
  @Test
  void shareOfTheMaskShouldBeThatOfItsBalls() {
    Sweep sweep = sweep();
    Geometry geometry = sweep.geometry();
    double sigma = 0.1;
    double cutoff = 3;
    PeakModel model = new PeakModel(new Vec3(0, 0, 0), Mat3.diagonal(sigma, sigma, sigma));
    PeakPositions none = PeakPositions.of(new int[0], new int[0], new int[0], new int[0]);
    BraggMask mask = BraggMask.of(new Peaks(model, none, none, 1000), cutoff).withCentringOnly();
    Figure figure =
        SweepFigures.maskShare(
            List.of("a"), List.of(sweep), List.of(mask), List.of(PixelMillerIndex.exact(geometry)));
    Series share = line(figure, 0);
    double expected = 4 / 3.0 * Math.PI * Math.pow(cutoff * sigma, 3) / 2;
    double sum = 0;
    int far = 0;
    for (int i = 0; i < share.size(); i++) {
      if (share.x(i) > 0.3 && share.x(i) < 0.5) {
        assertThat(share.y(i)).as("at s = " + share.x(i)).isCloseTo(expected, within(0.02));
        sum += share.y(i);
        far++;
      }
    }
    assertThat(far).isGreaterThan(10);
    assertThat(sum / far).isCloseTo(expected, within(0.03 * expected));
    assertThatThrownBy(() -> SweepFigures.maskShare(List.of("a"), List.of(), List.of(), List.of()))
        .hasMessageContaining("0 sweeps");
  }

  @Test
  void backgroundShouldBeTheMeanOfItsBins() {
    double[] phi = {5, 15};
    double[] place = {5, 15};
    double[] rate = {1, 2, 3, 4, 5, Double.NaN, 7, 9};
    double[] variance = {1, 1, 1, 1, 4, Double.NaN, 4, 1};
    Figure figure =
        SweepFigures.background(
            new BinnedImageSeries(
                List.of(BinnedImageSeries.Bins.of(phi, place, place, rate, variance))));
    Series line = line(figure, 0);
    assertThat(line.y(0)).isEqualTo(2.5);
    assertThat(line.y(1)).isEqualTo(7);
    assertThat(line.error(0)).isEqualTo(0.5);
    assertThat(line.error(1)).isEqualTo(1);
    assertThat(figure.notes().get(0)).contains("1 bins");
  }

  private static ScalingModel model(double... b) {
    return ScalingModel.of(
        new ScaleTerm(ControlGrid.of(List.of(GridAxis.of(new double[] {0, 1, 2})), b)));
  }

  /** A model that is half of the truth differs from it by nothing: the factor is free. */
  @Test
  void trueScalesShouldBeBroughtToTheCommonFactor() {
    List<DoubleUnaryOperator> truth = List.of(x -> 2 + 2 * x, x -> 4 - x);
    Figure figure =
        ScalingFigures.scale(List.of("p", "q"), List.of(model(1, 2, 3), model(2, 1.5, 1)), truth);
    assertThat(line(figure, 2).y(2)).isCloseTo(3, within(1e-12));
    assertThat(line(figure, 3).y(1)).isCloseTo(1.5, within(1e-12));
    assertThat(line(figure, 3).group()).isEqualTo("q");
    assertThat(figure.notes().get(1)).contains("times 0.5").contains("0.0000");
  }
}
