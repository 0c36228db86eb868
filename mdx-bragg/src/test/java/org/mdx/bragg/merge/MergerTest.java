package org.mdx.bragg.merge;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.mdx.bragg.internal.intensity.SimulatedCrystal;
import org.mdx.bragg.internal.intensity.SimulatedCrystal.Measuring;
import org.mdx.bragg.internal.intensity.SimulatedCrystal.Sweep;
import org.mdx.crystal.ChangeOfBasis;
import org.mdx.crystal.UnitCell;
import org.mdx.geometry.Geometry;
import org.mdx.reflection.ReflectionFlag;
import org.mdx.reflection.ReflectionKeys;
import org.mdx.reflection.Reflections;

/** Merging by hand, and of simulated intensities. */
class MergerTest {
  private static final UnitCell CELL = new UnitCell(20, 24, 30, 90, 90, 90);

  private static Sweep sweep() {
    SimulatedCrystal crystal = new SimulatedCrystal("P 21 21 21", CELL, 2, 6);
    return crystal.measure(
        new Measuring().scan(0, 180, 360).errors(1, 5, 0.03),
        0,
        ChangeOfBasis.IDENTITY,
        crystal.group(),
        3);
  }

  private static Reflections scaled(Reflections r) {
    int n = r.size();
    double[] ones = new double[n];
    java.util.Arrays.fill(ones, 1);
    long[] flags = r.get(ReflectionKeys.FLAGS);
    for (int i = 0; i < n; i++) {
      flags[i] |= ReflectionFlag.SCALED.mask();
    }
    return r.with(ReflectionKeys.FLAGS, flags)
        .with(ReflectionKeys.INTENSITY_SCALE, r.get(ReflectionKeys.INTENSITY_PRF))
        .with(ReflectionKeys.INTENSITY_SCALE_VARIANCE, r.get(ReflectionKeys.INTENSITY_PRF_VARIANCE))
        .with(ReflectionKeys.INVERSE_SCALE_FACTOR, ones);
  }

  /** Three measurements of 1 2 3, one of them of the mate, and one of 2 2 2. */
  @Test
  void numbersShouldBeThoseByHand() {
    Geometry g = sweep().geometry();
    Reflections r =
        Reflections.builder(4)
            .set(ReflectionKeys.ID, new int[4])
            .set(ReflectionKeys.FLAGS, new long[] {1L << 26, 1L << 26, 1L << 26, 1L << 26})
            .set(ReflectionKeys.MILLER_INDEX, new int[] {1, 2, 3, -1, -2, 3, -1, -2, -3, 2, 2, 2})
            .set(ReflectionKeys.INTENSITY_SCALE, new double[] {20, 24, 16, 50})
            .set(ReflectionKeys.INTENSITY_SCALE_VARIANCE, new double[] {4, 4, 8, 16})
            .set(ReflectionKeys.INVERSE_SCALE_FACTOR, new double[] {2, 2, 2, 2})
            .build()
            .withIdentifiers(Map.of());
    Merged m = Merger.merge(List.of(g), r, MergeOptions.defaults().shells(1));
    // I 10, 12, 8 of variances 1, 1, 2: mean (10 + 12 + 4)/2.5
    MergedReflection first = m.reflections().get(0);
    assertThat(first.mean().value()).isCloseTo(10.4, within(1e-12));
    assertThat(first.mean().sigma()).isCloseTo(Math.sqrt(0.4), within(1e-12));
    assertThat(first.plus().value()).isCloseTo(11, within(1e-12));
    assertThat(first.plus().count()).isEqualTo(2);
    assertThat(first.minus().value()).isCloseTo(8, within(1e-12));
    // Σ|I − 10.4| = 0.4 + 1.6 + 2.4
    assertThat(m.overall().rMerge()).isCloseTo(4.4 / 30, within(1e-12));
    assertThat(m.overall().rMeas()).isCloseTo(Math.sqrt(1.5) * 4.4 / 30, within(1e-12));
    assertThat(m.overall().rPim()).isCloseTo(Math.sqrt(0.5) * 4.4 / 30, within(1e-12));
    assertThat(m.overall().rAnom()).isCloseTo(3 / 9.5, within(1e-12));
    assertThat(m.overall().observations()).isEqualTo(4);
    assertThat(m.overall().unique()).isEqualTo(2);
  }

