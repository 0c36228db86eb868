package org.mdx.bragg.study;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.mdx.bragg.process.DataSet;
import org.mdx.bragg.symmetry.FoundCosym;

/** Crystals of one cell and two kinds of intensities, whose truth the simulation knows. */
class TwoKindsTest {
  @ParameterizedTest
  @CsvSource({"30, 4, 3", "100, 1.2, 2.6"})
  void anotherKindOfCrystalShouldNotHideTheSymmetryOfTheFirst(
      int sweeps, double degrees, double dMin) {
    List<DataSet> sets = IntensityStudy.twoKinds(sweeps, degrees, dMin);
    assertThat(sets.stream().map(s -> s.merged().spaceGroup().hermannMauguin()))
        .containsOnly("P 21 3");
    DataSet first =
        sets.stream().filter(s -> s.name().equals("cluster_1")).findFirst().orElseThrow();
    assertThat(first.sweeps()).hasSize(sweeps * 4 / 5).allMatch(i -> i % 5 != 4);
    assertThat(first.merged().overall().rMeas()).isLessThan(0.05);
  }

  @Test
  void sweepsThatShareTooLittleToTellTheirSettingsApartShouldBeNamed() {
    FoundCosym narrow = IntensityStudy.rightAngles(40, 1);
    assertThat(narrow.symmetry().notes()).anyMatch(n -> n.contains("indexed otherwise"));
    FoundCosym wide = IntensityStudy.rightAngles(8, 20);
    assertThat(wide.symmetry().notes()).noneMatch(n -> n.contains("indexed otherwise"));
  }
}
