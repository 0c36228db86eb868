package org.mdx.microed.agent;

import java.io.IOException;
import java.nio.file.Path;
import org.mdx.microed.agent.config.AgentConfig;
import org.mdx.microed.agent.config.ConfigReader;
import org.mdx.microed.agent.page.AgentStatus;

/** An agent in a process of its own, to be killed; with a second word it works once. */
final class SoakAgent {

  private SoakAgent() {}

  public static void main(String[] args) throws IOException {
    Thread main = Thread.currentThread();
    Runtime.getRuntime()
        .addShutdownHook(
            new Thread(
                () -> {
                  main.interrupt();
                  try {
                    main.join(15_000);
                  } catch (InterruptedException e) {
                    // ends at once
                  }
                }));
    AgentConfig config = ConfigReader.read(Path.of(args[0]), GzipStep.types());
    try (Agent agent = Agent.open(config, line -> {})) {
      if (args.length > 1) {
        AgentStatus status = agent.runOnce();
        System.out.print(status.text());
        System.exit(status.isComplete() ? 0 : 3);
      }
      agent.run();
    } catch (InterruptedException e) {
      // told to end
    }
  }
}
