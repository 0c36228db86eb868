package org.mdx.cli.figure;

import java.io.IOException;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.mdx.cli.terminal.CommonOptions;
import org.mdx.cli.terminal.VersionCommand;
import org.mdx.figures.gallery.ScalingFigures;
import org.mdx.figures.report.Provenance;
import org.mdx.figures.report.ReductionReport;
import org.mdx.figures.report.Report;
import org.mdx.figures.report.ReportExtras;
import org.mdx.io.output.AtomicFile;
import org.mdx.pipeline.Reduction;
import org.mdx.pipeline.ReductionOptions;
import org.mdx.scaling.Scaling;

/** Writes the reports that commands leave beside their results. */
public final class ReportFile {
  /** Its name in the folder of results. */
  public static final String NAME = "report.html";

  private final CommonOptions common;
  private final Path file;

  /**
   * A report.
   *
   * @param common of the command that leaves it
   * @param file to write
   */
  public ReportFile(CommonOptions common, Path file) {
    this.common = common;
    this.file = file;
  }

  /**
   * Writes the report of a reduction.
   *
   * @param result what was reduced
   * @param options how
   * @param names of its sweeps
   * @param extras what is shown beside it
   */
  public Path write(
      Reduction result, ReductionOptions options, List<String> names, ReportExtras extras)
      throws IOException {
    Map<String, String> facts = facts();
    facts.put("options", options.toString());
    Provenance from =
        new Provenance("Diffuse scattering of " + title(names), facts, names, common.commandText());
    write(ReductionReport.of(result, names, from, extras, common.parallel()));
    return file;
  }

  private static String title(List<String> names) {
    return names.size() == 1 ? names.get(0) : names.size() + " sweeps";
  }

  /**
   * Writes the report of a scaling.
   *
   * @param scaling the refinement
   * @param names of the tables
   */
  public void write(Scaling scaling, List<String> names) throws IOException {
    Provenance from =
        new Provenance("Scaling of " + title(names), facts(), names, common.commandText());
    Report report = Report.of(from);
    if (!scaling.cycles().isEmpty()) {
      report.section("Refinement");
      report.figures(List.of(ScalingFigures.chiSquare(scaling)));
    }
    write(report.scaling(names, scaling.models()).finish());
  }

  /** Writes a page. */
  void write(String page) throws IOException {
    AtomicFile.write(file, out -> out.write(page.getBytes(StandardCharsets.UTF_8)));
  }

  /**
   * What is known of every report.
   *
   * @return version, date, author, host, folder
   */
  public static Map<String, String> facts() {
    Map<String, String> facts = new LinkedHashMap<>();
    facts.put("mdx", VersionCommand.version());
    facts.put(
        "date",
        ZonedDateTime.now(ZoneOffset.UTC)
            .format(DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm 'UTC'")));
    facts.put("author", System.getProperty("user.name"));
    facts.put("host", host());
    facts.put("folder", Path.of("").toAbsolutePath().toString());
    facts.put("Java", Runtime.version().toString());
    return facts;
  }

  private static String host() {
    try {
      return InetAddress.getLocalHost().getHostName();
    } catch (UnknownHostException e) {
      return "not known";
    }
  }
}
