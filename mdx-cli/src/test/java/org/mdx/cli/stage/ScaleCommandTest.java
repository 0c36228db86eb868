package org.mdx.cli.stage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.mdx.cli.SimulatedData.run;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.mdx.cli.SimulatedData;
import org.mdx.cli.SimulatedData.Outcome;
import org.mdx.cli.terminal.OutputNames;
import org.mdx.cli.terminal.Spelling;
import org.mdx.crystal.SpaceGroup;
import org.mdx.crystal.UnitCell;
import org.mdx.io.nexus.Mdx2;
import org.mdx.io.nexus.MdxGeometryFile;
import org.mdx.math.Mat3;
import org.mdx.merge.MergeOptions;
import org.mdx.merge.Merger;
import org.mdx.merge.Split;
import org.mdx.parallel.Parallel;
import org.mdx.scale.ScalingModel;
import org.mdx.scaling.ScalingOptions;
import org.mdx.table.Column;
import org.mdx.table.FloatColumn;
import org.mdx.table.HKLTable;
import org.mdx.table.IntColumn;
import org.mdx.table.Subdivision;
import picocli.CommandLine;

class ScaleCommandTest {
  @TempDir private Path dir;

  private static ScalingOptions parsed(String... words) {
    ScalingArguments arguments = new ScalingArguments();
    new CommandLine(arguments).parseArgs(Spelling.withDashes(words));
    return arguments.options();
  }

  @Test
  void defaultsShouldBeThoseOfTheLibrary() {
    assertThat(parsed()).isEqualTo(ScalingOptions.defaults());
    assertThat(parsed("--mca2020")).isEqualTo(ScalingOptions.mca2020());
    assertThat(parsed("--mca2020", "True")).isEqualTo(ScalingOptions.mca2020());
    assertThat(parsed("--mca2020=false")).isEqualTo(ScalingOptions.defaults());
  }

  @Test
  void everyOptionShouldReachItsTerm() {
    assertThat(
            parsed(
                "--scaling.enable=False --scaling.alpha 2 --scaling.dphi 3 --scaling.niter 4"
                    .split("[ ]")))
        .isEqualTo(
            ScalingOptions.defaults()
                .scale(t -> t.enabled(false).smoothness(1, 2).stepPhi(3).cycles(4, t.tolerance())));
    assertThat(
            parsed(
                ("--offset.enable True --offset.alpha_x 2 --offset.alpha_y 3 --offset.alpha_min 4"
                        + " --offset.min -5 --offset.dphi 6 --offset.ns 7 --offset.niter 8"
                        + " --offset.x2tol 9 --offset.outlier 10")
                    .split(" ")))
        .isEqualTo(
            ScalingOptions.defaults()
                .offsetBounds(-5, 4)
                .offset(
                    t ->
                        t.enabled(true)
                            .smoothness(2, 3)
                            .stepPhi(6)
                            .points(7, t.ny())
                            .cycles(8, 9)
                            .outlier(10)));
    assertThat(
            parsed(
                ("--detector.enable --detector.alpha 2 --detector.nx 3 --detector.ny 4"
                        + " --detector.niter 5 --detector.x2tol 6 --detector.outlier 7")
                    .split(" ")))
        .isEqualTo(
            ScalingOptions.defaults()
                .detector(
                    t -> t.enabled(true).smoothness(2, 1).points(3, 4).cycles(5, 6).outlier(7)));
    assertThat(
            parsed(
                ("--absorption.enable True --absorption.alpha_xy 2 --absorption.alpha_z 3"
                        + " --absorption.nx 4 --absorption.ny 5 --absorption.dphi 6"
                        + " --absorption.niter 7 --absorption.x2tol 8 --absorption.outlier 9")
                    .split(" ")))
        .isEqualTo(
            ScalingOptions.defaults()
                .absorption(
                    t ->
                        t.enabled(true)
                            .smoothness(2, 3)
                            .points(4, 5)
                            .stepPhi(6)
                            .cycles(7, 8)
                            .outlier(9)));
    assertThat(
            parsed(
                ("--prescale.enable --prescale.subsample 2 --prescale.isotropic False"
                        + " --prescale.scaling False --prescale.offset True"
                        + " --prescale.detector True --prescale.absorption False")
                    .split(" ")))
        .isEqualTo(
            ScalingOptions.defaults()
                .prescale(p -> p.enabled(true).data(2, false).terms(false, true, true, false)));
  }

