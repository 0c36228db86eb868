package org.mdx.bragg.symmetry;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.IntStream;
import org.mdx.bragg.internal.intensity.MedianCell;
import org.mdx.bragg.internal.intensity.SweepRows;
import org.mdx.crystal.ChangeOfBasis;
import org.mdx.crystal.Crystal;
import org.mdx.crystal.UnitCell;
import org.mdx.geometry.Geometry;
import org.mdx.reflection.Reflections;

/**
 * Brings many sweeps of one kind of crystal into the same axes, then finds their symmetry. Sweeps
 * whose cells are different are left out and named.
 */
public final class Cosym {
  /** Sweeps beyond this are not compared pair by pair for the clusters of intensities. */
  private static final int MOST_PAIRS = 2000;

  /** Part of the pairs that must have reflections in common for clusters by pairs. */
  private static final double COMPARED = 0.5;

  /** Part of the expected correlation below which sweeps are different. */
  private static final double DIFFERENT = 0.5;

  /** Difference of correlations below which another indexing is nearly as good. */
  private static final double CLOSE = 0.15;

  /** Sweeps that a note names. */
  private static final int MOST_NAMED = 10;

  private final List<Geometry> geometries;
  private final Reflections reflections;
  private final CosymOptions options;

  private Cosym(List<Geometry> geometries, Reflections reflections, CosymOptions options) {
    this.geometries = geometries;
    this.reflections = reflections;
    this.options = options;
  }

  /**
   * Finds operators and symmetry.
   *
   * @param geometries one for each id, with crystals
   * @param reflections integrated, of all of them
   * @param options how to look
   * @return sweeps in agreement
   * @throws IllegalArgumentException if a column or a crystal is missing
   * @throws org.mdx.table.EmptyResultException if no intensity can be used, or all are noise
   */
  public static FoundCosym find(
      List<Geometry> geometries, Reflections reflections, CosymOptions options) {
    return new Cosym(geometries, reflections, options).run();
  }

  private FoundCosym run() {
    List<ChangeOfBasis> reduced = new ArrayList<>();
    List<UnitCell> cells = new ArrayList<>();
    reduce(reduced, cells);
    List<List<Integer>> clusters = CellClusters.of(cells, options.cells());
    int[] kept = clusters.get(0).stream().mapToInt(Integer::intValue).toArray();
    List<Geometry> keptGeometries = Arrays.stream(kept).mapToObj(geometries::get).toList();
    Reflections keptReflections = SweepRows.select(reflections, geometries.size(), kept);
    UnitCell cell = MedianCell.of(Arrays.stream(kept).mapToObj(cells::get).toList());
    LatticeOperators lattice = new LatticeOperators(cell, options.symmetry().latticeTolerance());
    ChangeOfBasis[] before =
        Arrays.stream(kept).mapToObj(reduced::get).toArray(ChangeOfBasis[]::new);
    PreparedSweeps data =
        PreparedSweeps.of(keptGeometries, keptReflections, before, cell, options.symmetry());
    List<MergedSquares> sweeps = data.bySweep();
    OperatorChoice choice =
        new OperatorChoice(sweeps, lattice, options.minCommon(), options.seeds());
    int[] chosen = choice.find();
    toFirst(chosen, lattice);
    ChangeOfBasis[] changes = changes(before, chosen, lattice);
    // the operators once more without those that the symmetry makes equivalent to none
    FoundSymmetry draft = symmetry(keptGeometries, keptReflections, changes, cell, lattice);
    List<ChangeOfBasis> group = group(draft, changes[0]);
    for (int i = 0; i < chosen.length; i++) {
      chosen[i] = plainest(chosen[i], lattice, group);
    }
    changes = changes(before, chosen, lattice);
    FoundSymmetry found = symmetry(keptGeometries, keptReflections, changes, cell, lattice);
    List<int[]> equivalents =
        group(found, changes[0]).stream()
            .map(g -> Arrays.copyOf(g.indexMatrix(1, 1, 1), 9))
            .toList();
    PreparedSweeps agreed =
        PreparedSweeps.of(keptGeometries, keptReflections, changes, cell, options.symmetry());
    OperatorChoice unique =
        new OperatorChoice(
            agreed.bySweep(equivalents), lattice, equivalents, options.minCommon(), 2);
    double cut = DIFFERENT * agreed.expectedOfStrong();
    return result(found, kept, clusters, unique, chosen, lattice, changes, cut);
  }

