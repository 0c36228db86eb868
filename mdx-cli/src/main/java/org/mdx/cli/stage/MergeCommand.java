package org.mdx.cli.stage;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import org.mdx.cli.terminal.CommonOptions;
import org.mdx.cli.terminal.Compatibility;
import org.mdx.cli.terminal.JsonText;
import org.mdx.cli.value.SplitName;
import org.mdx.crystal.CellTolerance;
import org.mdx.crystal.Crystal;
import org.mdx.io.input.SweepFiles;
import org.mdx.io.nexus.Mdx2;
import org.mdx.io.nexus.MergedParts;
import org.mdx.io.scratch.ScratchSpace;
import org.mdx.merge.ErrorModel;
import org.mdx.merge.MergeInput;
import org.mdx.merge.MergeOptions;
import org.mdx.merge.Merged;
import org.mdx.merge.Merger;
import org.mdx.merge.Split;
import org.mdx.reindex.SymmetryAgreement;
import org.mdx.table.HKLTable;
import org.mdx.table.SpillingTables;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Merges corrected intensities of one or more sweeps. */
@Command(
    name = "merge",
    description = {
      "Merge the corrected intensities of one or more sweeps, on one scale if there are models.",
      "The tables are read once, however many merges are made of them."
    },
    mixinStandardHelpOptions = true,
    showDefaultValues = true)
public final class MergeCommand implements Callable<Integer> {

  @Mixin private CommonOptions common;
  @Mixin private Compatibility compatibility;
  @Mixin private ScalingFiles scales;
  @Mixin private CellToleranceOption cellTolerance;
  @Mixin private MemoryOptions memory;
  @Mixin private MergeRange range;

  @Parameters(
      arity = "1..*",
      paramLabel = "HKL",
      description = "corrected.nxs of correct, or of mdx2; one for each sweep.")
  private List<Path> hkl;

  @Option(
      names = "--outlier",
      paramLabel = "SIGMA",
      description = "Leave out observations farther from the merged value, and merge again.")
  private Double outlier;

  @Option(
      names = "--split",
      paramLabel = "KIND",
      converter = SplitName.class,
      defaultValue = "none",
      description =
          "Merge two halves apart as well: random (mdx2: randomHalf), weighted"
              + " (weightedRandomHalf), friedel.")
  private Split split;

  @Option(
      names = "--seed",
      paramLabel = "N",
      defaultValue = "0",
      description = "Another seed gives other random halves.")
  private long seed;

  @Option(
      names = "--error-model",
      paramLabel = "MODEL",
      defaultValue = "EXPECTED",
      description =
          "Weights from the counts expected of a voxel (expected), or from the errors in the tables"
              + " (counted; so always with --mdx2-compatible, or where the tables do not tell).")
  private ErrorModel errorModel;

  @Option(
      names = "--geometry",
      paramLabel = "FILE",
      description =
          "geometry.nxs or .expt with the symmetry: a warning if the intensities do not have it;"
              + " needed to split by friedel.")
  private Path geometry;

  @Option(
      names = "--per-sweep",
      description = "Merge each sweep apart as well: merged_sweep_0.nxs, merged_sweep_1.nxs, ….")
  private boolean perSweep;

  @Option(
      names = "--partial",
      paramLabel = "N,N,…",
      split = ",",
      description =
          "Merge the first N sweeps as well, for each of these numbers: merged_first_1.nxs,"
              + " merged_first_2.nxs, ….")
  private List<Integer> partial = List.of();

  @Option(
      names = "--join",
      description = "Put the parts of merge --range together: give their files in place of HKL.")
  private boolean join;

  @Option(names = "--json", description = "Print the numbers of each merge as JSON.")
  private boolean json;

  private final List<Map<String, Object>> merges = new ArrayList<>();

  /** How far each table has the symmetry, if that was given. */
  private final List<SymmetryAgreement> agreements = new ArrayList<>();

  @Option(
      names = {"-o", "--output", "--outfile"},
      paramLabel = "FILE",
      defaultValue = "merged.nxs",
      description = "File to write the merged intensities to; other merges lie beside it.")
  private Path outfile;

