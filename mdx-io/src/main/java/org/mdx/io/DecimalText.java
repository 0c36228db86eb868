package org.mdx.io;

import java.math.BigDecimal;
import java.math.MathContext;
import org.mdx.math.Vec3;

/** Numbers for people. */
public final class DecimalText {
  private static final MathContext DIGITS = new MathContext(9);

  private DecimalText() {}

  /**
   * A number with up to nine digits, none of them superfluous.
   *
   * @param v a finite number
   * @return such as {@code 0.9768} or {@code 80}
   */
  public static String of(double v) {
    if (v == Math.rint(v) && Math.abs(v) < 1e15) {
      return String.valueOf((long) v);
    }
    return new BigDecimal(v).round(DIGITS).stripTrailingZeros().toPlainString();
  }

  /**
   * A vector.
   *
   * @param v finite
   * @return such as {@code (1, 0, 0)}
   */
  public static String of(Vec3 v) {
    return "(" + of(v.x()) + ", " + of(v.y()) + ", " + of(v.z()) + ")";
  }
}
