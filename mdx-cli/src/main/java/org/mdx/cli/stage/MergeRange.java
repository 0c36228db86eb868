package org.mdx.cli.stage;

import org.mdx.cli.terminal.CommonOptions;
import org.mdx.merge.MergePart;
import picocli.CommandLine.Option;

/** Which part of the voxels is merged. */
final class MergeRange {

  @Option(
      names = "--range",
      paramLabel = "I/N",
      description =
          "Merge the I-th of N parts of the voxels alone, on this machine: merged_part_I_of_N.nxs;"
              + " merge --join puts them together.")
  private String range;

  private int part = 1;
  private int parts = 1;

  /** Looks at the option. */
  void check(CommonOptions common) {
    if (range == null) {
      return;
    }
    String[] numbers = range.split("/", -1);
    try {
      part = Integer.parseInt(numbers[0].strip());
      parts = Integer.parseInt(numbers[1].strip());
      new MergePart(1, part, parts, 1);
    } catch (IllegalArgumentException | ArrayIndexOutOfBoundsException e) {
      throw common.usage("--range " + range + ": must be such as 2/5, the second part of five");
    }
  }

  boolean isPart() {
    return range != null;
  }

  int part() {
    return part;
  }

  int parts() {
    return parts;
  }

  /** What is merged of the first tables. */
  MergePart of(int tables) {
    return MergePart.whole(tables).part(part, parts);
  }
}
