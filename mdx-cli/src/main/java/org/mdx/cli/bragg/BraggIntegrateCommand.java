package org.mdx.cli.bragg;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import org.mdx.bragg.integrate.IntegrateOptions;
import org.mdx.bragg.integrate.Integrated;
import org.mdx.bragg.integrate.Integrator;
import org.mdx.bragg.integrate.SpotWidths;
import org.mdx.cli.terminal.CommonOptions;
import org.mdx.cli.terminal.JsonText;
import org.mdx.cli.terminal.OutputFolder;
import org.mdx.geometry.Geometry;
import org.mdx.image.ImageSeries;
import org.mdx.io.dials.Dials;
import org.mdx.io.dials.DialsExperiment;
import org.mdx.io.dials.ExperimentList;
import org.mdx.io.dials.ReflectionFile;
import org.mdx.io.output.AtomicFile;
import org.mdx.reflection.ReflectionKeys;
import org.mdx.reflection.Reflections;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Integrates Bragg reflections. */
@Command(
    name = "integrate",
    description = {
      "Integrate the Bragg reflections of refined sweeps, as dials.integrate does.",
      "DIALS and mdx go on from integrated.expt and integrated.refl."
    },
    mixinStandardHelpOptions = true,
    showDefaultValues = true)
public final class BraggIntegrateCommand implements Callable<Integer> {
  private static final double MEGA = 1e6;

  @Mixin private CommonOptions common;

  @Parameters(
      paramLabel = "FILE",
      arity = "2",
      description = "refined.expt and refined.refl, or other indexed spots with shoeboxes.")
  private List<Path> files;

  @Option(
      names = "--d-min",
      paramLabel = "Å",
      description = "Resolution; that of the detector's farthest corner if not given.")
  private Double resolution;

  @Option(
      names = "--sigma-b",
      paramLabel = "DEG",
      description = "Width of spots on the detector, in place of an estimate; with --sigma-m.")
  private Double sigmaB;

  @Option(
      names = "--sigma-m",
      paramLabel = "DEG",
      description = "Width of spots in rotation, in place of an estimate; with --sigma-b.")
  private Double sigmaM;

  @Option(
      names = "--memory",
      paramLabel = "MB",
      description =
          "Memory for reflections and frames; a quarter of what Java may use if not given.")
  private Double memory;

  @Option(
      names = "--shells",
      paramLabel = "N",
      defaultValue = "10",
      description = "Shells of resolution in the table.")
  private int shells;

  @Option(
      names = {"-o", "--output"},
      paramLabel = "FILE",
      defaultValue = "integrated.refl",
      description = "Where to write the intensities.")
  private Path output;

  @Option(
      names = "--output-experiments",
      paramLabel = "FILE",
      defaultValue = "integrated.expt",
      description = "Where to write the experiment list with the widths of the spots.")
  private Path experimentsFile;

  @Option(names = "--json", description = "Print the numbers of each sweep as JSON.")
  private boolean json;

  @Override
  public Integer call() throws IOException {
    AtomicFile.requireWritable(experimentsFile);
    IntegrateOptions options = common.checked(this::options);
    if (shells < 1) {
      throw common.usage("--shells " + shells + ", must be 1 or more");
    }
    IndexedFiles input = IndexedFiles.read(files);
    Path list = files.get(ReflectionFile.recognizes(files.get(0)) ? 1 : 0);
    List<DialsExperiment> rows = input.experiments();
    Reflections spots = input.reflections();
    List<Reflections> tables = new ArrayList<>();
    List<Object> numbers = new ArrayList<>();
    List<ExperimentList.GaussianProfile> profiles = new ArrayList<>();
    Map<Integer, String> identifiers = new LinkedHashMap<>();
    List<ImageSeries> sweeps = new ArrayList<>();
    for (int row = 0; row < rows.size(); row++) {
      sweeps.add(Dials.read(list, rows.get(row), row));
    }
    for (int row = 0; row < rows.size(); row++) {
      Integrated found =
          Integrator.integrate(
              sweeps.get(row),
              otherLattices(sweeps, row),
              ofExperiment(spots, row),
              options,
              common.parallel(),
              common.progress());
      identifiers.put(row, rows.get(row).identifier());
      SpotWidths w = found.widths();
      profiles.add(new ExperimentList.GaussianProfile(w.sigmaB(), w.sigmaM(), SpotWidths.N_SIGMA));
      tables.add(numbered(found.reflections(), row));
      if (json) {
        numbers.add(IntegrationReport.json(row, found, shells));
      } else {
        int number = rows.size() > 1 ? row : -1;
        IntegrationReport.text(number, found, shells).forEach(this::say);
      }
    }
    if (json) {
      common.out().println(JsonText.of(numbers));
    }
    write(list, profiles, Reflections.concatenate(tables).withIdentifiers(identifiers));
    return 0;
  }

  /** Crystals in the same images. */
  private static List<Geometry> otherLattices(List<ImageSeries> sweeps, int row) {
    String images = sweeps.get(row).source().describe(0);
    List<Geometry> others = new ArrayList<>();
    for (int i = 0; i < sweeps.size(); i++) {
      ImageSeries s = sweeps.get(i);
      if (i != row
          && s.source().describe(0).equals(images)
          && s.frames() == sweeps.get(row).frames()
          && s.geometry().crystal().isPresent()) {
        others.add(s.geometry());
      }
    }
    return others;
  }

  private void write(Path list, List<ExperimentList.GaussianProfile> profiles, Reflections all)
      throws IOException {
    OutputFolder.requireNotInterrupted();
    ExperimentList.read(list).withProfiles(profiles).write(experimentsFile);
    say("wrote " + experimentsFile);
    ReflectionFile.write(output, all);
    say("wrote " + output + ", " + all.size() + " reflections");
  }

  private IntegrateOptions options() {
    IntegrateOptions o = IntegrateOptions.defaults();
    o = resolution == null ? o : o.withResolution(resolution);
    o = memory == null ? o : o.withMemory((long) (memory * MEGA));
    if ((sigmaB == null) != (sigmaM == null)) {
      throw new IllegalArgumentException("--sigma-b and --sigma-m go together; one is missing");
    }
    return sigmaB == null ? o : o.withWidths(new SpotWidths(sigmaB, sigmaM, 0));
  }

  /** With JSON on standard output, words would not be. */
  private void say(String line) {
    if (!json) {
      common.out().println(line);
    }
  }

  private static Reflections ofExperiment(Reflections all, int row) {
    int[] id = all.get(ReflectionKeys.ID);
    return all.where(i -> id[i] == row);
  }

  private static Reflections numbered(Reflections r, int row) {
    int[] id = new int[r.size()];
    Arrays.fill(id, row);
    return r.with(ReflectionKeys.ID, id)
        .with(ReflectionKeys.IMAGESET_ID, id)
        .withIdentifiers(Map.of());
  }
}
