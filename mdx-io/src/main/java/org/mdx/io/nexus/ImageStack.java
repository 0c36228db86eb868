package org.mdx.io.nexus;

import java.util.Arrays;
import java.util.List;
import org.mdx.geometry.Beam;
import org.mdx.geometry.Detector;
import org.mdx.geometry.Geometry;
import org.mdx.geometry.Goniometer;
import org.mdx.geometry.Panel;
import org.mdx.geometry.Probe;
import org.mdx.geometry.Scan;
import org.mdx.geometry.Sensor;
import org.mdx.image.FrameBuffer;
import org.mdx.image.ImageChunks;
import org.mdx.image.ImageSeries;
import org.mdx.image.Pixels;
import org.mdx.io.hdf5.FrameSource;
import org.mdx.io.hdf5.Hdf5Dataset;
import org.mdx.io.hdf5.Hdf5File;
import org.mdx.io.hdf5.Hdf5Frames;
import org.mdx.io.hdf5.Hdf5Group;
import org.mdx.io.hdf5.element.ElementType;
import org.mdx.io.hdf5.element.Elements;
import org.mdx.math.Mat3;
import org.mdx.math.Vec3;
import org.mdx.parallel.Parallel;

/**
 * The object {@code image_series}: all frames of a sweep over phi, iy and ix, with the angle of the
 * middle of each frame and its exposure. Written in one piece; read also where the pixels are a
 * virtual dataset over other files.
 *
 * @param pixels the frames
 * @param phi angle of the middle of each frame, degrees
 * @param exposures exposure of each frame, s
 * @param transmission part of the beam that attenuators let through; NaN if nobody tells
 */
record ImageStack(Hdf5Frames pixels, double[] phi, double[] exposures, double transmission) {
  static final String NAME = "image_series";

  /** Steps may differ by this part of one. */
  private static final double EVEN = 0.01;

  /** Size of a pixel that stands for one that is not known, mm. */
  private static final double NOMINAL = 0.1;

  static ImageStack read(Hdf5File file) {
    NexusReader in = new NexusReader(file, Parallel.of(1));
    String place = in.object(NAME, "give the file that import-data wrote, or the .expt");
    NexusReader.Grid grid = in.grid(place, "phi", "iy", "ix");
    Hdf5Frames pixels = file.frames(grid.signal(), 0);
    double[] phi = grid.axes()[0];
    String times = place + "/exposure_times";
    double[] exposures = file.has(times) ? in.doubles(times, phi.length) : new double[phi.length];
    ImageStack s = new ImageStack(pixels, phi, exposures, ImagePointerFormat.transmission(in));
    double step = s.width();
    for (int i = 0; i < phi.length; i++) {
      if (!(Math.abs(phi[i] - phi[0] - i * step) <= EVEN * Math.abs(step))) {
        throw file.error(
            place + "/phi",
            "frames at equal steps of " + step + "°",
            phi[i] + "° for frame " + i,
            "");
      }
    }
    if (phi.length > 1 && step == 0) {
      throw file.error(
          place + "/phi",
          "an angle that steps from frame to frame",
          phi[0] + "° for all " + phi.length + " frames",
          "mdx works on rotation scans");
    }
    in.build(place + "/phi", s::scan);
    return s;
  }

  int frames() {
    return phi.length;
  }

  /** The chunks of the frames; without any, mdx2 goes frame by frame. */
  ImageChunks chunks() {
    int[] c = pixels.chunk().orElse(new int[] {1, pixels.height(), pixels.width()});
    return new ImageChunks(c[0], c[1], c[2]);
  }

  /** Rotation per frame, degrees; 0 for a single frame. */
  double width() {
    int n = phi.length;
    return n == 1 ? 0 : (phi[n - 1] - phi[0]) / (n - 1);
  }

  /** Angle at the beginning of the first frame, degrees. */
  double start() {
    return phi[0] - width() / 2;
  }

  /** The scan; a file without any exposure leaves them unknown. */
  Scan scan() {
    Scan scan = exposed();
    return Double.isNaN(transmission) ? scan : scan.withTransmission(transmission);
  }

