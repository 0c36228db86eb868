package org.mdx.spark;

import java.util.Locale;
import java.util.Optional;
import org.apache.spark.SparkContext;
import org.apache.spark.util.LongAccumulator;
import org.mdx.scaling.ResidentLane;

/**
 * How often lanes are built from the tables. Where executors have room for them that is once, and
 * once more after a loss; those without room are built anew in every pass.
 */
final class BuiltLanes {
  /** More passes in a row than build lanes after an executor was lost, which are one or two. */
  private static final int ROW = 4;

  private final Counter counter;
  private final int partitions;

  /** Lanes built up to the last pass. */
  private long known;

  /** Bytes of all lanes. */
  private long bytes;

  private int passes;

  /** Passes after the first for which some were built. */
  private int again;

  /** Those among them without a pass between, up to the last. */
  private int row;

  /** The longest such row. */
  private int longest;

  /** Most lanes that such a pass has built. */
  private long most;

  /** What tasks count; its sums are at the driver. */
  record Counter(LongAccumulator lanes, LongAccumulator bytes) implements java.io.Serializable {
    ResidentLane count(ResidentLane lane) {
      lanes.add(1);
      bytes.add(lane.bytes());
      return lane;
    }
  }

  BuiltLanes(SparkContext context, int partitions) {
    counter =
        new Counter(
            context.longAccumulator("lanes of scaling"), context.longAccumulator("their bytes"));
    this.partitions = partitions;
  }

  Counter counter() {
    return counter;
  }

  /** To be called after each pass over all lanes. */
  void passed() {
    passed(counter.lanes().value(), counter.bytes().value());
  }

  private void passed(long lanes, long sum) {
    long built = lanes - known;
    known = lanes;
    if (passes++ == 0) {
      bytes = sum;
      return;
    }
    row = built > 0 ? row + 1 : 0;
    again += built > 0 ? 1 : 0;
    longest = Math.max(longest, row);
    most = Math.max(most, built);
  }

  /**
   * Whether executors had no room for some lanes.
   *
   * @return a warning that says what to change; empty unless some were built anew in all passes, or
   *     in four one after the other
   */
  Optional<String> doubt() {
    boolean always = passes > 2 && again == passes - 1;
    if (longest < ROW && !always) {
      return Optional.empty();
    }
    return Optional.of(
        String.format(
            Locale.ROOT,
            "the observations of scaling do not fit into the memory of the executors: in %d of %d"
                + " passes up to %d lanes were built anew from the corrected tables, which takes"
                + " time but changes no result. All lanes take %.1f MB in %d partitions; Spark"
                + " lends tasks and caches 0.6 of an executor's memory (spark.memory.fraction)."
                + " Give executors more memory (--executor-memory) or take more of them; with more"
                + " partitions (--ranges, up to 32) what has no room is smaller",
            again,
            passes,
            most,
            bytes / 1e6,
            partitions));
  }

  @Override
  public String toString() {
    return "BuiltLanes[" + known + " in " + passes + " passes]";
  }
}
