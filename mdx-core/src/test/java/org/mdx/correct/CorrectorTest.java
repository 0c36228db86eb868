package org.mdx.correct;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.apache.commons.math3.distribution.PoissonDistribution;
import org.apache.commons.math3.random.Well19937c;
import org.junit.jupiter.api.Test;
import org.mdx.crystal.Crystal;
import org.mdx.crystal.SpaceGroup;
import org.mdx.geometry.Conventions;
import org.mdx.geometry.CorrectionFactors;
import org.mdx.geometry.Corrections;
import org.mdx.geometry.Geometry;
import org.mdx.geometry.PanelSize;
import org.mdx.geometry.PixelCorrections;
import org.mdx.image.BinnedImageSeries;
import org.mdx.math.Mat3;
import org.mdx.math.Vec3;
import org.mdx.parallel.Parallel;
import org.mdx.table.EmptyResultException;
import org.mdx.table.FloatColumn;
import org.mdx.table.HKLTable;
import org.mdx.table.IntColumn;
import org.mdx.table.Subdivision;

class CorrectorTest {
  private static final CorrectOptions DEFAULTS = CorrectOptions.defaults();
  private static final Crystal CUBIC =
      Crystal.ofRealSpaceAxes(Mat3.diagonal(40, 40, 40), SpaceGroup.ofHall("I 2b 2c 3"));
  private static final MemoryImages TWO_PANELS =
      new MemoryImages(new int[20][2][40 * 30], new int[] {40, 40});

  private static HKLTable random(Random random, int rows, int panels) {
    int[][] index = new int[3][];
    for (int i = 0; i < 3; i++) {
      index[i] = random.ints(rows, -30, 31).toArray();
    }
    float[] phi = new float[rows];
    float[] iy = new float[rows];
    float[] ix = new float[rows];
    float[] seconds = new float[rows];
    int[] pixels = new int[rows];
    for (int i = 0; i < rows; i++) {
      phi[i] = 20 * random.nextFloat();
      iy[i] = 29 * random.nextFloat();
      ix[i] = 39 * random.nextFloat();
      pixels[i] = 1 + random.nextInt(200);
      seconds[i] = pixels[i] * 0.5f;
    }
    HKLTable table =
        HKLTable.of(
                new Subdivision(3, 3, 3),
                IntColumn.of(index[0]),
                IntColumn.of(index[1]),
                IntColumn.of(index[2]))
            .with("phi", FloatColumn.of(phi))
            .with("iy", FloatColumn.of(iy))
            .with("ix", FloatColumn.of(ix))
            .with("seconds", FloatColumn.of(seconds))
            .with("counts", IntColumn.of(random.ints(rows, 0, 300).toArray()))
            .with("pixels", IntColumn.of(pixels))
            .with("n", IntColumn.of(random.ints(rows, 0, 3).toArray()));
    return panels == 1
        ? table
        : table.with("panel", IntColumn.of(random.ints(rows, 0, panels).toArray()));
  }

  /** The table with the voxels that a geometry has at the places of its rows. */
  private static HKLTable seenBy(Geometry g, HKLTable t) {
    int[][] index = new int[3][t.rows()];
    for (int i = 0; i < t.rows(); i++) {
      int p = t.has("panel") ? (int) t.column("panel").get(i) : 0;
      Vec3 seen =
          g.millerIndex(
              p, t.column("phi").get(i), t.column("ix").get(i) + 0.5, t.column("iy").get(i) + 0.5);
      index[0][i] = (int) Math.rint(3 * seen.x());
      index[1][i] = (int) Math.rint(3 * seen.y());
      index[2][i] = (int) Math.rint(3 * seen.z());
    }
    return t.reindexed(IntColumn.of(index[0]), IntColumn.of(index[1]), IntColumn.of(index[2]));
  }

