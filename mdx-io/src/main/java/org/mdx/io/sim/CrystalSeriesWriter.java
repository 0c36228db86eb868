package org.mdx.io.sim;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.mdx.geometry.Geometry;
import org.mdx.image.PixelMask;
import org.mdx.io.dials.MaskFile;
import org.mdx.parallel.Parallel;
import org.mdx.parallel.Progress;
import org.mdx.sim.CrystalSeries;
import org.mdx.sim.SimulatedSweep;

/** Writes the sweeps of several crystals into one folder, as a beamline leaves them. */
public final class CrystalSeriesWriter {
  private CrystalSeriesWriter() {}

  /**
   * Writes all sweeps under the names of the published example of many insulin crystals:
   *
   * <pre>
   * insulin_1_1_00001.cbf …        sweep 1 of crystal 1; the same for insulin_1_2_00001.cbf …
   * insulin_1_bkg_1_00001.cbf …    the sweep without crystal 1
   * truth/1_1.expt …               experiment lists with the true crystals
   * truth/1_bkg.expt …
   * truth/pixels.mask              gaps, dead and hot pixels, beamstop
   * </pre>
   *
   * @param series what to write
   * @param prefix of the names of images, such as {@code insulin}
   * @param folder is made if there is none; files of the same names are overwritten
   * @param parallel threads that make the images; their number does not change a bit of them
   * @param progress is told after every image
   * @return the lists below {@code truth}
   * @throws IOException if a file cannot be written
   * @throws java.io.UncheckedIOException if an image cannot be written
   * @throws java.util.concurrent.CancellationException if the thread is interrupted
   */
  public static List<Path> write(
      CrystalSeries series, String prefix, Path folder, Parallel parallel, Progress progress)
      throws IOException {
    Map<String, SimulatedSweep> names = new LinkedHashMap<>();
    for (CrystalSeries.CrystalSweeps crystal : series.crystals()) {
      crystal.sweeps().forEach(s -> names.put(prefix + "_" + s.name(), s));
      SimulatedSweep b = crystal.background();
      names.put(prefix + "_" + b.name() + "_1", b);
    }
    Path truth = folder.resolve("truth");
    Files.createDirectories(truth);
    SimulatedSweep any = names.values().iterator().next();
    List<PixelMask> masks = new ArrayList<>();
    for (int p = 0; p < any.panels(); p++) {
      masks.add(any.mask(p));
    }
    Path mask = truth.resolve("pixels.mask");
    MaskFile.write(mask, masks);
    long total = names.values().stream().mapToLong(SimulatedSweep::frames).sum();
    Progress.Counter done = progress.counter("simulate", total);
    List<Path> lists = new ArrayList<>();
    for (Map.Entry<String, SimulatedSweep> e : names.entrySet()) {
      SimulatedSweep sweep = e.getValue();
      parallel.forEach(
          sweep.frames(),
          frame -> {
            SimulationWriter.writeFrame(sweep, frame, folder, e.getKey());
            done.advance();
          });
      Geometry g = sweep.geometry();
      Path template = folder.resolve(e.getKey() + "_#####.cbf");
      Path list = truth.resolve(sweep.name() + ".expt");
      lists.add(SimulationWriter.experiment(list, sweep, g, template, mask));
    }
    return lists;
  }
}
