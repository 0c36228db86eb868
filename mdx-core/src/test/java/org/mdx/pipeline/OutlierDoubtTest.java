package org.mdx.pipeline;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import org.junit.jupiter.api.Test;
import org.mdx.Mdx;
import org.mdx.image.ImageSeries;
import org.mdx.image.ImageSource;
import org.mdx.image.Pixels;
import org.mdx.sim.SimulatedDetector;
import org.mdx.sim.Simulation;
import org.mdx.sim.SimulationOptions;
import org.mdx.table.OutlierShare;

/** Values that are no counts have errors that are too small, and most of them become outliers. */
class OutlierDoubtTest {
  private static final int UNITS = 1000;

  private static ImageSeries series() {
    return Simulation.of(
            SimulationOptions.demo()
                .withDetector(SimulatedDetector.flat(160, 150, 0.5, 60))
                .withFrames(24, 1, 0.1))
        .sweeps()
        .get(0)
        .series();
  }

  private static ImageSource inUnits(ImageSource source) {
    return new OtherPixels(source) {
      @Override
      public void read(int frame, int[][] into) throws IOException {
        source.read(frame, into);
        for (int i = 0; i < into[0].length; i++) {
          into[0][i] *= into[0][i] == Pixels.MASKED ? 1 : UNITS;
        }
      }
    };
  }

  @Test
  void valuesThatAreNoCountsShouldBeToldByTheirOutliers() {
    ImageSeries counts = series();
    Reduction right = Mdx.sweeps(counts).reduce();
    assertThat(right.notes()).noneMatch(n -> n.contains("are outliers"));
    Reduction wrong = Mdx.sweeps(counts.withSource(inUnits(counts.source()))).reduce();
    assertThat(wrong.notes())
        .anySatisfy(n -> assertThat(n).startsWith("scaling: ").contains("tell the gain"))
        .anySatisfy(n -> assertThat(n).startsWith("merging: ").contains("are outliers"));
    assertThat(wrong.merged().merged().doubt()).isPresent();
  }

  @Test
  void aFifthOfTheObservationsMayBeOutliers() {
    assertThat(OutlierShare.doubt(20, 100)).isEmpty();
    assertThat(OutlierShare.doubt(21, 100).orElseThrow()).contains("21 of 100", "21 %");
    assertThat(OutlierShare.doubt(0, 0)).isEmpty();
  }
}
