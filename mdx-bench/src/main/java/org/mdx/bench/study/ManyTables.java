package org.mdx.bench.study;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.SplittableRandom;
import org.mdx.crystal.Crystal;
import org.mdx.crystal.ReciprocalAsu;
import org.mdx.geometry.ExactMillerIndexMap;
import org.mdx.geometry.Geometry;
import org.mdx.geometry.MillerIndexMap;
import org.mdx.io.nexus.Mdx2;
import org.mdx.math.Vec3;
import org.mdx.parallel.Parallel;
import org.mdx.sim.SimulatedSweep;
import org.mdx.sim.Simulation;
import org.mdx.sim.SimulationOptions;
import org.mdx.table.ColumnNames;
import org.mdx.table.FloatColumn;
import org.mdx.table.HKLTable;
import org.mdx.table.IntColumn;
import org.mdx.table.Subdivision;

/**
 * Writes corrected tables of any size for trials of scaling, merging and mapping: as many sweeps of
 * crystals of the preset PILATUS_2M, each with an orientation, scales, an absorption and noise of
 * its own, as are asked for. Observations lie at random pixels of each row of each frame. The
 * intensity of a voxel falls with s and differs from voxel to voxel; it is the same in all sweeps.
 *
 * <pre>
 * java -cp mdx-bench/target/benchmarks.jar org.mdx.bench.study.ManyTables FOLDER SWEEPS ROWS [NDIV]
 * </pre>
 *
 * leaves {@code FOLDER/sweep_1.nxs}, …. {@code mdx scale}, {@code merge} and {@code map} take them.
 */
public final class ManyTables {
  private static final long SEED = 20261202;

  /** Intensity at s = 0, its fall, and how much of it differs from voxel to voxel. */
  private static final double BRIGHT = 200;

  private static final double FALL = 2.5;
  private static final double DIFFERENCE = 0.6;

  /** Variance without intensity, and for each unit of it. */
  private static final float DARK = 40;

  private static final float PER_INTENSITY = 1.5f;

  private final SimulatedSweep sweep;
  private final MillerIndexMap map;
  private final Subdivision ndiv;
  private final ReciprocalAsu asu;
  private final int perRow;
  private final int[][] index;
  private final float[][] columns;

  private static final String[] NAMES = {
    ColumnNames.PHI,
    ColumnNames.IY,
    ColumnNames.IX,
    ColumnNames.S,
    ColumnNames.INTENSITY,
    ColumnNames.INTENSITY_ERROR,
    ColumnNames.BACKGROUND_VARIANCE,
    ColumnNames.VARIANCE_PER_INTENSITY,
    ColumnNames.RS_VOLUME
  };

  private ManyTables(SimulatedSweep sweep, int rows, int divisions, Parallel parallel) {
    this.sweep = sweep;
    Geometry geometry = sweep.geometry();
    Crystal crystal = geometry.crystal().orElseThrow();
    map = new ExactMillerIndexMap(geometry, parallel);
    ndiv = new Subdivision(divisions, divisions, divisions);
    asu = crystal.spaceGroup().asu().subdivided(divisions, divisions, divisions);
    int detectorRows = Math.multiplyExact(sweep.frames(), sweep.height(0));
    perRow = Math.max(1, (rows + detectorRows - 1) / detectorRows);
    int size = Math.multiplyExact(detectorRows, perRow);
    index = new int[3][size];
    columns = new float[NAMES.length][size];
  }

  /**
   * Writes the tables.
   *
   * @param args folder, sweeps, rows of each and, if not 3, voxels along each axis of a cell
   * @throws IOException if a table cannot be written
   */
  public static void main(String[] args) throws IOException {
    Path folder = Files.createDirectories(Path.of(args[0]));
    int sweeps = Integer.parseInt(args[1]);
    int rows = Integer.parseInt(args[2]);
    int divisions = args.length > 3 ? Integer.parseInt(args[3]) : 3;
    SimulationOptions options = SimulationOptions.pilatus2M().withSweeps(sweeps).withSeed(SEED);
    Simulation simulation = Simulation.of(options);
    Parallel parallel = Parallel.available();
    for (int t = 0; t < sweeps; t++) {
      HKLTable table =
          new ManyTables(simulation.sweeps().get(t), rows, divisions, parallel).make(t, parallel);
      Path file = folder.resolve("sweep_" + (t + 1) + ".nxs");
      Mdx2.writeTable(file, table);
      System.out.printf(Locale.ROOT, "%s: %,d rows%n", file, table.rows());
    }
  }

  private HKLTable make(int number, Parallel parallel) {
    int height = sweep.height(0);
    parallel.forEach(
        sweep.frames(),
        frame -> {
          MillerIndexMap.Frame indices = map.frame(frame);
          double[][] hkl = new double[3][sweep.width(0)];
          for (int iy = 0; iy < height; iy++) {
            indices.row(0, iy, 0, hkl[0].length, hkl[0], hkl[1], hkl[2]);
            int row = frame * height + iy;
            SplittableRandom random = new SplittableRandom(SEED + ((long) number << 32) + row);
            for (int i = 0; i < perRow; i++) {
              observe(row * perRow + i, frame, iy, hkl, random);
            }
          }
        });
    HKLTable table =
        HKLTable.of(
            ndiv, IntColumn.adopt(index[0]), IntColumn.adopt(index[1]), IntColumn.adopt(index[2]));
    for (int c = 0; c < NAMES.length; c++) {
      table = table.with(NAMES[c], FloatColumn.adopt(columns[c]));
    }
    int[] zero = new int[table.rows()];
    return table.with(ColumnNames.OP, IntColumn.of(zero)).with(ColumnNames.N, IntColumn.of(zero));
  }

  private void observe(int at, int frame, int iy, double[][] hkl, SplittableRandom random) {
    int ix = random.nextInt(hkl[0].length);
    ReciprocalAsu.Mapped voxel =
        asu.map(
            (int) Math.rint(hkl[0][ix] * ndiv.h()),
            (int) Math.rint(hkl[1][ix] * ndiv.k()),
            (int) Math.rint(hkl[2][ix] * ndiv.l()));
    index[0][at] = voxel.h();
    index[1][at] = voxel.k();
    index[2][at] = voxel.l();
    Vec3 vector = sweep.geometry().scatteringVector(0, ix + 0.5, iy + 0.5);
    double s = vector.norm();
    double phi = sweep.geometry().scan().phi(frame);
    double truth = BRIGHT * Math.exp(-FALL * s) * (1 + DIFFERENCE * (fraction(voxel) - 0.5));
    ScalingData.Factors f = ScalingData.factors(sweep, phi, ix, iy);
    double expected = f.a() * f.d() * f.b() * truth;
    double sigma = Math.sqrt(DARK + PER_INTENSITY * expected);
    float[] row = {
      (float) phi,
      iy,
      ix,
      (float) s,
      (float) (expected + sigma * random.nextGaussian()),
      (float) sigma,
      DARK,
      PER_INTENSITY,
      1e-3f
    };
    for (int c = 0; c < row.length; c++) {
      columns[c][at] = row[c];
    }
  }

  /** A number from 0 to 1 that belongs to a voxel. */
  private static double fraction(ReciprocalAsu.Mapped voxel) {
    long key = ((voxel.h() * 4096L + voxel.k()) * 4096L + voxel.l()) * 0x9E3779B97F4A7C15L;
    return (double) ((key ^ key >>> 32) >>> 11 & 0xFFFFF) / 0x100000;
  }
}
