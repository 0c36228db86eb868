package org.mdx.microed.axes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.mdx.crystal.Crystal;
import org.mdx.crystal.SpaceGroup;
import org.mdx.geometry.Beam;
import org.mdx.geometry.Geometry;
import org.mdx.geometry.Goniometer;
import org.mdx.geometry.Probe;
import org.mdx.geometry.Scan;
import org.mdx.io.dials.Dials;
import org.mdx.io.dials.DialsExperiment;
import org.mdx.math.Mat3;
import org.mdx.math.Vec3;
import org.mdx.sim.SimulatedDetector;

class AxisAnglesTest {
  private static final List<AxisDirection> ABC =
      List.of(AxisDirection.A, AxisDirection.B, AxisDirection.C);

  @TempDir private Path folder;

  /** Rows are a, b, c at φ = 0. */
  private static Geometry geometry(Mat3 axes, Vec3 axis, Vec3 beam, double start, int frames) {
    return geometry(axes, new Goniometer(axis, Mat3.IDENTITY, Mat3.IDENTITY), beam, start, frames);
  }

  private static Geometry geometry(
      Mat3 axes, Goniometer goniometer, Vec3 beam, double start, int frames) {
    return new Geometry(
        new Beam(Probe.ELECTRON, 0.0251, beam, 0.5, new Vec3(0, 1, 0)),
        SimulatedDetector.flat(64, 64, 0.1, 1000).detector(),
        goniometer,
        Scan.ofUnknownExposure(1, start, 1, frames),
        Crystal.ofRealSpaceAxes(axes, SpaceGroup.parse("P 1")));
  }

  @Test
  void anglesShouldBeThoseThatOneFindsByHand() {
    // a along x, b along y, c along z, the beam along z, turned about x from −30.5 to 29.5
    Geometry g = geometry(Mat3.diagonal(5, 7, 11), new Vec3(1, 0, 0), new Vec3(0, 0, 1), -30.5, 60);
    AxisAngles all = AxisAngles.of(g, ABC, 1);
    assertThat(all.rows()).hasSize(60);
    AxisAngles.Row first = all.rows().get(0);
    assertThat(first.tilt()).isCloseTo(-30, within(1e-9));
    assertThat(first.angles().get(0)).isCloseTo(90, within(1e-9)); // a is the rotation axis
    assertThat(first.angles().get(1)).isCloseTo(60, within(1e-9)); // b comes 30° out of the picture
    assertThat(first.angles().get(2)).isCloseTo(30, within(1e-9));
    AxisAngles.Row closest = all.closest(2);
    assertThat(closest.tilt()).isCloseTo(0, within(1e-9));
    assertThat(closest.image()).isEqualTo(31);
    assertThat(closest.angles().get(2)).isCloseTo(0, within(1e-9));
    assertThat(AxisAngles.of(g, ABC, 7).rows()).hasSize(9);
    // [0 1 1] of 7 and 11 Å is atan(7/11) from c
    assertThat(AxisAngles.at(g, 0, List.of(AxisDirection.of("0,1,1"))).get(0))
        .isCloseTo(Math.toDegrees(Math.atan(7.0 / 11)), within(1e-9));
    // turned by +32.47° about x, y goes to z: which of the two diagonals meets the beam is told
    // by the sign of the rotation: R(φ) z = (0, −sin φ, cos φ), R(φ) y = (0, cos φ, sin φ)
    double phi = Math.toDegrees(Math.atan(7.0 / 11));
    assertThat(AxisAngles.at(g, phi, List.of(AxisDirection.of("[0 1 1]"))).get(0))
        .isCloseTo(0, within(1e-5));
    assertThat(AxisAngles.at(g, phi, List.of(AxisDirection.of("0 -1 1"))).get(0))
        .isCloseTo(2 * phi, within(1e-5));
  }

  @Test
  void directionsShouldBeReadAndNonsenseRefused() {
    assertThat(AxisDirection.of(" b ")).isEqualTo(AxisDirection.B);
    assertThat(AxisDirection.of("[1 -2 3]").name()).isEqualTo("[1 -2 3]");
    assertThatThrownBy(() -> AxisDirection.of("1,1")).hasMessageContaining("three whole numbers");
    assertThatThrownBy(() -> AxisDirection.of("0,0,0")).hasMessageContaining("no direction");
  }

