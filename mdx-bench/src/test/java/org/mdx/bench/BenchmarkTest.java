package org.mdx.bench;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.mdx.bench.bragg.GeometryFitBenchmark;
import org.mdx.bench.bragg.NoisyMeanBenchmark;
import org.mdx.bench.bragg.PredictBenchmark;
import org.mdx.bench.bragg.SpotBenchmark;
import org.mdx.bench.guard.GuardedKernel;
import org.mdx.bench.scaling.ControlTerm;
import org.mdx.bench.scaling.InterpolateBenchmark;
import org.mdx.bench.scaling.NormalBenchmark;
import org.mdx.bench.scaling.RefineBenchmark;
import org.mdx.bench.scaling.ScaledCountsBenchmark;
import org.mdx.bench.scaling.SolverBenchmark;
import org.openjdk.jmh.runner.BenchmarkList;
import org.openjdk.jmh.runner.format.OutputFormatFactory;
import org.openjdk.jmh.runner.options.VerboseMode;

/** The set-ups compare kernel and naive twin, so that to run them is the test. */
class BenchmarkTest {

  @Test
  void byteOffsetKernelAndTwinShouldAgree() {
    ByteOffsetBenchmark b = new ByteOffsetBenchmark();
    b.size = FrameSize.PILATUS_300K;
    b.setUp();
    assertThat(b.plainPass()).isPositive();
  }

  @Test
  void cbfReadersShouldAgreeOnPlainAndCompressedFiles() throws Exception {
    for (String file : new String[] {"plain", "gz"}) {
      CbfFileBenchmark b = new CbfFileBenchmark();
      b.size = FrameSize.PILATUS_300K;
      b.file = file;
      b.setUp();
      assertThat(b.bytesOnly()).isGreaterThan(FrameSize.PILATUS_300K.pixels());
      b.tearDown();
      assertThatThrownBy(b::naive).as("file after tear-down").hasMessageContaining("mdx-bench");
    }
  }

  @Test
  void voxelKeysShouldAgree() {
    for (FrameSize size : new FrameSize[] {FrameSize.CROP, FrameSize.PILATUS_300K}) {
      VoxelKeyBenchmark b = new VoxelKeyBenchmark();
      b.size = size;
      b.setUp();
      assertThat(b.fast()).hasSize(size.pixels());
    }
  }

  @Test
  void integrationShouldAgreeWithMapAndDenseLoop() {
    IntegrateBenchmark b = new IntegrateBenchmark();
    b.size = FrameSize.CROP;
    b.setUp();
    assertThat(b.plainPass()).isPositive();
  }

  @Test
  void spotKernelsShouldAgree() {
    NoisyMeanBenchmark mean = new NoisyMeanBenchmark();
    mean.pixels = 300;
    mean.setUp();
    assertThat(mean.fast()).isPositive();
    SpotBenchmark shares = new SpotBenchmark();
    shares.pixels = 60;
    shares.setUp();
    assertThat(shares.fast()).isPositive();
  }

  @Test
  void mappingToTheAsymmetricUnitShouldAgree() {
    AsuBenchmark b = new AsuBenchmark();
    b.edge = 21;
    b.setUp();
    assertThat(b.fast()).hasDimensions(4, 21 * 21 * 21);
  }

  @Test
  void groupingAndMergingShouldAgreeWithMaps() {
    GroupBenchmark g = new GroupBenchmark();
    g.edge = 21;
    g.setUp();
    assertThat(g.fast().rows()).isEqualTo(21 * 21 * 21);
    MergeBenchmark m = new MergeBenchmark();
    m.edge = 21;
    m.setUp();
    assertThat(m.fast().used()).isEqualTo(21 * 21 * 21);
  }

  @Test
  void expectedMergingShouldAgreeWithMapsAndHalvesGiveTheWhole() {
    ExpectedMergeBenchmark b = new ExpectedMergeBenchmark();
    b.edge = 21;
    b.setUp();
    assertThat(b.fast().used()).isEqualTo(21 * 21 * 21);
  }

  @Test
  void voxelsInCommonShouldBeThoseOfSetsAndMaps() {
    CommonVoxelsBenchmark b = new CommonVoxelsBenchmark();
    b.voxels = 10_000;
    b.setUp();
    assertThat(b.fast()[0]).isBetween(10_000.0, 20_000.0);
  }

  @Test
  void dispersionShouldAgreeWithTablesOfSums() {
    DispersionBenchmark b = new DispersionBenchmark();
    b.size = FrameSize.CROP;
    b.setUp();
    assertThat(b.whole()).isNotEmpty();
  }

  @Test
  void windowExcessShouldAgreeWithSumsOverEachWindow() {
    WindowExcessBenchmark b = new WindowExcessBenchmark();
    b.size = FrameSize.CROP;
    b.setUp();
    assertThat(b.naive()).isPositive();
  }

  @Test
  void scaledCountsShouldAgreeWithAMap() {
    ScaledCountsBenchmark b = new ScaledCountsBenchmark();
    b.size = FrameSize.CROP;
    b.setUp();
    assertThat(b.fast()).isNotEmpty();
  }

  @Test
  void everyTermShouldAgreeWithItsDesignMatrix() {
    for (ControlTerm term : ControlTerm.values()) {
      InterpolateBenchmark i = new InterpolateBenchmark();
      i.term = term;
      i.observations = 20_000;
      i.setUp();
      assertThat(i.fast()).hasSize(20_000);
      NormalBenchmark n = new NormalBenchmark();
      n.term = term;
      n.observations = 20_000;
      n.setUp();
      assertThat(n.fast()).hasSize(term.points() * term.elements());
    }
  }

  @Test
  void conjugateGradientsShouldAgreeWithCholesky() {
    SolverBenchmark b = new SolverBenchmark();
    b.edge = 20;
    b.setUp();
    assertThat(b.fast()).hasSize(400);
  }

  @Test
  void refinementShouldGiveTheControlPointsOfTheTextbook() {
    RefineBenchmark b = new RefineBenchmark();
    b.observations = 3000;
    b.setUp();
    assertThat(b.fast().cycles()).hasSize(5);
  }

  @Test
  void predictionShouldFindWhatASearchFinds() {
    PredictBenchmark b = new PredictBenchmark();
    b.edge = 24;
    b.setUp();
    assertThat(b.fast()).isGreaterThan(1000);
  }

  @Test
  void geometryFitShouldSettle() {
    GeometryFitBenchmark b = new GeometryFitBenchmark();
    b.reflections = 400;
    b.setUp();
    assertThat(b.fit().converged()).isTrue();
  }

  @Test
  void everyGuardedKernelShouldBeABenchmarkThatJmhKnows() {
    Set<String> known = new HashSet<>();
    BenchmarkList.defaultList()
        .getAll(OutputFormatFactory.createFormatInstance(System.out, VerboseMode.SILENT), List.of())
        .forEach(entry -> known.add(entry.getUsername()));
    for (GuardedKernel kernel : GuardedKernel.ALL) {
      assertThat(known)
          .contains(
              kernel.benchmark().getName() + "." + kernel.fast(),
              kernel.benchmark().getName() + "." + kernel.twin());
    }
  }
}
