package org.mdx.view;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.mdx.image.ImageSeries;
import org.mdx.image.ImageSource;
import org.mdx.io.input.Images;
import org.mdx.math.Mat3;
import org.mdx.math.Vec3;
import org.mdx.peaks.BraggMask;
import org.mdx.peaks.PeakModel;
import org.mdx.sim.SimulatedDetector;

/** What the server answers and what it refuses. */
class ServerTest {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final int TILE = 512;

  @TempDir private static Path dir;
  private static Viewer viewer;
  private static ImageSeries flat;
  private static ImageSeries panels;
  private static final BraggMask MASK =
      new BraggMask(
          new PeakModel(new Vec3(0, 0, 0), new Mat3(0.06, 0, 0, 0, 0.06, 0, 0, 0, 0.06)),
          3,
          40,
          false,
          false);

  @BeforeAll
  static void start() throws IOException {
    flat = Samples.sweep(SimulatedDetector.pilatus300K(80, 0.9768), 4);
    panels = Samples.sweep(SimulatedDetector.curved(5, 120, 90, 0.5, 80), 4);
    viewer =
        Viewer.start(
            new ViewContent(
                List.of(Samples.map("map")),
                List.of(ViewedSweep.of("flat", flat).withMask(MASK), ViewedSweep.of("p", panels)),
                List.of(ViewedScaling.of("s", Samples.scaling()))),
            ViewerOptions.defaults());
  }

  @AfterAll
  static void stop() {
    viewer.close();
  }

  private static String token(Viewer v) {
    return v.address().getFragment();
  }

  private static HttpResponse<byte[]> get(Viewer v, String path) throws Exception {
    return HttpClient.newHttpClient()
        .send(
            HttpRequest.newBuilder(v.address().resolve("/api/v1/" + path))
                .header("Authorization", "Bearer " + token(v))
                .build(),
            HttpResponse.BodyHandlers.ofByteArray());
  }

  private static JsonNode json(String path) throws Exception {
    HttpResponse<byte[]> r = get(viewer, path);
    assertThat(r.statusCode()).as(new String(r.body(), StandardCharsets.UTF_8)).isEqualTo(200);
    return JSON.readTree(r.body());
  }

  private static int[] ints(HttpResponse<byte[]> r) {
    assertThat(r.statusCode()).as(new String(r.body(), StandardCharsets.UTF_8)).isEqualTo(200);
    int[] out = new int[r.body().length / 4];
    ByteBuffer.wrap(r.body()).order(ByteOrder.LITTLE_ENDIAN).asIntBuffer().get(out);
    return out;
  }

  /** Sends bytes as they are, and gives the status of the answer. */
  private static int raw(String request) throws IOException {
    try (Socket s = new Socket("127.0.0.1", viewer.address().getPort())) {
      s.setSoTimeout(10_000);
      s.getOutputStream().write(request.getBytes(StandardCharsets.ISO_8859_1));
      s.getOutputStream().flush();
      byte[] head = s.getInputStream().readNBytes(12);
      return Integer.parseInt(new String(head, StandardCharsets.ISO_8859_1).substring(9, 12));
    }
  }

  private static String request(String method, String path, String... headers) {
    return method
        + " "
        + path
        + " HTTP/1.1\r\n"
        + String.join("\r\n", headers)
        + "\r\nConnection: close\r\n\r\n";
  }

