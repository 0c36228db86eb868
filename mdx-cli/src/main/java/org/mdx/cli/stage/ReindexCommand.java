package org.mdx.cli.stage;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.concurrent.Callable;
import org.mdx.cli.terminal.CommonOptions;
import org.mdx.cli.terminal.OutputFolder;
import org.mdx.cli.terminal.OutputNames;
import org.mdx.crystal.ChangeOfBasis;
import org.mdx.crystal.Crystal;
import org.mdx.crystal.SpaceGroup;
import org.mdx.io.dials.Dials;
import org.mdx.io.dials.ReflectionFile;
import org.mdx.io.input.SweepFiles;
import org.mdx.io.nexus.Mdx2;
import org.mdx.io.output.AtomicFile;
import org.mdx.reindex.IndexingAmbiguity;
import org.mdx.reindex.ReindexOptions;
import org.mdx.reindex.Reindexing;
import org.mdx.reindex.SweepSignal;
import org.mdx.reindex.SymmetryAgreement;
import org.mdx.reindex.TableReindexer;
import org.mdx.table.ColumnNames;
import org.mdx.table.HKLTable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Finds out which sweeps were indexed differently, and gives them the same axes. */
@Command(
    name = "reindex",
    description = {
      "Where the lattice is more symmetric than the intensities, find the operators that make sweeps"
          + " agree by the correlation of their intensities, and reindex tables and geometries; or"
          + " reindex by a given operator."
    },
    mixinStandardHelpOptions = true,
    showDefaultValues = true)
public final class ReindexCommand implements Callable<Integer> {

  private static final ChangeOfBasis INVERSION = ChangeOfBasis.of("-x,-y,-z");

  /** What is needed of a table to compare it. */
  private static final List<String> COMPARED =
      List.of(
          ColumnNames.INTENSITY,
          ColumnNames.INTENSITY_ERROR,
          ColumnNames.OP,
          ColumnNames.BACKGROUND_VARIANCE,
          ColumnNames.VARIANCE_PER_INTENSITY);

  @Mixin private CommonOptions common;

  @Parameters(
      arity = "1..*",
      paramLabel = "FILE",
      description =
          "corrected.nxs of correct, or of mdx2, one for each sweep; or with --op one or more .expt"
              + " and .refl.")
  private List<Path> files;

  @Option(
      names = "--geometry",
      arity = "1..*",
      paramLabel = "FILE",
      description =
          "geometry.nxs or .expt of each table, in the same order, to be reindexed alike; a single one"
              + " for several tables just tells cell and symmetry.")
  private List<Path> geometry;

  @Option(
      names = "--mask",
      arity = "1..*",
      paramLabel = "FILE",
      description =
          "mask.nxs of mask-peaks of each table, in the same order, to be reindexed alike.")
  private List<Path> mask;

  @Option(
      names = "--op",
      paramLabel = "TRIPLET",
      description =
          "Reindex all files by this operator, such as --op=-z,-y,-x: reindex_op of dials.cosym,"
              + " change_of_basis_op of dials.reindex.")
  private String operator;

  @Option(
      names = "--space-group",
      paramLabel = "NAME",
      description =
          "With --op and files of DIALS: the space group in the new axes, such as that of a setting"
              + " of mdx bravais.")
  private String group;

  @Option(
      names = "--tolerance",
      paramLabel = "DEGREES",
      defaultValue = "3",
      description = "Largest deviation of the lattice from a symmetry that counts.")
  private double tolerance;

  @Option(
      names = "--min-common",
      paramLabel = "N",
      defaultValue = "100",
      description = "Sweeps with fewer voxels in common are not compared.")
  private int minCommon;

  @Option(
      names = "--reference",
      paramLabel = "N",
      defaultValue = "0",
      description = "The sweep that keeps its indexing, counted from 0.")
  private int reference;

  @Option(
      names = "--report",
      paramLabel = "FILE",
      description = "Also write the report: as CSV if the name ends in .csv, else as text.")
  private Path report;

  @Option(
      names = {"-o", "--output", "--outfile"},
      arity = "1..*",
      paramLabel = "FILE",
      description =
          "Files to write the tables to, or the .expt. Default: reindexed.nxs beside each table;"
              + " reindexed_A.nxs, … for tables in one folder with names that end in _A, ….")
  private List<Path> outfile;

