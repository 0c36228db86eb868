package org.mdx.internal.kernel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Random;
import org.apache.commons.math3.distribution.NormalDistribution;
import org.apache.commons.math3.distribution.PoissonDistribution;
import org.apache.commons.math3.random.Well19937c;
import org.junit.jupiter.api.Test;

class ExpectedVarianceTest {

  @Test
  void varianceShouldBeThatOfManyPoissonIntensities() {
    double seconds = 0.3;
    double rate = 4;
    double factor = 7;
    double truth = 20;
    PoissonDistribution p =
        new PoissonDistribution(
            new Well19937c(1), seconds * (truth / factor + rate), 1e-12, 10_000_000);
    int n = 200_000;
    double sum = 0;
    double square = 0;
    for (int i = 0; i < n; i++) {
      double intensity = (p.sample() / seconds - rate) * factor;
      sum += intensity;
      square += intensity * intensity;
    }
    double v0 = factor * factor * rate / seconds;
    double v1 = factor / seconds;
    double expected = ExpectedVariance.variance(v0, v1, truth);
    assertThat(sum / n).isCloseTo(truth, within(4 * Math.sqrt(expected / n)));
    // the relative error of a variance of n near-normal numbers is sqrt(2/n) = 0.003
    assertThat(square / n - sum / n * sum / n).isCloseTo(expected, within(0.015 * expected));
  }

  @Test
  void shellShouldFindMeanAndVarianceOfTheTruthUnderTheNoise() {
    // truths 0.5 and 1.5 with equal chance: S = 1, V = 0.25; 0.2 to 4 counts a voxel
    Random random = new Random(2);
    Well19937c generator = new Well19937c(3);
    double[] shells = new double[2 * ExpectedVariance.SUMS];
    for (int g = 0; g < 100_000; g++) {
      double truth = random.nextBoolean() ? 0.5 : 1.5;
      double exposure = 0.2 + 3.8 * random.nextDouble();
      double background = exposure * random.nextDouble();
      int counts =
          new PoissonDistribution(generator, truth * exposure + background, 1e-12, 10_000_000)
              .sample();
      ExpectedVariance.addGroup(shells, 1, exposure, counts - background, background);
    }
    assertThat(ExpectedVariance.shellMean(shells, 1)).isCloseTo(1, within(0.01));
    assertThat(ExpectedVariance.shellVariance(shells, 1)).isCloseTo(0.25, within(0.02));
  }

  @Test
  void shellShouldEqualItsDefinitionOverAllVoxels() {
    Random random = new Random(4);
    for (int n : new int[] {1, 2, 30}) {
      double[] shells = new double[3 * ExpectedVariance.SUMS];
      double[][] voxels = new double[n][];
      double exposure = 0;
      double counts = 0;
      for (int g = 0; g < n; g++) {
        voxels[g] = new double[] {random.nextDouble(), 9 * random.nextDouble(), 0.1 * g};
        exposure += voxels[g][0];
        counts += voxels[g][1];
        ExpectedVariance.addGroup(shells, 2, voxels[g][0], voxels[g][1], voxels[g][2]);
      }
      double mean = Math.max(counts, 1) / exposure;
      double scatter = 0;
      for (double[] v : voxels) {
        double off = v[1] / v[0] - mean;
        scatter += v[0] * off * off - (mean + v[2] / v[0]);
      }
      assertThat(ExpectedVariance.shellMean(shells, 2)).isCloseTo(mean, within(1e-12 * mean));
      assertThat(ExpectedVariance.shellVariance(shells, 2))
          .isCloseTo(Math.max(0, scatter / exposure), within(1e-9));
    }
  }

  @Test
  void shellWithoutACountShouldExpectOneInTheWholeOfIt() {
    double[] shells = new double[ExpectedVariance.SUMS];
    ExpectedVariance.addGroup(shells, 0, 3, 0, 0);
    ExpectedVariance.addGroup(shells, 0, 5, 0, 0);
    assertThat(ExpectedVariance.shellMean(shells, 0)).isEqualTo(1 / 8.0);
    assertThat(ExpectedVariance.shellVariance(shells, 0)).isZero();
  }

  @Test
  void expectationShouldMoveFromTheShellToTheVoxelAsItsCountsGrow() {
    // by hand, S = 2, V = 4, B = 0: noise 2/T, weight of the voxel's own mean T/(T + 1/2)
    assertThat(ExpectedVariance.expectation(2, 4, 0.5, 2, 0)).isCloseTo(3, within(1e-12));
    assertThat(ExpectedVariance.expectation(2, 4, 9.5, 38, 0)).isCloseTo(3.9, within(1e-12));
    // no variance among the truths: the shell alone
    assertThat(ExpectedVariance.expectation(2, 0, 9.5, 19.5, 0)).isEqualTo(2);
  }

