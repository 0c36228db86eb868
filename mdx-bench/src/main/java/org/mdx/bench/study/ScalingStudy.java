package org.mdx.bench.study;

import java.io.PrintStream;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import org.mdx.geometry.Conventions;
import org.mdx.merge.MergeOptions;
import org.mdx.merge.Merged;
import org.mdx.pipeline.Corrected;
import org.mdx.pipeline.Scaled;
import org.mdx.scale.ScalingModel;
import org.mdx.scaling.Scaling;
import org.mdx.scaling.ScalingOptions;
import org.mdx.scaling.TermOptions;
import org.mdx.sim.SimulationOptions;
import org.mdx.stats.ShellStatistics;
import org.mdx.table.HKLTable;

/**
 * Compares ways to scale: the whole way from images of several crystals with an ambiguous lattice
 * to the merged map, compared with the truth by shells of resolution, and refined terms with the
 * true factors, at several exposures. Prints the tables of {@code docs/scaling.md}:
 *
 * <pre>
 * java -cp mdx-bench/target/benchmarks.jar org.mdx.bench.study.ScalingStudy
 * </pre>
 *
 * Not a benchmark: times are for orientation.
 */
public final class ScalingStudy {
  private static final double[] EXPOSURES = {1, 0.25, 0.0625};
  private static final int SWEEPS = 3;
  private static final Artefacts ARTEFACTS = new Artefacts(60, 10, 40, 30);
  private static final double[] CUTOFFS = {Double.POSITIVE_INFINITY, 10, 7, 5, 4, 3};

  private final ScalingData data;
  private final List<HKLTable> noiseless;
  private final MapScore.Truth truth;
  private final double signal;
  private final PrintStream out = System.out;

  private ScalingStudy(ScalingData data, List<HKLTable> noiseless, MapScore.Truth truth) {
    this.noiseless = noiseless;
    this.data = data;
    this.truth = truth;
    signal = Arrays.stream(truth.model()).filter(x -> !Double.isNaN(x)).average().orElseThrow();
  }

  /**
   * Runs the study, about ten minutes on two cores.
   *
   * @param args ignored
   */
  public static void main(String[] args) {
    SimulationOptions options = SimulationOptions.demo().withSweeps(SWEEPS);
    ScalingData clean = new ScalingData(options);
    Corrected expected = clean.expect();
    HKLTable exact = clean.ideal(expected);
    List<HKLTable> noiseless = clean.onTrueScale(expected);
    MapScore.Truth truth =
        new MapScore.Truth(
            exact,
            ShellStatistics.of(options.cell(), options.spaceGroup()).lengths(exact),
            clean.truth(exact));
    for (double exposure : EXPOSURES) {
      System.out.printf(Locale.ROOT, "%n### Exposure × %s%n", exposure);
      ScalingData data = new ScalingData(ScalingData.exposed(options, exposure));
      new ScalingStudy(data, noiseless, truth).run();
    }
  }

  private void run() {
    Corrected corrected = data.observe(ScalingData.Mode.DEFAULT, Artefacts.NONE);
    modes(corrected);
    options(corrected);
    outliers(corrected);
  }

  /** A way of scaling: the merged map, and what is known of its models, if they were refined. */
  private record Way(HKLTable merged, Corrected corrected, Scaled scaled, double seconds) {}

  private static Way refined(Corrected corrected, ScalingOptions options, boolean compatible) {
    long start = System.nanoTime();
    Scaled scaled =
        corrected.scale(options.conventions(compatible ? Conventions.MDX2 : Conventions.STANDARD));
    double seconds = 1e-9 * (System.nanoTime() - start);
    HKLTable merged =
        scaled
            .merge(
                m ->
                    MergeOptions.defaults()
                        .conventions(compatible ? Conventions.MDX2 : Conventions.STANDARD))
            .table();
    return new Way(merged, corrected, scaled, seconds);
  }

