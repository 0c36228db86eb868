package org.mdx.bragg.study;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.mdx.bragg.process.DataSet;

/** Crystals of one cell and two kinds of intensities, whose truth the simulation knows. */
class TwoKindsTest {
  @Test
  void anotherKindOfCrystalShouldNotHideTheSymmetryOfTheFirst() {
    List<DataSet> sets = IntensityStudy.twoKinds(30, 4, 3);
    assertThat(sets.stream().map(s -> s.merged().spaceGroup().hermannMauguin()))
        .containsOnly("P 21 3");
    DataSet first =
        sets.stream().filter(s -> s.name().equals("cluster_1")).findFirst().orElseThrow();
    assertThat(first.sweeps()).hasSize(24).allMatch(i -> i % 5 != 4);
    assertThat(first.merged().overall().rMeas()).isLessThan(0.05);
  }
}
