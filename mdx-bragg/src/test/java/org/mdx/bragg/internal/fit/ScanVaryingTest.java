package org.mdx.bragg.internal.fit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.mdx.bragg.internal.algebra.ScanSmoother;
import org.mdx.crystal.Crystal;
import org.mdx.geometry.Geometry;
import org.mdx.math.Mat3;
import org.mdx.math.Vec3;
import org.mdx.parallel.Parallel;
import org.mdx.prediction.Prediction;
import org.mdx.reflection.ReflectionKeys;
import org.mdx.reflection.Reflections;
import org.mdx.sim.bragg.Drift;

/** Crystals that change along the scan. */
class ScanVaryingTest {
  /** Nine panels in three rows, the last by themselves. */
  private static final List<List<Integer>> GROUPS =
      List.of(List.of(0, 1, 2), List.of(3, 4, 5), List.of(6), List.of(8, 7));

  private static final FitOptions VARYING = FitOptions.standard().variation(Variation.ALL);

  @Test
  void weightsShouldBeThoseOfTheNearestValues() {
    int[] sizes = {2, 3, 5, 6};
    for (int n = 1; n <= 4; n++) {
      ScanSmoother s = new ScanSmoother(60, n);
      assertThat(s.size()).isEqualTo(sizes[n - 1]);
      assertThat(s.position(0)).isEqualTo(n < 3 ? 0 : -30.0 / n);
      assertThat(s.position(s.size() - 1)).isCloseTo(n < 3 ? 60 : 60 + 30.0 / n, within(1e-9));
      double[] w = new double[3];
      for (double at = 0; at <= 60; at += 0.7) {
        int first = s.weights(at, w);
        double sum = 0;
        for (int i = 0; i < s.nearest(); i++) {
          sum += w[i];
          double far = (at - s.position(first + i)) * n / 60;
          double near = (at - s.position(first)) * n / 60;
          assertThat(w[i] / w[0])
              .isCloseTo(Math.exp((near * near - far * far) / 0.49), within(1e-9));
          for (int other = 0; other < s.size(); other++) {
            boolean used = other >= first && other < first + s.nearest();
            assertThat(used || Math.abs(at - s.position(other)) * n / 60 >= Math.abs(far) - 1e-9)
                .isTrue();
          }
        }
        assertThat(sum).isCloseTo(1, within(1e-12));
      }
    }
  }

