package org.mdx.peaks;

import java.io.IOException;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.mdx.crystal.SpaceGroup;
import org.mdx.geometry.MillerIndexMap;
import org.mdx.image.FrameBuffer;
import org.mdx.image.ImageSeries;
import org.mdx.image.Pixels;
import org.mdx.image.RowMask;

/**
 * A Bragg mask evaluated for whole frames of a sweep of one panel, by any number of threads. {@code
 * BraggMask} is the same as a function; this serves programs that want the values.
 */
public final class MaskFrames {
  private final ImageSeries images;
  private final FrameBuffer.Pool buffers;
  private final MillerIndexMap map;
  private final RowMask mask;
  private final Queue<Scratch> spare = new ConcurrentLinkedQueue<>();

  private static final class Scratch {
    final double[] h;
    final double[] k;
    final double[] l;
    final double[] room;

    Scratch(int width) {
      h = new double[width];
      k = new double[width];
      l = new double[width];
      room = new double[width];
    }
  }

  /**
   * The mask of a sweep.
   *
   * @param images its frames, of one panel
   * @param map their Miller indices
   * @param mask the function
   * @param group the space group
   * @throws IllegalArgumentException if there are several panels
   */
  public MaskFrames(ImageSeries images, MillerIndexMap map, BraggMask mask, SpaceGroup group) {
    if (images.source().panels() != 1) {
      throw new IllegalArgumentException(
          "a stack of masks for " + images.source().panels() + " panels; there is room for one");
    }
    this.images = images;
    this.buffers = new FrameBuffer.Pool(images);
    this.map = map;
    this.mask = mask.rows(group, map.bounds()).of(images.response(0));
  }

  /**
   * Evaluates the mask for a frame. Pixels that do not count are left out only if the mask would
   * leave out one without counts in their place.
   *
   * @param frame 0 to frames − 1
   * @param into receives 1 for each pixel to leave out and 0 for the others, in row order
   * @throws IOException if the frame cannot be read
   */
  public void read(int frame, int[] into) throws IOException {
    int width = images.source().width(0);
    int height = images.source().height(0);
    try (FrameBuffer pixels = buffers.take()) {
      pixels.read(frame);
      for (int i = 0; i < width * height; i++) {
        // pixels that do not count are not left out by the mask, which has no limit below
        into[i] = Math.max(Pixels.MASKED + 1, pixels.pixels(0)[i]);
      }
    }
    Scratch polled = spare.poll();
    Scratch s = polled == null ? new Scratch(width) : polled;
    MillerIndexMap.Frame indices = map.frame(frame);
    for (int iy = 0; iy < height; iy++) {
      indices.row(0, iy, 0, width, s.h, s.k, s.l);
      mask.apply(s.h, s.k, s.l, width, into, iy * width, s.room);
    }
    for (int i = 0; i < width * height; i++) {
      into[i] = Pixels.isMasked(into[i]) ? 1 : 0;
    }
    spare.add(s);
  }
}
