package org.mdx.correct;

import java.util.List;
import org.mdx.geometry.Conventions;

/** Options for binning a sweep without crystal. */
public final class BackgroundOptions {
  private final int frames;
  private final int rows;
  private final int columns;
  private final int validMin;
  private final int validMax;
  private final Conventions conventions;

  private BackgroundOptions(
      int frames, int rows, int columns, int validMin, int validMax, Conventions conventions) {
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
    this.conventions = conventions;
  }

  /**
   * Bins of 10 frames and 10 × 10 pixels, every count valid, those of a camera below 0 too.
   *
   * @return the defaults
   */
  public static BackgroundOptions defaults() {
    return new BackgroundOptions(
        10, 10, 10, Integer.MIN_VALUE, Integer.MAX_VALUE, Conventions.STANDARD);
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
    return new BackgroundOptions(frames, rows, columns, validMin, validMax, conventions);
  }

  /**
   * With another range of valid counts; both ends are valid. Counts are photons or electrons, which
   * noise can carry below 0.
   *
   * @param min lowest valid count; Integer.MIN_VALUE for no limit
   * @param max highest valid count; Integer.MAX_VALUE for no limit
   * @return new options
   */
  public BackgroundOptions validRange(int min, int max) {
    return new BackgroundOptions(frames, rows, columns, min, max, conventions);
  }

  /**
   * By other conventions.
   *
   * @param value whose
   * @return new options
   */
  public BackgroundOptions conventions(Conventions value) {
    return new BackgroundOptions(frames, rows, columns, validMin, validMax, value);
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
   * Lowest count of a pixel that is used; Integer.MIN_VALUE if there is no limit.
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
   * Whose conventions to follow: a bin without a valid pixel stays empty by those of mdx2 and is
   * filled from its neighbours by those of this library.
   *
   * @return the value
   */
  public Conventions conventions() {
    return conventions;
  }

  private List<Object> values() {
    return List.of(frames, rows, columns, validMin, validMax, conventions);
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
        + ", conventions="
        + conventions
        + "]";
  }
}
