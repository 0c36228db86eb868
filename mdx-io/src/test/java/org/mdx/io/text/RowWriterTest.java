package org.mdx.io.text;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Random;
import org.junit.jupiter.api.Test;

class RowWriterTest {

  /** What Python's repr prints, which is the shortest text. */
  @Test
  void numbersShouldBeWrittenWithTheFewestDigits() {
    assertThat(Double.parseDouble(RowWriter.shortest(9.1))).isEqualTo(9.1);
    assertThat(RowWriter.shortest(9.1)).isEqualTo("9.1");
    assertThat(RowWriter.shortest(91 / 10.0)).isEqualTo("9.1");
    // Java 17 prints 5.6843418860808015E-14
    assertThat(RowWriter.shortest(0x1p-44)).isEqualTo("5.684341886080802E-14");
    assertThat(RowWriter.shortest(1 / 3.0)).isEqualTo("0.3333333333333333");
    assertThat(RowWriter.shortest(9.1f)).isEqualTo("9.1");
    assertThat(RowWriter.shortest(1 / 3f)).isEqualTo("0.33333334");
    assertThat(RowWriter.shortest(Double.NaN)).isEqualTo("NaN");
  }

  @Test
  void everyNumberShouldComeBack() {
    Random random = new Random(4);
    for (int i = 0; i < 20_000; i++) {
      double v = Double.longBitsToDouble(random.nextLong());
      if (Double.isFinite(v)) {
        assertThat(Double.parseDouble(RowWriter.shortest(v))).isEqualTo(v);
      }
      float f = Float.intBitsToFloat(random.nextInt());
      if (Float.isFinite(f)) {
        assertThat(Float.parseFloat(RowWriter.shortest(f))).isEqualTo(f);
      }
    }
  }
}
