package org.mdx.cli.file;

import java.io.IOException;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import org.mdx.cli.terminal.CommonOptions;
import org.mdx.cli.terminal.Compatibility;
import org.mdx.io.nexus.Mdx2;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** Shows what is in an HDF5 file. */
@Command(
    name = "tree",
    description = "Show what is in a NeXus file, or any HDF5 file.",
    mixinStandardHelpOptions = true)
public final class TreeCommand implements Callable<Integer> {

  @Mixin private CommonOptions common;

  /** Changes nothing here; all commands of mdx2 take it. */
  @Mixin private Compatibility compatibility;

  @Parameters(paramLabel = "FILE", description = "The file.")
  private Path file;

  @Override
  public Integer call() throws IOException {
    String tree = Mdx2.tree(file).stripTrailing();
    common.out().println(file + ":");
    common.out().println(tree);
    return 0;
  }
}
