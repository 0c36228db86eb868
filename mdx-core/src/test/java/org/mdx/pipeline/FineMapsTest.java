package org.mdx.pipeline;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.offset;
import static org.assertj.core.api.Assertions.withinPercentage;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;
import org.mdx.correct.CorrectOptions;
import org.mdx.crystal.Crystal;
import org.mdx.geometry.Conventions;
import org.mdx.geometry.ExactMillerIndexMap;
import org.mdx.geometry.Geometry;
import org.mdx.image.BinnedImageSeries;
import org.mdx.image.ImageSeries;
import org.mdx.image.RowMask;
import org.mdx.integrate.Integration;
import org.mdx.integrate.IntegrationOptions;
import org.mdx.integrate.Integrator;
import org.mdx.integrate.RandomSweep;
import org.mdx.math.GridAxis;
import org.mdx.math.Mat3;
import org.mdx.math.Vec3;
import org.mdx.parallel.Parallel;
import org.mdx.parallel.Progress;
import org.mdx.peaks.BraggMask;
import org.mdx.peaks.PeakModel;
import org.mdx.reintegrate.HalfSets;
import org.mdx.reintegrate.ReintegrateOptions;
import org.mdx.reintegrate.Reintegration;
import org.mdx.scale.AbsorptionTerm;
import org.mdx.scale.ControlGrid;
import org.mdx.scale.DetectorTerm;
import org.mdx.scale.OffsetTerm;
import org.mdx.scale.ScaleTerm;
import org.mdx.scale.ScalingModel;
import org.mdx.scale.ScalingTerm;
import org.mdx.table.EmptyResultException;
import org.mdx.table.HKLTable;
import org.mdx.table.Subdivision;

/** Fine maps against an oracle that looks at one pixel after the other. */
class FineMapsTest {
  private static final BraggMask MASK =
      new BraggMask(
          new PeakModel(new Vec3(0.01, 0, -0.02), Mat3.diagonal(0.06, 0.05, 0.08)),
          3,
          400,
          false,
          false);

  private final List<RandomSweep> random = new ArrayList<>();
  private final List<FineMaps.Input> inputs = new ArrayList<>();

  /** Two sweeps of two panels, of which the first has a crystal that changes. */
  private void twoSweeps() {
    add(1, 37, 23, 17, 0.3, true);
    add(2, 20, 31, 9, -0.4, false);
  }

  private void add(int seed, int width, int height, int frames, double step, boolean varying) {
    RandomSweep sweep = new RandomSweep(seed, 2, width, height, frames, step);
    random.add(sweep);
    Geometry g = sweep.geometry;
    if (varying) {
      List<Mat3> points = new ArrayList<>();
      for (int i = 0; i <= frames; i++) {
        Mat3 turned = Mat3.rotation(new Vec3(1, 2, 3), 0.05 * i);
        points.add(turned.times(g.crystal().get().a()).times(1 + 1e-4 * i));
      }
      Crystal crystal = g.crystal().get().withScanPoints(points);
      g = new Geometry(g.beam(), g.detector(), g.goniometer(), g.scan(), crystal);
    }
    ImageSeries images = new ImageSeries(g, sweep, sweep.masks);
    inputs.add(
        FineMaps.Input.of(Sweep.of(images))
            .mask(MASK)
            .background(blank(seed, width, height, g))
            .model(model(seed, width, height, g)));
  }

  private static double[] values(Random random, int n, double mean, double spread) {
    return random.doubles(n).map(x -> mean + spread * (x - 0.5)).toArray();
  }

  private static BinnedImageSeries blank(int seed, int width, int height, Geometry g) {
    Random r = new Random(seed);
    List<BinnedImageSeries.Bins> panels = new ArrayList<>();
    double middle = (g.scan().start() + g.scan().end()) / 2;
    for (int p = 0; p < 2; p++) {
      panels.add(
          BinnedImageSeries.Bins.of(
              new double[] {middle - 1, middle + 1},
              thirds(height),
              thirds(width),
              values(r, 18, 3, 2),
              values(r, 18, 0.3, 0.2)));
    }
    return new BinnedImageSeries(panels);
  }

  /** Centres of three bins of whole pixels. */
  private static double[] thirds(int n) {
    double one = n / 3;
    double two = 2 * n / 3;
    return new double[] {(one - 1) / 2, (one + two - 1) / 2, (two + n - 1) / 2};
  }

