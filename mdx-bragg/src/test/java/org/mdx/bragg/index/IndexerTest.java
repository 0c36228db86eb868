package org.mdx.bragg.index;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.mdx.bragg.index.SpotLists.Changes;
import org.mdx.crystal.Crystal;
import org.mdx.crystal.UnitCell;
import org.mdx.geometry.Detector;
import org.mdx.geometry.Geometry;
import org.mdx.geometry.Panel;
import org.mdx.geometry.PanelPlane;
import org.mdx.geometry.Scan;
import org.mdx.math.Vec3;
import org.mdx.parallel.Parallel;
import org.mdx.parallel.Progress;
import org.mdx.reflection.ReflectionFlag;
import org.mdx.reflection.ReflectionKeys;
import org.mdx.reflection.Reflections;
import org.mdx.sim.bragg.SpotSweep;
import org.mdx.sim.bragg.SweepKind;

class IndexerTest {
  private static final IndexOptions NOTHING = IndexOptions.defaults();
  private static final IndexOptions NO_SEARCH = NOTHING.beamSearch(IndexOptions.BeamSearch.NEVER);
  private static final SpotSweep DEMO = SweepKind.DEMO.sweep(1);
  private static final SweepSpots SOME = SpotLists.of(DEMO, 1, new Changes(300, 0, 0));

  @ParameterizedTest
  @EnumSource(
      value = SweepKind.class,
      names = {"DEMO", "P1", "MONOCLINIC", "WEDGE", "MICROED"})
  void latticeShouldBeTheTrueOneWithNothingKnown(SweepKind kind) {
    SpotSweep sweep = kind == SweepKind.DEMO ? DEMO : kind.sweep(1);
    SweepSpots spots = SpotLists.of(sweep, 1, new Changes(400, 0, 0));
    SpotLists.requireTruth(sweep, Indexer.index(spots, NOTHING));
  }

  @Test
  void allSpotsOfALongListShouldGetTheirIndicesThoughSomeFindTheLattice() {
    SpotSweep sweep = SweepKind.LONG_AXIS.sweep(1);
    SweepSpots spots = SpotLists.of(sweep, 1, Changes.NONE);
    assertThat(spots.spots().size()).isGreaterThan(10_000);
    Indexed found = Indexer.index(spots, NOTHING);
    SpotLists.requireTruth(sweep, found);
    assertThat(found.log()).anyMatch(l -> l.startsWith("10000 of the "));
    assertThat(found.indexed()).isGreaterThan((int) (0.93 * spots.spots().size()));
  }

  @Test
  void bothLatticesOfTwoCrystalsShouldBeFound() {
    SpotSweep sweep = SweepKind.TWO_LATTICES.sweep(1);
    SweepSpots spots = SpotLists.of(sweep, 1, new Changes(800, 0, 0));
    Indexed found = Indexer.index(spots, NO_SEARCH.maxLattices(2));
    assertThat(found.lattices()).hasSize(2);
    SpotLists.requireTruth(sweep, found);
  }

  @Test
  void knownCellShouldBeFoundInTwoDegreesOfTwoCrystals() {
    SpotSweep sweep = SweepKind.TWO_LATTICES.sweep(2);
    SweepSpots all = SpotLists.of(sweep, 2, Changes.NONE);
    double[] place = all.spots().get(ReflectionKeys.XYZOBS_PX);
    Scan scan = all.geometry().scan();
    double end = scan.firstImage() - 1 + 2 / Math.abs(scan.width());
    SweepSpots some =
        new SweepSpots(all.geometry(), all.spots().where(i -> place[3 * i + 2] < end));
    Crystal truth = sweep.trueGeometries().get(0).crystal().orElseThrow();
    IndexOptions known = NO_SEARCH.unitCell(truth.cell()).spaceGroup("P 21 21 21");
    Crystal found = Indexer.index(some, known).lattices().get(0).crystal();
    assertThat(SpotLists.cellError(truth, found)).isLessThan(0.005);
    assertThat(sweep.trueGeometries())
        .anySatisfy(
            g -> assertThat(SpotLists.angle(g.crystal().orElseThrow(), found)).isLessThan(1));
  }

  @Test
  void spaceGroupShouldConstrainTheCell() {
    SpotSweep sweep = DEMO;
    Crystal found = Indexer.index(SOME, NOTHING.spaceGroup("I 21 3")).lattices().get(0).crystal();
    assertThat(found.spaceGroup().number()).isEqualTo(199);
    assertThat(found.cell().a())
        .isEqualTo(found.cell().b(), org.assertj.core.api.Assertions.within(1e-6));
    double truth = sweep.trueGeometries().get(0).crystal().orElseThrow().cell().a();
    assertThat(found.cell().a()).isBetween(0.998 * truth, 1.002 * truth);
  }

