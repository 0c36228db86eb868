package org.mdx.io.cbf;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.mdx.geometry.Detector;
import org.mdx.io.MdxFormatException;
import org.mdx.parallel.Parallel;

class CbfImageSourceTest {
  @TempDir Path folder;

  private List<Path> sweep(int frames, int width, int height) throws IOException {
    List<Path> files = new ArrayList<>();
    for (int i = 0; i < frames; i++) {
      Path file = folder.resolve("s" + i + ".cbf");
      CbfWriter.write(
          file, CbfHeader.parse(""), CbfFixture.pixels(width * height, i), width, height);
      files.add(file);
    }
    return files;
  }

  @Test
  void manyThreadsShouldReadWhatWasWritten() throws Exception {
    List<Path> files = sweep(20, 31, 17);
    CbfImageSource source = CbfImageSource.open(files, CbfFixture.detector(31, 17));
    assertThat(source.frames()).isEqualTo(20);
    Parallel.of(4)
        .forEach(
            100,
            i -> {
              int[][] into = {new int[31 * 17]};
              source.read(i % 20, into);
              assertThat(into[0]).isEqualTo(CbfFixture.pixels(31 * 17, i % 20));
            });
  }

  @Test
  void panelsShouldBeCutFromTheImage() throws IOException {
    List<Path> files = sweep(1, 10, 6);
    Detector detector =
        new Detector(List.of(CbfFixture.panel(4, 3, 6, 1), CbfFixture.panel(5, 6, 0, 0)));
    CbfImageSource source = CbfImageSource.open(files, detector);
    int[][] into = {new int[12], new int[30]};
    source.read(0, into);
    int[] image = CbfFixture.pixels(60, 0);
    for (int y = 0; y < 3; y++) {
      for (int x = 0; x < 4; x++) {
        assertThat(into[0][y * 4 + x]).isEqualTo(image[(y + 1) * 10 + x + 6]);
      }
    }
    for (int y = 0; y < 6; y++) {
      for (int x = 0; x < 5; x++) {
        assertThat(into[1][y * 5 + x]).isEqualTo(image[y * 10 + x]);
      }
    }
  }

  @Test
  void detectorThatDoesNotMatchShouldBeRejectedBeforeAnyFrame() throws IOException {
    List<Path> files = sweep(1, 10, 6);
    for (Detector wrong :
        List.of(
            CbfFixture.detector(10, 5),
            CbfFixture.detector(11, 6),
            new Detector(List.of(CbfFixture.panel(4, 3, 7, 1), CbfFixture.panel(4, 3, 0, 0))),
            new Detector(List.of(CbfFixture.panel(4, 3, -1, 1), CbfFixture.panel(4, 3, 0, 0))))) {
      assertThatThrownBy(() -> CbfImageSource.open(files, wrong))
          .isInstanceOf(MdxFormatException.class)
          .hasMessageContaining("found 10 x 6 pixels")
          .hasMessageContaining("the detector does not belong to these images");
    }
  }

  @Test
  void frameOfAnotherSizeShouldBeNamed() throws IOException {
    List<Path> files = sweep(2, 10, 6);
    CbfWriter.write(files.get(1), CbfHeader.parse(""), new int[50], 10, 5);
    CbfImageSource source = CbfImageSource.open(files, CbfFixture.detector(10, 6));
    assertThatThrownBy(() -> source.read(1, new int[][] {new int[60]}))
        .isInstanceOf(MdxFormatException.class)
        .hasMessageContaining("s1.cbf: header: expected 10 x 6 pixels as in s0.cbf");
  }

  @Test
  void checksumShouldBeComparedAsAsked() throws IOException {
    List<Path> files = sweep(1, 10, 6);
    Detector detector = CbfFixture.detector(10, 6);
    int[][] into = {new int[60]};
    CbfImageSource first = CbfImageSource.open(files, detector);
    first.read(0, into);
    String text = Files.readString(files.get(0), StandardCharsets.ISO_8859_1);
    Files.writeString(
        files.get(0),
        text.replaceFirst("Content-MD5: ..", "Content-MD5: AA"),
        StandardCharsets.ISO_8859_1);
    first.read(0, into);
    CbfImageSource.open(files, detector, CbfImageSource.Checksum.NEVER).read(0, into);
    for (CbfImageSource.Checksum when :
        List.of(CbfImageSource.Checksum.ALWAYS, CbfImageSource.Checksum.FIRST_READ)) {
      CbfImageSource again = CbfImageSource.open(files, detector, when);
      assertThatThrownBy(() -> again.read(0, into)).hasMessageContaining("Content-MD5");
    }
  }

  @Test
  void shortArrayShouldBeRejected() throws IOException {
    CbfImageSource source = CbfImageSource.open(sweep(1, 10, 6), CbfFixture.detector(10, 6));
    assertThatThrownBy(() -> source.read(0, new int[][] {new int[59]}))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("59 of 60");
  }
}