  @Test
  void expectationShouldStayAboveZeroWithoutCountsAndBelowTheBackground() {
    // T = 1000 without a count: one count in T + 1/S
    assertThat(ExpectedVariance.expectation(2, 4e6, 1000, 0, 0))
        .isCloseTo(1 / 1000.5, within(1e-9));
    assertThat(ExpectedVariance.expectation(2, 4e6, 10, -30, 40)).isCloseTo(1 / 10.5, within(1e-9));
    assertThat(ExpectedVariance.expectation(1e-9, 0, 1e-3, -1, 2)).isGreaterThan(0);
  }

  @Test
  void expectationShouldLeaveTheShellWhereTheCountsLeaveNoDoubt() {
    // 10,000 counts where the shell expects 1 and knows no variance: 3 standard deviations less
    double e = ExpectedVariance.expectation(1, 0, 1, 10_000, 0);
    assertThat(e).isBetween(9700.0, 9710.0);
    assertThat(e + 3 * Math.sqrt(e)).isCloseTo(10_000, within(1e-6));
    // 100 counts where the shell expects 10,000: 3 standard deviations more
    e = ExpectedVariance.expectation(10_000, 0, 1, 100, 0);
    assertThat(e - 3 * Math.sqrt(e)).isCloseTo(100, within(1e-6));
    // 3 counts where 1 is expected are nothing to speak of
    assertThat(ExpectedVariance.expectation(1, 0, 1, 3, 0)).isEqualTo(1);
  }

  @Test
  void lowestAndHighestShouldSolveTheirEquations() {
    Random random = new Random(5);
    for (int i = 0; i < 1000; i++) {
      double v1 = 0.1 + random.nextDouble();
      double v0 = random.nextDouble();
      double intensity = 20 * random.nextDouble() - v0 / v1;
      double e = ExpectedVariance.lowest(v0, v1, intensity);
      double variance = v0 + v1 * e;
      assertThat(variance).isGreaterThanOrEqualTo(-1e-9);
      assertThat(e + 3 * Math.sqrt(Math.max(0, variance))).isCloseTo(intensity, within(1e-6));
      double high = ExpectedVariance.highest(v0, v1, intensity);
      assertThat(high - 3 * Math.sqrt(v0 + v1 * high)).isCloseTo(intensity, within(1e-6));
    }
  }

  @Test
  void deviationShouldHaveTheTailsOfANormalDistributionEvenForFewCounts() {
    // P(N ≥ n) of a Poisson distribution (commons-math3) against that of a normal one (2.9e-7
    // beyond 5): the first n beyond 5 must not be likelier than a normal deviate of 4.5
    NormalDistribution normal = new NormalDistribution();
    for (double lambda : new double[] {0.05, 0.1, 0.5, 1, 3, 10, 100}) {
      PoissonDistribution p = new PoissonDistribution(lambda);
      int n = 0;
      while (n < lambda || ExpectedVariance.deviation(0, 1, n, lambda) <= 5) {
        n++;
      }
      double tail = 1 - p.cumulativeProbability(n - 1);
      assertThat(tail).as("above %s", lambda).isLessThan(1 - normal.cumulativeProbability(4.5));
      // and one less is not much less likely than that
      double before = 1 - p.cumulativeProbability(n - 2);
      assertThat(before).isGreaterThan((1 - normal.cumulativeProbability(5)) / 10);
    }
  }

  @Test
  void deviationShouldBeTheDifferenceOverTheErrorForManyCounts() {
    // v = 4 + 2e-4·M = 24 at M = 1e5; λ = 24/4e-8 = 6e8 counts
    assertThat(ExpectedVariance.deviation(4, 2e-4, 1e5 + 10, 1e5))
        .isCloseTo(10 / Math.sqrt(24), within(1e-3));
    assertThat(ExpectedVariance.deviation(4, 2e-4, 1e5 - 10, 1e5))
        .isCloseTo(-10 / Math.sqrt(24), within(1e-3));
    // no count at all where 8 are expected: deviance 2·8
    assertThat(ExpectedVariance.deviation(0, 1, 0, 8)).isCloseTo(-4, within(1e-12));
  }

  @Test
  void shellShouldStayWithinBoundsForAnyNumber() {
    assertThat(ExpectedVariance.shell(0.029)).isEqualTo(2);
    assertThat(ExpectedVariance.shell(-1)).isZero();
    assertThat(ExpectedVariance.shell(Double.NaN)).isZero();
    assertThat(ExpectedVariance.shell(1e30)).isEqualTo(4095);
  }
}
