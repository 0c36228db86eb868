package org.mdx.bragg.spots;

import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.function.IntFunction;
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
import org.mdx.math.Mat3;
import org.mdx.math.Vec3;

/** Frames made by a function, on one panel. */
final class FakeImages implements ImageSource {
  private final int width;
  private final int height;
  private final int frames;
  private final IntFunction<int[]> pixels;

  FakeImages(int width, int height, int frames, IntFunction<int[]> pixels) {
    this.width = width;
    this.height = height;
    this.frames = frames;
    this.pixels = pixels;
  }

  /** Flat background of a few counts, the same for a seed. */
  static int[] background(int width, int height, long seed, double mean) {
    Random r = new Random(seed);
    int[] a = new int[width * height];
    for (int i = 0; i < a.length; i++) {
      a[i] = poisson(r, mean);
    }
    return a;
  }

  private static int poisson(Random r, double mean) {
    double limit = Math.exp(-mean);
    int k = 0;
    for (double p = r.nextDouble(); p > limit; p *= r.nextDouble()) {
      k++;
    }
    return k;
  }

  /** Adds a Gaussian of a number of counts. */
  static void add(int[] a, int width, double x, double y, double sigma, double counts) {
    for (int i = 0; i < a.length; i++) {
      double dx = i % width + 0.5 - x;
      double dy = i / width + 0.5 - y;
      double r2 = (dx * dx + dy * dy) / (2 * sigma * sigma);
      a[i] += (int) Math.round(counts * Math.exp(-r2) / (2 * Math.PI * sigma * sigma));
    }
  }

  ImageSeries series() {
    return series(Probe.X_RAY, 1, 0, PixelMask.none(width, height), 1);
  }

  ImageSeries series(Probe probe, double gain, double pedestal, PixelMask mask, int firstImage) {
    Panel panel =
        new Panel(
            "p",
            new Vec3(-width * 0.05, height * 0.05, -100),
            new Vec3(1, 0, 0),
            new Vec3(0, -1, 0),
            0.1,
            0.1,
            width,
            height,
            -1000,
            1e6,
            new Sensor("", 0, 0, false),
            gain,
            pedestal,
            List.of(),
            0,
            0,
            0);
    double[] seconds = new double[frames];
    Arrays.fill(seconds, 1);
    Geometry g =
        new Geometry(
            new Beam(probe, 1, new Vec3(0, 0, 1), 0.5, new Vec3(0, 1, 0)),
            new Detector(List.of(panel)),
            new Goniometer(new Vec3(1, 0, 0), Mat3.IDENTITY, Mat3.IDENTITY),
            new Scan(firstImage, 0, frames == 1 ? 0 : 0.5, seconds),
            null);
    return new ImageSeries(g, this, List.of(mask));
  }

  @Override
  public int frames() {
    return frames;
  }

  @Override
  public int panels() {
    return 1;
  }

  @Override
  public int width(int panel) {
    return width;
  }

  @Override
  public int height(int panel) {
    return height;
  }

  @Override
  public void read(int frame, int[][] into) {
    System.arraycopy(pixels.apply(frame), 0, into[0], 0, width * height);
  }

  @Override
  public String describe(int frame) {
    return "frame " + frame;
  }
}
