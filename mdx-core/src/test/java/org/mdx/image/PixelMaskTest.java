package org.mdx.image;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.BitSet;
import org.junit.jupiter.api.Test;
import org.mdx.geometry.PixelRectangle;

class PixelMaskTest {

  @Test
  void aRectangleShouldMaskItsPixelsAndNoOthers() {
    PixelMask mask = PixelMask.none(5, 4).or(new PixelRectangle(1, 2, 4, 4));
    int masked = 0;
    for (int iy = 0; iy < 4; iy++) {
      for (int ix = 0; ix < 5; ix++) {
        assertThat(mask.isMasked(ix, iy)).isEqualTo(ix >= 1 && ix < 4 && iy >= 2);
        masked += mask.isMasked(ix, iy) ? 1 : 0;
      }
    }
    assertThat(mask.count()).isEqualTo(masked).isEqualTo(6);
  }

  @Test
  void unionsShouldLeaveBothMasksAsTheyWere() {
    BitSet bits = new BitSet();
    bits.set(3);
    PixelMask one = PixelMask.of(2, 2, bits);
    bits.set(0);
    PixelMask none = PixelMask.none(2, 2);
    PixelMask both = none.or(one);
    assertThat(one.count()).isEqualTo(1);
    assertThat(none.count()).isZero();
    assertThat(both.isMasked(1, 1)).isTrue();
    int[] image = {5, 6, 7, 8};
    both.fill(image, -9);
    assertThat(image).containsExactly(5, 6, 7, -9);
  }

  @Test
  void masksOfAnotherShapeShouldBeRefused() {
    BitSet bits = new BitSet();
    bits.set(4);
    assertThatThrownBy(() -> PixelMask.of(2, 2, bits)).isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> PixelMask.none(2, 2).or(PixelMask.none(4, 1)))
        .isInstanceOf(IllegalArgumentException.class);
  }
}
