package org.mdx.bench.study;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.mdx.bragg.Bragg;
import org.mdx.bragg.integrate.IntegrateOptions;
import org.mdx.bragg.integrate.Integrated;
import org.mdx.bragg.integrate.Integrator;
import org.mdx.geometry.Geometry;
import org.mdx.image.ImageSeries;
import org.mdx.parallel.Parallel;
import org.mdx.parallel.Progress;
import org.mdx.reflection.ReflectionFlag;
import org.mdx.reflection.ReflectionKey;
import org.mdx.reflection.ReflectionKeys;
import org.mdx.reflection.Reflections;
import org.mdx.sim.bragg.SpotSweep;
import org.mdx.sim.bragg.SweepKind;
import org.mdx.sim.bragg.TrueSpot;

/**
 * Integrates simulated sweeps with their true geometry, from the spots that are found in them, and
 * compares the intensities of full reflections with the truth. Prints a line for each sweep, and
 * one for fits and one for sums: number of reflections, the part of the true intensity that is
 * found in all, then for five shells of I and five of d the worst bias against that part (and how
 * many standard deviations of its mean it is) and the least and greatest robust width of (I −
 * I_true)/σ, and the mean I/σ of the true I/σ below 5. The same follows for all seeds of a kind
 * together, each sweep divided by its part, and their biases shell by shell.
 *
 * <p>Arguments: kinds such as {@code demo,wedge} or {@code all}, first and last seed.
 */
public final class IntegrationStudy {
  private static final int SHELLS = 5;
  private static final double WEAK = 5;
  private static final double NEAR_PX = 2;
  private static final double NEAR_FRAMES = 1.5;
  private static final double SIGMA_OF_MEDIAN = 1.4826;

  private IntegrationStudy() {}

  /** A true spot and what was found. */
  private record Pair(TrueSpot spot, double intensity, double sigma) {
    double error(double part) {
      return (intensity - part * spot.recorded()) / sigma;
    }

    Pair over(double part) {
      return new Pair(spot, intensity / part, sigma / part);
    }
  }

  /**
   * Runs the study.
   *
   * @param args kinds, first seed, last seed
   */
  public static void main(String[] args) {
    List<SweepKind> kinds =
        args[0].equals("all")
            ? List.of(SweepKind.values())
            : Arrays.stream(args[0].split(",")).map(SweepKind::ofLabel).toList();
    System.out.println(
        "kind          seed lattice       full  part    by I: bias % (σ)  width      by d: bias %"
            + " (σ)  width       weak I/σ");
    for (SweepKind kind : kinds) {
      List<Pair> fits = new ArrayList<>();
      List<Pair> sums = new ArrayList<>();
      for (int seed = Integer.parseInt(args[1]); seed <= Integer.parseInt(args[2]); seed++) {
        study(kind, seed, fits, sums);
      }
      String head = String.format(Locale.ROOT, "%-13s  all        ", kind.label());
      System.out.println(head + "  fit " + line(fits) + each(fits));
      System.out.println(head + "  sum " + line(sums) + each(sums));
    }
  }

  private static void study(SweepKind kind, int seed, List<Pair> fits, List<Pair> sums) {
    SpotSweep sweep = kind.sweep(seed);
    List<Geometry> truth = sweep.trueGeometries();
    Reflections spots = Bragg.sweep(sweep.series()).findSpots().spots().get(0).reflections();
    for (int lattice = 0; lattice < truth.size(); lattice++) {
      ImageSeries images = sweep.series().withGeometry(truth.get(lattice));
      List<Geometry> others = new ArrayList<>(truth);
      others.remove(lattice);
      Integrated found =
          Integrator.integrate(
              images,
              others,
              indexed(sweep, spots, lattice),
              IntegrateOptions.defaults().withMemory(1L << 30),
              Parallel.of(2),
              Progress.NONE);
      String head = String.format(Locale.ROOT, "%-13s %4d %7d", kind.label(), seed, lattice);
      System.out.println(head + "  fit " + line(pairs(sweep, lattice, found, true), fits));
      System.out.println(head + "  sum " + line(pairs(sweep, lattice, found, false), sums));
      found.notes().forEach(n -> System.out.println("    " + n));
    }
  }

