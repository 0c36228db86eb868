package org.mdx.jupyter;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import jdk.jshell.ExpressionSnippet;
import jdk.jshell.JShell;
import jdk.jshell.Snippet;
import jdk.jshell.SnippetEvent;
import jdk.jshell.SourceCodeAnalysis.CompletionInfo;
import jdk.jshell.VarSnippet;
import org.junit.jupiter.api.Test;

/**
 * The cells of the notebooks run in JShell, which kernels are made of; no kernel is needed. {@code
 * -Dmdx.notebooks=true}: all of them, or {@code -Dmdx.notebook=4} one.
 */
class CellsTest {
  private static final ObjectMapper JSON = new ObjectMapper();

  @Test
  void cellsShouldRunAndShowPictures() throws Exception {
    List<Path> all;
    try (Stream<Path> files = Files.list(Path.of("..", "examples", "notebooks"))) {
      all = files.filter(f -> f.toString().endsWith(".ipynb")).sorted().toList();
    }
    assertThat(all).hasSize(6);
    int one = Integer.getInteger("mdx.notebook", 1);
    for (Path notebook : Boolean.getBoolean("mdx.notebooks") ? all : all.subList(one - 1, one)) {
      List<String> shown = run(notebook);
      assertThat(shown).as(notebook + " shows pictures").contains("image/png");
    }
  }

  /** Kinds of what the cells show. */
  private static List<String> run(Path notebook) throws Exception {
    List<String> shown = new ArrayList<>();
    try (JShell shell = JShell.builder().executionEngine("local").build()) {
      for (String entry : System.getProperty("java.class.path").split(File.pathSeparator)) {
        shell.addToClasspath(entry);
      }
      for (JsonNode cell : JSON.readTree(notebook.toFile()).get("cells")) {
        if (cell.get("cell_type").asText().equals("code")) {
          StringBuilder source = new StringBuilder();
          cell.get("source").forEach(line -> source.append(line.asText()));
          shown.add(show(shell, run(shell, notebook, source.toString())));
        }
      }
    }
    return shown;
  }

  /** Runs a cell and gives its last snippet. */
  private static Snippet run(JShell shell, Path notebook, String cell) {
    Snippet last = null;
    String rest = cell;
    while (!rest.isBlank()) {
      CompletionInfo part = shell.sourceCodeAnalysis().analyzeCompletion(rest);
      assertThat(part.completeness().isComplete()).as("%s: %s", notebook, rest).isTrue();
      for (SnippetEvent event : shell.eval(part.source())) {
        List<String> problems =
            shell.diagnostics(event.snippet()).map(d -> d.getMessage(null)).toList();
        assertThat(event.status())
            .as("%s: %s%n%s", notebook, part.source(), problems)
            .isIn(Snippet.Status.VALID, Snippet.Status.OVERWRITTEN);
        assertThat(event.exception()).as("%s: %s", notebook, part.source()).isNull();
        last = event.causeSnippet() == null ? event.snippet() : last;
      }
      rest = part.remaining();
    }
    return last;
  }

  /** What mdx shows for the last value of a cell; its text where the kernel shows it as it is. */
  private static String show(JShell shell, Snippet last) {
    assertThat(last)
        .as("a cell ends with a value")
        .isInstanceOfAny(VarSnippet.class, ExpressionSnippet.class);
    String name = last instanceof VarSnippet v ? v.name() : ((ExpressionSnippet) last).name();
    String type = "org.mdx.jupyter.Shown.isShown(" + name + ")";
    List<SnippetEvent> asked =
        shell.eval(type + " ? org.mdx.jupyter.Shown.of(" + name + ").type() : \"text/plain\"");
    assertThat(asked.get(0).exception()).isNull();
    String value = asked.get(0).value();
    assertThat(value).as("of " + name).isNotNull();
    return value.replace("\"", "");
  }
}
