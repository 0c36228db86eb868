package org.mdx.cli;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import org.mdx.cli.phil.Call;
import org.mdx.cli.phil.DialsProgram;
import org.mdx.cli.phil.DialsPrograms;
import org.mdx.cli.phil.Mdx;
import org.mdx.cli.terminal.Failure;
import org.mdx.cli.terminal.Log;
import org.mdx.cli.terminal.Spelling;
import org.mdx.cli.terminal.VersionCommand;
import org.mdx.parallel.Progress;
import picocli.CommandLine;

/**
 * The commands of mdx under the names and with the command lines of programs of DIALS. What the
 * launchers start that {@code install-shims --dials} writes.
 */
public final class DialsLauncher {

  private DialsLauncher() {}

  /**
   * Runs a program and ends the virtual machine with its exit code.
   *
   * @param args the name of a program of DIALS without {@code dials.}, and its arguments
   */
  public static void main(String[] args) {
    Main.process((out, err, progress) -> run(args, out, err, progress));
  }

  /**
   * Runs a command line of DIALS.
   *
   * @param args the name of a program without {@code dials.}, and its arguments
   * @param out receives what it prints
   * @param err receives what is wrong
   * @param progress is told how far it is
   * @return 0, or 1 if the command line, input or processing is wrong
   */
  public static int run(String[] args, PrintWriter out, PrintWriter err, Progress progress) {
    String name = args.length == 0 ? "" : args[0];
    List<String> words = Arrays.asList(args).subList(Math.min(1, args.length), args.length);
    DialsProgram program = DialsPrograms.named(name).orElse(null);
    if (program == null) {
      err.println("dials." + name + ": mdx has no such program");
      err.flush();
      return 1;
    }
    if (words.isEmpty() || words.stream().anyMatch(Set.of("-h", "--help")::contains)) {
      out.print(program.help());
      out.flush();
      return words.isEmpty() ? 1 : 0;
    } else if (words.contains("--version")) {
      Arrays.stream(new VersionCommand.Provider().getVersion()).forEach(out::println);
      out.flush();
      return 0;
    }
    try {
      Call call = program.call(words);
      String file = program.log(call);
      Log log = file.isEmpty() ? null : new Log(Path.of(file), out);
      PrintWriter both = log == null ? out : new PrintWriter(log, true);
      both.println("dials." + name + " " + String.join(" ", words));
      call.notes().forEach(both::println);
      int code = program.run(call, new Commands("dials." + name, both, err, progress));
      both.flush();
      if (log != null) {
        log.close();
      }
      return code == 0 ? 0 : 1;
    } catch (IOException | RuntimeException e) {
      err.println("dials." + name + ": " + Failure.message(e));
      err.flush();
      return 1;
    }
  }

  /** Runs commands of mdx; what they complain about goes by the program's name. */
  private record Commands(String name, PrintWriter out, PrintWriter err, Progress progress)
      implements Mdx {
    @Override
    public int run(List<String> words) {
      out.println("mdx " + String.join(" ", words));
      CommandLine line = Main.commands(words.subList(0, 1));
      line.setCommandName(name);
      String[] args = Spelling.withDashes(words.toArray(new String[0]));
      return Main.execute(line, args, out, err, progress);
    }
  }
}