  /** What a crystal that was refined again moves is little against another orientation. */
  @Test
  void countsOfAnotherSweepShouldBeRefused() {
    Geometry g = TWO_PANELS.geometry(CUBIC);
    HKLTable table = seenBy(g, random(new Random(5), 500, 2));
    Mat3 axes = Mat3.diagonal(40, 40, 40);
    for (double degrees : new double[] {0.1, 120}) {
      Mat3 turned = Mat3.rotation(new Vec3(1, 2, 2), degrees);
      Geometry other =
          g.withCrystal(
              Crystal.ofRealSpaceAxes(axes.times(turned), SpaceGroup.ofHall("I 2b 2c 3")));
      if (degrees < 1) {
        assertThat(Corrector.correct(table, other, null, DEFAULTS, Parallel.of(1)).rows())
            .isEqualTo(500);
      } else {
        assertThatThrownBy(() -> Corrector.correct(table, other, null, DEFAULTS, Parallel.of(1)))
            .isInstanceOf(IllegalArgumentException.class)
            .hasMessageContaining("belong to different sweeps");
      }
    }
  }

  private static BinnedImageSeries.Bins bins(Random random) {
    double[] phi = {2, 10, 18};
    double[] iy = {4, 14, 24};
    double[] ix = {5, 15, 25, 35};
    return BinnedImageSeries.Bins.of(
        phi, iy, ix, random.doubles(36, 0.5, 2).toArray(), random.doubles(36, 0, 0.1).toArray());
  }

  @Test
  void intensitiesShouldFollowTheirFormulasWithTheExactFactorsAtEachPlace() {
    Random random = new Random(1);
    Geometry g = TWO_PANELS.geometry(CUBIC);
    HKLTable table = seenBy(g, random(random, 500, 2));
    BinnedImageSeries background = new BinnedImageSeries(List.of(bins(random), bins(random)));
    HKLTable out = Corrector.correct(table, g, background, DEFAULTS, Parallel.of(2));
    HKLTable lorentz =
        Corrector.correct(table, g, background, DEFAULTS.lorentz(true), Parallel.of(2));
    HKLTable bare =
        Corrector.correct(
            table,
            g,
            null,
            DEFAULTS.attenuation(false).efficiency(false).polarization(false),
            Parallel.of(2));
    for (int i = 0; i < table.rows(); i++) {
      int p = (int) table.column("panel").get(i);
      double phi = table.column("phi").get(i);
      double y = table.column("iy").get(i);
      double x = table.column("ix").get(i);
      double t = table.column("seconds").get(i);
      double n = table.column("counts").get(i);
      CorrectionFactors f = Corrections.of(g).at(p, x + 0.5, y + 0.5);
      double scale = f.solidAngle() * f.attenuation() * f.efficiency() * f.polarization();
      double b = background.panels().get(p).rate(phi, y, x);
      double vb = background.panels().get(p).variance(phi, y, x);
      double intensity = (n / t - b) / scale;
      double cells = table.column("pixels").get(i) * f.d3s() * 40 * 40 * 40;
      assertClose(out, "intensity", i, intensity);
      assertClose(out, "background_variance", i, (b / t + vb) / scale / scale);
      assertClose(out, "variance_per_intensity", i, 1 / t / scale);
      assertClose(out, "intensity_error", i, error(out, i));
      assertClose(out, "rs_volume", i, cells);
      assertClose(lorentz, "intensity", i, intensity * cells);
      assertClose(lorentz, "background_variance", i, (b / t + vb) * cells / scale * cells / scale);
      assertClose(lorentz, "variance_per_intensity", i, cells / t / scale);
      assertClose(bare, "intensity", i, n / t / f.solidAngle());
      double h = table.h().value(i) / 3.0;
      double k = table.k().value(i) / 3.0;
      double l = table.l().value(i) / 3.0;
      assertClose(out, "s", i, Math.sqrt(h * h + k * k + l * l) / 40);
    }
    assertThat(out.columnNames())
        .containsExactly(
            "s",
            "intensity",
            "intensity_error",
            "rs_volume",
            "op",
            "n",
            "phi",
            "iy",
            "ix",
            "background_variance",
            "variance_per_intensity",
            "panel");
    assertThat(out.column("n")).isEqualTo(table.column("n"));
  }

