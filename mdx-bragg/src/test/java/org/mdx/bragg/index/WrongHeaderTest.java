package org.mdx.bragg.index;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.mdx.bragg.index.SpotLists.Changes;
import org.mdx.bragg.internal.lattice.Placed;
import org.mdx.crystal.Crystal;
import org.mdx.geometry.Geometry;
import org.mdx.geometry.Goniometer;
import org.mdx.geometry.Panel;
import org.mdx.geometry.Scan;
import org.mdx.math.Mat3;
import org.mdx.math.Vec3;
import org.mdx.parallel.Parallel;
import org.mdx.parallel.Progress;
import org.mdx.reflection.ReflectionKeys;
import org.mdx.sim.bragg.SpotSweep;
import org.mdx.sim.bragg.SweepKind;

/** Headers that are wrong; the truth is that of the simulated crystal. */
class WrongHeaderTest {
  private static SweepSpots fartherAway(SweepSpots from, double factor) {
    Geometry g = from.geometry();
    Geometry moved =
        Placed.shifted(
            g, first(g).normal().times((factor - 1) * first(g).origin().dot(first(g).normal())));
    return new SweepSpots(moved, from.spots());
  }

  private static Panel first(Geometry g) {
    return g.detector().panels().get(0);
  }

  private static double distance(Geometry g) {
    return Math.abs(first(g).origin().dot(first(g).normal()));
  }

  private static void requireTruth(SpotSweep sweep, Indexed found) {
    Crystal truth = sweep.trueGeometries().get(0).crystal().orElseThrow();
    Crystal crystal = found.lattices().get(0).crystal();
    assertThat(SpotLists.cellError(truth, crystal)).isLessThan(0.005);
    assertThat(SpotLists.angle(truth, crystal)).isLessThan(0.5);
  }

  @ParameterizedTest
  @CsvSource({"P1,2,0.8", "P1,1,1.2", "WEDGE,1,0.8", "WEDGE,4,1.2", "WEDGE,2,1.1"})
  void distanceWrongByAFifthShouldBeFoundAndNamed(SweepKind kind, int seed, double factor) {
    SpotSweep sweep = kind.sweep(seed);
    SweepSpots right = SpotLists.of(sweep, seed, new Changes(150, 0, 0));
    Indexed found = Indexer.index(fartherAway(right, factor), IndexOptions.defaults());
    requireTruth(sweep, found);
    double truth = distance(sweep.trueGeometries().get(0));
    assertThat(distance(found.lattices().get(0).geometries().get(0)))
        .isBetween(0.995 * truth, 1.005 * truth);
    assertThat(found.log()).anySatisfy(l -> assertThat(l).contains("as the header says"));
    assertThat(found.notes()).anySatisfy(l -> assertThat(l).contains("mm, the header says"));
    assertThat(Indexer.index(right, IndexOptions.defaults()).moved()).isEmpty();
  }

  /** The header's distance is off by a part of a percent, which forty spots of 60° tell. */
  @Test
  void fewSpotsOfAWideScanShouldTellTheDistance() {
    SpotSweep sweep = SweepKind.DEMO.sweep(4);
    SweepSpots few = SpotLists.of(sweep, 4, new Changes(40, 0, 0));
    requireTruth(sweep, Indexer.index(few, IndexOptions.defaults()));
  }

  /** A lattice ten times too dense took nine tenths of these spots with the wrong centre. */
  @ParameterizedTest
  @CsvSource({"22,-60,-0.5", "28,-57.8,16.3"})
  void denseLatticesShouldNotHideAWrongBeamCentre(int seed, double px, double py) {
    SpotSweep sweep = SweepKind.MICROED.sweep(seed);
    SweepSpots spots = SpotLists.of(sweep, seed, new Changes(600, px, py));
    Indexed found = Indexer.index(spots, IndexOptions.defaults());
    requireTruth(sweep, found);
    assertThat(found.notes()).anySatisfy(l -> assertThat(l).contains("the beam centre is"));
  }

  /** The flat Ewald sphere of electrons shows the mirror image of the lattice as well. */
  @ParameterizedTest
  @CsvSource({"DEMO,1", "P1,2", "MONOCLINIC,3"})
  void scanThatTurnsTheOtherWayShouldBeTold(SweepKind kind, int seed) {
    SweepSpots right = SpotLists.of(kind.sweep(seed), seed, Changes.NONE);
    Geometry g = right.geometry();
    Vec3 axis = g.goniometer().axis();
    Goniometer back =
        new Goniometer(
            axis.times(-1), g.goniometer().fixedRotation(), g.goniometer().settingRotation());
    Vec3 told = g.goniometer().laboratoryAxis();
    requireTold(
        new SweepSpots(new Geometry(g.beam(), g.detector(), back, g.scan(), null), right.spots()),
        "turn the scan the other way",
        String.format(Locale.ROOT, "--axis=%.0f,%.0f,%.0f", told.x(), told.y(), told.z()));
  }

