package org.mdx.io.cbf;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.mdx.io.MdxFormatException;
import org.mdx.io.Mutations;

class CbfReaderTest {
  @TempDir Path folder;

  @Test
  void unitsOfTheHeaderShouldCount() {
    CbfHeader convention =
        CbfHeader.parse(
            "# Pixel_size 172e-6 m x 172e-6 m\n# Wavelength 0.9768 A\n# Exposure_time 0.04 s\n"
                + "# Detector_distance 0.08 m\n# Beam_xy (245.8, 302.8) pixels\n"
                + "# Silicon sensor, thickness 0.000450 m\n");
    CbfHeader other =
        CbfHeader.parse(
            "# Pixel_size 172 um x 0.172 mm\n# Wavelength 0.09768 nm\n# Exposure_time 40 ms\n"
                + "# Detector_distance 80 mm\n# Beam_xy (42.2776, 52.0816) mm\n"
                + "# Silicon sensor, thickness 0.450 mm\n");
    CbfHeader without =
        CbfHeader.parse(
            "# Pixel_size 172e-6 x 172e-6\n# Wavelength 0.9768\n# Exposure_time 0.04\n"
                + "# Detector_distance 0.08\n# Beam_xy (245.8, 302.8)\n"
                + "# Silicon sensor, thickness 0.000450\n");
    for (CbfHeader h : new CbfHeader[] {convention, other, without}) {
      assertThat(h.pixelWidth().getAsDouble()).isCloseTo(0.172, within(1e-12));
      assertThat(h.pixelHeight().getAsDouble()).isCloseTo(0.172, within(1e-12));
      assertThat(h.wavelength().getAsDouble()).isCloseTo(0.9768, within(1e-12));
      assertThat(h.exposureTime().getAsDouble()).isCloseTo(0.04, within(1e-12));
      assertThat(h.distance().getAsDouble()).isCloseTo(80, within(1e-9));
      assertThat(h.beamX().getAsDouble()).isCloseTo(245.8, within(1e-9));
      assertThat(h.beamY().getAsDouble()).isCloseTo(302.8, within(1e-9));
      assertThat(h.sensorThickness().getAsDouble()).isCloseTo(0.45, within(1e-12));
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"thau_3_2_0001.cbf.bz2", "dlsnxs2cbf_therm_0001.cbf.gz"})
  void imagesOfDetectorsShouldHaveTheNumbersOfDxtbx(String name) throws IOException {
    Path images = Path.of(System.getProperty("mdx.reference", "absent")).resolve("real/images");
    Assumptions.assumeTrue(Files.isDirectory(images), "no reference images");
    // sums, extremes and geometry read by dxtbx 3.12
    JsonNode expected =
        new ObjectMapper().readTree(images.resolve("expected.json").toFile()).get(name);
    JsonNode panel = expected.get("panels").get(0);
    CbfImage image = CbfReader.read(images.resolve(name));
    assertThat(image.height()).isEqualTo(panel.get("shape").get(0).asInt());
    assertThat(image.width()).isEqualTo(panel.get("shape").get(1).asInt());
    int[] pixels = new int[image.width() * image.height()];
    image.copyInto(pixels);
    assertThat(Arrays.stream(pixels).asLongStream().sum())
        .isEqualTo((long) panel.get("sum").asDouble());
    assertThat(Arrays.stream(pixels).min().getAsInt()).isEqualTo(panel.get("min").asInt());
    assertThat(Arrays.stream(pixels).max().getAsInt()).isEqualTo(panel.get("max").asInt());
    assertThat(Arrays.stream(pixels).filter(v -> v < 0).count())
        .isEqualTo(panel.get("negatives").asLong());
    assertThat(image.value(200, 100)).isEqualTo(panel.get("value_at_y100_x200").asInt());
    CbfHeader header = image.header();
    assertThat(header.wavelength()).hasValue(expected.get("wavelength").asDouble());
    assertThat(header.startAngle()).hasValue(expected.get("oscillation").get(0).asDouble());
    assertThat(header.angleIncrement()).hasValue(expected.get("oscillation").get(1).asDouble());
    assertThat(header.exposurePeriod()).hasValue(expected.get("exposure").get(0).asDouble());
    assertThat(header.pixelWidth().getAsDouble())
        .isCloseTo(panel.get("pixel_size").get(0).asDouble(), within(1e-12));
    assertThat(header.sensorThickness().getAsDouble())
        .isCloseTo(panel.get("thickness").asDouble(), within(1e-12));
    assertThat(header.distance().getAsDouble())
        .isCloseTo(panel.get("distance").asDouble(), within(1e-9));
    assertThat(header.countCutoff()).hasValue(panel.get("trusted").get(1).asDouble());
    assertThat(-header.beamX().getAsDouble() * header.pixelWidth().getAsDouble())
        .isCloseTo(panel.get("origin").get(0).asDouble(), within(1e-9));
  }

