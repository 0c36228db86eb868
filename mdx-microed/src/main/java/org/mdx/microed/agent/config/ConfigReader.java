package org.mdx.microed.agent.config;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;
import org.mdx.io.MdxFormatException;
import org.mdx.io.toml.TomlFile;
import org.mdx.microed.agent.steps.Arguments;
import org.mdx.microed.agent.steps.Rsync;
import org.mdx.microed.agent.steps.Settings;
import org.mdx.microed.agent.steps.Step;
import org.mdx.microed.agent.steps.StepTypes;
import org.mdx.microed.agent.system.Globs;

/** Reads and checks an agent's configuration. */
public final class ConfigReader {
  private static final List<String> MOVIES = List.of("*.emd", "*.mrc", "*.tif", "*.tiff");

  private final Path file;
  private final StepTypes types;

  private ConfigReader(Path file, StepTypes types) {
    this.file = file;
    this.types = types;
  }

  /**
   * Reads a configuration.
   *
   * @param file a TOML file; paths in it are relative to its folder
   * @param types the kinds of step that it can name
   * @return the configuration
   * @throws IOException if the file cannot be read
   * @throws MdxFormatException if it is not TOML, an entry is missing, unknown or has a wrong
   *     value, or folders overlap
   */
  public static AgentConfig read(Path file, StepTypes types) throws IOException {
    JsonNode node =
        TomlFile.read(file, "TOML", "'mdx watch --init' writes an example with comments").root();
    AgentConfig config = new ConfigReader(file, types).read(new Settings(file, "", node));
    FolderCheck.check(file, config);
    return config;
  }

