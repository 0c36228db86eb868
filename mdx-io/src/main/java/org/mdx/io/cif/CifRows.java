package org.mdx.io.cif;

import java.util.List;
import org.mdx.geometry.Geometry;

/**
 * Intensities of sweeps of one crystal form.
 *
 * @param geometries of the sweeps, each with its crystal
 * @param indices h, k, l as measured, one after the other
 * @param intensity one for each
 * @param sigma standard deviations
 * @param sweep number of the sweep of each, from 1
 * @param angle rotation angle of each, degrees
 */
public record CifRows(
    List<Geometry> geometries,
    int[] indices,
    double[] intensity,
    double[] sigma,
    int[] sweep,
    double[] angle) {

  public CifRows {
    geometries = List.copyOf(geometries);
    int n = intensity.length;
    if (indices.length != 3 * n
        || sigma.length != n
        || sweep.length != n
        || angle.length != n
        || geometries.isEmpty()) {
      throw new IllegalArgumentException(
          n + " intensities with " + indices.length + " indices, " + sigma.length + " sigmas");
    }
    for (Geometry g : geometries) {
      if (g.crystal().isEmpty()) {
        throw new IllegalArgumentException("a sweep has no crystal: index it first");
      }
    }
  }

  /**
   * Number of intensities.
   *
   * @return 0 or more
   */
  public int size() {
    return intensity.length;
  }

  /** The geometry of a row. */
  Geometry geometry(int row) {
    return geometries.get(sweep[row] - 1);
  }

  /** Number of the frame that holds a row's angle, from 0; the nearest if none does. */
  int frame(int row) {
    var scan = geometry(row).scan();
    int frame = (int) Math.floor(scan.position(angle[row]));
    return Math.max(0, Math.min(scan.frames() - 1, frame));
  }
}
