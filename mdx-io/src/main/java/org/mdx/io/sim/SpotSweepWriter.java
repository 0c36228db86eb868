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
import org.mdx.io.dials.ReflectionFile;
import org.mdx.parallel.Parallel;
import org.mdx.parallel.Progress;
import org.mdx.sim.bragg.Camera;
import org.mdx.sim.bragg.SpotSweep;

/** Writes simulated sweeps of Bragg spots as miniCBF images, with what is true of them. */
public final class SpotSweepWriter {
  private SpotSweepWriter() {}

  /**
   * Writes a sweep:
   *
   * <pre>
   * NAME_00001.cbf …   images
   * pixels.mask        gaps, dead and hot pixels, beamstop
   * imported.expt      what the headers say, without a crystal
   * truth.expt         the true geometry, a row for each lattice
   * truth.refl         the true spots
   * </pre>
   *
   * The columns of {@code truth.refl} are those of DIALS where it has them ({@code miller_index},
   * {@code id}, {@code panel}, {@code s1}, {@code entering}, {@code xyzcal.px}, {@code xyzcal.mm},
   * {@code d}, {@code zeta}, {@code partiality}; expected photons recorded and their variance as
   * {@code intensity.sum.value} and {@code .variance}, {@code background.mean}), and {@code
   * truth.intensity}, {@code truth.lorentz}, {@code truth.counts} (the whole spot) and {@code
   * truth.shape} (variances px², px², frame² and the covariance px² in a row of xx, yy, zz; {@code
   * truth.shape.xy}).
   *
   * @param sweep what to write; of integer values
   * @param folder is made if there is none; files of the same names are overwritten
   * @param parallel threads that make the images; their number does not change a bit of them
   * @param progress is told after every image
   * @return the names of the files
   * @throws IOException if a file cannot be written
   * @throws IllegalArgumentException if the camera's values are floating-point numbers
   * @throws java.util.concurrent.CancellationException if the thread is interrupted
   */
  public static BraggFiles write(SpotSweep sweep, Path folder, Parallel parallel, Progress progress)
      throws IOException {
    if (sweep.options().camera().values() == Camera.Values.FLOAT) {
      throw new IllegalArgumentException(
          "the camera of "
              + sweep.options().name()
              + " has floating-point values, which CBF images do not hold; take INT16 or INT32");
    }
    Files.createDirectories(folder);
    String name = sweep.options().name();
    Path mask = folder.resolve("pixels.mask");
    List<PixelMask> masks = new ArrayList<>();
    for (int p = 0; p < sweep.panels(); p++) {
      masks.add(sweep.mask(p));
    }
    MaskFile.write(mask, masks);
    Progress.Counter done = progress.counter("simulate", sweep.frames());
    parallel.forEach(
        sweep.frames(),
        frame -> {
          writeFrame(sweep, frame, folder);
          done.advance();
        });
    Path template = folder.resolve(name + "_#####.cbf");
    Path imported = folder.resolve("imported.expt");
    Dials.write(imported, List.of(experiment(sweep.header(), sweep, -1, template, mask)));
    Path truth = folder.resolve("truth.expt");
    List<DialsExperiment> rows = new ArrayList<>();
    for (Geometry g : sweep.trueGeometries()) {
      rows.add(experiment(g, sweep, rows.size(), template, mask));
    }
    Dials.write(truth, rows);
    Path spots = folder.resolve("truth.refl");
    ReflectionFile.write(
        spots, sweep.reflections(rows.stream().map(DialsExperiment::identifier).toList()));
    return new BraggFiles(template, imported, truth, spots, mask);
  }

  private static DialsExperiment experiment(
      Geometry geometry, SpotSweep sweep, int row, Path template, Path mask) {
    // the same sweep must give the same file, so the identifier comes from what it names
    String what = sweep.options() + " " + row;
    String identifier = UUID.nameUUIDFromBytes(what.getBytes(StandardCharsets.UTF_8)).toString();
    return new DialsExperiment(identifier, geometry, template, mask);
  }

  private static void writeFrame(SpotSweep sweep, int frame, Path folder) throws IOException {
    WholeImage image = new WholeImage(sweep.header().detector().panels());
    sweep.read(frame, image.panels());
    int number = sweep.header().scan().firstImage() + frame;
    CbfWriter.write(
        folder.resolve(String.format(Locale.ROOT, "%s_%05d.cbf", sweep.options().name(), number)),
        CbfHeader.pilatus(
            sweep.header(), frame, sweep.options().detector().name() + ", S/N 24-0000"),
        image.joined(),
        image.width(),
        image.height());
  }
}
