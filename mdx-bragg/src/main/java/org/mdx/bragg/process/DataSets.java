package org.mdx.bragg.process;

import static java.util.Collections.emptyIterator;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.IntStream;
import org.mdx.bragg.internal.intensity.MedianCell;
import org.mdx.bragg.internal.intensity.SweepRows;
import org.mdx.bragg.merge.Merged;
import org.mdx.bragg.merge.Merger;
import org.mdx.bragg.scale.Scaled;
import org.mdx.bragg.scale.Scaler;
import org.mdx.bragg.scale.SweepScaling;
import org.mdx.bragg.symmetry.CosymOptions;
import org.mdx.crystal.SpaceGroup;
import org.mdx.geometry.Geometry;
import org.mdx.reflection.Reflections;

/**
 * Makes data sets of integrated sweeps: all of one cell, the clusters by intensity, the best
 * subset, and those of other cells.
 */
final class DataSets {
  /** Standard deviation of a normal distribution over its median absolute deviation. */
  private static final double NORMAL = 1.4826;

  /** Part of the completeness that the best subset must keep. */
  private static final double COMPLETE = 0.95;

  private final List<Geometry> geometries;
  private final Reflections reflections;
  private final ProcessOptions options;
  private final List<DataSet> made = new ArrayList<>();
  private final List<String> notes = new ArrayList<>();

  DataSets(List<Geometry> geometries, Reflections reflections, ProcessOptions options) {
    this.geometries = geometries;
    this.reflections = reflections;
    this.options = options;
  }

  /**
   * The data sets: the first is of all sweeps of the most frequent cell. Symmetry is looked for in
   * each cluster by itself: crystals of another kind lower the correlations of all operators.
   */
  List<DataSet> make() {
    Agreement found = agree(IntStream.range(0, geometries.size()).toArray(), options.symmetry());
    List<Agreement> clusters = eachByItself(found, clusters(found));
    Iterator<SpaceGroup> guesses = isOpen() ? found.guesses().iterator() : emptyIterator();
    while ((clusters.isEmpty() || clusters.get(0).isDoubtful()) && guesses.hasNext()) {
      List<Agreement> guessed = guessed(found, guesses.next());
      clusters = guessed.isEmpty() ? clusters : guessed;
    }
    if (isOpen() && !clusters.isEmpty() && clusters.get(0).isMixed()) {
      // the equivalents of its group tell kinds apart that were not seen without them
      List<Agreement> apart = guessed(found, clusters.get(0).spaceGroup());
      clusters = apart.isEmpty() ? clusters : apart;
    }
    Agreement most = found;
    if (!clusters.isEmpty() && clusters.get(0).saysMoreThan(found)) {
      most = agree(found.kept(), ofGroup(clusters.get(0)));
      notes.add("the Laue group of all sweeps is that of cluster_1, whose intensities agree");
    }
    Agreement one = most;
    DataSet from = merged("all", "all of the most frequent cell", most, range(most));
    add(from);
    List<DataSet> byIntensity = new ArrayList<>();
    for (Agreement c : clusters) {
      String name = "cluster_" + (byIntensity.size() + 1);
      DataSet set = merged(name, "intensities that agree", c, range(c));
      if (set != null) {
        one = byIntensity.isEmpty() ? c : one;
        from = byIntensity.isEmpty() ? set : from;
        byIntensity.add(set);
      }
    }
    add(from == null ? null : best(one, from));
    byIntensity.forEach(this::add);
    otherCells(found);
    return made;
  }

  private boolean isOpen() {
    return options.crystal().indexing().spaceGroup().isEmpty()
        && options.symmetry().symmetry().laueGroup() == null;
  }

  /** The symmetry of each cluster, or that of all where a cluster by itself does not tell. */
  private List<Agreement> eachByItself(Agreement found, List<int[]> clusters) {
    List<Agreement> out = new ArrayList<>();
    for (int[] sweeps : clusters) {
      Agreement c = agree(sweeps, options.symmetry());
      out.add(c.isDoubtful() && found.isSurerThan(c) ? agree(sweeps, ofGroup(found)) : c);
    }
    return out;
  }

  /**
   * Clusters by the intensities that a group makes equivalent, if the largest by itself has this
   * group. Narrow wedges share next to nothing but for equivalents.
   */
  private List<Agreement> guessed(Agreement found, SpaceGroup group) {
    Agreement all = agree(found.kept(), ofGroup(group));
    List<Agreement> out = eachByItself(all, clusters(all));
    boolean right =
        !out.isEmpty()
            && !out.get(0).isDoubtful()
            && out.get(0).isSurerThan(found)
            && out.get(0).laueGroup().equals(group.laueGroup());
    return right ? out : List.of();
  }

  private CosymOptions ofGroup(Agreement a) {
    return ofGroup(a.spaceGroup());
  }

  private CosymOptions ofGroup(SpaceGroup group) {
    return options.symmetry().symmetry(options.symmetry().symmetry().laueGroup(group));
  }

