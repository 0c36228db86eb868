package org.mdx.bragg.integrate;

/**
 * Consecutive frames of a scan, counted from 0.
 *
 * @param from the first
 * @param to one behind the last
 */
public record FrameStretch(int from, int to) {

  public FrameStretch {
    if (from < 0 || to <= from) {
      throw new IllegalArgumentException("frames " + from + " to " + to + " are none");
    }
  }
}
