package org.mdx.microed.blanks;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.mdx.io.dials.ColumnType;
import org.mdx.io.dials.DialsData;
import org.mdx.io.dials.ExperimentList;
import org.mdx.io.dials.ImageRange;
import org.mdx.io.dials.ReflectionColumn;
import org.mdx.io.dials.ReflectionTable;
import org.mdx.reflection.ReflectionFlag;

/** Two experiments of 20 images of 1°, the first one blank from image 11 on. */
class BlankFilterTest {
  @TempDir Path folder;

  private final List<double[]> rows = new ArrayList<>();

  /** A reflection of an experiment on an image, counted from 0, with I/σ if it is integrated. */
  private void add(int id, int image, ReflectionFlag flag, double misigma) {
    rows.add(new double[] {id, image + 0.5, flag.mask(), misigma});
  }

  private DialsData data() throws IOException {
    Path expt = folder.resolve("two.expt");
    Files.writeString(
        expt,
        """
        {"__id__": "ExperimentList",
         "experiment": [
           {"__id__": "Experiment", "identifier": "a", "scan": 0},
           {"__id__": "Experiment", "identifier": "b", "scan": 0}],
         "scan": [{"image_range": [1, 20], "batch_offset": 0, "oscillation": [5.0, 1.0],
                   "exposure_time": [1.0], "epochs": [0.0], "valid_image_ranges": {}}]}
        """);
    int n = rows.size();
    long[] id = new long[n];
    long[] flags = new long[n];
    double[] xyz = new double[3 * n];
    double[] value = new double[n];
    double[] variance = new double[n];
    for (int i = 0; i < n; i++) {
      double[] row = rows.get(i);
      id[i] = (long) row[0];
      xyz[3 * i + 2] = row[1];
      flags[i] = (long) row[2];
      value[i] = row[3] * 2;
      variance[i] = 4;
    }
    ReflectionTable table =
        ReflectionTable.of(
            n,
            Map.of(0L, "a", 1L, "b"),
            Map.of(
                "id", ReflectionColumn.ofIntegers(ColumnType.INT, id),
                "flags", ReflectionColumn.ofIntegers(ColumnType.SIZE_T, flags),
                "xyzobs.px.value", ReflectionColumn.ofDoubles(ColumnType.VEC3, xyz),
                "intensity.prf.value", ReflectionColumn.ofDoubles(ColumnType.DOUBLE, value),
                "intensity.prf.variance", ReflectionColumn.ofDoubles(ColumnType.DOUBLE, variance)));
    return new DialsData(ExperimentList.read(expt), table);
  }

  @Test
  void experimentsShouldBeCutApartFromEachOther() throws IOException {
    for (int image = 0; image < 20; image++) {
      for (int k = 0; k < 10; k++) {
        if (image < 10 || k == 0 && image % 2 == 0) {
          add(0, image, ReflectionFlag.STRONG, 0);
        }
        add(1, image, ReflectionFlag.STRONG, 0);
      }
    }
    FilteredSweeps found = BlankFilter.of(BlankOptions.defaults()).filter(data());
    assertThat(found.verdicts().get(0).kept()).contains(new ImageRange(1, 10));
    assertThat(found.verdicts().get(1).kept()).contains(new ImageRange(1, 20));
    DialsData kept = found.notBlank().orElseThrow();
    assertThat(kept.experiments().images(0)).contains(new ImageRange(1, 10));
    assertThat(kept.experiments().images(1)).contains(new ImageRange(1, 20));
    assertThat(kept.reflections().whereExperiments(0).rows()).isEqualTo(100);
    assertThat(kept.reflections().whereExperiments(1).rows()).isEqualTo(200);
  }

  @Test
  void weakIntensitiesShouldBeBlankAlthoughThereAreManyReflections() throws IOException {
    for (int image = 0; image < 20; image++) {
      add(0, image, ReflectionFlag.INTEGRATED, image < 6 ? 0.5 : 10);
      add(1, image, ReflectionFlag.INTEGRATED, 3);
    }
    FilteredSweeps found = BlankFilter.of(BlankOptions.defaults()).filter(data());
    assertThat(found.verdicts().get(0).kept()).contains(new ImageRange(7, 20));
    assertThat(found.verdicts().get(0).criteria().get(0).bins().get(3).value()).isEqualTo(10);
  }

  @Test
  void experimentsWithFewReflectionsLeftShouldBeDropped() throws IOException {
    for (int image = 0; image < 20; image++) {
      if (image < 10) {
        add(0, image, ReflectionFlag.STRONG, 0);
      }
      add(1, image, ReflectionFlag.STRONG, 0);
    }
    BlankOptions options = BlankOptions.defaults().minReflections(15);
    FilteredSweeps found = BlankFilter.of(options).filter(data());
    assertThat(found.verdicts().get(0).kept()).isEmpty();
    DialsData kept = found.notBlank().orElseThrow();
    assertThat(kept.experiments().size()).isEqualTo(1);
    assertThat(kept.experiments().identifier(0)).isEqualTo("b");
    assertThat(kept.reflections().rows()).isEqualTo(20);
    assertThat(kept.reflections().column("id").integer(0)).isZero();
    options = options.minReflections(30);
    assertThat(BlankFilter.of(options).filter(data()).notBlank()).isEmpty();
  }

  @Test
  void tablesThatTellNothingShouldBeRefused() throws IOException {
    add(0, 1, ReflectionFlag.PREDICTED, 0);
    add(1, 1, ReflectionFlag.STRONG, 0);
    DialsData data = data();
    assertThatThrownBy(() -> BlankFilter.of(BlankOptions.defaults()).filter(data))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("experiment 0 has 1 reflections, none of them strong");
  }

  @Test
  void impossibleOptionsShouldBeRefused() {
    assertThatThrownBy(() -> BlankOptions.defaults().phiStep(0))
        .hasMessageContaining("step of 0.0°");
    assertThatThrownBy(() -> BlankOptions.defaults().countsFractionalLoss(1.5))
        .hasMessageContaining("countsFractionalLoss=1.5");
    assertThatThrownBy(() -> BlankOptions.defaults().misigmaFractionalLoss(Double.NaN))
        .hasMessageContaining("misigmaFractionalLoss=NaN");
  }
}
