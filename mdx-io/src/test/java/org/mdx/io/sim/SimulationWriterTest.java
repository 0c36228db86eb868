package org.mdx.io.sim;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.mdx.geometry.Geometry;
import org.mdx.image.ImageSeries;
import org.mdx.io.dials.Dials;
import org.mdx.math.Vec3;
import org.mdx.parallel.Parallel;
import org.mdx.parallel.Progress;
import org.mdx.sim.SimulatedDetector;
import org.mdx.sim.SimulatedSweep;
import org.mdx.sim.Simulation;
import org.mdx.sim.SimulationOptions;

class SimulationWriterTest {

  private static SimulationOptions small(SimulatedDetector detector) {
    return SimulationOptions.demo()
        .withDetector(detector)
        .withFrames(3, 0.5, 0.04)
        .withBackground(2, 3, 0.1);
  }

  @Test
  void whatIsWrittenShouldBeReadBack(@TempDir Path folder) throws IOException {
    SimulatedDetector detector = SimulatedDetector.pilatus300K(80, 0.9768);
    Simulation simulation = Simulation.of(small(detector));
    long[] steps = {0, 0};
    Progress progress =
        (stage, done, total) -> {
          steps[0] = done;
          steps[1] = total;
        };
    SimulatedFiles files =
        SimulationWriter.write(simulation, folder.resolve("new"), Parallel.of(2), progress);
    assertThat(steps).containsExactly(8, 8);
    assertThat(files.indexed()).hasSize(2);
    for (int i = 0; i < 2; i++) {
      assertSame(simulation.sweeps().get(i), Dials.read(files.indexed().get(i)));
      assertThat(Dials.read(files.imported().get(i)).geometry().crystal()).isEmpty();
      Geometry truth = simulation.sweeps().get(i).geometry();
      Geometry read = Dials.read(files.indexed().get(i)).geometry();
      Vec3 h = truth.millerIndex(0, truth.scan().phi(1), 100, 200);
      assertThat(read.millerIndex(0, truth.scan().phi(1), 100, 200).minus(h).norm())
          .isCloseTo(0, within(1e-9));
      assertThat(read.crystal().orElseThrow().spaceGroup().number()).isEqualTo(199);
    }
    assertSame(simulation.background(), Dials.read(files.background()));
  }

  @Test
  void panelsShouldBeCutFromOnePicture(@TempDir Path folder) throws IOException {
    Simulation simulation =
        Simulation.of(small(SimulatedDetector.curved(3, 40, 31, 0.8, 80)).withSweeps(1));
    SimulatedFiles files =
        SimulationWriter.write(simulation, folder, Parallel.of(1), Progress.NONE);
    assertSame(simulation.sweeps().get(0), Dials.read(files.indexed().get(0)));
  }

  @Test
  void theSameSimulationShouldGiveTheSameFiles(@TempDir Path folder) throws IOException {
    SimulationOptions options = small(SimulatedDetector.flat(33, 21, 2, 80));
    for (int threads : new int[] {1, 7}) {
      SimulationWriter.write(
          Simulation.of(options),
          folder.resolve("" + threads),
          Parallel.of(threads),
          Progress.NONE);
    }
    for (String name :
        new String[] {
          "pixels.mask", "xtal2/xtal2_00003.cbf", "xtal1/indexed.expt", "background/imported.expt"
        }) {
      assertThat(Files.readAllBytes(folder.resolve("7").resolve(name)))
          .isEqualTo(Files.readAllBytes(folder.resolve("1").resolve(name)));
    }
  }

  private static void assertSame(SimulatedSweep sweep, ImageSeries read) throws IOException {
    assertThat(read.frames()).isEqualTo(sweep.frames());
    assertThat(read.geometry().scan().exposure(1)).isEqualTo(sweep.geometry().scan().exposure(1));
    int[][] expected = images(sweep);
    int[][] actual = images(sweep);
    for (int f = 0; f < sweep.frames(); f++) {
      sweep.read(f, expected);
      read.source().read(f, actual);
      assertThat(actual).isDeepEqualTo(expected);
    }
    for (int p = 0; p < sweep.panels(); p++) {
      assertThat(read.mask(p).count()).isEqualTo(sweep.mask(p).count());
    }
  }

  private static int[][] images(SimulatedSweep sweep) {
    int[][] images = new int[sweep.panels()][];
    for (int p = 0; p < images.length; p++) {
      images[p] = new int[sweep.width(p) * sweep.height(p)];
    }
    return images;
  }
}
