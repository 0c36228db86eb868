package org.mdx.bench.study;

import java.io.PrintStream;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Function;
import org.mdx.geometry.Conventions;
import org.mdx.merge.ErrorModel;
import org.mdx.merge.MergeOptions;
import org.mdx.merge.Merged;
import org.mdx.merge.Merger;
import org.mdx.parallel.Parallel;
import org.mdx.sim.Simulation;
import org.mdx.sim.SimulationOptions;
import org.mdx.stats.Correlation;
import org.mdx.table.Column;
import org.mdx.table.ColumnNames;
import org.mdx.table.DoubleColumn;
import org.mdx.table.HKLGroups;
import org.mdx.table.HKLTable;

/**
 * Which variance to merge with: bias, χ² and correlation with the truth of simulated sweeps at
 * several exposures, by shells of resolution. Prints the tables of {@code docs/error-model.md}:
 *
 * <pre>
 * java -cp mdx-bench/target/benchmarks.jar org.mdx.bench.study.ErrorModelStudy
 * </pre>
 *
 * Not a benchmark: nothing is timed.
 */
public final class ErrorModelStudy {
  private static final double[] EXPOSURES = {1, 0.25, 0.0625};
  private static final double[] SHELLS = {0.05, 0.15, 0.25, 0.35, 0.45, 0.55, 0.65, 0.75};
  private static final int SWEEPS = 3;
  private static final double CUTOFF = 5;
  private static final Parallel PARALLEL = Parallel.available();

  private final HKLTable observed;
  private final HKLGroups groups;

  /** Each row's intensity without noise, and each voxel's weighted by exposure. */
  private final double[] exact;

  private final double[] exactVoxel;

  /** True intensity of each voxel by the model, and shell of each voxel, −1 outside all. */
  private final double[] truth;

  private final int[] shell;

  private ErrorModelStudy(HKLTable observed, double[] exact, double[] truth) {
    this.observed = observed;
    this.exact = exact;
    this.truth = truth;
    groups = observed.groups();
    Column exposure = observed.column(ColumnNames.VARIANCE_PER_INTENSITY);
    exactVoxel = new double[groups.count()];
    shell = new int[groups.count()];
    for (int g = 0; g < shell.length; g++) {
      double sumW = 0;
      double sumWI = 0;
      for (int i = groups.start(g); i < groups.start(g + 1); i++) {
        sumW += 1 / exposure.get(groups.row(i));
        sumWI += exact[groups.row(i)] / exposure.get(groups.row(i));
      }
      exactVoxel[g] = sumWI / sumW;
      double s = observed.column(ColumnNames.S).get(groups.row(groups.start(g)));
      int at = Arrays.binarySearch(SHELLS, s);
      int below = at < 0 ? -at - 2 : at;
      boolean inside = below >= 0 && below < SHELLS.length - 1 && !Double.isNaN(truth[g]);
      shell[g] = inside ? below : -1;
    }
  }

  /**
   * Runs the study, about two minutes on two cores.
   *
   * @param args ignored
   */
  public static void main(String[] args) {
    SimulationOptions options = SimulationOptions.demo().withSweeps(SWEEPS);
    HKLTable expected = StudyData.expect(options);
    double[] truth = truth(Simulation.of(options), expected);
    double[] exact = values(expected.column(ColumnNames.INTENSITY));
    for (double exposure : EXPOSURES) {
      SimulationOptions shorter =
          options
              .withFrames(options.frames(), options.frameWidth(), options.exposure() * exposure)
              .withBackground(
                  options.backgroundFrames(),
                  options.backgroundFrameWidth(),
                  options.backgroundExposure() * exposure);
      HKLTable observed = StudyData.observe(shorter);
      if (!observed.h().equals(expected.h()) || !observed.l().equals(expected.l())) {
        throw new IllegalStateException(
            observed.rows() + " rows with noise are not the " + expected.rows() + " without");
      }
      new ErrorModelStudy(observed, exact, truth).print(exposure, System.out);
    }
  }

  private static double[] truth(Simulation simulation, HKLTable rows) {
    HKLGroups groups = rows.groups();
    double[] truth = new double[groups.count()];
    double excluded = StudyData.MASKED * simulation.model().parameters().peakSigma();
    int block = 1024;
    PARALLEL.forEach(
        (truth.length + block - 1) / block,
        b -> {
          for (int g = b * block; g < Math.min(truth.length, (b + 1) * block); g++) {
            truth[g] =
                simulation
                    .model()
                    .voxel(groups.h(g), groups.k(g), groups.l(g), rows.ndiv(), excluded, 4);
          }
        });
    return truth;
  }