  /**
   * An example with comments.
   *
   * @return TOML
   */
  public static String example() {
    try (InputStream in = ConfigReader.class.getResourceAsStream("example.toml")) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new IllegalStateException("part of the program is missing: example.toml", e);
    }
  }

  private AgentConfig read(Settings top) {
    Settings work = top.table("work");
    Optional<Path> workRoot =
        work.has("folder") ? Optional.of(work.path("folder")) : Optional.empty();
    work.end();
    int parallel = top.integer("parallel", 2, 1);
    int processors = Runtime.getRuntime().availableProcessors();
    AgentConfig config =
        new AgentConfig(
            top.path("state", "mdx-watch"),
            parallel,
            top.integer("threads", Math.max(1, processors / parallel), 1),
            Math.round(top.number("minimum_free_gib", 1, 0) * (1L << 30)),
            watch(top.table("watch")),
            names(top.table("names")),
            workRoot,
            steps(top.tables("step"), workRoot, parallel),
            copies(top.tables("copy")),
            summary(top, workRoot),
            retry(top.table("retry")),
            page(top.table("page")));
    top.end();
    return config;
  }

  private AgentConfig.Watch watch(Settings s) {
    AgentConfig.Watch watch =
        new AgentConfig.Watch(
            s.path("raw"),
            s.flag("recursive", true),
            s.flag("follow_links", false),
            globs(s, "include", MOVIES),
            globs(s, "exclude", List.of()),
            Math.max(1, s.millis("poll_seconds", 10)),
            s.integer("stable_polls", 3, 1),
            s.millis("stable_seconds", 20),
            s.millis("minimum_age_seconds", 60),
            s.count("minimum_bytes", 1 << 20, 1),
            s.flag("lock_test", true),
            s.flag("shared", false));
    s.end();
    return watch;
  }

  private static List<String> globs(Settings s, String key, List<String> otherwise) {
    List<String> patterns = s.texts(key, otherwise);
    try {
      new Globs(patterns);
    } catch (IllegalArgumentException e) {
      throw s.wrong(key, "patterns such as \"*.emd\"", e.getMessage());
    }
    return patterns;
  }

  private NameRules names(Settings s) {
    List<NameRules.Replacement> replacements = new ArrayList<>();
    for (Settings r : s.tables("replace")) {
      replacements.add(new NameRules.Replacement(pattern(r, "from", ""), r.text("to", "")));
      r.end();
    }
    Pattern date = pattern(s, "date", NameRules.DATE);
    if (date.matcher("").groupCount() < 2) {
      throw s.wrong("date", "a regular expression with two groups", date.pattern());
    }
    try {
      NameRules rules =
          new NameRules(s.text("blanks", "_"), s.flag("portable", true), replacements, date);
      s.end();
      return rules;
    } catch (IllegalArgumentException e) {
      throw s.wrong("blanks", "a text for a file name", e.getMessage());
    }
  }

  private static Pattern pattern(Settings s, String key, String otherwise) {
    String text = otherwise.isEmpty() ? s.text(key) : s.text(key, otherwise);
    try {
      return Pattern.compile(text);
    } catch (PatternSyntaxException e) {
      throw s.wrong(key, "a regular expression", e.getDescription() + ": " + text);
    }
  }

  private List<AgentConfig.PlannedStep> steps(
      List<Settings> tables, Optional<Path> work, int parallel) {
    List<AgentConfig.PlannedStep> steps = new ArrayList<>();
    Set<String> names = new HashSet<>();
    for (Settings s : tables) {
      String type = s.text("type");
      String name = s.text("name", type);
      if (!names.add(name)) {
        throw s.wrong("name", "a name of its own for each step", "a second step '" + name + "'");
      }
      List<String> files = globs(s, "files", List.of("*"));
      List<String> exclude = globs(s, "exclude", List.of());
      int atATime = s.integer("parallel", parallel, 1);
      Step step = types.make(type, name, s, work);
      s.end();
      steps.add(new AgentConfig.PlannedStep(step, files, exclude, atATime));
    }
    return steps;
  }

  private List<AgentConfig.Copy> copies(List<Settings> tables) {
    List<AgentConfig.Copy> copies = new ArrayList<>();
    for (Settings s : tables) {
      String to = s.text("to");
      boolean remote = Rsync.isRemote(to);
      copies.add(
          new AgentConfig.Copy(
              s.path("from"),
              remote ? to : s.path("to").toString(),
              Math.max(1, s.millis("every_seconds", 90)),
              globs(s, "include", List.of("*")),
              globs(s, "exclude", List.of()),
              s.flag("replace", false),
              remote,
              s.texts("rsync_options", List.of())));
      s.end();
    }
    return copies;
  }

  private Optional<AgentConfig.Summary> summary(Settings top, Optional<Path> work) {
    Settings s = top.table("summary");
    if (!top.has("summary")) {
      return Optional.empty();
    }
    AgentConfig.Summary summary =
        new AgentConfig.Summary(
            s.path("output"),
            Arguments.expandMdx(s.texts("command", List.of()), types.mdx()),
            s.millis("every_seconds", 30));
    try {
      summary.command().forEach(w -> Arguments.fill(w, summary.values(work, Path.of(""))));
    } catch (IllegalArgumentException e) {
      throw s.wrong("command", "placeholders that there are", e.getMessage());
    }
    s.end();
    return Optional.of(summary);
  }

  private AgentConfig.Retry retry(Settings s) {
    AgentConfig.Retry retry =
        new AgentConfig.Retry(
            s.integer("attempts", 5, 1),
            s.millis("first_seconds", 30),
            s.millis("longest_seconds", 3600),
            Math.max(1, s.millis("wait_seconds", 60)));
    s.end();
    return retry;
  }

  private AgentConfig.Page page(Settings s) {
    long port = s.count("port", 8765, 0);
    if (port > 65_535) {
      throw s.wrong("port", "0 to 65535", Long.toString(port));
    }
    AgentConfig.Page page =
        new AgentConfig.Page(
            s.flag("enabled", true),
            (int) port,
            s.has("results") ? Optional.of(s.path("results")) : Optional.empty(),
            s.integer("thumbnails", 8, 0));
    s.end();
    return page;
  }
}
