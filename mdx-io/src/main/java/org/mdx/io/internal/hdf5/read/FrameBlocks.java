package org.mdx.io.internal.hdf5.read;

import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Keeps neighbouring frames that are stored together, so that their chunks are decoded once. All
 * threads that want frames of one block decode it together. Holds as many blocks as fit a quarter
 * of the memory, and at least one.
 */
public final class FrameBlocks {
  private final long frameBytes;
  private final long budget;
  private final Map<Integer, Block> blocks = new LinkedHashMap<>(16, 0.75f, true);
  private long held;

  public FrameBlocks(long frameBytes) {
    this.frameBytes = frameBytes;
    this.budget = Runtime.getRuntime().maxMemory() / 4;
  }

  /** Reads rows of neighbouring frames. */
  @FunctionalInterface
  public interface Loader {
    void load(int first, int[][] into, int row, int rows);
  }

  /** Frames of one block, decoded in bands of rows. */
  private static final class Block {
    final int first;
    final int[][] pixels;
    final int height;
    final int band;
    final AtomicInteger next = new AtomicInteger();
    final CountDownLatch left;
    volatile RuntimeException failure;

    Block(int first, int[][] pixels, int height, int band) {
      this.first = first;
      this.pixels = pixels;
      this.height = height;
      this.band = band;
      this.left = new CountDownLatch((height + band - 1) / band);
    }

    void help(Loader loader) {
      for (int row = next.getAndAdd(band); row < height && row >= 0; row = next.getAndAdd(band)) {
        try {
          if (failure == null) {
            loader.load(first, pixels, row, Math.min(band, height - row));
          }
        } catch (RuntimeException e) {
          failure = e;
        } finally {
          left.countDown();
        }
      }
    }

    void await() {
      boolean interrupted = false;
      while (true) {
        try {
          left.await();
          break;
        } catch (InterruptedException e) {
          interrupted = true;
        }
      }
      if (interrupted) {
        Thread.currentThread().interrupt();
      }
    }
  }

  /**
   * Copies one frame of a block.
   *
   * @param frame the frame
   * @param first of its block
   * @param n frames of the block
   * @param height rows
   * @param band rows that are stored together
   * @param loader reads rows
   * @param into receives the pixels
   */
  public void copy(int frame, int first, int n, int height, int band, Loader loader, int[] into) {
    Block b = block(first, n, height, band);
    b.help(loader);
    b.await();
    if (b.failure != null) {
      forget(b);
      throw b.failure;
    }
    int[] pixels = b.pixels[frame - first];
    System.arraycopy(pixels, 0, into, 0, pixels.length);
  }

  private synchronized Block block(int first, int n, int height, int band) {
    Block b = blocks.get(first);
    if (b == null) {
      makeRoom(n * frameBytes);
      int[][] pixels = new int[n][Math.toIntExact(frameBytes / Integer.BYTES)];
      b = new Block(first, pixels, height, band);
      blocks.put(first, b);
      held += n * frameBytes;
    }
    return b;
  }

  private void makeRoom(long bytes) {
    Iterator<Block> oldest = blocks.values().iterator();
    while (held + bytes > budget && oldest.hasNext()) {
      held -= oldest.next().pixels.length * frameBytes;
      oldest.remove();
    }
  }

  private synchronized void forget(Block b) {
    if (blocks.remove(b.first, b)) {
      held -= b.pixels.length * frameBytes;
    }
  }
}
