package org.mdx.integrate;

import java.util.Arrays;
import org.mdx.internal.kernel.VoxelCounts;

/**
 * The newest observation of each voxel in one range of keys, while pixels can still be added to it.
 * Handed on as soon as the scan has left it behind.
 */
final class OpenObservations {
  private static final int STRIDE = VoxelCounts.STRIDE;
  private static final long MIX = 0x9E3779B97F4A7C15L;

  private final ObservationRule rule;
  private final ObservationList closed;

  /** Open-addressed hash of the keys: place + 1 in the columns below, 0 when free. */
  private int[] slots = new int[1 << 11];

  private int size;
  private int survivors;
  private long[] key = new long[1 << 10];
  private int[] firstFrame = new int[1 << 10];
  private int[] lastFrame = new int[1 << 10];

  /** Pixels of the frames before the last one, and of that one. */
  private long[] pixels = new long[1 << 10];

  private long[] fresh = new long[1 << 10];
  private long[] counts = new long[1 << 10];
  private double[] seconds = new double[1 << 10];
  private double[] phi = new double[1 << 10];
  private long[] iy = new long[1 << 10];
  private long[] ix = new long[1 << 10];

  OpenObservations(ObservationRule rule, ObservationList closed) {
    this.rule = rule;
    this.closed = closed;
  }

  /**
   * Adds voxels of one frame; frames come in rising order. A voxel can come in parts: its pixels of
   * a frame are counted before their seconds and angles are added, so that the parts do not show.
   *
   * @param frame number of the frame
   * @param voxels key + 1, pixels, counts, Σix, Σiy of each voxel
   * @param from first voxel
   * @param to voxel after the last
   */
  void add(int frame, long[] voxels, int from, int to) {
    for (int v = from * STRIDE; v < to * STRIDE; v += STRIDE) {
      int o = find(voxels[v] - 1, frame);
      if (rule.ends(firstFrame[o], frame)) {
        close(o);
        begin(o, frame);
      }
      if (lastFrame[o] != frame) {
        endFrame(o);
        lastFrame[o] = frame;
      }
      fresh[o] += voxels[v + 1];
      counts[o] += voxels[v + 2];
      ix[o] += voxels[v + 3];
      iy[o] += voxels[v + 4];
    }
  }

  /** Adds what the pixels of the last frame are worth. */
  private void endFrame(int o) {
    long p = fresh[o];
    fresh[o] = 0;
    pixels[o] += p;
    seconds[o] += p * rule.exposure(lastFrame[o]);
    phi[o] = rule.add(phi[o], rule.phi(lastFrame[o]), p);
  }

  private int find(long k, int frame) {
    int mask = slots.length - 1;
    int at = (int) (k * MIX >>> 33) & mask;
    while (slots[at] != 0) {
      int o = slots[at] - 1;
      if (key[o] == k) {
        return o;
      }
      at = (at + 1) & mask;
    }
    if (size == key.length) {
      grow();
    }
    int o = size++;
    key[o] = k;
    begin(o, frame);
    slots[at] = size;
    if (size > slots.length / 2) {
      hashAgain(slots.length * 2);
    }
    return o;
  }

  private void begin(int o, int first) {
    firstFrame[o] = first;
    lastFrame[o] = first;
    pixels[o] = 0;
    fresh[o] = 0;
    counts[o] = 0;
    seconds[o] = 0;
    phi[o] = 0;
    iy[o] = 0;
    ix[o] = 0;
  }

  private void grow() {
    int n = size + size / 2;
    key = Arrays.copyOf(key, n);
    firstFrame = Arrays.copyOf(firstFrame, n);
    lastFrame = Arrays.copyOf(lastFrame, n);
    fresh = Arrays.copyOf(fresh, n);
    pixels = Arrays.copyOf(pixels, n);
    counts = Arrays.copyOf(counts, n);
    seconds = Arrays.copyOf(seconds, n);
    phi = Arrays.copyOf(phi, n);
    iy = Arrays.copyOf(iy, n);
    ix = Arrays.copyOf(ix, n);
  }

  private void hashAgain(int n) {
    if (slots.length == n) {
      Arrays.fill(slots, 0);
    } else {
      slots = new int[n];
    }
    for (int o = 0; o < size; o++) {
      int at = (int) (key[o] * MIX >>> 33) & (n - 1);
      while (slots[at] != 0) {
        at = (at + 1) & (n - 1);
      }
      slots[at] = o + 1;
    }
  }

  /**
   * Closes what no later frame can add to, once there is enough of it to be worth the pass.
   *
   * @param nextFrame the first frame still to come
   */
  void closeBefore(int nextFrame) {
    if (size < 2 * survivors + 4096) {
      return;
    }
    int kept = 0;
    for (int o = 0; o < size; o++) {
      if (rule.ends(firstFrame[o], nextFrame)) {
        close(o);
      } else {
        move(o, kept++);
      }
    }
    size = kept;
    survivors = kept;
    hashAgain(slots.length);
  }

  private void move(int from, int to) {
    key[to] = key[from];
    firstFrame[to] = firstFrame[from];
    lastFrame[to] = lastFrame[from];
    fresh[to] = fresh[from];
    pixels[to] = pixels[from];
    counts[to] = counts[from];
    seconds[to] = seconds[from];
    phi[to] = phi[from];
    iy[to] = iy[from];
    ix[to] = ix[from];
  }

  /** Closes everything; afterwards nothing can be added. */
  void closeAll() {
    for (int o = 0; o < size; o++) {
      close(o);
    }
    size = 0;
    slots = null;
  }

  private void close(int o) {
    endFrame(o);
    double p = pixels[o];
    closed.add(
        key[o],
        pixels[o],
        counts[o],
        (float) seconds[o],
        phi[o] / p,
        (float) (iy[o] / p),
        (float) (ix[o] / p));
  }
}
