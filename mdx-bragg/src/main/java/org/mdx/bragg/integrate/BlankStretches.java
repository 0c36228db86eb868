package org.mdx.bragg.integrate;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.mdx.reflection.ReflectionKeys;
import org.mdx.reflection.Reflections;

/**
 * Where the crystal was in the beam. A frame is empty if less than a tenth of the spots cover it
 * that cover one of four good frames; hot pixels that pass for spots cover some. A stretch of empty
 * frames is blank if at the rate of the whole scan it would lack its spots by chance less often
 * than once in a million. At the ends of the scan it has to be longer than spots are, since those
 * that are cut there may have been left out.
 */
final class BlankStretches {
  /** −ln 10⁻⁶. */
  private static final double EVIDENCE = 13.8;

  private static final double EMPTY = 0.1;

  private BlankStretches() {}

  /**
   * The stretches that are not blank.
   *
   * @param spots with {@code xyzobs.px.value} and perhaps {@code bbox}, whose frames count from the
   *     image number
   * @param frames number of frames
   * @param firstImage number of the first image
   * @param length of a spot in frames
   * @return one for the whole scan if none is blank
   */
  static List<FrameStretch> recorded(Reflections spots, int frames, int firstImage, double length) {
    int first = firstImage - 1;
    int[] covered = new int[frames];
    int[] middles = new int[frames];
    boolean boxes = spots.has(ReflectionKeys.BBOX);
    int inside = 0;
    for (int i = 0; i < spots.size(); i++) {
      int middle = (int) Math.floor(spots.value(ReflectionKeys.XYZOBS_PX, i, 2)) - first;
      if (middle < 0 || middle >= frames) {
        continue;
      }
      inside++;
      middles[middle]++;
      int from = boxes ? spots.integer(ReflectionKeys.BBOX, i, 4) - first : middle;
      int to = boxes ? spots.integer(ReflectionKeys.BBOX, i, 5) - first : middle + 1;
      for (int f = Math.max(0, from); f < Math.min(frames, to); f++) {
        covered[f]++;
      }
    }
    int[] sorted = covered.clone();
    Arrays.sort(sorted);
    double limit = Math.max(1, EMPTY * sorted[3 * frames / 4]);
    double rate = (double) inside / frames;
    List<FrameStretch> recorded = new ArrayList<>();
    int from = 0;
    for (int f = 0; f < frames; f++) {
      int end = f;
      int spotsThere = 0;
      while (end < frames && covered[end] < limit) {
        spotsThere += middles[end++];
      }
      double lacking = rate * (end - f);
      boolean atEnd = f == 0 || end == frames;
      if (lacking > EVIDENCE && spotsThere < EMPTY * lacking && (!atEnd || end - f > length)) {
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
