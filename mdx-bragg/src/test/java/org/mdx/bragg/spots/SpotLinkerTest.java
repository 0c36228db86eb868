package org.mdx.bragg.spots;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.TreeSet;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.mdx.bragg.internal.kernel.BitRows;
import org.mdx.bragg.spots.threshold.Thresholder;
import org.mdx.image.FrameBuffer;

/** Components through the frames against a flood of the whole volume. */
class SpotLinkerTest {

  @ParameterizedTest
  @CsvSource({"1,1,1,2", "20,15,12,3", "70,9,20,4", "65,30,5,2", "5,5,40,3"})
  void componentsShouldBeThoseOfAFlood(int width, int height, int frames, int oneIn)
      throws IOException {
    Random r = new Random(width * 31L + frames);
    int[][] volume = new int[frames][width * height];
    for (int[] frame : volume) {
      Arrays.setAll(frame, i -> r.nextInt(oneIn) == 0 ? 1 + r.nextInt(9) : 0);
    }
    FakeImages images = new FakeImages(width, height, frames, f -> volume[f]);
    List<String> found = new ArrayList<>();
    SpotLinker linker =
        new SpotLinker(1, null, Long.MAX_VALUE, Integer.MAX_VALUE, c -> found.add(text(c)));
    FrameBuffer.Pool pool = new FrameBuffer.Pool(images.series());
    for (int f = 0; f < frames; f++) {
      SearchedFrame frame = new SearchedFrame(pool.take(), new int[] {width}, new int[] {height});
      Thresholder positive =
          new Thresholder() {
            @Override
            public void mark(int[] pixels, long[] strong) {
              for (int i = 0; i < pixels.length; i++) {
                if (pixels[i] > 0) {
                  strong[i / width * BitRows.words(width) + i % width / 64] |= 1L << i % width;
                }
              }
            }
          };
      frame.search(f, new PanelSearch[] {new PanelSearch(width, height, 0, positive, null)});
      linker.add(frame);
    }
    linker.finish();
    assertThat(found).containsExactlyInAnyOrderElementsOf(flood(volume, width, height));
  }

  private static String text(Component c) {
    TreeSet<String> pixels = new TreeSet<>();
    int most = 0;
    int[] inFrame = new int[1000];
    for (int i = 0; i < c.size; i++) {
      pixels.add(c.frame(i) + " " + c.y(i) + " " + c.x(i) + " " + c.value(i));
      most = Math.max(most, ++inFrame[c.frame(i)]);
    }
    assertThat(c.mostInFrame()).isEqualTo(most);
    return pixels.toString();
  }

  private static List<String> flood(int[][] volume, int width, int height) {
    boolean[][] seen = new boolean[volume.length][width * height];
    List<String> all = new ArrayList<>();
    for (int f = 0; f < volume.length; f++) {
      for (int i = 0; i < width * height; i++) {
        if (volume[f][i] > 0 && !seen[f][i]) {
          TreeSet<String> pixels = new TreeSet<>();
          List<int[]> stack = new ArrayList<>(List.of(new int[] {f, i / width, i % width}));
          seen[f][i] = true;
          while (!stack.isEmpty()) {
            int[] p = stack.remove(stack.size() - 1);
            pixels.add(p[0] + " " + p[1] + " " + p[2] + " " + volume[p[0]][p[1] * width + p[2]]);
            for (int k = 0; k < 6; k++) {
              int[] q = p.clone();
              q[k / 2] += k % 2 == 0 ? 1 : -1;
              boolean inside =
                  q[0] >= 0
                      && q[0] < volume.length
                      && q[1] >= 0
                      && q[1] < height
                      && q[2] >= 0
                      && q[2] < width;
              if (inside
                  && volume[q[0]][q[1] * width + q[2]] > 0
                  && !seen[q[0]][q[1] * width + q[2]]) {
                seen[q[0]][q[1] * width + q[2]] = true;
                stack.add(q);
              }
            }
          }
          all.add(pixels.toString());
        }
      }
    }
    return all;
  }
}
