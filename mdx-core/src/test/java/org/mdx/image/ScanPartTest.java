package org.mdx.image;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;
import org.mdx.geometry.Geometry;
import org.mdx.geometry.Scan;
import org.mdx.sim.SimulatedDetector;
import org.mdx.sim.Simulation;
import org.mdx.sim.SimulationOptions;

/** A stretch of the images of a sweep. */
class ScanPartTest {
  private final ImageSeries all =
      Simulation.of(
              SimulationOptions.demo()
                  .withDetector(SimulatedDetector.flat(20, 20, 3, 80))
                  .withFrames(12, 0.5, 0.04))
          .sweeps()
          .get(0)
          .series();

  @Test
  void imagesShouldKeepNumbersAndAngles() throws Exception {
    Scan scan = all.geometry().scan();
    Scan part = scan.part(5, 9);
    assertThat(part.firstImage()).isEqualTo(scan.firstImage() + 5);
    assertThat(part.frames()).isEqualTo(4);
    assertThat(part.phi(2)).isCloseTo(scan.phi(7), within(1e-9));
    assertThat(part.exposure(1)).isEqualTo(scan.exposure(6));
    ImageSeries some = all.ofScan(all.geometry().withScan(part));
    int[][] own = {new int[400]};
    int[][] whole = {new int[400]};
    some.source().read(1, own);
    all.source().read(6, whole);
    assertThat(own[0]).isEqualTo(whole[0]);
    assertThat(all.ofScan(all.geometry()).frames()).isEqualTo(12);
  }

  @Test
  void otherImagesShouldBeRefused() {
    Scan scan = all.geometry().scan();
    assertThatThrownBy(() -> scan.part(5, 13)).hasMessageContaining("12");
    assertThatThrownBy(() -> scan.part(5, 5)).hasMessageContaining("5 to 5");
    Scan part = scan.part(5, 9);
    Scan elsewhere =
        Scan.ofUnknownExposure(part.firstImage(), part.start() + 1, part.width(), part.frames());
    Geometry other = all.geometry().withScan(elsewhere);
    assertThatThrownBy(() -> all.ofScan(other)).hasMessageContaining("one sweep");
  }
}
