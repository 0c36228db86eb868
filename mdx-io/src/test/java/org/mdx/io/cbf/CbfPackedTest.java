package org.mdx.io.cbf;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HexFormat;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.mdx.io.MdxFormatException;
import org.mdx.io.hdf5.Python;
import org.mdx.io.image.ImageFiles;

/** Against CBFlib 0.9.7: bytes that it wrote, and files that it writes now. */
class CbfPackedTest {
  private static final int[] PIXELS = {
    28, 30, 45, 57, 2, 8, 49, 56, 14, 18, 52, -25, 16, 49, 15, 24, 70000, 32, 5, 1, 51, 45, 50, 32,
    49, 19, -2, 47, 7, 18, 7, 27, 58, 8, 22
  };

  /** pycbf's set_integerarray_wdims_fs of PIXELS, 7 x 5, signed 32-bit, CBF_PACKED. */
  private static final String FIRST =
      "23000000000000000000000000000000000000000000000000000000000000002447f060240da98db95d491e"
          + "206c3f5e15110000e7ee6ab2ad6572f06eea2ef16effffb8b65ce162c0288d28";

  /** The same with CBF_PACKED_V2. */
  private static final String SECOND =
      "23000000000000000000000000000000000000000000000000000000000000002c8ee0c1481a521b73bb923c"
          + "40d87e7c554400003c775724db5a260fde4ddd25deedff5fad2d57b818304a4314";

  @TempDir Path folder;

  private Path file(String conversion, byte[] body) throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    out.writeBytes(
        ("###CBF: VERSION 1.5\ndata_a\n_array_data.data\n;\n--CIF-BINARY-FORMAT-SECTION--\n"
                + "Content-Type: application/octet-stream;\n     conversions=\""
                + conversion
                + "\nContent-Transfer-Encoding: BINARY\nX-Binary-Size: "
                + body.length
                + "\nX-Binary-Element-Type: \"signed 32-bit integer\"\n"
                + "X-Binary-Size-Fastest-Dimension: 7\nX-Binary-Size-Second-Dimension: 5\n\n"
                + "\f\u001a\u0004\u00d5")
            .getBytes(StandardCharsets.ISO_8859_1));
    out.writeBytes(body);
    out.writeBytes("\n;\n".getBytes(StandardCharsets.US_ASCII));
    return Files.write(folder.resolve("p.cbf"), out.toByteArray());
  }

  private static int[] read(Path file, int pixels) throws IOException {
    int[][] frame = {new int[pixels]};
    ImageFiles.open(file).read(0, frame);
    return frame[0];
  }

  @Test
  void bytesOfCbflibShouldBeUnpacked() throws IOException {
    assertThat(read(file("x-CBF_PACKED\"", HexFormat.of().parseHex(FIRST)), 35)).isEqualTo(PIXELS);
    assertThat(read(file("x-CBF_PACKED_V2\"", HexFormat.of().parseHex(SECOND)), 35))
        .isEqualTo(PIXELS);
  }

  @Test
  void damageShouldBeNamed() throws IOException {
    byte[] whole = HexFormat.of().parseHex(FIRST);
    Path cut = file("x-CBF_PACKED\"", Arrays.copyOf(whole, whole.length - 4));
    assertThatThrownBy(() -> read(cut, 35))
        .isInstanceOf(MdxFormatException.class)
        .hasMessageContaining("7 x 5 = 35 packed pixels, found only ");
    whole[0]++;
    Path count = file("x-CBF_PACKED\"", whole);
    assertThatThrownBy(() -> read(count, 35)).hasMessageContaining("a count of 36");
    Path flat = file("x-CBF_PACKED\"; \"flat\"", whole);
    assertThatThrownBy(() -> read(flat, 35))
        .isInstanceOf(MdxFormatException.class)
        .hasMessageContaining("byte-offset compression");
    Path other = file("x-CBF_CANONICAL\"", whole);
    assertThatThrownBy(() -> read(other, 35)).hasMessageContaining("x-CBF_CANONICAL");
  }

  @Test
  void whatCbflibPacksShouldBeUnpackedForAnyTypeSizeAndRange() throws IOException {
    String found =
        Python.run(
            """
            try:
                import pycbf
            except ImportError:
                print('none'); sys.exit(0)
            rng = np.random.default_rng(5); k = 0
            for w, h in (7, 5), (2, 9), (16, 16), (31, 7), (6, 1), (300, 40):
                for size, signed in (4, 1), (4, 0), (2, 1), (2, 0), (1, 1), (1, 0):
                    top = (1 << 8 * size - signed) - 1; bottom = -top - 1 if signed else 0
                    for low, high in (0, 30), (max(-50, bottom), 50), (0, top >> 1), (bottom, top):
                        a = rng.integers(low, high, (h, w)).astype('<%s%d' % ('ui'[signed], size))
                        for packing in pycbf.CBF_PACKED, pycbf.CBF_PACKED_V2:
                            c = pycbf.cbf_handle_struct()
                            c.new_datablock(b'i'); c.new_category(b'array_data'); c.new_column(b'data')
                            c.set_integerarray_wdims_fs(packing, 1, a.tobytes(), size, signed, a.size,
                                b'little_endian', w, h, 1, 0)
                            name = '%s/%d.cbf' % (sys.argv[1], k); k += 1
                            c.write_widefile(name.encode(), pycbf.CBF,
                                pycbf.MIME_HEADERS | pycbf.MSG_DIGEST, 0)
                            np.minimum(a.astype('i8'), 2**31 - 1).astype('<i4').tofile(name + '.raw')
            print(k)
            """,
            folder);
    Assumptions.assumeFalse(found.equals("none"), "skipped: pycbf is not installed");
    for (int k = 0; k < Integer.parseInt(found); k++) {
      byte[] raw = Files.readAllBytes(folder.resolve(k + ".cbf.raw"));
      int[] expected = new int[raw.length / 4];
      ByteBuffer.wrap(raw).order(ByteOrder.LITTLE_ENDIAN).asIntBuffer().get(expected);
      int[] got = read(folder.resolve(k + ".cbf"), expected.length);
      for (int i = 0; i < got.length; i++) {
        // the two highest unsigned values are marks
        boolean mark = got[i] == -1 || got[i] == -2;
        assertThat(mark && expected[i] == Integer.MAX_VALUE ? expected[i] : got[i])
            .as("file %d, pixel %d", k, i)
            .isEqualTo(expected[i]);
      }
    }
  }
}