  @ParameterizedTest
  @CsvSource({"DEMO,1,2", "P1,2,0.5", "MONOCLINIC,3,2", "DEMO,4,0.5"})
  void imagesOfAnotherWidthShouldBeTold(SweepKind kind, int seed, double factor) {
    SweepSpots right = SpotLists.of(kind.sweep(seed), seed, Changes.NONE);
    Geometry g = right.geometry();
    Scan s = g.scan();
    Scan wrong =
        Scan.ofUnknownExposure(s.firstImage(), s.start() * factor, s.width() * factor, s.frames());
    requireTold(
        new SweepSpots(
            new Geometry(g.beam(), g.detector(), g.goniometer(), wrong, null), right.spots()),
        "take images of " + s.width() + "° in place of",
        "--oscillation=");
  }

  @Test
  void spotsOfNoLatticeShouldNotBlameTheScan() {
    Geometry g = SweepKind.DEMO.sweep(1).header().withCrystal(null);
    Random random = new Random(5);
    List<double[]> rows = new ArrayList<>();
    for (int i = 0; i < 300; i++) {
      rows.add(SpotLists.anywhere(g, g.scan().frames(), random));
    }
    SweepSpots none = new SweepSpots(g, SpotLists.table(rows, g.scan().firstImage() - 1));
    assertThatThrownBy(() -> Indexer.index(none, IndexOptions.defaults()))
        .isInstanceOf(IndexingFailure.class)
        .hasMessageNotContaining("import with");
  }

  private static void requireTold(SweepSpots wrong, String what, String option) {
    assertThatThrownBy(() -> Indexer.index(wrong, IndexOptions.defaults()))
        .isInstanceOf(IndexingFailure.class)
        .hasMessageContaining(what)
        .hasMessageContaining(option);
  }

  @Test
  void distanceThatIsFixedShouldStay() {
    SweepSpots right = SpotLists.of(SweepKind.WEDGE.sweep(2), 2, new Changes(150, 0, 0));
    SweepSpots wrong = fartherAway(right, 1.1);
    Indexed found = Indexer.index(wrong, IndexOptions.defaults().fixDistance(true));
    Geometry after = found.lattices().get(0).geometries().get(0);
    assertThat(distance(after))
        .isBetween(0.999 * distance(wrong.geometry()), 1.001 * distance(wrong.geometry()));
    assertThat(found.log()).anySatisfy(l -> assertThat(l).contains("distance, wavelength"));
  }

  /** The second half of a sweep as one of its own, whose setting is off by half a degree. */
  @Test
  void settingOfASweepThatIsOffShouldBeCorrected() {
    SpotSweep sweep = SweepKind.DEMO.sweep(1);
    SweepSpots all = SpotLists.of(sweep, 1, new Changes(300, 0, 0));
    double[] z = all.spots().get(ReflectionKeys.XYZOBS_PX);
    double middle = all.geometry().scan().firstImage() - 1 + sweep.frames() / 2.0;
    Geometry g = all.geometry();
    Goniometer right = g.goniometer();
    Mat3 off = Mat3.rotation(new Vec3(1, 2, 3), 0.5);
    Goniometer wrong =
        new Goniometer(right.axis(), right.fixedRotation().times(off), right.settingRotation());
    List<SweepSpots> two =
        List.of(
            new SweepSpots(g, all.spots().where(i -> z[3 * i + 2] < middle)),
            new SweepSpots(
                new Geometry(g.beam(), g.detector(), wrong, g.scan(), null),
                all.spots().where(i -> z[3 * i + 2] >= middle)));
    IndexOptions free = IndexOptions.defaults().freeSettings(true);
    Indexed found = Indexer.index(two, free, Parallel.of(2), Progress.NONE);
    requireTruth(sweep, found);
    assertThat(found.log()).anySatisfy(l -> assertThat(l).contains("settings of the sweeps"));
    assertThat(found.lattices().get(0).rmsdFrames()).isLessThan(0.2);
    Mat3 after = found.lattices().get(0).geometries().get(1).goniometer().fixedRotation();
    Mat3 left = right.fixedRotation().transpose().times(after);
    double trace = left.row(0).x() + left.row(1).y() + left.row(2).z();
    assertThat(trace).isGreaterThan(1 + 2 * Math.cos(Math.toRadians(0.05)));
  }
}
