package org.mdx.bragg.merge;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.ToDoubleFunction;
import java.util.stream.IntStream;
import org.mdx.bragg.twin.TwinAnalysis;
import org.mdx.crystal.SpaceGroup;
import org.mdx.crystal.UnitCell;

/**
 * Merged intensities and their statistics.
 *
 * @param reflections unique ones, in the order of their indices
 * @param spaceGroup the symmetry
 * @param cell median of the sweeps
 * @param wavelength mean of the sweeps, Å
 * @param shells statistics by resolution
 * @param overall statistics of all
 * @param resolution where CC½ falls to the value that was asked for, Å
 * @param ccHalf that value
 * @param twins whether the intensities are those of a twin; its notes are among the notes
 * @param notes what people should know
 */
public record Merged(
    List<MergedReflection> reflections,
    SpaceGroup spaceGroup,
    UnitCell cell,
    double wavelength,
    List<MergeShell> shells,
    MergeShell overall,
    double resolution,
    double ccHalf,
    TwinAnalysis twins,
    List<String> notes) {

  public Merged {
    reflections = List.copyOf(reflections);
    shells = List.copyOf(shells);
    notes = List.copyOf(notes);
  }

  /**
   * Indices of the unique reflections.
   *
   * @return h, k, l one after the other
   */
  public int[] indices() {
    return reflections.stream().flatMapToInt(r -> IntStream.of(r.h(), r.k(), r.l())).toArray();
  }

  /**
   * Values of the unique reflections under the labels that CCP4 gives them.
   *
   * @return in the order of a file; NaN where there is none
   */
  public Map<String, double[]> columns() {
    Map<String, double[]> c = new LinkedHashMap<>();
    c.put("IMEAN", column(r -> r.mean().value()));
    c.put("SIGIMEAN", column(r -> r.mean().sigma()));
    c.put("N", column(r -> r.mean().count()));
    c.put("I(+)", column(r -> r.plus().value()));
    c.put("SIGI(+)", column(r -> r.plus().sigma()));
    c.put("I(-)", column(r -> r.minus().value()));
    c.put("SIGI(-)", column(r -> r.minus().sigma()));
    c.put("N(+)", column(r -> r.plus().count()));
    c.put("N(-)", column(r -> r.minus().count()));
    c.put("F", column(MergedReflection::amplitude));
    c.put("SIGF", column(MergedReflection::amplitudeSigma));
    c.put("FreeR_flag", column(MergedReflection::free));
    return c;
  }

  private double[] column(ToDoubleFunction<MergedReflection> of) {
    return reflections.stream().mapToDouble(of).toArray();
  }

  /**
   * The table that people know; the last line is of all reflections.
   *
   * @return lines
   */
  public String table() {
    StringBuilder b = new StringBuilder();
    b.append(
        "  d max  d min    #obs  #uniq   mult.  %comp        <I>   <I/σ>  R_merge   R_meas    R_pim"
            + "   R_anom    CC½    CC*\n");
    shells.forEach(s -> line(b, s));
    line(b, overall);
    b.append(
        String.format(
            Locale.ROOT,
            "%s, cell %s%nCC½ falls to %.2f at %.2f Å by a fit; the data end at %.2f Å%n",
            spaceGroup,
            cell,
            ccHalf,
            resolution,
            overall.dMin()));
    b.append(twins.lines());
    notes.forEach(n -> b.append(n).append('\n'));
    return b.toString();
  }

  /**
   * The same statistics under the headings of the log of {@code dials.scale}, for programs that
   * read it.
   *
   * @return headings, shells and, last, all reflections
   */
  public List<String> dialsTable() {
    return DialsShells.lines(this);
  }

  private static void line(StringBuilder b, MergeShell s) {
    b.append(
        String.format(
            Locale.ROOT,
            "%7.2f %6.2f %7d %6d %7.2f %6.2f %10.1f %7.1f %8.3f %8.3f %8.3f %8.3f %6.3f %6.3f%n",
            s.dMax(),
            s.dMin(),
            s.observations(),
            s.unique(),
            s.multiplicity(),
            100 * s.completeness(),
            s.meanI(),
            s.iOverSigma(),
            s.rMerge(),
            s.rMeas(),
            s.rPim(),
            s.rAnom(),
            s.ccHalf(),
            s.ccStar()));
  }

  @Override
  public String toString() {
    return String.format(
        Locale.ROOT,
        "Merged[%d of %d observations, %s, %.2f Å, R_meas %.3f, CC½ %.3f]",
        reflections.size(),
        overall.observations(),
        spaceGroup,
        overall.dMin(),
        overall.rMeas(),
        overall.ccHalf());
  }
}