  private void reduce(List<ChangeOfBasis> reduced, List<UnitCell> cells) {
    Crystal first = null;
    for (int i = 0; i < geometries.size(); i++) {
      int number = i;
      Crystal c =
          geometries
              .get(i)
              .crystal()
              .orElseThrow(
                  () ->
                      new IllegalArgumentException(
                          "experiment " + number + " has no crystal; run mdx index"));
      first = first == null ? c : first;
      boolean alike =
          c.spaceGroup().equals(first.spaceGroup())
              && options.cells().admits(c.cell(), first.cell());
      ChangeOfBasis change = PreparedSweeps.toReduced(alike ? first : c);
      reduced.add(change);
      cells.add(PreparedSweeps.cell(c, change));
    }
    if (first == null) {
      throw new IllegalArgumentException("no sweep to work on");
    }
  }

  private FoundSymmetry symmetry(
      List<Geometry> some,
      Reflections rows,
      ChangeOfBasis[] changes,
      UnitCell cell,
      LatticeOperators lattice) {
    PreparedSweeps data = PreparedSweeps.of(some, rows, changes, cell, options.symmetry());
    return SymmetryFinder.find(some, rows, changes, data, lattice, options.symmetry());
  }

  /** Turns all so that the first sweep keeps its axes. */
  private static void toFirst(int[] chosen, LatticeOperators lattice) {
    // M'_i = M_i·M_0⁻¹, and relative(a, b) is M_a⁻¹·M_b
    int back = lattice.inverse(chosen[0]);
    for (int i = 0; i < chosen.length; i++) {
      chosen[i] = lattice.relative(lattice.inverse(chosen[i]), back);
    }
  }

  private static ChangeOfBasis[] changes(
      ChangeOfBasis[] before, int[] chosen, LatticeOperators lattice) {
    ChangeOfBasis[] out = new ChangeOfBasis[before.length];
    for (int i = 0; i < out.length; i++) {
      out[i] = lattice.operator(chosen[i]).times(before[i]);
    }
    return out;
  }

  /** The operators of the group that was found, in reduced axes. */
  private static List<ChangeOfBasis> group(FoundSymmetry found, ChangeOfBasis reduced) {
    ChangeOfBasis to = found.laueGroup().change().times(reduced.inverse());
    ChangeOfBasis back = to.inverse();
    List<ChangeOfBasis> out = new ArrayList<>(List.of(ChangeOfBasis.IDENTITY));
    for (OperatorScore o : found.operators()) {
      if (o.present()) {
        ChangeOfBasis g = back.times(o.operator()).times(to);
        out.add(g);
        out.add(g.inverse());
      }
    }
    return out;
  }

  /** Of equivalent operators the first in the order of the lattice, the identity before all. */
  private static int plainest(int chosen, LatticeOperators lattice, List<ChangeOfBasis> group) {
    for (int o = 0; o < lattice.size(); o++) {
      ChangeOfBasis between = lattice.operator(o).times(lattice.operator(chosen).inverse());
      if (group.contains(between)) {
        return o;
      }
    }
    return chosen;
  }

