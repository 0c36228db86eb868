package org.mdx.reintegrate;

import java.io.IOException;
import java.util.Arrays;
import org.mdx.geometry.MillerIndexMap;
import org.mdx.geometry.Scan;
import org.mdx.image.FrameBuffer;
import org.mdx.image.ImageSeries;
import org.mdx.image.PixelResponse;
import org.mdx.image.Pixels;
import org.mdx.image.RowMask;
import org.mdx.internal.kernel.ScaledCounts;
import org.mdx.internal.kernel.VoxelKernel;
import org.mdx.table.Subdivision;
import org.mdx.table.VoxelGrid;

/** Reduces the frames of one slab after the other to what they add to the voxels of a tile. */
final class SlabWorker {

  /** Pixels of a stretch: its indices stay in the nearest cache. */
  private static final int STRETCH = 256;

  /** Pixels of a stretch where most may turn out not to touch the region. */
  private static final int SHORT_STRETCH = 64;

  private final FineSweep sweep;
  private final int sweepNumber;
  private final ReintegrateOptions options;
  private final VoxelSpace space;
  private final VoxelSpace.Window window;
  private final FrameBuffer.Pool buffers;
  private final VoxelGrid grid;
  private final SlabVoxels voxels;
  private final int stretch;
  private final boolean counting;
  private long unscaled;
  private final double[] keys;
  private final double[] scale;
  private final double[] background;
  private final double[] multiplicity;
  private final double[] h = new double[STRETCH];
  private final double[] k = new double[STRETCH];
  private final double[] l = new double[STRETCH];
  private final double[] scratch = new double[STRETCH];
  private final double[] box = new double[6];
  private final double[] range = new double[2];

  /** Places for what {@link #drain} knows of each voxel. */
  private int[] hs = new int[0];

  private int[] ks = hs;
  private int[] ls = hs;
  private int[] op = hs;
  private long[] draw = new long[0];

  SlabWorker(
      FineSweep sweep,
      int sweepNumber,
      ReintegrateOptions options,
      VoxelSpace space,
      VoxelSpace.Window window,
      FrameBuffer.Pool buffers,
      boolean counting) {
    this.sweep = sweep;
    this.counting = counting;
    this.sweepNumber = sweepNumber;
    this.options = options;
    this.space = space;
    this.window = window;
    this.buffers = buffers;
    stretch = window.isOpen() ? STRETCH : SHORT_STRETCH;
    ImageSeries images = sweep.images();
    grid = new VoxelGrid(sweep.map().bounds(), options.ndiv(), images.source().panels());
    int widest = 0;
    for (int p = 0; p < images.source().panels(); p++) {
      widest = Math.max(widest, images.source().width(p));
    }
    voxels = new SlabVoxels(widest);
    keys = new double[widest];
    scale = new double[widest];
    background = new double[widest];
    multiplicity = new double[widest];
  }

  /**
   * Reduces neighbouring frames.
   *
   * @param first the first frame
   * @param count number of frames
   * @param from first number of the tile's voxels
   * @param to one past the last
   * @param split whether to tell two groups
   * @param into receives the observations
   */
  void reduce(int first, int count, long from, long to, HalfSets split, SlabObservations into)
      throws IOException {
    Scan scan = sweep.images().geometry().scan();
    try (FrameBuffer buffer = buffers.take()) {
      for (int f = first; f < first + count; f++) {
        PixelModel.Frame worth = sweep.model().frame(f);
        if (worth == null) {
          continue;
        }
        buffer.read(f);
        MillerIndexMap.Frame indices = sweep.map().frame(f);
        for (int p = 0; p < sweep.images().source().panels(); p++) {
          addPanel(p, buffer.pixels(p), indices, worth, scan.exposure(f));
        }
      }
    }
    drain((scan.phi(first) + scan.phi(first + count - 1)) / 2, from, to, split, into);
    voxels.clear();
  }

  private void addPanel(
      int p, int[] pixels, MillerIndexMap.Frame indices, PixelModel.Frame worth, double seconds) {
    int width = sweep.images().source().width(p);
    int height = sweep.images().source().height(p);
    double[] parameters = grid.kernelParameters(p);
    ScaledCounts.Row row = new ScaledCounts.Row(scale, background, multiplicity, seconds);
    RowMask mask = sweep.mask().of(sweep.images().response(p));
    voxels.forgetAbove();
    for (int iy = 0; iy < height; iy++) {
      boolean seen = false;
      for (int ix = 0; ix < width; ix += stretch) {
        int n = Math.min(stretch, width - ix);
        int at = iy * width + ix;
        indices.row(p, iy, ix, n, h, k, l);
        if (isOutside(n)) {
          Arrays.fill(pixels, at, at + n, Pixels.MASKED);
          Arrays.fill(keys, ix, ix + n, -1);
          continue;
        }
        seen = true;
        mask.apply(h, k, l, n, pixels, at, scratch);
        VoxelKernel.keys(h, k, l, n, parameters, scratch);
        System.arraycopy(scratch, 0, keys, ix, n);
        worth.row(p, iy, ix, n, scale, background, multiplicity);
        if (counting) {
          countUnscaled(ix, n, pixels, at);
        }
        ScaledCounts.leaveOut(scale, background, ix, n, pixels, at, options.conventions().isMdx2());
      }
      if (seen) {
        voxels.addRow(pixels, iy * width, width, keys, iy, row);
      } else {
        voxels.forgetAbove();
      }
    }
  }

