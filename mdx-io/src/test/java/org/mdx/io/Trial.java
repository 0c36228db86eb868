package org.mdx.io;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.ThreadMXBean;
import java.io.IOException;
import java.lang.management.ManagementFactory;

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
