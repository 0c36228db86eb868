package org.mdx.cli.figure;

import static org.assertj.core.api.Assertions.assertThat;
import static org.mdx.cli.SimulatedData.run;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import javax.imageio.ImageIO;
import javax.xml.parsers.DocumentBuilderFactory;
import org.apache.pdfbox.Loader;
import org.apache.pdfbox.pdmodel.PDDocument;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.mdx.cli.SimulatedData;
import org.mdx.cli.SimulatedData.Outcome;
import org.mdx.io.sim.SimulatedFiles;
import org.w3c.dom.Document;
import org.w3c.dom.Element;
import org.w3c.dom.NodeList;

/**
 * Names of folders, files, samples and instruments are texts, whatever they look like: a page has
 * the same elements as with a plain name, a picture in SVG is well-formed XML, a table has the same
 * cells.
 */
class HostileNamesTest {
  private static final String PLAIN = "plain";

  /** What no file can be called. */
  private static final String MORE = "</td></script></title>";

  private static final Pattern TAG = Pattern.compile("<(/?[a-zA-Z!][^\\s>/]*)");

  @TempDir private static Path dir;
  private static Path out;
  private static Path expt;
  private static Made plain;

  /** What came of a name. */
  private record Made(String report, String page, String svg, String csv, String offline) {}

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
        "bell\u0007 escape\u001B[31m delete\u007F",
        "${7*7} {{x}} %s %n \\u003c $1",
        "a,\"b\";c|d",
        "=1+1");
  }

  @BeforeAll
  static void reduce() throws Exception {
    SimulatedFiles data = SimulatedData.write(dir.resolve("data"));
    out = dir.resolve("out");
    expt = data.indexed().get(0);
    Outcome o =
        run(
            "reduce",
            expt,
            data.indexed().get(1),
            "--count-threshold",
            60,
            "--subdivide",
            "2,2,2",
            "--keep",
            "--out",
            out);
    assertThat(o.err()).isEmpty();
    plain = make(PLAIN);
  }

  private static void done(Object... args) {
    Outcome o = run(args);
    assertThat(o.err()).isEmpty();
    assertThat(o.code()).isZero();
  }

  private static Path copy(String file, Path to) throws IOException {
    return Files.copy(out.resolve(file), to);
  }

  private static Made make(String name) throws Exception {
    Path folder = Files.createDirectories(dir.resolve("in").resolve(name));
    Path map = copy("map.nxs", folder.resolve(name + ".nxs"));
    Path table = copy("merged.nxs", folder.resolve(name + " t.nxs"));
    Path scales = copy("split_0/scales.nxs", folder.resolve(name + " s.nxs"));
    Path report = folder.resolve(name + " r.html");
    String sample = "sample=" + name + MORE;
    String instrument = "instrument=" + name;
    done("report", "scaling_model", scales, "--out", report, "--metadata", sample, instrument);
    Path page = folder.resolve(name + " m.html");
    done("plot", "map", map, "--out", page);
    Path svg = folder.resolve(name + " b.svg");
    done("plot", "scale", scales, "--out", svg);
    Path csv = folder.resolve(name + " b.csv");
    done("plot", "scale", scales, "--out", csv);
    Path offline = folder.resolve(name + " v.html");
    done("view", table, "--geometry", expt, "--offline", offline);
    return new Made(
        Files.readString(report),
        Files.readString(page),
        Files.readString(svg),
        Files.readString(csv),
        Files.readString(offline));
  }

  /** A folder of all names in one, whose report has planes and statistics. */
  @Test
  void reportsAndPicturesOfAHostileFolderShouldBeMade() throws Exception {
    String name = String.join(" ", names().toList()).replaceAll("[=/]", "").substring(0, 120);
    Map<String, Integer> tags = null;
    for (String n : List.of(PLAIN, name)) {
      Path folder = Files.createDirectories(dir.resolve("folders").resolve(n));
      copy("merged.nxs", folder.resolve("merged.nxs"));
      Path map = copy("map.nxs", folder.resolve("map.nxs"));
      Path report = folder.resolve("r.html");
      done("report", folder, "--geometry", expt, "--out", report);
      tags = tags == null ? tags(Files.readString(report)) : tags;
      assertThat(tags(Files.readString(report))).isEqualTo(tags);
      done("plot", "map", map, "--out", folder.resolve(n + ".png"));
      assertThat(ImageIO.read(folder.resolve(n + ".png").toFile()).getWidth()).isPositive();
      done("plot", "map", map, "--out", folder.resolve(n + ".pdf"));
      try (PDDocument pdf = Loader.loadPDF(folder.resolve(n + ".pdf").toFile())) {
        assertThat(pdf.getNumberOfPages()).isEqualTo(1);
      }
    }
  }

  @ParameterizedTest
  @MethodSource("names")
  void namesShouldBeTexts(String name) throws Exception {
    Made made = make(name);
    sameElements(made.report, plain.report);
    sameElements(made.page, plain.page);
    sameElements(made.offline, plain.offline);
    assertThat(texts(made.report)).contains(spaces(name + MORE));
    assertThat(texts(made.page)).contains(spaces(name));
    Document svg = parse(made.svg);
    assertThat(elements(svg)).isEqualTo(elements(parse(plain.svg)));
    assertThat(rows(made.csv)).isEqualTo(rows(plain.csv));
  }

  /** Elements of a page and how often each is there; those of a hostile name would be more. */
  private static void sameElements(String page, String like) {
    assertThat(tags(page)).isEqualTo(tags(like));
    assertThat(page).doesNotContain("\u0000");
  }

  private static Map<String, Integer> tags(String page) {
    Map<String, Integer> out = new TreeMap<>();
    Matcher m = TAG.matcher(page);
    while (m.find()) {
      out.merge(m.group(1), 1, Integer::sum);
    }
    return out;
  }

  /** The page with its character references replaced. */
  private static String texts(String page) {
    return spaces(
        page.replace("&lt;", "<")
            .replace("&gt;", ">")
            .replace("&quot;", "\"")
            .replace("&#39;", "'")
            .replace("&amp;", "&"));
  }

  private static String spaces(String text) {
    return text.replaceAll("[\\s\\p{Cntrl}\uFFFD]+", " ");
  }

  private static Document parse(String svg) throws Exception {
    DocumentBuilderFactory factory = DocumentBuilderFactory.newInstance();
    factory.setNamespaceAware(true);
    factory.setFeature("http://apache.org/xml/features/nonvalidating/load-external-dtd", false);
    return factory
        .newDocumentBuilder()
        .parse(new java.io.ByteArrayInputStream(svg.getBytes(StandardCharsets.UTF_8)));
  }

  /** Elements with the names of their attributes, without how often: texts can be cut in pieces. */
  private static List<String> elements(Document document) {
    List<String> out = new ArrayList<>();
    NodeList all = document.getElementsByTagName("*");
    for (int i = 0; i < all.getLength(); i++) {
      Element e = (Element) all.item(i);
      assertThat(e.getTagName()).isNotIn("script", "foreignObject", "a", "iframe");
      for (int a = 0; a < e.getAttributes().getLength(); a++) {
        assertThat(e.getAttributes().item(a).getNodeName()).doesNotStartWith("on");
      }
      if (!out.contains(e.getTagName())) {
        out.add(e.getTagName());
      }
    }
    Collections.sort(out);
    return out;
  }

  /** Cells of each row as RFC 4180 has them. */
  private static List<Integer> rows(String csv) {
    List<Integer> out = new ArrayList<>();
    int cells = 1;
    boolean quoted = false;
    for (char c : csv.toCharArray()) {
      quoted ^= c == '"';
      if (c == ',' && !quoted) {
        cells++;
      } else if (c == '\n' && !quoted) {
        out.add(cells);
        cells = 1;
      }
    }
    return out;
  }
}
