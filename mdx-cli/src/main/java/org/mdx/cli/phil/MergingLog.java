package org.mdx.cli.phil;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import org.mdx.bragg.merge.MergeOptions;
import org.mdx.bragg.merge.MergeShell;
import org.mdx.bragg.merge.Merged;
import org.mdx.bragg.merge.Merger;
import org.mdx.cli.intensity.IntegratedFiles;

/**
 * Merging statistics in the columns of the log of {@code dials.scale}, which scripts read by their
 * number. The correlation of anomalous differences, the last column, is not known.
 */
final class MergingLog {
  private MergingLog() {}

  /** Merges scaled reflections and prints the table. */
  static void print(List<Path> files, int shells, double dMin, PrintWriter out) throws IOException {
    IntegratedFiles input = IntegratedFiles.read(files);
    Merged merged =
        Merger.merge(
            input.geometries(),
            input.reflections(),
            MergeOptions.defaults().shells(shells).dMin(dMin).scaleErrors(false));
    out.println();
    out.println("            ----------Merging statistics by resolution bin----------");
    out.println();
    out.println(
        " d_max  d_min   #obs  #uniq   mult.  %comp       <I>  <I/sI>    r_mrg   r_meas    r_pim"
            + "   r_anom   cc1/2   cc_ano");
    merged.shells().forEach(s -> out.print(line(s)));
    out.print(line(merged.overall()));
    out.println();
    merged.notes().forEach(out::println);
    out.flush();
  }

  private static String line(MergeShell s) {
    return String.format(
        Locale.ROOT,
        "%6.2f %6.2f %6d %6d %7.2f %6.2f %9.1f %7.1f %8s %8s %8s %8s %7s %8s%n",
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
        "-");
  }

  /** A cell is never empty: columns are counted. */
  private static String text(double x) {
    return Double.isFinite(x) ? String.format(Locale.ROOT, "%.3f", x) : "nan";
  }
}