  @Test
  void everyFormShouldGiveWhatWasWritten() throws IOException {
    for (int[] shape : new int[][] {{7, 5}, {1, 1}, {64, 33}}) {
      int[] expected = CbfFixture.pixels(shape[0] * shape[1], 4);
      for (Path file : CbfFixture.allForms(folder, shape[0], shape[1], 4)) {
        CbfImage image = CbfReader.read(file);
        int[] pixels = new int[expected.length];
        image.copyInto(pixels);
        assertThat(pixels).isEqualTo(expected);
      }
    }
  }

  @Test
  void headerShouldTellWhatTheWriterWasTold() throws IOException {
    CbfHeader header = CbfReader.readHeader(CbfFixture.allForms(folder, 7, 5, 1).get(1));
    assertThat(header.detector()).isEqualTo("PILATUS test, S/N 1-2");
    assertThat(header.timestamp()).isEqualTo("2000-01-01T00:00:00.000");
    assertThat(header.pixelWidth().getAsDouble()).isCloseTo(0.172, within(1e-12));
    assertThat(header.sensorMaterial()).isEqualTo("Si");
    assertThat(header.sensorThickness().getAsDouble()).isCloseTo(0.45, within(1e-12));
    assertThat(header.exposureTime()).hasValue(0.04);
    assertThat(header.countCutoff()).hasValue(1_048_500);
    assertThat(header.wavelength()).hasValue(0.9768);
    assertThat(header.distance().getAsDouble()).isCloseTo(80, within(1e-9));
    assertThat(header.beamX().getAsDouble()).isCloseTo(1.1 / 0.172, within(1e-3));
    assertThat(header.beamY().getAsDouble()).isCloseTo(0.7 / 0.172, within(1e-3));
    assertThat(header.startAngle()).hasValue(10.5);
    assertThat(header.angleIncrement()).hasValue(0.5);
    assertThat(header.oscillationAxis()).isEqualTo("X, CW");
    assertThat(header.polarization()).hasValue(0.999);
    assertThat(header.number("Nonsense")).isEmpty();
  }

  @Test
  void everyTruncationShouldBeFound() throws IOException {
    for (Path file : CbfFixture.allForms(folder, 7, 5, 2)) {
      byte[] bytes = Files.readAllBytes(file);
      boolean plain = file.endsWith("plain.cbf");
      int needed = bytes.length;
      if (plain) {
        String text = new String(bytes, StandardCharsets.ISO_8859_1);
        int size = Integer.parseInt(text.replaceAll("(?s).*X-Binary-Size: (\\d+).*", "$1"));
        needed = text.indexOf("\f\u001a\u0004\u00d5") + 4 + size;
      }
      Path cut = folder.resolve("cut.cbf");
      for (int length = 0; length < needed; length += length < needed - 100 ? 11 : 1) {
        Files.write(cut, Arrays.copyOf(bytes, length));
        assertThatThrownBy(() -> CbfReader.read(cut))
            .as("%s cut to %d of %d bytes", file, length, needed)
            .isInstanceOf(MdxFormatException.class)
            .hasMessageStartingWith(cut + ": ");
      }
    }
  }

  @Test
  void truncatedPixelsShouldBeCounted() throws IOException {
    Path file = CbfFixture.allForms(folder, 7, 5, 2).get(0);
    String text = Files.readString(file, StandardCharsets.ISO_8859_1);
    int from = text.indexOf("\f\u001a\u0004\u00d5") + 4;
    int size = Integer.parseInt(text.replaceAll("(?s).*X-Binary-Size: (\\d+).*", "$1"));
    Files.writeString(file, text.substring(0, from + 11), StandardCharsets.ISO_8859_1);
    assertThatThrownBy(() -> CbfReader.read(file))
        .hasMessage(
            file
                + ": binary section: expected "
                + size
                + " bytes, found 11 bytes; the file is truncated, copy it again");
  }

  private void expectFailure(String from, String to, String message) throws IOException {
    Path file = CbfFixture.allForms(folder, 7, 5, 2).get(0);
    String text = Files.readString(file, StandardCharsets.ISO_8859_1);
    String changed = text.replaceFirst(from, to);
    assertThat(changed).isNotEqualTo(text);
    Files.writeString(file, changed, StandardCharsets.ISO_8859_1);
    assertThatThrownBy(() -> CbfReader.read(file))
        .isInstanceOf(MdxFormatException.class)
        .hasMessageContaining(message);
  }

