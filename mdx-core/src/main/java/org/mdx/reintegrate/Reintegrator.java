package org.mdx.reintegrate;

import java.io.IOException;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import org.mdx.crystal.SpaceGroup;
import org.mdx.geometry.Scan;
import org.mdx.image.FrameBuffer;
import org.mdx.math.Mat3;
import org.mdx.parallel.Parallel;
import org.mdx.parallel.Progress;

/**
 * Makes a fine map of all sweeps.
 *
 * <p>Frames are cut into slabs of up to {@code maxSpread} of rotation. What one voxel collects in a
 * slab, on one panel, is an observation. Slabs are reduced by several threads at a time and added
 * up in the order of the frames, in parallel over ranges of voxels, so that neither threads nor
 * tiles show in the result.
 *
 * <p>Voxels are numbered, and a tile is a run of numbers. It begins as all that is left of the
 * region; whenever what it touches exceeds the memory allowed, its end is drawn in and what lies
 * beyond is left to the next pass.
 */
public final class Reintegrator {

  /** Part of the memory that is kept when a tile has to shrink. */
  private static final double KEPT = 0.875;

  private static final int SLABS_PER_THREAD = 2;

  private final List<? extends FineSweep.Source> sweeps;
  private final ReintegrateOptions options;
  private final Parallel parallel;
  private final Progress progress;
  private final VoxelSpace space;
  private final int groups;
  private int passes;

  /** Counted in the first pass, which looks at the whole region. */
  private long unscaled;

  /** The sweep that was opened last, and its number. */
  private FineSweep open;

  private int openNumber = -1;
  private Mat3 ub;

  private Reintegrator(
      List<? extends FineSweep.Source> sweeps,
      SpaceGroup symmetry,
      ReintegrateOptions options,
      Parallel parallel,
      Progress progress) {
    this.sweeps = sweeps;
    this.options = options;
    this.parallel = parallel;
    this.progress = progress;
    groups = options.split() == HalfSets.NONE ? 1 : 2;
    double[] bounds = new double[3];
    for (FineSweep.Source source : sweeps) {
      double[] b = source.bounds();
      for (int i = 0; i < 3; i++) {
        bounds[i] = Math.max(bounds[i], b[i]);
      }
    }
    space = new VoxelSpace(symmetry.asu(), options, bounds);
  }

  /**
   * Makes a fine map.
   *
   * @param sweeps at least one, with a crystal; opened anew for each pass
   * @param symmetry space group whose Laue group makes voxels equivalent
   * @param options subdivision, region, half-sets, outliers
   * @param parallel threads to use
   * @param progress told of every frame
   * @return table and totals; the same bits for any number of threads and any memory; an empty
   *     table if the data do not reach the region
   * @throws IllegalArgumentException if there is no sweep, the subdivision does not fit the Laue
   *     group, voxels cannot be numbered, or a voxel has more counts than a table holds
   */
  public static Reintegration reintegrate(
      List<? extends FineSweep.Source> sweeps,
      SpaceGroup symmetry,
      ReintegrateOptions options,
      Parallel parallel,
      Progress progress) {
    if (sweeps.isEmpty()) {
      throw new IllegalArgumentException("no sweep to make a map of");
    }
    return new Reintegrator(sweeps, symmetry, options, parallel, progress).run();
  }

  private Reintegration run() {
    boolean judged = options.outlier() < Double.POSITIVE_INFINITY;
    FineColumns columns = new FineColumns(options.ndiv(), groups);
    long outliers = 0;
    long bytes = VoxelSums.pageBytes(groups) + (judged ? VoxelSums.pageBytes(1) : 0);
    int most = (int) Math.max(1, Math.min(Integer.MAX_VALUE, options.memory() / bytes));
    Tile tile = new Tile(0, space.size());
    while (tile.from < space.size()) {
      VoxelSums sums;
      if (judged) {
        VoxelSums all = new VoxelSums(1, null, 0);
        pass(tile, HalfSets.NONE, all, most);
        sums = new VoxelSums(groups, all, options.outlier());
      } else {
        sums = new VoxelSums(groups, null, 0);
      }
      pass(tile, options.split(), sums, most);
      for (long page : sums.pageNumbers()) {
        columns.add(space, page << VoxelSums.PAGE_BITS, sums.page(page));
        sums.remove(page);
      }
      outliers += sums.outliers();
      tile = new Tile(tile.to, space.size());
    }
    return new Reintegration(
        columns.toTable(ub, options.conventions()),
        columns.total(0),
        columns.total(1),
        columns.total(2),
        outliers,
        unscaled,
        passes);
  }

