package org.mdx.io.reference;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assumptions;

/** Runs the programs of DIALS. */
final class DialsProgram {
  private DialsProgram() {}

  /**
   * Runs a program of DIALS, or Python with DIALS; skips the test if it is not there.
   *
   * @param folder to run it in
   * @param program such as {@code dials.show}, or {@code python3}
   * @param arguments its command line
   * @return what it printed
   */
  static String run(Path folder, String program, Object... arguments) throws Exception {
    Path path =
        Arrays.stream(System.getenv().getOrDefault("PATH", "").split(File.pathSeparator))
            .map(dir -> Path.of(dir, program.startsWith("python") ? "dials.show" : program))
            .filter(Files::isExecutable)
            .findFirst()
            .orElse(null);
    Assumptions.assumeTrue(path != null, "skipped: " + program + " of DIALS is not installed");
    List<String> command = new ArrayList<>();
    command.add(program.startsWith("python") ? "/usr/bin/python3" : path.toString());
    Stream.of(arguments).map(Object::toString).forEach(command::add);
    Path output = folder.resolve("output.txt");
    Process p =
        new ProcessBuilder(command)
            .directory(folder.toFile())
            .redirectErrorStream(true)
            .redirectOutput(output.toFile())
            .start();
    int code = p.waitFor();
    String text = Files.readString(output, StandardCharsets.UTF_8);
    assertThat(code).as(text).isZero();
    return text;
  }
}