  private void print(double exposure, PrintStream out) {
    Map<String, double[]> models = new LinkedHashMap<>();
    models.put("compatible", values(observed.column("counted_error")));
    models.put("floored", values(observed.column("floored_error")));
    models.put("shell", values(observed.column(ColumnNames.INTENSITY_ERROR)));
    models.put("expected", null);
    models.put("ideal", ideal());
    Map<String, ModelResult> results = new LinkedHashMap<>();
    models.forEach((name, error) -> results.put(name, result(name, error)));
    boolean[] common = results.get("compatible").present();
    List<List<ShellResult>> shells = new ArrayList<>();
    for (int s = 0; s < SHELLS.length - 1; s++) {
      List<ShellResult> row = new ArrayList<>();
      for (ModelResult m : results.values()) {
        row.add(shellResult(s, m, common));
      }
      shells.add(row);
    }
    String names = String.join(" | ", models.keySet());
    out.printf(Locale.ROOT, "%n### Exposure × %s%n%nBias of merged means, %%:%n%n", exposure);
    out.println("| s, Å⁻¹ | counts | " + names + " | ± |");
    table(out, shells, r -> format("%.1f", r.bias()), r -> format("%.1f", r.biasError()));
    out.printf("%nχ² of observations, of merged values:%n%n| s, Å⁻¹ | counts | %s |%n", names);
    table(out, shells, r -> format("%.2f, %.2f", r.chi(), r.chiMerged()), null);
    out.printf(
        "%nCorrelation with the truth, of the voxels that compatible merging keeps; of all:%n%n"
            + "| s, Å⁻¹ | counts | %s |%n",
        names);
    table(out, shells, r -> format("%.4f; %.4f", r.common(), r.all()), null);
    out.printf("%nVoxels with a value:%n%n| s, Å⁻¹ | counts | %s |%n", names);
    table(out, shells, r -> format("%d", r.voxels()), null);
    out.printf(
        "%nWith outliers beyond %.0f σ left out: observations rejected in a million, bias by"
            + " shell in %%:%n%n| | rejected | bias |%n|---|---|---|%n",
        CUTOFF);
    models.forEach((name, error) -> out.println(outliers(name, error)));
  }

  private static void table(
      PrintStream out,
      List<List<ShellResult>> shells,
      Function<ShellResult, String> cell,
      Function<ShellResult, String> last) {
    int columns = 2 + shells.get(0).size() + (last == null ? 0 : 1);
    out.println("|---".repeat(columns) + "|");
    for (int s = 0; s < shells.size(); s++) {
      List<ShellResult> row = shells.get(s);
      ShellResult ideal = row.get(row.size() - 1);
      List<String> cells = new ArrayList<>();
      cells.add(format("%.2f–%.2f", SHELLS[s], SHELLS[s + 1]));
      cells.add(format("%.1f", ideal.counts()));
      row.forEach(r -> cells.add(cell.apply(r)));
      if (last != null) {
        cells.add(last.apply(ideal));
      }
      out.println("| " + String.join(" | ", cells) + " |");
    }
  }

  private static String format(String format, Object... values) {
    return String.format(Locale.ROOT, format, values);
  }

  private double[] ideal() {
    double[] error = new double[observed.rows()];
    for (int g = 0; g < groups.count(); g++) {
      for (int i = groups.start(g); i < groups.start(g + 1); i++) {
        error[groups.row(i)] = Math.sqrt(trueVariance(groups.row(i), exactVoxel[g]));
      }
    }
    return error;
  }

  private double trueVariance(int row, double intensity) {
    return observed.column(ColumnNames.BACKGROUND_VARIANCE).get(row)
        + observed.column(ColumnNames.VARIANCE_PER_INTENSITY).get(row) * Math.max(intensity, 0);
  }

  /** Merged with errors, or from the expectation if there are none. */
  private Merged merge(String name, double[] error, double cutoff) {
    MergeOptions options =
        MergeOptions.defaults()
            .outlier(cutoff)
            .conventions(name.equals("compatible") ? Conventions.MDX2 : Conventions.STANDARD)
            .errorModel(error == null ? ErrorModel.EXPECTED : ErrorModel.COUNTED);
    HKLTable table =
        error == null
            ? observed
            : observed.with(ColumnNames.INTENSITY_ERROR, DoubleColumn.of(error));
    return Merger.of(options).merge(List.of(table), PARALLEL);
  }

