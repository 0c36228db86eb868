package org.mdx.bragg.refine;

import java.util.Locale;

/**
 * Two parameters that the observations hardly tell apart.
 *
 * @param first one of them
 * @param second the other
 * @param correlation of their errors, beyond ±0.95
 */
public record StrongCorrelation(
    RefinedParameter first, RefinedParameter second, double correlation) {

  /** Names and correlation. */
  @Override
  public String toString() {
    return String.format(
        Locale.ROOT,
        "%s %d and %s %d: %.3f",
        first.name(),
        first.model(),
        second.name(),
        second.model(),
        correlation);
  }
}
