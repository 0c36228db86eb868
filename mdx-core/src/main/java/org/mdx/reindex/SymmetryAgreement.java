package org.mdx.reindex;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.mdx.crystal.ChangeOfBasis;
import org.mdx.crystal.SpaceGroup;
import org.mdx.crystal.UnitCell;
import org.mdx.table.ColumnNames;
import org.mdx.table.HKLTable;

/**
 * How far the intensities of one sweep have the symmetry of its Laue group: for each rotation the
 * correlation of voxels with those to which it takes them, before they are averaged. Too high a
 * group averages what is not equivalent, and half-sets agree all the same. Immutable.
 */
public final class SymmetryAgreement {
  /** Observations that are looked at, with all of their equivalents. */
  private static final int MOST_ROWS = 60_000;

  /** Fewer pairs tell nothing. */
  private static final int FEW = 200;

  /** Expected correlation from which on the intensities can tell. */
  private static final double TELLING = 0.1;

  /** Part of the expected correlation below which a rotation is doubted. */
  private static final double PART = 0.5;

  /** By so many standard errors. */
  private static final double SURE = 4;

  private final SpaceGroup group;
  private final double expected;
  private final List<Rotation> rotations;

  private SymmetryAgreement(SpaceGroup group, double expected, List<Rotation> rotations) {
    this.group = group;
    this.expected = expected;
    this.rotations = List.copyOf(rotations);
  }

  /**
   * A rotation of the Laue group.
   *
   * @param operator on coordinates
   * @param pairs voxels that are there with their equivalent
   * @param correlation of their intensities without the mean of their shell; NaN of few pairs
   * @param error standard error of the correlation
   */
  public record Rotation(ChangeOfBasis operator, int pairs, double correlation, double error) {}

  /**
   * Looks at a sweep.
   *
   * @param table corrected intensities in the asymmetric unit: columns {@code intensity
   *     intensity_error op}
   * @param cell of the crystal
   * @param group its space group, which the table was corrected with
   * @return what each rotation but the identity makes alike
   * @throws IllegalArgumentException if a column is missing
   */
  public static SymmetryAgreement of(HKLTable table, UnitCell cell, SpaceGroup group) {
    List<ChangeOfBasis> operators = Indexings.rotations(group.laueGroup());
    if (operators.size() < 2 || !table.has(ColumnNames.OP)) {
      return new SymmetryAgreement(group, 0, List.of());
    }
    SpaceGroup none = SpaceGroup.ofNumber(1);
    SignalBuilder.Signal signal = SignalBuilder.signal(some(table), group, none, cell.reciprocal());
    VoxelValues values = signal.values();
    byte[] blocks = values.blocks();
    List<Rotation> found = new ArrayList<>();
    for (ChangeOfBasis r : operators) {
      if (!r.equals(ChangeOfBasis.IDENTITY)) {
        BlockCorrelation c = values.with(values.turned(r, none), blocks);
        found.add(new Rotation(r, c.count(), c.value(), c.error(null)));
      }
    }
    return new SymmetryAgreement(group, signal.expected(), found);
  }

  /** Some voxels of the asymmetric unit with all of their observations. */
  private static HKLTable some(HKLTable table) {
    int step = table.rows() / MOST_ROWS + 1;
    if (step == 1) {
      return table;
    }
    int[] rows = new int[table.rows()];
    int n = 0;
    for (int i = 0; i < rows.length; i++) {
      long x = table.h().value(i) * 73_856_093L;
      x ^= table.k().value(i) * 19_349_663L;
      x ^= table.l().value(i) * 83_492_791L;
      x *= 0x9E3779B97F4A7C15L;
      if ((x >>> 33) % step == 0) {
        rows[n++] = i;
      }
    }
    return table.select(Arrays.copyOf(rows, n));
  }

  /**
   * The correlation that measurements as precise as these have if they are equivalent.
   *
   * @return 0 to 1
   */
  public double expected() {
    return expected;
  }

  /**
   * The rotations of the Laue group but the identity.
   *
   * @return in the order of the group; none of a group without
   */
  public List<Rotation> rotations() {
    return rotations;
  }

  /**
   * Whether equivalents disagree.
   *
   * @return a sentence; empty if every rotation explains half of what is expected, within four
   *     standard errors, or too few or too weak intensities tell
   */
  public Optional<String> doubt() {
    if (expected < TELLING) {
      return Optional.empty();
    }
    List<Rotation> wrong =
        rotations.stream()
            .filter(r -> r.pairs() >= FEW)
            .filter(r -> r.correlation() + SURE * r.error() < PART * expected)
            .toList();
    if (wrong.isEmpty()) {
      return Optional.empty();
    }
    Rotation first = wrong.get(0);
    return Optional.of(
        String.format(
            Locale.ROOT,
            "%d of %d rotations of Laue group %s do not make the intensities alike (%s: correlation"
                + " %.2f of %,d pairs, where %.2f is expected): the crystal has a lower symmetry"
                + " than space group %s, or something else scatters; averaging spoils the map",
            wrong.size(),
            rotations.size(),
            group.laueGroup(),
            first.operator(),
            first.correlation(),
            first.pairs(),
            expected,
            group));
  }

  /**
   * The doubts of several sweeps.
   *
   * @param sweeps in their order
   * @return a sentence for each sweep that there is a {@link #doubt} of, with its number from 0
   */
  public static List<String> doubts(List<SymmetryAgreement> sweeps) {
    List<String> found = new ArrayList<>();
    for (int i = 0; i < sweeps.size(); i++) {
      int number = i;
      sweeps.get(i).doubt().ifPresent(doubt -> found.add("sweep " + number + ": " + doubt));
    }
    return found;
  }

  /** The rotations with their correlations. */
  @Override
  public String toString() {
    StringBuilder out = new StringBuilder("SymmetryAgreement[" + group.laueGroup());
    out.append(String.format(Locale.ROOT, ", expected %.3f", expected));
    for (Rotation r : rotations) {
      out.append(String.format(Locale.ROOT, ", %s %.3f", r.operator(), r.correlation()));
    }
    return out + "]";
  }
}
