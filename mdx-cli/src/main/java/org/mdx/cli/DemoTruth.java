package org.mdx.cli;

import java.util.ArrayList;
import java.util.List;
import org.mdx.correct.CorrectOptions;
import org.mdx.geometry.CorrectionFactors;
import org.mdx.geometry.Geometry;
import org.mdx.geometry.PixelCorrections;
import org.mdx.integrate.Integration;
import org.mdx.math.Vec3;
import org.mdx.parallel.Parallel;
import org.mdx.sim.DiffuseModel;
import org.mdx.sim.SimulatedSweep;
import org.mdx.sim.Simulation;
import org.mdx.sim.SweepFactors;
import org.mdx.table.Column;
import org.mdx.table.FloatColumn;
import org.mdx.table.HKLTable;

/**
 * What a simulation says of a merged table: the true intensity of each voxel and the noise that
 * counting must leave on its mean.
 *
 * <p>An observation is expected to count λ = t·Ω·T·E·P·d·(a·(b·M + c) + air) in its t seconds, M
 * being the true intensity. Its corrected intensity then has variance λ/(t·Ω·T·E·P)², and the mean
 * with weights w = 1/σ², σ the estimated errors that were merged with, has variance Σ w²·variance
 * divided by (Σ w)². The noise of the background, which is measured with many more counts, is left
 * out.
 */
final class DemoTruth implements Reduction.Observer {
  /** Points along each edge of a voxel over which the truth is averaged. */
  private static final int POINTS = 4;

  /** Voxels whose truth one task computes. */
  private static final int BLOCK = 1024;

  private final Simulation simulation;
  private final List<HKLTable> observations = new ArrayList<>();

  DemoTruth(Simulation simulation) {
    this.simulation = simulation;
  }

  @Override
  public void reduced(Integration integration, HKLTable corrected) {
    observations.add(corrected.with("seconds", integration.table().column("seconds")));
  }

  /**
   * Truth and noise.
   *
   * @param merged the merged table
   * @param excluded radius around reflections, in 1/Å, that was masked
   * @param parallel threads
   * @return the voxels of {@code merged} in its order, with the true {@code intensity} and the
   *     standard deviation {@code noise} of the merged one
   */
  HKLTable table(HKLTable merged, double excluded, Parallel parallel) {
    HKLTable voxels = HKLTable.of(merged.ndiv(), merged.h(), merged.k(), merged.l());
    float[] truth = truth(voxels, excluded, parallel);
    double[] weights = new double[truth.length];
    double[] variances = new double[truth.length];
    for (int i = 0; i < observations.size(); i++) {
      add(simulation.sweeps().get(i), observations.get(i), voxels, truth, weights, variances);
    }
    float[] noise = new float[truth.length];
    for (int i = 0; i < noise.length; i++) {
      noise[i] = (float) (Math.sqrt(variances[i]) / weights[i]);
    }
    return voxels.with("intensity", FloatColumn.of(truth)).with("noise", FloatColumn.of(noise));
  }

  private float[] truth(HKLTable voxels, double excluded, Parallel parallel) {
    DiffuseModel model = simulation.model();
    float[] values = new float[voxels.rows()];
    int blocks = (values.length + BLOCK - 1) / BLOCK;
    parallel.forEach(
        blocks,
        b -> {
          for (int i = b * BLOCK; i < Math.min(values.length, (b + 1) * BLOCK); i++) {
            int h = voxels.h().value(i);
            int k = voxels.k().value(i);
            int l = voxels.l().value(i);
            values[i] = (float) model.voxel(h, k, l, voxels.ndiv(), excluded, POINTS);
          }
        });
    return values;
  }

  /** Adds the observations of one sweep to the sums Σ w and Σ w²·variance of their voxels. */
  private static void add(
      SimulatedSweep sweep,
      HKLTable observed,
      HKLTable voxels,
      float[] truth,
      double[] weights,
      double[] variances) {
    PixelCorrections corrections = PixelCorrections.exact(sweep.geometry());
    CorrectOptions applied = CorrectOptions.defaults();
    int[] rows = observed.rowsIn(voxels);
    Column error = observed.column("intensity_error");
    Column seconds = observed.column("seconds");
    Column intensity = observed.column("intensity");
    Column ix = observed.column("ix");
    Column iy = observed.column("iy");
    Column phi = observed.column("phi");
    for (int i = 0; i < rows.length; i++) {
      double sigma = error.get(i);
      if (rows[i] < 0 || !(sigma > 0) || !Double.isFinite(intensity.get(i))) {
        continue;
      }
      double factor = factor(corrections.at(0, iy.get(i), ix.get(i)), applied);
      double light = light(sweep, phi.get(i), ix.get(i), iy.get(i), truth[rows[i]]);
      double w = 1 / (sigma * sigma);
      weights[rows[i]] += w;
      variances[rows[i]] += w * w * light / (seconds.get(i) * factor);
    }
  }

  /** Ω T E P, as far as they were applied. */
  private static double factor(CorrectionFactors f, CorrectOptions applied) {
    return f.solidAngle()
        * (applied.attenuation() ? f.attenuation() : 1)
        * (applied.efficiency() ? f.efficiency() : 1)
        * (applied.polarization() ? f.polarization() : 1);
  }

  /** d·(a·(b·M + c) + air) of an observation. */
  private static double light(
      SimulatedSweep sweep, double phi, double ix, double iy, double truth) {
    Geometry geometry = sweep.geometry();
    SweepFactors f = sweep.factors();
    Vec3 s = geometry.scatteringVector(0, ix + 0.5, iy + 0.5);
    double length = s.norm();
    double d = sweep.detectorFactor(0, (int) Math.rint(ix), (int) Math.rint(iy));
    double crystal = f.scale(phi) * truth + f.offset(length, phi);
    return d * (f.absorption(s, phi) * crystal + f.air(length));
  }
}
