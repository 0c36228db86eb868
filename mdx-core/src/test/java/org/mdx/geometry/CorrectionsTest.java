package org.mdx.geometry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.mdx.math.Mat3;
import org.mdx.math.Vec3;

class CorrectionsTest {
  private static final Vec3 ORIGIN = new Vec3(-2, 1.2, -100);

  private static Geometry geometry(Probe probe, double polarization, Panel panel) {
    return new Geometry(
        new Beam(probe, 2, new Vec3(0, 0, 1), polarization, new Vec3(0, 1, 0)),
        new Detector(List.of(panel)),
        new Goniometer(new Vec3(0, 1, 0), Mat3.IDENTITY, Mat3.IDENTITY),
        new Scan(1, 0, -0.5, new double[] {1, 1}),
        null);
  }

  private static Panel panel(Sensor sensor) {
    return Geometries.panel(ORIGIN, new Vec3(1, 0, 0), new Vec3(0, -1, 0), 5000, 2000, sensor);
  }

  private static final Sensor SILICON = new Sensor("Si", 0.4, 2.5, false);

  @Test
  void factorsOnTheBeamShouldBeThoseWorkedByHand() {
    CorrectionFactors f = Corrections.of(geometry(Probe.X_RAY, 0.9, panel(SILICON))).at(0, 20, 10);
    assertThat(f.solidAngle()).isCloseTo(0.1 * 0.12 / 1e4, within(1e-18));
    assertThat(f.efficiency()).isCloseTo(1 - Math.exp(-1), within(1e-14));
    assertThat(f.attenuation()).isCloseTo(Math.exp(-100 * AirAttenuation.mu(2)), within(1e-14));
    assertThat(f.polarization()).isCloseTo(1, within(1e-14));
    assertThat(f.inverseLorentz()).isZero();
    assertThat(f.d3s()).isZero();
  }

  @Test
  void factorsAt45DegreesShouldBeThoseWorkedByHand() {
    // 100 mm to the side, in the horizontal plane, normal to the rotation axis
    CorrectionFactors f =
        Corrections.of(geometry(Probe.X_RAY, 0.9, panel(SILICON))).at(0, 1020, 10);
    double cos = Math.sqrt(0.5);
    double solidAngle = 0.012 * cos / 2e4;
    assertThat(f.solidAngle()).isCloseTo(solidAngle, within(1e-18));
    assertThat(f.efficiency()).isCloseTo(1 - Math.exp(-1 / cos), within(1e-14));
    assertThat(f.polarization()).isCloseTo(0.9 * 0.5 + 0.1, within(1e-14));
    assertThat(f.inverseLorentz()).isCloseTo(cos, within(1e-14));
    assertThat(f.d3s()).isCloseTo(cos * solidAngle * Math.PI / 360 / 8, within(1e-20));
  }

  @Test
  void aPanelSeenFromBehindShouldHaveTheSameFactors() {
    Panel back =
        Geometries.panel(ORIGIN, new Vec3(0, -1, 0), new Vec3(1, 0, 0), 2000, 5000, SILICON);
    Corrections a = Corrections.of(geometry(Probe.X_RAY, 0.9, panel(SILICON)));
    Corrections b = Corrections.of(geometry(Probe.X_RAY, 0.9, back));
    // 12 mm down and 24 mm along
    CorrectionFactors fa = a.at(0, 240, 100);
    CorrectionFactors fb = b.at(0, 120, 200);
    assertThat(fb.solidAngle()).isCloseTo(fa.solidAngle(), within(1e-18));
    assertThat(fb.efficiency()).isCloseTo(fa.efficiency(), within(1e-14));
  }

  @Test
  void electronsShouldBeNeitherAttenuatedNorPolarized() {
    Corrections c = Corrections.of(geometry(Probe.ELECTRON, 0.9, panel(Sensor.IDEAL)));
    CorrectionFactors f = c.at(0, 1020, 10);
    assertThat(f.attenuation()).isEqualTo(1);
    assertThat(f.polarization()).isEqualTo(1);
    assertThat(f.efficiency()).isEqualTo(1);
  }

  @Test
  void gridShouldHoldTheExactFactorsAtItsPointsAndComeCloseBetween() {
    Geometry g = Geometries.simple(Probe.X_RAY, 3, 1);
    Corrections exact = Corrections.of(g);
    CorrectionGrid grid = CorrectionGrid.sample(g, 0, 10, 10, 0.5);
    assertThat(grid.values(CorrectionGrid.Quantity.POLARIZATION)[7])
        .isEqualTo(exact.at(0, grid.ix().get(1) + 0.5, grid.iy().get(1) + 0.5).polarization());
    Random random = new Random(4);
    for (int i = 0; i < 100; i++) {
      double y = 29 * random.nextDouble();
      double x = 49 * random.nextDouble();
      CorrectionFactors a = exact.at(0, x + 0.5, y + 0.5);
      CorrectionFactors b = grid.interpolate(y, x);
      assertThat(b.solidAngle()).isCloseTo(a.solidAngle(), within(1e-4 * a.solidAngle()));
      assertThat(b.efficiency()).isCloseTo(a.efficiency(), within(1e-4));
      assertThat(b.attenuation()).isCloseTo(a.attenuation(), within(1e-6));
      assertThat(b.polarization()).isCloseTo(a.polarization(), within(1e-4));
    }
  }

  @Test
  void gridShouldReproduceBilinearFunctionsAndClampBeyondItsEdges() {
    double[] iy = {0, 10, 15};
    double[] ix = {0, 4};
    double[][] v = new double[6][6];
    for (int q = 0; q < 6; q++) {
      for (int j = 0; j < 3; j++) {
        for (int i = 0; i < 2; i++) {
          v[q][j * 2 + i] = q + 2 * iy[j] - 3 * ix[i] + 0.5 * iy[j] * ix[i];
        }
      }
    }
    CorrectionGrid grid = CorrectionGrid.of(iy, ix, v[0], v[1], v[2], v[3], v[4], v[5]);
    CorrectionFactors f = grid.interpolate(12, 1);
    double expected = 24 - 3 + 6;
    assertThat(f.solidAngle()).isCloseTo(expected, within(1e-12));
    assertThat(f.efficiency()).isCloseTo(expected + 1, within(1e-12));
    assertThat(f.attenuation()).isCloseTo(expected + 2, within(1e-12));
    assertThat(f.polarization()).isCloseTo(expected + 3, within(1e-12));
    assertThat(f.inverseLorentz()).isCloseTo(expected + 4, within(1e-12));
    assertThat(f.d3s()).isCloseTo(expected + 5, within(1e-12));
    assertThat(grid.interpolate(-5, 9)).isEqualTo(grid.interpolate(0, 4));
    assertThat(grid.values(CorrectionGrid.Quantity.D3S)).containsExactly(v[5]);
    assertThatThrownBy(() -> CorrectionGrid.of(iy, ix, v[0], v[1], v[2], new double[5], v[4], v[5]))
        .hasMessage("a grid of 3 x 2 points with 5 values of POLARIZATION");
  }

  @Test
  void anEnergyBeyondTheTableShouldBeRejectedWithItsRange() {
    assertThatThrownBy(() -> AirAttenuation.mu(13))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("0.95")
        .hasMessageContaining("check the wavelength");
  }
}
