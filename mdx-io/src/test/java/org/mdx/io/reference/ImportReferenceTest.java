package org.mdx.io.reference;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.mdx.geometry.Probe;
import org.mdx.io.dials.Dials;
import org.mdx.io.dials.DialsExperiment;
import org.mdx.io.dials.DialsProgram;
import org.mdx.io.dials.ReflectionFile;
import org.mdx.io.sweep.ImportOptions;
import org.mdx.io.sweep.ImportedSweep;
import org.mdx.io.sweep.SameGeometry;
import org.mdx.io.sweep.SweepImport;

/** What is imported, against {@code dials.import} of DIALS 3.12.1 on the same files. */
class ImportReferenceTest {
  @TempDir Path folder;

  static List<String> inputs() {
    return List.of(
        "sweeps/xtal1",
        "real/images/TIMEPIX_SU_512-stdgoni_0001.img",
        "real/images/dlsnxs2cbf_therm_0001.cbf.gz",
        "real/images/simtbx_FormatSMVJHSim_001.img",
        "real/images/thau_3_2_0001.cbf.bz2");
  }

  private Path imported(Path input) throws IOException {
    Path expt = folder.resolve("mdx.expt");
    List<ImportedSweep> sweeps =
        SweepImport.read(List.of(input.toString()), ImportOptions.defaults());
    SweepImport.write(expt, sweeps);
    return expt;
  }

  private Path byDials(Path input) throws IOException {
    Path expt = folder.resolve("dials.expt");
    DialsProgram.run(folder, "dials.import", input, "output.experiments=" + expt);
    return expt;
  }

  /**
   * Two things are meant to differ: polarization, which dxtbx sets to 0.999 for every PILATUS and
   * EIGER whatever its header says (0.99 here), and exposure, for which dxtbx takes the period of a
   * PILATUS, and 1 s for simulated SMV.
   */
  @ParameterizedTest
  @MethodSource("inputs")
  void geometryShouldBeThatOfDials(String name) throws IOException {
    Path input = Reference.file(name);
    List<DialsExperiment> theirs = Dials.experiments(byDials(input));
    List<DialsExperiment> ours = Dials.experiments(imported(input));
    assertThat(ours).hasSize(theirs.size());
    for (int i = 0; i < ours.size(); i++) {
      SameGeometry.require(ours.get(i).geometry(), theirs.get(i).geometry(), 0);
      assertThat(ours.get(i).template()).isEqualTo(theirs.get(i).template());
      assertThat(ours.get(i).fileIndices()).isEqualTo(theirs.get(i).fileIndices());
      double polarization = ours.get(i).geometry().beam().polarizationFraction();
      boolean photons = theirs.get(i).geometry().beam().wavelength() > 0.1;
      assertThat(polarization).isEqualTo(photons ? 0.99 : 0.5);
      assertThat(ours.get(i).geometry().beam().probe())
          .isEqualTo(photons ? Probe.X_RAY : Probe.ELECTRON);
    }
  }

  @Test
  void dialsShouldReadTheImagesOfOurLists() throws IOException {
    Path images = Reference.file("real/images");
    JsonNode expected = new ObjectMapper().readTree(images.resolve("expected.json").toFile());
    Path expt = imported(images);
    Path script =
        Files.writeString(
            folder.resolve("sums.py"),
            """
            import sys
            from dxtbx.model.experiment_list import ExperimentListFactory
            for e in ExperimentListFactory.from_json_file(sys.argv[1], check_format=True):
                raw = e.imageset.get_raw_data(0)
                print(e.imageset.paths()[0].split('/')[-1], int(sum(sum(p.as_double()) for p in raw)))
            """);
    String sums = DialsProgram.run(folder, "dxtbx.python", script, expt);
    assertThat(expected).hasSize(6);
    expected
        .properties()
        .forEach(
            e -> assertThat(sums).contains(e.getKey() + " " + e.getValue().get("total").asLong()));
  }

  @Test
  void dialsShouldFindTheSameSpots() throws IOException {
    Path input = Reference.file("sweeps/xtal1");
    long ours = spots(imported(input));
    assertThat(ours).isGreaterThan(100);
    assertThat(ours).isEqualTo(spots(byDials(input)));
  }

  private long spots(Path expt) throws IOException {
    Path refl = folder.resolve("strong.refl");
    DialsProgram.run(
        folder,
        "dials.find_spots",
        expt,
        "output.reflections=" + refl,
        "spotfinder.scan_range=1,6",
        "nproc=1");
    return ReflectionFile.read(refl).rows();
  }
}
