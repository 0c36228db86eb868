package org.mdx.io.sweep;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.mdx.geometry.Geometry;
import org.mdx.io.dials.Dials;
import org.mdx.io.sim.SimulatedFiles;
import org.mdx.io.sim.SimulationWriter;
import org.mdx.parallel.Parallel;
import org.mdx.parallel.Progress;
import org.mdx.sim.SimulatedDetector;
import org.mdx.sim.Simulation;
import org.mdx.sim.SimulationOptions;

class SimulationImportTest {

  @Test
  void simulatedImagesShouldHaveTheGeometryTheyWereMadeWith(@TempDir Path folder)
      throws IOException {
    Simulation simulation =
        Simulation.of(
            SimulationOptions.demo()
                .withDetector(SimulatedDetector.pilatus300K(80, 0.9768))
                .withFrames(3, 0.5, 0.04)
                .withBackground(2, 3, 0.1));
    SimulatedFiles files =
        SimulationWriter.write(simulation, folder, Parallel.of(2), Progress.NONE);
    for (Path own : files.imported()) {
      List<ImportedSweep> sweeps =
          SweepImport.read(List.of(own.getParent().toString()), ImportOptions.defaults());
      assertThat(sweeps).hasSize(1);
      Path expt = folder.resolve("again.expt");
      SweepImport.write(expt, sweeps);
      Geometry again = Dials.read(expt).geometry();
      Geometry truth = Dials.read(own).geometry();
      SameGeometry.require(again, truth, 0);
      assertThat(again.beam().polarizationFraction())
          .isEqualTo(truth.beam().polarizationFraction());
      assertThat(again.scan().exposure(2)).isEqualTo(truth.scan().exposure(2));
    }
  }
}