  @Test
  void arrowsShouldPointWhereTheAxesDo() {
    Geometry g = geometry(Mat3.diagonal(5, 7, 11), new Vec3(1, 0, 0), new Vec3(0, 0, 1), -30, 60);
    List<AxesDrawing.Projected> flat = new AxesDrawing(0, 0).project(g, ABC);
    // x is to the right, y up, which is against the rows; z towards the source
    assertThat(flat.get(0).x()).isCloseTo(1, within(1e-9));
    assertThat(flat.get(1).y()).isCloseTo(-1, within(1e-9));
    assertThat(flat.get(2).towards()).isCloseTo(1, within(1e-9));
    List<AxesDrawing.Projected> turned = new AxesDrawing(0, 90).project(g, ABC);
    // a quarter clockwise: what pointed right points down
    assertThat(turned.get(0).x()).isCloseTo(0, within(1e-9));
    assertThat(turned.get(0).y()).isCloseTo(1, within(1e-9));
    BufferedImage picture = new BufferedImage(200, 100, BufferedImage.TYPE_BYTE_GRAY);
    BufferedImage drawn = new AxesDrawing(0, 0).draw(picture, g, ABC);
    assertThat(drawn.getWidth()).isEqualTo(200);
    assertThat(drawn.getRGB(115, 50) & 0xff0000).isGreaterThan(0x900000); // a, red, to the right
    assertThat(drawn.getRGB(100, 35) & 0x00ff00).isGreaterThan(0x008000); // b, green, upwards
    assertThat(drawn.getRGB(70, 50) & 0xffffff).isZero();
  }

  @Test
  void anglesShouldAgreeWithCctbx() throws Exception {
    Mat3 turn = Mat3.rotation(new Vec3(1, 2, -0.5), 37).times(Mat3.rotation(new Vec3(0, 1, 3), 71));
    Mat3 axes =
        turn.times(new org.mdx.crystal.UnitCell(5.9, 7.4, 9.8, 83, 97, 102).reciprocal()).inverse();
    Goniometer goniometer =
        new Goniometer(
            new Vec3(0.8, -0.6, 0),
            Mat3.rotation(new Vec3(0, 0, 1), 12),
            Mat3.rotation(new Vec3(0, 1, 0), 5));
    Geometry g = geometry(axes, goniometer, new Vec3(0.01, -0.02, 1), -30, 60);
    Path expt = folder.resolve("x.expt");
    Dials.write(expt, List.of(new DialsExperiment("x", g, folder.resolve("x_#####.cbf"), null)));
    List<AxisDirection> directions =
        List.of(AxisDirection.A, AxisDirection.B, AxisDirection.C, AxisDirection.of("1,-1,2"));
    List<AxisAngles.Row> rows = AxisAngles.of(g, directions, 10).rows();
    List<String> lines = cctbx(expt);
    assertThat(lines).hasSize(rows.size());
    for (int i = 0; i < lines.size(); i++) {
      String[] words = lines.get(i).trim().split("\\s+");
      for (int d = 0; d < directions.size(); d++) {
        assertThat(rows.get(i).angles().get(d))
            .as("row " + i + ", direction " + d)
            .isCloseTo(Double.parseDouble(words[d]), within(1e-4));
      }
    }
  }

  /** Angles by scitbx and dxtbx: S R(φ) F A, inverted, against s0. */
  private List<String> cctbx(Path expt) throws IOException, InterruptedException {
    Path script =
        Files.writeString(
            folder.resolve("angles.py"),
            """
            import sys
            from dxtbx.model.experiment_list import ExperimentListFactory
            from scitbx import matrix
            e = ExperimentListFactory.from_json_file(sys.argv[1], check_format=False)[0]
            g = e.goniometer
            S = matrix.sqr(g.get_setting_rotation())
            F = matrix.sqr(g.get_fixed_rotation())
            axis = matrix.col(g.get_rotation_axis_datum())
            A = matrix.sqr(e.crystal.get_A())
            s0 = matrix.col(e.beam.get_s0())
            for i in range(0, 60, 10):
                phi = e.scan.get_angle_from_array_index(i + 0.5, deg=True)
                R = axis.axis_and_angle_as_r3_rotation_matrix(phi, deg=True)
                real = matrix.sqr((S * R * F * A).inverse())
                a, b, c = [matrix.col(real[3 * k : 3 * k + 3]) for k in range(3)]
                out = []
                for v in (a, b, c, a - b + 2 * c):
                    angle = v.angle(s0, deg=True)
                    out.append("%.8f" % min(angle, 180 - angle))
                print(" ".join(out))
            """);
    for (String python : new String[] {"dials.python", "/usr/bin/python3"}) {
      Path out = folder.resolve("out");
      try {
        Process process =
            new ProcessBuilder(python, script.toString(), expt.toString())
                .redirectOutput(out.toFile())
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .start();
        if (process.waitFor(120, TimeUnit.SECONDS) && process.exitValue() == 0) {
          return Files.readAllLines(out);
        }
      } catch (IOException e) {
        continue; // it is not installed
      }
    }
    assumeTrue(false, "cctbx is not installed");
    return List.of();
  }
}