  /** The spots that lie where those of a lattice are, with their indices. */
  private static Reflections indexed(SpotSweep sweep, Reflections spots, int lattice) {
    double[] at = spots.get(ReflectionKeys.XYZOBS_PX);
    int[] panel = spots.get(ReflectionKeys.PANEL);
    int first = sweep.header().scan().firstImage() - 1;
    List<TrueSpot> truth =
        sweep.spots().stream()
            .filter(t -> t.recorded() > 0)
            .sorted(Comparator.comparingDouble(TrueSpot::px))
            .toList();
    double[] px = truth.stream().mapToDouble(TrueSpot::px).toArray();
    int[] index = new int[3 * spots.size()];
    for (int i = 0; i < spots.size(); i++) {
      int from = Arrays.binarySearch(px, at[3 * i] - NEAR_PX);
      double least = 1;
      TrueSpot best = null;
      for (int j = from < 0 ? -from - 1 : from;
          j < px.length && px[j] <= at[3 * i] + NEAR_PX;
          j++) {
        TrueSpot t = truth.get(j);
        double dz = (t.frame() - at[3 * i + 2] + first) / NEAR_FRAMES;
        double xy = Math.hypot(t.px() - at[3 * i], t.py() - at[3 * i + 1]) / NEAR_PX;
        if (t.panel() == panel[i] && Math.hypot(xy, dz) < least) {
          least = Math.hypot(xy, dz);
          best = t;
        }
      }
      if (best != null && best.lattice() == lattice) {
        index[3 * i] = best.h();
        index[3 * i + 1] = best.k();
        index[3 * i + 2] = best.l();
      }
    }
    return spots
        .with(ReflectionKeys.MILLER_INDEX, index)
        .where(i -> index[3 * i] != 0 || index[3 * i + 1] != 0 || index[3 * i + 2] != 0);
  }

  private static List<Pair> pairs(SpotSweep sweep, int lattice, Integrated found, boolean fit) {
    Reflections r = found.reflections();
    ReflectionFlag flag = fit ? ReflectionFlag.INTEGRATED_PRF : ReflectionFlag.INTEGRATED_SUM;
    ReflectionKey<double[]> value =
        fit ? ReflectionKeys.INTENSITY_PRF : ReflectionKeys.INTENSITY_SUM;
    ReflectionKey<double[]> variance =
        fit ? ReflectionKeys.INTENSITY_PRF_VARIANCE : ReflectionKeys.INTENSITY_SUM_VARIANCE;
    Map<List<Integer>, List<Integer>> rows = new HashMap<>();
    for (int i = 0; i < r.size(); i++) {
      if (r.isSet(i, flag)) {
        List<Integer> key =
            List.of(
                r.integer(ReflectionKeys.MILLER_INDEX, i, 0),
                r.integer(ReflectionKeys.MILLER_INDEX, i, 1),
                r.integer(ReflectionKeys.MILLER_INDEX, i, 2));
        rows.computeIfAbsent(key, k -> new ArrayList<>()).add(i);
      }
    }
    List<Pair> pairs = new ArrayList<>();
    int first = sweep.header().scan().firstImage() - 1;
    for (TrueSpot s : sweep.spots()) {
      if (!s.isFull() || s.lattice() != lattice) {
        continue;
      }
      for (int i : rows.getOrDefault(List.of(s.h(), s.k(), s.l()), List.of())) {
        if (Math.abs(r.value(ReflectionKeys.XYZCAL_PX, i, 2) - first - s.frame()) < 1) {
          pairs.add(new Pair(s, r.value(value, i, 0), Math.sqrt(r.value(variance, i, 0))));
        }
      }
    }
    return pairs;
  }

