package org.mdx.bragg.scale;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.mdx.bragg.internal.intensity.IntensityKind;
import org.mdx.bragg.internal.intensity.IntensitySignal;
import org.mdx.bragg.internal.intensity.Measurements;
import org.mdx.bragg.internal.intensity.ReciprocalMetric;
import org.mdx.bragg.internal.intensity.RepeatedSweeps;
import org.mdx.bragg.internal.intensity.RowFilter;
import org.mdx.bragg.internal.intensity.UniqueGroups;
import org.mdx.bragg.level.IntensityLevels;
import org.mdx.crystal.SpaceGroup;
import org.mdx.geometry.Geometry;
import org.mdx.math.Mat3;
import org.mdx.math.Vec3;
import org.mdx.reflection.ReflectionKey;
import org.mdx.reflection.ReflectionKeys;
import org.mdx.reflection.Reflections;
import org.mdx.table.EmptyResultException;

/**
 * What the model is fitted to: measurements, then the reference intensities, which have no sweep.
 */
final class ScalingData {
  /** Highest degree of the harmonics of any level. */
  private static final int MOST = AbsorptionLevel.HIGH.lmax();

  /** Harmonics of a measurement. */
  static final int STRIDE = Harmonics.size(MOST);

  /** Part of the variance that is left where much less is expected. */
  private static final double LEAST_PART = 0.05;

  /** Part of the measurements, of the greatest I/σ², that have hardly any background. */
  private static final double STRONGEST = 0.02;

  private final List<Geometry> geometries;
  private final Reflections reflections;
  final List<String> notes = new ArrayList<>();
  final int measured;
  final int[] row;
  final int[] sweep;
  final double[] value;
  final double[] variance;

  /** Change of the variance with the expected intensity; 0 of reference intensities. */
  private final double[] slope;

  /** What the images of a measurement have of the intensity of the others of their sweep. */
  final double[] level;

  final double[] position;
  final double[] inverse2d2;
  final boolean[] fitted;
  final UniqueGroups groups;

  /** Group of each measurement. */
  final int[] group;

  private double[] harmonics;

  ScalingData(
      List<Geometry> geometries, Reflections reflections, IntensityKind kind, ScaleOptions o) {
    this.geometries = geometries;
    this.reflections = reflections;
    RowFilter filter = new RowFilter(o.minPartiality(), o.minIOverSigma(), false);
    Measurements m = Measurements.of(geometries, reflections, kind, filter);
    notes.addAll(m.notes());
    notes.addAll(RepeatedSweeps.notes(m, geometries.size()));
    SpaceGroup spaceGroup = geometries.get(0).crystal().orElseThrow().spaceGroup();
    int[] kept = kept(m, spaceGroup, o.dMin());
    measured = kept.length;
    int n = measured + o.reference().size();
    row = new int[measured];
    sweep = new int[n];
    value = new double[n];
    variance = new double[n];
    slope = new double[n];
    position = new double[measured];
    level = levels(geometries, reflections, m, kept);
    inverse2d2 = new double[n];
    fitted = new boolean[n];
    int[] hkl = new int[3 * n];
    double[] z = positions();
    double[] partiality =
        reflections.has(ReflectionKeys.PARTIALITY)
            ? reflections.get(ReflectionKeys.PARTIALITY)
            : null;
    for (int i = 0; i < measured; i++) {
      int k = kept[i];
      row[i] = m.row(k);
      sweep[i] = m.sweep(k);
      value[i] = m.value(k);
      variance[i] = m.variance(k);
      slope[i] = m.unit(k);
      position[i] = z[3 * row[i] + 2] - (geometries.get(sweep[i]).scan().firstImage() - 1);
      fitted[i] = partiality == null || partiality[row[i]] >= o.modelPartiality();
      System.arraycopy(m.hkl(), 3 * k, hkl, 3 * i, 3);
    }
    for (int i = measured; i < n; i++) {
      ReferenceIntensity r = o.reference().get(i - measured);
      sweep[i] = -1;
      value[i] = r.intensity();
      variance[i] = r.sigma() * r.sigma();
      fitted[i] = true;
      hkl[3 * i] = r.h();
      hkl[3 * i + 1] = r.k();
      hkl[3 * i + 2] = r.l();
    }
    slopes();
    resolutions(hkl);
    requireSignal();
    groups = UniqueGroups.of(hkl, spaceGroup);
    group = new int[n];
    for (int g = 0; g < groups.size(); g++) {
      for (int p = groups.start(g); p < groups.start(g + 1); p++) {
        group[groups.member(p)] = g;
      }
    }
  }

  /** Changes that are too abrupt for a smooth scale; 1 where there are none. */
  private double[] levels(
      List<Geometry> geometries, Reflections reflections, Measurements m, int[] kept) {
    double[] s = new double[m.size()];
    ReciprocalMetric[] metrics =
        geometries.stream()
            .map(g -> new ReciprocalMetric(g.crystal().orElseThrow().cell()))
            .toArray(ReciprocalMetric[]::new);
    int[] hkl = m.hkl();
    for (int i = 0; i < s.length; i++) {
      ReciprocalMetric metric = metrics[m.sweep(i)];
      s[i] = metric.inverseSquare(hkl[3 * i], hkl[3 * i + 1], hkl[3 * i + 2]);
    }
    IntensityLevels found = IntensityLevels.of(geometries, reflections, m, s);
    found.notes().forEach(n -> notes.add(n + "; they are scaled with that as a factor"));
    return Arrays.stream(kept).mapToDouble(k -> Math.max(LEAST_PART, found.factor(k))).toArray();
  }

