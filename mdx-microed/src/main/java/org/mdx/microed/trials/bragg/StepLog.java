package org.mdx.microed.trials.bragg;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.util.List;
import org.mdx.microed.process.engine.StepRun;

/** What a step says: on its output, and in a log of the name that the DIALS program gives to it. */
final class StepLog implements AutoCloseable {
  private final PrintWriter output;
  private final PrintWriter file;

  StepLog(StepRun run, PrintWriter output, String name) throws IOException {
    this.output = output;
    this.file = new PrintWriter(Files.newBufferedWriter(run.folder().resolve(name)));
    say("mdx " + version() + ", in place of " + run.task());
  }

  private static String version() {
    String version = StepLog.class.getPackage().getImplementationVersion();
    return version == null ? "development" : version;
  }

  void say(String line) {
    output.println(line);
    file.println(line);
  }

  void say(List<String> lines) {
    lines.forEach(this::say);
  }

  @Override
  public void close() {
    file.close();
  }
}
