package org.mdx.microed.agent.journal;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.mdx.microed.agent.config.NameRules;
import org.mdx.microed.agent.system.AgentClock;

/** The state that the events of a journal add up to. For any number of threads. */
public final class Ledger {
  private final Map<String, MovieRecord> movies = new LinkedHashMap<>();
  private final Map<String, MovieRecord> active = new LinkedHashMap<>();
  private final Map<String, String> latest = new HashMap<>();
  private final Map<String, String> names = new HashMap<>();
  private final Map<String, String> folders = new HashMap<>();
  private final Set<String> roots = new HashSet<>();
  private final Map<String, Long> due = new HashMap<>();
  private final AgentClock clock;
  private int unsummarised;

  public Ledger() {
    this(AgentClock.SYSTEM);
  }

  /** A ledger of an agent that waits by a clock. */
  public Ledger(AgentClock clock) {
    this.clock = clock;
  }

  /** Takes an event into account; events of movies that are not known are ignored. */
  public synchronized void apply(Event event) {
    if (event instanceof Event.Empty
        || event instanceof Event.Refused
        || event instanceof Event.Parked
        || event instanceof Event.Gone
        || event instanceof Event.Finished) {
      unsummarised++;
    }
    if (event instanceof Event.Found e) {
      put(
          MovieRecord.entered(
                  e.id(), e.source(), e.version(), e.mark(), MovieState.QUEUED, "", e.at())
              .named(e.name(), e.folder()));
    } else if (event instanceof Event.Empty e) {
      put(
          MovieRecord.entered(
              e.id(), e.source(), e.version(), e.mark(), MovieState.EMPTY, e.reason(), e.at()));
    } else if (event instanceof Event.Refused e) {
      put(
          MovieRecord.entered(
              e.id(), e.source(), e.version(), e.mark(), MovieState.PARKED, e.reason(), e.at()));
    } else if (event instanceof Event.Snapshot e) {
      put(e.movie());
    } else if (event instanceof Event.Root e) {
      roots.add(e.path());
    } else if (event instanceof Event.Summarised e) {
      unsummarised -= e.movies();
    } else if (event instanceof Event.Dropped e) {
      drop(e.id());
    } else {
      change(event);
    }
  }

  private void change(Event event) {
    if (event instanceof Event.Touched e) {
      with(e.id(), m -> m.marked(e.mark()));
    } else if (event instanceof Event.Started e) {
      with(e.id(), m -> m.begin(e.step(), e.at()));
    } else if (event instanceof Event.Spawned e) {
      with(e.id(), m -> m.spawn(e.pid(), e.since()));
    } else if (event instanceof Event.Committed e) {
      with(e.id(), m -> m.commit(e.product()));
    } else if (event instanceof Event.StepDone e) {
      with(e.id(), m -> m.finish(e.step(), e.product(), e.at()));
    } else if (event instanceof Event.Later e) {
      with(e.id(), m -> m.later(e.reason(), e.counted(), e.when(), e.at()));
    } else if (event instanceof Event.Parked e) {
      with(e.id(), m -> m.enter(MovieState.PARKED, e.reason(), e.at()));
    } else if (event instanceof Event.Again e) {
      with(e.id(), m -> m.again(e.at()));
    } else if (event instanceof Event.Ended e) {
      with(e.id(), m -> m.crash(e.alone(), e.at()));
    } else if (event instanceof Event.Gone e) {
      with(e.id(), m -> m.enter(MovieState.GONE, e.reason(), e.at()));
    } else if (event instanceof Event.Finished e) {
      with(e.id(), m -> m.enter(MovieState.DONE, "", e.at()));
    }
  }

  /** A change of one movie. */
  private interface Change {
    MovieRecord of(MovieRecord movie);
  }

  private void with(String id, Change change) {
    MovieRecord movie = movies.get(id);
    if (movie != null) {
      put(change.of(movie));
    }
  }

