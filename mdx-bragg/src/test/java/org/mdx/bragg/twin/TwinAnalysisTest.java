package org.mdx.bragg.twin;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.function.ToDoubleFunction;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.mdx.bragg.internal.intensity.SimulatedCrystal;
import org.mdx.crystal.ReciprocalAsu;
import org.mdx.crystal.UnitCell;

class TwinAnalysisTest {
  private static final double B = 12;

  private static UnitCell cell(String text) {
    double[] c = Arrays.stream(text.split(" ")).mapToDouble(Double::parseDouble).toArray();
    return new UnitCell(c[0], c[1], c[2], c[3], c[4], c[5]);
  }

  /** All unique reflections of a crystal, with an error that is a part of the mean intensity. */
  private static TwinAnalysis analysis(
      SimulatedCrystal crystal,
      UnitCell cell,
      double error,
      ToDoubleFunction<int[]> scale,
      boolean electrons) {
    Random random = new Random(8);
    List<int[]> hkl = new ArrayList<>();
    List<double[]> rows = new ArrayList<>();
    ReciprocalAsu asu = crystal.group().asu();
    for (int h = -14; h <= 14; h++) {
      for (int k = -14; k <= 14; k++) {
        for (int l = -14; l <= 14; l++) {
          ReciprocalAsu.Mapped m = asu.map(h, k, l);
          double s2 = Math.pow(cell.reciprocal().times(new org.mdx.math.Vec3(h, k, l)).norm(), 2);
          boolean unique = m.h() == h && m.k() == k && m.l() == l && s2 > 0;
          if (unique && s2 < 0.2 && !crystal.group().isAbsent(h, k, l)) {
            double sigma = error * 1000 * Math.exp(-B * s2 / 2);
            double value = scale.applyAsDouble(new int[] {h, k, l}) * crystal.truth(h, k, l);
            hkl.add(new int[] {h, k, l});
            rows.add(new double[] {value + sigma * random.nextGaussian(), sigma * sigma});
          }
        }
      }
    }
    return TwinAnalysis.of(
        crystal.group(),
        cell,
        hkl.stream().flatMapToInt(Arrays::stream).toArray(),
        rows.stream().mapToDouble(r -> r[0]).toArray(),
        rows.stream().mapToDouble(r -> r[1]).toArray(),
        electrons);
  }

  private static TwinAnalysis analysis(SimulatedCrystal crystal, UnitCell cell, double error) {
    return analysis(crystal, cell, error, hkl -> 1, false);
  }

  @ParameterizedTest
  @CsvSource({
    "P 4, 28 28 24 90 90 90, 'y,x,-z', 1",
    "I 4, 36 36 24 90 90 90, 'y,x,-z', 1",
    "P 3, 28 28 30 90 90 120, '-x,-y,z', 3",
    "P 31, 28 28 30 90 90 120, 'y,x,-z', 3",
    "P 61, 28 28 30 90 90 120, 'y,x,-z', 1",
    "P 31 2 1, 28 28 30 90 90 120, '-x,-y,z', 1",
    "R 3 :H, 36 36 30 90 90 120, 'y,x,-z', 1",
    "P 21 3, 32 32 32 90 90 90, 'y,x,-z', 1"
  })
  void fractionShouldBeThatOfTheTwin(String group, String cellText, String law, int laws) {
    UnitCell cell = cell(cellText);
    for (double alpha : new double[] {0, 0.1, 0.3, 0.45}) {
      for (double error : new double[] {0.02, 0.15}) {
        SimulatedCrystal crystal = new SimulatedCrystal(group, cell, 2, 3).twin(alpha, law);
        TwinAnalysis t = analysis(crystal, cell, error);
        assertThat(t.laws()).hasSize(laws);
        List<Double> all = t.laws().stream().map(TwinLaw::fraction).sorted().toList();
        TwinLaw most =
            t.laws().stream().filter(l -> l.fraction() == all.get(laws - 1)).findFirst().get();
        assertThat(most.isEnough()).isTrue();
        assertThat(most.sigma()).isLessThan(0.03);
        assertThat(most.fraction())
            .as(t.lines())
            .isCloseTo(alpha, within(0.015 + 3 * most.sigma()));
        assertThat(most.brittonFraction())
            .as(t.lines())
            .isCloseTo(alpha, within(0.03 + 2 * most.sigma()));
        // reflections that a twin does not relate differ by as much as neighbours do
        assertThat(all.subList(0, laws - 1)).as(t.lines()).allMatch(a -> a < 0.16);
        assertThat(t.lTest().isEnough()).isTrue();
        if (alpha == 0 || alpha > 0.2) {
          assertThat(t.lTest().looksTwinned()).as(t.lines()).isEqualTo(alpha > 0);
          assertThat(t.notes()).hasSize(alpha > 0 ? 1 : 0);
          assertThat(t.notes()).allMatch(n -> n.contains("law is " + most.operator().hkl()));
          assertThat(t.lTest().likeliestFraction())
              .isBetween(alpha > 0 ? 0.15 : 0, alpha > 0 ? 0.5 : 0.05);
        }
      }
    }
  }

