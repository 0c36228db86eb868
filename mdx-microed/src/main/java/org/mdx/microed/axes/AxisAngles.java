package org.mdx.microed.axes;

import java.util.ArrayList;
import java.util.List;
import org.mdx.geometry.Geometry;
import org.mdx.math.Mat3;
import org.mdx.math.Vec3;

/**
 * Angles between directions of the real lattice and the line of the beam, at every image of a
 * sweep: 0° where one looks along the direction, 90° where it lies in the picture.
 *
 * @param directions what was asked for
 * @param rows of all images that were asked for
 */
public record AxisAngles(List<AxisDirection> directions, List<Row> rows) {
  public AxisAngles {
    directions = List.copyOf(directions);
    rows = List.copyOf(rows);
  }

  /**
   * One image.
   *
   * @param image its number
   * @param tilt rotation angle in the middle of the image, degrees
   * @param angles of the directions, 0 to 90 degrees
   */
  public record Row(int image, double tilt, List<Double> angles) {
    public Row {
      angles = List.copyOf(angles);
    }
  }

  /**
   * Angles at the middle of every nth image.
   *
   * @param geometry with a crystal, which may change along the scan
   * @param directions of the lattice, at least one
   * @param every 1 for all images
   * @return the angles
   * @throws IllegalStateException if there is no crystal
   * @throws IllegalArgumentException if there is no direction, or {@code every} is below 1
   */
  public static AxisAngles of(Geometry geometry, List<AxisDirection> directions, int every) {
    if (directions.isEmpty() || every < 1) {
      throw new IllegalArgumentException(
          directions.size() + " directions, every " + every + " images; each must be 1 or more");
    }
    List<Row> rows = new ArrayList<>();
    for (int frame = 0; frame < geometry.scan().frames(); frame += every) {
      double tilt = geometry.scan().phiAt(frame + 0.5);
      rows.add(new Row(geometry.scan().firstImage() + frame, tilt, at(geometry, tilt, directions)));
    }
    return new AxisAngles(directions, rows);
  }

  /**
   * Angles at a tilt.
   *
   * @param geometry with a crystal
   * @param tilt rotation angle, degrees; outside of the scan the crystal is as at its end
   * @param directions of the lattice
   * @return 0 to 90 degrees, one for each direction
   * @throws IllegalStateException if there is no crystal
   */
  public static List<Double> at(Geometry geometry, double tilt, List<AxisDirection> directions) {
    Mat3 ub = geometry.ub(tilt);
    Vec3 beam = geometry.beam().direction().unit();
    List<Double> angles = new ArrayList<>();
    for (AxisDirection d : directions) {
      Vec3 axis = d.in(ub);
      double across = axis.cross(beam).norm();
      angles.add(Math.toDegrees(Math.atan2(across, Math.abs(axis.dot(beam)))));
    }
    return angles;
  }

  /**
   * The image on which a direction lies closest to the beam.
   *
   * @param direction its number among {@link #directions}
   * @return its row
   */
  public Row closest(int direction) {
    Row best = rows.get(0);
    for (Row r : rows) {
      if (r.angles().get(direction) < best.angles().get(direction)) {
        best = r;
      }
    }
    return best;
  }
}
