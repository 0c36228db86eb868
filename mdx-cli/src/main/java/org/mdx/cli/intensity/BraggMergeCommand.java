package org.mdx.cli.intensity;

import java.io.IOException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import org.mdx.bragg.merge.MergeOptions;
import org.mdx.bragg.merge.MergeShell;
import org.mdx.bragg.merge.Merged;
import org.mdx.bragg.merge.Merger;
import org.mdx.cli.terminal.CommonOptions;
import org.mdx.cli.terminal.JsonText;
import org.mdx.cli.terminal.OutputFolder;
import org.mdx.crystal.UnitCell;
import org.mdx.io.mtz.MergedMtz;
import org.mdx.io.output.AtomicFile;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Merges scaled Bragg intensities. */
@Command(
    name = "merge",
    description = {
      "Merge scaled intensities, print their statistics by resolution, and write MTZ with"
          + " intensities, amplitudes and free-R flags, as dials.merge does."
    },
    mixinStandardHelpOptions = true,
    showDefaultValues = true)
public final class BraggMergeCommand implements Callable<Integer> {

  @Mixin private CommonOptions common;

  @Parameters(
      paramLabel = "FILE",
      arity = "2..*",
      description = "scaled.expt and scaled.refl, of mdx or of DIALS.")
  private List<Path> files;

  @Option(
      names = "--d-min",
      paramLabel = "Å",
      defaultValue = "0",
      description = "Resolution; all if it is 0.")
  private double resolution;

  @Option(
      names = "--shells",
      paramLabel = "N",
      defaultValue = "20",
      description = "Shells of resolution in the table.")
  private int shells;

  @Option(
      names = "--cc-half",
      paramLabel = "CC",
      defaultValue = "0.3",
      description = "CC½ at the resolution that is estimated.")
  private double ccHalf;

  @Option(
      names = "--free-parts",
      paramLabel = "N",
      defaultValue = "20",
      description = "Parts of the free-R flags; part 0 is the test set.")
  private int freeParts;

  @Option(
      names = "--seed",
      paramLabel = "N",
      defaultValue = "0",
      description = "Seed of the free-R flags.")
  private long seed;

  @Option(
      names = "--no-scale-errors",
      description =
          "Standard deviations without the errors of the scale factors, as those of DIALS are.")
  private boolean noScaleErrors;

  @Option(
      names = {"-o", "--output"},
      paramLabel = "FILE",
      defaultValue = "merged.mtz",
      description = "Where to write the reflections.")
  private Path output;

  @Option(names = "--json", description = "Print the numbers as JSON.")
  private boolean json;

  @Override
  public Integer call() throws IOException {
    AtomicFile.requireWritable(output);
    MergeOptions options =
        common.checked(
            () ->
                MergeOptions.defaults()
                    .dMin(resolution)
                    .shells(shells)
                    .ccHalf(ccHalf)
                    .free(freeParts, seed)
                    .scaleErrors(!noScaleErrors));
    IntegratedFiles input = IntegratedFiles.read(files);
    Merged merged = Merger.merge(input.geometries(), input.reflections(), options);
    OutputFolder.requireNotInterrupted();
    mtz(merged).write(output);
    if (json) {
      common.out().println(JsonText.of(numbers(merged)));
    } else {
      common.out().print(merged.table());
      common.out().println("wrote " + output + ", " + merged.reflections().size() + " reflections");
    }
    return 0;
  }

  static MergedMtz mtz(Merged m) {
    return MergedMtz.of(m.spaceGroup(), m.cell(), m.wavelength(), m.indices(), m.columns());
  }

  static Map<String, Object> numbers(Merged merged) {
    Map<String, Object> map = new LinkedHashMap<>();
    map.put("space_group", merged.spaceGroup().hermannMauguin());
    UnitCell c = merged.cell();
    map.put("unit_cell", List.of(c.a(), c.b(), c.c(), c.alpha(), c.beta(), c.gamma()));
    map.put("resolution", merged.resolution());
    map.put("cc_half_at_resolution", merged.ccHalf());
    map.put("overall", numbers(merged.overall()));
    map.put("shells", merged.shells().stream().map(BraggMergeCommand::numbers).toList());
    map.putAll(TwinNumbers.of(merged.twins()));
    map.put("notes", merged.notes());
    return map;
  }

  private static Map<String, Object> numbers(MergeShell s) {
    Map<String, Object> m = new LinkedHashMap<>();
    m.put("d_max", s.dMax());
    m.put("d_min", s.dMin());
    m.put("observations", s.observations());
    m.put("unique", s.unique());
    m.put("possible", s.possible());
    m.put("completeness", ResultFiles.finite(s.completeness()));
    m.put("multiplicity", ResultFiles.finite(s.multiplicity()));
    m.put("mean_i", ResultFiles.finite(s.meanI()));
    m.put("i_over_sigma", ResultFiles.finite(s.iOverSigma()));
    m.put("r_merge", ResultFiles.finite(s.rMerge()));
    m.put("r_meas", ResultFiles.finite(s.rMeas()));
    m.put("r_pim", ResultFiles.finite(s.rPim()));
    m.put("r_anom", ResultFiles.finite(s.rAnom()));
    m.put("cc_half", ResultFiles.finite(s.ccHalf()));
    m.put("cc_star", ResultFiles.finite(s.ccStar()));
    m.put("anomalous_completeness", ResultFiles.finite(s.anomalousCompleteness()));
    return m;
  }
}
