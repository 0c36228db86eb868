package org.mdx.bragg.refine;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.mdx.crystal.Crystal;
import org.mdx.geometry.Geometry;
import org.mdx.math.Mat3;
import org.mdx.math.Vec3;
import org.mdx.prediction.Prediction;
import org.mdx.reflection.ReflectionKeys;
import org.mdx.reflection.Reflections;
import org.mdx.sim.bragg.SweepKind;

/** Predictions of a simulated sweep with known errors, of crystals that turn or do not. */
class StillCrystalsTest {
  private static final double PIXELS = 0.04;
  private static final double FRAMES = 0.05;

  private final Geometry truth = SweepKind.DEMO.sweep(3).trueGeometries().get(0);

  private static Geometry turned(Geometry g, double degrees) {
    Crystal c = g.crystal().orElseThrow();
    Mat3 a = Mat3.rotation(new Vec3(1, 2, -1), degrees).times(c.a());
    return g.withCrystal(Crystal.ofRealSpaceAxes(a.inverse(), c.spaceGroup()));
  }

  /** Spots with errors of Gauss, in id, of images from to to. */
  private static Reflections observed(Geometry g, int id, double from, double to) {
    Random random = new Random(7 + id);
    Reflections all = Prediction.of(g).predictAll(2, 0);
    double[] z = all.get(ReflectionKeys.XYZCAL_PX);
    Reflections r = all.where(i -> z[3 * i + 2] >= from && z[3 * i + 2] < to);
    double[] px = r.get(ReflectionKeys.XYZCAL_PX);
    double[] variance = new double[px.length];
    int[] ids = new int[r.size()];
    Arrays.fill(variance, 1e-6);
    Arrays.fill(ids, id);
    for (int i = 0; i < px.length; i++) {
      px[i] += (i % 3 == 2 ? FRAMES : PIXELS) * random.nextGaussian();
    }
    return r.without(ReflectionKeys.XYZCAL_MM, ReflectionKeys.S1)
        .with(ReflectionKeys.ID, ids)
        .with(ReflectionKeys.XYZOBS_PX, px)
        .with(ReflectionKeys.XYZOBS_PX_VARIANCE, variance);
  }

  private static List<String> warnings(Refined r) {
    return r.warnings().stream().filter(w -> w.contains("kept still")).toList();
  }

  @Test
  void aCrystalThatTurnsButIsKeptStillShouldBeTold() {
    int half = truth.scan().frames() / 2;
    Reflections moved =
        Reflections.concatenate(
            List.of(
                observed(truth, 0, 0, half),
                observed(turned(truth, 0.05), 0, half, truth.scan().frames())));
    List<Geometry> start = List.of(turned(truth, 0.02));
    RefineOptions o = RefineOptions.defaults();
    assertThat(warnings(Refiner.refine(start, moved, o.varying())))
        .singleElement()
        .asString()
        .contains("sweep 0")
        .contains("--varying orientation");
    assertThat(warnings(Refiner.refine(start, moved, o))).isEmpty();
    Reflections still = observed(truth, 0, 0, truth.scan().frames());
    assertThat(warnings(Refiner.refine(start, still, o.varying()))).isEmpty();
  }

  @Test
  void sweepsThatShareACrystalButDoNotAgreeShouldBeTold() {
    int n = truth.scan().frames();
    List<Reflections> apart = new ArrayList<>();
    List<Reflections> one = new ArrayList<>();
    for (int id = 0; id < 2; id++) {
      apart.add(observed(turned(truth, 0.04 * id), id, 0, n));
      one.add(observed(truth, id, 0, n));
    }
    List<Geometry> start = List.of(truth, truth);
    RefineOptions o = RefineOptions.defaults().varying();
    assertThat(warnings(Refiner.refine(start, Reflections.concatenate(apart), o)))
        .singleElement()
        .asString()
        .contains("sweeps 0, 1");
    assertThat(warnings(Refiner.refine(start, Reflections.concatenate(one), o))).isEmpty();
  }
}
