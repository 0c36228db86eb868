package org.mdx.bragg.process;

import java.util.List;
import java.util.Optional;
import org.mdx.bragg.merge.Merged;
import org.mdx.bragg.scale.Scaled;
import org.mdx.bragg.symmetry.FoundCosym;
import org.mdx.bragg.symmetry.FoundSymmetry;
import org.mdx.geometry.Geometry;
import org.mdx.reflection.Reflections;

/**
 * Crystals that were scaled and merged together.
 *
 * @param name {@code all}, {@code best}, {@code cluster_1} or {@code cell_2}
 * @param what it is, in words
 * @param sweeps which, among those of all crystals that were integrated
 * @param geometries in the axes of the space group
 * @param symmetrized integrated reflections in these axes
 * @param symmetry evidence for the group; empty if none could be found
 * @param cosym how several sweeps were brought into agreement; empty for one
 * @param scaled scales
 * @param merged unique reflections
 * @param notes what a user should know
 */
public record DataSet(
    String name,
    String what,
    List<Integer> sweeps,
    List<Geometry> geometries,
    Reflections symmetrized,
    Optional<FoundSymmetry> symmetry,
    Optional<FoundCosym> cosym,
    Scaled scaled,
    Merged merged,
    List<String> notes) {

  public DataSet {
    sweeps = List.copyOf(sweeps);
    geometries = List.copyOf(geometries);
    notes = List.copyOf(notes);
  }
}
