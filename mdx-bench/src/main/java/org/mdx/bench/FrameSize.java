package org.mdx.bench;

/** Sizes of frames, from one that stays in the cache of a core to one beyond all caches. */
public enum FrameSize {
  /** A 9,216-pixel crop. */
  CROP(96, 96, 80),
  /** A PILATUS 300K. */
  PILATUS_300K(487, 619, 80),
  /** A PILATUS 2M. */
  PILATUS_2M(1475, 1679, 200);

  private final int width;
  private final int height;
  private final double distance;

  FrameSize(int width, int height, double distance) {
    this.width = width;
    this.height = height;
    this.distance = distance;
  }

  public int width() {
    return width;
  }

  public int height() {
    return height;
  }

  /** From sample to detector, mm. */
  double distance() {
    return distance;
  }

  public int pixels() {
    return width * height;
  }
}
