package org.mdx.microed.trials.bragg;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import org.mdx.bragg.merge.MergeOptions;
import org.mdx.bragg.merge.Merged;
import org.mdx.bragg.merge.Merger;
import org.mdx.geometry.Geometry;
import org.mdx.io.mtz.MergedMtz;
import org.mdx.io.mtz.UnmergedIntensities;
import org.mdx.io.mtz.UnmergedMtz;
import org.mdx.io.text.ShelxHkl;
import org.mdx.io.text.ShelxInstructions;
import org.mdx.microed.process.engine.NativeStep;
import org.mdx.microed.process.engine.StepRun;

/**
 * Writes scaled intensities for other programs: {@code merged.mtz}; {@code scaled.mtz}, not merged;
 * {@code scaled.hkl} of SHELX with {@code scaled.ins}.
 */
final class ExportIntensities implements NativeStep {
  static final String TASK = "mdx.export";

  @Override
  public void run(StepRun run, PrintWriter out) throws IOException {
    TrialSweep sweep = TrialSweep.read(StepWords.of(run));
    Merged merged = Merger.merge(sweep.geometries(), sweep.reflections(), MergeOptions.defaults());
    UnmergedIntensities rows = UnmergedIntensities.of(sweep.geometries(), sweep.reflections());
    Path hkl = run.folder().resolve("scaled.hkl");
    ShelxHkl.write(hkl, rows.indices(), rows.intensities(), rows.sigmas(), rows.batches());
    Geometry g = rows.geometries().get(0);
    ShelxInstructions.write(
        run.folder().resolve("scaled.ins"),
        "scaled",
        g.crystal().orElseThrow(),
        g.beam().wavelength());
    UnmergedMtz.write(run.folder().resolve("scaled.mtz"), rows);
    MergedMtz.of(
            merged.spaceGroup(),
            merged.cell(),
            merged.wavelength(),
            merged.indices(),
            merged.columns())
        .write(run.folder().resolve("merged.mtz"));
    out.println(merged);
  }
}
