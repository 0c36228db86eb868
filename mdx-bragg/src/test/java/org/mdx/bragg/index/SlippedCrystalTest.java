package org.mdx.bragg.index;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.mdx.bragg.index.SpotLists.Changes;
import org.mdx.bragg.refine.RefineOptions;
import org.mdx.bragg.refine.Refined;
import org.mdx.bragg.refine.Refiner;
import org.mdx.crystal.Crystal;
import org.mdx.geometry.Geometry;
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

  private static SweepSpots list(double degrees) {
    Lattice l = OPTIONS.lattices().get(0);
    Crystal c = l.crystal();
    Mat3 a = Mat3.rotation(new Vec3(0.3, 0.8, -0.52).unit(), degrees).times(c.a());
    Lattice slipped =
        new Lattice(
            Crystal.ofRealSpaceAxes(a.inverse(), c.spaceGroup()),
            l.share(),
            l.sigmaB(),
            l.sigmaM());
    SweepSpots before = SpotLists.of(SpotSweep.of(OPTIONS), 3, Changes.NONE);
    SweepSpots after =
        SpotLists.of(SpotSweep.of(OPTIONS.withLattices(List.of(slipped))), 3, Changes.NONE);
    return new SweepSpots(
        before.geometry(),
        Reflections.concatenate(List.of(half(before.spots(), true), half(after.spots(), false))));
  }

  private static Reflections half(Reflections spots, boolean first) {
    return spots.select(
        IntStream.range(0, spots.size())
            .filter(i -> spots.value(ReflectionKeys.XYZOBS_PX, i, 2) < MIDDLE == first)
            .toArray());
  }

  @ParameterizedTest
  @ValueSource(doubles = {4, 25})
  void spotsOfAnotherOrientationShouldHaveNoIndex(double degrees) {
    SweepSpots spots = list(degrees);
    Indexed found = Indexer.index(spots, IndexOptions.defaults());
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
