package org.mdx.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The documents lead to files and headings that there are, and their lines are not too long. */
class DocumentsTest {
  private static final Path ROOT = Path.of("..");
  private static final int BYTES = 140;
  private static final Pattern LINK = Pattern.compile("\\]\\(([^)\\s]+)\\)");

  private static List<Path> documents() throws IOException {
    List<Path> out = new ArrayList<>();
    for (Path folder : List.of(ROOT, ROOT.resolve("docs"))) {
      try (Stream<Path> files = Files.list(folder)) {
        files.filter(f -> f.toString().endsWith(".md")).sorted().forEach(out::add);
      }
    }
    assertThat(out).hasSizeGreaterThan(20);
    return out;
  }

  /** Lines without those of blocks of code. */
  private static List<String> prose(Path file) throws IOException {
    List<String> out = new ArrayList<>();
    boolean code = false;
    for (String line : Files.readAllLines(file)) {
      boolean fence = line.strip().startsWith("```");
      code ^= fence;
      out.add(code || fence || line.startsWith("    ") ? "" : line);
    }
    return out;
  }

  /** Headings as anchors: small letters, spaces as hyphens, other signs left out. */
  private static Set<String> anchors(Path file) throws IOException {
    Set<String> out = new HashSet<>();
    for (String line : prose(file)) {
      if (line.startsWith("#")) {
        String text = line.replaceFirst("#+ *", "").replaceAll("\\[([^]]*)]\\([^)]*\\)", "$1");
        String anchor =
            text.toLowerCase(Locale.ROOT)
                .replaceAll("[^\\p{L}\\p{M}\\p{Nd}\\p{Pc} -]", "")
                .strip()
                .replace(' ', '-');
        for (int i = 0; !out.add(i == 0 ? anchor : anchor + "-" + i); i++) {
          assertThat(i).isLessThan(99);
        }
      }
    }
    return out;
  }

  @Test
  void linksShouldLeadSomewhere() throws IOException {
    List<String> broken = new ArrayList<>();
    for (Path file : documents()) {
      Matcher m = LINK.matcher(String.join("\n", prose(file)));
      while (m.find()) {
        String link = m.group(1);
        if (link.contains("://") || link.startsWith("mailto:")) {
          continue;
        }
        String[] parts = link.split("#", 2);
        Path to = parts[0].isEmpty() ? file : file.resolveSibling(parts[0]);
        boolean there = Files.exists(to);
        if (there && parts.length > 1 && to.toString().endsWith(".md")) {
          there = anchors(to).contains(parts[1]);
        }
        if (!there) {
          broken.add(file + ": " + link);
        }
      }
    }
    assertThat(broken).isEmpty();
  }

  /** Rows of tables may be longer. */
  @Test
  void linesShouldHaveAtMost140Bytes() throws IOException {
    List<String> longer = new ArrayList<>();
    for (Path file : documents()) {
      List<String> lines = prose(file);
      for (int i = 0; i < lines.size(); i++) {
        int bytes = lines.get(i).getBytes(StandardCharsets.UTF_8).length;
        if (bytes > BYTES && !lines.get(i).startsWith("|")) {
          longer.add(file + ":" + (i + 1) + ": " + bytes + " bytes");
        }
      }
    }
    assertThat(longer).isEmpty();
  }
}
