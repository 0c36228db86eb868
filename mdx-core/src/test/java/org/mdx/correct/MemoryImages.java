package org.mdx.correct;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.mdx.crystal.Crystal;
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

/** Frames in memory: {@code frames[f][panel][iy·width + ix]}. */
record MemoryImages(int[][][] images, int[] widths) implements ImageSource {

  @Override
  public int frames() {
    return images.length;
  }

  @Override
  public int panels() {
    return widths.length;
  }

  @Override
  public int width(int panel) {
    return widths[panel];
  }

  @Override
  public int height(int panel) {
    return images[0][panel].length / widths[panel];
  }

  @Override
  public void read(int frame, int[][] into) {
    for (int p = 0; p < into.length; p++) {
      System.arraycopy(images[frame][p], 0, into[p], 0, into[p].length);
    }
  }

  @Override
  public String describe(int frame) {
    return "memory";
  }

  /** Panels of 0.1 mm pixels one above the other, 100 mm from the sample, 1° images of 0.5 s. */
  Geometry geometry(Crystal crystal) {
    List<Panel> panels = new ArrayList<>();
    for (int p = 0; p < widths.length; p++) {
      panels.add(
          new Panel(
              "p" + p,
              new Vec3(-2, 1 + 4 * p, -100),
              new Vec3(1, 0, 0),
              new Vec3(0, -1, 0),
              0.1,
              0.1,
              width(p),
              height(p),
              0,
              1000,
              new Sensor("Si", 0.4, 2.5, true),
              1,
              0,
              List.of(),
              0,
              0,
              0));
    }
    double[] exposures = new double[frames()];
    Arrays.fill(exposures, 0.5);
    return new Geometry(
        new Beam(Probe.X_RAY, 1, new Vec3(0, 0, 1), 0.99, new Vec3(0, 1, 0)),
        new Detector(panels),
        new Goniometer(new Vec3(1, 0, 0), Mat3.IDENTITY, Mat3.IDENTITY),
        new Scan(1, 0, 1, exposures),
        crystal);
  }

  /** A series without masks. */
  ImageSeries series() {
    List<PixelMask> masks = new ArrayList<>();
    for (int p = 0; p < widths.length; p++) {
      masks.add(PixelMask.none(width(p), height(p)));
    }
    return new ImageSeries(geometry(null), this, masks);
  }
}
