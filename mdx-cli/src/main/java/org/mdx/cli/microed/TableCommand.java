package org.mdx.cli.microed;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import org.mdx.cli.figure.ReportFile;
import org.mdx.cli.terminal.CommonOptions;
import org.mdx.figures.report.Provenance;
import org.mdx.io.MdxFormatException;
import org.mdx.io.output.AtomicFile;
import org.mdx.microed.results.MergingTable;
import org.mdx.microed.results.ResultTable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Lists what became of crystals. */
@Command(
    name = "table",
    description = {
      "List trials of crystals, the best resolution first: cell, symmetry, merging statistics.",
      "Or give the merging statistics of one dials.scale.log, for a spreadsheet."
    },
    mixinStandardHelpOptions = true,
    showDefaultValues = true)
public final class TableCommand implements Callable<Integer> {

  /** Kinds of output. */
  enum Format {
    /** A line for each trial. */
    TEXT,
    /** Comma-separated values. */
    CSV,
    /** JSON with the merging statistics. */
    JSON,
    /** A page that stands alone. */
    HTML
  }

  @Mixin private CommonOptions common;

  @Parameters(
      arity = "0..1",
      paramLabel = "PATH",
      defaultValue = ".",
      description =
          "Folder with crystals, of one crystal or of one trial; or a log of dials.scale.")
  private Path path;

  @Option(
      names = "--trial",
      paramLabel = "NAME",
      description = "Only trials of this name; several times for several.")
  private List<String> trials = List.of();

  @Option(
      names = "--cc",
      paramLabel = "X",
      defaultValue = "0.3",
      description = "Resolution ends where CC1/2 falls to this.")
  private double cc;

  @Option(
      names = "--format",
      paramLabel = "KIND",
      defaultValue = "TEXT",
      description = "${COMPLETION-CANDIDATES}.")
  private Format format;

  @Option(
      names = {"-o", "--output"},
      paramLabel = "FILE",
      description = "Write to this file, of the kind that its ending tells, rather than print.")
  private Path output;

  @Option(
      names = "--merging",
      description = "Merging statistics of the best trial, or of the log, separated by tabs.")
  private boolean merging;

  @Option(names = "--all-columns", description = "With --merging: leave out no column.")
  private boolean allColumns;

  @Option(
      names = "--as-text",
      description =
          "With --merging: cells as printed, after an apostrophe that makes spreadsheets keep"
              + " them.")
  private boolean asText;

  @Override
  public Integer call() throws IOException {
    if (!(cc > -1 && cc < 1)) {
      throw common.usage("--cc " + cc + ", must be between -1 and 1");
    }
    String text = Files.isRegularFile(path) ? log() : folder();
    if (output == null) {
      common.out().print(text);
      common.out().flush();
    } else {
      AtomicFile.write(output, out -> out.write(text.getBytes(StandardCharsets.UTF_8)));
      common.out().println("wrote " + output);
    }
    return 0;
  }

  private String log() throws IOException {
    String text = new String(Files.readAllBytes(path), StandardCharsets.UTF_8);
    return MergingTable.parse(text)
        .orElseThrow(
            () ->
                new MdxFormatException(
                    path,
                    "",
                    "merging statistics in shells, as dials.scale prints them",
                    "no heading with d_max, d_min and cc1/2",
                    ""))
        .toTabs(allColumns, asText);
  }

  private String folder() throws IOException {
    ResultTable table = ResultTable.read(path, trials, cc);
    if (merging) {
      return table.rows().stream()
          .flatMap(r -> r.merging().stream())
          .findFirst()
          .orElseThrow(() -> new IllegalArgumentException(path + ": no trial was scaled"))
          .toTabs(allColumns, asText);
    }
    return switch (kind()) {
      case TEXT -> table.rows().isEmpty() ? "no trials in " + path + "\n" : table.toText();
      case CSV -> table.toCsv();
      case JSON -> table.toJson();
      case HTML ->
          table.toHtml(
              new Provenance(
                  "Crystals in " + path.toAbsolutePath().normalize().getFileName(),
                  ReportFile.facts(),
                  List.of(path.toString()),
                  common.commandText()));
    };
  }

  private Format kind() {
    String name = output == null ? "" : output.getFileName().toString();
    for (Format f : Format.values()) {
      if (name.toUpperCase(Locale.ROOT).endsWith("." + f)) {
        return f;
      }
    }
    return format;
  }
}
