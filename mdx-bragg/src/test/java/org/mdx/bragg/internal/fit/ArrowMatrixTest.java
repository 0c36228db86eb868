package org.mdx.bragg.internal.fit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Random;
import org.ejml.data.DMatrixRMaj;
import org.ejml.dense.row.CommonOps_DDRM;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.mdx.bragg.internal.algebra.ArrowMatrix;
import org.mdx.bragg.internal.algebra.Covariance;

/** Against the dense inverse. */
class ArrowMatrixTest {

  /** Normal matrix of rows that each touch the shared parameters and one block. */
  private static ArrowMatrix random(int shared, int[] sizes, DMatrixRMaj dense, long seed) {
    Random random = new Random(seed);
    ArrowMatrix m = new ArrowMatrix(shared, sizes);
    int start = shared;
    for (int size : sizes) {
      int n = shared + size;
      int[] at = new int[n];
      for (int i = 0; i < n; i++) {
        at[i] = i < shared ? i : start + i - shared;
      }
      for (int row = 0; row < 2 * n; row++) {
        double[] v = random.doubles(3L * n, -1, 1).toArray();
        for (int a = 0; a < n; a++) {
          for (int b = 0; b < n; b++) {
            for (int c = 0; c < 3; c++) {
              double product = v[3 * a + c] * v[3 * b + c];
              dense.add(at[a], at[b], product);
              if (a <= b) {
                m.addAbove(at[a], at[b], product);
              }
            }
          }
        }
      }
      start += size;
    }
    m.mirror();
    return m;
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 2, 3})
  void inverseAndSolutionShouldBeThoseOfTheDenseMatrix(int which) {
    int shared = new int[] {5, 0, 7, 4}[which];
    int[] sizes = new int[][] {{4, 9, 6}, {3, 5}, {}, {0, 6, 3, 3, 12}}[which];
    int n = shared;
    for (int s : sizes) {
      n += s;
    }
    DMatrixRMaj dense = new DMatrixRMaj(n, n);
    ArrowMatrix m = random(shared, sizes, dense, which);
    if (sizes.length == 0) {
      for (int i = 0; i < n; i++) {
        m.add(i, i, 2 + i);
        dense.add(i, i, 2 + i);
      }
      m.add(1, 3, 0.5);
      dense.add(1, 3, 0.5);
      dense.add(3, 1, 0.5);
    }
    for (int i = 0; i < n; i++) {
      for (int j = 0; j < n; j++) {
        assertThat(m.get(i, j)).isCloseTo(dense.get(i, j), within(1e-12));
      }
    }
    DMatrixRMaj expected = new DMatrixRMaj(n, n);
    assertThat(CommonOps_DDRM.invert(dense, expected)).isTrue();
    ArrowMatrix.Inverse inverse = m.inverse();
    double[] v = new Random(7).doubles(n, -1, 1).toArray();
    double[] solved = inverse.times(v);
    Covariance covariance = Covariance.of(m).times(3);
    for (int i = 0; i < n; i++) {
      double sum = 0;
      for (int j = 0; j < n; j++) {
        assertThat(inverse.get(i, j)).isCloseTo(expected.get(i, j), within(1e-10));
        assertThat(covariance.get(i, j)).isCloseTo(3 * expected.get(i, j), within(1e-9));
        sum += expected.get(i, j) * v[j];
      }
      assertThat(solved[i]).isCloseTo(sum, within(1e-10));
    }
  }

  @Test
  void whatNothingDeterminesShouldNotTouchTheRest() {
    ArrowMatrix m = new ArrowMatrix(2, 2);
    m.add(0, 0, 4);
    m.add(2, 2, 1);
    m.add(3, 3, 2);
    m.add(0, 3, 1);
    Covariance c = Covariance.of(m);
    assertThat(c.get(1, 1)).isNaN();
    assertThat(c.get(2, 2)).isCloseTo(1, within(1e-15));
    assertThat(c.get(0, 0)).isCloseTo(2.0 / 7, within(1e-15));
    assertThat(c.times(new double[] {1, 1, 1, 1})[1]).isZero();
    ArrowMatrix indefinite = new ArrowMatrix(1, 1);
    indefinite.add(0, 0, 1);
    indefinite.add(1, 1, 1);
    indefinite.add(0, 1, 2);
    assertThat(indefinite.inverse()).isNull();
    assertThat(Covariance.of(indefinite).get(0, 0)).isNaN();
  }
}
