package org.mdx.bragg.scale;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.mdx.bragg.internal.intensity.IntensityKind;
import org.mdx.bragg.internal.intensity.SimulatedCrystal;
import org.mdx.bragg.internal.intensity.SimulatedCrystal.Measuring;
import org.mdx.bragg.internal.intensity.SimulatedCrystal.Sweep;
import org.mdx.bragg.internal.intensity.UniqueGroups;
import org.mdx.crystal.ChangeOfBasis;
import org.mdx.crystal.UnitCell;
import org.mdx.geometry.Geometry;
import org.mdx.math.Vec3;
import org.mdx.reflection.ReflectionFlag;
import org.mdx.reflection.ReflectionKeys;
import org.mdx.reflection.Reflections;

/** Sweeps with known F², scales and errors. */
class ScalerTest {
  private static final UnitCell CELL = new UnitCell(30, 34, 40, 90, 90, 90);

  private static SimulatedCrystal crystal() {
    return new SimulatedCrystal("P 21 21 21", CELL, 2.3, 6);
  }

  private record Data(List<Geometry> geometries, Reflections reflections, double[] trueScale) {
    static Data of(SimulatedCrystal crystal, Measuring... sweeps) {
      List<Geometry> g = new ArrayList<>();
      List<Reflections> r = new ArrayList<>();
      double[] scale = {};
      for (int i = 0; i < sweeps.length; i++) {
        Sweep s = crystal.measure(sweeps[i], i, ChangeOfBasis.IDENTITY, crystal.group(), 40 + i);
        g.add(s.geometry());
        r.add(s.reflections());
        int n = scale.length;
        scale = Arrays.copyOf(scale, n + s.trueScale().length);
        System.arraycopy(s.trueScale(), 0, scale, n, s.trueScale().length);
      }
      return new Data(g, Reflections.concatenate(r), scale);
    }
  }

  private static Measuring first() {
    return new Measuring()
        .scan(0, 80, 160)
        .scales(x -> 1 + 0.3 * Math.sin(4 * x), x -> 1.5 - 3 * x)
        .errors(10, 5, 0.02)
        .underestimate(1.3)
        .surface(new Vec3(0.1, -0.15, 0.05));
  }

  private static Measuring second() {
    return new Measuring()
        .scan(30, 60, 120)
        .scales(x -> 0.4 * (1 - 0.4 * x), x -> 1 - 2 * x)
        .errors(10, 5, 0.02)
        .underestimate(1.3);
  }

  private static Measuring withoutDecay() {
    return new Measuring().scan(30, 80, 160).errors(10, 5, 0.02).underestimate(1.3);
  }

  /** Merged intensities beside F²: what truth leaves over, in several ways. */
  private static final class Truth {
    private final List<double[]> rows = new ArrayList<>();
    private final double scale;

    Truth(SimulatedCrystal crystal, Scaled scaled) {
      Reflections r = scaled.reflections();
      int[] hkl = r.get(ReflectionKeys.MILLER_INDEX);
      UniqueGroups groups = UniqueGroups.of(hkl, crystal.group());
      double top = 0;
      double bottom = 0;
      for (int g = 0; g < groups.size(); g++) {
        double w = 0;
        double sum = 0;
        for (int q = groups.start(g); q < groups.start(g + 1); q++) {
          int i = groups.member(q);
          if (r.isSet(i, ReflectionFlag.SCALED)) {
            double f = r.value(ReflectionKeys.INVERSE_SCALE_FACTOR, i, 0);
            double v = r.value(ReflectionKeys.INTENSITY_SCALE_VARIANCE, i, 0) / (f * f);
            w += 1 / v;
            sum += r.value(ReflectionKeys.INTENSITY_SCALE, i, 0) / f / v;
          }
        }
        if (w > 0) {
          int h = groups.index(g, 0);
          int k = groups.index(g, 1);
          int l = groups.index(g, 2);
          double t = crystal.truth(h, k, l);
          double s2 = h * h / 900.0 + k * k / 1156.0 + l * l / 1600.0;
          rows.add(new double[] {sum / w, 1 / Math.sqrt(w), t, s2});
          top += sum * t;
          bottom += w * t * t;
        }
      }
      scale = top / bottom;
    }

