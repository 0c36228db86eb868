package org.mdx.bragg.study;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import org.mdx.bragg.internal.intensity.ReciprocalMetric;
import org.mdx.bragg.internal.intensity.SimulatedCrystal;
import org.mdx.bragg.internal.intensity.SimulatedCrystal.Measuring;
import org.mdx.bragg.internal.intensity.SimulatedCrystal.Sweep;
import org.mdx.bragg.merge.MergedReflection;
import org.mdx.bragg.process.BraggProcess;
import org.mdx.bragg.process.DataSet;
import org.mdx.bragg.process.ProcessOptions;
import org.mdx.bragg.scale.Scaled;
import org.mdx.bragg.symmetry.Cosym;
import org.mdx.bragg.symmetry.CosymOptions;
import org.mdx.bragg.symmetry.FoundCosym;
import org.mdx.bragg.symmetry.FoundSymmetry;
import org.mdx.crystal.ChangeOfBasis;
import org.mdx.crystal.Crystal;
import org.mdx.crystal.MetricSymmetry;
import org.mdx.crystal.NiggliCell;
import org.mdx.crystal.SpaceGroup;
import org.mdx.crystal.UnitCell;
import org.mdx.geometry.Geometry;
import org.mdx.math.Mat3;
import org.mdx.math.Vec3;
import org.mdx.reflection.Reflections;

/**
 * Symmetry, scaling and merging of simulated reflection tables against the truth: groups, operators
 * of sweeps that are indexed differently, F², standard deviations. Arguments: sweeps, degrees of
 * each, first seed, last seed, and then numbers of crystals, or none for all; or {@code many},
 * sweeps, degrees.
 */
public final class IntensityStudy {

  /** Group, cell, twin law with part, supergroup with part of pseudosymmetry. */
  private record Kind(
      String group, String cell, String law, double twin, String over, double part) {
    Kind(String group, String cell) {
      this(group, cell, "", 0, "", 0);
    }
  }

  private static final List<Kind> KINDS =
      List.of(
          new Kind("P 1", "22 25 28 90 90 90"),
          new Kind("P 1 21 1", "22 27 31 90 90 90"),
          new Kind("C 1 2 1", "40 22 25 90 110 90"),
          new Kind("P 1 21/c 1", "18 24 29 90 98 90"),
          new Kind("P 21 21 21", "22 27 31 90 90 90"),
          new Kind("P 21 21 2", "30 30 22 90 90 90"),
          new Kind("C 2 2 21", "26 40 22 90 90 90"),
          new Kind("P 41", "28 28 24 90 90 90"),
          new Kind("I 4", "32 32 24 90 90 90"),
          new Kind("P 43 21 2", "28 28 35 90 90 90"),
          new Kind("P 31", "26 26 33 90 90 120"),
          new Kind("P 32 2 1", "26 26 33 90 90 120"),
          new Kind("P 31 1 2", "26 26 33 90 90 120"),
          new Kind("R 3 :H", "34 34 28 90 90 120"),
          new Kind("P 61", "28 28 35 90 90 120"),
          new Kind("P 65 2 2", "28 28 40 90 90 120"),
          new Kind("P 21 3", "30 30 30 90 90 90"),
          new Kind("I 21 3", "34 34 34 90 90 90"),
          new Kind("P 41 3 2", "36 36 36 90 90 90"),
          new Kind("F 4 3 2", "44 44 44 90 90 90"),
          new Kind("P 41", "28 28 24 90 90 90", "y,x,-z", 0.2, "", 0),
          new Kind("P 31", "26 26 33 90 90 120", "-x,-y,z", 0.2, "", 0),
          new Kind("I 21 3", "34 34 34 90 90 90", "y,x,-z", 0.2, "", 0),
          new Kind("P 21 3", "30 30 30 90 90 90", "", 0, "P 42 3 2", 0.4),
          new Kind("P 21 21 2", "30 30 22 90 90 90", "", 0, "P 42 21 2", 0.4),
          new Kind("P 61", "28 28 35 90 90 120", "", 0, "P 61 2 2", 0.4));

