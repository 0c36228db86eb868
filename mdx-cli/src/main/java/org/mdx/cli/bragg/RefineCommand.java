package org.mdx.cli.bragg;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import org.mdx.bragg.refine.CrystalAtImage;
import org.mdx.bragg.refine.RefineOptions;
import org.mdx.bragg.refine.RefineParameter;
import org.mdx.bragg.refine.Refined;
import org.mdx.bragg.refine.RefinedParameter;
import org.mdx.bragg.refine.Refiner;
import org.mdx.bragg.refine.ScanBlock;
import org.mdx.cli.terminal.CommonOptions;
import org.mdx.cli.terminal.JsonText;
import org.mdx.cli.terminal.NumberIfGiven;
import org.mdx.cli.terminal.OutputFolder;
import org.mdx.crystal.UnitCell;
import org.mdx.io.dials.Dials;
import org.mdx.io.dials.DialsExperiment;
import org.mdx.io.dials.ReflectionFile;
import org.mdx.io.output.AtomicFile;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Refines the geometry of indexed sweeps. */
@Command(
    name = "refine",
    description = {
      "Refine detector, beam and crystal against indexed spots, as dials.refine does.",
      "Experiments that have equal models share them. DIALS and mdx go on from refined.expt and"
          + " refined.refl."
    },
    mixinStandardHelpOptions = true,
    showDefaultValues = true)
public final class RefineCommand implements Callable<Integer> {

  private static final String[] BOTH = {"orientation", "cell"};

  @Mixin private CommonOptions common;

  @Parameters(
      paramLabel = "FILE",
      arity = "2",
      description = "indexed.expt and indexed.refl, of one or several sweeps.")
  private List<Path> files;

  @Option(
      names = "--fix",
      paramLabel = "NAME",
      arity = "1..*",
      parameterConsumer = ParameterNames.class,
      description =
          "Keep these: distance, shifts, tau-normal, tilts, mu1, mu2, wavenumber, orientation,"
              + " cell, goniometer.")
  private List<String> fixed = List.of();

  @Option(
      names = "--free",
      paramLabel = "NAME",
      arity = "1..*",
      parameterConsumer = ParameterNames.class,
      description =
          "Refine these too. Fixed by default: mu1, wavenumber, goniometer; with electrons"
              + " distance and tilts.")
  private List<String> freed = List.of();

  @Option(
      names = "--varying",
      paramLabel = "NAME",
      arity = "0..*",
      parameterConsumer = ParameterNames.class,
      description =
          "What of the crystal changes along the scan: orientation, cell, both; or none. By default"
              + " both, with electrons the orientation.")
  private List<String> varying;

  @Option(
      names = "--interval",
      paramLabel = "DEGREES",
      description = "Between values of what changes along the scan; 5 by default.")
  private Double interval;

  @Option(
      names = "--beam-drift",
      paramLabel = "DEGREES",
      arity = "0..1",
      fallbackValue = "1",
      preprocessor = NumberIfGiven.class,
      description =
          "Let the beam change its direction along the scan, with a value every so many degrees (1"
              + " if not given). The detector stays as a fit without drift has it.")
  private Double beamDrift;

  @Option(
      names = "--panels",
      paramLabel = "GROUPS",
      description =
          "Panels that move as one: each, or groups such as 0-3,4-7 (numbers from 0, '+' joins: 0+2)."
              + " By default all move as one.")
  private String panels;

  @Option(
      names = "--one-instrument",
      description = "All sweeps have the detector and the beam of the first.")
  private boolean oneInstrument;

  @Option(
      names = "--dials-compatible",
      description = "Weights 1/variance without floors and Student's t, as DIALS.")
  private boolean dialsCompatible;

  @Option(
      names = "--output-experiments",
      paramLabel = "FILE",
      defaultValue = "refined.expt",
      description = "Where to write the experiment list.")
  private Path experimentsFile;

  @Option(
      names = {"-o", "--output"},
      paramLabel = "FILE",
      defaultValue = "refined.refl",
      description = "Where to write the reflections.")
  private Path output;

  @Option(names = "--json", description = "Print the numbers as JSON.")
  private boolean json;

  @Override
  public Integer call() throws IOException {
    AtomicFile.requireWritable(experimentsFile);
    RefineOptions options = common.checked(this::options);
    IndexedFiles input = IndexedFiles.read(files);
    if (panels != null) {
      options = options.panelGroups(PanelGroups.parse(panels, input.panels()));
    }
    Refined refined =
        Refiner.refine(input.geometries(), input.reflections(), options, common.parallel());
    OutputFolder.requireNotInterrupted();
    List<DialsExperiment> rows = AxisOutput.placed(input.experiments(), refined.geometries());
    Dials.write(experimentsFile, rows);
    ReflectionFile.write(output, refined.reflections());
    if (json) {
      common.out().println(JsonText.of(numbers(refined)));
    } else {
      common.out().print(refined.table());
      common.out().println("wrote " + experimentsFile + " and " + output);
    }
    return 0;
  }

