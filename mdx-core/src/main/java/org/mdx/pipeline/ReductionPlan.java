package org.mdx.pipeline;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.mdx.crystal.Crystal;
import org.mdx.geometry.Detector;
import org.mdx.geometry.Geometry;
import org.mdx.geometry.Panel;
import org.mdx.geometry.Scan;
import org.mdx.image.FrameSelection;
import org.mdx.image.ImageSeries;
import org.mdx.image.PixelMask;
import org.mdx.image.RowMask;
import org.mdx.integrate.Integration;
import org.mdx.integrate.Integrator;
import org.mdx.math.Vec3;
import org.mdx.parallel.Parallel;
import org.mdx.parallel.Progress;
import org.mdx.table.Subdivision;

/**
 * What a reduction will need, before it is done. The first frames of each sweep are integrated: the
 * volume of reciprocal space that a frame sweeps is the same at every angle, so every further frame
 * adds as many observations as those did. Memory and time follow from the observations with what
 * reductions were measured to need.
 *
 * @param sweeps what each sweep needs
 * @param voxels of the merged table, at most; fewer where sweeps see the same voxels of the
 *     asymmetric unit again and again
 * @param heap bytes that Java needs to reduce all of them in memory, about
 * @param leastHeap bytes that Java needs to reduce all of them with observations in scratch files,
 *     about: the table of the largest sweep, or the merged voxels
 * @param mergeHeap bytes that merging alone needs with all observations in memory, about
 * @param scratch bytes on a disk for reducing with fewer in memory, about
 * @param output bytes of the merged table and the map without compression, about
 * @param seconds with the threads of the estimate, about
 */
