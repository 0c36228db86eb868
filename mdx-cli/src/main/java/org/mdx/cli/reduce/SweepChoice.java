package org.mdx.cli.reduce;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.mdx.cli.terminal.CommonOptions;
import org.mdx.cli.terminal.JsonText;
import org.mdx.cli.terminal.VersionCommand;
import org.mdx.image.ImageSeries;
import org.mdx.io.nexus.SweepFolder;
import org.mdx.pipeline.ReducedSweep;
import org.mdx.pipeline.ReductionOptions;
import org.mdx.pipeline.Sweeps;
import picocli.CommandLine.Option;

/** One sweep of a reduction, which a machine of many does, and the sweeps that others have done. */
final class SweepChoice {

  @Option(
      names = "--sweep",
      paramLabel = "I/N",
      description =
          "Reduce the I-th of the N sweeps by itself, up to corrected intensities, into the output"
              + " folder, from where reduce without --sweep goes on. Done sweeps are not repeated.")
  private String sweep;

  private int number = -1;
  private int of;

  /** Looks at the option. */
  void check(CommonOptions common) {
    if (sweep == null) {
      return;
    }
    String[] numbers = sweep.split("/", -1);
    try {
      number = Integer.parseInt(numbers[0].strip()) - 1;
      of = Integer.parseInt(numbers[1].strip());
    } catch (NumberFormatException | ArrayIndexOutOfBoundsException e) {
      of = 0;
    }
    if (numbers.length != 2 || number < 0 || number >= of) {
      throw common.usage("--sweep " + sweep + ": must be such as 2/5, the second sweep of five");
    }
  }

  boolean isOne() {
    return sweep != null;
  }

  int number() {
    return number;
  }

  /** Refuses another number of sweeps, and sweeps whose crystals depend on each other. */
  void requireFits(SweepInput input, boolean grids, CommonOptions common) {
    if (!isOne()) {
      return;
    }
    List<ImageSeries> images = input.images();
    if (images.size() != of) {
      throw common.usage(
          "--sweep "
              + sweep
              + ": there are "
              + images.size()
              + " sweeps; give all of them, always");
    }
    for (int i = 0; i < images.size() && !grids; i++) {
      if (images.get(i).geometry().crystal().isEmpty()) {
        throw common.usage(
            "--sweep "
                + sweep
                + ": "
                + input.names().get(i)
                + " has no crystal, and the symmetry of such sweeps is chosen by all of them"
                + " together; index and refine them first, and give their experiment lists");
      }
    }
  }

  /** Lets a reduction keep its one sweep, or go on from those that are there. */
  Sweeps parts(Sweeps sweeps, Path out, boolean overwrite) throws IOException {
    int there = SweepFolder.count(out);
    if (!isOne() && there == 0) {
      return sweeps;
    }
    int all = sweeps.sweeps().size();
    if (there > all) {
      throw new IOException(
          SweepFolder.of(out, there - 1)
              + ": is sweep "
              + there
              + " of a reduction, and there are "
              + all
              + " sweeps; give all that were reduced into this folder, or name another one with"
              + " --out");
    }
    SweepFolder parts = SweepFolder.of(out, sweeps.sweeps(), "mdx " + VersionCommand.version());
    return sweeps.parts(overwrite ? parts.replacing() : parts);
  }

  /** Reduces the one sweep and tells about it. */
  void reduce(
      Sweeps sweeps, ReductionOptions options, ReductionLog log, boolean json, PrintWriter to) {
    ReducedSweep done = sweeps.reduceOne(number, options, log.alone());
    if (json) {
      Map<String, Object> values = new LinkedHashMap<>();
      values.put("sweep", number + 1);
      values.put("of", of);
      values.put("pixels", done.pixels());
      values.put("counts", done.counts());
      values.put("observations", done.observations());
      to.println(JsonText.of(values));
    } else {
      to.println(
          "sweep "
              + sweep
              + ": "
              + done.observations()
              + " observations; reduce without --sweep puts all sweeps together");
    }
  }
}