  @Override
  public Integer call() throws IOException {
    ReindexOptions options =
        common.checked(
            () ->
                ReindexOptions.defaults()
                    .tolerance(tolerance)
                    .minCommon(minCommon)
                    .reference(reference));
    ChangeOfBasis given = operator == null ? null : common.checked(this::givenOperator);
    if (group != null && (given == null || SweepFiles.isHdf5(files.get(0)))) {
      throw common.usage("--space-group goes with --op and files of DIALS");
    }
    boolean lists = !SweepFiles.isHdf5(files.get(0));
    for (Path file : files) {
      if (SweepFiles.isHdf5(file) == lists) {
        throw common.usage("give tables or experiment lists, not both; geometries with --geometry");
      }
    }
    if (lists) {
      return reindexLists(given);
    }
    if (given != null) {
      common.checked(() -> TableReindexer.of(given, SpaceGroup.ofNumber(1)));
    }
    requireMatching();
    List<Path> tables = common.checked(() -> OutputNames.of(files, outfile, f -> "reindexed.nxs"));
    List<Path> geometries = geometry.size() == files.size() ? geometryNames() : List.of();
    List<Path> masks =
        mask == null
            ? List.of()
            : common.checked(() -> OutputNames.of(mask, null, f -> "reindexed_mask.nxs"));
    List<ChangeOfBasis> operators = operators(given, options);
    for (int i = 0; i < files.size(); i++) {
      write(i, operators.get(i), tables, geometries, masks);
    }
    return 0;
  }

  private ChangeOfBasis givenOperator() {
    ChangeOfBasis t = ChangeOfBasis.of(operator);
    if (group == null) {
      // refuses what is no other choice of axes; that of another hand is for left-handed crystals
      TableReindexer.of(t.handedness() < 0 ? t.times(INVERSION) : t, SpaceGroup.ofNumber(1));
    }
    return t;
  }

  private List<Path> geometryNames() throws IOException {
    Set<Path> hdf5 = new HashSet<>();
    for (Path file : geometry) {
      if (SweepFiles.isHdf5(file)) {
        hdf5.add(file);
      }
    }
    return common.checked(
        () ->
            OutputNames.of(
                geometry,
                null,
                f -> hdf5.contains(f) ? "reindexed_geometry.nxs" : "reindexed.expt"));
  }

  private void requireMatching() {
    if (geometry == null) {
      throw common.usage("tables need --geometry: their cell and symmetry");
    }
    for (List<Path> list : mask == null ? List.of(geometry) : List.of(geometry, mask)) {
      if (list.size() != files.size() && (list == mask || list.size() != 1)) {
        throw common.usage(
            (list == mask ? "--mask" : "--geometry")
                + " with "
                + list.size()
                + " files for "
                + files.size()
                + " tables: give one for each, in the same order");
      }
    }
  }

  /** The operator of each table, given or found. */
  private List<ChangeOfBasis> operators(ChangeOfBasis given, ReindexOptions options)
      throws IOException {
    List<ChangeOfBasis> operators = new ArrayList<>();
    if (given != null) {
      for (int i = 0; i < files.size(); i++) {
        lists(given).requireSymmetry(crystal(i));
        operators.add(given);
      }
      return operators;
    }
    if (reference >= files.size()) {
      throw common.usage(
          "--reference " + reference + " of " + files.size() + " tables; they count from 0");
    }
    Reindexing found = find(options);
    common.out().print(found.toText());
    found.symmetryDoubts().forEach(doubt -> common.out().println("warning: " + doubt));
    if (report != null) {
      boolean csv = report.toString().toLowerCase(Locale.ROOT).endsWith(".csv");
      byte[] text = (csv ? found.toCsv() : found.toText()).getBytes(StandardCharsets.UTF_8);
      AtomicFile.write(report, out -> out.write(text));
    }
    for (int i = 0; i < files.size(); i++) {
      operators.add(found.operator(i));
    }
    return operators;
  }

  private Crystal crystal(int table) throws IOException {
    return SweepFiles.crystal(geometry.get(geometry.size() == 1 ? 0 : table));
  }

