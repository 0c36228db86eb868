package org.mdx.cli.figure;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import java.util.function.Function;
import org.mdx.cli.terminal.CommonOptions;
import org.mdx.cli.terminal.Numbers;
import org.mdx.figures.ColourMap;
import org.mdx.figures.Figure;
import org.mdx.figures.Page;
import org.mdx.io.output.AtomicFile;
import org.mdx.map.Axis;
import picocli.CommandLine.Command;
import picocli.CommandLine.Help.Visibility;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Draws a figure of files. */
@Command(
    name = "plot",
    description = {
      "Draw a figure of files, as PNG, SVG, PDF, a page that zooms, or the numbers that are drawn.",
      "Kinds and what they take:"
    },
    mixinStandardHelpOptions = true,
    showDefaultValues = true)
public final class PlotCommand implements Callable<Integer> {
  @Spec private CommandSpec spec;
  @Mixin private CommonOptions common;

  @Parameters(
      index = "0",
      paramLabel = "KIND",
      description = "What to draw: ${COMPLETION-CANDIDATES}.",
      completionCandidates = Kinds.class)
  private String kind;

  @Parameters(index = "1..*", arity = "1..*", paramLabel = "FILE", description = "Of what.")
  private List<Path> files;

  @Option(
      names = {"-o", "--output", "--out"},
      required = true,
      paramLabel = "FILE",
      description =
          "File to write; its ending is png, svg, pdf, html or csv. Where a kind has several figures,"
              + " _1, _2, … come before the ending, but one page holds all.")
  private Path out;

  @Option(
      names = "--geometry",
      paramLabel = "FILE",
      description = "geometry.nxs or .expt with the cell and the symmetry of the crystal.")
  private Path geometry;

  @Option(
      names = "--slice",
      paramLabel = "AXIS=VALUE",
      description = "The plane; the nearest that there is. Default: l=0.")
  private String slice;

  @Option(
      names = "--column",
      paramLabel = "COLUMN",
      description = "Column of a table. Default: intensity.")
  private String column;

  @Option(names = "--anisotropic", description = "Without the isotropic averages.")
  private boolean anisotropic;

  @Option(
      names = "--relative",
      description =
          "Divide the intensities of a merged table by their largest shell mean between"
              + " reflections.")
  private boolean relative;

  @Option(
      names = "--limits",
      paramLabel = "X1,X2,Y1,Y2",
      parameterConsumer = Numbers.FourReals.class,
      description = "Part to draw: of the two indices of a plane, or of the axes of a chart.",
      showDefaultValue = Visibility.NEVER)
  private Numbers.Values limits;

  @Option(
      names = "--resolution",
      paramLabel = "D,D",
      parameterConsumer = Numbers.TwoReals.class,
      description = "Only voxels between these two d in Å.",
      showDefaultValue = Visibility.NEVER)
  private Numbers.Values resolution;

  @Option(
      names = "--colours",
      paramLabel = "NAME",
      description =
          "viridis, grey, inverted, heat,"
              + " coolwarm or blue-white-red. Default: what suits the quantity.")
  private String colours;

  @Option(names = "--vmin", paramLabel = "VALUE", description = "Value of the first colour.")
  private Double vmin;

  @Option(names = "--vmax", paramLabel = "VALUE", description = "Value of the last colour.")
  private Double vmax;

  @Option(
      names = "--friedel",
      paramLabel = "FILE",
      description = "Merged table with half-sets of Friedel mates.")
  private Path friedel;

  @Option(
      names = "--scale",
      arity = "1..*",
      paramLabel = "FILE",
      description = "scales.nxs of each table, in the same order.")
  private List<Path> scale;

  @Option(names = "--merged", paramLabel = "FILE", description = "The merged table of them.")
  private Path merged;

  @Option(
      names = "--sigma-cutoff",
      paramLabel = "SIGMA",
      description = "Standard deviations that are masked. Default: 3.")
  private Double sigmaCutoff;

  /** Names of the kinds. */
  static final class Kinds extends ArrayList<String> {
    private static final long serialVersionUID = 1;

    Kinds() {
      for (PlotKind k : PlotKind.values()) {
        add(k.toString());
      }
    }
  }

  @Override
  public Integer call() throws IOException {
    PlotKind what = common.checked(() -> PlotKind.of(kind));
    requireAllowed(what);
    String format = format();
    ColourMap map = colours == null ? null : common.checked(() -> ColourMap.of(colours));
    PlotInput input = common.checked(this::input);
    List<Figure> figures = new ArrayList<>();
    for (Figure figure : what.figures(input)) {
      figures.add(changed(figure, map));
    }
    write(figures, format);
    return 0;
  }

