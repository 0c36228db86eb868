package org.mdx.integrate;

import java.io.IOException;
import java.util.ArrayDeque;
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
import org.mdx.table.HKLTable;
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

  private final ImageSeries images;
  private final MillerIndexMap map;
  private final RowMask mask;
  private final ObservationRule rule;
  private final Tiles tiles;
  private final VoxelGrid grid;
  private final double rangeWidth;
  private final int sideBySide;
  private final FrameBuffer.Pool buffers;
  private final Deque<FrameWorker> idle = new ArrayDeque<>();
  private long maskedPixels;

  private Integrator(
      ImageSeries images, MillerIndexMap map, RowMask mask, IntegrationOptions options) {
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
    return new Integrator(images, map, mask, options).run(parallel, progress);
  }

  private Integration run(Parallel parallel, Progress progress) {
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
    }
    idle.clear();
    parallel.forEach(
        RANGES,
        r -> {
          open[r].closeAll();
          lists[r].finish(rule);
        });
    return collect(lists, parallel);
  }

  private Integration collect(ObservationList[] lists, Parallel parallel) {
    int[] at = new int[RANGES + 1];
    for (int r = 0; r < RANGES; r++) {
      at[r + 1] = Math.addExact(at[r], lists[r].size());
    }
    Columns columns = new Columns(grid, at[RANGES]);
    parallel.forEach(RANGES, r -> lists[r].copyInto(columns, at[r]));
    List<PixelResponse> responses =
        IntStream.range(0, images.source().panels()).mapToObj(images::response).toList();
    HKLTable table = columns.toTable(responses);
    Column counted = table.column("counts");
    long pixels = 0;
    double counts = 0;
    for (int i = 0; i < at[RANGES]; i++) {
      pixels += columns.pixels[i];
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
