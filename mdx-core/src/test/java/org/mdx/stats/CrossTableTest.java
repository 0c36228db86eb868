package org.mdx.stats;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.function.ToDoubleFunction;
import org.apache.commons.math3.stat.correlation.PearsonsCorrelation;
import org.junit.jupiter.api.Test;
import org.mdx.crystal.UnitCell;
import org.mdx.parallel.Parallel;
import org.mdx.table.FloatColumn;
import org.mdx.table.HKLTable;
import org.mdx.table.IntColumn;
import org.mdx.table.Subdivision;

class CrossTableTest {
  private static final UnitCell CUBIC = new UnitCell(10, 10, 10, 90, 90, 90);
  private static final Subdivision NDIV = new Subdivision(2, 2, 2);
  private static final ShellStatistics STATISTICS = ShellStatistics.of(CUBIC);
  private static final ShellOptions OPTIONS =
      ShellOptions.defaults().width(0.15).isotropic(0.05, 0.1);

  /** Voxels of one signal, each with a chance to be there, in mixed order, a few without value. */
  private static HKLTable crystal(long seed, double sigma, double present) {
    Random random = new Random(seed);
    List<int[]> hkl = new ArrayList<>();
    for (int i = 0; i < 9261; i++) {
      if (random.nextDouble() < present) {
        hkl.add(new int[] {i % 21 - 10, i / 21 % 21 - 10, i / 441 - 10});
      }
    }
    java.util.Collections.shuffle(hkl, random);
    float[] value = new float[hkl.size()];
    float[] error = new float[hkl.size()];
    for (int i = 0; i < value.length; i++) {
      int[] x = hkl.get(i);
      double e = sigma * (0.5 + random.nextDouble());
      value[i] = (float) (signal(x) + e * random.nextGaussian());
      error[i] = random.nextInt(50) == 0 ? Float.NaN : (float) e;
      if (Float.isNaN(error[i])) {
        value[i] = Float.NaN;
      }
    }
    return HKLTable.of(NDIV, index(hkl, 0), index(hkl, 1), index(hkl, 2))
        .with("intensity", FloatColumn.of(value))
        .with("intensity_error", FloatColumn.of(error));
  }

  private static double signal(int... x) {
    double r2 = x[0] * x[0] + x[1] * x[1] + x[2] * x[2];
    return 50 * Math.exp(-r2 / 80) + new Random(x[0] + 100 * x[1] + 10000L * x[2]).nextGaussian();
  }

  private static IntColumn index(List<int[]> hkl, int axis) {
    return IntColumn.of(hkl.stream().mapToInt(x -> x[axis]).toArray());
  }

  /** Intensity, error, intensity without isotropic average, s; by voxel. */
  private static Map<String, double[]> byVoxel(HKLTable t) {
    HKLTable with = STATISTICS.withAnisotropic(t, OPTIONS);
    double[] s = STATISTICS.lengths(t);
    Map<String, double[]> map = new TreeMap<>();
    for (int i = 0; i < t.rows(); i++) {
      double value = t.column("intensity").get(i);
      if (!Double.isNaN(value)) {
        map.put(
            t.h().value(i) + "," + t.k().value(i) + "," + t.l().value(i),
            new double[] {
              value,
              t.column("intensity_error").get(i),
              with.column("intensity_anisotropic").get(i),
              s[i]
            });
      }
    }
    return map;
  }

  private static void compare(
      Map<String, double[]> a, Map<String, double[]> b, double from, double to, Agreement actual) {
    List<double[]> x = new ArrayList<>();
    List<double[]> y = new ArrayList<>();
    a.forEach(
        (voxel, value) -> {
          if (b.containsKey(voxel) && value[3] >= from && value[3] < to) {
            x.add(value);
            y.add(b.get(voxel));
          }
        });
    assertThat(actual.pairs()).isEqualTo(x.size());
    if (x.size() < 3) {
      return;
    }
    PearsonsCorrelation r = new PearsonsCorrelation();
    assertThat(actual.cc())
        .isCloseTo(r.correlation(all(x, v -> v[0]), all(y, v -> v[0])), within(1e-6));
    assertThat(actual.ccAnisotropic())
        .isCloseTo(r.correlation(all(x, v -> v[2]), all(y, v -> v[2])), within(1e-6));
    double difference = 0;
    double sum = 0;
    for (int i = 0; i < x.size(); i++) {
      difference += Math.abs(x.get(i)[0] - y.get(i)[0]);
      sum += (x.get(i)[0] + y.get(i)[0]) / 2;
    }
    assertThat(actual.r()).isCloseTo(difference / sum, within(1e-6));
  }

  private static double[] all(List<double[]> rows, ToDoubleFunction<double[]> what) {
    return rows.stream().mapToDouble(what).toArray();
  }

