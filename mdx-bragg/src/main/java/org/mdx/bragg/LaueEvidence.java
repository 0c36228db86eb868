package org.mdx.bragg;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.apache.commons.math3.stat.correlation.PearsonsCorrelation;
import org.mdx.bragg.index.BravaisSettings;
import org.mdx.bragg.index.SweepSpots;
import org.mdx.crystal.ChangeOfBasis;
import org.mdx.crystal.Crystal;
import org.mdx.crystal.SpaceGroup;
import org.mdx.crystal.SymmetryOperator;
import org.mdx.geometry.Beam;
import org.mdx.geometry.Geometry;
import org.mdx.geometry.Probe;
import org.mdx.math.Vec3;
import org.mdx.reflection.ReflectionKey;
import org.mdx.reflection.ReflectionKeys;
import org.mdx.reflection.Reflections;

/**
 * What the intensities of spots say of the symmetry of their lattice. Each rotation of the lattice
 * is judged by the correlation of normalised amplitudes that it makes equal: Evans (2011) Acta
 * Cryst. D 67, 282, appendix. Errors of counting lower all correlations.
 */
final class LaueEvidence {
  /** Farthest of a cell from a symmetry that is looked at, degrees. */
  private static final double DELTA = 2;

  /** Most that the spots may miss their places under a symmetry, against none. */
  private static final double WORSE = 2;

  private static final int FEWEST_PAIRS = 8;
  private static final double SIGNIFICANT = 3;
  private static final int PER_SHELL = 40;

  /** Least |e·(s1 × s0)|/(|s0||s1|): what grazes the sphere has no certain intensity. */
  private static final double GRAZING = 0.05;

  /** Correlation that equal amplitudes have with the errors of scale that sweeps have. */
  private static final double EXPECTED = 0.9;

  private static final double NARROWEST = 0.1;
  private static final int STEPS = 200;

  /**
   * Groups without screw axes by Bravais type, lowest first; monoclinic centring is the setting's.
   */
  private static final Map<String, int[]> GROUPS =
      Map.ofEntries(
          Map.entry("aP", new int[] {1}),
          Map.entry("mP", new int[] {3}),
          Map.entry("oP", new int[] {16}),
          Map.entry("oC", new int[] {21}),
          Map.entry("oF", new int[] {22}),
          Map.entry("oI", new int[] {23}),
          Map.entry("tP", new int[] {75, 89}),
          Map.entry("tI", new int[] {79, 97}),
          Map.entry("hP", new int[] {143, 149, 150, 168, 177}),
          Map.entry("hR", new int[] {146, 155}),
          Map.entry("cP", new int[] {195, 207}),
          Map.entry("cF", new int[] {196, 209}),
          Map.entry("cI", new int[] {197, 211}));

  /** Amplitude of each index up to its sign. */
  private final TreeMap<List<Integer>, Double> amplitudes;

  private final Map<List<Integer>, Double> odds = new HashMap<>();
  private final Map<List<Integer>, Double> correlations = new HashMap<>();

  /** Part of all correlations that errors of counting leave. */
  private final double attenuation;

  private LaueEvidence(TreeMap<List<Integer>, double[]> spots) {
    amplitudes = new TreeMap<>(spots.comparator());
    spots.forEach((h, a) -> amplitudes.put(h, a[0]));
    attenuation =
        attenuation(
            spots.values().stream().mapToDouble(a -> a[0]).toArray(),
            spots.values().stream().mapToDouble(a -> a[1]).toArray());
  }

  /**
   * The part of a correlation that errors leave. Spots are taken because their measured intensity
   * is significant, which narrows their intensities and errors alike: what is left of the variance
   * of the measured amplitudes is near that without errors (0.54, 0.79, 0.94 by simulation and
   * 0.53, 0.76, 0.93 by this for a mean intensity of 1, 2, 5 standard deviations).
   *
   * @param amplitudes measured
   * @param variances of their errors
   * @return 0 to 1
   */
  static double attenuation(double[] amplitudes, double[] variances) {
    int n = amplitudes.length;
    double mean = Arrays.stream(amplitudes).sum() / n;
    double spread = Arrays.stream(amplitudes).map(a -> (a - mean) * (a - mean)).sum() / n;
    double error = Arrays.stream(variances).sum() / n;
    return spread > 0 ? spread / (spread + error) : 1;
  }

  /**
   * The symmetries that a lattice may have.
   *
   * @param sweeps spots of one lattice in primitive axes, indexed, with its crystal
   */
  static List<LaueCandidate> candidates(List<SweepSpots> sweeps) {
    LaueEvidence e = new LaueEvidence(amplitudes(sweeps));
    List<BravaisSettings.Setting> settings = BravaisSettings.of(sweeps);
    double none = settings.get(settings.size() - 1).rmsd();
    List<LaueCandidate> all = new ArrayList<>();
    for (BravaisSettings.Setting s : settings) {
      if (s.delta() <= DELTA && s.rmsd() <= WORSE * none) {
        for (SpaceGroup group : groups(s)) {
          all.add(e.candidate(s, group));
        }
      }
    }
    return all;
  }

