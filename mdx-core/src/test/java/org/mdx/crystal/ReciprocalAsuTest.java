package org.mdx.crystal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;

class ReciprocalAsuTest {
  /** The smallest n for which h·Rₙ lies in the unit, by trying them all. */
  private static ReciprocalAsu.Mapped slow(ReciprocalAsu asu, int h, int k, int l) {
    LaueGroup laue = asu.laueGroup();
    for (int n = 0; n < laue.order(); n++) {
      int[] r = laue.operator(n);
      int a = h * r[0] + k * r[3] + l * r[6];
      int b = h * r[1] + k * r[4] + l * r[7];
      int c = h * r[2] + k * r[5] + l * r[8];
      if (asu.contains(a, b, c)) {
        return new ReciprocalAsu.Mapped(a, b, c, n);
      }
    }
    throw new AssertionError("no operator for " + h + "," + k + "," + l);
  }

  private static List<SpaceGroup> tabulated() throws IOException {
    try (BufferedReader in =
        new BufferedReader(
            new InputStreamReader(
                Objects.requireNonNull(
                    ReciprocalAsuTest.class.getResourceAsStream("laue-order.tsv")),
                StandardCharsets.UTF_8))) {
      return in.lines().map(line -> SpaceGroup.ofHall(line.split("\t")[0])).toList();
    }
  }

  @Test
  void mapShouldTakeTheFirstOperatorThatLeadsIntoTheUnit() throws IOException {
    for (SpaceGroup g : tabulated()) {
      ReciprocalAsu asu = g.asu();
      for (int h = -3; h <= 3; h++) {
        for (int k = -3; k <= 3; k++) {
          for (int l = -3; l <= 3; l++) {
            assertThat(asu.map(h, k, l)).isEqualTo(slow(asu, h, k, l));
          }
        }
      }
    }
  }

  @Test
  void expressionsShouldSayWhatTheUnitAndTheCentringSay() throws IOException {
    for (SpaceGroup g : tabulated()) {
      BooleanExpression inside = new BooleanExpression(g.asu().expression());
      BooleanExpression present = new BooleanExpression(g.centringExpression());
      for (int h = -2; h <= 3; h++) {
        for (int k = -3; k <= 2; k++) {
          for (int l = -2; l <= 2; l++) {
            assertThat(inside.value(h, k, l)).as(g.hall()).isEqualTo(g.asu().contains(h, k, l));
            assertThat(present.value(h, k, l)).as(g.hall()).isEqualTo(!g.isCentringAbsent(h, k, l));
          }
        }
      }
    }
    SpaceGroup odd = SpaceGroup.ofHall("F 4 2 (x,y,z+1/12)");
    SpaceGroup odder = SpaceGroup.ofHall("I 3* 2");
    for (SpaceGroup g : List.of(odd, odder, SpaceGroup.ofHall("P 2 (x,y/3,z)"))) {
      BooleanExpression present = new BooleanExpression(g.centringExpression());
      for (int h = -2; h <= 3; h++) {
        for (int l = -2; l <= 2; l++) {
          assertThat(present.value(h, 1, l)).isEqualTo(!g.isCentringAbsent(h, 1, l));
        }
      }
    }
  }

  /** As mdx2 1.0.4 wrote them: geometry.nxs of the reference, and its rule for other settings. */
  @Test
  void expressionsShouldBeThoseOfMdx2() {
    SpaceGroup g = SpaceGroup.ofHall("I 2b 2c 3");
    assertThat(g.asu().expression()).isEqualTo("(h>=0) & (((l>=h) & (k>h)) | ((l==h) & (k==h)))");
    assertThat(g.centringExpression()).isEqualTo("(h + k + l) % 2 == 0");
    assertThat(SpaceGroup.parse("P 1 1 2").asu().expression())
        .isEqualTo("((l)>=0) & (((h)>0) | (((h)==0) & ((k)>=0)))");
    assertThat(SpaceGroup.parse("P 1 1 2").centringExpression()).isEqualTo("True");
  }

