package org.mdx.image;

import java.math.BigDecimal;
import java.math.MathContext;
import java.util.Optional;
import java.util.OptionalDouble;
import org.mdx.geometry.Conventions;

/**
 * The parts of the beam that attenuators let through at a sweep and at its background, each empty
 * if nobody tells.
 */
record Attenuation(OptionalDouble sweep, OptionalDouble background) {
  /** Transmissions are noted to some digits; ratios within this fraction of 1 are none. */
  private static final double SAME = 1e-3;

  /** By how much the beam of the sweep is stronger; 1 if one of them is not known. */
  double ratio() {
    if (sweep.isEmpty() || background.isEmpty()) {
      return 1;
    }
    double ratio = sweep.getAsDouble() / background.getAsDouble();
    return Math.abs(ratio - 1) <= SAME ? 1 : ratio;
  }

  /** What to tell of it, if anything is known to differ. */
  Optional<String> difference(Conventions conventions) {
    double ratio = ratio();
    if (ratio != 1) {
      String beams =
          "attenuators let "
              + text(sweep.getAsDouble())
              + " of the beam through, and "
              + text(background.getAsDouble())
              + " at the background: ";
      return Optional.of(
          conventions.isMdx2()
              ? beams
                  + "mdx2 subtracts its rates as they are, not "
                  + text(ratio)
                  + " times as much"
              : beams + "its rates are multiplied by " + text(ratio));
    }
    double known = background.orElse(sweep.orElse(1));
    return sweep.isPresent() == background.isPresent() || known == 1
        ? Optional.empty()
        : Optional.of(
            "attenuators let "
                + text(known)
                + " of the beam through at the "
                + (background.isPresent() ? "background" : "sweep")
                + ", which the "
                + (background.isPresent() ? "sweep" : "background")
                + " does not tell: the background is subtracted as if they were the same");
  }

  /** Four digits, without trailing zeros. */
  private static String text(double x) {
    return BigDecimal.valueOf(x).round(new MathContext(4)).stripTrailingZeros().toPlainString();
  }
}