  private void modes(Corrected corrected) {
    ScalingOptions mca2020 = ScalingOptions.mca2020();
    Map<String, Way> ways = new LinkedHashMap<>();
    ways.put(
        "compatible",
        refined(data.observe(ScalingData.Mode.COMPATIBLE, Artefacts.NONE), mca2020, true));
    ways.put(
        "its pixels right",
        refined(data.observe(ScalingData.Mode.COUNTED_ERRORS, Artefacts.NONE), mca2020, true));
    ways.put("default", refined(corrected, mca2020, false));
    ways.put("true factors", new Way(data.ideal(corrected), null, null, 0));
    boolean[] common = MapScore.present(ways.get("compatible").merged, truth);
    Map<String, MapScore> scores = new LinkedHashMap<>();
    ways.forEach((name, way) -> scores.put(name, new MapScore(way.merged, truth, common)));
    shells("Correlation with the truth", scores, "%.4f", s -> s.correlation, true);
    shells("The same without the isotropic part", scores, "%.4f", s -> s.anisotropic, false);
    shells("Bias of merged means, %", scores, "%.1f", s -> percent(s.bias), false);
    shells("χ² of merged values", scores, "%.2f", s -> s.chi, false);
    shells("χ² without the isotropic part", scores, "%.2f", s -> s.chiAnisotropic, false);
    out.printf("%nTerms%n%n");
    header("", "a·b·d, %", "b, %", "a, %", "d, %", "c/b, %", "χ²", "outliers", "cycles", "s");
    ways.forEach((name, way) -> row(name, terms(way)));
    List<ScalingModel> none = Arrays.asList(new ScalingModel[SWEEPS]);
    none.replaceAll(m -> ScalingModel.IDENTITY);
    row("no terms", errors(corrected, none));
    VoxelSpread spread =
        new VoxelSpread(
            data.onTrueScale(corrected), ways.get("true factors").merged, noiseless, truth.exact());
    out.printf(
        Locale.ROOT,
        "%nχ² of observations with true factors %.3f, of which %.3f within voxels%n",
        spread.observed,
        spread.within);
  }

  private static double[] percent(double[] x) {
    return Arrays.stream(x).map(v -> 100 * v).toArray();
  }

  private void shells(
      String title,
      Map<String, MapScore> scores,
      String format,
      Function<MapScore, double[]> value,
      boolean ceiling) {
    out.printf("%n%s%n%n", title);
    List<String> names = new ArrayList<>(List.of("s, Å⁻¹"));
    names.addAll(scores.keySet());
    if (ceiling) {
      names.add("ceiling");
    }
    header(names.toArray(new String[0]));
    for (int s = 0; s < MapScore.SHELLS.length - 1; s++) {
      List<String> cells = new ArrayList<>();
      for (MapScore score : scores.values()) {
        cells.add(format(format, value.apply(score)[s]));
      }
      if (ceiling) {
        cells.add(format(format, scores.get("true factors").ceiling[s]));
      }
      row(format("%.2f–%.2f", MapScore.SHELLS[s], MapScore.SHELLS[s + 1]), cells);
    }
  }

  private List<String> errors(Corrected corrected, List<ScalingModel> models) {
    TermScore t = new TermScore(data, corrected.tables(), models);
    List<String> cells = new ArrayList<>();
    for (double x : new double[] {t.scale, t.b, t.a, t.d, t.offset / signal}) {
      cells.add(format("%.2f", 100 * x));
    }
    return cells;
  }

  private List<String> terms(Way way) {
    if (way.scaled == null) {
      return List.of();
    }
    List<String> cells = errors(way.corrected, way.scaled.models());
    Scaling scaling = way.scaled.scaling().orElseThrow();
    cells.add(format("%.3f", scaling.chiSquare()));
    cells.add(format("%d", scaling.outliers()));
    cells.add(format("%d", scaling.cycles().size()));
    cells.add(format("%.1f", way.seconds));
    return cells;
  }

