package org.mdx.cli.reduce;

import java.io.IOException;
import java.nio.file.Path;
import org.mdx.cli.terminal.CommonOptions;
import org.mdx.io.scratch.ScratchSpace;
import org.mdx.pipeline.Sweeps;
import picocli.CommandLine.Option;

/** How much of a reduction is in memory, and where the rest waits. */
final class ReduceMemory implements AutoCloseable {
  /** Bytes that a row needs while it is merged: columns twice, groups, sums. */
  private static final long ROW = 160;

  @Option(
      names = "--memory",
      paramLabel = "MIB",
      description =
          "Memory for observations while sweeps are merged. With it corrected tables wait in scratch"
              + " files, of which one is in memory at a time, and scaling fetches a block at a time."
              + " Default: all in memory.")
  private Integer memory;

  @Option(
      names = "--scratch",
      paramLabel = "DIR",
      description =
          "Folder for scratch files, which are removed at the end; that of temporary files by"
              + " default. Alone, it sets --memory to half of what Java may use.")
  private Path scratch;

  private ScratchSpace space;

  /** Looks at the options. */
  void check(CommonOptions common) {
    if (memory != null && memory < 1) {
      throw common.usage("--memory " + memory + ": must be 1 MiB or more");
    }
  }

  /** Has the sweeps spill what need not be in memory, if that is wanted. */
  Sweeps of(Sweeps sweeps) throws IOException {
    if (memory == null && scratch == null) {
      return sweeps;
    }
    long bytes = memory != null ? memory * (1L << 20) : Runtime.getRuntime().maxMemory() / 2;
    Path parent = scratch != null ? scratch : Path.of(System.getProperty("java.io.tmpdir"));
    space = ScratchSpace.in(parent, Math.max(1, bytes / ROW));
    return sweeps.scratch(space);
  }

  @Override
  public void close() throws IOException {
    if (space != null) {
      space.close();
    }
  }
}
