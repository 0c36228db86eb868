package org.mdx.scaling;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.EnumMap;
import java.util.Map;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.function.Consumer;
import org.mdx.parallel.Parallel;

/**
 * The observations of a refinement, dealt out to lanes. How many lanes there are, and which blocks
 * each has, depends on the data alone; a lane sums on its own, and what lanes answer is added in
 * their order. So the sums have the same bits for any number of threads, or machines.
 */
interface Lanes {
  /** Lanes, or one for each block if there are fewer. */
  int MOST = 32;

  /** How many lanes so many blocks are dealt out to. */
  static int count(int blocks) {
    return Math.min(MOST, blocks);
  }

  /** First block of a lane; the one behind the last block where the lane is the number of lanes. */
  static int firstBlock(int lane, int lanes, int blocks) {
    return (int) ((long) lane * blocks / lanes);
  }

  /** Whether variances follow the expected intensity. */
  boolean isExpected();

  /**
   * Has every lane do a pass.
   *
   * @param take told what each lane answers, in the order of lanes and never two at a time; an
   *     answer is good until it returns
   */
  void run(Pass pass, Consumer<Pass.Answer> take);

  /** Lets all that was rejected take part again. */
  void readmit();

  /** The lanes of this machine. */
  final class Local implements Lanes {
    /** What the answers of lanes that wait or are under way may take. */
    private static final long ROOM = 256L << 20;

    /** Up to so many observations, terms that have not changed are not evaluated again: 64 MB. */
    private static final long REMEMBERED = 1L << 21;

    private final Blocks blocks;
    private final Parallel parallel;
    private final Lane[] lanes;

    /** Room to work that no lane uses just now. */
    private final ConcurrentLinkedQueue<Evaluation> idle = new ConcurrentLinkedQueue<>();

    /** Sums of each kind of term that no lane needs any longer. */
    private final Map<Terms.Kind, Deque<NormalSums>> free = new EnumMap<>(Terms.Kind.class);

    Local(Blocks blocks, Parallel parallel) {
      this.blocks = blocks;
      this.parallel = parallel;
      int n = blocks.count();
      lanes = new Lane[count(n)];
      boolean remember = blocks.isInMemory() && blocks.observations() <= REMEMBERED;
      parallel.forEach(
          lanes.length,
          i -> {
            int first = firstBlock(i, lanes.length, n);
            int end = firstBlock(i + 1, lanes.length, n);
            lanes[i] = new Lane(blocks, first, end, first, remember);
          });
    }

    @Override
    public boolean isExpected() {
      return blocks.isExpected();
    }

    @Override
    public void run(Pass pass, Consumer<Pass.Answer> take) {
      int most = (int) Math.min(MOST, Math.max(2, ROOM / Math.max(1, pass.answerBytes())));
      Turns<Pass.Answer> turns =
          new Turns<>(
              lanes.length,
              most,
              answer -> {
                take.accept(answer);
                release(pass.kind, answer.sums);
              });
      parallel
          .atMost(most)
          .forEach(
              lanes.length,
              i ->
                  turns.run(
                      i,
                      () -> {
                        Evaluation known = idle.poll();
                        Evaluation x = known == null ? newEvaluation() : known;
                        Pass.Answer answer = lanes[i].run(pass, x, room(pass));
                        idle.add(x);
                        return answer;
                      }));
    }

    private Evaluation newEvaluation() {
      return new Evaluation(blocks.mostObservations(), blocks.mostVoxels());
    }

    private NormalSums room(Pass pass) {
      if (pass.work != Pass.Work.FIT) {
        return null;
      }
      synchronized (free) {
        NormalSums sums = free.computeIfAbsent(pass.kind, k -> new ArrayDeque<>()).poll();
        return sums == null ? new NormalSums(pass.systems()) : sums;
      }
    }

    private void release(Terms.Kind kind, NormalSums sums) {
      if (sums != null) {
        sums.clear();
        synchronized (free) {
          free.get(kind).push(sums);
        }
      }
    }

    @Override
    public void readmit() {
      parallel.forEach(lanes.length, i -> lanes[i].readmit());
    }
  }

  /**
   * Takes results in the order of their numbers, as soon as those before are there. A task does not
   * begin before few enough results can wait for it.
   */
  final class Turns<T> {
    private final T[] results;
    private final int most;
    private final Consumer<T> take;
    private int next;
    private boolean failed;

    /** A task with a result. */
    interface Task<T> {
      T run();
    }

    @SuppressWarnings("unchecked") // an array of a generic type, which holds its own type alone
    Turns(int count, int most, Consumer<T> take) {
      results = (T[]) new Object[count];
      this.most = most;
      this.take = take;
    }

    /** Runs a task; those of lower numbers must have been begun. */
    void run(int number, Task<T> task) {
      try {
        await(number);
        end(number, task.run());
      } catch (RuntimeException | Error e) {
        fail();
        throw e;
      }
    }

    private synchronized void await(int number) {
      while (number >= next + most) {
        if (failed) {
          throw new CancellationException("another task has failed");
        }
        try {
          wait();
        } catch (InterruptedException e) {
          Thread.currentThread().interrupt();
          throw new CancellationException("interrupted");
        }
      }
    }

    private synchronized void end(int number, T result) {
      results[number] = result;
      while (next < results.length && results[next] != null) {
        take.accept(results[next]);
        results[next++] = null;
      }
      notifyAll();
    }

    private synchronized void fail() {
      failed = true;
      notifyAll();
    }

    @Override
    public synchronized String toString() {
      return "Turns[" + next + " of " + results.length + (failed ? ", failed]" : "]");
    }
  }
}
