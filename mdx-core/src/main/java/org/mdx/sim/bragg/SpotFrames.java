package org.mdx.sim.bragg;

import java.util.List;

/** Which spots each frame shows, as lists of their numbers in one array. Immutable. */
final class SpotFrames {
  private final List<Spot> spots;
  private final int[] start;
  private final int[] numbers;

  SpotFrames(List<Spot> spots, int frames) {
    this.spots = spots;
    start = new int[frames + 1];
    for (Spot s : spots) {
      for (int f = Math.max(0, s.firstFrame()); f <= Math.min(frames - 1, s.lastFrame()); f++) {
        start[f + 1] = Math.addExact(start[f + 1], 1);
      }
    }
    for (int f = 0; f < frames; f++) {
      start[f + 1] = Math.addExact(start[f + 1], start[f]);
    }
    numbers = new int[start[frames]];
    int[] next = start.clone();
    for (int i = 0; i < spots.size(); i++) {
      Spot s = spots.get(i);
      for (int f = Math.max(0, s.firstFrame()); f <= Math.min(frames - 1, s.lastFrame()); f++) {
        numbers[next[f]++] = i;
      }
    }
  }

  /** Adds the photons of a frame to images of the panels; does not check. */
  void paint(int frame, int[] widths, int[] heights, float[][] into) {
    for (int i = start[frame]; i < start[frame + 1]; i++) {
      Spot s = spots.get(numbers[i]);
      double counts = s.counts * s.between(frame, frame + 1.0);
      float[] image = into[s.panel];
      int width = widths[s.panel];
      s.forEachPixel(
          width,
          heights[s.panel],
          new double[s.columns()],
          (ix, iy, part) -> image[iy * width + ix] += (float) (counts * part));
    }
  }
}
