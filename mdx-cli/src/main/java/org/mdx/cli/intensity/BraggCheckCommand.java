package org.mdx.cli.intensity;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import org.mdx.bragg.symmetry.IndexingCheck;
import org.mdx.cli.terminal.CommonOptions;
import org.mdx.cli.terminal.JsonText;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Checks the indices of integrated intensities. */
@Command(
    name = "check",
    description = {
      "Compare intensities that symmetry makes equal, with all indices as they are and off by small"
          + " numbers, as dials.check_indexing_symmetry does.",
      "Writes nothing."
    },
    mixinStandardHelpOptions = true,
    showDefaultValues = true)
public final class BraggCheckCommand implements Callable<Integer> {

  @Mixin private CommonOptions common;

  @Parameters(
      paramLabel = "FILE",
      arity = "2..*",
      description = "integrated.expt and integrated.refl, of one or several sweeps.")
  private List<Path> files;

  @Option(
      names = "--d-min",
      paramLabel = "Å",
      defaultValue = "0",
      description = "Finest resolution; all if it is 0.")
  private double dMin;

  @Option(
      names = "--d-max",
      paramLabel = "Å",
      defaultValue = "0",
      description = "Coarsest resolution; all if it is 0.")
  private double dMax;

  @Option(
      names = "--reach",
      paramLabel = "N",
      defaultValue = "1",
      description = "Largest offset of h, k and l.")
  private int reach;

  @Option(names = "--json", description = "Print the numbers as JSON.")
  private boolean json;

  @Override
  public Integer call() throws IOException {
    IntegratedFiles input = IntegratedFiles.read(files);
    IndexingCheck check =
        IndexingCheck.of(input.geometries(), input.reflections(), dMin, dMax, reach);
    if (!json) {
      common.out().print(check.table());
      return 0;
    }
    List<Object> offsets = new ArrayList<>();
    for (IndexingCheck.Offset o : check.offsets()) {
      Map<String, Object> m = new LinkedHashMap<>();
      m.put("offset", List.of(o.h(), o.k(), o.l()));
      m.put("cc", ResultFiles.finite(o.cc()));
      m.put("pairs", o.pairs());
      offsets.add(m);
    }
    common.out().println(JsonText.of(Map.of("offsets", offsets)));
    return 0;
  }
}
