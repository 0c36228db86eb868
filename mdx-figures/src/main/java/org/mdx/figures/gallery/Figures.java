package org.mdx.figures.gallery;

import java.util.List;
import org.mdx.crystal.UnitCell;
import org.mdx.figures.Figure;
import org.mdx.map.Axis;
import org.mdx.map.ReciprocalMap;
import org.mdx.scale.ScalingModel;
import org.mdx.scaling.Scaling;
import org.mdx.stats.IsotropicAverage;
import org.mdx.stats.ShellTable;

/**
 * The figure that one wants first of a value; the other classes of this package have more.
 *
 * <pre>{@code
 * Figures.of(merged.statistics()).image();
 * Figures.of(map.slice('l', 0), crystal.cell()).svg();
 * }</pre>
 */
public final class Figures {
  private Figures() {}

  /**
   * Statistics in shells.
   *
   * @param statistics of merged intensities
   * @return correlations, strengths, completeness, redundancy
   */
  public static Figure of(ShellTable statistics) {
    return ShellFigures.overview(statistics);
  }

  /**
   * An isotropic average.
   *
   * @param average of a table
   * @return the average and what remains
   */
  public static Figure of(IsotropicAverage average) {
    return ShellFigures.isotropic(average);
  }

  /**
   * A plane of a map, such as {@code map.slice('l', 0)}.
   *
   * @param plane one voxel thick along one axis
   * @param cell the crystal's unit cell
   * @return the plane in the crystal's geometry
   * @throws IllegalArgumentException if it is thicker along all axes
   */
  public static Figure of(ReciprocalMap plane, UnitCell cell) {
    for (Axis axis : new Axis[] {Axis.L, Axis.K, Axis.H}) {
      if (plane.length(axis) == 1) {
        return MapFigures.plane(plane, axis, cell, null);
      }
    }
    throw new IllegalArgumentException(
        plane + " is no plane; take one with slice, such as map.slice('l', 0)");
  }

  /**
   * The terms of the model of one sweep.
   *
   * @param model of the sweep
   * @return one figure a term; none of a model without terms
   */
  public static List<Figure> of(ScalingModel model) {
    return ScalingFigures.terms(List.of("sweep"), List.of(model));
  }

  /**
   * The course of a refinement.
   *
   * @param scaling the refinement
   * @return χ² by cycle
   */
  public static Figure of(Scaling scaling) {
    return ScalingFigures.chiSquare(scaling);
  }
}