  /** Merged values and errors, and the variance that each row was weighted with. */
  private record ModelResult(double[] merged, double[] sigma, double[] variance) {
    boolean[] present() {
      boolean[] present = new boolean[merged.length];
      for (int g = 0; g < merged.length; g++) {
        present[g] = !Double.isNaN(merged[g]);
      }
      return present;
    }
  }

  private ModelResult result(String name, double[] error) {
    HKLTable table = merge(name, error, Double.POSITIVE_INFINITY).table();
    double[] merged = values(table.column(ColumnNames.INTENSITY));
    double[] sigma = values(table.column(ColumnNames.INTENSITY_ERROR));
    double[] variance = new double[observed.rows()];
    for (int g = 0; g < groups.count(); g++) {
      double expectation = error == null ? expectation(g, sigma[g]) : 0;
      for (int i = groups.start(g); i < groups.start(g + 1); i++) {
        int row = groups.row(i);
        variance[row] = error == null ? trueVariance(row, expectation) : error[row] * error[row];
      }
    }
    return new ModelResult(merged, sigma, variance);
  }

  /** The expectation E that a voxel was merged with, from 1/σ² = Σ 1/(v0 + v1·E) by bisection. */
  private double expectation(int g, double sigma) {
    double low = 0;
    double high = 1e15;
    for (int step = 0; step < 200; step++) {
      double middle = (low + high) / 2;
      double weight = 0;
      for (int i = groups.start(g); i < groups.start(g + 1); i++) {
        weight += 1 / trueVariance(groups.row(i), middle);
      }
      if (1 / weight < sigma * sigma) {
        low = middle;
      } else {
        high = middle;
      }
    }
    return (low + high) / 2;
  }

  /** What a model makes of a shell: counts of an observation, bias in percent, and the rest. */
  private record ShellResult(
      double counts,
      double bias,
      double biasError,
      double chi,
      double chiMerged,
      int voxels,
      double common,
      double all) {}

  private ShellResult shellResult(int s, ModelResult m, boolean[] common) {
    double difference = 0;
    double total = 0;
    double spread = 0;
    double chi = 0;
    int observations = 0;
    double chiMerged = 0;
    int voxels = 0;
    Correlation all = new Correlation();
    Correlation both = new Correlation();
    Column one = observed.column(ColumnNames.VARIANCE_PER_INTENSITY);
    for (int g = 0; g < groups.count(); g++) {
      if (shell[g] != s || Double.isNaN(m.merged[g])) {
        continue;
      }
      double weight = 0;
      double mean = 0;
      double exposure = 0;
      double noise = 0;
      for (int i = groups.start(g); i < groups.start(g + 1); i++) {
        int row = groups.row(i);
        if (!(m.variance[row] > 0)) {
          continue;
        }
        double off = observed.column(ColumnNames.INTENSITY).get(row) - exact[row];
        weight += 1 / m.variance[row];
        mean += exact[row] / m.variance[row];
        exposure += 1 / one.get(row);
        noise += trueVariance(row, exactVoxel[g]) / (one.get(row) * one.get(row));
        chi += off * off / m.variance[row];
        observations++;
      }
      double off = m.merged[g] - mean / weight;
      difference += exposure * off;
      total += exposure * mean / weight;
      spread += noise;
      chiMerged += off * off / (m.sigma[g] * m.sigma[g]);
      voxels++;
      all.add(m.merged[g], truth[g]);
      if (common[g]) {
        both.add(m.merged[g], truth[g]);
      }
    }
    return new ShellResult(
        spread / observations,
        100 * difference / total,
        100 * Math.sqrt(spread) / total,
        chi / observations,
        chiMerged / voxels,
        voxels,
        both.value(),
        all.value());
  }

  private String outliers(String name, double[] error) {
    Merged m = merge(name, error, CUTOFF);
    double[] value = values(m.table().column(ColumnNames.INTENSITY));
    List<String> bias = new ArrayList<>();
    for (int s = 0; s < SHELLS.length - 1; s++) {
      double difference = 0;
      double total = 0;
      for (int g = 0; g < value.length; g++) {
        if (shell[g] == s && !Double.isNaN(value[g])) {
          double exposure = groups.size(g);
          difference += exposure * (value[g] - exactVoxel[g]);
          total += exposure * exactVoxel[g];
        }
      }
      bias.add(format("%.1f", 100 * difference / total));
    }
    return format(
        "| %s | %.0f | %s |", name, 1e6 * m.outliers() / m.rows(), String.join(", ", bias));
  }

  private static double[] values(Column column) {
    double[] v = new double[column.size()];
    for (int i = 0; i < v.length; i++) {
      v[i] = column.get(i);
    }
    return v;
  }
}
