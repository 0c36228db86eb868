package org.mdx.bragg.internal.kernel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.Random;
import java.util.TreeSet;
import java.util.stream.IntStream;
import org.apache.commons.math3.complex.Complex;
import org.apache.commons.math3.transform.DftNormalization;
import org.apache.commons.math3.transform.FastFourierTransformer;
import org.apache.commons.math3.transform.TransformType;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TransformKernelsTest {
  private static final FastFourierTransformer ORACLE =
      new FastFourierTransformer(DftNormalization.STANDARD);

  private static final RealTransform.Loop ONE = (n, task) -> IntStream.range(0, n).forEach(task);

  @ParameterizedTest
  @ValueSource(ints = {2, 4, 8, 64, 512})
  void lineShouldBeThatOfCommonsMath(int n) {
    Random random = new Random(n);
    double[] re = random.doubles(n, -1, 1).toArray();
    double[] im = random.doubles(n, -1, 1).toArray();
    Complex[] in = new Complex[n];
    Arrays.setAll(in, i -> new Complex(re[i], im[i]));
    Complex[] expected = ORACLE.transform(in, TransformType.FORWARD);
    new LineTransform(n).run(re, im);
    for (int i = 0; i < n; i++) {
      assertThat(re[i]).isCloseTo(expected[i].getReal(), within(1e-10));
      assertThat(im[i]).isCloseTo(expected[i].getImaginary(), within(1e-10));
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {2, 4, 8, 16})
  void cubeShouldBeThatOfCommonsMathLineByLine(int n) {
    Random random = new Random(n);
    for (int filled : new int[] {0, 1, 5, n * n * n}) {
      int[] points = points(random, n, filled);
      float[] values = new float[points.length];
      double[][] dense = new double[2][n * n * n];
      for (int i = 0; i < points.length; i++) {
        values[i] = random.nextFloat();
        dense[0][points[i]] = values[i];
      }
      for (int axis = 0; axis < 3; axis++) {
        transformAxis(dense, n, axis);
      }
      RealTransform transform = new RealTransform(n);
      transform.run(points, values, ONE);
      compare(transform, dense, n);
    }
  }

  private static int[] points(Random random, int n, int filled) {
    TreeSet<Integer> set = new TreeSet<>();
    while (set.size() < Math.min(filled, n * n * n)) {
      set.add(random.nextInt(n * n * n));
    }
    return set.stream().mapToInt(Integer::intValue).toArray();
  }

  private static void transformAxis(double[][] a, int n, int axis) {
    int stride = axis == 0 ? 1 : axis == 1 ? n : n * n;
    for (int start = 0; start < n * n * n; start++) {
      if (start / stride % n != 0) {
        continue;
      }
      Complex[] line = new Complex[n];
      for (int i = 0; i < n; i++) {
        line[i] = new Complex(a[0][start + i * stride], a[1][start + i * stride]);
      }
      Complex[] out = ORACLE.transform(line, TransformType.FORWARD);
      for (int i = 0; i < n; i++) {
        a[0][start + i * stride] = out[i].getReal();
        a[1][start + i * stride] = out[i].getImaginary();
      }
    }
  }

  private static void compare(RealTransform t, double[][] dense, int n) {
    int half = n / 2 + 1;
    for (int z = 0; z < n; z++) {
      for (int y = 0; y < n; y++) {
        for (int x = 0; x < half; x++) {
          int i = x + half * (y + n * z);
          int j = x + n * (y + n * z);
          assertThat((double) t.real()[i]).isCloseTo(dense[0][j], within(1e-3));
          assertThat((double) t.imaginary()[i]).isCloseTo(dense[1][j], within(1e-3));
        }
      }
    }
  }

  @Test
  void theOrderOfPlanesShouldNotChangeABit() {
    int n = 32;
    int[] points = points(new Random(1), n, 200);
    float[] values = new float[points.length];
    Arrays.fill(values, 0.3f);
    RealTransform first = new RealTransform(n);
    first.run(points, values, ONE);
    RealTransform second = new RealTransform(n);
    second.run(points, values, (m, task) -> IntStream.range(0, m).parallel().forEach(task));
    assertThat(second.real()).isEqualTo(first.real());
    assertThat(second.imaginary()).isEqualTo(first.imaginary());
  }

  @Test
  void aTransformShouldForgetTheOneBefore() {
    RealTransform t = new RealTransform(8);
    t.run(new int[] {3, 77}, new float[] {1, 2}, ONE);
    t.run(new int[] {0}, new float[] {1}, ONE);
    for (float f : t.real()) {
      assertThat(f).isEqualTo(1);
    }
  }

  @Test
  void derivativesOfTheCosineSumShouldBeDifferences() {
    Random random = new Random(2);
    double[] r = random.doubles(60, -0.3, 0.3).toArray();
    double[] w = random.doubles(20, 0, 1).toArray();
    double[] v = {3.1, -2.2, 4.7};
    double[] out = new double[10];
    CosineSum.derivatives(r, w, v, out);
    assertThat(out[0]).isCloseTo(slowSum(r, w, v), within(1e-12));
    assertThat(CosineSum.value(r, w, v[0], v[1], v[2])).isCloseTo(out[0], within(1e-12));
    double step = 1e-5;
    for (int k = 0; k < 3; k++) {
      double[] up = v.clone();
      double[] down = v.clone();
      up[k] += step;
      down[k] -= step;
      double slope = (slowSum(r, w, up) - slowSum(r, w, down)) / (2 * step);
      assertThat(out[1 + k]).isCloseTo(slope, within(1e-7));
    }
  }

  private static double slowSum(double[] r, double[] w, double[] v) {
    double sum = 0;
    for (int i = 0; i < w.length; i++) {
      double t = r[3 * i] * v[0] + r[3 * i + 1] * v[1] + r[3 * i + 2] * v[2];
      sum += w[i] * Math.cos(2 * Math.PI * t);
    }
    return sum;
  }

  /**
   * At a vector that fits all points every cosine is positive, so the curvature is the true one.
   */
  @Test
  void curvatureOfTheCosineSumShouldBeTheSecondDifferenceWhereAllPointsFit() {
    double[] r = {0.1, 0, 0, 0, 0.2, 0.01, 0.1, 0.2, 0.3};
    double[] w = {1, 2, 3};
    double[] v = {10.1, 10.02, 0.1};
    double[] out = new double[10];
    CosineSum.derivatives(r, w, v, out);
    double step = 1e-3;
    double second =
        (slowSum(r, w, new double[] {v[0] + step, v[1], v[2]})
                - 2 * slowSum(r, w, v)
                + slowSum(r, w, new double[] {v[0] - step, v[1], v[2]}))
            / (step * step);
    assertThat(-out[4]).isCloseTo(second, within(1e-4));
  }

  @Test
  void nearestIndicesShouldBeThoseOfPlainArithmetic() {
    double[] inverse = {10, 0, 0, 1, 20, 0, 0, 3, 30};
    double[] r = {0.105, 0, 0, 0, 0.1, 0.04, -0.3, 0.02, 0.1};
    int[] h = new int[9];
    double[] rest = new double[9];
    LatticeResiduals.nearest(r, inverse, h, rest);
    assertThat(h).containsExactly(1, 0, 0, 0, 2, 2, -3, 0, 3);
    assertThat(rest[0]).isCloseTo(0.05, within(1e-12));
    assertThat(rest[5]).isCloseTo(-0.5, within(1e-12));
    assertThat(rest[8]).isCloseTo(0.06, within(1e-12));
    assertThat(LatticeResiduals.count(r, inverse, 0.04)).isEqualTo(2);
  }
}