  /** The names that mdx2 1.0.4 gives, by its rules. */
  @ParameterizedTest
  @CsvSource({
    "a/corrected.nxs b/corrected.nxs, a/scales.nxs b/scales.nxs",
    "corrected.nxs, scales.nxs",
    "a/corrected.nxs corrected.nxs, a/scales.nxs scales.nxs",
    "corrected_0.nxs corrected_1.nxs, scales_0.nxs scales_1.nxs",
    "x/my_corrected_A.nxs x/B.c_B.nxs, x/scales_A.nxs x/scales_B.nxs",
  })
  void modelsShouldBeNamedAsMdx2NamesThem(String tables, String models) {
    assertThat(OutputNames.of(paths(tables), null, file -> "scales.nxs")).isEqualTo(paths(models));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      nullValues = "-",
      value = {
        "a.nxs a.nxs | - | a.nxs is given twice",
        "a.nxs ./b/../a.nxs | x y | is given twice",
        "a.nxs b.nxs | - | no name for the output of a.nxs",
        "a_1.nxs b_1.nxs | - | two outputs would be written to scales_1.nxs",
        "x/a.nxs x/b.nxs y/a.nxs | - | 3 inputs in 2 folders",
        "a.nxs b.nxs | x | 1 names for 2 inputs",
        "a.nxs b.nxs | x x | two outputs would be written to x",
      })
  void namesWithoutARuleShouldBeRefused(String tables, String given, String message) {
    assertThatThrownBy(
            () ->
                OutputNames.of(
                    paths(tables), given == null ? null : paths(given), file -> "scales.nxs"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining(message);
  }

  private static List<Path> paths(String words) {
    return Arrays.stream(words.split(" ")).map(Path::of).toList();
  }

  /** Intensities 100 + H of 40 voxels, each seen at every degree of a sweep, times a factor. */
  private Path sweep(String name, double factor) throws IOException {
    int n = 400;
    int[] h = new int[n];
    float[][] columns = new float[6][n];
    Random random = new Random(name.hashCode());
    for (int i = 0; i < n; i++) {
      h[i] = i % 40;
      double b = factor * (1 + 0.02 * (i / 40));
      columns[0][i] = (float) (b * (100 + h[i] + 0.1 * random.nextGaussian()));
      columns[1][i] = (float) (b * 0.1);
      columns[2][i] = i / 40 + 0.5f;
      columns[3][i] = 0.1f + 0.001f * h[i];
      columns[4][i] = random.nextInt(100);
      columns[5][i] = random.nextInt(100);
    }
    IntColumn zero = IntColumn.of(new int[n]);
    HKLTable t = HKLTable.of(Subdivision.NONE, IntColumn.of(h), zero, zero);
    String[] names = {"intensity", "intensity_error", "phi", "s", "ix", "iy"};
    for (int c = 0; c < names.length; c++) {
      t = t.with(names[c], FloatColumn.of(columns[c]));
    }
    Path file = dir.resolve(name);
    Mdx2.writeTable(file, t);
    return file;
  }

  @Test
  void scaledAndMergedSweepsShouldAgree() throws IOException {
    Path one = sweep("t_1.nxs", 1);
    Path two = sweep("t_2.nxs", 3);

    Outcome o = run("scale", one, two, "--scaling.dphi", 1);

    assertThat(o.err()).isEmpty();
    assertThat(o.out()).contains("b cycle 1: chi2 ", "outliers", "scales_2.nxs");
    ScalingModel first = Mdx2.readScales(dir.resolve("scales_1.nxs"));
    ScalingModel second = Mdx2.readScales(dir.resolve("scales_2.nxs"));
    assertThat(second.b(5.5) / first.b(5.5)).isBetween(2.97, 3.03);
    assertThat(first.b(9.5) / first.b(0.5)).isBetween(1.16, 1.20);

    Path merged = dir.resolve("merged.nxs");
    Path[] scales = {dir.resolve("scales_1.nxs"), dir.resolve("scales_2.nxs")};
    o =
        run(
            "merge",
            one,
            two,
            "--scale",
            scales[0],
            scales[1],
            "--outlier",
            5,
            "--per-sweep",
            "--partial",
            "1,2",
            "--outfile",
            merged);
    assertThat(o.err()).isEmpty();
    assertThat(SimulatedData.files(dir))
        .extracting(p -> dir.relativize(p).toString())
        .containsExactly(
            "merged.nxs",
            "merged_first_1.nxs",
            "merged_first_2.nxs",
            "merged_sweep_0.nxs",
            "merged_sweep_1.nxs",
            "report.html",
            "scales_1.nxs",
            "scales_2.nxs",
            "t_1.nxs",
            "t_2.nxs");
    assertThat(dir.resolve("merged_first_2.nxs")).hasSameBinaryContentAs(merged);
    assertThat(dir.resolve("merged_sweep_0.nxs"))
        .hasSameBinaryContentAs(dir.resolve("merged_first_1.nxs"));
    Column sweep0 = Mdx2.readTable(dir.resolve("merged_sweep_0.nxs")).column("intensity");
    Column sweep1 = Mdx2.readTable(dir.resolve("merged_sweep_1.nxs")).column("intensity");
    for (int v = 0; v < 40; v++) {
      assertThat(sweep1.get(v) / sweep0.get(v)).isBetween(0.99, 1.01);
    }

    run("merge", one, two, "--scale", scales[0], scales[1], "--no-scaling", "--outfile", merged);
    Path plain = dir.resolve("plain.nxs");
    run("merge", one, two, "--outfile", plain);
    assertThat(merged).hasSameBinaryContentAs(plain);
  }

  @Test
  void mergeShouldReadAllColumnsThatTheLibraryWouldUse() throws IOException {
    Path file = sweep("t_1.nxs", 1);
    HKLTable t = Mdx2.readTable(file);
    float[] v = new float[t.rows()];
    for (int i = 0; i < v.length; i++) {
      v[i] = 1 + i % 7;
    }
    t =
        t.with("background_variance", FloatColumn.of(v))
            .with("variance_per_intensity", FloatColumn.of(v))
            .with("op", IntColumn.of(new int[v.length]))
            .with("rs_volume", FloatColumn.of(v));
    Mdx2.writeTable(file, t);
    run("scale", file);
    ScalingModel model = Mdx2.readScales(dir.resolve("scales.nxs"));
    Path merged = dir.resolve("merged.nxs");
    Path expected = dir.resolve("expected.nxs");
    Merger merger = Merger.of(MergeOptions.defaults().outlier(5).split(Split.FRIEDEL), 1, -1);
    Parallel parallel = Parallel.of(2);
    Mdx2.writeTable(expected, merger.merge(List.of(model.apply(t, parallel)), parallel).table());
    Path geometry = dir.resolve("geometry.nxs");
    Mdx2.writeGeometry(
        geometry,
        new MdxGeometryFile(
            new UnitCell(30, 30, 30, 90, 90, 90),
            SpaceGroup.ofNumber(1),
            Mat3.IDENTITY,
            Mat3.diagonal(1 / 30.0, 1 / 30.0, 1 / 30.0),
            Optional.empty(),
            Optional.empty()));

    Outcome o =
        run(
            "merge",
            file,
            "--scale",
            dir.resolve("scales.nxs"),
            "--outlier",
            5,
            "--split",
            "Friedel",
            "--geometry",
            geometry,
            "--outfile",
            merged);

    assertThat(o.err()).isEmpty();
    assertThat(merged).hasSameBinaryContentAs(expected);
  }

  @Test
  void numbersThatDoNotFitShouldBeWrongUsage() throws IOException {
    Path one = sweep("t_1.nxs", 1);
    for (Object[] args :
        new Object[][] {
          {"merge", one, "--scale", one, one},
          {"merge", one, "--partial", "2"},
          {"merge", one, "--partial", "0"},
          {"scale", one, one},
          {"scale", one, "--outfile", "x", "y"},
          {"scale", one, "--scaling.enable", "False"},
          {"scale", one, "--scaling.niter", "0"},
        }) {
      Outcome o = run(args);
      assertThat(o.code()).as(Arrays.toString(args) + o.err()).isEqualTo(2);
    }
    Outcome o = run("merge", one, "--scale", one);
    assertThat(o.code()).isEqualTo(1);
    assertThat(o.err()).contains("t_1.nxs", "a scaling model", "[hkl_table]");
  }
}
