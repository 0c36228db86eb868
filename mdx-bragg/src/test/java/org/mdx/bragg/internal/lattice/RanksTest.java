package org.mdx.bragg.internal.lattice;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RanksTest {
  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3, 32, 33, 34, 100, 1001, 20_000})
  void middleShouldBeThatOfTheSortedNumbers(int n) {
    Random random = new Random(n);
    for (int kind = 0; kind < 4; kind++) {
      double[] a = new double[n];
      for (int i = 0; i < n; i++) {
        a[i] = kind == 0 ? random.nextGaussian() : kind == 1 ? random.nextInt(5) : kind * i % 97;
      }
      double[] sorted = a.clone();
      Arrays.sort(sorted);
      assertThat(Ranks.middle(a)).isEqualTo(sorted[n / 2]);
    }
  }
}
