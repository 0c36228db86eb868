package org.mdx.stats;

import java.util.List;
import java.util.Locale;

/**
 * Shells from low to high s, and all of them together.
 *
 * @param shells one after the other, without gaps; one can be empty
 * @param overall the same statistics over the voxels of all shells; its anisotropic correlations
 *     are those to look at, since the isotropic fall with s alone makes the others high
 */
public record ShellTable(List<Shell> shells, Shell overall) {
  private static final String[] NAMES = {
    "s_min",
    "s_max",
    "s",
    "voxels",
    "intensity",
    "std",
    "aniso_rms",
    "error",
    "redundancy",
    "cc_half",
    "cc_half_aniso",
    "cc_half_expected",
    "cc_star",
    "cc_truth",
    "cc_truth_aniso",
    "cc_truth_expected"
  };
  private static final int VOXELS = 3;
  private static final int FIRST_CORRELATION = 9;

  public ShellTable {
    shells = List.copyOf(shells);
  }

  private static double[] numbers(Shell x) {
    return new double[] {
      x.sMin(),
      x.sMax(),
      x.s(),
      x.voxels(),
      x.mean(),
      x.deviation(),
      x.anisotropic(),
      x.error(),
      x.redundancy(),
      x.ccHalf(),
      x.ccHalfAnisotropic(),
      x.ccHalfExpected(),
      x.ccStar(),
      x.ccTruth(),
      x.ccTruthAnisotropic(),
      x.ccTruthExpected()
    };
  }

  /**
   * Comma-separated values: a line of names, a line for each shell, one for all of them. What is
   * not known is left empty.
   *
   * @return lines ending with a line feed
   */
  public String toCsv() {
    StringBuilder out = new StringBuilder(String.join(",", NAMES)).append('\n');
    for (Shell shell : shells) {
      csvLine(out, shell);
    }
    csvLine(out, overall);
    return out.toString();
  }

  private static void csvLine(StringBuilder out, Shell shell) {
    double[] v = numbers(shell);
    for (int c = 0; c < v.length; c++) {
      out.append(c == 0 ? "" : ",");
      if (c == VOXELS) {
        out.append(shell.voxels());
      } else if (!Double.isNaN(v[c])) {
        out.append(String.format(Locale.ROOT, "%.6g", v[c]));
      }
    }
    out.append('\n');
  }

  /**
   * Aligned columns for reading: shells that hold voxels, then a line for all of them. Columns that
   * nothing is known of are left out.
   *
   * @return lines ending with a line feed
   */
  public String toText() {
    boolean[] known = new boolean[NAMES.length];
    for (Shell shell : shells) {
      double[] v = numbers(shell);
      for (int c = 0; c < v.length; c++) {
        known[c] |= !Double.isNaN(v[c]);
      }
    }
    StringBuilder out = new StringBuilder();
    for (int c = 0; c < NAMES.length; c++) {
      if (known[c]) {
        out.append(String.format(Locale.ROOT, "%" + columnWidth(c) + "s", NAMES[c]));
      }
    }
    out.append('\n');
    for (Shell shell : shells) {
      if (shell.voxels() > 0) {
        textLine(out, shell, known);
      }
    }
    textLine(out, overall, known);
    return out.toString();
  }

  private static int columnWidth(int c) {
    return Math.max(NAMES[c].length() + 1, 10);
  }

  private static void textLine(StringBuilder out, Shell shell, boolean[] known) {
    double[] v = numbers(shell);
    for (int c = 0; c < v.length; c++) {
      if (known[c]) {
        String format =
            c == VOXELS ? "%.0f" : c < VOXELS || c >= FIRST_CORRELATION ? "%.3f" : "%.4g";
        String cell = Double.isNaN(v[c]) ? "-" : String.format(Locale.ROOT, format, v[c]);
        out.append(String.format(Locale.ROOT, "%" + columnWidth(c) + "s", cell));
      }
    }
    out.append('\n');
  }

  @Override
  public String toString() {
    return toText();
  }
}
