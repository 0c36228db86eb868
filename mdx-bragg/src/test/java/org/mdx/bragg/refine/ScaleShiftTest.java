package org.mdx.bragg.refine;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.mdx.crystal.ReciprocalAsu;
import org.mdx.geometry.CorrectionFactors;
import org.mdx.geometry.Corrections;
import org.mdx.geometry.Geometry;
import org.mdx.math.Vec3;
import org.mdx.prediction.Prediction;
import org.mdx.reflection.ReflectionKeys;
import org.mdx.reflection.Reflections;
import org.mdx.sim.bragg.SweepKind;

/** A static crystal whose scale changes along the scan. */
class ScaleShiftTest {
  private static final double FRAMES = 0.03;

  /** Radius of spots in reciprocal space, in units of the wavenumber. */
  private static final double SIZE = 0.0025;

  private final Geometry truth = SweepKind.DEMO.sweep(2).trueGeometries().get(0);
  private final int frames = truth.scan().frames();

  private double logarithm(double z, double strength) {
    return strength * Math.sin(2 * Math.PI * z / frames);
  }

  private Reflections observed(double strength) {
    Random random = new Random(5);
    Reflections r = Prediction.of(truth).predictAll(1.5, 0);
    ReciprocalAsu asu = truth.crystal().orElseThrow().spaceGroup().asu();
    Corrections corrections = Corrections.of(truth);
    Map<ReciprocalAsu.Mapped, Double> strengths = new HashMap<>();
    Vec3 s0 = truth.beam().s0();
    Vec3 axis = truth.goniometer().laboratoryAxis();
    double[] px = r.get(ReflectionKeys.XYZCAL_PX);
    double[] s1 = r.get(ReflectionKeys.S1);
    double[] intensity = new double[r.size()];
    double[] variance = new double[px.length];
    Arrays.fill(variance, 1e-6);
    for (int i = 0; i < intensity.length; i++) {
      ReciprocalAsu.Mapped m =
          asu.map(
              r.integer(ReflectionKeys.MILLER_INDEX, i, 0),
              r.integer(ReflectionKeys.MILLER_INDEX, i, 1),
              r.integer(ReflectionKeys.MILLER_INDEX, i, 2));
      double f =
          strengths.computeIfAbsent(
              new ReciprocalAsu.Mapped(m.h(), m.k(), m.l(), 0),
              k -> 2e4 * -Math.log(random.nextDouble()));
      double z = px[3 * i + 2] - truth.scan().firstImage() + 1;
      CorrectionFactors c = corrections.at(0, px[3 * i], px[3 * i + 1]);
      Vec3 ray = new Vec3(s1[3 * i], s1[3 * i + 1], s1[3 * i + 2]);
      double volume = Math.abs(axis.dot(ray.cross(s0))) / (s0.norm() * ray.norm());
      intensity[i] =
          1 + f * Math.exp(logarithm(z, strength)) * c.polarization() * c.efficiency() / volume;
      intensity[i] += Math.sqrt(intensity[i]) * random.nextGaussian();
      double slope = logarithm(z + 0.5, strength) - logarithm(z - 0.5, strength);
      double sigma = Math.toDegrees(SIZE / volume) / truth.scan().width();
      double shift = Math.min(1, sigma * sigma) * slope;
      px[3 * i] += 0.03 * random.nextGaussian();
      px[3 * i + 1] += 0.03 * random.nextGaussian();
      px[3 * i + 2] += FRAMES * random.nextGaussian() + shift;
    }
    double[] ofIntensity = Arrays.stream(intensity).map(x -> Math.max(1, x)).toArray();
    return r.with(ReflectionKeys.XYZOBS_PX, px)
        .with(ReflectionKeys.XYZOBS_PX_VARIANCE, variance)
        .with(ReflectionKeys.INTENSITY_SUM, intensity)
        .with(ReflectionKeys.INTENSITY_SUM_VARIANCE, ofIntensity);
  }

  @Test
  void aScaleThatStaysShouldMoveNothing() {
    assertThat(Refiner.refine(truth, observed(0), RefineOptions.defaults()).scaleShift()).isZero();
  }
}