    double correlation() {
      double x = 0;
      double y = 0;
      for (double[] r : rows) {
        x += r[0] / rows.size();
        y += r[2] / rows.size();
      }
      double xx = 0;
      double yy = 0;
      double xy = 0;
      for (double[] r : rows) {
        xx += (r[0] - x) * (r[0] - x);
        yy += (r[2] - y) * (r[2] - y);
        xy += (r[0] - x) * (r[2] - y);
      }
      return xy / Math.sqrt(xx * yy);
    }

    /** Σ|I − k e^(b s²) F²|/Σ k F², B being the one thing that scaling cannot know. */
    double misfit() {
      double best = Double.POSITIVE_INFINITY;
      for (double b = -3; b <= 3; b += 0.02) {
        double top = 0;
        double k = scaleFor(b);
        double bottom = 0;
        for (double[] r : rows) {
          double t = k * Math.exp(b * r[3]) * r[2];
          top += Math.abs(r[0] - t);
          bottom += t;
        }
        best = Math.min(best, top / bottom);
      }
      return best;
    }

    private double scaleFor(double b) {
      double top = 0;
      double bottom = 0;
      for (double[] r : rows) {
        double t = Math.exp(b * r[3]) * r[2];
        top += r[0] * t / (r[1] * r[1]);
        bottom += t * t / (r[1] * r[1]);
      }
      return top / bottom;
    }

    double scale() {
      return scale;
    }
  }

  @Test
  void mergedIntensitiesShouldBeTheTrueOnes() {
    SimulatedCrystal crystal = crystal();
    Data d = Data.of(crystal, first(), second());
    Scaled scaled = Scaler.scale(d.geometries(), d.reflections(), ScaleOptions.defaults());
    Truth truth = new Truth(crystal, scaled);
    assertThat(truth.scale()).isPositive();
    assertThat(truth.correlation()).as(scaled.table()).isGreaterThan(0.9994);
    assertThat(truth.misfit()).as(scaled.table()).isLessThan(0.028);
    assertThat(scaled.intensities()).isEqualTo(IntensityChoice.PROFILE);
    assertThat(scaled.shells()).allMatch(w -> w.width() > 0.9 && w.width() < 1.2);
    assertThat(scaled.components()).isEqualTo(1);
  }

  @Test
  void equationsShouldHaveOneSolutionWithAndWithoutTheirMatrix() {
    Data d = Data.of(crystal(), first(), second());
    ScalingData data =
        new ScalingData(
            d.geometries(), d.reflections(), IntensityKind.PROFILE, ScaleOptions.defaults());
    ScalingModel model = new ScalingModel(data, true, AbsorptionLevel.LOW, new double[] {1, 0.5});
    double[] weight = Arrays.stream(data.variance).map(v -> 1 / v).toArray();
    boolean[] all = new boolean[data.groups.size()];
    Arrays.fill(all, true);
    GaussNewton fit = new GaussNewton(data, model, weight, all);
    fit.fit(1);
    double[] dense = fit.system(true).solve(1e-3);
    double[] without = fit.system(false).solve(1e-3);
    double largest = Arrays.stream(dense).map(Math::abs).max().orElseThrow();
    assertThat(largest).isPositive();
    assertThat(without).containsExactly(dense, org.assertj.core.data.Offset.offset(1e-3 * largest));
  }

