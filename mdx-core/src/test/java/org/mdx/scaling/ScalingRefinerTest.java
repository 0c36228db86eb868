package org.mdx.scaling;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.mdx.geometry.Conventions;
import org.mdx.parallel.Parallel;
import org.mdx.parallel.Progress;
import org.mdx.scale.ScalingModel;
import org.mdx.scale.ScalingTerm;
import org.mdx.table.ByteStore;
import org.mdx.table.Column;
import org.mdx.table.FloatColumn;
import org.mdx.table.HKLTable;
import org.mdx.table.IntColumn;

/** Synthetic sweeps whose factors are known. */
class ScalingRefinerTest {
  private static final int VOXELS = 400;
  private static final int ROWS = 20_000;

  private static Scaling refine(ScalingOptions options, HKLTable... tables) {
    return ScalingRefiner.of(options).refine(List.of(tables), Parallel.of(2), Progress.NONE);
  }

  private static SyntheticSweep sweep(long seed) {
    return new SyntheticSweep(seed, VOXELS, SyntheticSweep::cloudy);
  }

  private static double scale(double phi) {
    return 1 + 0.3 * Math.sin(phi / 5);
  }

  @Test
  void scaleOfTwoSweepsShouldBeFoundUpToACommonFactor() {
    HKLTable first = sweep(1).observe(ROWS, (p, x, y, phi, s, m) -> scale(phi) * m);
    HKLTable second = sweep(2).observe(ROWS, (p, x, y, phi, s, m) -> 0.5 * scale(phi + 9) * m);

    Scaling scaling = refine(ScalingOptions.defaults(), first, second);

    ScalingModel one = scaling.models().get(0);
    ScalingModel two = scaling.models().get(1);
    double factor = one.b(10) / scale(10);
    for (double phi = 0; phi <= 20; phi += 2.5) {
      assertThat(one.b(phi) / scale(phi) / factor).isCloseTo(1, within(0.01));
      assertThat(two.b(phi) / (0.5 * scale(phi + 9)) / factor).isCloseTo(1, within(0.01));
    }
    // 40,000 observations less the 400 means and about 20 smoothed points a sweep
    assertThat(scaling.chiSquare()).isCloseTo(0.99, within(0.025));
    assertThat(scaling.outliers()).isLessThan(3);
  }

  @Test
  void allFourTermsShouldBeFoundAndAverageOne() {
    SyntheticSweep.Factors f =
        (p, x, y, phi, s, m) ->
            (1 + 0.04 * Math.cos(x / 40 + phi / 8))
                * detector(x, y)
                * (scale(phi) * m + 30 * Math.exp(-20 * (s - 0.3) * (s - 0.3)));
    SyntheticSweep.Factors g =
        (p, x, y, phi, s, m) ->
            (1 + 0.04 * Math.sin(y / 30 - phi / 8)) * detector(x, y) * 1.5 * scale(phi + 3) * m;
    ScalingOptions options =
        ScalingOptions.mca2020()
            .scale(t -> t.smoothness(0.01, 0.01))
            .offset(t -> t.smoothness(0.01, 0.01).cycles(20, 1e-4))
            .detector(t -> t.points(12, 10).smoothness(0.01, 0.01))
            .absorption(t -> t.points(5, 5).smoothness(0.01, 0.01));
    HKLTable[] tables = {sweep(3).observe(3 * ROWS, f), sweep(4).observe(3 * ROWS, g)};

    Scaling scaling = refine(options, tables);

    double sum = 0;
    for (int t = 0; t < 2; t++) {
      HKLTable merged = scaling.models().get(t).apply(tables[t], Parallel.of(2));
      double[] of = new double[2];
      for (int i = 0; i < merged.rows(); i++) {
        of[0] += merged.column("intensity").get(i);
        of[1] += SyntheticSweep.cloudy(merged.h().value(i));
      }
      sum += (t == 0 ? 1 : -1) * of[0] / of[1];
    }
    // offsets that both sweeps share cannot be told from M, which leaves a little freedom
    assertThat(sum).as("both sweeps on one scale").isCloseTo(0, within(0.02));
    // 3.8 with b alone, 1.3 without a
    assertThat(scaling.chiSquare()).isBetween(0.95, 1.16);
    double ratio = scaling.models().get(0).d(0, 90, 40) / scaling.models().get(0).d(0, 10, 40);
    assertThat(ratio).isCloseTo(detector(90, 40) / detector(10, 40), within(0.02));
    for (Mean mean : List.of(Mean.A, Mean.B, Mean.D)) {
      assertThat(mean.over(scaling, tables)).as(mean.name()).isCloseTo(1, within(0.001));
    }
    // rises and falls along s as the added offset does
    ScalingModel one = scaling.models().get(0);
    ScalingModel two = scaling.models().get(1);
    double peak = (one.c(0.3, 10) - two.c(0.3, 10)) - (one.c(0.11, 10) - two.c(0.11, 10));
    assertThat(peak).isCloseTo(30 * (1 - Math.exp(-20 * 0.19 * 0.19)), within(5.0));
  }

