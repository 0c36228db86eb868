package org.mdx.cli;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import org.mdx.crystal.LaueGroup;
import org.mdx.io.nexus.Mdx2;
import org.mdx.merge.MergeOptions;
import org.mdx.merge.Merged;
import org.mdx.merge.Merger;
import org.mdx.merge.Split;
import org.mdx.table.HKLTable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Merges corrected intensities of one or more sweeps. */
@Command(
    name = "merge",
    description = "Merge the corrected intensities of one or more sweeps.",
    mixinStandardHelpOptions = true,
    showDefaultValues = true)
final class MergeCommand implements Callable<Integer> {

  @Mixin private CommonOptions common;
  @Mixin private Compatibility compatibility;

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
      names = "--geometry",
      paramLabel = "FILE",
      description = "geometry.nxs or .expt with the symmetry; needed to split by friedel.")
  private Path geometry;

  @Option(
      names = "--outfile",
      paramLabel = "FILE",
      defaultValue = "merged.nxs",
      description = "Where to write the merged intensities.")
  private Path outfile;

  @Override
  public Integer call() throws IOException {
    MergeOptions options = common.checked(this::options);
    if (split == Split.FRIEDEL && geometry == null) {
      throw common.usage("--split friedel needs the symmetry: give --geometry");
    }
    Merger merger =
        split == Split.FRIEDEL
            ? Merger.of(
                options, determinants(SweepFiles.crystal(geometry).spaceGroup().laueGroup()))
            : Merger.of(options);
    List<HKLTable> tables = new ArrayList<>();
    for (Path file : hkl) {
      tables.add(Mdx2.readTable(file));
    }
    Merged merged = merger.merge(tables, common.parallel());
    Mdx2.writeTable(outfile, merged.table());
    common.out().println(merged);
    common.out().println("wrote " + outfile);
    return 0;
  }

  private MergeOptions options() {
    return MergeOptions.DEFAULT
        .outlier(outlier == null ? Double.POSITIVE_INFINITY : outlier)
        .split(split)
        .seed(seed)
        .mdx2Compatible(compatibility.isOn());
  }

  private static double[] determinants(LaueGroup laue) {
    double[] determinants = new double[laue.order()];
    for (int n = 0; n < determinants.length; n++) {
      determinants[n] = laue.determinant(n);
    }
    return determinants;
  }
}
