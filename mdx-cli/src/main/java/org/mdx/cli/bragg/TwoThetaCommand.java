package org.mdx.cli.bragg;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import org.mdx.bragg.refine.TwoTheta;
import org.mdx.cli.terminal.CommonOptions;
import org.mdx.cli.terminal.JsonText;
import org.mdx.crystal.UnitCell;
import org.mdx.io.output.AtomicFile;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Refines the unit cell against scattering angles. */
@Command(
    name = "two-theta",
    description = {
      "Refine the unit cell against the scattering angles alone, as dials.two_theta_refine.",
      "Detector and beam stay as they are. Several sweeps have one cell."
    },
    mixinStandardHelpOptions = true,
    showDefaultValues = true)
public final class TwoThetaCommand implements Callable<Integer> {

  @Mixin private CommonOptions common;

  @Parameters(paramLabel = "FILE", arity = "2", description = "refined.expt and refined.refl.")
  private List<Path> files;

  @Option(
      names = {"-o", "--output"},
      paramLabel = "FILE",
      defaultValue = "cell.json",
      description = "Where to write the cell and its uncertainties.")
  private Path output;

  @Option(names = "--json", description = "Print the numbers as JSON.")
  private boolean json;

  @Override
  public Integer call() throws IOException {
    IndexedFiles input = IndexedFiles.read(files);
    TwoTheta found = TwoTheta.refine(input.geometries(), input.reflections());
    UnitCell c = found.cell();
    Map<String, Object> numbers = new LinkedHashMap<>();
    numbers.put("unit_cell", List.of(c.a(), c.b(), c.c(), c.alpha(), c.beta(), c.gamma()));
    numbers.put("sigma", found.sigmas());
    numbers.put("per_mm_of_distance", found.perMillimetre());
    numbers.put("reflections", found.reflections());
    numbers.put("rmsd_two_theta", found.rmsd());
    String text = JsonText.of(numbers);
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    AtomicFile.write(output, o -> o.write(bytes));
    common.out().println(json ? text : found + "\nwrote " + output);
    return 0;
  }
}
