package org.mdx.bragg.integrate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.mdx.geometry.Geometry;
import org.mdx.image.ImageSeries;
import org.mdx.parallel.Parallel;
import org.mdx.parallel.Progress;
import org.mdx.reflection.ReflectionFlag;
import org.mdx.reflection.ReflectionKeys;
import org.mdx.reflection.Reflections;
import org.mdx.sim.bragg.SpotSweep;
import org.mdx.sim.bragg.SweepKind;
import org.mdx.sim.bragg.TrueSpot;

/** Intensities against the truth of the simulator. */
class IntegratorTest {

  private static SpotSweep sweep;
  private static ImageSeries images;
  private static Reflections strong;
  private static Integrated found;

  @BeforeAll
  static void integrate() {
    SweepKind kind = SweepKind.ofLabel(System.getProperty("mdx.integrate.kind", "demo"));
    sweep = kind.sweep(Long.getLong("mdx.integrate.seed", 1));
    Geometry truth = sweep.trueGeometries().get(0);
    images = sweep.series().withGeometry(truth).withSource(new TrueSweep.Kept(sweep));
    Reflections all = sweep.reflections(List.of());
    strong =
        all.where(i -> sweep.spots().get(i).signalToNoise() > 10 && sweep.spots().get(i).isFull());
    strong = strong.with(ReflectionKeys.XYZOBS_PX, strong.get(ReflectionKeys.XYZCAL_PX));
    found = run(options(), 2);
  }

  /** Widths as the simulator spreads the photons. */
  private static IntegrateOptions options() {
    double b = 0;
    double m = 0;
    int n = 0;
    double pixel = images.geometry().detector().panels().get(0).pixelWidth();
    for (TrueSpot s : sweep.spots()) {
      if (s.signalToNoise() > 10 && Math.abs(s.zeta()) > 0.3) {
        double distance =
            images.geometry().detector().panels().get(s.panel()).position(s.px(), s.py()).norm();
        b += (s.shape().xx() + s.shape().yy()) / 2 * pixel * pixel / distance / distance;
        double width = images.geometry().scan().width() * s.zeta();
        m += s.shape().zz() * width * width;
        n++;
      }
    }
    return IntegrateOptions.defaults()
        .withMemory(1L << 30)
        .withWidths(new SpotWidths(Math.toDegrees(Math.sqrt(b / n)), Math.sqrt(m / n), 0));
  }

  private static Integrated run(IntegrateOptions o, int threads) {
    return Integrator.integrate(images, strong, o, Parallel.of(threads), Progress.NONE);
  }

  /** True spot and row of what was fitted and is full. */
  private record Pair(TrueSpot spot, int row) {}

  private static List<Pair> pairs(ReflectionFlag flag) {
    Reflections r = found.reflections();
    Map<List<Integer>, List<Integer>> rows = new HashMap<>();
    for (int i = 0; i < r.size(); i++) {
      rows.computeIfAbsent(key(r, i), k -> new ArrayList<>()).add(i);
    }
    List<Pair> pairs = new ArrayList<>();
    int first = images.geometry().scan().firstImage() - 1;
    for (TrueSpot s : sweep.spots()) {
      if (!s.isFull() || s.lattice() != 0) {
        continue;
      }
      for (int i : rows.getOrDefault(List.of(s.h(), s.k(), s.l()), List.of())) {
        double dz = r.value(ReflectionKeys.XYZCAL_PX, i, 2) - first - s.frame();
        if (Math.abs(dz) < 1 && r.isSet(i, flag)) {
          pairs.add(new Pair(s, i));
        }
      }
    }
    return pairs;
  }

  private static List<Integer> key(Reflections r, int i) {
    return List.of(
        r.integer(ReflectionKeys.MILLER_INDEX, i, 0),
        r.integer(ReflectionKeys.MILLER_INDEX, i, 1),
        r.integer(ReflectionKeys.MILLER_INDEX, i, 2));
  }

  /** Σ(I − k I_true)/Σ k I_true and the robust width of (I − k I_true)/σ of some pairs. */
  private static double[] biasAndWidth(List<Pair> pairs, boolean fit, double k) {
    Reflections r = found.reflections();
    double off = 0;
    double all = 0;
    double[] z = new double[pairs.size()];
    for (int i = 0; i < z.length; i++) {
      int row = pairs.get(i).row();
      double truth = k * pairs.get(i).spot().recorded();
      double v = r.value(fit ? ReflectionKeys.INTENSITY_PRF : ReflectionKeys.INTENSITY_SUM, row, 0);
      double s =
          Math.sqrt(
              r.value(
                  fit
                      ? ReflectionKeys.INTENSITY_PRF_VARIANCE
                      : ReflectionKeys.INTENSITY_SUM_VARIANCE,
                  row,
                  0));
      off += v - truth;
      all += truth;
      z[i] = Math.abs(v - truth) / s;
    }
    Arrays.sort(z);
    return new double[] {off / all, 1.4826 * z[z.length / 2], off, all};
  }

