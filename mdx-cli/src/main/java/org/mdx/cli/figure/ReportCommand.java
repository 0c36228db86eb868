package org.mdx.cli.figure;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import org.mdx.cli.file.ExportInput;
import org.mdx.cli.terminal.CommonOptions;
import org.mdx.crystal.Crystal;
import org.mdx.figures.gallery.DialsFigures;
import org.mdx.figures.gallery.MapFigures;
import org.mdx.figures.gallery.Residuals;
import org.mdx.figures.gallery.SweepFigures;
import org.mdx.figures.report.Provenance;
import org.mdx.figures.report.Report;
import org.mdx.figures.report.TableReport;
import org.mdx.io.MdxFormatException;
import org.mdx.io.input.SweepFiles;
import org.mdx.io.nexus.Mdx2;
import org.mdx.io.volume.CrystalSymmetry;
import org.mdx.io.volume.MapFile;
import org.mdx.io.volume.MapFormats;
import org.mdx.io.volume.TableFormats;
import org.mdx.map.Axis;
import org.mdx.scale.ScalingModel;
import org.mdx.table.HKLTable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Makes a report of results. */
@Command(
    name = "report",
    description = {
      "Make a page of the results of a reduction: a folder that reduce or demo left, or its files.",
      "Merged tables give properties, statistics and planes, scales.nxs the scaling models, scaled.expt the"
          + " scales of DIALS, maps their planes."
    },
    mixinStandardHelpOptions = true,
    showDefaultValues = true)
public final class ReportCommand implements Callable<Integer> {

  /** Parts of a report, by the names of mdx2's templates. */
  private static final List<String> TEMPLATES =
      List.of("map_statistics", "scaling_model", "visualization");

  private final List<Path> tables = new ArrayList<>();
  private final Map<Path, ScalingModel> models = new LinkedHashMap<>();
  private final List<Path> maps = new ArrayList<>();
  private final List<Path> lists = new ArrayList<>();
  private final List<Path> backgrounds = new ArrayList<>();

  /** Corrected tables of a folder of results by their models. */
  private final Map<Path, Path> corrected = new LinkedHashMap<>();

  @Mixin private CommonOptions common;

  @Parameters(
      arity = "1..*",
      paramLabel = "DIR|FILE",
      description = "Folder of results, or files. A template may come first, as for mdx2.report.")
  private List<Path> inputs;

  @Option(
      names = {"-o", "--output", "--out", "--outfile"},
      paramLabel = "FILE",
      defaultValue = ReportFile.NAME,
      description = "Page to write.")
  private Path out;

  @Option(
      names = "--template",
      paramLabel = "NAME",
      description = "Only one part: map_statistics, scaling_model or visualization.")
  private String template;

  @Option(
      names = "--geometry",
      paramLabel = "FILE",
      description =
          "geometry.nxs or .expt with the cell and the symmetry; of a folder its map.nxs has them.")
  private Path geometry;

  @Option(
      names = "--metadata",
      arity = "1..*",
      paramLabel = "NAME=VALUE",
      description = "Facts to write into the report, such as sample=lysozyme.")
  private Map<String, String> metadata;

  @Override
  public Integer call() throws IOException {
    takeTemplate();
    for (Path input : inputs) {
      if (Files.isDirectory(input)) {
        addFolder(input);
      } else {
        add(input);
      }
    }
    Map<String, String> facts = ReportFile.facts();
    facts.putAll(metadata == null ? Map.of() : metadata);
    List<String> names = inputs.stream().map(Path::toString).toList();
    String title = inputs.size() == 1 ? names.get(0) : inputs.size() + " files";
    Report report = Report.of(new Provenance(title, facts, names, common.commandText()));
    int sections = write(report);
    if (sections == 0) {
      throw new IllegalArgumentException(
          String.join(", ", names)
              + (template == null
                  ? ": nothing to report; give merged.nxs, scales.nxs, scaled.expt or a map"
                  : ": nothing for the template " + template));
    }
    new ReportFile(common, out).write(report.finish());
    common.out().println("wrote " + out);
    return 0;
  }

  private void takeTemplate() {
    if (template == null && TEMPLATES.contains(inputs.get(0).toString())) {
      template = inputs.get(0).toString();
      inputs = inputs.subList(1, inputs.size());
    }
    if (template != null && !TEMPLATES.contains(template)) {
      throw common.usage("--template " + template + ": choose of " + String.join(", ", TEMPLATES));
    }
    if (inputs.isEmpty()) {
      throw common.usage("name a folder of results or files");
    }
  }

  private boolean wants(String part) {
    return template == null || template.equals(part);
  }