  private static double detector(double x, double y) {
    return 1 + 0.1 * Math.sin(x / 25) * Math.cos(y / 20);
  }

  /** Means over all observations. */
  private enum Mean {
    A,
    B,
    D;

    double over(Scaling scaling, HKLTable... tables) {
      double sum = 0;
      long n = 0;
      for (int t = 0; t < tables.length; t++) {
        ScalingModel m = scaling.models().get(t);
        Column phi = tables[t].column("phi");
        Column x = tables[t].column("ix");
        Column y = tables[t].column("iy");
        for (int i = 0; i < tables[t].rows(); i++) {
          sum +=
              switch (this) {
                case A -> m.a(0, x.get(i), y.get(i), phi.get(i));
                case B -> m.b(phi.get(i));
                case D -> m.d(0, x.get(i), y.get(i));
              };
          n++;
        }
      }
      return sum / n;
    }
  }

  /** Five observations a control point of d, which is one everywhere. */
  @Test
  void detailThatDataDoNotSupportShouldBeSmoothedAway() {
    HKLTable table = sweep(6).observe(ROWS, (p, x, y, phi, s, m) -> m);
    ScalingOptions options =
        ScalingOptions.defaults()
            .scale(t -> t.enabled(false))
            .detector(t -> t.enabled(true).points(70, 60));

    double fixed = roughness(refine(options.adaptive(false), table));
    double adaptive = roughness(refine(options, table));

    assertThat(fixed).isGreaterThan(0.01);
    assertThat(adaptive).isLessThan(0.1 * fixed);
    // mdx2's way knows nothing of it
    Scaling compatible = refine(options.conventions(Conventions.MDX2), table);
    assertThat(compatible.models())
        .isEqualTo(refine(options.conventions(Conventions.MDX2).adaptive(false), table).models());
  }

  private static double roughness(Scaling scaling) {
    double[] d = scaling.models().get(0).detector().orElseThrow().grid().values();
    double mean = Arrays.stream(d).average().orElseThrow();
    return Math.sqrt(
        Arrays.stream(d).map(v -> (v / mean - 1) * (v / mean - 1)).average().orElseThrow());
  }

