package org.mdx.math;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class UncertainTest {
  @ParameterizedTest
  @CsvSource({
    "30.00038, 0.00057, 30.0004(6)",
    "5.4213, 0.0019, 5.4213(19)",
    "-0.00002, 0.0004, 0.0000(4)",
    "-0.00006, 0.0004, -0.0001(4)",
    "91.3, 2.5, 91(3)",
    "4.9, 0, 4.90000"
  })
  void theUncertaintyShouldStandInUnitsOfTheLastDigit(double value, double sigma, String text) {
    assertThat(Uncertain.text(value, sigma)).isEqualTo(text);
  }
}
