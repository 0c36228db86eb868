package org.mdx.io.reference;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.mdx.Mdx;
import org.mdx.crystal.ChangeOfBasis;
import org.mdx.crystal.Crystal;
import org.mdx.crystal.LaueGroup;
import org.mdx.io.dials.Dials;
import org.mdx.io.nexus.Mdx2;
import org.mdx.parallel.Parallel;
import org.mdx.pipeline.Corrected;
import org.mdx.reindex.Reindexing;
import org.mdx.reindex.SweepIndexing;
import org.mdx.stats.ShellOptions;
import org.mdx.stats.ShellStatistics;
import org.mdx.table.Column;
import org.mdx.table.HKLTable;

/**
 * The sweeps that disagree in their indexing: dials.cosym 3.12.1 found {@code -z,-y,-x} for them
 * from their Bragg peaks.
 */
class ReindexReferenceTest {
  private static final ChangeOfBasis COSYM = ChangeOfBasis.of("-z,-y,-x");

  private static Corrected correct(String first, String second) throws IOException {
    return Mdx.sweeps(Dials.read(Reference.file(first)), Dials.read(Reference.file(second)))
        .background(
            Dials.read(Reference.file("dials/background/imported.expt")),
            b -> b.bins(8, 10, 10).validRange(0, 200))
        .findPeaks(p -> p.countThreshold(40))
        .maskPeaks(3)
        .integrate(i -> i.subdivide(3, 3, 3))
        .correct();
  }

  private static boolean isEquivalent(ChangeOfBasis a, ChangeOfBasis b, LaueGroup laue) {
    int[] m = Arrays.copyOf(a.times(b.inverse()).indexMatrix(1, 1, 1), 9);
    for (int n = 0; n < laue.order(); n++) {
      if (Arrays.equals(m, laue.operator(n))) {
        return true;
      }
    }
    return false;
  }

  /** The rows of a table up to an angle. */
  private static HKLTable until(HKLTable table, double phi) {
    Column p = table.column("phi");
    int[] rows = new int[table.rows()];
    int n = 0;
    for (int i = 0; i < rows.length; i++) {
      if (p.get(i) < phi) {
        rows[n++] = i;
      }
    }
    return table.select(Arrays.copyOf(rows, n));
  }

  @Test
  void ambiguousSweepsShouldBecomeWhatConsistentOnesAre() throws IOException {
    Corrected corrected = correct("dials/xtal1/refined.expt", "dials/xtal2/refined.expt");
    Corrected resolved = corrected.resolveAmbiguity();
    Reindexing found = resolved.reindexing().orElseThrow();
    Crystal crystal = resolved.sweeps().get(0).crystal();
    LaueGroup laue = crystal.spaceGroup().laueGroup();
    assertThat(found.candidates()).hasSize(2);
    assertThat(found.operator(0)).isEqualTo(ChangeOfBasis.IDENTITY);
    assertThat(isEquivalent(found.operator(1), COSYM, laue)).as(found.toText()).isTrue();
    assertThat(found.isCertain()).as(found.toText()).isTrue();
    SweepIndexing second = found.sweeps().get(1);
    assertThat(second.correlation()).isGreaterThan(0.6);
    assertThat(second.correlations().get(1 - second.choice())).isBetween(-0.2, 0.2);

    // the axes of each sweep are those that cosym gave it, but for operators of the Laue group
    // that turn both alike
    Crystal split0 = Dials.readGeometry(Reference.file("dials/multi/split_0.expt")).crystal().get();
    Crystal split1 = Dials.readGeometry(Reference.file("dials/multi/split_1.expt")).crystal().get();
    Crystal ours = resolved.sweeps().get(1).crystal();
    int[] one = rotation(crystal, split0);
    int[] two = rotation(ours, split1);
    assertThat(isOperator(one, laue)).isTrue();
    assertThat(isOperator(two, laue)).isTrue();

    HKLTable consistent =
        correct("dials/multi/split_0.expt", "dials/multi/split_1.expt").merge(m -> m).table();
    assertThat(agreement(crystal, resolved, consistent)).isGreaterThan(0.999);
    assertThat(agreement(crystal, corrected, consistent)).isLessThan(0.8);

    // two degrees of each sweep are enough
    Corrected wedges =
        Corrected.of(
            crystal,
            List.of(until(corrected.tables().get(0), 2), until(corrected.tables().get(1), 32)),
            Parallel.available());
    Reindexing little = wedges.resolveAmbiguity().reindexing().orElseThrow();
    assertThat(isEquivalent(little.operator(1), COSYM, laue)).as(little.toText()).isTrue();
    assertThat(little.isCertain()).as(little.toText()).isTrue();
  }

  /** Correlation of the anisotropic part of all voxels. */
  private static double agreement(Crystal crystal, Corrected corrected, HKLTable other) {
    return ShellStatistics.of(crystal.cell())
        .compute(corrected.merge(m -> m).table(), other, "intensity", ShellOptions.defaults())
        .overall()
        .ccTruthAnisotropic();
  }

  /** The whole-numbered matrix M of A₁ = A₂·M. */
  private static int[] rotation(Crystal one, Crystal two) {
    double[] m = two.a().inverse().times(one.a()).toRowMajor();
    int[] rounded = new int[9];
    for (int i = 0; i < 9; i++) {
      rounded[i] = (int) Math.rint(m[i]);
      assertThat(m[i]).isBetween(rounded[i] - 1e-6, rounded[i] + 1e-6);
    }
    return rounded;
  }

  /** Whether h = M·h' is a symmetry: its transpose acts on rows. */
  private static boolean isOperator(int[] m, LaueGroup laue) {
    int[] t = {m[0], m[3], m[6], m[1], m[4], m[7], m[2], m[5], m[8]};
    for (int n = 0; n < laue.order(); n++) {
      if (Arrays.equals(t, laue.operator(n))) {
        return true;
      }
    }
    return false;
  }

  @Test
  void consistentTablesOfMdx2ShouldBeLeftAlone() throws IOException {
    Crystal crystal =
        Dials.readGeometry(Reference.file("dials/multi/split_0.expt")).crystal().orElseThrow();
    List<HKLTable> tables =
        List.of(
            Mdx2.readTable(Reference.file("mdx2/split_0/corrected.nxs")),
            Mdx2.readTable(Reference.file("mdx2/split_1/corrected.nxs")));
    Corrected resolved = Corrected.of(crystal, tables, Parallel.available()).resolveAmbiguity();
    assertThat(resolved.reindexing().orElseThrow().toString()).isEqualTo("Reindexing[x,y,z x,y,z]");
    assertThat(resolved.tables().get(1)).isSameAs(tables.get(1));
  }
}
