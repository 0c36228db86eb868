package org.mdx.sim;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import it.unimi.dsi.fastutil.longs.Long2ObjectMap;
import it.unimi.dsi.fastutil.longs.Long2ObjectOpenHashMap;
import java.util.ArrayList;
import java.util.List;
import org.apache.commons.math3.stat.correlation.PearsonsCorrelation;
import org.junit.jupiter.api.Test;
import org.mdx.geometry.CorrectionFactors;
import org.mdx.geometry.Corrections;
import org.mdx.geometry.Geometry;
import org.mdx.math.Mat3;
import org.mdx.math.Vec3;
import org.mdx.table.Subdivision;

/**
 * The truth of a voxel against what its pixels recorded, put together by the definition alone: sum
 * of counts less background over sum of what one unit of intensity would have counted.
 */
class RecordedTruthTest {
  private static final double EXCLUDED = 4.5;

  /** Sums of one voxel: counts less background, counts per intensity, expected counts. */
  private record Voxel(int h, int k, int l, double[] sums) {}

  @Test
  void recordedVoxelsShouldReachTheCeilingOfTheirNoise() {
    SimulationOptions options =
        SimulationOptions.demo()
            .withDetector(SimulatedDetector.flat(240, 240, 0.35, 80))
            .withFrames(24, 0.5, 0.04)
            .withSweeps(1);
    Simulation simulation = Simulation.of(options);
    SimulatedSweep sweep = simulation.sweeps().get(0);
    DiffuseModel model = simulation.model();
    double excluded = EXCLUDED * model.parameters().peakSigma();
    Long2ObjectMap<Voxel> noiseless = new Long2ObjectOpenHashMap<>();
    Long2ObjectMap<Voxel> noisy = new Long2ObjectOpenHashMap<>();
    for (int f = 0; f < sweep.frames(); f++) {
      add(model, sweep, f, excluded, noiseless, noisy);
    }
    List<Double> truth = new ArrayList<>();
    List<Double> exact = new ArrayList<>();
    List<Double> measured = new ArrayList<>();
    List<Double> sigma = new ArrayList<>();
    Subdivision three = new Subdivision(3, 3, 3);
    for (Long2ObjectMap.Entry<Voxel> e : noiseless.long2ObjectEntrySet()) {
      Voxel v = e.getValue();
      double s = model.s(v.h / 3.0, v.k / 3.0, v.l / 3.0);
      double t = model.voxel(v.h, v.k, v.l, three, excluded, 4);
      if (s > 0.3 && s < 0.36 && !Double.isNaN(t)) {
        double[] sums = noisy.get(e.getLongKey()).sums;
        truth.add(t);
        exact.add(v.sums[0] / v.sums[1]);
        measured.add(sums[0] / sums[1]);
        sigma.add(Math.sqrt(sums[2]) / sums[1]);
      }
    }
    assertThat(truth.size()).isGreaterThan(1000);
    // not one: the sweep crosses some voxels at their edge only
    assertThat(correlation(truth, exact)).isGreaterThan(0.99);
    double ceiling = NoiseCeiling.correlation(array(truth), array(sigma));
    assertThat(ceiling).isBetween(0.9, 0.99);
    assertThat(correlation(truth, measured)).isCloseTo(ceiling, within(0.012));
  }

  private static void add(
      DiffuseModel model,
      SimulatedSweep sweep,
      int frame,
      double excluded,
      Long2ObjectMap<Voxel> noiseless,
      Long2ObjectMap<Voxel> noisy) {
    Geometry g = sweep.geometry();
    Corrections corrections = Corrections.of(g);
    SweepFactors factors = sweep.factors();
    double phi = g.scan().phi(frame);
    double seconds = g.scan().exposure(frame);
    Mat3 toIndex = g.ub(phi).inverse();
    int width = sweep.width(0);
    float[][] expected = {new float[width * sweep.height(0)]};
    int[][] counts = {new int[expected[0].length]};
    sweep.expected(frame, expected);
    sweep.read(frame, counts);
    for (int i = 0; i < counts[0].length; i++) {
      double px = i % width + 0.5;
      double py = i / width + 0.5;
      Vec3 s = g.scatteringVector(0, px, py);
      Vec3 h = toIndex.times(s);
      int h0 = (int) Math.rint(h.x());
      int k0 = (int) Math.rint(h.y());
      int l0 = (int) Math.rint(h.z());
      double distance = model.s(h.x() - h0, h.y() - k0, h.z() - l0);
      if (distance < excluded && !model.isAbsent(h0, k0, l0)) {
        continue;
      }
      CorrectionFactors c = corrections.at(0, px, py);
      double response =
          seconds
              * c.solidAngle()
              * c.attenuation()
              * c.efficiency()
              * c.polarization()
              * sweep.detectorFactor(0, i % width, i / width);
      double a = factors.absorption(s, phi);
      double perIntensity = response * a * factors.scale(phi);
      double background = response * (factors.air(s.norm()) + a * factors.offset(s.norm(), phi));
      int x = (int) Math.rint(3 * h.x());
      int y = (int) Math.rint(3 * h.y());
      int z = (int) Math.rint(3 * h.z());
      put(noiseless, x, y, z, expected[0][i] - background, perIntensity, expected[0][i]);
      put(noisy, x, y, z, counts[0][i] - background, perIntensity, expected[0][i]);
    }
  }

  private static void put(
      Long2ObjectMap<Voxel> map, int h, int k, int l, double a, double b, double c) {
    long key = ((h + 1000L) << 40) | ((k + 1000L) << 20) | (l + 1000L);
    double[] sums = map.computeIfAbsent(key, n -> new Voxel(h, k, l, new double[3])).sums;
    sums[0] += a;
    sums[1] += b;
    sums[2] += c;
  }

  private static double correlation(List<Double> x, List<Double> y) {
    return new PearsonsCorrelation().correlation(array(x), array(y));
  }

  private static double[] array(List<Double> list) {
    return list.stream().mapToDouble(Double::doubleValue).toArray();
  }
}
