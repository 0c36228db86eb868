package org.mdx.jupyter;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The notebooks of the examples run without a browser. {@code -Dmdx.notebooks=true}: all. */
class NotebooksTest {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final String KERNEL = "rapaio-jupyter-kernel";
  private static final long SECONDS = 200;

  @TempDir private Path dir;

  /** The library, and not what tests alone need. */
  private static List<String> classPath() {
    return Arrays.stream(System.getProperty("java.class.path").split(File.pathSeparator))
        .filter(p -> !p.isEmpty() && !p.matches(".*(junit|archunit|assertj|rapaio|jjava).*\\.jar"))
        .map(p -> Path.of(p).toAbsolutePath().toString())
        .toList();
  }

  private static Path kernel() {
    return Arrays.stream(System.getProperty("java.class.path").split(File.pathSeparator))
        .filter(p -> p.matches(".*rapaio-jupyter-kernel[^/]*\\.jar"))
        .map(Path::of)
        .findFirst()
        .orElse(null);
  }

  private static boolean isInstalled(String program) {
    return Arrays.stream(System.getenv("PATH").split(File.pathSeparator))
        .anyMatch(folder -> Files.isExecutable(Path.of(folder, program)));
  }

  @Test
  void notebooksShouldRunAndShowTheirValues() throws Exception {
    Path examples = Path.of("..", "examples", "notebooks");
    List<Path> all;
    try (Stream<Path> files = Files.list(examples)) {
      all = files.filter(f -> f.toString().endsWith(".ipynb")).sorted().toList();
    }
    assertThat(all).hasSize(6);
    for (Path notebook : all) {
      for (JsonNode cell : JSON.readTree(notebook.toFile()).get("cells")) {
        assertThat(cell.path("outputs").size()).as("stored outputs of " + notebook).isZero();
      }
    }
    Assumptions.assumeTrue(
        isInstalled("jupyter-nbconvert") && kernel() != null,
        "skipped: no jupyter-nbconvert; install it to run the notebooks");
    installKernel();
    for (Path notebook : Boolean.getBoolean("mdx.notebooks") ? all : all.subList(0, 1)) {
      run(notebook);
    }
  }

  private void installKernel() throws Exception {
    ObjectNode spec = JSON.createObjectNode();
    spec.putArray("argv")
        .add(Path.of(System.getProperty("java.home"), "bin", "java").toString())
        .add("-cp")
        .add(kernel() + File.pathSeparator + String.join(File.pathSeparator, classPath()))
        .add("org.mdx.jupyter.RapaioStart")
        .add("{connection_file}");
    spec.put("display_name", "Java").put("language", "java").put("interrupt_mode", "message");
    // the kernel separates with semicolons on every system
    spec.putObject("env")
        .put("RJK_CLASSPATH", classPath().stream().collect(Collectors.joining(";")));
    Path folder = Files.createDirectories(dir.resolve("kernels").resolve(KERNEL));
    JSON.writeValue(folder.resolve("kernel.json").toFile(), spec);
  }

  private void run(Path notebook) throws Exception {
    String log = execute(notebook);
    Path executed = dir.resolve(notebook.getFileName());
    assertThat(executed).as(log).exists();
    List<String> types = new ArrayList<>();
    for (JsonNode cell : JSON.readTree(executed.toFile()).get("cells")) {
      if (cell.get("cell_type").asText().equals("code")) {
        assertThat(cell.get("outputs").size()).as(cell.get("source").toString()).isPositive();
        cell.get("outputs").forEach(o -> o.path("data").fieldNames().forEachRemaining(types::add));
      }
    }
    assertThat(types).isNotEmpty();
    assertThat(types).contains("image/png");
  }

  /** Runs a notebook; what it has shown is in a copy, which is not there if a cell fails. */
  private String execute(Path notebook) throws Exception {
    Path log = dir.resolve("log");
    ProcessBuilder builder =
        new ProcessBuilder(
            "jupyter-nbconvert",
            "--to",
            "notebook",
            "--execute",
            "--ExecutePreprocessor.timeout=" + SECONDS,
            "--ExecutePreprocessor.startup_timeout=" + SECONDS,
            "--output-dir",
            dir.toString(),
            notebook.toString());
    builder.environment().put("JUPYTER_PATH", dir.toString());
    Process process = builder.redirectErrorStream(true).redirectOutput(log.toFile()).start();
    boolean ended = process.waitFor(SECONDS, TimeUnit.SECONDS);
    if (!ended) {
      process.descendants().forEach(ProcessHandle::destroy);
      process.destroy();
    }
    return Files.readString(log);
  }
}
