package org.mdx.bragg.process;

import java.util.List;
import java.util.Optional;

/**
 * What came of the images of all crystals.
 *
 * @param crystals in the order in which they were given
 * @param sweepCrystals for each sweep that was integrated, in their order, the number of its
 *     crystal
 * @param dataSets that were merged: all of the most frequent cell first; none if nothing was merged
 * @param notes what a user should know
 */
public record Processed(
    List<ProcessedCrystal> crystals,
    List<Integer> sweepCrystals,
    List<DataSet> dataSets,
    List<String> notes) {

  public Processed {
    crystals = List.copyOf(crystals);
    sweepCrystals = List.copyOf(sweepCrystals);
    dataSets = List.copyOf(dataSets);
    notes = List.copyOf(notes);
  }

  /**
   * The data set to work with: the best subset, or all if none was better.
   *
   * @return empty if nothing was merged
   */
  public Optional<DataSet> best() {
    return dataSets.stream()
        .filter(s -> s.name().equals("best"))
        .findFirst()
        .or(() -> dataSets.stream().filter(s -> s.name().equals("cluster_1")).findFirst())
        .or(() -> dataSets.stream().findFirst());
  }

  /**
   * A data set by its name.
   *
   * @param name such as {@code all}
   * @return empty if there is none
   */
  public Optional<DataSet> dataSet(String name) {
    return dataSets.stream().filter(s -> s.name().equals(name)).findFirst();
  }

  /**
   * Tables for people: a line for each crystal, a line for each data set, notes.
   *
   * @return lines
   */
  public String table() {
    return ProcessedTable.of(this);
  }
}
