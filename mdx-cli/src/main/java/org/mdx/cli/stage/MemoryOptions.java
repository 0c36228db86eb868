package org.mdx.cli.stage;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Set;
import org.mdx.cli.terminal.CommonOptions;
import org.mdx.io.scratch.MemoryBudget;
import org.mdx.io.scratch.ScratchSpace;
import picocli.CommandLine.Option;

/** How much of a long job is in memory, and where the rest waits. */
public final class MemoryOptions implements AutoCloseable {
  /** Kinds of file systems that lie in memory themselves. */
  private static final Set<String> IN_MEMORY = Set.of("tmpfs", "ramfs");

  @Option(
      names = "--memory",
      paramLabel = "SIZE",
      description =
          "Memory for observations, MiB, or such as 2g; what does not fit waits in scratch files."
              + " Default: what Java's heap, the container and the machine leave.")
  private String memory;

  @Option(
      names = "--scratch",
      paramLabel = "DIR",
      description =
          "Folder for scratch files, which are removed at the end. Default: that of temporary"
              + " files; if it lies in memory, the one of the results.")
  private Path scratch;

  private MemoryBudget budget;
  private ScratchSpace space;

  /**
   * Looks at the options.
   *
   * @param common to tell what is wrong
   */
  public void check(CommonOptions common) {
    budget =
        memory == null
            ? MemoryBudget.ofMachine()
            : common.checked(() -> MemoryBudget.of(bytes(memory)));
  }

  /** Bytes of 2000 (MiB), 500m, 2g or 1.5g. */
  private static long bytes(String text) {
    String t = text.strip().toLowerCase(Locale.ROOT);
    boolean gib = t.endsWith("g");
    String digits = gib || t.endsWith("m") ? t.substring(0, t.length() - 1) : t;
    try {
      double mib = Double.parseDouble(digits) * (gib ? 1024 : 1);
      if (mib >= 1 && mib < 1L << 40) {
        return (long) (mib * (1 << 20));
      }
    } catch (NumberFormatException e) {
      // told below
    }
    throw new IllegalArgumentException(
        "--memory " + text + ": must be 1 MiB or more, as a number of MiB or such as 500m or 2g");
  }

  /**
   * What may be in memory.
   *
   * @return the budget of the options
   */
  public MemoryBudget budget() {
    return budget;
  }

  /**
   * Room for what does not fit.
   *
   * @param results the folder where results go
   * @return the room, which {@link #close} gives back
   * @throws IOException if there cannot be any
   */
  public ScratchSpace space(Path results) throws IOException {
    if (scratch != null) {
      Files.createDirectories(scratch); // a name that cannot be is told now, not in an hour
    }
    space = ScratchSpace.in(scratch != null ? scratch : parent(results), budget);
    return space;
  }

  private static Path parent(Path results) {
    Path temporary = Path.of(System.getProperty("java.io.tmpdir"));
    try {
      return IN_MEMORY.contains(Files.getFileStore(temporary).type()) ? results : temporary;
    } catch (IOException e) {
      return temporary;
    }
  }

  @Override
  public void close() throws IOException {
    if (space != null) {
      space.close();
    }
  }
}
