package org.mdx.microed.agent.journal;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Consumer;
import org.mdx.microed.agent.system.Processes;

/**
 * A movie and how far it has come.
 *
 * @param id path of the source in its folder, and {@code //2} and so on, which no path contains,
 *     for changed content
 * @param source path of the source in its folder, parts separated by {@code /}
 * @param version 1 for the first content of this name
 * @param mark by which the content is recognized
 * @param name path of products in their folders
 * @param folder name of the work folder
 * @param state what is the matter with it
 * @param step name of the step that is under way or has failed; null before the first
 * @param done products of the steps that are done, in their order
 * @param pending product that is about to get its final name; null if none
 * @param failures of the present step
 * @param crashes how many times the agent ended without a word during the present step
 * @param company how many times the agent ended while this step and others were under way
 * @param notBefore when a waiting step may begin, milliseconds since 1970
 * @param reason why it waits, is parked, empty or gone; empty otherwise
 * @param found when it was found to be finished
 * @param changed when the state was entered
 * @param child process of the present step; 0 if none
 * @param childSince when that process began, as {@link Processes#since} has it
 */
public record MovieRecord(
    String id,
    String source,
    int version,
    SourceMark mark,
    String name,
    String folder,
    MovieState state,
    String step,
    Map<String, Product> done,
    Product pending,
    int failures,
    int crashes,
    int company,
    long notBefore,
    String reason,
    long found,
    long changed,
    long child,
    long childSince) {

  public MovieRecord {
    done = Collections.unmodifiableMap(new LinkedHashMap<>(done));
  }

  /** A movie of which nothing is done and that has no names. */
  public static MovieRecord entered(
      String id,
      String source,
      int version,
      SourceMark mark,
      MovieState state,
      String reason,
      long at) {
    return new MovieRecord(
        id, source, version, mark, null, null, state, null, Map.of(), null, 0, 0, 0, 0, reason, at,
        at, 0, 0);
  }

  /** The same with names for its products and its folder. */
  MovieRecord named(String product, String workFolder) {
    return new MovieRecord(
        id,
        source,
        version,
        mark,
        product,
        workFolder,
        state,
        step,
        done,
        pending,
        failures,
        crashes,
        company,
        notBefore,
        reason,
        found,
        changed,
        child,
        childSince);
  }

  public static String id(String source, int version) {
    return version == 1 ? source : source + "//" + version;
  }

  /** What a change may touch; thrown away after use. */
  private static final class Draft {
    private SourceMark mark;
    private MovieState state;
    private String step;
    private Map<String, Product> done;
    private Product pending;
    private int failures;
    private int crashes;
    private int company;
    private long notBefore;
    private String reason;
    private long changed;
    private long child;
    private long childSince;

    void enter(MovieState to, String why, long at) {
      state = to;
      reason = why;
      notBefore = 0;
      changed = at;
    }

    void forgetChild() {
      child = 0;
      childSince = 0;
    }
  }

  private MovieRecord change(Consumer<Draft> what) {
    Draft d = new Draft();
    d.mark = mark;
    d.state = state;
    d.step = step;
    d.done = done;
    d.pending = pending;
    d.failures = failures;
    d.crashes = crashes;
    d.company = company;
    d.notBefore = notBefore;
    d.reason = reason;
    d.changed = changed;
    d.child = child;
    d.childSince = childSince;
    what.accept(d);
    return new MovieRecord(
        id,
        source,
        version,
        d.mark,
        name,
        folder,
        d.state,
        d.step,
        d.done,
        d.pending,
        d.failures,
        d.crashes,
        d.company,
        d.notBefore,
        d.reason,
        found,
        d.changed,
        d.child,
        d.childSince);
  }

  public MovieRecord enter(MovieState to, String why, long at) {
    return change(
        d -> {
          d.enter(to, why, at);
          d.forgetChild();
        });
  }

  /** A step that began before and never ended has cost the agent its life. */
  public MovieRecord begin(String nextStep, long at) {
    boolean same = nextStep.equals(step);
    boolean crashed = same && state == MovieState.RUNNING;
    return change(
        d -> {
          d.enter(MovieState.RUNNING, "", at);
          d.step = nextStep;
          if (crashed) {
            d.crashes++;
          }
          if (!same) {
            d.pending = null;
            d.failures = 0;
            d.crashes = 0;
            d.company = 0;
            d.forgetChild();
          }
        });
  }

  MovieRecord spawn(long pid, long since) {
    return change(
        d -> {
          d.child = pid;
          d.childSince = since;
        });
  }

  MovieRecord commit(Product product) {
    return change(
        d -> {
          d.pending = product;
          d.forgetChild();
        });
  }

  public MovieRecord finish(String finished, Product product, long at) {
    return change(
        d -> {
          d.enter(MovieState.QUEUED, "", at);
          d.step = finished;
          d.done = new LinkedHashMap<>(done);
          d.done.put(finished, product);
          d.pending = null;
          d.failures = 0;
          d.crashes = 0;
          d.company = 0;
          d.forgetChild();
        });
  }

  public MovieRecord later(String why, boolean counted, long when, long at) {
    return change(
        d -> {
          d.enter(MovieState.WAITING, why, at);
          d.notBefore = when;
          d.failures += counted ? 1 : 0;
          d.forgetChild();
        });
  }

  /** After the agent has ended without a word; keeps the process, which may live on. */
  MovieRecord crash(boolean alone, long at) {
    return change(
        d -> {
          d.enter(MovieState.QUEUED, "", at);
          if (alone) {
            d.crashes++;
          } else {
            d.company++;
          }
        });
  }

  public MovieRecord again(long at) {
    return change(
        d -> {
          d.enter(MovieState.QUEUED, "", at);
          d.failures = 0;
          d.crashes = 0;
          d.company = 0;
          d.forgetChild();
        });
  }

  MovieRecord marked(SourceMark other) {
    return change(d -> d.mark = other);
  }
}
