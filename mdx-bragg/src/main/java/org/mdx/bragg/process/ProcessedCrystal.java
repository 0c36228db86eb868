package org.mdx.bragg.process;

import java.util.List;
import java.util.Optional;
import org.mdx.bragg.integrate.SpotWidths;
import org.mdx.geometry.Geometry;
import org.mdx.reflection.Reflections;

/**
 * What came of the images of one crystal.
 *
 * @param name of the crystal
 * @param geometries of its sweeps, lattice by lattice; none if it failed
 * @param reflections integrated, {@code id} numbers the geometries; empty if it failed
 * @param widths of the spots, for each geometry; none if it failed or came from a store
 * @param summary numbers, as far as it came
 * @param notes what a user should know, fallbacks among it
 * @param failure why it has no intensities
 */
public record ProcessedCrystal(
    String name,
    List<Geometry> geometries,
    Optional<Reflections> reflections,
    List<SpotWidths> widths,
    CrystalSummary summary,
    List<String> notes,
    Optional<Failure> failure) {

  public ProcessedCrystal {
    geometries = List.copyOf(geometries);
    widths = List.copyOf(widths);
    notes = List.copyOf(notes);
  }

  /**
   * Where and why a crystal ended.
   *
   * @param stage that failed
   * @param reason in words
   */
  public record Failure(Stage stage, String reason) {
    @Override
    public String toString() {
      return stage + ": " + reason;
    }
  }
}
