package org.mdx.correct;

import java.util.List;

/** Options for binning a sweep without crystal. */
public final class BackgroundOptions {
  private final int frames;
  private final int rows;
  private final int columns;
  private final int validMin;
  private final int validMax;
  private final boolean mdx2Compatible;

  private BackgroundOptions(
      int frames, int rows, int columns, int validMin, int validMax, boolean mdx2Compatible) {
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
    this.frames = frames;
    this.rows = rows;
    this.columns = columns;
    this.validMin = validMin;
    this.validMax = validMax;
    this.mdx2Compatible = mdx2Compatible;
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

  /**
   * Frames a bin, 1 or more.
   *
   * @return the value
   */
  public int frames() {
    return frames;
  }

  /**
   * Pixels a bin along slow, 1 or more.
   *
   * @return the value
   */
  public int rows() {
    return rows;
  }

  /**
   * Pixels a bin along fast, 1 or more.
   *
   * @return the value
   */
  public int columns() {
    return columns;
  }

  /**
   * Lowest count of a pixel that is used.
   *
   * @return the value
   */
  public int validMin() {
    return validMin;
  }

  /**
   * Highest count of a pixel that is used.
   *
   * @return the value
   */
  public int validMax() {
    return validMax;
  }

  /**
   * Whether a bin without a valid pixel stays empty, as in mdx2; otherwise it is filled from its
   * neighbours.
   *
   * @return the value
   */
  public boolean mdx2Compatible() {
    return mdx2Compatible;
  }

  private List<Object> values() {
    return List.of(frames, rows, columns, validMin, validMax, mdx2Compatible);
  }

  @Override
  public boolean equals(Object o) {
    return o instanceof BackgroundOptions other && values().equals(other.values());
  }

  @Override
  public int hashCode() {
    return values().hashCode();
  }

  @Override
  public String toString() {
    return "BackgroundOptions["
        + "frames="
        + frames
        + ", rows="
        + rows
        + ", columns="
        + columns
        + ", validMin="
        + validMin
        + ", validMax="
        + validMax
        + ", mdx2Compatible="
        + mdx2Compatible
        + "]";
  }
}
