package org.mdx.image;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import org.junit.jupiter.api.Test;

class FrameSelectionTest {

  /** Frames of two panels whose pixels are all 10·frame + panel. */
  private static final ImageSource SOURCE =
      new ImageSource() {
        @Override
        public int frames() {
          return 5;
        }

        @Override
        public int panels() {
          return 2;
        }

        @Override
        public int width(int panel) {
          return 2 + panel;
        }

        @Override
        public int height(int panel) {
          return 3;
        }

        @Override
        public void read(int frame, int[][] into) {
          for (int p = 0; p < into.length; p++) {
            java.util.Arrays.fill(into[p], 10 * frame + p);
          }
        }

        @Override
        public String describe(int frame) {
          return "frame " + frame;
        }
      };

  @Test
  void framesShouldComeInTheOrderGiven() throws IOException {
    int[] numbers = {4, 0, 4};
    FrameSelection some = new FrameSelection(SOURCE, numbers);
    numbers[0] = 1;
    assertThat(some.frames()).isEqualTo(3);
    assertThat(some.panels()).isEqualTo(2);
    assertThat(some.width(1)).isEqualTo(3);
    assertThat(some.height(0)).isEqualTo(3);
    int[][] into = {new int[6], new int[9]};
    some.read(0, into);
    assertThat(into[0]).containsOnly(40);
    some.read(1, into);
    assertThat(into[1]).containsOnly(1);
    assertThat(some.describe(2)).isEqualTo("frame 4");
  }

  @Test
  void framesThatAreNotThereShouldBeRefused() {
    assertThatThrownBy(() -> new FrameSelection(SOURCE, 0, 5))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("frame 5 of 5, numbers 0 to 4");
    assertThatThrownBy(() -> new FrameSelection(SOURCE, -1))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> new FrameSelection(SOURCE))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("no frames");
  }
}
