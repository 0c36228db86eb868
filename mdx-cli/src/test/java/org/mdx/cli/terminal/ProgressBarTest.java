package org.mdx.cli.terminal;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

class ProgressBarTest {
  private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
  private long now;

  private ProgressBar bar(boolean terminal) {
    return new ProgressBar(
        new PrintStream(bytes, true, StandardCharsets.UTF_8), terminal, () -> now);
  }

  private String shown() {
    return bytes.toString(StandardCharsets.UTF_8);
  }

  @Test
  void lineShouldShowShareSpeedAndTimeLeft() {
    assertThat(ProgressBar.text("split_0: integrate", 30, 120, 2))
        .isEqualTo(
            "split_0: integrate         [######..................]  25 % of 120, 15/s, 0:06 left");
    assertThat(ProgressBar.text("a", 0, 10, 0.5)).endsWith("0 % of 10");
    assertThat(ProgressBar.time(3723)).isEqualTo("1:02:03");
  }

  @Test
  void withoutATerminalEachStageShouldGetOneLineWithItsTime() {
    try (ProgressBar bar = bar(false)) {
      bar.advance("find peaks", 0, 2);
      now += 1_500_000_000L;
      bar.advance("find peaks", 1, 2);
      now += 1_500_000_000L;
      bar.advance("find peaks", 2, 2);
      bar.advance("short", 1, 1);
    }
    assertThat(shown().lines()).containsExactly("find peaks: 3.0 s");
  }

  @Test
  void terminalShouldBeLeftEmpty() {
    try (ProgressBar bar = bar(true)) {
      bar.advance("find peaks", 0, 2);
      now += 1_500_000_000L;
      bar.advance("find peaks", 1, 2);
    }
    assertThat(shown()).contains("50 % of 2").endsWith("\r").doesNotContain("\n");
  }
}
