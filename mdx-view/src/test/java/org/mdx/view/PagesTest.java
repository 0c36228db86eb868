package org.mdx.view;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.mdx.crystal.ReciprocalAsu;
import org.mdx.figures.ColourMap;
import org.mdx.figures.ColourScale;
import org.mdx.image.ImageSeries;
import org.mdx.math.Mat3;
import org.mdx.math.Vec3;
import org.mdx.peaks.BraggMask;
import org.mdx.peaks.PeakModel;
import org.mdx.sim.SimulatedDetector;
import org.mdx.table.HKLTable;

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

  private static void noMessages() {
    assertThat(browser.messages()).isEmpty();
  }

  /** The colour that Java gives a value between the page's limits. */
  private static int colour(ColourMap map, double value) throws Exception {
    JsonNode limits = browser.evaluate("[mdx.page.limits.min, mdx.page.limits.max]");
    return map.rgb(
        new ColourScale(limits.get(0).asDouble(), limits.get(1).asDouble()).fraction(value));
  }

  private static void assertColour(int found, int expected) {
    for (int shift = 0; shift <= 16; shift += 8) {
      // the page's table has 4096 colours
      assertThat((double) (found >> shift & 255))
          .as("%06x for %06x", found, expected)
          .isCloseTo(expected >> shift & 255, within(1.0));
    }
  }

  /** Where the centre of a voxel lies on a plane, in pixels of its element. */
  private static double[] place(int view, double u, double v) throws Exception {
    JsonNode at = browser.evaluate("mdx.page.first.views[" + view + "].place(" + u + "," + v + ")");
    return new double[] {at.get(0).asDouble(), at.get(1).asDouble()};
  }

  @Test
  void voxelsShouldHaveTheColoursThatJavaGivesThem() throws Exception {
    browser.open(viewer.address().toString());
    shoot("map.png");
    double[][] voxels = {{0, 0}, {1, 2}, {-2, 1 / 3.0}, {7 / 3.0, -4}, {-3, -2 / 3.0}};
    for (double[] v : voxels) {
      double[] at = place(2, v[0], v[1]);
      // the cross lies on another canvas
      int found = browser.pixel("plane-l-values", (int) at[0], (int) at[1]);
      assertColour(found, colour(ColourMap.VIRIDIS, Samples.intensity(v[0], v[1], 0)));
    }
    double[] outside = place(2, 40, 0);
    assertThat(outside[0]).isGreaterThan(0);
    assertColour(browser.pixel("plane-l-values", 2, 2), ColourMap.VIRIDIS.unmeasured());
    noMessages();
  }

  @Test
  void planesShouldHaveTheCrystalsAngles() throws Exception {
    browser.open(viewer.address().toString());
    // γ* of a hexagonal cell is 60°, a* = b* = 2/(a√3), c* = 1/c
    double[] o = place(2, 0, 0);
    double[] h = place(2, 3, 0);
    double[] k = place(2, 0, 3);
    double angle = Math.atan2(o[1] - k[1], k[0] - o[0]) - Math.atan2(o[1] - h[1], h[0] - o[0]);
    assertThat(Math.toDegrees(angle)).isCloseTo(60, within(1e-6));
    assertThat(Math.hypot(k[0] - o[0], k[1] - o[1])).isCloseTo(h[0] - o[0], within(1e-6));
    double[] l0 = place(1, 0, 0);
    double[] l = place(1, 0, 3);
    double[] h1 = place(1, 3, 0);
    assertThat((h1[0] - l0[0]) / (l0[1] - l[1]))
        .isCloseTo(2 / (30 * Math.sqrt(3)) * 48, within(1e-6));
  }

  @Test
  void theReadOutShouldHaveTheNumbersOfTheTable() throws Exception {
    browser.open(viewer.address().toString());
    HKLTable table = Samples.table();
    ReciprocalAsu asu = Samples.GROUP.asu().subdivided(3, 3, 3);
    Map<String, int[]> voxels = new LinkedHashMap<>();
    voxels.put("1 1/3   1 2/3   0", new int[] {4, 5, 0});
    voxels.put("−2 1/3   1   0", new int[] {-7, 3, 0});
    voxels.put("3   −1   0", new int[] {9, -3, 0});
    for (Map.Entry<String, int[]> e : voxels.entrySet()) {
      int[] v = e.getValue();
      double[] at = place(2, v[0] / 3.0, v[1] / 3.0);
      browser.mouse("mouseMoved", "plane-l", at[0], at[1], Map.of());
      browser.until(
          "document.getElementById('read-sigma')"
              + " && document.getElementById('read-fractions').textContent === '"
              + e.getKey()
              + "'");
      ReciprocalAsu.Mapped m = asu.map(v[0], v[1], v[2]);
      int row = table.find(m.h(), m.k(), m.l());
      assertThat(read("intensity")).isCloseTo(table.intensity(row), within(2e-5 * 30));
      assertThat(read("sigma")).isEqualTo(table.intensityError(row));
      assertThat(read("count")).isEqualTo(table.column("count").get(row));
      assertThat(read("half_0"))
          .isCloseTo(table.column("group_0_intensity").get(row), within(6e-4));
      double s = Samples.CELL.reciprocal().times(new Vec3(v[0] / 3.0, v[1] / 3.0, 0)).norm();
      assertThat(number(browser.text("read-s").split(" ")[0])).isCloseTo(s, within(1e-6));
      assertThat(number(browser.text("read-d").split(" ")[0])).isCloseTo(1 / s, within(1e-4));
    }
    assertThat(browser.text("read-nearest")).isEqualTo("3 -1 0");
    assertThat(browser.text("read-kind")).isEqualTo("halo");
    assertThat(browser.text("read-equivalents")).isEqualTo("6");
    noMessages();
  }

  private static double read(String id) throws Exception {
    return number(browser.text("read-" + id));
  }

  private static double number(String text) {
    return Double.parseDouble(text.replace('−', '-'));
  }

  @Test
  void keysWheelAndFieldsShouldStepZoomAndSetLimits() throws Exception {
    browser.open(viewer.address().toString());
    assertThat(browser.text("plane-l-title")).isEqualTo("l = 0");
    browser.evaluate("document.getElementById('plane-l').focus()");
    browser.key("PageUp");
    browser.until("document.getElementById('plane-l-title').textContent === 'l = 0.3333'");
    double[] at = place(2, 1, 1);
    assertColour(
        browser.pixel("plane-l-values", (int) at[0], (int) at[1]),
        colour(ColourMap.VIRIDIS, Samples.intensity(1, 1, 1 / 3.0)));
    browser.mouse("mouseWheel", "plane-l", at[0], at[1], Map.of("deltaX", 0, "deltaY", 120));
    browser.until("document.getElementById('plane-l-title').textContent === 'l = 0'");
    double before = place(2, 1, 1)[0] - place(2, 0, 1)[0];
    browser.mouse(
        "mouseWheel", "plane-l", at[0], at[1], Map.of("deltaX", 0, "deltaY", -300, "modifiers", 2));
    browser.until("mdx.page.first.views[2].zoom > 2.5");
    double after = place(2, 1, 1)[0] - place(2, 0, 1)[0];
    assertThat(after / before).isCloseTo(Math.E, within(1e-6));
    browser.enter("map-max", "12.5");
    browser.enter("map-min", "2.5");
    at = place(2, 1, 1);
    assertThat(browser.evaluate("mdx.page.limits.max").asDouble()).isEqualTo(12.5);
    assertColour(
        browser.pixel("plane-l-values", (int) at[0], (int) at[1]),
        ColourMap.VIRIDIS.rgb((Samples.intensity(1, 1, 0) - 2.5) / 10));
    browser.enter("map-column", "half_difference");
    browser.until("mdx.page.limits.map === 'coolwarm'");
    assertThat(browser.evaluate("mdx.page.limits.min + mdx.page.limits.max").asDouble()).isZero();
    noMessages();
  }

  @Test
  void aLineCutShouldHoldTheVoxelsOnItsWay() throws Exception {
    browser.open(viewer.address().toString());
    browser.enter("line-from", "-2,1,0");
    browser.enter("line-to", "2,1,0");
    browser.evaluate("document.getElementById('line-cut').click()");
    browser.until("mdx.page.cutRows");
    String csv = browser.evaluate("mdx.page.csv()").asText();
    String[] lines = csv.strip().split("\n");
    assertThat(lines[0]).isEqualTo("h,k,l,s,intensity");
    assertThat(lines).hasSize(1 + 25); // 4 units of 3 voxels at half steps, and the end
    for (int i = 1; i < lines.length; i++) {
      String[] cells = lines[i].split(",");
      double h3 = -6 + (i - 1) / 2.0;
      assertThat(Double.parseDouble(cells[0])).isCloseTo(h3 / 3, within(1e-6));
      // a sample between two voxels belongs to either
      float low = Samples.intensity(Math.floor(h3) / 3, 1, 0);
      float high = Samples.intensity(Math.ceil(h3) / 3, 1, 0);
      double value = Double.parseDouble(cells[4]);
      assertThat(Math.min(Math.abs(value - low), Math.abs(value - high))).isLessThan(1e-4);
    }
    double share =
        browser
            .evaluate(
                "(() => {const c = document.getElementById('line-chart'); const g = new"
                    + " OffscreenCanvas(c.width, c.height).getContext('2d'); g.drawImage(c, 0, 0);"
                    + " const d = g.getImageData(0, 0, c.width, c.height).data; let n = 0; for (let"
                    + " i = 0; i < d.length; i += 4) { n += d[i] < 100 && d[i + 2] > 120;} return n"
                    + " / (d.length / 4);})()")
            .asDouble();
    assertThat(share).as("share of the line's ink").isGreaterThan(0.001);
    noMessages();
  }

  @Test
  void theDifferenceOfEqualMapsShouldBeZero() throws Exception {
    browser.open(viewer.address().toString());
    browser.enter("map-mode", "difference");
    browser.until("mdx.page.mode === 'difference' && mdx.page.limits.map === 'coolwarm'");
    double most =
        browser
            .evaluate(
                "Math.max(...mdx.page.loaded[0][2].values.filter(v => v === v).map(Math.abs))")
            .asDouble();
    assertThat(most).isZero();
    noMessages();
  }

  @Test
  void namesShouldBeShownAsText() throws Exception {
    browser.open(viewer.address().toString());
    assertThat(browser.evaluate("document.querySelector('select option').textContent").asText())
        .isEqualTo(NAME);
    browser.open(viewer.address() + "/scaling");
    assertThat(browser.evaluate("document.querySelector('h2').textContent").asText())
        .isEqualTo(NAME);
    assertThat(browser.evaluate("document.scripts.length").asInt()).isEqualTo(1);
    shoot("scaling.png");
    noMessages();
  }

  /** An empty chart must fail: its share of pixels that are not white is that of its frame. */
  @Test
  void chartsOfTheScalingPageShouldNotBeEmpty() throws Exception {
    browser.open(viewer.address() + "/scaling");
    JsonNode shares =
        browser.evaluate(
            "[...document.querySelectorAll('.term canvas')].map(c => { const g = new"
                + " OffscreenCanvas(c.width, c.height).getContext('2d'); g.drawImage(c, 0, 0);"
                + " const d = g.getImageData(0, 0, c.width, c.height).data; let n = 0; for (let i ="
                + " 0; i < d.length; i += 4) { n += Math.max(d[i], d[i + 1], d[i + 2]) -"
                + " Math.min(d[i], d[i + 1], d[i + 2]) > 60;} return n / (d.length / 4);})");
    assertThat(shares).hasSize(4);
    assertThat(shares.get(0).asDouble()).as("line of b, in colour").isGreaterThan(0.004);
    for (int i = 1; i < 4; i++) {
      assertThat(shares.get(i).asDouble()).as("heat " + i).isGreaterThan(0.4);
    }
    noMessages();
  }

  @Test
  void framesShouldShowCountsAndPlaces() throws Exception {
    browser.open(viewer.address() + "/frames");
    shoot("frames.png");
    int[][] pixels = {new int[200 * 170]};
    images.source().read(0, pixels);
    for (int[] p : new int[][] {{20, 30}, {150, 90}, {101, 141}}) {
      hoverPixel(p[0], p[1]);
      int v = pixels[0][p[1] * 200 + p[0]];
      assertThat(number(browser.text("pixel-counts").split(" ")[0])).isEqualTo(v);
      Vec3 s = images.geometry().scatteringVector(0, p[0] + 0.5, p[1] + 0.5);
      assertThat(number(browser.text("pixel-d").split(" ")[0]))
          .isCloseTo(1 / s.norm(), within(2e-3)); // the mouse knows whole pixels of the screen
      Vec3 hkl =
          images.geometry().millerIndex(0, images.geometry().scan().phi(0), p[0] + 0.5, p[1] + 0.5);
      String[] shown = browser.text("pixel-hkl").split(" +");
      assertThat(number(shown[0])).isCloseTo(hkl.x(), within(2e-2));
      assertThat(number(shown[2])).isCloseTo(hkl.z(), within(2e-2));
    }
    browser.evaluate("document.getElementById('frame-next').click()");
    browser.until("document.getElementById('frame-title').textContent.startsWith('image 2,')");
    images.source().read(1, pixels);
    hoverPixel(77, 66);
    assertThat(number(browser.text("pixel-counts").split(" ")[0]))
        .isEqualTo(pixels[0][66 * 200 + 77]);
    noMessages();
  }

  private static void hoverPixel(int x, int y) throws Exception {
    JsonNode at = browser.evaluate("mdx.page.toScreen(" + (x + 0.5) + "," + (y + 0.5) + ")");
    browser.mouse("mouseMoved", "frame", at.get(0).asDouble(), at.get(1).asDouble(), Map.of());
    browser.until(
        "document.getElementById('pixel-xy')?.textContent === '"
            + x
            + ", "
            + y
            + "'"
            + " && document.getElementById('pixel-counts').textContent !== '…'");
  }

  @Test
  void masksSpotsAndSumsShouldBeDrawn() throws Exception {
    browser.open(viewer.address() + "/frames");
    for (String box : List.of("show-bragg", "show-predicted", "show-ice")) {
      browser.evaluate("document.getElementById('" + box + "').click()");
    }
    browser.until("mdx.page.spots && mdx.page.picture.length && mdx.page.picture[0].mask");
    assertThat(browser.evaluate("mdx.page.spots.predicted.length").asInt()).isGreaterThan(5);
    browser.enter("frame-count", "3");
    browser.until("document.getElementById('frame-title').textContent.startsWith('image 1 to 3')");
    browser.evaluate("mdx.page.zoomAt(450, 400, 8)");
    browser.until("mdx.page.view.zoom > 26");
    browser.ready();
    shoot("frames-zoom.png");
    noMessages();
  }
}