  /** The scale of a sweep is wrong for all of its measurements alike. */
  @Test
  void errorsOfScalesShouldBeInTheStandardDeviations() {
    Geometry g = sweep().geometry();
    Reflections r =
        Reflections.builder(3)
            .set(ReflectionKeys.ID, new int[] {0, 0, 1})
            .set(ReflectionKeys.FLAGS, new long[] {1L << 26, 1L << 26, 1L << 26})
            .set(ReflectionKeys.MILLER_INDEX, new int[] {1, 2, 3, -1, -2, 3, 1, 2, 3})
            .set(ReflectionKeys.INTENSITY_SCALE, new double[] {200, 240, 160})
            .set(ReflectionKeys.INTENSITY_SCALE_VARIANCE, new double[] {4, 4, 8})
            .set(ReflectionKeys.INVERSE_SCALE_FACTOR, new double[] {2, 2, 2})
            .set(ReflectionKeys.INVERSE_SCALE_FACTOR_VARIANCE, new double[] {0.01, 0.01, 0.04})
            .build()
            .withIdentifiers(Map.of());
    MergeOptions options = MergeOptions.defaults().shells(1);
    MergedReflection m = Merger.merge(List.of(g, g), r, options).reflections().get(0);
    // weights 1, 1, 0.5 of 100, 120, 80; scales wrong by 5 % in one sweep, by 10 % in the other
    double one = 2 / 2.5 * 0.05;
    double other = 0.5 / 2.5 * 0.1;
    // what is common to both is no error: the covariance is -1 times the product
    double expected = 0.4 + 104 * 104 * (one - other) * (one - other);
    assertThat(m.mean().value()).isCloseTo(104, within(1e-12));
    assertThat(m.mean().sigma()).isCloseTo(Math.sqrt(expected), within(1e-9));
    MergedReflection plain =
        Merger.merge(List.of(g, g), r, options.scaleErrors(false)).reflections().get(0);
    assertThat(plain.mean().sigma()).isCloseTo(Math.sqrt(0.4), within(1e-12));
  }

  @Test
  void halfSetCorrelationShouldBeThatOfRandomHalves() {
    Sweep s = sweep();
    Merged m =
        Merger.merge(
            List.of(s.geometry()), scaled(s.reflections()), MergeOptions.defaults().shells(6));
    assertThat(m.overall().completeness()).isGreaterThan(0.9);
    assertThat(m.shells().stream().mapToInt(MergeShell::unique).sum())
        .isEqualTo(m.overall().unique());
    // variances of counts 1 and background 5 beside intensities of some hundred
    assertThat(m.overall().ccHalf()).isBetween(0.98, 1.0);
    assertThat(m.overall().ccStar()).isGreaterThan(m.overall().ccHalf());
    assertThat(m.overall().rPim()).isLessThan(m.overall().rMeas());
    assertThat(m.resolution()).isCloseTo(m.overall().dMin(), within(0.2));
  }

  @Test
  void freeFlagsShouldNotDependOnTheData() {
    Sweep s = sweep();
    Reflections all = scaled(s.reflections());
    Merged whole = Merger.merge(List.of(s.geometry()), all, MergeOptions.defaults());
    Merged half =
        Merger.merge(List.of(s.geometry()), all.where(i -> i % 2 == 0), MergeOptions.defaults());
    Map<String, Integer> flags = new java.util.HashMap<>();
    whole.reflections().forEach(r -> flags.put(r.h() + " " + r.k() + " " + r.l(), r.free()));
    assertThat(half.reflections())
        .allMatch(r -> flags.get(r.h() + " " + r.k() + " " + r.l()) == r.free());
    long test = whole.reflections().stream().filter(r -> r.free() == 0).count();
    assertThat((double) test / whole.reflections().size()).isCloseTo(0.05, within(0.02));
  }

  @Test
  void intensitiesThatWereNotScaledShouldBeSaid() {
    Sweep s = sweep();
    assertThatThrownBy(
            () -> Merger.merge(List.of(s.geometry()), s.reflections(), MergeOptions.defaults()))
        .hasMessageContaining("no column intensity.scale.value")
        .hasMessageContaining("mdx bragg scale");
    long[] none = new long[s.reflections().size()];
    Reflections unscaled = scaled(s.reflections()).with(ReflectionKeys.FLAGS, none);
    assertThatThrownBy(() -> Merger.merge(List.of(s.geometry()), unscaled, MergeOptions.defaults()))
        .hasMessageContaining("not scaled or outliers");
  }
}
