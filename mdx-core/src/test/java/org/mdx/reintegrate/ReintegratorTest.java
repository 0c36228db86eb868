package org.mdx.reintegrate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.offset;

import java.util.List;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;
import org.mdx.crystal.SpaceGroup;
import org.mdx.geometry.ExactMillerIndexMap;
import org.mdx.image.ImageSeries;
import org.mdx.image.RowMask;
import org.mdx.integrate.RandomSweep;
import org.mdx.parallel.Parallel;
import org.mdx.parallel.Progress;
import org.mdx.table.Column;
import org.mdx.table.ColumnNames;
import org.mdx.table.HKLTable;
import org.mdx.table.IntColumn;

/** Fine maps of random frames with a pixel model that is the same everywhere. */
class ReintegratorTest {
  private static final double SCALE = 2;
  private static final double BACKGROUND = 0.5;

  /** Every pixel of a frame alike; a frame in seven cannot be used. */
  private static final PixelModel MODEL =
      new PixelModel() {
        @Override
        public Frame frame(int frame) {
          return frame % 7 == 6
              ? null
              : (p, iy, ix, n, scale, background, multiplicity) -> {
                for (int i = ix; i < ix + n; i++) {
                  scale[i] = SCALE;
                  background[i] = BACKGROUND;
                  multiplicity[i] = 0.25;
                }
              };
        }

        @Override
        public double backgroundVariance(int panel, double phi, double iy, double ix) {
          return 0;
        }
      };

  private final RandomSweep sweep = new RandomSweep(5, 2, 37, 29, 20, 0.7);
  private final ImageSeries images = new ImageSeries(sweep.geometry, sweep, sweep.masks);
  private long counts;
  private long pixels;

  ReintegratorTest() {
    for (int f = 0; f < sweep.frames.length; f++) {
      for (int p = 0; p < sweep.frames[f].length; p++) {
        int[] of = sweep.frames[f][p];
        for (int i = 0; i < of.length; i++) {
          of[i] = Math.abs(of[i]) % 900;
          boolean valid = f % 7 != 6 && !images.mask(p).isMasked(i % 37, i / 37);
          counts += valid ? of[i] : 0;
          pixels += valid ? 1 : 0;
        }
      }
    }
  }

  private Reintegration map(UnaryOperator<ReintegrateOptions> options, int threads) {
    FineSweep fine =
        new FineSweep(
            images, new ExactMillerIndexMap(sweep.geometry, Parallel.of(1)), RowMask.NONE, MODEL);
    return Reintegrator.reintegrate(
        List.of(() -> fine),
        SpaceGroup.ofNumber(1),
        options.apply(ReintegrateOptions.defaults()),
        Parallel.of(threads),
        Progress.NONE);
  }

  private static double sum(HKLTable t, String name) {
    Column c = t.column(name);
    double sum = 0;
    for (int i = 0; i < c.size(); i++) {
      sum += c.get(i);
    }
    return sum;
  }

  @Test
  void everyPixelThatCountsShouldBeInTheMapOnce() {
    HKLTable t = map(o -> o.subdivide(2, 2, 2), 2).table();
    assertThat(sum(t, ColumnNames.COUNTS)).isEqualTo(counts);
    assertThat(sum(t, ColumnNames.PIXELS)).isEqualTo(pixels);
    assertThat(sum(t, ColumnNames.SCALE)).isCloseTo(SCALE * pixels, offset(1e-3));
    // a quarter of a reciprocal cell is twice a voxel of an eighth
    assertThat(sum(t, ColumnNames.MULTIPLICITY)).isCloseTo(2.0 * pixels, offset(1e-3));
    for (int i = 0; i < t.rows(); i++) {
      double n = t.column(ColumnNames.PIXELS).get(i);
      double mean = (t.column(ColumnNames.COUNTS).get(i) - BACKGROUND * n) / (SCALE * n);
      assertThat(t.intensity(i)).isCloseTo(mean, offset(1e-4 * Math.max(1, mean)));
    }
  }

  @Test
  void threadsAndMemoryShouldNotShowInTheMap() {
    HKLTable one = map(o -> o.subdivide(3, 3, 3).outlier(3).seed(4), 1).table();
    HKLTable three = map(o -> o.subdivide(3, 3, 3).outlier(3).seed(4), 3).table();
    Reintegration tiled = map(o -> o.subdivide(3, 3, 3).outlier(3).seed(4).memory(1 << 18), 2);
    String[] names = one.columnNames().toArray(String[]::new);
    assertThat(three.fingerprint(names)).isEqualTo(one.fingerprint(names));
    assertThat(tiled.table().fingerprint(names)).isEqualTo(one.fingerprint(names));
    assertThat(tiled.table().h().toIntArray()).isEqualTo(one.h().toIntArray());
  }

  @Test
  void halvesShouldAddUpToTheWhole() {
    HKLTable t = map(o -> o.split(HalfSets.RANDOM).seed(2), 2).table();
    IntColumn all = (IntColumn) t.column(ColumnNames.COUNT);
    Column first = t.column(ColumnNames.GROUP_0 + ColumnNames.COUNT);
    Column second = t.column(ColumnNames.GROUP_1 + ColumnNames.COUNT);
    for (int i = 0; i < t.rows(); i++) {
      assertThat(first.get(i) + second.get(i)).isEqualTo(all.value(i));
    }
    assertThat(sum(t, ColumnNames.COUNTS)).isEqualTo(counts);
  }

  @Test
  void aRegionShouldHoldTheSameVoxelsAsTheWholeMap() {
    HKLTable all = map(o -> o.subdivide(2, 2, 2), 2).table();
    HKLTable part = map(o -> o.subdivide(2, 2, 2).limits(0, 1, -1, 1, -5, 5), 2).table();
    int[] rows = part.rowsIn(all);
    int inside = 0;
    for (int i = 0; i < part.rows(); i++) {
      assertThat(rows[i]).isNotNegative();
      assertThat(part.intensity(i)).isEqualTo(all.intensity(rows[i]));
    }
    for (int i = 0; i < all.rows(); i++) {
      inside += inside(all.h().value(i), all.k().value(i), all.l().value(i)) ? 1 : 0;
    }
    assertThat(part.rows()).isEqualTo(inside).isPositive();
  }

  /** Itself or its Friedel mate lies within the limits, in halves of an index. */
  private static boolean inside(int h, int k, int l) {
    boolean near = Math.abs(k) <= 2 && Math.abs(l) <= 10;
    return near && Math.abs(h) <= 2;
  }

  @Test
  void noSweepShouldBeRefused() {
    assertThatThrownBy(
            () ->
                Reintegrator.reintegrate(
                    List.of(),
                    SpaceGroup.ofNumber(1),
                    ReintegrateOptions.defaults(),
                    Parallel.of(1),
                    Progress.NONE))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("no sweep");
  }

  @Test
  void optionsThatCannotBeShouldBeRefusedWithTheirValue() {
    ReintegrateOptions o = ReintegrateOptions.defaults();
    assertThatThrownBy(() -> o.outlier(0)).hasMessageContaining("outlier cutoff 0.0");
    assertThatThrownBy(() -> o.maxSpread(-1)).hasMessageContaining("maximum spread -1.0°");
    assertThatThrownBy(() -> o.memory(5)).hasMessageContaining("memory of 5 bytes");
    assertThatThrownBy(() -> o.limits(0, 1, 2, 1, 0, 1)).hasMessageContaining("limits 2.0 to 1.0");
    assertThat(o.seed(3).outlier(5)).isEqualTo(o.outlier(5).seed(3)).isNotEqualTo(o);
  }
}
