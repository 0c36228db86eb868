package org.mdx.microed.detector;

/**
 * How to look at noise. Immutable: each method that takes a value returns a new record.
 *
 * @param blocks at most so many runs of consecutive frames are read, evenly spread over the sweep
 * @param frames frames of a run, 4 to 64: in so many the scattering should hardly change
 * @param seed of the resampling behind the standard errors
 */
public record NoiseOptions(int blocks, int frames, long seed) {

  /** Up to 40 runs of 8 frames, seed 0. */
  public static final NoiseOptions DEFAULT = new NoiseOptions(40, 8, 0);

  public NoiseOptions {
    if (blocks < 1) {
      throw new IllegalArgumentException("blocks=" + blocks + ", must be 1 or more");
    }
    if (frames < 4 || frames > 64) {
      throw new IllegalArgumentException("runs of " + frames + " frames, must be 4 to 64");
    }
  }

  /**
   * Reads more or fewer runs.
   *
   * @param value 1 or more
   * @return new options
   * @throws IllegalArgumentException if it is not
   */
  public NoiseOptions blocks(int value) {
    return new NoiseOptions(value, frames, seed);
  }

  /**
   * Sets the length of runs.
   *
   * @param value 4 to 64 frames
   * @return new options
   * @throws IllegalArgumentException if it is outside
   */
  public NoiseOptions frames(int value) {
    return new NoiseOptions(blocks, value, seed);
  }

  /**
   * Resamples differently.
   *
   * @param value any
   * @return new options
   */
  public NoiseOptions seed(long value) {
    return new NoiseOptions(blocks, frames, value);
  }
}
