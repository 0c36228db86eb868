package org.mdx.bragg.internal.intensity;

import it.unimi.dsi.fastutil.longs.Long2IntOpenHashMap;
import it.unimi.dsi.fastutil.longs.LongOpenHashSet;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.mdx.reflection.ReflectionKeys;
import org.mdx.reflection.Reflections;

/**
 * Sweeps whose measurements are those of another one to the last bit: copies of the same images,
 * which count twice and make statistics better than the data are.
 */
public final class RepeatedSweeps {
  private static final int FEWEST = 10;
  private static final int NAMED = 5;

  private RepeatedSweeps() {}

  /**
   * What to tell.
   *
   * @param m measurements
   * @param sweeps number of sweeps
   * @return one note, or none
   */
  public static List<String> notes(Measurements m, int sweeps) {
    Long2IntOpenHashMap first = new Long2IntOpenHashMap(m.size());
    first.defaultReturnValue(-1);
    int[] measured = new int[sweeps];
    int[] same = new int[sweeps];
    int[] of = new int[sweeps];
    Arrays.fill(of, -1);
    for (int i = 0; i < m.size(); i++) {
      int s = m.sweep(i);
      measured[s]++;
      int before = first.putIfAbsent(key(m, i), s);
      if (before >= 0 && before != s) {
        same[s]++;
        of[s] = of[s] < 0 ? before : of[s];
      }
    }
    List<String> named = new ArrayList<>();
    for (int s = 0; s < sweeps; s++) {
      if (same[s] >= FEWEST && same[s] > measured[s] / 2) {
        named.add(s + " of " + of[s]);
      }
    }
    if (named.isEmpty()) {
      return List.of();
    }
    String rest = named.size() > NAMED ? " and " + (named.size() - NAMED) + " more" : "";
    return List.of(
        "sweeps with the same intensities as another one: "
            + String.join(", ", named.subList(0, Math.min(NAMED, named.size())))
            + rest
            + "; these are copies, which make the statistics too good: give each once");
  }

  /**
   * Refuses a table that holds rows of a sweep twice, as one that was joined with itself. The same
   * reflection can be met twice in a sweep, and with the same small number of electrons, but not at
   * the same angle; an intensity of 0 proves nothing.
   *
   * @param m measurements
   * @param from the table that they were taken from
   * @throws IllegalArgumentException if ten or more are there twice
   */
  static void requireOnce(Measurements m, Reflections from) {
    double[] place = from.has(ReflectionKeys.XYZCAL_PX) ? from.get(ReflectionKeys.XYZCAL_PX) : null;
    LongOpenHashSet seen = new LongOpenHashSet(m.size());
    int twice = 0;
    int last = -1;
    for (int i = 0; i < m.size(); i++) {
      long row = key(m, i) + m.sweep(i) * 0x165667B19E3779F9L;
      if (place != null) {
        row = Long.rotateLeft(row, 17) ^ Double.doubleToLongBits(place[3 * m.row(i) + 2]);
      }
      if (m.value(i) != 0 && !seen.add(row)) {
        twice++;
        last = i;
      }
    }
    if (twice >= FEWEST) {
      throw new IllegalArgumentException(
          twice
              + " of "
              + m.size()
              + " reflections are in the table twice, with the same intensity, the last of them in"
              + " row "
              + m.row(last)
              + ": each counts once, or multiplicity and CC½ are too good; give a table without the"
              + " repeated rows");
    }
  }

  /** The intensity and the indices, mixed; others have the same by chance once in 10¹⁸ pairs. */
  private static long key(Measurements m, int i) {
    int[] hkl = m.hkl();
    long index = UniqueGroups.pack(hkl[3 * i], hkl[3 * i + 1], hkl[3 * i + 2]);
    return Double.doubleToLongBits(m.value(i)) * 0x9E3779B97F4A7C15L ^ index * 0xC2B2AE3D27D4EB4FL;
  }
}
