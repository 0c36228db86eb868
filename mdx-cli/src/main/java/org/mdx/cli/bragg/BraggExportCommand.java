package org.mdx.cli.bragg;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import org.mdx.cli.terminal.CommonOptions;
import org.mdx.cli.terminal.OutputFolder;
import org.mdx.geometry.Geometry;
import org.mdx.io.dials.Dials;
import org.mdx.io.dials.DialsExperiment;
import org.mdx.io.dials.ReflectionFile;
import org.mdx.io.mtz.UnmergedIntensities;
import org.mdx.io.mtz.UnmergedMtz;
import org.mdx.io.text.ShelxHkl;
import org.mdx.reflection.Reflections;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Writes integrated intensities for other programs. */
@Command(
    name = "export",
    description = {
      "Write integrated intensities, not merged, for other programs:",
      "MTZ with batches (.mtz) or SHELX HKLF 4 (.hkl)."
    },
    mixinStandardHelpOptions = true,
    showDefaultValues = true)
public final class BraggExportCommand implements Callable<Integer> {

  @Mixin private CommonOptions common;

  @Parameters(paramLabel = "FILE", arity = "2", description = "integrated.expt, integrated.refl")
  private List<Path> files;

  @Option(
      names = {"--output", "-o"},
      paramLabel = "FILE",
      defaultValue = "integrated.mtz",
      description = "Where to write; the ending, .mtz or .hkl, tells the format.")
  private Path output;

  @Override
  public Integer call() throws IOException {
    String name = output.toString().toLowerCase(Locale.ROOT);
    if (!name.endsWith(".mtz") && !name.endsWith(".hkl")) {
      throw common.usage("--output " + output + ": the ending must be .mtz or .hkl");
    }
    boolean tableFirst = ReflectionFile.recognizes(files.get(0));
    Reflections table = ReflectionFile.readReflections(files.get(tableFirst ? 0 : 1));
    List<Geometry> geometries =
        Dials.experiments(files.get(tableFirst ? 1 : 0)).stream()
            .map(DialsExperiment::geometry)
            .toList();
    UnmergedIntensities rows = UnmergedIntensities.of(geometries, table);
    OutputFolder.requireNotInterrupted();
    if (name.endsWith(".mtz")) {
      UnmergedMtz.write(output, rows);
    } else {
      ShelxHkl.write(output, rows.indices(), rows.intensities(), rows.sigmas(), rows.batches());
    }
    common.out().println("wrote " + output + ", " + rows.size() + " intensities");
    return 0;
  }
}
