package org.mdx.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import jdk.jshell.JShell;
import jdk.jshell.Snippet;
import jdk.jshell.SnippetEvent;
import jdk.jshell.VarSnippet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The session of docs/jshell.md, typed again: every line evaluates and answers what is there. */
class JshellSessionTest {
  private static final String PROMPT = "jshell> ";

  /** A line that is typed and what is answered. */
  private record Line(String typed, List<String> answer) {}

  private static List<Line> session() throws IOException {
    List<Line> lines = new ArrayList<>();
    boolean inside = false;
    for (String text : Files.readAllLines(Path.of("../docs/jshell.md"))) {
      if (text.startsWith("```")) {
        inside = !inside;
      } else if (inside && text.startsWith(PROMPT)) {
        lines.add(new Line(text.substring(PROMPT.length()), new ArrayList<>()));
      } else if (inside && !text.isBlank()) {
        lines.get(lines.size() - 1).answer().add(text);
      }
    }
    return lines;
  }

  @Test
  void everyLineShouldEvaluateAndAnswerAsWritten(@TempDir Path dir) throws IOException {
    Path data = dir.resolve("data");
    assertThat(SimulatedData.run("simulate", "--frames", 24, "--out", data).code()).isZero();
    List<Line> session = session();
    assertThat(session).hasSizeGreaterThan(15);
    try (JShell shell = JShell.builder().executionEngine("local").build()) {
      for (String path : System.getProperty("java.class.path").split(":")) {
        shell.addToClasspath(path);
      }
      for (Line line : session) {
        String typed = line.typed().replace("Path.of(\"data\")", "Path.of(\"" + data + "\")");
        List<SnippetEvent> events = shell.eval(typed.endsWith(";") ? typed : typed + ";");
        SnippetEvent event = events.get(events.size() - 1);
        assertThat(event.status()).as(line.typed()).isEqualTo(Snippet.Status.VALID);
        assertThat(event.exception()).as(line.typed()).isNull();
        if (!line.answer().isEmpty()) {
          assertThat(answer(event)).as(line.typed()).matches(pattern(line.answer()));
        }
      }
    }
  }

  /** As JShell's tool shows it: the name of the variable and its value. */
  private static String answer(SnippetEvent event) {
    String name = event.snippet() instanceof VarSnippet v ? v.name() : "";
    return name.replaceFirst("^\\$\\d+$", "\\$") + " ==> " + event.value();
  }

  /** Numbers of unnamed values do not count, and … stands for anything. */
  private static Pattern pattern(List<String> answer) {
    String text = String.join("\n", answer).replaceFirst("^\\$\\d+ ==>", "\\$ ==>");
    return Pattern.compile(
        Stream.of(text.split("…", -1)).map(Pattern::quote).collect(Collectors.joining(".*")),
        Pattern.DOTALL);
  }
}
