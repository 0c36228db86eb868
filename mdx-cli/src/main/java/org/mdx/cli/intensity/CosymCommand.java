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
import org.mdx.cli.terminal.CommonOptions;
import org.mdx.crystal.CellTolerance;
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

  @Mixin private SymmetryArguments arguments;

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

  @Override
  public Integer call() throws IOException {
    arguments.requireWritable();
    CosymOptions options = common.checked(this::options);
    IntegratedFiles input = IntegratedFiles.read(files);
    FoundCosym found = Cosym.find(input.geometries(), input.reflections(), options);
    arguments.print(common, found.table(), numbers(found));
    arguments.write(common, input.experiments().select(found.kept()), found.symmetry());
    return 0;
  }

  private CosymOptions options() {
    return CosymOptions.defaults()
        .symmetry(arguments.options())
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
