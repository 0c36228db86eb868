package org.mdx.crystal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.mdx.math.Mat3;
import org.mdx.math.Vec3;

class CrystalTest {
  private static final SpaceGroup P1 = SpaceGroup.ofNumber(1);

  private static void assertClose(Mat3 actual, Mat3 expected, double tolerance) {
    assertThat(actual.toRowMajor()).containsExactly(expected.toRowMajor(), within(tolerance));
  }

  private static Crystal triclinic(Random random) {
    UnitCell cell = new UnitCell(30, 41, 57, 75, 82, 104);
    Mat3 u =
        Mat3.rotation(
            new Vec3(random.nextGaussian(), random.nextGaussian(), random.nextGaussian()),
            360 * random.nextDouble());
    return Crystal.ofRealSpaceAxes(u.times(cell.reciprocal()).inverse(), P1);
  }

  @Test
  void orientationAndMetricShouldMultiplyToTheSettingMatrix() {
    Random random = new Random(5);
    for (int i = 0; i < 20; i++) {
      Crystal c = triclinic(random);
      assertClose(c.u().times(c.b()), c.a(), 1e-15);
      assertClose(c.u().times(c.u().transpose()), Mat3.IDENTITY, 1e-14);
      assertThat(c.u().determinant()).isCloseTo(1, within(1e-14));
      assertClose(c.b(), c.cell().reciprocal(), 1e-15);
    }
  }

