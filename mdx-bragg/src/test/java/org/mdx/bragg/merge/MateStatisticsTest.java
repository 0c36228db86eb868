package org.mdx.bragg.merge;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.apache.commons.math3.stat.correlation.PearsonsCorrelation;
import org.junit.jupiter.api.Test;
import org.mdx.crystal.Crystal;
import org.mdx.crystal.SpaceGroup;
import org.mdx.geometry.Geometry;
import org.mdx.math.Mat3;
import org.mdx.reflection.ReflectionFlag;
import org.mdx.reflection.ReflectionKeys;
import org.mdx.reflection.Reflections;
import org.mdx.sim.bragg.SweepKind;

/**
 * Statistics of deviations and of Friedel mates, of intensities whose errors and anomalous
 * differences are known.
 */
class MateStatisticsTest {
  private static final int EDGE = 9;
  private static final int TIMES = 6;
  private static final double SIGMA = 20;
  private static final Geometry GEOMETRY =
      SweepKind.DEMO
          .sweep(1)
          .header()
          .withCrystal(
              Crystal.ofRealSpaceAxes(
                  Mat3.ofRowMajor(20, 0, 0, 0, 24, 0, 0, 0, 30), SpaceGroup.ofNumber(16)));

  /** Measurements of each reflection and its mate: [reflection][mate][measurement]. */
  private final double[][][] values = new double[EDGE * EDGE * EDGE][2][TIMES];

  private Reflections measured(double anomalous, double told) {
    Random random = new Random(7);
    int n = values.length * 2 * TIMES;
    int[] hkl = new int[3 * n];
    double[] intensity = new double[n];
    double[] variance = new double[n];
    double[] scale = new double[n];
    long[] flags = new long[n];
    Arrays.fill(variance, told * told * 4);
    Arrays.fill(scale, 2);
    Arrays.fill(flags, ReflectionFlag.SCALED.mask());
    int at = 0;
    for (int i = 0; i < values.length; i++) {
      double mean = 500 - 400 * Math.log(1 - random.nextDouble());
      double difference = anomalous * random.nextGaussian();
      for (int k = 0; k < 2 * TIMES; k++, at++) {
        int sign = k % 2 == 0 ? 1 : -1;
        hkl[3 * at] = sign * (1 + i % EDGE);
        hkl[3 * at + 1] = sign * (1 + i / EDGE % EDGE);
        hkl[3 * at + 2] = sign * (1 + i / EDGE / EDGE);
        double value = mean + sign * difference / 2 + SIGMA * random.nextGaussian();
        values[i][k % 2][k / 2] = value;
        intensity[at] = 2 * value;
      }
    }
    return Reflections.builder(n)
        .set(ReflectionKeys.ID, new int[n])
        .set(ReflectionKeys.FLAGS, flags)
        .set(ReflectionKeys.MILLER_INDEX, hkl)
        .set(ReflectionKeys.INTENSITY_SCALE, intensity)
        .set(ReflectionKeys.INTENSITY_SCALE_VARIANCE, variance)
        .set(ReflectionKeys.INVERSE_SCALE_FACTOR, scale)
        .build()
        .withIdentifiers(Map.of());
  }

  private static Merged merged(Reflections r) {
    return Merger.merge(List.of(GEOMETRY), r, MergeOptions.defaults().shells(1));
  }

  private static double meanSquare(double[] x) {
    return Arrays.stream(x).map(v -> v * v).average().orElseThrow();
  }

  private static Deviations deviations(Reflections r) {
    return Deviations.of(List.of(GEOMETRY), r, merged(r), List.of(new double[] {2, 0}));
  }

  @Test
  void deviationsShouldBeNormalIfStandardDeviationsAreRight() {
    Deviations right = deviations(measured(0, SIGMA));
    assertThat(right.rows()).hasSize(values.length * 2 * TIMES);
    assertThat(meanSquare(right.normalised())).isCloseTo(1, within(0.05));
    assertThat(Arrays.stream(right.normalised()).average().orElseThrow())
        .isCloseTo(0, within(0.03));
    // told twice too small: an error model of a = 2 was not applied
    assertThat(meanSquare(deviations(measured(0, SIGMA / 2)).normalised()))
        .isCloseTo(4, within(0.2));
    // before an error model of a = 2 they were half as large
    assertThat(meanSquare(right.uncorrected())).isCloseTo(4, within(0.2));
    for (double[] bin : right.variances(5)) {
      assertThat(bin[4]).isCloseTo(1, within(0.15));
    }
  }

  /** The slow way: the mean over many random halves. */
  private double randomHalves() {
    Random random = new Random(3);
    double sum = 0;
    int times = 100;
    for (int t = 0; t < times; t++) {
      double[][] d = new double[2][values.length];
      for (int i = 0; i < values.length; i++) {
        for (int mate = 0; mate < 2; mate++) {
          List<Double> some = new ArrayList<>();
          Arrays.stream(values[i][mate]).forEach(some::add);
          Collections.shuffle(some, random);
          for (int k = 0; k < TIMES; k++) {
            d[k % 2][i] += (mate == 0 ? 1 : -1) * some.get(k) / (TIMES / 2);
          }
        }
      }
      sum += new PearsonsCorrelation().correlation(d[0], d[1]) / times;
    }
    return sum;
  }

  @Test
  void anomalousCorrelationShouldBeTheMeanOfRandomHalves() {
    for (double anomalous : new double[] {0, 10, 30}) {
      Reflections r = measured(anomalous, SIGMA);
      assertThat(merged(r).overall().ccAnomalous()).isCloseTo(randomHalves(), within(0.02));
    }
  }

  /** Of D = Δ ± e the sum has 4Δ² + 2e², the difference 2e², with e² of six measurements. */
  @Test
  void ratioOfHalvesShouldTellTheAnomalousSignal() {
    for (double anomalous : new double[] {0, 15, 30}) {
      Reflections r = measured(anomalous, SIGMA);
      AnomalousStatistics a = AnomalousStatistics.of(List.of(GEOMETRY), r, merged(r));
      double error = 2 * SIGMA * SIGMA / (TIMES / 2);
      double expected = Math.sqrt(1 + 2 * anomalous * anomalous / error);
      assertThat(a.ratio()[0]).isCloseTo(expected, within(0.12 * expected));
      assertThat(a.deviations()).hasSize(values.length).isSorted();
      double whole = 2 * SIGMA * SIGMA / TIMES;
      assertThat(meanSquare(a.deviations()))
          .isCloseTo(1 + anomalous * anomalous / whole, within(0.2 * expected * expected));
    }
  }
}
