package org.mdx.spark;

import java.io.IOException;
import java.io.Serializable;
import java.nio.file.Path;
import java.util.List;
import org.mdx.Mdx;
import org.mdx.geometry.Conventions;
import org.mdx.io.input.SweepFiles;
import org.mdx.io.nexus.Mdx2;
import org.mdx.parallel.Parallel;
import org.mdx.pipeline.Corrected;
import org.mdx.pipeline.Sweep;
import org.mdx.pipeline.Sweeps;

/**
 * What one task does with one sweep: from images to corrected intensities.
 *
 * @param settings how
 * @param background bytes of a binned.nxs, or null without background
 * @param threads of a task
 */
record SweepWork(SparkSettings settings, byte[] background, int threads) implements Serializable {

  /** The corrected intensities of the sweep of an experiment list. */
  TablePart correct(int number, String address) throws IOException {
    try (RemoteFiles files = RemoteFiles.open()) {
      Path list = files.withNeighbours(address);
      Sweep sweep = SweepFiles.sweep(list, list, Conventions.STANDARD);
      Sweeps sweeps = Mdx.sweeps(List.of(sweep)).parallel(Parallel.of(threads));
      if (background != null) {
        sweeps = sweeps.background(Mdx2.readBinned(files.of("binned.nxs", background)));
      }
      Corrected corrected = sweeps.correct(settings.reduction());
      return TablePart.of(number, corrected.tables().get(0));
    }
  }

  @Override
  public String toString() {
    return "SweepWork[" + settings + (background == null ? "" : ", background") + "]";
  }
}
