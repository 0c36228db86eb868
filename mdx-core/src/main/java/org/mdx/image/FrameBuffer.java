package org.mdx.image;

import java.io.IOException;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.mdx.geometry.Panel;

/**
 * Memory for one frame, lent by a pool and given back by {@link #close()}. After {@link #read}
 * every pixel that does not count is {@link Pixels#MASKED}.
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
    ImageSeries images = pool.images;
    int bits = images.fractionBits();
    images.source().read(frame, bits, pixels);
    for (int p = 0; p < pixels.length; p++) {
      Panel panel = images.geometry().detector().panels().get(p);
      images.mask(p).fill(pixels[p], Pixels.MASKED);
      double max = Math.scalb(panel.trustedMax(), bits);
      // beyond what steps can tell, values are not known
      double known = bits == 0 ? Integer.MAX_VALUE : Integer.MAX_VALUE - 1;
      Pixels.keep(pixels[p], Math.scalb(panel.trustedMin(), bits), Math.min(max, known));
    }
  }

  /**
   * The pixels of a panel in row order, {@link Pixels#MASKED} where they do not count. What the
   * others mean tells {@link ImageSeries#response}. The array belongs to the buffer.
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