  /** A model whose control points end before panel, resolution and scan do. */
  private static ScalingModel model(int seed, int width, int height, Geometry g) {
    Random r = new Random(seed);
    double lo = Math.min(g.scan().start(), g.scan().end());
    double hi = Math.max(g.scan().start(), g.scan().end());
    GridAxis x = GridAxis.linear(2, width - 5, 4);
    GridAxis y = GridAxis.linear(1, height - 3, 3);
    return ScalingModel.of(
        new AbsorptionTerm(
            ControlGrid.ofPanels(
                List.of(x, y, GridAxis.linear(lo + 0.5, hi - 0.5, 2)), 2, values(r, 48, 1, 0.4))),
        new ScaleTerm(ControlGrid.of(List.of(GridAxis.linear(lo, hi, 4)), values(r, 4, 1, 0.6))),
        new OffsetTerm(
            ControlGrid.of(
                List.of(GridAxis.linear(0.02, 0.11, 6), GridAxis.linear(lo, hi, 3)),
                values(r, 18, 2e4, 3e4))),
        new DetectorTerm(
            ControlGrid.ofPanels(
                List.of(GridAxis.linear(1, width - 1, 9), GridAxis.linear(2, height - 7, 20)),
                2,
                values(r, 360, 1, 0.5))));
  }

  private Reintegration map(UnaryOperator<ReintegrateOptions> options, int threads) {
    return FineMaps.of(
        inputs, options, CorrectOptions.defaults(), Parallel.of(threads), Progress.NONE);
  }

  private TreeMap<List<Integer>, FineMapOracle.Sums[]> oracle(Subdivision ndiv, double cutoff) {
    FineMapOracle oracle = new FineMapOracle(inputs.get(0).sweep().crystal().spaceGroup(), ndiv, 1);
    for (int i = 0; i < inputs.size(); i++) {
      oracle.add(i, inputs.get(i), random.get(i).frames);
    }
    return oracle.voxels(cutoff);
  }

  private static void compare(HKLTable t, TreeMap<List<Integer>, FineMapOracle.Sums[]> expected) {
    int row = 0;
    for (Map.Entry<List<Integer>, FineMapOracle.Sums[]> voxel : expected.entrySet()) {
      assertThat(List.of(t.h().value(row), t.k().value(row), t.l().value(row)))
          .isEqualTo(voxel.getKey());
      FineMapOracle.Sums all = voxel.getValue()[0];
      assertThat((long) t.column("pixels").get(row)).isEqualTo(all.pixels);
      assertThat((long) t.column("counts").get(row)).isEqualTo(all.counts);
      assertThat((int) t.column("count").get(row)).isEqualTo(all.observations);
      assertThat(t.column("scale").get(row)).isCloseTo(all.scale, withinPercentage(1e-4));
      assertThat(t.column("background_counts").get(row))
          .isCloseTo(all.background, withinPercentage(1e-4));
      assertThat(t.column("multiplicity").get(row))
          .isCloseTo(all.multiplicity, withinPercentage(1e-4));
      String[] prefix = {"", "group_0_", "group_1_"};
      for (int s = 0; s < (t.has("group_0_count") ? 3 : 1); s++) {
        FineMapOracle.Sums sums = voxel.getValue()[s];
        double found = t.column(prefix[s] + "intensity").get(row);
        if (sums.pixels == 0) {
          assertThat(found).isNaN();
        } else {
          double noise = Math.sqrt(Math.abs(sums.counts) + sums.background) / sums.scale;
          assertThat(found).isCloseTo(sums.mean(), offset(1e-4 * noise));
        }
        assertThat((int) t.column(prefix[s] + "count").get(row)).isEqualTo(sums.observations);
      }
      row++;
    }
    assertThat(t.rows()).isEqualTo(row);
  }

  private static void same(Reintegration a, Reintegration b) {
    assertThat(a.outliers()).isEqualTo(b.outliers());
    assertThat(a.table().h()).isEqualTo(b.table().h());
    assertThat(a.table().k()).isEqualTo(b.table().k());
    assertThat(a.table().l()).isEqualTo(b.table().l());
    assertThat(a.table().columnNames()).isEqualTo(b.table().columnNames());
    for (String name : a.table().columnNames()) {
      assertThat(a.table().column(name)).as(name).isEqualTo(b.table().column(name));
    }
  }

