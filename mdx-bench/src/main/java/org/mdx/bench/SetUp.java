package org.mdx.bench;

/** The proof, before anything is timed, that a kernel and its twin give the same. */
public final class SetUp {
  private SetUp() {}

  /**
   * Fails unless something holds.
   *
   * @param holds whether it does
   * @param what is compared, and where
   * @throws IllegalStateException if it does not
   */
  public static void require(boolean holds, String what) {
    if (!holds) {
      throw new IllegalStateException("kernel and naive twin differ: " + what);
    }
  }

  /** Whether two numbers are equal to a part in a million. */
  public static boolean near(double a, double b) {
    return Math.abs(a - b) <= 1e-6 * Math.max(Math.abs(a), Math.abs(b));
  }
}