  @Test
  void panelsShouldHaveTheirOwnSensitivities() {
    SyntheticSweep sweep = sweep(5);
    sweep.panels = 3;
    double[] sensitivity = {1, 0.8, 1.2};
    HKLTable table = sweep.observe(3 * ROWS, (p, x, y, phi, s, m) -> sensitivity[p] * m);

    Scaling scaling =
        refine(ScalingOptions.defaults().detector(t -> t.enabled(true).points(8, 8)), table);

    ScalingModel model = scaling.models().get(0);
    assertThat(model.detector().orElseThrow().grid().panels()).isEqualTo(3);
    for (int p = 1; p < 3; p++) {
      double ratio = model.d(p, 50, 40) / model.d(0, 50, 40);
      assertThat(ratio).isCloseTo(sensitivity[p], within(0.02));
    }
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void sameBitsShouldComeFromAnyNumberOfThreads(boolean compatible) {
    List<HKLTable> tables =
        List.of(
            spoilt(sweep(6).observe(3 * ROWS, (p, x, y, phi, s, m) -> scale(phi) * m + 3)),
            sweep(7).observe(2 * ROWS, (p, x, y, phi, s, m) -> detector(x, y) * m));
    ScalingOptions options =
        ScalingOptions.mca2020()
            .detector(d -> d.points(40, 40))
            .conventions(compatible ? Conventions.MDX2 : Conventions.STANDARD)
            .prescale(p -> p.enabled(true));
    List<Scaling> results = new ArrayList<>();
    for (int threads : new int[] {1, 2, 7}) {
      results.add(ScalingRefiner.of(options).refine(tables, Parallel.of(threads), Progress.NONE));
    }
    assertThat(results.get(1)).isEqualTo(results.get(0));
    assertThat(results.get(2)).isEqualTo(results.get(0));
    assertThat(results.get(0).cycles().get(0).terms()).isEqualTo("prescale b");

    // outside of the heap, and one table at a time
    byte[] bytes = new byte[8 << 20];
    Scaling stored =
        ScalingRefiner.of(options)
            .store(
                new ByteStore() {
                  @Override
                  public void write(long at, ByteBuffer from) {
                    from.get(bytes, (int) at, from.remaining());
                  }

                  @Override
                  public void read(long at, ByteBuffer into) {
                    into.put(bytes, (int) at, into.remaining());
                  }
                })
            .refineOneByOne(
                List.of(() -> tables.get(0), () -> tables.get(1)), Parallel.of(2), Progress.NONE);
    assertThat(stored).isEqualTo(results.get(0));
    assertThat(stored.outliers()).isPositive();
  }

  /** Twelve observations that are far too high and eight that are far too low. */
  private static HKLTable spoilt(HKLTable table) {
    float[] intensity = ((FloatColumn) table.column("intensity")).toFloatArray();
    for (int i = 0; i < 20; i++) {
      intensity[100 * i] += i < 12 ? 200 : -200;
    }
    return table.with("intensity", FloatColumn.of(intensity));
  }

  @Test
  void outliersShouldBeRejectedOnBothSidesByDefaultAndOnOneInMdx2sWay() {
    HKLTable table = sweep(8).observe(ROWS, (p, x, y, phi, s, m) -> m);
    HKLTable spoilt = spoilt(table);

    assertThat(refine(ScalingOptions.defaults(), spoilt).outliers()).isEqualTo(20);
    assertThat(refine(ScalingOptions.defaults().conventions(Conventions.MDX2), spoilt).outliers())
        .isEqualTo(8);
  }

  @ParameterizedTest
  @ValueSource(doubles = {0.4, 1.4, 2.4})
  void modelOfAShortScanShouldHaveAValueForEachObservation(double degrees) {
    SyntheticSweep sweep = sweep(16);
    sweep.phiFrom = -145;
    sweep.phiTo = sweep.phiFrom + degrees;
    HKLTable table = sweep.observe(ROWS, (p, x, y, phi, s, m) -> m);

    ScalingModel model = refine(ScalingOptions.mca2020(), table).models().get(0);

    assertThat(model.terms()).hasSize(4);
    HKLTable scaled = model.apply(table, Parallel.of(1));
    for (int i = 0; i < scaled.rows(); i++) {
      assertThat(scaled.intensity(i)).isCloseTo(table.intensity(i), within(15.0));
    }
  }

  @Test
  void invalidRowsAndSinglesShouldBeLeftOutAndCounted() {
    HKLTable table = sweep(9).observe(2000, (p, x, y, phi, s, m) -> m);
    float[] error = ((FloatColumn) table.column("intensity_error")).toFloatArray();
    error[0] = 0;
    error[1] = Float.NaN;
    error[2] = Float.POSITIVE_INFINITY;
    int[] h = table.h().toIntArray();
    h[3] = -77;
    HKLTable odd =
        table
            .with("intensity_error", FloatColumn.of(error))
            .reindexed(IntColumn.of(h), table.k(), table.l());

    Scaling scaling = refine(ScalingOptions.defaults(), odd);

    assertThat(scaling.invalid()).isEqualTo(3);
    assertThat(scaling.singletons()).isGreaterThanOrEqualTo(1);
    assertThat(scaling.observations()).isEqualTo(2000);
  }

  @Test
  void expectedVariancesShouldKeepAverageOfFewCountsUnbiased() {
    int rows = 3 * ROWS;
    HKLTable[] tables = {
      PoissonSweep.observe(11, rows, VOXELS, phi -> 1.0),
      PoissonSweep.observe(12, rows, VOXELS, phi -> 0.6 + phi / 50)
    };
    Scaling honest = refine(ScalingOptions.defaults(), tables);
    ScalingModel one = honest.models().get(0);
    ScalingModel two = honest.models().get(1);
    for (double phi : new double[] {2, 10, 18}) {
      assertThat(two.b(phi) / one.b(phi)).isCloseTo(0.6 + phi / 50, within(0.03));
    }
    assertThat(honest.chiSquare()).isCloseTo(1, within(0.05));
  }

  @Test
  void sweepWithoutAnythingInCommonShouldKeepItsScale() {
    HKLTable first = sweep(13).observe(ROWS, (p, x, y, phi, s, m) -> m);
    HKLTable other = sweep(14).observe(ROWS, (p, x, y, phi, s, m) -> m);
    int[] apart = Arrays.stream(other.h().toIntArray()).map(h -> h * 2000 + 1000).toArray();
    int[] spread = new int[apart.length];
    Arrays.setAll(spread, i -> i);
    HKLTable alone = other.reindexed(IntColumn.of(apart), IntColumn.of(spread), other.l());

    Scaling scaling = refine(ScalingOptions.mca2020().detector(d -> d.points(9, 9)), first, alone);

    ScalingModel model = scaling.models().get(1);
    for (ScalingTerm term : model.terms()) {
      assertThat(Arrays.stream(term.grid().values())).allMatch(Double::isFinite);
    }
    assertThat(model.b(10)).isCloseTo(scaling.models().get(0).b(10), within(0.05));
    assertThat(scaling.singletons()).isEqualTo(ROWS);
  }

  @Test
  void nothingToScaleAgainstShouldBeAClearError() {
    HKLTable table = sweep(15).observe(50, (p, x, y, phi, s, m) -> m);
    int[] apart = new int[50];
    Arrays.setAll(apart, i -> i);
    HKLTable single = table.reindexed(IntColumn.of(apart), table.k(), table.l());
    assertThatThrownBy(() -> refine(ScalingOptions.defaults(), single))
        .isInstanceOf(NothingToScaleException.class)
        .hasMessageContaining("of 50 observations in 1 tables 0 are invalid and no voxel has two");

    float[] nan = new float[50];
    Arrays.fill(nan, Float.NaN);
    HKLTable masked = table.with("intensity", FloatColumn.of(nan));
    assertThatThrownBy(() -> refine(ScalingOptions.mca2020(), masked, masked))
        .isInstanceOf(NothingToScaleException.class)
        .hasMessageContaining("100 are invalid");
    assertThatThrownBy(() -> refine(ScalingOptions.defaults().scale(b -> b.enabled(false)), table))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("no term");
    assertThatThrownBy(() -> refine(ScalingOptions.defaults()))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> refine(ScalingOptions.defaults(), table.without("phi")))
        .hasMessageContaining("no column 'phi'");
  }

