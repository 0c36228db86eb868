package org.mdx.bench;

import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import org.mdx.crystal.Crystal;
import org.mdx.crystal.SpaceGroup;
import org.mdx.geometry.Beam;
import org.mdx.geometry.Detector;
import org.mdx.geometry.Geometry;
import org.mdx.geometry.Goniometer;
import org.mdx.geometry.Panel;
import org.mdx.geometry.Probe;
import org.mdx.geometry.Scan;
import org.mdx.geometry.Sensor;
import org.mdx.image.ImageSeries;
import org.mdx.image.ImageSource;
import org.mdx.image.PixelMask;
import org.mdx.image.Pixels;
import org.mdx.math.Mat3;
import org.mdx.math.Vec3;

/**
 * Frames in memory that look to the kernels as a detector's do: a few counts a pixel, falling from
 * the middle, with Poisson noise; one pixel in 700 bright; rows of −1 between modules. Independent
 * of the simulator, so that ratios stay comparable when that changes.
 */
final class SyntheticSweep implements ImageSource {
  private static final long SEED = 20261121;
  private static final double WAVELENGTH = 0.9768;
  private static final double PIXEL = 0.172;
  private static final int MODULE = 195;
  private static final int GAP = 17;

  /** Degrees a frame; the frames of one sweep stay within the largest spread of an observation. */
  private static final double FRAME_WIDTH = 0.1;

  private final FrameSize size;
  private final int[][] frames;
  private final Geometry geometry;

  /**
   * A sweep.
   *
   * @param size of its frames
   * @param count number of frames, 1 to 10
   */
  SyntheticSweep(FrameSize size, int count) {
    this.size = size;
    SplittableRandom random = new SplittableRandom(SEED);
    frames = new int[count][size.pixels()];
    for (int[] frame : frames) {
      expose(frame, random);
    }
    geometry = geometry(size, count);
  }

  private void expose(int[] frame, SplittableRandom random) {
    double middle = size.height() / 2.0;
    double radius = 0.35 * size.width();
    for (int i = 0; i < frame.length; i++) {
      int iy = i / size.width();
      double x = (i % size.width() - size.width() / 2.0) / radius;
      double y = (iy - middle) / radius;
      boolean bright = random.nextInt(700) == 0;
      int counts =
          bright ? random.nextInt(4000) : poisson(1 + 6 * Math.exp(-x * x - y * y), random);
      frame[i] = iy % (MODULE + GAP) >= MODULE ? Pixels.MASKED : counts;
    }
  }

  /** Counts factors until their product falls below exp(−mean) (Knuth). */
  private static int poisson(double mean, SplittableRandom random) {
    double least = Math.exp(-mean);
    int n = 0;
    for (double p = random.nextDouble(); p > least; p *= random.nextDouble()) {
      n++;
    }
    return n;
  }

  private static Geometry geometry(FrameSize size, int count) {
    double w = size.width() * PIXEL;
    double h = size.height() * PIXEL;
    Vec3 corner = new Vec3(-0.48 * w, 0.51 * h, -size.distance());
    Panel panel =
        new Panel(
            "Panel",
            corner,
            new Vec3(1, 0, 0),
            new Vec3(0, -1, 0),
            PIXEL,
            PIXEL,
            size.width(),
            size.height(),
            0,
            1_000_000,
            Sensor.IDEAL,
            1,
            0,
            List.of(),
            0,
            0,
            0);
    boolean large = size == FrameSize.PILATUS_2M;
    Mat3 cell = large ? Mat3.diagonal(78, 78, 37) : Mat3.diagonal(30, 30, 30);
    Mat3 axes = cell.times(Mat3.rotation(new Vec3(0.3, 0.5, 0.8).unit(), 37));
    double[] exposures = new double[count];
    Arrays.fill(exposures, 0.1);
    return new Geometry(
        new Beam(Probe.X_RAY, WAVELENGTH, new Vec3(0, 0, 1), 0.99, new Vec3(0, 1, 0)),
        new Detector(List.of(panel)),
        new Goniometer(new Vec3(1, 0, 0), Mat3.IDENTITY, Mat3.IDENTITY),
        new Scan(1, 0, FRAME_WIDTH, exposures),
        Crystal.ofRealSpaceAxes(axes, SpaceGroup.ofNumber(large ? 96 : 199)));
  }

  Geometry geometry() {
    return geometry;
  }

  ImageSeries series() {
    return new ImageSeries(geometry, this, List.of(PixelMask.none(size.width(), size.height())));
  }

  /** The pixels of a frame, not copied. */
  int[] frame(int i) {
    return frames[i];
  }

  /** The pixels of a frame as files have them: −1 between modules. */
  int[] recorded(int i) {
    return Arrays.stream(frames[i]).map(v -> v == Pixels.MASKED ? -1 : v).toArray();
  }

  @Override
  public int frames() {
    return frames.length;
  }

  @Override
  public int panels() {
    return 1;
  }

  @Override
  public int width(int panel) {
    return size.width();
  }

  @Override
  public int height(int panel) {
    return size.height();
  }

  @Override
  public void read(int frame, int[][] into) {
    System.arraycopy(frames[frame], 0, into[0], 0, size.pixels());
  }

  @Override
  public String describe(int frame) {
    return "frame " + frame;
  }
}
