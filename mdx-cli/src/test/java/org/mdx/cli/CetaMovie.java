package org.mdx.cli;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.mdx.crystal.Crystal;
import org.mdx.crystal.SpaceGroup;
import org.mdx.crystal.UnitCell;
import org.mdx.geometry.Goniometer;
import org.mdx.geometry.Scan;
import org.mdx.io.emd.EmdWriter;
import org.mdx.io.image.PixelType;
import org.mdx.math.Mat3;
import org.mdx.math.Vec3;
import org.mdx.sim.SimulatedDetector;
import org.mdx.sim.bragg.Background;
import org.mdx.sim.bragg.BraggOptions;
import org.mdx.sim.bragg.Camera;
import org.mdx.sim.bragg.GeometryOffset;
import org.mdx.sim.bragg.Intensities;
import org.mdx.sim.bragg.Lattice;
import org.mdx.sim.bragg.SpotSweep;

/**
 * A movie of a MicroED crystal as Velox writes it: a Ceta camera with pedestal and gain, 200 kV,
 * frames of 1°, and a header that does not tell axis and beam centre.
 */
final class CetaMovie {
  private static final double WAVELENGTH = 0.0250793405;
  private static final double PIXEL = 0.028;
  private static final double PEDESTAL = -40;

  /** Camera length that the microscope tells, m; calibration finds another. */
  private static final double NOMINAL = 0.67;

  private final int size;
  private final SpotSweep sweep;

  /**
   * Sets up a movie.
   *
   * @param size of the camera, pixels
   * @param distance mm
   * @param centreX of the beam, pixels
   * @param centreY of the beam, pixels
   */
  CetaMovie(
      int size,
      double distance,
      double centreX,
      double centreY,
      UnitCell cell,
      String group,
      int frames,
      double dMin,
      long seed) {
    this.size = size;
    Mat3 u = rotation(17 + 57 * seed, 63 + 120 * seed, 40 - 57 * seed);
    Crystal crystal =
        Crystal.ofRealSpaceAxes(u.times(cell.reciprocal()).inverse(), SpaceGroup.parse(group));
    double[] exposures = new double[frames];
    Arrays.fill(exposures, 0.5);
    BraggOptions options =
        BraggOptions.electrons(
                SimulatedDetector.flat(size, size, PIXEL, distance),
                WAVELENGTH,
                new Scan(1, 0, 1, exposures),
                List.of(new Lattice(crystal, 1, 0.004, 0.3)))
            .withGoniometer(new Goniometer(new Vec3(0, 1, 0), Mat3.IDENTITY, Mat3.IDENTITY))
            .withCamera(new Camera(Camera.Values.INT16, 4, PEDESTAL, 0.3))
            // where the simulator puts the beam of a flat detector
            .withOffset(
                GeometryOffset.of(centreX - (size / 2 + 2.8), centreY - (size / 2 - 6.2), 0))
            .withBackground(new Background(2, 0.3, 0))
            .withIntensities(new Intensities(40, 3, 0, dMin))
            .withSeed(seed);
    sweep = SpotSweep.of(options);
  }

  private static Mat3 rotation(double a, double b, double c) {
    return Mat3.rotation(new Vec3(0, 0, 1), a)
        .times(Mat3.rotation(new Vec3(1, 0, 0), b))
        .times(Mat3.rotation(new Vec3(0, 1, 0), c));
  }

  /** Writes it. */
  void write(Path file) throws IOException {
    EmdWriter.write(
        file,
        size,
        size,
        PixelType.INT16,
        out -> {
          int[][] image = new int[1][size * size];
          for (int frame = 0; frame < sweep.frames(); frame++) {
            sweep.read(frame, image);
            out.add(image[0], document(frame));
          }
        });
  }

  private ObjectNode document(int frame) {
    // by the nominal camera length, as the microscope has it
    double inverse = 1e-3 / (NOMINAL * WAVELENGTH * 1e-10);
    ObjectNode n = JsonNodeFactory.instance.objectNode();
    n.putObject("Core").put("MetadataDefinitionVersion", "7.9");
    n.putObject("Optics")
        .put("AccelerationVoltage", "200000")
        .put("CameraLength", Double.toString(NOMINAL));
    n.putObject("Stage").put("AlphaTilt", Double.toString(Math.toRadians(frame)));
    n.putObject("Detectors")
        .putObject("Detector-0")
        .put("DetectorName", "BM-Ceta")
        .put("ExposureTime", "0.5");
    ObjectNode result = n.putObject("BinaryResult");
    result.put("Detector", "BM-Ceta").put("PixelUnitX", "1/m").put("PixelUnitY", "1/m");
    result
        .putObject("PixelSize")
        .put("width", Double.toString(PIXEL * inverse))
        .put("height", Double.toString(PIXEL * inverse));
    return n;
  }

  /**
   * Writes the movies that the laboratory's scripts are made for.
   *
   * @param args folder, and seeds
   * @throws IOException if a movie cannot be written
   */
  public static void main(String[] args) throws IOException {
    UnitCell cell = new UnitCell(10, 20, 30, 90, 100, 90);
    for (int i = 1; i < args.length; i++) {
      String name = "Camera_Ceta_20230611_" + (2300 + i) + "_670_mm.emd";
      new CetaMovie(2048, 618, 1039, 1007, cell, "P 1 2 1", 70, 0.75, Long.parseLong(args[i]))
          .write(Path.of(args[0], name));
    }
  }
}