  @Test
  void beamCentreThatIsOffShouldBeFound() {
    SweepSpots spots = SpotLists.of(DEMO, 2, new Changes(300, 12, -9));
    SpotLists.requireTruth(DEMO, Indexer.index(spots, NOTHING));
    BeamCentreFinder.Found found = BeamCentreFinder.find(List.of(spots), NOTHING, Parallel.of(2));
    assertThat(found.px() - found.beforePx()).isBetween(10.0, 14.0);
    assertThat(found.py() - found.beforePy()).isBetween(-11.0, -7.0);
  }

  @Test
  void numberOfThreadsShouldNotChangeABit() {
    SweepSpots spots = SpotLists.of(SweepKind.WEDGE.sweep(3), 3, new Changes(200, 0, 0));
    List<Indexed> all = new ArrayList<>();
    for (int threads : new int[] {1, 2, 7}) {
      all.add(Indexer.index(List.of(spots), NOTHING, Parallel.of(threads), Progress.NONE));
    }
    for (Indexed other : all.subList(1, 3)) {
      assertThat(other.reflections()).isEqualTo(all.get(0).reflections());
      assertThat(other.lattices().get(0).crystal().a())
          .isEqualTo(all.get(0).lattices().get(0).crystal().a());
      assertThat(other.log()).isEqualTo(all.get(0).log());
    }
  }

  @Test
  void reflectionsShouldKeepSpotsWithoutIndexAndSayWhatTheyAre() {
    SweepSpots spots = SOME;
    Indexed found = Indexer.index(spots, NOTHING);
    Reflections r = found.reflections();
    assertThat(r.size()).isEqualTo(spots.spots().size());
    int[] id = r.get(ReflectionKeys.ID);
    int[] h = r.get(ReflectionKeys.MILLER_INDEX);
    double[] observed = r.get(ReflectionKeys.XYZOBS_PX);
    double[] predicted = r.get(ReflectionKeys.XYZCAL_PX);
    int indexed = 0;
    for (int i = 0; i < id.length; i++) {
      assertThat(r.isSet(i, ReflectionFlag.INDEXED)).isEqualTo(id[i] == 0);
      assertThat(r.isSet(i, ReflectionFlag.STRONG)).isTrue();
      boolean some = h[3 * i] != 0 || h[3 * i + 1] != 0 || h[3 * i + 2] != 0;
      assertThat(some).isEqualTo(id[i] == 0);
      if (id[i] == 0) {
        indexed++;
        assertThat(predicted[3 * i]).isBetween(observed[3 * i] - 10, observed[3 * i] + 10);
      }
    }
    assertThat(indexed).isEqualTo(found.indexed());
    assertThat(found.toString()).contains("spots indexed").contains("Å");
  }

  private static SweepSpots randomSpots(Geometry g, int n) {
    Random random = new Random(4);
    List<double[]> rows = new ArrayList<>();
    for (int i = 0; i < n; i++) {
      rows.add(SpotLists.anywhere(g, g.scan().frames(), random));
    }
    return new SweepSpots(g, SpotLists.table(rows, g.scan().firstImage() - 1));
  }

  @Test
  void tooFewSpotsShouldBeRefusedWithTheirNumber() {
    Geometry g = DEMO.header().withCrystal(null);
    assertThatThrownBy(() -> Indexer.index(randomSpots(g, 0), NOTHING))
        .isInstanceOf(IndexingFailure.class)
        .hasMessageContaining("there are no spots");
    assertThatThrownBy(() -> Indexer.index(randomSpots(g, 1), NOTHING))
        .isInstanceOf(IndexingFailure.class)
        .hasMessageContaining("1 spot, at least 10");
  }

  @Test
  void spotsAnywhereShouldMakeNoLatticeAndTheMessageShouldSayWhatWasTried() {
    Geometry g = DEMO.header().withCrystal(null);
    assertThatThrownBy(() -> Indexer.index(randomSpots(g, 200), NO_SEARCH))
        .isInstanceOf(IndexingFailure.class)
        .hasMessageContaining("Fourier transform in three dimensions")
        .hasMessageContaining("mdx find-beam")
        .hasMessageContaining("docs/indexing-fails.md");
  }

  @Test
  void aStillShouldEitherBeIndexedOrBeRefusedWithAWordAboutStills() {
    Geometry scan = DEMO.header().withCrystal(null);
    Geometry still =
        new Geometry(
            scan.beam(),
            scan.detector(),
            scan.goniometer(),
            Scan.ofUnknownExposure(1, 0, 0, 1),
            null);
    assertThatThrownBy(() -> Indexer.index(randomSpots(still, 40), NO_SEARCH))
        .isInstanceOf(IndexingFailure.class)
        .hasMessageContaining("one frame shows a lattice in two dimensions");
  }

