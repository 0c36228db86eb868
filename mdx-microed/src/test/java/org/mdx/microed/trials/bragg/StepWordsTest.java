package org.mdx.microed.trials.bragg;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.mdx.microed.process.engine.StepRun;

class StepWordsTest {
  private static StepWords words(String... arguments) {
    Path here = Path.of("x");
    return StepWords.of(
        new StepRun(
            "dials.index", List.of(arguments), here, here, here, 1, Duration.ofSeconds(1)),
        "indexing.method",
        "refinement.detector.fix");
  }

  @Test
  void aParameterShouldBeKnownByAnyEndOfItsName() {
    assertThat(words("method=fft1d").text("indexing.method")).contains("fft1d");
    assertThat(words("indexing.method=fft1d").text("indexing.method")).contains("fft1d");
    assertThat(words("detector.fix=distance").text("refinement.detector.fix")).isPresent();
    assertThat(words("a.expt", "b.refl").file(".refl")).isEqualTo(Path.of("b.refl"));
  }

  @Test
  void anyOtherShouldBeRefusedByName() {
    assertThatThrownBy(() -> words("a.expt", "max_lattices=2"))
        .hasMessageContaining("does not know 'max_lattices=2'")
        .hasMessageContaining("indexing.method")
        .hasMessageContaining("--engine dials");
    // an end of a name begins at a full stop
    assertThatThrownBy(() -> words("ix=distance")).hasMessageContaining("ix=distance");
    assertThatThrownBy(() -> words("a.expt", "b.expt").file(".expt")).hasMessageContaining("2");
    assertThatThrownBy(() -> words("method=many").number("indexing.method"))
        .hasMessageContaining("must be a number");
  }

  @Test
  void aDriftShouldBeTakenWhenItExplainsMoreThanChanceDoes() {
    // 400 spots, 142 parameters: chance gains 71 ± 8.4 of the log-likelihood; the limit is 142 + 25
    DriftTest chance = new DriftTest(0.5, 0.5 * Math.exp(-71 / 800.0), 400, 142);
    assertThat(chance.gain()).isCloseTo(71, within(1e-9));
    assertThat(chance.helps()).isFalse();
    assertThat(new DriftTest(0.5, 0.5 * Math.exp(-166 / 800.0), 400, 142).helps()).isFalse();
    assertThat(new DriftTest(0.5, 0.5 * Math.exp(-169 / 800.0), 400, 142).helps()).isTrue();
  }
}