  private final Kind kind;
  private final SimulatedCrystal crystal;
  private final UnitCell cell;
  private final List<Geometry> geometries = new ArrayList<>();
  private final List<Reflections> tables = new ArrayList<>();

  /** True setting of each sweep. */
  private final List<Mat3> truth = new ArrayList<>();

  private IntensityStudy(Kind kind, long seed, double dMin) {
    this.kind = kind;
    cell = cell(kind.cell());
    SimulatedCrystal c = new SimulatedCrystal(kind.group(), cell, dMin, seed);
    c = kind.twin() > 0 ? c.twin(kind.twin(), kind.law()) : c;
    crystal = kind.part() > 0 ? c.pseudo(kind.part(), kind.over()) : c;
  }

  private static UnitCell cell(String text) {
    double[] c = Arrays.stream(text.split(" ")).mapToDouble(Double::parseDouble).toArray();
    return new UnitCell(c[0], c[1], c[2], c[3], c[4], c[5]);
  }

  /** Adds a sweep of an own scale, told in reduced axes that a rotation of the lattice turns. */
  private void measure(Random random, double degrees) {
    double c = 0.4 + 1.2 * random.nextDouble();
    double slope = random.nextDouble() - 0.5;
    double b = random.nextDouble();
    Measuring m =
        new Measuring()
            .scan(360 * random.nextDouble(), degrees, Math.max(2, 2 * degrees))
            .scales(x -> c * (1 + slope * degrees / 90 * x), x -> b - 2 * x * degrees / 90)
            .errors(10, 5, 0.02)
            .underestimate(1.2);
    ChangeOfBasis primitive = crystal.group().toPrimitive();
    Crystal own = Crystal.ofRealSpaceAxes(cell.orthogonalization().transpose(), crystal.group());
    UnitCell p = own.reindexed(primitive, SpaceGroup.ofNumber(1)).cell();
    ChangeOfBasis reduced = NiggliCell.of(p).change().times(primitive);
    UnitCell niggli = own.reindexed(reduced, SpaceGroup.ofNumber(1)).cell();
    List<ChangeOfBasis> turns = turns(niggli);
    ChangeOfBasis told = turns.get(random.nextInt(turns.size())).times(reduced);
    int id = geometries.size();
    Sweep s = crystal.measure(m, id, told, SpaceGroup.ofNumber(1), random.nextLong());
    geometries.add(s.geometry());
    tables.add(s.reflections());
    Crystal back = s.geometry().crystal().orElseThrow().reindexed(told.inverse(), crystal.group());
    truth.add(back.a());
  }

  private static List<ChangeOfBasis> turns(UnitCell niggli) {
    return MetricSymmetry.of(niggli, SpaceGroup.ofNumber(1), 2).rotations();
  }

  private void run(long seed, int sweeps, double degrees) {
    Random random = new Random(seed);
    for (int i = 0; i < sweeps; i++) {
      measure(random, degrees);
    }
    long begin = System.nanoTime();
    List<DataSet> sets =
        BraggProcess.merge(geometries, Reflections.concatenate(tables), ProcessOptions.defaults());
    double seconds = (System.nanoTime() - begin) / 1e9;
    String title =
        String.format(
            Locale.ROOT,
            "%-11s %-8s %d",
            kind.group(),
            kind.twin() > 0 ? "twin" : kind.part() > 0 ? "pseudo" : "",
            seed);
    if (sets.isEmpty()) {
      System.out.println(title + " nothing merged");
      return;
    }
    System.out.println(title + " " + score(sets.get(0)) + String.format(" %.1f s", seconds));
  }

