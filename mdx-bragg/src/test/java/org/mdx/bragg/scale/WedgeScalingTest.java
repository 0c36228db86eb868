package org.mdx.bragg.scale;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.apache.commons.math3.stat.regression.SimpleRegression;
import org.junit.jupiter.api.Test;
import org.mdx.bragg.internal.intensity.SimulatedCrystal;
import org.mdx.bragg.internal.intensity.SimulatedCrystal.Measuring;
import org.mdx.bragg.internal.intensity.SimulatedCrystal.Sweep;
import org.mdx.bragg.merge.MergeOptions;
import org.mdx.bragg.merge.Merged;
import org.mdx.bragg.merge.MergedReflection;
import org.mdx.bragg.merge.Merger;
import org.mdx.crystal.ChangeOfBasis;
import org.mdx.crystal.UnitCell;
import org.mdx.geometry.Geometry;
import org.mdx.reflection.ReflectionKeys;
import org.mdx.reflection.Reflections;

/** Errors of the scales of many small wedges, and of what is merged from them. */
class WedgeScalingTest {
  private static final UnitCell SMALL = new UnitCell(18, 24, 29, 90, 90, 90);

  private record Data(List<Geometry> geometries, Reflections reflections, double[] trueScale) {}

  /** Wedges of 1°, each with a scale of its own. */
  private static Data wedges(SimulatedCrystal crystal, int count) {
    List<Geometry> geometries = new ArrayList<>();
    List<Reflections> tables = new ArrayList<>();
    List<Double> scales = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      double c = 0.5 + 0.01 * i;
      Measuring m = new Measuring().scan(11.0 * i, 1, 2).scales(x -> c, x -> 0).errors(10, 5, 0.02);
      Sweep s = crystal.measure(m, i, ChangeOfBasis.IDENTITY, crystal.group(), 40 + i);
      geometries.add(s.geometry());
      tables.add(s.reflections());
      Arrays.stream(s.trueScale()).forEach(scales::add);
    }
    double[] all = scales.stream().mapToDouble(x -> x).toArray();
    return new Data(geometries, Reflections.concatenate(tables), all);
  }

  /** Without the errors of the scales the width was 1.6. */
  @Test
  void standardDeviationsOfMergedWedgesShouldKnowTheErrorsOfTheScales() {
    SimulatedCrystal crystal = new SimulatedCrystal("P 1 21/c 1", SMALL, 2.2, 6);
    Data d = wedges(crystal, 80);
    Scaled scaled = Scaler.scale(d.geometries(), d.reflections(), ScaleOptions.defaults());
    MergeOptions options = MergeOptions.defaults();
    Merged with = Merger.merge(d.geometries(), scaled.reflections(), options);
    Merged plain = Merger.merge(d.geometries(), scaled.reflections(), options.scaleErrors(false));
    assertThat(width(crystal, with)).as(scaled.table()).isBetween(0.85, 1.2);
    assertThat(width(crystal, with)).isLessThan(width(crystal, plain));
  }

  /**
   * Logarithms of fitted over true scales, less a scale and a B common to all, in their standard
   * deviations; with weights about a mean of 0 in place of the mean these were twice to six times
   * too large.
   */
  @Test
  void errorsOfScalesShouldBeTheTrueOnes() {
    SimulatedCrystal crystal = new SimulatedCrystal("P 1 21/c 1", SMALL, 2.2, 6);
    Data d = wedges(crystal, 40);
    Reflections r =
        Scaler.scale(d.geometries(), d.reflections(), ScaleOptions.defaults()).reflections();
    double[] g = r.get(ReflectionKeys.INVERSE_SCALE_FACTOR);
    double[] v = r.get(ReflectionKeys.INVERSE_SCALE_FACTOR_VARIANCE);
    int[] hkl = r.get(ReflectionKeys.MILLER_INDEX);
    SimpleRegression common = new SimpleRegression();
    List<double[]> rows = new ArrayList<>();
    for (int i = 0; i < g.length; i++) {
      if (g[i] > 0) {
        double[] row = {
          square(hkl[3 * i], hkl[3 * i + 1], hkl[3 * i + 2]),
          Math.log(g[i] / d.trueScale()[i]),
          Math.sqrt(v[i]) / g[i]
        };
        rows.add(row);
        common.addData(row[0], row[1]);
      }
    }
    List<Double> z = new ArrayList<>();
    rows.forEach(w -> z.add(Math.abs(w[1] - common.predict(w[0])) / w[2]));
    z.sort(null);
    assertThat(z.get((int) (0.683 * z.size()))).isBetween(0.75, 1.35);
  }

  /** 1/d² in Å⁻². */
  private static double square(int h, int k, int l) {
    return Math.pow(h / SMALL.a(), 2) + Math.pow(k / SMALL.b(), 2) + Math.pow(l / SMALL.c(), 2);
  }

  /** Robust width of (I − k e^(b/2d²) F²)/σ. */
  private static double width(SimulatedCrystal crystal, Merged m) {
    List<double[]> rows = new ArrayList<>();
    for (MergedReflection r : m.reflections()) {
      double s2 = square(r.h(), r.k(), r.l());
      double t = crystal.truth(r.h(), r.k(), r.l());
      rows.add(new double[] {r.mean().value(), r.mean().sigma(), t, s2});
    }
    double least = Double.POSITIVE_INFINITY;
    for (double b = -3; b <= 3; b += 0.02) {
      double top = 0;
      double bottom = 0;
      for (double[] r : rows) {
        double t = Math.exp(b * r[3]) * r[2];
        top += r[0] * t / (r[1] * r[1]);
        bottom += t * t / (r[1] * r[1]);
      }
      double k = top / bottom;
      double at = b;
      double[] z =
          rows.stream()
              .mapToDouble(r -> Math.abs(r[0] - k * Math.exp(at * r[3]) * r[2]) / r[1])
              .sorted()
              .toArray();
      least = Math.min(least, z[(int) (0.683 * z.length)]);
    }
    return least;
  }
}