  private void addFolder(Path folder) throws IOException {
    Path merged = folder.resolve("merged.nxs");
    Path map = folder.resolve("map.nxs");
    if (Files.exists(merged)) {
      tables.add(merged);
    }
    if (geometry == null && Files.exists(map)) {
      geometry = map;
    }
    try (Stream<Path> walk = Files.walk(folder, 2)) {
      for (Path file : walk.sorted().toList()) {
        String name = String.valueOf(file.getFileName());
        if (name.startsWith("scales") && name.endsWith(".nxs")) {
          models.put(file, Mdx2.readScales(file));
          Path observed = file.resolveSibling("corrected.nxs");
          if (name.equals("scales.nxs") && Files.exists(observed)) {
            corrected.put(file, observed);
          }
        } else if (name.equals("binned.nxs")) {
          backgrounds.add(file);
        } else if (name.equals("scaled.expt")) {
          lists.add(file);
        }
      }
    }
  }

  private void add(Path file) throws IOException {
    if (!Files.exists(file)) {
      throw new NoSuchFileException(file.toString(), null, "there is no such file or folder");
    }
    if (file.toString().endsWith(".expt")) {
      lists.add(file);
    } else if (TableFormats.of(file).isPresent()) {
      tables.add(file);
    } else {
      addModelOrMap(file);
    }
  }

  /** Looks for a model first: to readers of any HDF5 its arrays are maps. */
  private void addModelOrMap(Path file) throws IOException {
    boolean isMap = MapFormats.of(file).isPresent();
    try {
      ScalingModel model = Mdx2.readScales(file);
      if (!isMap || !model.terms().isEmpty()) {
        models.put(file, model);
        return;
      }
    } catch (MdxFormatException e) {
      if (!isMap) {
        throw e;
      }
    }
    maps.add(file);
  }

  private int write(Report report) throws IOException {
    int sections = 0;
    for (Path file : tables) {
      HKLTable table = ExportInput.read(file, null).table(true).table();
      Crystal crystal = crystal(file);
      if (wants("visualization")) {
        report.slices(TableReport.planes(table, crystal, common.parallel()));
        sections++;
      }
      if (wants("map_statistics")) {
        TableReport.statistics(report, table, crystal, common.parallel());
        sections++;
      }
    }
    for (Path file : maps) {
      if (wants("visualization")) {
        plane(report, file);
        sections++;
      }
    }
    if (!models.isEmpty() && wants("scaling_model")) {
      report.scaling(
          PlotInput.names(new ArrayList<>(models.keySet())), new ArrayList<>(models.values()));
      sections++;
    }
    if (tables.size() == 1 && !corrected.isEmpty() && wants("scaling_model")) {
      deviations(report);
      sections++;
    }
    if (!backgrounds.isEmpty() && template == null) {
      report.section("Background");
      for (Path file : backgrounds) {
        report.figures(List.of(SweepFigures.background(Mdx2.readBinned(file))));
      }
      sections++;
    }
    if (!lists.isEmpty() && wants("scaling_model")) {
      report.section("Scales of DIALS");
      report.figures(List.of(DialsFigures.scales(PlotScaling.sweeps(lists))));
      sections++;
    }
    return sections;
  }

  private void deviations(Report report) throws IOException {
    HKLTable merged = ExportInput.read(tables.get(0), null).table(true).table();
    List<HKLTable> observed = new ArrayList<>();
    for (Map.Entry<Path, Path> sweep : corrected.entrySet()) {
      HKLTable table = Mdx2.readTable(sweep.getValue());
      observed.add(models.get(sweep.getKey()).apply(table, common.parallel()));
    }
    Residuals residuals = Residuals.of(observed, merged);
    List<String> names = PlotInput.names(new ArrayList<>(corrected.values()));
    report.deviations(residuals, names);
  }

  private void plane(Report report, Path file) throws IOException {
    MapFile map = ExportInput.read(file, geometry).map("intensity", common.parallel());
    report.section(file.getFileName().toString());
    report.figures(
        List.of(
            MapFigures.plane(map.map(), Axis.L, 0, map.symmetry().requireCell("a picture"), null)));
  }

  private Crystal crystal(Path file) throws IOException {
    if (geometry == null) {
      throw new IllegalArgumentException(
          file + ": a merged table has no cell; give a geometry.nxs or .expt with --geometry");
    }
    if (SweepFiles.isHdf5(geometry) && MapFormats.of(geometry).isPresent()) {
      CrystalSymmetry symmetry = Mdx2.readMapSymmetry(geometry);
      return Crystal.ofRealSpaceAxes(
          symmetry.requireCell("statistics").reciprocal().inverse(),
          symmetry
              .spaceGroup()
              .orElseThrow(
                  () ->
                      new MdxFormatException(
                          geometry, "", "a space group", "none", "give another --geometry")));
    }
    return SweepFiles.crystal(geometry);
  }
}