  /**
   * The error of a row: the root of the variance of the net counts of its shell over the shell's
   * exposure, or of the expectation that the row exceeds by three of its errors if that is more.
   */
  private static double error(HKLTable out, int row) {
    double counts = 0;
    double exposure = 0;
    for (int i = 0; i < out.rows(); i++) {
      double s = out.column("s").get(i);
      double of = out.column("s").get(row);
      if (Math.floor(s * 100) == Math.floor(of * 100)) {
        double one = out.column("variance_per_intensity").get(i);
        counts += out.column("intensity").get(i) / one;
        exposure += 1 / one;
      }
    }
    double lowest = Math.max(counts, 1) / exposure;
    double highest = Math.max(lowest, out.column("intensity").get(row));
    for (int step = 0; step < 100; step++) {
      double middle = (lowest + highest) / 2;
      if (middle + 3 * Math.sqrt(variance(out, row, middle)) < out.column("intensity").get(row)) {
        lowest = middle;
      } else {
        highest = middle;
      }
    }
    return Math.sqrt(variance(out, row, lowest));
  }

  private static double variance(HKLTable out, int row, double expected) {
    return out.column("background_variance").get(row)
        + out.column("variance_per_intensity").get(row) * expected;
  }

  private static void assertClose(HKLTable table, String column, int row, double expected) {
    assertThat(table.column(column).get(row))
        .as("%s of row %s", column, row)
        .isCloseTo(expected, within(1e-6 * Math.abs(expected) + 1e-12));
  }

  @Test
  void anyNumberOfThreadsShouldGiveTheSameBits() {
    Random random = new Random(2);
    Geometry g = TWO_PANELS.geometry(CUBIC);
    HKLTable table = seenBy(g, random(random, 50_001, 2));
    BinnedImageSeries background = new BinnedImageSeries(List.of(bins(random), bins(random)));
    HKLTable one = Corrector.correct(table, g, background, DEFAULTS, Parallel.of(1));
    for (int threads : new int[] {2, 7}) {
      HKLTable many = Corrector.correct(table, g, background, DEFAULTS, Parallel.of(threads));
      assertThat(many.h()).isEqualTo(one.h());
      assertThat(many.k()).isEqualTo(one.k());
      assertThat(many.l()).isEqualTo(one.l());
      for (String column : one.columnNames()) {
        assertThat(many.column(column)).as(column).isEqualTo(one.column(column));
      }
    }
  }

  @Test
  void zeroCountsShouldHaveAnErrorUnlessCompatible() {
    HKLTable table = random(new Random(3), 20, 1).with("counts", IntColumn.of(new int[20]));
    PixelCorrections unit = (panel, iy, ix) -> new CorrectionFactors(1, 1, 1, 1, 1, 1);
    HKLTable out = Corrector.correct(table, CUBIC, unit, null, DEFAULTS, Parallel.of(1));
    HKLTable compatible =
        Corrector.correct(
            table, CUBIC, unit, null, DEFAULTS.conventions(Conventions.MDX2), Parallel.of(1));
    for (int i = 0; i < 20; i++) {
      double seconds = 0;
      for (int j = 0; j < 20; j++) {
        boolean near =
            Math.floor(100 * out.column("s").get(i)) == Math.floor(100 * out.column("s").get(j));
        seconds += near ? table.column("seconds").get(j) : 0;
      }
      assertThat(out.column("intensity").get(i)).isZero();
      // as if the shell had counted one: 1/seconds expected, over the row's own seconds
      assertClose(
          out, "intensity_error", i, Math.sqrt(1 / seconds / table.column("seconds").get(i)));
      assertThat(compatible.column("intensity_error").get(i)).isZero();
    }
    assertThat(compatible.has("background_variance")).isFalse();
    assertThat(compatible.has("variance_per_intensity")).isFalse();
  }

