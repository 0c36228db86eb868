package org.mdx.internal.normal;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.function.DoubleFunction;
import java.util.function.IntToDoubleFunction;
import org.apache.commons.math3.linear.Array2DRowRealMatrix;
import org.apache.commons.math3.linear.LUDecomposition;
import org.apache.commons.math3.linear.RealMatrix;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.mdx.math.GridAxis;
import org.mdx.parallel.Parallel;

/** A curve on 60 points, each measured several times with noise one. */
class SmoothnessSearchTest {
  private static final int POINTS = 60;
  private static final int REPEATS = 20;

  private final BandMatrix aa = new BandMatrix(POINTS);
  private final BandMatrix bb =
      new TermGrid(List.of(GridAxis.linear(0, POINTS - 1, POINTS)), 1, 0).secondDifference(0);
  private final double[] ay = new double[POINTS];
  private double yy;

  private void measure(IntToDoubleFunction curve) {
    Random random = new Random(5);
    for (int i = 0; i < POINTS * REPEATS; i++) {
      int p = i % POINTS;
      double y = curve.applyAsDouble(p) + random.nextGaussian();
      aa.add(p, p, 1);
      ay[p] += y;
      yy += y * y;
    }
  }

  private BandMatrix regularised(double factor) {
    BandMatrix g = new BandMatrix(POINTS);
    g.add(aa, 1);
    g.add(bb, factor);
    return g;
  }

  private double best() {
    DoubleFunction<BandMatrix> regularised = this::regularised;
    return new SmoothnessSearch(aa, ay, yy, POINTS * REPEATS, new double[POINTS], Parallel.of(2))
        .best(regularised);
  }

  /** χ² + 2 φ tr H with dense matrices and the exact trace. */
  private double criterion(double factor, double spread) {
    RealMatrix a = dense(aa);
    RealMatrix inverse = new LUDecomposition(dense(regularised(factor))).getSolver().getInverse();
    double[] u = inverse.operate(ay);
    double chiSquare = yy;
    double[] au = a.operate(u);
    for (int p = 0; p < POINTS; p++) {
      chiSquare += u[p] * au[p] - 2 * u[p] * ay[p];
    }
    return chiSquare + 2 * spread * a.multiply(inverse).getTrace();
  }

  private static RealMatrix dense(BandMatrix g) {
    RealMatrix m = new Array2DRowRealMatrix(POINTS, POINTS);
    for (int q = 0; q < POINTS; q++) {
      double[] unit = new double[POINTS];
      unit[q] = 1;
      double[] column = new double[POINTS];
      g.multiply(unit, column);
      m.setColumn(q, column);
    }
    return m;
  }

  /** Waves of 12, 25 and 200 points. */
  @ParameterizedTest
  @ValueSource(doubles = {12, 25, 200})
  void factorShouldBeAboutTheOneThatTheExactCriterionChooses(double period) {
    measure(p -> 2 * Math.sin(2 * Math.PI * p / period));
    double least = Double.POSITIVE_INFINITY;
    double spread = criterion(1, 0) / (POINTS * REPEATS);
    for (double f = 1; f < 2e5; f *= 10) {
      least = Math.min(least, criterion(f, spread));
    }
    // five parameters are what the estimate of the trace may be off
    assertThat(criterion(best(), spread)).isLessThan(least + 5);
  }

  @Test
  void noiseShouldBecomeSmooth() {
    measure(p -> 10);
    double[] rough = new double[POINTS];
    double[] smooth = new double[POINTS];
    regularised(1).solve(ay, rough, 1e-10, 1000);
    double factor = best();
    assertThat(factor).isGreaterThan(900);
    regularised(factor).solve(ay, smooth, 1e-10, 10_000);
    assertThat(error(smooth, 10)).isLessThan(0.5 * error(rough, 10));
  }

  @Test
  void curveThatItsDataSupportShouldStayAsAskedFor() {
    Random random = new Random(8);
    double[] curve = random.doubles(POINTS, -100, 100).toArray();
    measure(p -> curve[p]);
    assertThat(best()).isEqualTo(1);
  }

  private static double error(double[] u, double truth) {
    return Math.sqrt(Arrays.stream(u).map(x -> (x - truth) * (x - truth)).average().orElseThrow());
  }
}
