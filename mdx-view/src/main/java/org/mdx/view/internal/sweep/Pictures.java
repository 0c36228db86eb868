package org.mdx.view.internal.sweep;

import java.io.IOException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.RejectedExecutionException;
import org.mdx.geometry.Panel;
import org.mdx.image.ImageSeries;
import org.mdx.image.ImageSource;
import org.mdx.image.Pixels;
import org.mdx.view.internal.sweep.FrameCache.How;

/**
 * Frames of a sweep, and sums, maxima and means of several. Pixels that the detector marks as
 * unusable, and those below the trusted range, are {@link Pixels#MASKED}; those above it keep what
 * was recorded.
 */
final class Pictures {
  /** Sixty-fourths of a count in a mean. */
  private static final int MEAN_BITS = 6;

  private final int sweep;
  private final ImageSeries images;
  private final FrameCache cache;
  private final ExecutorService ahead;
  private volatile int last = -1;

  Pictures(int sweep, ImageSeries images, FrameCache cache, ExecutorService ahead) {
    this.sweep = sweep;
    this.images = images;
    this.cache = cache;
    this.ahead = ahead;
  }

  /** What one step of the values is worth. */
  double step(How how, int count) {
    int bits = images.fractionBits() + (how == How.MEAN && count > 1 ? MEAN_BITS : 0);
    return Math.scalb(1.0, -bits);
  }

  /** The pixels of each panel, not to be changed. Reads ahead in the direction of play. */
  int[][] get(int frame, int count, How how) throws IOException {
    int[][] picture =
        cache.get(key(frame, count, how), () -> count == 1 ? read(frame) : read(frame, count, how));
    int before = last;
    last = frame;
    if (count == 1 && Math.abs(frame - before) == 1) {
      readAhead(2 * frame - before, picture);
    }
    return picture;
  }

  private FrameCache.Key key(int frame, int count, How how) {
    return new FrameCache.Key(sweep, frame, count, count == 1 ? How.SUM : how);
  }

  private void readAhead(int next, int[][] like) {
    long bytes = 0;
    for (int[] panel : like) {
      bytes += 4L * panel.length;
    }
    FrameCache.Key key = key(next, 1, How.SUM);
    boolean inside = next >= 0 && next < images.frames();
    if (!inside || !cache.hasRoomFor(3, bytes) || cache.has(key)) {
      return;
    }
    try {
      ahead.execute(
          () -> {
            try {
              cache.get(key, () -> read(next));
            } catch (IOException | RuntimeException e) {
              // whoever asks for the frame is told
            }
          });
    } catch (RejectedExecutionException e) {
      // busy reading another frame ahead, or closed
    }
  }

  private int[][] empty() {
    ImageSource source = images.source();
    int[][] pixels = new int[source.panels()][];
    for (int p = 0; p < pixels.length; p++) {
      pixels[p] = new int[Math.multiplyExact(source.width(p), source.height(p))];
    }
    return pixels;
  }

  private int[][] read(int frame) throws IOException {
    int[][] pixels = empty();
    read(frame, pixels);
    return pixels;
  }

  private void read(int frame, int[][] into) throws IOException {
    int bits = images.fractionBits();
    images.source().read(frame, bits, into);
    for (int p = 0; p < into.length; p++) {
      Panel panel = images.geometry().detector().panels().get(p);
      double lowest = Math.scalb(panel.trustedMin(), bits);
      Pixels.keep(into[p], Math.min(lowest, Integer.MAX_VALUE), Integer.MAX_VALUE);
    }
  }

  private int[][] read(int frame, int count, How how) throws IOException {
    int[][] one = empty();
    int[][] sum = empty();
    short[][] usable = new short[one.length][];
    for (int p = 0; p < one.length; p++) {
      usable[p] = new short[one[p].length];
    }
    for (int f = frame; f < frame + count; f++) {
      if (Thread.currentThread().isInterrupted()) {
        throw new IOException("interrupted while frames were read");
      }
      read(f, one);
      for (int p = 0; p < one.length; p++) {
        add(one[p], sum[p], usable[p], how == How.MAX);
      }
    }
    for (int p = 0; p < one.length; p++) {
      finish(sum[p], usable[p], how);
    }
    return sum;
  }

  private static void add(int[] one, int[] sum, short[] usable, boolean max) {
    for (int i = 0; i < one.length; i++) {
      if (one[i] != Pixels.MASKED) {
        if (usable[i] == 0) {
          sum[i] = one[i];
        } else {
          sum[i] = max ? Math.max(sum[i], one[i]) : clamped((long) sum[i] + one[i]);
        }
        usable[i]++;
      }
    }
  }

  private static void finish(int[] sum, short[] usable, How how) {
    for (int i = 0; i < sum.length; i++) {
      if (usable[i] == 0) {
        sum[i] = Pixels.MASKED;
      } else if (how == How.MEAN) {
        sum[i] = clamped(Math.round(Math.scalb((double) sum[i], MEAN_BITS) / usable[i]));
      }
    }
  }

  private static int clamped(long v) {
    return (int) Math.max(Pixels.MASKED + 1L, Math.min(Integer.MAX_VALUE, v));
  }
}
