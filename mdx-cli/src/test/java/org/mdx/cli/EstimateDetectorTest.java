package org.mdx.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.mdx.cli.SimulatedData.run;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.mdx.cli.SimulatedData.Outcome;
import org.mdx.io.instrument.InstrumentProfile;
import org.mdx.io.instrument.Pair;
import org.mdx.io.instrument.Setting;

class EstimateDetectorTest {
  @TempDir Path folder;

  @Test
  void aPhotonCounterShouldCountPhotons() throws IOException {
    Path blank = SimulatedData.write(folder).background();
    Outcome o = run("estimate-detector", blank, "--json");
    assertThat(o.err()).isEmpty();
    JsonNode json = new ObjectMapper().readTree(o.out());
    JsonNode gain = json.get("pixel_gain");
    double error = gain.get("error").asDouble();
    assertThat(error).isBetween(0.001, 0.1);
    assertThat(gain.get("value").asDouble()).isCloseTo(1, within(4 * error));
    assertThat(run("estimate-detector", blank).out()).contains("pedestal", "read noise");
  }

  @Test
  void valuesShouldGoIntoAProfileThatKeepsWhatElseItSays() throws IOException {
    Path blank = SimulatedData.write(folder).background();
    Path profile = folder.resolve("camera.toml");
    Files.writeString(profile, "[detector]\npixel_size = 0.028\ngain = 7.0\n");
    Outcome o = run("estimate-detector", blank, "--save-profile", profile);
    assertThat(o.err()).isEmpty();
    InstrumentProfile saved = InstrumentProfile.read(profile);
    assertThat(saved.get(Setting.PIXEL_SIZE)).contains(new Pair(0.028, 0.028));
    assertThat(saved.get(Setting.GAIN).orElseThrow()).isCloseTo(1, within(0.3));
    assertThat(saved.get(Setting.GAIN_SIGMA).orElseThrow()).isBetween(0.001, 0.1);
    assertThat(saved.get(Setting.PEDESTAL)).isPresent();
    assertThat(saved.get(Setting.READ_NOISE)).isPresent();
  }

  @Test
  void impossibleOptionsShouldBeRefused() throws IOException {
    Outcome o = run("estimate-detector", folder.resolve("x.expt"), "--triples", 0);
    assertThat(o.code()).isEqualTo(2);
    assertThat(o.err()).contains("triples=0");
  }
}
