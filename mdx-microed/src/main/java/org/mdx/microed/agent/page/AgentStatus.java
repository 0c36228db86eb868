package org.mdx.microed.agent.page;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import org.mdx.microed.agent.config.AgentConfig;
import org.mdx.microed.agent.config.FolderCheck;
import org.mdx.microed.agent.journal.Journal;
import org.mdx.microed.agent.journal.Ledger;
import org.mdx.microed.agent.journal.MovieRecord;
import org.mdx.microed.agent.journal.MovieState;
import org.mdx.microed.agent.system.AgentLock;
import org.mdx.microed.agent.system.AgentLog;
import org.mdx.microed.agent.system.SpaceProbe;
import org.mdx.microed.agent.watch.MovieFinder;

/**
 * The past and present work of an agent. Times are milliseconds since 1970.
 *
 * @param time when this was so
 * @param running whether an agent is at work
 * @param owner who it is; empty if none is running
 * @param watched the folder with the sources
 * @param away whether that folder cannot be read now
 * @param writing files there that are not finished yet, or cannot be read
 * @param unfinished these files and what is missing, at most 200
 * @param states how many movies are in each state, by its name in lower case
 * @param queue movies with something left to do, at most 200
 * @param parked movies that were given up, set aside or lost, at most 500, the last first
 * @param recent movies that are done, at most 50, the last first
 * @param hours what was done in each of the last 24 hours, the oldest first
 * @param disks free space where something is written
 * @param log the last lines of the log
 */
