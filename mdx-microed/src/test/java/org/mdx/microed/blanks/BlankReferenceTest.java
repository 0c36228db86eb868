package org.mdx.microed.blanks;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.mdx.image.ImageSeries;
import org.mdx.io.dials.Dials;
import org.mdx.io.dials.DialsData;
import org.mdx.io.dials.ExperimentList;
import org.mdx.io.dials.ImageRange;
import org.mdx.io.dials.ReflectionFile;
import org.mdx.io.dials.ReflectionTable;
import org.mdx.parallel.Parallel;
import org.mdx.parallel.Progress;

/** The sweep xtal3 of the reference, whose crystal is out of the beam in images 61 to 88. */
class BlankReferenceTest {
  @TempDir Path folder;

  private static Path file(String name) {
    String reference = System.getProperty("mdx.reference");
    Path file = Path.of(String.valueOf(reference), name);
    Assumptions.assumeTrue(
        reference != null && Files.exists(file), "skipped: no reference data at " + file);
    return file;
  }

  private static DialsData integrated() throws Exception {
    return new DialsData(
        ExperimentList.read(file("dials/xtal3/integrated.expt")),
        ReflectionFile.read(file("dials/xtal3/integrated.refl")));
  }

  @Test
  void reflectionsShouldGiveThePublishedScriptsScanAndTable() throws Exception {
    FilteredSweeps found = BlankFilter.of(BlankOptions.defaults()).filter(integrated());
    DialsData notBlank = found.notBlank().orElseThrow();
    ExperimentList expected = ExperimentList.read(file("dials/xtal3/not_blank.expt"));
    assertThat(notBlank.experiments().images(0)).isEqualTo(expected.images(0));
    assertThat(notBlank.experiments().images(0)).contains(new ImageRange(1, 60));
    assertThat(notBlank.experiments().scan(0).orElseThrow().start())
        .isEqualTo(expected.scan(0).orElseThrow().start());
    ReflectionTable table = ReflectionFile.read(file("dials/xtal3/not_blank.refl"));
    assertThat(table.rows()).isEqualTo(2059);
    assertThat(notBlank.reflections()).isEqualTo(table);
  }

  @Test
  void binsShouldBeThoseOfDials() throws Exception {
    Path program =
        Arrays.stream(System.getenv().getOrDefault("PATH", "").split(File.pathSeparator))
            .map(dir -> Path.of(dir, "dials.detect_blanks"))
            .filter(Files::isExecutable)
            .findFirst()
            .orElse(null);
    Assumptions.assumeTrue(program != null, "skipped: dials.detect_blanks is not installed");
    Path input = file("dials/xtal3/integrated.expt");
    Process p =
        new ProcessBuilder(
                program.toString(),
                input.toString(),
                file("dials/xtal3/integrated.refl").toString())
            .directory(folder.toFile())
            .redirectErrorStream(true)
            .redirectOutput(folder.resolve("out.txt").toFile())
            .start();
    assertThat(p.waitFor()).as(Files.readString(folder.resolve("out.txt"))).isZero();
    JsonNode blanks = new ObjectMapper().readTree(folder.resolve("blanks.json").toFile());
    List<BlankCriterion> criteria =
        BlankFilter.of(BlankOptions.defaults()).filter(integrated()).verdicts().get(0).criteria();
    assertThat(criteria).hasSize(3);
    for (BlankCriterion c : criteria) {
      JsonNode data = blanks.get(c.name()).get("data").get(0);
      assertThat(c.bins()).hasSize(data.get("y").size());
      for (int i = 0; i < c.bins().size(); i++) {
        BlankCriterion.Bin bin = c.bins().get(i);
        assertThat(bin.value()).isCloseTo(data.get("y").get(i).asDouble(), within(1e-9));
        assertThat(bin.low()).isCloseTo(data.get("xlow").get(i).asDouble(), within(1e-9));
        assertThat(bin.high()).isCloseTo(data.get("xhigh").get(i).asDouble(), within(1e-9));
        assertThat(bin.blank()).isEqualTo(data.get("blank").get(i).asBoolean());
      }
      List<ImageRange> regions = new ArrayList<>();
      blanks
          .get(c.name())
          .get("blank_regions")
          .forEach(r -> regions.add(new ImageRange(r.get(0).asInt() + 1, r.get(1).asInt())));
      assertThat(c.blankImages(new ImageRange(1, 100))).isEqualTo(regions);
    }
  }

  @Test
  void imagesAloneShouldGiveTheBlankFramesWithinTwo() throws Exception {
    ImageSeries series = Dials.read(file("dials/xtal3/imported.expt"));
    FrameSignals signals = FrameSignals.of(series, Parallel.available(), Progress.NONE);
    BlankCriterion peaks = signals.criterion(series.geometry().scan(), BlankOptions.defaults());
    List<ImageRange> blank = peaks.blankImages(signals.images());
    assertThat(blank).hasSize(1);
    assertThat(blank.get(0).first()).isBetween(59, 63);
    assertThat(blank.get(0).last()).isBetween(86, 90);
    ImageRange kept =
        signals.verdict("", series.geometry().scan(), BlankOptions.defaults()).kept().orElseThrow();
    assertThat(kept).isEqualTo(new ImageRange(1, blank.get(0).first() - 1));
  }

  @Test
  void sweepsWithoutBlanksShouldBeKeptWhole() throws Exception {
    ImageSeries series = Dials.read(file("dials/xtal1/imported.expt"));
    FrameSignals signals = FrameSignals.of(series, Parallel.available(), Progress.NONE);
    assertThat(signals.verdict("", series.geometry().scan(), BlankOptions.defaults()).kept())
        .contains(signals.images());
  }

  @Test
  void imagesWithoutACrystalShouldBeBlankThroughout() throws Exception {
    ImageSeries series = Dials.read(file("dials/background/imported.expt"));
    FrameSignals signals = FrameSignals.of(series, Parallel.available(), Progress.NONE);
    assertThat(signals.verdict("", series.geometry().scan(), BlankOptions.defaults()).kept())
        .isEmpty();
  }
}
