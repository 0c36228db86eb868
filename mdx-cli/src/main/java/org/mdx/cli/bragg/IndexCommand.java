package org.mdx.cli.bragg;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import org.mdx.bragg.index.IndexOptions;
import org.mdx.bragg.index.Indexed;
import org.mdx.bragg.index.Indexer;
import org.mdx.bragg.index.IndexingFailure;
import org.mdx.bragg.index.SweepSpots;
import org.mdx.cli.terminal.CommonOptions;
import org.mdx.cli.terminal.JsonText;
import org.mdx.cli.terminal.OutputFolder;
import org.mdx.crystal.UnitCell;
import org.mdx.io.dials.Dials;
import org.mdx.io.dials.DialsExperiment;
import org.mdx.io.dials.ReflectionFile;
import org.mdx.io.output.AtomicFile;
import org.mdx.reflection.Reflections;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Finds the lattice of the spots. */
@Command(
    name = "index",
    description = {
      "Find the lattices of Bragg spots, as dials.index does.",
      "Nothing need be known of the crystal. Several sweeps are indexed one by one, or with --joint"
          + " as those of one crystal. DIALS and mdx go on from indexed.expt and indexed.refl."
    },
    mixinStandardHelpOptions = true,
    showDefaultValues = true)
public final class IndexCommand implements Callable<Integer> {

  @Mixin private CommonOptions common;

  @Spec private CommandSpec spec;

  @Parameters(
      paramLabel = "FILE",
      arity = "2..*",
      description = "imported.expt and strong.refl, of one or several sweeps.")
  private List<Path> files;

  @Mixin private IndexArguments arguments;

  @Option(
      names = "--tolerance",
      paramLabel = "X",
      defaultValue = "0",
      description =
          "Farthest that a spot may be from its index; 0 for 0.3, with electrons a quarter of the way"
              + " to the next lattice point in errors.")
  private double tolerance;

  @Option(
      names = "--max-lattices",
      paramLabel = "N",
      defaultValue = "1",
      description = "Look for so many lattices.")
  private int maxLattices;

  @Option(
      names = "--no-slips",
      description =
          "Leave images whose spots are not of the lattice without an index. By default they are"
              + " indexed by themselves, as those of a crystal that slipped.")
  private boolean noSlips;

  @Option(names = "--joint", description = "The sweeps are of one crystal: index them together.")
  private boolean joint;

  @Option(
      names = "--no-beam-search",
      description = "Keep the beam centre and the distance even if indexing is poor.")
  private boolean noBeamSearch;

  @Option(
      names = "--fix-distance",
      arity = "1",
      paramLabel = "true|false",
      description = "Fix the distance. Default: with electrons and scans below 10 degrees.")
  private Boolean fixDistance;

  @Option(
      names = "--free-settings",
      description =
          "With --joint: turn each sweep but the first by a small rotation, if that is much more"
              + " likely.")
  private boolean freeSettings;

  @Option(
      names = "--output-experiments",
      paramLabel = "FILE",
      defaultValue = "indexed.expt",
      description = "Where to write the experiment list.")
  private Path experimentsFile;

  @Option(
      names = {"-o", "--output"},
      paramLabel = "FILE",
      defaultValue = "indexed.refl",
      description = "Where to write the reflections.")
  private Path output;

  @Option(names = "--json", description = "Print the numbers as JSON.")
  private boolean json;

