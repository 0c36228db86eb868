package org.mdx.microed.agent.config;

import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.mdx.microed.agent.steps.Step;
import org.mdx.microed.agent.system.Globs;

/**
 * The configuration of an agent. {@link ConfigReader} makes it from a file. Times are milliseconds,
 * paths are absolute.
 *
 * @param state folder of journal, lock, log and pictures
 * @param parallel movies that are worked on at a time
 * @param threads threads of each step that computes
 * @param minimumFree bytes that stay free on every disk that is written to
 * @param watch where and how movies are found
 * @param names what products are called
 * @param work folder of the crystals' work folders; empty if there are none
 * @param steps what is done to each movie, in order
 * @param copies folders that are copied every so often
 * @param summary what is made when movies have been finished; empty if nothing
 * @param retry when failures are tried again
 * @param page the page on this machine
 */
public record AgentConfig(
    Path state,
    int parallel,
    int threads,
    long minimumFree,
    Watch watch,
    NameRules names,
    Optional<Path> work,
    List<PlannedStep> steps,
    List<Copy> copies,
    Optional<Summary> summary,
    Retry retry,
    Page page) {

  public AgentConfig {
    steps = List.copyOf(steps);
    copies = List.copyOf(copies);
  }

  /**
   * The watched folder, and the signs of a finished movie.
   *
   * @param raw the folder
   * @param recursive whether folders in it count
   * @param followLinks whether links to folders are followed
   * @param include patterns of file names
   * @param exclude patterns of file names and paths
   * @param poll time between two looks
   * @param stablePolls looks for which size and time must not have changed
   * @param stable time for which they must not have changed
   * @param minimumAge time since the last modification
   * @param minimumBytes smaller files are set aside as empty
   * @param lockTest whether files that another program holds open for writing or has locked wait
   * @param shared whether another agent may watch the same folder
   */
  public record Watch(
      Path raw,
      boolean recursive,
      boolean followLinks,
      List<String> include,
      List<String> exclude,
      long poll,
      int stablePolls,
      long stable,
      long minimumAge,
      long minimumBytes,
      boolean lockTest,
      boolean shared) {

    public Watch {
      include = List.copyOf(include);
      exclude = List.copyOf(exclude);
    }
  }

  /**
   * A step and the movies that it is for.
   *
   * @param step what is done
   * @param files patterns of the names of products; others pass by
   * @param exclude patterns of those that pass by all the same
   * @param parallel how many of these at a time
   */
  public record PlannedStep(Step step, List<String> files, List<String> exclude, int parallel) {

    public PlannedStep {
      files = List.copyOf(files);
      exclude = List.copyOf(exclude);
    }

    /**
     * Whether the step is for a movie.
     *
     * @param name of its product
     * @return false if the movie passes by
     */
    public boolean isFor(String name) {
      return new Globs(files).match(name) && !new Globs(exclude).match(name);
    }
  }

  /**
   * A folder that is copied every so often.
   *
   * @param from folder to copy
   * @param to folder, or {@code host:/folder} for rsync
   * @param every time between two rounds
   * @param include patterns of file names
   * @param exclude patterns of file names and paths
   * @param replace whether a file that is there with another content is replaced
   * @param rsync whether rsync does it
   * @param rsyncOptions further options of rsync
   */
  public record Copy(
      Path from,
      String to,
      long every,
      List<String> include,
      List<String> exclude,
      boolean replace,
      boolean rsync,
      List<String> rsyncOptions) {

    public Copy {
      include = List.copyOf(include);
      exclude = List.copyOf(exclude);
      rsyncOptions = List.copyOf(rsyncOptions);
    }
  }

  /**
   * The summary that is written when movies have been finished.
   *
   * @param output file to write
   * @param command writes it; empty for a list of the movies
   * @param every time between two, at the least
   */
  public record Summary(Path output, List<String> command, long every) {

    public Summary {
      command = List.copyOf(command);
    }

    /** What placeholders in the command stand for. */
    public Map<String, String> values(Optional<Path> work, Path temporary) {
      Map<String, String> values = new LinkedHashMap<>();
      values.put("output", temporary.toString());
      work.ifPresent(w -> values.put("work", w.toString()));
      return values;
    }
  }

  /**
   * When failures are tried again.
   *
   * @param attempts after so many failures of a step the movie is parked
   * @param first time to wait after the first
   * @param longest time to wait at the most; each wait is twice the one before
   * @param pause time to wait for a full disk or a share that is away
   */
  public record Retry(int attempts, long first, long longest, long pause) {

    /**
     * The time to wait after a failure.
     *
     * @param failures of the step so far, 1 or more
     * @return milliseconds
     */
    public long delay(int failures) {
      return (long) Math.min(longest, first * Math.pow(2, Math.min(failures - 1, 40)));
    }
  }

  /**
   * The page on this machine.
   *
   * @param enabled whether there is one
   * @param port of the loopback address; 0 for any
   * @param results table to show, CSV or JSON; empty for the summary's output
   * @param thumbnails pictures of the last movies; 0 for none
   */
  public record Page(boolean enabled, int port, Optional<Path> results, int thumbnails) {}

  /**
   * The file with a line for everything that has happened.
   *
   * @return a path in {@link #state()}
   */
  public Path journal() {
    return state.resolve("journal");
  }

  /**
   * The lock that keeps a second agent out of {@link #state()}.
   *
   * @return a path in {@link #state()}
   */
  public Path lock() {
    return state.resolve("agent.lock");
  }

  /**
   * The table that the page shows.
   *
   * @return the page's or the summary's; empty if there is none
   */
  public Optional<Path> results() {
    return page.results().or(() -> summary.map(Summary::output));
  }
}
