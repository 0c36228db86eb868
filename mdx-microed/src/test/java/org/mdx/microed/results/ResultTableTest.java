package org.mdx.microed.results;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ResultTableTest {
  @TempDir private Path root;

  private void write(String name, String text) throws Exception {
    Path file = root.resolve(name);
    Files.createDirectories(file.getParent());
    Files.writeString(file, text);
  }

  /** Four trials: good, better, one that was not indexed and one that was interrupted. */
  private void crystals() throws Exception {
    String cell =
        "DIALS 3.12\n    Unit cell: 5.336(2), 6.4611(14), 10.860(3), 90.14(2), 91.3(3), 90.66\n";
    write("20230609_1245/P1/dials.import.log", "DIALS 3.12\n");
    write("20230609_1245/P1/dials.integrate.log", cell);
    write(
        "20230609_1245/P1/dials.symmetry.log",
        "Best solution: P 1 2/m 1\nUnit cell: \nLaue group probability: 0.883\n");
    write("20230609_1245/P1/not_blank/dials.scale.log", MergingTableTest.LOG);
    write(
        "20230609_1245/P1/not_blank/scaled.json",
        """
        {"batch_plots": {"scale_rmerge_vs_batch": {"data": [
          {"x": [2, 3, 4, 5], "y": [1.06, NaN, null, 0.97]}]}}}
        """);
    write("20230612_0222/P1/dials.import.log", "DIALS 3.12\n");
    write("20230612_0222/P1/dials.scale.log", MergingTableTest.LOG.replace("0.000   0", "0.9* 0"));
    write("20230613_0001/P1/dials.import.log", "DIALS 3.12\n");
    write("20230613_0001/P1/imported.expt", "not a list");
    write("20230613_0001/P1/strong.refl", "x");
    write(
        "20230614_0001/P1/state.json",
        "{\"status\": \"running\", \"steps\": [{\"name\": \"import\"}, {\"name\": \"index\"}]}");
    write(
        "20230614_0001/mP/state.json",
        "{\"status\": \"stopped\", \"reason\": \"index: no <lattice>\", \"steps\": []}");
    write("pixels.mask", "");
    write("images/Camera.emd", "");
  }

  private ResultTable table(String... trials) throws Exception {
    crystals();
    return ResultTable.read(root, List.of(trials), 0.3);
  }

  @Test
  void theTextShouldBeThatOfThePublishedScript() throws Exception {
    String[] lines = table().toText().split("\n");
    assertThat(lines[1])
        .startsWith(
            "20230609_1245/P1 1.81     Unit cell: 5.336  6.4611  10.860  90.14  91.3  90.66 Best"
                + " solution: P 1 2/m 1");
  }

  @Test
  void theBestResolutionShouldComeFirstAndThoseWithoutLast() throws Exception {
    ResultTable t = table();
    assertThat(t.rows())
        .extracting(CrystalResult::path)
        .containsExactly(
            "20230612_0222/P1",
            "20230609_1245/P1",
            "20230613_0001/P1",
            "20230614_0001/P1",
            "20230614_0001/mP");
    assertThat(t.rows().get(0).limit().atEdge()).isTrue();
    assertThat(ResultTable.read(root, List.of("mP"), 0.3).rows()).hasSize(1);
    assertThat(ResultTable.read(root.resolve("20230609_1245"), List.of(), 0.3).rows())
        .extracting(CrystalResult::path)
        .containsExactly("P1");
    assertThat(ResultTable.read(root.resolve("20230609_1245/P1"), List.of(), 0.3).rows())
        .hasSize(1);
  }

  @Test
  void rowsShouldSayWhereATrialStopped() throws Exception {
    List<CrystalResult> rows = table().rows();
    assertThat(rows.get(1).stopped()).isEqualTo("import"); // no imported.expt in that folder
    assertThat(rows.get(2).stopped()).isEqualTo("index");
    assertThat(rows.get(3).stopped()).isEqualTo("index: running, or interrupted");
    assertThat(rows.get(4).stopped()).isEqualTo("index: no <lattice>");
    assertThat(rows.get(0).blanksRemoved()).isFalse();
    assertThat(rows.get(1).blanksRemoved()).isTrue();
  }

  @Test
  void cellsShouldHaveTheirUncertainties() throws Exception {
    CellText cell = table().rows().get(1).cell().orElseThrow();
    assertThat(cell.value(1)).isEqualTo(6.4611);
    assertThat(cell.sigma(1)).isCloseTo(0.0014, within(1e-9));
    assertThat(cell.sigma(4)).isCloseTo(0.3, within(1e-9));
    assertThat(cell.sigma(5)).isNaN();
    assertThat(cell.toString()).startsWith("5.336(2) 6.4611(14) 10.860(3) 90.14(2) 91.3(3) 90.66");
    assertThat(CellText.parse("Unit cell: (11.0, 17.0, 23.0, 90.0, 101.0, 90.0)").get(0).value(4))
        .isEqualTo(101);
    assertThat(CellText.parse("Unit cell: \nReindex operator: a,b,c")).isEmpty();
  }

  @Test
  void csvAndJsonShouldHoldWhatIsKnown() throws Exception {
    ResultTable t = table();
    String[] lines = t.toCsv().split("\n");
    assertThat(lines[0]).startsWith("path,resolution,resolution_interpolated,a,b,c,alpha");
    assertThat(lines[2]).startsWith("20230609_1245/P1,1.81,1.806,5.336,6.4611,10.86,90.14,91.3");
    assertThat(lines[2]).contains(",P 1 2/m 1,0.883,1,");
    assertThat(lines).hasSize(6);
    for (String line : lines) {
      assertThat(line.replaceAll("\"[^\"]*\"", "").split(",", -1)).hasSize(Cells.NAMES.size());
    }
    JsonNode json = new ObjectMapper().readTree(t.toJson());
    assertThat(json).hasSize(5);
    assertThat(json.at("/1/completeness").asDouble()).isEqualTo(24.27);
    assertThat(json.at("/1/observations").isInt()).isTrue();
    assertThat(json.at("/1/merging/cc1~12/1").asDouble()).isEqualTo(1.0);
    assertThat(json.at("/1/frame_scales")).hasSize(2);
    assertThat(json.at("/2/resolution").isNull()).isTrue();
  }

  @Test
  void thePageShouldStandAlone() throws Exception {
    String page = table().toHtml("Crystals of <today>");
    assertThat(page).contains("Crystals of &lt;today&gt;", "no &lt;lattice&gt;", "<polyline");
    assertThat(page).doesNotContain("http:").doesNotContain("https:").doesNotContain("src=");
    assertThat(page.split("<tr", -1).length - 1).isEqualTo(1 + 5 + 2 * (1 + 6 + 1));
  }
}
