package org.mdx.sim;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.Random;
import org.apache.commons.math3.stat.descriptive.SummaryStatistics;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.mdx.crystal.LaueGroup;
import org.mdx.crystal.SpaceGroup;
import org.mdx.crystal.UnitCell;
import org.mdx.table.Subdivision;

class DiffuseModelTest {
  private static final UnitCell CUBIC = new UnitCell(30, 30, 30, 90, 90, 90);

  private static DiffuseModel cubic() {
    return new DiffuseModel(CUBIC, SpaceGroup.ofHall("I 2b 2c 3"), ModelParameters.of(CUBIC), 5);
  }

  private static DiffuseModel triclinic() {
    UnitCell cell = new UnitCell(21, 34, 28, 77, 101, 65);
    return new DiffuseModel(cell, SpaceGroup.ofHall("P 1"), ModelParameters.of(cell), 6);
  }

  @Test
  void diffuseSignalShouldHaveTheLaueSymmetry() {
    DiffuseModel model = cubic();
    Random random = new Random(1);
    double exchanged = 0;
    for (int i = 0; i < 200; i++) {
      double h = 12 * random.nextDouble() - 6;
      double k = 12 * random.nextDouble() - 6;
      double l = 12 * random.nextDouble() - 6;
      double d = model.diffuse(h, k, l);
      assertThat(d).isPositive();
      assertSame(d, model.diffuse(-h, -k, -l));
      assertSame(d, model.diffuse(h, -k, -l));
      assertSame(d, model.diffuse(l, h, k));
      assertSame(d, model.diffuse(-k, l, h));
      exchanged += Math.abs(model.cloud(k, h, l) / model.cloud(h, k, l) - 1);
    }
    // m-3 has no fourfold axis: the exchange of two indices is another intensity
    assertThat(exchanged / 200).isGreaterThan(0.1);
  }

  @ParameterizedTest
  @CsvSource({
    "P 2yb,          21,34,28,90,101,90",
    "C 2y,           41,34,28,90,101,90",
    "P 2ac 2ab,      21,34,28,90,90,90",
    "P 4nw 2abw,     25,25,37,90,90,90",
    "R 3,            31,31,48,90,90,120",
    "P 3*,           27,27,27,72,72,72",
    "P 65 2 (0 0 1), 29,29,55,90,90,120",
    "F 4d 2 3,       33,33,33,90,90,90"
  })
  void everyLaueGroupShouldBeObeyed(
      String hall, double a, double b, double c, double alpha, double beta, double gamma) {
    UnitCell cell = new UnitCell(a, b, c, alpha, beta, gamma);
    SpaceGroup group = SpaceGroup.ofHall(hall);
    DiffuseModel model = new DiffuseModel(cell, group, ModelParameters.of(cell), 11);
    LaueGroup laue = group.laueGroup();
    Random random = new Random(7);
    for (int i = 0; i < 20; i++) {
      double h = 12 * random.nextDouble() - 6;
      double k = 12 * random.nextDouble() - 6;
      double l = 12 * random.nextDouble() - 6;
      double d = model.diffuse(h, k, l);
      for (int n = 0; n < laue.order(); n++) {
        int[] r = laue.operator(n);
        assertSame(
            d,
            model.diffuse(
                h * r[0] + k * r[3] + l * r[6],
                h * r[1] + k * r[4] + l * r[7],
                h * r[2] + k * r[5] + l * r[8]));
      }
    }
  }

  @Test
  void triclinicSignalShouldHaveFriedelSymmetryAlone() {
    DiffuseModel model = triclinic();
    Random random = new Random(2);
    for (int i = 0; i < 100; i++) {
      double h = 12 * random.nextDouble() - 6;
      double k = 12 * random.nextDouble() - 6;
      double l = 12 * random.nextDouble() - 6;
      double d = model.diffuse(h, k, l);
      assertSame(d, model.diffuse(-h, -k, -l));
      assertThat(Math.abs(model.cloud(-h, k, l) / model.cloud(h, k, l) - 1)).isGreaterThan(1e-6);
    }
  }

  private static void assertSame(double expected, double actual) {
    assertThat(actual).isCloseTo(expected, within(1e-9 * expected));
  }

  @Test
  void absentReflectionsShouldHaveNoIntensity() {
    DiffuseModel model = cubic();
    assertThat(model.isAbsent(1, 0, 0)).isTrue();
    assertThat(model.peakHeight(1, 0, 0)).isZero();
    assertThat(model.peakHeight(0, 0, 0)).isZero();
    assertThat(model.isAbsent(1, 1, 0)).isFalse();
    assertThat(model.peakHeight(1, 1, 0)).isPositive().isEqualTo(model.peakHeight(-1, 0, 1));
    assertThat(model.bragg(2, 2, 0)).isEqualTo(model.peakHeight(2, 2, 0));
  }

