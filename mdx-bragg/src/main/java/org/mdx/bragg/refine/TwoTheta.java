package org.mdx.bragg.refine;

import java.util.List;
import java.util.Locale;
import org.mdx.bragg.internal.fit.TwoThetaFit;
import org.mdx.crystal.UnitCell;
import org.mdx.geometry.Geometry;
import org.mdx.reflection.Reflections;

/**
 * A unit cell refined against the scattering angles 2θ alone, with all else as it is. Orientations
 * do not matter, so that the cells of many sweeps can be one.
 *
 * @param cell the cell
 * @param sigmas standard uncertainties of a, b, c in Å and α, β, γ in degrees; 0 where symmetry
 *     fixes them
 * @param reflections how many were used
 * @param rmsd robust standard deviation of 2θ observed − calculated, degrees
 */
public record TwoTheta(UnitCell cell, List<Double> sigmas, int reflections, double rmsd) {

  public TwoTheta {
    sigmas = List.copyOf(sigmas);
  }

  /**
   * Refines the cell that sweeps have in common.
   *
   * @param geometries refined, with crystals of one space group
   * @param refined reflections with the columns {@code miller_index}, {@code xyzobs.px.value}, and
   *     {@code id} (number of the geometry, or −1), {@code panel} and {@code flags} if there are
   *     such; outliers of the refinement are left out
   * @return the cell
   * @throws IllegalArgumentException if there is no crystal, space groups differ, or there are too
   *     few reflections
   */
  public static TwoTheta refine(List<Geometry> geometries, Reflections refined) {
    TwoThetaFit fit = TwoThetaFit.of(geometries, refined);
    return new TwoTheta(fit.cell(), fit.sigmas(), fit.used(), fit.rmsd());
  }

  /** The cell with its uncertainties, and the residual. */
  @Override
  public String toString() {
    double[] value = {cell.a(), cell.b(), cell.c(), cell.alpha(), cell.beta(), cell.gamma()};
    StringBuilder b = new StringBuilder("cell");
    for (int k = 0; k < 6; k++) {
      b.append(' ').append(Uncertain.text(value[k], sigmas.get(k)));
    }
    return b + String.format(Locale.ROOT, ", %d reflections, rmsd of 2θ %.4g°", reflections, rmsd);
  }
}
