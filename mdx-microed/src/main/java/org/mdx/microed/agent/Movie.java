package org.mdx.microed.agent;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

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
 * @param notBefore when a waiting step may begin, milliseconds since 1970
 * @param reason why it waits, is parked, empty or gone; empty otherwise
 * @param found when it was found to be finished
 * @param changed when the state was entered
 * @param child process of the present step; 0 if none
 * @param childSince when that process began, milliseconds since 1970
 */
record Movie(
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
    long notBefore,
    String reason,
    long found,
    long changed,
    long child,
    long childSince) {

  Movie {
    done = Collections.unmodifiableMap(new LinkedHashMap<>(done));
  }

  static String id(String source, int version) {
    return version == 1 ? source : source + "//" + version;
  }

  Movie enter(MovieState to, String why, long at) {
    return new Movie(
        id, source, version, mark, name, folder, to, step, done, pending, failures, crashes, 0, why,
        found, at, 0, 0);
  }

  /** A step that began before and never ended has cost the agent its life. */
  Movie begin(String nextStep, long at) {
    boolean same = nextStep.equals(step);
    boolean crashed = same && state == MovieState.RUNNING;
    return new Movie(
        id,
        source,
        version,
        mark,
        name,
        folder,
        MovieState.RUNNING,
        nextStep,
        done,
        same ? pending : null,
        same ? failures : 0,
        same ? crashes + (crashed ? 1 : 0) : 0,
        0,
        "",
        found,
        at,
        same ? child : 0,
        same ? childSince : 0);
  }

  Movie spawn(long pid, long since) {
    return new Movie(
        id, source, version, mark, name, folder, state, step, done, pending, failures, crashes,
        notBefore, reason, found, changed, pid, since);
  }

  Movie commit(Product product) {
    return new Movie(
        id, source, version, mark, name, folder, state, step, done, product, failures, crashes,
        notBefore, reason, found, changed, 0, 0);
  }

  Movie finish(String finished, Product product, long at) {
    Map<String, Product> all = new LinkedHashMap<>(done);
    all.put(finished, product);
    return new Movie(
        id,
        source,
        version,
        mark,
        name,
        folder,
        MovieState.QUEUED,
        finished,
        all,
        null,
        0,
        0,
        0,
        "",
        found,
        at,
        0,
        0);
  }

  Movie later(String why, boolean counted, long when, long at) {
    return new Movie(
        id,
        source,
        version,
        mark,
        name,
        folder,
        MovieState.WAITING,
        step,
        done,
        pending,
        failures + (counted ? 1 : 0),
        crashes,
        when,
        why,
        found,
        at,
        0,
        0);
  }

  /** After the agent has ended without a word; keeps the process, which may live on. */
  Movie crash(long at) {
    return new Movie(
        id,
        source,
        version,
        mark,
        name,
        folder,
        MovieState.QUEUED,
        step,
        done,
        pending,
        failures,
        crashes + 1,
        0,
        "",
        found,
        at,
        child,
        childSince);
  }

  Movie again(long at) {
    return new Movie(
        id,
        source,
        version,
        mark,
        name,
        folder,
        MovieState.QUEUED,
        step,
        done,
        pending,
        0,
        0,
        0,
        "",
        found,
        at,
        0,
        0);
  }

  Movie marked(SourceMark other) {
    return new Movie(
        id,
        source,
        version,
        other,
        name,
        folder,
        state,
        step,
        done,
        pending,
        failures,
        crashes,
        notBefore,
        reason,
        found,
        changed,
        child,
        childSince);
  }
}
