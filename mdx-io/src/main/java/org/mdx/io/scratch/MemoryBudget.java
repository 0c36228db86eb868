package org.mdx.io.scratch;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;

/**
 * How many bytes a long job may use for observations, and what sets that limit. Without a number it
 * is what is really there: Java's heap, or less where the container (cgroups 1 and 2) or the memory
 * that the machine has left allows less, for a heap that is larger than its container ends in a
 * kill. What does not fit waits in scratch files.
 *
 * @param bytes for observations, 1 or more
 * @param limit what sets it, such as {@code Java's heap}
 */
public record MemoryBudget(long bytes, String limit) {
  /** Bytes of a row while it is merged: columns twice, groups, sums. */
  private static final long FETCHED_ROW = 160;

  /** What a virtual machine takes beside its heap: code, classes, threads, buffers of files. */
  private static final long BESIDE_HEAP = 256L << 20;

  /** What a job has in its heap beside observations. */
  private static final long BASE = 256L << 20;

  /** Part of the room that is filled: a heap that is full is slow before it fails. */
  private static final double FILLED = 0.8;

  /** A limit of cgroup 1 that is none is just below 2⁶³. */
  private static final long NO_LIMIT = 1L << 60;

  private static final String V2 = "sys/fs/cgroup";
  private static final String V1 = "sys/fs/cgroup/memory";

  /** Refuses less than one byte. */
  public MemoryBudget {
    if (bytes < 1) {
      throw new IllegalArgumentException(bytes + " bytes for observations, must be 1 or more");
    }
  }

  /**
   * What this machine and its container leave to this virtual machine.
   *
   * @return the budget
   */
  public static MemoryBudget ofMachine() {
    Runtime java = Runtime.getRuntime();
    return of(Path.of("/"), java.maxMemory(), java.totalMemory());
  }

  /**
   * As much as somebody asks for.
   *
   * @param bytes for observations
   * @return the budget
   * @throws IllegalArgumentException if it is below 1 or more than Java's heap
   */
  public static MemoryBudget of(long bytes) {
    long heap = Runtime.getRuntime().maxMemory();
    if (bytes > heap) {
      throw new IllegalArgumentException(
          String.format(
              Locale.ROOT,
              "%d MiB for observations are more than Java's heap of %d MiB; ask for less, or give"
                  + " Java more with MDX_JAVA_OPTIONS=-Xmx%dm",
              bytes >> 20,
              heap >> 20,
              (bytes + bytes / 4 >> 20) + 512));
    }
    return new MemoryBudget(bytes, "as asked for");
  }

  /**
   * What the files of a system say.
   *
   * @param root of the file system, {@code /}; below it lie {@code proc} and {@code sys}
   * @param heap the most that Java's heap may become, bytes
   * @param taken of it that Java has now, bytes
   * @return the budget; files that are missing or tell nothing do not limit it
   */
  static MemoryBudget of(Path root, long heap, long taken) {
    MemoryBudget least = new MemoryBudget(heap, "Java's heap");
    least = least.atMost(withoutJava(left(root), taken), "the memory that the machine has left");
    least = least.atMost(withoutJava(container(root), 0), "the container's limit");
    return new MemoryBudget(Math.max(least.bytes / 2, least.bytes - BASE), least.limit);
  }

  private static long withoutJava(long bytes, long taken) {
    return bytes >= NO_LIMIT
        ? Long.MAX_VALUE
        : Math.max(1, Math.max(bytes / 2, bytes - BESIDE_HEAP) + taken);
  }

  private MemoryBudget atMost(long other, String what) {
    return other < bytes ? new MemoryBudget(other, what) : this;
  }

  /** MemAvailable: free memory, and what the system would give up for it. */
  private static long left(Path root) {
    for (String line : lines(root.resolve("proc/meminfo"))) {
      String[] words = line.strip().split("\\s+");
      if (words.length == 3 && words[0].equals("MemAvailable:") && words[2].equals("kB")) {
        long kib = number(words[1]);
        return kib >= NO_LIMIT >> 10 ? Long.MAX_VALUE : kib << 10;
      }
    }
    return Long.MAX_VALUE;
  }

  /** The least limit of the groups that this process is in; a group is bound by those above. */
  private static long container(Path root) {
    long least = Math.min(limit(root.resolve(V2), ""), limit(root.resolve(V1), ""));
    for (String line : lines(root.resolve("proc/self/cgroup"))) {
      String[] fields = line.split(":", 3);
      if (fields.length < 3) {
        continue;
      }
      if (fields[0].equals("0") && fields[1].isEmpty()) {
        least = Math.min(least, limit(root.resolve(V2), fields[2]));
        least = Math.min(least, limit(root.resolve(V2 + "/unified"), fields[2]));
      } else if ((',' + fields[1] + ',').contains(",memory,")) {
        least = Math.min(least, limit(root.resolve(V1), fields[2]));
      }
    }
    return least;
  }

  /** The least limit of a group and all above it, which see their own root as {@code top}. */
  private static long limit(Path top, String group) {
    long least = Long.MAX_VALUE;
    Path at = top.resolve(group.replaceFirst("^/+", "")).normalize();
    while (at != null && at.startsWith(top)) {
      for (String name : new String[] {"memory.max", "memory.high", "memory.limit_in_bytes"}) {
        for (String line : lines(at.resolve(name))) {
          least = Math.min(least, number(line.strip()));
        }
      }
      at = at.getParent();
    }
    return least;
  }

  /** A number of bytes; what is none, such as {@code max}, limits nothing, and neither does 0. */
  private static long number(String text) {
    try {
      long value = Long.parseLong(text);
      return value > 0 ? value : Long.MAX_VALUE;
    } catch (NumberFormatException e) {
      return Long.MAX_VALUE;
    }
  }

  private static List<String> lines(Path file) {
    try {
      return Files.isReadable(file) ? Files.readAllLines(file) : List.of();
    } catch (IOException e) {
      return List.of();
    }
  }

  /**
   * Whether so much stays well below the limit.
   *
   * @param need bytes
   * @return whether it may be in memory all at once
   */
  public boolean holds(double need) {
    return need <= FILLED * bytes;
  }

  /**
   * How many rows may be merged at a time, beside what else is in memory then.
   *
   * @return 1 or more
   */
  public long rowsAtATime() {
    return Math.max(1, bytes / 2 / FETCHED_ROW);
  }

  /** Such as {@code 5.6 GB for observations (Java's heap)}. */
  @Override
  public String toString() {
    boolean small = bytes < 1_000_000_000;
    return String.format(
        Locale.ROOT,
        "%.3g %s for observations (%s)",
        small ? bytes / 1e6 : bytes / 1e9,
        small ? "MB" : "GB",
        limit);
  }
}