  private void options(Corrected corrected) {
    ScalingOptions mca2020 = ScalingOptions.mca2020();
    Map<String, ScalingOptions> ways = new LinkedHashMap<>();
    ways.put("default", mca2020);
    ways.put("smoothness fixed", mca2020.adaptive(false));
    ways.put("1 round", mca2020.rounds(1));
    ways.put("3 rounds", mca2020.rounds(3));
    ways.put("tolerances / 10", all(mca2020, t -> t.cycles(30, t.tolerance() / 10)));
    ways.put("no outliers rejected", all(mca2020, t -> t.outlier(Double.POSITIVE_INFINITY)));
    ways.put("a 10 times as smooth", mca2020.absorption(t -> t.smoothness(100, 10)));
    ways.put("b", ScalingOptions.defaults());
    ways.put("b, c", mca2020.detector(t -> t.enabled(false)).absorption(t -> t.enabled(false)));
    ways.put("b, c, d", mca2020.absorption(t -> t.enabled(false)));
    ways.put("b, c, a", mca2020.detector(t -> t.enabled(false)));
    ways.put("prescaled by shells", mca2020.prescale(p -> p.enabled(true)));
    ways.put("prescaled by voxels", mca2020.prescale(p -> p.enabled(true).data(10, false)));
    boolean[] every = new boolean[truth.model().length];
    Arrays.fill(every, true);
    out.printf("%nOptions: means over shells of correlation and χ², both anisotropic%n%n");
    header(
        "",
        "CC",
        "χ² merged",
        "a·b·d, %",
        "b, %",
        "a, %",
        "d, %",
        "c/b, %",
        "χ²",
        "outliers",
        "cycles",
        "s");
    ways.forEach(
        (name, options) -> {
          Way way = refined(corrected, options, false);
          List<String> cells = quality(new MapScore(way.merged, truth, every));
          cells.addAll(terms(way));
          row(name, cells);
        });
  }

  private static List<String> quality(MapScore score) {
    return new ArrayList<>(
        List.of(
            format("%.4f", Arrays.stream(score.anisotropic).average().orElseThrow()),
            format("%.2f", Arrays.stream(score.chiAnisotropic).average().orElseThrow())));
  }

  private static ScalingOptions all(ScalingOptions o, UnaryOperator<TermOptions> change) {
    return o.scale(change).offset(change).detector(change).absorption(change);
  }

  /** What leaving out outliers does to data with and without any. */
  private void outliers(Corrected clean) {
    Corrected spoilt = data.observe(ScalingData.Mode.DEFAULT, ARTEFACTS);
    Scaled good = clean.scale(ScalingOptions.mca2020());
    Scaled bad = spoilt.scale(ScalingOptions.mca2020());
    Scaled all =
        spoilt.scale(all(ScalingOptions.mca2020(), t -> t.outlier(Double.POSITIVE_INFINITY)));
    boolean[] every = new boolean[truth.model().length];
    Arrays.fill(every, true);
    out.printf(
        "%nOutliers when merging: rejected of %d observations, CC and χ² as above%n%n",
        clean.tables().stream().mapToInt(HKLTable::rows).sum());
    header(
        "cutoff",
        "clean",
        "CC",
        "χ²",
        "with artefacts",
        "CC",
        "χ²",
        "not rejected in scaling",
        "CC",
        "χ²");
    for (double cutoff : CUTOFFS) {
      List<String> cells = new ArrayList<>();
      for (Scaled scaled : List.of(good, bad, all)) {
        Merged merged = scaled.merge(m -> MergeOptions.defaults().outlier(cutoff)).merged();
        cells.add(format("%d", merged.outliers()));
        cells.addAll(quality(new MapScore(merged.table(), truth, every)));
      }
      row(cutoff < Double.POSITIVE_INFINITY ? format("%.0f", cutoff) : "none", cells);
    }
    out.printf("%nTerms with artefacts%n%n");
    header("", "a·b·d, %", "b, %", "a, %", "d, %", "c/b, %");
    row("rejected in scaling", errors(spoilt, bad.models()));
    row("not rejected", errors(spoilt, all.models()));
  }

  private void header(String... names) {
    out.println("| " + String.join(" | ", names) + " |");
    out.println("|---".repeat(names.length) + "|");
  }

  private void row(String name, List<String> cells) {
    if (!cells.isEmpty()) {
      out.println("| " + name + " | " + String.join(" | ", cells) + " |");
    }
  }

  private static String format(String format, Object... values) {
    return String.format(Locale.ROOT, format, values);
  }
}