  @Test
  void everySumShouldAgreeWithAnOracleThatLooksAtEachPixel() {
    twoSweeps();
    TreeMap<List<Integer>, FineMapOracle.Sums[]> expected =
        oracle(new Subdivision(15, 12, 18), Double.POSITIVE_INFINITY);
    Reintegration r = map(o -> o.subdivide(15, 12, 18).split(HalfSets.FRIEDEL), 2);
    compare(r.table(), expected);
    assertThat(expected.size()).isGreaterThan(1000);
    long[] totals = new long[3];
    for (FineMapOracle.Sums[] s : expected.values()) {
      totals[0] += s[0].pixels;
      totals[1] += s[0].counts;
      totals[2] += s[0].observations;
    }
    assertThat(new long[] {r.pixels(), r.counts(), r.observations()}).isEqualTo(totals);
    assertThat(r.outliers()).isZero();
    assertThat(r.passes()).isEqualTo(1);
  }

  @Test
  void outliersShouldBeThoseOfTheOracle() {
    twoSweeps();
    for (double cutoff : new double[] {1, 2.5}) {
      TreeMap<List<Integer>, FineMapOracle.Sums[]> expected =
          oracle(new Subdivision(2, 3, 2), cutoff);
      Reintegration r = map(o -> o.subdivide(2, 3, 2).split(HalfSets.FRIEDEL).outlier(cutoff), 2);
      compare(r.table(), expected);
      assertThat(r.outliers()).isPositive();
      assertThat(r.passes()).isEqualTo(2);
    }
  }

  @Test
  void aRegionShouldBeTheSamePartOfTheWholeMap() {
    twoSweeps();
    HKLTable whole = map(o -> o.subdivide(5, 4, 6), 2).table();
    HKLTable part = map(o -> o.subdivide(5, 4, 6).limits(-0.6, 0.2, 0, 0.5, -9, 0.4), 2).table();
    List<Integer> rows = new ArrayList<>();
    for (int i = 0; i < whole.rows(); i++) {
      // mmm: the signs of indices do not matter
      if (Math.abs(whole.h().value(i)) <= 3
          && Math.abs(whole.k().value(i)) <= 2
          && Math.abs(whole.l().value(i)) <= 54) {
        rows.add(i);
      }
    }
    HKLTable expected = whole.select(rows.stream().mapToInt(i -> i).toArray());
    assertThat(part.rows()).isEqualTo(expected.rows()).isBetween(10, whole.rows() - 50);
    for (String name : List.of("pixels", "counts", "scale", "background_counts", "intensity")) {
      assertThat(part.column(name)).as(name).isEqualTo(expected.column(name));
    }
  }

  @Test
  void tilesAndThreadsShouldNotShowInTheResult() {
    twoSweeps();
    UnaryOperator<ReintegrateOptions> o =
        x -> x.subdivide(9, 8, 7).split(HalfSets.RANDOM).outlier(3);
    Reintegration one = map(o, 1);
    same(map(o, 2), one);
    same(map(o, 5), one);
    for (int threads : new int[] {1, 3}) {
      Reintegration tiled = map(x -> o.apply(x).memory(1 << 18), threads);
      same(tiled, one);
      assertThat(tiled.passes()).isGreaterThan(one.passes() + 2);
      Reintegration part =
          map(x -> o.apply(x).limits(-9, 9, -9, 9, -1, 1).memory(1 << 18), threads);
      same(part, map(x -> o.apply(x).limits(-9, 9, -9, 9, -1, 1), 1));
    }
  }

  @Test
  void randomHalvesShouldDivideTheObservationsAndFollowTheSeed() {
    twoSweeps();
    HKLTable t = map(o -> o.subdivide(5, 4, 6).split(HalfSets.RANDOM).seed(1), 2).table();
    HKLTable other = map(o -> o.subdivide(5, 4, 6).split(HalfSets.RANDOM).seed(2), 2).table();
    long first = 0;
    long all = 0;
    for (int i = 0; i < t.rows(); i++) {
      double a = t.column("group_0_count").get(i);
      double b = t.column("group_1_count").get(i);
      assertThat(a + b).isEqualTo(t.column("count").get(i));
      assertThat(Double.isNaN(t.column("group_0_intensity").get(i))).isEqualTo(a == 0);
      assertThat(Double.isNaN(t.column("group_1_intensity_error").get(i))).isEqualTo(b == 0);
      first += (long) a;
      all += (long) (a + b);
    }
    assertThat((double) first / all).isCloseTo(0.5, offset(0.05));
    assertThat(other.column("intensity")).isEqualTo(t.column("intensity"));
    assertThat(other.column("group_0_count")).isNotEqualTo(t.column("group_0_count"));
  }

