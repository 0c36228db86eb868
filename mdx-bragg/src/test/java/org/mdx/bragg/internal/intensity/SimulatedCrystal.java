package org.mdx.bragg.internal.intensity;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.function.DoubleUnaryOperator;
import java.util.stream.IntStream;
import org.mdx.crystal.ChangeOfBasis;
import org.mdx.crystal.Crystal;
import org.mdx.crystal.ReciprocalAsu;
import org.mdx.crystal.SpaceGroup;
import org.mdx.crystal.UnitCell;
import org.mdx.geometry.Beam;
import org.mdx.geometry.Detector;
import org.mdx.geometry.Geometry;
import org.mdx.geometry.Goniometer;
import org.mdx.geometry.Panel;
import org.mdx.geometry.Probe;
import org.mdx.geometry.Scan;
import org.mdx.geometry.Sensor;
import org.mdx.math.Mat3;
import org.mdx.math.Vec3;
import org.mdx.reflection.ReflectionFlag;
import org.mdx.reflection.ReflectionKeys;
import org.mdx.reflection.Reflections;

/**
 * Integrated intensities of a crystal that is not there: F² from Wilson's distributions by a hash
 * of the unique index, a rotation about x, known scales and errors.
 */
public final class SimulatedCrystal {
  private static final double WAVELENGTH = 0.98;
  private static final double B = 12;

  private final SpaceGroup group;
  private final UnitCell cell;
  private final long seed;
  private final double dMin;

  /** Part of a twin by this operator, in conventional axes. */
  private double twin;

  private ChangeOfBasis twinLaw = ChangeOfBasis.IDENTITY;

  /** Part of the intensities that has a higher symmetry. */
  private double pseudo;

  private SpaceGroup pseudoGroup;

  /** Part of the squares of the structure factors that has a higher symmetry. */
  private double amplitudes;

  /** What is filled into absent reflections, as a part of the mean. */
  private double leak;

  private Probe probe = Probe.X_RAY;

  /** A crystal. */
  public SimulatedCrystal(String group, UnitCell cell, double dMin, long seed) {
    this.group = SpaceGroup.parse(group);
    this.cell = cell;
    this.dMin = dMin;
    this.seed = seed;
  }

  /** Makes it a twin. */
  public SimulatedCrystal twin(double part, String law) {
    twin = part;
    twinLaw = ChangeOfBasis.of(law);
    return this;
  }

  /** Gives a part of the intensities the symmetry of a supergroup. */
  public SimulatedCrystal pseudo(double part, String supergroup) {
    pseudo = part;
    pseudoGroup = SpaceGroup.parse(supergroup);
    return this;
  }

  /**
   * Gives a part of the structure factors the symmetry of a supergroup, so that the intensities
   * keep Wilson's distribution.
   *
   * @param correlation of the intensities under the rotations of the supergroup
   */
  public SimulatedCrystal approximate(double correlation, String supergroup) {
    amplitudes = Math.sqrt(correlation);
    pseudoGroup = SpaceGroup.parse(supergroup);
    return this;
  }

  /** Electrons that scatter several times. */
  public SimulatedCrystal leaky(double part) {
    leak = part;
    probe = Probe.ELECTRON;
    return this;
  }

  /** The space group. */
  public SpaceGroup group() {
    return group;
  }

  private static double unit(long x) {
    long y = x * 0x9E3779B97F4A7C15L;
    y = (y ^ y >>> 30) * 0xBF58476D1CE4E5B9L;
    y = (y ^ y >>> 27) * 0x94D049BB133111EBL;
    return ((y ^ y >>> 31) >>> 11) * 0x1.0p-53 + 0x1.0p-54;
  }

  private double wilson(SpaceGroup of, int h, int k, int l, long salt) {
    ReciprocalAsu.Mapped m = of.asu().map(h, k, l);
    long key = ((m.h() * 2048L + m.k()) * 2048L + m.l()) * 16 + salt + seed * 1_000_003L;
    double s2 = new ReciprocalMetric(cell).inverseSquare(h, k, l);
    double mean = 1000 * Math.exp(-B * s2 / 2) * of.epsilon(h, k, l);
    if (of.isAbsent(h, k, l)) {
      return of.isCentringAbsent(h, k, l) ? 0 : leak * mean * -Math.log(unit(key));
    }
    if (UniqueGroups.isCentric(of, h, k, l)) {
      double r = Math.sqrt(-2 * Math.log(unit(key))) * Math.cos(2 * Math.PI * unit(key + 7));
      return mean * r * r;
    }
    return mean * -Math.log(unit(key));
  }

  private double single(int h, int k, int l) {
    double own = wilson(group, h, k, l, 0);
    if (amplitudes > 0 && own != 0) {
      return approximate(h, k, l);
    }
    return pseudo == 0 || own == 0
        ? own
        : (1 - pseudo) * own + pseudo * wilson(pseudoGroup, h, k, l, 3);
  }

