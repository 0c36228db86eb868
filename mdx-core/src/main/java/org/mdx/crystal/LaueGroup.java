package org.mdx.crystal;

import java.util.Arrays;
import java.util.List;
import java.util.Objects;

/**
 * The symmetry of diffracted intensities: the rotation parts of a space group with an inversion
 * added, in the crystal's basis. Miller indices transform as rows, h' = h·R. Immutable.
 *
 * <p>The order of the operators is that of cctbx ({@code build_derived_laue_group} of a tidy
 * group), as the operator numbers in tables of mdx2 refer to it: the identity first, the second
 * half being the first with all signs changed.
 */
public final class LaueGroup {
  private final String symbol;
  private final List<int[]> rotations;

  LaueGroup(String symbol, List<int[]> rotations) {
    this.symbol = symbol;
    this.rotations = List.copyOf(rotations);
  }

  /**
   * Symbol of the Laue class.
   *
   * @return one of −1, 2/m, mmm, 4/m, 4/mmm, −3, −3m, 6/m, 6/mmm, m−3, m−3m, with ASCII signs
   */
  public String symbol() {
    return symbol;
  }

  /**
   * Number of the space group that consists of these operators and the unit translations, as mdx2
   * writes it into {@code laue_group_number}; such as 200 for m−3. Computed when asked for.
   *
   * @return 2 to 221
   */
  public int number() {
    OperatorGroup g =
        OperatorGroup.generate(rotations.stream().map(SymmetryOperator::ofRotation).toList());
    return ReferenceSetting.find(g, 0).number();
  }

  /**
   * Number of operators.
   *
   * @return 2 to 48
   */
  public int order() {
    return rotations.size();
  }

  /**
   * One operator.
   *
   * @param n 0 to order() − 1
   * @return a new array of nine elements, row by row
   * @throws IndexOutOfBoundsException if there is no such operator
   */
  public int[] operator(int n) {
    return rotations.get(n).clone();
  }

  /** One operator, not to be changed. */
  int[] rotation(int n) {
    return rotations.get(n);
  }

  /**
   * Determinant of an operator: −1 maps Friedel mates onto each other.
   *
   * @param n 0 to order() − 1
   * @return 1 or −1
   * @throws IndexOutOfBoundsException if there is no such operator
   */
  public int determinant(int n) {
    return IntMatrix.determinant(rotations.get(n));
  }

  /**
   * Whether every operator maps indices (H/h, K/k, L/l) with integers H, K, L onto such indices
   * again: N·R·N⁻¹ is integral for every R, N being the diagonal matrix of the subdivision.
   *
   * @param ndivH parts of an index h, 1 or more
   * @param ndivK parts of an index k, 1 or more
   * @param ndivL parts of an index l, 1 or more
   * @return true if a grid with that subdivision has this symmetry
   */
  public boolean carries(int ndivH, int ndivK, int ndivL) {
    for (int[] r : rotations) {
      if (subdivided(r, ndivH, ndivK, ndivL) == null) {
        return false;
      }
    }
    return true;
  }

  /**
   * An operator on subdivided indices: H' = H·N⁻¹·R·N for rows.
   *
   * @return the matrix, or null if it is not integral
   */
  static int[] subdivided(int[] r, int... ndiv) {
    int[] s = new int[9];
    for (int i = 0; i < 3; i++) {
      for (int j = 0; j < 3; j++) {
        int e = r[3 * i + j] * ndiv[j];
        if (e % ndiv[i] != 0) {
          return null;
        }
        s[3 * i + j] = e / ndiv[i];
      }
    }
    return s;
  }

  @Override
  public boolean equals(Object o) {
    return o instanceof LaueGroup g
        && g.rotations.size() == rotations.size()
        && java.util.stream.IntStream.range(0, rotations.size())
            .allMatch(i -> Arrays.equals(rotations.get(i), g.rotations.get(i)));
  }

  @Override
  public int hashCode() {
    return Objects.hash(symbol, rotations.size());
  }

  /** The symbol. */
  @Override
  public String toString() {
    return symbol;
  }
}
