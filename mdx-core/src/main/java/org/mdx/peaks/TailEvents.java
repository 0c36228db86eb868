package org.mdx.peaks;

import it.unimi.dsi.fastutil.longs.Long2IntOpenHashMap;
import java.io.IOException;
import java.util.Arrays;
import org.mdx.crystal.SpaceGroup;
import org.mdx.geometry.MillerIndexMap;
import org.mdx.image.FrameBuffer;
import org.mdx.image.ImageSeries;
import org.mdx.image.PixelResponse;
import org.mdx.image.Pixels;
import org.mdx.internal.kernel.VoxelKernel;

/**
 * Counts around the reflections of a run of frames, by their distance from the lattice point in
 * units of the peak model: for each reflection pixels and counts of the core, place 0, and of
 * shells around it.
 */
final class TailEvents {
  private static final int INDEX = 1 << 20;

  /** Mixed into keys for reflections that are absent. */
  private static final int ABSENT = -2;

  private final Shells shells;
  private final Long2IntOpenHashMap placeOf = new Long2IntOpenHashMap();
  private int size;
  private long[] pixels = new long[0];
  private double[] counts = new double[0];
  private float[] s = new float[0];

  /** Of the rows above, what was last found in each column of a panel. */
  private Above above;

  private static final class Above {
    final long[] key;
    final int[] at;

    Above(int width) {
      key = new long[width];
      at = new int[width];
      Arrays.fill(key, -1);
    }
  }

  /**
   * Shells of equal thickness around a core.
   *
   * @param core radius of the core
   * @param step thickness of a shell, a power of two
   * @param count number of shells
   */
  record Shells(double core, double step, int count) {
    Shells {
      if (step != Math.scalb(1.0, Math.getExponent(step))) {
        throw new IllegalArgumentException("shells of thickness " + step + ", no power of two");
      }
    }

    double outer() {
      return core + count * step;
    }

    /** Middle of a shell, counted from 1. */
    double middle(int shell) {
      return core + (shell - 0.5) * step;
    }

    /** The core, 0, or the shell of a distance. */
    int of(double distance) {
      return of(distance, 1 / step);
    }

    /** The same with 1/step, by which multiplying is as exact as dividing by a power of two. */
    private int of(double distance, double perStep) {
      return distance < core ? 0 : Math.min(count, 1 + (int) ((distance - core) * perStep));
    }
  }

  TailEvents(Shells shells) {
    this.shells = shells;
    placeOf.defaultReturnValue(-1);
  }

  /** Adds the pixels of some frames; one row of one panel at a time. */
  void addFrames(
      ImageSeries images,
      FrameBuffer.Pool buffers,
      MillerIndexMap map,
      PeakModel model,
      SpaceGroup group,
      int first,
      int count)
      throws IOException {
    double[] ellipsoid = BraggRowMask.lowerTriangular(model);
    for (int frame = first; frame < first + count; frame++) {
      MillerIndexMap.Frame indices = map.frame(frame);
      try (FrameBuffer buffer = buffers.take()) {
        buffer.read(frame);
        for (int p = 0; p < images.source().panels(); p++) {
          int width = images.source().width(p);
          double[][] rows = new double[5][width];
          above = new Above(width);
          for (int iy = 0; iy < images.source().height(p); iy++) {
            indices.row(p, iy, 0, width, rows[0], rows[1], rows[2]);
            VoxelKernel.peakDistance(rows[0], rows[1], rows[2], width, ellipsoid, rows[3]);
            addRow(images, p, iy, buffer.pixels(p), rows, group);
          }
        }
      }
    }
  }

  private void addRow(
      ImageSeries images, int p, int iy, int[] image, double[][] rows, SpaceGroup group) {
    int width = rows[0].length;
    PixelResponse response = images.response(p);
    boolean isCounter = response.isCounter();
    double outer2 = shells.outer() * shells.outer();
    double perStep = 1 / shells.step();
    int stride = shells.count() + 1;
    double[] d2 = rows[3];
    double[] near = rows[4];
    System.arraycopy(d2, 0, near, 0, width);
    int found = VoxelKernel.select(near, outer2, image, iy * width, width, Integer.MAX_VALUE);
    long lastKey = -1;
    int lastAt = -1;
    for (int j = 0; j < found; j++) {
      int ix = VoxelKernel.column(near[j]);
      int v = image[iy * width + ix];
      if (Pixels.isMasked(v)) {
        continue;
      }
      int h = (int) Math.rint(rows[0][ix]);
      int k = (int) Math.rint(rows[1][ix]);
      int l = (int) Math.rint(rows[2][ix]);
      long key = ((h + (long) INDEX) * 2 * INDEX + k + INDEX) * 2 * INDEX + l + INDEX;
      // neighbours in the row, or else above, mostly lie about the same reflection
      int at = key == lastKey ? lastAt : above.key[ix] == key ? above.at[ix] : placeOf.get(key);
      if (at == -1) {
        at = begin(images, p, ix, iy, group.isAbsent(h, k, l));
        placeOf.put(key, at);
      }
      lastKey = key;
      lastAt = at;
      above.key[ix] = key;
      above.at[ix] = at;
      if (at >= 0) {
        int place = at * stride + shells.of(Math.sqrt(d2[ix]), perStep);
        pixels[place]++;
        counts[place] += isCounter ? v : response.counts(v, 1);
      }
    }
  }

  /** Place of a reflection that is met at a pixel for the first time. */
  private int begin(ImageSeries images, int p, int ix, int iy, boolean isAbsent) {
    if (isAbsent) {
      return ABSENT;
    }
    int at = begin();
    s[at] = (float) images.geometry().scatteringVector(p, ix + 0.5, iy + 0.5).norm();
    return at;
  }

  private int begin() {
    if (size == s.length) {
      int room = Math.max(256, size + size / 2);
      s = Arrays.copyOf(s, room);
      pixels = Arrays.copyOf(pixels, Math.multiplyExact(room, shells.count() + 1));
      counts = Arrays.copyOf(counts, pixels.length);
    }
    return size++;
  }

  int size() {
    return size;
  }

  /** Length of the scattering vector of a reflection, Å⁻¹. */
  double s(int event) {
    return s[event];
  }

  long pixels(int event, int shell) {
    return pixels[event * (shells.count() + 1) + shell];
  }

  double counts(int event, int shell) {
    return counts[event * (shells.count() + 1) + shell];
  }
}
