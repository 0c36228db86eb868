package org.mdx.cli.terminal;

import org.mdx.io.nexus.Mdx2;
import picocli.CommandLine.Command;
import picocli.CommandLine.IVersionProvider;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** Shows versions. */
@Command(
    name = "version",
    description = "Show the versions of mdx and Java.",
    mixinStandardHelpOptions = true)
public final class VersionCommand implements Runnable {

  @Spec private CommandSpec spec;

  /** Changes nothing here; all commands of mdx2 take it. */
  @Mixin private Compatibility compatibility;

  /** Versions, a line each. */
  public static final class Provider implements IVersionProvider {
    @Override
    public String[] getVersion() {
      return new String[] {
        "mdx " + version(),
        "Java " + Runtime.version() + " (" + System.getProperty("java.vm.name") + ")",
        System.getProperty("os.name") + " " + System.getProperty("os.arch")
      };
    }
  }

  /** The version that was packaged. */
  public static String version() {
    String packaged = VersionCommand.class.getPackage().getImplementationVersion();
    return packaged == null ? "unpackaged" : packaged;
  }

  @Override
  public void run() {
    if (spec.name().startsWith("mdx2.")) {
      // scripts look for this line to know the layout of the files
      spec.commandLine().getOut().println("mdx2: " + Mdx2.VERSION + " (files; the program is mdx)");
    }
    for (String line : new Provider().getVersion()) {
      spec.commandLine().getOut().println(line);
    }
  }
}
