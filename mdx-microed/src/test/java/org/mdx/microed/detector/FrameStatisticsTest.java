package org.mdx.microed.detector;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

class FrameStatisticsTest {
  @Test
  void numbersShouldBeThoseThatOneFindsByHand() {
    FrameStatistics f = FrameStatistics.of(3, new int[] {7, -5, 1, 1});
    assertThat(f.minimum()).isEqualTo(-5);
    assertThat(f.median()).isEqualTo(1);
    // mean 1, squares 36 + 36 + 0 + 0
    assertThat(f.rms()).isCloseTo(Math.sqrt(18), within(1e-12));
    assertThat(FrameStatistics.of(0, new int[] {4, 1, 2, 9}).median()).isEqualTo(3);
    assertThat(FrameStatistics.of(0, new int[] {9, 2, 3}).median()).isEqualTo(3);
    assertThat(FrameStatistics.of(0, new int[0]).median()).isNaN();
    // the middle of two large values is beyond the range of an int
    assertThat(FrameStatistics.of(0, new int[] {2147483000, 2147483002}).median())
        .isEqualTo(2147483001.0);
  }
}
