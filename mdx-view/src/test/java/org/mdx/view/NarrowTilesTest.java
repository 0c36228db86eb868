package org.mdx.view;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.mdx.image.ImageSeries;
import org.mdx.image.ImageSource;
import org.mdx.image.PixelMask;
import org.mdx.sim.SimulatedDetector;

/** Tiles in the fewest bytes hold what tiles of int32 hold. */
class NarrowTilesTest {
  private static final int TILE = 512;
  private static final int WIDTH = 700;
  private static final int HEIGHT = 530;
  private static Viewer viewer;

  /** Frame 0 is dark, frame 1 bright, frame 2 beyond 16 bits, frame 3 just at their end. */
  private record Brighter() implements ImageSource {
    private static final int[] MOST = {254, 60_000, 1_000_000, 65_535};

    @Override
    public int frames() {
      return MOST.length;
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
      for (int i = 0; i < into[0].length; i++) {
        into[0][i] = i % 41 == 7 ? -1 : (int) (i * 2_654_435_761L % (MOST[frame] + 1L));
      }
      into[0][0] = MOST[frame];
    }

    @Override
    public String describe(int frame) {
      return "frame " + frame;
    }
  }

  @BeforeAll
  static void start() throws IOException {
    ImageSeries like = Samples.sweep(SimulatedDetector.flat(WIDTH, HEIGHT, 0.2, 80), 4);
    ImageSeries images =
        new ImageSeries(like.geometry(), new Brighter(), List.of(PixelMask.none(WIDTH, HEIGHT)));
    viewer =
        Viewer.start(ViewContent.ofSweeps(ViewedSweep.of("s", images)), ViewerOptions.defaults());
  }

  @AfterAll
  static void stop() {
    viewer.close();
  }

  private static HttpResponse<byte[]> get(String query) throws Exception {
    HttpResponse<byte[]> r =
        HttpClient.newHttpClient()
            .send(
                HttpRequest.newBuilder(viewer.address().resolve("/api/v1/sweep/0/tile?" + query))
                    .header("Authorization", "Bearer " + viewer.address().getFragment())
                    .build(),
                HttpResponse.BodyHandlers.ofByteArray());
    assertThat(r.statusCode()).isEqualTo(200);
    return r;
  }

  private static String header(HttpResponse<byte[]> r, String name) {
    return r.headers().firstValue(name).orElseThrow();
  }

  @Test
  void narrowTilesShouldHoldTheValuesOfWideOnes() throws Exception {
    Set<String> types = new HashSet<>();
    for (String query :
        new String[] {
          "frame=0&x=0&y=0",
          "frame=0&x=1&y=1",
          "frame=0&x=1&y=0&level=1",
          "frame=1&x=1&y=0",
          "frame=2&x=0&y=1",
          "frame=3&x=0&y=0",
          "frame=1&x=0&y=0&level=2&bin=sum",
          "frame=0&count=2&how=mean&x=0&y=0"
        }) {
      HttpResponse<byte[]> narrow = get(query + "&type=narrow");
      HttpResponse<byte[]> wide = get(query);
      assertThat(header(narrow, "X-Step")).isEqualTo(header(wide, "X-Step"));
      String[] shape = header(narrow, "X-Shape").split(",");
      int height = Integer.parseInt(shape[0]);
      int width = Integer.parseInt(shape[1]);
      int none = Integer.parseInt(header(narrow, "X-Unusable"));
      int unusable = Integer.parseInt(header(wide, "X-Unusable"));
      String type = header(narrow, "X-Type");
      types.add(type);
      ByteBuffer few = ByteBuffer.wrap(narrow.body()).order(ByteOrder.LITTLE_ENDIAN);
      ByteBuffer all = ByteBuffer.wrap(wide.body()).order(ByteOrder.LITTLE_ENDIAN);
      for (int y = 0; y < TILE; y++) {
        for (int x = 0; x < TILE; x++) {
          int v = all.getInt();
          if (x < width && y < height) {
            int n =
                switch (type) {
                  case "uint8" -> few.get() & 0xFF;
                  case "uint16" -> few.getShort() & 0xFFFF;
                  default -> few.getInt();
                };
            assertThat(n == none ? unusable : n).as("%s %d %d", query, x, y).isEqualTo(v);
          } else {
            assertThat(v).as("beyond the picture").isEqualTo(unusable);
          }
        }
      }
      assertThat(few.hasRemaining()).isFalse();
    }
    assertThat(types).containsExactlyInAnyOrder("uint8", "uint16", "int32");
    assertThat(header(get("frame=3&x=0&y=0&type=narrow"), "X-Type"))
        .as("65,535 is a count here and no mark")
        .isEqualTo("int32");
  }
}
