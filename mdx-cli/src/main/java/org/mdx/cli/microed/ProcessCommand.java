package org.mdx.cli.microed;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.mdx.cli.terminal.CommonOptions;
import org.mdx.microed.process.Movie;
import org.mdx.microed.process.ProcessOptions;
import org.mdx.microed.process.Processing;
import org.mdx.microed.process.ReportJson;
import org.mdx.microed.process.TrialReport;
import org.mdx.microed.process.TrialStatus;
import org.mdx.microed.process.Values;
import org.mdx.microed.process.engine.StepEngine;
import org.mdx.microed.process.pipeline.Pipeline;
import org.mdx.microed.process.pipeline.SiteConfig;
import org.mdx.microed.trials.Engines;
import org.mdx.parallel.Progress;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Runs trials of crystals. */
@Command(
    name = "process",
    description = {
      "Run trials of crystals, from movies to scaled intensities: per crystal a folder, in it one for"
          + " each trial.",
      "Finished steps are skipped, interrupted ones go on; docs/microed.md tells more."
    },
    mixinStandardHelpOptions = true,
    showDefaultValues = true)
public final class ProcessCommand implements Callable<Integer> {

  /** Movies that are converted before DIALS reads them. */
  enum Conversion {
    /** Those that DIALS does not read without an extension. */
    AUTO,
    /** All. */
    MRC,
    /** None. */
    NONE
  }

  /** Who does the steps. */
  enum Engine {
    /** This program. */
    NATIVE,
    /** DIALS. */
    DIALS
  }

  @Mixin private CommonOptions common;
  @Mixin private InstrumentValues instrument;

  @Parameters(
      arity = "1..*",
      paramLabel = "MOVIE",
      description = "Files, templates such as xtal1_#####.cbf, or folders with one sweep each.")
  private List<Path> paths;

  @Option(
      names = "--work",
      paramLabel = "DIR",
      defaultValue = ".",
      description = "Folder in which each crystal gets one.")
  private Path work;

  @Option(
      names = "--trial",
      paramLabel = "NAME",
      description =
          "P1, mP (with --space-group and --unit-cell), wedge, or one of --config; several times"
              + " for several, in this order. Default: P1.")
  private List<String> trials = List.of("P1");

  @Option(
      names = "--config",
      paramLabel = "FILE",
      description = "TOML with values and trials of the site.")
  private Path config;

  @Option(
      names = "--convert",
      paramLabel = "KIND",
      defaultValue = "AUTO",
      description =
          "Write movies as MRC before they are read: ${COMPLETION-CANDIDATES}. AUTO does so with"
              + " Velox EMD and TIFF if DIALS is to read them.")
  private Conversion convert;

  @Option(
      names = "--wedge",
      paramLabel = "N",
      arity = "0..1",
      fallbackValue = "0",
      description =
          "Each trigger of the detector, N images, is a crystal of its own, NAME-000 and so on;"
              + " without a number the file tells it.")
  private Integer wedge;

  @Option(
      names = "--jobs",
      paramLabel = "N",
      description = "Crystals at a time; the programs share --threads. Default: all processors.")
  private Integer jobs;

  @Option(
      names = "--timeout",
      paramLabel = "MINUTES",
      defaultValue = "120",
      description = "A program that takes longer is ended, and its trial has failed.")
  private double timeout;

  @Option(
      names = "--engine",
      paramLabel = "NAME",
      description =
          "Who does the steps: ${COMPLETION-CANDIDATES}. Default: NATIVE, this program, which needs"
              + " no other; DIALS if --dials is given.")
  private Engine engine;

  @Option(
      names = "--dials",
      paramLabel = "DIR",
      description = "Folder of the programs of DIALS; otherwise those on the PATH.")
  private Path dials;

  @Option(names = "--force", description = "Do again what is done.")
  private boolean force;

  @Option(names = "--retry", description = "Do again what has failed.")
  private boolean retry;

  @Option(names = "--dry-run", description = "Print the command lines and run nothing.")
  private boolean dryRun;

  @Option(names = "--json", description = "Print what became of the trials as JSON.")
  private boolean json;

  @Override
  public Integer call() throws IOException, InterruptedException {
    SiteConfig site = config == null ? SiteConfig.standard() : SiteConfig.read(config);
    Values values = instrument.over(Values.none().withAll(site.values()), common);
    boolean own = engine == null ? dials == null : engine == Engine.NATIVE;
    List<Pipeline> pipelines =
        common.checked(
            () -> trials.stream().map(site::trial).map(t -> own ? t.ofNativeSteps() : t).toList());
    List<Movie> movies = new ArrayList<>();
    List<Movie> converted = new ArrayList<>();
    for (Path p : paths) {
      Movie movie = Movie.of(p);
      boolean converts =
          convert == Conversion.MRC
              || convert == Conversion.AUTO && !own && movie.needsConversion();
      Movie source = instrument.calibrated(converts ? movie.withHeader() : movie, common);
      (converts ? converted : movies)
          .addAll(wedge == null ? List.of(source) : source.wedges(wedge));
    }
    List<TrialReport> reports = new ArrayList<>();
    Progress.Counter done =
        common
            .progress()
            .counter("process", (long) (movies.size() + converted.size()) * pipelines.size());
    List<StepEngine> engines =
        own
            ? Engines.ofThisProject(Optional.ofNullable(dials))
            : Engines.dials(Optional.ofNullable(dials));
    ProcessOptions options = options(pipelines, values, engines, movies.size() + converted.size());
    run(options, movies, reports, done);
    run(
        options.trials(pipelines.stream().map(Pipeline::converting).toList()),
        converted,
        reports,
        done);
    if (!dryRun) {
      print(reports);
    }
    return reports.stream().anyMatch(r -> r.status() == TrialStatus.FAILED) ? 1 : 0;
  }

  private ProcessOptions options(
      List<Pipeline> pipelines, Values values, List<StepEngine> engines, int crystals) {
    int threads = common.parallel().threads();
    int parallel = jobs == null ? Math.min(threads, Math.max(1, crystals)) : jobs;
    return common.checked(
        () ->
            ProcessOptions.of(work, pipelines, engines)
                .values(values)
                .parallel(parallel, Math.max(1, threads / Math.max(1, parallel)))
                .timeout(Duration.ofMillis(Math.round(timeout * 60_000)))
                .again(force, retry));
  }

  private void run(
      ProcessOptions options, List<Movie> movies, List<TrialReport> reports, Progress.Counter done)
      throws IOException, InterruptedException {
    if (movies.isEmpty()) {
      return;
    }
    if (dryRun) {
      for (Movie m : movies) {
        Processing.plan(options, m).forEach(common.out()::println);
      }
      return;
    }
    reports.addAll(
        Processing.of(options)
            .run(
                movies,
                r -> {
                  done.advance();
                  if (!json) {
                    common.out().println(r);
                  }
                }));
  }

  private void print(List<TrialReport> reports) {
    if (json) {
      common.out().println(ReportJson.of(reports));
      return;
    }
    Map<TrialStatus, Integer> counts = new EnumMap<>(TrialStatus.class);
    reports.forEach(r -> counts.merge(r.status(), 1, Integer::sum));
    List<String> parts = new ArrayList<>();
    counts.forEach((status, n) -> parts.add(n + " " + status));
    common.out().println(reports.size() + " trials: " + String.join(", ", parts));
  }
}
