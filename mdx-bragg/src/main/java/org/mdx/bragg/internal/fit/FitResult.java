package org.mdx.bragg.internal.fit;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import org.mdx.crystal.UnitCell;
import org.mdx.geometry.Geometry;
import org.mdx.reflection.Reflections;

/**
 * A geometry that was fitted.
 *
 * @param geometries one for each sweep
 * @param reflections all reflections, with the predictions of these geometries; those that were
 *     used have the flag {@code used_in_refinement}, outliers beyond 5 σ also {@code
 *     centroid_outlier}
 * @param parameters those that were free
 * @param correlations of the parameters, row by row
 * @param cellCovariances covariances of a, b, c (Å), α, β, γ (degrees), 6 × 6 row by row, one for
 *     each sweep
 * @param states crystals that change along their scans, at eleven places of each
 * @param used number of reflections that were used, outliers included
 * @param outliers number of outliers
 * @param chiSquared Σ δ² of those that were used
 * @param rmsdX root mean square of calculated − observed along fast, px, without outliers
 * @param rmsdY along slow, px
 * @param rmsdZ along the scan, frames
 * @param floorPixels floor of the standard deviation of a centroid, px
 * @param floorFrames floor along the scan, frames
 * @param steps steps of Levenberg–Marquardt
 * @param converged whether floors and parameters had settled
 */
public record FitResult(
    List<Geometry> geometries,
    Reflections reflections,
    List<FittedParameter> parameters,
    double[] correlations,
    double[][] cellCovariances,
    List<CrystalState> states,
    int used,
    int outliers,
    double chiSquared,
    double rmsdX,
    double rmsdY,
    double rmsdZ,
    double floorPixels,
    double floorFrames,
    int steps,
    boolean converged) {

  public FitResult {
    geometries = List.copyOf(geometries);
    parameters = List.copyOf(parameters);
    states = List.copyOf(states);
    correlations = correlations.clone();
    cellCovariances = Arrays.stream(cellCovariances).map(double[]::clone).toArray(double[][]::new);
  }

  @Override
  public double[] correlations() {
    return correlations.clone();
  }

  @Override
  public double[][] cellCovariances() {
    return Arrays.stream(cellCovariances).map(double[]::clone).toArray(double[][]::new);
  }

  /**
   * Standard uncertainties of the cells.
   *
   * @return a, b, c (Å), α, β, γ (degrees), one row for each sweep
   */
  public double[][] cellSigmas() {
    double[][] out = new double[cellCovariances.length][6];
    for (int s = 0; s < out.length; s++) {
      for (int c = 0; c < 6; c++) {
        out[s][c] = Math.sqrt(cellCovariances[s][7 * c]);
      }
    }
    return out;
  }

  /**
   * The geometry of a single sweep.
   *
   * @return the first one
   */
  public Geometry geometry() {
    return geometries.get(0);
  }

  /**
   * How two parameters go together.
   *
   * @param i number of a parameter
   * @param j number of another
   * @return −1 to 1, or NaN
   */
  public double correlation(int i, int j) {
    return correlations[i * parameters.size() + j];
  }

  /** Cell with uncertainties, numbers of reflections, rmsd and floors. */
  @Override
  public String toString() {
    UnitCell cell = geometry().crystal().orElseThrow().cell();
    double[] sigma = cellSigmas()[0];
    return String.format(
        Locale.ROOT,
        "FitResult[%s ± %.4g %.4g %.4g Å, %d reflections, %d outliers, rmsd %.4f %.4f px %.4f"
            + " frames, floors %.4f px %.4f frames, %d steps%s]",
        cell,
        sigma[0],
        sigma[1],
        sigma[2],
        used,
        outliers,
        rmsdX,
        rmsdY,
        rmsdZ,
        floorPixels,
        floorFrames,
        steps,
        converged ? "" : ", not converged");
  }
}