  @Test
  void whatMayNotAskShouldBeRefused() throws Exception {
    String host = "Host: 127.0.0.1:" + viewer.address().getPort();
    String named = "Host: localhost:" + viewer.address().getPort();
    String bearer = "Authorization: Bearer " + token(viewer);
    String path = "/api/v1/session";
    assertThat(raw(request("GET", path, host, bearer))).isEqualTo(200);
    assertThat(raw(request("GET", path, named, bearer))).isEqualTo(200);
    assertThat(raw(request("GET", path, "Host: evil.example", bearer))).isEqualTo(403);
    assertThat(raw(request("GET", path, "Host: 127.0.0.1", bearer))).isEqualTo(403);
    assertThat(raw(request("GET", "/", "Host: evil.example:80"))).isEqualTo(403);
    assertThat(raw(request("GET", path, host, bearer, "Origin: http://evil.example")))
        .isEqualTo(403);
    assertThat(raw(request("GET", path, host, bearer, "Origin: null"))).isEqualTo(403);
    assertThat(raw(request("GET", path, host, bearer, "Origin: http://" + host.substring(6))))
        .isEqualTo(200);
    assertThat(raw(request("GET", path, host, bearer, "Sec-Fetch-Site: cross-site")))
        .isEqualTo(403);
    assertThat(raw(request("GET", path, host))).isEqualTo(403);
    assertThat(raw(request("GET", path, host, bearer + "x"))).isEqualTo(403);
    assertThat(raw(request("GET", path, host, "Authorization: Bearer "))).isEqualTo(403);
    for (String method : new String[] {"POST", "PUT", "DELETE", "HEAD", "OPTIONS", "TRACE"}) {
      assertThat(raw(request(method, path, host, bearer, "Content-Length: 0")))
          .as(method)
          .isEqualTo(405);
    }
  }

  @Test
  void tokensShouldHave192BitsAndDiffer() throws IOException {
    assertThat(token(viewer)).hasSize(32).matches("[A-Za-z0-9_-]*");
    try (Viewer other =
        Viewer.start(ViewContent.ofMaps(Samples.map("m")), ViewerOptions.defaults())) {
      assertThat(token(other)).isNotEqualTo(token(viewer));
    }
  }

  @Test
  void everyReplyShouldHaveTheHeadersThatProtectIt() throws Exception {
    for (String path : new String[] {"/", "/static/main.js", "/api/v1/session", "/nothing"}) {
      HttpResponse<Void> r =
          HttpClient.newHttpClient()
              .send(
                  HttpRequest.newBuilder(viewer.address().resolve(path)).build(),
                  HttpResponse.BodyHandlers.discarding());
      assertThat(r.headers().firstValue("Content-Security-Policy"))
          .contains(
              "default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self';"
                  + " img-src 'self' blob:; frame-ancestors 'none'; base-uri 'none'; form-action"
                  + " 'none'");
      assertThat(r.headers().firstValue("X-Content-Type-Options")).contains("nosniff");
      assertThat(r.headers().firstValue("Cache-Control")).contains("no-store");
      assertThat(r.headers().firstValue("Referrer-Policy")).contains("no-referrer");
      assertThat(r.headers().firstValue("Cross-Origin-Opener-Policy")).contains("same-origin");
      assertThat(r.headers().firstValue("Cross-Origin-Resource-Policy")).contains("same-origin");
    }
  }

  @Test
  void numbersShouldBeChecked() throws Exception {
    String[] wrong = {
      "map/0/plane?axis=x&at=0&column=intensity",
      "map/0/plane?axis=l&at=NaN&column=intensity",
      "map/0/plane?axis=l&at=1e9&column=intensity",
      "map/0/plane?axis=l&at=0",
      "map/0/plane?axis=l&axis=l&at=0&column=intensity",
      "map/0/line?from=1,2&to=1,2,3&column=intensity",
      "map/0/point?h=1&k=2&l=x",
      "sweep/0/tile?frame=4&x=0&y=0",
      "sweep/0/tile?frame=-1&x=0&y=0",
      "sweep/0/tile?frame=0&count=5&x=0&y=0",
      "sweep/0/tile?frame=0&level=40&x=0&y=0",
      "sweep/0/tile?frame=0&panel=1&x=0&y=0",
      "sweep/0/tile?frame=0&x=0&y=0&how=median",
      "sweep/0/tile?frame=0&x=99999999999&y=0",
      "session?file=x",
      "map/0/point?h=" + "1".repeat(500) + "&k=0&l=0"
    };
    for (String path : wrong) {
      assertThat(get(viewer, path).statusCode()).as(path).isEqualTo(400);
    }
    for (String path :
        new String[] {
          "map/1/plane",
          "map/x/plane",
          "sweep/0/other",
          "nothing",
          "map/0/plane/x",
          "map/0/plane?axis=l&at=0&column=nothing"
        }) {
      assertThat(get(viewer, path).statusCode()).as(path).isEqualTo(404);
    }
    HttpResponse<Void> file =
        HttpClient.newHttpClient()
            .send(
                HttpRequest.newBuilder(
                        URI.create(
                            "http://127.0.0.1:"
                                + viewer.address().getPort()
                                + "/static/..%2f..%2fetc%2fpasswd"))
                    .build(),
                HttpResponse.BodyHandlers.discarding());
    assertThat(file.statusCode()).isEqualTo(404);
  }

