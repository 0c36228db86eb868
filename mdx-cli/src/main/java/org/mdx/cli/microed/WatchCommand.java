package org.mdx.cli.microed;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.concurrent.Callable;
import org.mdx.cli.terminal.CommonOptions;
import org.mdx.cli.terminal.Interruption;
import org.mdx.microed.agent.Agent;
import org.mdx.microed.agent.config.AgentConfig;
import org.mdx.microed.agent.config.ConfigReader;
import org.mdx.microed.agent.page.AgentStatus;
import org.mdx.microed.agent.steps.StepTypes;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Watches a folder of movies. */
@Command(
    name = "watch",
    description = {
      "Watch a folder and take each finished movie through steps: compress, transfer, process,"
          + " summarise.",
      "docs/microed.md tells how; --init writes a configuration to begin with."
    },
    mixinStandardHelpOptions = true,
    showDefaultValues = true)
public final class WatchCommand implements Callable<Integer> {

  /** Tasks other than watching. */
  private static final class Mode {
    @Option(names = "--init", description = "Write an example configuration with comments.")
    private boolean init;

    @Option(names = "--check", description = "Check the configuration.")
    private boolean check;

    @Option(
        names = "--once",
        description =
            "Take what is there through all steps and end; with code 3 if something is left.")
    private boolean once;

    @Option(names = "--status", description = "Tell what has been done and what is parked.")
    private boolean status;

    @Option(names = "--retry-parked", description = "Have movies that were given up tried again.")
    private boolean retryParked;
  }

  /** Exit code of {@code --once} if it leaves something undone. */
  private static final int LEFT = 3;

  @Mixin private CommonOptions common;

  @Parameters(
      arity = "0..1",
      paramLabel = "FILE",
      defaultValue = "mdx-watch.toml",
      description = "The configuration.")
  private Path file;

  @ArgGroup private Mode mode = new Mode();

  @Option(names = "--json", description = "With --status: as JSON.")
  private boolean json;

  @Override
  public Integer call() throws IOException {
    PrintWriter out = common.out();
    if (mode.init) {
      return init(out);
    }
    AgentConfig config = ConfigReader.read(file, StepTypes.standard(mdx()));
    if (mode.check) {
      out.println(file + " is right: " + config.steps().size() + " steps");
    } else if (mode.status) {
      status(config, out);
    } else if (mode.retryParked) {
      out.println(
          Agent.requestRetry(config)
              ? "the running agent will try parked movies again"
              : "the next agent to be started will try parked movies again");
    } else {
      return watch(config, out);
    }
    return 0;
  }

  private int init(PrintWriter out) throws IOException {
    try {
      Files.writeString(file, ConfigReader.example(), StandardOpenOption.CREATE_NEW);
    } catch (FileAlreadyExistsException e) {
      throw new IOException(file + " is there already; give another name", e);
    }
    out.println("wrote " + file);
    return 0;
  }

  private void status(AgentConfig config, PrintWriter out) throws IOException {
    AgentStatus status = AgentStatus.ofJournal(config);
    if (json) {
      out.println(
          new ObjectMapper().enable(SerializationFeature.INDENT_OUTPUT).writeValueAsString(status));
    } else {
      out.print(status.text());
    }
  }

  private int watch(AgentConfig config, PrintWriter out) throws IOException {
    try (Agent agent = Agent.open(config, out::println)) {
      if (mode.once) {
        AgentStatus status = agent.runOnce();
        out.print(status.text());
        return status.isComplete() ? 0 : LEFT;
      }
      agent.run();
      return 0;
    } catch (InterruptedException e) {
      // told to end, which is how watching ends; what was under way goes on the next time
      if (mode.once) {
        return 1;
      }
      Interruption.answer();
      return 0;
    }
  }

  /** What starts this program. */
  private static List<String> mdx() {
    return List.of(
        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
        "-cp",
        System.getProperty("java.class.path"),
        "org.mdx.cli.Main"); // above this package, which it lists
  }
}
