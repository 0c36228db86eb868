package org.mdx.bragg.index;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;
import org.mdx.bragg.index.SpotLists.Changes;
import org.mdx.bragg.internal.lattice.CellCheck;
import org.mdx.bragg.internal.lattice.KnownCell;
import org.mdx.bragg.internal.lattice.LatticeFit;
import org.mdx.bragg.internal.lattice.LatticeModel;
import org.mdx.bragg.internal.lattice.Points;
import org.mdx.crystal.Crystal;
import org.mdx.crystal.UnitCell;
import org.mdx.math.Mat3;
import org.mdx.sim.bragg.SpotSweep;
import org.mdx.sim.bragg.SweepKind;

class CellCheckTest {
  private static final LatticeModel.Way WAY =
      new LatticeModel.Way(0.3, null, LatticeFit.Free.ACROSS);

  private final SpotSweep sweep = SweepKind.P1.sweep(2);
  private final Points points =
      SweepSpots.points(java.util.List.of(SpotLists.of(sweep, 2, Changes.NONE)));
  private final Crystal crystal = sweep.trueGeometries().get(0).crystal().orElseThrow();
  private final Mat3 truth = LatticeSearch.reduced(crystal.a());

  private LatticeModel model(Mat3 a) {
    return LatticeModel.of(points, a, WAY).refined(WAY, 0.5, 1, 1);
  }

  private static double volume(Mat3 a) {
    return 1 / Math.abs(a.determinant());
  }

  @Test
  void theTrueCellShouldStay() {
    LatticeModel m = model(truth);
    assertThat(CellCheck.smaller(m)).isNull();
    assertThat(CellCheck.doubled(m)).isNull();
  }

  /** Real axis doubled: all indices along it are even. */
  @Test
  void aDoubledCellShouldBeHalved() {
    Mat3 axes = truth.inverse();
    Mat3 twice = Mat3.ofRows(axes.row(0), axes.row(1).times(2), axes.row(2)).inverse();
    CellCheck.Finding f = CellCheck.smaller(model(twice));
    assertThat(f.text()).contains("obey").contains("2 times smaller");
    assertThat(volume(f.a())).isCloseTo(volume(truth), within(0.02 * volume(truth)));
  }

  @Test
  void aHalvedCellShouldBeDoubled() {
    Mat3 axes = truth.inverse();
    Mat3 half = Mat3.ofRows(axes.row(0), axes.row(1).times(0.5), axes.row(2)).inverse();
    CellCheck.Finding f = CellCheck.doubled(model(half));
    assertThat(f.text()).contains("doubled");
    assertThat(volume(f.a())).isCloseTo(volume(truth), within(0.02 * volume(truth)));
  }

  @Test
  void theTrueCellShouldBeMoreLikelyThanDoubledAndHalvedOnes() {
    Mat3 axes = truth.inverse();
    double best = model(truth).score().logOdds();
    for (double f : new double[] {0.5, 2, 3}) {
      Mat3 other = Mat3.ofRows(axes.row(0).times(f), axes.row(1), axes.row(2)).inverse();
      assertThat(model(other).score().logOdds()).isLessThan(best - 30);
    }
  }

  @Test
  void knownCellShouldBeRecognizedInAnyDescriptionOfTheLattice() {
    UnitCell cell = crystal.cell();
    KnownCell known = new KnownCell(cell, crystal.spaceGroup());
    assertThat(known.settings(truth)).hasSize(1);
    Mat3 a = known.conventional(known.settings(truth).get(0));
    UnitCell found = UnitCell.ofAxes(a.inverse());
    assertThat(found.a()).isCloseTo(cell.a(), within(1e-6));
    assertThat(found.beta()).isCloseTo(cell.beta(), within(1e-6));
    UnitCell wrong = new UnitCell(cell.a() * 1.3, cell.b(), cell.c(), 90, 90, 90);
    assertThat(new KnownCell(wrong, crystal.spaceGroup()).settings(truth)).isEmpty();
  }

  @Test
  void aGivenCellThatIsLargerThanTheSpotsAskForShouldBeNamed() {
    SweepSpots spots = SpotLists.of(SweepKind.DEMO.sweep(3), 3, new Changes(400, 0, 0));
    IndexOptions nothing = IndexOptions.defaults();
    assertThat(Indexer.index(spots, nothing).notes()).isEmpty();
    assertThat(Indexer.index(spots, nothing.spaceGroup("I 21 3")).notes()).isEmpty();
    UnitCell cubic =
        Indexer.index(spots, nothing.spaceGroup("I 21 3")).lattices().get(0).crystal().cell();
    assertThat(Indexer.index(spots, nothing.spaceGroup("P 21 3").unitCell(cubic)).notes())
        .singleElement()
        .asString()
        .contains("obey 1h+1k+1l = 2n in lattice 1")
        .contains("centred or its cell smaller");
  }
}
