package org.mdx.integrate;

import java.io.IOException;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Deque;
import java.util.List;
import java.util.stream.IntStream;
import org.mdx.geometry.MillerIndexMap;
import org.mdx.image.FrameBuffer;
import org.mdx.image.ImageChunks;
import org.mdx.image.ImageSeries;
import org.mdx.image.PixelResponse;
import org.mdx.image.RowMask;
import org.mdx.parallel.Parallel;
import org.mdx.parallel.Progress;
import org.mdx.table.Column;
import org.mdx.table.ColumnNames;
import org.mdx.table.HKLTable;
import org.mdx.table.Scratch;
import org.mdx.table.VoxelGrid;

/** Integrates the counts of one sweep on a subdivided Miller-index grid. */
public final class Integrator {

  /** Ranges of voxels that are joined independently; fixed, so that it does not show in results. */
  private static final int RANGES = 16;

  /** Pixels of frames that one thread has in memory at a time, and the most frames. */
  private static final long PIXELS_AT_A_TIME = 12_000_000;

  /** What the kernel that adds up runs of pixels can count. */
  private static final int WIDEST = (1 << 20) - 1;

  private static final int MOST_SIDE_BY_SIDE = 4;

  /** Bytes of a voxel of a frame while it is added up, with its index, and while it waits. */
  private static final double ADDED_UP = 120;

  private static final double WAITING = 45;

  /** What frames may take of the memory: one part of so many. */
  private static final double SHARE = 4;

  /** Bytes of an observation while all are put in order and into columns in memory. */
  private static final double ROW = 110;

  private final ImageSeries images;
  private final MillerIndexMap map;
  private final RowMask mask;
  private final ObservationRule rule;
  private final Tiles tiles;
  private final VoxelGrid grid;
  private final double rangeWidth;
  private final Scratch scratch;
  private int sideBySide;
  private final FrameBuffer.Pool buffers;
  private final Deque<FrameWorker> idle = new ArrayDeque<>();
  private long maskedPixels;

  private Integrator(
      ImageSeries images,
      MillerIndexMap map,
      RowMask mask,
      IntegrationOptions options,
      Scratch scratch) {
    this.scratch = scratch;
    this.images = images;
    this.map = map;
    this.mask = mask;
    ImageChunks chunks = options.conventions().isMdx2() ? chunks(images, options) : null;
    tiles = new Tiles(chunks, images.source());
    rule =
        new ObservationRule(images.geometry().scan(), options.maxSpread(), chunks, tiles.count());
    int panels = images.source().panels();
    grid = new VoxelGrid(map.bounds(), options.ndiv(), panels);
    VoxelGrid cut = new VoxelGrid(map.bounds(), options.ndiv(), panels * tiles.count());
    tiles.number(cut);
    rangeWidth = Math.ceil(grid.size() / RANGES) * tiles.count();
    for (int p = 0; p < images.source().panels(); p++) {
      if (images.source().width(p) > WIDEST) {
        throw new IllegalArgumentException(
            "panel " + p + " has " + images.source().width(p) + " columns, at most " + WIDEST);
      }
    }
    long fitting = PIXELS_AT_A_TIME / images.geometry().detector().pixels();
    sideBySide = (int) Math.max(1, Math.min(fitting, MOST_SIDE_BY_SIDE));
    buffers = new FrameBuffer.Pool(images);
  }

  private static ImageChunks chunks(ImageSeries images, IntegrationOptions options) {
    return options
        .chunks()
        .or(images.source()::chunks)
        .orElseGet(
            () ->
                ImageChunks.ofMdx2(
                    images.geometry().detector().panels().get(0), images.geometry().scan()));
  }

  /**
   * Integrates a sweep in one pass over its frames.
   *
   * @param images the frames
   * @param map the Miller indices of their pixels
   * @param mask pixels to leave out, {@link RowMask#NONE} for none
   * @param options subdivision and spread of an observation
   * @param parallel threads to use
   * @param progress told of every frame
   * @return table and totals; the same bits for any number of threads
   * @throws IllegalArgumentException if the voxels cannot be numbered, a panel is wider than 2²⁰ −
   *     1 pixels, or an observation overflows
   */
  public static Integration integrate(
      ImageSeries images,
      MillerIndexMap map,
      RowMask mask,
      IntegrationOptions options,
      Parallel parallel,
      Progress progress) {
    return integrate(images, map, mask, options, null, parallel, progress);
  }

  /**
   * Integrates a sweep in one pass over its frames, with observations in a scratch where they do
   * not fit into memory. Then the memory is bounded by the table of the result, the voxels that are
   * within the spread of an observation at a time, and what a few frames touch.
   *
   * @param images the frames
   * @param map the Miller indices of their pixels
   * @param mask pixels to leave out, {@link RowMask#NONE} for none
   * @param options subdivision and spread of an observation
   * @param scratch says what fits and takes the rest; null to have all in memory
   * @param parallel threads to use
   * @param progress told of every frame
   * @return table and totals; the same bits for any number of threads, with a scratch and without
   * @throws IllegalArgumentException as without a scratch
   * @throws java.io.UncheckedIOException if the scratch has no room
   */
  public static Integration integrate(
      ImageSeries images,
      MillerIndexMap map,
      RowMask mask,
      IntegrationOptions options,
      Scratch scratch,
      Parallel parallel,
      Progress progress) {
    return new Integrator(images, map, mask, options, scratch).run(parallel, progress);
  }

