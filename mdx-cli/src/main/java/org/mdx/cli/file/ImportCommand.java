package org.mdx.cli.file;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import org.mdx.cli.terminal.CommonOptions;
import org.mdx.geometry.Geometry;
import org.mdx.io.dials.Dials;
import org.mdx.io.image.ImageHeader;
import org.mdx.io.instrument.InstrumentProfile;
import org.mdx.io.instrument.Setting;
import org.mdx.io.sweep.ImportOptions;
import org.mdx.io.sweep.ImportedSweep;
import org.mdx.io.sweep.SourcedValue;
import org.mdx.io.sweep.SweepImport;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Makes an experiment list of image files. */
@Command(
    name = "import",
    description = {
      "Find the sweeps among image files and write them as an experiment list, which DIALS reads.",
      "Options give what headers lack or have wrong; an instrument profile keeps it."
    },
    mixinStandardHelpOptions = true)
public final class ImportCommand implements Callable<Integer> {

  @Mixin private CommonOptions common;

  @Parameters(
      paramLabel = "IMAGES",
      arity = "1..*",
      description =
          "Image files, folders of them, templates such as xtal_####.cbf, or 'xtal_*.cbf'.")
  private List<String> inputs;

  @Option(
      names = {"-o", "--output"},
      paramLabel = "FILE",
      defaultValue = "imported.expt",
      description = "Experiment list to write; default ${DEFAULT-VALUE}.")
  private Path output;

  @Option(
      names = "--profile",
      paramLabel = "FILE",
      description = "Instrument profile (TOML): wins over headers, options win over it.")
  private Path profile;

  @Option(
      names = "--save-profile",
      paramLabel = "FILE",
      description = "Write the profile with the options of this command as a new profile.")
  private Path saveProfile;

  @Option(
      names = "--geometry",
      paramLabel = "EXPT",
      description = "Take beam, detector and goniometer from the first experiment of this list.")
  private Path geometry;

  @Option(names = "--stills", description = "The sample did not turn, whatever headers say.")
  private boolean stills;

  @Option(
      names = "--threshold",
      paramLabel = "N",
      description = "Which threshold's counts to take of a detector with several, from 1.")
  private int threshold;

  @ArgGroup(
      validate = false,
      heading = "%nIn place of what headers and profile say (angles in degrees):%n")
  private final InstrumentOptions instrument = new InstrumentOptions();

  @Override
  public Integer call() throws IOException {
    InstrumentProfile overrides = common.checked(instrument::values);
    InstrumentProfile known =
        profile == null ? InstrumentProfile.empty() : InstrumentProfile.read(profile);
    ImportOptions options =
        ImportOptions.defaults()
            .withOverrides(overrides)
            .withProfile(known, name(known))
            .withStills(stills)
            .withThreshold(threshold);
    if (geometry != null) {
      Geometry g = Dials.experiments(geometry).get(0).geometry();
      options = options.withReference(g);
    }
    List<ImportedSweep> sweeps =
        SweepImport.read(inputs, options, common.parallel(), common.progress());
    for (int i = 0; i < sweeps.size(); i++) {
      print(sweeps.get(i), i == 0 ? null : sweeps.get(i - 1));
    }
    SweepImport.write(output, sweeps);
    int experiments = sweeps.stream().mapToInt(s -> s.experiments().size()).sum();
    common.out().println("wrote " + output + ", " + counted(experiments, "experiment"));
    if (saveProfile != null) {
      known.with(overrides).write(saveProfile);
      common.out().println("wrote " + saveProfile);
    }
    return 0;
  }

  private String name(InstrumentProfile p) {
    return p.get(Setting.NAME).orElse(profile == null ? "" : profile.getFileName().toString());
  }

  private static String counted(int n, String what) {
    return n + " " + what + (n == 1 ? "" : "s");
  }

  /** All of the first sweep; of a later one what differs from the one before it. */
  private void print(ImportedSweep sweep, ImportedSweep before) {
    int first = sweep.experiments().get(0).geometry().scan().firstImage();
    int last = first + sweep.frames() - 1;
    common
        .out()
        .printf(
            "%s, %s%n",
            sweep.images(), first == last ? "image " + first : "images " + first + " to " + last);
    if (!sweep.begins().isEmpty()) {
      line("apart because", sweep.begins(), "");
    }
    List<SourcedValue> told = before == null ? List.of() : all(before);
    List<SourcedValue> now = all(sweep);
    now.stream().filter(f -> !told.contains(f)).forEach(f -> line(f.what(), f.value(), f.source()));
    if (now.stream().anyMatch(told::contains)) {
      line("all else", "as above", "");
    }
  }

  private static List<SourcedValue> all(ImportedSweep sweep) {
    ImageHeader h = sweep.header();
    List<SourcedValue> all = new ArrayList<>();
    all.add(new SourcedValue("format", h.format() + type(h), ""));
    all.add(
        new SourcedValue(
            "frames", sweep.frames() + " of " + h.width() + " x " + h.height() + " pixels", ""));
    if (!h.detector().isEmpty()) {
      all.add(new SourcedValue("detector", h.detector(), ""));
    }
    all.addAll(sweep.findings());
    sweep.notes().forEach(n -> all.add(new SourcedValue("note", n, "")));
    return all;
  }

  private static String type(ImageHeader h) {
    return h.pixelType().isEmpty() ? "" : ", " + h.pixelType();
  }

  private void line(String what, String value, String source) {
    String by = source.isEmpty() ? "" : " (" + source + ")";
    common.out().println(String.format("  %-16s %s%s", what, value, by).stripTrailing());
  }
}
