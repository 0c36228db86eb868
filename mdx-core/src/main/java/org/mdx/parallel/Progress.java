package org.mdx.parallel;

/** Told how far a long computation has come. Calls can come from any thread, one at a time. */
@FunctionalInterface
public interface Progress {

  /** Ignores everything. */
  Progress NONE = (stage, done, total) -> {};

  /**
   * Called when a stage begins and after each of its steps.
   *
   * @param stage what is being done, such as {@code find peaks}
   * @param done steps finished, 0 to total
   * @param total steps in all
   */
  void advance(String stage, long done, long total);

  /**
   * Counts the steps of one stage for tasks that end in any order.
   *
   * @param stage what is being done
   * @param total steps in all
   * @return a counter whose every call reports one step more
   */
  default Counter counter(String stage, long total) {
    return new Counter(this, stage, total);
  }

  /** Steps finished so far. */
  final class Counter {
    private final Progress progress;
    private final String stage;
    private final long total;
    private long done;

    private Counter(Progress progress, String stage, long total) {
      this.progress = progress;
      this.stage = stage;
      this.total = total;
      progress.advance(stage, 0, total);
    }

    /** One step more is finished. */
    public synchronized void advance() {
      progress.advance(stage, ++done, total);
    }
  }
}
