package org.mdx.bragg.refine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.mdx.crystal.Crystal;
import org.mdx.geometry.Beam;
import org.mdx.geometry.Detector;
import org.mdx.geometry.Geometry;
import org.mdx.geometry.Probe;
import org.mdx.geometry.Scan;
import org.mdx.math.Mat3;
import org.mdx.math.Uncertain;
import org.mdx.math.Vec3;
import org.mdx.parallel.Parallel;
import org.mdx.prediction.Prediction;
import org.mdx.reflection.ReflectionFlag;
import org.mdx.reflection.ReflectionKeys;
import org.mdx.reflection.Reflections;
import org.mdx.sim.bragg.SweepKind;

/** Predictions of a simulated sweep with known errors. */
class RefinerTest {
  private static final double PIXELS = 0.04;
  private static final double FRAMES = 0.05;

  private final Geometry truth = SweepKind.WEDGE.sweep(3).trueGeometries().get(0);

  private Reflections observed(long seed) {
    Random random = new Random(seed);
    Reflections r = Prediction.of(truth).predictAll(1.5, 0);
    int n = r.size();
    double[] px = r.get(ReflectionKeys.XYZCAL_PX);
    double[] variance = new double[3 * n];
    Arrays.fill(variance, 1e-6);
    for (int i = 0; i < px.length; i++) {
      px[i] += (i % 3 == 2 ? FRAMES : PIXELS) * random.nextGaussian();
    }
    return r.without(ReflectionKeys.XYZCAL_MM, ReflectionKeys.S1)
        .with(ReflectionKeys.ID, new int[n])
        .with(ReflectionKeys.RLP, new double[3 * n])
        .with(ReflectionKeys.XYZOBS_MM, new double[3 * n])
        .with(ReflectionKeys.XYZOBS_PX, px)
        .with(ReflectionKeys.XYZOBS_PX_VARIANCE, variance);
  }

  private static Geometry turned(Geometry g, double degrees) {
    Crystal c = g.crystal().orElseThrow();
    Mat3 a = Mat3.rotation(new Vec3(1, 2, -1), degrees).times(c.a());
    return g.withCrystal(Crystal.ofRealSpaceAxes(a.inverse(), c.spaceGroup()));
  }

  @Test
  void anyNumberOfThreadsShouldGiveTheSameBits() {
    Reflections r = observed(2);
    List<Geometry> starts = List.of(turned(truth, 0.1));
    for (RefineOptions how :
        List.of(
            RefineOptions.defaults(),
            RefineOptions.defaults().varying(),
            RefineOptions.defaults().dialsCompatible())) {
      Refined one = Refiner.refine(starts, r, how, Parallel.of(1));
      for (int threads : new int[] {2, 7}) {
        Refined many = Refiner.refine(starts, r, how, Parallel.of(threads));
        Crystal a = one.geometries().get(0).crystal().orElseThrow();
        Crystal b = many.geometries().get(0).crystal().orElseThrow();
        assertThat(b.a()).isEqualTo(a.a());
        assertThat(b.scanPoints()).isEqualTo(a.scanPoints());
        assertThat(many.reflections()).isEqualTo(one.reflections());
        assertThat(many.parameters()).isEqualTo(one.parameters());
        assertThat(many.cellCovariance(0)).isEqualTo(one.cellCovariance(0));
      }
    }
  }

