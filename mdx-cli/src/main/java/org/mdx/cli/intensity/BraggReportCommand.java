package org.mdx.cli.intensity;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import org.mdx.bragg.merge.MergeOptions;
import org.mdx.bragg.merge.Merged;
import org.mdx.bragg.merge.Merger;
import org.mdx.cli.terminal.CommonOptions;
import org.mdx.cli.terminal.JsonText;
import org.mdx.cli.terminal.OutputFolder;
import org.mdx.io.output.AtomicFile;
import org.mdx.markup.Html;
import org.mdx.reflection.Reflections;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Reports on scaled intensities. */
@Command(
    name = "report",
    description = {
      "Write the merging statistics of scaled intensities as report.json, with keys of"
          + " dials.report, and as a page."
    },
    mixinStandardHelpOptions = true,
    showDefaultValues = true)
public final class BraggReportCommand implements Callable<Integer> {

  @Mixin private CommonOptions common;

  @Parameters(
      paramLabel = "FILE",
      arity = "2..*",
      description = "scaled.expt and scaled.refl, of mdx or of DIALS.")
  private List<Path> files;

  @Option(
      names = "--shells",
      paramLabel = "N",
      defaultValue = "20",
      description = "Shells of resolution.")
  private int shells;

  @Option(
      names = "--d-min",
      paramLabel = "Å",
      defaultValue = "0",
      description = "Resolution; all if it is 0.")
  private double resolution;

  @Option(
      names = {"-o", "--output"},
      paramLabel = "FILE",
      defaultValue = "report.json",
      description = "Where to write the numbers.")
  private Path output;

  @Option(
      names = "--output-html",
      paramLabel = "FILE",
      defaultValue = "report.html",
      description = "Where to write the page.")
  private Path page;

  @Override
  public Integer call() throws IOException {
    AtomicFile.requireWritable(output);
    AtomicFile.requireWritable(page);
    MergeOptions options =
        common.checked(
            () -> MergeOptions.defaults().shells(shells).dMin(resolution).scaleErrors(false));
    IntegratedFiles input = IntegratedFiles.read(files);
    Merged merged = Merger.merge(input.geometries(), input.reflections(), options);
    OutputFolder.requireNotInterrupted();
    ScaledSweeps sweeps = ScaledSweeps.read(files, input.geometries());
    write(output, page, sweeps, input.reflections(), merged);
    common.out().println("wrote " + output + " and " + page);
    return 0;
  }

  static void write(Path json, Path page, ScaledSweeps sweeps, Reflections scaled, Merged merged)
      throws IOException {
    write(json, JsonText.of(ReportJson.of(merged, sweeps, scaled)));
    write(page, html(merged));
  }

  private static void write(Path file, String text) throws IOException {
    AtomicFile.write(file, out -> out.write(text.getBytes(StandardCharsets.UTF_8)));
  }

  private static String html(Merged merged) {
    Html h = Html.page("en");
    h.open("head").empty("meta", "charset", "utf-8");
    h.element("title", "Merging statistics").close();
    h.open("body").element("h1", "Merging statistics");
    h.element("p", merged.spaceGroup() + ", cell " + merged.cell());
    h.element("pre", merged.table());
    return h.close().finish();
  }
}
