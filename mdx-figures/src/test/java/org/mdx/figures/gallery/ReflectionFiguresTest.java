package org.mdx.figures.gallery;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.mdx.crystal.Crystal;
import org.mdx.figures.Figure;
import org.mdx.figures.LineChart;
import org.mdx.figures.Series;
import org.mdx.geometry.Geometry;
import org.mdx.math.Mat3;
import org.mdx.math.Vec3;
import org.mdx.reflection.ReflectionKeys;
import org.mdx.reflection.Reflections;
import org.mdx.sim.SimulatedDetector;
import org.mdx.sim.Simulation;
import org.mdx.sim.SimulationOptions;

/** Known spots, deviations and drifts of a crystal. */
class ReflectionFiguresTest {
  private static final int FRAMES = 10;
  private static final double WIDTH = 0.5;

  private static Geometry geometry() {
    SimulationOptions options =
        SimulationOptions.demo()
            .withDetector(SimulatedDetector.flat(200, 170, 0.5, 80))
            .withFrames(FRAMES, WIDTH, 0.02);
    return Simulation.of(options).sweeps().get(0).geometry();
  }

  /** Three spots an image, of which two are indexed; predictions are off by what is given. */
  private static Reflections reflections(double dx, double dy, double dz) {
    int n = 3 * FRAMES;
    double[] observed = new double[3 * n];
    double[] predicted = new double[3 * n];
    int[] hkl = new int[3 * n];
    for (int i = 0; i < n; i++) {
      int sign = i / 3 % 2 == 0 ? 1 : -1;
      observed[3 * i] = 10 + i;
      observed[3 * i + 1] = 20 + i;
      observed[3 * i + 2] = i / 3 + 0.5;
      predicted[3 * i] = observed[3 * i] + sign * dx;
      predicted[3 * i + 1] = observed[3 * i + 1] - sign * dy;
      predicted[3 * i + 2] = observed[3 * i + 2] + dz;
      hkl[3 * i] = i % 3 == 2 ? 0 : 1;
    }
    return Reflections.builder(n)
        .set(ReflectionKeys.XYZOBS_PX, observed)
        .set(ReflectionKeys.XYZCAL_PX, predicted)
        .set(ReflectionKeys.MILLER_INDEX, hkl)
        .build();
  }

  private static Series line(Figure figure, int panel, int series) {
    return ((LineChart) figure.panels().get(panel)).series().get(series);
  }

  @Test
  void spotsAndResidualsShouldBeThoseOfTheList() {
    List<Figure> figures = ReflectionFigures.of("", geometry(), reflections(0.3, 0.4, 0.2));
    assertThat(figures).hasSize(2); // the crystal does not change
    for (int i = 0; i < FRAMES; i++) {
      assertThat(line(figures.get(0), 0, 0).y(i)).isEqualTo(3);
      assertThat(line(figures.get(0), 0, 1).y(i)).isEqualTo(2);
      assertThat(line(figures.get(1), 0, 0).y(i)).isCloseTo(0.3, within(1e-9));
      assertThat(line(figures.get(1), 0, 1).y(i)).isCloseTo(0.4, within(1e-9));
      assertThat(line(figures.get(1), 1, 0).y(i)).isCloseTo(0.2 * WIDTH, within(1e-9));
    }
    assertThat(figures.get(0).notes().get(0)).contains("30 spots, 20 indexed (66.7 %)");
    assertThatThrownBy(() -> ReflectionFigures.of("", geometry(), Reflections.builder(1).build()))
        .hasMessageContaining("xyzobs.px");
  }

  @Test
  void theCrystalsDriftShouldBeTheOneThatItWasGiven() {
    Geometry geometry = geometry();
    Crystal crystal = geometry.crystal().orElseThrow();
    List<Mat3> points = new ArrayList<>();
    for (int i = 0; i <= FRAMES; i++) {
      Mat3 turned = Mat3.rotation(new Vec3(0, 0, 1), 0.02 * i).times(crystal.a());
      points.add(turned.times(1 / (1 + 1e-4 * i)));
    }
    Geometry drifting = geometry.withCrystal(crystal.withScanPoints(points));
    Figure figure = ReflectionFigures.of("", drifting, reflections(0, 0, 0)).get(2);
    double a = crystal.cell().a();
    for (int i = 0; i <= FRAMES; i++) {
      assertThat(line(figure, 0, 0).y(i)).isCloseTo(a * (1 + 1e-4 * i), within(1e-9));
      assertThat(line(figure, 1, 0).y(i)).isCloseTo(90, within(1e-9));
      assertThat(line(figure, 2, 2).y(i)).isCloseTo(0.02 * i, within(1e-5));
      assertThat(line(figure, 2, 0).y(i)).isCloseTo(0, within(1e-9));
    }
  }
}