  /** Refuses options that this kind would not use: they would be a mistake without a word. */
  private void requireAllowed(PlotKind what) {
    for (OptionSpec option : spec.options()) {
      String name = option.longestName();
      boolean ofSome = !PlotKind.allowing(name).isEmpty();
      if (ofSome
          && !what.allows(name)
          && spec.commandLine().getParseResult().hasMatchedOption(option)) {
        throw common.usage(
            name + " is of no use for " + what + "; it is for " + PlotKind.allowing(name));
      }
    }
  }

  private String format() {
    String name = String.valueOf(out.getFileName()).toLowerCase(Locale.ROOT);
    for (String format : List.of("png", "svg", "pdf", "html", "csv")) {
      if (name.endsWith("." + format)) {
        return format;
      }
    }
    throw common.usage(out + ": its ending tells no format; give png, svg, pdf, html or csv");
  }

  private PlotInput input() {
    String[] words = (slice == null ? "l=0" : slice).toLowerCase(Locale.ROOT).split("=", 2);
    if (words.length != 2 || !words[0].matches("[hkl]") || !words[1].matches("[-+0-9.]+(/\\d+)?")) {
      throw new IllegalArgumentException(
          "--slice " + slice + ": give one axis and its value, such as l=0 or l=2/3");
    }
    double sMin = 0;
    double sMax = Double.POSITIVE_INFINITY;
    if (resolution != null) {
      sMin = 1 / Math.max(resolution.get(0), resolution.get(1));
      sMax = 1 / Math.min(resolution.get(0), resolution.get(1));
      if (!(sMin > 0 && sMax > sMin)) {
        throw new IllegalArgumentException("--resolution: give two different d above 0 in Å");
      }
    }
    return new PlotInput(
        files,
        geometry,
        Axis.valueOf(words[0].toUpperCase(Locale.ROOT)),
        fraction(words[1]),
        column == null ? "intensity" : column,
        anisotropic,
        new PlotInput.More(
            friedel,
            scale == null ? List.of() : scale,
            merged,
            sMin,
            sMax,
            sigmaCutoff == null ? 3 : sigmaCutoff,
            relative),
        common.parallel());
  }

  private static double fraction(String text) {
    String[] parts = text.split("/");
    double value = Double.parseDouble(parts[0]);
    return parts.length == 1 ? value : value / Double.parseDouble(parts[1]);
  }

  private Figure changed(Figure figure, ColourMap map) {
    return common.checked(
        () -> {
          Figure f = map == null ? figure : figure.colours(c -> c.map(map));
          if (vmin != null || vmax != null) {
            f = f.colourLimits(vmin == null ? Double.NaN : vmin, vmax == null ? Double.NaN : vmax);
          }
          return limits == null
              ? f
              : f.limits(limits.get(0), limits.get(1), limits.get(2), limits.get(3));
        });
  }

  private void write(List<Figure> figures, String format) throws IOException {
    if (format.equals("html") && figures.size() > 1) {
      Page page = Page.of(kind);
      figures.forEach(page::figure);
      String text = page.finish();
      AtomicFile.write(out, stream -> stream.write(text.getBytes(StandardCharsets.UTF_8)));
      common.out().println("wrote " + out + ": " + figures.size() + " figures");
      return;
    }
    Function<Figure, byte[]> bytes =
        switch (format) {
          case "png" -> Figure::png;
          case "svg" -> f -> f.svg().getBytes(StandardCharsets.UTF_8);
          case "pdf" -> Figure::pdf;
          case "csv" -> f -> f.toCsv().getBytes(StandardCharsets.UTF_8);
          default -> f -> f.html().getBytes(StandardCharsets.UTF_8);
        };
    for (int i = 0; i < figures.size(); i++) {
      Path file = figures.size() == 1 ? out : numbered(i + 1);
      byte[] content = bytes.apply(figures.get(i));
      AtomicFile.write(file, stream -> stream.write(content));
      common.out().println("wrote " + file + ": " + figures.get(i));
    }
  }

  private Path numbered(int i) {
    String name = out.getFileName().toString();
    int dot = name.lastIndexOf('.');
    return out.resolveSibling(name.substring(0, dot) + "_" + i + name.substring(dot));
  }
}
