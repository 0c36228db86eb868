package org.mdx.bragg.integrate;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.function.Consumer;
import org.mdx.geometry.Panel;
import org.mdx.image.FrameBuffer;
import org.mdx.image.ImageSeries;
import org.mdx.image.Pixels;
import org.mdx.parallel.Parallel;
import org.mdx.parallel.Progress;

/**
 * The pass over the images. Frames are decoded some at a time; then each reflection in flight takes
 * its pixels from them in their order, so that numbers are the same for any number of threads.
 */
final class ImagePass {
  /** Reflections that one thread takes at a time. */
  private static final int CHUNK = 64;

  /** Neighbours on the detector one after the other, since their pixels are so in memory. */
  private static final Comparator<Target> BY_PLACE =
      Comparator.comparingInt((Target t) -> t.panel)
          .thenComparingInt(t -> t.y0)
          .thenComparingInt(t -> t.row);

  private final ImageSeries images;
  private final Parallel parallel;
  private final Progress progress;
  private final BoxMeasurer measurer;
  private final int blockFrames;
  private final int blocks;
  private final int batch;
  private final ConcurrentLinkedQueue<BoxBackground.Room> rooms = new ConcurrentLinkedQueue<>();

  /**
   * A pass that can be made several times.
   *
   * @param blockFrames frames that share a profile
   * @param batch frames that are decoded at a time
   */
  ImagePass(
      ImageSeries images,
      int blockFrames,
      int batch,
      BoxMeasurer measurer,
      Parallel parallel,
      Progress progress) {
    this.images = images;
    this.parallel = parallel;
    this.progress = progress;
    this.measurer = measurer;
    this.blockFrames = blockFrames;
    this.batch = batch;
    blocks = blocks(images.frames(), blockFrames);
  }

  static int blocks(int frames, int blockFrames) {
    return Math.max(1, frames / blockFrames);
  }

  static int block(Target t, int frames, int blockFrames) {
    double z = Math.max(t.z0, Math.min(t.z1 - 1, t.z));
    int b = (int) Math.floor(z / blockFrames);
    return Math.max(0, Math.min(blocks(frames, blockFrames) - 1, b));
  }

  /**
   * Measures reflections.
   *
   * @param finished takes each block when its reflections are measured, in their order
   */
  void run(Target[] targets, Consumer<List<Target>> finished) {
    Target[] byStart = byStart(targets);
    List<List<Target>> members = new ArrayList<>();
    int[] ends = new int[blocks];
    for (int b = 0; b < blocks; b++) {
      members.add(new ArrayList<>());
    }
    for (Target t : targets) {
      int b = block(t, images.frames(), blockFrames);
      members.get(b).add(t);
      ends[b] = Math.max(ends[b], t.z1);
    }
    for (int b = 1; b < blocks; b++) {
      ends[b] = Math.max(ends[b], ends[b - 1]);
    }
    FrameBuffer.Pool pool = new FrameBuffer.Pool(images);
    Progress.Counter counter = progress.counter("integrating", images.frames());
    List<Target> active = new ArrayList<>();
    int next = 0;
    int done = 0;
    for (int from = 0; from < images.frames(); from += batch) {
      int to = Math.min(images.frames(), from + batch);
      while (next < byStart.length && byStart[next].z0 < to) {
        active.add(byStart[next++]);
      }
      if (!active.isEmpty()) {
        // those that go on are in order, and so are those that begin in a frame
        active.sort(BY_PLACE);
        take(active, from, to, pool);
      }
      List<Target> later = new ArrayList<>();
      for (Target t : active) {
        if (t.z1 > to) {
          later.add(t);
        }
      }
      active = later;
      for (int f = from; f < to; f++) {
        counter.advance();
      }
      while (done < blocks && ends[done] <= to) {
        finished.accept(members.get(done));
        members.set(done++, List.of());
      }
    }
  }