  private RefineOptions options() {
    RefineOptions o = RefineOptions.defaults().oneInstrument(oneInstrument);
    if (dialsCompatible) {
      o = o.dialsCompatible();
    }
    if (varying != null) {
      o =
          o.varying(
              varying.stream()
                  .filter(n -> !n.equals("none"))
                  .flatMap(n -> Stream.of(n.equals("both") ? BOTH : new String[] {n}))
                  .map(RefineParameter::of)
                  .toArray(RefineParameter[]::new));
    }
    if (interval != null) {
      o = o.interval(interval);
    }
    if (beamDrift != null) {
      o = o.beamDrift(requireAbove(beamDrift));
    }
    for (String name : fixed) {
      if (freed.contains(name)) {
        throw new IllegalArgumentException("--fix and --free both name " + name);
      }
      o = o.fix(RefineParameter.of(name));
    }
    for (String name : freed) {
      o = o.free(RefineParameter.of(name));
    }
    return o;
  }

  private static double requireAbove(double degrees) {
    if (!(degrees > 0)) {
      throw new IllegalArgumentException("--beam-drift " + degrees + ", must be above 0");
    }
    return degrees;
  }

  private static Map<String, Object> numbers(Refined r) {
    Map<String, Object> map = new LinkedHashMap<>();
    map.put("used", r.used());
    map.put("outliers", r.outliers());
    map.put("floor_px", r.floorPixels());
    map.put("floor_frames", r.floorFrames());
    map.put("converged", r.isConverged());
    map.put("warnings", r.warnings());
    List<Object> cells = new ArrayList<>();
    for (int i = 0; i < r.geometries().size(); i++) {
      UnitCell c = r.geometries().get(i).crystal().orElseThrow().cell();
      Map<String, Object> m = new LinkedHashMap<>();
      m.put("unit_cell", List.of(c.a(), c.b(), c.c(), c.alpha(), c.beta(), c.gamma()));
      m.put("sigma", list(r.cellSigmas(i)));
      m.put("covariance", list(r.cellCovariance(i)));
      cells.add(m);
    }
    map.put("crystals", cells);
    map.put("parameters", r.parameters().stream().map(RefineCommand::numbers).toList());
    map.put(
        "strong_correlations",
        r.strongCorrelations().stream()
            .map(
                c ->
                    Map.of(
                        "parameters",
                        List.of(c.first().name(), c.second().name()),
                        "models",
                        List.of(c.first().model(), c.second().model()),
                        "correlation",
                        c.correlation()))
            .toList());
    map.put("along_scan", r.alongScan().stream().map(RefineCommand::numbers).toList());
    map.put("sweeps", r.sweeps().stream().map(RefineCommand::numbers).toList());
    map.put("blocks", r.blocks().stream().map(RefineCommand::numbers).toList());
    return map;
  }

  private static Map<String, Object> numbers(RefinedParameter p) {
    Map<String, Object> m = new LinkedHashMap<>();
    m.put("name", p.name());
    m.put("group", p.group().toString());
    m.put("model", p.model());
    m.put("unit", p.unit());
    m.put("change", p.change());
    m.put("sigma", finite(p.sigma()));
    return m;
  }

  private static Map<String, Object> numbers(CrystalAtImage c) {
    UnitCell u = c.cell();
    Map<String, Object> m = new LinkedHashMap<>();
    m.put("sweep", c.sweep());
    m.put("image", c.image());
    m.put("rotation_mrad", c.rotation());
    m.put("rotation_sigma", c.rotationSigmas().stream().map(RefineCommand::finite).toList());
    m.put("unit_cell", List.of(u.a(), u.b(), u.c(), u.alpha(), u.beta(), u.gamma()));
    m.put("unit_cell_sigma", c.cellSigmas().stream().map(RefineCommand::finite).toList());
    if (!c.beam().isEmpty()) {
      m.put("beam_mrad", c.beam());
      m.put("beam_sigma", c.beamSigmas().stream().map(RefineCommand::finite).toList());
    }
    return m;
  }

  private static Map<String, Object> numbers(ScanBlock b) {
    Map<String, Object> m = new LinkedHashMap<>();
    m.put("sweep", b.sweep());
    m.put("images", List.of(b.firstImage(), b.lastImage()));
    m.put("reflections", b.reflections());
    m.put("rmsd_x_px", finite(b.rmsdX()));
    m.put("rmsd_y_px", finite(b.rmsdY()));
    m.put("rmsd_frames", finite(b.rmsdFrames()));
    return m;
  }

  private static List<Object> list(double[] values) {
    List<Object> out = new ArrayList<>();
    for (double v : values) {
      out.add(finite(v));
    }
    return out;
  }

  /** JSON has no NaN. */
  static Double finite(double x) {
    return Double.isFinite(x) ? x : null;
  }
}
