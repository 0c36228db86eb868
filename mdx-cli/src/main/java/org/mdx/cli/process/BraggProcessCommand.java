package org.mdx.cli.process;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import org.mdx.bragg.index.IndexOptions;
import org.mdx.bragg.process.BraggProcess;
import org.mdx.bragg.process.DataSet;
import org.mdx.bragg.process.ProcessOptions;
import org.mdx.bragg.process.Processed;
import org.mdx.bragg.process.Stage;
import org.mdx.cli.reduce.CrystalArguments;
import org.mdx.cli.reduce.SweepInput;
import org.mdx.cli.terminal.CommonOptions;
import org.mdx.cli.terminal.JsonText;
import org.mdx.cli.terminal.OutputFolder;
import org.mdx.crystal.Crystal;
import org.mdx.io.dials.ExperimentList;
import org.mdx.io.instrument.InstrumentProfile;
import org.mdx.io.instrument.Setting;
import org.mdx.io.output.AtomicFile;
import org.mdx.io.sweep.ImportOptions;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Goes from the images of one or many crystals to merged intensities. */
@Command(
    name = "process",
    description = {
      "Go from the images of one or many crystals to merged Bragg intensities, unattended: find"
          + " spots, index, refine, integrate, find the symmetry, scale, merge, report.",
      "Each sweep is a crystal unless --joint says else. A crystal that fails is named in the table"
          + " and stops no other. Run it again to go on from what is complete."
    },
    mixinStandardHelpOptions = true,
    showDefaultValues = true)
public final class BraggProcessCommand implements Callable<Integer> {
  private static final double MEGA = 1e6;

  @Mixin private CommonOptions common;

  @Parameters(
      paramLabel = "IMAGES",
      arity = "1..*",
      description =
          "Image files, templates such as xtal_####.cbf, NXmx files, experiment lists; or folders,"
              + " with all folders below them.")
  private List<String> inputs;

  @Mixin private CrystalArguments crystals;

  @Option(
      names = "--joint-folders",
      description = "The sweeps of a folder are of one crystal on one goniometer.")
  private boolean jointFolders;

  @Option(
      names = {"-o", "--output", "--out"},
      paramLabel = "DIR",
      defaultValue = "bragg_process",
      description = "Folder for the results.")
  private Path out;

  @Option(
      names = "--overwrite",
      description = "Make again what is there; otherwise what is complete stays.")
  private boolean overwrite;

  @Option(
      names = "--memory",
      paramLabel = "MB",
      description =
          "Memory for the crystals that are processed at a time; half of what Java may use if not"
              + " given.")
  private Double memory;

  @Option(
      names = "--max-lattices",
      paramLabel = "N",
      defaultValue = "1",
      description = "Lattices to look for in each sweep; each is integrated.")
  private int maxLattices;

  @Option(
      names = "--d-min",
      paramLabel = "Å",
      defaultValue = "0",
      description = "Resolution of integration; that of the detector's corner if it is 0.")
  private double resolution;

  @Option(
      names = "--scale-d-min",
      paramLabel = "Å",
      defaultValue = "0",
      description = "Resolution of scaling and merging; all if it is 0.")
  private double scaleResolution;

  @Option(
      names = "--delta-cc-half",
      paramLabel = "SIGMAS",
      defaultValue = "4",
      description =
          "The best subset is without sweeps whose ΔCC½ is so many robust standard deviations below"
              + " the median; 0 for no such subset.")
  private double deltaCcHalf;

  @Option(
      names = "--clusters",
      paramLabel = "N",
      defaultValue = "9",
      description = "Clusters that are merged by themselves at the most.")
  private int clusters;

  @Option(names = "--no-fallbacks", description = "A stage that fails is not tried in other ways.")
  private boolean noFallbacks;

  @Option(
      names = "--no-shadows",
      description = "Shadows in front of the detector are not looked for and left out.")
  private boolean noShadows;

  @Option(names = "--json", description = "Print the numbers as JSON.")
  private boolean json;

