package org.mdx.reindex;

import java.util.Arrays;
import java.util.stream.IntStream;

/**
 * The choice of a candidate for each sweep that makes the sum of score(i, j) over all pairs
 * largest. From several sweeps as a start, a set of sweeps is grown by the one that knows best
 * where it belongs, then sweeps are changed one at a time while that helps; the best of all ends is
 * kept. Deterministic.
 */
final class Assignment {
  /** Starts besides the sweep that keeps its indexing. */
  private static final int MORE_STARTS = 15;

  private final PairTable pairs;
  private final int sweeps;
  private final int candidates;

  private Assignment(PairTable pairs) {
    this.pairs = pairs;
    this.sweeps = pairs.sweeps();
    this.candidates = pairs.candidates();
  }

  /**
   * The best assignment.
   *
   * @param pairs scores
   * @param reference the sweep that keeps its indexing
   * @return number of the candidate of each sweep; in every set of sweeps linked with each other
   *     one has the identity, 0: the reference, or the first
   */
  static int[] best(PairTable pairs, int reference) {
    Assignment a = new Assignment(pairs);
    int[] choice = new int[a.sweeps];
    int[] island = a.islands(reference);
    for (int head = 0; head < a.sweeps; head++) {
      if (island[head] == head) {
        a.assign(island, head, choice);
      }
    }
    return choice;
  }

  /** For each sweep the one that stands for all that are linked with it, directly or not. */
  static int[] islands(PairTable pairs, int reference) {
    return new Assignment(pairs).islands(reference);
  }

  private int[] islands(int reference) {
    int[] island = new int[sweeps];
    Arrays.fill(island, -1);
    flood(island, reference, reference);
    for (int i = 0; i < sweeps; i++) {
      if (island[i] < 0) {
        flood(island, i, i);
      }
    }
    return island;
  }

  private void flood(int[] island, int from, int head) {
    int[] queue = new int[sweeps];
    int end = 0;
    queue[end++] = from;
    island[from] = head;
    for (int at = 0; at < end; at++) {
      for (int j = 0; j < sweeps; j++) {
        if (island[j] < 0 && pairs.linked(queue[at], j)) {
          island[j] = head;
          queue[end++] = j;
        }
      }
    }
  }

  private void assign(int[] island, int head, int[] best) {
    double most = -Double.MAX_VALUE;
    for (int start : starts(island, head)) {
      // the start is tried through every candidate, since it is the head that keeps its indexing
      for (int c = 0; c < candidates; c++) {
        int[] choice = grow(island, start, start == head ? 0 : c, head);
        climb(island, head, choice);
        double score = total(island, head, choice);
        if (score - most > 1e-9 * Math.abs(score)) {
          most = score;
          for (int i = 0; i < sweeps; i++) {
            best[i] = island[i] == head ? choice[i] : best[i];
          }
        }
        if (start == head) {
          break;
        }
      }
    }
  }

  /** The head, and others spread evenly over its island. */
  private static int[] starts(int[] island, int head) {
    int[] others =
        IntStream.range(0, island.length).filter(i -> island[i] == head && i != head).toArray();
    int n = Math.min(MORE_STARTS, others.length);
    return IntStream.concat(
            IntStream.of(head), IntStream.range(0, n).map(i -> others[i * others.length / n]))
        .toArray();
  }

  /** Adds sweeps to a start, always the one with the largest margin between its candidates. */
  private int[] grow(int[] island, int start, int candidate, int head) {
    int[] choice = new int[sweeps];
    Arrays.fill(choice, -1);
    choice[start] = candidate;
    double[][] scores = new double[sweeps][candidates];
    int last = start;
    while (last >= 0) {
      int next = -1;
      double largest = Double.NEGATIVE_INFINITY;
      for (int i = 0; i < sweeps; i++) {
        if (island[i] != head || choice[i] >= 0) {
          continue;
        }
        for (int c = 0; c < candidates; c++) {
          scores[i][c] += pairs.score(i, c, last, choice[last]);
        }
        double margin = margin(scores[i]);
        if (margin > largest) {
          largest = margin;
          next = i;
        }
      }
      if (next >= 0) {
        choice[next] = next == head ? 0 : top(scores[next]);
      }
      last = next;
    }
    return choice;
  }

  private static int top(double[] scores) {
    int best = 0;
    for (int c = 1; c < scores.length; c++) {
      best = scores[c] > scores[best] ? c : best;
    }
    return best;
  }

  private static double margin(double[] scores) {
    if (scores.length == 1) {
      return scores[0];
    }
    double first = Double.NEGATIVE_INFINITY;
    double second = Double.NEGATIVE_INFINITY;
    for (double s : scores) {
      second = Math.max(second, Math.min(first, s));
      first = Math.max(first, s);
    }
    return first - second;
  }

  private void climb(int[] island, int head, int[] choice) {
    boolean changed = true;
    while (changed) {
      changed = false;
      for (int i = 0; i < sweeps; i++) {
        if (island[i] != head || i == head) {
          continue;
        }
        double[] scores = new double[candidates];
        for (int c = 0; c < candidates; c++) {
          scores[c] = score(island, head, choice, i, c);
        }
        int best = top(scores);
        if (scores[best] > scores[choice[i]] + 1e-9 * Math.abs(scores[best])) {
          choice[i] = best;
          changed = true;
        }
      }
    }
  }

  private double score(int[] island, int head, int[] choice, int i, int c) {
    double sum = 0;
    for (int j = 0; j < sweeps; j++) {
      if (j != i && island[j] == head) {
        sum += pairs.score(i, c, j, choice[j]);
      }
    }
    return sum;
  }

  private double total(int[] island, int head, int[] choice) {
    double sum = 0;
    for (int i = 0; i < sweeps; i++) {
      sum += island[i] == head ? score(island, head, choice, i, choice[i]) : 0;
    }
    return sum / 2;
  }
}