  @Test
  void errorsShouldBeThoseOfTheMeasurements() {
    SimulatedCrystal crystal = crystal();
    Data d = Data.of(crystal, first(), second());
    Scaled scaled = Scaler.scale(d.geometries(), d.reflections(), ScaleOptions.defaults());
    Reflections r = scaled.reflections();
    // σ of the truth: 1.3 times counting, and 2 % of the intensity
    int[] hkl = r.get(ReflectionKeys.MILLER_INDEX);
    List<Double> ratio = new ArrayList<>();
    for (int i = 0; i < r.size(); i++) {
      double e = d.trueScale()[i] * crystal.truth(hkl[3 * i], hkl[3 * i + 1], hkl[3 * i + 2]);
      double real = 1.69 * (e / 10 + 25) + 0.0004 * e * e;
      if (r.isSet(i, ReflectionFlag.SCALED)) {
        ratio.add(Math.sqrt(r.value(ReflectionKeys.INTENSITY_SCALE_VARIANCE, i, 0) / real));
      }
    }
    double[] sorted = ratio.stream().mapToDouble(Double::doubleValue).sorted().toArray();
    assertThat(sorted[sorted.length / 10]).isBetween(0.9, 1.1);
    assertThat(sorted[sorted.length / 2]).isBetween(0.95, 1.05);
    assertThat(sorted[9 * sorted.length / 10]).isBetween(0.9, 1.1);
  }

  /** As min_Ih of DIALS: what is weaker does not take part in the fit of the errors. */
  @Test
  void errorModelShouldBeFittedToStrongMeasurementsIfAsked() {
    Data d = Data.of(crystal(), first(), second());
    ScaleOptions defaults = ScaleOptions.defaults();
    Scaled none = Scaler.scale(d.geometries(), d.reflections(), defaults.minExpected(1e9));
    assertThat(none.sweeps()).allMatch(w -> w.errors().equals(ErrorModel.START));
    Scaled strong = Scaler.scale(d.geometries(), d.reflections(), defaults.minExpected(300));
    Scaled all = Scaler.scale(d.geometries(), d.reflections(), defaults);
    double b = strong.sweeps().get(0).errors().b();
    assertThat(b).isNotEqualTo(all.sweeps().get(0).errors().b());
    // the truth is 0.02
    assertThat(b).isBetween(0.013, 0.027);
  }

  @Test
  void wrongMeasurementsShouldBeFound() {
    SimulatedCrystal crystal = crystal();
    Data d = Data.of(crystal, first().outliers(0.01), second());
    Scaled scaled = Scaler.scale(d.geometries(), d.reflections(), ScaleOptions.defaults());
    int found = scaled.sweeps().get(0).outliers();
    int all = scaled.sweeps().get(0).measured() + found;
    assertThat(found).as(scaled.table()).isBetween(all / 200, all / 60);
    assertThat(new Truth(crystal, scaled).correlation()).isGreaterThan(0.999);
  }

  /**
   * Two measurements behind the beam stop have hardly any counts, and so hardly any variance: they
   * agree with each other to a few counts, and the others do not to a few hundred.
   */
  @Test
  void measurementsInAShadowShouldNotOutvoteTheOthers() {
    SimulatedCrystal crystal = crystal();
    Data d = Data.of(crystal, first(), withoutDecay());
    int[] hkl = d.reflections().get(ReflectionKeys.MILLER_INDEX);
    UniqueGroups groups = UniqueGroups.of(hkl, crystal.group());
    double[] value = d.reflections().get(ReflectionKeys.INTENSITY_PRF);
    double[] variance = d.reflections().get(ReflectionKeys.INTENSITY_PRF_VARIANCE);
    List<Integer> shadowed = new ArrayList<>();
    for (int g = 0; g < groups.size() && shadowed.size() < 40; g++) {
      int first = groups.member(groups.start(g));
      if (groups.start(g + 1) - groups.start(g) >= 6 && value[first] > 400) {
        for (int q = groups.start(g); q < groups.start(g) + 2; q++) {
          int i = groups.member(q);
          shadowed.add(i);
          value[i] = 0.005 * value[i];
          variance[i] = 2;
        }
      }
    }
    assertThat(shadowed).hasSizeGreaterThan(19);
    Reflections r =
        d.reflections()
            .with(ReflectionKeys.INTENSITY_PRF, value)
            .with(ReflectionKeys.INTENSITY_PRF_VARIANCE, variance);
    ScaleOptions options = ScaleOptions.defaults().intensities(IntensityChoice.PROFILE);
    Scaled scaled = Scaler.scale(d.geometries(), r, options);
    assertThat(shadowed)
        .as(scaled.table())
        .allMatch(i -> scaled.reflections().isSet(i, ReflectionFlag.OUTLIER_IN_SCALING));
    assertThat(new Truth(crystal, scaled).misfit()).isLessThan(0.028);
  }

