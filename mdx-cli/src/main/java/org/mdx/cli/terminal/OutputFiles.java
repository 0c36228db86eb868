package org.mdx.cli.terminal;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import org.mdx.io.output.AtomicFile;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.ParseResult;

/** Looks whether the files that a command line names for its output can be written, before work. */
public final class OutputFiles {
  private static final Set<String> OPTIONS =
      Set.of(
          "--outfile",
          "--output",
          "--output-experiments",
          "--output-html",
          "--logfile",
          "--csv",
          "--redundancy",
          "--histogram",
          "--isotropic",
          "--offline",
          "--pairs",
          "--subtract-isotropic");

  private OutputFiles() {}

  /**
   * Checks the files of options.
   *
   * @throws IOException that says why one of them cannot be written
   */
  public static void require(ParseResult command) throws IOException {
    for (OptionSpec option : command.commandSpec().options()) {
      if (!OPTIONS.contains(option.longestName()) || isStreamForLog(option)) {
        continue;
      } else if (option.paramLabel().equals("FILE") && option.getValue() instanceof Path file) {
        AtomicFile.requireWritable(file);
      } else if (option.getValue() instanceof List<?> files) {
        for (Object file : files) {
          AtomicFile.requireWritable(Path.of(file.toString()));
        }
      } else if (option.paramLabel().equals("NAME") && option.getValue() instanceof String name) {
        AtomicFile.requireWritable(Path.of(name + ".expt"));
      }
    }
  }

  /** A log is written line by line, so that a device or a pipe takes it as well as a file. */
  private static boolean isStreamForLog(OptionSpec option) {
    return option.longestName().equals("--logfile")
        && option.getValue() instanceof Path file
        && AtomicFile.isDevice(file);
  }
}
