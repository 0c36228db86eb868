package org.mdx.bragg.study;

import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.function.Predicate;
import java.util.function.ToDoubleFunction;
import java.util.stream.IntStream;
import org.mdx.bragg.symmetry.FoundSymmetry;
import org.mdx.bragg.symmetry.OperatorScore;
import org.mdx.bragg.symmetry.SubgroupScore;
import org.mdx.crystal.ChangeOfBasis;
import org.mdx.crystal.SpaceGroup;
import org.mdx.crystal.UnitCell;
import org.mdx.math.Mat3;

/** Claims of Laue groups beside the truth. */
final class LaueClaims {
  /** Edges of the bins of probability. */
  private static final double[] BINS = {0, 0.4, 0.6, 0.8, 0.9, 0.97, 1.0001};

  private LaueClaims() {}

  /** The cell in the axes that a change of basis leads to. */
  static UnitCell primitiveCell(UnitCell cell, ChangeOfBasis change) {
    ChangeOfBasis back = change.inverse();
    double[] m = IntStream.range(0, 9).mapToDouble(i -> back.element(i / 3, i % 3)).toArray();
    return UnitCell.ofAxes(cell.orthogonalization().times(Mat3.ofRowMajor(m)).transpose());
  }

  /**
   * Whether the rotations that were found are those of the truth, about the same axes.
   *
   * @param axes from those of the truth to those that were told
   */
  static boolean isRight(FoundSymmetry found, SpaceGroup truth, ChangeOfBasis axes) {
    SubgroupScore best = found.laueGroup();
    ChangeOfBasis to = best.change().times(axes);
    Set<List<Integer>> rotations = new HashSet<>();
    for (int n = 0; n < truth.laueGroup().order(); n++) {
      rotations.add(Arrays.stream(truth.laueGroup().operator(n)).boxed().toList());
    }
    return best.group().laueGroup().order() == truth.laueGroup().order()
        && found.operators().stream()
            .filter(OperatorScore::present)
            .map(o -> to.inverse().times(o.operator()).times(to).indexMatrix(1, 1, 1))
            .allMatch(m -> rotations.contains(Arrays.stream(m, 0, 9).boxed().toList()));
  }

  /**
   * Prints how often claims are right, by their probability.
   *
   * @param name of these claims
   * @param of the claims
   * @param p probability of one
   * @param right whether it is
   */
  static <T> void reliability(String name, List<T> of, ToDoubleFunction<T> p, Predicate<T> right) {
    System.out.println("| probability (" + name + ") | claims | mean probability | right |");
    System.out.println("|---|---|---|---|");
    for (int i = 0; i + 1 < BINS.length; i++) {
      double from = BINS[i];
      double to = BINS[i + 1];
      List<T> in =
          of.stream().filter(o -> p.applyAsDouble(o) >= from && p.applyAsDouble(o) < to).toList();
      System.out.printf(
          Locale.ROOT,
          "| %.2f to %.2f | %d | %.3f | %.3f |%n",
          from,
          Math.min(1, to),
          in.size(),
          in.stream().mapToDouble(p).average().orElse(Double.NaN),
          in.stream().mapToDouble(o -> right.test(o) ? 1 : 0).average().orElse(Double.NaN));
    }
  }
}
