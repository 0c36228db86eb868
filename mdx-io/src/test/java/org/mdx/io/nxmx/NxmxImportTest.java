package org.mdx.io.nxmx;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.mdx.io.dials.Dials;
import org.mdx.io.dials.DialsExperiment;
import org.mdx.io.dials.DialsProgram;
import org.mdx.io.hdf5.Python;
import org.mdx.io.sweep.ImportOptions;
import org.mdx.io.sweep.ImportedSweep;
import org.mdx.io.sweep.SameGeometry;
import org.mdx.io.sweep.SweepImport;

/** Files made by h5py, against {@code dials.import}. */
class NxmxImportTest {
  private static final String FRAMES =
      """
      import sys
      from dxtbx.model.experiment_list import ExperimentListFactory
      for e in ExperimentListFactory.from_json_file(sys.argv[1], check_format=True):
          assert len(e.imageset) == 4 and e.scan.get_num_images() == 4
          print([int(e.imageset.get_raw_data(i)[0][0, 1]) for i in range(4)])
      """;

  @TempDir Path folder;

  @BeforeEach
  void makeFiles() throws IOException {
    Python.run(NxmxFormatTest.SCRIPT, folder);
  }

  private List<ImportedSweep> imported(String name, Path expt) throws IOException {
    List<ImportedSweep> sweeps =
        SweepImport.read(List.of(folder.resolve(name).toString()), ImportOptions.defaults());
    SweepImport.write(expt, sweeps);
    return sweeps;
  }

  /** With a detector at 2θ and a χ circle that does not turn. */
  @Test
  void geometryShouldBeThatOfDials() throws IOException {
    Path theirs = folder.resolve("dials.expt");
    DialsProgram.run(
        folder, "dials.import", folder.resolve("nxmx.nxs"), "output.experiments=" + theirs);
    Path ours = folder.resolve("mdx.expt");
    imported("nxmx.nxs", ours);
    DialsExperiment e = Dials.experiments(theirs).get(0);
    DialsExperiment m = Dials.experiments(ours).get(0);
    // saturation_value is the highest valid one (NXdetector); dxtbx 3.12 writes it as an exclusive
    // limit
    SameGeometry.require(m.geometry(), e.geometry(), 1);
    assertThat(m.template()).isEqualTo(e.template());
    assertThat(m.fileIndices()).isEqualTo(e.fileIndices());
    assertThat(m.geometry().beam().polarizationFraction()).isEqualTo(0.999);
    // the time of an exposure; dxtbx takes the period
    assertThat(m.geometry().scan().exposure(3)).isCloseTo(0.01, within(1e-12));
  }

  @Test
  void eachTriggerShouldBeAnExperimentWithItsFrames() throws IOException {
    Path ours = folder.resolve("mdx.expt");
    List<ImportedSweep> sweeps = imported("x_master.h5", ours);
    assertThat(sweeps)
        .extracting(ImportedSweep::begins)
        .containsExactly("", "trigger 2 of 3", "trigger 3 of 3");
    assertThat(sweeps).allMatch(s -> s.experiments().get(0).geometry().scan().start() == 0);
    for (int k = 0; k < 3; k++) {
      int[][] pixels = {new int[99]};
      Dials.read(ours, k).source().read(1, pixels);
      assertThat(pixels[0][1]).isEqualTo((4 * k + 1) * 100 + 1);
    }
  }

  /** DIALS writes indices from 0 for these, and reads frames 8 to 11. */
  @Test
  void partsThatDialsImportsShouldHaveTheFramesThatDialsReads() throws IOException {
    DialsProgram.run(folder, "dials.import", "nxmx.nxs", "image_range=9,12");
    Path list = folder.resolve("imported.expt");
    Path script = Files.writeString(folder.resolve("frames.py"), FRAMES);
    assertThat(DialsProgram.run(folder, "dxtbx.python", script, list).strip())
        .isEqualTo("[801, 901, 1001, 1101]");
    for (int i = 0; i < 4; i++) {
      int[][] pixels = {new int[99]};
      Dials.read(list).source().read(i, pixels);
      assertThat(pixels[0][1]).isEqualTo(801 + 100 * i);
    }
  }

  @Test
  void dialsShouldReadTheFramesOfEachTrigger() throws IOException {
    Python.run(
        """
        with h5py.File(sys.argv[1], 'a') as f:
            z = f['/entry/instrument/detector'].create_group('detectorSpecific')
            z['nimages'] = 4; z['ntrigger'] = 3
        """,
        folder.resolve("nxmx.nxs"));
    Path ours = folder.resolve("mdx.expt");
    List<ImportedSweep> sweeps = imported("nxmx.nxs", ours);
    assertThat(sweeps.get(2).experiments().get(0).geometry().scan().start())
        .isCloseTo(21.6, within(1e-9));
    Path script = Files.writeString(folder.resolve("frames.py"), FRAMES);
    assertThat(DialsProgram.run(folder, "dxtbx.python", script, ours).strip().lines())
        .containsExactly("[1, 101, 201, 301]", "[401, 501, 601, 701]", "[801, 901, 1001, 1101]");
  }
}
