package org.mdx.view;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.mdx.figures.ColourMap;
import org.mdx.figures.ColourScale;

/** The page of maps without a server. */
class OfflineTest {
  private static final String NAME = "</script><script>alert(1)</script> \"größe\"";

  @TempDir private Path dir;

  @Test
  void thePageShouldOpenFromTheDiskAndAskForNothing() throws Exception {
    OfflinePage page = OfflinePage.of(List.of(Samples.map(NAME)), 50_000_000);
    assertThat(page.leftOut()).isEmpty();
    String text = new String(page.bytes(), StandardCharsets.UTF_8);
    assertThat(text).doesNotContain("http://", "https://", "src=", "href=").doesNotContain(NAME);
    Path file = dir.resolve("page.html");
    Files.write(file, page.bytes());
    try (Browser browser = Browser.start(dir)) {
      browser.call(
          "Network.emulateNetworkConditions",
          java.util.Map.of(
              "offline", true, "latency", 0, "downloadThroughput", 0, "uploadThroughput", 0));
      browser.open(file.toUri().toString());
      assertThat(browser.messages()).isEmpty();
      assertThat(browser.requests())
          .allMatch(r -> r.startsWith("file:") || r.startsWith("about:") || r.startsWith("blob:"));
      assertThat(browser.evaluate("document.querySelector('option').textContent").asText())
          .isEqualTo(NAME);
      var at = browser.evaluate("mdx.page.first.views[2].place(1, 2)");
      ColourScale scale =
          new ColourScale(
              browser.evaluate("mdx.page.limits.min").asDouble(),
              browser.evaluate("mdx.page.limits.max").asDouble());
      int expected = ColourMap.VIRIDIS.rgb(scale.fraction(Samples.intensity(1, 2, 0)));
      int found = browser.pixel("plane-l-values", at.get(0).asInt(), at.get(1).asInt());
      for (int shift = 0; shift <= 16; shift += 8) {
        assertThat((double) (found >> shift & 255)).isCloseTo(expected >> shift & 255, within(1.0));
      }
      browser.evaluate("mdx.page.move([1, 2, 0])");
      browser.until("document.getElementById('read-intensity')");
      assertThat(Double.parseDouble(browser.text("read-intensity")))
          .isCloseTo(Samples.intensity(1, 2, 0), within(1e-4));
      String folder = System.getProperty("mdx.screenshots");
      if (folder != null) {
        browser.screenshot(Path.of(folder, "offline.png"));
      }
    }
  }

  @Test
  void columnsThatDoNotFitShouldBeNamed() {
    int all = OfflinePage.of(List.of(Samples.map("m")), 50_000_000).bytes().length;
    OfflinePage part = OfflinePage.of(List.of(Samples.map("m")), all - 20_000);
    assertThat(part.leftOut()).isNotEmpty().allMatch(s -> s.endsWith(" of m"));
    assertThat(part.bytes().length).isLessThanOrEqualTo(all - 20_000);
    assertThatThrownBy(() -> OfflinePage.of(List.of(Samples.map("m")), 1000))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("--max-size");
  }
}