  private static void check(boolean fit) {
    List<Pair> pairs = pairs(fit ? ReflectionFlag.INTEGRATED_PRF : ReflectionFlag.INTEGRATED_SUM);
    assertThat(pairs).hasSizeGreaterThan(500);
    double k = 1 + biasAndWidth(pairs, fit, 1)[0];
    assertThat(k).as("part of a spot that its foreground holds").isBetween(0.97, 1.005);
    for (int by = 0; by < 2; by++) {
      List<Pair> sorted = new ArrayList<>(pairs);
      int what = by;
      sorted.sort(
          (a, b) ->
              what == 0
                  ? Double.compare(a.spot().recorded(), b.spot().recorded())
                  : Double.compare(b.spot().d(), a.spot().d()));
      for (int s = 0; s < 5; s++) {
        List<Pair> shell = sorted.subList(sorted.size() * s / 5, sorted.size() * (s + 1) / 5);
        double[] v = biasAndWidth(shell, fit, k);
        String name = (fit ? "fit" : "sum") + (by == 0 ? " by I " : " by d ") + s;
        if (Boolean.getBoolean("mdx.integrate.print")) {
          System.out.printf("%s k %.4f bias %.4f width %.3f%n", name, k, v[0], v[1]);
        }
        double noise = 0;
        for (Pair p : shell) {
          noise += p.spot().variance();
        }
        double allowed = Math.max(0.01, 4 * Math.sqrt(noise) / v[3]);
        assertThat(Math.abs(v[0])).as("bias, %s", name).isLessThan(allowed);
        assertThat(v[1]).as("width, %s", name).isBetween(0.9, 1.15);
      }
    }
  }

  @Test
  void sumsShouldBeTrueInEveryShell() {
    check(false);
  }

  @Test
  void fitsShouldBeTrueInEveryShell() {
    check(true);
  }

  @Test
  void fitsOfWeakSpotsShouldBeCloserToTheTruthThanSums() {
    double sum = 0;
    double fit = 0;
    Reflections r = found.reflections();
    for (Pair p : pairs(ReflectionFlag.INTEGRATED)) {
      if (p.spot().signalToNoise() < 5
          && r.isSet(p.row(), ReflectionFlag.INTEGRATED_SUM)
          && r.isSet(p.row(), ReflectionFlag.INTEGRATED_PRF)) {
        double truth = p.spot().recorded();
        sum += Math.pow(r.value(ReflectionKeys.INTENSITY_SUM, p.row(), 0) - truth, 2);
        fit += Math.pow(r.value(ReflectionKeys.INTENSITY_PRF, p.row(), 0) - truth, 2);
      }
    }
    assertThat(fit).isLessThan(0.9 * sum);
  }

  @Test
  void resultShouldBeTheSameForAnyNumberOfThreads() {
    assertThat(run(options(), 1).reflections()).isEqualTo(found.reflections());
    assertThat(run(options(), 7).reflections()).isEqualTo(found.reflections());
  }

  @Test
  void littleMemoryShouldNotChangeTheResult() {
    Integrated banded = run(options().withMemory(12_000_000), 2);
    assertThat(banded.reflections()).isEqualTo(found.reflections());
    assertThat(banded.references()).isEqualTo(found.references());
    assertThat(banded.notes()).anyMatch(n -> n.contains("the images were read"));
    assertThat(found.notes()).noneMatch(n -> n.contains("the images were read"));
  }

  @Test
  void everyFullStrongSpotShouldBePredicted() {
    assertThat(found.matched()).isGreaterThanOrEqualTo((int) (0.99 * strong.size()));
  }

  @Test
  void integratorShouldRefuseWhatItCannotDo() {
    Reflections bare = strong.without(ReflectionKeys.MILLER_INDEX);
    assertThatThrownBy(
            () -> Integrator.integrate(images, bare, options(), Parallel.of(1), Progress.NONE))
        .hasMessageContaining("miller_index");
    assertThatThrownBy(() -> run(IntegrateOptions.defaults().withMemory(1L << 30), 1))
        .hasMessageContaining("no shoeboxes");
    Reflections wrong = strong.with(ReflectionKeys.MILLER_INDEX, new int[3 * strong.size()]);
    assertThatThrownBy(
            () -> Integrator.integrate(images, wrong, options(), Parallel.of(1), Progress.NONE))
        .hasMessageContaining("none of");
  }
}
