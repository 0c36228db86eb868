package org.mdx.microed.agent.steps;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import org.mdx.microed.agent.system.Processes;

/** The rsync program. */
public final class Rsync {
  private static final Pattern DRIVE = Pattern.compile("[A-Za-z]:[\\\\/].*");
  private static final long DAY = 24 * 3600 * 1000L;

  private final List<String> options;

  /**
   * Takes further options.
   *
   * @param options given to each run of the program
   */
  public Rsync(List<String> options) {
    this.options = List.copyOf(options);
  }

  /**
   * Whether a place is {@code host:/folder} rather than a folder.
   *
   * @param place as the configuration gives it
   * @return true if it is on another host
   */
  public static boolean isRemote(String place) {
    int colon = place.indexOf(':');
    int slash = place.indexOf('/');
    return colon > 0 && (slash < 0 || colon < slash) && !DRIVE.matcher(place).matches();
  }

  /**
   * Whether the program is in the search path.
   *
   * @return true if it is
   */
  public static boolean isInstalled() {
    String path = System.getenv("PATH");
    for (String folder : path == null ? new String[0] : path.split(File.pathSeparator)) {
      try {
        if (!folder.isEmpty()
            && (Files.isExecutable(Path.of(folder, "rsync"))
                || Files.isExecutable(Path.of(folder, "rsync.exe")))) {
          return true;
        }
      } catch (InvalidPathException e) {
        // not a folder then
      }
    }
    return false;
  }

  /**
   * Copies one file; what is there already of it is compared and kept.
   *
   * @param from the file
   * @param to where it goes, another file
   * @param context of the step, which is told of the process
   * @param log file for what rsync prints
   * @throws IOException if rsync fails or cannot be started
   * @throws InterruptedException if the thread is interrupted
   */
  public void copy(Path from, Path to, StepContext context, Path log)
      throws IOException, InterruptedException {
    run(List.of("--times", "--append-verify", "--", plain(from), plain(to)), log, context::started);
  }

  /** Copies one file to a host, where it appears whole. */
  void send(Path from, String to, Processes.Listener listener, Path log)
      throws IOException, InterruptedException {
    run(
        List.of(
            "--times",
            "--partial-dir=" + Step.STAGING,
            "--mkpath",
            "--protect-args",
            "--",
            plain(from),
            to),
        log,
        listener);
  }

  /**
   * What a copy to a host would change, by checksums.
   *
   * @return rsync's list of changes; empty if the same content is there
   */
  String differences(Path from, String to, Processes.Listener listener, Path log)
      throws IOException, InterruptedException {
    Path answer = Files.createTempFile("mdx-rsync", ".txt");
    try {
      run(
          List.of(
              "--dry-run",
              "--checksum",
              "--mkpath",
              "--protect-args",
              "--out-format=%i",
              "--log-file=" + log,
              "--",
              plain(from),
              to),
          answer,
          listener);
      List<String> lines = Files.readAllLines(answer);
      return String.join(
          " ", lines.stream().filter(l -> !l.startsWith("---") && !l.startsWith("cd")).toList());
    } finally {
      Files.deleteIfExists(answer);
    }
  }

  /**
   * A folder to be copied to a host.
   *
   * @param from folder to copy
   * @param to {@code host:/folder}
   * @param include patterns of file names
   * @param exclude patterns of file names and paths
   * @param replace whether a file that is there with another content is replaced
   */
  public record Mirror(
      Path from, String to, List<String> include, List<String> exclude, boolean replace) {}

  /**
   * Copies a folder to a host.
   *
   * @param copy the folder and what of it
   * @param listener told of the process
   * @param log file for what rsync prints
   * @throws IOException if rsync fails or cannot be started
   * @throws InterruptedException if the thread is interrupted
   */
  public void mirror(Mirror copy, Processes.Listener listener, Path log)
      throws IOException, InterruptedException {
    List<String> words =
        new ArrayList<>(
            List.of(
                "--recursive",
                "--times",
                "--prune-empty-dirs",
                "--partial-dir=" + Step.STAGING,
                "--protect-args",
                "--exclude=.*"));
    if (!copy.replace()) {
      words.add("--ignore-existing");
    }
    copy.exclude().forEach(e -> words.add("--exclude=" + e));
    words.add("--include=*/");
    copy.include().forEach(i -> words.add("--include=" + i));
    words.add("--exclude=*");
    words.addAll(List.of("--", plain(copy.from()) + "/", copy.to() + "/"));
    run(words, log, listener);
  }

  private void run(List<String> words, Path log, Processes.Listener listener)
      throws IOException, InterruptedException {
    List<String> all = new ArrayList<>(List.of("rsync"));
    all.addAll(options);
    all.addAll(words);
    Processes.run(all, log.toAbsolutePath().getParent(), log, DAY, listener);
  }

  private static String plain(Path path) {
    return path.toAbsolutePath().toString();
  }
}
