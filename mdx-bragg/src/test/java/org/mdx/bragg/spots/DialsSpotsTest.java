package org.mdx.bragg.spots;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.mdx.image.ImageSeries;
import org.mdx.io.dials.Dials;
import org.mdx.io.dials.ReflectionFile;
import org.mdx.parallel.Parallel;
import org.mdx.parallel.Progress;
import org.mdx.reflection.ReflectionKeys;
import org.mdx.reflection.Reflections;
import org.mdx.reflection.Shoeboxes;

/**
 * Spots of the reference sweeps against those of DIALS 3.12 ({@code dials.find_spots}, defaults).
 */
class DialsSpotsTest {
  private static final Pattern STRONG =
      Pattern.compile("Found (\\d+) strong pixels on image (\\d+)");

  private static Path folder(String sweep) {
    Path dir = Path.of(System.getProperty("mdx.reference", "no-reference"), "dials", sweep);
    Assumptions.assumeTrue(
        Files.isRegularFile(dir.resolve("strong.refl")), "skipped: no " + dir + "/strong.refl");
    return dir;
  }

  private static Spots find(Path dir) throws IOException {
    ImageSeries images = Dials.read(dir.resolve("imported.expt"));
    return SpotFinder.find(
        images, SpotOptions.defaults().dialsCompatible(), Parallel.of(2), Progress.NONE);
  }

  @ParameterizedTest
  @ValueSource(strings = {"xtal1", "xtal2", "xtal3"})
  void strongPixelsShouldBeThoseOfDials(String sweep) throws IOException {
    Path dir = folder(sweep);
    Spots spots = find(dir);
    Matcher m = STRONG.matcher(Files.readString(dir.resolve("dials.find_spots.log")));
    int images = 0;
    while (m.find()) {
      int image = Integer.parseInt(m.group(2));
      assertThat(spots.frames().get(image - 1).strongPixels())
          .as("image %d", image)
          .isEqualTo(Integer.parseInt(m.group(1)));
      images++;
    }
    assertThat(images).isEqualTo(spots.frames().size());
  }

  @ParameterizedTest
  @ValueSource(strings = {"xtal1", "xtal2", "xtal3"})
  void spotsShouldBeThoseOfDials(String sweep) throws IOException {
    Path dir = folder(sweep);
    Reflections theirs = ReflectionFile.readReflections(dir.resolve("strong.refl"));
    Reflections ours = find(dir).reflections();
    assertThat(ours.size()).isEqualTo(theirs.size());
    Shoeboxes pixels = ours.get(ReflectionKeys.SHOEBOX);
    Shoeboxes theirPixels = theirs.get(ReflectionKeys.SHOEBOX);
    int[] boxes = ours.get(ReflectionKeys.BBOX);
    Map<String, Integer> rows = new HashMap<>();
    for (int i = 0; i < ours.size(); i++) {
      rows.put(box(boxes, i), i);
    }
    int[] expected = theirs.get(ReflectionKeys.BBOX);
    for (int i = 0; i < theirs.size(); i++) {
      Integer row = rows.get(box(expected, i));
      assertThat(row).as("spot %d of DIALS", i).isNotNull();
      assertThat(pixels.mask(row)).isEqualTo(theirPixels.mask(i));
      assertThat(pixels.counts(row)).isEqualTo(theirPixels.counts(i));
    }
    compare(ours, theirs, rows);
  }

  private static String box(int[] boxes, int row) {
    return Arrays.toString(Arrays.copyOfRange(boxes, 6 * row, 6 * row + 6));
  }

  private static void compare(Reflections ours, Reflections theirs, Map<String, Integer> rows) {
    int[] expected = theirs.get(ReflectionKeys.BBOX);
    double[] place = ours.get(ReflectionKeys.XYZOBS_PX);
    double[] variance = ours.get(ReflectionKeys.XYZOBS_PX_VARIANCE);
    double[] theirPlace = theirs.get(ReflectionKeys.XYZOBS_PX);
    double[] theirVariance = theirs.get(ReflectionKeys.XYZOBS_PX_VARIANCE);
    double[] sum = ours.get(ReflectionKeys.INTENSITY_SUM);
    double[] theirSum = theirs.get(ReflectionKeys.INTENSITY_SUM);
    for (int i = 0; i < theirs.size(); i++) {
      int row = rows.get(box(expected, i));
      assertThat(sum[row]).isEqualTo(theirSum[i]);
      for (int j = 0; j < 3; j++) {
        assertThat(place[3 * row + j]).isEqualTo(theirPlace[3 * i + j], within(1e-9));
        assertThat(variance[3 * row + j]).isEqualTo(theirVariance[3 * i + j], within(1e-9));
      }
    }
  }
}
