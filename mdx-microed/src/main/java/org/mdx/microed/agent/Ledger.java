package org.mdx.microed.agent;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** What the events of a journal add up to. For any number of threads. */
final class Ledger {
  private final Map<String, Movie> movies = new LinkedHashMap<>();
  private final Map<String, Movie> active = new LinkedHashMap<>();
  private final Map<String, String> latest = new HashMap<>();
  private final Map<String, String> names = new HashMap<>();
  private final Map<String, String> folders = new HashMap<>();
  private final Set<String> roots = new HashSet<>();
  private int unsummarised;

  /** Takes an event into account; events of movies that are not known are ignored. */
  synchronized void apply(Event event) {
    if (event instanceof Event.Empty
        || event instanceof Event.Parked
        || event instanceof Event.Gone
        || event instanceof Event.Finished) {
      unsummarised++;
    }
    if (event instanceof Event.Found e) {
      put(
          new Movie(
              e.id(),
              e.source(),
              e.version(),
              e.mark(),
              e.name(),
              e.folder(),
              MovieState.QUEUED,
              null,
              Map.of(),
              null,
              0,
              0,
              0,
              "",
              e.at(),
              e.at(),
              0,
              0));
    } else if (event instanceof Event.Empty e) {
      put(
          new Movie(
              e.id(),
              e.source(),
              e.version(),
              e.mark(),
              null,
              null,
              MovieState.EMPTY,
              null,
              Map.of(),
              null,
              0,
              0,
              0,
              e.reason(),
              e.at(),
              e.at(),
              0,
              0));
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
    } else if (event instanceof Event.Gone e) {
      with(e.id(), m -> m.enter(MovieState.GONE, e.reason(), e.at()));
    } else if (event instanceof Event.Finished e) {
      with(e.id(), m -> m.enter(MovieState.DONE, "", e.at()));
    }
  }

  /** A change of one movie. */
  private interface Change {
    Movie of(Movie movie);
  }

  private void with(String id, Change change) {
    Movie movie = movies.get(id);
    if (movie != null) {
      put(change.of(movie));
    }
  }

  private void put(Movie movie) {
    movies.put(movie.id(), movie);
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
    Movie movie = movies.remove(id);
    active.remove(id);
    if (movie != null) {
      if (movie.version() > 1) {
        latest.put(movie.source(), Movie.id(movie.source(), movie.version() - 1));
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
  synchronized void postpone(String id, String why, long when, long at) {
    with(id, m -> m.later(why, false, when, at));
  }

  /** Movies whose step was under way when the agent ended are in the queue again. */
  synchronized void recover(long at) {
    for (Movie m : List.copyOf(active.values())) {
      if (m.state() == MovieState.RUNNING) {
        put(m.crash(at));
      }
    }
  }

  synchronized Movie movie(String id) {
    return movies.get(id);
  }

  /** The last version of a source; null if it is not known. */
  synchronized Movie latest(String source) {
    String id = latest.get(source);
    return id == null ? null : movies.get(id);
  }

  /** Whose product has a name, or one that could be taken for it; null if nobody's. */
  synchronized String ownerOfName(String name) {
    return names.get(NameRules.key(name));
  }

  /** The first folder of a name, {@code _2}, {@code _3} and so on, that no other movie has. */
  synchronized String freeFolder(String folder, String id) {
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
  synchronized List<Movie> all() {
    return new ArrayList<>(movies.values());
  }

  /** Movies with something left to do. */
  synchronized Collection<Movie> active() {
    return new ArrayList<>(active.values());
  }

  synchronized int size() {
    return movies.size();
  }

  synchronized boolean hasRoot(String path) {
    return roots.contains(path);
  }

  /** How many movies have come to an end that the summary does not know of. */
  synchronized int unsummarised() {
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