  private static Reflections predicted(Geometry g, double dMin, int most, Random random) {
    Reflections all = Prediction.of(g).predictAll(dMin, 0);
    int[] rows = random.ints(0, all.size()).distinct().limit(Math.min(most, all.size())).toArray();
    Reflections r = all.select(rows);
    double[] variance = new double[3 * r.size()];
    Arrays.fill(variance, 1e-6);
    return r.with(ReflectionKeys.XYZOBS_PX, r.get(ReflectionKeys.XYZCAL_PX))
        .with(ReflectionKeys.XYZOBS_PX_VARIANCE, variance);
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 2, 3})
  void derivativesOfEveryValueShouldBeThoseOfThePrediction(int which) {
    Geometry g = FitGeometries.all().get(which);
    Random random = new Random(which);
    FitModel model =
        new FitModel(
            List.of(g),
            Sharing.oneInstrument(1),
            new ModelForm(new Variation(true, which != 2, 12), which == 3 ? GROUPS : List.of()));
    double[] p = new double[model.entries().size()];
    for (int i = 0; i < p.length; i++) {
      p[i] =
          random.nextGaussian() * (model.entries().get(i).kind() == FitParameter.CELL ? 1e-6 : 1);
    }
    Reflections r = predicted(g, which == 2 ? 1 : 1.8, 60, random);
    Centroids data = new Centroids(model, r, 0);
    int[] all = IntStream.range(0, p.length).toArray();
    FitProblem problem = new FitProblem(model, data, false, all, Parallel.of(1));
    problem.floors(1, 1);
    SweepModel m = model.sweep(0, p, true).orElseThrow();
    double[][] jacobians = new double[data.size][]; // null of those that graze the sphere
    for (int i = 0; i < data.size; i++) {
      Centroids.Batch batch = batch(data, i);
      int[] slots = problem.slots(batch);
      int n = (int) Arrays.stream(slots).filter(c -> c >= 0).count();
      m.place(data.position[i]);
      int[] h = {data.h[3 * i], data.h[3 * i + 1], data.h[3 * i + 2]};
      m.predict(h[0], h[1], h[2], data.branch[i], data.panel[i], data.phi[i]);
      if (m.zeta() < 0.1) {
        continue;
      }
      jacobians[i] = new double[3 * p.length];
      double[] local = new double[3 * n];
      double[] units = {1 / data.pixel[2 * i], 1 / data.pixel[2 * i + 1], 1 / data.width[i]};
      DerivativesTest.differentiate(m, slots, model.crystalColumn(0), h, units, local);
      for (int c = 0; c < 3; c++) {
        double[] of = problem.new Spread(batch).of(Arrays.copyOfRange(local, c * n, c * n + n));
        for (int k = 0; k < p.length; k++) {
          jacobians[i][3 * k + c] = of[k];
        }
      }
    }
    for (int k = 0; k < p.length; k++) {
      FitParameter kind = model.entries().get(k).kind();
      double step =
          kind == FitParameter.CELL ? 1e-8 : kind == FitParameter.WAVENUMBER ? 1e-6 : 1e-2;
      double[] up = p.clone();
      double[] down = p.clone();
      up[k] += step;
      down[k] -= step;
      double[] a = problem.residuals(up);
      double[] b = problem.residuals(down);
      double most = 0;
      double worst = 0;
      for (int i = 0; i < a.length; i++) {
        if (jacobians[i / 3] == null) {
          continue;
        }
        double finite = (a[i] - b[i]) / (2 * step);
        most = Math.max(most, Math.abs(finite));
        worst = Math.max(worst, Math.abs(finite - jacobians[i / 3][3 * k + i % 3]));
      }
      assertThat(worst)
          .as(model.entries().get(k) + " of " + most)
          .isLessThan(1e-6 * most + 1e-10 / step);
    }
  }

  private static Centroids.Batch batch(Centroids data, int i) {
    return data.batches.stream().filter(b -> b.from() <= i && i < b.to()).findFirst().orElseThrow();
  }

  /** Predictions of a crystal that turns and swells, with errors of 0.04 px and 0.05 frames. */
  private static Reflections observed(Geometry truth, Random random) {
    Reflections r = predicted(truth, 1.7, 2500, random);
    double[] px = r.get(ReflectionKeys.XYZOBS_PX);
    for (int i = 0; i < px.length; i++) {
      px[i] += (i % 3 == 2 ? 0.05 : 0.04) * random.nextGaussian();
    }
    return r.with(ReflectionKeys.XYZOBS_PX, px);
  }

  private static Geometry drifting() {
    Geometry still = FitGeometries.cubic();
    Drift drift = new Drift(new Vec3(0.2, -0.1, 0.15), 0.002, 0.002, 0.002, 0.1);
    return still.withCrystal(drift.of(still.crystal().orElseThrow(), still.scan().frames()));
  }

  /** The turn of the crystal as the detector sees it, degrees. */
  private static double off(Geometry found, Geometry truth, double position) {
    Mat3 r = seen(found, position).times(seen(truth, position).inverse());
    double x = r.m21() - r.m12();
    double y = r.m02() - r.m20();
    double z = r.m10() - r.m01();
    return Math.toDegrees(0.5 * Math.sqrt(x * x + y * y + z * z));
  }

  private static Mat3 seen(Geometry g, double position) {
    Vec3 z = g.beam().s0().unit();
    Vec3 fast = g.detector().panels().get(0).fast();
    Vec3 x = fast.minus(z.times(fast.dot(z))).unit();
    return Mat3.ofRows(x, z.cross(x), z).times(g.ub(g.scan().phiAt(position)));
  }

  @Test
  void aDriftShouldBeFollowed() {
    Geometry truth = drifting();
    FitResult fit =
        GeometryFit.refine(FitGeometries.cubic(), observed(truth, new Random(4)), VARYING);
    assertThat(fit.converged()).isTrue();
    Crystal found = fit.geometry().crystal().orElseThrow();
    assertThat(found.scanPoints()).hasSize(121);
    Crystal expected = truth.crystal().orElseThrow();
    for (int e = 0; e <= 120; e++) {
      assertThat(off(fit.geometry(), truth, e)).as("edge " + e).isLessThan(0.012);
      double a = Math.cbrt(expected.a(e).determinant() / found.a(e).determinant());
      assertThat(a).isCloseTo(1, within(3e-4));
    }
    assertThat(fit.rmsdX()).isCloseTo(0.04, within(0.004));
    assertThat(fit.rmsdZ()).isCloseTo(0.05, within(0.005));
    assertThat(fit.states()).hasSize(11);
    CrystalState first = fit.states().get(0);
    CrystalState last = fit.states().get(10);
    assertThat(last.cell().a() - first.cell().a())
        .isCloseTo(0.06, within(4 * (first.cellSigmas().get(0) + last.cellSigmas().get(0))));
    // one line for the mean of each number, not one for each value
    assertThat(fit.parameters()).hasSize(11);
    FitResult still =
        GeometryFit.refine(
            FitGeometries.cubic(), observed(truth, new Random(4)), FitOptions.standard());
    assertThat(still.rmsdZ()).isGreaterThan(2 * fit.rmsdZ());
  }

  @Test
  void whatDoesNotChangeShouldStay() {
    Geometry truth = FitGeometries.cubic();
    for (int seed = 0; seed < 4; seed++) {
      FitResult fit = GeometryFit.refine(truth, observed(truth, new Random(seed)), VARYING);
      for (CrystalState s : fit.states()) {
        for (int k = 0; k < 3; k++) {
          assertThat(Math.abs(s.rotation().get(k)))
              .isLessThan(3 * s.rotationSigmas().get(k) + 1e-4);
        }
      }
      assertThat(off(fit.geometry(), truth, 60)).isLessThan(0.004);
    }
  }

  @Test
  void blankStretchesAndEndsShouldNotRunAway() {
    Geometry truth = drifting();
    Reflections all = observed(truth, new Random(11));
    Reflections r =
        all.where(
            i -> {
              double z = all.value(ReflectionKeys.XYZOBS_PX, i, 2) - 10;
              return z < 40 || z > 70 && z < 105;
            });
    FitResult fit = GeometryFit.refine(FitGeometries.cubic(), r, VARYING);
    for (int e = 0; e <= 120; e++) {
      assertThat(off(fit.geometry(), truth, e)).as("edge " + e).isLessThan(0.06);
    }
    CrystalState inside = fit.states().get(3);
    CrystalState end = fit.states().get(10);
    assertThat(end.rotationSigmas().get(0)).isGreaterThan(inside.rotationSigmas().get(0));
  }

  @Test
  void panelsShouldBeFoundWhereTheyAre() {
    Geometry start = FitGeometries.panels();
    FitModel model =
        new FitModel(
            List.of(start), Sharing.oneInstrument(1), new ModelForm(Variation.NONE, GROUPS));
    double[] p = new double[model.entries().size()];
    Random random = new Random(3);
    for (int i = 0; i < 24; i++) {
      p[i] = random.nextGaussian() * (i % 6 < 3 ? 0.2 : 1);
    }
    Geometry truth = model.geometry(0, p);
    Reflections r = observed(truth, random);
    FitOptions options = FitOptions.standard().panelGroups(GROUPS);
    FitResult fit = GeometryFit.refine(start, r, options);
    FitResult rigid = GeometryFit.refine(start, r, FitOptions.standard());
    assertThat(fit.parameters().get(6).name()).isEqualTo("distance of group 1");
    assertThat(fit.rmsdX()).isCloseTo(0.04, within(0.004));
    assertThat(rigid.rmsdX()).isGreaterThan(5 * fit.rmsdX());
    for (int i = 0; i < 24; i++) {
      FittedParameter f = fit.parameters().get(i);
      assertThat(f.change()).as(f.name()).isCloseTo(p[i], within(4.5 * f.sigma()));
    }
    int[] panel = r.get(ReflectionKeys.PANEL);
    Reflections few = r.where(i -> panel[i] != 6 || i % 50 == 0);
    assertThatThrownBy(() -> GeometryFit.refine(start, few, options))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("the panels [6] have")
        .hasMessageContaining("at least 10 are needed");
    assertThatThrownBy(
            () -> GeometryFit.refine(start, r, options.panelGroups(List.of(List.of(0, 1)))))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("each of the panels 0 to 8");
  }

  @Test
  void whatIsFixedOrStaticShouldNotVary() {
    Geometry truth = drifting();
    Reflections r = observed(truth, new Random(5));
    FitResult cell =
        GeometryFit.refine(
            FitGeometries.cubic(),
            r,
            FitOptions.standard().variation(new Variation(true, false, 5)));
    Crystal found = cell.geometry().crystal().orElseThrow();
    double first = found.scanPoints().get(0).determinant();
    assertThat(found.scanPoints().get(100).determinant()).isCloseTo(first, within(1e-9 * first));
    FitResult none =
        GeometryFit.refine(
            FitGeometries.cubic(), r, VARYING.fix(FitParameter.ORIENTATION, FitParameter.CELL));
    assertThat(none.geometry().crystal().orElseThrow().scanPoints()).isEmpty();
  }
}
