package org.mdx.cli.bragg;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.mdx.bragg.integrate.Integrated;
import org.mdx.bragg.integrate.SpotWidths;
import org.mdx.reflection.ReflectionFlag;

/** What is told of an integrated sweep. */
final class IntegrationReport {
  private IntegrationReport() {}

  /**
   * Lines for people.
   *
   * @param row number of the experiment, negative if it is the only one
   */
  static List<String> text(int row, Integrated found, int shells) {
    List<String> lines = new ArrayList<>();
    if (row >= 0) {
      lines.add("experiment " + row);
    }
    lines.add(
        format(
            "%d reflections predicted to %.3f Å, %d of them found as spots",
            found.reflections().size(), found.resolution(), found.matched()));
    lines.add(
        format(
            "widths of spots: sigma_b %.4f°, sigma_m %.4f°; profiles from %d spots",
            found.widths().sigmaB(), found.widths().sigmaM(), found.references()));
    if (found.widths().size() > 0) {
      lines.add(
          format(
              "sigma_m is that at 2θ %.1f°, %.0f %% of its square from the size of spots: %.4f° at"
                  + " 10°, %.4f° at 30°",
              Math.toDegrees(Math.asin(found.widths().sine())),
              100 * found.widths().size(),
              at(found.widths(), 10),
              at(found.widths(), 30)));
    }
    lines.add(
        "     d max    d min  predicted partial  summed  fitted complete %     <I sum>     <I fit>"
            + "  <I/σ> sum  <I/σ> fit");
    for (Integrated.Shell s : found.shells(shells)) {
      lines.add(
          format(
              "  %8.3f %8.3f %10d %7d %7d %7d %10.1f %11.2f %11.2f %10.2f %10.2f",
              s.dMax(),
              s.dMin(),
              s.predicted(),
              s.partials(),
              s.summed(),
              s.fitted(),
              100 * s.completeness(),
              s.meanSum(),
              s.meanFit(),
              s.sumOverSigma(),
              s.fitOverSigma()));
    }
    lines.add("The last line is of all reflections.");
    lines.addAll(found.notes());
    return lines;
  }

  private static double at(SpotWidths w, double twoTheta) {
    return w.sigmaM() * w.stretch(Math.sin(Math.toRadians(twoTheta)));
  }

  /** The same for programs. */
  static Map<String, Object> json(int row, Integrated found, int shells) {
    Map<String, Object> o = new LinkedHashMap<>();
    o.put("experiment", row);
    o.put("predicted", found.reflections().size());
    o.put("summed", found.count(ReflectionFlag.INTEGRATED_SUM));
    o.put("fitted", found.count(ReflectionFlag.INTEGRATED_PRF));
    o.put("d_min", found.resolution());
    o.put("matched_spots", found.matched());
    o.put("reference_spots", found.references());
    o.put("sigma_b", found.widths().sigmaB());
    o.put("sigma_m", found.widths().sigmaM());
    o.put("sigma_m_size", found.widths().size());
    o.put("sigma_m_two_theta", Math.toDegrees(Math.asin(found.widths().sine())));
    o.put("notes", found.notes());
    List<Object> list = new ArrayList<>();
    for (Integrated.Shell s : found.shells(shells)) {
      Map<String, Object> shell = new LinkedHashMap<>();
      shell.put("d_max", s.dMax());
      shell.put("d_min", s.dMin());
      shell.put("predicted", s.predicted());
      shell.put("partial", s.partials());
      shell.put("summed", s.summed());
      shell.put("fitted", s.fitted());
      shell.put("unique", s.unique());
      shell.put("possible", s.possible());
      shell.put("completeness", s.completeness());
      shell.put("mean_sum", s.meanSum());
      shell.put("mean_fit", s.meanFit());
      shell.put("i_over_sigma_sum", s.sumOverSigma());
      shell.put("i_over_sigma_fit", s.fitOverSigma());
      list.add(shell);
    }
    o.put("overall", list.remove(list.size() - 1));
    o.put("shells", list);
    return o;
  }

  private static String format(String pattern, Object... values) {
    return String.format(Locale.ROOT, pattern, values);
  }
}
