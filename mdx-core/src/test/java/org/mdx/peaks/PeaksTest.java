package org.mdx.peaks;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.mdx.Mdx;
import org.mdx.geometry.Geometry;
import org.mdx.geometry.Goniometer;
import org.mdx.image.ImageSeries;
import org.mdx.sim.Simulation;
import org.mdx.sim.SimulationOptions;

class PeaksTest {
  private static Peaks peaks(ImageSeries images) {
    return Mdx.sweeps(images).findPeaks(p -> p.findCountThreshold()).peaks().get(0);
  }

  @Test
  void aWrongSenseOfRotationShouldBeDoubted() {
    ImageSeries images =
        Simulation.of(SimulationOptions.demo().withFrames(40, 0.5, 0.2)).sweeps().get(0).series();
    assertThat(peaks(images).doubt()).isEmpty();
    Geometry g = images.geometry();
    Goniometer turned =
        new Goniometer(
            g.goniometer().axis().times(-1),
            g.goniometer().fixedRotation(),
            g.goniometer().settingRotation());
    ImageSeries wrong =
        images.withGeometry(
            new Geometry(g.beam(), g.detector(), turned, g.scan(), g.crystal().orElseThrow()));
    assertThat(peaks(wrong).doubt().orElseThrow()).contains("do not gather");
  }
}
