package org.mdx.microed.agent;

import java.io.Closeable;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import org.mdx.microed.agent.journal.Event;
import org.mdx.microed.agent.journal.Journal;
import org.mdx.microed.agent.journal.Ledger;
import org.mdx.microed.agent.steps.Step;
import org.mdx.microed.agent.steps.StepFailure;
import org.mdx.microed.agent.system.AgentLock;
import org.mdx.microed.agent.system.Digests;
import org.mdx.microed.agent.system.Failures;

/**
 * A folder for products. Its folder {@code .mdx-staging} holds what is being written, and tells
 * that the share is there: it is made once, and where it is missing later, nothing is written to
 * what may be the empty place of a share that is away.
 */
final class OutputRoot implements Closeable {
  private final Path root;
  private final Path staging;
  private AgentLock lock;

  OutputRoot(Path root) {
    this.root = root;
    this.staging = root.resolve(Step.STAGING);
  }

  /** Makes the folder if the journal does not know it, and takes its lock. */
  void prepare(Journal journal, Ledger ledger) throws IOException {
    if (!ledger.hasRoot(root.toString())) {
      Files.createDirectories(staging);
      journal.append(new Event.Root(System.currentTimeMillis(), root.toString()));
    }
    if (Files.isDirectory(staging)) {
      try {
        lock = AgentLock.take(staging.resolve("agent.lock"), root);
      } catch (IOException e) {
        // it is taken when somebody has given the permission back
        if (!Failures.isDenied(e)) {
          throw e;
        }
      }
    }
  }

  /**
   * Checks that it is there.
   *
   * @throws StepFailure if not
   */
  synchronized void check() throws StepFailure {
    if (!isThere()) {
      throw new StepFailure(
          StepFailure.Kind.WAIT,
          staging
              + " is missing, so "
              + root
              + " seems to be a share that is away; if it is not, make that folder");
    }
    if (lock == null) {
      try {
        lock = AgentLock.take(staging.resolve("agent.lock"), root);
      } catch (IOException e) {
        throw new StepFailure(StepFailure.Kind.WAIT, Failures.reason(e));
      }
    }
  }

  boolean isThere() {
    return Files.isDirectory(staging);
  }

  Path root() {
    return root;
  }

  /** Where a product is written. */
  Path staging(String id, String step, Path target) {
    // ends as the product does, as programs go by that
    String name = target.getFileName().toString();
    int dot = name.lastIndexOf('.');
    String end = dot > 0 && name.length() - dot <= 8 ? name.substring(dot) : "";
    return staging.resolve(Digests.of(id + "\n" + step).substring(0, 24) + end);
  }

  /** Deletes what belongs to nothing that is still to be done. */
  void clean(Set<Path> needed) throws IOException {
    if (!isThere()) {
      return;
    }
    try (DirectoryStream<Path> files = Files.newDirectoryStream(staging)) {
      for (Path f : files) {
        String name = f.getFileName().toString();
        if (!name.startsWith("agent.lock") && !needed.contains(f) && Files.isRegularFile(f)) {
          Files.deleteIfExists(f);
        }
      }
    }
  }

  /** Says that the owner of the lock lives. */
  synchronized void beat() throws IOException {
    if (lock != null && isThere()) {
      lock.beat();
    }
  }

  @Override
  public synchronized void close() throws IOException {
    if (lock != null) {
      lock.close();
    }
  }
}
