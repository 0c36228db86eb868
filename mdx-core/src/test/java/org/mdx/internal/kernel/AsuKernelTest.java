package org.mdx.internal.kernel;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Random;
import org.junit.jupiter.api.Test;
import org.mdx.crystal.ReciprocalAsu;
import org.mdx.crystal.SpaceGroup;

/** Against trying one operator after the other. */
class AsuKernelTest {
  private static final String[] NAMES = {
    "P 1",
    "P 21/n",
    "I 1 2 1",
    "P 21 21 21",
    "P 2 21 21",
    "P 41",
    "I 41 2 2",
    "P 31",
    "R 3 :R",
    "P 31 1 2",
    "P 31 2 1",
    "R -3 m :R",
    "P 63",
    "P 61 2 2",
    "I 21 3",
    "F d -3 m :2",
    "C 1 2 1 (x+y,-x+y,z)",
    "F 2 2 3 (-x+y+z,x-y+z,x+y-z)",
    "I 4 (a+b,-a+b,c)"
  };

  private static int[] random(Random r, int n, int limit) {
    return r.ints(n, -limit, limit + 1).toArray();
  }

  @Test
  void mapShouldAgreeWithTryingEveryOperator() {
    Random random = new Random(3);
    for (String name : NAMES) {
      ReciprocalAsu unit = SpaceGroup.parse(name).asu();
      for (int n : new int[] {0, 1, 37, 400}) {
        for (int limit : new int[] {2, 100_000}) {
          ReciprocalAsu asu = unit.subdivided(2, 2, 2);
          int[] h = random(random, n, limit);
          int[] k = random(random, n, limit);
          int[] l = random(random, n, limit);
          int[] h0 = h.clone();
          int[] k0 = k.clone();
          int[] l0 = l.clone();
          int[] op = new int[n];
          AsuKernel kernel =
              new AsuKernel(asu.signForms(), asu.operatorTable(), asu.operatorMatrices());
          int half = n / 2;
          kernel.map(h, k, l, op, 0, half);
          kernel.map(h, k, l, op, half, n);
          for (int i = 0; i < n; i++) {
            int found = 0;
            int[] m = asu.laueGroup().operator(found);
            while (!asu.contains(
                dot(h0[i], k0[i], l0[i], m, 0),
                dot(h0[i], k0[i], l0[i], m, 1),
                dot(h0[i], k0[i], l0[i], m, 2))) {
              m = asu.laueGroup().operator(++found);
            }
            assertThat(new int[] {h[i], k[i], l[i], op[i]})
                .as(name + " " + h0[i] + "," + k0[i] + "," + l0[i])
                .containsExactly(
                    dot(h0[i], k0[i], l0[i], m, 0),
                    dot(h0[i], k0[i], l0[i], m, 1),
                    dot(h0[i], k0[i], l0[i], m, 2),
                    found);
          }
        }
      }
    }
  }

  private static int dot(int h, int k, int l, int[] m, int column) {
    return h * m[column] + k * m[3 + column] + l * m[6 + column];
  }

  @Test
  void rangeShouldLeaveOtherRowsAlone() {
    ReciprocalAsu asu = SpaceGroup.ofNumber(199).asu();
    int[] h = {-1, -2, -3};
    int[] k = {-5, -5, -5};
    int[] l = {-7, -7, -7};
    int[] op = {-9, -9, -9};
    new AsuKernel(asu.signForms(), asu.operatorTable(), asu.operatorMatrices())
        .map(h, k, l, op, 1, 2);
    assertThat(h).containsExactly(-1, asu.map(-2, -5, -7).h(), -3);
    assertThat(op).containsExactly(-9, asu.map(-2, -5, -7).op(), -9);
  }
}