  /** A run of voxel numbers, whose end can be drawn in. */
  private static final class Tile {
    final long from;
    long to;

    Tile(long from, long to) {
      this.from = from;
      this.to = to;
    }
  }

  /** Adds up the observations of a tile over all sweeps. */
  private void pass(Tile tile, HalfSets split, VoxelSums sums, int most) {
    passes++;
    for (int i = 0; i < sweeps.size(); i++) {
      SweepPass pass = new SweepPass(open(i), i, tile, split, sums, most);
      pass.run();
      unscaled += pass.unscaled();
    }
  }

  /** A sweep made ready, one at a time. */
  private FineSweep open(int i) {
    if (i != openNumber) {
      open = null;
      open = sweeps.get(i).open();
      openNumber = i;
      if (i == 0) {
        ub = open.images().geometry().crystal().orElseThrow().a();
      }
    }
    return open;
  }

  /** One sweep's part of a pass. */
  private final class SweepPass {
    private final FineSweep sweep;
    private final int number;
    private final Tile tile;
    private final HalfSets split;
    private final VoxelSums sums;
    private final int most;
    private final FrameBuffer.Pool buffers;
    private final VoxelSpace.Window window;
    private final Deque<SlabWorker> idle = new ArrayDeque<>();

    SweepPass(FineSweep sweep, int number, Tile tile, HalfSets split, VoxelSums sums, int most) {
      this.sweep = sweep;
      this.number = number;
      this.tile = tile;
      this.split = split;
      this.sums = sums;
      this.most = most;
      buffers = new FrameBuffer.Pool(sweep.images());
      window = space.window(tile.from, tile.to);
    }

    void run() {
      Scan scan = sweep.images().geometry().scan();
      int frames = scan.frames();
      double width = Math.abs(scan.width());
      double fitting = width == 0 ? 1 : options.maxSpread() / width + 1e-6;
      int slab = (int) Math.max(1, Math.min(frames, fitting));
      int slabs = (frames + slab - 1) / slab;
      SlabObservations[] batch =
          new SlabObservations[Math.min(slabs, SLABS_PER_THREAD * parallel.threads())];
      for (int b = 0; b < batch.length; b++) {
        batch[b] = new SlabObservations();
      }
      Progress.Counter counter = progress.counter("reintegrate", frames);
      for (int first = 0; first < slabs; first += batch.length) {
        int start = first;
        int size = Math.min(batch.length, slabs - first);
        parallel.forEach(
            size,
            b -> {
              int frame = (start + b) * slab;
              int count = Math.min(slab, frames - frame);
              reduce(frame, count, batch[b]);
              for (int f = 0; f < count; f++) {
                counter.advance();
              }
            });
        parallel.forEach(
            SlabObservations.RANGES,
            r -> {
              for (int b = 0; b < size; b++) {
                sums.add(batch[b], r, tile.to);
              }
            });
        shrink();
      }
    }

    private void reduce(int frame, int count, SlabObservations into) throws IOException {
      SlabWorker worker = borrow();
      worker.reduce(frame, count, tile.from, tile.to, split, into);
      giveBack(worker);
    }

    long unscaled() {
      return idle.stream().mapToLong(SlabWorker::unscaled).sum();
    }

    private synchronized SlabWorker borrow() {
      return idle.isEmpty()
          ? new SlabWorker(sweep, number, options, space, window, buffers, passes == 1)
          : idle.pop();
    }

    private synchronized void giveBack(SlabWorker worker) {
      idle.push(worker);
    }

    /** Draws the end of the tile in until what it touches fits into memory. */
    private void shrink() {
      if (sums.size() <= most) {
        return;
      }
      long[] pages = sums.pageNumbers();
      int kept = (int) Math.max(1, most * KEPT);
      for (int i = kept; i < pages.length; i++) {
        sums.remove(pages[i]);
      }
      tile.to = pages[kept] << VoxelSums.PAGE_BITS;
    }
  }
}
