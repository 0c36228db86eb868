package org.mdx.bragg;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.mdx.bragg.integrate.Integrated;
import org.mdx.bragg.process.CrystalOptions;
import org.mdx.bragg.process.CrystalProcessor;
import org.mdx.bragg.process.CrystalSource;
import org.mdx.bragg.process.ProcessedCrystal;
import org.mdx.bragg.process.Stage;
import org.mdx.bragg.process.StageProduct;
import org.mdx.bragg.process.StageStore;
import org.mdx.geometry.Geometry;
import org.mdx.image.ImageSeries;
import org.mdx.image.ImageSource;
import org.mdx.image.PixelMask;
import org.mdx.math.Mat3;
import org.mdx.parallel.Parallel;
import org.mdx.parallel.Progress;
import org.mdx.pipeline.Sweep;
import org.mdx.reflection.ReflectionFlag;
import org.mdx.sim.SimulatedDetector;
import org.mdx.sim.SimulatedSweep;
import org.mdx.sim.Simulation;
import org.mdx.sim.SimulationOptions;

/** A sweep whose crystal has another orientation from its middle on. */
class SlippedSweepTest {
  private static final int FRAMES = 40;
  private static final int MIDDLE = 20;

  private final List<ImageSeries> whole =
      Simulation.of(
              SimulationOptions.demo()
                  .withDetector(SimulatedDetector.flat(180, 180, 0.4, 80))
                  .withFrames(FRAMES, 0.5, 0.04))
          .sweeps()
          .stream()
          .map(SimulatedSweep::series)
          .toList();

  private final ImageSeries images =
      new ImageSeries(
          whole.get(0).geometry().withCrystal(null),
          new Slipped(whole.get(0).source(), whole.get(1).source()),
          List.of(PixelMask.none(180, 180)));

  /** The frames of one source up to the middle, then those of another one. */
  private record Slipped(ImageSource before, ImageSource after) implements ImageSource {
    private ImageSource of(int frame) {
      return frame < MIDDLE ? before : after;
    }

    @Override
    public int frames() {
      return before.frames();
    }

    @Override
    public int panels() {
      return before.panels();
    }

    @Override
    public int width(int panel) {
      return before.width(panel);
    }

    @Override
    public int height(int panel) {
      return before.height(panel);
    }

    @Override
    public void read(int frame, int[][] into) throws IOException {
      of(frame).read(frame, into);
    }

    @Override
    public String describe(int frame) {
      return "image " + (frame + 1);
    }
  }

  /** The setting matrix of a crystal whose scan begins where that of the first one does. */
  private Mat3 truth(int sweep) {
    Geometry g = whole.get(sweep).geometry();
    double turn = g.scan().start() - images.geometry().scan().start();
    return Mat3.rotation(g.goniometer().laboratoryAxis(), turn)
        .times(g.crystal().orElseThrow().a());
  }

  @Test
  void stretchesShouldBeSweepsOfTheReduction() {
    BraggCrystals found = Bragg.crystals(List.of(images, whole.get(1))).refine();
    assertThat(found.origins()).containsExactly(0, 0, 1);
    assertThat(found.images().stream().map(ImageSeries::frames)).containsExactly(20, 20, 40);
    List<Sweep> sweeps = found.toSweeps();
    assertThat(sweeps).hasSize(3);
    List<Integer> first = new ArrayList<>();
    for (int i = 0; i < 2; i++) {
      first.add(sweeps.get(i).geometry().scan().firstImage());
      int truth = first.get(i) == 1 ? 0 : 1;
      assertThat(sweeps.get(i).images().source().describe(0))
          .isEqualTo("image " + (truth == 0 ? 1 : MIDDLE + 1));
      for (double x : truth(truth).inverse().times(sweeps.get(i).crystal().a()).toRowMajor()) {
        assertThat(x).isCloseTo(Math.rint(x), within(0.004));
      }
    }
    assertThat(first).containsExactlyInAnyOrder(1, MIDDLE + 1);
  }

  @Test
  void eachStretchShouldBeIntegratedFromItsImages() {
    BraggSweep found = Bragg.sweep(images).integrate();
    assertThat(found.integrated()).hasSize(2);
    int[] full =
        found.integrated().stream().mapToInt(i -> i.count(ReflectionFlag.INTEGRATED_SUM)).toArray();
    Integrated unslipped =
        Bragg.sweep(whole.get(0).withGeometry(images.geometry())).integrate().integrated().get(0);
    assertThat(full[0] + full[1])
        .isCloseTo(unslipped.count(ReflectionFlag.INTEGRATED_SUM), within(150));
    assertThat(found.toSweeps()).hasSize(2);
    assertThatThrownBy(found::toSweep).hasMessageContaining("2 sweeps");
  }

  @Test
  void processingShouldUseBothStretches() {
    ProcessedCrystal done =
        CrystalProcessor.process(
            CrystalSource.of("slipped", List.of(images)),
            CrystalOptions.defaults(),
            new StageStore() {
              @Override
              public Optional<StageProduct> load(Stage stage, String key) {
                return Optional.empty();
              }

              @Override
              public void save(StageProduct product, String key) {
                // nothing is kept
              }
            },
            Parallel.available(),
            Progress.NONE);
    assertThat(done.failure()).isEmpty();
    assertThat(done.geometries()).hasSize(2);
    assertThat(done.notes()).anyMatch(n -> n.contains("the crystal slipped"));
  }
}