  @Override
  public Integer call() throws IOException {
    MergeOptions options = common.checked(this::options);
    if (split == Split.FRIEDEL && geometry == null) {
      throw common.usage("--split friedel needs the symmetry: give --geometry");
    }
    CellTolerance tolerance = common.checked(cellTolerance::get);
    Crystal crystal = geometry == null ? null : SweepFiles.crystal(geometry);
    Merger merger =
        split == Split.FRIEDEL
            ? Merger.of(options, crystal.spaceGroup().laueGroup())
            : Merger.of(options);
    merger = merger.cellTolerance(tolerance);
    if (join) {
      return joined();
    }
    scales.requireFor(hkl.size(), common);
    memory.check(common);
    range.check(common);
    requirePartial();
    try (MemoryOptions open = memory) {
      ScratchSpace space = open.space(outfile.toAbsolutePath().getParent());
      SpillingTables store = new SpillingTables(space);
      MergeInput input = merger.input(store);
      for (int i = 0; i < hkl.size(); i++) {
        HKLTable table = scales.read(hkl.get(i), i, common, compatibility.conventions());
        input.add(table);
        if (crystal != null) {
          agreements.add(SymmetryAgreement.of(table, crystal.cell(), crystal.spaceGroup()));
        }
        if (perSweep) {
          report(merger.merge(List.of(table), common.parallel()), i, 1, beside("_sweep_" + i));
        }
      }
      long most = store.isInMemory() ? Long.MAX_VALUE : space.rowsAtATime();
      Path file = range.isPart() ? MergedParts.file(outfile, range.part(), range.parts()) : outfile;
      List<Map<String, Object>> single = new ArrayList<>(merges);
      merges.clear();
      report(
          input.merge(range.of(hkl.size()).mostRows(most), common.parallel()), 0, hkl.size(), file);
      merges.addAll(single);
      for (int n : partial) {
        report(
            input.merge(range.of(n).mostRows(most), common.parallel()),
            0,
            n,
            beside("_first_" + n));
      }
    }
    if (json) {
      common.out().println(JsonText.of(merges));
    }
    return 0;
  }

  private int joined() throws IOException {
    HKLTable whole = MergedParts.join(hkl);
    Mdx2.writeTable(outfile, whole);
    common.out().println(whole.rows() + " voxels of " + hkl.size() + " parts");
    common.out().println("wrote " + outfile);
    return 0;
  }

  private void report(Merged merged, int first, int sweeps, Path file) throws IOException {
    Mdx2.writeTable(file, merged.table());
    List<String> warnings = new ArrayList<>(merged.doubt().stream().toList());
    for (int i = first; i < first + sweeps && i < agreements.size(); i++) {
      Path table = hkl.get(i);
      agreements.get(i).doubt().ifPresent(doubt -> warnings.add(table + ": " + doubt));
    }
    if (json) {
      Map<String, Object> numbers = new LinkedHashMap<>();
      numbers.put("file", file.toString());
      numbers.put("sweeps", sweeps);
      numbers.putAll(MergedJson.of(merged));
      numbers.put("warnings", warnings);
      merges.add(numbers);
      return;
    }
    common.out().println(merged);
    warnings.forEach(warning -> common.out().println("warning: " + warning));
    common.out().println("wrote " + file);
  }

  private void requirePartial() {
    for (int n : partial) {
      if (n < 1 || n > hkl.size()) {
        throw common.usage(
            "--partial " + n + ": there are " + hkl.size() + " sweeps; give 1 to " + hkl.size());
      }
    }
  }

  /** The name of the output with something between stem and suffix. */
  private Path beside(String infix) {
    String name = outfile.getFileName().toString();
    int dot = name.lastIndexOf('.') > 0 ? name.lastIndexOf('.') : name.length();
    return outfile.resolveSibling(name.substring(0, dot) + infix + name.substring(dot));
  }

  private MergeOptions options() {
    return MergeOptions.defaults()
        .outlier(outlier == null ? Double.POSITIVE_INFINITY : outlier)
        .split(split)
        .seed(seed)
        .errorModel(errorModel)
        .conventions(compatibility.conventions());
  }
}
