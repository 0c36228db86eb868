package org.mdx.correct;

/**
 * How a sweep without crystal is binned.
 *
 * @param frames frames a bin, 1 or more
 * @param rows pixels a bin along slow, 1 or more
 * @param columns pixels a bin along fast, 1 or more
 * @param validMin lowest count of a pixel that is used
 * @param validMax highest count of a pixel that is used
 * @param mdx2Compatible whether a bin without a valid pixel stays empty, as in mdx2; otherwise it
 *     is filled from its neighbours
 */
public record BackgroundOptions(
    int frames, int rows, int columns, int validMin, int validMax, boolean mdx2Compatible) {

  public BackgroundOptions {
    if (frames < 1 || rows < 1 || columns < 1) {
      throw new IllegalArgumentException(
          "bins of "
              + frames
              + " frames, "
              + rows
              + " x "
              + columns
              + " pixels, each must be 1 or more");
    }
    if (validMin > validMax) {
      throw new IllegalArgumentException(
          "valid range " + validMin + " to " + validMax + " contains no count");
    }
  }

  /**
   * Bins of 10 frames and 10 × 10 pixels, every count valid.
   *
   * @return the defaults
   */
  public static BackgroundOptions defaults() {
    return new BackgroundOptions(10, 10, 10, 0, Integer.MAX_VALUE, false);
  }

  /**
   * With other bins.
   *
   * @param frames frames a bin
   * @param rows pixels a bin along slow
   * @param columns pixels a bin along fast
   * @return new options
   */
  public BackgroundOptions bins(int frames, int rows, int columns) {
    return new BackgroundOptions(frames, rows, columns, validMin, validMax, mdx2Compatible);
  }

  /**
   * With another range of valid counts; both ends are valid.
   *
   * @param min lowest valid count
   * @param max highest valid count
   * @return new options
   */
  public BackgroundOptions validRange(int min, int max) {
    return new BackgroundOptions(frames, rows, columns, min, max, mdx2Compatible);
  }

  /**
   * With empty bins left empty or filled.
   *
   * @param compatible whether to leave them empty as mdx2 does
   * @return new options
   */
  public BackgroundOptions mdx2Compatible(boolean compatible) {
    return new BackgroundOptions(frames, rows, columns, validMin, validMax, compatible);
  }
}