  private void put(MovieRecord movie) {
    MovieRecord before = movies.put(movie.id(), movie);
    if (movie.state() != MovieState.WAITING) {
      due.remove(movie.id());
    } else if (before == null
        || before.state() != MovieState.WAITING
        || before.notBefore() != movie.notBefore()) {
      due.put(movie.id(), clock.elapsed() + span(movie));
    }
    latest.put(movie.source(), movie.id());
    if (movie.name() != null) {
      names.putIfAbsent(NameRules.key(movie.name()), movie.id());
      folders.putIfAbsent(NameRules.key(movie.folder()), movie.id());
    }
    if (movie.state().isActive()) {
      active.put(movie.id(), movie);
    } else {
      active.remove(movie.id());
    }
  }

  private void drop(String id) {
    MovieRecord movie = movies.remove(id);
    active.remove(id);
    if (movie != null) {
      if (movie.version() > 1) {
        latest.put(movie.source(), MovieRecord.id(movie.source(), movie.version() - 1));
      } else {
        latest.remove(movie.source());
      }
      if (movie.name() != null) {
        names.remove(NameRules.key(movie.name()), id);
        folders.remove(NameRules.key(movie.folder()), id);
      }
    }
  }

  /** Puts a movie back in the queue without a word in the journal, which cannot be written. */
  public synchronized void postpone(String id, String why, long when, long at) {
    with(id, m -> m.later(why, false, when, at));
  }

  /** For how long a movie was to wait when that was recorded. */
  private static long span(MovieRecord movie) {
    return Math.max(0, movie.notBefore() - movie.changed());
  }

  /** Whether a movie need not wait any longer. */
  public synchronized boolean isDue(MovieRecord movie) {
    return due.getOrDefault(movie.id(), Long.MIN_VALUE) <= clock.elapsed();
  }

  /**
   * Has movies that an earlier agent made wait go on waiting, never for longer than it meant them
   * to, whatever the clock was set to meanwhile.
   *
   * @param longest milliseconds that any movie may wait
   */
  public synchronized void resume(long longest) {
    for (MovieRecord m : active.values()) {
      if (m.state() == MovieState.WAITING) {
        long now = clock.wall();
        // a record from the future tells nothing about the time that has passed since
        long rest = now < m.changed() ? 0 : Math.min(m.notBefore() - now, longest);
        due.put(m.id(), clock.elapsed() + Math.max(0, rest));
      }
    }
  }

  /** What is to be recorded of movies whose step was under way when the agent ended. */
  public synchronized List<Event> interrupted(long at) {
    List<MovieRecord> running =
        active.values().stream().filter(m -> m.state() == MovieState.RUNNING).toList();
    return running.stream()
        .map(m -> (Event) new Event.Ended(at, m.id(), running.size() == 1))
        .toList();
  }

  public synchronized MovieRecord movie(String id) {
    return movies.get(id);
  }

  /** The last version of a source; null if it is not known. */
  public synchronized MovieRecord latest(String source) {
    String id = latest.get(source);
    return id == null ? null : movies.get(id);
  }

  /** Whose product has a name, or one that could be taken for it; null if nobody's. */
  public synchronized String ownerOfName(String name) {
    return names.get(NameRules.key(name));
  }

  /** The first folder of a name, {@code _2}, {@code _3} and so on, that no other movie has. */
  public synchronized String freeFolder(String folder, String id) {
    String free = folder;
    for (int i = 2; ; i++) {
      String owner = folders.get(NameRules.key(free));
      if (owner == null || owner.equals(id)) {
        return free;
      }
      free = folder + "_" + i;
    }
  }

  /** All movies, in the order in which they were found. */
  public synchronized List<MovieRecord> all() {
    return new ArrayList<>(movies.values());
  }

  /** Movies with something left to do. */
  public synchronized Collection<MovieRecord> active() {
    return new ArrayList<>(active.values());
  }

  public synchronized int size() {
    return movies.size();
  }

  public synchronized boolean hasRoot(String path) {
    return roots.contains(path);
  }

  /** How many movies have come to an end that the summary does not know of. */
  public synchronized int unsummarised() {
    return unsummarised;
  }

  /** The fewest events that add up to the same. */
  synchronized List<Event> events() {
    List<Event> events = new ArrayList<>();
    roots.forEach(r -> events.add(new Event.Root(0, r)));
    movies.values().forEach(m -> events.add(new Event.Snapshot(m)));
    events.add(new Event.Summarised(0, -unsummarised));
    return events;
  }
}
