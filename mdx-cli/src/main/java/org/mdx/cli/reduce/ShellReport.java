package org.mdx.cli.reduce;

import java.util.Arrays;
import java.util.Locale;
import org.mdx.crystal.Crystal;
import org.mdx.sim.NoiseCeiling;
import org.mdx.stats.Shell;
import org.mdx.stats.ShellOptions;
import org.mdx.stats.ShellStatistics;
import org.mdx.stats.ShellTable;
import org.mdx.stats.Voxels;
import org.mdx.table.Column;
import org.mdx.table.ColumnNames;
import org.mdx.table.HKLTable;
import org.mdx.table.Subdivision;

/**
 * The shell statistics that a summary shows: those of the voxels between reflections shell by
 * shell, and those on reflections in one line, since what the mask leaves of a Bragg peak lies in
 * them.
 */
final class ShellReport {
  private static final String LEGEND =
      """
        s     length of the scattering vector in 1/Å; d = 1/s in Å
        compl voxels measured, of those that the asymmetric unit has; redund: observations per voxel
        CC1/2 correlation of the half-sets; aniso: without the isotropic average
      """;
  private static final String TRUTH_LEGEND =
      """
        truth correlation with the simulated truth, without the isotropic average of each
        limit the most that the noise of counting allows, from the expected counts
        Voxels on reflections hold wings of Bragg peaks beyond the mask, which the truth does not.
      """;

  private final ShellStatistics statistics;
  private final HKLTable merged;
  private final HKLTable truth;
  private final int shells;

  /**
   * A report.
   *
   * @param crystal of the table
   * @param merged the merged table
   * @param truth the same voxels with their true {@code intensity} and the {@code noise} of the
   *     merged one; null where nobody knows
   * @param shells how many
   */
  ShellReport(Crystal crystal, HKLTable merged, HKLTable truth, int shells) {
    this.statistics = ShellStatistics.of(crystal.cell(), crystal.spaceGroup());
    this.merged = merged;
    this.truth = truth;
    this.shells = shells;
  }

  /** The report. */
  String text() {
    StringBuilder out = new StringBuilder();
    out.append(
        "              s min  s max  d min  voxels  compl redund  intensity      error  CC1/2  aniso");
    out.append(truth == null ? "\n" : "  truth  limit\n");
    Voxels listed = merged.ndiv().equals(Subdivision.NONE) ? Voxels.ALL : Voxels.REST;
    ShellTable table = table(listed);
    for (Shell shell : table.shells()) {
      append(out, "", shell, listed);
    }
    if (listed == Voxels.REST) {
      append(out, "between", table.overall(), Voxels.REST);
      append(out, "reflections", table(Voxels.HALO).overall(), Voxels.HALO);
    }
    append(out, "all", table(Voxels.ALL).overall(), Voxels.ALL);
    return out.append(LEGEND).append(truth == null ? "" : TRUTH_LEGEND).toString();
  }

  private ShellTable table(Voxels voxels) {
    ShellOptions options = ShellOptions.defaults().count(shells).voxels(voxels);
    return truth == null
        ? statistics.compute(merged, options)
        : statistics.compute(merged, truth, ColumnNames.INTENSITY, options);
  }

  private void append(StringBuilder out, String name, Shell x, Voxels voxels) {
    if (x.voxels() == 0) {
      return;
    }
    out.append(
            String.format(
                Locale.ROOT,
                "%-12s  %5.3f  %5.3f %6.2f %7d%s %6.1f %10.4g %10.3g",
                name,
                x.sMin(),
                x.sMax(),
                1 / x.sMax(),
                x.voxels(),
                fraction(x.completeness().fraction()),
                x.redundancy(),
                x.mean(),
                x.error()))
        .append(fraction(x.ccHalf()))
        .append(fraction(x.ccHalfAnisotropic()));
    if (truth != null) {
      out.append(fraction(x.ccTruthAnisotropic())).append(fraction(limit(x, voxels)));
    }
    out.append('\n');
  }

  /** The best correlation with the truth that noise allows the voxels of a shell. */
  private double limit(Shell shell, Voxels voxels) {
    double[] s = statistics.lengths(merged);
    Column value =
        statistics.withAnisotropic(truth, ShellOptions.defaults()).column("intensity_anisotropic");
    Column noise = truth.column("noise");
    double[] values = new double[s.length];
    double[] sigmas = new double[s.length];
    int n = 0;
    for (int i = 0; i < s.length; i++) {
      boolean inside = s[i] >= shell.sMin() && s[i] < shell.sMax() * (1 + 1e-12);
      boolean counts = statistics.isAmong(merged, i, voxels);
      if (inside && counts && Double.isFinite(value.get(i)) && Double.isFinite(noise.get(i))) {
        values[n] = value.get(i);
        sigmas[n++] = noise.get(i);
      }
    }
    return NoiseCeiling.correlation(Arrays.copyOf(values, n), Arrays.copyOf(sigmas, n));
  }

  private static String fraction(double x) {
    return Double.isNaN(x) ? "      -" : String.format(Locale.ROOT, "  %5.3f", x);
  }
}