  /** Errors widen H; the plain mean takes a perfect twin for a partial one. */
  @Test
  void errorsShouldNotHideAPerfectTwin() {
    UnitCell cell = cell("28 28 24 90 90 90");
    SimulatedCrystal crystal = new SimulatedCrystal("P 4", cell, 2, 3).twin(0.5, "y,x,-z");
    TwinLaw law = analysis(crystal, cell, 0.25).laws().get(0);
    assertThat(0.5 - law.meanH()).isLessThan(0.44);
    assertThat(law.fraction()).isGreaterThan(0.5 - 2 * law.sigma()).isGreaterThan(0.45);
  }

  @Test
  void momentsShouldBeWilsons() {
    UnitCell cell = cell("28 28 24 90 90 90");
    TwinAnalysis single = analysis(new SimulatedCrystal("P 4", cell, 2, 3), cell, 0.02);
    assertThat(single.acentricMoment()).isCloseTo(2, within(0.15));
    TwinAnalysis centric = analysis(new SimulatedCrystal("P -1", cell, 2, 3), cell, 0.02);
    assertThat(centric.centricMoment()).isCloseTo(3, within(0.3));
    assertThat(centric.acentricMoment()).isNaN();
    assertThat(centric.lTest().pairs()).isZero();
    assertThat(centric.laws()).allMatch(l -> !l.isEnough());
    SimulatedCrystal twin = new SimulatedCrystal("P 4", cell, 2, 3).twin(0.5, "y,x,-z");
    assertThat(analysis(twin, cell, 0.02).acentricMoment()).isCloseTo(1.5, within(0.15));
  }

  @ParameterizedTest
  @ValueSource(strings = {"translation", "anisotropy"})
  void intensitiesOfManyScalesShouldNotLookTwinned(String what) {
    UnitCell cell = cell("28 28 24 90 90 90");
    ToDoubleFunction<int[]> scale =
        what.equals("translation")
            ? hkl -> (hkl[0] + hkl[1]) % 2 == 0 ? 1.8 : 0.2
            : hkl -> Math.exp(-hkl[2] * hkl[2] / 50.0 + (hkl[0] * hkl[0] + hkl[1] * hkl[1]) / 90.0);
    TwinAnalysis single =
        analysis(new SimulatedCrystal("P 4", cell, 2, 3), cell, 0.02, scale, false);
    assertThat(single.lTest().looksTwinned()).isFalse();
    SimulatedCrystal crystal = new SimulatedCrystal("P 4", cell, 2, 3).twin(0.4, "y,x,-z");
    TwinAnalysis twin = analysis(crystal, cell, 0.02, scale, false);
    assertThat(twin.lTest().looksTwinned()).as(twin.lines()).isTrue();
    assertThat(twin.laws().get(0).fraction()).isCloseTo(0.4, within(0.03));
  }

  @Test
  void approximateSymmetryShouldBeNoTwin() {
    UnitCell cell = cell("28 28 24 90 90 90");
    SimulatedCrystal crystal = new SimulatedCrystal("P 4", cell, 2, 3).approximate(0.85, "P 4 2 2");
    TwinAnalysis t = analysis(crystal, cell, 0.02);
    assertThat(t.laws().get(0).fraction()).isGreaterThan(0.17);
    assertThat(t.lTest().looksTwinned()).isFalse();
    assertThat(t.notes()).singleElement().asString().contains("the symmetry may be approximate");
  }

  /** Twins that are merged over the group that they pretend. */
  @Test
  void statisticsThatNoLawExplainsShouldBeNamed() {
    UnitCell cell = cell("28 28 24 90 90 90");
    SimulatedCrystal twin = new SimulatedCrystal("P 4", cell, 2, 3).twin(0.5, "y,x,-z");
    SimulatedCrystal told = new SimulatedCrystal("P 4 2 2", cell, 2, 3);
    List<int[]> hkl = new ArrayList<>();
    for (int h = 0; h <= 12; h++) {
      for (int k = 0; k <= h; k++) {
        for (int l = 1; l <= 10; l++) {
          hkl.add(new int[] {h, k, l});
        }
      }
    }
    double[] value = hkl.stream().mapToDouble(i -> twin.truth(i[0], i[1], i[2])).toArray();
    double[] variance = Arrays.stream(value).map(v -> 1 + 1e-3 * v * v).toArray();
    TwinAnalysis t =
        TwinAnalysis.of(
            told.group(),
            cell,
            hkl.stream().flatMapToInt(Arrays::stream).toArray(),
            value,
            variance,
            false);
    assertThat(t.laws()).isEmpty();
    assertThat(t.notes())
        .singleElement()
        .asString()
        .contains(
            "no law of the lattice explains it, so the true symmetry may be lower than 4/mmm");
  }

  @Test
  void electronsShouldNotBeJudged() {
    UnitCell cell = cell("28 28 24 90 90 90");
    SimulatedCrystal crystal = new SimulatedCrystal("P 4", cell, 2, 3).twin(0.4, "y,x,-z");
    TwinAnalysis t = analysis(crystal, cell, 0.02, hkl -> 1, true);
    assertThat(t.notes()).singleElement().asString().contains("not reliable");
  }

  @Test
  void arraysOfDifferentLengthsShouldBeRefused() {
    assertThatThrownBy(
            () ->
                TwinAnalysis.of(
                    new SimulatedCrystal("P 4", cell("28 28 24 90 90 90"), 2, 3).group(),
                    cell("28 28 24 90 90 90"),
                    new int[3],
                    new double[2],
                    new double[2],
                    false))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("1 indices, 2 intensities, 2 variances");
  }
}