  /** The weighted mean of two tables wherever one of them has a value. */
  private static Map<String, double[]> mean(Map<String, double[]> a, Map<String, double[]> b) {
    Map<String, double[]> out = new TreeMap<>(a);
    b.forEach(
        (voxel, y) ->
            out.merge(
                voxel,
                y,
                (x, z) -> {
                  double wx = Math.pow(x[1], -2);
                  double wy = Math.pow(y[1], -2);
                  double[] m = x.clone();
                  m[0] = (wx * x[0] + wy * y[0]) / (wx + wy);
                  m[2] = (wx * x[2] + wy * y[2]) / (wx + wy);
                  return m;
                }));
    return out;
  }

  @Test
  void agreementShouldBeThatOfListsOfCommonVoxels() {
    List<HKLTable> tables = List.of(crystal(1, 0.5, 0.8), crystal(2, 1, 0.6), crystal(3, 2, 0.9));
    List<Map<String, double[]>> maps = tables.stream().map(CrossTableTest::byVoxel).toList();
    CrossTable cross = STATISTICS.cross(List.of("a", "b", "c"), tables, OPTIONS);
    ShellGrid grid = cross.shells();
    assertThat(grid.count()).isEqualTo(6);
    int[][] rest = {{1, 2}, {0, 2}, {0, 1}};
    for (int c = 0; c < grid.count(); c++) {
      double from = grid.lower(c);
      double to = grid.upper(c);
      for (int t = 0; t < 3; t++) {
        int u = (t + 1) % 3;
        compare(
            maps.get(Math.min(t, u)),
            maps.get(Math.max(t, u)),
            from,
            to,
            cross.pair(t, u).shells().get(c));
        compare(
            maps.get(t),
            mean(maps.get(rest[t][0]), maps.get(rest[t][1])),
            from,
            to,
            cross.others().get(t).shells().get(c));
      }
    }
    compare(maps.get(0), maps.get(1), 0, 9, cross.pair(1, 0).overall());
  }

  @Test
  void expectedCorrelationShouldBeMetByIndependentErrorsOfOneSignal() {
    CrossTable cross =
        STATISTICS.cross(List.of("a", "b"), List.of(crystal(1, 0.5, 1), crystal(2, 1, 1)), OPTIONS);
    for (Agreement a : cross.pair(0, 1).shells().subList(2, 6)) {
      assertThat(a.ccAnisotropic() - a.expected()).isBetween(-4 * a.error(), 4 * a.error());
      assertThat(a.expected()).isBetween(0.5, 0.8);
      assertThat(a.chance()).isLessThan(1e-6);
    }
  }

  @Test
  void agreementShouldNotDependOnThreadsNorOnTheOrderOfRows() {
    HKLTable a = crystal(1, 0.5, 0.8);
    HKLTable b = crystal(2, 0.5, 0.8);
    CrossTable one =
        STATISTICS.parallel(Parallel.of(1)).cross(List.of("a", "b"), List.of(a, b), OPTIONS);
    CrossTable many =
        STATISTICS.parallel(Parallel.of(4)).cross(List.of("a", "b"), List.of(a, b), OPTIONS);
    assertThat(many.pairs()).isEqualTo(one.pairs());
    assertThat(many.others()).isEqualTo(one.others());
    assertThat(
            STATISTICS
                .cross(List.of("a", "b"), List.of(a.sorted(), b), OPTIONS)
                .pair(0, 1)
                .overall()
                .cc())
        .isCloseTo(one.pair(0, 1).overall().cc(), within(1e-12));
  }

  @Test
  void textsShouldNameEveryPairAndTheOthers() {
    CrossTable cross =
        STATISTICS.cross(
            List.of("a.nxs", "b,c.nxs"),
            List.of(crystal(1, 0.5, 1), crystal(2, 1, 1)),
            OPTIONS.voxels(Voxels.HALO));
    List<String> csv = cross.toCsv().lines().toList();
    assertThat(csv.get(0))
        .isEqualTo("first,second,s_min,s_max,pairs,cc,cc_aniso,cc_error,cc_chance,cc_expected,r");
    assertThat(csv).hasSize(1 + 3 * 7);
    assertThat(csv.get(1)).startsWith("a.nxs,\"b,c.nxs\",0.00000,0.150000,");
    assertThat(csv.get(21)).startsWith("\"b,c.nxs\",others,0.00000,0.900000,");
    assertThat(cross.toText()).contains("0 a.nxs", "1 b,c.nxs", "cc_mean");
    // integer indices −5 to 5, but for the few without a value
    assertThat(cross.pair(0, 1).overall().pairs()).isBetween(1200L, 1331L);
  }

  @Test
  void oneTableShouldBeRefused() {
    assertThatThrownBy(() -> STATISTICS.cross(List.of("a"), List.of(crystal(1, 1, 0.1)), OPTIONS))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("two");
  }
}
