package org.mdx.microed.agent.config;

import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.mdx.io.MdxFormatException;

/** Checks that nothing is written among the sources. */
public final class FolderCheck {

  private FolderCheck() {}

  /**
   * Checks the folders of a configuration.
   *
   * @throws MdxFormatException if a product could come to lie among the sources
   */
  static void check(Path file, AgentConfig config) {
    Path raw = config.watch().raw();
    written(config)
        .forEach(
            (what, folder) -> {
              if (raw.startsWith(folder)) {
                throw new MdxFormatException(
                    file,
                    what,
                    "a folder that watch.raw = " + raw + " is not in",
                    folder.toString(),
                    "give products a folder of their own");
              }
            });
  }

  /**
   * Folders that are written to.
   *
   * @param config of the agent
   * @return the folders by the entry that names them, in the order of the configuration
   */
  public static Map<String, Path> written(AgentConfig config) {
    Map<String, Path> folders = new LinkedHashMap<>();
    folders.put("state", config.state());
    config.work().ifPresent(w -> folders.put("work.folder", w));
    for (AgentConfig.PlannedStep s : config.steps()) {
      Optional<Path> root = s.step().root();
      root.ifPresent(r -> folders.put("step '" + s.step().name() + "'", r));
    }
    for (AgentConfig.Copy c : config.copies()) {
      if (!c.rsync()) {
        folders.put("copy to " + c.to(), Path.of(c.to()));
      }
    }
    return folders;
  }
}