  private double approximate(int h, int k, int l) {
    double s2 = new ReciprocalMetric(cell).inverseSquare(h, k, l);
    double mean = 1000 * Math.exp(-B * s2 / 2) * group.epsilon(h, k, l);
    double[] sum = new double[2];
    for (SpaceGroup g : List.of(group, pseudoGroup)) {
      ReciprocalAsu.Mapped m = g.asu().map(h, k, l);
      int salt = g == group ? 0 : 5;
      long key = ((m.h() * 2048L + m.k()) * 2048L + m.l()) * 16 + salt + seed * 1_000_003L;
      double part = g == group ? 1 - amplitudes : amplitudes;
      boolean centric = UniqueGroups.isCentric(g, h, k, l);
      double r = Math.sqrt(-(centric ? 2 : 1) * part * mean * Math.log(unit(key)));
      sum[0] += r * Math.cos(2 * Math.PI * unit(key + 7));
      sum[1] += centric ? 0 : r * Math.sin(2 * Math.PI * unit(key + 7));
    }
    return sum[0] * sum[0] + sum[1] * sum[1];
  }

  /** F² in conventional axes. */
  public double truth(int h, int k, int l) {
    if (twin == 0) {
      return single(h, k, l);
    }
    int[] m = twinLaw.indexMatrix(1, 1, 1);
    return (1 - twin) * single(h, k, l)
        + twin
            * single(
                (h * m[0] + k * m[3] + l * m[6]) / m[9],
                (h * m[1] + k * m[4] + l * m[7]) / m[9],
                (h * m[2] + k * m[5] + l * m[8]) / m[9]);
  }

  /** How a sweep is measured. */
  public static final class Measuring {
    private double start;
    private double range = 90;
    private double frames = 180;
    private DoubleUnaryOperator scale = x -> 1;
    private DoubleUnaryOperator decay = x -> 0;
    private double counts = 1;
    private double background = 4;
    private double proportional;
    private double underestimate = 1;
    private double outliers;
    private Vec3 surface = Vec3.ZERO;

    /** Angles, degrees. */
    public Measuring scan(double from, double degrees, double images) {
      start = from;
      range = degrees;
      frames = images;
      return this;
    }

    /** C and B by the part of the scan, 0 to 1. */
    public Measuring scales(DoubleUnaryOperator c, DoubleUnaryOperator b) {
      scale = c;
      decay = b;
      return this;
    }

    /** Counts of unit intensity, σ of the background, proportional error. */
    public Measuring errors(double ofUnit, double ofBackground, double part) {
      counts = ofUnit;
      background = ofBackground;
      proportional = part;
      return this;
    }

    /** The true σ of counting over that which is told. */
    public Measuring underestimate(double factor) {
      underestimate = factor;
      return this;
    }

    /** Part of the measurements that are wrong. */
    public Measuring outliers(double part) {
      outliers = part;
      return this;
    }

    /** Absorption that changes with the direction of the diffracted beam in the crystal. */
    public Measuring surface(Vec3 slope) {
      surface = slope;
      return this;
    }
  }

  /** A sweep and its integrated reflections. */
  public record Sweep(Geometry geometry, Reflections reflections, double[] trueScale) {}

  /** The geometry of an orientation, in conventional axes. */
  private Geometry geometry(Mat3 orientation, Measuring m) {
    Crystal c = Crystal.ofRealSpaceAxes(orientation.times(cell.reciprocal()).inverse(), group);
    Panel panel =
        new Panel(
            "p",
            new Vec3(-200, -200, -100),
            new Vec3(1, 0, 0),
            new Vec3(0, 1, 0),
            0.2,
            0.2,
            2000,
            2000,
            -1,
            1e6,
            new Sensor("Si", 0.45, 3.93, true),
            1,
            0,
            List.of(),
            0,
            0,
            0);
    return new Geometry(
        new Beam(probe, WAVELENGTH, new Vec3(0, 0, 1), 0.5, new Vec3(0, 1, 0)),
        new Detector(List.of(panel)),
        new Goniometer(new Vec3(1, 0, 0), Mat3.IDENTITY, Mat3.IDENTITY),
        Scan.ofUnknownExposure(1, m.start, m.range / m.frames, (int) m.frames),
        c);
  }

  /** Measures a sweep in a random orientation; the crystal is told in the axes after a change. */
  public Sweep measure(Measuring m, int id, ChangeOfBasis axes, SpaceGroup told, long noise) {
    Random random = new Random(noise);
    Mat3 orientation =
        Mat3.rotation(new Vec3(0, 0, 1), 360 * random.nextDouble())
            .times(Mat3.rotation(new Vec3(1, 0.3, 0), 180 * random.nextDouble()))
            .times(Mat3.rotation(new Vec3(0.2, 0, 1), 360 * random.nextDouble()));
    Geometry g = geometry(orientation, m);
    List<double[]> rows = new ArrayList<>();
    int reach = (int) (Math.max(cell.a(), Math.max(cell.b(), cell.c())) / dMin) + 1;
    Mat3 a = g.crystal().orElseThrow().a();
    for (int h = -reach; h <= reach; h++) {
      for (int k = -reach; k <= reach; k++) {
        for (int l = -reach; l <= reach; l++) {
          Vec3 r = a.times(new Vec3(h, k, l));
          boolean none = h == 0 && k == 0 && l == 0 || r.norm() > 1 / dMin;
          if (!none && !group.isCentringAbsent(h, k, l)) {
            diffract(rows, m, h, k, l, r);
          }
        }
      }
    }
    return table(rows, m, id, axes, told, g, random);
  }