  private static List<SpaceGroup> groups(BravaisSettings.Setting s) {
    int[] numbers = GROUPS.get(s.bravais());
    return numbers == null
        ? List.of(s.crystal().spaceGroup())
        : Arrays.stream(numbers).mapToObj(SpaceGroup::ofNumber).toList();
  }

  private LaueCandidate candidate(BravaisSettings.Setting s, SpaceGroup group) {
    Set<List<Integer>> operators = new HashSet<>();
    Set<List<Integer>> elements = new HashSet<>();
    double least = Double.NaN;
    double sum = 0;
    for (SymmetryOperator op : group.operators()) {
      List<Integer> m = inPrimitive(op, s.change());
      operators.add(m);
      if (elements.add(element(m))) {
        sum += logOdds(element(m));
        double cc = correlations.get(element(m));
        least = Double.isNaN(least) || cc < least ? cc : least;
      }
    }
    List<Geometry> geometries = new ArrayList<>();
    Crystal crystal = Crystal.ofRealSpaceAxes(s.crystal().a().inverse(), group);
    s.geometries().forEach(g -> geometries.add(g.withCrystal(crystal)));
    return new LaueCandidate(
        group, crystal.cell(), s.delta(), s.rmsd(), least, sum, s.change(), geometries, operators);
  }

  /** P⁻¹·R·P: what a rotation does to indices in the primitive axes, h' = h·M. */
  private static List<Integer> inPrimitive(SymmetryOperator op, ChangeOfBasis change) {
    ChangeOfBasis back = change.inverse();
    Integer[] m = new Integer[9];
    for (int i = 0; i < 9; i++) {
      double sum = 0;
      for (int j = 0; j < 9; j++) {
        sum +=
            back.element(i / 3, j / 3) * op.rotation(j / 3, j % 3) * change.element(j % 3, i % 3);
      }
      m[i] = (int) Math.rint(sum);
    }
    return List.of(m);
  }

  /** A rotation or its inverse, which make the same pairs: the one that comes first. */
  private static List<Integer> element(List<Integer> m) {
    int[] a = m.stream().mapToInt(Integer::intValue).toArray();
    Integer[] inverse = new Integer[9];
    for (int i = 0; i < 9; i++) {
      // the determinant is 1: the inverse is the transposed matrix of cofactors
      int r = i % 3;
      int c = i / 3;
      int r1 = (r + 1) % 3;
      int r2 = (r + 2) % 3;
      int c1 = (c + 1) % 3;
      int c2 = (c + 2) % 3;
      inverse[i] = a[3 * r1 + c1] * a[3 * r2 + c2] - a[3 * r1 + c2] * a[3 * r2 + c1];
    }
    List<Integer> other = List.of(inverse);
    return m.toString().compareTo(other.toString()) <= 0 ? m : other;
  }

  private double logOdds(List<Integer> element) {
    return odds.computeIfAbsent(element, this::compute);
  }

  private double compute(List<Integer> m) {
    List<Double> x = new ArrayList<>();
    List<Double> y = new ArrayList<>();
    for (Map.Entry<List<Integer>, Double> e : amplitudes.entrySet()) {
      List<Integer> h = e.getKey();
      List<Integer> mate = key(turned(h, m, 0), turned(h, m, 1), turned(h, m, 2));
      Double other = amplitudes.get(mate);
      if (other != null && !mate.equals(h)) {
        x.add(e.getValue());
        y.add(other);
      }
    }
    if (x.size() < FEWEST_PAIRS) {
      correlations.put(m, Double.NaN);
      return 0;
    }
    double cc =
        new PearsonsCorrelation()
            .correlation(
                x.stream().mapToDouble(Double::doubleValue).toArray(),
                y.stream().mapToDouble(Double::doubleValue).toArray());
    correlations.put(m, cc);
    return Double.isNaN(cc) ? 0 : logOdds(cc, x.size(), attenuation);
  }

  private static int turned(List<Integer> h, List<Integer> m, int j) {
    return h.get(0) * m.get(j) + h.get(1) * m.get(3 + j) + h.get(2) * m.get(6 + j);
  }

  /**
   * log p(cc | symmetric)/p(cc | not): a Cauchy distribution about what is expected, and its mean
   * over lesser correlations m with the weight √(1 − m²), both less by what errors take.
   *
   * @param cc correlation
   * @param pairs of amplitudes
   * @param attenuation part of a correlation that errors of counting leave
   */
  static double logOdds(double cc, int pairs, double attenuation) {
    double width = Math.max(NARROWEST, 1 / Math.sqrt(pairs));
    double not = 0;
    double weights = 0;
    for (int i = 0; i < STEPS; i++) {
      double m = (i + 0.5) / STEPS;
      double weight = Math.sqrt(1 - m * m);
      not += weight * cauchy(cc, m * attenuation, width);
      weights += weight;
    }
    return Math.log(cauchy(cc, EXPECTED * attenuation, width) / (not / weights));
  }

