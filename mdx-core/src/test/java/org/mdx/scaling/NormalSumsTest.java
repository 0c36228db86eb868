package org.mdx.scaling;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Random;
import org.junit.jupiter.api.Test;

/** Normal equations of lanes that end in any order. */
class NormalSumsTest {
  private static final int LANES = 7;
  private static final int ELEMENTS = 3;
  private static final int POINTS = 5;

  @Test
  void lanesShouldBeAddedInTheirOrderWhateverTheOrderOfTheirEnds() {
    NormalSums.Room room = new NormalSums.Room();
    for (int[] ends :
        new int[][] {{0, 1, 2, 3, 4, 5, 6}, {6, 5, 4, 3, 2, 1, 0}, {2, 0, 6, 1, 4, 3, 5}}) {
      NormalSums.Lanes lanes = new NormalSums.Lanes(LANES, 2, room);
      for (int lane : ends) {
        // the second system has observations in a few lanes only
        for (int system = 0; system < (lane % 3 == 1 ? 2 : 1); system++) {
          fill(lanes.of(lane), system, lane);
        }
        lanes.end(lane);
      }
      NormalSums expected = new NormalSums(2);
      for (int lane = 0; lane < LANES; lane++) {
        for (int system = 0; system < (lane % 3 == 1 ? 2 : 1); system++) {
          fill(expected, system, lane);
        }
      }
      for (int system = 0; system < 2; system++) {
        assertThat(lanes.total().aa[system]).isEqualTo(expected.aa[system]);
        assertThat(lanes.total().ay[system]).isEqualTo(expected.ay[system]);
        assertThat(lanes.total().yy[system]).isEqualTo(expected.yy[system]);
        assertThat(lanes.total().n[system]).isEqualTo(expected.n[system]);
      }
    }
  }

  @Test
  void aSystemWithoutObservationsShouldStayWithoutSums() {
    NormalSums.Lanes lanes = new NormalSums.Lanes(2, 2, new NormalSums.Room());
    fill(lanes.of(0), 0, 0);
    lanes.end(1);
    lanes.end(0);
    assertThat(lanes.total().aa[1]).isNull();
    assertThat(lanes.total().n[1]).isZero();
  }

  /** Adds what a lane has of a system, of sizes whose sum depends on its order. */
  private static void fill(NormalSums into, int system, int lane) {
    Random random = new Random(31L * lane + system);
    into.allot(system, ELEMENTS, POINTS);
    for (int i = 0; i < ELEMENTS * POINTS; i++) {
      into.aa[system][i] += random.nextGaussian() * Math.pow(10, lane);
    }
    for (int i = 0; i < POINTS; i++) {
      into.ay[system][i] += random.nextGaussian() * Math.pow(10, LANES - lane);
    }
    into.yy[system] += random.nextDouble();
    into.n[system] += lane + 1;
  }
}
