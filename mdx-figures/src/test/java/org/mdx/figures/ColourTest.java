package org.mdx.figures;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

class ColourTest {

  @Test
  void coloursShouldGoThroughTheControlPoints() {
    assertThat(ColourMap.VIRIDIS.rgb(0)).isEqualTo(0x440154);
    assertThat(ColourMap.VIRIDIS.rgb(0.5)).isEqualTo(0x21918C);
    assertThat(ColourMap.VIRIDIS.rgb(7)).isEqualTo(0xFDE725);
    assertThat(ColourMap.COOLWARM.rgb(0.5)).isEqualTo(0xDDDDDD);
    assertThat(ColourMap.GREY.table(256)[128]).isEqualTo(0x808080);
    assertThat(ColourMap.of("Blue-White-Red")).isEqualTo(ColourMap.BLUE_WHITE_RED);
    assertThatThrownBy(() -> ColourMap.of("jet"))
        .hasMessageContaining("'jet'")
        .hasMessageContaining("viridis");
  }

  @Test
  void unmeasuredShouldBeNoColourOfTheMap() {
    for (ColourMap m : ColourMap.values()) {
      for (int rgb : m.table(2048)) {
        assertThat(rgb).as(m.toString()).isNotEqualTo(m.unmeasured());
      }
    }
  }

  /** Expected numbers: numpy.percentile(numpy.arange(1, 11) ** 2, [2, 98]) and of |v − 1|. */
  @Test
  void percentilesShouldBeThoseOfNumPy() {
    float[] v = {100, 1, 4, Float.NaN, 9, 16, 25, 36, Float.POSITIVE_INFINITY, 49, 64, 81};
    assertThat(ColourRange.percentiles(2, 98).scale(v).min()).isCloseTo(1.54, within(1e-9));
    assertThat(ColourRange.percentiles(2, 98).scale(v).max()).isCloseTo(96.58, within(1e-9));
    assertThat(ColourRange.fromZero(98).scale(v).min()).isZero();
    ColourScale about = ColourRange.around(1, 98).scale(v);
    assertThat(about.max() - 1).isEqualTo(1 - about.min()).isCloseTo(95.58, within(1e-9));
  }

  @Test
  void valuesThatDoNotVaryShouldStillHaveAScale() {
    for (Quantity q : Quantity.values()) {
      for (float[] v : new float[][] {{}, {0}, {1, 1, 1}, {-2}, {Float.NaN}}) {
        ColourScale s = q.range().scale(v);
        assertThat(s.max()).isGreaterThan(s.min());
      }
    }
  }

  @Test
  void signShouldNotBeGuessedFromNoise() {
    float[] v = new float[101];
    for (int i = 0; i < v.length; i++) {
      v[i] = i - 30;
    }
    assertThat(Quantity.guess(v)).isEqualTo(Quantity.SIGNED);
    for (int i = 0; i < v.length; i++) {
      v[i] = i - 5;
    }
    assertThat(Quantity.guess(v)).isEqualTo(Quantity.INTENSITY);
  }
}