  /** Two precise measurements in one shadow, and four or more good ones of 8 %. */
  @Test
  void preciseMeasurementsInAShadowShouldNotOutvoteMoreThatAreLessPrecise() {
    SimulatedCrystal crystal = crystal();
    Data d = Data.of(crystal, first(), withoutDecay());
    int[] hkl = d.reflections().get(ReflectionKeys.MILLER_INDEX);
    UniqueGroups groups = UniqueGroups.of(hkl, crystal.group());
    double[] value = d.reflections().get(ReflectionKeys.INTENSITY_PRF);
    double[] variance = d.reflections().get(ReflectionKeys.INTENSITY_PRF_VARIANCE);
    List<Integer> shadowed = new ArrayList<>();
    List<Integer> good = new ArrayList<>();
    Random random = new Random(4);
    for (int g = 0; g < groups.size() && shadowed.size() < 40; g++) {
      int from = groups.start(g);
      if (groups.start(g + 1) - from < 6 || value[groups.member(from)] < 400) {
        continue;
      }
      for (int q = from; q < groups.start(g + 1); q++) {
        int i = groups.member(q);
        if (q - from < 2) {
          value[i] *= 0.3;
          shadowed.add(i);
        } else {
          double sigma = 0.08 * value[i];
          value[i] += sigma * random.nextGaussian();
          variance[i] += sigma * sigma;
          good.add(i);
        }
      }
    }
    Reflections r =
        d.reflections()
            .with(ReflectionKeys.INTENSITY_PRF, value)
            .with(ReflectionKeys.INTENSITY_PRF_VARIANCE, variance)
            .with(ReflectionKeys.INTENSITY_SUM, value)
            .with(ReflectionKeys.INTENSITY_SUM_VARIANCE, variance);
    Reflections scaled = Scaler.scale(d.geometries(), r, ScaleOptions.defaults()).reflections();
    assertThat(shadowed).hasSize(40);
    assertThat(shadowed).allMatch(i -> scaled.isSet(i, ReflectionFlag.OUTLIER_IN_SCALING));
    assertThat(good.stream().filter(i -> scaled.isSet(i, ReflectionFlag.OUTLIER_IN_SCALING)))
        .hasSizeLessThan(4);
  }

  @Test
  void scalesShouldFollowTheTrueOnes() {
    SimulatedCrystal crystal = crystal();
    Data d = Data.of(crystal, first(), second());
    Scaled scaled = Scaler.scale(d.geometries(), d.reflections(), ScaleOptions.defaults());
    double[] g = scaled.reflections().get(ReflectionKeys.INVERSE_SCALE_FACTOR);
    double[] v = scaled.reflections().get(ReflectionKeys.INVERSE_SCALE_FACTOR_VARIANCE);
    List<Double> ratios = new ArrayList<>();
    for (int i = 0; i < g.length; i++) {
      if (g[i] > 0) {
        ratios.add(g[i] / d.trueScale()[i]);
        assertThat(v[i] / (g[i] * g[i])).isBetween(0.0, 0.02);
      }
    }
    double[] sorted = ratios.stream().mapToDouble(Double::doubleValue).sorted().toArray();
    double median = sorted[sorted.length / 2];
    assertThat(sorted[sorted.length / 20] / median).isGreaterThan(0.94);
    assertThat(sorted[sorted.length * 19 / 20] / median).isLessThan(1.06);
  }

  @Test
  void aSmallWedgeShouldNotGetASurface() {
    SimulatedCrystal crystal = crystal();
    Measuring wedge = new Measuring().scan(0, 5, 10).errors(1, 5, 0.03);
    Data d = Data.of(crystal, wedge, new Measuring().scan(3, 5, 10).errors(1, 5, 0.03));
    Scaled scaled = Scaler.scale(d.geometries(), d.reflections(), ScaleOptions.defaults());
    assertThat(scaled.sweeps()).allMatch(s -> s.absorption().length == 0);
    assertThat(scaled.sweeps())
        .allMatch(s -> s.errors().a() > 0.5 && s.errors().a() < 2 && s.errors().b() < 0.1);
  }

