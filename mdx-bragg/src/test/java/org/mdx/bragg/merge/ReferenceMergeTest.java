package org.mdx.bragg.merge;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.mdx.bragg.BraggData;
import org.mdx.geometry.Geometry;
import org.mdx.io.dials.Dials;
import org.mdx.io.dials.DialsExperiment;
import org.mdx.io.dials.ReflectionFile;
import org.mdx.reflection.Reflections;

/** The table of dials.scale 3.12 beside ours, of its own scaled reflections and of ours. */
class ReferenceMergeTest {

  private static Path folder() {
    Path folder = Path.of(System.getProperty("mdx.reference", "absent"), "dials", "multi");
    Assumptions.assumeTrue(Files.exists(folder), "skipped: no reference data " + folder);
    return folder;
  }

  private static List<Geometry> geometries(Path list) throws IOException {
    return Dials.experiments(list).stream().map(DialsExperiment::geometry).toList();
  }

  /** Rows of numbers: d_max d_min obs unique mult comp I I/σ R_merge R_meas R_pim R_anom CC½ … */
  private static List<double[]> table() throws IOException {
    return Files.readAllLines(folder().resolve("dials.scale.log")).stream()
        .map(line -> line.strip().replace("*", "").split("\\s+"))
        .filter(w -> w.length == 14 && w[0].matches("[0-9.]+"))
        .map(w -> java.util.Arrays.stream(w).mapToDouble(Double::parseDouble).toArray())
        .toList();
  }

  @Test
  void tableShouldBeThatOfDials() throws IOException {
    Path f = folder();
    Reflections r = ReflectionFile.readReflections(f.resolve("scaled.refl"));
    // DIALS does not count the errors of the scales in I/σ
    MergeOptions options = MergeOptions.defaults().scaleErrors(false);
    Merged m = Merger.merge(geometries(f.resolve("scaled.expt")), r, options);
    List<double[]> rows = table();
    assertThat(rows).hasSize(21);
    for (int i = 0; i < 21; i++) {
      MergeShell s = i < 20 ? m.shells().get(i) : m.overall();
      double[] d = rows.get(i);
      assertThat((double) s.observations()).isCloseTo(d[2], within(1.0));
      assertThat((double) s.unique()).isEqualTo(d[3]);
      assertThat(100 * s.completeness()).isCloseTo(d[5], within(0.006));
      assertThat(s.meanI()).isCloseTo(d[6], within(1e-3 * d[6]));
      assertThat(s.iOverSigma()).isCloseTo(d[7], within(0.06));
      assertThat(s.rMerge()).isCloseTo(d[8], within(6e-4));
      assertThat(s.rMeas()).isCloseTo(d[9], within(6e-4));
      assertThat(s.rPim()).isCloseTo(d[10], within(6e-4));
      // random halves of few reflections scatter
      assertThat(s.ccHalf()).isCloseTo(d[12], within(s.unique() > 30 ? 0.0015 : 0.005));
    }
  }

  @Test
  void scalingShouldBeAsGoodAsThatOfDials() throws IOException {
    Path f = folder();
    Reflections r = ReflectionFile.readReflections(f.resolve("symmetrized.refl"));
    BraggData scaled = BraggData.of(geometries(f.resolve("symmetrized.expt")), r).scale();
    Merged m = scaled.merge();
    double[] d = table().get(20);
    assertThat(m.overall().ccHalf()).isCloseTo(d[12], within(0.002));
    assertThat(m.overall().rMeas()).isLessThanOrEqualTo(d[9]);
    assertThat((double) m.overall().observations()).isCloseTo(d[2], within(0.01 * d[2]));
    assertThat(scaled.scaled().orElseThrow().shells())
        .allMatch(w -> w.width() > 0.9 && w.width() < 1.2);
  }
}
