package org.mdx.scaling;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.mdx.parallel.Parallel;

/** Normal equations of lanes that end in any order. */
class NormalSumsTest {
  private static final int LANES = 7;
  private static final int ELEMENTS = 3;
  private static final int POINTS = 5;

  /** All lanes are under way at the same time, and end in a given order. */
  @ParameterizedTest
  @ValueSource(strings = {"0123456", "6543210", "2061435"})
  void lanesShouldBeAddedInTheirOrderWhateverTheOrderOfTheirEnds(String ends) throws Exception {
    NormalSums total = new NormalSums(2);
    Lanes.Turns<NormalSums> turns = new Lanes.Turns<>(LANES, LANES, total::add);
    List<CountDownLatch> ended = new ArrayList<>();
    List<Thread> threads = new ArrayList<>();
    for (int n = 0; n < LANES; n++) {
      ended.add(new CountDownLatch(1));
    }
    for (int lane = 0; lane < LANES; lane++) {
      int number = lane;
      int place = ends.indexOf('0' + lane);
      Thread thread =
          new Thread(
              () -> {
                turns.run(
                    number,
                    () -> {
                      await(place == 0 ? null : ended.get(place - 1));
                      return sums(number);
                    });
                ended.get(place).countDown();
              });
      thread.start();
      threads.add(thread);
    }
    for (Thread thread : threads) {
      thread.join();
    }
    NormalSums expected = new NormalSums(2);
    for (int lane = 0; lane < LANES; lane++) {
      expected.add(sums(lane));
    }
    for (int system = 0; system < 2; system++) {
      assertThat(total.aa[system]).isEqualTo(expected.aa[system]);
      assertThat(total.ay[system]).isEqualTo(expected.ay[system]);
      assertThat(total.yy[system]).isEqualTo(expected.yy[system]);
      assertThat(total.n[system]).isEqualTo(expected.n[system]);
    }
  }

  private static void await(CountDownLatch latch) {
    try {
      if (latch != null) {
        latch.await();
      }
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  @Test
  void noMoreThanWantedShouldBeUnderWayOrWait() {
    int most = 3;
    AtomicInteger there = new AtomicInteger();
    AtomicInteger peak = new AtomicInteger();
    Lanes.Turns<Integer> turns = new Lanes.Turns<>(40, most, result -> there.decrementAndGet());
    Parallel.of(8)
        .forEach(
            40,
            i ->
                turns.run(
                    i,
                    () -> {
                      peak.accumulateAndGet(there.incrementAndGet(), Math::max);
                      pause(i % 5 == 0 ? 20 : 1);
                      return i;
                    }));
    assertThat(there).hasValue(0);
    assertThat(peak.get()).isBetween(2, most);
  }

  private static void pause(long ms) {
    try {
      Thread.sleep(ms);
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  @Test
  void aTaskThatFailsShouldEndTheOthersAndSayWhy() {
    Lanes.Turns<Integer> turns = new Lanes.Turns<>(40, 2, result -> {});
    assertThatThrownBy(
            () ->
                Parallel.of(8)
                    .forEach(
                        40,
                        i ->
                            turns.run(
                                i,
                                () -> {
                                  pause(2);
                                  if (i == 7) {
                                    throw new IllegalStateException("lane 7 is broken");
                                  }
                                  return i;
                                })))
        .hasMessage("lane 7 is broken");
  }

  @Test
  void aSystemWithoutObservationsShouldStayWithoutSums() {
    NormalSums total = new NormalSums(2);
    total.add(sums(0));
    total.add(new NormalSums(2));
    assertThat(total.aa[1]).isNull();
    assertThat(total.n[1]).isZero();
  }

  /** The second system has observations in a few lanes only. */
  private static NormalSums sums(int lane) {
    NormalSums sums = new NormalSums(2);
    for (int system = 0; system < (lane % 3 == 1 ? 2 : 1); system++) {
      fill(sums, system, lane);
    }
    return sums;
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