  private FoundCosym result(
      FoundSymmetry found,
      int[] kept,
      List<List<Integer>> clusters,
      OperatorChoice agreed,
      int[] chosen,
      LatticeOperators lattice,
      ChangeOfBasis[] changes,
      double cut) {
    List<ChangeOfBasis> group = group(found, changes[0]);
    double[][] cc = agreed.correlations();
    double[] own = new double[kept.length];
    double[] margins = new double[kept.length];
    for (int i = 0; i < kept.length; i++) {
      own[i] = cc[i][0];
      double next = Double.NaN;
      for (int o = 0; o < lattice.size(); o++) {
        if (!group.contains(lattice.operator(o)) && !(cc[i][o] <= next)) {
          next = Double.isNaN(cc[i][o]) ? next : cc[i][o];
        }
      }
      margins[i] = own[i] - next;
    }
    ChangeOfBasis to = found.laueGroup().change().times(changes[0].inverse());
    List<ChangeOfBasis> operators =
        Arrays.stream(chosen)
            .mapToObj(o -> to.times(lattice.operator(o)).times(to.inverse()))
            .toList();
    double[][] pairs = kept.length <= MOST_PAIRS ? agreed.pairs() : new double[0][];
    boolean known = pairs.length > 0 && CellClusters.knownPart(pairs) > COMPARED;
    List<List<Integer>> byIntensity =
        (known ? CellClusters.ofCorrelations(pairs, cut) : CellClusters.ofMean(own, cut))
            .stream().map(c -> c.stream().map(i -> kept[i]).toList()).toList();
    int kinds = (int) byIntensity.stream().filter(c -> c.size() > 1).count();
    return new FoundCosym(
        withNotes(found, kept, clusters, new Agreements(own, margins), known, kinds),
        kept,
        operators,
        margins,
        clusters,
        byIntensity,
        own);
  }

  /** Correlations of sweeps with the others, and how much better they are than the next best. */
  private record Agreements(double[] own, double[] margins) {}

  /** Sweeps that agree with the others nearly as well when they are indexed otherwise. */
  private static Optional<String> ambiguous(int[] kept, double[] margins) {
    int[] close =
        IntStream.range(0, kept.length).filter(i -> margins[i] < CLOSE).map(i -> kept[i]).toArray();
    if (close.length == 0) {
      return Optional.empty();
    }
    int[] some = Arrays.copyOf(close, Math.min(MOST_NAMED, close.length));
    return Optional.of(
        String.format(
            Locale.ROOT,
            "%d of %d sweeps agree nearly as well with the others when they are indexed otherwise,"
                + " by less than %.2f of the correlation: %s%s; their indices may be wrong",
            close.length,
            kept.length,
            CLOSE,
            Arrays.toString(some),
            close.length > some.length ? " and more" : ""));
  }

  private FoundSymmetry withNotes(
      FoundSymmetry f,
      int[] kept,
      List<List<Integer>> clusters,
      Agreements agreements,
      boolean comparedByPairs,
      int kinds) {
    List<String> notes = new ArrayList<>(f.notes());
    if (kinds > 1) {
      notes.add(
          "the intensities are of "
              + kinds
              + " kinds, which lowers the correlation of every operator: find the symmetry of one"
              + " cluster by itself");
    }
    for (List<Integer> other : clusters.subList(1, clusters.size())) {
      notes.add(
          "sweeps "
              + other
              + " are left out, their cell is different: "
              + geometries.get(other.get(0)).crystal().orElseThrow().cell());
    }
    if (!comparedByPairs && kept.length > 1) {
      notes.add(
          "few pairs of sweeps share reflections: clusters of intensities tell which sweeps agree"
              + " with the mean of the others");
    }
    double[] own = agreements.own;
    ambiguous(kept, agreements.margins).ifPresent(notes::add);
    double usual = MedianCell.median(Arrays.stream(own).filter(Double::isFinite).toArray());
    for (int i = 0; i < own.length; i++) {
      if (own[i] < DIFFERENT * usual) {
        notes.add(
            String.format(
                Locale.ROOT,
                "sweep %d correlates with the others by %.2f only, %.2f is usual: another crystal,"
                    + " or a bad sweep",
                kept[i],
                own[i],
                usual));
      } else if (own.length > 1 && Double.isNaN(own[i])) {
        notes.add("sweep " + kept[i] + " has too little in common with the others to be compared");
      }
    }
    return new FoundSymmetry(
        f.geometries(),
        f.reflections(),
        f.spaceGroup(),
        f.operators(),
        f.laueGroups(),
        f.twins(),
        f.extinctions(),
        f.resolution(),
        f.expectedCc(),
        notes);
  }
}
