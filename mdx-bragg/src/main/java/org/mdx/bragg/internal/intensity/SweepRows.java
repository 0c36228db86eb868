package org.mdx.bragg.internal.intensity;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.mdx.reflection.ReflectionKeys;
import org.mdx.reflection.Reflections;

/** Reflections of several sweeps in one table, by the column {@code id}. */
public final class SweepRows {
  private SweepRows() {}

  /**
   * Joins tables; ids count through.
   *
   * @param tables each with ids from 0
   * @param sweeps number of sweeps of each
   * @return one table
   */
  public static Reflections combine(List<Reflections> tables, List<Integer> sweeps) {
    List<Reflections> moved = new ArrayList<>();
    int before = 0;
    for (int t = 0; t < tables.size(); t++) {
      int first = before;
      Reflections table = tables.get(t);
      int[] id = table.get(ReflectionKeys.ID);
      Map<Integer, String> identifiers = new TreeMap<>();
      table.identifiers().forEach((i, text) -> identifiers.put(i + first, text));
      moved.add(
          table
              .with(ReflectionKeys.ID, Arrays.stream(id).map(i -> i < 0 ? i : i + first).toArray())
              .withIdentifiers(identifiers));
      before += sweeps.get(t);
    }
    return Reflections.concatenate(moved);
  }

  /**
   * The rows of some sweeps, with new ids. Ids beyond the sweeps stay, for others to complain of.
   *
   * @param reflections with ids
   * @param sweeps number of sweeps in the table
   * @param kept old ids in the order of the new ones
   * @return a new table
   * @throws IllegalArgumentException if there is no column of ids
   */
  public static Reflections select(Reflections reflections, int sweeps, int[] kept) {
    if (!reflections.has(ReflectionKeys.ID)) {
      throw new IllegalArgumentException("the reflections have no column id; run mdx index");
    }
    int[] id = reflections.get(ReflectionKeys.ID);
    int[] number = new int[sweeps];
    Arrays.fill(number, -1);
    Map<Integer, String> identifiers = new TreeMap<>();
    boolean same = kept.length == sweeps;
    for (int k = 0; k < kept.length; k++) {
      number[kept[k]] = k;
      same &= kept[k] == k;
      String identifier = reflections.identifiers().get(kept[k]);
      if (identifier != null) {
        identifiers.put(k, identifier);
      }
    }
    if (same && Arrays.stream(id).noneMatch(i -> i < 0)) {
      return reflections;
    }
    Reflections some =
        reflections.where(i -> id[i] >= number.length || id[i] >= 0 && number[id[i]] >= 0);
    int[] newId = some.get(ReflectionKeys.ID);
    for (int i = 0; i < newId.length; i++) {
      newId[i] = newId[i] < number.length ? number[newId[i]] : newId[i];
    }
    return some.with(ReflectionKeys.ID, newId).withIdentifiers(identifiers);
  }
}