  private Reindexing find(ReindexOptions options) throws IOException {
    Crystal crystal = crystal(reference);
    IndexingAmbiguity ambiguity =
        IndexingAmbiguity.of(crystal.cell(), crystal.spaceGroup(), options);
    List<SweepSignal> signals = new ArrayList<>();
    for (int i = 0; i < files.size(); i++) {
      SpaceGroup group = crystal(i).spaceGroup();
      if (!group.laueGroup().equals(crystal.spaceGroup().laueGroup())) {
        throw new IllegalArgumentException(
            files.get(i)
                + ": space group "
                + group
                + ", that of the reference is "
                + crystal.spaceGroup()
                + "; their Laue groups must be the same");
      }
      OutputFolder.requireNotInterrupted();
      common.progress().advance("compare", i, files.size());
      signals.add(
          ambiguity.signal(files.get(i).toString(), Mdx2.readTable(files.get(i), COMPARED)));
    }
    common.progress().advance("compare", files.size(), files.size());
    return ambiguity.resolve(signals, common.parallel());
  }

  private void write(
      int i, ChangeOfBasis t, List<Path> tables, List<Path> geometries, List<Path> masks)
      throws IOException {
    SpaceGroup group = crystal(i).spaceGroup();
    HKLTable before = Mdx2.readTable(files.get(i));
    if (operator != null) {
      SymmetryAgreement.of(before, crystal(i).cell(), group)
          .doubt()
          .ifPresent(doubt -> common.out().println("warning: " + files.get(i) + ": " + doubt));
    }
    Mdx2.writeTable(tables.get(i), TableReindexer.of(t, group).apply(before, common.parallel()));
    wrote(t, tables.get(i));
    if (!geometries.isEmpty()) {
      Path file = geometry.get(i);
      if (SweepFiles.isHdf5(file)) {
        Mdx2.writeGeometry(geometries.get(i), Mdx2.readGeometry(file).reindexed(t, group));
      } else {
        Dials.write(geometries.get(i), lists(t).experiments(file));
      }
      wrote(t, geometries.get(i));
    }
    if (!masks.isEmpty()) {
      Mdx2.writeMask(masks.get(i), Mdx2.readMask(mask.get(i)).reindexed(t));
      wrote(t, masks.get(i));
    }
  }

  private void wrote(ChangeOfBasis t, Path file) {
    common.out().println("wrote " + file + ", reindexed by " + t);
  }

  private int reindexLists(ChangeOfBasis given) throws IOException {
    if (given == null) {
      throw common.usage(
          "experiment lists hold no intensities to compare; give --op, or tables and --geometry");
    }
    if (geometry != null || mask != null) {
      throw common.usage("--geometry and --mask go with tables");
    }
    Set<Path> tables = new HashSet<>();
    for (Path file : files) {
      if (ReflectionFile.recognizes(file)) {
        tables.add(file);
      }
    }
    List<Path> out = common.checked(() -> listNames(tables));
    ListReindexer reindexer = lists(given);
    List<Path> crystals = files.stream().filter(f -> !tables.contains(f)).toList();
    if (given.handedness() < 0 && !ListReindexer.areLeftHanded(crystals)) {
      throw common.usage(
          "operator "
              + given
              + " changes the hand of the axes; give it with all signs changed, which by Friedel's"
              + " law leads to the same intensities. The hand may change where an experiment list"
              + " of left-handed axes is given, alone or with its reflections");
    }
    for (int i = 0; i < files.size(); i++) {
      reindexer.write(files.get(i), out.get(i));
      wrote(given, out.get(i));
    }
    return 0;
  }

  /** A list and a table in one folder do not need names of their own. */
  private List<Path> listNames(Set<Path> tables) {
    if (files.size() == 2 && tables.size() == 1 && outfile == null) {
      return files.stream()
          .map(f -> f.resolveSibling(tables.contains(f) ? "reindexed.refl" : "reindexed.expt"))
          .toList();
    }
    return OutputNames.of(
        files, outfile, f -> tables.contains(f) ? "reindexed.refl" : "reindexed.expt");
  }

  private ListReindexer lists(ChangeOfBasis t) {
    return new ListReindexer(
        t, group == null ? null : common.checked(() -> SpaceGroup.parse(group)), tolerance);
  }
}