  @Test
  void sweepsThatShareNothingShouldBeScaledApartAndNamed() {
    SimulatedCrystal crystal = crystal();
    Data d = Data.of(crystal, first(), second());
    int[] hkl = d.reflections().get(ReflectionKeys.MILLER_INDEX);
    int[] id = d.reflections().get(ReflectionKeys.ID);
    Reflections apart =
        d.reflections().where(i -> (Math.abs(hkl[3 * i + 2]) % 2 == 0) == (id[i] == 0));
    Scaled scaled = Scaler.scale(d.geometries(), apart, ScaleOptions.defaults());
    assertThat(scaled.components()).isEqualTo(2);
    assertThat(scaled.notes()).anyMatch(n -> n.contains("share no reflections: {0}, {1}"));
  }

  @Test
  void aBadSweepShouldBeLeftOutOnRequest() {
    List<Geometry> g = new ArrayList<>();
    List<Reflections> r = new ArrayList<>();
    for (int i = 0; i < 7; i++) {
      // the last is another crystal with the same cell
      SimulatedCrystal c = new SimulatedCrystal("P 21 21 21", CELL, 2.5, i == 6 ? 99 : 6);
      Measuring m = new Measuring().scan(10 * i, 25, 50).errors(1, 5, 0.03);
      Sweep s = c.measure(m, i, ChangeOfBasis.IDENTITY, c.group(), 60 + i);
      g.add(s.geometry());
      r.add(s.reflections());
    }
    Reflections all = Reflections.concatenate(r);
    Scaled scaled = Scaler.scale(g, all, ScaleOptions.defaults().deltaCcHalf(2));
    assertThat(scaled.sweeps().stream().map(SweepScaling::leftOut))
        .containsExactly(false, false, false, false, false, false, true);
    int[] id = scaled.reflections().get(ReflectionKeys.ID);
    for (int i = 0; i < id.length; i++) {
      if (id[i] == 6) {
        assertThat(scaled.reflections().isSet(i, ReflectionFlag.SCALED)).isFalse();
      }
    }
  }

  @Test
  void aReferenceShouldSetTheScale() {
    SimulatedCrystal crystal = crystal();
    Data d = Data.of(crystal, second());
    List<ReferenceIntensity> reference = new ArrayList<>();
    for (int h = 1; h < 8; h++) {
      for (int k = 1; k < 8; k++) {
        for (int l = 1; l < 8; l++) {
          double t = 10 * crystal.truth(h, k, l);
          reference.add(new ReferenceIntensity(h, k, l, t, 1 + 0.01 * t));
        }
      }
    }
    Scaled scaled =
        Scaler.scale(d.geometries(), d.reflections(), ScaleOptions.defaults().reference(reference));
    assertThat(new Truth(crystal, scaled).scale()).isBetween(9.5, 10.5);
  }

  @Test
  void inputsWithoutMeaningShouldBeSaid() {
    SimulatedCrystal crystal = crystal();
    Data d = Data.of(crystal, second());
    ScaleOptions o = ScaleOptions.defaults();
    assertThatThrownBy(() -> Scaler.scale(d.geometries(), d.reflections().select(5), o))
        .hasMessageContaining("measured twice");
    assertThatThrownBy(
            () -> Scaler.scale(d.geometries(), d.reflections().without(ReflectionKeys.FLAGS), o))
        .hasMessageContaining("no column flags");
    Geometry other =
        d.geometries()
            .get(0)
            .withCrystal(
                d.geometries()
                    .get(0)
                    .crystal()
                    .orElseThrow()
                    .reindexed(ChangeOfBasis.IDENTITY, org.mdx.crystal.SpaceGroup.ofNumber(16)));
    assertThatThrownBy(
            () -> Scaler.scale(List.of(d.geometries().get(0), other), d.reflections(), o))
        .hasMessageContaining("experiment 1 has the space group");
    assertThatThrownBy(() -> o.outlier(2)).hasMessageContaining("must be 3 or more");
  }
}
