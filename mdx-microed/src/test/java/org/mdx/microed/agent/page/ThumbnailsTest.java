package org.mdx.microed.agent.page;

import static org.assertj.core.api.Assertions.assertThat;

import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ThumbnailsTest {
  private static final int SIZE = 512;

  @TempDir private Path dir;

  /** An MRC movie (mode 6) of three frames; the middle one has a spot of 8 × 8 pixels. */
  private Path movie() throws IOException {
    ByteBuffer file =
        ByteBuffer.allocate(1024 + 3 * SIZE * SIZE * 2).order(ByteOrder.LITTLE_ENDIAN);
    file.putInt(SIZE).putInt(SIZE).putInt(3).putInt(6);
    file.position(208);
    file.put("MAP ".getBytes()).put((byte) 0x44).put((byte) 0x44);
    for (int i = 0; i < 3 * SIZE * SIZE; i++) {
      file.putShort(1024 + 2 * i, (short) 10);
    }
    for (int y = 96; y < 104; y++) {
      for (int x = 200; x < 208; x++) {
        file.putShort(1024 + 2 * ((SIZE + y) * SIZE + x), (short) 5000);
      }
    }
    return Files.write(dir.resolve("a.mrc"), file.array());
  }

  @Test
  void aPictureShouldBeSmallAndDarkWhereTheMiddleFrameIsBright() throws IOException {
    BufferedImage image = Thumbnails.picture(movie());

    // blocks of 3 × 3 pixels: 512 / 192 rounded up
    assertThat(image.getWidth()).isEqualTo(170);
    assertThat(image.getHeight()).isEqualTo(170);
    int dark = 0;
    for (int y = 0; y < 170; y++) {
      for (int x = 0; x < 170; x++) {
        int grey = image.getRaster().getSample(x, y, 0);
        boolean spot = image.getRaster().getSample(x, y, 0) < 128;
        dark += spot ? 1 : 0;
        assertThat(spot || grey == 255).as("x=%d y=%d grey=%d", x, y, grey).isTrue();
      }
    }
    // 8 pixels from an even position touch three or four blocks in each direction
    assertThat(dark).isBetween(4, 16);
  }

  @Test
  void aFileWithoutPictureShouldOnlyBeTold() throws IOException {
    List<String> said = new ArrayList<>();
    Thumbnails thumbnails = new Thumbnails(dir, 4, said::add);
    Path text = Files.writeString(dir.resolve("a.txt"), "not an image");

    thumbnails.make("a.txt", text);

    assertThat(said).singleElement().asString().startsWith("a.txt: no picture");
    assertThat(Thumbnails.file(dir, "a.txt")).doesNotExist();
  }

  @Test
  void aBacklogShouldNotBeHeldUpByPictures() throws IOException {
    Path movie = movie();
    Thumbnails thumbnails = new Thumbnails(dir, 4, m -> {});

    thumbnails.make("first", movie);
    thumbnails.make("second", movie);

    assertThat(Thumbnails.file(dir, "first")).isRegularFile();
    assertThat(Thumbnails.file(dir, "second")).doesNotExist();
  }
}
