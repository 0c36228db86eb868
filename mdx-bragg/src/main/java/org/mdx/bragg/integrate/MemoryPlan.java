package org.mdx.bragg.integrate;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import org.mdx.parallel.Parallel;

/**
 * How the reflections of a sweep are divided so that those in flight find room. A box lives from
 * its first frame until it is fitted. If all of them need too much, the profiles are made from the
 * strong spots first, and then the images are read once more for each band of the detector. What is
 * measured does not depend on the plan.
 */
final class MemoryPlan {
  private static final int MOST_BANDS = 256;

  /** Frames take at most this part of the memory, if more than one of them does. */
  private static final double FRAMES = 0.25;

  private final Target[] chosen;
  private final int frames;
  private final int blockFrames;
  private final int batch;
  private final double room;

  /**
   * A plan.
   *
   * @param frames number of frames
   * @param blockFrames frames that share a profile
   * @param frameBytes memory of a frame
   * @param memory in bytes
   */
  MemoryPlan(
      Target[] chosen,
      int frames,
      int blockFrames,
      long frameBytes,
      long memory,
      Parallel parallel) {
    this.chosen = chosen;
    this.frames = frames;
    this.blockFrames = blockFrames;
    batch =
        (int) Math.max(1, Math.min(2L * parallel.threads(), (long) (FRAMES * memory / frameBytes)));
    room = Math.max(0, memory - (double) batch * frameBytes);
  }

  /** Frames that are read at a time. */
  int batch() {
    return batch;
  }

  /**
   * The most that reflections need at a time, bytes.
   *
   * @param later blocks after its own that pass before a reflection is fitted
   */
  long most(Target[] targets, int later) {
    long[] change = new long[frames + 1];
    for (Target t : targets) {
      int end = (ImagePass.block(t, frames, blockFrames) + 1 + later) * blockFrames;
      boolean last = ImagePass.block(t, frames, blockFrames) + 1 + later >= blocks();
      change[t.z0] += t.bytes();
      change[last ? frames : Math.min(frames, Math.max(end, t.z1))] -= t.bytes();
    }
    long now = 0;
    long most = 0;
    for (int f = 0; f < frames; f++) {
      now += change[f];
      most = Math.max(most, now);
    }
    return most;
  }

  private int blocks() {
    return ImagePass.blocks(frames, blockFrames);
  }

  /** Whether one pass will do. */
  boolean isSinglePass() {
    return most(chosen, 1) <= room;
  }

  /** The spots that make the profiles, fewer of them if not all find room. */
  Target[] references() {
    Target[] all = Arrays.stream(chosen).filter(ProfileBlocks::isCandidate).toArray(Target[]::new);
    Target[] some = all;
    for (int each = 2; some.length > 1 && most(some, 0) > room; each *= 2) {
      List<Target> fewer = new ArrayList<>();
      for (int i = 0; i < all.length; i += each) {
        fewer.add(all[i]);
      }
      some = fewer.toArray(new Target[0]);
    }
    return some;
  }

  /** Bands of the detector, each of which finds room. */
  List<Target[]> bands() {
    Target[] sorted = chosen.clone();
    Arrays.sort(
        sorted,
        Comparator.comparingInt((Target t) -> t.panel)
            .thenComparingDouble(t -> t.py)
            .thenComparingInt(t -> t.row)
            .thenComparingInt(t -> t.z0));
    List<Target[]> bands = List.of();
    for (int n = 2; n <= MOST_BANDS; n = n * 3 / 2) {
      bands = new ArrayList<>();
      boolean fits = true;
      for (int b = 0; b < n; b++) {
        int from = (int) ((long) sorted.length * b / n);
        int to = (int) ((long) sorted.length * (b + 1) / n);
        Target[] band = Arrays.copyOfRange(sorted, from, to);
        fits &= most(band, 0) <= room;
        bands.add(band);
      }
      if (fits) {
        break;
      }
    }
    return bands;
  }
}
