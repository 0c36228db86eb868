package org.mdx.cli.reduce;

/**
 * Collects what a step has left behind. From JDK 24 on, the heap grows to its limit before the old
 * generation is collected: then a reduction would take what all its steps need one after the other.
 */
final class OldGarbage {
  private static final int GROWS_FROM = 24;

  /** It is not worth the time while there is less on the heap. */
  private static final long ENOUGH = 400L << 20;

  private OldGarbage() {}

  static void collect() {
    Runtime r = Runtime.getRuntime();
    if (Runtime.version().feature() >= GROWS_FROM && r.totalMemory() - r.freeMemory() > ENOUGH) {
      System.gc();
    }
  }
}
