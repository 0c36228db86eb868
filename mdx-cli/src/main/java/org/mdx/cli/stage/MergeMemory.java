package org.mdx.cli.stage;

import java.io.IOException;
import java.nio.file.Path;
import org.mdx.cli.terminal.CommonOptions;
import org.mdx.io.scratch.ScratchTables;
import org.mdx.merge.MergeInput;
import org.mdx.merge.MergePart;
import org.mdx.merge.Merger;
import org.mdx.table.MemoryTables;
import picocli.CommandLine.Option;

/** How much of a merge is in memory, and which part of the voxels is merged. */
final class MergeMemory implements AutoCloseable {
  /** Bytes that a row needs while it is merged: columns twice, groups, sums. */
  private static final long ROW = 160;

  @Option(
      names = "--memory",
      paramLabel = "MIB",
      description =
          "Memory for observations. With it they wait in scratch files, and as many are merged at a"
              + " time as fit. Default: all in memory.")
  private Integer memory;

  @Option(
      names = "--scratch",
      paramLabel = "DIR",
      description =
          "Folder for scratch files, which are removed at the end; that of temporary files by"
              + " default.")
  private Path scratch;

  @Option(
      names = "--range",
      paramLabel = "I/N",
      description =
          "Merge the I-th of N parts of the voxels alone, on this machine: merged_part_I_of_N.nxs;"
              + " merge --join puts them together.")
  private String range;

  private ScratchTables store;
  private int part = 1;
  private int parts = 1;

  /** Looks at the options. */
  void check(CommonOptions common) {
    if (memory != null && memory < 1) {
      throw common.usage("--memory " + memory + ": must be 1 MiB or more");
    }
    if (range == null) {
      return;
    }
    String[] numbers = range.split("/", -1);
    try {
      part = Integer.parseInt(numbers[0].strip());
      parts = Integer.parseInt(numbers[1].strip());
      new MergePart(1, part, parts, 1);
    } catch (IllegalArgumentException | ArrayIndexOutOfBoundsException e) {
      throw common.usage("--range " + range + ": must be such as 2/5, the second part of five");
    }
  }

  boolean isPart() {
    return range != null;
  }

  int part() {
    return part;
  }

  int parts() {
    return parts;
  }

  /** Where the tables go. */
  MergeInput input(Merger merger) throws IOException {
    if (memory == null && scratch == null) {
      return merger.input(new MemoryTables());
    }
    store =
        ScratchTables.in(scratch != null ? scratch : Path.of(System.getProperty("java.io.tmpdir")));
    return merger.input(store);
  }

  /** What is merged of the first tables. */
  MergePart of(int tables) {
    MergePart all = MergePart.whole(tables).part(part, parts);
    if (store == null) {
      return all;
    }
    long bytes = memory != null ? memory * (1L << 20) : Runtime.getRuntime().maxMemory() / 2;
    return all.mostRows(Math.max(1, bytes / ROW));
  }

  @Override
  public void close() throws IOException {
    if (store != null) {
      store.close();
    }
  }
}
