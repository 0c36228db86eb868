package org.mdx.microed.blanks;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.mdx.io.dials.ImageRange;

class SweepVerdictTest {
  private static SweepVerdict verdict(int first, int images, double[]... criteria) {
    return SweepVerdict.of(
        "id",
        new ImageRange(first, first + images - 1),
        Arrays.stream(criteria)
            .map(values -> BlankCriterion.of("strong", 1, images, values, 0.1))
            .toList());
  }

  @Test
  void theLongestStretchShouldBeKept() {
    SweepVerdict v = verdict(1, 10, new double[] {5, 0, 9, 9, 9, 1, 0, 9, 9, 0.9});
    assertThat(v.kept()).contains(new ImageRange(3, 6));
  }

  @Test
  void ofStretchesAsLongTheFirstShouldBeKept() {
    assertThat(verdict(1, 5, new double[] {9, 9, 0, 9, 9}).kept()).contains(new ImageRange(1, 2));
  }

  @Test
  void scansThatBeginLaterShouldKeepTheirNumbers() {
    assertThat(verdict(31, 4, new double[] {0, 9, 9, 9}).kept()).contains(new ImageRange(32, 34));
  }

  @Test
  void anImageShouldBeBlankIfOneCriterionSaysSo() {
    SweepVerdict v =
        verdict(1, 6, new double[] {0, 9, 9, 9, 9, 9}, new double[] {9, 9, 9, 9, 0, 0});
    assertThat(v.kept()).contains(new ImageRange(2, 4));
  }

  @Test
  void aLoneBlankBinAtTheEndShouldCount() {
    assertThat(verdict(1, 4, new double[] {9, 9, 9, 0}).kept()).contains(new ImageRange(1, 3));
  }

  @Test
  void binsOfUnevenWidthShouldTakeWholeImages() {
    // two bins of 2.5 images: the third image is partly blank
    SweepVerdict v = verdict(1, 5, new double[] {9, 0});
    assertThat(v.criteria().get(0).blankImages(v.images()))
        .isEqualTo(List.of(new ImageRange(3, 5)));
    assertThat(v.kept()).contains(new ImageRange(1, 2));
  }

  @Test
  void sweepsWithoutAnySignalShouldKeepNothing() {
    assertThat(verdict(1, 3, new double[] {0, 0, 0}).kept()).isEmpty();
  }
}
