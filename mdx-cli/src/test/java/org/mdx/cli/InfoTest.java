package org.mdx.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.mdx.cli.SimulatedData.run;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.mdx.cli.SimulatedData.Outcome;

class InfoTest {
  @TempDir Path folder;

  private Path smv() throws IOException {
    ByteBuffer b = ByteBuffer.allocate(512 + 12).order(ByteOrder.LITTLE_ENDIAN);
    b.put(
        "{\nHEADER_BYTES=  512;\nSIZE1=3;\nSIZE2=2;\nPIXEL_SIZE=0.1;\nDISTANCE=150;\n"
            .getBytes(StandardCharsets.US_ASCII));
    b.put(
        "WAVELENGTH=0.9;\nBEAM_CENTER_X=0.5;\nBEAM_CENTER_Y=0.25;\nFOO=bar;\n}\f"
            .getBytes(StandardCharsets.US_ASCII));
    b.position(512);
    for (int v : new int[] {1, 2, 3, 4, 5, 65535}) {
      b.putShort((short) v);
    }
    return Files.write(folder.resolve("a.img"), b.array());
  }

  @Test
  void imageShouldBeToldAsText() throws IOException {
    Outcome plain = run("info", smv());
    assertThat(plain.code()).as(plain.err()).isZero();
    assertThat(plain.out())
        .contains("  format           SMV, uint16\n")
        .contains("  frames           1 of 3 x 2 pixels\n")
        .contains("  wavelength       0.9 Å\n")
        .contains("  distance         150 mm\n")
        .contains("  beam centre      2.5, 5 pixels\n")
        .contains("  origin           (-0.25, 0.5, -150) mm\n")
        .contains("6 pixels: 0 masked, 0 negative, 1 saturated; the others sum to 15, at most 5")
        .doesNotContain("FOO", "oscillation");
    assertThat(run("info", "--details", smv()).out()).contains("FOO              bar");
  }

  @Test
  void imagesAndExperimentsShouldBeToldAsJson() throws IOException {
    Path expt = SimulatedData.write(folder.resolve("sim")).indexed().get(0);
    Outcome told = run("info", "--json", smv(), expt);
    assertThat(told.code()).as(told.err()).isZero();
    JsonNode all = new ObjectMapper().readTree(told.out());
    assertThat(all).hasSize(2);
    JsonNode image = all.get(0);
    assertThat(image.get("wavelength").asDouble()).isEqualTo(0.9);
    assertThat(image.at("/beam_centre/0").asDouble()).isEqualTo(2.5);
    assertThat(image.at("/first_frame/saturated").asInt()).isEqualTo(1);
    assertThat(image.at("/details/FOO").asText()).isEqualTo("bar");
    assertThat(image.has("oscillation_start")).isFalse();
    JsonNode experiment = all.get(1);
    assertThat(experiment.get("format").asText()).isEqualTo("DIALS experiment list");
    assertThat(experiment.at("/first_frame/pixels").asLong())
        .isEqualTo(experiment.get("width").asLong() * experiment.get("height").asLong());
  }

  @Test
  void otherFilesShouldBeRefusedWithTheFormats() throws IOException {
    Path text = Files.writeString(folder.resolve("a.txt"), "hello");
    assertThat(run("info", text).code()).isEqualTo(1);
    assertThat(run("info", text).err()).contains("one of the formats CBF, SMV, MRC, TIFF");
    assertThat(run("info", folder.resolve("missing.cbf")).err())
        .contains("missing.cbf: no such file");
  }

  @Test
  void templatesAndFoldersShouldShowTheirFirstImage() throws IOException {
    Path first = smv();
    Path sweep = Files.createDirectories(folder.resolve("sweep"));
    Files.writeString(sweep.resolve("a_notes.txt"), "not an image");
    Files.copy(first, sweep.resolve("x_0007.img"));
    Files.copy(first, sweep.resolve("x_0008.img"));
    Outcome template = run("info", sweep.resolve("x_####.img"));
    assertThat(template.code()).isZero();
    assertThat(template.out())
        .contains("x_####.img, 2 files, of which the first is x_0007.img")
        .contains("format           SMV");
    assertThat(run("info", sweep).out()).contains("x_0007.img").contains("format           SMV");
    Outcome none = run("info", sweep.resolve("y_####.img"));
    assertThat(none.code()).isEqualTo(1);
    assertThat(none.err()).contains("y_####.img", "no file matches");
  }
}
