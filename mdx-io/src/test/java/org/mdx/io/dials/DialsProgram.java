package org.mdx.io.dials;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Assumptions;

/** Runs programs of DIALS on files that the tests wrote; skips the test where it is missing. */
public final class DialsProgram {
  private static final Path PROGRAMS = Path.of("/usr/bin");

  private DialsProgram() {}

  /**
   * Runs a program.
   *
   * @param folder working folder, where it leaves its logs
   * @param name such as {@code dials.import}
   * @param arguments of the program
   * @return what it printed
   * @throws IOException if it cannot be run
   */
  public static String run(Path folder, String name, Object... arguments) throws IOException {
    Path program = PROGRAMS.resolve(name);
    Assumptions.assumeTrue(
        Files.isExecutable(program), "skipped: " + program + " is not installed");
    List<String> command = new ArrayList<>(List.of(program.toString()));
    for (Object a : arguments) {
      command.add(a.toString());
    }
    Process p =
        new ProcessBuilder(command).directory(folder.toFile()).redirectErrorStream(true).start();
    p.getOutputStream().close();
    String text = new String(p.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    try {
      if (p.waitFor() != 0) {
        throw new AssertionError(String.join(" ", command) + "\n" + text);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException(e);
    }
    return text;
  }
}