  @Test
  void lyingHeadersShouldBeRejectedWithTheLine() throws IOException {
    expectFailure("Fastest-Dimension: 7", "Fastest-Dimension: 8", "X-Binary-Number-of-Elements");
    expectFailure("Fastest-Dimension: 7", "Fastest-Dimension: -7", "Fastest-Dimension");
    expectFailure("Fastest-Dimension: 7", "Fastest-Dimension: 2147483647", "Fastest-Dimension");
    expectFailure("Second-Dimension: 5", "Second-Dimension: 99999999999999", "Second-Dimension");
    expectFailure("X-Binary-Size-Second-Dimension: 5\r\n", "", "no such line");
    expectFailure("X-Binary-Size: \\d+", "X-Binary-Size: 2000000000", "truncated");
    expectFailure("X-Binary-Size: \\d+", "X-Binary-Size: 34", "at least 35 bytes");
    expectFailure("Number-of-Elements: 35", "Number-of-Elements: 36", "7 x 5 = 35");
    expectFailure("x-CBF_BYTE_OFFSET", "x-CBF_CANONICAL", "Content-Type: expected conversions=");
    expectFailure("signed 32-bit integer", "signed 33-bit integer", "Element-Type");
    expectFailure("LITTLE_ENDIAN", "BIG_ENDIAN", "Byte-Order");
    expectFailure("--CIF-BINARY-FORMAT-SECTION--\r", "--CIF--\r", "before the binary data");
    expectFailure("Content-MD5: ..", "Content-MD5: AA", "the pixel data are damaged");
  }

  @Test
  void tooFewAndTooManyPixelsShouldBeFoundWithoutChecksum() throws IOException {
    String noMd5 = "(?s)Content-MD5: [^\r]*\r\n(.*)Elements: 35(.*)Dimension: 5";
    expectFailure(noMd5, "$1Elements: 28$2Dimension: 4", "bytes more");
    Path file = folder.resolve("plain.cbf");
    CbfWriter.write(file, CbfHeader.parse(""), new int[] {0, 1_000_000, 0}, 3, 1);
    String text = Files.readString(file, StandardCharsets.ISO_8859_1);
    Files.writeString(
        file,
        text.replaceFirst("Content-MD5.*\r\n", "")
            .replace("Elements: 3", "Elements: 5")
            .replace("Fastest-Dimension: 3", "Fastest-Dimension: 5"),
        StandardCharsets.ISO_8859_1);
    assertThatThrownBy(() -> CbfReader.read(file)).hasMessageContaining("only 3 in its 15 bytes");
  }

  @Test
  void headerWithoutEndShouldNotBeReadForever() throws IOException {
    Path file = Files.write(folder.resolve("long.cbf"), new byte[3 << 20]);
    assertThatThrownBy(() -> CbfReader.read(file))
        .isInstanceOf(MdxFormatException.class)
        .hasMessageContaining("none in the first");
  }

  @Test
  void missingFileShouldSaySo() {
    assertThatThrownBy(() -> CbfReader.read(folder.resolve("none.cbf")))
        .isInstanceOf(NoSuchFileException.class)
        .hasMessageContaining("the image file is missing");
  }

  @Test
  void damagedBytesShouldEndInAFormatExceptionOrThePicture() throws IOException {
    Mutations m = Mutations.of(200, 5);
    Random random = new Random(m.seed());
    int[] expected = CbfFixture.pixels(35, 2);
    Path damaged = folder.resolve("damaged.cbf");
    for (Path file : CbfFixture.allForms(folder, 7, 5, 2)) {
      byte[] bytes = Files.readAllBytes(file);
      for (int i = 0; i < m.cases(); i++) {
        byte[] changed = bytes.clone();
        int at = random.nextInt(Math.min(bytes.length, 1700));
        changed[at] = (byte) (changed[at] ^ 1 << random.nextInt(8));
        Files.write(damaged, changed);
        try {
          CbfImage image = CbfReader.read(damaged);
          int[] pixels = new int[35];
          image.copyInto(pixels);
          if (CbfReader.readHeader(damaged).text("Detector").isPresent()
              && new String(changed, StandardCharsets.ISO_8859_1).contains("Content-MD5: ")) {
            assertThat(pixels).as(m.name(file, i)).isEqualTo(expected);
          }
        } catch (MdxFormatException e) {
          assertThat(e).hasMessageStartingWith(damaged + ": ");
        }
      }
    }
  }
}
