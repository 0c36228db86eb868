package org.mdx.microed.agent;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.mdx.io.output.AtomicFile;
import org.mdx.microed.agent.config.AgentConfig;
import org.mdx.microed.agent.journal.MovieRecord;
import org.mdx.microed.agent.journal.Product;
import org.mdx.microed.agent.steps.Arguments;
import org.mdx.microed.agent.system.Processes;
import org.mdx.microed.results.SpreadsheetCell;

/** Makes the summary of all movies: by a program, or a list of what became of each. */
final class SummaryWriter {
  private static final long HOUR = 3_600_000;

  private final AgentConfig config;
  private final AgentConfig.Summary summary;

  SummaryWriter(AgentConfig config, AgentConfig.Summary summary) {
    this.config = config;
    this.summary = summary;
  }

  void write(List<MovieRecord> movies) throws IOException, InterruptedException {
    Files.createDirectories(summary.output().getParent());
    if (summary.command().isEmpty()) {
      AtomicFile.write(
          summary.output(), out -> out.write(csv(movies).getBytes(StandardCharsets.UTF_8)));
      return;
    }
    Path logs = config.state().resolve("logs");
    Path temporary =
        // the ending stays, as programs go by it
        summary.output().resolveSibling(".part-" + summary.output().getFileName());
    Map<String, String> values = summary.values(config.work(), temporary);
    Processes.run(
        summary.command().stream().map(w -> Arguments.fill(w, values)).toList(),
        logs,
        logs.resolve("summary.log"),
        HOUR,
        p -> {});
    AtomicFile.writePath(summary.output(), to -> Files.move(temporary, to));
  }

  private String csv(List<MovieRecord> movies) {
    List<String> steps = config.steps().stream().map(s -> s.step().name()).toList();
    StringBuilder out = new StringBuilder("source,version,name,folder,state,bytes,found,changed");
    steps.forEach(s -> out.append(',').append(SpreadsheetCell.csv(s)));
    out.append(",reason\n");
    for (MovieRecord m : movies) {
      List<String> cells = new ArrayList<>();
      cells.add(m.source());
      cells.add(Integer.toString(m.version()));
      cells.add(m.name() == null ? "" : m.name());
      cells.add(m.folder() == null ? "" : m.folder());
      cells.add(m.state().name().toLowerCase(Locale.ROOT));
      cells.add(Long.toString(m.mark().size()));
      cells.add(Instant.ofEpochMilli(m.found()).toString());
      cells.add(Instant.ofEpochMilli(m.changed()).toString());
      for (String s : steps) {
        Product p = m.done().get(s);
        cells.add(p == null ? "" : p.path() != null ? p.path() : "done");
      }
      cells.add(m.reason());
      out.append(String.join(",", cells.stream().map(SpreadsheetCell::csv).toList())).append('\n');
    }
    return out.toString();
  }
}
