package org.mdx.microed.agent.steps;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.mdx.microed.agent.system.Digests;
import org.mdx.microed.agent.system.Processes;

/**
 * Runs a program for each movie. If an output is named, the program is told to write {@code
 * {output}}, which gets its final name when the program has ended well; without one, a program that
 * was interrupted runs again, and has to bear that.
 */
final class CommandStep implements Step {
  private final String name;
  private final List<String> words;
  private final Optional<Path> work;
  private final String output;
  private final boolean replaces;
  private final long timeout;

  private CommandStep(
      String name,
      List<String> words,
      Optional<Path> work,
      String output,
      boolean replaces,
      long timeout) {
    this.name = name;
    this.words = words;
    this.work = work;
    this.output = output;
    this.replaces = replaces;
    this.timeout = timeout;
  }

  static CommandStep of(
      String name, Settings s, Optional<Path> work, List<String> mdx, List<String> otherwise) {
    List<String> words = s.texts("command", otherwise == null ? List.of() : otherwise);
    if (words.isEmpty() || words.get(0).isBlank()) {
      throw s.wrong("command", "an array with a program and its arguments", words.toString());
    }
    String output = s.text("output", "");
    CommandStep step =
        new CommandStep(
            name,
            Arguments.expandMdx(words, mdx),
            work,
            output.isEmpty() || output.startsWith("{") ? output : s.path("output").toString(),
            s.flag("replaces", false),
            Math.round(60_000 * s.number("timeout_minutes", 24 * 60, 1e-4)));
    step.check(s);
    return step;
  }

  /** Tries the words on a movie that is not there. */
  private void check(Settings s) {
    Path none = Path.of("movie.emd").toAbsolutePath();
    StepItem item = new StepItem("", none, none, "movie.emd", work.map(w -> w.resolve("folder")));
    try {
      Map<String, String> values = values(item, output.isEmpty() ? null : none);
      words.forEach(w -> Arguments.fill(w, values));
    } catch (IllegalArgumentException e) {
      throw s.wrong("command", "placeholders that there are", e.getMessage());
    }
    if (!output.isEmpty()) {
      try {
        if (!target(item).orElseThrow().startsWith(root().orElseThrow())) {
          throw s.wrong("output", "a path in one folder", output);
        }
      } catch (IllegalArgumentException e) {
        throw s.wrong("output", "placeholders that there are", e.getMessage());
      }
    }
  }

  private Map<String, String> values(StepItem item, Path staging) {
    Map<String, String> values = new LinkedHashMap<>();
    values.put("source", item.source().toString());
    values.put("file", item.file().toString());
    values.put("name", item.name());
    values.put("stem", item.stem());
    work.ifPresent(w -> values.put("work", w.toString()));
    item.folder().ifPresent(f -> values.put("folder", f.toString()));
    if (staging != null) {
      values.put("output", staging.toString());
    }
    return values;
  }

  @Override
  public String name() {
    return name;
  }

  /** What stands before the first placeholder, or the work folders. */
  @Override
  public Optional<Path> root() {
    if (output.isEmpty()) {
      return work;
    }
    int place = output.indexOf('{');
    if (place == 0 && work.isPresent()) {
      return work;
    }
    Path fixed = Path.of(place < 0 ? output : output.substring(0, place) + "x");
    return Optional.ofNullable(fixed.getParent());
  }

  @Override
  public Optional<Path> target(StepItem item) {
    return output.isEmpty()
        ? Optional.empty()
        : Optional.of(Path.of(Arguments.fill(output, values(item, null))).toAbsolutePath());
  }

  @Override
  public boolean replaces() {
    return replaces;
  }

  @Override
  public boolean readsSource(StepItem item) {
    return item.file().equals(item.source())
        || words.stream().anyMatch(w -> w.contains("{source}"));
  }

  @Override
  public StepOutcome run(StepItem item, Path staging, StepContext context)
      throws StepFailure, IOException, InterruptedException {
    Map<String, String> values = values(item, staging);
    Path log = context.logs().resolve(Digests.of(item.id()).substring(0, 16) + "." + name + ".log");
    Processes.run(
        words.stream().map(w -> Arguments.fill(w, values)).toList(),
        item.folder().orElse(context.logs()),
        log,
        timeout,
        context::started);
    if (staging != null && !Files.isRegularFile(staging)) {
      throw new IOException(
          words.get(0) + " ended with code 0 and did not write {output} (" + log + ")");
    }
    return StepOutcome.of("");
  }
}
