package org.mdx.io.dials;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Experiments and the reflections that belong to them, which are selected, split and combined
 * together. Which id in the table an experiment has is told by its identifier; in a table without
 * identifiers it is the number of the experiment.
 *
 * @param experiments the experiments
 * @param reflections their reflections, or null if there are only experiments
 */
public record DialsData(ExperimentList experiments, ReflectionTable reflections) {

  /**
   * Some of the experiments with their reflections. Ids and the column {@code imageset_id} count
   * anew; reflections of no experiment are left out.
   *
   * @param rows numbers of the experiments, in the order wanted
   * @return a pair of them
   * @throws IndexOutOfBoundsException if there is no such experiment
   * @throws IllegalArgumentException if an experiment is given twice, or list and table do not
   *     belong together
   */
  public DialsData select(int... rows) {
    ExperimentList selected = experiments.select(rows);
    if (reflections == null) {
      return new DialsData(selected, null);
    }
    long[] ids = new long[rows.length];
    for (int i = 0; i < rows.length; i++) {
      ids[i] = id(rows[i]);
    }
    ReflectionTable table = reflections.whereExperiments(ids);
    if (table.has("imageset_id")) {
      Map<Long, Long> sets = new TreeMap<>();
      for (int i = 0; i < rows.length; i++) {
        int after = selected.model(i, "imageset").orElse(-1);
        experiments
            .model(rows[i], "imageset")
            .ifPresent(before -> sets.put((long) before, (long) after));
      }
      table = table.renumber("imageset_id", sets);
    }
    return new DialsData(selected, table);
  }

  /**
   * Each experiment apart, with the id 0 in its table.
   *
   * @return as many pairs as there are experiments
   * @throws IllegalArgumentException if list and table do not belong together
   */
  public List<DialsData> split() {
    List<DialsData> parts = new ArrayList<>();
    for (int i = 0; i < experiments.size(); i++) {
      parts.add(select(i));
    }
    return parts;
  }

  /**
   * Experiments with shorter scans, and the reflections that were observed on their images: those
   * with {@code xyzobs.px.value}, or if there is no such column {@code xyzcal.px}, on them.
   * Reflections of no experiment are left out.
   *
   * @param ranges images for each experiment, or null for all of its images
   * @return a pair with the same experiments
   * @throws IllegalArgumentException if there are more or fewer ranges than experiments, a scan
   *     does not have the images, or list and table do not belong together
   */
  public DialsData slice(List<ImageRange> ranges) {
    ExperimentList sliced = experiments.slice(ranges);
    if (reflections == null) {
      return new DialsData(sliced, null);
    }
    Map<Long, ImageRange> byId = new TreeMap<>();
    for (int i = 0; i < ranges.size(); i++) {
      byId.put(id(i), ranges.get(i));
    }
    ReflectionColumn id = reflections.column("id", ColumnType.INT);
    String name = reflections.has("xyzobs.px.value") ? "xyzobs.px.value" : "xyzcal.px";
    ReflectionColumn position = reflections.column(name, ColumnType.VEC3);
    ReflectionTable table =
        reflections.where(
            row -> {
              ImageRange r = byId.get(id.integer(row));
              double z = position.value(row, 2);
              return byId.containsKey(id.integer(row))
                  && (r == null || z >= r.first() - 1 && z < r.last());
            });
    return new DialsData(sliced, table);
  }

  /**
   * Several pairs in one. The ids of each come after those of the pairs before it, and so do image
   * sets; reflections of no experiment stay.
   *
   * @param pairs at least one, all with or all without reflections
   * @return one pair of all
   * @throws IllegalArgumentException if an identifier is there twice, a column is of different
   *     types, a table has reflections of experiments that its list has not, or some pairs only
   *     have reflections
   */
  public static DialsData combine(List<DialsData> pairs) {
    ExperimentList experiments =
        ExperimentList.combine(pairs.stream().map(DialsData::experiments).toList());
    long without = pairs.stream().filter(p -> p.reflections == null).count();
    if (without > 0 && without < pairs.size()) {
      throw new IllegalArgumentException(
          without + " of " + pairs.size() + " experiment lists have no reflections");
    }
    if (without > 0) {
      return new DialsData(experiments, null);
    }
    List<ReflectionTable> tables = new ArrayList<>();
    int firstRow = 0;
    long firstSet = 0;
    for (DialsData pair : pairs) {
      tables.add(pair.shifted(firstRow, firstSet));
      firstRow += pair.experiments.size();
      firstSet += pair.experiments.models("imageset");
    }
    return new DialsData(experiments, ReflectionTable.concatenate(tables));
  }

  /** The reflections with ids and image sets that count from other numbers. */
  private ReflectionTable shifted(int firstRow, long firstSet) {
    Map<Long, Long> ids = new TreeMap<>();
    Map<Long, String> identifiers = new TreeMap<>();
    for (int i = 0; i < experiments.size(); i++) {
      long old = id(i);
      ids.put(old, (long) firstRow + i);
      if (reflections.identifiers().containsKey(old)) {
        identifiers.put((long) firstRow + i, reflections.identifiers().get(old));
      }
    }
    ReflectionColumn column = reflections.column("id", ColumnType.INT);
    for (int row = 0; row < reflections.rows(); row++) {
      long id = column.integer(row);
      if (id != -1 && !ids.containsKey(id)) {
        throw new IllegalArgumentException(
            "reflection "
                + row
                + " belongs to experiment "
                + id
                + ", which the list of "
                + experiments.size()
                + " experiments does not have; give the list that goes with the table");
      }
    }
    ReflectionTable table = reflections.renumber("id", ids).withIdentifiers(identifiers);
    if (!table.has("imageset_id")) {
      return table;
    }
    Map<Long, Long> sets = new TreeMap<>();
    for (long i = 0; i < experiments.models("imageset"); i++) {
      sets.put(i, firstSet + i);
    }
    return table.renumber("imageset_id", sets);
  }

  /** The id of an experiment in the table. */
  private long id(int row) {
    String identifier = experiments.identifier(row);
    Map<Long, String> known =
        reflections == null ? Collections.emptySortedMap() : reflections.identifiers();
    if (identifier.isEmpty() || known.isEmpty()) {
      return row;
    }
    for (Map.Entry<Long, String> e : known.entrySet()) {
      if (e.getValue().equals(identifier)) {
        return e.getKey();
      }
    }
    if (known.containsKey((long) row)) {
      throw new IllegalArgumentException(
          "experiment "
              + row
              + " is "
              + identifier
              + ", in the table of reflections "
              + known.get((long) row)
              + "; give the list that goes with the table");
    }
    return row;
  }
}
