package org.mdx.io.image;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.mdx.geometry.Detector;
import org.mdx.geometry.Panel;
import org.mdx.geometry.Sensor;
import org.mdx.io.MdxFormatException;
import org.mdx.math.Vec3;

class ImageFilesTest {
  @TempDir Path folder;

  private Path touch(String name) throws IOException {
    return Files.writeString(folder.resolve(name), "x");
  }

  @Test
  void expandShouldFillTheDigitsAndAcceptCompressedTwins() throws IOException {
    Path a = touch("a#b_1_0009.cbf");
    Path b = touch("a#b_1_0010.cbf.gz");
    Path c = touch("a#b_1_0011.cbf.bz2");
    assertThat(ImageFiles.expand(folder.resolve("a#b_1_####.cbf"), 9, 3)).containsExactly(a, b, c);
    Path one = touch("still.cbf");
    assertThat(ImageFiles.expand(one, 5, 10)).containsExactly(one);
    Path wide = touch("w_12345.cbf");
    assertThat(ImageFiles.expand(folder.resolve("w_##.cbf"), 12345, 1)).containsExactly(wide);
  }

  @Test
  void expandShouldNameTheFirstMissingImagesAndHowMany() throws IOException {
    touch("i_01.cbf");
    Path template = folder.resolve("i_##.cbf");
    assertThatThrownBy(() -> ImageFiles.expand(template, 1, 120))
        .isInstanceOf(MdxFormatException.class)
        .hasMessage(
            template
                + ": expected 120 images, numbers 1 to 120, found 119 missing: i_02.cbf, i_03.cbf,"
                + " i_04.cbf, …; copy the images there or correct the path where it is given");
  }

  @Test
  void openShouldNameTheFormatsWhenNoneFits() throws IOException {
    Path file = touch("i.cbf");
    Detector detector =
        new Detector(
            List.of(
                new Panel(
                    "p",
                    new Vec3(0, 0, 1),
                    new Vec3(1, 0, 0),
                    new Vec3(0, 1, 0),
                    1,
                    1,
                    1,
                    1,
                    0,
                    1,
                    Sensor.IDEAL,
                    1,
                    0,
                    List.of(),
                    0,
                    0,
                    0)));
    assertThatThrownBy(() -> ImageFiles.open(List.of(file), 1, detector))
        .isInstanceOf(MdxFormatException.class)
        .hasMessageContaining("one of the formats CBF");
  }
}