  /** Density on −1 … 1. */
  private static double cauchy(double x, double centre, double width) {
    double inside =
        Math.atan((1 - centre) / width) - Math.atan((-1 - centre) / width); // its integral
    double t = (x - centre) / width;
    return 1 / (width * (1 + t * t) * inside);
  }

  private static List<Integer> key(int h, int k, int l) {
    boolean negative = h < 0 || h == 0 && (k < 0 || k == 0 && l < 0);
    return negative ? List.of(-h, -k, -l) : List.of(h, k, l);
  }

  /** √(I/⟨I⟩), the mean being that of the resolution shell, and the variance of its error. */
  private static TreeMap<List<Integer>, double[]> amplitudes(List<SweepSpots> sweeps) {
    TreeMap<List<Integer>, double[]> sums =
        new TreeMap<>(
            (a, b) -> {
              int c = Integer.compare(a.get(0), b.get(0));
              c = c != 0 ? c : Integer.compare(a.get(1), b.get(1));
              return c != 0 ? c : Integer.compare(a.get(2), b.get(2));
            });
    for (SweepSpots s : sweeps) {
      add(s, sums);
    }
    TreeMap<List<Integer>, double[]> out = new TreeMap<>(sums.comparator());
    List<Map.Entry<List<Integer>, double[]>> order = new ArrayList<>(sums.entrySet());
    order.sort((a, b) -> Double.compare(a.getValue()[2], b.getValue()[2]));
    int shells = Math.max(1, order.size() / PER_SHELL);
    for (int s = 0; s < shells; s++) {
      int from = (int) ((long) order.size() * s / shells);
      int to = (int) ((long) order.size() * (s + 1) / shells);
      double mean =
          order.subList(from, to).stream()
              .mapToDouble(e -> e.getValue()[0] / e.getValue()[1])
              .average()
              .orElse(1);
      for (Map.Entry<List<Integer>, double[]> e : order.subList(from, to)) {
        double[] sum = e.getValue();
        double intensity = sum[0] / sum[1];
        double variance = sum[3] / (sum[1] * sum[1]);
        out.put(
            e.getKey(),
            new double[] {Math.sqrt(intensity / mean), variance / (4 * intensity * mean)});
      }
    }
    return out;
  }

  /** Sum of intensities, their number, |r| and the sum of variances of each index. */
  private static void add(SweepSpots sweep, TreeMap<List<Integer>, double[]> sums) {
    Reflections r = sweep.spots();
    if (!r.has(ReflectionKeys.INTENSITY_SUM) || !r.has(ReflectionKeys.INTENSITY_SUM_VARIANCE)) {
      return;
    }
    Geometry g = sweep.geometry();
    int first = g.scan().firstImage() - 1;
    int last = first + g.scan().frames();
    for (int i = 0; i < r.size(); i++) {
      double intensity = r.value(ReflectionKeys.INTENSITY_SUM, i, 0);
      double variance = r.value(ReflectionKeys.INTENSITY_SUM_VARIANCE, i, 0);
      boolean whole =
          !r.has(ReflectionKeys.BBOX)
              || r.integer(ReflectionKeys.BBOX, i, 4) > first
                  && r.integer(ReflectionKeys.BBOX, i, 5) < last;
      Vec3 s1 = vector(r, ReflectionKeys.S1, i);
      double lorentz = grazing(g, s1);
      if (whole
          && variance > 0
          && intensity > SIGNIFICANT * Math.sqrt(variance)
          && lorentz > GRAZING) {
        double[] sum =
            sums.computeIfAbsent(
                key(
                    r.integer(ReflectionKeys.MILLER_INDEX, i, 0),
                    r.integer(ReflectionKeys.MILLER_INDEX, i, 1),
                    r.integer(ReflectionKeys.MILLER_INDEX, i, 2)),
                k -> new double[4]);
        double factor = lorentz / polarization(g.beam(), s1);
        sum[0] += intensity * factor;
        sum[3] += variance * factor * factor;
        sum[1]++;
        sum[2] = s1.minus(g.beam().s0()).norm();
      }
    }
  }

  private static Vec3 vector(Reflections r, ReflectionKey<double[]> key, int i) {
    return new Vec3(r.value(key, i, 0), r.value(key, i, 1), r.value(key, i, 2));
  }

  private static double grazing(Geometry g, Vec3 s1) {
    Vec3 s0 = g.beam().s0();
    return Math.abs(g.goniometer().laboratoryAxis().dot(s1.cross(s0))) / (s0.norm() * s1.norm());
  }

  /** P = (1 − 2p)(1 − (n·s)²) + p(1 + (s·s0)²), Kahn et al. (1982) J. Appl. Cryst. 15, 330. */
  private static double polarization(Beam beam, Vec3 s1) {
    if (beam.probe() != Probe.X_RAY) {
      return 1;
    }
    Vec3 s = s1.unit();
    double n = beam.polarizationNormal().dot(s);
    double c = beam.s0().unit().dot(s);
    double p = beam.polarizationFraction();
    return Math.max(0.01, (1 - 2 * p) * (1 - n * n) + p * (1 + c * c));
  }
}