  /** As spot finding leaves them: id 0, and the identifier of the sweep behind it. */
  private static Reflections named(Reflections spots, String identifier) {
    return spots
        .with(ReflectionKeys.ID, new int[spots.size()])
        .withIdentifiers(Map.of(0, identifier));
  }

  @Test
  void sweepsOfOneCrystalShouldBeIndexedTogether() {
    SpotSweep sweep = DEMO;
    SweepSpots all = SpotLists.of(sweep, 1, new Changes(400, 0, 0));
    double[] place = all.spots().get(ReflectionKeys.XYZOBS_PX);
    double middle = sweep.frames() / 2.0;
    List<SweepSpots> two =
        List.of(
            new SweepSpots(
                all.geometry(), named(all.spots().where(i -> place[3 * i + 2] < middle), "one")),
            new SweepSpots(
                all.geometry(), named(all.spots().where(i -> place[3 * i + 2] >= middle), "two")));
    Indexed found = Indexer.index(two, NOTHING, Parallel.of(2), Progress.NONE);
    SpotLists.requireTruth(sweep, found);
    assertThat(found.lattices().get(0).geometries()).hasSize(2);
    int[] id = found.reflections().get(ReflectionKeys.ID);
    int[] set = found.reflections().get(ReflectionKeys.IMAGESET_ID);
    assertThat(id).contains(0, 1);
    for (int i = 0; i < id.length; i++) {
      assertThat(set[i]).isEqualTo(i < two.get(0).spots().size() ? 0 : 1);
      assertThat(id[i]).isIn(-1, set[i]);
    }
  }

  private static SweepSpots fartherAway(SweepSpots from, double factor) {
    Geometry g = from.geometry();
    List<Panel> panels =
        g.detector().panels().stream()
            .map(
                p -> {
                  double more = (factor - 1) * p.origin().dot(p.normal());
                  return p.withOrigin(p.origin().plus(p.normal().times(more)));
                })
            .toList();
    return new SweepSpots(
        new Geometry(g.beam(), new Detector(panels), g.goniometer(), g.scan(), null), from.spots());
  }

  @Test
  void wrongDistanceShouldBeFoundOrNamed() {
    SweepSpots wrong = fartherAway(SpotLists.of(DEMO, 1, new Changes(600, 0, 0)), 1.2);
    SpotLists.requireTruth(DEMO, Indexer.index(wrong, NO_SEARCH));
    Crystal truth = DEMO.trueGeometries().get(0).crystal().orElseThrow();
    IndexOptions known = NO_SEARCH.unitCell(truth.cell()).spaceGroup(truth.spaceGroup());
    assertThatThrownBy(() -> Indexer.index(wrong, known))
        .isInstanceOf(IndexingFailure.class)
        .hasMessageContaining("no lattice of the spots agrees with the cell")
        .hasMessageContaining("times the known one: distance or wavelength may be wrong");
  }

  @Test
  void copiesOfOneSpotShouldBeRefused() {
    Reflections spots = SOME.spots();
    SweepSpots same = new SweepSpots(SOME.geometry(), spots.select(new int[200]));
    assertThatThrownBy(() -> Indexer.index(same, NOTHING))
        .isInstanceOf(IndexingFailure.class)
        .hasMessageContaining("200 spots lie in 1 place");
  }

  @Test
  void placeThatIsNoNumberShouldBeRefusedWithItsRow() {
    double[] place = SOME.spots().get(ReflectionKeys.XYZOBS_PX);
    place[3 * 7 + 1] = Double.NaN;
    Reflections spots = SOME.spots().with(ReflectionKeys.XYZOBS_PX, place);
    assertThatThrownBy(() -> new SweepSpots(SOME.geometry(), spots))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("spot 7 is NaN");
  }

  @Test
  void iceAloneShouldBeRefusedWithAWordAboutRings() {
    Geometry g = SOME.geometry();
    double[] rings = {3.897, 3.669, 3.441, 2.671, 2.249};
    Random random = new Random(8);
    List<double[]> rows = new ArrayList<>();
    PanelPlane[] planes = PanelPlane.of(g.detector());
    for (int tries = 0; tries < 5000 && rows.size() < 120; tries++) {
      double theta = 2 * Math.asin(g.beam().wavelength() / 2 / rings[random.nextInt(5)]);
      double at = 2 * Math.PI * random.nextDouble();
      Vec3 beam = g.beam().s0().unit();
      Vec3 across = new Vec3(beam.y(), beam.z(), beam.x()).cross(beam).unit();
      Vec3 ray =
          beam.times(Math.cos(theta))
              .plus(across.times(Math.sin(theta) * Math.cos(at)))
              .plus(beam.cross(across).times(Math.sin(theta) * Math.sin(at)));
      double[] xy = new double[3];
      int panel = PanelPlane.nearest(planes, ray.x(), ray.y(), ray.z(), xy);
      if (panel >= 0 && planes[panel].intersect(ray.x(), ray.y(), ray.z(), xy)) {
        planes[panel].toPixels(xy);
        double frame = random.nextDouble() * g.scan().frames();
        rows.add(new double[] {panel, xy[0], xy[1], frame, 100});
      }
    }
    SweepSpots ice = new SweepSpots(g, SpotLists.table(rows, g.scan().firstImage() - 1));
    assertThatThrownBy(() -> Indexer.index(ice, NO_SEARCH))
        .isInstanceOf(IndexingFailure.class)
        .hasMessageContaining("of the spots lie on rings of ice");
  }

