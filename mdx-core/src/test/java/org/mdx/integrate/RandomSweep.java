package org.mdx.integrate;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.List;
import java.util.Random;
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
import org.mdx.math.Mat3;
import org.mdx.math.Vec3;

/** A sweep of random frames on a random detector, for comparisons with slow oracles. */
public final class RandomSweep implements ImageSource {
  /** Its geometry. */
  public final Geometry geometry;

  /** Counts of each frame and panel. */
  public final int[][][] frames;

  /** Pixels of each panel that are left out. */
  public final List<PixelMask> masks = new ArrayList<>();

  /**
   * A sweep.
   *
   * @param seed of everything
   * @param panels number of panels
   * @param width their columns
   * @param height their rows
   * @param frameCount number of frames
   * @param step rotation of a frame, degrees
   */
  public RandomSweep(long seed, int panels, int width, int height, int frameCount, double step) {
    this(seed, panels, width, height, frameCount, step, 1);
  }

  /**
   * A sweep of another cell.
   *
   * @param seed of everything
   * @param panels number of panels
   * @param width their columns
   * @param height their rows
   * @param frameCount number of frames
   * @param step rotation of a frame, degrees
   * @param cell multiplies the axes of 11, 13 and 17 Å
   */
  public RandomSweep(
      long seed, int panels, int width, int height, int frameCount, double step, double cell) {
    Random random = new Random(seed);
    List<Panel> list = new ArrayList<>();
    for (int p = 0; p < panels; p++) {
      Vec3 origin =
          new Vec3(-width * 0.05 + p * (width + 3) * 0.1, height * 0.06, -20 - random.nextInt(5));
      Vec3 fast = new Vec3(1, 0.01 * random.nextGaussian(), 0.02).unit();
      Vec3 down = new Vec3(0, -1, 0.01);
      list.add(
          new Panel(
              "p" + p,
              origin,
              fast,
              down.minus(fast.times(fast.dot(down))),
              0.1,
              0.12,
              width,
              height,
              -3,
              1000,
              new Sensor("Si", 0.45, 3.9, true),
              1,
              0,
              List.of(),
              0,
              0,
              0));
      BitSet bits = new BitSet();
      for (int i = 0; i < width * height / 20; i++) {
        bits.set(random.nextInt(width * height));
      }
      masks.add(PixelMask.of(width, height, bits));
    }
    double[] exposures = new double[frameCount];
    for (int f = 0; f < frameCount; f++) {
      exposures[f] = 0.1 + 0.01 * random.nextInt(5);
    }
    Mat3 u = Mat3.rotation(new Vec3(1, random.nextGaussian(), 2), random.nextInt(360));
    geometry =
        new Geometry(
            new Beam(Probe.X_RAY, 1, new Vec3(0, 0, 1), 0.99, new Vec3(0, 1, 0)),
            new Detector(list),
            new Goniometer(new Vec3(1, 0.1, 0), Mat3.IDENTITY, Mat3.IDENTITY),
            new Scan(1, 10, step, exposures),
            Crystal.ofRealSpaceAxes(
                Mat3.diagonal(11 * cell, 13 * cell, 17 * cell).times(u.transpose()),
                SpaceGroup.ofHall("P 2ac 2ab")));
    frames = new int[frameCount][panels][width * height];
    for (int[][] frame : frames) {
      for (int[] panel : frame) {
        for (int i = 0; i < panel.length; i++) {
          int kind = random.nextInt(100);
          panel[i] = kind == 0 ? -100 : kind == 1 ? 2000 : kind == 2 ? 500 : random.nextInt(6) - 1;
        }
      }
    }
  }

  /**
   * The sweep as a reduction takes it.
   *
   * @return the series
   */
  public ImageSeries images() {
    return new ImageSeries(geometry, this, masks);
  }

  @Override
  public int frames() {
    return frames.length;
  }

  @Override
  public int panels() {
    return geometry.detector().panels().size();
  }

  @Override
  public int width(int panel) {
    return geometry.detector().panels().get(panel).width();
  }

  @Override
  public int height(int panel) {
    return geometry.detector().panels().get(panel).height();
  }

  @Override
  public void read(int frame, int[][] into) throws IOException {
    if (frames[frame] == null) {
      throw new IOException(describe(frame) + " is gone");
    }
    for (int p = 0; p < into.length; p++) {
      into[p] = Arrays.copyOf(frames[frame][p], into[p].length);
    }
  }

  @Override
  public String describe(int frame) {
    return "random frame " + frame;
  }
}
