package org.mdx.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.mdx.cli.SimulatedData.run;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.mdx.bragg.Bragg;
import org.mdx.bragg.merge.Merged;
import org.mdx.bragg.process.CrystalSource;
import org.mdx.cli.SimulatedData.Outcome;
import org.mdx.crystal.UnitCell;
import org.mdx.io.input.Images;
import org.mdx.io.mtz.MergedMtz;

/** From images to merged intensities in one command. */
class BraggProcessTest {
  @TempDir Path dir;

  @Test
  void crystalsShouldBeMergedAndOneThatFailsBeNamed() throws IOException {
    SimulatedData.write(dir.resolve("data"));
    Path one = dir.resolve("data/xtal1/indexed.expt");
    Path two = dir.resolve("data/xtal2/indexed.expt");
    Path broken = dir.resolve("b_0001.cbf");
    Files.writeString(broken, "no image");
    Path out = dir.resolve("out");
    Object[] words = {
      "bragg",
      "process",
      one,
      two,
      broken,
      "--unit-cell",
      "30,30,30,90,90,90",
      "--space-group",
      "I213",
      "--out",
      out
    };
    Outcome o = run(words);
    assertThat(o.code()).as(o.err() + o.out()).isZero();
    assertThat(o.out()).contains("failed, import: ").contains("b_0001");
    // I 2 3 and I 21 3 have the same absences
    assertThat(o.out()).doesNotContain("the absences suggest");
    JsonNode numbers = new ObjectMapper().readTree(out.resolve("process.json").toFile());
    assertThat(numbers.path("crystals").size()).isEqualTo(3);
    assertThat(numbers.at("/crystals/2/failed_at").asText()).isEqualTo("import");
    assertThat(numbers.at("/data_sets/0/unit_cell/0").asDouble()).isBetween(29.9, 30.1);
    assertThat(out.resolve("all/report.json")).exists();
    assertThat(out.resolve("all/scaled.mtz")).exists();

    // Java does the same
    UnitCell cell = new UnitCell(30, 30, 30, 90, 90, 90);
    Merged m =
        Bragg.process(
                List.of(
                    CrystalSource.of("one", List.of(Images.open(one))),
                    CrystalSource.of("two", List.of(Images.open(two)))),
                p -> p.crystal(c -> c.indexing(i -> i.unitCell(cell).spaceGroup("I213"))))
            .dataSet("all")
            .orElseThrow()
            .merged();
    Path same = dir.resolve("same.mtz");
    MergedMtz.of(m.spaceGroup(), m.cell(), m.wavelength(), m.indices(), m.columns()).write(same);
    assertThat(same).hasSameBinaryContentAs(out.resolve("all/merged.mtz"));

    Outcome again = run(words);
    assertThat(again.code()).isZero();
    assertThat(again.out()).contains("complete already");
  }

  @Test
  void nothingMergedShouldBeAFailure() throws IOException {
    Path broken = dir.resolve("b_0001.cbf");
    Files.writeString(broken, "no image");
    Outcome o = run("bragg", "process", broken, "--out", dir.resolve("out"));
    assertThat(o.code()).isEqualTo(1);
    assertThat(o.out()).contains("no crystal was integrated: nothing to merge");
  }

  @Test
  void whatTheHeaderTellsInVainShouldBeTold() throws IOException {
    SimulatedData.write(dir.resolve("data"));
    Path images = Files.createDirectories(dir.resolve("swung"));
    for (int i = 1; i <= 3; i++) {
      String name = "xtal1_0000" + i + ".cbf";
      Charset bytes = StandardCharsets.ISO_8859_1;
      String image = Files.readString(dir.resolve("data/xtal1/" + name), bytes);
      String swung =
          image.replaceFirst(
              "# Detector_distance", "# Detector_2theta 20.0 deg.\r\n# Detector_distance");
      assertThat(swung).isNotEqualTo(image);
      Files.writeString(images.resolve(name), swung, bytes);
    }
    String told = "the header tells a two-theta of 20° but not about which axis";
    Outcome o = run("bragg", "process", images, "--out", dir.resolve("out"));
    assertThat(o.out()).contains("import: " + told);
    Outcome reduced = run("reduce", images, "--out", dir.resolve("reduced"));
    assertThat(reduced.out()).contains("note: " + told);
  }
}
