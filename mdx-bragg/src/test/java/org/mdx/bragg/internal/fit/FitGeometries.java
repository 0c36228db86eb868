package org.mdx.bragg.internal.fit;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.mdx.crystal.Crystal;
import org.mdx.crystal.SpaceGroup;
import org.mdx.crystal.UnitCell;
import org.mdx.geometry.Beam;
import org.mdx.geometry.Detector;
import org.mdx.geometry.Geometry;
import org.mdx.geometry.Goniometer;
import org.mdx.geometry.Panel;
import org.mdx.geometry.Probe;
import org.mdx.geometry.Scan;
import org.mdx.geometry.Sensor;
import org.mdx.math.Mat3;
import org.mdx.math.Vec3;

/** Geometries made by hand for tests. */
final class FitGeometries {
  private FitGeometries() {}

  static Panel panel(Vec3 origin, Mat3 turn, double pixel, int width, int height, Sensor sensor) {
    return new Panel(
        "p",
        origin,
        turn.times(new Vec3(1, 0, 0)),
        turn.times(new Vec3(0, -1, 0)),
        pixel,
        pixel,
        width,
        height,
        0,
        1e6,
        sensor,
        1,
        0,
        List.of(),
        0,
        0,
        0);
  }

  static Crystal crystal(UnitCell cell, String hall) {
    Mat3 u = Mat3.rotation(new Vec3(1, -0.4, 0.7), 57);
    Mat3 axes = cell.orthogonalization().transpose().times(u.transpose());
    return Crystal.ofRealSpaceAxes(axes, SpaceGroup.ofHall(hall));
  }

  private static Scan scan(double start, double width, int frames) {
    double[] exposures = new double[frames];
    Arrays.fill(exposures, 1);
    return new Scan(11, start, width, exposures);
  }

  /** Cubic, one panel straight on at 80 mm, as the sweeps of the reference. */
  static Geometry cubic() {
    return new Geometry(
        new Beam(Probe.X_RAY, 0.9768, new Vec3(0, 0, 1), 1, new Vec3(0, 1, 0)),
        new Detector(
            List.of(
                panel(
                    new Vec3(-42, 52, -80),
                    Mat3.IDENTITY,
                    0.172,
                    487,
                    619,
                    new Sensor("Si", 0.45, 3.93, true)))),
        new Goniometer(new Vec3(1, 0, 0), Mat3.IDENTITY, Mat3.IDENTITY),
        scan(0, 0.5, 120),
        crystal(new UnitCell(30, 30, 30, 90, 90, 90), "I 2b 2c 3"));
  }

  /** Triclinic, a tilted panel on an arm, a kappa goniometer, a beam aslant, scan downwards. */
  static Geometry kappa() {
    return new Geometry(
        new Beam(Probe.X_RAY, 0.71, new Vec3(0.01, -0.02, 1), 1, new Vec3(0, 1, 0)),
        new Detector(
            List.of(
                panel(
                    new Vec3(-70, 60, -95),
                    Mat3.rotation(new Vec3(0.1, 1, 0), 25)
                        .times(Mat3.rotation(new Vec3(0, 0, 1), 3)),
                    0.1,
                    1500,
                    1200,
                    new Sensor("Si", 0.32, 1.6, true)))),
        new Goniometer(
            new Vec3(-0.9, 0.1, 0.05),
            Mat3.rotation(new Vec3(0.3, 1, 0), 42),
            Mat3.rotation(new Vec3(0, 0.2, 1), 33)),
        scan(20, -0.25, 240),
        crystal(new UnitCell(8, 11, 14, 83, 95, 104), "P 1"));
  }

  /** Monoclinic electrons of 200 kV: a flat Ewald sphere. */
  static Geometry electrons() {
    return new Geometry(
        new Beam(Probe.ELECTRON, 0.02508, new Vec3(0, 0, 1), 0.5, new Vec3(0, 1, 0)),
        new Detector(
            List.of(
                panel(new Vec3(-14, 14, -1500), Mat3.IDENTITY, 0.028, 1000, 1000, Sensor.IDEAL))),
        new Goniometer(new Vec3(-0.63, -0.78, 0), Mat3.IDENTITY, Mat3.IDENTITY),
        scan(-50, 1, 100),
        crystal(new UnitCell(12, 7, 16, 90, 103, 90), "P 2yb"));
  }

  /** Hexagonal, nine panels at different tilts about the beam. */
  static Geometry panels() {
    List<Panel> panels = new ArrayList<>();
    for (int i = 0; i < 9; i++) {
      Mat3 turn = Mat3.rotation(new Vec3(1, 0.3, 0), 4 * (i / 3 - 1));
      panels.add(
          panel(
              new Vec3(-75 + 51 * (i % 3), 75 - 51 * (i / 3), -120 - 3 * Math.abs(i / 3 - 1)),
              turn,
              0.1,
              500,
              500,
              new Sensor("Si", 0.32, 2, true)));
    }
    return new Geometry(
        new Beam(Probe.X_RAY, 1.2, new Vec3(0, 0, 1), 1, new Vec3(0, 1, 0)),
        new Detector(panels),
        new Goniometer(new Vec3(0, 1, 0.02), Mat3.IDENTITY, Mat3.rotation(new Vec3(1, 0, 0), 0.2)),
        scan(0, 0.3, 200),
        crystal(new UnitCell(40, 40, 62, 90, 90, 120), "P 31 2 (0 0 4)"));
  }

  static List<Geometry> all() {
    return List.of(cubic(), kappa(), electrons(), panels());
  }
}