  @Test
  void tilesShouldHoldWhatTheSourceReads() throws Exception {
    checkTiles(viewer, 0, flat, 2);
    checkTiles(viewer, 1, panels, 3);
  }

  /** Every pixel of a frame of every panel, at full size. */
  private static void checkTiles(Viewer v, int sweep, ImageSeries images, int frame)
      throws Exception {
    ImageSource source = images.source();
    int[][] pixels = new int[source.panels()][];
    for (int p = 0; p < pixels.length; p++) {
      pixels[p] = new int[source.width(p) * source.height(p)];
    }
    source.read(frame, pixels);
    for (int p = 0; p < pixels.length; p++) {
      double lowest = images.geometry().detector().panels().get(p).trustedMin();
      for (int ty = 0; ty * TILE < source.height(p); ty++) {
        for (int tx = 0; tx * TILE < source.width(p); tx++) {
          int[] tile =
              ints(
                  get(
                      v,
                      "sweep/"
                          + sweep
                          + "/tile?frame="
                          + frame
                          + "&panel="
                          + p
                          + "&level=0&x="
                          + tx
                          + "&y="
                          + ty));
          for (int i = 0; i < tile.length; i++) {
            int x = tx * TILE + i % TILE;
            int y = ty * TILE + i / TILE;
            boolean inside = x < source.width(p) && y < source.height(p);
            int pixel = inside ? pixels[p][y * source.width(p) + x] : -1;
            assertThat(tile[i]).isEqualTo(pixel >= lowest ? pixel : -1);
          }
        }
      }
    }
  }

  @Test
  void smallerAndCombinedTilesShouldAgreeWithASlowTwin() throws Exception {
    int width = flat.source().width(0);
    int height = flat.source().height(0);
    int[][][] frames = new int[3][1][width * height];
    for (int f = 0; f < 3; f++) {
      flat.source().read(f + 1, frames[f]);
    }
    for (String how : new String[] {"sum", "max", "mean"}) {
      for (String bin : new String[] {"max", "sum"}) {
        HttpResponse<byte[]> r =
            get(viewer, "sweep/0/tile?frame=1&count=3&level=1&x=0&y=0&how=" + how + "&bin=" + bin);
        int[] tile = ints(r);
        double step = Double.parseDouble(r.headers().firstValue("X-Step").orElseThrow());
        for (int i = 0; i < tile.length; i += 97) {
          double expected = Double.NaN;
          for (int n = 0; n < 4; n++) {
            int x = 2 * (i % TILE) + n % 2;
            int y = 2 * (i / TILE) + n / 2;
            if (x >= width || y >= height) {
              continue;
            }
            double value = combined(frames, y * width + x, how);
            if (!Double.isNaN(value)) {
              expected =
                  Double.isNaN(expected)
                      ? value
                      : bin.equals("max") ? Math.max(expected, value) : expected + value;
            }
          }
          if (Double.isNaN(expected)) {
            assertThat(tile[i]).isEqualTo(-1);
          } else {
            assertThat(Math.abs(tile[i] * step - expected))
                .as("%s %s", how, bin)
                .isLessThanOrEqualTo(how.equals("mean") ? 4 / 128.0 : 0);
          }
        }
      }
    }
  }

