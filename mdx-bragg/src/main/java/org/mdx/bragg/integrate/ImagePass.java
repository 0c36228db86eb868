package org.mdx.bragg.integrate;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import org.mdx.geometry.Panel;
import org.mdx.image.FrameBuffer;
import org.mdx.image.ImageSeries;
import org.mdx.parallel.Parallel;
import org.mdx.parallel.Progress;

/**
 * The pass over the images. Frames are decoded some at a time; then each reflection in flight takes
 * its pixels from them in their order, so that numbers are the same for any number of threads.
 */
final class ImagePass {
  private final ImageSeries images;
  private final Parallel parallel;
  private final Progress progress;
  private final BoxMeasurer measurer;
  private final ProfileBlocks profiles;
  private final Target[] byStart;
  private final int blockFrames;
  private final int blocks;
  private final List<List<Target>> members = new ArrayList<>();
  private final int[] ends;
  private final int batch;

  ImagePass(
      ImageSeries images,
      Target[] targets,
      int blockFrames,
      BoxMeasurer measurer,
      ProfileBlocks profiles,
      Parallel parallel,
      Progress progress) {
    this.images = images;
    this.parallel = parallel;
    this.progress = progress;
    this.measurer = measurer;
    this.profiles = profiles;
    this.blockFrames = blockFrames;
    byStart = targets.clone();
    Arrays.sort(byStart, Comparator.comparingInt((Target t) -> t.z0).thenComparingInt(t -> t.row));
    blocks = blocks(images.frames(), blockFrames);
    ends = new int[blocks];
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
    batch = batch(parallel);
  }

  static int batch(Parallel parallel) {
    return 2 * parallel.threads();
  }

  static int blocks(int frames, int blockFrames) {
    return Math.max(1, frames / blockFrames);
  }

  static int block(Target t, int frames, int blockFrames) {
    int b = (int) Math.floor(t.z / blockFrames);
    return Math.max(0, Math.min(blocks(frames, blockFrames) - 1, b));
  }

  void run() {
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
      FrameBuffer[] frames = new FrameBuffer[to - from];
      int first = from;
      parallel.forEach(
          frames.length,
          i -> {
            frames[i] = pool.take();
            frames[i].read(first + i);
          });
      List<Target> now = active;
      parallel.forEach(now.size(), i -> take(now.get(i), first, frames));
      List<Target> later = new ArrayList<>();
      for (Target t : active) {
        if (t.z1 > to) {
          later.add(t);
        }
      }
      active = later;
      for (FrameBuffer f : frames) {
        f.close();
        counter.advance();
      }
      while (done < blocks && ends[done] <= to) {
        profiles.add(members.get(done));
        members.set(done++, List.of());
      }
    }
    profiles.finish();
  }

  /**
   * Adds a reflection's pixels of some frames, and measures it when its last frame is among them.
   */
  private void take(Target t, int first, FrameBuffer[] frames) {
    if (t.counts == null) {
      t.counts = new int[t.w * t.h * t.slices];
      outside(t);
    }
    int to = Math.min(t.z1, first + frames.length);
    for (int f = Math.max(t.z0, first); f < to; f++) {
      add(t, frames[f - first].pixels(t.panel), (f - t.z0) / t.perSlice);
    }
    if (t.z1 <= first + frames.length) {
      measurer.measure(t);
    }
  }

  private void outside(Target t) {
    Panel p = panel(t);
    if (t.x0 >= 0 && t.y0 >= 0 && t.x0 + t.w <= p.width() && t.y0 + t.h <= p.height()) {
      return;
    }
    for (int i = 0; i < t.counts.length; i++) {
      int x = t.x0 + i % t.w;
      int y = t.y0 + i / t.w % t.h;
      if (x < 0 || y < 0 || x >= p.width() || y >= p.height()) {
        t.counts[i] = -1;
      }
    }
  }

  private Panel panel(Target t) {
    return images.geometry().detector().panels().get(t.panel);
  }

  private void add(Target t, int[] pixels, int slice) {
    Panel p = panel(t);
    int left = Math.max(0, t.x0);
    int right = Math.min(p.width(), t.x0 + t.w);
    int top = Math.max(0, t.y0);
    int bottom = Math.min(p.height(), t.y0 + t.h);
    for (int y = top; y < bottom; y++) {
      int from = y * p.width();
      int into = (slice * t.h + y - t.y0) * t.w - t.x0;
      for (int x = left; x < right; x++) {
        int v = pixels[from + x];
        int i = into + x;
        t.counts[i] = v < 0 || t.counts[i] < 0 ? -1 : t.counts[i] + v;
      }
    }
  }
}
