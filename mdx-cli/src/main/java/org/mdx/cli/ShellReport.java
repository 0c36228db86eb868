package org.mdx.cli;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import org.mdx.sim.NoiseCeiling;
import org.mdx.stats.Shell;
import org.mdx.stats.ShellOptions;
import org.mdx.stats.ShellStatistics;
import org.mdx.stats.ShellTable;
import org.mdx.table.Column;
import org.mdx.table.HKLTable;

/** The columns of shell statistics that a summary shows. */
final class ShellReport {
  private static final String LEGEND =
      """
      s: length of the scattering vector, 1/Å; d = 1/s, Å; redund: observations per voxel
      CC1/2: correlation of the half-sets; aniso: after taking off the isotropic average
      """;
  private static final String TRUTH_LEGEND =
      """
      truth: correlation of the anisotropic part with the truth
      ceiling: the most that the noise of counting allows, from the truth and the errors
      """;

  private final ShellTable table;
  private final double[] ceilings;

  /**
   * A report.
   *
   * @param table the statistics
   * @param ceilings best possible correlation with the truth in each shell and, last, in all of
   *     them; null where the truth is unknown
   */
  ShellReport(ShellTable table, double[] ceilings) {
    this.table = table;
    this.ceilings = ceilings;
  }

  /**
   * The ceilings of a table's shells.
   *
   * @param statistics of the crystal
   * @param merged the measurement
   * @param truth row by row the same voxels
   * @param table shells of the measurement
   */
  static double[] ceilings(
      ShellStatistics statistics, HKLTable merged, HKLTable truth, ShellTable table) {
    double[] s = statistics.lengths(merged);
    Column value =
        statistics.withAnisotropic(truth, ShellOptions.DEFAULT).column("intensity_anisotropic");
    Column error = merged.column("intensity_error");
    List<Shell> shells = table.shells();
    double[] ceilings = new double[shells.size() + 1];
    for (int c = 0; c < ceilings.length; c++) {
      Shell shell = c < shells.size() ? shells.get(c) : table.overall();
      boolean last = c >= shells.size() - 1;
      double[] values = new double[s.length];
      double[] sigmas = new double[s.length];
      int n = 0;
      for (int i = 0; i < s.length; i++) {
        boolean inside = s[i] >= shell.sMin() && (last || s[i] < shell.sMax());
        if (inside && Double.isFinite(value.get(i)) && Double.isFinite(error.get(i))) {
          values[n] = value.get(i);
          sigmas[n++] = error.get(i);
        }
      }
      ceilings[c] = NoiseCeiling.correlation(Arrays.copyOf(values, n), Arrays.copyOf(sigmas, n));
    }
    return ceilings;
  }

  /** A line for each shell that holds voxels, and one for all of them. */
  String text() {
    StringBuilder out = new StringBuilder();
    out.append("    s min  s max  d min  voxels redund  intensity      error  CC1/2  aniso");
    out.append(ceilings == null ? "\n" : "  truth ceiling\n");
    for (int c = 0; c <= table.shells().size(); c++) {
      boolean all = c == table.shells().size();
      Shell x = all ? table.overall() : table.shells().get(c);
      if (x.voxels() > 0) {
        out.append(all ? "all" : "   ").append(row(x));
        if (ceilings != null) {
          out.append(correlation(x.ccTruthAnisotropic())).append(correlation(ceilings[c]));
        }
        out.append('\n');
      }
    }
    return out.append(LEGEND).append(ceilings == null ? "" : TRUTH_LEGEND).toString();
  }

  private static String row(Shell x) {
    return String.format(
            Locale.ROOT,
            " %5.3f  %5.3f %6.2f %7d %6.1f %10.4g %10.3g",
            x.sMin(),
            x.sMax(),
            1 / x.sMax(),
            x.voxels(),
            x.redundancy(),
            x.mean(),
            x.error())
        + correlation(x.ccHalf())
        + correlation(x.ccHalfAnisotropic());
  }

  private static String correlation(double cc) {
    return Double.isNaN(cc) ? "      -" : String.format(Locale.ROOT, "  %5.3f", cc);
  }
}