  private static double combined(int[][][] frames, int i, String how) {
    double sum = 0;
    double max = Double.NEGATIVE_INFINITY;
    int n = 0;
    for (int[][] f : frames) {
      if (f[0][i] >= 0) {
        sum += f[0][i];
        max = Math.max(max, f[0][i]);
        n++;
      }
    }
    return n == 0 ? Double.NaN : how.equals("sum") ? sum : how.equals("max") ? max : sum / n;
  }

  @Test
  void masksShouldBeThoseOfTheSweepAndTheModel() throws Exception {
    HttpResponse<byte[]> r = get(viewer, "sweep/0/mask?frame=1&level=0&x=0&y=0");
    byte[] bits = r.body();
    int width = flat.source().width(0);
    int[][] pixels = {new int[width * flat.source().height(0)]};
    flat.source().read(1, pixels);
    var crystal = flat.geometry().crystal().orElseThrow();
    int bragg = 0;
    for (int i = 0; i < bits.length; i += 53) {
      int x = i % TILE;
      int y = i / TILE;
      if (x >= width || y >= flat.source().height(0)) {
        continue;
      }
      int v = pixels[0][y * width + x];
      assertThat((bits[i] & 1) != 0).isEqualTo(v < 0);
      assertThat((bits[i] & 2) != 0).isEqualTo(flat.mask(0).isMasked(x, y));
      boolean masked =
          MASK.isMasked(
              flat.geometry().millerIndex(0, flat.geometry().scan().phi(1), x + 0.5, y + 0.5),
              v,
              crystal.spaceGroup());
      assertThat((bits[i] & 4) != 0).as("%d %d", x, y).isEqualTo(masked);
      bragg += masked ? 1 : 0;
    }
    assertThat(bragg).isGreaterThan(10);
  }

  @Test
  void aSixteenBitFileShouldBeShownPixelForPixel() throws Exception {
    Path file = dir.resolve("größe \"16\" <b>_001.img");
    SmvImages.write(file, 70, 50);
    ImageSeries images = Images.open(file);
    try (Viewer v =
        Viewer.start(
            ViewContent.ofSweeps(ViewedSweep.of(file.toString(), images)),
            ViewerOptions.defaults())) {
      checkTiles(v, 0, images, 0);
      JsonNode info = JSON.readTree(get(v, "sweep/0/frame?frame=0").body());
      assertThat(info.get("file").asText()).startsWith("größe \"16\" <b>_001.img");
      Files.setLastModifiedTime(file, FileTime.fromMillis(1_000_000_000_000L));
      HttpResponse<byte[]> r = get(v, "sweep/0/tile?frame=0&x=0&y=0");
      assertThat(r.statusCode()).isEqualTo(409);
      assertThat(new String(r.body(), StandardCharsets.UTF_8)).contains("has changed since");
    }
  }

  @Test
  void anAnswerThatTheClientHasShouldNotBeSentAgain() throws Exception {
    String path = "map/0/plane?axis=l&at=0.6667&column=intensity";
    HttpResponse<byte[]> r = get(viewer, path);
    assertThat(r.headers().firstValue("X-Index")).contains("2");
    HttpResponse<byte[]> again =
        HttpClient.newHttpClient()
            .send(
                HttpRequest.newBuilder(viewer.address().resolve("/api/v1/" + path))
                    .header("Authorization", "Bearer " + token(viewer))
                    .header("If-None-Match", r.headers().firstValue("ETag").orElseThrow())
                    .build(),
                HttpResponse.BodyHandlers.ofByteArray());
    assertThat(again.statusCode()).isEqualTo(304);
    assertThat(get(viewer, path.replace("0.6667", "1")).headers().firstValue("ETag"))
        .isNotEqualTo(r.headers().firstValue("ETag"));
  }

