package org.mdx.io.sweep;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.OptionalDouble;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.mdx.geometry.Geometry;
import org.mdx.io.dials.Dials;
import org.mdx.io.instrument.InstrumentProfile;
import org.mdx.io.instrument.Setting;
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

  @Test
  void attenuatorsShouldBeThoseOfTheHeaders(@TempDir Path folder) throws IOException {
    writeTwoImages(folder);
    assertThat(transmission(folder, "Filter_transmission 1.0000")).hasValue(1);
    assertThat(transmission(folder, "Filter_transmission 0.2500")).hasValue(0.25);
    assertThat(transmission(folder, "Transmission 4.0 %")).hasValue(0.04);
    // no part of the beam: a value that nobody set, and one of which the unit is not known
    assertThat(transmission(folder, "Filter_transmission 0.0000")).isEmpty();
    assertThat(transmission(folder, "Filter_transmission 25")).isEmpty();
  }

  private static void writeTwoImages(Path folder) throws IOException {
    Simulation simulation =
        Simulation.of(
            SimulationOptions.demo()
                .withDetector(SimulatedDetector.flat(40, 30, 0.5, 60))
                .withFrames(2, 0.5, 0.04)
                .withSweeps(1));
    SimulationWriter.write(simulation, folder, Parallel.of(1), Progress.NONE);
  }

  /** What import, the list that it writes, and a list of DIALS with these images tell. */
  private static OptionalDouble transmission(Path folder, String line) throws IOException {
    for (int i = 1; i <= 2; i++) {
      Path image = folder.resolve("xtal1/xtal1_0000" + i + ".cbf");
      String text = Files.readString(image, StandardCharsets.ISO_8859_1);
      Files.writeString(
          image,
          text.replaceFirst("(Filter_t|T)ransmission [0-9. %]+", line),
          StandardCharsets.ISO_8859_1);
    }
    List<ImportedSweep> sweeps =
        SweepImport.read(List.of(folder.resolve("xtal1").toString()), ImportOptions.defaults());
    OptionalDouble imported = sweeps.get(0).experiments().get(0).geometry().scan().transmission();
    Path expt = folder.resolve("again.expt");
    SweepImport.write(expt, sweeps);
    assertThat(Dials.read(expt).geometry().scan().transmission()).isEqualTo(imported);
    String list = Files.readString(expt);
    assertThat(list).contains("\"transmission\" : " + imported.orElse(1));
    Files.writeString(
        expt, list.replaceFirst("\"transmission\" : [0-9.]+", "\"transmission\" : 1.0"));
    assertThat(Dials.read(expt).geometry().scan().transmission()).isEqualTo(imported);
    assertThat(Dials.readGeometry(expt).scan().transmission()).isEqualTo(imported);
    return imported;
  }

  @Test
  void aPedestalBelowZeroShouldMakeNegativeValuesData(@TempDir Path folder) throws IOException {
    writeTwoImages(folder);
    assertThat(trusted(folder, -12)).isLessThan(-1e6);
    // what may be measured of a detector that counts and marks its gaps with -1
    assertThat(trusted(folder, -0.02)).isGreaterThan(-1);
    assertThat(trusted(folder, 12)).isGreaterThan(-1);
  }

  private static double trusted(Path folder, double pedestal) throws IOException {
    InstrumentProfile told = InstrumentProfile.empty().with(Setting.PEDESTAL, pedestal);
    return SweepImport.read(
            List.of(folder.resolve("xtal1").toString()),
            ImportOptions.defaults().withOverrides(told))
        .get(0)
        .experiments()
        .get(0)
        .geometry()
        .detector()
        .panels()
        .get(0)
        .trustedMin();
  }
}