  @Test
  void withoutModelsCountsAndPixelsShouldBeThoseOfTheIntegrator() {
    twoSweeps();
    List<FineMaps.Input> plain = new ArrayList<>();
    TreeMap<String, long[]> expected = new TreeMap<>();
    for (FineMaps.Input in : inputs) {
      plain.add(FineMaps.Input.of(in.sweep()).mask(MASK));
      ExactMillerIndexMap map = new ExactMillerIndexMap(in.sweep().geometry(), Parallel.of(1));
      RowMask mask = MASK.rows(in.sweep().crystal().spaceGroup(), map.bounds());
      Integration integration =
          Integrator.integrate(
              in.sweep().images(),
              map,
              mask,
              IntegrationOptions.defaults().subdivide(3, 2, 4),
              Parallel.of(2),
              Progress.NONE);
      HKLTable t = integration.table();
      for (int i = 0; i < t.rows(); i++) {
        int[] asu = {t.h().value(i), t.k().value(i), t.l().value(i)};
        long[] sums =
            expected.computeIfAbsent(
                Math.abs(asu[0]) + "," + Math.abs(asu[1]) + "," + Math.abs(asu[2]),
                x -> new long[2]);
        sums[0] += (long) t.column("pixels").get(i);
        sums[1] += (long) t.column("counts").get(i);
      }
    }
    HKLTable fine =
        FineMaps.of(
                plain,
                o -> o.subdivide(3, 2, 4),
                CorrectOptions.defaults(),
                Parallel.of(2),
                Progress.NONE)
            .table();
    assertThat(fine.rows()).isEqualTo(expected.size());
    for (int i = 0; i < fine.rows(); i++) {
      String key =
          Math.abs(fine.h().value(i))
              + ","
              + Math.abs(fine.k().value(i))
              + ","
              + Math.abs(fine.l().value(i));
      assertThat(
              new long[] {(long) fine.column("pixels").get(i), (long) fine.column("counts").get(i)})
          .isEqualTo(expected.get(key));
    }
  }

  @Test
  void compatibleErrorsShouldComeFromTheCountsAndDefaultOnesNeverVanish() {
    twoSweeps();
    HKLTable compatible = map(o -> o.subdivide(9, 9, 9).conventions(Conventions.MDX2), 1).table();
    HKLTable honest = map(o -> o.subdivide(9, 9, 9), 1).table();
    for (int i = 0; i < honest.rows(); i++) {
      double expected =
          Math.sqrt(Math.max(0, compatible.column("counts").get(i)))
              / compatible.column("scale").get(i);
      assertThat(compatible.column("intensity_error").get(i))
          .isCloseTo(expected, withinPercentage(1e-4));
      assertThat(honest.column("intensity_error").get(i)).isPositive();
    }
    assertThat(honest.column("intensity")).isEqualTo(compatible.column("intensity"));
  }

  @Test
  void aRegionBeyondTheDataShouldBeRefused() {
    twoSweeps();
    assertThatThrownBy(() -> map(o -> o.subdivide(3, 3, 3).limits(900, 901, 0, 1, 0, 1), 2))
        .isInstanceOf(EmptyResultException.class)
        .hasMessageContaining("none of the pixels of 2 sweeps")
        .hasMessageContaining("h 900");
  }

  @Test
  void wrongRequestsShouldBeRefusedSayingWhy() {
    twoSweeps();
    assertThatThrownBy(() -> map(o -> o.limits(2, 1, 0, 1, 0, 1), 1))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("2.0 to 1.0 of h");
    assertThatThrownBy(() -> map(o -> o.memory(5), 1)).hasMessageContaining("memory of 5 bytes");
    assertThatThrownBy(
            () ->
                FineMaps.of(
                    List.of(), o -> o, CorrectOptions.defaults(), Parallel.of(1), Progress.NONE))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(
            () ->
                FineMaps.of(
                    inputs,
                    o -> o,
                    CorrectOptions.defaults().lorentz(true),
                    Parallel.of(1),
                    Progress.NONE))
        .hasMessageContaining("Lorentz");
    FineMaps.Input in = inputs.get(0);
    BinnedImageSeries onePanel =
        new BinnedImageSeries(List.of(in.background().get().panels().get(0)));
    inputs.set(0, FineMaps.Input.of(in.sweep()).background(onePanel).model(in.model()));
    assertThatThrownBy(() -> map(o -> o, 1))
        .hasMessageContaining("the background has 1 panels, the detector 2");
  }

