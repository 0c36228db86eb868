package org.mdx.bench.study;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.lang.management.MemoryPoolMXBean;
import java.lang.management.MemoryType;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.mdx.bragg.integrate.IntegrateOptions;
import org.mdx.bragg.integrate.Integrated;
import org.mdx.bragg.integrate.Integrator;
import org.mdx.bragg.integrate.SpotWidths;
import org.mdx.crystal.Crystal;
import org.mdx.crystal.SpaceGroup;
import org.mdx.crystal.UnitCell;
import org.mdx.geometry.Geometry;
import org.mdx.geometry.Scan;
import org.mdx.image.ImageSeries;
import org.mdx.image.ImageSource;
import org.mdx.image.PixelMask;
import org.mdx.math.Mat3;
import org.mdx.math.Vec3;
import org.mdx.parallel.Parallel;
import org.mdx.parallel.Progress;
import org.mdx.prediction.Prediction;
import org.mdx.reflection.ReflectionFlag;
import org.mdx.reflection.ReflectionKeys;
import org.mdx.reflection.Reflections;
import org.mdx.sim.SimulatedDetector;
import org.mdx.sim.bragg.BraggOptions;
import org.mdx.sim.bragg.Lattice;

/**
 * Memory of the integration of a long, finely sliced sweep of a crystal with wide spots: frames of
 * 2070 × 2167 pixels and 0.1°, σ_m 1.2°, on a background without spots, which are made when they
 * are read. Prints reflections, notes and the greatest use of the heap.
 *
 * <p>Arguments: number of frames, memory for the integration in MB.
 */
public final class LongSweepStudy {
  private static final double MEGA = 1e6;
  private static final double NANO = 1e9;
  private static final double SIGMA_M = 1.2;
  private static final double SIGMA_B = 0.03;
  private static final int EACH = 5;

  private LongSweepStudy() {}

  /**
   * Runs the study.
   *
   * @param args frames and megabytes
   */
  public static void main(String[] args) {
    int frames = Integer.parseInt(args[0]);
    UnitCell cell = new UnitCell(58, 71, 83, 90, 90, 90);
    Mat3 turn = Mat3.rotation(new Vec3(1, 2, 3).unit(), 40);
    Crystal crystal =
        Crystal.ofRealSpaceAxes(
            turn.times(cell.reciprocal()).inverse(), SpaceGroup.parse("P 21 21 21"));
    double[] exposures = new double[frames];
    Arrays.fill(exposures, 0.02);
    Geometry geometry =
        BraggOptions.xRays(
                SimulatedDetector.flat(2070, 2167, 0.075, 180),
                0.9768,
                new Scan(1, 0, 0.1, exposures),
                List.of(new Lattice(crystal, 1, SIGMA_B, SIGMA_M)))
            .header()
            .withCrystal(crystal);
    Flat source = new Flat(geometry, frames);
    ImageSeries images =
        new ImageSeries(
            geometry, source, List.of(PixelMask.none(source.width(0), source.height(0))));
    Reflections predicted = Prediction.of(geometry).predictAll(2, 0);
    Reflections strong = predicted.where(i -> i % EACH == 0);
    strong = strong.with(ReflectionKeys.XYZOBS_PX, strong.get(ReflectionKeys.XYZCAL_PX));
    IntegrateOptions options =
        IntegrateOptions.defaults()
            .withResolution(2)
            .withMemory((long) (Double.parseDouble(args[1]) * MEGA))
            .withWidths(new SpotWidths(SIGMA_B, SIGMA_M, 0));
    long start = System.nanoTime();
    Integrated found = Integrator.integrate(images, strong, options, Parallel.of(2), Progress.NONE);
    double seconds = (System.nanoTime() - start) / NANO;
    long used = 0;
    for (MemoryPoolMXBean pool : ManagementFactory.getMemoryPoolMXBeans()) {
      used += pool.getType() == MemoryType.HEAP ? pool.getPeakUsage().getUsed() : 0;
    }
    System.out.printf(
        "%d frames, %d reflections, %d summed, %d fitted; peak of the heap %.0f MB of %.0f MB,"
            + " of the process %s; %.0f s%n",
        frames,
        found.reflections().size(),
        found.count(ReflectionFlag.INTEGRATED_SUM),
        found.count(ReflectionFlag.INTEGRATED_PRF),
        used / MEGA,
        Runtime.getRuntime().maxMemory() / MEGA,
        process(),
        seconds);
    found.notes().forEach(System.out::println);
  }

  /** Greatest resident size, where the system tells it. */
  private static String process() {
    try (Stream<String> lines = Files.lines(Path.of("/proc/self/status"))) {
      return lines
          .filter(l -> l.startsWith("VmHWM:"))
          .map(l -> l.substring(6).strip())
          .findFirst()
          .orElse("unknown");
    } catch (IOException e) {
      return "unknown";
    }
  }

  /** A background of one count in eight pixels, another piece of the same noise in each frame. */
  private static final class Flat implements ImageSource {
    private final int frames;
    private final int width;
    private final int height;
    private final int[] noise;

    Flat(Geometry geometry, int frames) {
      this.frames = frames;
      width = geometry.detector().panels().get(0).width();
      height = geometry.detector().panels().get(0).height();
      noise = new int[2 * width * height];
      Random random = new Random(1);
      for (int i = 0; i < noise.length; i++) {
        noise[i] = random.nextInt(8) == 0 ? 1 : 0;
      }
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
      int from = (int) (frame * 7919L % ((long) width * height));
      System.arraycopy(noise, from, into[0], 0, into[0].length);
    }

    @Override
    public String describe(int frame) {
      return "frame " + frame;
    }
  }
}
