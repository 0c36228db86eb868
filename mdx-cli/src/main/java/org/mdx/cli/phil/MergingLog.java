package org.mdx.cli.phil;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.List;
import org.mdx.bragg.merge.MergeOptions;
import org.mdx.bragg.merge.Merged;
import org.mdx.bragg.merge.Merger;
import org.mdx.cli.intensity.IntegratedFiles;

/** Merging statistics as the log of {@code dials.scale} has them, for scripts that read it. */
final class MergingLog {
  private MergingLog() {}

  /** Merges scaled reflections and prints the table. */
  static void print(List<Path> files, int shells, double dMin, PrintWriter out) throws IOException {
    IntegratedFiles input = IntegratedFiles.read(files);
    Merged merged =
        Merger.merge(
            input.geometries(),
            input.reflections(),
            MergeOptions.defaults().shells(shells).dMin(dMin).scaleErrors(false));
    out.println();
    out.println("            ----------Merging statistics by resolution bin----------");
    out.println();
    merged.dialsTable().forEach(out::println);
    out.println();
    merged.notes().forEach(out::println);
    out.flush();
  }
}
