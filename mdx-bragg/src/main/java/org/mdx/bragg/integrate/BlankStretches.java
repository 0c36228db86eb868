package org.mdx.bragg.integrate;

import java.util.ArrayList;
import java.util.List;
import org.mdx.reflection.ReflectionKeys;
import org.mdx.reflection.Reflections;

/**
 * Where the crystal was in the beam. A stretch of frames that no spot covers is blank if with the
 * spots of the others it would come about by chance less often than once in a million.
 */
final class BlankStretches {
  /** −ln 10⁻⁶. */
  private static final double EVIDENCE = 13.8;

  private BlankStretches() {}

  /**
   * The stretches that are not blank.
   *
   * @param spots with {@code xyzobs.px.value} and perhaps {@code bbox}, whose frames count from the
   *     image number
   * @param frames number of frames
   * @param firstImage number of the first image
   * @return one for the whole scan if none is blank
   */
  static List<FrameStretch> recorded(Reflections spots, int frames, int firstImage) {
    int first = firstImage - 1;
    boolean[] covered = new boolean[frames];
    boolean boxes = spots.has(ReflectionKeys.BBOX);
    int inside = 0;
    for (int i = 0; i < spots.size(); i++) {
      int middle = (int) Math.floor(spots.value(ReflectionKeys.XYZOBS_PX, i, 2)) - first;
      if (middle < 0 || middle >= frames) {
        continue;
      }
      inside++;
      covered[middle] = true;
      if (boxes) {
        int from = Math.max(0, spots.integer(ReflectionKeys.BBOX, i, 4) - first);
        int to = Math.min(frames, spots.integer(ReflectionKeys.BBOX, i, 5) - first);
        for (int f = from; f < to; f++) {
          covered[f] = true;
        }
      }
    }
    double rate = (double) inside / frames;
    List<FrameStretch> recorded = new ArrayList<>();
    int from = 0;
    for (int f = 0; f < frames; f++) {
      int end = f;
      while (end < frames && !covered[end]) {
        end++;
      }
      if (rate * (end - f) > EVIDENCE) {
        if (f > from) {
          recorded.add(new FrameStretch(from, f));
        }
        from = end;
      }
      f = Math.max(f, end - 1);
    }
    if (from < frames) {
      recorded.add(new FrameStretch(from, frames));
    }
    return recorded;
  }
}
