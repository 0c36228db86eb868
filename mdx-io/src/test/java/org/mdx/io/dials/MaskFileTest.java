package org.mdx.io.dials;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.BitSet;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.mdx.geometry.Detector;
import org.mdx.image.PixelMask;
import org.mdx.io.MdxFormatException;
import org.mdx.io.Mutations;
import org.mdx.io.Trial;

class MaskFileTest {
  @TempDir Path folder;

  /** Two masks of 3 rows and 5 columns without pixel 7, pickled by Python 3.11 and DIALS 3.12. */
  private static final String PROTOCOL_2 =
      "\u0080\u0002cscitbx_array_family_flex_ext\nbool\nq\u0000)Rq\u0001"
          + "cscitbx_array_family_flex_ext\ngrid\nq\u0002K\u0000K\u0000\u0086q\u0003K\u0003K\u0005"
          + "\u0086q\u0004\u0088\u0087q\u0005Rq\u0006K\u0003K\u0005\u0086q\u0007bc_codecs\nencode\n"
          + "q\bX\u0011\u0000\u0000\u0000\u0002\u000f111111101111111q\tX\u0006\u0000\u0000\u0000"
          + "latin1q\n\u0086q\u000bRq\f\u0086q\rbh\u0000)Rq\u000eh\u0002K\u0000K\u0000\u0086q\u000f"
          + "K\u0003K\u0005\u0086q\u0010\u0088\u0087q\u0011Rq\u0012K\u0003K\u0005\u0086q\u0013b"
          + "h\bX\u0011\u0000\u0000\u0000\u0002\u000f111111101111111q\u0014h\n\u0086q\u0015R"
          + "q\u0016\u0086q\u0017b\u0086q\u0018.";

  private static final String PROTOCOL_0 =
      "(cscitbx_array_family_flex_ext\nbool\np0\n(tRp1\n(cscitbx_array_family_flex_ext\ngrid\n"
          + "p2\n((I0\nI0\ntp3\n(I3\nI5\ntp4\nI01\ntp5\nRp6\n(I3\nI5\ntp7\nbc_codecs\n"
          + "encode\np8\n(V\u0002\u000f111111101111111\np9\nVlatin1\np10\ntp11\nRp12\n"
          + "tp13\nbg0\n(tRp14\n(g2\n((I0\nI0\ntp15\n(I3\nI5\ntp16\nI01\ntp17\nRp18\n"
          + "(I3\nI5\ntp19\nbg8\n(V\u0002\u000f111111101111111\np20\ng10\ntp21\nRp22\n"
          + "tp23\nbtp24\n.";

  /** The same as {@link #PROTOCOL_0} with the byte strings of Python 2, and as a list. */
  private static final String PYTHON_2 =
      PROTOCOL_0
          .replace(
              "c_codecs\nencode\np8\n(V\u0002\u000f111111101111111\np9\nVlatin1\np10\ntp11\n"
                  + "Rp12\n",
              "S'\\x02\\x0f111111101111111'\np12\n")
          .replace(
              "g8\n(V\u0002\u000f111111101111111\np20\ng10\ntp21\nRp22\n",
              "S\"\\x02\\x0f111111101111111\"\np22\n")
          .replace("tp24\n.", "lp24\n.");

  private static final String PROTOCOL_1 =
      "(cscitbx_array_family_flex_ext\nbool\nq\u0000)Rq\u0001(cscitbx_array_family_flex_ext\n"
          + "grid\nq\u0002((K\u0000K\u0000tq\u0003(K\u0003K\u0005tq\u0004I01\ntq\u0005R"
          + "q\u0006(K\u0003K\u0005tq\u0007bc_codecs\nencode\nq\b(X\u0011\u0000\u0000\u0000"
          + "\u0002\u000f111111101111111q\tX\u0006\u0000\u0000\u0000latin1q\ntq\u000bRq\f"
          + "tq\rbh\u0000)Rq\u000e(h\u0002((K\u0000K\u0000tq\u000f(K\u0003K\u0005tq\u0010I01\n"
          + "tq\u0011Rq\u0012(K\u0003K\u0005tq\u0013bh\b(X\u0011\u0000\u0000\u0000\u0002\u000f"
          + "111111101111111q\u0014h\ntq\u0015Rq\u0016tq\u0017btq\u0018.";

