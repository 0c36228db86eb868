package org.mdx.reindex;

import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.mdx.crystal.ChangeOfBasis;
import org.mdx.crystal.SpaceGroup;
import org.mdx.parallel.Parallel;
import org.mdx.table.HKLTable;

/**
 * The operators that make sweeps agree, and the correlations that say so.
 *
 * @param spaceGroup of all sweeps, before and after
 * @param candidates the operators to choose from, the identity first
 * @param reference number of the sweep that keeps its indexing
 * @param sweeps the choice for each sweep
 * @param pairs every pair of sweeps once
 * @param symmetryDoubts one sentence for each sweep whose intensities do not have the symmetry of
 *     the space group, with its number
 */
public record Reindexing(
    SpaceGroup spaceGroup,
    List<Candidate> candidates,
    int reference,
    List<SweepIndexing> sweeps,
    List<PairCorrelation> pairs,
    List<String> symmetryDoubts) {

  /** More pairs than this are told of in the table of values only. */
  private static final int PAIRS_IN_TEXT = 40;

  public Reindexing {
    candidates = List.copyOf(candidates);
    sweeps = List.copyOf(sweeps);
    pairs = List.copyOf(pairs);
    symmetryDoubts = List.copyOf(symmetryDoubts);
  }

  /**
   * Whether there is more than one way to index these crystals.
   *
   * @return true if there is
   */
  public boolean isAmbiguous() {
    return candidates.size() > 1;
  }

  /**
   * What speaks against the space group.
   *
   * @return a warning if the intensities of a sweep do not have its symmetry; it names the first
   *     such sweep, {@link #symmetryDoubts} are all
   */
  public Optional<String> doubt() {
    return symmetryDoubts.stream().findFirst();
  }

  /**
   * The operator of a sweep.
   *
   * @param sweep its number, from 0
   * @return the change of axes that makes it agree with the reference
   */
  public ChangeOfBasis operator(int sweep) {
    return candidates.get(sweeps.get(sweep).choice()).operator();
  }

  /**
   * Whether every choice is beyond doubt.
   *
   * @return true if there is no warning
   */
  public boolean isCertain() {
    return sweeps.stream().allMatch(s -> s.warning().isEmpty());
  }

  /**
   * The table of a sweep, reindexed.
   *
   * @param sweep its number, from 0
   * @param table corrected intensities of that sweep
   * @param parallel threads; the result does not depend on them
   * @return the table itself where nothing changes
   * @throws IllegalArgumentException if the operator leads to indices between those of the
   *     subdivision, or the table is not in the asymmetric unit
   */
  public HKLTable apply(int sweep, HKLTable table, Parallel parallel) {
    ChangeOfBasis t = operator(sweep);
    return t.equals(ChangeOfBasis.IDENTITY)
        ? table
        : TableReindexer.of(t, spaceGroup).apply(table, parallel);
  }

  /**
   * A report for reading.
   *
   * @return lines ending with a line feed
   */
  public String toText() {
    StringBuilder out = new StringBuilder();
    line(out, "space group  %s, Laue group %s", spaceGroup, spaceGroup.laueGroup());
    for (int c = 0; c < candidates.size(); c++) {
      line(out, "%-12s %s", c == 0 ? "candidates" : "", candidates.get(c));
    }
    if (!isAmbiguous()) {
      line(out, "             no other: the lattice is no more symmetric than the intensities");
    }
    line(out, "");
    int width = Math.max(7, sweeps.stream().mapToInt(s -> s.name().length()).max().orElse(0));
    String name = "%-" + width + "s";
    StringBuilder head = new StringBuilder(String.format(Locale.ROOT, name, "sweep"));
    head.append(String.format(Locale.ROOT, "%10s%10s", "voxels", "common"));
    for (Candidate c : candidates) {
      head.append(String.format(Locale.ROOT, " %11s", c.operator()));
    }
    line(out, "%s    error   margin    sigma  operator", head);
    for (SweepIndexing s : sweeps) {
      StringBuilder row = new StringBuilder(String.format(Locale.ROOT, name, s.name()));
      row.append(String.format(Locale.ROOT, "%10d%10d", s.voxels(), s.common()));
      for (int c = 0; c < candidates.size(); c++) {
        row.append(cell(s.correlations().get(c), Math.max(12, header(c))));
      }
      row.append(cell(s.error(), 9)).append(cell(s.margin(), 9)).append(cell(sigma(s), "%.1f", 9));
      line(out, "%s  %s", row, candidates.get(s.choice()).operator());
    }
    for (int i = 0; i < sweeps.size(); i++) {
      if (!sweeps.get(i).warning().isEmpty()) {
        line(out, "warning: sweep %d (%s): %s", i, sweeps.get(i).name(), sweeps.get(i).warning());
      }
    }
    if (!pairs.isEmpty() && pairs.size() <= PAIRS_IN_TEXT) {
      line(out, "");
      line(out, "pairs, the first as chosen: common voxels, correlation under each candidate");
      for (PairCorrelation p : pairs) {
        StringBuilder row = new StringBuilder();
        row.append(String.format(Locale.ROOT, "%4d%4d%10d", p.first(), p.second(), p.common()));
        for (int c = 0; c < candidates.size(); c++) {
          row.append(cell(p.correlations().get(c), Math.max(12, header(c))));
        }
        line(out, "%s", row);
      }
    }
    return out.toString();
  }

  private int header(int candidate) {
    return candidates.get(candidate).operator().toString().length() + 1;
  }

  private static double sigma(SweepIndexing s) {
    return s.margin() / s.marginError();
  }

  private static String cell(double value, int width) {
    return cell(value, "%.3f", width);
  }

  private static String cell(double value, String format, int width) {
    String text = Double.isFinite(value) ? String.format(Locale.ROOT, format, value) : "-";
    return String.format(Locale.ROOT, "%" + width + "s", text);
  }

  private static void line(StringBuilder out, String format, Object... values) {
    out.append(String.format(Locale.ROOT, format, values)).append('\n');
  }

  /**
   * Comma-separated values: a line for each sweep, compared with all others, then one for each
   * pair. What is not known is left empty.
   *
   * @return lines ending with a line feed
   */
  public String toCsv() {
    StringBuilder out = new StringBuilder("kind,first,second,common,operator,error,margin,");
    out.append("margin_error");
    for (Candidate c : candidates) {
      out.append(",\"").append(c.operator()).append('"');
    }
    out.append('\n');
    for (int i = 0; i < sweeps.size(); i++) {
      SweepIndexing s = sweeps.get(i);
      line(
          out,
          "sweep,%d,,%d,\"%s\",%s,%s,%s%s",
          i,
          s.common(),
          operator(i),
          number(s.error()),
          number(s.margin()),
          number(s.marginError()),
          numbers(s.correlations()));
    }
    for (PairCorrelation p : pairs) {
      line(
          out, "pair,%d,%d,%d,,,,%s", p.first(), p.second(), p.common(), numbers(p.correlations()));
    }
    return out.toString();
  }

  private static String numbers(List<Double> values) {
    StringBuilder out = new StringBuilder();
    values.forEach(v -> out.append(',').append(number(v)));
    return out.toString();
  }

  private static String number(double value) {
    return Double.isFinite(value) ? String.format(Locale.ROOT, "%.6g", value) : "";
  }

  /** The operators, such as {@code Reindexing[x,y,z -z,-y,-x]}. */
  @Override
  public String toString() {
    StringBuilder out = new StringBuilder("Reindexing[");
    for (int i = 0; i < sweeps.size(); i++) {
      out.append(i > 0 ? " " : "").append(operator(i));
    }
    return out + (isCertain() ? "]" : ", with warnings]");
  }
}
