package org.mdx.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.mdx.cli.SimulatedData.run;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.mdx.cli.SimulatedData.Outcome;

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
  void impossibleOptionsShouldBeRefused() throws IOException {
    Outcome o = run("estimate-detector", folder.resolve("x.expt"), "--triples", 0);
    assertThat(o.code()).isEqualTo(2);
    assertThat(o.err()).contains("triples=0");
  }
}