  private static final String PROTOCOL_4 =
      "\u0080\u0004\u0095\u009e\u0000\u0000\u0000\u0000\u0000\u0000\u0000\u008c\u001c"
          + "scitbx_array_family_flex_ext\u0094\u008c\u0004bool\u0094\u0093\u0094)R\u0094h\u0000"
          + "\u008c\u0004grid\u0094\u0093\u0094K\u0000K\u0000\u0086\u0094K\u0003K\u0005\u0086\u0094"
          + "\u0088\u0087\u0094R\u0094K\u0003K\u0005\u0086\u0094bC\u0011\u0002\u000f"
          + "111111101111111\u0094\u0086\u0094bh\u0002)R\u0094h\u0005K\u0000K\u0000\u0086\u0094"
          + "K\u0003K\u0005\u0086\u0094\u0088\u0087\u0094R\u0094K\u0003K\u0005\u0086\u0094bC\u0011"
          + "\u0002\u000f111111101111111\u0094\u0086\u0094b\u0086\u0094.";

  /** The same as a list instead of a tuple. */
  private static final String LIST =
      "\u0080\u0004\u0095\u00a0\u0000\u0000\u0000\u0000\u0000\u0000\u0000]\u0094(\u008c\u001c"
          + "scitbx_array_family_flex_ext\u0094\u008c\u0004bool\u0094\u0093\u0094)R\u0094h\u0001"
          + "\u008c\u0004grid\u0094\u0093\u0094K\u0000K\u0000\u0086\u0094K\u0003K\u0005\u0086\u0094"
          + "\u0088\u0087\u0094R\u0094K\u0003K\u0005\u0086\u0094bC\u0011\u0002\u000f"
          + "111111101111111\u0094\u0086\u0094bh\u0003)R\u0094h\u0006K\u0000K\u0000\u0086\u0094"
          + "K\u0003K\u0005\u0086\u0094\u0088\u0087\u0094R\u0094K\u0003K\u0005\u0086\u0094bC\u0011"
          + "\u0002\u000f111111101111111\u0094\u0086\u0094be.";

  private static final List<String> PICKLES =
      List.of(PROTOCOL_0, PYTHON_2, PROTOCOL_1, PROTOCOL_2, PROTOCOL_4, LIST);

