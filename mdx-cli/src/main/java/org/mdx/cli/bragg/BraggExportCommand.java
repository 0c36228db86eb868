package org.mdx.cli.bragg;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import org.mdx.cli.intensity.IntegratedFiles;
import org.mdx.cli.terminal.CommonOptions;
import org.mdx.cli.terminal.OutputFolder;
import org.mdx.geometry.Geometry;
import org.mdx.io.cif.CifRows;
import org.mdx.io.cif.PetsCif;
import org.mdx.io.cif.UnmergedCif;
import org.mdx.io.mtz.UnmergedIntensities;
import org.mdx.io.mtz.UnmergedMtz;
import org.mdx.io.output.AtomicFile;
import org.mdx.io.text.ShelxHkl;
import org.mdx.io.text.ShelxInstructions;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Writes integrated intensities for other programs. */
@Command(
    name = "export",
    description = {
      "Write integrated intensities, not merged, for other programs:",
      "MTZ with batches (.mtz), SHELX HKLF 4 with the beginning of an instruction file (.hkl and"
          + " .ins), mmCIF (.cif), PETS (.cif_pets)."
    },
    mixinStandardHelpOptions = true,
    showDefaultValues = true)
public final class BraggExportCommand implements Callable<Integer> {

  private static final List<String> ENDINGS = List.of(".mtz", ".hkl", ".cif", ".cif_pets");

  @Mixin private CommonOptions common;

  @Parameters(
      paramLabel = "FILE",
      arity = "2..*",
      description = "integrated.expt and integrated.refl, of one sweep or of each of several.")
  private List<Path> files;

  @Option(
      names = {"-o", "--output"},
      paramLabel = "FILE",
      defaultValue = "integrated.mtz",
      description = "Where to write; the ending, .mtz, .hkl, .cif or .cif_pets, tells the format.")
  private Path output;

  @Override
  public Integer call() throws IOException {
    String name = output.toString().toLowerCase(Locale.ROOT);
    if (ENDINGS.stream().noneMatch(name::endsWith)) {
      throw common.usage("--output " + output + ": the ending must be one of " + ENDINGS);
    }
    IntegratedFiles input = IntegratedFiles.read(files);
    UnmergedIntensities rows = UnmergedIntensities.of(input.geometries(), input.reflections());
    OutputFolder.requireNotInterrupted();
    write(name, rows);
    rows.notes().forEach(common.out()::println);
    common.out().println("wrote " + output + ", " + rows.size() + " intensities");
    return 0;
  }

  private void write(String name, UnmergedIntensities rows) throws IOException {
    if (name.endsWith(".mtz")) {
      UnmergedMtz.write(output, rows);
    } else if (name.endsWith(".hkl")) {
      Path stem = output.getFileName();
      String text = stem.toString().substring(0, stem.toString().length() - ".hkl".length());
      Path instructions = output.resolveSibling(text + ".ins");
      AtomicFile.requireWritable(instructions);
      ShelxHkl.write(output, rows.indices(), rows.intensities(), rows.sigmas(), rows.batches());
      Geometry g = rows.geometries().get(0);
      ShelxInstructions.write(instructions, text, g.crystal().orElseThrow(), g.beam().wavelength());
      common.out().println("wrote " + instructions);
    } else {
      CifRows cif =
          new CifRows(
              rows.geometries(),
              rows.indices(),
              rows.intensities(),
              rows.sigmas(),
              rows.batches(),
              rows.angles());
      if (name.endsWith(".cif_pets")) {
        PetsCif.write(output, cif);
      } else {
        UnmergedCif.write(output, cif);
      }
    }
  }
}
