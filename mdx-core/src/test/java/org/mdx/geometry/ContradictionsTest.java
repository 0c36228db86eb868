package org.mdx.geometry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.mdx.crystal.Crystal;
import org.mdx.crystal.SpaceGroup;
import org.mdx.math.Mat3;
import org.mdx.math.Vec3;

/** What cannot be is refused with the numbers that tell. */
class ContradictionsTest {
  private static final Vec3 X = new Vec3(1, 0, 0);
  private static final Vec3 Y = new Vec3(0, 1, 0);
  private static final Vec3 Z = new Vec3(0, 0, 1);
  private static final Beam BEAM = new Beam(Probe.X_RAY, 1, Z, 0.5, Y);
  private static final Scan SCAN = new Scan(1, 0, 0.5, new double[] {1, 1});

  private static Panel panel(Vec3 origin, Vec3 fast, Vec3 slow, double width, double height) {
    return new Panel(
        "P",
        origin,
        fast,
        slow,
        width,
        height,
        100,
        100,
        0,
        9,
        Sensor.IDEAL,
        1,
        0,
        List.of(),
        0,
        0,
        0);
  }

  private static Panel at(double z) {
    return panel(new Vec3(-5, 5, z), X, Y.times(-1), 0.1, 0.1);
  }

  private static Geometry geometry(Beam beam, Panel panel, Vec3 axis, Scan scan) {
    Goniometer g = new Goniometer(axis, Mat3.IDENTITY, Mat3.IDENTITY);
    return new Geometry(beam, new Detector(List.of(panel)), g, scan, null);
  }

  private static void refused(ThrowingCallable maker, String... words) {
    assertThatThrownBy(maker)
        .isInstanceOf(IllegalArgumentException.class)
        .satisfies(e -> assertThat(e.getMessage()).contains(words));
  }

  @Test
  void aDetectorOnTheSourcesSideShouldBeRefused() {
    assertThatCode(() -> geometry(BEAM, at(-100), X, SCAN)).doesNotThrowAnyException();
    refused(() -> geometry(BEAM, at(100), X, SCAN), "source's side", "100.0");
    Beam other = new Beam(Probe.X_RAY, 1, Z.times(-1), 0.5, Y);
    refused(() -> geometry(other, at(-100), X, SCAN), "source's side");
    refused(() -> geometry(BEAM, at(0), X, SCAN), "0.0 mm from the sample");
  }

  /** An arm at 2θ = 120°, where copper radiation still shows reflections. */
  @Test
  void aDetectorThatAnArmHasTakenBackShouldPass() {
    Mat3 arm = Mat3.rotation(X, 120);
    Panel p = at(-100);
    Panel swung = p.placed(arm.times(p.origin()), arm.times(p.fast()), arm.times(p.slow()));
    assertThat(swung.origin().z()).isPositive();
    assertThatCode(() -> geometry(BEAM, swung, X, SCAN)).doesNotThrowAnyException();
  }

  @Test
  void anAxisAlongTheBeamShouldBeRefusedUnlessNothingTurns() {
    refused(() -> geometry(BEAM, at(-100), Z, SCAN), "along the beam");
    refused(() -> geometry(BEAM, at(-100), new Vec3(0.01, 0, -1), SCAN), "along the beam");
    assertThatCode(() -> geometry(BEAM, at(-100), new Vec3(0.1, 0, 1), SCAN))
        .doesNotThrowAnyException();
    Scan still = new Scan(1, 0, 0, new double[] {1});
    assertThatCode(() -> geometry(BEAM, at(-100), Z, still)).doesNotThrowAnyException();
  }

