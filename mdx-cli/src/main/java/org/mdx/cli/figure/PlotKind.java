package org.mdx.cli.figure;

import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;
import org.mdx.figures.Figure;

/** The kinds of figures that {@code mdx plot} draws: what each takes, and how it is made. */
enum PlotKind {
  MAP(
      "a plane of a map or table",
      "a map or a table",
      "--slice --column --limits --geometry --colours --vmin --vmax",
      PlotMaps::plane),
  ANISOTROPIC(
      "a plane without the isotropic average",
      "a merged table",
      "--slice --limits --geometry --colours --vmin --vmax",
      PlotMaps::anisotropic),
  DIFFERENCE(
      "a plane of two maps and second − first",
      "two maps or merged tables",
      "--slice --column --anisotropic --limits --geometry --colours --vmin --vmax",
      PlotMaps::difference),
  SCALE("scale b(φ)", "scales.nxs, one a sweep", "--limits", PlotScaling::scale),
  OFFSET(
      "offset c(s, φ)", "scales.nxs, one a sweep", "--colours --vmin --vmax", PlotScaling::offset),
  ABSORPTION(
      "absorption a(ix, iy, φ)",
      "scales.nxs, one a sweep",
      "--colours --vmin --vmax",
      PlotScaling::absorption),
  DETECTOR(
      "detector factor d(ix, iy)",
      "scales.nxs, one a sweep",
      "--colours --vmin --vmax",
      PlotScaling::detector),
  DIALS_SCALE(
      "scale C and decay B of DIALS by image",
      "scaled.expt, one or more",
      "--limits",
      PlotScaling::dials),
  DIALS_DIFFUSE(
      "scale of Bragg reflections against b",
      "scaled.expt and scales.nxs of its sweeps",
      "--limits",
      PlotScaling::againstDials),
  SHELLS(
      "correlations, intensity, completeness, redundancy",
      "a merged table",
      "--geometry --resolution --limits",
      PlotShells::overview),
  STATISTICS(
      "mean, anisotropic part and error, logarithmic",
      "a merged table",
      "--geometry --resolution --limits",
      PlotShells::statistics),
  CC_HALF(
      "CC½ and what the errors let expect",
      "a merged table",
      "--geometry --resolution --limits",
      PlotShells::halves),
  ISOTROPIC("isotropic average", "a merged table", "--geometry --limits", PlotShells::isotropic),
  INTENSITY(
      "mean and standard deviation in halos and elsewhere",
      "merged tables: of all, then of each crystal",
      "--geometry --resolution --limits",
      PlotShells::intensity),
  CORRELATIONS(
      "CC½, CC_rep, CC_Friedel",
      "merged tables: of all, and of two crystals for CC_rep",
      "--geometry --friedel --resolution --limits",
      PlotShells::correlations),
  REDUNDANCY(
      "CC½ of merges with more and more sweeps",
      "merged tables, from few sweeps to many",
      "--geometry --resolution --limits",
      PlotShells::redundancy),
  HALVES(
      "one half-set against the other",
      "a merged table",
      "--limits --colours --vmin --vmax",
      PlotShells::scattergram),
  DEVIATIONS(
      "deviations of observations: distribution, by intensity, by angle and place, outliers",
      "corrected.nxs, one a sweep",
      "--scale --merged --colours --vmin --vmax",
      PlotScaling::deviations),
  PEAKS(
      "strong pixels about the reflections",
      "the .expt and the peaks.nxs of a sweep",
      "--sigma-cutoff",
      PlotScaling::peaks),
  MASK(
      "share of pixels that the Bragg mask leaves out, by s",
      "the .expt and the peaks.nxs of a sweep, in turn for several",
      "--sigma-cutoff --limits",
      PlotScaling::mask),
  BACKGROUND(
      "mean count rate of a background by angle",
      "binned.nxs",
      "--limits",
      PlotScaling::background);

  /** Makes the figures. */
  @FunctionalInterface
  interface Maker {
    /** Of the files and options of a command line. */
    List<Figure> make(PlotInput input) throws IOException;
  }

  private final String shows;
  private final String takes;
  private final Set<String> options;
  private final Maker maker;

  PlotKind(String shows, String takes, String options, Maker maker) {
    this.shows = shows;
    this.takes = takes;
    this.options = Set.of(options.split(" "));
    this.maker = maker;
  }

  /** The figures; at least one. */
  List<Figure> figures(PlotInput input) throws IOException {
    return maker.make(input);
  }

  /** What files it takes. */
  String takes() {
    return takes;
  }

  /** Whether an option is of use for it. */
  boolean allows(String option) {
    return options.contains(option);
  }

  /** The kinds that take an option. */
  static String allowing(String option) {
    return Arrays.stream(values())
        .filter(k -> k.allows(option))
        .map(PlotKind::toString)
        .collect(Collectors.joining(", "));
  }

  /** A line for the help of each kind. */
  static List<String> lines() {
    return Arrays.stream(values())
        .map(k -> String.format(Locale.ROOT, "  %-14s %s; of %s", k, k.shows, k.takes))
        .toList();
  }

  /** The kind of a name. */
  static PlotKind of(String name) {
    for (PlotKind k : values()) {
      if (k.toString().equals(name)) {
        return k;
      }
    }
    throw new IllegalArgumentException(
        "no kind of figure is called '"
            + name
            + "'; choose of "
            + Arrays.stream(values()).map(PlotKind::toString).collect(Collectors.joining(", ")));
  }

  /** The name, such as {@code cc-half}. */
  @Override
  public String toString() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }
}
