package org.mdx.geometry;

import java.util.Arrays;
import java.util.List;
import org.mdx.crystal.Crystal;
import org.mdx.crystal.SpaceGroup;
import org.mdx.math.Mat3;
import org.mdx.math.Vec3;

/** Geometries made by hand for tests. */
final class Geometries {
  private Geometries() {}

  static Panel panel(Vec3 origin, Vec3 fast, Vec3 slow, int width, int height, Sensor sensor) {
    return new Panel(
        "p", origin, fast, slow, 0.1, 0.12, width, height, 0, 1e6, sensor, 1, 0, List.of(), 0, 0,
        0);
  }

  /** A 40 Å cube that turns about y in 1° images, 50 × 30 pixels at 100 mm, beam along −z. */
  static Geometry simple(Probe probe, int frames, double width) {
    double[] exposures = new double[frames];
    Arrays.fill(exposures, 0.5);
    return new Geometry(
        new Beam(probe, 1, new Vec3(0, 0, 1), 1, new Vec3(0, 1, 0)),
        new Detector(
            List.of(
                panel(
                    new Vec3(-2, 1, -100),
                    new Vec3(1, 0, 0),
                    new Vec3(0, -1, 0),
                    50,
                    30,
                    new Sensor("Si", 0.4, 2.5, false)))),
        new Goniometer(new Vec3(0, 1, 0), Mat3.IDENTITY, Mat3.IDENTITY),
        new Scan(1, 10, width, exposures),
        Crystal.ofRealSpaceAxes(Mat3.diagonal(40, 40, 40), SpaceGroup.ofHall("P 2 2 3")));
  }
}
