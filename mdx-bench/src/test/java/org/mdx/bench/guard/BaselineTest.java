package org.mdx.bench.guard;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class BaselineTest {
  @TempDir Path folder;

  @Test
  void aRatioMayFallByThirtyPercentButNotMore() throws IOException {
    Baseline baseline = baseline("17.merging=4.00");
    assertThat(baseline.complaint(17, "merging", 9)).isEmpty();
    assertThat(baseline.complaint(17, "merging", 2.81)).isEmpty();
    assertThat(baseline.complaint(17, "merging", 2.0).orElseThrow())
        .startsWith("merging: 2.00 times")
        .contains("4.00 in the baseline of JDK 17", "fallen by 50 %", "at most 30 %");
  }

  @Test
  void aKernelThatIsNotInTheBaselineShouldBeKnownAsMissing() throws IOException {
    assertThat(baseline("17.merging=4.00").has(17, "merging")).isTrue();
    assertThat(baseline("17.merging=4.00").has(17, "grouping")).isFalse();
    assertThat(baseline("").has(17, "merging")).isFalse();
  }

  @Test
  void anotherJdkShouldBeComparedWithTheNewestBeforeIt() throws IOException {
    Baseline baseline = baseline("17.merging=4.00\n25.merging=8.00");
    assertThat(baseline.nearest(21)).contains(17);
    assertThat(baseline.nearest(25)).contains(25);
    assertThat(baseline.nearest(11)).contains(17);
    assertThat(baseline.complaint(21, "merging", 3.5)).isEmpty();
    assertThat(baseline.complaint(25, "merging", 3.5)).isPresent();
  }

  @Test
  void updateShouldReplaceOneJdkAndKeepTheOthers() throws IOException {
    Path file = folder.resolve("baseline.properties");
    baseline("17.merging=4.00\n17.gone=1.00\n25.merging=8.00")
        .with(17, Map.of("merging", 5.0))
        .write(file);
    assertThat(Files.readAllLines(file))
        .filteredOn(line -> !line.startsWith("#"))
        .containsExactly("17.merging=5.00", "25.merging=8.00");
    assertThat(Files.list(folder)).containsExactly(file);
  }

  @Test
  void aLineThatIsNoRatioShouldBeNamed() {
    assertThatThrownBy(() -> baseline("merging=4")).hasMessageContaining("merging=4, must be like");
    assertThatThrownBy(() -> baseline("17.merging=x")).hasMessageContaining("17.merging=x");
  }

  private Baseline baseline(String text) throws IOException {
    return Baseline.read(Files.writeString(folder.resolve("baseline.properties"), text));
  }

  @Test
  void aMissingFileShouldBeAnEmptyBaseline() throws IOException {
    assertThat(Baseline.read(folder.resolve("none")).nearest(17)).isEmpty();
  }
}
