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

  private void compareMap(String figure) {
    compare(figure, 0, 1e-9);
    JsonNode a = ours.at(figure + "/data/0/z");
    JsonNode b = theirs.at(figure + "/data/0/z");
    assertThat(a.size()).as(figure).isEqualTo(b.size()).isGreaterThan(10);
    int filled = 0;
    for (int row = 0; row < b.size(); row++) {
      assertThat(a.get(row).size()).as(figure).isEqualTo(b.get(row).size());
      for (int column = 0; column < b.get(row).size(); column++) {
        JsonNode mine = a.get(row).get(column);
        double its = b.get(row).get(column).asDouble();
        assertThat(mine.isNull()).as("%s %d %d", figure, row, column).isEqualTo(Double.isNaN(its));
        if (!Double.isNaN(its)) {
          assertThat(mine.asDouble())
              .as("%s %d %d", figure, row, column)
              .isCloseTo(its, within(1e-9 * Math.max(1, Math.abs(its))));
          filled += its != 0 ? 1 : 0;
        }
      }
    }
    assertThat(filled).as(figure).isGreaterThan(50);
  }

  @Test
  void mapsOfRowsShouldBeThoseOfDials() {
    for (String map :
        new String[] {
          "/centroid/centroid_differences_x",
          "/centroid/centroid_differences_y",
          "/centroid/centroid_differences_z",
          "/intensity/i_over_sigma_sum_vs_xy",
          "/intensity/i_over_sigma_prf_vs_xy",
          "/intensity/i_over_sigma_vs_z",
          "/reference/reflection_correlations_xy",
          "/reference/reflection_correlations_vs_z",
          "/reference/reflection_correlations_vs_ios",
          "/reference/reference_correlations_xy",
          "/reference/reference_correlations_vs_z",
          "/reference/reference_correlations_vs_ios"
        }) {
      compareMap(map);
    }
  }

  @Test
  void crystalsAlongTheScanShouldBeThoseOfDials() {
    for (int curve = 0; curve < 2; curve++) {
      compare("/strong/indexed_per_lattice_per_image", curve, 1e-9);
    }
    for (int curve = 0; curve < 14; curve++) {
      compare("/scan_varying/scan_varying_cell", curve, 1e-9);
    }
    for (int curve = 0; curve < 6; curve++) {
      compare("/scan_varying/scan_varying_orientation", curve, 1e-6);
    }
  }

  @Test
  void completenessByShellShouldBeThatOfDials() {
    compare("/resolution_graphs/completeness", 0, 0.002);
    compare("/resolution_graphs/completeness", 1, 0.002);
    assertThat(ours.at("/resolution_plots")).isEqualTo(ours.at("/resolution_graphs"));
  }

  @Test
  void publishedNotebooksShouldFindScaleAndDecayAtTheirPlaces() {
    for (int sweep = 0; sweep < 2; sweep++) {
      String model = "/scaling_model/smooth_scale_model_" + sweep;
      assertThat(ours.at(model + "/data").size()).isEqualTo(theirs.at(model + "/data").size());
      for (int curve = 0; curve < 4; curve++) {
        compare(model, curve, 1e-9);
      }
      compare(model, 4, 2e-4);
    }
  }

  @Test
  void residualsEfficiencyAndProfilesShouldBeThoseOfDials() {
    for (String map :
        new String[] {
          "/centroid/residuals_xy",
          "/centroid/residuals_zy",
          "/centroid/residuals_xz",
          "/intensity/qe_map",
          "/reference/n_reference_profiles_vs_xy",
          "/scaled_intensity_graphs/i_over_sig_i_vs_i"
        }) {
      compareMap(map);
    }
    compare("/centroid/residuals_xy", 1, 1e-9);
    compare("/centroid/residuals_xy", 2, 1e-9);
    compare("/reference/reflection_cc_vs_resolution", 0, 0.002);
  }

  @Test
  void imagesShouldHaveTheScalesAndAgreementOfDials() {
    compare("/batch_graphs/scale_rmerge_vs_batch", 0, 1e-9);
    compare("/batch_graphs/scale_rmerge_vs_batch", 1, 1e-9);
    compare("/batch_graphs/i_over_sig_i_vs_batch", 0, 1e-9);
  }

  @Test
  void friedelMatesShouldHaveTheNumbersOfDials() {
    compare("/resolution_graphs/multiplicity_vs_resolution", 1, 1e-5);
    compare("/resolution_graphs/cc_one_half", 1, 1e-5);
    JsonNode figure = ours.at("/scaled_intensity_graphs/normal_distribution_plot_lowres/data/0");
    JsonNode same = theirs.at("/scaled_intensity_graphs/normal_distribution_plot_lowres/data/0");
    for (String axis : new String[] {"x", "y"}) {
      assertThat(figure.at("/" + axis + "/0").asDouble())
          .isCloseTo(same.at("/" + axis + "/0").asDouble(), within(1e-9));
    }
    assertThat(ours.at("/scaling_tables/resolution_binned/0"))
        .isEqualTo(theirs.at("/scaling_tables/resolution_binned/0"));
    assertThat(ours.at("/scaling_tables/overall_summary_data/Anomalous multiplicity"))
        .isEqualTo(theirs.at("/scaling_tables/overall_summary_data/Anomalous multiplicity"));
  }

  @Test
  void everyKeyOfDialsButXtriageShouldBeThere() {
    theirs
        .properties()
        .forEach(
            group -> {
              if (!group.getKey().equals("xtriage_output") && group.getValue().isObject()) {
                group
                    .getValue()
                    .fieldNames()
                    .forEachRemaining(
                        key -> assertThat(ours.at("/" + group.getKey()).has(key)).as(key).isTrue());
              }
            });
    for (String key :
        new String[] {"outlier_plots", "error_model_plots", "error_model_summary", "anom_plots"}) {
      assertThat(ours.has(key)).as(key).isTrue();
    }
    assertThat(ours.at("/error_model_summary").asText()).contains("a = 0.68556, b = 0.02894");
    assertThat(ours.at("/outlier_plots/outlier_plot_0/data/0/x").size()).isEqualTo(50);
  }
}
