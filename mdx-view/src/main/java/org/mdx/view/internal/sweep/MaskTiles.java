package org.mdx.view.internal.sweep;

import java.io.IOException;
import java.util.stream.IntStream;
import org.mdx.crystal.SpaceGroup;
import org.mdx.geometry.ExactMillerIndexMap;
import org.mdx.geometry.MillerIndexMap;
import org.mdx.geometry.Panel;
import org.mdx.image.ImageSeries;
import org.mdx.image.PixelMask;
import org.mdx.image.Pixels;
import org.mdx.image.RowMask;
import org.mdx.parallel.Parallel;
import org.mdx.peaks.BraggMask;

/** Which pixels do not count, and why, as bits. The Bragg mask is evaluated for what is shown. */
final class MaskTiles {
  /** The detector marks the pixel, or its value is outside of the trusted range. */
  static final int DETECTOR = 1;

  /** The mask of the sweep leaves it out in every frame. */
  static final int USER = 2;

  /** It belongs to a Bragg peak. */
  static final int BRAGG = 4;

  /** It counted more than is trusted. */
  static final int OVERLOAD = 8;

  private final ImageSeries images;
  private final BraggMask bragg;
  private MillerIndexMap map;

  /** Masks of a sweep; the Bragg mask may be null. */
  MaskTiles(ImageSeries images, BraggMask bragg) {
    this.images = images;
    this.bragg = bragg;
  }

  /** Whether the mask of the sweep leaves out any pixel. */
  boolean hasUser() {
    return IntStream.range(0, images.source().panels()).anyMatch(p -> images.mask(p).count() > 0);
  }

  boolean hasBragg() {
    return bragg != null && images.geometry().crystal().isPresent();
  }

  private synchronized MillerIndexMap map() {
    if (map == null) {
      map = new ExactMillerIndexMap(images.geometry(), Parallel.available());
    }
    return map;
  }

  /** The bits of a tile; those of a square of pixels are joined. */
  byte[] of(int frame, int panel, int[] pixels, Tiles.Region r) throws IOException {
    byte[] out = new byte[Tiles.SIZE * Tiles.SIZE];
    Panel p = images.geometry().detector().panels().get(panel);
    PixelMask user = images.mask(panel);
    double max = Math.scalb(p.trustedMax(), images.fractionBits());
    for (int y = r.y0(); y < r.y1(); y++) {
      int row = (y - r.y0() >> r.level()) * Tiles.SIZE;
      for (int x = r.x0(); x < r.x1(); x++) {
        int v = pixels[y * p.width() + x];
        int bits = v == Pixels.MASKED ? DETECTOR : v > max ? OVERLOAD : 0;
        if (user.isMasked(x, y)) {
          bits |= USER;
        }
        out[row + (x - r.x0() >> r.level())] |= (byte) bits;
      }
    }
    if (hasBragg()) {
      addBragg(out, frame, panel, pixels, r);
    }
    return out;
  }

  private void addBragg(byte[] out, int frame, int panel, int[] pixels, Tiles.Region r) {
    int n = r.x1() - r.x0();
    if (n <= 0) {
      return;
    }
    SpaceGroup group = images.geometry().crystal().orElseThrow().spaceGroup();
    int width = images.source().width(panel);
    MillerIndexMap.Frame indices = map().frame(frame);
    RowMask mask = bragg.rows(group, map().bounds()).of(images.response(panel));
    double[] h = new double[n];
    double[] k = new double[n];
    double[] l = new double[n];
    double[] room = new double[n];
    int[] row = new int[n];
    for (int y = r.y0(); y < r.y1(); y++) {
      for (int i = 0; i < n; i++) {
        // a pixel that does not count has no value that could be too large
        row[i] = Math.max(Pixels.MASKED + 1, pixels[y * width + r.x0() + i]);
      }
      indices.row(panel, y, r.x0(), n, h, k, l);
      mask.apply(h, k, l, n, row, 0, room);
      int at = (y - r.y0() >> r.level()) * Tiles.SIZE;
      for (int i = 0; i < n; i++) {
        if (row[i] == Pixels.MASKED) {
          out[at + (i >> r.level())] |= BRAGG;
        }
      }
    }
  }
}