  @Test
  void settingBetweenEdgesShouldTurnByTheFractionOfTheAngle() {
    Crystal c = triclinic(new Random(6));
    Vec3 axis = new Vec3(0.3, -0.5, 0.8);
    UnitCell larger = new UnitCell(30.3, 41.2, 57.1, 75.2, 82.1, 104.3);
    List<Mat3> points =
        List.of(c.a(), Mat3.rotation(axis, 20).times(c.u()).times(larger.reciprocal()));
    Crystal varying = c.withScanPoints(points);
    for (double f : new double[] {0, 0.125, 0.5, 0.9, 1}) {
      Mat3 b = c.b().times(1 - f).plus(larger.reciprocal().times(f));
      assertClose(varying.a(f), Mat3.rotation(axis, 20 * f).times(c.u()).times(b), 1e-14);
    }
    assertThat(varying.a(-3)).isEqualTo(points.get(0));
    assertThat(varying.a(7)).isEqualTo(points.get(1));
    assertThat(varying.a(Double.POSITIVE_INFINITY)).isEqualTo(points.get(1));
    assertThat(c.a(0.5)).isEqualTo(c.a());
    assertThatThrownBy(() -> varying.a(Double.NaN)).isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void scanPointsShouldBeRejectedNamingTheOneOfTheOtherHand() {
    Crystal c = triclinic(new Random(7));
    assertThatThrownBy(() -> c.withScanPoints(List.of(c.a())))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("n + 1");
    assertThatThrownBy(() -> c.withScanPoints(List.of(c.a(), c.a().times(-1))))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("scan point 1");
  }

  /**
   * Values of dxtbx 3.11.2 for reference/dials/multi/split_0.expt; halfway those of scitbx 2021.12,
   * whose angle comes from the arc cosine of a number near one: good to 5e-11 here.
   */
  @Test
  void scanVaryingCrystalShouldHaveTheMatricesOfDxtbx() throws IOException {
    Path file =
        Path.of(System.getProperty("mdx.reference", "no-reference"), "dials/multi/split_0.expt");
    Assumptions.assumeTrue(Files.isRegularFile(file), "skipped: no " + file);
    JsonNode crystal = new ObjectMapper().readTree(file.toFile()).get("crystal").get(0);
    List<Mat3> points = new ArrayList<>();
    for (JsonNode m : crystal.get("A_at_scan_points")) {
      double[] e = new double[9];
      for (int i = 0; i < 9; i++) {
        e[i] = m.get(i).asDouble();
      }
      points.add(Mat3.ofRowMajor(e));
    }
    Mat3 axes =
        Mat3.ofRows(
            vector(crystal.get("real_space_a")),
            vector(crystal.get("real_space_b")),
            vector(crystal.get("real_space_c")));
    Crystal c =
        Crystal.ofRealSpaceAxes(
                axes, SpaceGroup.ofHall(crystal.get("space_group_hall_symbol").asText()))
            .withScanPoints(points);
    assertThat(c.scanPoints()).hasSize(121);
    assertThat(c.spaceGroup().number()).isEqualTo(199);
    assertClose(
        c.u(),
        Mat3.ofRowMajor(
            0.2550658616228618,
            0.627809743297522,
            0.7353885588281115,
            -0.9581282482079165,
            0.26645287633157266,
            0.10484810289490328,
            -0.13012173615739883,
            -0.7313397233265337,
            0.6694852820369189),
        1e-14);
    assertClose(c.a(1), points.get(1), 0);
    assertClose(
        c.a(0.5),
        Mat3.ofRowMajor(
            0.008502212220892421,
            0.02093197679747029,
            0.02451390608987367,
            -0.03194146838885191,
            0.008882883930624606,
            0.0034933976757733055,
            -0.0043384146409667645,
            -0.02437854748559252,
            0.02232109849397716),
        5e-11);
  }

  private static Vec3 vector(JsonNode n) {
    return new Vec3(n.get(0).asDouble(), n.get(1).asDouble(), n.get(2).asDouble());
  }

  /** Numbers of dials.reindex of DIALS 3.12.1 with change_of_basis_op=-y,z,-x. */
  @Test
  void reindexedAxesShouldBeThoseOfDials() {
    Mat3 axes =
        new Mat3(
            7.294698394822193,
            27.228035678193724,
            -10.259021812732813,
            23.903251590581334,
            0.422784838186407,
            18.118551169906212,
            16.59060031597678,
            -12.580993848108696,
            -21.593903192056356);
    Mat3 point =
        new Mat3(
            0.008106670729608561,
            0.026564221082787432,
            0.018437508886883294,
            0.030259143744942613,
            0.00046989149911693366,
            -0.013981455854429411,
            -0.011401043615038442,
            0.020135517034614487,
            -0.023997809155090415);
    SpaceGroup group = SpaceGroup.ofNumber(199);
    Crystal c =
        Crystal.ofRealSpaceAxes(axes, group)
            .withScanPoints(List.of(point, point))
            .reindexed(ChangeOfBasis.of("-y,z,-x"), group);
    assertClose(
        c.a().inverse(),
        new Mat3(
            -23.903251590581327,
            -0.42278483818641044,
            -18.118551169906212,
            16.590600315976776,
            -12.580993848108692,
            -21.59390319205635,
            -7.294698394822195,
            -27.22803567819372,
            10.259021812732815),
        1e-13);
    assertClose(
        c.scanPoints().get(1),
        new Mat3(
            -0.026564221082787432,
            0.018437508886883294,
            -0.008106670729608561,
            -0.00046989149911693366,
            -0.013981455854429411,
            -0.030259143744942613,
            -0.020135517034614487,
            -0.023997809155090415,
            0.011401043615038442),
        1e-16);
  }

  @Test
  void reindexedCrystalShouldScatterWhereItDidBefore() {
    Crystal c = triclinic(new Random(9));
    ChangeOfBasis change = ChangeOfBasis.of("x-z,-y,2*z+y");
    Crystal other = c.reindexed(change, P1);
    int[] m = change.indexMatrix(1, 1, 1);
    int[] h = {4, -2, 6};
    double[] turned = new double[3];
    for (int i = 0; i < 9; i++) {
      turned[i % 3] += h[i / 3] * m[i] / (double) m[9];
    }
    Vec3 before = c.a().times(new Vec3(h[0], h[1], h[2]));
    Vec3 after = other.a().times(new Vec3(turned[0], turned[1], turned[2]));
    assertThat(after.minus(before).norm()).isLessThan(1e-15);
  }

  @Test
  void uncertaintiesOfTheCellShouldBeThoseOfSampledCellsInAnyAxes() {
    Random random = new Random(9);
    Crystal c = triclinic(random);
    assertThat(c.cellSigmas()).isEmpty();
    int[] free = {0, 3, 4, 6, 7, 8};
    double[][] root = new double[9][6];
    for (int i : free) {
      for (int k = 0; k < 6; k++) {
        root[i][k] = 1e-6 * random.nextGaussian();
      }
    }
    double[] covariance = new double[81];
    for (int i = 0; i < 81; i++) {
      for (int k = 0; k < 6; k++) {
        covariance[i] += root[i / 9][k] * root[i % 9][k];
      }
    }
    ChangeOfBasis change = ChangeOfBasis.of("x-z,-y,2*z+y");
    Crystal known = c.withBCovariance(BCovariance.of(covariance));
    Crystal other = known.reindexed(change, P1);
    double[][] squares = new double[2][6];
    int n = 4000;
    for (int draw = 0; draw < n; draw++) {
      double[] b = c.b().toRowMajor();
      for (int k = 0; k < 6; k++) {
        double z = random.nextGaussian();
        for (int i = 0; i < 9; i++) {
          b[i] += root[i][k] * z;
        }
      }
      Mat3 a = c.u().times(Mat3.ofRowMajor(b));
      Crystal moved = Crystal.ofRealSpaceAxes(a.inverse(), P1);
      add(squares[0], moved.cell(), c.cell(), n);
      add(squares[1], moved.reindexed(change, P1).cell(), other.cell(), n);
    }
    for (int k = 0; k < 6; k++) {
      double sampled = Math.sqrt(squares[0][k]);
      assertThat(known.cellSigmas().orElseThrow().get(k))
          .isCloseTo(sampled, within(0.05 * sampled));
      sampled = Math.sqrt(squares[1][k]);
      assertThat(other.cellSigmas().orElseThrow().get(k))
          .isCloseTo(sampled, within(0.05 * sampled));
    }
    assertThat(known.withScanPoints(List.of(c.a(), c.a())).bCovariance()).isPresent();
    assertThatThrownBy(() -> BCovariance.of(1, 2)).hasMessageContaining("must be 81");
    covariance[40] = -1;
    assertThatThrownBy(() -> BCovariance.of(covariance)).hasMessageContaining("element 40");
  }

  private static void add(double[] squares, UnitCell a, UnitCell b, int n) {
    double[] off = {
      a.a() - b.a(),
      a.b() - b.b(),
      a.c() - b.c(),
      a.alpha() - b.alpha(),
      a.beta() - b.beta(),
      a.gamma() - b.gamma()
    };
    for (int k = 0; k < 6; k++) {
      squares[k] += off[k] * off[k] / n;
    }
  }
}
