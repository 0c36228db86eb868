package org.mdx.crystal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SpaceGroupTest {
  @Test
  void everyReferenceSettingShouldBeAGroup() {
    for (int number = 1; number <= 230; number++) {
      SpaceGroup g = SpaceGroup.ofNumber(number);
      assertThat(g.number()).isEqualTo(number);
      Set<SymmetryOperator> all = new HashSet<>(g.operators());
      assertThat(all).hasSize(g.order()).contains(SymmetryOperator.of("x,y,z"));
      // closure with the first operators of the list, which contain generators
      for (SymmetryOperator a : g.operators()) {
        assertThat(all).contains(a.inverse().reduced());
        for (SymmetryOperator b : g.operators().subList(0, Math.min(8, g.order()))) {
          assertThat(all).contains(a.times(b).reduced());
        }
      }
      int translations = (int) all.stream().filter(SymmetryOperator::isTranslation).count();
      assertThat(translations)
          .isEqualTo(
              "PABCI RF".indexOf(g.centring()) < 1
                  ? 1
                  : g.centring() == 'F' ? 4 : g.centring() == 'R' ? 3 : 2);
    }
  }

  /** International Tables A, P 41 21 2 (No. 92), general position. */
  @Test
  void operatorsShouldBeThoseOfInternationalTables() {
    assertThat(SpaceGroup.ofNumber(92).operators().stream().map(SymmetryOperator::toString))
        .containsExactlyInAnyOrder(
            "x,y,z",
            "-x,-y,z+1/2",
            "-y+1/2,x+1/2,z+1/4",
            "y+1/2,-x+1/2,z+3/4",
            "-x+1/2,y+1/2,-z+1/4",
            "x+1/2,-y+1/2,-z+3/4",
            "y,x,-z",
            "-y,-x,-z+1/2");
  }

  /** International Tables A, reflection conditions of Pnma (62), I41/acd (142), P6122 (178). */
  @Test
  void absencesShouldBeThoseOfInternationalTables() {
    SpaceGroup pnma = SpaceGroup.parse("Pnma");
    SpaceGroup i41acd = SpaceGroup.parse("I 41/a c d");
    SpaceGroup p6122 = SpaceGroup.parse("P 61 2 2");
    for (int h = -6; h <= 6; h++) {
      for (int k = -6; k <= 6; k++) {
        for (int l = -13; l <= 13; l++) {
          boolean conditions =
              (h != 0 || (k + l) % 2 == 0)
                  && (l != 0 || h % 2 == 0)
                  && (k != 0 || l != 0 || h % 2 == 0);
          assertThat(pnma.isAbsent(h, k, l)).isEqualTo(!conditions);
          conditions =
              (h + k + l) % 2 == 0
                  && (l != 0 || h % 2 == 0 && k % 2 == 0)
                  && (h != 0 || k % 2 == 0 && l % 2 == 0)
                  && (k != 0 || h % 2 == 0 && l % 2 == 0)
                  && (h != k && h != -k || (2 * h + l) % 4 == 0);
          assertThat(i41acd.isAbsent(h, k, l)).isEqualTo(!conditions);
          assertThat(i41acd.isCentringAbsent(h, k, l)).isEqualTo((h + k + l) % 2 != 0);
          assertThat(p6122.isAbsent(h, k, l)).isEqualTo(h == 0 && k == 0 && l % 6 != 0);
          assertThat(p6122.isCentringAbsent(h, k, l)).isFalse();
        }
      }
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '~',
      value = {
        "199 | I 21 3",
        "I213 | I 21 3",
        "i 21 3 | I 21 3",
        "I 2_1 3 | I 21 3",
        "Hall: I 2b 2c 3 | I 21 3",
        "-P 2ybc | P 1 21/c 1",
        "P212121 | P 21 21 21",
        "P2(1)2(1)2(1) | P 21 21 21",
        "P21 | P 1 21 1",
        "C2 | C 1 2 1",
        "P 2 | P 1 2 1",
        "Hall: P 2 | P 1 1 2",
        "P 21/n | P 1 21/n 1",
        "I 2 | I 1 2 1",
        "R 3 | R 3 :H",
        "R3:R | R 3 :R",
        "H 3 2 | R 3 2 :H",
        "P n n n | P n n n :2",
        "Pnnn:1 | P n n n :1",
        "F d d d | F d d d :2",
        "I 41/a | I 41/a :2",
        "C m c e | C m c a",
        "A e m 2 | A b m 2",
        "C c c e | C c c a :2",
        "P m 3 m | P m -3 m",
        "Pn-3 | P n -3 :2",
        "C 1 2 1 (x+y,-x+y,z) | C 1 2 1 (x+y,-x+y,z)",
        "I 4 (a+b,-a+b,c) | I 4 (1/2*x+1/2*y,-1/2*x+1/2*y,z)",
        "P 31 1 2 (x,y,z+1/3) | P 31 1 2 (x,y,z+1/3)",
        "Hall: P 31 2 (x,y,z+1/3) | P 31 1 2",
      })
  void namesShouldBeUnderstoodAsCctbxDoes(String name, String symbol) {
    assertThat(SpaceGroup.parse(name).hermannMauguin()).isEqualTo(symbol);
  }

  @Test
  void unknownNamesShouldBeRejectedWithWhatToGiveInstead() {
    for (String bad : List.of("", "0", "231", "999999999", "P 7", "Pxyz", "P 21 21 21 (x,y)")) {
      assertThatIllegalArgumentException().isThrownBy(() -> SpaceGroup.parse(bad));
    }
    assertThatIllegalArgumentException()
        .isThrownBy(() -> SpaceGroup.parse("P 7"))
        .withMessageContaining("\"P 7\"")
        .withMessageContaining("number from 1 to 230");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> SpaceGroup.ofNumber(231))
        .withMessageContaining("231");
  }

  @Test
  void aGroupShouldKeepItsTypeAndAbsencesInAnyBasis() {
    Random random = new Random(11);
    for (int trial = 0; trial < 60; trial++) {
      SpaceGroup g = SpaceGroup.ofNumber(1 + random.nextInt(230));
      int i = random.nextInt(3);
      int j = (i + 1 + random.nextInt(2)) % 3;
      String[] rows = {"x", "y", "z"};
      rows[i] += (random.nextBoolean() ? "+" : "-") + "xyz".charAt(j);
      rows[random.nextInt(3)] += "+" + random.nextInt(12) + "/12";
      rows[random.nextInt(3)] += "-1/7";
      ChangeOfBasis change = ChangeOfBasis.of(String.join(",", rows));
      SpaceGroup changed = g.transformed(change);
      assertThat(changed.number()).as(g + " " + change).isEqualTo(g.number());
      assertThat(changed.transformed(change.inverse())).isEqualTo(g);
      assertThat(changed.transformed(changed.toReference()))
          .isEqualTo(SpaceGroup.ofNumber(g.number()));
      ChangeOfBasis back = change.inverse();
      for (int n = 0; n < 20; n++) {
        int[] h = {random.nextInt(7) - 3, random.nextInt(7) - 3, random.nextInt(7) - 3};
        int[] k = new int[3];
        for (int c = 0; c < 3; c++) {
          for (int r = 0; r < 3; r++) {
            k[c] += h[r] * (int) back.element(r, c);
          }
        }
        assertThat(changed.isAbsent(k[0], k[1], k[2])).isEqualTo(g.isAbsent(h[0], h[1], h[2]));
        assertThat(changed.epsilon(k[0], k[1], k[2])).isEqualTo(g.epsilon(h[0], h[1], h[2]));
      }
    }
  }

  /** Laue group numbers of cctbx 2021.12: build_derived_laue_group().info().type().number(). */
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '~',
      value = {
        "I 21 3 | m-3 | 200",
        "P 1 | -1 | 2",
        "C 1 2 1 | 2/m | 10",
        "C 1 2 1 (x+y,-x+y,z) | 2/m | 12",
        "P 21 21 21 | mmm | 47",
        "F d d 2 | mmm | 47",
        "I 41 | 4/m | 83",
        "P 43 21 2 | 4/mmm | 123",
        "R 3 :H | -3 | 147",
        "R 3 :R | -3 | 148",
        "P 31 1 2 | -3m | 162",
        "P 31 2 1 | -3m | 164",
        "R 3 m :R | -3m | 166",
        "P 63 | 6/m | 175",
        "P -6 2 c | 6/mmm | 191",
        "F d -3 m :2 | m-3m | 221",
      })
  void laueGroupsShouldHaveTheNumbersOfCctbx(String name, String symbol, int number) {
    LaueGroup laue = SpaceGroup.parse(name).laueGroup();
    assertThat(laue.symbol()).isEqualTo(symbol);
    assertThat(laue.number()).isEqualTo(number);
  }

  @Test
  void laueGroupShouldCarrySubdivisionsThatItsOperatorsMapOnThemselves() {
    LaueGroup cubic = SpaceGroup.parse("I 21 3").laueGroup();
    assertThat(cubic.carries(3, 3, 3)).isTrue();
    assertThat(cubic.carries(3, 3, 2)).isFalse();
    LaueGroup tetragonal = SpaceGroup.parse("P 41").laueGroup();
    assertThat(tetragonal.carries(3, 3, 5)).isTrue();
    assertThat(tetragonal.carries(3, 6, 5)).isFalse();
    assertThat(SpaceGroup.parse("P 21 21 21").laueGroup().carries(2, 3, 5)).isTrue();
    assertThat(SpaceGroup.parse("P 1").laueGroup().carries(7, 3, 5)).isTrue();
    assertThat(SpaceGroup.parse("P 3").laueGroup().carries(4, 2, 1)).isFalse();
    // here an operator has k' = 2h - k or its like, so 2·ndivK/ndivH must be an integer
    LaueGroup skew = SpaceGroup.parse("P 1 2 1 (x+y,y,z)").laueGroup();
    assertThat(skew.carries(2, 2, 5)).isTrue();
    assertThat(skew.carries(2, 6, 1) ^ skew.carries(6, 2, 1)).isTrue();
    assertThat(skew.carries(3, 2, 1)).isFalse();
  }

  /** International Tables B, 1.4: the Hall symbol P 2 has its axis along c. */
  @Test
  void aNameOfTwoGroupsShouldTellTheOther() {
    SpaceGroup hall = SpaceGroup.otherReading("P 2").orElseThrow();
    assertThat(hall).isEqualTo(SpaceGroup.parse("Hall: P 2"));
    assertThat(hall).isNotEqualTo(SpaceGroup.parse("P 2"));
    assertThat(SpaceGroup.otherReading("P 2 2 2")).isEmpty();
    assertThat(SpaceGroup.otherReading("P 1")).isEmpty();
    assertThat(SpaceGroup.otherReading("I213")).isEmpty();
    assertThat(SpaceGroup.otherReading("nothing")).isEmpty();
  }
}
