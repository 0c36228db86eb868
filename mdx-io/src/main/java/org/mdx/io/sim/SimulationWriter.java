package org.mdx.io.sim;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.UUID;
import org.mdx.geometry.Geometry;
import org.mdx.image.PixelMask;
import org.mdx.io.cbf.CbfHeader;
import org.mdx.io.cbf.CbfWriter;
import org.mdx.io.dials.Dials;
import org.mdx.io.dials.DialsExperiment;
import org.mdx.io.dials.MaskFile;
import org.mdx.parallel.Parallel;
import org.mdx.parallel.Progress;
import org.mdx.sim.SimulatedSweep;
import org.mdx.sim.Simulation;

/** Writes simulated sweeps as miniCBF images with experiment lists and a pixel mask. */
public final class SimulationWriter {
  private SimulationWriter() {}

  /**
   * Writes all sweeps of a simulation:
   *
   * <pre>
   * pixels.mask                       gaps, dead and hot pixels, beamstop
   * xtal1/xtal1_00001.cbf …           images; the same for xtal2 …
   * xtal1/imported.expt               experiment list without a crystal
   * xtal1/indexed.expt                experiment list with the true crystal
   * background/background_00001.cbf … images without a crystal
   * background/imported.expt
   * </pre>
   *
   * @param simulation what to write
   * @param folder is made if there is none; files of the same names are overwritten
   * @param parallel threads that make the images; their number does not change a bit of them
   * @param progress is told after every image
   * @return the names of the files
   * @throws IOException if a file cannot be written
   * @throws java.io.UncheckedIOException if an image cannot be written
   * @throws java.util.concurrent.CancellationException if the thread is interrupted
   */
  public static SimulatedFiles write(
      Simulation simulation, Path folder, Parallel parallel, Progress progress) throws IOException {
    List<SimulatedSweep> all = new ArrayList<>(simulation.sweeps());
    all.add(simulation.background());
    long total = 0;
    for (SimulatedSweep sweep : all) {
      total += sweep.frames();
    }
    Files.createDirectories(folder);
    Path mask = folder.resolve("pixels.mask");
    List<PixelMask> masks = new ArrayList<>();
    for (int p = 0; p < simulation.background().panels(); p++) {
      masks.add(simulation.background().mask(p));
    }
    MaskFile.write(mask, masks);
    Progress.Counter done = progress.counter("simulate", total);
    List<Path> templates = new ArrayList<>();
    List<Path> imported = new ArrayList<>();
    List<Path> indexed = new ArrayList<>();
    for (SimulatedSweep sweep : all) {
      Path own = folder.resolve(sweep.name());
      Files.createDirectories(own);
      parallel.forEach(
          sweep.frames(),
          frame -> {
            writeFrame(sweep, frame, own, sweep.name());
            done.advance();
          });
      Path template = own.resolve(sweep.name() + "_#####.cbf");
      Geometry g = sweep.geometry();
      Geometry blank = new Geometry(g.beam(), g.detector(), g.goniometer(), g.scan(), null);
      templates.add(template);
      imported.add(experiment(own.resolve("imported.expt"), sweep, blank, template, mask));
      if (g.crystal().isPresent()) {
        indexed.add(experiment(own.resolve("indexed.expt"), sweep, g, template, mask));
      }
    }
    int last = all.size() - 1;
    return new SimulatedFiles(
        templates.subList(0, last), imported.subList(0, last), indexed, imported.get(last), mask);
  }

  static Path experiment(
      Path file, SimulatedSweep sweep, Geometry geometry, Path template, Path mask)
      throws IOException {
    // the same simulation must give the same file, so the identifier comes from what it names
    String what = sweep + file.getFileName().toString();
    String identifier = UUID.nameUUIDFromBytes(what.getBytes(StandardCharsets.UTF_8)).toString();
    Dials.write(file, List.of(new DialsExperiment(identifier, geometry, template, mask)));
    return file;
  }

  static void writeFrame(SimulatedSweep sweep, int frame, Path folder, String name)
      throws IOException {
    WholeImage image = new WholeImage(sweep.geometry().detector().panels());
    sweep.read(frame, image.panels());
    int number = sweep.geometry().scan().firstImage() + frame;
    CbfWriter.write(
        folder.resolve(String.format(Locale.ROOT, "%s_%05d.cbf", name, number)),
        CbfHeader.pilatus(sweep.geometry(), frame, sweep.detector().name() + ", S/N 24-0000"),
        image.joined(),
        image.width(),
        image.height());
  }
}
