package org.mdx.figures.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.awt.image.BufferedImage;
import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.mdx.figures.BarChart;
import org.mdx.figures.Figure;
import org.mdx.figures.LineChart;
import org.mdx.figures.PageTable;
import org.mdx.figures.PageTable.Verdict;
import org.mdx.figures.Series;
import org.mdx.figures.axes.ChartAxis;

/** A report in a browser without a network: skipped where there is no Chromium. */
class ReportPageTest {
  private static final String HOSTILE = "<script>document.title='x'</script> \"é\" ∆φ </script>";

  static String page() {
    double[] x = {0, 1, 2, 3, 4};
    double[] y = {1, 3, 2, 5, 4};
    Figure lines =
        Figure.of(
            HOSTILE,
            LineChart.of(
                HOSTILE,
                ChartAxis.of("s", "1/Å"),
                ChartAxis.of("I", "").log(),
                Series.of(HOSTILE, x, y)),
            BarChart.of(
                "bars",
                ChartAxis.of("z", ""),
                ChartAxis.of("n", ""),
                "n",
                x,
                new double[] {1, 4, 2, 3}));
    return Report.of(
            new Provenance(
                HOSTILE, Map.of("host", HOSTILE), List.of(HOSTILE), "mdx reduce '" + HOSTILE + "'"))
        .checks(
            List.of(
                Check.of("χ²", 1.1, new double[] {0.5, 0.8, 1.3, 2}, "about 1", "look"),
                Check.of("χ²", 9, new double[] {0.5, 0.8, 1.3, 2}, "about 1", HOSTILE)))
        .table(PageTable.of("a", "b").row(HOSTILE, 3.5).row("z", Double.NaN))
        .figures(List.of(lines))
        .finish();
  }

  @Test
  void checksShouldHaveVerdicts() {
    double[] limits = {0.5, 0.8, 1.3, 2};
    assertThat(Check.of("x", 1, limits, "", "h").verdict()).isEqualTo(Verdict.GOOD);
    assertThat(Check.of("x", 0.6, limits, "", "h").verdict()).isEqualTo(Verdict.LOOK);
    assertThat(Check.of("x", 2.5, limits, "", "h").verdict()).isEqualTo(Verdict.BAD);
    assertThat(Check.of("x", Double.NaN, limits, "", "h").verdict()).isEqualTo(Verdict.NONE);
  }

  @Test
  void namesShouldStayTexts() {
    assertThat(page())
        .doesNotContain("<script>document")
        .contains("&lt;script&gt;document.title=&#39;x&#39;")
        .contains("\\u003cscript>document");
  }

  private static String chromium() {
    for (String folder : System.getenv("PATH").split(File.pathSeparator)) {
      for (String name : new String[] {"chromium", "chromium-browser", "google-chrome"}) {
        if (Files.isExecutable(Path.of(folder, name))) {
          return Path.of(folder, name).toString();
        }
      }
    }
    return null;
  }

  private static String run(Path dir, String... arguments) throws Exception {
    String program = chromium();
    assumeTrue(program != null, "no Chromium on the PATH: pages are not looked at in a browser");
    List<String> words = new ArrayList<>(List.of(program, "--headless", "--no-sandbox"));
    words.add("--disable-gpu");
    words.add("--user-data-dir=" + dir.resolve("profile"));
    words.add("--proxy-server=127.0.0.1:9"); // no network
    words.add("--enable-logging=stderr");
    words.add("--virtual-time-budget=4000");
    words.add("--window-size=1200,1600");
    words.addAll(List.of(arguments));
    Process p =
        new ProcessBuilder(words)
            .redirectError(dir.resolve("log").toFile())
            .redirectOutput(dir.resolve("out").toFile())
            .start();
    boolean ended = p.waitFor(60, TimeUnit.SECONDS);
    if (!ended) {
      p.destroyForcibly();
    }
    assertThat(ended).as("Chromium ends within a minute").isTrue();
    String log = Files.readString(dir.resolve("log"), StandardCharsets.ISO_8859_1);
    assertThat(log.lines().filter(l -> l.contains("CONSOLE"))).as("console").isEmpty();
    return Files.readString(dir.resolve("out"));
  }

  @Test
  void pageShouldBeReadyWithChartsThatAreNotEmpty(@TempDir Path dir) throws Exception {
    Path page = dir.resolve("report é.html");
    Files.writeString(page, page());
    Path picture = dir.resolve("page.png");
    String html = run(dir, "--dump-dom", "--screenshot=" + picture, page.toUri().toString());
    assertThat(html).contains("<title>ready</title>").contains("u-legend");
    BufferedImage image = ImageIO.read(picture.toFile());
    assertThat(count(image, 0x0072B2)).as("blue of the first line").isGreaterThan(100);
    assertThat(count(image, 0xB5D0E6)).as("bars").isGreaterThan(5000);
  }

  private static int count(BufferedImage image, int rgb) throws IOException {
    int n = 0;
    for (int y = 0; y < image.getHeight(); y++) {
      for (int x = 0; x < image.getWidth(); x++) {
        n += (image.getRGB(x, y) & 0xFFFFFF) == rgb ? 1 : 0;
      }
    }
    return n;
  }
}
