package org.mdx.bragg.internal.fit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.mdx.crystal.UnitCell;
import org.mdx.geometry.Geometry;
import org.mdx.parallel.Parallel;
import org.mdx.prediction.Prediction;
import org.mdx.reflection.ReflectionFlag;
import org.mdx.reflection.ReflectionKeys;
import org.mdx.reflection.Reflections;

/** Centroids made from a known geometry, fitted from another one. */
class GeometryFitTest {
  private static final double PIXELS = 0.03;
  private static final double FRAMES = 0.05;

  /** Predictions with normal errors; some of them far off. */
  private static Reflections observed(
      Geometry truth, double dMin, int most, double outliers, Random random) {
    Reflections all = Prediction.of(truth).predictAll(dMin, 0);
    int[] rows = random.ints(0, all.size()).distinct().limit(Math.min(most, all.size())).toArray();
    Reflections r = all.select(rows);
    double[] px = r.get(ReflectionKeys.XYZCAL_PX);
    double[] variance = new double[px.length];
    for (int i = 0; i < px.length; i++) {
      double counting = 0.02 * random.nextDouble() * (i % 3 == 2 ? 2 : 1);
      double floor = i % 3 == 2 ? FRAMES : PIXELS;
      variance[i] = counting * counting;
      px[i] += Math.hypot(counting, floor) * random.nextGaussian();
    }
    for (int i = 0; i < rows.length; i++) {
      if (random.nextDouble() < outliers) {
        px[3 * i] += 3 * random.nextGaussian();
        px[3 * i + 2] += 3 * random.nextGaussian();
      }
    }
    return r.without(ReflectionKeys.XYZCAL_MM, ReflectionKeys.S1)
        .with(ReflectionKeys.XYZOBS_PX, px)
        .with(ReflectionKeys.XYZOBS_PX_VARIANCE, variance);
  }

  /** Off by tenths of millimetres, milliradians and parts of the cell in 10⁴. */
  private static Geometry off(Geometry truth, FitOptions options, Random random) {
    FitModel model = new FitModel(List.of(truth), Sharing.oneInstrument(1));
    double[] p = new double[model.entries().size()];
    for (int i : model.free(options.fixed())) {
      p[i] =
          random.nextGaussian()
              * switch (model.entries().get(i).kind()) {
                case CELL -> 3e-7;
                case WAVENUMBER -> 1e-5;
                case DISTANCE, SHIFTS -> 0.1;
                default -> 1;
              };
    }
    return model.geometry(0, p);
  }

