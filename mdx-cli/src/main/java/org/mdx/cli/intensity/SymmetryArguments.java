package org.mdx.cli.intensity;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import org.mdx.bragg.symmetry.FoundSymmetry;
import org.mdx.bragg.symmetry.SymmetryOptions;
import org.mdx.cli.terminal.CommonOptions;
import org.mdx.cli.terminal.JsonText;
import org.mdx.crystal.SpaceGroup;
import org.mdx.io.dials.Dials;
import org.mdx.io.dials.ExperimentList;
import org.mdx.io.output.AtomicFile;
import picocli.CommandLine.Option;

/** What the commands that look for symmetry have in common. */
public final class SymmetryArguments {
  @Option(
      names = "--laue-group",
      paramLabel = "NAME",
      description =
          "A space group of the Laue group and the centring that are known; only axes and absences"
              + " are looked for.")
  private String laueGroup;

  @Option(
      names = "--lattice-tolerance",
      paramLabel = "DEGREES",
      defaultValue = "2",
      description = "How far an axis of the lattice may be from a symmetry axis.")
  private double tolerance;

  @Option(
      names = "--d-min",
      paramLabel = "Å",
      defaultValue = "0",
      description =
          "Resolution; where mean I is 0.4 times mean σ if it is 0; sweeps are compared with each other to 4 times.")
  private double resolution;

  @Option(
      names = "--output-experiments",
      paramLabel = "FILE",
      defaultValue = "symmetrized.expt",
      description = "Where to write the experiment list.")
  private Path experimentsFile;

  @Option(
      names = {"-o", "--output"},
      paramLabel = "FILE",
      defaultValue = "symmetrized.refl",
      description = "Where to write the reflections.")
  private Path output;

  @Option(names = "--json", description = "Print the numbers as JSON.")
  private boolean json;

  /** The options of the search. */
  SymmetryOptions options() {
    SymmetryOptions o = SymmetryOptions.defaults().latticeTolerance(tolerance).dMin(resolution);
    return laueGroup == null ? o : o.laueGroup(SpaceGroup.parse(laueGroup));
  }

  /** Ends with an exception, before any work, if the output cannot be written. */
  void requireWritable() throws IOException {
    AtomicFile.requireWritable(experimentsFile);
  }

  /** Prints the table or the numbers. */
  void print(CommonOptions common, String table, Map<String, Object> numbers) {
    if (json) {
      common.out().println(JsonText.of(numbers));
    } else {
      common.out().print(table);
    }
  }

  /** Writes the experiments with the crystals that were found, and the reflections. */
  void write(CommonOptions common, ExperimentList experiments, FoundSymmetry found)
      throws IOException {
    ResultFiles.write(
        Dials.withCrystals(experiments, ResultFiles.crystals(found.geometries())),
        experimentsFile,
        found.reflections(),
        output,
        json ? null : common);
  }
}
