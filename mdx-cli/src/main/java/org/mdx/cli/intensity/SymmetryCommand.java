package org.mdx.cli.intensity;

import java.io.IOException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import org.mdx.bragg.symmetry.ExtinctionScore;
import org.mdx.bragg.symmetry.FoundSymmetry;
import org.mdx.bragg.symmetry.OperatorScore;
import org.mdx.bragg.symmetry.SubgroupScore;
import org.mdx.bragg.symmetry.SymmetryFinder;
import org.mdx.bragg.symmetry.SymmetryOptions;
import org.mdx.cli.terminal.CommonOptions;
import org.mdx.crystal.SpaceGroup;
import org.mdx.crystal.UnitCell;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Finds the symmetry of integrated intensities. */
@Command(
    name = "symmetry",
    description = {
      "Find the Laue group of integrated intensities and the space group from their absences, and"
          + " reindex to its axes, as dials.symmetry does.",
      "Sweeps that may be indexed differently are for 'mdx cosym'."
    },
    mixinStandardHelpOptions = true,
    showDefaultValues = true)
public final class SymmetryCommand implements Callable<Integer> {

  @Mixin private CommonOptions common;

  @Parameters(
      paramLabel = "FILE",
      arity = "2..*",
      description = "integrated.expt and integrated.refl, of one or several sweeps.")
  private List<Path> files;

  @Mixin private SymmetryArguments arguments;

  @Option(
      names = "--min-partiality",
      paramLabel = "PART",
      defaultValue = "0.99",
      description = "Least part of a reflection that was recorded.")
  private double minPartiality;

  @Override
  public Integer call() throws IOException {
    arguments.requireWritable();
    SymmetryOptions options = common.checked(this::options);
    IntegratedFiles input = IntegratedFiles.read(files);
    FoundSymmetry found = SymmetryFinder.find(input.geometries(), input.reflections(), options);
    arguments.print(common, found.table(), numbers(found));
    arguments.write(common, input.experiments(), found);
    return 0;
  }

  private SymmetryOptions options() {
    return arguments.options().minPartiality(minPartiality);
  }

  static Map<String, Object> numbers(FoundSymmetry f) {
    Map<String, Object> map = new LinkedHashMap<>();
    map.put("space_group", f.spaceGroup().hermannMauguin());
    map.put("number", f.spaceGroup().number());
    map.put("change_of_basis", f.laueGroup().change().toString());
    map.put("resolution", f.resolution());
    map.put("expected_cc", f.expectedCc());
    map.putAll(TwinNumbers.of(f.twins()));
    map.put("operators", f.operators().stream().map(SymmetryCommand::numbers).toList());
    map.put("laue_groups", f.laueGroups().stream().map(SymmetryCommand::numbers).toList());
    map.put("space_groups", f.extinctions().stream().map(SymmetryCommand::numbers).toList());
    map.put("notes", f.notes());
    return map;
  }

  private static Map<String, Object> numbers(OperatorScore o) {
    Map<String, Object> m = new LinkedHashMap<>();
    m.put("operator", o.operator().hkl());
    m.put("order", o.order());
    m.put("pairs", o.pairs());
    m.put("cc", ResultFiles.finite(o.cc()));
    m.put("likelihood", o.likelihood());
    m.put("present", o.present());
    return m;
  }

  private static Map<String, Object> numbers(SubgroupScore s) {
    Map<String, Object> m = new LinkedHashMap<>();
    m.put("laue_group", s.group().laueGroup().symbol());
    m.put("patterson_group", s.group().hermannMauguin());
    m.put("likelihood", s.likelihood());
    m.put("cc_for", ResultFiles.finite(s.ccFor()));
    m.put("cc_against", ResultFiles.finite(s.ccAgainst()));
    m.put("delta", s.delta());
    UnitCell c = s.cell();
    m.put("unit_cell", List.of(c.a(), c.b(), c.c(), c.alpha(), c.beta(), c.gamma()));
    m.put("change_of_basis", s.change().toString());
    return m;
  }

  private static Map<String, Object> numbers(ExtinctionScore e) {
    Map<String, Object> m = new LinkedHashMap<>();
    m.put("groups", e.groups().stream().map(SpaceGroup::hermannMauguin).toList());
    m.put("probability", e.probability());
    m.put("absent", e.absent());
    m.put("absent_i_over_sigma", ResultFiles.finite(e.absentIOverSigma()));
    return m;
  }
}
