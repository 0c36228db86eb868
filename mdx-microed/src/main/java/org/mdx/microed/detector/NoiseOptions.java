package org.mdx.microed.detector;

/**
 * Options for measuring noise. Immutable: each method that takes a value returns a new record.
 *
 * @param triples at most so many times three consecutive frames are read, evenly spread
 * @param seed of the resampling behind the standard errors
 */
public record NoiseOptions(int triples, long seed) {

  public NoiseOptions {
    if (triples < 1) {
      throw new IllegalArgumentException("triples=" + triples + ", must be 1 or more");
    }
  }

  /**
   * Up to 100 times three frames, seed 0.
   *
   * @return the defaults
   */
  public static NoiseOptions defaults() {
    return new NoiseOptions(100, 0);
  }

  /**
   * Reads more or fewer frames.
   *
   * @param value how many times three, 1 or more
   * @return new options
   * @throws IllegalArgumentException if it is not
   */
  public NoiseOptions triples(int value) {
    return new NoiseOptions(value, seed);
  }

  /**
   * Resamples differently.
   *
   * @param value any
   * @return new options
   */
  public NoiseOptions seed(long value) {
    return new NoiseOptions(triples, value);
  }
}
