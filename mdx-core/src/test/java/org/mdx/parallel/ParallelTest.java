package org.mdx.parallel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicIntegerArray;
import org.junit.jupiter.api.Test;

class ParallelTest {

  @Test
  void everyIndexShouldRunOnce() {
    for (int threads : new int[] {1, 2, 7}) {
      for (int n : new int[] {0, 1, 2, 1000}) {
        AtomicIntegerArray runs = new AtomicIntegerArray(n);
        Parallel.of(threads).forEach(n, runs::incrementAndGet);
        for (int i = 0; i < n; i++) {
          assertThat(runs.get(i)).isEqualTo(1);
        }
      }
    }
  }

  @Test
  void theFailureOfTheLowestIndexShouldBeThrown() {
    assertThatThrownBy(
            () ->
                Parallel.of(4)
                    .forEach(
                        4,
                        i -> {
                          Thread.sleep(i == 1 ? 50 : 0);
                          if (i > 0) {
                            throw new IOException("index " + i);
                          }
                        }))
        .isInstanceOf(UncheckedIOException.class);
    assertThatThrownBy(
            () ->
                Parallel.of(1)
                    .forEach(
                        9,
                        i -> {
                          throw new IllegalArgumentException("index " + i);
                        }))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("index 0");
  }

  @Test
  void noIndexShouldStartAfterAFailure() {
    AtomicInteger started = new AtomicInteger();
    assertThatThrownBy(
            () ->
                Parallel.of(1)
                    .forEach(
                        100,
                        i -> {
                          started.incrementAndGet();
                          if (i == 3) {
                            throw new IllegalStateException("stop");
                          }
                        }))
        .hasMessage("stop");
    assertThat(started.get()).isEqualTo(4);
  }

  @Test
  void anInterruptOfTheCallerShouldCancelTheLoop() {
    Thread caller = Thread.currentThread();
    AtomicInteger started = new AtomicInteger();
    try {
      assertThatThrownBy(
              () ->
                  Parallel.of(2)
                      .forEach(
                          1000,
                          i -> {
                            if (started.incrementAndGet() == 5) {
                              caller.interrupt();
                            }
                          }))
          .isInstanceOf(CancellationException.class);
    } finally {
      assertThat(Thread.interrupted()).isTrue();
    }
    assertThat(started.get()).isLessThan(1000);
  }

  @Test
  void aLentExecutorThatRefusesShouldLeaveTheWorkToTheCaller() {
    AtomicInteger sum = new AtomicInteger();
    Parallel.on(
            task -> {
              throw new RejectedExecutionException();
            },
            3)
        .forEach(10, sum::addAndGet);
    assertThat(sum.get()).isEqualTo(45);
  }

  @Test
  void aLentExecutorShouldStayOpen() {
    ExecutorService executor = Executors.newFixedThreadPool(2);
    try {
      AtomicInteger sum = new AtomicInteger();
      Parallel.on(executor, 3).forEach(100, sum::addAndGet);
      assertThat(sum.get()).isEqualTo(4950);
      assertThat(executor.isShutdown()).isFalse();
    } finally {
      executor.shutdownNow();
    }
  }

  @Test
  void progressShouldCountEveryStep() {
    long[] last = {-1, 0}; // it begins with none
    Progress progress =
        (stage, done, total) -> {
          assertThat(stage).isEqualTo("work");
          assertThat(done).isEqualTo(last[0] + 1);
          last[0] = done;
          last[1] = total;
        };
    Progress.Counter counter = progress.counter("work", 20);
    Parallel.of(3).forEach(20, i -> counter.advance());
    assertThat(last).containsExactly(20, 20);
  }
}
