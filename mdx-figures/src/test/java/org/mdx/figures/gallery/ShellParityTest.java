package org.mdx.figures.gallery;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.mdx.crystal.Crystal;
import org.mdx.figures.Figure;
import org.mdx.figures.LineChart;
import org.mdx.figures.Series;
import org.mdx.io.nexus.Mdx2;
import org.mdx.merge.MergeOptions;
import org.mdx.merge.Merger;
import org.mdx.parallel.Parallel;
import org.mdx.stats.CrossTable;
import org.mdx.stats.Halves;
import org.mdx.stats.IsotropicAverage;
import org.mdx.stats.IsotropicShell;
import org.mdx.stats.ShellOptions;
import org.mdx.stats.ShellStatistics;
import org.mdx.stats.Voxels;
import org.mdx.table.HKLTable;

/**
 * The numbers that figures of shells draw against those of pandas, by shells_by_pandas.py, of the
 * tables that mdx2 1.0.4 merged. Skipped without the reference data or without pandas and h5py.
 */
class ShellParityTest {
  private final Path reference =
      Path.of(System.getProperty("mdx.reference", "missing")).resolve("mdx2");

  private Map<String, List<double[]>> pandas(Path dir, Path one, Path two) throws Exception {
    Path script = dir.resolve("script.py");
    try (var in = ShellParityTest.class.getResourceAsStream("shells_by_pandas.py")) {
      Files.write(script, in.readAllBytes());
    }
    for (String python : new String[] {"/usr/bin/python3", "python3"}) {
      Path out = dir.resolve("out.csv");
      Process p;
      try {
        p =
            new ProcessBuilder(
                    python,
                    script.toString(),
                    reference.resolve("merged.nxs").toString(),
                    reference.resolve("merged_friedel.nxs").toString(),
                    one.toString(),
                    two.toString(),
                    reference.resolve("split_0/geometry.nxs").toString())
                .redirectOutput(out.toFile())
                .redirectError(dir.resolve("err").toFile())
                .start();
      } catch (IOException e) {
        continue;
      }
      if (p.waitFor(60, TimeUnit.SECONDS) && p.exitValue() == 0) {
        Map<String, List<double[]>> series = new LinkedHashMap<>();
        for (String line : Files.readAllLines(out)) {
          String[] cells = line.split(",");
          series
              .computeIfAbsent(cells[0], x -> new ArrayList<>())
              .add(new double[] {Double.parseDouble(cells[1]), Double.parseDouble(cells[2])});
        }
        return series;
      }
    }
    assumeTrue(false, "no python3 with pandas and h5py: figures are not compared with pandas");
    return Map.of();
  }

  private HKLTable single(String split) throws IOException {
    HKLTable corrected = Mdx2.readTable(reference.resolve(split + "/corrected.nxs"));
    HKLTable scaled =
        Mdx2.readScales(reference.resolve(split + "/scales.nxs")).apply(corrected, Parallel.of(2));
    return Merger.of(MergeOptions.defaults()).merge(List.of(scaled), Parallel.of(2)).table();
  }

  @Test
  void figuresShouldDrawTheNumbersOfPandas(@TempDir Path dir) throws Exception {
    assumeTrue(Files.isDirectory(reference), "no reference data: " + reference);
    Crystal crystal = Mdx2.readGeometry(reference.resolve("split_0/geometry.nxs")).crystal();
    List<HKLTable> two = List.of(single("split_0"), single("split_1"));
    Mdx2.writeTable(dir.resolve("one.nxs"), two.get(0));
    Mdx2.writeTable(dir.resolve("two.nxs"), two.get(1));
    Map<String, List<double[]>> expected =
        pandas(dir, dir.resolve("one.nxs"), dir.resolve("two.nxs"));
    assertThat(expected).hasSize(11);

    ShellStatistics s = ShellStatistics.of(crystal.cell(), crystal.spaceGroup());
    HKLTable merged = Mdx2.readTable(reference.resolve("merged.nxs"));
    ShellOptions o = ShellOptions.defaults();
    HaloAndRest random = HaloAndRest.of("all", s, merged, o);
    HaloAndRest friedel =
        HaloAndRest.of(
            "mates",
            s,
            Mdx2.readTable(reference.resolve("merged_friedel.nxs")),
            o.halves(Halves.FRIEDEL));
    List<CrossTable> crystals =
        List.of(
            s.cross(List.of("1", "2"), two, o.voxels(Voxels.HALO)),
            s.cross(List.of("1", "2"), two, o.voxels(Voxels.REST)));
    Figure cc = ShellFigures.correlations(random, friedel, crystals);
    Figure intensity = ShellFigures.intensity(List.of(random));
    for (int i = 0; i < 2; i++) {
      String kind = i == 0 ? "halo" : "rest";
      List<Series> drawn = ((LineChart) cc.panels().get(2 * i)).series();
      compare(drawn.get(0), expected.get("CC half " + kind), 1);
      compare(drawn.get(1), expected.get("CC_rep " + kind), 1);
      compare(drawn.get(2), expected.get("CC_Friedel " + kind), 1);
      Series mean = ((LineChart) intensity.panels().get(0)).series().get(i);
      Series std = ((LineChart) intensity.panels().get(1)).series().get(i);
      compare(mean, expected.get("mean " + kind), random.divisor());
      compare(std, expected.get("std " + kind), random.divisor());
    }
    isotropic(s, merged, expected.get("isotropic"));
  }

  private static void compare(Series drawn, List<double[]> expected, double divisor) {
    List<double[]> points = new ArrayList<>();
    for (int i = 0; i < drawn.size(); i++) {
      if (!Double.isNaN(drawn.y(i))) {
        points.add(new double[] {drawn.x(i), drawn.y(i) * divisor});
      }
    }
    assertThat(points).as(drawn.name()).hasSameSizeAs(expected);
    for (int i = 0; i < points.size(); i++) {
      double x = expected.get(i)[0];
      double y = expected.get(i)[1];
      assertThat(points.get(i)[0]).as(drawn.name()).isCloseTo(x, within(1e-6));
      assertThat(points.get(i)[1])
          .as(drawn.name() + " at " + x)
          .isCloseTo(y, within(1e-6 * Math.max(1, Math.abs(y))));
    }
  }

  /** Shells with few values or more noise than signal have no average of their own. */
  private static void isotropic(ShellStatistics s, HKLTable merged, List<double[]> expected) {
    int n = merged.rows();
    double[] values = new double[n];
    double[] errors = new double[n];
    for (int i = 0; i < n; i++) {
      values[i] = merged.intensity(i);
      errors[i] = merged.intensityError(i);
    }
    List<IsotropicShell> shells =
        IsotropicAverage.of(s.lengths(merged), values, errors, 0.01, 0.1, Parallel.of(1))
            .shells()
            .stream()
            .filter(x -> !Double.isNaN(x.average()))
            .toList();
    assertThat(shells).hasSameSizeAs(expected);
    for (int i = 0; i < shells.size(); i++) {
      double y = expected.get(i)[1];
      assertThat(shells.get(i).s()).isCloseTo(expected.get(i)[0], within(1e-6));
      assertThat(shells.get(i).average()).isCloseTo(y, within(1e-6 * Math.max(1, Math.abs(y))));
    }
  }
}
