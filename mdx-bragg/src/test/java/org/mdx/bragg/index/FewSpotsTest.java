package org.mdx.bragg.index;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.mdx.bragg.index.SpotLists.Changes;
import org.mdx.bragg.internal.lattice.Points;
import org.mdx.bragg.internal.vectors.LongestCell;
import org.mdx.geometry.Geometry;
import org.mdx.geometry.Panel;
import org.mdx.reflection.ReflectionKeys;
import org.mdx.reflection.Reflections;
import org.mdx.sim.bragg.SpotSweep;
import org.mdx.sim.bragg.SweepKind;

/** Lists of few spots; the truth is that of the simulated crystal. */
class FewSpotsTest {
  private static final SpotSweep WEDGE = SweepKind.WEDGE.sweep(3);

  /** Each third spot once more, some hundredths of a pixel and some images away. */
  private static SweepSpots inPieces(SweepSpots whole) {
    Random random = new Random(5);
    Reflections s = whole.spots();
    int n = s.size();
    int[] rows = new int[n + n / 3];
    for (int i = 0; i < rows.length; i++) {
      rows[i] = i < n ? i : 3 * (i - n);
    }
    Reflections more = s.select(rows);
    double[] place = more.get(ReflectionKeys.XYZOBS_PX);
    double width = Math.abs(whole.geometry().scan().width());
    for (int i = n; i < rows.length; i++) {
      place[3 * i] += 0.05 * random.nextGaussian();
      place[3 * i + 1] += 0.05 * random.nextGaussian();
      place[3 * i + 2] += (0.05 + 0.2 * random.nextDouble()) / width;
    }
    return new SweepSpots(whole.geometry(), more.with(ReflectionKeys.XYZOBS_PX, place));
  }

  /** The estimate was thousands of ångström. */
  @Test
  void piecesOfOneReflectionShouldNotBeTakenForNeighbours() {
    SweepSpots whole = SpotLists.of(WEDGE, 3, new Changes(120, 0, 0));
    Points points = SweepSpots.points(List.of(whole));
    Points pieces = SweepSpots.points(List.of(inPieces(whole)));
    assertThat(LongestCell.of(pieces)).isBetween(60.0, 2 * LongestCell.of(points));
    SpotLists.requireTruth(WEDGE, Indexer.index(inPieces(whole), IndexOptions.defaults()));
  }

  /** Neighbours along an axis of 300 Å are missing in lists of few spots. */
  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3, 4, 5, 6})
  void fortySpotsShouldShowAnAxisOf300AngstromsOrBeRefused(int seed) {
    SpotSweep sweep = SweepKind.LONG_AXIS.sweep(seed);
    SweepSpots few = SpotLists.of(sweep, seed, new Changes(40, 0, 0));
    try {
      SpotLists.requireTruth(sweep, Indexer.index(few, IndexOptions.defaults()));
    } catch (IndexingFailure e) {
      assertThat(e).hasMessageContaining("the best lattice");
    }
  }

  /** Its lattice of 334 Å has the same log odds as one of 358 Å; the true one has 300 Å. */
  @Test
  void aLatticeThatIsHardlyLikelierThanTheNextShouldBeRefused() {
    SweepSpots few = SpotLists.of(SweepKind.LONG_AXIS.sweep(6), 6, new Changes(40, 0, 0));
    assertThatThrownBy(() -> Indexer.index(few, IndexOptions.defaults()))
        .isInstanceOf(IndexingFailure.class)
        .hasMessageContaining("is hardly likelier than another one");
  }

  /** One of five degrees does not tell the distance to the part of a percent that it is off. */
  @ParameterizedTest
  @ValueSource(ints = {1, 4})
  void distanceThatTheSpotsDoNotTellShouldBeThatOfTheHeader(int seed) {
    SpotSweep sweep = SweepKind.WEDGE.sweep(seed);
    SweepSpots few = SpotLists.of(sweep, seed, new Changes(60, 0, 0));
    Indexed found = Indexer.index(few, IndexOptions.defaults());
    SpotLists.requireTruth(sweep, found);
    assertThat(distance(found.lattices().get(0).geometries().get(0)))
        .isBetween(0.9999 * distance(few.geometry()), 1.0001 * distance(few.geometry()));
  }

  private static double distance(Geometry g) {
    Panel first = g.detector().panels().get(0);
    return Math.abs(first.origin().dot(first.normal()));
  }
}
