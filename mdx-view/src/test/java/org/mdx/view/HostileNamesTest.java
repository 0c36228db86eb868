package org.mdx.view;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.mdx.image.ImageSeries;
import org.mdx.sim.SimulatedDetector;

/** Names of files are texts on every page, whatever they look like. */
class HostileNamesTest {
  private static final List<String> NAMES =
      List.of(
          "<script>alert(1)</script>",
          "\"><img src=x onerror=alert(1)>",
          "'+alert(1)+'",
          "&lt;b&gt; & &amp;",
          "]]><!-- --><![CDATA[",
          "two\nlines and\ta tab",
          "é größe 日本 図",
          "שלום \u202Etxt.exe\u202C عربي",
          "bell\u0007 escape\u001B[31m",
          "${7*7} {{x}} %s \\u003c $1 `x`");

  @TempDir private static Path dir;
  private static Viewer viewer;
  private static Browser browser;

  @BeforeAll
  static void start() throws Exception {
    browser = Browser.start(dir);
    ImageSeries images = Samples.sweep(SimulatedDetector.flat(100, 90, 0.5, 80), 2);
    viewer =
        Viewer.start(
            new ViewContent(
                each(Samples::map),
                each(n -> ViewedSweep.of(n, images)),
                each(n -> ViewedScaling.of(n, Samples.scaling()))),
            ViewerOptions.defaults());
  }

  @AfterAll
  static void stop() throws Exception {
    if (browser != null) {
      browser.close();
    }
    if (viewer != null) {
      viewer.close();
    }
  }

  private static <T> List<T> each(Function<String, T> make) {
    return NAMES.stream().map(make).toList();
  }

  private static List<String> texts(String selector) throws Exception {
    List<String> out = new ArrayList<>();
    for (JsonNode text :
        browser.evaluate(
            "[...document.querySelectorAll('" + selector + "')].map(e => e.textContent)")) {
      out.add(text.asText());
    }
    return out;
  }

  private static void nothingMoreThanTexts(int scripts) throws Exception {
    assertThat(browser.evaluate("document.scripts.length").asInt()).isEqualTo(scripts);
    assertThat(browser.evaluate("document.images.length").asInt()).isZero();
    assertThat(browser.evaluate("document.querySelectorAll('b, iframe').length").asInt()).isZero();
    assertThat(browser.messages()).isEmpty();
  }

  @Test
  void namesShouldBeTextsOnThePagesOfTheServer() throws Exception {
    browser.open(viewer.address().toString());
    assertThat(texts("select option")).containsAll(NAMES);
    nothingMoreThanTexts(1);
    browser.open(viewer.address() + "/frames");
    assertThat(texts("select option")).containsAll(NAMES);
    nothingMoreThanTexts(1);
    browser.open(viewer.address() + "/scaling");
    assertThat(texts("h2")).containsAll(NAMES);
    nothingMoreThanTexts(1);
  }

  @Test
  void namesShouldBeTextsOnThePageWithoutAServer() throws Exception {
    OfflinePage page = OfflinePage.of(each(Samples::map), 50_000_000);
    Path file = Files.write(dir.resolve("page.html"), page.bytes());
    browser.open(file.toUri().toString());
    assertThat(texts("select option")).containsAll(NAMES);
    assertThat(browser.messages()).isEmpty();
    assertThat(browser.evaluate("document.images.length").asInt()).isZero();
  }
}
