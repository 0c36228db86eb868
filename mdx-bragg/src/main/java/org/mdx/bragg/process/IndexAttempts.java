package org.mdx.bragg.process;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;
import org.mdx.bragg.index.IndexOptions;
import org.mdx.bragg.index.Indexed;
import org.mdx.bragg.index.Indexer;
import org.mdx.bragg.index.IndexingFailure;
import org.mdx.bragg.index.SweepSpots;
import org.mdx.parallel.Parallel;
import org.mdx.parallel.Progress;
import org.mdx.reflection.ReflectionKeys;

/** Ways to find a lattice, one after the other until one of them does. */
final class IndexAttempts {
  /** Part of the spots, by resolution, that a weak crystal's lattice is looked for with. */
  private static final double INNER = 0.6;

  /** Spots below which it makes no sense to take fewer. */
  private static final int MANY = 60;

  private final CrystalOptions options;
  private final Parallel parallel;
  private final Progress progress;

  IndexAttempts(CrystalOptions options, Parallel parallel, Progress progress) {
    this.options = options;
    this.parallel = parallel;
    this.progress = progress;
  }

  private record Attempt(String way, IndexOptions options) {}

  /**
   * Finds the lattices.
   *
   * @throws IndexingFailure of the first way if none does
   */
  Indexed index(List<SweepSpots> sweeps, List<String> notes) {
    IndexingFailure first = null;
    for (Attempt a : attempts(sweeps)) {
      try {
        Indexed found = Indexer.index(sweeps, a.options(), parallel, progress);
        if (first != null) {
          notes.add("index: failed at first (" + reason(first) + "); found " + a.way());
        }
        int left = found.spots() - found.indexed();
        if (2 * left > found.spots()) {
          notes.add(
              "index: "
                  + left
                  + " of "
                  + found.spots()
                  + " spots are not of the "
                  + (found.lattices().size() == 1 ? "lattice" : "lattices"));
        }
        return found;
      } catch (IndexingFailure e) {
        first = first == null ? e : first;
      }
    }
    throw first;
  }

  private static String reason(IndexingFailure e) {
    return e.getMessage().lines().findFirst().orElse("");
  }

  private List<Attempt> attempts(List<SweepSpots> sweeps) {
    IndexOptions given = options.indexing();
    List<Attempt> all = new ArrayList<>(List.of(new Attempt("as asked", given)));
    if (!options.fallbacks()) {
      return all;
    }
    double d = innerResolution(sweeps);
    if (given.dMin() == 0 && d > 0) {
      all.add(
          new Attempt(String.format(Locale.ROOT, "with the spots up to %.2f Å", d), given.dMin(d)));
    }
    if (given.unitCell().isPresent() && given.spaceGroup().isPresent()) {
      all.add(
          new Attempt("without the cell given", free(given).spaceGroup(given.spaceGroup().get())));
    }
    if (given.unitCell().isPresent() || given.spaceGroup().isPresent()) {
      all.add(new Attempt("in P 1, with nothing known", free(given)));
    }
    return all;
  }

  private static IndexOptions free(IndexOptions o) {
    IndexOptions f =
        IndexOptions.defaults()
            .maxCell(o.maxCell())
            .tolerance(o.tolerance())
            .maxLattices(o.maxLattices())
            .slips(o.slips())
            .beamSearch(o.beamSearch())
            .beamRange(o.beamRange())
            .dMin(o.dMin());
    return o.fixDistance().isPresent() ? f.fixDistance(o.fixDistance().get()) : f;
  }

  /** Up to where the inner part of the spots lies, or 0. */
  private static double innerResolution(List<SweepSpots> sweeps) {
    double[] length =
        sweeps.stream()
            .filter(s -> s.spots().has(ReflectionKeys.RLP))
            .flatMapToDouble(s -> lengths(s.spots().get(ReflectionKeys.RLP)))
            .sorted()
            .toArray();
    return length.length < MANY ? 0 : 1 / length[(int) (INNER * length.length)];
  }

  private static DoubleStream lengths(double[] rlp) {
    return IntStream.range(0, rlp.length / 3)
        .mapToDouble(i -> Math.sqrt(Arrays.stream(rlp, 3 * i, 3 * i + 3).map(x -> x * x).sum()));
  }
}
