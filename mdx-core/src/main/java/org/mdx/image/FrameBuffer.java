package org.mdx.image;

import java.io.IOException;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.mdx.geometry.Panel;

/**
 * Memory for one frame, lent by a pool and given back by {@link #close()}. After {@link #read}
 * every pixel that does not count is below 0.
 */
public final class FrameBuffer implements AutoCloseable {

  /** Lends buffers, as many as there are frames being worked on at a time. */
  public static final class Pool {
    private final ImageSeries images;
    private final ConcurrentLinkedQueue<FrameBuffer> free = new ConcurrentLinkedQueue<>();

    /**
     * A pool of buffers for the frames of a series.
     *
     * @param images the series
     */
    public Pool(ImageSeries images) {
      this.images = images;
    }

    /**
     * Lends a buffer.
     *
     * @return a buffer to close after use
     */
    public FrameBuffer take() {
      FrameBuffer b = free.poll();
      return b == null ? new FrameBuffer(this) : b;
    }
  }

  private final Pool pool;
  private final int[][] pixels;

  private FrameBuffer(Pool pool) {
    this.pool = pool;
    ImageSource source = pool.images.source();
    pixels = new int[source.panels()][];
    for (int p = 0; p < pixels.length; p++) {
      pixels[p] = new int[Math.multiplyExact(source.width(p), source.height(p))];
    }
  }

  /**
   * Reads a frame and marks the pixels that do not count: masked ones and those outside the trusted
   * range.
   *
   * @param frame 0 to frames − 1
   * @throws IOException if it cannot be read
   */
  public void read(int frame) throws IOException {
    pool.images.source().read(frame, pixels);
    for (int p = 0; p < pixels.length; p++) {
      Panel panel = pool.images.geometry().detector().panels().get(p);
      pool.images.mask(p).fill(pixels[p], -1);
      double min = Math.max(0, Math.ceil(panel.trustedMin()));
      double max = Math.floor(panel.trustedMax());
      if (min > 0 || max < Integer.MAX_VALUE && mayExceed(pixels[p], (int) max)) {
        leaveOut(pixels[p], min, max);
      }
    }
  }

  /**
   * Whether a value exceeds a limit, by the sign of all differences at once; never wrongly false.
   */
  private static boolean mayExceed(int[] a, int max) {
    int signs = 0;
    for (int v : a) {
      signs |= max - v;
    }
    return signs < 0;
  }

  private static void leaveOut(int[] a, double min, double max) {
    for (int i = 0; i < a.length; i++) {
      if (a[i] < min || a[i] > max) {
        a[i] = -1;
      }
    }
  }

  /**
   * The pixels of a panel in row order, below 0 where they do not count. The array belongs to the
   * buffer.
   *
   * @param panel index of the panel
   * @return width × height values
   */
  public int[] pixels(int panel) {
    return pixels[panel];
  }

  @Override
  public void close() {
    pool.free.add(this);
  }
}
