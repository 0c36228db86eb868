package org.mdx.table;

/** Nothing usable remains: every value that was asked for would be missing. */
public final class EmptyResultException extends IllegalArgumentException {
  private static final long serialVersionUID = 1;

  /**
   * An empty result.
   *
   * @param message what was given, why none of it counts, and what to do
   */
  public EmptyResultException(String message) {
    super(message);
  }
}