  /** The spots of the 31st image of the demonstration, as a scan of that image alone. */
  private static SweepSpots ofOneFrame(double start, double width) {
    int first = DEMO.header().scan().firstImage() - 1;
    SweepSpots all = SpotLists.of(DEMO, 1, Changes.NONE);
    double[] z = all.spots().get(ReflectionKeys.XYZOBS_PX);
    Geometry g = all.geometry();
    Scan frame = Scan.ofUnknownExposure(first + 31, start, width, 1);
    return new SweepSpots(
        new Geometry(g.beam(), g.detector(), g.goniometer(), frame, null),
        all.spots().where(i -> z[3 * i + 2] - first >= 30 && z[3 * i + 2] - first < 31));
  }

  /** One image shows two dimensions well; the few spots of it still have one lattice. */
  @Test
  void scanOfOneFrameShouldGiveTheLatticeOrAWordAboutIt() {
    Scan scan = DEMO.header().scan();
    SweepSpots one = ofOneFrame(scan.start() + 30 * scan.width(), scan.width());
    try {
      SpotLists.requireTruth(DEMO, Indexer.index(one, NO_SEARCH));
    } catch (IndexingFailure e) {
      assertThat(e).hasMessageContaining("one frame shows a lattice in two dimensions");
    }
  }

  /** They were told as 0.00 px. */
  @Test
  void aStillShouldHaveNoResiduals() {
    Scan scan = DEMO.header().scan();
    SweepSpots still = ofOneFrame(scan.start() + 30.5 * scan.width(), 0);
    UnitCell cell = DEMO.trueGeometries().get(0).crystal().orElseThrow().cell();
    Indexed found = Indexer.index(still, IndexOptions.defaults().unitCell(cell));
    assertThat(found.lattices().get(0).rmsdX()).isNaN();
    assertThat(found.lattices().get(0).rmsdFrames()).isNaN();
    assertThat(found.lattices().get(0).toString()).contains("a still predicts no spot");
  }

  /** The detector is tilted by 1°, which the linear fits of the search do not know. */
  @Test
  void lastRefinementShouldFindTiltsOfTheDetector() {
    Geometry g = SOME.geometry();
    double angle = Math.toRadians(1);
    List<Panel> panels =
        g.detector().panels().stream()
            .map(
                p -> {
                  Vec3 slow =
                      p.slow()
                          .times(Math.cos(angle))
                          .plus(p.fast().cross(p.slow()).times(Math.sin(angle)));
                  Vec3 centre = p.position(p.width() / 2.0, p.height() / 2.0);
                  Vec3 origin =
                      centre
                          .minus(p.fast().times(p.width() / 2.0 * p.pixelWidth()))
                          .minus(slow.times(p.height() / 2.0 * p.pixelHeight()));
                  return new Panel(
                      p.name(),
                      origin,
                      p.fast(),
                      slow,
                      p.pixelWidth(),
                      p.pixelHeight(),
                      p.width(),
                      p.height(),
                      p.trustedMin(),
                      p.trustedMax(),
                      p.sensor(),
                      p.gain(),
                      p.pedestal(),
                      p.untrusted(),
                      p.imageX(),
                      p.imageY(),
                      p.readNoise());
                })
            .toList();
    Geometry tilted = new Geometry(g.beam(), new Detector(panels), g.goniometer(), g.scan(), null);
    Indexed found = Indexer.index(new SweepSpots(tilted, SOME.spots()), NOTHING);
    SpotLists.requireTruth(DEMO, found);
    Indexed straight = Indexer.index(SOME, NOTHING);
    assertThat(found.lattices().get(0).rmsdX())
        .isLessThan(1.05 * straight.lattices().get(0).rmsdX() + 0.005);
    assertThat(found.lattices().get(0).rmsdY())
        .isLessThan(1.05 * straight.lattices().get(0).rmsdY() + 0.005);
  }
}
