package org.mdx.bragg.index;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.offset;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.mdx.bragg.index.SpotLists.Changes;
import org.mdx.bragg.internal.lattice.KnownCell;
import org.mdx.bragg.internal.lattice.Misorientation;
import org.mdx.bragg.refine.RefineOptions;
import org.mdx.bragg.refine.Refined;
import org.mdx.bragg.refine.Refiner;
import org.mdx.crystal.Crystal;
import org.mdx.geometry.Geometry;
import org.mdx.geometry.Scan;
import org.mdx.math.Mat3;
import org.mdx.math.Vec3;
import org.mdx.reflection.ReflectionKeys;
import org.mdx.reflection.Reflections;
import org.mdx.sim.bragg.BraggOptions;
import org.mdx.sim.bragg.Lattice;
import org.mdx.sim.bragg.SpotSweep;
import org.mdx.sim.bragg.SweepKind;

/** A crystal whose orientation changes at once in the middle of 120 images. */
class SlippedCrystalTest {
  private static final BraggOptions OPTIONS = SweepKind.MONOCLINIC.options(3);
  private static final int MIDDLE = 60;
  private static final int FRAMES = 120;
  private static final Vec3 AXIS = new Vec3(0.3, 0.8, -0.52).unit();

  private static SweepSpots turned(double degrees) {
    Lattice l = OPTIONS.lattices().get(0);
    Crystal c = l.crystal();
    Mat3 a = Mat3.rotation(AXIS, degrees).times(c.a());
    Lattice slipped =
        new Lattice(
            Crystal.ofRealSpaceAxes(a.inverse(), c.spaceGroup()),
            l.share(),
            l.sigmaB(),
            l.sigmaM());
    return SpotLists.of(SpotSweep.of(OPTIONS.withLattices(List.of(slipped))), 3, Changes.NONE);
  }

  private static SweepSpots list(double degrees) {
    return list(new double[] {0, degrees}, 0, MIDDLE, FRAMES);
  }

  /** Orientations, and the images where each begins and the last one ends. */
  private static SweepSpots list(double[] turns, int... borders) {
    List<Reflections> parts = new ArrayList<>();
    for (int k = 0; k < turns.length; k++) {
      int from = borders[k];
      int to = borders[k + 1];
      Reflections all = turned(turns[k]).spots();
      parts.add(
          all.select(
              IntStream.range(0, all.size())
                  .filter(i -> all.value(ReflectionKeys.XYZOBS_PX, i, 2) >= from)
                  .filter(i -> all.value(ReflectionKeys.XYZOBS_PX, i, 2) < to)
                  .toArray()));
    }
    return new SweepSpots(turned(0).geometry(), Reflections.concatenate(parts));
  }

  @ParameterizedTest
  @ValueSource(doubles = {3, 25, 90})
  void aSlippedCrystalShouldBeALatticeWithAScanOfItsOwn(double degrees) {
    Indexed found =
        Indexer.index(list(new double[] {0, degrees}, 0, 40, FRAMES), IndexOptions.defaults());
    assertStretches(found, new int[][] {{1, 40}, {41, 120}}, 0, degrees);
    assertThat(found.notes())
        .anyMatch(n -> n.contains("slipped") && n.contains("images 1 to 40"))
        .noneMatch(n -> n.contains("not that of"));
  }

  @Test
  void eachStretchOfTwoSlipsShouldHaveALattice() {
    assertStretches(
        Indexer.index(list(new double[] {0, 10, 25}, 0, 40, 80, FRAMES), IndexOptions.defaults()),
        new int[][] {{1, 40}, {41, 80}, {81, 120}},
        0,
        10,
        25);
    assertStretches(
        Indexer.index(list(new double[] {0, 25, 0}, 0, 40, 80, FRAMES), IndexOptions.defaults()),
        new int[][] {{1, 120}, {41, 80}},
        0,
        25);
  }

  private static void assertStretches(Indexed found, int[][] images, double... turns) {
    assertThat(found.indexed()).isGreaterThan(found.spots() * 95 / 100);
    assertThat(found.lattices()).hasSize(turns.length);
    Mat3 truth = primitive(OPTIONS.lattices().get(0).crystal());
    for (Indexed.Lattice l : found.lattices()) {
      Scan scan = l.geometries().get(0).scan();
      int k =
          IntStream.range(0, turns.length)
              .filter(i -> images[i][0] == scan.firstImage())
              .findFirst()
              .orElseThrow();
      assertThat(scan.firstImage() + scan.frames() - 1).isEqualTo(images[k][1]);
      assertThat(scan.start())
          .isCloseTo(turned(0).geometry().scan().phiAt(images[k][0] - 1), offset(1e-9));
      Mat3 turned = Mat3.rotation(AXIS, turns[k]).times(truth);
      assertThat(Misorientation.degrees(turned, primitive(l.crystal()))).isLessThan(0.05);
      assertThat(l.crystal().cell().b() / found.lattices().get(0).crystal().cell().b())
          .isCloseTo(1, offset(1e-3));
    }
  }