  @Test
  void errorShouldNotFollowTheCountsOfItsOwnObservation() {
    // Poisson counts of one rate: mean 0.7 a row, errors all of the mean, weighted mean unbiased
    int rows = 20_000;
    PoissonDistribution poisson =
        new PoissonDistribution(new Well19937c(9), 0.7, 1e-12, 10_000_000);
    int[] counts = new int[rows];
    float[] seconds = new float[rows];
    for (int i = 0; i < rows; i++) {
      counts[i] = poisson.sample();
      seconds[i] = 1;
    }
    int[] one = new int[rows];
    Arrays.fill(one, 5);
    HKLTable random = random(new Random(10), rows, 1);
    HKLTable table =
        random
            .reindexed(IntColumn.of(one), IntColumn.of(one), IntColumn.of(one))
            .with("counts", IntColumn.of(counts))
            .with("seconds", FloatColumn.of(seconds));
    PixelCorrections unit = (panel, iy, ix) -> new CorrectionFactors(1, 1, 1, 1, 1, 1);
    HKLTable out = Corrector.correct(table, CUBIC, unit, null, DEFAULTS, Parallel.of(1));
    double sumW = 0;
    double sumWI = 0;
    double square = 0;
    for (int i = 0; i < rows; i++) {
      double sigma = out.column("intensity_error").get(i);
      double intensity = out.column("intensity").get(i);
      sumW += 1 / sigma / sigma;
      sumWI += intensity / sigma / sigma;
      square += (intensity - 0.7) * (intensity - 0.7) / sigma / sigma / rows;
    }
    // 0.84/sqrt(20000) = 0.006
    assertThat(sumWI / sumW).isCloseTo(0.7, within(0.02));
    assertThat(square).isCloseTo(1, within(0.05));
  }

  @Test
  void missingBackgroundShouldLeaveTheIntensityMissing() {
    HKLTable table = random(new Random(4), 20, 1);
    double[] one = {0};
    double[] three = {0, 10, 20};
    double[] rates = {Double.NaN, 1, 1};
    BinnedImageSeries missing =
        new BinnedImageSeries(List.of(BinnedImageSeries.Bins.of(three, one, one, rates, null)));
    PixelCorrections unit = (panel, iy, ix) -> new CorrectionFactors(1, 1, 1, 1, 1, 1);
    HKLTable out =
        Corrector.correct(
            table, CUBIC, unit, missing, DEFAULTS.conventions(Conventions.MDX2), Parallel.of(1));
    for (int i = 0; i < 20; i++) {
      if (table.column("phi").get(i) < 10) {
        assertThat(out.intensity(i)).isNaN();
      } else {
        double rate = table.column("counts").get(i) / table.column("seconds").get(i);
        assertThat(out.intensity(i)).isCloseTo(rate - 1, within(1e-4));
      }
      assertThat(out.intensityError(i)).isFinite();
    }
  }

  @Test
  void nothingUsableShouldBeRefusedWithItsNumbers() {
    HKLTable table = random(new Random(4), 20, 1);
    double[] one = {0};
    BinnedImageSeries missing =
        new BinnedImageSeries(
            List.of(BinnedImageSeries.Bins.of(one, one, one, new double[] {Double.NaN}, null)));
    PixelCorrections unit = (panel, iy, ix) -> new CorrectionFactors(1, 1, 1, 1, 1, 1);
    assertThatThrownBy(
            () -> Corrector.correct(table, CUBIC, unit, missing, DEFAULTS, Parallel.of(1)))
        .isInstanceOf(EmptyResultException.class)
        .hasMessageContaining("not one of 20 observations")
        .hasMessageContaining("missing at 20 of them");
    assertThatThrownBy(
            () ->
                Corrector.correct(
                    table.select(new int[0]), CUBIC, unit, null, DEFAULTS, Parallel.of(1)))
        .isInstanceOf(EmptyResultException.class)
        .hasMessageContaining("no observation");
  }