  @Test
  void matricesThatAreNoRotationsShouldBeRefused() {
    Mat3 stretched = Mat3.diagonal(1, 1, 1.01);
    refused(() -> new Goniometer(X, stretched, Mat3.IDENTITY), "fixed rotation", "1.01", "0.02");
    Mat3 mirror = Mat3.diagonal(1, 1, -1);
    refused(() -> new Goniometer(X, Mat3.IDENTITY, mirror), "setting rotation", "-1.0");
    Mat3 none = Mat3.diagonal(1, Double.NaN, 1);
    refused(() -> new Goniometer(X, none, Mat3.IDENTITY), "fixed rotation", "NaN");
    refused(() -> new Goniometer(Vec3.ZERO, Mat3.IDENTITY, Mat3.IDENTITY), "rotation axis");
    Mat3 rounded = new Mat3(0.8660, -0.5, 0, 0.5, 0.8660, 0, 0, 0, 1);
    assertThatCode(() -> new Goniometer(X, rounded, rounded)).doesNotThrowAnyException();
  }

  @Test
  void scansOfAbsurdWidthsShouldBeRefused() {
    for (double width : new double[] {1e300, -361, Double.NaN, Double.POSITIVE_INFINITY}) {
      refused(() -> new Scan(1, 0, width, new double[] {1}), "width " + width);
    }
    refused(() -> new Scan(1, 1e300, 1, new double[] {1}), "start 1.0E300");
  }

  @Test
  void panelsThatCannotBeShouldBeRefused() {
    Vec3 o = new Vec3(0, 0, -9);
    for (double size : new double[] {0, -1, Double.NaN, Double.POSITIVE_INFINITY, 1e300}) {
      refused(() -> panel(o, X, Y, size, 0.1), size + " x 0.1 mm");
      refused(() -> panel(o, X, Y, 0.1, size), "0.1 x " + size);
    }
    refused(() -> panel(o, X, new Vec3(0.01, 1, 0), 1, 1), "89.4", "90°");
    refused(() -> panel(o, X, X, 1, 1), "90°");
    refused(() -> panel(o, Vec3.ZERO, Y, 1, 1), "axis of panel P");
    refused(() -> panel(new Vec3(0, 0, Double.NaN), X, Y, 1, 1), "begins at");
    refused(() -> panel(new Vec3(0, 0, -1e300), X, Y, 1, 1), "begins at");
  }

  @Test
  void wavelengthsThatCannotBeShouldBeRefused() {
    for (double w : new double[] {0, -1, Double.NaN, 1e300, 1e-300}) {
      refused(() -> new Beam(Probe.X_RAY, w, Z, 0.5, Y), "wavelength " + w);
    }
    refused(() -> new Beam(Probe.X_RAY, 1, Vec3.ZERO, 0.5, Y), "the beam");
  }

  @Test
  void aCellWithoutTheSymmetryOfItsGroupShouldBeRefused() {
    SpaceGroup cubic = SpaceGroup.ofHermannMauguin("P 4 3 2");
    refused(
        () -> Crystal.ofRealSpaceAxes(Mat3.diagonal(30, 40, 50), cubic),
        "30.000 40.000",
        "P 4 3 2");
    refused(() -> Crystal.ofRealSpaceAxes(Mat3.diagonal(30, 30, 30.7), cubic), "at most 0.020");
    // refined without constraints
    assertThatCode(() -> Crystal.ofRealSpaceAxes(Mat3.diagonal(30, 30.05, 30.2), cubic))
        .doesNotThrowAnyException();
    SpaceGroup hexagonal = SpaceGroup.ofHermannMauguin("P 6");
    Mat3 a = new Mat3(20, 0, 0, -10, 10 * Math.sqrt(3), 0, 0, 0, 33);
    assertThatCode(() -> Crystal.ofRealSpaceAxes(a, hexagonal)).doesNotThrowAnyException();
    refused(() -> Crystal.ofRealSpaceAxes(Mat3.diagonal(20, 20, 33), hexagonal), "P 6");
    SpaceGroup monoclinic = SpaceGroup.ofHermannMauguin("P 1 21 1");
    Mat3 triclinic = new Mat3(20, 0, 0, 2, 20, 0, 0, 0, 33);
    refused(() -> Crystal.ofRealSpaceAxes(triclinic, monoclinic), "P 1 21 1");
    assertThatCode(() -> Crystal.ofRealSpaceAxes(triclinic, SpaceGroup.ofNumber(1)))
        .doesNotThrowAnyException();
  }
}
