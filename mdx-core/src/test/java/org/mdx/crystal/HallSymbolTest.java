package org.mdx.crystal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class HallSymbolTest {
  private static List<String> generators(String symbol) {
    return HallSymbol.of(symbol).generators().stream().map(SymmetryOperator::toString).toList();
  }

  /** International Tables B, A1.4.2.3: matrices of tables A1.4.2.4 to A1.4.2.6. */
  @Test
  void generatorsShouldFollowTheTablesOfRotations() {
    assertThat(generators("-P 4x 2z 3y"))
        .containsExactly("-x,-y,-z", "x,-z,y", "-x,-y,z", "-x+z,y,-x");
    assertThat(generators("P 2x' 2x\" 2y' 2y\""))
        .containsExactly("-x,-z,-y", "-x,z,y", "-z,-y,-x", "z,-y,x");
    assertThat(generators("P 2' 2\" 3* 6z"))
        .containsExactly("-y,-x,-z", "y,x,-z", "z,x,y", "x-y,x,z");
  }

  @Test
  void axesShouldBeImpliedAsInTheTables() {
    assertThat(generators("P 2 2")).containsExactly("-x,-y,z", "x,-y,-z");
    assertThat(generators("P 4 2")).containsExactly("-y,x,z", "x,-y,-z");
    assertThat(generators("P 3 2")).containsExactly("-y,x-y,z", "-y,-x,-z");
    assertThat(generators("P 6 2")).containsExactly("x-y,x,z", "-y,-x,-z");
    assertThat(generators("P 2 2 3")).contains("z,x,y");
    // a diagonal axis without x, y or z refers to the axis of the rotation before it
    assertThat(generators("P 4x 2'")).containsExactly("x,-z,y", "-x,-z,-y");
  }

  @Test
  void translationsShouldAddUpOverLettersAndScrews() {
    assertThat(generators("P 61")).containsExactly("x-y,x,z+1/6");
    assertThat(generators("P 4x1")).containsExactly("x+1/4,-z,y");
    assertThat(generators("P 41x")).containsExactly("x+1/4,-z,y");
    assertThat(generators("P -2yac")).containsExactly("x+1/2,-y,z+1/2");
    assertThat(generators("F 4d 2uvw")).endsWith("-y+1/4,x+1/4,z+1/4", "x+1/4,-y+1/4,-z+1/4");
    assertThat(generators("P 4nw -1n"))
        .containsExactly("-y+1/2,x+1/2,z+3/4", "-x+1/2,-y+1/2,-z+1/2");
  }

  @Test
  void changesOfBasisShouldBeReadAsShiftAndAsTriplet() {
    assertThat(HallSymbol.of("P 31 2 (0 0 4)").changeOfBasis())
        .isEqualTo(ChangeOfBasis.of("x,y,z+1/3"));
    assertThat(HallSymbol.of("P 2y ( -1  0 +3 )").changeOfBasis()).hasToString("x-1/12,y,z+1/4");
    assertThat(HallSymbol.of("C 2y (x+y, -x+y, z)").changeOfBasis()).hasToString("x+y,-x+y,z");
    assertThat(HallSymbol.of("P 2y (1/2*x-0.25, y/2 , 2/3z)").changeOfBasis())
        .hasToString("1/2*x-1/4,1/2*y,2/3*z");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '~',
      value = {
        "Q 2 | position 1",
        "- | position 2",
        "P 5 | position 3",
        "P 2q | position 4",
        "P 2 2 2 | position 8",
        "P 6 3 | position 6",
        "P 44 | position 4",
        "P 2* | position 3",
        "P 3' | position 3",
        "P 2ac2ab | position 6",
        "P 2 2 3 -1 1 | position 12",
        "P 2 (0 0 1 | position 11",
        "P 2 (0 0) | position 5",
        "P 2 (0 0 x) | position 5",
        "P 2 (0 0 1) 2 | position 13",
        "P 2 (x,y,q) | position 10",
        "P 2 (x,y,z/0) | position 12",
        "P 2 (x,y,z+1/9999999) | position 14",
        "P 2 (x,x,z) | determinant is 0",
        "P 3 2 3 | no crystallographic point group",
        "P 4 (2x,y,z) | axis a of the new cell is no translation",
        "P 2y (x+y,-x+y,z) | no translation of the lattice",
        "P 3 (x,y/2,z) | rotation is not integral",
        "P 1 (x/100,y/100,z) | more than 4096 operators",
      })
  void mistakesShouldBeNamedWithTheirPlace(String symbol, String place) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> SpaceGroup.ofHall(symbol))
        .withMessageContaining("\"" + symbol)
        .withMessageContaining(place);
  }

  @Test
  void emptySymbolShouldBeRejected() {
    assertThatThrownBy(() -> SpaceGroup.ofHall("  "))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("lattice letter");
  }

  @Test
  void tripletsShouldBeWrittenAsTheyAreRead() {
    for (String s : List.of("x,y,z", "-y,x-y,z+2/3", "-x+1/2,z+3/4,y+1/12", "z,x,y")) {
      assertThat(SymmetryOperator.of(s)).hasToString(s);
    }
    assertThat(SymmetryOperator.of(" +X , 0.5 + Y, 1/4-z ")).hasToString("x,y+1/2,-z+1/4");
    for (String bad : List.of("x,y", "x,y,z,x", "x y,z,x", "x,y,", "2x,y,z", "x,x,z", "x,y,z+")) {
      assertThatIllegalArgumentException().isThrownBy(() -> SymmetryOperator.of(bad));
    }
  }

  @Test
  void operatorsShouldFormAGroupUnderMultiplication() {
    SymmetryOperator a = SymmetryOperator.of("-y,x-y,z+1/3");
    SymmetryOperator b = SymmetryOperator.of("-x+1/4,y,-z+1/2");
    assertThat(a.times(a).times(a)).hasToString("x,y,z+1");
    assertThat(a.times(b)).hasToString("-y,-x-y+1/4,-z+5/6");
    assertThat(a.times(a.inverse())).hasToString("x,y,z");
    assertThat(b.inverse()).hasToString("-x+1/4,y,-z+1/2");
    assertThat(a.inverse().times(a)).isEqualTo(SymmetryOperator.of("x,y,z"));
    assertThat(a.rotation(1, 0)).isEqualTo(1);
    assertThat(a.translation(2)).isEqualTo(1.0 / 3);
    assertThat(b.determinant()).isEqualTo(1);
  }

  @Test
  void changesOfBasisShouldInvertAndTransformIndicesAsRows() {
    ChangeOfBasis c = ChangeOfBasis.of("x-y,x+y,z+1/4");
    assertThat(c.times(c.inverse())).isEqualTo(ChangeOfBasis.IDENTITY);
    assertThat(c.inverse()).hasToString("1/2*x+1/2*y,-1/2*x+1/2*y,z-1/4");
    // (a', b', c') = (a, b, c)·P⁻¹ and h' = h·P⁻¹
    assertThat(c.hkl()).isEqualTo("1/2*h-1/2*k,1/2*h+1/2*k,l");
    assertThat(ChangeOfBasis.of("1/2*a-1/2*b,1/2*a+1/2*b,c-1/4")).isEqualTo(c);
    assertThat(c.element(1, 0)).isEqualTo(1);
    assertThat(c.element(2, 3)).isEqualTo(0.25);
  }
}