public record ReductionPlan(
    List<SweepPlan> sweeps,
    double voxels,
    double heap,
    double leastHeap,
    double mergeHeap,
    double scratch,
    double output,
    double seconds) {

  /** Bytes for each observation while sweeps are merged. */
  private static final double MERGED_ROW = 95;

  /** Bytes for each observation of the sweep that is corrected, counts and intensities. */
  private static final double CORRECTED_ROW = 90;

  /** Bytes for each observation in scratch files: corrected table, scaling, merging. */
  private static final double SCRATCH_ROW = 140;

  /** Bytes for each voxel of a merged table with halves, and of a map. */
  private static final double VOXEL = 60;

  /** What a virtual machine, libraries and compiled code take. */
  private static final double BASE = 250e6;

  /** Bytes for each pixel of the detector: scattering vectors, and frames of each thread. */
  private static final double VECTORS = 24;

  private static final double FRAMES = 16;

  /** The time of finding peaks, in units of that of integrating. */
  private static final double PEAKS = 0.2;

  /** Seconds of a core for correcting, scaling and merging an observation. */
  private static final double ROW_SECONDS = 3.5e-6;

  /**
   * What one sweep needs.
   *
   * @param frames number of images
   * @param pixels of an image
   * @param observations rows of its table, about
   * @param seconds for its images, about
   */
  public record SweepPlan(int frames, long pixels, long observations, double seconds) {}

  /** Keeps its own list. */
  public ReductionPlan {
    sweeps = List.copyOf(sweeps);
  }

  /**
   * Observations of all sweeps.
   *
   * @return their number, about
   */
  public long observations() {
    return sweeps.stream().mapToLong(SweepPlan::observations).sum();
  }

  /**
   * Looks at the first frames of each sweep.
   *
   * @param sweeps to be reduced, at least one
   * @param options how
   * @param parallel threads
   * @return what that will need
   * @throws IllegalArgumentException if there is no sweep, or the Laue group cannot carry the
   *     subdivision
   * @throws java.io.UncheckedIOException if a frame cannot be read
   */
  public static ReductionPlan of(List<Sweep> sweeps, ReductionOptions options, Parallel parallel) {
    if (sweeps.isEmpty()) {
      throw new IllegalArgumentException("no sweep to plan for");
    }
    SweepChecks.requireCarried(sweeps.get(0).crystal(), options.integration().ndiv());
    List<SweepPlan> plans = new ArrayList<>();
    double reach = 0;
    long largest = 0;
    for (Sweep sweep : sweeps) {
      plans.add(look(sweep, options, parallel));
      reach = Math.max(reach, reach(sweep.geometry()));
      largest = Math.max(largest, sweep.geometry().detector().pixels());
    }
    double rows = plans.stream().mapToDouble(SweepPlan::observations).sum();
    double most = plans.stream().mapToDouble(SweepPlan::observations).max().orElse(0);
    double images = plans.stream().mapToDouble(SweepPlan::seconds).sum();
    double sphere = voxels(sweeps.get(0).crystal(), options.integration().ndiv(), reach);
    double unit = sphere / sweeps.get(0).crystal().spaceGroup().laueGroup().order();
    double voxels = unit * -Math.expm1(-rows / unit);
    double map =
        Math.min(6 / Math.PI * sphere * Float.BYTES, 0.2 * Runtime.getRuntime().maxMemory());
    double frames = largest * (VECTORS + FRAMES * parallel.threads());
    return new ReductionPlan(
        plans,
        voxels,
        BASE + frames + SweepBySweep.ROW * rows + map,
        BASE + frames + Math.max(CORRECTED_ROW * most, 2 * VOXEL * voxels),
        BASE + MERGED_ROW * rows,
        SCRATCH_ROW * rows,
        VOXEL * voxels + map,
        images * (1 + PEAKS) + ROW_SECONDS * rows / parallel.threads());
  }

  /** Voxels of a sphere of reciprocal space. */
  private static double voxels(Crystal crystal, Subdivision n, double reach) {
    double density = crystal.cell().volume() * n.h() * n.k() * n.l();
    return 4 * Math.PI / 3 * Math.pow(reach, 3) * density;
  }

  /** The longest scattering vector of a corner of the detector, 1/Å. */
  private static double reach(Geometry geometry) {
    Vec3 s0 = geometry.beam().s0();
    Detector detector = geometry.detector();
    double longest = 0;
    for (Panel panel : detector.panels()) {
      for (int corner = 0; corner < 4; corner++) {
        Vec3 at = panel.position((corner & 1) * panel.width(), (corner >> 1) * panel.height());
        longest = Math.max(longest, at.times(s0.norm() / at.norm()).minus(s0).norm());
      }
    }
    return longest;
  }

  /** Integrates some frames and as many again. */
  private static SweepPlan look(Sweep sweep, ReductionOptions options, Parallel parallel) {
    ImageSeries images = sweep.images();
    Scan scan = images.geometry().scan();
    double width = Math.abs(scan.width());
    int each = width > 0 ? (int) Math.ceil(options.integration().maxSpread() / width - 1e-6) : 1;
    int some = Math.max(1, Math.min(Math.max(each, 2), images.frames() / 2));
    int twice = Math.min(2 * some, images.frames());
    long before = integrate(sweep, some, options, parallel).table().rows();
    long start = System.nanoTime();
    long rows = integrate(sweep, twice, options, parallel).table().rows();
    double seconds = (System.nanoTime() - start) * 1e-9 / twice;
    double more = twice > some ? (double) (rows - before) / (twice - some) : 0;
    return new SweepPlan(
        images.frames(),
        images.geometry().detector().pixels(),
        Math.round(rows + more * (images.frames() - twice)),
        seconds * images.frames());
  }

  private static Integration integrate(
      Sweep sweep, int frames, ReductionOptions options, Parallel parallel) {
    ImageSeries all = sweep.images();
    Geometry g = all.geometry();
    Crystal crystal = sweep.crystal();
    Geometry part =
        new Geometry(
            g.beam(),
            g.detector(),
            g.goniometer(),
            g.scan().first(frames),
            crystal.scanPoints().isEmpty() ? crystal : crystal.withScanPoints(List.of()));
    List<PixelMask> masks = IntStream.range(0, all.source().panels()).mapToObj(all::mask).toList();
    ImageSeries first =
        new ImageSeries(
            part, new FrameSelection(all.source(), IntStream.range(0, frames).toArray()), masks);
    Sweep some = new Sweep(first, sweep.millerIndex(), sweep.corrections(), sweep.gridsOnly());
    return Integrator.integrate(
        first,
        some.map(options.integration().conventions(), parallel),
        RowMask.NONE,
        options.integration(),
        parallel,
        Progress.NONE);
  }
}
