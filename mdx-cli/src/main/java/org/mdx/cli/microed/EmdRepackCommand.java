package org.mdx.cli.microed;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import org.mdx.cli.terminal.CommonOptions;
import org.mdx.cli.terminal.Failure;
import org.mdx.microed.repack.FolderRepacker;
import org.mdx.microed.repack.MovieRepacker;
import org.mdx.microed.repack.RepackOptions;
import org.mdx.microed.repack.RepackReport;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Compresses movies without loss. */
@Command(
    name = "repack",
    description = {
      "Write compressed copies of movies, with everything else in the files as it is.",
      "HDF5 (such as Velox EMD) stays HDF5, one frame per chunk; TIFF and MRC become TIFF.",
      "A copy is read back and compared before it appears; movies are never touched."
    },
    mixinStandardHelpOptions = true,
    showDefaultValues = true)
final class EmdRepackCommand implements Callable<Integer> {

  @Mixin private CommonOptions common;

  @Parameters(paramLabel = "IN", description = "Movie, or folder of movies.")
  private Path in;

  @Parameters(
      paramLabel = "OUT",
      description = "Copy, or folder for copies, in which the tree below IN is made again.")
  private Path out;

  @Option(
      names = "--level",
      paramLabel = "N",
      defaultValue = "4",
      description = "Effort of deflate, from 1 (fast) to 9 (small).")
  private int level;

  @Option(
      names = "--join",
      description =
          "IN is a folder of MRC images, .mrc or .mrc.gz, an image a file: make one movie of them,"
              + " in the order of the numbers in their names.")
  private boolean join;

  @Option(
      names = "--verify",
      description = "Compare every frame of copies that exist before they are skipped.")
  private boolean verify;

  @Option(
      names = "--force",
      description = "Replace a newer file of the name of a copy that is no copy of the movie.")
  private boolean force;

  @Option(names = "--json", description = "Print a JSON object for each movie, one a line.")
  private boolean json;

  @Override
  public Integer call() throws IOException {
    RepackOptions options =
        common.checked(() -> RepackOptions.defaults().level(level).verify(verify).force(force));
    MovieRepacker repacker = MovieRepacker.of(options);
    if (join && !Files.isDirectory(in)) {
      throw common.usage("--join: " + in + " is no folder");
    }
    if (join || !Files.isDirectory(in)) {
      Path target = Files.isDirectory(out) ? out.resolve(MovieRepacker.nameOfCopy(in)) : out;
      print(repacker.repack(in, target, common.parallel(), common.progress()));
      return 0;
    }
    Files.createDirectories(out);
    List<FolderRepacker.Entry> failed = new ArrayList<>();
    List<FolderRepacker.Entry> all =
        FolderRepacker.of(repacker)
            .repack(
                in,
                out,
                common.parallel(),
                common.progress(),
                entry -> {
                  if (entry.failure() == null) {
                    print(entry.report());
                  } else {
                    failed.add(entry);
                    print(entry);
                  }
                });
    if (!json) {
      common.out().println((all.size() - failed.size()) + " of " + all.size() + " movies done");
    }
    return failed.isEmpty() ? 0 : 1;
  }

  private void print(RepackReport r) {
    if (json) {
      ObjectNode n = JsonNodeFactory.instance.objectNode();
      n.put("in", r.in().toString()).put("out", r.out().toString());
      n.put("outcome", r.outcome().name().toLowerCase(Locale.ROOT));
      n.put("format", r.format()).put("stacks", r.stacks()).put("frames", r.frames());
      n.put("bytes_before", r.bytesBefore()).put("bytes_after", r.bytesAfter());
      n.put("ratio", r.ratio()).put("seconds", r.seconds());
      if (!r.checksum().isEmpty()) {
        n.put("crc32c", r.checksum());
      }
      print(n);
      return;
    }
    boolean skipped = r.outcome() == RepackReport.Outcome.SKIPPED;
    common
        .out()
        .println(
            String.format(
                Locale.ROOT,
                "%s %s: %,d to %,d bytes (%.2f times smaller), %.1f s, %.0f MB/s",
                skipped ? "there already" : "wrote",
                r.out(),
                r.bytesBefore(),
                r.bytesAfter(),
                r.ratio(),
                r.seconds(),
                r.bytesPerSecond() / 1e6));
  }

  private void print(FolderRepacker.Entry failed) {
    String message = Failure.message(failed.failure());
    if (json) {
      ObjectNode n = JsonNodeFactory.instance.objectNode();
      print(n.put("in", failed.in().toString()).put("outcome", "failed").put("error", message));
    } else {
      common.out().println("failed " + failed.in() + ": " + message);
    }
  }

  private void print(ObjectNode n) {
    try {
      common.out().println(new ObjectMapper().writeValueAsString(n));
    } catch (JsonProcessingException e) {
      throw new IllegalStateException(e);
    }
  }
}
