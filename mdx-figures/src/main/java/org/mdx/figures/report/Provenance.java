package org.mdx.figures.report;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * Where a report comes from.
 *
 * @param title first line of the page
 * @param facts names and values such as version, date, folder, in the order they are shown
 * @param inputs names of the files
 * @param repeat command lines that make the results again
 */
public record Provenance(
    String title, Map<String, String> facts, List<String> inputs, String repeat) {

  public Provenance {
    Objects.requireNonNull(title, "title");
    Objects.requireNonNull(repeat, "repeat");
    facts = java.util.Collections.unmodifiableMap(new LinkedHashMap<>(facts));
    inputs = List.copyOf(inputs);
  }

  /**
   * A report of which nothing is known but its title.
   *
   * @param title first line of the page
   * @return the provenance
   */
  public static Provenance of(String title) {
    return new Provenance(title, Map.of(), List.of(), "");
  }

  /** Whether nothing is known but the title. */
  boolean isEmpty() {
    return facts.isEmpty() && inputs.isEmpty() && repeat.isEmpty();
  }
}
