package org.mdx.bragg;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import org.mdx.crystal.CellTolerance;
import org.mdx.crystal.CrystalSystem;
import org.mdx.crystal.SpaceGroup;

/**
 * The Laue group and centring that were chosen for crystals of unknown symmetry, and how sure they
 * are. Which axes are screw axes is not decided: diffuse scattering is merged by the Laue group.
 *
 * <p>Too high a symmetry spoils a map, too low a one makes it noisier. So the largest group is
 * taken all of whose symmetry is there with a probability of 0.9: that of the groups together that
 * contain it.
 */
public final class LaueChoice {
  private static final double SURE = 0.9;

  /** Probability of more symmetry than was chosen that people should know of. */
  private static final double LIKELY = 0.5;

  /** How far cells of the same kind of crystal may differ between sweeps. */
  private static final CellTolerance SAME = CellTolerance.defaults();

  private final List<LaueCandidate> candidates;
  private final double[] probabilities;
  private final int chosen;

  private LaueChoice(List<LaueCandidate> candidates, double[] probabilities, int chosen) {
    this.candidates = List.copyOf(candidates);
    this.probabilities = probabilities;
    this.chosen = chosen;
  }

  /**
   * Chooses from the evidence of sweeps that were indexed apart.
   *
   * @param sweeps what the lattice of each allows, the one that decides on the axes first
   */
  static LaueChoice of(List<List<LaueCandidate>> sweeps) {
    List<LaueCandidate> joint = new ArrayList<>();
    for (LaueCandidate c : sweeps.get(0)) {
      double sum = c.logOdds();
      boolean everywhere = true;
      for (List<LaueCandidate> other : sweeps.subList(1, sweeps.size())) {
        LaueCandidate mate = mate(c, other);
        everywhere &= mate != null;
        sum += mate == null ? 0 : mate.logOdds();
      }
      if (everywhere) {
        joint.add(c.withLogOdds(sum));
      }
    }
    double most = joint.stream().mapToDouble(LaueCandidate::logOdds).max().orElse(0);
    double[] p = new double[joint.size()];
    double all = 0;
    for (int i = 0; i < p.length; i++) {
      p[i] = Math.exp(joint.get(i).logOdds() - most);
      all += p[i];
    }
    for (int i = 0; i < p.length; i++) {
      p[i] /= all;
    }
    return new LaueChoice(joint, p, best(joint, p));
  }

  private static int best(List<LaueCandidate> all, double[] p) {
    int best = -1;
    for (int i = 0; i < p.length; i++) {
      if (confidence(all, p, i) >= SURE && (best < 0 || better(all, p, i, best))) {
        best = i;
      }
    }
    return best; // that without symmetry is in all of them, with a confidence of 1
  }

  private static boolean better(List<LaueCandidate> all, double[] p, int i, int than) {
    int more = all.get(i).operators().size() - all.get(than).operators().size();
    return more > 0 || more == 0 && p[i] > p[than];
  }

  private static double confidence(List<LaueCandidate> all, double[] p, int i) {
    double sum = 0;
    for (int j = 0; j < p.length; j++) {
      sum += all.get(j).contains(all.get(i)) ? p[j] : 0;
    }
    return sum;
  }

  /** The candidate of another sweep that is the same group and cell, or null. */
  static LaueCandidate mate(LaueCandidate c, List<LaueCandidate> others) {
    return others.stream()
        .filter(o -> o.group().equals(c.group()) && isLike(c, o))
        .max(Comparator.comparingDouble(LaueCandidate::logOdds))
        .orElse(null);
  }

  /** Cells of little symmetry may be chosen in several ways; their volume is the same. */
  private static boolean isLike(LaueCandidate one, LaueCandidate other) {
    CrystalSystem system = one.group().crystalSystem();
    boolean free = system == CrystalSystem.TRICLINIC || system == CrystalSystem.MONOCLINIC;
    double volume = one.cell().volume() / other.cell().volume();
    return SAME.admits(one.cell(), other.cell())
        || free && Math.abs(volume - 1) < 3 * SAME.length();
  }

  LaueCandidate candidate() {
    return candidates.get(chosen);
  }

  /**
   * The group that was chosen.
   *
   * @return the lowest space group with its Laue group and centring, such as I 2 3
   */
  public SpaceGroup group() {
    return candidate().group();
  }

  /**
   * How sure it is that the crystal has all of this symmetry, or more.
   *
   * @return 0.9 to 1
   */
  public double confidence() {
    return confidence(candidates, probabilities, chosen);
  }

  /**
   * Probability of exactly this Laue group.
   *
   * @return 0 to 1
   */
  public double probability() {
    return probabilities[chosen];
  }

  /**
   * Whether another group is more likely than the one that was chosen, or more symmetry likelier
   * than not, but not sure enough.
   *
   * @return true if a look at the table is worth while
   */
  public boolean isDoubtful() {
    if (confidence() - probability() > LIKELY) {
      return true;
    }
    for (double p : probabilities) {
      if (p > probabilities[chosen]) {
        return true;
      }
    }
    return false;
  }

  /**
   * What was compared, most likely first, a line each.
   *
   * @return probability, Laue group, group, misfit of the cell, least correlation, cell
   */
  public List<String> table() {
    List<Integer> order = new ArrayList<>();
    for (int i = 0; i < probabilities.length; i++) {
      order.add(i);
    }
    order.sort(
        Comparator.comparingDouble((Integer i) -> -probabilities[i])
            .thenComparing(i -> -candidates.get(i).operators().size()));
    List<String> lines = new ArrayList<>();
    for (int i : order) {
      lines.add(
          String.format(
              Locale.ROOT,
              "%s %.3f  %s",
              i == chosen ? "*" : " ",
              probabilities[i],
              candidates.get(i)));
    }
    return lines;
  }

  /** Such as {@code Laue group m-3 (I 2 3) or more 0.998, itself 0.995, least correlation 0.93}. */
  @Override
  public String toString() {
    return String.format(
        Locale.ROOT,
        "Laue group %s (%s) or more %.3f, itself %.3f, least correlation %s%s",
        group().laueGroup().symbol(),
        group(),
        confidence(),
        probability(),
        Double.isNaN(candidate().leastCorrelation())
            ? "unknown"
            : String.format(Locale.ROOT, "%.2f", candidate().leastCorrelation()),
        isDoubtful() ? "; a higher symmetry is likely but not sure: give --space-group" : "");
  }
}