  /** The line of a sweep, whose pairs join those of the others. */
  private static String line(List<Pair> pairs, List<Pair> all) {
    double part = part(pairs);
    pairs.forEach(p -> all.add(p.over(part)));
    return line(pairs);
  }

  private static double part(List<Pair> pairs) {
    double found = pairs.stream().mapToDouble(Pair::intensity).sum();
    return found / pairs.stream().mapToDouble(p -> p.spot().recorded()).sum();
  }

  private static String line(List<Pair> pairs) {
    if (pairs.size() < SHELLS) {
      return pairs.size() + " full reflections";
    }
    double part = part(pairs);
    List<Pair> byIntensity = new ArrayList<>(pairs);
    byIntensity.sort(Comparator.comparingDouble(p -> p.spot().recorded()));
    List<Pair> byResolution = new ArrayList<>(pairs);
    byResolution.sort(Comparator.comparingDouble(p -> p.spot().d()));
    double[] weak =
        pairs.stream()
            .filter(p -> p.spot().signalToNoise() < WEAK)
            .mapToDouble(p -> p.intensity() / p.sigma())
            .toArray();
    return String.format(
        Locale.ROOT,
        "%6d %.4f  %s   %s   %.3f",
        pairs.size(),
        part,
        shells(byIntensity, part),
        shells(byResolution, part),
        Arrays.stream(weak).average().orElse(Double.NaN));
  }

  /** Bias of each shell of I and of d, %, with its standard deviation. */
  private static String each(List<Pair> pairs) {
    StringBuilder b = new StringBuilder();
    List<Comparator<Pair>> orders =
        List.of(
            Comparator.comparingDouble(p -> p.spot().recorded()),
            Comparator.comparingDouble(p -> p.spot().d()));
    for (Comparator<Pair> order : orders) {
      List<Pair> sorted = new ArrayList<>(pairs);
      sorted.sort(order);
      b.append("\n      ");
      for (int s = 0; s < SHELLS; s++) {
        Bias bias = Bias.of(shell(sorted, s), part(pairs));
        b.append(
            String.format(
                Locale.ROOT, "  %+.2f(%.2f)", bias.percent(), bias.percent() / bias.deviations()));
      }
    }
    return b.toString();
  }

  private static List<Pair> shell(List<Pair> sorted, int s) {
    return sorted.subList(sorted.size() * s / SHELLS, sorted.size() * (s + 1) / SHELLS);
  }

  /** Mean error of reflections, % of their intensity and in its standard deviations. */
  private record Bias(double percent, double deviations) {
    static Bias of(List<Pair> shell, double part) {
      double off = 0;
      double all = 0;
      double variance = 0;
      for (Pair p : shell) {
        off += p.intensity() - part * p.spot().recorded();
        all += part * p.spot().recorded();
        variance += p.sigma() * p.sigma();
      }
      return new Bias(100 * off / all, off / Math.sqrt(variance));
    }
  }

  /** Worst bias, in its standard deviations, and least and greatest width. */
  private static String shells(List<Pair> sorted, double part) {
    double worst = 0;
    double deviations = 0;
    double least = Double.POSITIVE_INFINITY;
    double most = 0;
    for (int s = 0; s < SHELLS; s++) {
      List<Pair> shell = shell(sorted, s);
      Bias bias = Bias.of(shell, part);
      if (Math.abs(bias.deviations()) > Math.abs(deviations)) {
        worst = bias.percent();
        deviations = bias.deviations();
      }
      double[] z = shell.stream().mapToDouble(p -> Math.abs(p.error(part))).sorted().toArray();
      double width = SIGMA_OF_MEDIAN * z[z.length / 2];
      least = Math.min(least, width);
      most = Math.max(most, width);
    }
    return String.format(Locale.ROOT, "%+6.2f (%+.1f) %.2f–%.2f", worst, deviations, least, most);
  }
}
