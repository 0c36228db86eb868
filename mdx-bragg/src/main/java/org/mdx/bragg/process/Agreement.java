package org.mdx.bragg.process;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.mdx.bragg.internal.intensity.SweepRows;
import org.mdx.bragg.symmetry.Cosym;
import org.mdx.bragg.symmetry.CosymOptions;
import org.mdx.bragg.symmetry.FoundCosym;
import org.mdx.bragg.symmetry.FoundSymmetry;
import org.mdx.bragg.symmetry.SubgroupScore;
import org.mdx.bragg.symmetry.SymmetryFinder;
import org.mdx.crystal.ChangeOfBasis;
import org.mdx.crystal.Crystal;
import org.mdx.crystal.LaueGroup;
import org.mdx.crystal.SpaceGroup;
import org.mdx.geometry.Geometry;
import org.mdx.reflection.Reflections;

/**
 * Sweeps in the same axes, with one space group.
 *
 * @param kept which of those that were given; the cells of the others are different
 * @param geometries of these
 * @param reflections of these
 * @param symmetry evidence; empty if there is none
 * @param cosym operators and clusters; empty for one sweep
 * @param notes what a user should know
 */
record Agreement(
    int[] kept,
    List<Geometry> geometries,
    Reflections reflections,
    Optional<FoundSymmetry> symmetry,
    Optional<FoundCosym> cosym,
    List<String> notes) {

  /** Laue groups that are less likely are not taken. */
  private static final double DOUBTFUL = 0.5;

  /** How much more the operators of a group must correlate than the others for a guess. */
  private static final double GUESS = 0.2;

  private static final int GUESSES = 3;

  /** Finds it. Without evidence for a group the sweeps stay as they were indexed, in P 1. */
  static Agreement of(
      List<Geometry> geometries,
      Reflections reflections,
      CosymOptions options,
      Optional<SpaceGroup> known) {
    CosymOptions o =
        known.isPresent() ? options.symmetry(options.symmetry().laueGroup(known.get())) : options;
    List<String> notes = new ArrayList<>();
    try {
      Optional<FoundCosym> cosym =
          geometries.size() == 1
              ? Optional.empty()
              : Optional.of(Cosym.find(geometries, reflections, o));
      FoundSymmetry s =
          cosym.isPresent()
              ? cosym.get().symmetry()
              : SymmetryFinder.find(geometries, reflections, o.symmetry());
      s.notes().forEach(n -> notes.add("symmetry: " + n));
      int[] kept = cosym.isPresent() ? cosym.get().kept() : new int[] {0};
      if (known.isEmpty() && s.laueGroup().likelihood() < DOUBTFUL) {
        notes.add(
            String.format(
                java.util.Locale.ROOT,
                "symmetry: the Laue group %s has a probability of %.2f only; other groups are in the"
                    + " table",
                s.laueGroup().group().laueGroup().symbol(),
                s.laueGroup().likelihood()));
      }
      List<Geometry> named = s.geometries();
      if (known.isPresent() && !s.spaceGroup().equals(known.get())) {
        if (s.extinctions().isEmpty() || !s.extinctions().get(0).groups().contains(known.get())) {
          notes.add(
              "symmetry: the absences suggest "
                  + s.spaceGroup()
                  + ", "
                  + known.get()
                  + " was given");
        }
        named = in(known.get(), named);
      }
      return new Agreement(kept, named, s.reflections(), Optional.of(s), cosym, notes);
    } catch (IllegalArgumentException e) {
      SpaceGroup group = known.orElseGet(() -> SpaceGroup.ofNumber(1));
      notes.add(
          "symmetry: not found (" + e.getMessage() + "); as indexed, in " + group.hermannMauguin());
      int[] all = IntStream.range(0, geometries.size()).toArray();
      return new Agreement(
          all,
          known.isPresent() ? geometries : in(group, geometries),
          reflections,
          Optional.empty(),
          Optional.empty(),
          notes);
    }
  }

  private static List<Geometry> in(SpaceGroup group, List<Geometry> geometries) {
    List<Geometry> out = new ArrayList<>();
    for (Geometry g : geometries) {
      Crystal c = g.crystal().orElseThrow();
      out.add(g.withCrystal(c.reindexed(ChangeOfBasis.IDENTITY, group)));
    }
    return out;
  }

  /** Whether the Laue group that was found is less likely than all others together. */
  boolean isDoubtful() {
    return symmetry.isEmpty() || symmetry.get().laueGroup().likelihood() < DOUBTFUL;
  }

  /** Whether a group was found whose equivalents show several kinds of intensities. */
  boolean isMixed() {
    return !isDoubtful() && cosym.isPresent() && cosym.get().intensityClusters().size() > 1;
  }

  /** The space group of the sweeps. */
  SpaceGroup spaceGroup() {
    return geometries.get(0).crystal().orElseThrow().spaceGroup();
  }

  /** Its Laue group. */
  LaueGroup laueGroup() {
    return spaceGroup().laueGroup();
  }

  /**
   * Groups worth a trial where the Laue group of several sweeps is doubtful: those whose operators
   * correlate by more than the others, which crystals of another kind do not change. Those with
   * most operators come first: clusters by a part of them may look right, too.
   */
  List<SpaceGroup> guesses() {
    if (cosym.isEmpty() || !isDoubtful()) {
      return List.of();
    }
    return symmetry.get().laueGroups().stream()
        .filter(g -> g.ccFor() - g.ccAgainst() > GUESS)
        .sorted(
            Comparator.comparingInt((SubgroupScore g) -> -g.group().operators().size())
                .thenComparingDouble(g -> g.ccAgainst() - g.ccFor()))
        .limit(GUESSES)
        .map(SubgroupScore::group)
        .toList();
  }

  /** Whether there is more evidence for this Laue group than for the different one of another. */
  boolean isSurerThan(Agreement other) {
    if (symmetry.isEmpty() || other.symmetry.isEmpty()) {
      return symmetry.isPresent();
    }
    SubgroupScore mine = symmetry.get().laueGroup();
    SubgroupScore its = other.symmetry.get().laueGroup();
    return !mine.group().laueGroup().equals(its.group().laueGroup())
        && mine.likelihood() > its.likelihood();
  }

  /**
   * Whether the Laue group of some of the sweeps, whose intensities agree, says more than that of
   * all of them: kinds that are mixed lose operators, however sure the others are.
   */
  boolean saysMoreThan(Agreement all) {
    return isSurerThan(all)
        || all.isMixed() && !isDoubtful() && laueGroup().order() > all.laueGroup().order();
  }

  /** Some of the sweeps, by their places here. */
  Agreement select(int... places) {
    return new Agreement(
        Arrays.stream(places).map(p -> kept[p]).toArray(),
        Arrays.stream(places).mapToObj(geometries::get).toList(),
        SweepRows.select(reflections, geometries.size(), places),
        symmetry,
        cosym,
        notes);
  }
}
