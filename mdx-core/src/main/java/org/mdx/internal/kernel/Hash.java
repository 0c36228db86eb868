package org.mdx.internal.kernel;

/**
 * Random numbers as a function of what they are for, so that they can be had in any order. The
 * mixing function is that of SplitMix64 (Steele, Lea and Flood, OOPSLA 2014, 453; constants of
 * variant 13 by D. Stafford).
 */
public final class Hash {
  private static final long GOLDEN = 0x9E3779B97F4A7C15L;

  private Hash() {}

  /**
   * Mixes 64 bits.
   *
   * @param z the bits
   * @return others, one for each
   */
  public static long mix(long z) {
    z = (z ^ (z >>> 30)) * 0xBF58476D1CE4E5B9L;
    z = (z ^ (z >>> 27)) * 0x94D049BB133111EBL;
    return z ^ (z >>> 31);
  }

  /**
   * A key for the n-th thing under another key.
   *
   * @param key the other key
   * @param n number of the thing
   * @return the key
   */
  public static long key(long key, long n) {
    return mix(key + (n + 1) * GOLDEN);
  }

  /**
   * A number with 52 random bits.
   *
   * @param bits of which the upper 52 count
   * @return in (0, 1)
   */
  public static double uniform(long bits) {
    return ((bits >>> 12) + 0.5) * 0x1p-52;
  }

  /**
   * A number for the n-th thing under a key.
   *
   * @param key of the series
   * @param n number of the thing
   * @return in (0, 1)
   */
  public static double uniform(long key, long n) {
    return uniform(key(key, n));
  }
}
