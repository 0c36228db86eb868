package org.mdx.bragg.internal.fit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.ejml.data.DMatrixRMaj;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.mdx.crystal.Crystal;
import org.mdx.geometry.Geometry;
import org.mdx.math.Mat3;
import org.mdx.math.Vec3;
import org.mdx.prediction.Prediction;
import org.mdx.reflection.ReflectionKeys;
import org.mdx.reflection.Reflections;
import org.mdx.sim.bragg.Drift;

/** Crystals that change along the scan. */
class ScanVaryingTest {
  private static final double PIXELS = 0.03;
  private static final double FRAMES = 0.03;

  private static Reflections observed(Geometry truth, double dMin, int most, Random random) {
    Reflections all = Prediction.of(truth).predictAll(dMin, 0);
    int[] rows = random.ints(0, all.size()).distinct().limit(Math.min(most, all.size())).toArray();
    Reflections r = all.select(rows);
    double[] px = r.get(ReflectionKeys.XYZCAL_PX);
    double[] variance = new double[px.length];
    Arrays.fill(variance, 1e-8);
    for (int i = 0; i < px.length; i++) {
      px[i] += (i % 3 == 2 ? FRAMES : PIXELS) * random.nextGaussian();
    }
    return r.without(ReflectionKeys.XYZCAL_MM, ReflectionKeys.S1)
        .with(ReflectionKeys.XYZOBS_PX, px)
        .with(ReflectionKeys.XYZOBS_PX_VARIANCE, variance);
  }

