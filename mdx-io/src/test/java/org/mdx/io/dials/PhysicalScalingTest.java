package org.mdx.io.dials;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.mdx.io.dials.scaling.PhysicalScaling;
import org.mdx.scale.BraggScale;

class PhysicalScalingTest {
  private static final double[] SCALE = {1, 1.3, 0.8, 1.1, 0.9};
  private static final double[] DECAY = {0, -0.4, -0.9};

  @TempDir Path folder;

  private BraggScale writtenAndRead(double width) throws IOException {
    ExperimentList list = ExperimentList.read(ExptFixture.write(folder, ExptFixture.tree()));
    PhysicalScaling model =
        new PhysicalScaling(
            new PhysicalScaling.Values(SCALE, new double[] {1, 2, 3, 4, 5}),
            new PhysicalScaling.Values(DECAY, new double[3]),
            new PhysicalScaling.Values(new double[0], new double[0]),
            0,
            0,
            8,
            12,
            Math.abs(width),
            new double[] {10, 10 + 48 * width},
            new int[] {1, 48},
            new double[] {1, 0});
    Path file = folder.resolve("scaled.expt");
    Dials.withScaling(list, List.of(model)).write(file);
    return Dials.scaling(file).get(0).orElseThrow();
  }

  @ParameterizedTest
  @ValueSource(doubles = {0.5, -0.5})
  void aModelShouldComeBackWhicheverWayTheCrystalTurns(double width) throws IOException {
    BraggScale read = writtenAndRead(width);
    assertThat(read.phi1()).isEqualTo(10 + 48 * width);
    assertThat(read.scale().orElseThrow().phi(0)).isEqualTo(10 - Math.signum(width) * 4);
    assertThat(read.scale().orElseThrow().error(4)).isEqualTo(5);
  }

  @Test
  void theSameFrameShouldHaveTheSameScaleWhicheverWayTheCrystalTurns() throws IOException {
    BraggScale rising = writtenAndRead(0.5);
    BraggScale falling = writtenAndRead(-0.5);
    for (int frame = 0; frame <= 48; frame++) {
      assertThat(falling.scale().orElseThrow().at(10 - frame * 0.5))
          .isEqualTo(rising.scale().orElseThrow().at(10 + frame * 0.5));
      assertThat(falling.decayFactor(10 - frame * 0.5, 2))
          .isEqualTo(rising.decayFactor(10 + frame * 0.5, 2));
    }
  }
}