public record AgentStatus(
    long time,
    boolean running,
    String owner,
    String watched,
    boolean away,
    int writing,
    List<Row> unfinished,
    Map<String, Integer> states,
    List<Row> queue,
    List<Row> parked,
    List<Row> recent,
    List<Hour> hours,
    List<Disk> disks,
    List<String> log) {

  private static final int HOURS = 24;
  private static final long HOUR = 3_600_000;
  private static final int MOST_QUEUED = 200;
  private static final int MOST_PARKED = 500;
  private static final int MOST_RECENT = 50;

  /**
   * A movie.
   *
   * @param id by which it is recorded
   * @param name what its products are called; empty if it has none
   * @param folder its work folder; empty if it has none
   * @param state its state in lower case
   * @param step the step that is under way or has failed; empty if none
   * @param reason why it waits or was given up; may be empty
   * @param bytes size of the source
   * @param found when it was found to be finished
   * @param changed when the state was entered
   */
  public record Row(
      String id,
      String name,
      String folder,
      String state,
      String step,
      String reason,
      long bytes,
      long found,
      long changed) {}

  /**
   * The work of an hour.
   *
   * @param start its beginning
   * @param movies that were finished
   * @param bytes of their sources
   */
  public record Hour(long start, int movies, long bytes) {}

  /**
   * A folder that is written to.
   *
   * @param what the entry of the configuration
   * @param path the folder
   * @param usable bytes that can be written; −1 if the folder is away
   * @param total bytes of the disk; −1 if the folder is away
   */
  public record Disk(String what, String path, long usable, long total) {}

  /**
   * The status as the journal has it, whether an agent is running or not.
   *
   * @param config of the agent
   * @return the status, without what only the agent itself knows
   * @throws IOException if the journal cannot be read
   */
  public static AgentStatus ofJournal(AgentConfig config) throws IOException {
    Ledger ledger = new Ledger();
    Journal.read(config.journal(), ledger);
    Path lock = config.lock();
    boolean running = AgentLock.isTaken(lock);
    AgentLock.Owner owner = AgentLock.owner(lock);
    return of(
        config,
        ledger,
        running,
        running && owner != null ? owner.describe() : "",
        !Files.isDirectory(config.watch().raw()),
        List.of(),
        List.of());
  }

  public static AgentStatus of(
      AgentConfig config,
      Ledger ledger,
      boolean running,
      String owner,
      boolean away,
      List<MovieFinder.Unfinished> unfinished,
      List<String> log) {
    long now = System.currentTimeMillis();
    List<MovieRecord> all = ledger.all();
    Map<MovieState, Integer> counts = new EnumMap<>(MovieState.class);
    List<MovieRecord> queue = new ArrayList<>();
    List<MovieRecord> parked = new ArrayList<>();
    List<MovieRecord> done = new ArrayList<>();
    for (MovieRecord m : all) {
      counts.merge(m.state(), 1, Integer::sum);
      (m.state() == MovieState.DONE ? done : m.state().isActive() ? queue : parked).add(m);
    }
    Map<String, Integer> states = new TreeMap<>();
    for (MovieState s : MovieState.values()) {
      states.put(lower(s), counts.getOrDefault(s, 0));
    }
    Comparator<MovieRecord> last = Comparator.comparingLong(MovieRecord::changed).reversed();
    queue.sort(Comparator.comparing(m -> m.state() != MovieState.RUNNING));
    parked.sort(last);
    done.sort(last);
    return new AgentStatus(
        now,
        running,
        owner,
        config.watch().raw().toString(),
        away,
        unfinished.size(),
        unfinished.stream()
            .limit(MOST_QUEUED)
            .map(u -> new Row(u.source(), "", "", "unfinished", "", u.why(), u.size(), now, now))
            .toList(),
        states,
        rows(queue, MOST_QUEUED),
        rows(parked, MOST_PARKED),
        rows(done, MOST_RECENT),
        hours(done, now),
        disks(config),
        log);
  }

  private static List<Row> rows(List<MovieRecord> movies, int most) {
    return movies.stream()
        .limit(most)
        .map(
            m ->
                new Row(
                    m.id(),
                    m.name() == null ? "" : m.name(),
                    m.folder() == null ? "" : m.folder(),
                    lower(m.state()),
                    m.step() == null ? "" : m.step(),
                    m.reason(),
                    m.mark().size(),
                    m.found(),
                    m.changed()))
        .toList();
  }

  private static String lower(MovieState state) {
    return state.name().toLowerCase(Locale.ROOT);
  }

  private static List<Hour> hours(List<MovieRecord> done, long now) {
    int[] movies = new int[HOURS];
    long[] bytes = new long[HOURS];
    for (MovieRecord m : done) {
      long back = (now - m.changed()) / HOUR;
      if (back >= 0 && back < HOURS) {
        movies[HOURS - 1 - (int) back]++;
        bytes[HOURS - 1 - (int) back] += m.mark().size();
      }
    }
    List<Hour> hours = new ArrayList<>();
    for (int i = 0; i < HOURS; i++) {
      hours.add(new Hour(now - (HOURS - i) * HOUR, movies[i], bytes[i]));
    }
    return hours;
  }

  private static List<Disk> disks(AgentConfig config) {
    List<Disk> disks = new ArrayList<>();
    disks.add(disk("watched", config.watch().raw()));
    FolderCheck.written(config).forEach((what, folder) -> disks.add(disk(what, folder)));
    return disks;
  }

  private static Disk disk(String what, Path folder) {
    try {
      return new Disk(
          what,
          folder.toString(),
          SpaceProbe.SYSTEM.usable(folder),
          Files.getFileStore(folder).getTotalSpace());
    } catch (IOException e) {
      return new Disk(what, folder.toString(), -1, -1);
    }
  }

  /**
   * Whether nothing is left to do, neither by the agent nor by anybody else.
   *
   * @return false if the folder is away, files are not finished, or movies are queued, at work,
   *     waiting or parked
   */
  public boolean isComplete() {
    int left = writing;
    for (MovieState s : MovieState.values()) {
      left += s.isActive() || s == MovieState.PARKED ? states.getOrDefault(lower(s), 0) : 0;
    }
    return !away && left == 0;
  }

  /**
   * What people read.
   *
   * @return some lines
   */
  public String text() {
    StringBuilder out = new StringBuilder();
    out.append(running ? "running: " + owner : "not running").append('\n');
    out.append("watched: ").append(watched).append(away ? " (away)" : "").append('\n');
    states.forEach((state, n) -> out.append(String.format("%-8s %d%n", state, n)));
    if (writing > 0) {
      out.append(String.format("%-8s %d%n", "unfinished", writing));
    }
    append(out, unfinished);
    append(out, queue.stream().filter(r -> !r.reason().isEmpty()).toList());
    append(out, parked);
    return out.toString();
  }

  private static void append(StringBuilder out, List<Row> rows) {
    for (Row r : rows) {
      out.append(r.state())
          .append(' ')
          .append(Instant.ofEpochMilli(r.changed()))
          .append(' ')
          .append(AgentLog.visible(r.id()))
          .append(": ")
          .append(AgentLog.visible(r.reason()))
          .append('\n');
    }
  }
}
