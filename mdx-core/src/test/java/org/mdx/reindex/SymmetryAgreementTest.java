package org.mdx.reindex;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Random;
import org.junit.jupiter.api.Test;
import org.mdx.crystal.ReciprocalAsu;
import org.mdx.crystal.SpaceGroup;
import org.mdx.crystal.UnitCell;
import org.mdx.internal.kernel.AsuKernel;
import org.mdx.table.FloatColumn;
import org.mdx.table.HKLTable;
import org.mdx.table.IntColumn;
import org.mdx.table.Subdivision;

class SymmetryAgreementTest {
  private static final SpaceGroup TRUE = SpaceGroup.ofHermannMauguin("I 2 3");
  private static final UnitCell CELL = new UnitCell(30, 30, 30, 90, 90, 90);

  private static int[] map(SpaceGroup group, int[] h, int[] k, int[] l) {
    int[] op = new int[h.length];
    ReciprocalAsu asu = group.asu().subdivided(1, 1, 1);
    new AsuKernel(asu.signForms(), asu.operatorTable(), asu.operatorMatrices())
        .map(h, k, l, op, 0, h.length);
    return op;
  }

  /** Intensities that have the symmetry of m-3, in the asymmetric unit of another group. */
  private static HKLTable table(SpaceGroup group, double noise) {
    int edge = 25;
    int n = edge * edge * edge;
    int[][] asu = new int[3][n];
    for (int i = 0; i < n; i++) {
      asu[0][i] = i / edge / edge - edge / 2;
      asu[1][i] = i / edge % edge - edge / 2;
      asu[2][i] = i % edge - edge / 2;
    }
    int[][] hkl = {asu[0].clone(), asu[1].clone(), asu[2].clone()};
    map(TRUE, asu[0], asu[1], asu[2]);
    Random random = new Random(7);
    float[] intensity = new float[n];
    float[] error = new float[n];
    for (int i = 0; i < n; i++) {
      long voxel = (asu[0][i] * 1000L + asu[1][i]) * 1000L + asu[2][i];
      double truth = 100 + 10 * new Random(voxel * 0x9E3779B97F4A7C15L).nextGaussian();
      intensity[i] = (float) (truth + noise * random.nextGaussian());
      error[i] = (float) noise;
    }
    int[] op = map(group, hkl[0], hkl[1], hkl[2]);
    return HKLTable.of(
            Subdivision.NONE, IntColumn.of(hkl[0]), IntColumn.of(hkl[1]), IntColumn.of(hkl[2]))
        .with("intensity", FloatColumn.of(intensity))
        .with("intensity_error", FloatColumn.of(error))
        .with("op", IntColumn.of(op));
  }

  @Test
  void theTrueGroupShouldNotBeDoubtedHoweverWeakTheIntensitiesAre() {
    for (double noise : new double[] {1, 5, 10, 40}) {
      SymmetryAgreement a = SymmetryAgreement.of(table(TRUE, noise), CELL, TRUE);
      assertThat(a.rotations()).hasSize(11);
      assertThat(a.doubt()).as("noise %s, %s", noise, a).isEmpty();
    }
  }

  @Test
  void tooHighAGroupShouldBeDoubtedByTheRotationsThatAreNotThere() {
    SpaceGroup high = SpaceGroup.ofHermannMauguin("I 4 3 2");
    for (double noise : new double[] {1, 5, 10}) {
      SymmetryAgreement a = SymmetryAgreement.of(table(high, noise), CELL, high);
      assertThat(a.rotations()).hasSize(23);
      assertThat(a.doubt().orElseThrow()).startsWith("12 of 23 rotations of Laue group m-3m");
    }
    double signal = 100 / (100 + 12.5); // Friedel mates are averaged
    assertThat(SymmetryAgreement.of(table(TRUE, 5), CELL, TRUE).expected())
        .isBetween(signal - 0.03, signal + 0.03);
  }

  @Test
  void aGroupWithoutRotationsShouldHaveNothingToDoubt() {
    SpaceGroup none = SpaceGroup.ofNumber(1);
    assertThat(SymmetryAgreement.of(table(none, 5), CELL, none).doubt()).isEmpty();
  }
}
