package org.mdx.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.mdx.cli.SimulatedData.run;

import com.fasterxml.jackson.core.json.JsonReadFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Figures of the rows of a table beside those of dials.report 3.12 of the same files. */
class ReportReferenceTest {
  @TempDir Path dir;

  private JsonNode theirs;
  private JsonNode ours;

  @BeforeEach
  void report() throws IOException {
    String reference = System.getProperty("mdx.reference");
    Path folder = Path.of(String.valueOf(reference), "dials", "multi");
    Assumptions.assumeTrue(
        reference != null && Files.exists(folder.resolve("report.json")),
        "skipped: no reference data at " + folder);
    Path json = dir.resolve("report.json");
    SimulatedData.Outcome outcome =
        run(
            "bragg",
            "report",
            folder.resolve("scaled.expt").toString(),
            folder.resolve("scaled.refl").toString(),
            "--output",
            json.toString(),
            "--output-html",
            dir.resolve("report.html").toString());
    assertThat(outcome.code()).as(outcome.toString()).isZero();
    ours = new ObjectMapper().readTree(json.toFile());
    // Python writes NaN, which JSON has not
    theirs =
        JsonMapper.builder()
            .enable(JsonReadFeature.ALLOW_NON_NUMERIC_NUMBERS)
            .build()
            .readTree(folder.resolve("report.json").toFile());
  }

  private void compare(String figure, int curve, double relative) {
    for (String axis : new String[] {"x", "y"}) {
      JsonNode a = ours.at(figure + "/data/" + curve + "/" + axis);
      JsonNode b = theirs.at(figure + "/data/" + curve + "/" + axis);
      assertThat(a.size()).as(figure + " " + axis).isEqualTo(b.size()).isPositive();
      double most = 0;
      for (JsonNode v : b) {
        most = Math.max(most, Math.abs(v.asDouble()));
      }
      for (int i = 0; i < b.size(); i++) {
        assertThat(a.get(i).asDouble())
            .as("%s %s %d", figure, axis, i)
            .isCloseTo(b.get(i).asDouble(), within(relative * most));
      }
    }
  }

  @Test
  void figuresOfRowsShouldBeThoseOfDials() {
    compare("/strong/spot_count_per_image", 0, 1e-9);
    compare("/strong/spot_count_per_image", 1, 1e-9);
    compare("/centroid/centroid_difference_histogram", 0, 1e-9);
    compare("/intensity/log_i_over_sigma_histogram", 0, 1e-9);
    compare("/intensity/partiality_histogram", 0, 1e-9);
    compare("/reference/reference_correlations_histogram", 0, 1e-9);
    compare("/reference/reflection_correlations_histogram", 0, 1e-9);
    for (int curve = 0; curve < 3; curve++) {
      compare("/centroid/centroid_mean_differences_vs_phi", curve, 1e-9);
      compare("/centroid/centroid_rmsd_vs_phi", curve, 1e-9);
    }
  }
}
