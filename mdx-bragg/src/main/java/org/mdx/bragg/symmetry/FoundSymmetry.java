package org.mdx.bragg.symmetry;

import java.util.List;
import java.util.Locale;
import org.mdx.bragg.twin.TwinAnalysis;
import org.mdx.crystal.SpaceGroup;
import org.mdx.geometry.Geometry;
import org.mdx.reflection.Reflections;

/**
 * The symmetry that was found, and the sweeps in its axes.
 *
 * @param geometries with crystals in the axes of the space group
 * @param reflections with indices in these axes
 * @param spaceGroup the most probable one, of several with the same absences the first
 * @param operators scores of the rotations of the lattice
 * @param laueGroups groups that the lattice could have, the most likely first
 * @param twins whether the intensities, merged over the Laue group, are those of a twin; its notes
 *     are among the notes
 * @param extinctions space groups by absences, the most probable first
 * @param resolution what was used, Å
 * @param expectedCc correlation that errors leave between equivalents
 * @param notes what people should know
 */
public record FoundSymmetry(
    List<Geometry> geometries,
    Reflections reflections,
    SpaceGroup spaceGroup,
    List<OperatorScore> operators,
    List<SubgroupScore> laueGroups,
    TwinAnalysis twins,
    List<ExtinctionScore> extinctions,
    double resolution,
    double expectedCc,
    List<String> notes) {

  public FoundSymmetry {
    geometries = List.copyOf(geometries);
    operators = List.copyOf(operators);
    laueGroups = List.copyOf(laueGroups);
    extinctions = List.copyOf(extinctions);
    notes = List.copyOf(notes);
  }

  /**
   * The Laue group that was taken.
   *
   * @return the first of {@link #laueGroups}
   */
  public SubgroupScore laueGroup() {
    return laueGroups.get(0);
  }

  /**
   * The space groups that the absences leave.
   *
   * @return the first of {@link #extinctions}
   */
  public ExtinctionScore extinction() {
    return extinctions.get(0);
  }

  /**
   * Tables for people.
   *
   * @return lines
   */
  public String table() {
    StringBuilder b = new StringBuilder();
    add(b, "correlations to %.2f Å; %.3f is expected of equivalents%n", resolution, expectedCc);
    add(b, "operator             order   pairs      cc   probability%n");
    for (OperatorScore o : operators) {
      add(
          b,
          "%-20s %5d %7d %7.3f %13.3f %s%n",
          o.operator().hkl(),
          o.order(),
          o.pairs(),
          o.cc(),
          o.likelihood(),
          o.present() ? "*" : "");
    }
    add(b, "Laue group  lattice group        probability  cc for  cc against  delta  cell%n");
    for (SubgroupScore s : laueGroups.subList(0, Math.min(12, laueGroups.size()))) {
      add(
          b,
          "%-11s %-20s %11.3f %7.3f %11.3f %6.3f  %s%n",
          s.group().laueGroup(),
          s.group().hermannMauguin(),
          s.likelihood(),
          s.ccFor(),
          s.ccAgainst(),
          s.delta(),
          s.cell());
    }
    add(b, "space groups                              probability  absent  their I/σ%n");
    for (ExtinctionScore e : extinctions.subList(0, Math.min(8, extinctions.size()))) {
      add(
          b,
          "%-41s %11.3f %7d %10.2f%n",
          names(e.groups()),
          e.probability(),
          e.absent(),
          e.absentIOverSigma());
    }
    b.append(twins.lines());
    notes.forEach(n -> b.append(n).append(System.lineSeparator()));
    // lines that programs look for in logs of DIALS
    add(b, "Best solution: %s%n", laueGroup().pattersonGroup().hermannMauguin());
    add(b, "Laue group probability: %.3f%n", laueGroup().likelihood());
    add(b, "space group %s%n", names(extinction().groups()));
    return b.toString();
  }

  private static void add(StringBuilder b, String pattern, Object... values) {
    b.append(String.format(Locale.ROOT, pattern, values));
  }

  /** Symbols, at most five of them. */
  private static String names(List<SpaceGroup> groups) {
    StringBuilder b = new StringBuilder();
    for (int i = 0; i < Math.min(5, groups.size()); i++) {
      b.append(i == 0 ? "" : ", ").append(groups.get(i).hermannMauguin());
    }
    return groups.size() > 5 ? b + " and " + (groups.size() - 5) + " more" : b.toString();
  }

  @Override
  public String toString() {
    return String.format(
        Locale.ROOT,
        "FoundSymmetry[%s, Laue group %.3f, absences %.3f]",
        spaceGroup,
        laueGroup().likelihood(),
        extinction().probability());
  }
}