  /** Fewer frames at a time where they touch so many voxels that a few take much of the memory. */
  private void narrow(Parallel parallel) {
    VoxelList one = new VoxelList(RANGES);
    FrameWorker worker = new FrameWorker(images, map, mask, tiles, buffers, 1);
    parallel.forEach(1, i -> worker.integrate(0, 1, rangeWidth, new VoxelList[] {one}, 0));
    double each = one.start[RANGES] * (ADDED_UP + 2 * WAITING) * parallel.threads();
    while (sideBySide > 1 && !scratch.holds(SHARE * each * sideBySide)) {
      sideBySide /= 2;
    }
  }

  private Integration run(Parallel parallel, Progress progress) {
    if (scratch != null) {
      narrow(parallel);
    }
    SpillFile spill = null;
    ObservationList[] lists = new ObservationList[RANGES];
    OpenObservations[] open = new OpenObservations[RANGES];
    for (int r = 0; r < RANGES; r++) {
      lists[r] = new ObservationList();
      open[r] = new OpenObservations(rule, lists[r]);
    }
    int frames = images.frames();
    VoxelList[] batch = new VoxelList[Math.min(frames, 2 * sideBySide * parallel.threads())];
    for (int b = 0; b < batch.length; b++) {
      batch[b] = new VoxelList(RANGES);
    }
    Progress.Counter counter = progress.counter("integrate", frames);
    for (int first = 0; first < frames; first += batch.length) {
      int start = first;
      int size = Math.min(batch.length, frames - first);
      parallel.forEach(
          (size + sideBySide - 1) / sideBySide,
          g -> {
            int at = g * sideBySide;
            int count = Math.min(sideBySide, size - at);
            integrateFrames(start + at, count, batch, at);
            for (int f = 0; f < count; f++) {
              counter.advance();
            }
          });
      parallel.forEach(
          RANGES,
          r -> {
            for (int b = 0; b < size; b++) {
              open[r].add(start + b, batch[b].values, batch[b].start[r], batch[b].start[r + 1]);
            }
            open[r].closeBefore(start + size);
          });
      spill = spill == null ? spilled(lists) : spill;
    }
    idle.clear();
    Arrays.fill(batch, null); // room for what follows
    parallel.forEach(RANGES, r -> open[r].closeAll());
    ColumnSource columns =
        spill == null ? inMemory(lists, parallel) : stored(lists, spill, parallel);
    Integration result = integration(columns);
    if (spill != null) {
      scratch.free(spill.store());
    }
    return result;
  }

  /** Has the lists go to the scratch once they would not fit; null if they do. */
  private SpillFile spilled(ObservationList[] lists) {
    double rows = 0;
    for (ObservationList list : lists) {
      rows += list.size();
    }
    if (scratch == null || scratch.holds(ROW * rows)) {
      return null;
    }
    SpillFile spill = new SpillFile(scratch.bytes());
    for (ObservationList list : lists) {
      list.spillTo(spill);
    }
    return spill;
  }

  private ColumnSource inMemory(ObservationList[] lists, Parallel parallel) {
    parallel.forEach(RANGES, r -> lists[r].finish(rule));
    int[] at = new int[RANGES + 1];
    for (int r = 0; r < RANGES; r++) {
      at[r + 1] = Math.addExact(at[r], lists[r].size());
    }
    Columns columns = new Columns(grid, at[RANGES]);
    parallel.forEach(RANGES, r -> lists[r].copyInto(columns, at[r]));
    return columns;
  }

  private ColumnSource stored(ObservationList[] lists, SpillFile spill, Parallel parallel) {
    StoredColumns columns = new StoredColumns(spill, grid, RANGES);
    parallel.forEach(
        RANGES,
        r -> {
          lists[r].finish(rule);
          columns.put(r, lists[r]);
        });
    return columns;
  }

  private Integration integration(ColumnSource columns) {
    List<PixelResponse> responses =
        IntStream.range(0, images.source().panels()).mapToObj(images::response).toList();
    HKLTable table = Columns.table(columns, grid, responses);
    Column counted = table.column(ColumnNames.COUNTS);
    Column summed = table.column(ColumnNames.PIXELS);
    long pixels = 0;
    double counts = 0;
    for (int i = 0; i < table.rows(); i++) {
      pixels += (long) summed.get(i);
      counts += counted.get(i);
    }
    return new Integration(table, maskedPixels, pixels, Math.round(counts));
  }

  private void integrateFrames(int first, int count, VoxelList[] into, int at) throws IOException {
    FrameWorker worker = borrow();
    long masked = worker.integrate(first, count, rangeWidth, into, at);
    giveBack(worker, masked);
  }

  private synchronized FrameWorker borrow() {
    return idle.isEmpty()
        ? new FrameWorker(images, map, mask, tiles, buffers, sideBySide)
        : idle.pop();
  }

  private synchronized void giveBack(FrameWorker worker, long masked) {
    idle.push(worker);
    maskedPixels += masked;
  }
}
