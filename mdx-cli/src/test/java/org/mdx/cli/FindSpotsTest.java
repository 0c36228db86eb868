package org.mdx.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.mdx.cli.SimulatedData.run;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.mdx.cli.SimulatedData.Outcome;
import org.mdx.io.dials.Dials;
import org.mdx.io.dials.ReflectionFile;
import org.mdx.io.sim.SimulatedFiles;
import org.mdx.reflection.ReflectionKeys;
import org.mdx.reflection.Reflections;

class FindSpotsTest {
  @TempDir private static Path shared;

  private static Path expt;
  private static Path background;

  @TempDir Path dir;

  @BeforeAll
  static void write() throws IOException {
    SimulatedFiles data = SimulatedData.write(shared.resolve("data"));
    expt = data.indexed().get(0);
    background = data.background();
  }

  @Test
  void spotsOfAListShouldBeWrittenWithTheirHistogram() throws IOException {
    Path out = dir.resolve("strong.refl");
    Outcome o = run("find-spots", expt, "--output", out);
    assertThat(o.err()).isEmpty();
    assertThat(o.code()).isZero();
    assertThat(o.out()).contains("spots found on 12 images", "wrote " + out);
    Reflections r = ReflectionFile.readReflections(out);
    assertThat(r.size()).isGreaterThan(100);
    assertThat(r.identifiers()).containsKey(0);
    assertThat(r.has(ReflectionKeys.SHOEBOX)).isTrue();
    assertThat(dir.resolve("imported.expt")).doesNotExist();
  }

  @Test
  void imagesShouldBeImported() throws IOException {
    Path images = Dials.experiments(expt).get(0).template();
    Path list = dir.resolve("imported.expt");
    Outcome o =
        run(
            "find-spots",
            images,
            "--output",
            dir.resolve("strong.refl"),
            "--output-experiments",
            list,
            "--no-shoeboxes");
    assertThat(o.err()).isEmpty();
    assertThat(o.code()).isZero();
    assertThat(Dials.readGeometry(list).scan().frames()).isEqualTo(12);
    Reflections r = ReflectionFile.readReflections(dir.resolve("strong.refl"));
    assertThat(r.has(ReflectionKeys.SHOEBOX)).isFalse();
    assertThat(r.identifiers().get(0)).isEqualTo(Dials.experiments(list).get(0).identifier());
  }

  @Test
  void jsonShouldHaveTheSameNumbers() throws IOException {
    Path out = dir.resolve("strong.refl");
    Outcome o = run("find-spots", expt, "--output", out, "--json");
    assertThat(o.code()).isZero();
    JsonNode sweep = new ObjectMapper().readTree(o.out()).get(0);
    assertThat(sweep.get("spots").asInt()).isEqualTo(ReflectionFile.readReflections(out).size());
    assertThat(sweep.get("images")).hasSize(12);
    assertThat(sweep.get("images").get(3).get("strong_pixels").asInt()).isPositive();
  }

  @Test
  void noSpotsShouldFailWithAWordAndLeaveNothing() {
    Path out = dir.resolve("strong.refl");
    Outcome o = run("find-spots", background, "--output", out, "--min-spot-size", "40");
    assertThat(o.code()).isOne();
    assertThat(o.err()).containsOnlyOnce("no spots");
    assertThat(o.out()).isEmpty();
    assertThat(out).doesNotExist();
  }

  @Test
  void aValueThatCannotBeShouldBeUsage() {
    Outcome o = run("find-spots", expt, "--kernel-size", "0", "--output", dir.resolve("s.refl"));
    assertThat(o.code()).isEqualTo(2);
    assertThat(o.err()).contains("kernel size 0, must be 1 to 31");
  }

  @Test
  void resolutionLimitsShouldHideSpots() throws IOException {
    Path all = dir.resolve("all.refl");
    Path some = dir.resolve("some.refl");
    assertThat(run("find-spots", expt, "--output", all).code()).isZero();
    assertThat(run("find-spots", expt, "--output", some, "--d-min", "2.5").code()).isZero();
    assertThat(ReflectionFile.readReflections(some).size())
        .isLessThan(ReflectionFile.readReflections(all).size());
    assertThat(Files.size(some)).isLessThan(Files.size(all));
  }
}
