package org.mdx.bragg.merge;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * Merging statistics in the columns of the log of {@code dials.scale}, which programs find by
 * headings or by number.
 */
final class DialsShells {
  private DialsShells() {}

  /** Headings, shells and, last, all data. */
  static List<String> lines(Merged merged) {
    List<String> lines = new ArrayList<>();
    lines.add(
        "  d_max  d_min   #obs  #uniq   mult.  %comp       <I>  <I/sI>    r_mrg   r_meas    r_pim"
            + "   r_anom   cc1/2   cc_ano");
    merged.shells().forEach(s -> lines.add(line(s)));
    lines.add(line(merged.overall()));
    return lines;
  }

  private static String line(MergeShell s) {
    return String.format(
        Locale.ROOT,
        "%7.2f %6.2f %6d %6d %7.2f %6.2f %9.1f %7.1f %8s %8s %8s %8s %7s %8s",
        s.dMax(),
        s.dMin(),
        s.observations(),
        s.unique(),
        s.multiplicity(),
        100 * s.completeness(),
        s.meanI(),
        s.iOverSigma(),
        text(s.rMerge()),
        text(s.rMeas()),
        text(s.rPim()),
        text(s.rAnom()),
        text(s.ccHalf()),
        text(s.ccAnomalous()));
  }

  /** A cell is never empty: columns are counted. */
  private static String text(double x) {
    return Double.isFinite(x) ? String.format(Locale.ROOT, "%.3f", x) : "nan";
  }
}
