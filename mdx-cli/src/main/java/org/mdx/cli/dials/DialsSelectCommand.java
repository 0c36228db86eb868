package org.mdx.cli.dials;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.stream.IntStream;
import org.mdx.cli.terminal.CommonOptions;
import org.mdx.io.dials.DialsData;
import org.mdx.io.dials.ImageRange;
import org.mdx.io.dials.ReflectionFile;
import org.mdx.io.dials.ReflectionTable;
import org.mdx.reflection.ReflectionFlag;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Some experiments, images and reflections of DIALS. */
@Command(
    name = "dials-select",
    description = {
      "Select experiments, images and reflections of an experiment list and its reflection table."
    },
    mixinStandardHelpOptions = true,
    showDefaultValues = true)
public final class DialsSelectCommand implements Callable<Integer> {

  @Mixin private CommonOptions common;

  @Parameters(
      arity = "1..2",
      paramLabel = "FILE",
      description = "An .expt, a .refl, or both that belong together.")
  private List<Path> files;

  @Option(
      names = "--experiments",
      split = ",",
      paramLabel = "N",
      description = "Experiments to keep, in the order wanted, such as 0,2. Default: all.")
  private List<Integer> experiments;

  @Option(
      names = "--images",
      split = ",",
      paramLabel = "FIRST:LAST",
      description =
          "Images to keep, such as 1:60, of all experiments that are kept; or 1:60,11:60, one range"
              + " for each. Default: all.")
  private List<String> images;

  @Option(
      names = "--flags",
      split = ",",
      paramLabel = "NAME",
      description = "Keep reflections that have all of these flags, such as integrated.")
  private List<String> flags = List.of();

  @Option(
      names = "--without-flags",
      split = ",",
      paramLabel = "NAME",
      description = "Leave out reflections that have any of these flags, such as bad_spot.")
  private List<String> withoutFlags = List.of();

  @Option(
      names = {"-o", "--output"},
      paramLabel = "NAME",
      defaultValue = "selected",
      description = "Writes NAME.expt and NAME.refl.")
  private String output;

  @Override
  public Integer call() throws IOException {
    ReflectionFlag[] with = common.checked(() -> flags(flags));
    ReflectionFlag[] without = common.checked(() -> flags(withoutFlags));
    List<ImageRange> ranges =
        common.checked(() -> images == null ? null : images.stream().map(ImageRange::of).toList());
    DialsFiles input = DialsFiles.of(files);
    if (input.lists().isEmpty()) {
      tableOnly(input, with, without);
      return 0;
    }
    if (input.tables().isEmpty() && with.length + without.length > 0) {
      throw common.usage("--flags needs a reflection table");
    }
    DialsData data = input.read().get(0);
    if (experiments != null) {
      data = data.select(rows(data.experiments().size()));
    }
    if (ranges != null) {
      int n = data.experiments().size();
      data = data.slice(ranges.size() == 1 ? Collections.nCopies(n, ranges.get(0)) : ranges);
    }
    ReflectionTable table = data.reflections();
    DialsFiles.write(
        output, data.experiments(), table == null ? null : flagged(table, with, without), common);
    return 0;
  }

  private void tableOnly(DialsFiles input, ReflectionFlag[] with, ReflectionFlag[] without)
      throws IOException {
    if (input.tables().size() != 1 || images != null) {
      throw common.usage("give one .expt with one .refl; --images needs both");
    }
    ReflectionTable table = ReflectionFile.read(input.tables().get(0));
    if (experiments != null) {
      table = table.whereExperiments(experiments.stream().mapToLong(i -> i).toArray());
    }
    DialsFiles.write(output, null, flagged(table, with, without), common);
  }

  private int[] rows(int size) {
    for (int i : experiments) {
      if (i < 0 || i >= size) {
        throw new IllegalArgumentException(
            "there is no experiment " + i + "; there are " + size + ", counted from 0");
      }
    }
    return experiments.stream().flatMapToInt(IntStream::of).toArray();
  }

  private static ReflectionFlag[] flags(List<String> names) {
    return names.stream().map(ReflectionFlag::of).toArray(ReflectionFlag[]::new);
  }

  private static ReflectionTable flagged(
      ReflectionTable table, ReflectionFlag[] with, ReflectionFlag[] without) {
    return with.length + without.length == 0
        ? table
        : table.whereFlagged(with).whereNotFlagged(without);
  }
}
