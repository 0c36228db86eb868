package org.mdx.microed.results;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** The cells of a row, the same for every kind of output. */
final class Cells {
  static final List<String> NAMES =
      List.of(
          "path",
          "resolution",
          "resolution_interpolated",
          "a",
          "b",
          "c",
          "alpha",
          "beta",
          "gamma",
          "sigma_a",
          "sigma_b",
          "sigma_c",
          "sigma_alpha",
          "sigma_beta",
          "sigma_gamma",
          "symmetry",
          "symmetry_probability",
          "lattices",
          "frames_kept",
          "frames",
          "completeness",
          "multiplicity",
          "observations",
          "unique",
          "i_over_sigma",
          "r_meas",
          "r_pim",
          "cc_half",
          "blanks_removed",
          "stopped",
          "notes",
          "dials");

  private Cells() {}

  /** Texts, integers, doubles (NaN where nothing is known) and booleans, by {@link #NAMES}. */
  static List<Object> of(CrystalResult r, double ccLimit) {
    List<Object> cells = new ArrayList<>();
    cells.add(r.path());
    cells.add(r.limit().resolution());
    cells.add(round(r.limit().interpolated(), 3));
    for (int i = 0; i < 6; i++) {
      int n = i;
      cells.add(r.cell().map(c -> c.value(n)).orElse(Double.NaN));
    }
    for (int i = 0; i < 6; i++) {
      int n = i;
      cells.add(round(r.cell().map(c -> c.sigma(n)).orElse(Double.NaN), 6));
    }
    cells.add(r.symmetry());
    cells.add(r.probability());
    cells.add(r.lattices());
    cells.add(known(r.framesKept()));
    cells.add(known(r.frames()));
    for (String column :
        new String[] {"%comp", "mult.", "#obs", "#uniq", "<I/sI>", "r_meas", "r_pim", "cc1/2"}) {
      double v = r.overall(column);
      cells.add(column.startsWith("#") && !Double.isNaN(v) ? (Object) (int) v : (Object) v);
    }
    cells.add(r.blanksRemoved());
    cells.add(r.stopped());
    cells.add(String.join("; ", notes(r, ccLimit)));
    cells.add(r.dials());
    return cells;
  }

  private static Object known(int count) {
    return count > 0 ? (Object) count : (Object) Double.NaN;
  }

  private static double round(double v, int decimals) {
    double f = Math.pow(10, decimals);
    return Double.isNaN(v) ? v : Math.rint(v * f) / f;
  }

  /** What a reader of a row should know. */
  static List<String> notes(CrystalResult r, double ccLimit) {
    List<String> notes = new ArrayList<>();
    if (!r.stopped().isEmpty()) {
      notes.add("stopped at " + r.stopped());
    }
    if (r.merging().isPresent()) {
      if (Double.isNaN(r.limit().resolution())) {
        notes.add("CC1/2 nowhere above " + ccLimit);
      }
      if (r.limit().atEdge()) {
        notes.add("CC1/2 above " + ccLimit + " in all shells");
      }
      if (r.limit().doubtful()) {
        notes.add("CC1/2 falls where hardly a reflection was measured twice");
      }
      if (!r.blanksRemoved()) {
        notes.add("with blank frames");
      }
    }
    if (r.lattices() > 1) {
      notes.add(r.lattices() + " lattices");
    }
    return notes;
  }

  static String fixed(double v, int decimals) {
    return String.format(Locale.ROOT, "%." + decimals + "f", v);
  }
}
