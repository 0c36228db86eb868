package org.mdx.bragg;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.apache.commons.math3.stat.correlation.PearsonsCorrelation;
import org.junit.jupiter.api.Test;
import org.mdx.crystal.ChangeOfBasis;
import org.mdx.crystal.Crystal;
import org.mdx.crystal.UnitCell;
import org.mdx.image.ImageSeries;
import org.mdx.parallel.Parallel;
import org.mdx.pipeline.Sweep;
import org.mdx.sim.SimulatedDetector;
import org.mdx.sim.SimulatedSweep;
import org.mdx.sim.Simulation;
import org.mdx.sim.SimulationOptions;

/** Sweeps of a cubic crystal with the Laue group m-3, whose lattice has m-3m. */
class BraggCrystalsTest {
  private final Simulation simulation =
      Simulation.of(
          SimulationOptions.demo()
              .withDetector(SimulatedDetector.flat(180, 180, 0.4, 80))
              .withFrames(24, 0.5, 0.04));
  private final List<ImageSeries> images =
      simulation.sweeps().stream()
          .map(SimulatedSweep::series)
          .map(s -> s.withGeometry(s.geometry().withCrystal(null)))
          .toList();

  private Crystal truth(int sweep) {
    return simulation.sweeps().get(sweep).geometry().crystal().orElseThrow();
  }

  @Test
  void nothingKnownShouldGiveLaueGroupAndCellsOfTheTruth() {
    BraggCrystals found = Bragg.crystals(images).refine();
    LaueChoice choice = found.symmetry().orElseThrow();
    assertThat(choice.group().laueGroup().symbol()).isEqualTo("m-3");
    assertThat(choice.group().centring()).isEqualTo('I');
    assertThat(choice.confidence()).isGreaterThan(0.9);
    assertThat(choice.table().get(0)).contains("m-3 ").startsWith("* ");
    List<Sweep> sweeps = found.toSweeps();
    for (int i = 0; i < 2; i++) {
      assertThat(sweeps.get(i).crystal().cell().a()).isCloseTo(truth(i).cell().a(), within(0.01));
      // but for a rotation of the lattice the axes are the true ones
      for (double x : truth(i).a().inverse().times(sweeps.get(i).crystal().a()).toRowMajor()) {
        assertThat(Math.abs(x - Math.rint(x))).isLessThan(0.002);
      }
    }
    assertThat(found.toString()).contains("2 sweeps", "Laue group m-3");
  }

  @Test
  void threadsShouldNotChangeABit() {
    List<BraggCrystals> all = new ArrayList<>();
    for (int threads : new int[] {1, 3}) {
      all.add(Bragg.crystals(images.subList(0, 1)).parallel(Parallel.of(threads)).refine());
    }
    assertThat(all.get(1).toSweeps().get(0).geometry().crystal().orElseThrow().a())
        .isEqualTo(all.get(0).toSweeps().get(0).geometry().crystal().orElseThrow().a());
    assertThat(all.get(1).symmetry().orElseThrow().table())
        .isEqualTo(all.get(0).symmetry().orElseThrow().table());
  }

  @Test
  void aSweepWithACrystalShouldKeepItAndTellTheOthers() {
    List<ImageSeries> mixed = List.of(simulation.sweeps().get(0).series(), images.get(1));
    BraggCrystals found = Bragg.crystals(mixed).refine();
    assertThat(found.symmetry()).isEmpty();
    assertThat(found.sweep(0)).isEmpty();
    assertThat(found.toSweeps().get(0).crystal()).isSameAs(truth(0));
    assertThat(found.toSweeps().get(1).crystal().spaceGroup()).isEqualTo(truth(0).spaceGroup());
  }

  @Test
  void theAxesOfAKnownCrystalShouldBeTaken() {
    Crystal other = truth(0).reindexed(ChangeOfBasis.of("y,x,-z"), truth(0).spaceGroup());
    for (Crystal known : List.of(truth(0), other)) {
      Crystal found =
          Bragg.crystals(images.subList(0, 1))
              .known(List.of(known))
              .index()
              .sweep(0)
              .orElseThrow()
              .toSweep()
              .crystal();
      double[] same = known.a().inverse().times(found.a()).toRowMajor();
      for (int i = 0; i < 9; i++) {
        assertThat(same[i]).isCloseTo(i % 4 == 0 ? 1 : 0, within(0.003));
      }
    }
  }

  @Test
  void failuresShouldNameSweepAndStage() {
    assertThatThrownBy(
            () ->
                Bragg.crystals(images)
                    .index(o -> o.spaceGroup("P 4").unitCell(new UnitCell(50, 50, 80, 90, 90, 90))))
        .isInstanceOf(CrystalFailure.class)
        .hasMessageContaining("sweep 0 (")
        .hasMessageContaining("index: indexing failed")
        .hasMessageContaining("try:");
    assertThatThrownBy(() -> Bragg.crystals(images).index(o -> o.maxLattices(2)))
        .hasMessageContaining("2 lattices");
    assertThatThrownBy(() -> Bragg.crystals(List.of())).hasMessageContaining("no sweep");
  }

  /** By numerical integration of the densities, Evans (2011), appendix. */
  @Test
  void oddsShouldFavourWhatTheCorrelationSays() {
    assertThat(LaueEvidence.logOdds(0.95, 100, 1)).isBetween(0.7, 2.5);
    assertThat(LaueEvidence.logOdds(0.0, 100, 1)).isLessThan(-2);
    assertThat(LaueEvidence.logOdds(0.95, 10, 1)).isLessThan(LaueEvidence.logOdds(0.95, 100, 1));
  }

  /** Spots are those intensities that are beyond three standard deviations, of Wilson's law. */
  @Test
  void weakSpotsShouldKeepTheSymmetryThatTheyHave() {
    for (double mean : new double[] {1, 2, 5}) {
      Random random = new Random(3);
      List<double[]> pairs = new ArrayList<>();
      while (pairs.size() < 4000) {
        double truth = -mean * Math.log(1 - random.nextDouble());
        double a = truth + random.nextGaussian();
        double b = truth + random.nextGaussian();
        if (a > 3 && b > 3) {
          pairs.add(new double[] {Math.sqrt(a), Math.sqrt(b)});
        }
      }
      double[] x = pairs.stream().mapToDouble(p -> p[0]).toArray();
      double[] y = pairs.stream().mapToDouble(p -> p[1]).toArray();
      double[] errors = pairs.stream().mapToDouble(p -> 1 / (4 * p[0] * p[0])).toArray();
      double cc = new PearsonsCorrelation().correlation(x, y);
      double attenuation = LaueEvidence.attenuation(x, errors);
      assertThat(attenuation).as("mean %s", mean).isCloseTo(cc, within(0.05));
      assertThat(LaueEvidence.logOdds(0.9 * cc, 200, attenuation)).isGreaterThan(0.5);
      assertThat(LaueEvidence.logOdds(0, 200, attenuation)).isLessThan(-1);
    }
  }
}
