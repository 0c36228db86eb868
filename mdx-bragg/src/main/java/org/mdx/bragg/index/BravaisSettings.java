package org.mdx.bragg.index;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import org.apache.commons.math3.stat.correlation.PearsonsCorrelation;
import org.mdx.bragg.internal.lattice.KnownCell;
import org.mdx.bragg.internal.lattice.LatticeFit;
import org.mdx.bragg.internal.lattice.Points;
import org.mdx.bragg.internal.lattice.Symmetrised;
import org.mdx.crystal.ChangeOfBasis;
import org.mdx.crystal.Crystal;
import org.mdx.crystal.LaueGroup;
import org.mdx.crystal.MetricSubgroups;
import org.mdx.crystal.SpaceGroup;
import org.mdx.crystal.UnitCell;
import org.mdx.geometry.Geometry;
import org.mdx.geometry.Probe;
import org.mdx.math.Mat3;
import org.mdx.reflection.ReflectionKeys;

/**
 * The Bravais lattices that a crystal may have, each refined under its constraints: how far the
 * cell is from the symmetry, how much worse the spots fit, and how alike intensities are that the
 * symmetry makes equal.
 */
public final class BravaisSettings {
  private static final double DELTA = 5;
  private static final int ROUNDS = 4;
  private static final int FEWEST_PAIRS = 8;

  private BravaisSettings() {}

  /**
   * One setting.
   *
   * @param number 1 for the triclinic one, rising with symmetry
   * @param bravais letters of the type, such as {@code mC}
   * @param delta how far the cell is from the symmetry, degrees
   * @param rmsd root mean square distance of the spots from their places, px
   * @param least smallest correlation of intensities by one of the operators, NaN if unknown
   * @param greatest largest one
   * @param spots number of spots used
   * @param crystal refined crystal in the conventional axes
   * @param geometries geometry of each sweep with it
   * @param change from the axes given to the conventional ones
   * @param operators number of rotations of the lattice
   * @param consistent whether the data may have this symmetry
   * @param recommended whether it is the highest symmetry that is consistent; true for one setting
   */
  public record Setting(
      int number,
      String bravais,
      double delta,
      double rmsd,
      double least,
      double greatest,
      int spots,
      Crystal crystal,
      List<Geometry> geometries,
      ChangeOfBasis change,
      int operators,
      boolean consistent,
      boolean recommended) {
    public Setting {
      geometries = List.copyOf(geometries);
    }

    private Setting withRecommendation() {
      return new Setting(
          number,
          bravais,
          delta,
          rmsd,
          least,
          greatest,
          spots,
          crystal,
          geometries,
          change,
          operators,
          consistent,
          true);
    }

    @Override
    public String toString() {
      return String.format(
          Locale.ROOT,
          "%s%2d %7.4f %7.3f  %s %6d  %s %s %.0f Å³ %s",
          recommended ? "*" : consistent ? "+" : " ",
          number,
          delta,
          rmsd,
          Double.isNaN(least)
              ? "    -/-    "
              : String.format(Locale.ROOT, "%5.3f/%5.3f", least, greatest),
          spots,
          bravais,
          crystal.cell(),
          crystal.cell().volume(),
          change);
    }
  }

  /**
   * The settings of an indexed crystal.
   *
   * @param sweeps spots of one lattice, all indexed, with their geometry and its crystal; the same
   *     crystal for all
   * @return the highest symmetry first, the triclinic setting last
   * @throws IllegalArgumentException if a sweep has no crystal, no spot has an index, or the spots
   *     do not determine the lattice
   */
  public static List<Setting> of(List<SweepSpots> sweeps) {
    Crystal crystal =
        sweeps
            .get(0)
            .geometry()
            .crystal()
            .orElseThrow(
                () -> new IllegalArgumentException("the sweep has no crystal; run mdx index"));
    Points p = SweepSpots.points(sweeps);
    int[] hkl = indices(sweeps);
    ChangeOfBasis toPrimitive = crystal.spaceGroup().toPrimitive();
    Mat3 primitive = KnownCell.changed(crystal.a().inverse(), toPrimitive);
    List<MetricSubgroups.Setting> settings = MetricSubgroups.of(UnitCell.ofAxes(primitive), DELTA);
    List<Setting> found = new ArrayList<>();
    for (int i = settings.size() - 1; i >= 0; i--) {
      MetricSubgroups.Setting s = settings.get(i);
      double first = found.isEmpty() ? Double.NaN : found.get(0).rmsd();
      found.add(setting(p, hkl, crystal, s, toPrimitive, settings.size() - i, first));
    }
    java.util.Collections.reverse(found);
    Setting best =
        found.stream()
            .filter(Setting::consistent)
            .max(
                Comparator.comparingInt(Setting::operators)
                    .thenComparing(Comparator.comparingDouble(Setting::delta).reversed()))
            .orElseThrow();
    found.set(found.indexOf(best), best.withRecommendation());
    return List.copyOf(found);
  }

  private static int[] indices(List<SweepSpots> sweeps) {
    int[] all = new int[3 * sweeps.stream().mapToInt(s -> s.spots().size()).sum()];
    int at = 0;
    boolean any = false;
    for (SweepSpots s : sweeps) {
      int[] h = s.spots().get(ReflectionKeys.MILLER_INDEX);
      System.arraycopy(h, 0, all, at, h.length);
      at += h.length;
      any |= java.util.Arrays.stream(h).anyMatch(x -> x != 0);
    }
    if (!any) {
      throw new IllegalArgumentException("no spot has an index; run mdx index");
    }
    return all;
  }

