package org.mdx.io.sim;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.mdx.geometry.Scan;
import org.mdx.image.ImageSeries;
import org.mdx.io.dials.Dials;
import org.mdx.io.dials.DialsExperiment;
import org.mdx.io.dials.ReflectionFile;
import org.mdx.parallel.Parallel;
import org.mdx.parallel.Progress;
import org.mdx.reflection.ReflectionKeys;
import org.mdx.reflection.Reflections;
import org.mdx.sim.bragg.BraggOptions;
import org.mdx.sim.bragg.Camera;
import org.mdx.sim.bragg.SpotSweep;
import org.mdx.sim.bragg.SweepKind;
import org.mdx.sim.bragg.TruthKeys;

class SpotSweepWriterTest {

  private static BraggOptions small() {
    double[] exposures = new double[2];
    Arrays.fill(exposures, 0.1);
    return SweepKind.TWO_LATTICES.options(3).withScan(new Scan(1, 10, 0.5, exposures));
  }

  @Test
  void whatIsWrittenShouldBeReadAsItWas(@TempDir Path folder) throws Exception {
    SpotSweep sweep = SpotSweep.of(small());
    BraggFiles files = SpotSweepWriter.write(sweep, folder, Parallel.of(2), Progress.NONE);
    ImageSeries images = Dials.read(files.imported());
    assertThat(images.geometry().crystal()).isEmpty();
    int[][] read = {new int[sweep.width(0) * sweep.height(0)]};
    int[][] made = {new int[sweep.width(0) * sweep.height(0)]};
    images.source().read(1, read);
    sweep.read(1, made);
    assertThat(read[0]).isEqualTo(made[0]);
    List<DialsExperiment> truth = Dials.experiments(files.truth());
    assertThat(truth).hasSize(2);
    assertThat(truth.get(0).geometry().detector().panels().get(0).origin())
        .isNotEqualTo(images.geometry().detector().panels().get(0).origin());
    Reflections spots = ReflectionFile.readReflections(files.spots());
    assertThat(spots.size()).isEqualTo(sweep.spots().size());
    assertThat(spots.identifiers()).containsEntry(1, truth.get(1).identifier());
    assertThat(spots.value(ReflectionKeys.XYZCAL_PX, 7, 0)).isEqualTo(sweep.spots().get(7).px());
    assertThat(spots.value(TruthKeys.COUNTS, 7, 0)).isEqualTo(sweep.spots().get(7).counts());
  }

  @Test
  void floatingPointValuesShouldBeRefused(@TempDir Path folder) {
    SpotSweep sweep = SpotSweep.of(small().withCamera(new Camera(Camera.Values.FLOAT, 2, 10, 0.5)));
    assertThatThrownBy(() -> SpotSweepWriter.write(sweep, folder, Parallel.of(1), Progress.NONE))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("floating-point");
    assertThat(folder).isEmptyDirectory();
  }
}