  private void requireSignal() {
    IntensitySignal.require(
        Arrays.copyOf(value, measured),
        Arrays.copyOf(variance, measured),
        Arrays.copyOf(inverse2d2, measured));
  }

  /**
   * Variances of strong measurements over their intensities tell how many counts a unit is, one or
   * another number where the detector has a gain.
   */
  private void slopes() {
    double[] ratio = new double[measured];
    int n = 0;
    for (int i = 0; i < measured; i++) {
      if (value[i] > 0) {
        ratio[n++] = variance[i] / (slope[i] * value[i]);
      }
    }
    java.util.Arrays.sort(ratio, 0, n);
    double unit = n == 0 ? 0 : ratio[(int) (STRONGEST * n)];
    for (int i = 0; i < measured; i++) {
      slope[i] *= unit;
      slope[i] = value[i] > 0 ? Math.min(slope[i], variance[i] / value[i]) : slope[i];
    }
  }

  private void resolutions(int[] hkl) {
    ReciprocalMetric[] metrics = new ReciprocalMetric[geometries.size()];
    for (int i = 0; i < inverse2d2.length; i++) {
      int s = Math.max(0, sweep[i]);
      if (metrics[s] == null) {
        metrics[s] = new ReciprocalMetric(geometries.get(s).crystal().orElseThrow().cell());
      }
      inverse2d2[i] = metrics[s].inverseSquare(hkl[3 * i], hkl[3 * i + 1], hkl[3 * i + 2]) / 2;
    }
  }

  private int[] kept(Measurements m, SpaceGroup group, double dMin) {
    int[] kept = new int[m.size()];
    int n = 0;
    int absent = 0;
    int[] hkl = m.hkl();
    ReciprocalMetric metric =
        new ReciprocalMetric(geometries.get(0).crystal().orElseThrow().cell());
    for (int k = 0; k < m.size(); k++) {
      int h = hkl[3 * k];
      if (group.isAbsent(h, hkl[3 * k + 1], hkl[3 * k + 2])) {
        absent++;
      } else if (metric.d(h, hkl[3 * k + 1], hkl[3 * k + 2]) >= dMin) {
        kept[n++] = k;
      }
    }
    if (absent > 0) {
      notes.add(absent + " reflections are absent in " + group + " and left out");
    }
    if (n == 0) {
      throw new EmptyResultException(
          "no reflection left to scale: " + absent + " absent, the rest beyond " + dMin + " Å");
    }
    return java.util.Arrays.copyOf(kept, n);
  }

  /** Predicted places are better than observed ones where a reflection is weak. */
  private double[] positions() {
    ReflectionKey<double[]> key =
        reflections.has(ReflectionKeys.XYZCAL_PX)
            ? ReflectionKeys.XYZCAL_PX
            : ReflectionKeys.XYZOBS_PX;
    if (!reflections.has(key)) {
      throw new IllegalArgumentException(
          "the reflections have no column xyzcal.px or xyzobs.px.value; integrate them again");
    }
    return reflections.get(key);
  }

  /**
   * Variance of a measurement of which an intensity is expected. Counts have that of what is
   * expected, not of what came out: a measurement that came out low would weigh too much, and one
   * behind the beam stop most of all.
   *
   * @param expected g⟨I⟩
   */
  double varianceAt(int i, double expected) {
    double change = slope[i] * (Math.max(0, expected) - Math.max(0, value[i]));
    return Math.max(LEAST_PART * variance[i], variance[i] + change);
  }

  int size() {
    return value.length;
  }

  int sweeps() {
    return geometries.size();
  }

  Geometry geometry(int s) {
    return geometries.get(s);
  }

  /** Range of a scan, degrees. */
  double range(int s) {
    return Math.abs(geometries.get(s).scan().width()) * geometries.get(s).scan().frames();
  }

  /**
   * (Y(−s0) + Y(s1))/2 of each measurement in the frame of its crystal at φ = 0, up to the highest
   * degree of all levels; those of lower degrees come first.
   */
  double[] harmonics() {
    if (harmonics == null) {
      harmonics = computed(MOST);
    }
    return harmonics;
  }

  private double[] computed(int lmax) {
    if (!reflections.has(ReflectionKeys.S1)) {
      throw new IllegalArgumentException(
          "the reflections have no column s1, which an absorption surface needs; integrate again");
    }
    double[] s1 = reflections.get(ReflectionKeys.S1);
    int size = Harmonics.size(lmax);
    double[] out = new double[measured * size];
    for (int i = 0; i < measured; i++) {
      Geometry g = geometries.get(sweep[i]);
      Mat3 back = g.goniometer().rotation(g.scan().phiAt(position[i])).transpose();
      Vec3 in = back.times(g.beam().s0()).unit();
      int r = 3 * row[i];
      Vec3 to = back.times(new Vec3(s1[r], s1[r + 1], s1[r + 2])).unit();
      Harmonics.addHalf(lmax, -in.x(), -in.y(), -in.z(), out, i * size);
      Harmonics.addHalf(lmax, to.x(), to.y(), to.z(), out, i * size);
    }
    return out;
  }
}
