package org.mdx.microed.agent.page;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.mdx.microed.agent.config.AgentConfig;
import org.mdx.microed.agent.config.ConfigReader;
import org.mdx.microed.agent.steps.StepTypes;
import org.mdx.microed.results.ResultTable;

/** Names of movies, crystals and samples are texts on the agent's page and in the table. */
class HostileNamesTest {
  private static final Pattern TAG = Pattern.compile("<(/?[a-zA-Z!][^\\s>/]*)");

  @TempDir private Path dir;

  static Stream<String> names() {
    return Stream.of(
        "<script>alert(1)<script>",
        "\"><img src=x onerror=alert(1)>",
        "'+alert(1)+'",
        "&lt;b&gt; & &amp;",
        "]]><!-- --><![CDATA[",
        "two\nlines\r and\ta tab",
        "é größe 日本 図",
        "שלום \u202Etxt.exe\u202C عربي",
        "bell\u0007 escape\u001B[31m",
        "${7*7} {{x}} %s %n \\u003c $1");
  }

  private static Map<String, Integer> tags(String page) {
    Map<String, Integer> out = new TreeMap<>();
    Matcher m = TAG.matcher(page);
    while (m.find()) {
      out.merge(m.group(1), 1, Integer::sum);
    }
    return out;
  }

  private static String texts(String page) {
    return spaces(
        page.replace("&lt;", "<")
            .replace("&gt;", ">")
            .replace("&quot;", "\"")
            .replace("&#39;", "'")
            .replace("&amp;", "&"));
  }

  /** Control characters, which the agent's page writes as escapes, as spaces. */
  private static String spaces(String text) {
    return text.replaceAll("(\\\\[nrt]|\\\\u[0-9a-fA-F]{4}|[\\s\\p{Cntrl}\uFFFD])+", " ");
  }

  /** What the agent shows of a movie whose names are all this one. */
  private String page(String name) throws Exception {
    Path folder = Files.createDirectories(dir.resolve("agent").resolve(name));
    Files.createDirectories(folder.resolve("raw"));
    Path toml =
        Files.writeString(
            folder.resolve("watch.toml"),
            "[watch]\nraw = \"raw\"\n[page]\nport = 0\nresults = \"results.csv\"\n");
    Files.writeString(
        folder.resolve("results.csv"),
        "crystal,resolution\n\"" + name.replace("\"", "\"\"") + "\",0.85\n");
    AgentConfig config = ConfigReader.read(toml, StepTypes.standard(List.of("mdx")));
    AgentStatus.Row row =
        new AgentStatus.Row(name, name, name, "parked", name, name, 5, 1000, 2000);
    AgentStatus status =
        new AgentStatus(
            3000,
            true,
            name,
            folder.resolve("raw").toString(),
            false,
            3,
            List.of(),
            Map.of("parked", 1),
            List.of(),
            List.of(row),
            List.of(),
            List.of(new AgentStatus.Hour(1000, 1, 1000)),
            List.of(new AgentStatus.Disk(name, name, 1L << 40, 1L << 42)),
            List.of(name));
    try (StatusPage page = StatusPage.start(config, () -> status)) {
      return HttpClient.newHttpClient()
          .send(
              HttpRequest.newBuilder(page.address()).build(),
              HttpResponse.BodyHandlers.ofString(StandardCharsets.UTF_8))
          .body();
    }
  }

  /** The table of a crystal in a folder of this name. */
  private String table(String name) throws Exception {
    Path trial = Files.createDirectories(dir.resolve("work " + name.hashCode()).resolve(name));
    Files.createDirectories(trial.resolve("P1"));
    Files.writeString(trial.resolve("P1").resolve("dials.import.log"), "DIALS 3.12\n");
    return ResultTable.read(trial.getParent(), List.of(), 0.3).toHtml(name);
  }

  @ParameterizedTest
  @MethodSource("names")
  void namesShouldBeTexts(String name) throws Exception {
    String page = page(name);
    assertThat(texts(page)).contains(spaces(name));
    assertThat(tags(page)).isEqualTo(tags(page("plain")));
    String table = table(name);
    assertThat(texts(table)).contains(spaces(name));
    assertThat(tags(table)).isEqualTo(tags(table("plain")));
  }
}
