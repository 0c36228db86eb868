package org.mdx;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.mdx.correct.BackgroundOptions;
import org.mdx.correct.CorrectOptions;
import org.mdx.crystal.CellTolerance;
import org.mdx.crystal.Crystal;
import org.mdx.crystal.SpaceGroup;
import org.mdx.crystal.UnitCell;
import org.mdx.expand.MapOptions;
import org.mdx.geometry.Beam;
import org.mdx.geometry.CorrectionGrid;
import org.mdx.geometry.ExactMillerIndexMap;
import org.mdx.geometry.Geometry;
import org.mdx.geometry.MillerIndexGrid;
import org.mdx.geometry.Probe;
import org.mdx.geometry.Sensor;
import org.mdx.image.BinnedImageSeries;
import org.mdx.image.PixelMask;
import org.mdx.integrate.IntegrationOptions;
import org.mdx.mask.GeneratedMask;
import org.mdx.mask.MaskOptions;
import org.mdx.mask.PowderRings;
import org.mdx.mask.ResolutionRange;
import org.mdx.math.Mat3;
import org.mdx.math.Vec3;
import org.mdx.merge.MergeOptions;
import org.mdx.merge.Merger;
import org.mdx.parallel.Parallel;
import org.mdx.peaks.BraggMask;
import org.mdx.peaks.PeakModel;
import org.mdx.peaks.PeakOptions;
import org.mdx.pipeline.FineMaps;
import org.mdx.pipeline.ReductionOptions;
import org.mdx.pipeline.Sweep;
import org.mdx.reindex.PairCorrelation;
import org.mdx.reindex.ReindexOptions;
import org.mdx.reindex.SweepIndexing;
import org.mdx.reintegrate.ReintegrateOptions;
import org.mdx.scale.ScalingModel;
import org.mdx.scaling.ScalingOptions;
import org.mdx.scaling.ScalingRefiner;
import org.mdx.sim.Absence;
import org.mdx.sim.DiffuseModel;
import org.mdx.sim.ModelParameters;
import org.mdx.sim.Simulation;
import org.mdx.sim.SimulationOptions;
import org.mdx.sim.SweepEffects;
import org.mdx.stats.ShellOptions;
import org.mdx.stats.ShellStatistics;

/** What values say of themselves where they are typed at a prompt. */
class PromptTest {
  /** What no scientist wants to read. */
  private static final String FORBIDDEN = "null|@[0-9a-f]{5,}|NaN|Optional";

  static Stream<Object> values() {
    SimulationOptions options = SimulationOptions.demo().withFrames(3, 0.5, 0.04);
    Simulation simulation = Simulation.of(options);
    Geometry g = simulation.sweeps().get(0).geometry();
    UnitCell cell = new UnitCell(30, 40, 50, 90, 91, 90);
    Crystal crystal = g.crystal().orElseThrow();
    PeakModel peak = new PeakModel(Vec3.ZERO, Mat3.diagonal(0.1, 0.2, 0.3));
    ReductionOptions standard = ReductionOptions.standard();
    return Stream.of(
        options,
        SimulationOptions.microEd().withAbsences(List.of(new Absence(1, 2, 3))),
        simulation,
        simulation.sweeps().get(0),
        simulation.background(),
        simulation.sweeps().get(0).factors(),
        new DiffuseModel(cell, SpaceGroup.ofNumber(1), ModelParameters.of(cell), 1),
        ModelParameters.of(cell),
        SweepEffects.TYPICAL,
        options.detector(),
        g,
        g.beam(),
        new Beam(Probe.ELECTRON, 0.0251, new Vec3(0, 0, 1), 0.5, new Vec3(0, 1, 0)),
        g.goniometer(),
        g.detector(),
        g.detector().panels().get(0),
        Sensor.IDEAL,
        g.scan(),
        crystal,
        cell,
        crystal.spaceGroup(),
        crystal.spaceGroup().laueGroup(),
        CellTolerance.defaults(),
        CorrectionGrid.sample(g, 0, 10, 10, 0.5),
        MillerIndexGrid.sample(g, 0, 1, 10, 10, 0.5),
        new ExactMillerIndexMap(g, Parallel.of(1)),
        Parallel.of(2),
        simulation.sweeps().get(0).series(),
        PixelMask.none(3, 4),
        binned(),
        new GeneratedMask(
            List.of(PixelMask.none(3, 4)), List.of(new GeneratedMask.Part("circle 0:1,1,1", 3))),
        MaskOptions.none(),
        PowderRings.ice(),
        ResolutionRange.ring(3, 0.01),
        peak,
        new BraggMask(peak, 3, 40, false, false),
        new BraggMask(peak, 3, 40, true, true),
        PeakOptions.defaults(),
        IntegrationOptions.defaults(),
        CorrectOptions.defaults(),
        BackgroundOptions.defaults(),
        ReindexOptions.defaults(),
        ScalingOptions.mca2020(),
        ScalingOptions.defaults(),
        MergeOptions.defaults(),
        MapOptions.defaults(),
        ShellOptions.defaults(),
        ReintegrateOptions.defaults(),
        ReintegrateOptions.defaults().limits(0, 1, 0, 1, 0, 1).outlier(5),
        standard,
        standard.withoutScaling().reindex(false).countThreshold(40).sigmaCutoff(4),
        standard.bragg(),
        standard.combination(),
        ReductionOptions.mdx2(),
        ScalingModel.IDENTITY,
        ScalingRefiner.of(ScalingOptions.defaults()),
        Merger.of(MergeOptions.defaults()),
        ShellStatistics.of(cell),
        FineMaps.Input.of(Sweep.of(simulation.sweeps().get(0).series())),
        Sweep.of(simulation.sweeps().get(0).series()),
        Mdx.sweeps(simulation.sweeps().get(0).series()),
        new SweepIndexing("1", 0, 9, 0, List.of(Double.NaN), Double.NaN, Double.NaN, 1, "alone"),
        new PairCorrelation(0, 1, 2, List.of(0.5, Double.NaN)));
  }

  private static BinnedImageSeries binned() {
    double[] one = {1, 2};
    double[] rates = {Double.NaN, 1, 2, 3, 4, 5, 6, 7};
    return new BinnedImageSeries(List.of(BinnedImageSeries.Bins.of(one, one, one, rates, null)));
  }

  @ParameterizedTest
  @MethodSource("values")
  void whatIsPrintedShouldBeForPeople(Object value) {
    assertThat(value.toString())
        .as(value.getClass().getSimpleName())
        .doesNotContainPattern(FORBIDDEN)
        .isNotBlank();
  }
}
