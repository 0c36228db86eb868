package org.mdx.microed.trials.bragg;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.mdx.bragg.merge.MergeShell;
import org.mdx.bragg.merge.Merged;

/** Merging statistics with the headings of {@code dials.scale}, by which programs find them. */
final class ShellTable {
  private ShellTable() {}

  /** Heading, shells and, last, all data. */
  static List<String> lines(Merged merged) {
    List<String> lines = new ArrayList<>();
    lines.add(
        "  d_max  d_min   #obs  #uniq   mult.  %comp       <I>  <I/sI>    r_mrg   r_meas    r_pim"
            + "   r_anom   cc1/2");
    merged.shells().forEach(s -> lines.add(line(s)));
    lines.add(line(merged.overall()));
    return lines;
  }

  private static String line(MergeShell s) {
    return String.format(
        Locale.ROOT,
        "%7.2f %6.2f %6d %6d %7.2f %6.2f %9.1f %7.1f %s %s %s %s %s",
        s.dMax(),
        s.dMin(),
        s.observations(),
        s.unique(),
        s.multiplicity(),
        100 * s.completeness(),
        s.meanI(),
        s.iOverSigma(),
        cell("%8.3f", s.rMerge()),
        cell("%8.3f", s.rMeas()),
        cell("%8.3f", s.rPim()),
        cell("%8.3f", s.rAnom()),
        cell("%7.3f", s.ccHalf()));
  }

  private static String cell(String pattern, double v) {
    return Double.isNaN(v) ? "     nan" : String.format(Locale.ROOT, pattern, v);
  }
}
