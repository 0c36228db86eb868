package org.mdx.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EmdTest {

  @TempDir Path folder;

  private final StringWriter out = new StringWriter();
  private final StringWriter err = new StringWriter();

  private int run(Object... args) {
    out.getBuffer().setLength(0);
    err.getBuffer().setLength(0);
    String[] line = new String[args.length];
    for (int i = 0; i < line.length; i++) {
      line[i] = args[i].toString();
    }
    return Main.run(line, new PrintWriter(out), new PrintWriter(err));
  }

  @Test
  void simulatedMoviesShouldBeRepackedAndShown() throws IOException {
    Path raw = folder.resolve("raw");
    assertThat(run("simulate", "--format", "emd", "--preset", "microed", "--frames", 3, "-o", raw))
        .as(err.toString())
        .isZero();
    Files.write(raw.resolve("bad.emd"), new byte[] {(byte) 0x89, 'H', 'D', 'F', 13, 10, 26, 10, 9});
    Path copies = folder.resolve("copies");
    assertThat(run("emd", "repack", raw, copies, "--json")).isEqualTo(1);
    String[] lines = out.toString().split("\\R");
    assertThat(lines).hasSize(2);
    JsonNode bad = new ObjectMapper().readTree(lines[0]);
    assertThat(bad.path("outcome").asText()).isEqualTo("failed");
    assertThat(bad.path("error").asText()).contains("bad.emd");
    JsonNode good = new ObjectMapper().readTree(lines[1]);
    assertThat(good.path("outcome").asText()).isEqualTo("repacked");
    assertThat(good.path("bytes_after").asLong())
        .isEqualTo(Files.size(copies.resolve("xtal1.emd")))
        .isLessThan(good.path("bytes_before").asLong() / 2);
    assertThat(copies.resolve("bad.emd")).doesNotExist();

    assertThat(run("emd", "repack", raw.resolve("xtal1.emd"), copies)).isZero();
    assertThat(out.toString()).startsWith("there already");
    assertThat(run("emd", "info", copies.resolve("xtal1.emd"), "--frame", 2, "--json")).isZero();
    JsonNode info = new ObjectMapper().readTree(out.toString());
    assertThat(info.path("frames").asInt()).isEqualTo(3);
    assertThat(info.at("/images/0/filters").asText()).isEqualTo("shuffle deflate");
    assertThat(Math.toDegrees(info.at("/metadata/Stage/AlphaTilt").asDouble())).isEqualTo(1.0);
    assertThat(run("emd", "info", copies.resolve("xtal1.emd"), "--frame", 3)).isEqualTo(2);
    assertThat(err.toString()).contains("frames 0 to 2");
  }

  @Test
  void wrongUsageShouldSaySo() {
    assertThat(run("emd")).isEqualTo(2);
    assertThat(run("emd", "repack", "a", "b", "--level", 12)).isEqualTo(2);
    assertThat(err.toString()).contains("level=12");
    assertThat(run("emd", "repack", folder.resolve("none.emd"), "b")).isEqualTo(1);
    assertThat(err.toString()).contains("none.emd: no such file");
    assertThat(run("simulate", "--format", "emd", "-o", folder)).isEqualTo(2);
  }
}