  @Test
  void aBackgroundOrTableOfAnotherDetectorShouldBeRefused() {
    HKLTable table = random(new Random(6), 20, 1);
    PixelCorrections small = sized(new PanelSize(60, 50));
    PixelCorrections large = sized(new PanelSize(160, 150));
    BinnedImageSeries ofSmall = tiled(6, 5);
    BinnedImageSeries ofLarge = tiled(16, 15);
    assertThat(Corrector.correct(table, CUBIC, small, ofSmall, DEFAULTS, Parallel.of(1)).rows())
        .isEqualTo(20);
    assertThatThrownBy(
            () -> Corrector.correct(table, CUBIC, large, ofSmall, DEFAULTS, Parallel.of(1)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("ix=54.5 iy=44.5")
        .hasMessageContaining("160 x 150");
    assertThatThrownBy(
            () -> Corrector.correct(table, CUBIC, small, ofLarge, DEFAULTS, Parallel.of(1)))
        .hasMessageContaining("another detector");
    assertThatThrownBy(
            () ->
                Corrector.correct(
                    table, CUBIC, sized(new PanelSize(20, 20)), null, DEFAULTS, Parallel.of(1)))
        .hasMessageContaining("belong to different sweeps");
  }

  private static PixelCorrections sized(PanelSize size) {
    return new PixelCorrections() {
      @Override
      public CorrectionFactors at(int panel, double iy, double ix) {
        return new CorrectionFactors(1, 1, 1, 1, 1, 1);
      }

      @Override
      public List<PanelSize> sizes() {
        return List.of(size);
      }
    };
  }

  /** Bins of 10 x 10 pixels. */
  private static BinnedImageSeries tiled(int nx, int ny) {
    double[] phi = {10};
    double[] iy = IntStream.range(0, ny).mapToDouble(i -> 10 * i + 4.5).toArray();
    double[] ix = IntStream.range(0, nx).mapToDouble(i -> 10 * i + 4.5).toArray();
    double[] rates = new double[nx * ny];
    return new BinnedImageSeries(List.of(BinnedImageSeries.Bins.of(phi, iy, ix, rates, null)));
  }

  @Test
  void compatibleCorrectionsShouldBeInterpolatedFromEveryTenthPixel() {
    Geometry g = new MemoryImages(new int[20][1][1200], new int[] {40}).geometry(CUBIC);
    HKLTable table = seenBy(g, random(new Random(5), 50, 1));
    HKLTable out =
        Corrector.correct(table, g, null, DEFAULTS.conventions(Conventions.MDX2), Parallel.of(1));
    org.mdx.geometry.CorrectionGrid grid = org.mdx.geometry.CorrectionGrid.sample(g, 0, 10, 10, 0);
    for (int i = 0; i < 50; i++) {
      CorrectionFactors f = grid.interpolate(table.column("iy").get(i), table.column("ix").get(i));
      double scale = f.solidAngle() * f.attenuation() * f.efficiency() * f.polarization();
      double n = table.column("counts").get(i);
      double t = table.column("seconds").get(i);
      assertClose(out, "intensity", i, n / t / scale);
      assertClose(out, "intensity_error", i, Math.sqrt(n) / t / scale);
    }
  }

  @Test
  void aSubdivisionThatTheSymmetryCannotCarryShouldBeRejectedNamingBoth() {
    HKLTable t = random(new Random(6), 3, 1);
    HKLTable uneven =
        HKLTable.of(new Subdivision(3, 3, 2), t.h(), t.k(), t.l())
            .with("phi", t.column("phi"))
            .with("iy", t.column("iy"))
            .with("ix", t.column("ix"))
            .with("seconds", t.column("seconds"))
            .with("counts", t.column("counts"))
            .with("pixels", t.column("pixels"))
            .with("n", t.column("n"));
    PixelCorrections unit = (panel, iy, ix) -> new CorrectionFactors(1, 1, 1, 1, 1, 1);
    assertThatThrownBy(() -> Corrector.correct(uneven, CUBIC, unit, null, DEFAULTS, Parallel.of(1)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("3,3,2")
        .hasMessageContaining("m-3");
    assertThat(
            Corrector.correct(uneven, CUBIC, unit, null, DEFAULTS.p1(true), Parallel.of(1)).rows())
        .isEqualTo(3);
  }

  @Test
  void missingPiecesShouldBeNamed() {
    HKLTable table = random(new Random(7), 3, 1);
    Geometry g = TWO_PANELS.geometry(CUBIC);
    assertThatThrownBy(() -> Corrector.correct(table, g, null, DEFAULTS, Parallel.of(1)))
        .hasMessageContaining("no column 'panel'");
    assertThatThrownBy(
            () ->
                Corrector.correct(table, TWO_PANELS.geometry(null), null, DEFAULTS, Parallel.of(1)))
        .hasMessageContaining("no crystal");
    HKLTable two = random(new Random(7), 3, 2);
    BinnedImageSeries background = new BinnedImageSeries(List.of(bins(new Random(8))));
    assertThatThrownBy(() -> Corrector.correct(two, g, background, DEFAULTS, Parallel.of(1)))
        .hasMessageContaining("1 panels, the detector 2");
    assertThatThrownBy(
            () -> Corrector.correct(two.without("seconds"), g, null, DEFAULTS, Parallel.of(1)))
        .hasMessageContaining("'seconds'");
  }
}
