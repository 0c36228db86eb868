package org.mdx.bragg.scale;

import java.util.List;
import java.util.Locale;
import org.mdx.reflection.Reflections;

/**
 * Scaled sweeps.
 *
 * @param reflections all that were given, with {@code intensity.scale.value}, {@code
 *     intensity.scale.variance}, {@code inverse_scale_factor} and {@code
 *     inverse_scale_factor_variance}; flags say which were scaled, which are outliers, and which
 *     were left out
 * @param sweeps one for each geometry
 * @param intensities which were taken
 * @param rMeasProfile R_meas of fitted intensities after the first round; NaN if not tried
 * @param rMeasSum R_meas of summed intensities after the first round; NaN if not tried
 * @param components numbers of sweeps that share reflections
 * @param shells widths of the deviations by resolution
 * @param notes what people should know
 */
public record Scaled(
    Reflections reflections,
    List<SweepScaling> sweeps,
    IntensityChoice intensities,
    double rMeasProfile,
    double rMeasSum,
    int components,
    List<Width> shells,
    List<String> notes) {

  public Scaled {
    sweeps = List.copyOf(sweeps);
    shells = List.copyOf(shells);
    notes = List.copyOf(notes);
  }

  /**
   * How the deviations from the means of the other equivalents compare with their standard
   * deviations.
   *
   * @param dMax low resolution, Å
   * @param dMin high resolution, Å
   * @param measured measurements that have equivalents
   * @param width the value within which 68.3 % of them lie; 1 is honest
   */
  public record Width(double dMax, double dMin, int measured, double width) {}

  /**
   * Tables for people.
   *
   * @return lines
   */
  public String table() {
    StringBuilder b = new StringBuilder();
    if (Double.isFinite(rMeasProfile) && Double.isFinite(rMeasSum)) {
      add(b, "R_meas of profile intensities %.4f, of sums %.4f%n", rMeasProfile, rMeasSum);
    }
    add(b, "scaled %s intensities%n", intensities.name().toLowerCase(Locale.ROOT));
    add(
        b,
        "sweep  scaled  outliers    C first     last    B first     last  absorption       a       b"
            + "   ΔCC½%n");
    for (int s = 0; s < sweeps.size(); s++) {
      SweepScaling w = sweeps.get(s);
      int c = w.scale().length;
      int d = w.decay().length;
      add(
          b,
          "%5d %7d %9d %10.3f %8.3f %10.3f %8.3f  %-10s %7.3f %7.4f %6.4f%s%n",
          s,
          w.measured(),
          w.outliers(),
          w.scale()[0],
          w.scale()[c - 1],
          d == 0 ? 0 : w.decay()[0],
          d == 0 ? 0 : w.decay()[d - 1],
          w.absorption().length == 0 ? "-" : w.level().name().toLowerCase(Locale.ROOT),
          w.errors().a(),
          w.errors().b(),
          w.deltaCcHalf(),
          w.leftOut() ? " left out" : "");
    }
    add(b, "deviations over their σ: d max   d min  measured   width%n");
    for (Width w : shells) {
      add(b, "%31.2f %7.2f %9d %7.2f%n", w.dMax(), w.dMin(), w.measured(), w.width());
    }
    notes.forEach(n -> b.append(n).append(System.lineSeparator()));
    return b.toString();
  }

  private static void add(StringBuilder b, String pattern, Object... values) {
    b.append(String.format(Locale.ROOT, pattern, values));
  }

  @Override
  public String toString() {
    int n = sweeps.stream().mapToInt(SweepScaling::measured).sum();
    return String.format(
        Locale.ROOT,
        "Scaled[%d sweeps, %d measurements, a %.3f, b %.4f]",
        sweeps.size(),
        n,
        sweeps.get(0).errors().a(),
        sweeps.get(0).errors().b());
  }
}
