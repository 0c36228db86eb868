package org.mdx.stats;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class TextTableTest {
  private static final String[] NAMES = {"name", "n", "x", "nothing"};
  private static final List<Object[]> ROWS =
      List.of(
          new Object[] {"a", 12, 0.123456789, Double.NaN},
          new Object[] {"b,\"c\"", -1L, Double.NaN, Double.NaN},
          new Object[] {"d", 0, -1.0, Double.NaN});

  @Test
  void csvShouldLeaveEmptyWhatIsNotKnownAndQuoteWords() {
    assertThat(TextTable.csv(NAMES, ROWS))
        .isEqualTo("name,n,x,nothing\na,12,0.123457,\n\"b,\"\"c\"\"\",,,\nd,0,-1.00000,\n");
  }

  @Test
  void textShouldAlignAndLeaveOutWhatNothingIsKnownOf() {
    assertThat(TextTable.text(NAMES, new String[] {"s", "0", "2", "3"}, ROWS))
        .isEqualTo(
            """
            name    n      x
            a      12   0.12
            b,"c"   -      -
            d       0  -1.00
            """);
    assertThat(TextTable.text(NAMES, new String[] {"s", "-", "g", "3"}, ROWS))
        .doesNotContain("12\n")
        .contains("0.1235")
        .startsWith("name        x\n");
  }
}
