package org.mdx.table;

import java.io.Serializable;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * What was applied to the intensities of a table. Files of mdx2 do not tell it.
 *
 * @param attenuation whether that of the beam in air
 * @param efficiency whether that of the sensor
 * @param polarization whether that of the beam
 * @param lorentz whether they are multiplied by the recorded fraction of the reciprocal cell
 * @param asymmetricUnit symbol of the Laue group whose asymmetric unit the rows lie in
 */
public record TableCorrections(
    boolean attenuation,
    boolean efficiency,
    boolean polarization,
    boolean lorentz,
    String asymmetricUnit)
    implements Serializable {
  private static final String UNIT = "asymmetric unit ";

  /** Requires a symbol. */
  public TableCorrections {
    Objects.requireNonNull(asymmetricUnit, "asymmetricUnit");
  }

  /**
   * In words, for files.
   *
   * @return what was applied, and at the end the asymmetric unit
   */
  public List<String> words() {
    List<String> out = new ArrayList<>();
    if (attenuation) {
      out.add("attenuation");
    }
    if (efficiency) {
      out.add("efficiency");
    }
    if (polarization) {
      out.add("polarization");
    }
    if (lorentz) {
      out.add("lorentz");
    }
    out.add(UNIT + asymmetricUnit);
    return out;
  }

  /**
   * From words.
   *
   * @param words as {@link #words} gives them
   * @return the corrections; empty without an asymmetric unit
   */
  public static Optional<TableCorrections> ofWords(List<String> words) {
    return words.stream()
        .filter(w -> w.startsWith(UNIT))
        .findFirst()
        .map(
            w ->
                new TableCorrections(
                    words.contains("attenuation"),
                    words.contains("efficiency"),
                    words.contains("polarization"),
                    words.contains("lorentz"),
                    w.substring(UNIT.length())));
  }

  /**
   * Refuses tables that were corrected differently.
   *
   * @param tables what they tell
   * @throws IllegalArgumentException if one differs from the first that tells
   */
  public static void requireAlike(List<Optional<TableCorrections>> tables) {
    AlikeTables.require(
        tables,
        TableCorrections::equals,
        (first, other) ->
            "tables "
                + first
                + " and "
                + other
                + " were corrected differently ("
                + tables.get(first).get()
                + "; "
                + tables.get(other).get()
                + "): their intensities cannot be compared; correct both with the same options");
  }

  /** Such as {@code attenuation, efficiency, polarization, asymmetric unit m-3m}. */
  @Override
  public String toString() {
    return String.join(", ", words());
  }
}
