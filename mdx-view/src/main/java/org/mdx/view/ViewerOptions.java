package org.mdx.view;

import java.util.Objects;

/**
 * How a viewer runs. Immutable: each method that takes a value returns new options.
 *
 * @param address that the server listens at; another than the loopback address lets other machines
 *     see the data of whoever has the token
 * @param port 0 for a free one
 * @param memory bytes of decoded frames that are kept, 1 MiB or more
 * @param idleMinutes minutes without a request after which the viewer ends; 0 for never
 */
public record ViewerOptions(String address, int port, long memory, double idleMinutes) {
  private static final String LOOPBACK = "127.0.0.1";
  private static final long DEFAULT_MEMORY = 256L << 20;
  private static final long LEAST_MEMORY = 1L << 20;

  public ViewerOptions {
    Objects.requireNonNull(address, "address");
    if (port < 0 || port > 65535) {
      throw new IllegalArgumentException("port " + port + ", must be 0 to 65535");
    }
    if (memory < LEAST_MEMORY) {
      throw new IllegalArgumentException(
          "memory of " + memory + " bytes for frames, must be at least " + LEAST_MEMORY);
    }
    if (!(idleMinutes >= 0 && idleMinutes <= 1e6)) {
      throw new IllegalArgumentException(
          "idle time of " + idleMinutes + " minutes, must be 0 (never) to 1000000");
    }
  }

  /**
   * The loopback address, a free port, 256 MiB, no end by itself.
   *
   * @return the defaults
   */
  public static ViewerOptions defaults() {
    return new ViewerOptions(LOOPBACK, 0, DEFAULT_MEMORY, 0);
  }

  /**
   * Another address.
   *
   * @param other of this machine
   * @return new options
   */
  public ViewerOptions withAddress(String other) {
    return new ViewerOptions(other, port, memory, idleMinutes);
  }

  /**
   * Another port.
   *
   * @param other 0 for a free one
   * @return new options
   */
  public ViewerOptions withPort(int other) {
    return new ViewerOptions(address, other, memory, idleMinutes);
  }

  /**
   * Another limit of memory.
   *
   * @param bytes of decoded frames
   * @return new options
   */
  public ViewerOptions withMemory(long bytes) {
    return new ViewerOptions(address, port, bytes, idleMinutes);
  }

  /**
   * Another time without requests after which the viewer ends.
   *
   * @param minutes 0 for never
   * @return new options
   */
  public ViewerOptions withIdleMinutes(double minutes) {
    return new ViewerOptions(address, port, memory, minutes);
  }

  boolean isLoopback() {
    return address.equals(LOOPBACK);
  }
}