  @Override
  public Integer call() throws IOException {
    InstrumentProfile values = common.checked(crystals::values);
    if (jointFolders && crystals.isJoint()) {
      throw common.usage("--joint joins all sweeps, --joint-folders those of a folder; give one");
    }
    ProcessOptions options = options(crystals.known());
    ImportOptions importing = SweepInput.options(values, crystals.profile());
    ProcessInput.Joint joint =
        crystals.isJoint()
            ? ProcessInput.Joint.ALL
            : jointFolders ? ProcessInput.Joint.FOLDER : ProcessInput.Joint.NONE;
    Path mask = values.get(Setting.MASK).orElse(null);
    List<FoundCrystal> found =
        new ProcessInput(importing, mask, joint, common.parallel(), common.progress()).read(inputs);
    try (OutputFolder folder = OutputFolder.of(out)) {
      folder.requireWritable();
      EarlierRun earlier = EarlierRun.of(out, found, options, mask);
      if (!overwrite && earlier.isComplete()) {
        say(earlier.summary());
        say("complete already; nothing was made again. --overwrite makes all again");
        if (json) {
          common.out().println(earlier.json());
        }
        return earlier.exitCode();
      }
      Processed done = processed(folder, found, options);
      write(folder, found, done);
      earlier.keep(done);
      say(done.table());
      say("wrote " + out);
      if (json) {
        common.out().println(JsonText.of(ProcessJson.of(done)));
      }
      return done.dataSets().isEmpty() ? 1 : 0;
    }
  }

  private ProcessOptions options(List<Crystal> known) {
    return common.checked(
        () -> {
          IndexOptions indexing = crystals.indexing().maxLattices(maxLattices);
          IndexOptions all =
              known.isEmpty()
                  ? indexing
                  : indexing.spaceGroup(known.get(0).spaceGroup()).unitCell(known.get(0).cell());
          ProcessOptions o =
              ProcessOptions.defaults()
                  .crystal(
                      c ->
                          c.spots(s -> crystals.spots())
                              .indexing(i -> all)
                              .integration(i -> resolution == 0 ? i : i.withResolution(resolution))
                              .fallbacks(!noFallbacks)
                              .shadows(!noShadows))
                  .scale(s -> s.dMin(scaleResolution))
                  .merge(m -> m.dMin(scaleResolution))
                  .deltaCcHalf(deltaCcHalf)
                  .clusters(clusters);
          return memory == null ? o : o.memory((long) (memory * MEGA));
        });
  }

  private Processed processed(OutputFolder folder, List<FoundCrystal> found, ProcessOptions options)
      throws IOException {
    Path top = folder.folder("crystals");
    if (overwrite) {
      for (FoundCrystal c : found) {
        Files.deleteIfExists(top.resolve(c.name()).resolve("crystal.json"));
      }
    }
    return BraggProcess.run(
        found.stream().map(FoundCrystal::source).toList(),
        source ->
            new CrystalFolder(
                top.resolve(source.name()),
                found.stream()
                    .filter(c -> c.source() == source)
                    .findFirst()
                    .orElseThrow()
                    .experiments()),
        options,
        common.parallel(),
        common.progress());
  }

  private void write(OutputFolder folder, List<FoundCrystal> found, Processed done)
      throws IOException {
    List<ExperimentList> lists = new ArrayList<>();
    for (int i = 0; i < found.size(); i++) {
      if (done.crystals().get(i).reflections().isPresent()) {
        Path own = out.resolve("crystals").resolve(found.get(i).name());
        lists.add(ExperimentList.read(own.resolve(Stage.INTEGRATE.product() + ".expt")));
      }
    }
    if (!done.dataSets().isEmpty()) {
      ExperimentList integrated = ExperimentList.combine(lists);
      for (DataSet set : done.dataSets()) {
        DataSetFiles.write(folder.folder(set.name()), set, integrated);
      }
    }
    text(folder.file("summary.txt"), done.table());
    text(folder.file("process.json"), JsonText.of(ProcessJson.of(done)));
  }

  private static void text(Path file, String text) throws IOException {
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    AtomicFile.write(file, o -> o.write(bytes));
  }

  /** With JSON on standard output, words would not be. */
  private void say(String text) {
    if (!json) {
      common.out().println(text.stripTrailing());
    }
  }
}
