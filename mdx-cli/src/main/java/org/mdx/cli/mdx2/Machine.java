package org.mdx.cli.mdx2;

import java.util.Map;

/**
 * Options of the virtual machine for a command of mdx, the same as in the script {@code mdx}.
 * Commands that are over in seconds do without the better compiler, or have it wait.
 */
final class Machine {
  private static final String FIRST = "-XX:+UseSerialGC -XX:TieredStopAtLevel=1";
  private static final String LATE =
      "-XX:Tier4InvocationThreshold=100000 -XX:Tier4MinInvocationThreshold=12000"
          + " -XX:Tier4CompileThreshold=300000 -XX:Tier4BackEdgeThreshold=800000";
  private static final String PARALLEL = " -XX:+UseParallelGC -XX:MaxNewSize=";
  private static final String LEAN =
      LATE
          + " -XX:InlineSmallCode=600 -XX:Tier3InvocationThreshold=1000"
          + " -XX:Tier3MinInvocationThreshold=500 -XX:Tier3CompileThreshold=8000";
  private static final String LONG = "-XX:+UseParallelGC -XX:MaxNewSize=256m";
  private static final Map<String, String> OWN =
      Map.ofEntries(
          Map.entry("index", FIRST + " -XX:MaxNewSize=32m"),
          Map.entry("refine", FIRST + " -XX:MaxNewSize=32m"),
          Map.entry("reduce", LATE + PARALLEL + "256m"),
          Map.entry("import", FIRST),
          Map.entry("generate-mask", FIRST),
          Map.entry("apply-mask", FIRST),
          Map.entry("reindex", FIRST),
          Map.entry("dials-split", FIRST),
          Map.entry("dials-combine", FIRST),
          Map.entry("show", FIRST),
          Map.entry("bravais", FIRST),
          Map.entry("symmetry", FIRST),
          Map.entry("bragg merge", FIRST),
          Map.entry("bragg check", FIRST),
          Map.entry("bragg export", FIRST),
          Map.entry("bragg report", FIRST),
          Map.entry("find-spots", LEAN + PARALLEL + "96m"),
          Map.entry("bragg integrate", LEAN + PARALLEL + "96m"),
          Map.entry("bragg scale", LATE + PARALLEL + "256m"),
          Map.entry("cosym", LATE + PARALLEL + "256m"));

  private Machine() {}

  /**
   * Options for a command.
   *
   * @param command such as {@code bragg integrate}; of several, with commas between, the first
   *     counts
   * @return words, never empty
   */
  static String options(String command) {
    return OWN.getOrDefault(command.split(",", 2)[0], LONG);
  }
}