  @Test
  void subdividedUnitShouldBeTheSameRegion() {
    String[] names = {"P 1", "P 21/n", "I 2", "P 21 21 21", "P 41", "I 21 3", "P 31 1 2", "R 3 :R"};
    int[][] ndivs = {
      {2, 3, 5}, {2, 3, 4}, {3, 2, 3}, {4, 3, 2}, {3, 3, 2}, {3, 3, 3}, {2, 2, 3}, {3, 3, 3}
    };
    for (int i = 0; i < names.length; i++) {
      ReciprocalAsu coarse = SpaceGroup.parse(names[i]).asu();
      int[] n = ndivs[i];
      ReciprocalAsu fine = coarse.subdivided(n[0], n[1], n[2]);
      for (int h = -4; h <= 4; h++) {
        for (int k = -4; k <= 4; k++) {
          for (int l = -4; l <= 4; l++) {
            ReciprocalAsu.Mapped c = coarse.map(h, k, l);
            ReciprocalAsu.Mapped f = fine.map(h * n[0], k * n[1], l * n[2]);
            assertThat(f)
                .as(names[i])
                .isEqualTo(
                    new ReciprocalAsu.Mapped(c.h() * n[0], c.k() * n[1], c.l() * n[2], c.op()));
            ReciprocalAsu.Mapped between = fine.map(h, k, l);
            assertThat(fine.contains(between.h(), between.k(), between.l())).isTrue();
          }
        }
      }
    }
  }

  @Test
  void subdivisionThatTheSymmetryCannotCarryShouldBeRefusedNamingTheOperator() {
    ReciprocalAsu cubic = SpaceGroup.parse("I 21 3").asu();
    assertThatIllegalArgumentException()
        .isThrownBy(() -> cubic.subdivided(3, 3, 2))
        .withMessageContaining("3,3,2")
        .withMessageContaining("m-3")
        .withMessageContaining("(h,k,l) -> (k,l,h)");
    assertThatIllegalArgumentException().isThrownBy(() -> cubic.subdivided(0, 0, 0));
    assertThatIllegalArgumentException().isThrownBy(() -> cubic.subdivided(1001, 1001, 1001));
  }

  @Test
  void triclinicIndicesShouldMapByFriedel() {
    ReciprocalAsu asu = SpaceGroup.ofNumber(1).asu();
    assertThat(asu.map(1, 2, -3)).isEqualTo(new ReciprocalAsu.Mapped(-1, -2, 3, 1));
    assertThat(asu.map(1, 2, 3)).isEqualTo(new ReciprocalAsu.Mapped(1, 2, 3, 0));
    assertThat(asu.map(0, 0, 0)).isEqualTo(new ReciprocalAsu.Mapped(0, 0, 0, 0));
  }

  /** Evaluates the part of numexpr's syntax that the expressions use, straight from the text. */
  private static final class BooleanExpression {
    private final String s;
    private int at;
    private int[] hkl;

    BooleanExpression(String text) {
      s = text.replace(" ", "");
    }

    boolean value(int... index) {
      hkl = index;
      at = 0;
      long v = or();
      assertThat(at).as(s).isEqualTo(s.length());
      return v != 0;
    }

    private boolean accept(String token) {
      boolean yes = s.startsWith(token, at);
      at += yes ? token.length() : 0;
      return yes;
    }

    private long or() {
      long v = and();
      while (accept("|")) {
        v = v | and();
      }
      return v;
    }

    private long and() {
      long v = comparison();
      while (accept("&")) {
        v = v & comparison();
      }
      return v;
    }

    private long comparison() {
      long a = sum();
      if (accept(">=")) {
        return a >= sum() ? 1 : 0;
      } else if (accept("==")) {
        return a == sum() ? 1 : 0;
      } else if (accept(">")) {
        return a > sum() ? 1 : 0;
      }
      return a;
    }

    private long sum() {
      long v = (accept("-") ? -1 : 1) * product();
      while (at < s.length() && "+-".indexOf(s.charAt(at)) >= 0) {
        v += (s.charAt(at++) == '-' ? -1 : 1) * product();
      }
      return v;
    }

    private long product() {
      long v = atom();
      while (at < s.length() && "*%".indexOf(s.charAt(at)) >= 0) {
        v = s.charAt(at++) == '*' ? v * atom() : v % atom();
      }
      return v;
    }

    private long atom() {
      if (accept("True")) {
        return 1;
      } else if (accept("(")) {
        long v = or();
        assertThat(accept(")")).as(s).isTrue();
        return v;
      }
      char c = s.charAt(at++);
      return Character.isDigit(c) ? c - '0' : hkl["hkl".indexOf(c)];
    }
  }
}
