package org.mdx.cli;

import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import javax.imageio.ImageIO;
import org.mdx.cli.plot.SlicePlot;
import org.mdx.crystal.Crystal;
import org.mdx.crystal.LaueGroup;
import org.mdx.crystal.UnitCell;
import org.mdx.io.AtomicFile;
import org.mdx.io.CrystalSymmetry;
import org.mdx.io.nexus.Mdx2;
import org.mdx.map.Axis;
import org.mdx.map.MapOptions;
import org.mdx.map.Mapper;
import org.mdx.map.ReciprocalMap;
import org.mdx.parallel.Parallel;
import org.mdx.stats.ShellStatistics;
import org.mdx.table.HKLTable;

/** Writes what a reduction leaves: merged table, map, picture of the plane l = 0, summary. */
final class ResultWriter {
  /** A map that would take more than this fraction of the memory allowed is cut down. */
  private static final double SHARE_OF_MEMORY = 0.2;

  private final OutputFolder folder;
  private final Parallel parallel;
  private final Stopwatch stopwatch;

  ResultWriter(OutputFolder folder, Parallel parallel, Stopwatch stopwatch) {
    this.folder = folder;
    this.parallel = parallel;
    this.stopwatch = stopwatch;
  }

  /**
   * Writes all files.
   *
   * @param result what was reduced
   * @param options how
   * @param truth the table of true intensities, or null where nobody knows
   * @throws IOException if a file cannot be written
   */
  void write(Reduction.Result result, Reduction.Options options, HKLTable truth)
      throws IOException {
    HKLTable merged = result.merged().table();
    stopwatch.time(
        "write",
        () -> {
          Mdx2.writeTable(folder.file("merged.nxs"), merged);
          return null;
        });
    Crystal crystal = result.crystal();
    LaueGroup laue = crystal.spaceGroup().laueGroup();
    double[] reach = reach(merged, crystal.cell());
    double[] part = affordable(merged, reach);
    ReciprocalMap map = stopwatch.time("map", () -> map(merged, laue, part, part[2]));
    stopwatch.time(
        "write",
        () -> {
          Mdx2.writeMap(folder.file("map.nxs"), map, CrystalSymmetry.of(crystal));
          return null;
        });
    stopwatch.time("picture", () -> picture(merged, crystal, reach));
    String summary =
        new Summary(result, options, stopwatch).text(map, part[0] < reach[0] ? reach : null, truth);
    AtomicFile.write(
        folder.file("summary.txt"), out -> out.write(summary.getBytes(StandardCharsets.UTF_8)));
  }

  private ReciprocalMap map(HKLTable merged, LaueGroup laue, double[] limits, double l) {
    MapOptions options =
        MapOptions.DEFAULT.limits(-limits[0], limits[0], -limits[1], limits[1], -l, l);
    return Mapper.of(options).map(merged, laue, parallel);
  }

  /** Largest h, k and l within the sphere that holds all voxels: |h| ≤ s·a. */
  private static double[] reach(HKLTable merged, UnitCell cell) {
    double s = 0;
    for (double x : ShellStatistics.of(cell).lengths(merged)) {
      s = Math.max(s, x);
    }
    return new double[] {
      whole(s * cell.a(), merged.ndiv().h()),
      whole(s * cell.b(), merged.ndiv().k()),
      whole(s * cell.c(), merged.ndiv().l())
    };
  }

  /** The last voxel before a limit. */
  private static double whole(double limit, int ndiv) {
    return Math.floor(limit * ndiv + 1e-6) / ndiv;
  }

  /** The same limits, or all of them reduced so that the map can be held. */
  private static double[] affordable(HKLTable merged, double[] reach) {
    int[] n = {merged.ndiv().h(), merged.ndiv().k(), merged.ndiv().l()};
    double voxels = 1;
    for (int i = 0; i < 3; i++) {
      voxels *= 2 * reach[i] * n[i] + 1;
    }
    double most = SHARE_OF_MEMORY * Runtime.getRuntime().maxMemory() / Float.BYTES;
    double factor = Math.cbrt(Math.min(1, Math.min(most, 2e9) / voxels));
    double[] out = reach.clone();
    for (int i = 0; i < 3 && factor < 1; i++) {
      out[i] = whole(reach[i] * factor, n[i]);
    }
    return out;
  }

  private Void picture(HKLTable merged, Crystal crystal, double[] reach) throws IOException {
    ReciprocalMap plane = map(merged, crystal.spaceGroup().laueGroup(), reach, 0);
    BufferedImage image = SlicePlot.of(plane, Axis.L, crystal.cell()).draw("l = 0");
    AtomicFile.write(folder.file("slice_l0.png"), out -> ImageIO.write(image, "png", out));
    return null;
  }
}
