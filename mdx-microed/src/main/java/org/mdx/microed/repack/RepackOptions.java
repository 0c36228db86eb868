package org.mdx.microed.repack;

import java.util.function.UnaryOperator;

/**
 * Options for compressing movies.
 *
 * @param level of deflate, from 1 (fast) to 9 (small)
 * @param verify whether all frames of a copy that exists are compared with the movie before the
 *     movie is skipped, and not only everything else
 * @param force whether a file in the way that is newer and no copy of the movie is replaced
 */
public record RepackOptions(int level, boolean verify, boolean force) {

  /**
   * Options.
   *
   * @throws IllegalArgumentException if the level is not 1 to 9
   */
  public RepackOptions {
    if (level < 1 || level > 9) {
      throw new IllegalArgumentException("level=" + level + ", must be 1 (fast) to 9 (small)");
    }
  }

  /**
   * What laboratories use: level 4.
   *
   * @return the defaults
   */
  public static RepackOptions defaults() {
    return new RepackOptions(4, false, false);
  }

  /**
   * Changes the defaults.
   *
   * @param change what to change
   * @return the options
   */
  static RepackOptions of(UnaryOperator<RepackOptions> change) {
    return change.apply(defaults());
  }

  /**
   * Another level.
   *
   * @param value 1 to 9
   * @return changed options
   */
  public RepackOptions level(int value) {
    return new RepackOptions(value, verify, force);
  }

  /**
   * Whether copies that exist are compared frame by frame.
   *
   * @param value true if so
   * @return changed options
   */
  public RepackOptions verify(boolean value) {
    return new RepackOptions(level, value, force);
  }

  /**
   * Whether other files in the way are replaced.
   *
   * @param value true if so
   * @return changed options
   */
  public RepackOptions force(boolean value) {
    return new RepackOptions(level, verify, value);
  }
}