  @Test
  void aTurnedCrystalShouldComeBackWithHonestNumbers() {
    Reflections r = observed(1);
    Refined refined = Refiner.refine(turned(truth, 0.1), r, RefineOptions.defaults());
    assertThat(refined.isConverged()).isTrue();
    Crystal found = refined.geometries().get(0).crystal().orElseThrow();
    Crystal expected = truth.crystal().orElseThrow();
    assertThat(found.cell().a())
        .isCloseTo(expected.cell().a(), within(4 * refined.cellSigmas(0)[0]));
    assertThat(refined.cellCovariance(0)[0])
        .isCloseTo(Math.pow(refined.cellSigmas(0)[0], 2), within(1e-15));
    ScanBlock all = refined.sweeps().get(0);
    assertThat(all.rmsdX()).isCloseTo(PIXELS, within(0.15 * PIXELS));
    assertThat(all.rmsdFrames()).isCloseTo(FRAMES, within(0.15 * FRAMES));
    assertThat(all.reflections()).isEqualTo(refined.used() - refined.outliers());
    assertThat(refined.blocks().stream().mapToInt(ScanBlock::reflections).sum())
        .isEqualTo(all.reflections());
    assertThat(refined.blocks().get(0).firstImage()).isEqualTo(truth.scan().firstImage());
    assertThat(refined.table()).contains("distance").contains("reflections used").contains("cell ");
    for (StrongCorrelation c : refined.strongCorrelations()) {
      assertThat(Math.abs(c.correlation())).isBetween(0.95, 1.0 + 1e-9);
    }
  }

  @Test
  void observedPlacesShouldBeThoseOfTheRefinedGeometry() {
    Refined refined = Refiner.refine(turned(truth, 0.1), observed(2), RefineOptions.defaults());
    Geometry g = refined.geometries().get(0);
    Reflections out = refined.reflections();
    Crystal crystal = g.crystal().orElseThrow();
    double worst = 0;
    for (int i = 0; i < out.size(); i++) {
      if (!out.isSet(i, ReflectionFlag.USED_IN_REFINEMENT)) {
        continue;
      }
      double[] q = new double[3];
      double[] h = new double[3];
      for (int c = 0; c < 3; c++) {
        q[c] = out.value(ReflectionKeys.RLP, i, c);
        h[c] = out.integer(ReflectionKeys.MILLER_INDEX, i, c);
      }
      Vec3 off = new Vec3(q[0], q[1], q[2]).minus(crystal.a().times(new Vec3(h[0], h[1], h[2])));
      worst = Math.max(worst, off.norm());
      assertThat(out.value(ReflectionKeys.XYZOBS_MM, i, 0))
          .isCloseTo(out.value(ReflectionKeys.XYZCAL_MM, i, 0), within(0.1));
      assertThat(out.value(ReflectionKeys.XYZOBS_MM, i, 2))
          .isCloseTo(out.value(ReflectionKeys.XYZCAL_MM, i, 2), within(0.01));
    }
    assertThat(worst).isBetween(1e-6, 0.01);
  }

