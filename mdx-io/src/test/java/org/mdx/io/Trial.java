package org.mdx.io;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.ThreadMXBean;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Random;

/**
 * Reads a damaged file in the calling thread and requires that the reader ends in a value or an
 * {@link MdxFormatException}, within bounds that no file of some kilobytes should reach: of memory
 * allocated and of processor time, which does not depend on what else the machine does.
 */
public final class Trial {
  private static final double MOST_SECONDS = 2;

  private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();

  private Trial() {}

  /** Reads everything that a file holds. */
  @FunctionalInterface
  public interface Reading {
    void read() throws IOException;
  }

  /**
   * As {@link #damage(Path, Mutations, long, Reading)}, always in the same way.
   *
   * @param path the file, intact; damaged afterwards
   * @param cases how often
   * @param seed of the damage
   * @param mostBytes that one reading may allocate
   * @param reading reads the file
   * @return how often the file was refused
   * @throws IOException if the file cannot be written
   */
  public static int damage(Path path, int cases, long seed, long mostBytes, Reading reading)
      throws IOException {
    return damage(path, new Mutations(cases, seed), mostBytes, reading);
  }

  /**
   * Damages a file again and again, and reads it each time.
   *
   * @param path the file, intact; damaged afterwards
   * @param mutations how often, and the seed of the damage
   * @param mostBytes that one reading may allocate
   * @param reading reads the file
   * @return how often the file was refused
   * @throws IOException if the file cannot be written
   */
  public static int damage(Path path, Mutations mutations, long mostBytes, Reading reading)
      throws IOException {
    byte[] whole = Files.readAllBytes(path);
    Random random = new Random(mutations.seed());
    int refused = 0;
    for (int i = 0; i < mutations.cases(); i++) {
      Files.write(path, damaged(whole, random));
      refused += read(mutations.name(path.getFileName(), i), mostBytes, reading) ? 0 : 1;
    }
    return refused;
  }

  /** A few changed bytes, a number replaced by a telling one, or the end cut off. */
  private static byte[] damaged(byte[] whole, Random random) {
    byte[] bad = whole.clone();
    for (int i = 0; i <= random.nextInt(4); i++) {
      int at = 8 + random.nextInt(bad.length - 8);
      int kind = random.nextInt(6);
      int n = Math.min(bad.length - at, kind < 3 ? 1 : 1 << random.nextInt(4));
      for (int j = at; j < at + n; j++) {
        bad[j] =
            switch (kind) {
              case 0 -> (byte) (bad[j] ^ 1 << random.nextInt(8));
              case 1, 3 -> -1;
              case 2 -> 0x7f;
              case 4 -> 0;
              default -> (byte) random.nextInt();
            };
      }
    }
    return random.nextInt(10) == 0 ? Arrays.copyOf(bad, 8 + random.nextInt(bad.length - 8)) : bad;
  }

  /**
   * Reads once.
   *
   * @param what the case, for messages
   * @param mostBytes that may be allocated
   * @param reading reads the file
   * @return false if the file was refused
   */
  public static boolean read(String what, long mostBytes, Reading reading) {
    long id = Thread.currentThread().getId();
    long bytes = THREADS.getThreadAllocatedBytes(id);
    long time = THREADS.getCurrentThreadCpuTime();
    boolean read;
    try {
      reading.read();
      read = true;
    } catch (MdxFormatException e) {
      read = false;
    } catch (IOException | RuntimeException | Error e) {
      throw new AssertionError(what + ": " + e, e);
    }
    double seconds = (THREADS.getCurrentThreadCpuTime() - time) * 1e-9;
    assertThat(seconds).as("seconds for %s", what).isLessThan(MOST_SECONDS);
    assertThat(THREADS.getThreadAllocatedBytes(id) - bytes)
        .as("bytes allocated for %s", what)
        .isLessThan(mostBytes);
    return read;
  }
}
