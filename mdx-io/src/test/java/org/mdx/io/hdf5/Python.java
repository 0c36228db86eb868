package org.mdx.io.hdf5;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Assumptions;

/** Runs h5py, the HDF5 library's own reader, on files that the tests wrote. */
public final class Python {
  private static final Path INTERPRETER = Path.of("/usr/bin/python3");

  private static Boolean available;

  private Python() {}

  /**
   * Runs a script; skips the test if there is no h5py.
   *
   * @param script Python code; {@code h5py}, {@code np} and {@code sys} are imported
   * @param arguments {@code sys.argv[1:]}
   * @return what it printed
   * @throws IOException if it cannot be run
   */
  public static String run(String script, Object... arguments) throws IOException {
    Assumptions.assumeTrue(available(), "skipped: /usr/bin/python3 with h5py is not installed");
    List<String> command = new ArrayList<>();
    command.add(INTERPRETER.toString());
    command.add("-c");
    command.add("import sys, h5py, numpy as np\n" + script);
    for (Object a : arguments) {
      command.add(a.toString());
    }
    Result r = exec(command);
    if (!r.ok) {
      throw new AssertionError(r.output);
    }
    return r.output;
  }

  private static synchronized boolean available() throws IOException {
    if (available == null) {
      available =
          Files.isExecutable(INTERPRETER)
              && exec(List.of(INTERPRETER.toString(), "-c", "import h5py")).ok;
    }
    return available;
  }

  private record Result(boolean ok, String output) {}

  private static Result exec(List<String> command) throws IOException {
    Process p = new ProcessBuilder(command).redirectErrorStream(true).start();
    p.getOutputStream().close();
    String text = new String(p.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    try {
      return new Result(p.waitFor() == 0, text.strip());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException(e);
    }
  }
}
