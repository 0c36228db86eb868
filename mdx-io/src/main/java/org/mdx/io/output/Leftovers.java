package org.mdx.io.output;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.zip.CRC32;

/**
 * Temporary files of processes that were killed. The name tells who writes the file: a number for
 * the machine, so that one machine does not judge the processes of another on a shared disk, and
 * the number of the process.
 */
final class Leftovers {
  private static final Pattern NAME = Pattern.compile("\\..+\\.([0-9a-f]{8})-(\\d+)-\\d+\\.part");

  /** Longest file name that common file systems take, in bytes. */
  private static final int LONGEST = 255;

  private static final String MACHINE = machine();

  /** Folders that were looked through. */
  private static final Set<Path> DONE = ConcurrentHashMap.newKeySet();

  private Leftovers() {}

  /** The name of a temporary file, hidden, of this process. */
  static String name(String target, long number) {
    String suffix = "." + MACHINE + "-" + ProcessHandle.current().pid() + "-" + number + ".part";
    String stem = target;
    while (stem.getBytes(StandardCharsets.UTF_8).length + suffix.length() + 1 > LONGEST) {
      stem = stem.substring(0, stem.offsetByCodePoints(stem.length(), -1));
    }
    return "." + stem + suffix;
  }

  /**
   * Deletes the temporary files in a folder whose processes of this machine have ended; the first
   * time that it is called for the folder. What cannot be listed or deleted stays.
   */
  static void deleteIn(Path folder) {
    if (!DONE.add(folder)) {
      return;
    }
    try (DirectoryStream<Path> files = Files.newDirectoryStream(folder, ".*.part")) {
      for (Path file : files) {
        if (isLeft(file.getFileName().toString())) {
          Files.deleteIfExists(file);
        }
      }
    } catch (IOException | DirectoryIteratorException e) {
      DONE.remove(folder);
    }
  }

  /** Whether a name is that of a temporary file of this machine whose process has ended. */
  static boolean isLeft(String name) {
    Matcher m = NAME.matcher(name);
    if (!m.matches() || !m.group(1).equals(MACHINE) || m.group(2).length() > 18) {
      return false;
    }
    return !ProcessHandle.of(Long.parseLong(m.group(2))).map(ProcessHandle::isAlive).orElse(false);
  }

  /** Eight hexadecimal digits that stand for the name of this machine. */
  private static String machine() {
    String name = System.getenv().getOrDefault("COMPUTERNAME", "");
    try {
      name = Files.readString(Path.of("/proc/sys/kernel/hostname")).strip();
    } catch (IOException e) {
      // not Linux; what the environment tells must do
      name = name.isEmpty() ? System.getenv().getOrDefault("HOSTNAME", "") : name;
    }
    CRC32 sum = new CRC32();
    sum.update(name.getBytes(StandardCharsets.UTF_8));
    return String.format("%08x", sum.getValue());
  }
}