  /** What a user should know of sets that could not be made. */
  List<String> notes() {
    return notes;
  }

  private void add(DataSet set) {
    if (set != null) {
      made.add(set);
    }
  }

  private static int[] range(Agreement a) {
    return IntStream.range(0, a.kept().length).toArray();
  }

  private Agreement agree(int[] sweeps, CosymOptions symmetry) {
    Optional<SpaceGroup> known = options.crystal().indexing().spaceGroup();
    Agreement found =
        Agreement.of(
            Arrays.stream(sweeps).mapToObj(geometries::get).toList(),
            SweepRows.select(reflections, geometries.size(), sweeps),
            symmetry,
            known);
    int[] kept = Arrays.stream(found.kept()).map(k -> sweeps[k]).toArray();
    return new Agreement(
        kept,
        found.geometries(),
        found.reflections(),
        found.symmetry(),
        found.cosym(),
        found.notes());
  }

  /** Clusters of intensities, as many as are asked for; none if all agree. */
  private List<int[]> clusters(Agreement a) {
    if (a.cosym().isEmpty() || a.cosym().get().intensityClusters().size() < 2) {
      return List.of();
    }
    return a.cosym().get().intensityClusters().stream()
        .filter(c -> c.size() > 1)
        .limit(options.clusters())
        .map(c -> c.stream().mapToInt(Integer::intValue).toArray())
        .toList();
  }

  /** A data set of some sweeps, or null with a note. */
  private DataSet merged(String name, String what, Agreement a, int[] places) {
    Agreement some = places.length == a.kept().length ? a : a.select(places);
    try {
      Scaled scaled = Scaler.scale(some.geometries(), some.reflections(), options.scale());
      Merged merged = Merger.merge(some.geometries(), scaled.reflections(), options.merge());
      List<String> said = new ArrayList<>(some.notes());
      scaled.notes().forEach(n -> said.add("scale: " + n));
      merged.notes().forEach(n -> said.add("merge: " + n));
      return new DataSet(
          name,
          what,
          Arrays.stream(some.kept()).boxed().toList(),
          some.geometries(),
          some.reflections(),
          some.symmetry(),
          some.cosym(),
          scaled,
          merged,
          said);
    } catch (IllegalArgumentException e) {
      notes.add(name + ": not merged: " + e.getMessage());
      return null;
    }
  }

  /** The set without sweeps that lower CC½, or null if there is none. */
  private DataSet best(Agreement a, DataSet from) {
    DataSet now = from;
    int[] places = places(a, from);
    for (int round = 0; round < options.rounds() && options.deltaCcHalf() > 0; round++) {
      int[] good = withoutBad(now.scaled(), places);
      if (good.length == places.length || good.length < 2) {
        break;
      }
      DataSet next = merged("best", "", a, good);
      boolean better =
          next != null
              && next.merged().overall().ccHalf() >= now.merged().overall().ccHalf()
              && next.merged().overall().completeness()
                  >= COMPLETE * from.merged().overall().completeness();
      if (!better) {
        break;
      }
      now = next;
      places = good;
    }
    if (now == from) {
      return null;
    }
    String what =
        String.format(
            Locale.ROOT,
            "%s without the %d sweeps that lower CC½",
            from.name(),
            from.sweeps().size() - now.sweeps().size());
    return new DataSet(
        now.name(),
        what,
        now.sweeps(),
        now.geometries(),
        now.symmetrized(),
        now.symmetry(),
        now.cosym(),
        now.scaled(),
        now.merged(),
        now.notes());
  }

  private static int[] places(Agreement a, DataSet set) {
    return IntStream.range(0, a.kept().length)
        .filter(p -> set.sweeps().contains(a.kept()[p]))
        .toArray();
  }

  private int[] withoutBad(Scaled scaled, int[] places) {
    double[] delta = scaled.sweeps().stream().mapToDouble(SweepScaling::deltaCcHalf).toArray();
    double[] known = Arrays.stream(delta).filter(Double::isFinite).toArray();
    if (known.length < 3) {
      return places;
    }
    double median = MedianCell.median(known);
    double spread =
        NORMAL * MedianCell.median(Arrays.stream(known).map(d -> Math.abs(d - median)).toArray());
    double limit = Math.min(0, median - options.deltaCcHalf() * spread);
    return IntStream.range(0, places.length)
        .filter(i -> !(delta[i] < limit))
        .map(i -> places[i])
        .toArray();
  }

  private void otherCells(Agreement most) {
    if (most.cosym().isEmpty()) {
      return;
    }
    List<List<Integer>> cells = most.cosym().get().cellClusters();
    int number = 1;
    for (List<Integer> c : cells.subList(1, Math.min(cells.size(), options.clusters() + 1))) {
      number++;
      if (c.size() > 1) {
        Agreement other =
            agree(c.stream().mapToInt(Integer::intValue).toArray(), options.symmetry());
        add(merged("cell_" + number, "another cell", other, range(other)));
      }
    }
  }
}
