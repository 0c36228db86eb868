package org.mdx.stats;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.mdx.parallel.Parallel;

class IsotropicAverageTest {

  /** 20 values at each of two lengths: 0 to 19, with the last one wild, and 100 more. */
  private static IsotropicAverage twoShells(double trim) {
    double[] s = new double[40];
    double[] v = new double[40];
    for (int i = 0; i < 20; i++) {
      s[i] = 0.5;
      v[i] = i == 19 ? 1e9 : i;
      s[20 + i] = 1.5;
      v[20 + i] = i == 0 ? -1e9 : 100 + i;
    }
    return IsotropicAverage.of(s, v, 1, trim);
  }

  @Test
  void averageShouldBeTrimmedAtBothSidesAndLinearBetweenShells() {
    IsotropicAverage a = twoShells(0.1);
    // two of twenty off at each side: mean of 2 to 17
    assertThat(a.at(0.5)).isCloseTo(9.5, within(1e-12));
    assertThat(a.at(1.5)).isCloseTo(109.5, within(1e-12));
    assertThat(a.at(0.75)).isCloseTo(34.5, within(1e-12));
    assertThat(a.at(0)).isCloseTo(9.5, within(1e-12));
    assertThat(a.at(9)).isCloseTo(109.5, within(1e-12));
    assertThat(twoShells(0).at(0)).isGreaterThan(1e7);
  }

  @Test
  void shellWithFewValuesShouldBeLeftToItsNeighbours() {
    double[] s = new double[25];
    double[] v = new double[25];
    Arrays.fill(s, 0, 16, 0.1);
    Arrays.fill(v, 0, 16, 3);
    Arrays.fill(s, 16, 25, 1.1);
    Arrays.fill(v, 16, 25, 1000);
    v[15] = Double.NaN;
    IsotropicAverage a = IsotropicAverage.of(s, v, 1, 0.1);
    assertThat(a.at(0.1)).isEqualTo(3);
    assertThat(a.at(1.1)).isEqualTo(3);
  }

  @Test
  void nothingShouldAverageToZero() {
    assertThat(IsotropicAverage.of(new double[0], new double[0], 0.01, 0.1).at(1)).isZero();
    assertThatThrownBy(() -> IsotropicAverage.of(new double[1], new double[2], 1, 0))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> IsotropicAverage.of(new double[1], new double[1], 1, 0.5))
        .hasMessageContaining("trim=0.5");
  }

  @Test
  void shellsShouldTellWhatWasAveragedAndWhatRemains() {
    List<IsotropicShell> shells = twoShells(0.1).shells();
    assertThat(shells).hasSize(2);
    IsotropicShell second = shells.get(1);
    assertThat(second.values()).isEqualTo(20);
    assertThat(second.trimmed()).isEqualTo(2);
    assertThat(second.s()).isEqualTo(1.5);
    assertThat(second.average()).isCloseTo(109.5, within(1e-12));
    // −10⁹ and 101 to 119
    double mean = (-1e9 + 19 * 110) / 20;
    assertThat(second.mean()).isCloseTo(mean, within(1e-6));
    assertThat(second.remainderMean()).isCloseTo(mean - 109.5, within(1e-6));
    assertThat(second.remainderDeviation()).isCloseTo(second.deviation(), within(1e-3));
    assertThat(second.deviation()).isCloseTo(1e9 / Math.sqrt(20), within(1e3));
    List<String> csv = twoShells(0.1).toCsv().lines().toList();
    assertThat(csv.get(0))
        .isEqualTo("s_min,s_max,s,voxels,trimmed,isotropic,intensity,std,remainder,remainder_std");
    assertThat(csv.get(2)).startsWith("1.00000,2.00000,1.50000,20,2,109.500,");
  }

  @Test
  void averageShouldNotDependOnThreads() {
    Random random = new Random(2);
    double[] s = random.doubles(20_000).toArray();
    double[] v = random.doubles(20_000).toArray();
    IsotropicAverage one = IsotropicAverage.of(s, v, 0.01, 0.1, Parallel.of(1));
    IsotropicAverage many = IsotropicAverage.of(s, v, 0.01, 0.1, Parallel.of(4));
    assertThat(many.shells()).isEqualTo(one.shells()).hasSize(100);
    assertThat(many.at(0.123)).isEqualTo(one.at(0.123));
  }
}
