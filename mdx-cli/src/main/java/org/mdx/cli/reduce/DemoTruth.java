package org.mdx.cli.reduce;

import java.util.ArrayList;
import java.util.List;
import java.util.function.DoubleUnaryOperator;
import org.mdx.correct.CorrectOptions;
import org.mdx.crystal.Crystal;
import org.mdx.geometry.Geometry;
import org.mdx.geometry.PixelCorrections;
import org.mdx.integrate.Integration;
import org.mdx.math.Mat3;
import org.mdx.math.Vec3;
import org.mdx.parallel.Parallel;
import org.mdx.pipeline.Corrected;
import org.mdx.pipeline.Integrated;
import org.mdx.pipeline.Masked;
import org.mdx.pipeline.ReducedSweep;
import org.mdx.pipeline.ReductionListener;
import org.mdx.sim.DiffuseModel;
import org.mdx.sim.SimulatedSweep;
import org.mdx.sim.Simulation;
import org.mdx.sim.SweepFactors;
import org.mdx.table.Column;
import org.mdx.table.ColumnNames;
import org.mdx.table.FloatColumn;
import org.mdx.table.HKLTable;

/**
 * The truth of a simulation about a merged table: the true intensity of each voxel and the noise
 * that counting must leave on its mean.
 *
 * <p>An observation is expected to count λ = t·Ω·T·E·P·d·(a·(b·M + c) + air) in its t seconds, M
 * being the true intensity. On the scale of M the observation then has variance v =
 * λ/(t·Ω·T·E·P·a·b·d)², and the best mean that there is, with weights 1/v, has variance 1/Σ(1/v).
 * The noise of the background, which is measured with many more counts, is left out.
 */
final class DemoTruth implements ReductionListener {
  /** Points along each edge of a voxel over which the truth is averaged. */
  private static final int POINTS = 4;

  /** How far an index of a lattice that was found may lie from that of the true one. */
  private static final double WHOLE = 0.1;

  /** Voxels whose truth one task computes. */
  private static final int BLOCK = 1024;

  private final Simulation simulation;
  private final List<HKLTable> observations = new ArrayList<>();
  private Mat3 axes = Mat3.diagonal(1, 1, 1);

  DemoTruth(Simulation simulation) {
    this.simulation = simulation;
  }

  @Override
  public void reduced(
      ReducedSweep sweep, Masked masked, Integrated integrated, Corrected corrected) {
    add(integrated.integrations().get(0), corrected.tables().get(0));
  }

  /**
   * For a table in the axes of a crystal that was found. They are those of the truth but for a
   * rotation of the lattice.
   *
   * @param found the first sweep's crystal as it was found
   * @throws IllegalArgumentException if it is another lattice than the true one
   */
  DemoTruth indexedAs(Crystal found) {
    Crystal known = simulation.sweeps().get(0).geometry().crystal().orElseThrow();
    double[] m = known.a().inverse().times(found.a()).toRowMajor();
    for (int i = 0; i < m.length; i++) {
      double whole = Math.rint(m[i]);
      if (Math.abs(m[i] - whole) > WHOLE) {
        throw new IllegalArgumentException(
            "the crystal found, " + found + ", is another lattice than the true one, " + known);
      }
      m[i] = whole;
    }
    axes = Mat3.ofRowMajor(m);
    return this;
  }

  /** The true scale of each sweep by φ in degrees, but for one factor of all. */
  List<DoubleUnaryOperator> scales() {
    return simulation.sweeps().stream().<DoubleUnaryOperator>map(s -> s.factors()::scale).toList();
  }

  /** A sweep and how long its observations were exposed. */
  void add(Integration integration, HKLTable corrected) {
    observations.add(
        corrected.with(ColumnNames.SECONDS, integration.table().column(ColumnNames.SECONDS)));
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
    for (int i = 0; i < observations.size(); i++) {
      add(simulation.sweeps().get(i), observations.get(i), voxels, truth, weights);
    }
    float[] noise = new float[truth.length];
    for (int i = 0; i < noise.length; i++) {
      noise[i] = (float) (1 / Math.sqrt(weights[i]));
    }
    return voxels
        .with(ColumnNames.INTENSITY, FloatColumn.of(truth))
        .with("noise", FloatColumn.of(noise));
  }

  private float[] truth(HKLTable voxels, double excluded, Parallel parallel) {
    DiffuseModel model = simulation.model();
    float[] values = new float[voxels.rows()];
    int blocks = (values.length + BLOCK - 1) / BLOCK;
    parallel.forEach(
        blocks,
        b -> {
          for (int i = b * BLOCK; i < Math.min(values.length, (b + 1) * BLOCK); i++) {
            Vec3 h =
                axes.times(new Vec3(voxels.h().value(i), voxels.k().value(i), voxels.l().value(i)));
            values[i] =
                (float)
                    model.voxel(
                        (int) Math.rint(h.x()),
                        (int) Math.rint(h.y()),
                        (int) Math.rint(h.z()),
                        voxels.ndiv(),
                        excluded,
                        POINTS);
          }
        });
    return values;
  }

  /** Adds the observations of one sweep to the sums Σ 1/v of their voxels. */
  private static void add(
      SimulatedSweep sweep, HKLTable observed, HKLTable voxels, float[] truth, double[] weights) {
    PixelCorrections corrections = PixelCorrections.exact(sweep.geometry());
    CorrectOptions options = CorrectOptions.defaults();
    int[] rows = observed.rowsIn(voxels);
    Column seconds = observed.column(ColumnNames.SECONDS);
    Column intensity = observed.column(ColumnNames.INTENSITY);
    Column ix = observed.column(ColumnNames.IX);
    Column iy = observed.column(ColumnNames.IY);
    Column phi = observed.column(ColumnNames.PHI);
    for (int i = 0; i < rows.length; i++) {
      if (rows[i] >= 0 && Double.isFinite(intensity.get(i))) {
        double factor = options.applied(corrections.at(0, iy.get(i), ix.get(i)));
        Light light = light(sweep, phi.get(i), ix.get(i), iy.get(i), truth[rows[i]]);
        weights[rows[i]] += light.scale * light.scale * seconds.get(i) * factor / light.all;
      }
    }
  }

  /**
   * What an observation receives: all of it, d·(a·(b·M + c) + air), and its part s = a·b·d of M.
   */
  private record Light(double all, double scale) {}

  private static Light light(SimulatedSweep sweep, double phi, double ix, double iy, double truth) {
    Geometry geometry = sweep.geometry();
    SweepFactors f = sweep.factors();
    Vec3 s = geometry.scatteringVector(0, ix + 0.5, iy + 0.5);
    double length = s.norm();
    double d = sweep.detectorFactor(0, (int) Math.rint(ix), (int) Math.rint(iy));
    double ad = f.absorption(s, phi) * d;
    double crystal = f.scale(phi) * truth + f.offset(length, phi);
    return new Light(ad * crystal + d * f.air(length), ad * f.scale(phi));
  }
}