  @Override
  public Integer call() throws IOException {
    AtomicFile.requireWritable(experimentsFile);
    IndexOptions options = common.checked(this::options);
    IndexInput input = IndexInput.read(files, spec.commandLine().getErr());
    List<DialsExperiment> experiments = new ArrayList<>();
    List<Reflections> tables = new ArrayList<>();
    List<Object> numbers = new ArrayList<>();
    IndexingFailure failure = null;
    int stretches = 0;
    for (List<Integer> group : groups(input.sweeps().size())) {
      List<SweepSpots> sweeps = group.stream().map(input.sweeps()::get).toList();
      try {
        Indexed found = Indexer.index(sweeps, options, common.parallel(), common.progress());
        say(group, found);
        numbers.add(numbers(group, found));
        tables.add(IndexOutput.renumbered(found, group, experiments.size(), stretches));
        stretches += found.slipped() ? found.lattices().size() - 1 : 0;
        experiments.addAll(IndexOutput.experiments(found, group, input.experiments()));
      } catch (IndexingFailure e) {
        failure = e;
        spec.commandLine().getErr().println(where(group) + e.getMessage());
        tables.add(IndexOutput.unindexed(sweeps, group));
      }
    }
    if (experiments.isEmpty()) {
      return 1;
    }
    OutputFolder.requireNotInterrupted();
    Map<Integer, String> identifiers = new LinkedHashMap<>();
    for (int i = 0; i < experiments.size(); i++) {
      identifiers.put(i, experiments.get(i).identifier());
    }
    Dials.write(experimentsFile, experiments);
    ReflectionFile.write(output, Reflections.concatenate(tables).withIdentifiers(identifiers));
    if (json) {
      common.out().println(JsonText.of(numbers));
    } else {
      common.out().println("wrote " + experimentsFile + " and " + output);
    }
    return failure == null ? 0 : 1;
  }

  private IndexOptions options() {
    IndexOptions o =
        arguments
            .options()
            .tolerance(tolerance)
            .maxLattices(maxLattices)
            .slips(!noSlips)
            .freeSettings(freeSettings);
    if (noBeamSearch) {
      o = o.beamSearch(IndexOptions.BeamSearch.NEVER);
    }
    return fixDistance == null ? o : o.fixDistance(fixDistance);
  }

  /** Sweeps that are indexed together. */
  private List<List<Integer>> groups(int sweeps) {
    List<Integer> all = java.util.stream.IntStream.range(0, sweeps).boxed().toList();
    return joint ? List.of(all) : all.stream().map(List::of).toList();
  }

  private String where(List<Integer> group) {
    return group.size() == 1 ? "sweep " + group.get(0) + ": " : group.size() + " sweeps: ";
  }

  private void say(List<Integer> group, Indexed found) {
    if (json) {
      return;
    }
    found.log().forEach(l -> common.out().println("  " + l));
    int i = 0;
    for (Indexed.Lattice l : found.lattices()) {
      common.out().println(where(group) + "lattice " + ++i + ": " + l);
    }
    common
        .out()
        .println(
            String.format(
                Locale.ROOT,
                "%s%d of %d spots indexed (%.1f %%)",
                where(group),
                found.indexed(),
                found.spots(),
                100.0 * found.indexed() / Math.max(1, found.spots())));
    found.notes().forEach(n -> common.out().println("  " + n));
  }

  private static Map<String, Object> numbers(List<Integer> group, Indexed found) {
    Map<String, Object> map = new LinkedHashMap<>();
    map.put("sweeps", group);
    map.put("spots", found.spots());
    map.put("indexed", found.indexed());
    List<Object> lattices = new ArrayList<>();
    for (Indexed.Lattice l : found.lattices()) {
      Map<String, Object> m = new LinkedHashMap<>();
      UnitCell c = l.crystal().cell();
      m.put("unit_cell", List.of(c.a(), c.b(), c.c(), c.alpha(), c.beta(), c.gamma()));
      l.crystal()
          .cellSigmas()
          .ifPresent(s -> m.put("unit_cell_sigma", s.stream().map(RefineCommand::finite).toList()));
      m.put("space_group", l.crystal().spaceGroup().hermannMauguin());
      m.put("indexed", l.indexed());
      m.put(
          "rmsd_px",
          Arrays.asList(RefineCommand.finite(l.rmsdX()), RefineCommand.finite(l.rmsdY())));
      m.put("rmsd_frames", RefineCommand.finite(l.rmsdFrames()));
      m.put("log_odds", l.logOdds());
      lattices.add(m);
    }
    map.put("lattices", lattices);
    map.put("log", found.log());
    found.remainder().ifPresent(r -> map.put("remainder", r));
    map.put("notes", found.notes());
    return map;
  }
}
