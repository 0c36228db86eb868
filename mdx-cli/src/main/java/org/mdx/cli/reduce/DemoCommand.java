package org.mdx.cli.reduce;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import org.mdx.Mdx;
import org.mdx.bragg.Bragg;
import org.mdx.bragg.BraggCrystals;
import org.mdx.bragg.index.IndexOptions;
import org.mdx.bragg.spots.SpotOptions;
import org.mdx.cli.figure.ReportFile;
import org.mdx.cli.terminal.CommonOptions;
import org.mdx.cli.terminal.OutputFolder;
import org.mdx.cli.terminal.StepTimes;
import org.mdx.crystal.UnitCell;
import org.mdx.figures.report.ReportExtras;
import org.mdx.geometry.Conventions;
import org.mdx.geometry.Geometry;
import org.mdx.image.ImageSeries;
import org.mdx.io.input.Images;
import org.mdx.io.sim.SimulatedFiles;
import org.mdx.io.sim.SimulationWriter;
import org.mdx.parallel.Parallel;
import org.mdx.pipeline.ReducedSweep;
import org.mdx.pipeline.Reduction;
import org.mdx.pipeline.ReductionOptions;
import org.mdx.pipeline.Sweep;
import org.mdx.sim.Simulation;
import org.mdx.sim.SimulationOptions;
import org.mdx.table.HKLTable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Simulates sweeps, reduces them, compares with the truth. */
@Command(
    name = "demo",
    description = {
      "Simulate two sweeps and a background, reduce them, compare the map with the truth.",
      "Leaves the images in data/, and merged.nxs, map.nxs, slice_l0.png, summary.txt and report.html."
    },
    mixinStandardHelpOptions = true,
    showDefaultValues = true)
public final class DemoCommand implements Callable<Integer> {
  @Mixin private CommonOptions common;

  @Option(
      names = {"-o", "--output", "--out"},
      paramLabel = "DIR",
      defaultValue = "mdx-demo",
      description = "Folder for images and results; made if there is none.")
  private Path out;

  @Option(
      names = "--from-images",
      description =
          "Do not look at the true crystals: find spots, index and refine, with nothing known but"
              + " the images and their headers.")
  private boolean fromImages;

  @Option(
      names = "--seed",
      paramLabel = "N",
      description = "Another seed gives another crystal, other orientations and other noise.")
  private Long seed;

  @Option(
      names = "--report",
      negatable = true,
      defaultValue = "true",
      fallbackValue = "true",
      description = "Write report.html: what was done, whether it is good, figures.")
  private boolean report;

  @Override
  public Integer call() throws IOException {
    StepTimes stopwatch = new StepTimes();
    Parallel parallel = common.parallel();
    ReductionOptions options = ReductionOptions.standard();
    SimulationOptions preset = SimulationOptions.demo();
    Simulation simulation = Simulation.of(seed == null ? preset : preset.withSeed(seed));
    try (OutputFolder folder = OutputFolder.of(out)) {
      folder.requireWritable();
      EarlierResults.in(out).delete(); // the folder of the demonstration is its own
      common.out().println("simulating " + simulation);
      SimulatedFiles files =
          stopwatch.time(
              "simulate",
              () ->
                  SimulationWriter.write(
                      simulation, folder.folder("data"), parallel, common.progress()));
      DemoTruth known = new DemoTruth(simulation);
      List<Path> lists = fromImages ? files.imported() : files.indexed();
      List<String> names = names(lists);
      List<ImageSeries> sweeps = Images.openAll(lists.toArray(Path[]::new));
      List<String> told = new ArrayList<>();
      if (fromImages) {
        CrystalSearch search = new CrystalSearch(common.out(), stopwatch, names);
        sweeps = found(sweeps, search, simulation);
        told.addAll(search.told());
      }
      ReductionLog log =
          new ReductionLog(common.out(), stopwatch, folder, false, Conventions.STANDARD, known)
              .from(names);
      Reduction result =
          Mdx.sweeps(sweeps)
              .parallel(parallel)
              .progress(common.progress())
              .background(Images.open(files.background()))
              .reduce(options, log);
      HKLTable truth =
          stopwatch.time(
              "truth",
              () ->
                  known
                      .indexedAs(result.corrected().sweeps().get(0).crystal())
                      .table(result.table(), excluded(result), parallel));
      new ResultWriter(folder, stopwatch)
          .write(
              result, new Summary(result, options, Conventions.STANDARD, names).after(told), truth);
      if (report) {
        ReportFile page = new ReportFile(common, folder.file(ReportFile.NAME));
        ReportExtras extras = log.extras().truth(truth, known.scales());
        stopwatch.time("report", () -> page.write(result, options, names, extras));
      }
      common
          .out()
          .println(
              ReductionLog.brief(result.merged().merged()) + "; see " + folder.file("summary.txt"));
      common.out().println("the same from the images: " + command(files));
    }
    return 0;
  }

  /** The sweeps with crystals found in their images, and how far they are from the truth. */
  private List<ImageSeries> found(
      List<ImageSeries> images, CrystalSearch search, Simulation simulation) throws IOException {
    BraggCrystals found =
        search.run(
            Bragg.crystals(images).parallel(common.parallel()).progress(common.progress()),
            SpotOptions.defaults(),
            IndexOptions.defaults());
    List<ImageSeries> sweeps = found.toSweeps().stream().map(Sweep::images).toList();
    for (int i = 0; i < sweeps.size(); i++) {
      Geometry truth = simulation.sweeps().get(i).geometry();
      search.tell(i, GeometryError.of(sweeps.get(i).geometry(), truth).toString());
    }
    return sweeps;
  }

  private static List<String> names(List<Path> lists) {
    List<String> names = new ArrayList<>();
    lists.forEach(l -> names.addAll(SweepInput.names(l, 1)));
    return names;
  }

  /** Radius around a reflection, in 1/Å, within which the Bragg mask leaves nothing. */
  private static double excluded(Reduction result) {
    UnitCell cell = result.crystal().cell();
    double farthest = 0;
    for (ReducedSweep s : result.sweeps()) {
      farthest = Math.max(farthest, s.sigmaCutoff() * s.peaks().model().semiAxes()[0]);
    }
    return farthest / Math.min(cell.a(), Math.min(cell.b(), cell.c()));
  }

  private String command(SimulatedFiles files) {
    StringBuilder line = new StringBuilder("mdx reduce");
    List<Path> lists = fromImages ? files.templates() : files.indexed();
    for (Path expt : lists) {
      line.append(' ').append(quoted(expt));
    }
    if (fromImages) {
      line.append(" --mask ").append(quoted(files.mask()));
    }
    return line.append(" --background ")
        .append(quoted(files.background()))
        .append(" --out ")
        .append(quoted(out.resolve("again")))
        .toString();
  }

  /** A path as a shell takes it. */
  private static String quoted(Path path) {
    String name = path.toString();
    return name.matches("[A-Za-z0-9_./+-]+") ? name : "'" + name.replace("'", "'\\''") + "'";
  }
}
