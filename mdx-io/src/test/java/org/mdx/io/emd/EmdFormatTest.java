package org.mdx.io.emd;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.mdx.image.ImageSource;
import org.mdx.io.MdxFormatException;
import org.mdx.io.Mutations;
import org.mdx.io.Trial;
import org.mdx.io.hdf5.Python;
import org.mdx.io.image.ImageFiles;
import org.mdx.io.image.ImageHeader;

/** Files laid out as Velox does, made by h5py. */
class EmdFormatTest {
  private static final String SCRIPT =
      """
      import json
      def metadata(i):
          return json.dumps({
              'Optics': {'AccelerationVoltage': '200000', 'CameraLength': '0.5'},
              'Stage': {'AlphaTilt': str(np.radians(-30 + 0.5 * i))},
              'Detectors': {'Detector-0': {'DetectorName': 'Ceta', 'ExposureTime': '0.25'}},
              'BinaryResult': {'Detector': 'Ceta', 'PixelUnitX': '1/m',
                  'PixelSize': {'width': '2e7', 'height': '2e7'}}}).encode()
      with h5py.File(sys.argv[1], 'w') as f:
          for name, n, columns in ('b1', 6, 8), ('a0', 1, 3):
              g = f.create_group('Data/Image/' + name)
              v = np.arange(5 * columns * n, dtype='u2').reshape(5, columns, n)
              g.create_dataset('Data', data=v, chunks=(5, columns, 1), maxshape=(5, columns, None))
              m = np.zeros((700, n), 'u1')
              for i in range(n):
                  t = np.frombuffer(metadata(i), 'u1'); m[:t.size, i] = t
              g.create_dataset('Metadata', data=m, chunks=(700, 1), maxshape=(700, None))
      """;

  @TempDir Path folder;

  private Path file;

  @BeforeEach
  void makeFile() throws IOException {
    file = folder.resolve("a.emd");
    Python.run(SCRIPT, file);
  }

  @Test
  void theLargestImageShouldBeReadWithItsTilts() throws IOException {
    ImageHeader h = ImageFiles.header(file);
    assertThat(h.format()).isEqualTo("Velox EMD");
    assertThat(h.scan().start().getAsDouble()).isCloseTo(-30, within(1e-12));
    assertThat(h.scan().width().getAsDouble()).isCloseTo(0.5, within(1e-12));
    assertThat(h.distance().getAsDouble()).isEqualTo(500);
    ImageSource s = ImageFiles.open(file);
    assertThat(s.frames()).isEqualTo(6);
    int[][] pixels = {new int[5 * 8]};
    for (int i = 0; i < 6; i++) {
      s.read(i, pixels);
      for (int p = 0; p < 40; p++) {
        assertThat(pixels[0][p]).isEqualTo(6 * p + i);
      }
    }
  }

  @Test
  void damagedFilesShouldGiveFramesOrAFormatException() throws IOException {
    Mutations m = Mutations.of(500, 6);
    int refused =
        Trial.damage(
            file,
            m,
            64L << 20,
            () -> {
              ImageFiles.header(file);
              ImageSource s = ImageFiles.open(file);
              int[][] pixels = {new int[s.width(0) * s.height(0)]};
              for (int i = 0; i < Math.min(10, s.frames()); i++) {
                s.read(i, pixels);
              }
            });
    assertThat(refused).isBetween(m.cases() / 20, m.cases() - 1);
  }

  @Test
  void filesWithoutAnImageShouldSayWhatTheyHave() throws IOException {
    Path fft = folder.resolve("fft.emd");
    Path none = folder.resolve("none.emd");
    Python.run(
        """
        with h5py.File(sys.argv[1] + '/fft.emd', 'w') as f:
            f['Data/Image/ab12/Data'] = np.zeros((4, 5, 1), 'c8')
        with h5py.File(sys.argv[1] + '/none.emd', 'w') as f:
            f.create_dataset('Data/Image/cd34/Data', shape=(4, 5, 0), maxshape=(4, 5, None),
                chunks=(4, 5, 1), dtype='u2')
        """,
        folder);
    assertThatThrownBy(() -> ImageFiles.header(fft))
        .isInstanceOf(MdxFormatException.class)
        .hasMessageContaining("ab12")
        .hasMessageContaining("Fourier");
    assertThatThrownBy(() -> ImageFiles.header(none))
        .isInstanceOf(MdxFormatException.class)
        .hasMessageContaining("cd34")
        .hasMessageContaining("a movie without any");
  }
}