  /** Counts the pixels that count and lie in the region, but have a scale of 0 or less. */
  private void countUnscaled(int ix, int n, int[] pixels, int at) {
    int low = 0;
    for (int i = ix; i < ix + n; i++) {
      low += scale[i] <= 0 ? 1 : 0;
    }
    if (low == 0) {
      return;
    }
    reserve(1);
    int[] decoded = new int[4];
    for (int i = 0; i < n; i++) {
      boolean kept = options.conventions().isMdx2() ? scale[ix + i] == 0 : scale[ix + i] <= 0;
      if (kept && !Pixels.isMasked(pixels[at + i]) && keys[ix + i] >= 0) {
        grid.decode((long) keys[ix + i], decoded);
        hs[0] = decoded[0];
        ks[0] = decoded[1];
        ls[0] = decoded[2];
        space.map(hs, ks, ls, op, 1);
        unscaled += space.inRegion(hs[0], ks[0], ls[0]) ? 1 : 0;
      }
    }
  }

  /** Pixels that were left out because their scale is 0 or less, if they were to be counted. */
  long unscaled() {
    return unscaled;
  }

  /** Whether a stretch cannot touch a voxel of the tile. */
  private boolean isOutside(int n) {
    if (window.isOpen()) {
      return false;
    }
    Subdivision d = options.ndiv();
    span(h, n, d.h(), 0);
    span(k, n, d.k(), 2);
    span(l, n, d.l(), 4);
    return !window.mayShow(box);
  }

  private void span(double[] v, int n, int ndiv, int at) {
    ScaledCounts.range(v, n, range);
    box[at] = range[0] * ndiv;
    box[at + 1] = range[1] * ndiv;
  }

  /** Carries the voxels to the asymmetric unit and keeps those of the tile. */
  private void drain(double phi, long from, long to, HalfSets split, SlabObservations into) {
    int size = voxels.size();
    reserve(size);
    int[] decoded = new int[4];
    int[] panel = new int[size];
    for (int i = 0; i < size; i++) {
      grid.decode(voxels.key(i), decoded);
      hs[i] = decoded[0];
      ks[i] = decoded[1];
      ls[i] = decoded[2];
      panel[i] = decoded[3];
      draw[i] = split == HalfSets.RANDOM ? draw(decoded) : 0;
    }
    space.map(hs, ks, ls, op, size);
    long[] number = new long[size];
    int[] counts = new int[SlabObservations.RANGES];
    for (int i = 0; i < size; i++) {
      long v = space.number(hs[i], ks[i], ls[i]);
      boolean in = v >= from && v < to && space.inRegion(hs[i], ks[i], ls[i]);
      number[i] = in ? v : -1;
      if (in) {
        counts[SlabObservations.range(v)]++;
      }
    }
    int[] next = into.begin(counts);
    for (int i = 0; i < size; i++) {
      if (number[i] >= 0) {
        int o = next[SlabObservations.range(number[i])]++;
        into.voxel[o] = number[i];
        into.group[o] = (byte) (split == HalfSets.NONE ? 0 : group(split, i));
        put(i, panel[i], phi, into.sums, o * ScaledCounts.TOTALS);
      }
    }
  }

  private void put(int i, int panel, double phi, double[] sums, int at) {
    PixelResponse response = sweep.images().response(panel);
    double variance =
        sweep.model().backgroundVariance(panel, phi, voxels.iy(i), voxels.ix(i))
                * voxels.seconds(i)
                * voxels.seconds(i)
            + voxels.pixels(i) * response.noiseVariance();
    sums[at] = voxels.pixels(i);
    sums[at + 1] = response.counts(voxels.counts(i), voxels.pixels(i));
    sums[at + 2] = 1;
    sums[at + 3] = voxels.scale(i);
    sums[at + 4] = voxels.background(i);
    sums[at + 5] = variance;
    sums[at + 6] =
        voxels.multiplicity(i) * options.ndiv().h() * options.ndiv().k() * options.ndiv().l();
  }

  private int group(HalfSets split, int i) {
    boolean second = split == HalfSets.FRIEDEL ? space.inverts(op[i]) : draw[i] < 0;
    return second ? 1 : 0;
  }

  /** A number drawn for a voxel, not yet in the asymmetric unit, and a sweep. */
  private long draw(int[] voxel) {
    long x = mix(mix(options.seed()) ^ sweepNumber);
    return mix(mix(mix(x ^ voxel[0]) ^ voxel[1]) ^ voxel[2]);
  }

  /** A bijection of 64 bits that spreads them (SplitMix64; Steele, Lea and Flood, OOPSLA 2014). */
  private static long mix(long x) {
    long z = x + 0x9E3779B97F4A7C15L;
    z = (z ^ (z >>> 30)) * 0xBF58476D1CE4E5B9L;
    z = (z ^ (z >>> 27)) * 0x94D049BB133111EBL;
    return z ^ (z >>> 31);
  }

  private void reserve(int size) {
    if (hs.length < size) {
      int n = size + size / 4;
      hs = new int[n];
      ks = new int[n];
      ls = new int[n];
      op = new int[n];
      draw = new long[n];
    }
  }
}
