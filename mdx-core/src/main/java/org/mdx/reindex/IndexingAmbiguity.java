package org.mdx.reindex;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import org.mdx.crystal.SpaceGroup;
import org.mdx.crystal.UnitCell;
import org.mdx.parallel.Parallel;
import org.mdx.table.HKLTable;

/**
 * The ways in which crystals of a space group on a lattice can be indexed, and which of them makes
 * several sweeps agree:
 *
 * <pre>{@code
 * IndexingAmbiguity ambiguity = IndexingAmbiguity.of(cell, spaceGroup, ReindexOptions.defaults());
 * List<SweepSignal> signals = ...            // ambiguity.signal(name, corrected) of each sweep
 * Reindexing found = ambiguity.resolve(signals, Parallel.available());
 * HKLTable agreeing = found.apply(1, corrected, Parallel.available());
 * }</pre>
 *
 * <p>Tables need not be kept while others are read. Immutable.
 */
public final class IndexingAmbiguity {
  private final UnitCell cell;
  private final SpaceGroup group;
  private final ReindexOptions options;
  private final Indexings indexings;

  private IndexingAmbiguity(
      UnitCell cell, SpaceGroup group, ReindexOptions options, Indexings indexings) {
    this.cell = cell;
    this.group = group;
    this.options = options;
    this.indexings = indexings;
  }

  /**
   * The candidates for a crystal.
   *
   * @param cell its unit cell
   * @param group its space group
   * @param options tolerance of the lattice's symmetry and how to decide
   * @return the ambiguity, which can be none
   * @throws IllegalArgumentException if the cell does not have the symmetry of the group
   */
  public static IndexingAmbiguity of(UnitCell cell, SpaceGroup group, ReindexOptions options) {
    return new IndexingAmbiguity(
        cell, group, options, new Indexings(cell, group, options.tolerance()));
  }

  /**
   * The candidates.
   *
   * @return the identity first; no more if indexing is not ambiguous
   */
  public List<Candidate> candidates() {
    return List.copyOf(indexings.candidates());
  }

  /**
   * What a sweep is compared by.
   *
   * @param name of the sweep, for the report
   * @param table its corrected intensities in the asymmetric unit: columns {@code intensity
   *     intensity_error op}
   * @return one value a voxel; the table is not kept
   * @throws IllegalArgumentException if a column is missing or the subdivision does not fit the
   *     Laue group
   */
  public SweepSignal signal(String name, HKLTable table) {
    return new SweepSignal(
        name,
        SignalBuilder.values(table, group, indexings.core(), cell.reciprocal()),
        table.rows(),
        SymmetryAgreement.of(table, cell, group));
  }

  /**
   * Chooses a candidate for each sweep.
   *
   * @param signals one for each sweep, at least one, of the same subdivision
   * @param parallel threads; the result does not depend on them
   * @return the choice and what it rests on
   * @throws IllegalArgumentException if there is no sweep, the reference is none of them, or the
   *     subdivisions differ
   */
  public Reindexing resolve(List<SweepSignal> signals, Parallel parallel) {
    requireComparable(signals);
    PairTable pairs = PairTable.of(indexings, signals, options.minCommon(), parallel);
    int[] choice = Assignment.best(pairs, options.reference());
    int[] island = Assignment.islands(pairs, options.reference());
    List<PairCorrelation> correlations = new ArrayList<>();
    for (int i = 0; i < choice.length; i++) {
      for (int j = i + 1; j < choice.length; j++) {
        correlations.add(pair(pairs, i, j, choice));
      }
    }
    return new Reindexing(
        group,
        candidates(),
        options.reference(),
        sweeps(signals, choice, island, parallel),
        correlations,
        SymmetryAgreement.doubts(signals.stream().map(SweepSignal::symmetry).toList()));
  }

  private void requireComparable(List<SweepSignal> signals) {
    if (signals.isEmpty() || options.reference() >= signals.size()) {
      throw new IllegalArgumentException(
          "reference sweep "
              + options.reference()
              + " of "
              + signals.size()
              + " sweeps; they count from 0");
    }
    for (SweepSignal s : signals) {
      if (!s.values().ndiv().equals(signals.get(0).values().ndiv())) {
        throw new IllegalArgumentException(
            "sweeps subdivided "
                + signals.get(0).values().ndiv()
                + " and "
                + s.values().ndiv()
                + " have no voxels in common");
      }
    }
  }

