package org.mdx.bragg.process;

import java.util.List;
import java.util.Optional;
import org.mdx.bragg.integrate.SpotWidths;
import org.mdx.geometry.Geometry;
import org.mdx.reflection.Reflections;

/**
 * What a stage leaves. Geometries are those of the sweeps, lattice by lattice, in the order of the
 * column {@code id}.
 *
 * @param stage of which it is the result
 * @param geometries of the sweeps; of each lattice from {@link Stage#INDEX} on
 * @param reflections spots, indexed spots or intensities
 * @param widths of the spots, one for each geometry; empty before {@link Stage#INTEGRATE}
 * @param summary numbers of this stage and those before
 * @param notes what a user should know, fallbacks among it, of this stage and those before
 */
public record StageProduct(
    Stage stage,
    List<Geometry> geometries,
    Reflections reflections,
    Optional<List<SpotWidths>> widths,
    CrystalSummary summary,
    List<String> notes) {

  public StageProduct {
    geometries = List.copyOf(geometries);
    notes = List.copyOf(notes);
  }
}
