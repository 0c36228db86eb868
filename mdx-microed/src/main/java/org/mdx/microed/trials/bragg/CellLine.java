package org.mdx.microed.trials.bragg;

import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.mdx.crystal.Crystal;
import org.mdx.crystal.UnitCell;
import org.mdx.math.Uncertain;

/** A cell as DIALS prints it: six numbers with their uncertainties, where they are known. */
final class CellLine {
  /** What symmetry fixes has an uncertainty that is rounding alone. */
  private static final double FIXED = 1e-8;

  private CellLine() {}

  static String of(Crystal crystal) {
    UnitCell c = crystal.cell();
    double[] values = {c.a(), c.b(), c.c(), c.alpha(), c.beta(), c.gamma()};
    Optional<List<Double>> sigmas = crystal.cellSigmas();
    StringBuilder line = new StringBuilder();
    for (int i = 0; i < values.length; i++) {
      double sigma = sigmas.isPresent() ? sigmas.get().get(i) : Double.NaN;
      line.append(i == 0 ? "" : ", ");
      line.append(
          sigma > FIXED && Double.isFinite(sigma)
              ? Uncertain.text(values[i], sigma)
              : String.format(Locale.ROOT, sigma <= FIXED ? "%.1f" : "%.4f", values[i]));
    }
    return line.toString();
  }
}
