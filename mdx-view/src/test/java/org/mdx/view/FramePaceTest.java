package org.mdx.view;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.io.TempDir;
import org.mdx.image.ImageSeries;
import org.mdx.image.ImageSource;
import org.mdx.image.PixelMask;
import org.mdx.sim.SimulatedDetector;

/**
 * How long the page takes to the next frame of six megapixels, the frame decoded already: {@code
 * -Dmdx.pace=true}, on a machine that has nothing else to do.
 */
@EnabledIfSystemProperty(named = "mdx.pace", matches = "true")
class FramePaceTest {
  private static final int WIDTH = 2463;
  private static final int HEIGHT = 2527;
  private static final int FRAMES = 9;

  @TempDir private Path dir;

  /** Counts like those of a PILATUS 6M: a background, spots, and gaps between modules. */
  private record SixMegapixels() implements ImageSource {

    @Override
    public int frames() {
      return FRAMES;
    }

    @Override
    public int panels() {
      return 1;
    }

    @Override
    public int width(int panel) {
      return WIDTH;
    }

    @Override
    public int height(int panel) {
      return HEIGHT;
    }

    @Override
    public void read(int frame, int[][] into) {
      Random random = new Random(frame);
      int[] pixels = into[0];
      for (int i = 0; i < pixels.length; i++) {
        boolean gap = i % WIDTH % 494 > 486 || i / WIDTH % 212 > 194;
        pixels[i] = gap ? -1 : random.nextInt(25);
      }
      for (int n = 0; n < 400; n++) {
        pixels[random.nextInt(pixels.length)] = 100 + random.nextInt(50_000);
      }
    }

    @Override
    public String describe(int frame) {
      return "frame " + frame;
    }
  }

  private static ImageSeries images() {
    ImageSeries small = Samples.sweep(SimulatedDetector.flat(WIDTH, HEIGHT, 0.172, 300), FRAMES);
    return new ImageSeries(
        small.geometry(), new SixMegapixels(), List.of(PixelMask.none(WIDTH, HEIGHT)));
  }

  /** Of a page that is open: another sweep of which nothing is decoded. */
  @Test
  void theFirstPictureShouldTakeTwiceTheDecodingAndThreeTenths() throws Exception {
    ImageSeries images = images();
    int[][] pixels = {new int[WIDTH * HEIGHT]};
    long decode = Long.MAX_VALUE;
    for (int i = 0; i < 3; i++) {
      long start = System.nanoTime();
      images.source().read(0, pixels);
      decode = Math.min(decode, System.nanoTime() - start);
    }
    double limit = 2 * decode / 1e6 + 300;
    ViewContent content =
        ViewContent.ofSweeps(ViewedSweep.of("6M", images), ViewedSweep.of("again", images));
    try (Viewer viewer = Viewer.start(content, ViewerOptions.defaults());
        Browser browser = Browser.start(dir)) {
      browser.open(viewer.address().toString());
      Thread.sleep(3000); // the browser has not done with its own start
      double ms = time(browser, "await mdx.page.setSweep('1')");
      System.out.println("first picture " + ms + " ms, at most " + limit);
      assertThat(ms).isLessThanOrEqualTo(limit);
    }
  }

  @Test
  void theNextFrameShouldTakeATenthOfASecond() throws Exception {
    try (Viewer viewer =
            Viewer.start(
                ViewContent.ofSweeps(ViewedSweep.of("6M", images())), ViewerOptions.defaults());
        Browser browser = Browser.start(dir)) {
      decode(viewer);
      browser.open(viewer.address().toString());
      browser.call("Network.disable", Map.of()); // it would keep a copy of every reply
      Map<String, List<Double>> parts = new TreeMap<>();
      for (int f = 1; f < FRAMES; f++) {
        parts
            .computeIfAbsent("all", p -> new ArrayList<>())
            .add(time(browser, "await mdx.page.go(" + f + ")"));
        parts
            .computeIfAbsent("paint", p -> new ArrayList<>())
            .add(time(browser, "mdx.page.recolour()"));
      }
      parts.forEach((part, ms) -> System.out.println(part + ": " + ms + " ms"));
      double[] all = parts.get("all").stream().mapToDouble(v -> v).sorted().toArray();
      assertThat(all[all.length / 2]).as("ms, " + Arrays.toString(all)).isLessThanOrEqualTo(100);
      assertThat(browser.messages()).isEmpty();
    }
  }

  /** Milliseconds that an action takes until its effect is on the screen. */
  private static double time(Browser browser, String what) throws Exception {
    JsonNode ms =
        browser.evaluate(
            "(async () => {const start = performance.now(); "
                + what
                + "; await new Promise(requestAnimationFrame);"
                + " return performance.now() - start;})()");
    return Math.round(ms.asDouble() * 10) / 10.0;
  }

  /** Has the server decode all frames; the page has none of them. */
  private static void decode(Viewer viewer) throws Exception {
    for (int round = 0; round < 3; round++) {
      for (int f = 0; f < FRAMES; f++) {
        for (int t = 0; t < 3; t++) {
          URI tile =
              viewer.address().resolve("/api/v1/sweep/0/tile?level=1&x=1&y=" + t + "&frame=" + f);
          HttpRequest request =
              HttpRequest.newBuilder(tile)
                  .header("Authorization", "Bearer " + viewer.address().getFragment())
                  .build();
          HttpResponse<byte[]> reply =
              HttpClient.newHttpClient().send(request, HttpResponse.BodyHandlers.ofByteArray());
          assertThat(reply.statusCode()).isEqualTo(200);
        }
      }
    }
  }
}