  private static Mat3 primitive(Crystal c) {
    return KnownCell.changed(c.a().inverse(), c.spaceGroup().toPrimitive()).inverse();
  }

  @Test
  void axesOfASlippedCrystalShouldBeThoseOfTheFirstOne() {
    Indexed found = Indexer.index(list(25), IndexOptions.defaults());
    Mat3 turn =
        found
            .lattices()
            .get(1)
            .crystal()
            .u()
            .times(found.lattices().get(0).crystal().u().transpose());
    double cosine = (turn.m00() + turn.m11() + turn.m22() - 1) / 2;
    assertThat(Math.toDegrees(Math.acos(cosine))).isCloseTo(25, offset(0.05));
  }

  @Test
  void refinementShouldTakeEachStretchWithItsScan() {
    Indexed found = Indexer.index(list(25), IndexOptions.defaults());
    List<Geometry> starts = found.lattices().stream().map(l -> l.geometries().get(0)).toList();
    Refined refined = Refiner.refine(starts, found.reflections(), RefineOptions.defaults());
    assertThat(refined.geometries()).hasSize(2);
    assertThat(refined.geometries().get(0).detector())
        .isEqualTo(refined.geometries().get(1).detector());
    assertThat(refined.sweeps()).allMatch(b -> b.rmsdFrames() < 0.12 && b.rmsdX() < 0.15);
    assertThat(refined.warnings()).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(doubles = {4, 25})
  void spotsOfAnotherOrientationShouldHaveNoIndex(double degrees) {
    SweepSpots spots = list(degrees);
    Indexed found = Indexer.index(spots, IndexOptions.defaults().slips(false));
    int[] id = found.reflections().get(ReflectionKeys.ID);
    int[] own = new int[2];
    int[] indexed = new int[2];
    for (int i = 0; i < id.length; i++) {
      int part = found.reflections().value(ReflectionKeys.XYZOBS_PX, i, 2) < MIDDLE ? 0 : 1;
      own[part]++;
      indexed[part] += id[i] < 0 ? 0 : 1;
    }
    int lost = indexed[0] > indexed[1] ? 1 : 0;
    assertThat(indexed[lost]).as("by chance").isLessThan(own[lost] / 100);
    assertThat(indexed[1 - lost]).isGreaterThan(own[1 - lost] * 9 / 10);
    assertThat(found.remainder()).isEmpty();
    assertThat(found.notes())
        .anyMatch(
            n ->
                n.contains(lost == 1 ? "images 61 to 120" : "images 1 to 60")
                    && n.contains("slipped"));
  }

  @Test
  void aSmallSlipShouldBeToldByTheResiduals() {
    assertThat(warnings(list(1.7)))
        .anyMatch(w -> w.contains("the images 60 and 61") && w.contains("slipped"));
    assertThat(warnings(list(0))).isEmpty();
  }

  @Test
  void aDetectorThatMovesShouldBeToldByTheResiduals() {
    SweepSpots spots = list(0);
    double[] px = spots.spots().get(ReflectionKeys.XYZOBS_PX).clone();
    for (int i = 0; i < px.length; i += 3) {
      px[i] += px[i + 2] < MIDDLE ? 0 : 3;
    }
    assertThat(
            warnings(
                new SweepSpots(spots.geometry(), spots.spots().with(ReflectionKeys.XYZOBS_PX, px))))
        .anyMatch(w -> w.contains("the images 60 and 61") && w.contains("detector moved"));
  }

  private static List<String> warnings(SweepSpots spots) {
    Indexed found = Indexer.index(spots, IndexOptions.defaults());
    assertThat(found.indexed()).isGreaterThan(spots.spots().size() * 9 / 10);
    Geometry g = found.lattices().get(0).geometries().get(0);
    Refined refined = Refiner.refine(g, found.reflections(), RefineOptions.defaults().varying());
    return refined.warnings();
  }
}