  private static Setting setting(
      Points p,
      int[] hkl,
      Crystal crystal,
      MetricSubgroups.Setting s,
      ChangeOfBasis toPrimitive,
      int number,
      double first) {
    ChangeOfBasis change = s.change().times(toPrimitive);
    SpaceGroup group = s.group();
    LaueGroup laue = group.laueGroup();
    int[] h = transformed(hkl, change);
    Mat3 a = Symmetrised.of(KnownCell.changed(crystal.a().inverse(), change).inverse(), laue);
    int[] which = java.util.stream.IntStream.range(0, p.size()).toArray();
    boolean electron = p.geometries.get(0).beam().probe() == Probe.ELECTRON;
    LatticeFit.Free free = electron ? LatticeFit.Free.NOTHING : LatticeFit.Free.ACROSS;
    Points at = p;
    double[] rmsd = null;
    for (int round = 0; round < ROUNDS; round++) {
      LatticeFit.Result r =
          new LatticeFit(at, h, which, a, group.number() == 1 ? null : laue, free).solve(a);
      if (r == null) {
        throw new IllegalArgumentException(
            p.size() + " spots do not determine the lattice; index more of them");
      }
      a = Symmetrised.of(r.a(), laue);
      at = at.with(r.geometries());
      rmsd = r.rmsd();
    }
    double px = Math.hypot(rmsd[0], rmsd[1]);
    double[] cc = correlations(p, hkl, s, toPrimitive);
    Crystal refined = Crystal.ofRealSpaceAxes(a.inverse(), group);
    List<Geometry> geometries = at.geometries.stream().map(g -> g.withCrystal(refined)).toList();
    boolean fits = Double.isNaN(first) || consistent(s.delta(), px, first, cc[0]);
    return new Setting(
        number,
        s.bravais(),
        s.delta(),
        px,
        cc[0],
        cc[1],
        p.size(),
        refined,
        geometries,
        change,
        s.operators().size(),
        fits,
        false);
  }

  /** δ &lt; 0.5 and (cc ≥ 0.5 or rmsd ≤ 1.5 of P 1), or cc ≥ 0.7, or rmsd ≤ 2; never above 3. */
  private static boolean consistent(double delta, double rmsd, double first, double cc) {
    boolean near = delta < 0.5 && (cc >= 0.5 || rmsd <= 1.5 * first);
    return rmsd <= 3 * first && (near || cc >= 0.7 || rmsd <= 2 * first);
  }

  /** Indices h' = h·P⁻¹, rounded. */
  private static int[] transformed(int[] hkl, ChangeOfBasis change) {
    ChangeOfBasis back = change.inverse();
    int[] out = new int[hkl.length];
    for (int i = 0; i < hkl.length; i += 3) {
      for (int j = 0; j < 3; j++) {
        double sum = 0;
        for (int k = 0; k < 3; k++) {
          sum += hkl[i + k] * back.element(k, j);
        }
        out[i + j] = (int) Math.rint(sum);
      }
    }
    return out;
  }

  /** Least and greatest correlation of intensities by the operators that are not the identity. */
  private static double[] correlations(
      Points p, int[] hkl, MetricSubgroups.Setting s, ChangeOfBasis toPrimitive) {
    double[] range = {Double.NaN, Double.NaN};
    if (!p.spots.stream().allMatch(w -> w.has(ReflectionKeys.INTENSITY_SUM))) {
      return range;
    }
    int[] h = transformed(hkl, toPrimitive);
    Map<List<Integer>, double[]> means = means(p, h);
    for (ChangeOfBasis op : s.operators()) {
      if (op.equals(ChangeOfBasis.IDENTITY)) {
        continue;
      }
      double cc = correlation(means, op);
      if (!Double.isNaN(cc)) {
        range[0] = Double.isNaN(range[0]) ? cc : Math.min(range[0], cc);
        range[1] = Double.isNaN(range[1]) ? cc : Math.max(range[1], cc);
      }
    }
    return range;
  }

  private static List<Integer> key(int h, int k, int l) {
    boolean negative = h < 0 || h == 0 && (k < 0 || k == 0 && l < 0);
    return negative ? List.of(-h, -k, -l) : List.of(h, k, l);
  }

  private static Map<List<Integer>, double[]> means(Points p, int[] h) {
    Map<List<Integer>, double[]> means =
        new TreeMap<>(
            (a, b) -> {
              int c = Integer.compare(a.get(0), b.get(0));
              c = c != 0 ? c : Integer.compare(a.get(1), b.get(1));
              return c != 0 ? c : Integer.compare(a.get(2), b.get(2));
            });
    for (int i = 0; i < p.size(); i++) {
      double value = p.spots.get(p.sweep[i]).value(ReflectionKeys.INTENSITY_SUM, p.row[i], 0);
      double[] sum =
          means.computeIfAbsent(key(h[3 * i], h[3 * i + 1], h[3 * i + 2]), k -> new double[2]);
      sum[0] += value;
      sum[1]++;
    }
    return means;
  }

  private static double correlation(Map<List<Integer>, double[]> means, ChangeOfBasis op) {
    List<Double> x = new ArrayList<>();
    List<Double> y = new ArrayList<>();
    for (Map.Entry<List<Integer>, double[]> e : means.entrySet()) {
      int[] h = e.getKey().stream().mapToInt(Integer::intValue).toArray();
      int[] t = transformed(h, op);
      List<Integer> mate = key(t[0], t[1], t[2]);
      double[] other = means.get(mate);
      if (other != null && !mate.equals(e.getKey())) {
        x.add(e.getValue()[0] / e.getValue()[1]);
        y.add(other[0] / other[1]);
      }
    }
    if (x.size() < 2 * FEWEST_PAIRS) {
      return Double.NaN;
    }
    return new PearsonsCorrelation()
        .correlation(
            x.stream().mapToDouble(Double::doubleValue).toArray(),
            y.stream().mapToDouble(Double::doubleValue).toArray());
  }
}