  private Path file(byte[] bytes) throws IOException {
    return Files.write(folder.resolve("pixels.mask"), bytes);
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.ISO_8859_1);
  }

  @Test
  void picklesOfPythonShouldBeRead() throws IOException {
    assertThat(PYTHON_2).contains("S'", "S\"", "lp24").doesNotContain("encode");
    for (String pickle : PICKLES) {
      List<PixelMask> masks = MaskFile.read(file(bytes(pickle)));
      assertThat(masks).hasSize(2);
      for (PixelMask mask : masks) {
        assertThat(mask.width()).isEqualTo(5);
        assertThat(mask.height()).isEqualTo(3);
        assertThat(mask.count()).isEqualTo(1);
        assertThat(mask.isMasked(2, 1)).isTrue();
      }
    }
  }

  @Test
  void whatIsWrittenShouldBeReadBack() throws IOException {
    Path file = folder.resolve("pixels.mask");
    Random random = new Random(3);
    for (int[] shape : new int[][] {{1, 1}, {5, 3}, {16, 16}, {300, 250}}) {
      BitSet bits = new BitSet();
      for (int i = 0; i < shape[0] * shape[1]; i++) {
        bits.set(i, random.nextInt(10) == 0);
      }
      PixelMask mask = PixelMask.of(shape[0], shape[1], bits);
      MaskFile.write(file, List.of(mask, PixelMask.none(2, 9)));
      List<PixelMask> back = MaskFile.read(file);
      assertThat(back).hasSize(2);
      assertThat(back.get(0).width()).isEqualTo(shape[0]);
      for (int i = 0; i < shape[0] * shape[1]; i++) {
        assertThat(back.get(0).isMasked(i % shape[0], i / shape[0])).isEqualTo(bits.get(i));
      }
      assertThat(back.get(1).count()).isZero();
      assertThat(back.get(1).height()).isEqualTo(9);
    }
  }

  @Test
  void everyTruncationShouldBeFound() throws IOException {
    for (String pickle : PICKLES) {
      byte[] bytes = bytes(pickle);
      for (int length = 0; length < bytes.length; length++) {
        Path file = file(Arrays.copyOf(bytes, length));
        assertThatThrownBy(() -> MaskFile.read(file)).isInstanceOf(MdxFormatException.class);
      }
    }
  }

  @Test
  void damagedPicklesShouldEndInAFormatException() throws IOException {
    Mutations m = Mutations.of(500, 9);
    Random random = new Random(m.seed());
    for (String pickle : PICKLES) {
      byte[] bytes = bytes(pickle);
      for (int i = 0; i < m.cases(); i++) {
        byte[] changed = bytes.clone();
        for (int k = 0; k <= random.nextInt(3); k++) {
          changed[random.nextInt(bytes.length)] = (byte) random.nextInt(256);
        }
        Path file = file(changed);
        Trial.read(
            m.name(pickle, i),
            8L << 20,
            () -> {
              try {
                MaskFile.read(file);
              } catch (MdxFormatException e) {
                assertThat(e).hasMessageContaining("pixels.mask: byte ");
                throw e;
              }
            });
      }
    }
  }

  @Test
  void bytesAboveAsciiShouldSurviveTheTextProtocol() throws IOException {
    // 200 values: their number is the byte c8
    String values = "1".repeat(198) + "01";
    String pickle =
        "(cscitbx_array_family_flex_ext\nbool\n(tR(cscitbx_array_family_flex_ext\ngrid\n((I0\nI0\nt"
            + "(I10\nI20\ntI01\ntR(I10\nI20\ntbc_codecs\nencode\n(V\u0002\u00c8"
            + values
            + "\nVlatin1\ntRtbt.";
    PixelMask mask = MaskFile.read(file(bytes(pickle))).get(0);
    assertThat(mask.count()).isEqualTo(1);
    assertThat(mask.isMasked(18, 9)).isTrue();
    assertThat(
            MaskFile.read(file(bytes(pickle.replace("\u00c8", "\\u00c8")))).get(0).isMasked(18, 9))
        .isTrue();
  }

  @Test
  void masksOfAnotherDetectorShouldBeRejected() throws IOException {
    Path file = file(bytes(PROTOCOL_4));
    Detector one = ExperimentList.read(ExptFixture.write(folder, ExptFixture.tree())).detector(0);
    assertThatThrownBy(() -> MaskFile.read(file, one))
        .isInstanceOf(MdxFormatException.class)
        .hasMessageContaining("expected a mask of 7 x 5 pixels, found 5 x 3");
    MaskFile.write(file, List.of(PixelMask.none(7, 5), PixelMask.none(7, 5)));
    assertThatThrownBy(() -> MaskFile.read(file, one))
        .hasMessageContaining("panel 1: expected 1 panels, found 7 x 5");
    MaskFile.write(file, List.of(PixelMask.none(7, 5)));
    assertThat(MaskFile.read(file, one)).hasSize(1);
  }

  @Test
  void callsOfOtherFunctionsShouldBeRejected() throws IOException {
    Path file = file(bytes("cos\nsystem\n(X\u0002\u0000\u0000\u0000lstR."));
    assertThatThrownBy(() -> MaskFile.read(file))
        .isInstanceOf(MdxFormatException.class)
        .hasMessageContaining("expected a flex.bool");
  }
}
