package org.mdx.cli;

import java.io.PrintWriter;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import org.mdx.cli.mdx2.Mdx2Arguments;
import org.mdx.cli.mdx2.Shim;
import org.mdx.parallel.Progress;
import picocli.CommandLine;

/**
 * The commands of mdx under the names and with the command lines of mdx2. What the launchers start
 * that {@code install-shims} writes.
 */
public final class Mdx2Launcher {

  private static final List<String> NO = List.of("", "0", "false", "no", "off");

  private Mdx2Launcher() {}

  /**
   * Runs a command and ends the virtual machine with its exit code. The environment variable {@code
   * MDX2_COMPATIBLE=1} asks for mdx2's conventions.
   *
   * @param args the name of a command of mdx2 without {@code mdx2.}, and its arguments
   */
  public static void main(String[] args) {
    String asked = System.getenv("MDX2_COMPATIBLE");
    boolean compatible = asked != null && !NO.contains(asked.strip().toLowerCase(Locale.ROOT));
    Main.process((out, err, progress) -> run(args, compatible, out, err, progress));
  }

  /** Runs a command line of mdx2; returns the exit code. */
  public static int run(
      String[] args, boolean compatible, PrintWriter out, PrintWriter err, Progress progress) {
    String name = args.length == 0 ? "" : args[0];
    CommandLine command = Main.commands().getSubcommands().get(name.replace('_', '-'));
    if (!Shim.COMMANDS.contains(name) || command == null) {
      err.println("mdx2." + name + ": mdx has no such command");
      err.flush();
      return 2;
    }
    Object own = command.getCommand();
    CommandLine line = new CommandLine(own);
    line.setCommandName("mdx2." + name);
    List<String> words = Arrays.asList(args).subList(1, args.length);
    String[] translated = new Mdx2Arguments(line.getCommandSpec()).translate(words, compatible);
    return Main.execute(line, translated, out, err, progress);
  }
}
