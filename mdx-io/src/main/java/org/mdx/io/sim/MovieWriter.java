package org.mdx.io.sim;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.mdx.geometry.Panel;
import org.mdx.io.emd.EmdWriter;
import org.mdx.io.image.PixelType;
import org.mdx.parallel.Parallel;
import org.mdx.parallel.Progress;
import org.mdx.sim.SimulatedSweep;
import org.mdx.sim.Simulation;

/** Writes simulated sweeps as movies in the layout of Velox, with the documents of their frames. */
public final class MovieWriter {
  private static final JsonNodeFactory JSON = JsonNodeFactory.instance;

  /** Frames that are simulated side by side. */
  private static final int AT_A_TIME = 8;

  /** Start of a simulated measurement: 2024-01-01. */
  private static final long START = 1704067200L;

  private MovieWriter() {}

  /**
   * Writes a movie {@code NAME.emd} for each sweep with a crystal.
   *
   * @param simulation with a detector of one panel
   * @param volts acceleration voltage that the documents name
   * @param type of a pixel: integers of 16 or 32 bits
   * @param folder is made if there is none; files of the same names are overwritten
   * @param parallel threads that make the images; their number does not change a bit of them
   * @param progress is told after every image
   * @return the files
   * @throws IOException if a file cannot be written
   * @throws IllegalArgumentException if there are several panels
   * @throws java.util.concurrent.CancellationException if the thread is interrupted
   */
  public static List<Path> write(
      Simulation simulation,
      double volts,
      PixelType type,
      Path folder,
      Parallel parallel,
      Progress progress)
      throws IOException {
    long total = 0;
    for (SimulatedSweep s : simulation.sweeps()) {
      total += s.frames();
      if (s.panels() != 1) {
        throw new IllegalArgumentException(s.panels() + " panels; a movie has one");
      }
    }
    Files.createDirectories(folder);
    Progress.Counter done = progress.counter("simulate", total);
    List<Path> movies = new ArrayList<>();
    for (SimulatedSweep s : simulation.sweeps()) {
      Path movie = folder.resolve(s.name() + ".emd");
      EmdWriter.write(
          movie,
          s.width(0),
          s.height(0),
          type,
          out -> {
            int[][][] images = new int[AT_A_TIME][1][s.width(0) * s.height(0)];
            for (int first = 0; first < s.frames(); first += AT_A_TIME) {
              int from = first;
              int n = Math.min(AT_A_TIME, s.frames() - first);
              parallel.forEach(
                  n,
                  i -> {
                    s.read(from + i, images[i]);
                    done.advance();
                  });
              for (int i = 0; i < n; i++) {
                out.add(images[i][0], document(s, from + i, volts));
              }
            }
          });
      movies.add(movie);
    }
    return movies;
  }

  /** What Velox would say of a frame; all numbers are texts, in m, s, rad and V. */
  private static ObjectNode document(SimulatedSweep s, int frame, double volts) {
    Panel panel = s.geometry().detector().panels().get(0);
    double length = panel.origin().z() * 1e-3;
    double inverse = 1e-3 / (Math.abs(length) * s.geometry().beam().wavelength() * 1e-10);
    double exposure = s.geometry().scan().exposure(0);
    ObjectNode n = JSON.objectNode();
    n.putObject("Core").put("MetadataDefinitionVersion", "7.9");
    n.putObject("Instrument").put("InstrumentClass", "simulated");
    n.putObject("Acquisition")
        .putObject("AcquisitionStartDatetime")
        .put("DateTime", String.valueOf(START + Math.round(frame * exposure)));
    n.putObject("Optics")
        .put("AccelerationVoltage", text(volts))
        .put("CameraLength", text(Math.abs(length)));
    n.putObject("Stage").put("AlphaTilt", text(Math.toRadians(angle(s, frame))));
    n.putObject("Detectors")
        .putObject("Detector-0")
        .put("DetectorName", "Simulated")
        .put("ExposureTime", text(exposure));
    ObjectNode result = n.putObject("BinaryResult");
    result.put("Detector", "Simulated").put("PixelUnitX", "1/m").put("PixelUnitY", "1/m");
    result
        .putObject("PixelSize")
        .put("width", text(panel.pixelWidth() * inverse))
        .put("height", text(panel.pixelHeight() * inverse));
    return n;
  }

  private static double angle(SimulatedSweep s, int frame) {
    return s.geometry().scan().start() + s.geometry().scan().width() * frame;
  }

  private static String text(double v) {
    return Double.toString(v);
  }
}