  /** Of all candidates of the second sweep, the first being as it was chosen. */
  private PairCorrelation pair(PairTable pairs, int i, int j, int[] choice) {
    int n = indexings.candidates().size();
    List<Double> r = new ArrayList<>();
    int common = 0;
    for (int c = 0; c < n; c++) {
      r.add(pairs.correlation(j, c, i, choice[i]));
      common = Math.max(common, pairs.common(j, c, i, choice[i]));
    }
    return new PairCorrelation(i, j, common, r);
  }

  private List<SweepIndexing> sweeps(
      List<SweepSignal> signals, int[] choice, int[] island, Parallel parallel) {
    int n = signals.size();
    VoxelValues.Sum[] all = new VoxelValues.Sum[n];
    VoxelValues[] aligned = new VoxelValues[n];
    parallel.forEach(n, i -> aligned[i] = turned(signals.get(i), choice[i]));
    for (int head : new HashSet<>(Arrays.stream(island).boxed().toList())) {
      all[head] = new VoxelValues.Sum(signals.get(0).values().ndiv());
      for (int i = 0; i < n; i++) {
        if (island[i] == head) {
          all[head].add(aligned[i]);
        }
      }
    }
    SweepIndexing[] out = new SweepIndexing[n];
    parallel.forEach(
        n,
        i -> {
          VoxelValues rest = all[island[i]].without(aligned[i]);
          out[i] = check(signals.get(i), choice[i], island[i], rest);
        });
    return List.of(out);
  }

  /** The values of a sweep taken through a candidate, equivalent voxels averaged. */
  private VoxelValues turned(SweepSignal signal, int candidate) {
    return candidate == 0 && indexings.core() == group
        ? signal.values()
        : signal.values().turned(indexings.candidates().get(candidate).operator(), group);
  }

  /** Compares a sweep with all others that it is linked with, as they were chosen. */
  private SweepIndexing check(SweepSignal signal, int choice, int head, VoxelValues rest) {
    int n = indexings.candidates().size();
    byte[] blocks = rest.blocks();
    BlockCorrelation[] c = new BlockCorrelation[n];
    List<Double> r = new ArrayList<>();
    int rival = -1;
    for (int t = 0; t < n; t++) {
      c[t] = turned(signal, t).with(rest, blocks);
      r.add(c[t].value());
      if (t != choice && (rival < 0 || c[t].value() > r.get(rival))) {
        rival = t;
      }
    }
    double margin = rival < 0 ? Double.NaN : r.get(choice) - r.get(rival);
    double error = rival < 0 ? Double.NaN : c[choice].error(c[rival]);
    return new SweepIndexing(
        signal.name(),
        choice,
        signal.voxels(),
        c[choice].count(),
        r,
        c[choice].error(null),
        margin,
        error,
        warning(c[choice], margin, error, head, rival));
  }

  private String warning(
      BlockCorrelation chosen, double margin, double error, int head, int rival) {
    if (chosen.count() < options.minCommon()) {
      return "shares "
          + chosen.count()
          + " voxels with the others, fewer than "
          + options.minCommon()
          + ": left as it was";
    }
    if (head != options.reference()) {
      return "linked with sweep "
          + head
          + " but not with the reference, sweep "
          + options.reference()
          + ": consistent with the former only";
    }
    if (rival >= 0 && !(margin > 0)) {
      return "the others prefer " + indexings.candidates().get(rival).operator();
    }
    if (rival >= 0 && !(margin >= options.significance() * error)) {
      return String.format(
          Locale.ROOT,
          "the choice is not significant: margin %.3f, standard error %.3f; record more",
          margin,
          error);
    }
    return "";
  }

  @Override
  public String toString() {
    return "IndexingAmbiguity[" + cell + ", " + group + ", " + indexings.candidates() + "]";
  }
}