  private static double step(FitParameter kind) {
    return switch (kind) {
      case CELL -> 1e-8;
      case WAVENUMBER -> 1e-6;
      default -> 1e-3;
    };
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 2, 3})
  void derivativesBySamplesShouldBeThoseOfThePrediction(int which) {
    Geometry g = FitGeometries.all().get(which);
    Random random = new Random(which);
    FitModel model = new FitModel(List.of(g), Sharing.oneInstrument(1), 9);
    Reflections r = observed(g, which == 2 ? 1 : 1.9, 300, random);
    Centroids data = new Centroids(model, r, 0);
    data.place(List.of(g));
    int n = model.entries().size();
    int[] all = IntStream.range(0, n).toArray();
    FitProblem problem = new FitProblem(model, data, false, all);
    problem.floors(1, 1);
    double[] p = new double[n];
    for (int i = 0; i < n; i++) {
      p[i] =
          random.nextGaussian()
              * (model.entries().get(i).kind() == FitParameter.CELL
                  ? 1e-6
                  : model.entries().get(i).kind() == FitParameter.WAVENUMBER ? 1e-5 : 0.5);
    }
    double[][] finite = new double[n][];
    for (int i = 0; i < n; i++) {
      double h = step(model.entries().get(i).kind());
      double[] up = p.clone();
      double[] down = p.clone();
      up[i] += h;
      down[i] -= h;
      double[] a = problem.residuals(up);
      double[] b = problem.residuals(down);
      finite[i] = new double[a.length];
      for (int k = 0; k < a.length; k++) {
        finite[i][k] = (a[k] - b[k]) / (2 * h);
      }
      assertThat(Arrays.stream(finite[i]).anyMatch(x -> x != 0)).isTrue();
    }
    DMatrixRMaj prior = new DMatrixRMaj(n, n);
    problem.walk().add(p, new double[n], prior);
    DMatrixRMaj normal = new DMatrixRMaj(n, n);
    problem.linearise(p, new double[n], normal);
    for (int i = 0; i < n; i++) {
      for (int j = 0; j < n; j++) {
        double expected = dot(finite[i], finite[j]);
        double size = Math.sqrt(dot(finite[i], finite[i]) * dot(finite[j], finite[j]));
        double rounding = 1e-12 * (Math.abs(normal.get(i, i)) + Math.abs(normal.get(j, j)));
        assertThat(normal.get(i, j) - prior.get(i, j))
            .as(model.entries().get(i) + ", " + model.entries().get(j))
            .isCloseTo(expected, within(2e-6 * size + rounding));
      }
    }
  }

  private static double dot(double[] a, double[] b) {
    double sum = 0;
    for (int i = 0; i < a.length; i++) {
      sum += a[i] * b[i];
    }
    return sum;
  }

  /** Degrees by which U of one matrix is turned against that of the other. */
  private static double turn(Mat3 a, Mat3 b) {
    double[] m = a.times(b.inverse()).toRowMajor();
    return Math.toDegrees(new Vec3((m[7] - m[5]) / 2, (m[2] - m[6]) / 2, (m[3] - m[1]) / 2).norm());
  }

  @Test
  void aDriftShouldBeFollowed() {
    Geometry still = FitGeometries.cubic();
    Crystal crystal = still.crystal().orElseThrow();
    Drift drift = new Drift(new Vec3(0.2, -0.1, 0.15), 2e-3, 2e-3, 2e-3, 0.3);
    Crystal drifting = drift.of(crystal, still.scan().frames());
    Geometry truth = still.withCrystal(drifting);
    Reflections r = observed(truth, 1.6, 1500, new Random(1));
    FitOptions options = FitOptions.standard();
    FitResult fixed = GeometryFit.refine(still, r, options);
    FitResult fit = GeometryFit.refine(fixed.geometry(), r, options.interval(12).rounds(40));
    assertThat(fit.rmsdX()).isCloseTo(PIXELS, within(0.1 * PIXELS));
    assertThat(fit.rmsdZ()).isCloseTo(FRAMES, within(0.1 * FRAMES));
    assertThat(fixed.rmsdX()).isGreaterThan(1.5 * PIXELS);
    Crystal found = fit.geometry().crystal().orElseThrow();
    assertThat(found.scanPoints()).hasSize(121);
    double worst = 0;
    double start = 0;
    for (int edge = 0; edge <= 120; edge++) {
      Mat3 expected = drifting.scanPoints().get(edge);
      worst = Math.max(worst, turn(found.scanPoints().get(edge), expected));
      start = Math.max(start, turn(fixed.geometry().crystal().orElseThrow().a(), expected));
    }
    assertThat(start).isGreaterThan(0.08);
    assertThat(worst).isLessThan(0.015);
    double a = 1 / Math.cbrt(found.a(5).determinant() / crystal.a().determinant()) * 30;
    double expected = 1 / Math.cbrt(drifting.a(5).determinant() / crystal.a().determinant()) * 30;
    assertThat(a).isCloseTo(expected, within(0.006));
  }

  @Test
  void aCrystalThatStaysShouldBeLeftAsItIs() {
    Geometry truth = FitGeometries.cubic();
    Reflections r = observed(truth, 1.9, 600, new Random(2));
    FitOptions options = FitOptions.standard();
    FitResult fixed = GeometryFit.refine(truth, r, options);
    FitResult fit = GeometryFit.refine(fixed.geometry(), r, options.interval(12).rounds(40));
    Crystal found = fit.geometry().crystal().orElseThrow();
    for (Mat3 a : found.scanPoints()) {
      assertThat(turn(a, found.a())).isLessThan(0.004);
    }
    assertThat(found.cell().a()).isCloseTo(30, within(4 * fit.cellSigmas()[0][0]));
    assertThat(fit.cellSigmas()[0][0]).isLessThan(2 * fixed.cellSigmas()[0][0]);
  }

  @Test
  void anEmptyStretchShouldNotRunAway() {
    Geometry truth = FitGeometries.cubic();
    Reflections all = observed(truth, 1.9, 800, new Random(3));
    int first = truth.scan().firstImage() - 1;
    Reflections r = all.where(i -> all.value(ReflectionKeys.XYZOBS_PX, i, 2) < first + 50);
    FitResult fit = GeometryFit.refine(truth, r, FitOptions.standard().interval(12).rounds(40));
    Crystal found = fit.geometry().crystal().orElseThrow();
    assertThat(turn(found.scanPoints().get(120), found.scanPoints().get(40))).isLessThan(0.01);
  }

  @Test
  void smoothCurvesShouldKeepConstantsAndFollowLines() {
    for (int images : new int[] {1, 7, 60, 123}) {
      ScanSmoother s = new ScanSmoother(images, -0.5, 4);
      double[] w = new double[s.window()];
      for (double x = 0; x <= images; x += 0.25) {
        s.weights(x, w);
        assertThat(Arrays.stream(w).sum()).isCloseTo(1, within(1e-12));
        assertThat(s.first(x)).isBetween(0, s.samples() - s.window());
      }
      assertThat(Arrays.stream(s.mean(images)).sum()).isCloseTo(1, within(1e-12));
    }
    // samples at -1/2, 1/2, ... of an interval of 8 images
    ScanSmoother s = new ScanSmoother(80, 0.5, 4);
    double[] w = new double[s.window()];
    s.weights(36, w);
    double place = 0;
    for (int k = 0; k < w.length; k++) {
      place += w[k] * (s.first(36) + k - 0.5) * 8;
    }
    assertThat(place).isCloseTo(36, within(0.01));
  }

  @Test
  void aCrystalOfTwoScansShouldNotChangeAlongThem() {
    Geometry g = FitGeometries.cubic();
    assertThatThrownBy(() -> new FitModel(List.of(g, g), Sharing.oneCrystal(2), 10))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("shares its crystal");
  }
}