  private String score(DataSet all) {
    FoundSymmetry s = all.symmetry().orElse(null);
    if (s == null) {
      return "no symmetry found: " + all.notes();
    }
    boolean laue = s.spaceGroup().laueGroup().symbol().equals(crystal.group().laueGroup().symbol());
    boolean group =
        s.extinction().groups().stream().anyMatch(g -> g.number() == crystal.group().number());
    double probability = s.extinction().probability();
    int agree = 0;
    Mat3 first = change(all, 0);
    for (int i = 0; i < all.sweeps().size(); i++) {
      agree += crystal.group().laueGroup().order() > 0 && same(change(all, i), first) ? 1 : 0;
    }
    double[] fit = fit(all, first);
    Scaled scaled = all.scaled();
    List<Scaled.Width> large = scaled.shells().stream().filter(w -> w.measured() >= 150).toList();
    double least = large.stream().mapToDouble(Scaled.Width::width).min().orElse(0);
    double most = large.stream().mapToDouble(Scaled.Width::width).max().orElse(0);
    return String.format(
        Locale.ROOT,
        "%s laue %s p %.2f | %s group %s p %.2f | agree %d of %d, not sure of %d | clusters %d | unique %d mult %.1f"
            + " cc %.5f R %.4f after B %.4f expected %.4f | widths %.2f-%.2f | I-kF2 width %.2f",
        laue ? "ok  " : "BAD ",
        s.spaceGroup().laueGroup().symbol(),
        s.laueGroup().likelihood(),
        group ? "ok  " : probability < 0.9 ? "open" : "BAD ",
        s.spaceGroup().hermannMauguin(),
        probability,
        agree,
        geometries.size(),
        all.cosym().map(c -> Arrays.stream(c.margins()).filter(m -> m < 0.15).count()).orElse(0L),
        all.cosym().map(c -> c.intensityClusters().size()).orElse(1),
        all.merged().overall().unique(),
        all.merged().overall().multiplicity(),
        fit[0],
        fit[1],
        fit[2],
        fit[4],
        least,
        most,
        fit[3]);
  }

  /** From final indices to true ones: h = C h'. */
  private Mat3 change(DataSet all, int place) {
    Mat3 a = all.geometries().get(place).crystal().orElseThrow().a();
    return truth.get(all.sweeps().get(place)).inverse().times(a);
  }

  /**
   * Whether both changes give the same intensities: they differ by a rotation of the Laue group.
   */
  private boolean same(Mat3 one, Mat3 other) {
    double[] elements = one.times(other.inverse()).toRowMajor();
    for (int n = 0; n < crystal.group().laueGroup().order(); n++) {
      int[] r = crystal.group().laueGroup().operator(n);
      double most = 0;
      for (int i = 0; i < 9; i++) {
        // indices are rows there, columns here
        most = Math.max(most, Math.abs(elements[3 * (i % 3) + i / 3] - r[i]));
      }
      if (most < 0.05) {
        return true;
      }
    }
    return false;
  }

  /** Correlation with F², R, R after one B, width of (I − kF²)/σ, R that the errors make. */
  private double[] fit(DataSet all, Mat3 change) {
    List<double[]> rows = new ArrayList<>();
    ReciprocalMetric metric = new ReciprocalMetric(cell);
    for (MergedReflection m : all.merged().reflections()) {
      Vec3 h = change.times(new Vec3(m.h(), m.k(), m.l()));
      int a = (int) Math.rint(h.x());
      int b = (int) Math.rint(h.y());
      int c = (int) Math.rint(h.z());
      rows.add(
          new double[] {
            m.mean().value(),
            m.mean().sigma(),
            crystal.truth(a, b, c),
            metric.inverseSquare(a, b, c) / 2
          });
    }
    double plain = misfit(rows, 0)[0];
    double best = plain;
    double at = 0;
    for (double b = -4; b <= 4; b += 0.02) {
      double r = misfit(rows, b)[0];
      at = r < best ? b : at;
      best = Math.min(r, best);
    }
    double k = misfit(rows, at)[1];
    double[] z = new double[rows.size()];
    double errors = 0;
    double total = 0;
    for (int i = 0; i < z.length; i++) {
      double[] r = rows.get(i);
      double t = k * Math.exp(at * r[3]) * r[2];
      z[i] = Math.abs(r[0] - t) / r[1];
      errors += Math.sqrt(2 / Math.PI) * r[1];
      total += t;
    }
    Arrays.sort(z);
    return new double[] {
      correlation(rows), plain, best, z[(int) (0.683 * z.length)], errors / total
    };
  }

