package org.mdx.internal.kernel;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.mdx.crystal.ReciprocalAsu;
import org.mdx.crystal.SpaceGroup;

class AsuCountKernelTest {

  @ParameterizedTest
  @ValueSource(
      strings = {
        "P 1",
        "P 1 2 1",
        "P 1 1 2",
        "C 1 2 1",
        "I 1 2 1",
        "P 21 21 21",
        "P 4",
        "I 41 2 2",
        "R 3 :H",
        "R 3 :R",
        "R 3 2 :R",
        "P 31 2 1",
        "P 31 1 2",
        "P 6",
        "P 6 2 2",
        "P 2 3",
        "I 21 3",
        "F 4 3 2"
      })
  void partsShouldHoldThePointsOfTheAsymmetricUnitAndNoOthers(String symbol) {
    Random random = new Random(symbol.hashCode());
    for (int n = 1; n <= 3; n += 2) {
      ReciprocalAsu asu = SpaceGroup.ofHermannMauguin(symbol).asu().subdivided(n, n, n);
      int[] forms = asu.signForms();
      AsuCountKernel kernel =
          new AsuCountKernel(forms, asu.operatorTable(), new double[9], 0, 1, 1);
      int[] cuts = new int[2 * forms.length / 3 + 2];
      int[] parts = new int[2 * cuts.length];
      for (int line = 0; line < 400; line++) {
        int h = random.nextInt(21) - 10;
        int k = random.nextInt(21) - 10;
        int from = random.nextInt(41) - 30;
        int to = from + random.nextInt(40) - 1;
        int found = kernel.parts(h, k, from, to, cuts, parts);
        List<Integer> inside = new ArrayList<>();
        for (int p = 0; p < found; p++) {
          for (int l = parts[2 * p]; l <= parts[2 * p + 1]; l++) {
            inside.add(l);
          }
        }
        List<Integer> expected = new ArrayList<>();
        for (int l = from; l <= to; l++) {
          if (asu.contains(h, k, l)) {
            expected.add(l);
          }
        }
        assertThat(inside).as("%s h %d k %d", symbol, h, k).isEqualTo(expected);
      }
    }
  }

  @Test
  void countShouldPutEveryPointIntoItsShell() {
    // B = 0.1 along each axis, k = 0, h = 0.3: s = √(0.03² + (0.1 l)²) for l = L/2
    long[] count = new long[3];
    double[] b = {0.1, 0, 0, 0, 0.1, 0, 0, 0, 0.1};
    new AsuCountKernel(null, null, b, 0.1, 0.1, 0.35)
        .count(new double[] {0.03, 0, 0}, -8, 8, 2, count);
    // |L| 2 3: 0.104 0.153; 4 5: 0.202 0.252; 6: 0.301; 7: 0.351 and more are outside
    assertThat(count).containsExactly(4, 4, 2);
    // 0.35 falls into the last shell although a fourth would begin at 0.3
    long[] closed = new long[2];
    new AsuCountKernel(null, null, b, 0.1, 0.1, 0.1 * 3.5).count(new double[3], 7, 7, 2, closed);
    assertThat(closed).containsExactly(0, 1);
  }
}