  @Test
  void gridFinerThanTheDataShouldStaySmoothAndFinite() {
    SyntheticSweep narrow = sweep(16);
    narrow.noise = 0.01;
    HKLTable table =
        narrow.observe(300, (p, x, y, phi, s, m) -> phi < 5 ? m : phi > 15 ? 1.4 * m : 1.2 * m);
    // nothing between 5 and 15 degrees, nor on one half of the detector
    List<Integer> keep = new ArrayList<>();
    for (int i = 0; i < table.rows(); i++) {
      double phi = table.column("phi").get(i);
      if ((phi < 5 || phi > 15) && table.column("ix").get(i) < 50) {
        keep.add(i);
      }
    }
    int[] rows = keep.stream().mapToInt(Integer::intValue).toArray();
    int[] h = new int[rows.length];
    Arrays.setAll(h, i -> i % 30);
    HKLTable part = table.select(rows);
    HKLTable few = part.reindexed(IntColumn.of(h), IntColumn.of(new int[h.length]), part.l());

    Scaling scaling =
        refine(
            ScalingOptions.mca2020().scale(b -> b.stepPhi(0.1)).detector(d -> d.points(80, 80)),
            few,
            few);

    for (ScalingModel model : scaling.models()) {
      for (ScalingTerm term : model.terms()) {
        assertThat(Arrays.stream(term.grid().values())).allMatch(Double::isFinite);
      }
      HKLTable applied = model.apply(few, Parallel.of(1));
      for (int i = 0; i < applied.rows(); i++) {
        assertThat(applied.column("intensity").get(i)).isFinite();
      }
    }
  }
}
