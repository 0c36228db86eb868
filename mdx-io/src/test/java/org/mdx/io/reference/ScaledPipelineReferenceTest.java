package org.mdx.io.reference;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.Arrays;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.mdx.Mdx;
import org.mdx.crystal.UnitCell;
import org.mdx.io.dials.Dials;
import org.mdx.io.nexus.Mdx2;
import org.mdx.merge.Split;
import org.mdx.pipeline.Scaled;
import org.mdx.reintegrate.Reintegration;
import org.mdx.scaling.ScalingOptions;
import org.mdx.stats.ShellStatistics;
import org.mdx.table.HKLTable;

/** The whole chain in default mode, from sweeps that agree in their indexing and that do not. */
class ScaledPipelineReferenceTest {
  private static final double SHELL = 0.01;

  private static UnitCell cell;
  private static Scaled consistent;
  private static Scaled ambiguous;
  private static HKLTable merged;
  private static HKLTable mergedAmbiguous;

  @BeforeAll
  static void reduce() throws IOException {
    cell = Dials.readGeometry(Reference.file("dials/multi/split_0.expt")).crystal().get().cell();
    consistent = scaled("dials/multi/split_0.expt", "dials/multi/split_1.expt");
    ambiguous = scaled("dials/xtal1/refined.expt", "dials/xtal2/refined.expt");
    merged = consistent.merge(m -> m.split(Split.RANDOM)).table();
    mergedAmbiguous = ambiguous.merge(m -> m).table();
  }

  private static Scaled scaled(String first, String second) throws IOException {
    return Mdx.sweeps(Dials.read(Reference.file(first)), Dials.read(Reference.file(second)))
        .background(
            Dials.read(Reference.file("dials/background/imported.expt")),
            b -> b.bins(8, 10, 10).validRange(0, 200))
        .findPeaks(p -> p.countThreshold(40))
        .maskPeaks(3)
        .integrate(i -> i.subdivide(3, 3, 3))
        .correct()
        .resolveAmbiguity()
        .scale(ScalingOptions.mca2020());
  }

  @Test
  void nothingShouldBeMissingWhereThereAreObservations() {
    for (int i = 0; i < merged.rows(); i++) {
      assertThat(merged.column("count").get(i)).isPositive();
      assertThat(merged.column("intensity").get(i)).isFinite();
      assertThat(merged.column("intensity_error").get(i)).isPositive().isFinite();
    }
  }

  @Test
  void sweepsIndexedApartShouldGiveTheMapOfConsistentOnes() {
    double[] correlation = shells(mergedAmbiguous, merged, 1)[0];
    assertThat(correlation).hasSizeGreaterThan(60);
    for (double r : correlation) {
      assertThat(r).isGreaterThan(0.99);
    }
  }

  /**
   * mdx2 maps a pixel from its corner, which puts some of the pixels of every voxel into another;
   * where a voxel has few, that is most of the difference. (With the detector moved by half a pixel
   * the same comparison gives 0.999.)
   */
  @Test
  void mapShouldBeThatOfMdx2ButForTheHalfPixel() throws IOException {
    HKLTable mdx2 = Mdx2.readTable(Reference.file("mdx2/merged.nxs"));
    double[][] found = shells(merged, mdx2, 3);
    double sum = 0;
    double voxels = 0;
    for (int i = 0; i < found[0].length; i++) {
      sum += found[0][i] * found[1][i];
      voxels += found[1][i];
    }
    assertThat(sum / voxels).as("mean over shells, weighted by their voxels").isGreaterThan(0.99);
  }

  @Test
  void fineMapOfAllSweepsShouldAgreeWithTheMerge() {
    Reintegration fine = ambiguous.reintegrate(r -> r.subdivide(3, 3, 3).limits(0, 8, 0, 8, 0, 8));
    double[][] found = shells(fine.table(), merged, 20);
    assertThat(found[0]).hasSizeGreaterThan(20);
    for (int i = 0; i < found[0].length; i++) {
      boolean few = found[1][i] < 30; // around the beamstop
      assertThat(found[0][i]).isGreaterThan(few && i < 3 ? 0.97 : 0.998);
    }
  }

  /** Correlation in each shell of more than ten voxels, and how many voxels there are. */
  private static double[][] shells(HKLTable a, HKLTable b, double leastCount) {
    int[] rows = a.rowsIn(b);
    double[] s = ShellStatistics.of(cell).lengths(a);
    double[][] sums = new double[100][6];
    for (int i = 0; i < rows.length; i++) {
      if (rows[i] >= 0 && b.column("count").get(rows[i]) >= leastCount) {
        double x = a.column("intensity").get(i);
        double y = b.column("intensity").get(rows[i]);
        double[] t = sums[(int) (s[i] / SHELL)];
        t[0]++;
        t[1] += x;
        t[2] += y;
        t[3] += x * x;
        t[4] += y * y;
        t[5] += x * y;
      }
    }
    double[][] out = new double[2][100];
    int n = 0;
    for (double[] t : sums) {
      if (t[0] > 10) {
        double xy = t[5] - t[1] * t[2] / t[0];
        out[0][n] = xy / Math.sqrt((t[3] - t[1] * t[1] / t[0]) * (t[4] - t[2] * t[2] / t[0]));
        out[1][n++] = t[0];
      }
    }
    return new double[][] {Arrays.copyOf(out[0], n), Arrays.copyOf(out[1], n)};
  }
}
