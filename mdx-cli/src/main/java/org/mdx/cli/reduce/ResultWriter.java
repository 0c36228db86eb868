package org.mdx.cli.reduce;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import org.mdx.cli.terminal.OutputFolder;
import org.mdx.cli.terminal.StepTimes;
import org.mdx.figures.Figure;
import org.mdx.figures.Quantity;
import org.mdx.figures.gallery.MapFigures;
import org.mdx.io.nexus.Mdx2;
import org.mdx.io.output.AtomicFile;
import org.mdx.io.volume.CrystalSymmetry;
import org.mdx.map.Axis;
import org.mdx.map.ReciprocalMap;
import org.mdx.pipeline.MapReach;
import org.mdx.pipeline.MergedSweeps;
import org.mdx.pipeline.Reduction;
import org.mdx.table.HKLTable;

/** Writes what a reduction leaves: merged table, map, picture of the plane l = 0, summary. */
final class ResultWriter {
  /** A map that would take more than this fraction of the memory allowed is cut down. */
  private static final double SHARE_OF_MEMORY = 0.2;

  private final OutputFolder folder;
  private final StepTimes stopwatch;

  ResultWriter(OutputFolder folder, StepTimes stopwatch) {
    this.folder = folder;
    this.stopwatch = stopwatch;
  }

  /**
   * Writes all files.
   *
   * @param result what was reduced
   * @param summary of it
   * @param truth the table of true intensities, or null where nobody knows
   * @throws IOException if a file cannot be written
   */
  void write(Reduction result, Summary summary, HKLTable truth) throws IOException {
    MergedSweeps merged = result.merged();
    stopwatch.time(
        "write",
        () -> {
          Mdx2.writeTable(folder.file("merged.nxs"), merged.table());
          return null;
        });
    MapReach reach = merged.reach();
    double most = SHARE_OF_MEMORY * Runtime.getRuntime().maxMemory();
    MapReach part = reach.within(most, merged.table().ndiv());
    ReciprocalMap map = stopwatch.time("map", () -> merged.map(part.options()));
    stopwatch.time(
        "write",
        () -> {
          Mdx2.writeMap(folder.file("map.nxs"), map, CrystalSymmetry.of(merged.crystal()));
          return null;
        });
    stopwatch.time("picture", () -> picture(merged, reach));
    String text = summary.text(map, part.equals(reach) ? null : reach, truth, stopwatch);
    AtomicFile.write(
        folder.file("summary.txt"), out -> out.write(text.getBytes(StandardCharsets.UTF_8)));
  }

  private Void picture(MergedSweeps merged, MapReach reach) throws IOException {
    ReciprocalMap plane = merged.map(reach.plane());
    Figure figure = MapFigures.plane(plane, Axis.L, merged.crystal().cell(), Quantity.INTENSITY);
    AtomicFile.write(folder.file("slice_l0.png"), out -> out.write(figure.png()));
    return null;
  }
}