  private static double[] misfit(List<double[]> rows, double b) {
    double top = 0;
    double bottom = 0;
    for (double[] r : rows) {
      double t = Math.exp(b * r[3]) * r[2];
      top += r[0] * t / (r[1] * r[1]);
      bottom += t * t / (r[1] * r[1]);
    }
    double k = top / bottom;
    double off = 0;
    double sum = 0;
    for (double[] r : rows) {
      double t = k * Math.exp(b * r[3]) * r[2];
      off += Math.abs(r[0] - t);
      sum += t;
    }
    return new double[] {off / sum, k};
  }

  private static double correlation(List<double[]> rows) {
    double x = rows.stream().mapToDouble(r -> r[0]).average().orElse(0);
    double y = rows.stream().mapToDouble(r -> r[2]).average().orElse(0);
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

  /** A thousand wedges of two kinds of crystal. */
  private static void many(int sweeps, double degrees) {
    long begin = System.nanoTime();
    List<DataSet> sets = twoKinds(sweeps, degrees, 2);
    System.out.printf(
        "%d sweeps of %s degrees, %.1f s%n", sweeps, degrees, (System.nanoTime() - begin) / 1e9);
    for (DataSet s : sets) {
      System.out.printf(
          Locale.ROOT,
          "%s %s: %d sweeps, %d of the other kind, %s, %d obs. %d unique, R_meas %.3f, CC1/2 %.4f%n",
          s.name(),
          s.what(),
          s.sweeps().size(),
          s.sweeps().stream().filter(i -> i % 5 == 4).count(),
          s.merged().spaceGroup(),
          s.merged().overall().observations(),
          s.merged().overall().unique(),
          s.merged().overall().rMeas(),
          s.merged().overall().ccHalf());
    }
  }

  /** Sweeps of P 1 with a cell of right angles, brought into the same axes. */
  static FoundCosym rightAngles(int sweeps, double degrees) {
    IntensityStudy study = new IntensityStudy(KINDS.get(0), 1, 2.6);
    Random random = new Random(1);
    for (int i = 0; i < sweeps; i++) {
      study.measure(random, degrees);
    }
    return Cosym.find(
        study.geometries, Reflections.concatenate(study.tables), CosymOptions.defaults());
  }

  /** Data sets of P 2₁3 in which every fifth sweep is of a crystal with other intensities. */
  static List<DataSet> twoKinds(int sweeps, double degrees, double dMin) {
    Kind kind = new Kind("P 21 3", "34 34 34 90 90 90");
    IntensityStudy one = new IntensityStudy(kind, 1, dMin);
    IntensityStudy other = new IntensityStudy(kind, 2, dMin);
    Random random = new Random(7);
    List<Geometry> geometries = new ArrayList<>();
    List<Reflections> tables = new ArrayList<>();
    for (int i = 0; i < sweeps; i++) {
      IntensityStudy from = i % 5 == 4 ? other : one;
      from.measure(random, degrees);
      geometries.add(from.geometries.get(from.geometries.size() - 1));
      Reflections table = from.tables.get(from.tables.size() - 1);
      int[] id = new int[table.size()];
      Arrays.fill(id, i);
      tables.add(
          table.with(org.mdx.reflection.ReflectionKeys.ID, id).withIdentifiers(java.util.Map.of()));
    }
    return BraggProcess.merge(
        geometries, Reflections.concatenate(tables), ProcessOptions.defaults());
  }

  /** Prints a line for each crystal and seed. */
  public static void main(String[] args) {
    if (args[0].equals("many")) {
      many(Integer.parseInt(args[1]), Double.parseDouble(args[2]));
      return;
    }
    int sweeps = Integer.parseInt(args[0]);
    double degrees = Double.parseDouble(args[1]);
    for (long seed = Long.parseLong(args[2]); seed <= Long.parseLong(args[3]); seed++) {
      for (int k = 0; k < KINDS.size(); k++) {
        int number = k;
        boolean wanted =
            args.length == 4
                || Arrays.stream(args, 4, args.length).anyMatch(a -> Integer.parseInt(a) == number);
        if (wanted) {
          new IntensityStudy(KINDS.get(k), seed, 2.2).run(seed, sweeps, degrees);
        }
      }
    }
  }
}
