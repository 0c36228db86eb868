package org.mdx.bragg.index;

import java.util.List;

/** No lattice explains the spots: what was tried, what was found, what to change. */
public final class IndexingFailure extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final transient List<String> tried;
  private final transient List<String> advice;

  /**
   * A failure.
   *
   * @param reason one sentence
   * @param tried what was tried and found, a line each
   * @param advice what to change, a line each
   */
  public IndexingFailure(String reason, List<String> tried, List<String> advice) {
    super(text(reason, tried, advice));
    this.tried = List.copyOf(tried);
    this.advice = List.copyOf(advice);
  }

  private static String text(String reason, List<String> tried, List<String> advice) {
    StringBuilder b = new StringBuilder("indexing failed: ").append(reason);
    if (!tried.isEmpty()) {
      b.append("\n  tried:");
      tried.forEach(t -> b.append("\n    ").append(t));
    }
    if (!advice.isEmpty()) {
      b.append("\n  try:");
      advice.forEach(t -> b.append("\n    ").append(t));
    }
    return b.append("\n  more: docs/indexing-fails.md").toString();
  }

  /**
   * What was tried and found.
   *
   * @return a line each
   */
  public List<String> tried() {
    return tried;
  }

  /**
   * What to change.
   *
   * @return a line each
   */
  public List<String> advice() {
    return advice;
  }
}