  @Test
  void fixedParametersShouldStayAndFreeOnesMove() {
    RefineOptions fixed =
        RefineOptions.defaults().fix(RefineParameter.TILTS, RefineParameter.TAU_NORMAL);
    Geometry start = turned(truth, 0.05);
    Refined refined = Refiner.refine(start, observed(3), fixed.fixDistance(true));
    assertThat(refined.parameters())
        .extracting(RefinedParameter::group)
        .doesNotContain(RefineParameter.TILTS, RefineParameter.TAU_NORMAL, RefineParameter.DISTANCE)
        .contains(RefineParameter.SHIFTS, RefineParameter.CELL);
    assertThat(refined.geometries().get(0).detector().panels().get(0).normal())
        .isEqualTo(start.detector().panels().get(0).normal());
    Refined more =
        Refiner.refine(
            start, observed(3), RefineOptions.defaults().free(RefineParameter.WAVENUMBER));
    assertThat(more.parameters())
        .extracting(RefinedParameter::group)
        .contains(RefineParameter.WAVENUMBER);
    assertThat(RefineParameter.of("tau_normal")).isEqualTo(RefineParameter.TAU_NORMAL);
    assertThatThrownBy(() -> RefineParameter.of("colour"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("tau-normal");
  }

  @Test
  void variancesOfDialsShouldLoseTheirTwelfth() {
    Reflections r = observed(4);
    double[] variance = r.get(ReflectionKeys.XYZOBS_PX_VARIANCE);
    double[] more = Arrays.stream(variance).map(v -> v + 1.0 / 12).toArray();
    Geometry start = turned(truth, 0.05);
    Refined plain = Refiner.refine(start, r, RefineOptions.defaults());
    Refined dials =
        Refiner.refine(
            start, r.with(ReflectionKeys.XYZOBS_PX_VARIANCE, more), RefineOptions.defaults());
    assertThat(dials.table()).contains("1/12");
    assertThat(plain.table()).doesNotContain("1/12");
    assertThat(dials.floorPixels()).isCloseTo(plain.floorPixels(), within(1e-4));
  }

  @Test
  void equalModelsShouldBeShared() {
    Reflections one = observed(5);
    Reflections two = observed(6).with(ReflectionKeys.ID, filled(one.size()));
    Geometry start = turned(truth, 0.05);
    Reflections both = Reflections.concatenate(List.of(one, two));
    Refined shared = Refiner.refine(List.of(start, start), both, RefineOptions.defaults());
    Refined crystals =
        Refiner.refine(List.of(start, turned(truth, 0.06)), both, RefineOptions.defaults());
    assertThat(shared.parameters().stream().mapToInt(RefinedParameter::model).max()).hasValue(0);
    assertThat(crystals.parameters().stream().mapToInt(RefinedParameter::model).max()).hasValue(1);
    assertThat(crystals.geometries().get(0).detector())
        .isEqualTo(crystals.geometries().get(1).detector());
  }

  private static int[] filled(int n) {
    int[] out = new int[n];
    Arrays.fill(out, 1);
    return out;
  }

  @Test
  void badInputShouldBeNamed() {
    Reflections r = observed(7);
    RefineOptions options = RefineOptions.defaults();
    assertThatThrownBy(() -> Refiner.refine(List.of(), r, options))
        .hasMessageContaining("no geometry");
    assertThatThrownBy(() -> Refiner.refine(truth.withCrystal(null), r, options))
        .hasMessageContaining("index the sweep");
    assertThatThrownBy(() -> Refiner.refine(truth, r.select(0, 1), options))
        .hasMessageContaining("reflections can be used");
    assertThatThrownBy(() -> options.varianceOffset(-1)).hasMessageContaining("-1");
  }

  /** The same with a beam of electrons of 200 kV, or of X-rays as short. */
  private static Geometry shortWave(Probe probe) {
    Geometry g = SweepKind.MICROED.sweep(1).trueGeometries().get(0);
    Beam b = g.beam();
    return new Geometry(
        new Beam(
            probe, b.wavelength(), b.direction(), b.polarizationFraction(), b.polarizationNormal()),
        g.detector(),
        g.goniometer(),
        g.scan(),
        g.crystal().orElseThrow());
  }

  @Test
  void mixedInstrumentsShouldNotBecomeOne() {
    Reflections r = observed(3);
    Reflections both =
        Reflections.concatenate(
            List.of(
                r, r.with(ReflectionKeys.ID, IntStream.range(0, r.size()).map(i -> 1).toArray())));
    RefineOptions one = RefineOptions.defaults().oneInstrument(true).scanVarying(false);
    Geometry large = SweepKind.PILATUS2M.sweep(1).trueGeometries().get(0);
    Geometry otherDetector =
        new Geometry(
            truth.beam(),
            large.detector(),
            truth.goniometer(),
            truth.scan(),
            truth.crystal().orElseThrow());
    assertThatThrownBy(() -> Refiner.refine(List.of(truth, otherDetector), both, one))
        .hasMessageContaining("sweep 1 has a detector of")
        .hasMessageContaining("not one instrument");
    Beam b = truth.beam();
    Geometry otherBeam =
        new Geometry(
            new Beam(
                b.probe(),
                b.wavelength() * 1.01,
                b.direction(),
                b.polarizationFraction(),
                b.polarizationNormal()),
            truth.detector(),
            truth.goniometer(),
            truth.scan(),
            truth.crystal().orElseThrow());
    assertThatThrownBy(() -> Refiner.refine(List.of(truth, otherBeam), both, one))
        .hasMessageContaining("wavelength");
    Geometry onAnArm =
        new Geometry(
            truth.beam(),
            turned(truth.detector(), 20),
            truth.goniometer(),
            truth.scan(),
            truth.crystal().orElseThrow());
    assertThatThrownBy(() -> Refiner.refine(List.of(truth, onAnArm), both, one))
        .hasMessageContaining("the detector of sweep 1 stands")
        .hasMessageContaining("20.0° from that of the first one");
    // apart, each keeps its own
    Refined apart =
        Refiner.refine(
            List.of(truth, turned(truth, 0.05)), both, RefineOptions.defaults().scanVarying(false));
    assertThat(apart.geometries()).hasSize(2);
  }

  /** A detector turned about the fast direction and the sample, as by an arm. */
  private static Detector turned(Detector d, double degrees) {
    Mat3 arm = Mat3.rotation(d.panels().get(0).fast(), degrees);
    return new Detector(
        d.panels().stream()
            .map(p -> p.placed(arm.times(p.origin()), arm.times(p.fast()), arm.times(p.slow())))
            .toList());
  }

  @Test
  void whatTheReflectionsDoNotDetermineShouldBeSaid() {
    // beam, detector, goniometer and crystal turned together give the same spots
    Refined refined =
        Refiner.refine(
            truth,
            observed(4),
            RefineOptions.defaults().free(RefineParameter.GONIOMETER, RefineParameter.MU1));
    assertThat(refined.warnings())
        .singleElement()
        .asString()
        .contains("do not determine")
        .contains("goniometer")
        .contains("--fix");
  }

  @Test
  void flatEwaldSpheresShouldKeepTheDistance() {
    Reflections all = Prediction.of(shortWave(Probe.ELECTRON)).predictAll(0.9, 0);
    double[] variance = new double[3 * all.size()];
    Arrays.fill(variance, 1e-4);
    Reflections r =
        all.with(ReflectionKeys.XYZOBS_PX, all.get(ReflectionKeys.XYZCAL_PX))
            .with(ReflectionKeys.XYZOBS_PX_VARIANCE, variance);
    for (Probe probe : new Probe[] {Probe.ELECTRON, Probe.X_RAY}) {
      Refined refined = Refiner.refine(shortWave(probe), r, RefineOptions.defaults());
      assertThat(refined.parameters())
          .extracting(RefinedParameter::group)
          .doesNotContain(RefineParameter.DISTANCE, RefineParameter.TILTS)
          .contains(RefineParameter.CELL);
    }
  }

  @Test
  void whatLooksWrongShouldBeSaid() {
    Reflections r = observed(12);
    assertThat(Refiner.refine(truth, r, RefineOptions.defaults()).warnings()).isEmpty();
    double[] px = r.get(ReflectionKeys.XYZOBS_PX);
    Random random = new Random(1);
    for (int i = 0; i < r.size(); i++) {
      px[3 * i] += 30 * random.nextGaussian();
      px[3 * i + 1] += 30 * random.nextGaussian();
    }
    Refined nothing =
        Refiner.refine(truth, r.with(ReflectionKeys.XYZOBS_PX, px), RefineOptions.defaults());
    assertThat(nothing.warnings()).hasSize(1);
    assertThat(nothing.table()).contains("warning: the spots miss their predictions by");
    Reflections part = r.where(i -> r.value(ReflectionKeys.XYZOBS_PX, i, 2) < 12);
    assertThat(Refiner.refine(truth, part, RefineOptions.defaults()).warnings())
        .singleElement()
        .asString()
        .contains("has no reflections on the images 1")
        .contains(" to 25");
  }

  @Test
  void aScanOfMoreThanATurnShouldKeepItsTurns() {
    Scan longer = Scan.ofUnknownExposure(1, -20, 2, 220);
    Geometry g =
        new Geometry(
            truth.beam(),
            truth.detector(),
            truth.goniometer(),
            longer,
            truth.crystal().orElseThrow());
    Reflections all = Prediction.of(g).predictAll(3, 0);
    double[] px = all.get(ReflectionKeys.XYZCAL_PX);
    double[] variance = new double[px.length];
    Arrays.fill(variance, 1e-4);
    Random random = new Random(2);
    for (int i = 0; i < px.length; i++) {
      px[i] += 0.03 * random.nextGaussian();
    }
    Reflections r =
        all.with(ReflectionKeys.XYZOBS_PX, px).with(ReflectionKeys.XYZOBS_PX_VARIANCE, variance);
    Refined refined = Refiner.refine(turned(g, 0.05), r, RefineOptions.defaults());
    assertThat(refined.outliers()).isLessThan(refined.used() / 100);
    assertThat(refined.sweeps().get(0).rmsdFrames()).isCloseTo(0.03, within(0.005));
    assertThat(refined.blocks()).allMatch(b -> b.reflections() > 20);
  }

  @Test
  void optionsShouldSayWhatVaries() {
    Reflections r = observed(13);
    RefineOptions options = RefineOptions.defaults().varying(RefineParameter.CELL).interval(2);
    assertThat(options.toString()).contains("varying [cell]").contains("interval 2.0°");
    assertThatThrownBy(() -> options.varying(RefineParameter.DISTANCE))
        .hasMessageContaining("distance cannot change along the scan");
    assertThatThrownBy(() -> options.interval(0)).hasMessageContaining("above 0");
    Refined still = Refiner.refine(truth, r, RefineOptions.defaults().scanVarying(false));
    assertThat(still.alongScan()).isEmpty();
    assertThat(still.geometries().get(0).crystal().orElseThrow().scanPoints()).isEmpty();
    assertThat(still.geometries().get(0).crystal().orElseThrow().cellSigmas().orElseThrow().get(0))
        .isCloseTo(still.cellSigmas(0)[0], within(1e-6 * still.cellSigmas(0)[0]));
  }

  @Test
  void twoThetaShouldFindTheCellWithoutTheOrientation() {
    Refined refined = Refiner.refine(turned(truth, 0.1), observed(8), RefineOptions.defaults());
    Geometry exact = turned(truth, 40);
    Reflections r = refined.reflections();
    TwoTheta found = TwoTheta.refine(List.of(exact), r);
    double a = truth.crystal().orElseThrow().cell().a();
    assertThat(found.cell().a()).isCloseTo(a, within(4 * found.sigmas().get(0)));
    assertThat(found.sigmas().get(0)).isBetween(1e-6, 1e-3 * a);
    assertThat(found.reflections()).isGreaterThan(100);
    assertThat(found.toString()).contains("rmsd of 2θ").contains("1 mm farther");
    // Bragg angles of a detector at D: a ~ D
    double d = exact.detector().panels().get(0).origin().norm();
    assertThat(found.perMillimetre().get(0)).isBetween(0.5 * a / d, 1.2 * a / d);
    int[] few = IntStream.range(0, 1).toArray();
    assertThatThrownBy(() -> TwoTheta.refine(List.of(exact), r.select(few)))
        .hasMessageContaining("parameters of the cell");
  }

  @Test
  void uncertaintiesShouldReadAsCrystallographersWriteThem() {
    assertThat(Uncertain.text(30.00042, 0.0006)).isEqualTo("30.0004(6)");
    assertThat(Uncertain.text(30.00042, 0.00014)).isEqualTo("30.00042(14)");
    assertThat(Uncertain.text(90, 0)).isEqualTo("90.0000");
    assertThat(Uncertain.text(8.1378402, 1e-12)).isEqualTo("8.13784");
  }
}