  @Test
  void pixelsWithoutAPositiveScaleShouldBeLeftOutAndCountedExceptAsMdx2Has() {
    RandomSweep sweep = new RandomSweep(1, 1, 37, 23, 17, 0.3);
    FineMaps.Input input =
        FineMaps.Input.of(Sweep.of(new ImageSeries(sweep.geometry, sweep, sweep.masks)));
    Geometry g = input.sweep().geometry();
    double lo = Math.min(g.scan().start(), g.scan().end());
    double hi = Math.max(g.scan().start(), g.scan().end());
    ControlGrid b = ControlGrid.of(List.of(GridAxis.linear(lo, hi, 2)), -0.51, 0.5);
    FineMaps.Input scaled = input.model(ScalingModel.of(new ScaleTerm(b)));
    CorrectOptions ours = CorrectOptions.defaults();
    for (UnaryOperator<ReintegrateOptions> options :
        List.<UnaryOperator<ReintegrateOptions>>of(
            o -> o, o -> o.limits(0, 0, -100, 100, -100, 100), o -> o.memory(1 << 18))) {
      Reintegration all = FineMaps.of(List.of(input), options, ours, Parallel.of(2), Progress.NONE);
      Reintegration some =
          FineMaps.of(List.of(scaled), options, ours, Parallel.of(2), Progress.NONE);
      assertThat(all.unscaled()).isZero();
      assertThat(some.pixels()).isBetween(1L, all.pixels() - 1);
      assertThat(some.unscaled()).isEqualTo(all.pixels() - some.pixels());
      assertThat(some.toString()).contains(some.unscaled() + " pixels left out where the scale");
    }
    CorrectOptions mdx2 = ours.conventions(Conventions.MDX2);
    Reintegration all = FineMaps.of(List.of(input), o -> o, mdx2, Parallel.of(2), Progress.NONE);
    Reintegration theirs =
        FineMaps.of(List.of(scaled), o -> o, mdx2, Parallel.of(2), Progress.NONE);
    assertThat(theirs.pixels()).isEqualTo(all.pixels());
    assertThat(theirs.unscaled()).isZero();
  }

  @Test
  void modelsOfAnotherScanOrDetectorShouldBeRefusedEvenWithoutAMark() {
    add(1, 37, 23, 17, 0.3, false);
    Geometry g = inputs.get(0).sweep().geometry();
    double lo = g.scan().start();
    double hi = g.scan().end();
    GridAxis phi = GridAxis.linear(Math.floor(lo), Math.ceil(hi), 2);
    refuse(
        new ScaleTerm(ControlGrid.of(List.of(GridAxis.linear(lo + 30, hi + 30, 2)), 1, 1)),
        "they belong to different sweeps");
    double[] ones = {1, 1, 1, 1};
    for (int[] size : new int[][] {{38, 23}, {37, 24}}) {
      refuse(
          new DetectorTerm(
              ControlGrid.ofPanels(
                  List.of(GridAxis.linear(0, size[0], 2), GridAxis.linear(0, size[1], 2)),
                  1,
                  ones)),
          "37 x 23 pixels");
      refuse(
          new AbsorptionTerm(
              ControlGrid.ofPanels(
                  List.of(GridAxis.linear(0, size[0], 2), GridAxis.linear(0, size[1], 2), phi),
                  2,
                  new double[] {1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1})),
          "another detector");
    }
  }

  private void refuse(ScalingTerm term, String reason) {
    List<FineMaps.Input> wrong = List.of(inputs.get(0).model(ScalingModel.of(term)));
    assertThatThrownBy(
            () ->
                FineMaps.of(
                    wrong, o -> o, CorrectOptions.defaults(), Parallel.of(1), Progress.NONE))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining(reason);
  }
}
