package org.mdx.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The day of docs/microed.md as it is printed there. Takes six minutes or more and DIALS: {@code
 * -Dmdx.dials=true}.
 */
class DocumentedDayTest {
  private static final Pattern BLOCK = Pattern.compile("(?s)```(sh|toml)\\n(.*?)```");

  /** Crystal, trial, resolution, and the first length of the cell. */
  private static final Pattern ROW =
      Pattern.compile("(\\d{8}_\\d{4})/(\\w+) ([\\d.]+) +Unit cell: ([\\d.]+) .*");

  @TempDir private Path dir;

  @Test
  void theDayShouldEndAsTheDocumentSays() throws Exception {
    Assumptions.assumeTrue(Boolean.getBoolean("mdx.dials"), "skipped: set -Dmdx.dials=true");
    String all = Files.readString(Path.of("../docs/microed.md"));
    String day = all.substring(all.indexOf("## A day"), all.indexOf("## Recompressing"));
    List<String> blocks = new ArrayList<>();
    for (Matcher m = BLOCK.matcher(day); m.find(); ) {
      blocks.add(m.group(2));
    }
    assertThat(blocks).hasSize(3);
    Path profile = Files.writeString(dir.resolve("talos.toml"), blocks.get(1));
    Files.writeString(
        dir.resolve("mdx-watch.toml"),
        blocks.get(2).replace("/path/to/talos.toml", profile.toString()));

    assertThat(shell(blocks.get(0))).isZero();
    assertThat(shell("mdx watch --once mdx-watch.toml")).isZero();
    assertThat(shell("mdx table work > table.txt")).isZero();

    List<String> printed =
        day.lines().map(String::strip).filter(l -> l.startsWith("20230611_")).toList();
    List<String> rows = Files.readAllLines(dir.resolve("table.txt"));
    assertThat(rows).hasSameSizeAs(printed);
    for (int i = 0; i < rows.size(); i++) {
      requireAlike(rows.get(i), printed.get(i));
    }
  }

  /** Another version of DIALS may refine to other digits. */
  private static void requireAlike(String row, String printed) {
    Matcher is = ROW.matcher(row);
    Matcher should = ROW.matcher(printed);
    if (!should.matches()) {
      assertThat(row).isEqualTo(printed);
      return;
    }
    assertThat(is.matches()).as(row).isTrue();
    assertThat(is.group(1) + is.group(2)).isEqualTo(should.group(1) + should.group(2));
    for (int g = 3; g <= 4; g++) {
      double expected = Double.parseDouble(should.group(g));
      assertThat(Double.parseDouble(is.group(g)) / expected).as(row).isBetween(0.99, 1.01);
    }
  }

  private int shell(String script) throws IOException, InterruptedException {
    String java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
    String start =
        "mdx() { '%s' -cp '%s' org.mdx.cli.Main \"$@\"; }\n"
            .formatted(java, System.getProperty("java.class.path"));
    Path log = dir.resolve("log.txt");
    Process p =
        new ProcessBuilder("sh", "-ec", start + script)
            .directory(dir.toFile())
            .redirectErrorStream(true)
            .redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile()))
            .start();
    int code = p.waitFor();
    if (code != 0) {
      System.out.println(new String(Files.readAllBytes(log), StandardCharsets.UTF_8));
    }
    return code;
  }
}
