package org.mdx.io;

/**
 * How much a test damages its files. In a usual build each test has a fixed number of cases and a
 * fixed seed. With {@code -Dmdx.mutations=1000000} the tests together try about as many cases, with
 * seeds that differ from run to run; {@code -Dmdx.mutations.seed=…} repeats one of those runs.
 *
 * @param cases how often a file is damaged
 * @param seed of the damage; messages of failures have to show it
 */
public record Mutations(int cases, long seed) {

  /** What the tests try together in a usual build. */
  private static final double USUAL = 41_000;

  private static final long WANTED = Long.getLong("mdx.mutations", 0);

  private static final long RUN = Long.getLong("mdx.mutations.seed", System.nanoTime());

  /**
   * The damage of one test.
   *
   * @param cases in a usual build
   * @param seed in a usual build
   * @return that, or more cases with a seed of this run
   */
  public static Mutations of(int cases, long seed) {
    return isSweep()
        ? new Mutations((int) Math.max(cases, Math.ceil(cases * (WANTED / USUAL))), RUN + seed)
        : new Mutations(cases, seed);
  }

  private static boolean isSweep() {
    return WANTED > 0;
  }

  /**
   * Time for as many cases as there are.
   *
   * @param usual seconds in a usual build
   * @return seconds
   */
  public static long seconds(long usual) {
    return isSweep() ? (long) Math.ceil(4 * usual * Math.max(1, WANTED / USUAL)) : usual;
  }

  /**
   * Names one case.
   *
   * @param file what is damaged
   * @param number of the case
   * @return text for a message
   */
  public String name(Object file, int number) {
    return file
        + ", case "
        + number
        + " of seed "
        + seed
        + (isSweep() ? " (-Dmdx.mutations=" + WANTED + " -Dmdx.mutations.seed=" + RUN + ")" : "");
  }
}