  @Test
  void heightsShouldFollowWilsonsAcentricDistribution() {
    DiffuseModel model = triclinic();
    Random random = new Random(4);
    SummaryStatistics peaks = new SummaryStatistics();
    SummaryStatistics clouds = new SummaryStatistics();
    double b = model.parameters().wilsonB();
    for (int h = 0; h < 20; h++) {
      for (int k = 1; k < 20; k++) {
        for (int l = -20; l < 20; l++) {
          double s = model.s(h, k, l);
          peaks.addValue(model.relativePeak(h, k, l) * Math.exp(b * s * s / 2));
          double x = h + random.nextDouble();
          double y = k + random.nextDouble();
          double z = l + random.nextDouble();
          clouds.addValue(model.cloud(x, y, z) / model.envelope(model.s(x, y, z)));
        }
      }
    }
    double mean = model.parameters().braggPeak();
    assertThat(peaks.getMean()).isCloseTo(mean, within(0.05 * mean));
    assertThat(peaks.getStandardDeviation()).isCloseTo(mean, within(0.05 * mean));
    double level = model.parameters().cloudLevel() * model.parameters().unit();
    assertThat(clouds.getMean()).isCloseTo(level, within(0.1 * level));
    assertThat(clouds.getStandardDeviation()).isGreaterThan(0.3 * level);
  }

  @Test
  void tablesShouldAgreeWithTheDefinition() {
    for (DiffuseModel model : new DiffuseModel[] {cubic(), triclinic()}) {
      NodeField field = model.field(0.35);
      double unit = model.parameters().unit();
      Random random = new Random(3);
      for (int i = 0; i < 300; i++) {
        double h = 10 * random.nextDouble() - 5;
        double k = 10 * random.nextDouble() - 5;
        double l = 10 * random.nextDouble() - 5;
        if (model.s(h, k, l) < 0.35) {
          double cloud = unit * model.envelope(model.s(h, k, l)) * field.cloud(h, k, l);
          assertThat(cloud).isCloseTo(model.cloud(h, k, l), within(1e-6 * cloud));
          double halo = unit * field.halo(h, k, l);
          assertThat(halo).isCloseTo(model.halo(h, k, l), within(1e-6 * halo + 1e-6));
        }
      }
    }
  }

  @Test
  void voxelShouldBeTheMeanOverItsPoints() {
    DiffuseModel model = cubic();
    Subdivision three = new Subdivision(3, 3, 3);
    int n = 5;
    double sum = 0;
    double outside = 0;
    int count = 0;
    double sigma3 = 3 * model.parameters().peakSigma();
    for (int i = 0; i < n * n * n; i++) {
      double h = (10 + (i % n + 0.5) / n - 0.5) / 3;
      double k = (-7 + (i / n % n + 0.5) / n - 0.5) / 3;
      double l = (3 + (i / (n * n) + 0.5) / n - 0.5) / 3;
      double d = model.diffuse(h, k, l);
      sum += d;
      if (model.s(h - 3, k + 2, l - 1) > sigma3) {
        outside += d;
        count++;
      }
    }
    double mean = sum / (n * n * n);
    assertThat(model.voxel(10, -7, 3, three, 0, n)).isCloseTo(mean, within(1e-6 * mean));
    double kept = outside / count;
    assertThat(model.voxel(10, -7, 3, three, sigma3, n)).isCloseTo(kept, within(1e-6 * kept));
    assertThat(model.voxel(9, -6, 3, three, 1, n)).isNaN();
    // 3 1 1 is absent: nothing is left out there
    assertThat(model.voxel(9, 3, 3, three, sigma3, n)).isEqualTo(model.voxel(9, 3, 3, three, 0, n));
    double fine = model.voxel(10, -7, 3, three, 0, 12);
    assertThat(mean).isCloseTo(fine, within(0.01 * fine));
  }

  @Test
  void cellShouldHaveTheSymmetryOfTheGroup() {
    UnitCell cell = new UnitCell(30, 30, 31, 90, 90, 90);
    assertThatThrownBy(
            () ->
                new DiffuseModel(cell, SpaceGroup.ofHall("I 2b 2c 3"), ModelParameters.of(cell), 1))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("30.000 30.000 31.000")
        .hasMessageContaining("crystal system");
  }

  @Test
  void anotherSeedShouldBeAnotherStructure() {
    DiffuseModel other =
        new DiffuseModel(CUBIC, SpaceGroup.ofHall("I 2b 2c 3"), ModelParameters.of(CUBIC), 8);
    assertThat(other.peakHeight(1, 1, 0)).isNotEqualTo(cubic().peakHeight(1, 1, 0));
    assertThat(cubic().peakHeight(1, 1, 0)).isEqualTo(cubic().peakHeight(1, 1, 0));
  }
}