  @Test
  void planesShouldHoldTheTableAndItsEquivalents() throws Exception {
    HttpResponse<byte[]> r = get(viewer, "map/0/plane?axis=h&at=1&column=intensity");
    String[] shape = r.headers().firstValue("X-Shape").orElseThrow().split(",");
    String[] origin = r.headers().firstValue("X-Origin").orElseThrow().split(",");
    float[] values = new float[r.body().length / 4];
    ByteBuffer.wrap(r.body()).order(ByteOrder.LITTLE_ENDIAN).asFloatBuffer().get(values);
    assertThat(values).hasSize(Integer.parseInt(shape[0]) * Integer.parseInt(shape[1]));
    int up = Integer.parseInt(shape[1]);
    int measured = 0;
    for (int i = 0; i < values.length; i++) {
      double k = (Integer.parseInt(origin[1]) + i / up) / 3.0;
      double l = (Integer.parseInt(origin[2]) + i % up) / 3.0;
      if (!Float.isNaN(values[i])) {
        assertThat(values[i])
            .isCloseTo(Samples.intensity(1, k, l), org.assertj.core.api.Assertions.within(1e-4f));
        measured++;
      }
    }
    assertThat(measured).isGreaterThan(1000);
  }

  @Test
  void aPointShouldTellWhatIsKnownOfIt() throws Exception {
    JsonNode p = json("map/0/point?h=0&k=0&l=1");
    assertThat(p.get("absent").asBoolean()).isTrue();
    assertThat(p.get("kind").asText()).isEqualTo("rest");
    assertThat(json("map/0/point?h=0&k=0&l=2").get("kind").asText()).isEqualTo("halo");
    assertThat(json("map/0/point?h=0&k=0&l=2.3333").get("kind").asText()).isEqualTo("rest");
    JsonNode outside = json("map/0/point?h=8&k=0&l=0");
    assertThat(outside.get("measured").asBoolean()).isFalse();
    // s ≤ 0.25 Å⁻¹ is H² + HK + K² ≤ 379: with |K| ≤ 4, H = 20 is the last, four away from 24
    assertThat(outside.get("outside").asInt()).isEqualTo(4);
    assertThat(json("map/0/column?column=count").get("quantiles").get(500).asDouble()).isEqualTo(6);
  }

  @Test
  void memoryShouldNotDependOnTheNumberOfFrames() throws Exception {
    long[] held = new long[2];
    int[] frames = {6, 18};
    for (int i = 0; i < 2; i++) {
      ImageSeries images = Samples.sweep(SimulatedDetector.flat(300, 260, 0.3, 80), frames[i]);
      try (Viewer v =
          Viewer.start(
              ViewContent.ofSweeps(ViewedSweep.of("s", images)),
              ViewerOptions.defaults().withMemory(4 * 4 * 300 * 260))) {
        for (int f = 0; f < frames[i]; f++) {
          assertThat(get(v, "sweep/0/tile?frame=" + f + "&level=0&x=0&y=0").statusCode())
              .isEqualTo(200);
          assertThat(v.memoryHeld()).isLessThanOrEqualTo(4 * 4 * 300 * 260);
        }
        held[i] = v.memoryHeld();
      }
    }
    assertThat(held[0]).isEqualTo(held[1]).isEqualTo(4L * 4 * 300 * 260);
  }

  @Test
  void aViewerShouldEndWhenItIsIdle() throws Exception {
    Viewer v =
        Viewer.start(
            ViewContent.ofMaps(Samples.map("m")),
            ViewerOptions.defaults().withIdleMinutes(0.3 / 60));
    v.await();
    assertThatThrownBy(() -> get(v, "session")).isInstanceOf(IOException.class);
  }

  @Test
  void tablesThatAreNotMergedShouldBeRefused() {
    var twice = org.mdx.table.HKLTable.concatenate(List.of(Samples.table(), Samples.table()));
    assertThatThrownBy(
            () ->
                ViewedMap.of(
                    "t", twice, Samples.CELL, Optional.of(Samples.GROUP), WatchedFiles.NONE))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("merge it");
  }
}
