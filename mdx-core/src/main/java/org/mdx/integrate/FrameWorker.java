package org.mdx.integrate;

import java.io.IOException;
import org.mdx.geometry.MillerIndexMap;
import org.mdx.image.FrameBuffer;
import org.mdx.image.ImageSeries;
import org.mdx.image.RowMask;
import org.mdx.internal.kernel.VoxelKernel;

/**
 * Reduces a few neighbouring frames to the voxels they touch, side by side: the scattering vectors
 * of a stretch of pixels are fetched from memory once for all of them, and what is computed from
 * them stays in the nearest cache.
 */
final class FrameWorker {

  /** Pixels of a stretch: five rows of so many doubles, and three of vectors, fill 16 KiB. */
  private static final int STRETCH = 256;

  private final ImageSeries images;
  private final MillerIndexMap map;
  private final RowMask mask;
  private final Tiles tiles;
  private final FrameBuffer.Pool buffers;
  private final FrameVoxels[] voxels;
  private final double[][] keys;
  private final double[] h = new double[STRETCH];
  private final double[] k = new double[STRETCH];
  private final double[] l = new double[STRETCH];
  private final double[] scratch = new double[STRETCH];

  /**
   * A worker.
   *
   * @param frames how many frames at a time
   */
  FrameWorker(
      ImageSeries images,
      MillerIndexMap map,
      RowMask mask,
      Tiles tiles,
      FrameBuffer.Pool buffers,
      int frames) {
    this.images = images;
    this.map = map;
    this.mask = mask;
    this.tiles = tiles;
    this.buffers = buffers;
    int widest = 0;
    for (int p = 0; p < images.source().panels(); p++) {
      widest = Math.max(widest, images.source().width(p));
    }
    voxels = new FrameVoxels[frames];
    keys = new double[frames][widest];
    for (int f = 0; f < frames; f++) {
      voxels[f] = new FrameVoxels(widest);
    }
  }

  /**
   * Reduces neighbouring frames.
   *
   * @param first the first frame
   * @param count number of frames
   * @param rangeWidth keys a range
   * @param into receives the voxels of frame {@code first + i} at place {@code at + i}
   * @param at place of the first
   * @return pixels that the mask leaves out
   */
  long integrate(int first, int count, double rangeWidth, VoxelList[] into, int at)
      throws IOException {
    FrameBuffer[] open = new FrameBuffer[count];
    MillerIndexMap.Frame[] indices = new MillerIndexMap.Frame[count];
    try {
      for (int f = 0; f < count; f++) {
        open[f] = buffers.take();
        open[f].read(first + f);
        indices[f] = map.frame(first + f);
      }
      long masked = 0;
      for (int p = 0; p < images.source().panels(); p++) {
        masked += addPanel(p, open, indices);
      }
      for (int f = 0; f < count; f++) {
        voxels[f].drainTo(rangeWidth, into[at + f]);
      }
      return masked;
    } finally {
      for (FrameBuffer b : open) {
        if (b != null) {
          b.close();
        }
      }
    }
  }

  private long addPanel(int p, FrameBuffer[] open, MillerIndexMap.Frame[] indices) {
    int width = images.source().width(p);
    int height = images.source().height(p);
    long masked = 0;
    RowMask rows = mask.of(images.response(p));
    for (int f = 0; f < open.length; f++) {
      voxels[f].beginPanel();
    }
    for (int iy = 0; iy < height; iy++) {
      for (int ix = 0, n; ix < width; ix += n) {
        n = Math.min(Math.min(STRETCH, width - ix), tiles.untilEdge(ix));
        double[] parameters = tiles.parameters(p, iy, ix);
        for (int f = 0; f < open.length; f++) {
          indices[f].row(p, iy, ix, n, h, k, l);
          masked += rows.apply(h, k, l, n, open[f].pixels(p), iy * width + ix, scratch);
          VoxelKernel.keys(h, k, l, n, parameters, scratch);
          System.arraycopy(scratch, 0, keys[f], ix, n);
        }
      }
      for (int f = 0; f < open.length; f++) {
        voxels[f].addRow(open[f].pixels(p), iy * width, width, keys[f], iy);
      }
    }
    return masked;
  }
}