  private static double dMin(int which) {
    return which == 1 ? 0.9 : which == 2 ? 0.8 : 1.9;
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 2, 3})
  void uncertaintiesShouldBeHonestWithAndWithoutOutliers(int which) {
    Geometry truth = FitGeometries.all().get(which);
    UnitCell cell = truth.crystal().orElseThrow().cell();
    FitOptions options = FitOptions.of(truth.beam().probe());
    double sum = 0;
    int n = 0;
    for (int seed = 0; seed < 12; seed++) {
      Random random = new Random(100 * which + seed);
      Reflections r = observed(truth, dMin(which), 800, seed % 2 == 0 ? 0 : 0.1, random);
      FitResult fit = GeometryFit.refine(off(truth, options, random), r, options);
      assertThat(fit.converged()).isTrue();
      assertThat(fit.used()).isGreaterThan(150);
      UnitCell found = fit.geometry().crystal().orElseThrow().cell();
      // two ways to the same uncertainties
      List<Double> ofB = fit.geometry().crystal().orElseThrow().cellSigmas().orElseThrow();
      for (int k = 0; k < 6; k++) {
        double sigma = fit.cellSigmas()[0][k];
        assertThat(ofB.get(k)).isCloseTo(sigma, within(1e-6 * sigma + 1e-7));
      }
      sum += square((found.a() - cell.a()) / fit.cellSigmas()[0][0]);
      sum += square((found.c() - cell.c()) / fit.cellSigmas()[0][2]);
      n += 2;
      assertThat(found.a()).isCloseTo(cell.a(), within(2e-3 * cell.a()));
      // the scale of Student's t is 0.87 of that of normal errors, and a tenth of outliers widens
      // it
      assertThat(fit.floorPixels()).isBetween(0.7 * PIXELS, 1.4 * PIXELS);
      assertThat(fit.floorFrames()).isBetween(0.7 * FRAMES, 1.4 * FRAMES);
      if (seed % 2 == 1) {
        assertThat(fit.outliers()).isBetween(fit.used() / 40, fit.used() / 6);
      } else {
        assertThat(fit.outliers()).isLessThan(3);
      }
    }
    assertThat(Math.sqrt(sum / n)).isBetween(0.5, 1.5);
  }

  private static double square(double x) {
    return x * x;
  }

  @Test
  void distanceAndBeamShouldComeBack() {
    Geometry truth = FitGeometries.cubic();
    Random random = new Random(5);
    Reflections r = observed(truth, 1.9, 3000, 0.03, random);
    FitOptions options = FitOptions.standard();
    FitResult fit = GeometryFit.refine(off(truth, options, random), r, options);
    assertThat(fit.parameters()).hasSize(11);
    assertThat(fit.cellSigmas()[0][3]).isZero();
    assertThat(fit.cellSigmas()[0][0]).isEqualTo(fit.cellSigmas()[0][2], within(1e-12));
    var panel = fit.geometry().detector().panels().get(0);
    var expected = truth.detector().panels().get(0);
    assertThat(panel.origin().dot(panel.normal()))
        .isCloseTo(expected.origin().dot(expected.normal()), within(0.01));
    assertThat(fit.rmsdX()).isCloseTo(0.032, within(0.005));
    assertThat(fit.rmsdZ()).isCloseTo(0.055, within(0.008));
    assertThat(fit.correlation(0, 0)).isEqualTo(1);
    Reflections out = fit.reflections();
    assertThat(out.size()).isEqualTo(r.size());
    int outliers = 0;
    for (int i = 0; i < out.size(); i++) {
      outliers += out.isSet(i, ReflectionFlag.CENTROID_OUTLIER) ? 1 : 0;
      if (out.isSet(i, ReflectionFlag.USED_IN_REFINEMENT)) {
        // programs of DIALS take what was used for good spots
        assertThat(out.isSet(i, ReflectionFlag.CENTROID_OUTLIER)).isFalse();
        assertThat(out.value(ReflectionKeys.XYZCAL_PX, i, 0))
            .isCloseTo(out.value(ReflectionKeys.XYZOBS_PX, i, 0), within(0.3));
      }
    }
    assertThat(outliers).isPositive();
  }

  @Test
  void leastSquaresShouldWeightByTheVariancesGiven() {
    Geometry truth = FitGeometries.cubic();
    Random random = new Random(6);
    Reflections r = observed(truth, 1.9, 1000, 0, random);
    double[] variance = new double[3 * r.size()];
    Arrays.fill(variance, FitOptions.DIALS_OFFSET);
    FitOptions options = FitOptions.standard().dialsCompatible();
    FitResult fit =
        GeometryFit.refine(
            off(truth, options, random),
            r.with(ReflectionKeys.XYZOBS_PX_VARIANCE, variance),
            options);
    assertThat(fit.floorPixels()).isZero();
    assertThat(fit.chiSquared()).isLessThan(0.1 * fit.used());
    assertThat(fit.geometry().crystal().orElseThrow().cell().a()).isCloseTo(30, within(0.003));
    assertThatThrownBy(
            () ->
                GeometryFit.refine(
                    truth,
                    r.with(ReflectionKeys.XYZOBS_PX_VARIANCE, new double[3 * r.size()]),
                    options))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("has the variance 0.0");
  }

  @Test
  void sweepsShouldShareWhatTheyAreToldTo() {
    Random random = new Random(8);
    FitOptions options = FitOptions.standard();
    Geometry one = FitGeometries.cubic();
    Geometry two =
        new Geometry(
            one.beam(),
            one.detector(),
            one.goniometer(),
            one.scan(),
            FitGeometries.crystal(new UnitCell(38, 41, 52, 90, 90, 90), "P 2 2"));
    List<Reflections> parts = new ArrayList<>();
    for (Geometry g : List.of(one, two)) {
      Reflections r = observed(g, 1.9, 700, 0.05, random);
      int[] id = new int[r.size()];
      Arrays.fill(id, parts.size());
      parts.add(r.with(ReflectionKeys.ID, id));
    }
    Reflections both = Reflections.concatenate(parts);
    int[] ids = both.get(ReflectionKeys.ID);
    ids[3] = -1;
    both = both.with(ReflectionKeys.ID, ids);
    Geometry start = off(one, options, random);
    Geometry second =
        new Geometry(
            start.beam(),
            start.detector(),
            start.goniometer(),
            start.scan(),
            off(two, options, random).crystal().orElseThrow());
    FitResult fit =
        GeometryFit.refine(
            List.of(start, second), both, Sharing.oneSweep(2), options, Parallel.of(2));
    assertThat(fit.parameters()).hasSize(6 + 1 + 3 + 1 + 3 + 3);
    assertThat(fit.geometries().get(0).detector()).isEqualTo(fit.geometries().get(1).detector());
    assertThat(fit.geometries().get(0).crystal().orElseThrow().cell().a())
        .isCloseTo(30, within(0.01));
    assertThat(fit.geometries().get(1).crystal().orElseThrow().cell().c())
        .isCloseTo(52, within(0.02));
    assertThat(fit.reflections().isSet(3, ReflectionFlag.USED_IN_REFINEMENT)).isFalse();
    assertThat(fit.reflections().get(ReflectionKeys.MILLER_INDEX))
        .isEqualTo(both.get(ReflectionKeys.MILLER_INDEX));
    // each alone, from the same start, is no better determined
    FitResult alone = GeometryFit.refine(start, both.where(i -> ids[i] == 0), options);
    assertThat(fit.cellSigmas()[0][0]).isLessThan(alone.cellSigmas()[0][0]);
  }

  @Test
  void fewReflectionsShouldFreeFewParameters() {
    Geometry truth = FitGeometries.cubic();
    Random random = new Random(9);
    Reflections r = observed(truth, 1.9, 400, 0, random);
    FitOptions options = FitOptions.standard();
    Geometry start = off(truth, options, random);
    FitResult fit = GeometryFit.refine(start, r.select(IntStream.range(0, 16).toArray()), options);
    assertThat(fit.parameters())
        .extracting(FittedParameter::kind)
        .doesNotContain(FitParameter.TILTS)
        .contains(FitParameter.CELL);
    assertThatThrownBy(() -> GeometryFit.refine(start, r.select(0, 1), options))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("reflections can be used for");
    assertThatThrownBy(
            () ->
                GeometryFit.refine(
                    start, r.with(ReflectionKeys.PANEL, filled(r.size(), 2)), options))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("on panel 2, the detector has 1");
    assertThatThrownBy(
            () ->
                GeometryFit.refine(start, r.with(ReflectionKeys.ID, filled(r.size(), 1)), options))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("has the id 1, there are 1 sweeps");
    assertThatThrownBy(() -> GeometryFit.refine(start.withCrystal(null), r, options))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("has no crystal");
  }

  private static int[] filled(int n, int value) {
    int[] out = new int[n];
    Arrays.fill(out, value);
    return out;
  }
}
