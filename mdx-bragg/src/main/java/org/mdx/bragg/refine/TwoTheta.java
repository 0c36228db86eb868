package org.mdx.bragg.refine;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.mdx.bragg.internal.fit.TwoThetaFit;
import org.mdx.crystal.UnitCell;
import org.mdx.geometry.Detector;
import org.mdx.geometry.Geometry;
import org.mdx.geometry.Panel;
import org.mdx.math.Uncertain;
import org.mdx.math.Vec3;
import org.mdx.reflection.Reflections;

/**
 * A unit cell refined against the scattering angles 2θ alone, with all else as it is. Orientations
 * do not matter, so that the cells of many sweeps can be one.
 *
 * @param cell the cell
 * @param sigmas standard uncertainties of a, b, c in Å and α, β, γ in degrees; 0 where symmetry
 *     fixes them
 * @param perMillimetre how much a, b, c (Å) and α, β, γ (degrees) grow if the detector is in truth
 *     1 mm farther away; the uncertainties are of 2θ alone and do not hold the distance's share
 * @param reflections how many were used
 * @param rmsd robust standard deviation of 2θ observed − calculated, degrees
 */
public record TwoTheta(
    UnitCell cell, List<Double> sigmas, List<Double> perMillimetre, int reflections, double rmsd) {

  /** mm */
  private static final double STEP = 0.01;

  public TwoTheta {
    sigmas = List.copyOf(sigmas);
    perMillimetre = List.copyOf(perMillimetre);
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
    double[] far = numbers(TwoThetaFit.of(moved(geometries), refined).cell());
    double[] near = numbers(fit.cell());
    List<Double> slopes = new ArrayList<>();
    for (int k = 0; k < near.length; k++) {
      slopes.add(fit.sigmas().get(k) == 0 ? 0 : (far[k] - near[k]) / STEP);
    }
    return new TwoTheta(fit.cell(), fit.sigmas(), slopes, fit.used(), fit.rmsd());
  }

  private static double[] numbers(UnitCell c) {
    return new double[] {c.a(), c.b(), c.c(), c.alpha(), c.beta(), c.gamma()};
  }

  /** All detectors farther away along the normals of their first panels. */
  private static List<Geometry> moved(List<Geometry> geometries) {
    List<Geometry> out = new ArrayList<>();
    for (Geometry g : geometries) {
      Panel first = g.detector().panels().get(0);
      Vec3 step = first.normal().times(first.normal().dot(first.origin()) < 0 ? -STEP : STEP);
      List<Panel> panels =
          g.detector().panels().stream()
              .map(p -> p.placed(p.origin().plus(step), p.fast(), p.slow()))
              .toList();
      out.add(
          new Geometry(
              g.beam(), new Detector(panels), g.goniometer(), g.scan(), g.crystal().orElseThrow()));
    }
    return out;
  }

  /** The cell with its uncertainties, and the residual. */
  @Override
  public String toString() {
    double[] value = numbers(cell);
    StringBuilder b = new StringBuilder("cell");
    for (int k = 0; k < 6; k++) {
      b.append(' ').append(Uncertain.text(value[k], sigmas.get(k)));
    }
    return b
        + String.format(
            Locale.ROOT,
            ", %d reflections, rmsd of 2θ %.4g°; σ of 2θ alone: a detector 1 mm farther away makes"
                + " a, b, c longer by %.4f %.4f %.4f Å",
            reflections,
            rmsd,
            perMillimetre.get(0),
            perMillimetre.get(1),
            perMillimetre.get(2));
  }
}
