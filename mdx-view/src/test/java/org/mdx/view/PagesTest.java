package org.mdx.view;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.mdx.image.ImageSeries;
import org.mdx.math.Mat3;
import org.mdx.math.Vec3;
import org.mdx.peaks.BraggMask;
import org.mdx.peaks.PeakModel;
import org.mdx.sim.SimulatedDetector;

/** The pages in a browser: what is drawn, what is read out, what keys and the mouse do. */
class PagesTest {
  private static final String NAME = "<script>alert(1)</script> \"map\" größe 図.nxs";

  @TempDir private static Path dir;
  private static Viewer viewer;
  private static Browser browser;
  private static ImageSeries images;

  @BeforeAll
  static void start() throws Exception {
    browser = Browser.start(dir);
    images = Samples.sweep(SimulatedDetector.flat(200, 170, 0.5, 80), 12);
    BraggMask mask =
        new BraggMask(
            new PeakModel(new Vec3(0, 0, 0), new Mat3(0.06, 0, 0, 0, 0.06, 0, 0, 0, 0.06)),
            3,
            200,
            false,
            false);
    viewer =
        Viewer.start(
            new ViewContent(
                List.of(Samples.map(NAME), Samples.map("second")),
                List.of(ViewedSweep.of(NAME, images).withMask(mask)),
                List.of(ViewedScaling.of(NAME, Samples.scaling()))),
            ViewerOptions.defaults());
  }

  @AfterAll
  static void stop() throws Exception {
    if (browser != null) {
      browser.close();
    }
    if (viewer != null) {
      viewer.close();
    }
  }

  private static void shoot(String name) throws Exception {
    String folder = System.getProperty("mdx.screenshots");
    if (folder != null) {
      browser.screenshot(Path.of(folder, name));
    }
  }

  @Test
  void mapPage() throws Exception {
    browser.open(viewer.address().toString());
    shoot("map.png");
    assertThat(browser.messages()).isEmpty();
  }

  @Test
  void framesPage() throws Exception {
    browser.open(viewer.address() + "/frames");
    shoot("frames.png");
    assertThat(browser.messages()).isEmpty();
  }

  @Test
  void scalingPage() throws Exception {
    browser.open(viewer.address() + "/scaling");
    shoot("scaling.png");
    assertThat(browser.messages()).isEmpty();
  }
}
