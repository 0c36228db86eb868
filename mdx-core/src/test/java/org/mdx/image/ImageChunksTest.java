package org.mdx.image;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.mdx.geometry.Panel;
import org.mdx.geometry.Scan;
import org.mdx.geometry.Sensor;
import org.mdx.math.Vec3;

/** Blocks against those of mdx2 1.0.4, and modules against the table of dxtbx 3.12. */
class ImageChunksTest {

  private static ImageChunks blocks(int width, int height, double step, int frames) {
    Panel panel =
        new Panel(
            "p",
            new Vec3(-1, 1, -100),
            new Vec3(1, 0, 0),
            new Vec3(0, -1, 0),
            0.1,
            0.1,
            width,
            height,
            -1,
            1000,
            Sensor.IDEAL,
            1,
            0,
            List.of(),
            0,
            0,
            0);
    double[] exposures = new double[frames];
    Arrays.fill(exposures, 1);
    return ImageChunks.ofMdx2(panel, new Scan(1, 0, step, exposures));
  }

  @ParameterizedTest
  @CsvSource({
    // what mdx2 stored at these widths
    "1, 5",
    "0.5, 10",
    "0.2, 25",
    "0.1, 50",
    // five degrees, six degrees, neither
    "0.25, 20",
    "2.5, 2",
    "-0.5, 10",
    "2, 3",
    "0.4, 15",
    "0.3, 20",
    "0.7, 10",
    "0.143, 10",
    // 1260 frames to half a turn and more: D = 1800, 1440, 1636, 1620, 36000, 7200, 1296, 3600,
    // 6480, 4320
    "0.125, 40",
    "0.11, 40",
    "0.1111111, 45",
    "0.005, 50",
    "0.025, 40",
    "0.138888889, 45",
    "0.05, 50",
    "0.0277777778, 45",
    "0.0416666667, 40"
  })
  void framesShouldBeAsManyAsInMdx2(double step, int frames) {
    assertThat(blocks(487, 619, step, 1000).frames()).isEqualTo(frames);
  }

  @Test
  void framesShouldBeNoMoreThanThereAre() {
    assertThat(blocks(487, 619, 0.1, 14).frames()).isEqualTo(14);
    assertThat(blocks(487, 619, 0, 1).frames()).isEqualTo(1);
  }

  @ParameterizedTest
  @CsvSource({
    "487, 195, 195, 487",
    "487, 619, 212, 487",
    "1475, 1679, 212, 494",
    "2463, 2527, 212, 494",
    "1030, 514, 514, 1030",
    "1030, 1065, 551, 1030",
    "2070, 2167, 551, 1040",
    "3110, 3269, 551, 1040",
    "4150, 4371, 551, 1040",
    "1028, 1062, 550, 1028",
    "2068, 2162, 550, 1040",
    "4148, 4362, 550, 1040",
    // two modules side by side are none of dxtbx's PILATUS detectors, others are nobody's
    "981, 1043, 1043, 981",
    "487, 620, 620, 487",
    "300, 200, 200, 300"
  })
  void rowsAndColumnsShouldBeThoseOfAModule(int width, int height, int rows, int columns) {
    ImageChunks c = blocks(width, height, 0.5, 100);
    assertThat(c).isEqualTo(new ImageChunks(10, rows, columns));
  }

  @Test
  void tilesShouldCoverAFrame() {
    ImageChunks c = new ImageChunks(10, 212, 494);
    assertThat(c.tiles(1679, 1475)).isEqualTo(24);
    assertThat(c.tilesAcross(1475)).isEqualTo(3);
    assertThat(c.tiles(212, 494)).isEqualTo(1);
    assertThat(c.tiles(1, 1)).isEqualTo(1);
  }

  @Test
  void emptyBlocksShouldBeRefused() {
    assertThatThrownBy(() -> new ImageChunks(10, 0, 494))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("0 rows");
  }
}
