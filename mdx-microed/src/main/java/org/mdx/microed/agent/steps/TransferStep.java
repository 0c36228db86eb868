package org.mdx.microed.agent.steps;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.mdx.io.MdxFormatException;
import org.mdx.microed.agent.system.Digests;
import org.mdx.microed.agent.system.ResumableCopy;

/** Copies each movie to another folder or host, and compares checksums. */
public final class TransferStep implements Step {
  private final String name;
  private final String to;
  private final boolean remote;
  private final boolean source;
  private final Optional<Rsync> rsync;

  private TransferStep(
      String name, String to, boolean remote, boolean source, Optional<Rsync> rsync) {
    this.name = name;
    this.to = to;
    this.remote = remote;
    this.source = source;
    this.rsync = rsync;
  }

  /**
   * Makes the step from its table in the configuration.
   *
   * @param name its name
   * @param s the table
   * @return the step
   * @throws MdxFormatException if an entry is wrong
   */
  public static TransferStep of(String name, Settings s) {
    String given = s.text("to");
    boolean remote = Rsync.isRemote(given);
    String method = s.text("method", "auto").toLowerCase(Locale.ROOT);
    if (!List.of("auto", "rsync", "copy").contains(method)) {
      throw s.wrong("method", "auto, rsync or copy", method);
    }
    boolean windows = File.separatorChar == '\\';
    boolean use =
        method.equals("rsync")
            || remote
            || method.equals("auto") && !windows && Rsync.isInstalled();
    if (remote && method.equals("copy")) {
      throw s.wrong("to", "a folder, as method is copy", given);
    }
    if (use && !Rsync.isInstalled()) {
      throw s.wrong("method", "rsync in the search path", "none; install it or use copy");
    }
    Rsync rsync = new Rsync(s.texts("rsync_options", List.of()));
    return new TransferStep(
        name,
        remote ? given : s.path("to").toString(),
        remote,
        s.flag("source", false),
        use ? Optional.of(rsync) : Optional.empty());
  }

  @Override
  public String name() {
    return name;
  }

  @Override
  public Optional<Path> root() {
    return remote ? Optional.empty() : Optional.of(Path.of(to));
  }

  @Override
  public Optional<Path> target(StepItem item) {
    return root().map(r -> r.resolve(place(item)));
  }

  private Path from(StepItem item) {
    return source ? item.source() : item.file();
  }

  /** The movie's name; of a product, its own, as the ending can be another. */
  private String place(StepItem item) {
    if (readsSource(item)) {
      return item.name();
    }
    String folder = item.name().substring(0, item.name().lastIndexOf('/') + 1);
    return folder + item.file().getFileName();
  }

  @Override
  public boolean readsSource(StepItem item) {
    return from(item).equals(item.source());
  }

  @Override
  public boolean resumes() {
    return true;
  }

  @Override
  public boolean isDone(StepItem item, Path existing) throws IOException, InterruptedException {
    Path from = from(item);
    return Files.size(from) == Files.size(existing)
        && Digests.of(from).equals(Digests.of(existing));
  }

  @Override
  public StepOutcome run(StepItem item, Path staging, StepContext context)
      throws StepFailure, IOException, InterruptedException {
    Path from = from(item);
    Path log = context.logs().resolve(name + ".log");
    if (remote) {
      return send(item, from, context, log);
    }
    if (rsync.isPresent()) {
      rsync.get().copy(from, staging, context, log);
      String digest = Digests.of(from);
      if (!digest.equals(Digests.of(staging))) {
        // rsync leaves alone what is as long as the original
        Files.delete(staging);
        throw new IOException("the copy has another checksum than " + from);
      }
      return new StepOutcome("rsync", digest);
    }
    ResumableCopy.Copied copied = ResumableCopy.copy(from, staging);
    return new StepOutcome(
        copied.kept() > 0 ? "went on after " + copied.kept() + " bytes" : "", copied.digest());
  }

  private StepOutcome send(StepItem item, Path from, StepContext context, Path log)
      throws StepFailure, IOException, InterruptedException {
    String there = to + (to.endsWith("/") ? "" : "/") + place(item);
    Rsync r = rsync.orElseThrow();
    String before = r.differences(from, there, context::started, log);
    if (before.isEmpty()) {
      return StepOutcome.of("was there already");
    }
    if (!before.contains("+++")) {
      throw new StepFailure(
          StepFailure.Kind.PARK, "another file is in the way: " + there + " (" + before + ")");
    }
    r.send(from, there, context::started, log);
    String after = r.differences(from, there, context::started, log);
    if (!after.isEmpty()) {
      throw new IOException("after the transfer " + there + " differs: " + after);
    }
    return StepOutcome.of("rsync");
  }
}
