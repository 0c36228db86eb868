package org.mdx.bragg.spots;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.mdx.geometry.Beam;
import org.mdx.geometry.CorrectionFactors;
import org.mdx.geometry.Corrections;
import org.mdx.geometry.Detector;
import org.mdx.geometry.Geometry;
import org.mdx.geometry.Goniometer;
import org.mdx.geometry.Panel;
import org.mdx.geometry.Probe;
import org.mdx.geometry.Scan;
import org.mdx.geometry.Sensor;
import org.mdx.math.Mat3;
import org.mdx.math.Vec3;
import org.mdx.parallel.Parallel;

/**
 * The correction against the centroid of a Gaussian cloud of reciprocal space, of which a place on
 * detector and scan sees intensity times solid angle, efficiency and polarization.
 */
class FiniteSizeTest {
  private static final Geometry GEOMETRY = geometry();
  private static final double SIGMA = 0.003;
  private static final int HALF = 24;
  private static final double STEP = 0.5;

  private static Geometry geometry() {
    Panel panel =
        new Panel(
            "p",
            new Vec3(-100, 100, -80),
            new Vec3(1, 0, 0),
            new Vec3(0, -1, 0),
            0.2,
            0.2,
            1000,
            1000,
            0,
            1e6,
            new Sensor("Si", 0.45, 3.93, true),
            1,
            0,
            List.of(),
            0,
            0,
            0);
    double[] seconds = new double[40];
    java.util.Arrays.fill(seconds, 1);
    return new Geometry(
        new Beam(Probe.X_RAY, 0.9768, new Vec3(0, 0, 1), 0.999, new Vec3(0, 1, 0)),
        new Detector(List.of(panel)),
        new Goniometer(new Vec3(1, 0, 0), Mat3.IDENTITY, Mat3.IDENTITY),
        new Scan(1, 10, 0.5, seconds),
        null);
  }

  private static Vec3 place(double x, double y, double z) {
    double phi = GEOMETRY.scan().start() + z * GEOMETRY.scan().width();
    return GEOMETRY
        .goniometer()
        .rotation(phi)
        .transpose()
        .times(GEOMETRY.scatteringVector(0, x, y));
  }

  @ParameterizedTest
  @CsvSource({"700.3,650.2,20.4", "520,860,11", "640.4,300.3,20", "250.2,180.6,15.5", "800,720,20"})
  void correctedCentroidsShouldBeWhereTheCloudIs(double x, double y, double z) {
    double[] truth = {x, y, z};
    FoundSpot seen = seen(truth);
    double[] found = FiniteSize.correct(List.of(seen), GEOMETRY, Parallel.of(1)).get(0).position();
    assertThat(distance(found, truth)).isLessThan(0.002 + 0.2 * distance(seen.position(), truth));
  }

  @Test
  void cloudsShouldBeSeenOffTheirPlace() {
    double[] truth = {800, 720, 20};
    assertThat(distance(seen(truth).position(), truth)).isGreaterThan(0.004);
  }

  /** The largest difference of a coordinate. */
  private static double distance(double[] a, double[] b) {
    double most = 0;
    for (int i = 0; i < 3; i++) {
      most = Math.max(most, Math.abs(a[i] - b[i]));
    }
    return most;
  }

  private static FoundSpot seen(double[] truth) {
    Corrections corrections = Corrections.of(GEOMETRY);
    Vec3 middle = place(truth[0], truth[1], truth[2]);
    double sum = 0;
    double[] m = new double[3];
    double[] c = new double[9];
    for (int i = -HALF; i <= HALF; i++) {
      for (int j = -HALF; j <= HALF; j++) {
        double dx = i * STEP;
        double dy = j * STEP;
        CorrectionFactors f = corrections.at(0, truth[0] + dx, truth[1] + dy);
        double seen = f.solidAngle() * f.efficiency() * f.polarization();
        for (int k = -2 * HALF; k <= 2 * HALF; k++) {
          double dz = k * STEP / 2;
          Vec3 d = place(truth[0] + dx, truth[1] + dy, truth[2] + dz).minus(middle);
          double w = seen * Math.exp(-d.dot(d) / (2 * SIGMA * SIGMA));
          double[] at = {dx, dy, dz};
          sum += w;
          for (int a = 0; a < 3; a++) {
            m[a] += w * at[a];
            for (int b = 0; b < 3; b++) {
              c[3 * a + b] += w * at[a] * at[b];
            }
          }
        }
      }
    }
    double[] mean = new double[3];
    for (int a = 0; a < 3; a++) {
      m[a] /= sum;
      mean[a] = truth[a] + m[a];
    }
    double[] covariance = {
      c[0] / sum - m[0] * m[0],
      c[1] / sum - m[0] * m[1],
      c[2] / sum - m[0] * m[2],
      c[4] / sum - m[1] * m[1],
      c[5] / sum - m[1] * m[2],
      c[8] / sum - m[2] * m[2]
    };
    return new FoundSpot(0, new int[6], 9, mean, new double[3], covariance, 1e5, 1e5, null);
  }
}