  private static Target[] byStart(Target[] targets) {
    Target[] sorted = targets.clone();
    Arrays.sort(sorted, Comparator.comparingInt((Target t) -> t.z0).thenComparing(BY_PLACE));
    return sorted;
  }

  /** Reads frames and gives them to the reflections in flight. */
  private void take(List<Target> active, int first, int to, FrameBuffer.Pool pool) {
    FrameBuffer[] frames = new FrameBuffer[to - first];
    parallel.forEach(
        frames.length,
        i -> {
          frames[i] = pool.take();
          frames[i].read(first + i);
        });
    parallel.forEach(
        (active.size() + CHUNK - 1) / CHUNK,
        c -> {
          BoxBackground.Room free = rooms.poll();
          BoxBackground.Room room = free == null ? new BoxBackground.Room() : free;
          for (Target t : active.subList(c * CHUNK, Math.min(active.size(), (c + 1) * CHUNK))) {
            take(t, first, frames, room);
          }
          rooms.add(room);
        });
    for (FrameBuffer f : frames) {
      f.close();
    }
  }

  /**
   * Adds a reflection's pixels of some frames, and measures it when its last frame is among them.
   */
  private void take(Target t, int first, FrameBuffer[] frames, BoxBackground.Room room) {
    if (t.values == null) {
      t.values = new int[t.w * t.h * t.slices];
      outside(t);
    }
    Panel panel = panel(t);
    // a camera may read less than nothing
    boolean counter = images.response(t.panel).isCounter() && panel.trustedMin() >= 0;
    int least = counter ? 0 : Pixels.MASKED + 1;
    int to = Math.min(t.z1, first + frames.length);
    for (int f = Math.max(t.z0, first); f < to; f++) {
      add(t, panel, least, frames[f - first].pixels(t.panel), (f - t.z0) / t.perSlice);
    }
    if (t.z1 <= first + frames.length) {
      measurer.measure(t, room);
    }
  }

  private void outside(Target t) {
    Panel p = panel(t);
    if (t.x0 >= 0 && t.y0 >= 0 && t.x0 + t.w <= p.width() && t.y0 + t.h <= p.height()) {
      return;
    }
    for (int i = 0; i < t.values.length; i++) {
      int x = t.x0 + i % t.w;
      int y = t.y0 + i / t.w % t.h;
      if (x < 0 || y < 0 || x >= p.width() || y >= p.height()) {
        t.values[i] = Pixels.MASKED;
      }
    }
  }

  private Panel panel(Target t) {
    return images.geometry().detector().panels().get(t.panel);
  }

  private static void add(Target t, Panel p, int least, int[] pixels, int slice) {
    int left = Math.max(0, t.x0);
    int right = Math.min(p.width(), t.x0 + t.w);
    int top = Math.max(0, t.y0);
    int bottom = Math.min(p.height(), t.y0 + t.h);
    for (int y = top; y < bottom; y++) {
      int from = y * p.width();
      int into = (slice * t.h + y - t.y0) * t.w - t.x0;
      if (t.perSlice == 1) {
        copyRow(pixels, from + left, t.values, into + left, right - left, least);
      } else {
        addRow(pixels, from + left, t.values, into + left, right - left, least);
      }
    }
  }

  /** Adds to 0. */
  private static void copyRow(int[] pixels, int from, int[] values, int into, int n, int least) {
    for (int x = 0; x < n; x++) {
      int v = pixels[from + x];
      values[into + x] = v < least ? Pixels.MASKED : v;
    }
  }

  private static void addRow(int[] pixels, int from, int[] values, int into, int n, int least) {
    for (int x = 0; x < n; x++) {
      int v = pixels[from + x];
      int before = values[into + x];
      int sum = before + v;
      boolean overflow = ((before ^ sum) & (v ^ sum)) < 0;
      values[into + x] = v < least | before == Pixels.MASKED | overflow ? Pixels.MASKED : sum;
    }
  }
}