  /** Angles about x at which |s0 + R r| = |s0|. */
  private static void diffract(List<double[]> rows, Measuring m, int h, int k, int l, Vec3 r) {
    double across = Math.hypot(r.y(), r.z());
    double needed = r.dot(r) * WAVELENGTH / 2;
    if (across < 0.15 * r.norm() || Math.abs(needed) > 0.97 * across) {
      return;
    }
    // z of R r is across·sin(φ + φ0)
    double zero = Math.atan2(r.z(), r.y());
    double asin = Math.asin(needed / across);
    for (double at : new double[] {asin - zero, Math.PI - asin - zero}) {
      double degrees = Math.toDegrees(at) - m.start;
      degrees -= 360 * Math.floor(degrees / 360);
      if (degrees < m.range) {
        rows.add(new double[] {h, k, l, degrees, r.x(), r.y(), r.z()});
      }
    }
  }

  private Sweep table(
      List<double[]> rows,
      Measuring m,
      int id,
      ChangeOfBasis axes,
      SpaceGroup told,
      Geometry g,
      Random random) {
    int n = rows.size();
    int[] hkl = new int[3 * n];
    double[] value = new double[n];
    double[] variance = new double[n];
    double[] sum = new double[n];
    double[] xyz = new double[3 * n];
    double[] s1 = new double[3 * n];
    double[] scales = new double[n];
    int[] t = axes.indexMatrix(1, 1, 1);
    for (int i = 0; i < n; i++) {
      double[] row = rows.get(i);
      int[] h = {(int) row[0], (int) row[1], (int) row[2]};
      for (int j = 0; j < 3; j++) {
        hkl[3 * i + j] = (h[0] * t[j] + h[1] * t[3 + j] + h[2] * t[6 + j]) / t[9];
      }
      double x = row[3] / m.range;
      xyz[3 * i + 2] = x * m.frames;
      Vec3 r = new Vec3(row[4], row[5], row[6]);
      Mat3 turn = Mat3.rotation(new Vec3(1, 0, 0), m.start + row[3]);
      Vec3 out = turn.times(r).plus(new Vec3(0, 0, -1 / WAVELENGTH));
      s1[3 * i] = out.x();
      s1[3 * i + 1] = out.y();
      s1[3 * i + 2] = out.z();
      double surface = 1 + m.surface.dot(turn.transpose().times(out.unit()));
      scales[i] =
          m.scale.applyAsDouble(x) * Math.exp(m.decay.applyAsDouble(x) * r.dot(r) / 2) * surface;
      double expected = scales[i] * truth(h[0], h[1], h[2]);
      double counting = expected / m.counts + m.background * m.background;
      double real =
          Math.sqrt(
              m.underestimate * m.underestimate * counting
                  + m.proportional * m.proportional * expected * expected);
      value[i] = expected + real * random.nextGaussian();
      if (random.nextDouble() < m.outliers) {
        value[i] += 5 * 1000 * random.nextDouble();
      }
      sum[i] = value[i] + 2 * real * random.nextGaussian();
      variance[i] = counting;
    }
    long[] flags = new long[n];
    java.util.Arrays.fill(flags, ReflectionFlag.INTEGRATED.mask() | ReflectionFlag.INDEXED.mask());
    int[] ids = new int[n];
    java.util.Arrays.fill(ids, id);
    double[] ones = IntStream.range(0, n).mapToDouble(i -> 1).toArray();
    Reflections table =
        Reflections.builder(n)
            .set(ReflectionKeys.ID, ids)
            .set(ReflectionKeys.FLAGS, flags)
            .set(ReflectionKeys.MILLER_INDEX, hkl)
            .set(ReflectionKeys.XYZCAL_PX, xyz)
            .set(ReflectionKeys.S1, s1)
            .set(ReflectionKeys.LP, ones)
            .set(ReflectionKeys.QE, ones)
            .set(ReflectionKeys.PARTIALITY, ones)
            .set(ReflectionKeys.INTENSITY_PRF, value)
            .set(ReflectionKeys.INTENSITY_PRF_VARIANCE, variance)
            .set(ReflectionKeys.INTENSITY_SUM, sum)
            .set(
                ReflectionKeys.INTENSITY_SUM_VARIANCE,
                java.util.Arrays.stream(variance).map(v -> 5 * v).toArray())
            .build()
            .withIdentifiers(Map.of(id, "sweep" + id));
    Crystal c = g.crystal().orElseThrow().reindexed(axes, told);
    return new Sweep(g.withCrystal(c), table, scales);
  }
}
