package org.mdx.microed.agent.steps;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Optional;
import org.mdx.microed.repack.MovieRepacker;
import org.mdx.microed.repack.RepackReport;
import org.mdx.parallel.Parallel;
import org.mdx.parallel.Progress;

/** Makes a compressed copy of each movie, which was read back and compared. */
final class RepackStep implements Step {
  private final String name;
  private final Path to;
  private final MovieRepacker repacker;

  private RepackStep(String name, Path to, MovieRepacker repacker) {
    this.name = name;
    this.to = to;
    this.repacker = repacker;
  }

  static RepackStep of(String name, Settings s) {
    int level = s.integer("level", 4, 1);
    if (level > 9) {
      throw s.wrong("level", "1 to 9", Integer.toString(level));
    }
    return new RepackStep(name, s.path("to"), MovieRepacker.of(o -> o.level(level).verify(true)));
  }

  @Override
  public String name() {
    return name;
  }

  @Override
  public Optional<Path> root() {
    return Optional.of(to);
  }

  /** The movie's name, with the ending of the copy: MRC movies become TIFF. */
  @Override
  public Optional<Path> target(StepItem item) throws IOException {
    String copy = MovieRepacker.nameOfCopy(item.file());
    String end = copy.substring(copy.lastIndexOf('.') + 1);
    boolean same = item.name().endsWith("." + end);
    Path place = item.in(to);
    return Optional.of(same ? place : place.resolveSibling(item.stem() + "." + end));
  }

  @Override
  public boolean replaces() {
    return true;
  }

  @Override
  public boolean isDone(StepItem item, Path existing) throws IOException {
    // an older file is another movie's, and would be replaced
    if (Files.getLastModifiedTime(existing).compareTo(Files.getLastModifiedTime(item.file())) < 0) {
      return false;
    }
    try {
      repacker.repack(item.file(), existing, Parallel.of(1), Progress.NONE);
      return true;
    } catch (IllegalArgumentException e) {
      return false;
    }
  }

  @Override
  public StepOutcome run(StepItem item, Path staging, StepContext context) throws IOException {
    RepackReport r = repacker.repack(item.file(), staging, context.parallel(), Progress.NONE);
    return StepOutcome.of(
        String.format(
            Locale.ROOT,
            "%s, %.2f times smaller, %.0f MB/s",
            r.format(),
            r.ratio(),
            r.bytesPerSecond() / 1e6));
  }
}
