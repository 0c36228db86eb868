package org.mdx.cli.intensity;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import org.mdx.bragg.symmetry.Cosym;
import org.mdx.bragg.symmetry.CosymOptions;
import org.mdx.bragg.symmetry.FoundCosym;
import org.mdx.bragg.symmetry.SymmetryOptions;
import org.mdx.cli.terminal.CommonOptions;
import org.mdx.cli.terminal.JsonText;
import org.mdx.crystal.CellTolerance;
import org.mdx.crystal.SpaceGroup;
import org.mdx.io.dials.Dials;
import org.mdx.io.output.AtomicFile;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Brings many sweeps into agreement. */
@Command(
    name = "cosym",
    description = {
      "Bring many sweeps of one kind of crystal into the same axes by the correlations of their"
          + " intensities, and find their symmetry, as dials.cosym does.",
      "Sweeps whose cells are different are left out and named."
    },
    mixinStandardHelpOptions = true,
    showDefaultValues = true)
public final class CosymCommand implements Callable<Integer> {

  @Mixin private CommonOptions common;

  @Parameters(
      paramLabel = "FILE",
      arity = "2..*",
      description = "integrated.expt and integrated.refl of each sweep, or of all in one pair.")
  private List<Path> files;

  @Option(
      names = "--laue-group",
      paramLabel = "NAME",
      description = "A space group of the Laue group and the centring, if they are known.")
  private String laueGroup;

  @Option(
      names = "--lattice-tolerance",
      paramLabel = "DEGREES",
      defaultValue = "2",
      description = "How far an axis of the lattice may be from a symmetry axis.")
  private double tolerance;

  @Option(
      names = "--cell-length-tolerance",
      paramLabel = "PART",
      defaultValue = "0.05",
      description = "Difference of axes of one kind of crystal.")
  private double lengthTolerance;

  @Option(
      names = "--cell-angle-tolerance",
      paramLabel = "DEGREES",
      defaultValue = "2",
      description = "Difference of angles of one kind of crystal.")
  private double angleTolerance;

  @Option(
      names = "--min-common",
      paramLabel = "N",
      defaultValue = "5",
      description = "Reflections that two sweeps must have in common to be compared.")
  private int minCommon;

  @Option(
      names = "--d-min",
      paramLabel = "Å",
      defaultValue = "0",
      description = "Resolution; where mean I is 4 times mean σ if it is 0.")
  private double resolution;

  @Option(
      names = "--output-experiments",
      paramLabel = "FILE",
      defaultValue = "symmetrized.expt",
      description = "Where to write the experiment list.")
  private Path experimentsFile;

  @Option(
      names = "--output",
      paramLabel = "FILE",
      defaultValue = "symmetrized.refl",
      description = "Where to write the reflections.")
  private Path output;

  @Option(names = "--json", description = "Print the numbers as JSON.")
  private boolean json;

  @Override
  public Integer call() throws IOException {
    AtomicFile.requireWritable(experimentsFile);
    CosymOptions options = common.checked(this::options);
    IntegratedFiles input = IntegratedFiles.read(files);
    FoundCosym found = Cosym.find(input.geometries(), input.reflections(), options);
    if (json) {
      common.out().println(JsonText.of(numbers(found)));
    } else {
      common.out().print(found.table());
    }
    ResultFiles.write(
        Dials.withCrystals(
            input.experiments().select(found.kept()),
            ResultFiles.crystals(found.symmetry().geometries())),
        experimentsFile,
        found.symmetry().reflections(),
        output,
        json ? null : common);
    return 0;
  }

  private CosymOptions options() {
    SymmetryOptions s = SymmetryOptions.defaults().latticeTolerance(tolerance).dMin(resolution);
    s = laueGroup == null ? s : s.laueGroup(SpaceGroup.parse(laueGroup));
    return CosymOptions.defaults()
        .symmetry(s)
        .cells(new CellTolerance(lengthTolerance, angleTolerance))
        .minCommon(minCommon);
  }

  private static Map<String, Object> numbers(FoundCosym f) {
    Map<String, Object> map = new LinkedHashMap<>();
    List<Object> sweeps = new ArrayList<>();
    for (int i = 0; i < f.kept().length; i++) {
      Map<String, Object> m = new LinkedHashMap<>();
      m.put("sweep", f.kept()[i]);
      m.put("operator", f.operators().get(i).hkl());
      m.put("cc", ResultFiles.finite(f.correlations()[i]));
      m.put("margin", ResultFiles.finite(f.margins()[i]));
      sweeps.add(m);
    }
    map.put("sweeps", sweeps);
    map.put("cell_clusters", f.cellClusters());
    map.put("intensity_clusters", f.intensityClusters());
    map.put("symmetry", SymmetryCommand.numbers(f.symmetry()));
    return map;
  }
}
