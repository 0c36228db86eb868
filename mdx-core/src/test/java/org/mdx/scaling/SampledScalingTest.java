package org.mdx.scaling;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.mdx.parallel.Parallel;
import org.mdx.parallel.Progress;
import org.mdx.scale.ScalingModel;
import org.mdx.table.HKLTable;

/** So many observations that the rounds go over a sample of the voxels. */
class SampledScalingTest {
  private static final int VOXELS = 30_000;
  private static final int ROWS = 260_000;

  private static List<HKLTable> tables;

  @BeforeAll
  static void observe() {
    SyntheticSweep first = new SyntheticSweep(1, VOXELS, SyntheticSweep::cloudy);
    SyntheticSweep second = new SyntheticSweep(2, VOXELS, SyntheticSweep::cloudy);
    tables =
        List.of(
            first.observe(ROWS, (p, x, y, phi, s, m) -> detector(x, y) * scale(phi) * m),
            second.observe(
                ROWS, (p, x, y, phi, s, m) -> detector(x, y) * 0.5 * scale(9 + phi) * m));
  }

  private static double scale(double phi) {
    return 1 + 0.3 * Math.sin(phi / 5);
  }

  private static double detector(double x, double y) {
    return 1 + 0.05 * Math.sin(x / 9) * Math.cos(y / 11);
  }

  private static Scaling refine(ScalingOptions options, int threads) {
    return ScalingRefiner.of(options).refine(tables, Parallel.of(threads), Progress.NONE);
  }

  private static ScalingOptions fourTerms() {
    return ScalingOptions.mca2020()
        .detector(t -> t.points(24, 20))
        .absorption(t -> t.points(5, 4).stepPhi(10));
  }

  @Test
  void factorsShouldBeFoundWithOneCycleOfDetectorAndAbsorptionOverAll() {
    Scaling scaling = refine(fourTerms(), 2);

    List<String> steps = scaling.cycles().stream().map(Scaling.Cycle::terms).distinct().toList();
    assertThat(steps).startsWith("sample b").endsWith("all d", "all a");
    assertThat(steps).doesNotContain("all b", "b", "round 2 b");
    assertThat(scaling.cycles().stream().filter(c -> c.terms().startsWith("all"))).hasSize(2);
    ScalingModel one = scaling.models().get(0);
    ScalingModel two = scaling.models().get(1);
    double factor = product(one, 50, 40, 10) / (detector(50, 40) * scale(10));
    for (int i = 0; i < 100; i++) {
      double x = 5 + 0.9 * i;
      double y = 3 + 37 * i % 70;
      double phi = 1 + 17 * i % 18;
      double d = detector(x, y) * factor;
      assertThat(product(one, x, y, phi) / (d * scale(phi))).isCloseTo(1, within(0.012));
      assertThat(product(two, x, y, phi) / (d * 0.5 * scale(9 + phi))).isCloseTo(1, within(0.012));
    }
    assertThat(scaling.outliers()).isLessThan(5);
  }

  private static double product(ScalingModel m, double x, double y, double phi) {
    return m.a(0, x, y, phi) * m.b(phi) * m.d(0, x, y);
  }

  @Test
  void scaleAloneShouldEndWithAllObservations() {
    Scaling scaling = refine(ScalingOptions.defaults(), 2);

    assertThat(scaling.cycles().get(scaling.cycles().size() - 1).terms()).isEqualTo("all b");
    ScalingModel one = scaling.models().get(0);
    ScalingModel two = scaling.models().get(1);
    for (double phi = 1; phi < 20; phi += 3) {
      double ratio = 0.5 * scale(9 + phi) / scale(phi);
      assertThat(two.b(phi) / one.b(phi) / ratio).isCloseTo(1, within(0.005));
    }
  }

  @Test
  void modelsShouldHaveTheSameBitsForAnyNumberOfThreads() {
    assertThat(refine(fourTerms(), 3).models()).isEqualTo(refine(fourTerms(), 1).models());
  }
}