  private Scan exposed() {
    if (Arrays.stream(exposures).noneMatch(t -> t > 0)) {
      return Scan.ofUnknownExposure(1, start(), width(), phi.length);
    }
    double[] times = new double[phi.length];
    for (int i = 0; i < times.length; i++) {
      times[i] = exposures[i] > 0 ? exposures[i] : 1;
    }
    return new Scan(1, start(), width(), times);
  }

  /** The object for a sweep of one panel, read while it is written; −1 is what does not count. */
  static Hdf5Group write(ImageSeries images, int[] chunk) {
    if (!images.isCounted()) {
      throw new IllegalArgumentException(
          "a stack of images in mdx2's layout holds counts from 0 up and -1 for what does not"
              + " count; this detector ("
              + images.response(0)
              + ", trusted from "
              + images.geometry().detector().panels().get(0).trustedMin()
              + ") writes other values, which mdx2 would take for counts; work from the .expt"
              + " instead, without --full");
    }
    Scan scan = images.geometry().scan();
    int[] shape = shape(images);
    double[] exposures = new double[scan.frames()];
    for (int i = 0; i < exposures.length; i++) {
      exposures[i] = scan.exposure(i);
    }
    FrameBuffer.Pool buffers = new FrameBuffer.Pool(images);
    FrameSource source =
        (frame, into) -> {
          try (FrameBuffer b = buffers.take()) {
            b.read(frame);
            for (int i = 0; i < shape[1] * shape[2]; i++) {
              int v = b.pixels(0)[i];
              into[i] = Pixels.isMasked(v) ? -1 : v;
            }
          }
        };
    Hdf5Group g = axes(scan, shape, "phi", "iy", "ix", "data");
    g.add("data", Hdf5Dataset.frames(source, ElementType.INT32, shape, chunk));
    g.add("exposure_times", Hdf5Dataset.row(Elements.of(exposures)));
    return g;
  }

  /**
   * A geometry of which only the number of pixels and the scan are true: the file does not tell
   * more.
   */
  Geometry nominalGeometry() {
    Vec3 x = new Vec3(1, 0, 0);
    Panel panel =
        new Panel(
            "Panel",
            new Vec3(-pixels.width() * NOMINAL / 2, pixels.height() * NOMINAL / 2, -100),
            x,
            new Vec3(0, -1, 0),
            NOMINAL,
            NOMINAL,
            pixels.width(),
            pixels.height(),
            0,
            Integer.MAX_VALUE,
            Sensor.IDEAL,
            1,
            0,
            List.of(),
            0,
            0,
            0);
    return new Geometry(
        new Beam(Probe.X_RAY, 1, new Vec3(0, 0, 1), 0.5, new Vec3(0, 1, 0)),
        new Detector(List.of(panel)),
        new Goniometer(x, Mat3.IDENTITY, Mat3.IDENTITY),
        scan(),
        null);
  }

  /** Frames, rows and columns of a sweep; mdx2 knows one panel only. */
  static int[] shape(ImageSeries images) {
    if (images.source().panels() != 1) {
      throw new IllegalArgumentException(
          "a stack of images of "
              + images.source().panels()
              + " panels; mdx2's files have room for one");
    }
    return new int[] {images.frames(), images.source().height(0), images.source().width(0)};
  }

  /** An NXdata group with the axes of a stack. */
  static Hdf5Group axes(Scan scan, int[] shape, String phi, String iy, String ix, String signal) {
    Elements middle = Elements.ofDoubles(shape[0], i -> scan.start() + (i + 0.5) * scan.width());
    return new Hdf5Group()
        .attribute("NX_class", "NXdata")
        .attribute("axes", List.of(phi, iy, ix))
        .attribute("signal", signal)
        .add(phi, Hdf5Dataset.row(middle))
        .add(iy, Hdf5Dataset.row(Elements.ofDoubles(shape[1], i -> i)))
        .add(ix, Hdf5Dataset.row(Elements.ofDoubles(shape[2], i -> i)));
  }
}
